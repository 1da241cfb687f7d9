//! Copies of an SQLite database: taken while the bot runs, and brought back.
//!
//! A copy never holds the log's key, and a restored copy never makes the bot contradict what was signed.

mod restore;
mod take;

pub use restore::{Examined, Restored, Unfit, examine, restore};
pub use take::{Backup, take};
