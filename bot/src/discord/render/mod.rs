//! Outcomes and reports as messages. Whatever a member can set is escaped here, and nothing pings by accident.

pub mod absence;
pub mod case;
pub mod concern;
pub mod dates;
pub mod figures;
pub mod form;
pub mod held;
pub mod own;
mod page;
pub mod prompt;
pub mod receipt;
pub mod record;
pub mod refusal;
pub mod streaks;
pub mod text;

pub use page::Page;
