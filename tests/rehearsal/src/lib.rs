//! Bot and stand-in in one process, with a clock moved by hand: the harness of the stories and of the rehearsal.

pub mod backup;
pub mod engines;
pub mod organisation;
pub mod outside;
pub mod page;
pub mod postgres;
pub mod records;
pub mod sizes;
pub mod story;
pub mod traces;
pub mod world;

pub use organisation::{Hired, Setting};
pub use world::World;
