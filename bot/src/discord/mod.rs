//! The only folder that knows Discord: events and interactions in, messages out.

pub mod courier;
pub mod custom_id;
pub mod limits;
pub mod render;
pub mod rest;
