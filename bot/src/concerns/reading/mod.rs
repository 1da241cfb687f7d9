//! What handlers do with the cases that they may see.

pub(super) mod access;
pub(super) mod conflict;
pub(super) mod consent;
pub(super) mod hand_over;
pub(super) mod inbox;
pub(super) mod merge;
pub(super) mod note;
pub(super) mod read;
pub(super) mod reply;
pub(super) mod settle;
pub(super) mod take;
pub mod template;
pub(super) mod text;
pub(super) mod unlock;
pub(super) mod unseal;
