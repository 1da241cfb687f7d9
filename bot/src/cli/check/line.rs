//! What `check` says: one line for each thing, with its remedy below.

use std::fmt;

use crate::document::Problems;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mark {
    Ok,
    Warn,
    Fail,
    Skip,
}

impl Mark {
    const fn word(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Warn => "warn",
            Self::Fail => "FAIL",
            Self::Skip => "skip",
        }
    }
}

#[derive(Debug)]
struct Line {
    mark: Mark,
    what: String,
    found: String,
    remedy: Option<String>,
}

/// All lines, in the order in which things were looked at.
#[derive(Debug, Default)]
pub(super) struct Lines(Vec<Line>);

impl Lines {
    fn add(&mut self, mark: Mark, what: impl Into<String>, found: impl Into<String>, remedy: Option<String>) {
        self.0.push(Line {
            mark,
            what: what.into(),
            found: found.into(),
            remedy,
        });
    }

    pub(super) fn ok(&mut self, what: impl Into<String>, found: impl Into<String>) {
        self.add(Mark::Ok, what, found, None);
    }

    pub(super) fn skip(&mut self, what: impl Into<String>, found: impl Into<String>) {
        self.add(Mark::Skip, what, found, None);
    }

    pub(super) fn warn(&mut self, what: impl Into<String>, found: impl Into<String>, remedy: impl Into<String>) {
        self.add(Mark::Warn, what, found, Some(remedy.into()));
    }

    pub(super) fn fail(&mut self, what: impl Into<String>, found: impl Into<String>, remedy: impl Into<String>) {
        self.add(Mark::Fail, what, found, Some(remedy.into()));
    }

    /// A failure for each problem of a document.
    pub(super) fn problems(&mut self, what: &str, problems: &Problems) {
        for problem in &problems.list {
            self.fail(
                what,
                format!(
                    "{}: {}: found {}; allowed: {}",
                    problems.source, problem.at, problem.found, problem.allowed
                ),
                &problem.mend,
            );
        }
    }

    /// A failure, or one for each problem where the error is about a document.
    pub(super) fn error(&mut self, what: &str, error: &anyhow::Error, remedy: &str) {
        match error.downcast_ref() {
            Some(problems) => self.problems(what, problems),
            None => self.fail(what, format!("{error:#}"), remedy),
        }
    }

    /// For programs: what people read, line by line, and the counts.
    pub(super) fn json(&self) -> serde_json::Value {
        let lines: Vec<_> = self
            .0
            .iter()
            .map(|line| {
                serde_json::json!({
                    "mark": line.mark.word().to_lowercase(),
                    "what": line.what,
                    "found": line.found,
                    "remedy": line.remedy,
                })
            })
            .collect();
        serde_json::json!({
            "lines": lines,
            "fail": self.count(Mark::Fail),
            "warn": self.count(Mark::Warn),
            "ok": self.count(Mark::Ok),
        })
    }

    pub(super) fn failed(&self) -> bool {
        self.0.iter().any(|line| line.mark == Mark::Fail)
    }

    fn count(&self, mark: Mark) -> usize {
        self.0.iter().filter(|line| line.mark == mark).count()
    }
}

impl fmt::Display for Lines {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for line in &self.0 {
            let mark = line.mark.word();
            writeln!(formatter, "{mark:<4}  {}: {}", line.what, line.found)?;
            if let Some(remedy) = &line.remedy {
                writeln!(formatter, "      fix: {remedy}")?;
            }
        }
        writeln!(
            formatter,
            "\nerrors: {}, warnings: {}, ok: {}",
            self.count(Mark::Fail),
            self.count(Mark::Warn),
            self.count(Mark::Ok)
        )
    }
}
