//! The SQL of concerns, one file for each group of tables. Nobody else touches these tables.

mod case;
mod delete;
mod digest;
mod entry;
mod event;
mod handling;
mod key;
mod notice;
mod reorder;
mod unsealing;
mod vouch;

pub(crate) use case::{
    any_case, barred, find, find_by_lookup, find_by_number, insert_case, is_number_taken, needs_pepper, update_case,
};
pub(crate) use entry::{entries, insert_entry, insert_files, insert_identity, insert_named, last_seq};
pub(crate) use event::insert_event;
pub(crate) use handling::{all_barred, bar, cases, counts, files, id_of, identity, is_entry, number_of};
pub(crate) use key::{KeyRow, insert_key, key, keys, update_key};
pub(crate) use unsealing::{Unsealing, delete_unsealing, insert_unsealing, unsealing, unsealings, update_unsealing};
pub use vouch::Vouch;
pub(crate) use vouch::Vouched;

pub(crate) use delete::delete_case;
pub(crate) use digest::{Digest, EventRow, digests, event_of, events, first_event_day, insert_digest, last_digest};
pub(crate) use notice::{Told, closed_cases, forget_warnings, insert_notice, named, notices, open_cases};
pub(crate) use reorder::{any_of_reporters, reorder};
