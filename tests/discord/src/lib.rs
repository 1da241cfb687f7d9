//! A stand-in for Discord on one loopback port: REST v10, gateway v10, people who act, faults on demand.
//!
//! Invariant: it follows what Discord documents and refuses what Discord refuses, whatever the bot would like.
//! It records every request in the form `check_requests.py` reads.

pub mod faults;
mod gateway;
mod ids;
mod limits;
mod people;
mod record;
mod rest;
mod server;
mod state;
mod validate;
mod world;

pub use faults::{EventFault, Fault};
pub use gateway::intents;
pub use ids::Id;
pub use limits::{RateLimits, Window};
pub use people::message::{Button, Menu, Message};
pub use people::outcome::{Handle, NoResponse, Response};
pub use people::{ModalShown, Person, Place, Refusal};
pub use record::{Record, Recorded};
pub use server::{Discord, Now, Options};
pub use state::permissions;
pub use state::user::DmPolicy;
pub use world::{Bot, GuildSetup};
