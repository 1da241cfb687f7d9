//! The only folder that knows Discord: events and interactions in, messages out.

pub mod bot;
pub mod busy;
pub mod call;
pub mod command;
pub mod commands;
pub mod components;
pub mod courier;
pub mod crowd;
pub mod custom_id;
pub mod fleeting;
pub mod gateway;
mod hushed;
pub mod limits;
pub mod names;
pub mod permissions;
pub mod picked;
pub mod render;
pub mod reply;
pub mod rest;
pub mod router;
