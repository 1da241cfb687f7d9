//! A row that is not what the log says, and the result of comparing all rows with it.

use std::fmt;

use crate::clock::Millis;

/// Maximum number of differences that are kept by name; more are counted.
const MOST: usize = 100;
/// Characters of a value that are shown.
const SHOWN: usize = 60;

/// One column of one row that does not agree with the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    pub table: &'static str,
    /// The row's id; the record of the leaf if there is no row.
    pub row: String,
    pub column: &'static str,
    /// What the row says; none for nothing.
    pub found: Option<String>,
    /// What the log says; none for nothing.
    pub said: Option<String>,
}

impl fmt::Display for Difference {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            table,
            row,
            column,
            found,
            said,
        } = self;
        let (found, said) = (shown(found.as_deref()), shown(said.as_deref()));
        write!(
            formatter,
            "{table} {row}, {column}: there stands {found}, the log says {said}"
        )
    }
}

/// A value in quotes, with nothing in it that a terminal would obey.
fn shown(value: Option<&str>) -> String {
    let Some(value) = value else {
        return "nothing".to_owned();
    };
    let mut cut: String = value.chars().take(SHOWN).collect();
    if cut.len() < value.len() {
        cut.push('…');
    }
    format!("{cut:?}")
}

/// The result of comparing the tables with the log.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tables {
    /// Rows that were looked at.
    pub rows: u64,
    /// The first ones by name.
    pub named: Vec<Difference>,
    /// How many there are in all.
    pub differences: u64,
}

impl Tables {
    /// Whether nothing differs.
    pub fn agree(&self) -> bool {
        self.differences == 0
    }

    pub(super) fn differ(&mut self, difference: Difference) {
        if self.named.contains(&difference) {
            return;
        }
        self.differences += 1;
        if self.named.len() < MOST {
            self.named.push(difference);
        }
    }
}

impl fmt::Display for Tables {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.agree() {
            return write!(formatter, "tables       agree with the log: {} rows", self.rows);
        }
        let plural = if self.differences == 1 { "" } else { "s" };
        write!(
            formatter,
            "tables       DO NOT AGREE with the log: {} difference{plural}",
            self.differences
        )?;
        for difference in &self.named {
            write!(formatter, "\n  {difference}")?;
        }
        match self.differences - self.named.len() as u64 {
            0 => Ok(()),
            more => write!(formatter, "\n  and {more} more"),
        }
    }
}

/// Compares the columns of one row with what the log says about them.
pub(super) struct Row<'a> {
    pub table: &'static str,
    pub id: &'a str,
    pub tables: &'a mut Tables,
}

impl Row<'_> {
    /// A column must be exactly this.
    pub(super) fn is(&mut self, column: &'static str, found: Option<String>, said: Option<String>) {
        if found != said {
            self.tables.differ(Difference {
                table: self.table,
                row: self.id.to_owned(),
                column,
                found,
                said,
            });
        }
    }

    /// As [`Row::is`], for an instant.
    pub(super) fn at(&mut self, column: &'static str, found: Option<i64>, said: Option<i64>) {
        let written = |at: Option<i64>| at.map(|at| Millis(at).rfc3339());
        if found != said {
            self.is(column, written(found), written(said));
        }
    }

    /// A column must be what a field says, if the field is kept.
    pub(super) fn holds(&mut self, column: &'static str, found: String, field: Option<&str>) {
        if let Some(said) = field
            && said != found
        {
            self.is(column, Some(found), Some(said.to_owned()));
        }
    }

    /// A column for which the log has no exact value is wrong; `rule` is what must be true.
    pub(super) fn must(&mut self, fits: bool, column: &'static str, found: Option<String>, rule: &str) {
        if !fits {
            self.is(column, found, Some(rule.to_owned()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn difference(row: &str) -> Difference {
        Difference {
            table: "cycle",
            row: row.to_owned(),
            column: "state",
            found: Some("excused\u{1b}[31m".to_owned()),
            said: None,
        }
    }

    #[test]
    fn a_difference_is_named_and_harmless_to_read() {
        let mut tables = Tables {
            rows: 7,
            ..Tables::default()
        };
        assert_eq!(tables.to_string(), "tables       agree with the log: 7 rows");
        tables.differ(difference("c1"));
        tables.differ(difference("c1"));
        assert_eq!(
            tables.to_string(),
            "tables       DO NOT AGREE with the log: 1 difference\n  \
             cycle c1, state: there stands \"excused\\u{1b}[31m\", the log says nothing"
        );
    }

    #[test]
    fn of_many_differences_the_first_are_named_and_all_are_counted() {
        let mut tables = Tables::default();
        for number in 0..250 {
            tables.differ(difference(&format!("c{number}")));
        }
        assert_eq!((tables.named.len(), tables.differences), (MOST, 250));
        assert!(tables.to_string().ends_with("and 150 more"));
    }
}
