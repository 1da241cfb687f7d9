//! Figures. Each is a function of records, window and as-of instant, and names them. Owns no table.

mod report;
pub mod streak;

pub use report::{MOST_PEOPLE, PersonStreak, Streaks, streaks};
