//! The SQL of concerns, one file for each group of tables. Nobody else touches these tables.

mod case;
mod entry;
mod event;
mod key;

pub(super) use case::{barred, find, find_by_lookup, has_cases, insert_case, is_number_taken, update_case};
pub(super) use entry::{entries, insert_entry, insert_files, insert_identity, insert_named};
pub(super) use event::insert_event;
pub(super) use key::{KeyRow, insert_key, key, keys, update_key};
