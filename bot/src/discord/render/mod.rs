//! Outcomes and reports as messages. Whatever a member can set is escaped here, and nothing pings by accident.

pub mod dates;
pub mod form;
pub mod page;
pub mod prompt;
pub mod text;

pub use page::Page;
