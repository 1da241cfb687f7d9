//! What reporters do: raise a concern, and come back to it with the case key. Nothing here learns who an anonymous
//! reporter is.

pub(super) mod attachment;
pub(super) mod channel;
pub mod content;
mod draft;
mod filing;
pub(super) mod proof;
pub(super) mod readers;
pub(super) mod submit;
pub(super) mod submit_known;
pub(super) mod throttle;
pub(super) mod visit;
pub(super) mod visits;
