//! Requests to Discord, and the limits that they keep.

pub mod limits;
pub mod rest;
