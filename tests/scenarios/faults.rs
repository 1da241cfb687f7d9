//! The database refuses, just when something is committed. What was acknowledged is there for everybody, and what was
//! refused is nowhere.

mod deeds;
mod disk;
mod full_disk;
mod proxy;
mod random;
mod weather;
