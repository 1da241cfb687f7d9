//! The streak.
