//! What is wrong with a document, and where.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::fmt;

/// One thing to fix.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The key, such as `schedule.weekly.cron` or `prompt "und-own-risks".question`.
    pub at: String,
    pub found: String,
    pub allowed: String,
    pub mend: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            at,
            found,
            allowed,
            mend,
        } = self;
        write!(
            formatter,
            "{at}\n    found    {found}\n    allowed  {allowed}\n    fix      {mend}"
        )
    }
}

/// Everything that is wrong with a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problems {
    /// What was read, such as a path.
    pub source: String,
    pub list: Vec<Problem>,
}

impl Problems {
    /// A document with a single problem.
    pub fn one(source: impl Into<String>, problem: Problem) -> Self {
        Self {
            source: source.into(),
            list: vec![problem],
        }
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plural = if self.list.len() == 1 { "" } else { "s" };
        write!(formatter, "{}: {} problem{plural}", self.source, self.list.len())?;
        for problem in &self.list {
            write!(formatter, "\n  {problem}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Problems {}

/// Collects problems while a document is read, and which keys were asked for.
#[derive(Debug, Default)]
pub struct Notes {
    problems: RefCell<Vec<Problem>>,
    asked: RefCell<BTreeSet<String>>,
}

impl Notes {
    pub fn problem(
        &self,
        at: impl Into<String>,
        found: impl Into<String>,
        allowed: impl Into<String>,
        mend: impl Into<String>,
    ) {
        self.problems.borrow_mut().push(Problem {
            at: at.into(),
            found: found.into(),
            allowed: allowed.into(),
            mend: mend.into(),
        });
    }

    pub(super) fn asked(&self, at: String) {
        self.asked.borrow_mut().insert(at);
    }

    /// The keys that were asked for; entries of a list appear with their name.
    pub fn keys(&self) -> BTreeSet<String> {
        self.asked.borrow().clone()
    }

    /// The value when nothing was noted.
    pub fn settle<T>(self, source: impl Into<String>, value: T) -> Result<T, Problems> {
        let list = self.problems.into_inner();
        if list.is_empty() {
            return Ok(value);
        }
        Err(Problems {
            source: source.into(),
            list,
        })
    }
}
