//! The SQL of erasing: in the log, and in all tables that features declare.

mod emptying;
mod log;
mod rows;

pub(super) use emptying::{delete_rows, empty, unname};
pub(super) use log::{LeafRow, delete_disclosures, disclosing, disclosures, kept, last_index, leaves_after, leaves_of};
pub(super) use rows::{beginnings, begun_by, named_by, readable, rows, there};

/// Rows in one statement.
const CHUNK: usize = 500;
