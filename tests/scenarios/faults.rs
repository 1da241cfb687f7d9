//! The database refuses, just when something is committed. What was acknowledged is there for everybody, and what was
//! refused is nowhere.

mod disk;
mod full_disk;
