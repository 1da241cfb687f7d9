//! Slash commands: one file each, and their definitions for Discord.

pub mod away;
pub mod case;
pub mod concern;
mod definitions;
pub mod pending;
pub mod record;
pub mod streaks;

pub use definitions::{definitions, fingerprint};
