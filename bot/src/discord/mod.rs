//! The only folder that knows Discord: events and interactions in, messages out. One folder for each thing that people
//! do, above the edge and the wire.

mod answers;
mod cases;
pub mod courier;
pub mod custom_id;
pub mod definitions;
mod edge;
mod figures;
pub mod gateway;
mod own;
mod router;
mod speak;
mod wire;

pub use edge::bot;
pub use wire::rest;
