//! The only folder that knows Discord: events and interactions in, messages out.

pub mod bot;
pub mod busy;
pub mod commands;
pub mod components;
pub mod courier;
pub mod custom_id;
pub mod fleeting;
pub mod gateway;
pub mod limits;
pub mod permissions;
pub mod render;
pub mod reply;
pub mod rest;
pub mod router;
