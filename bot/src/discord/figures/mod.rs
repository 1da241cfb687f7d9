//! Figures: who answers on time, and how concerns went.

pub mod concerns;
pub mod streaks;
