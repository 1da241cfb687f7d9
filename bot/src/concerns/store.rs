//! The SQL of concerns, one file for each group of tables. Nobody else touches these tables.

mod case;
mod deal;
mod digest;
mod entry;
mod event;
mod handling;
mod key;
mod notice;
mod shred;
mod unsealing;

pub(super) use case::{
    any_case, barred, find, find_by_lookup, find_by_number, insert_case, is_number_taken, needs_pepper, update_case,
};
pub(super) use entry::{entries, insert_entry, insert_files, insert_identity, insert_named, last_seq};
pub(super) use event::insert_event;
pub(super) use handling::{all_barred, bar, cases, counts, files, id_of, identity, is_entry, number_of};
pub(super) use key::{KeyRow, insert_key, key, keys, update_key};
pub(super) use unsealing::{Unsealing, delete_unsealing, insert_unsealing, unsealing, unsealings, update_unsealing};

pub(super) use deal::{any_of_reporters, deal_anew};
pub(super) use digest::{Digest, EventRow, digests, event_of, events, first_event_day, insert_digest, last_digest};
pub(super) use notice::{Told, closed_cases, forget_warnings, insert_notice, named, notices, open_cases};
pub(super) use shred::delete_case;
