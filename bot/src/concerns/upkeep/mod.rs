//! What is done with the rows at fixed times: a day is committed to, its order is hidden, and what is old is deleted.

pub(super) mod day_tree;
pub(super) mod digest;
pub(super) mod hide_order;
pub(super) mod retain;
