//! Publishing, sending and witnessing against doubles of those outside, on both engines.

mod publishing;
mod sending;
mod stage;
mod stamping;
mod witnessing;
