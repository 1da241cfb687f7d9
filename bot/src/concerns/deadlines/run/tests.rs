//! What the channel does by the clock, on both engines.

mod deleting;
mod digesting;
mod doubting;
mod hiding;
mod rechecking;
mod stage;
mod telling;
mod vouching;
