//! The shapes of the tables, one file each. No behaviour, no clock.
//!
//! Times are UTC milliseconds since the Unix epoch; Discord ids are signed 64-bit integers.

pub mod absence;
pub mod answer;
pub mod assignment;
pub mod catalogue_version;
pub mod concern_barred;
pub mod concern_case;
pub mod concern_digest;
pub mod concern_entry;
pub mod concern_event;
pub mod concern_file;
pub mod concern_identity;
pub mod concern_named;
pub mod concern_notice;
pub mod concern_unsealing;
pub mod cycle;
pub mod handler_key;
pub mod log_anchor;
pub mod log_checkpoint;
pub mod log_disclosure;
pub mod log_leaf;
pub mod log_pack;
pub mod log_pack_span;
pub mod log_publication;
pub mod log_tile;
pub mod member;
pub mod outbound_message;
pub mod setting;
