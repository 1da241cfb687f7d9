//! What the program remembers about itself, by name: how far it came, and what was in force last.
//!
//! Names begin with the feature that they belong to, which alone reads and writes them.

mod store;

pub(crate) use store::{forget, read, read_some, remember};
