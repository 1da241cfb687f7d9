//! Bellwether: asks managers about observable security behaviour, comes back on promises, and keeps evidence.
//!
//! ARCHITECTURE.md has the map and the walks; each folder here is a feature, each file a noun or a verb.

pub mod anchors;
pub mod app;
pub mod audit;
pub mod backup;
pub mod catalogue;
pub mod chance;
pub mod civil;
pub mod cli;
pub mod clock;
pub mod concerns;
pub mod config;
pub mod core;
pub mod db;
pub mod discord;
pub mod document;
pub mod erasable;
pub mod erasure;
pub mod evidence;
pub mod ids;
pub mod insight;
pub mod ledger;
mod memory;
pub mod outbox;
pub mod people;
pub mod prompts;
pub mod reconcile;
mod scheduler;
mod settings;
pub mod telemetry;
pub mod words;

#[cfg(test)]
mod trial;
