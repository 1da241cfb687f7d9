//! What each feature declares about its tables that name a person or hold a person's words, and the journal of
//! erasures.
//!
//! `erasure` walks the declarations to find, show, empty and recognise rows; it knows no table by itself. A guard fails
//! on a column that nobody declares.

mod basis;
mod journal;

pub use basis::Basis;
pub(crate) use journal::Line;
pub use journal::{Journal, JournalError};

use crate::ids::{MemberId, OrganisationId};

/// Whose rows: in one organisation, or in all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Whose {
    pub member: MemberId,
    pub organisation: Option<OrganisationId>,
}

/// A table whose column `member` names a person.
#[derive(Debug)]
pub struct Erasable {
    pub table: &'static str,
    /// What happens to its rows, in the words of the command that erases.
    pub told: &'static str,
    /// The column with a random id, by which the journal knows a row that a backup brings back.
    pub id: &'static str,
    /// Column and table that lead to the organisation if the row has no column `organisation`.
    pub through: Option<(&'static str, &'static str)>,
    /// What happens to the person's rows.
    pub goes: Goes,
    /// Columns of other people's rows that name the person; [`Emptied::Nobody`] takes the place.
    pub others: &'static [&'static str],
    /// Whether `rec` is the record that others of the person continue.
    pub begins: bool,
    /// What is erased together with fields of a record.
    pub fields: &'static [Field],
}

/// What happens to a row when its person is erased.
#[derive(Clone, Copy, Debug)]
pub enum Goes {
    /// It is deleted.
    Row,
    /// It stays under [`Emptied::Nobody`]; these columns are emptied too.
    Columns(&'static [(&'static str, Emptied)]),
}

/// What takes a value's place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Emptied {
    Null,
    Word(&'static str),
    /// A random negative number, which leads to nobody.
    Nobody,
}

/// A column that holds what a field of a record says.
#[derive(Debug)]
pub struct Field {
    /// The field's name.
    pub name: &'static str,
    pub column: &'static str,
    pub emptied: Emptied,
    /// None if the row's own `rec` is the record. Otherwise the table with the record, its column that holds this row's
    /// id, and which of its rows count, in SQL.
    pub copied_from: Option<(&'static str, &'static str, &'static str)>,
}

impl Erasable {
    /// A table with ids and organisations of its own, whose rows are deleted.
    pub const ROW: Self = Self {
        table: "",
        told: "",
        id: "id",
        through: None,
        goes: Goes::Row,
        others: &[],
        begins: false,
        fields: &[],
    };

    /// The columns that are emptied; none if the row is deleted.
    pub fn columns(&self) -> Option<Vec<&'static str>> {
        let Goes::Columns(columns) = self.goes else { return None };
        let columns = columns.iter().map(|(column, _)| *column);
        let fields = self.fields.iter().map(|field| field.column);
        let others = self.others.iter().copied();
        Some(
            ["member"]
                .into_iter()
                .chain(columns)
                .chain(fields)
                .chain(others)
                .collect(),
        )
    }
}
