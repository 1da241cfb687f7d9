//! End-to-end stories: the real bot, a stand-in for Discord, real databases, virtual time.
//!
//! Each story runs on every engine, and each ends with a log that verifies; `stage::play` sees to both.

mod anchors;
mod answering;
mod audit;
mod clocks;
mod concerns_barred;
mod concerns_clock;
mod concerns_handler;
mod concerns_late;
mod concerns_message;
mod concerns_order;
mod concerns_refused;
mod concerns_reporter;
mod concerns_return;
mod concerns_stage;
mod concerns_wire;
mod concerns_withheld;
mod conflict_shows_nothing;
mod corrections;
mod erasure;
mod falsified_tables;
mod faults;
mod gateway_faults;
mod lateness;
mod learning;
mod leaves;
mod logs;
mod odd_fields;
mod outages;
mod people;
mod permission_matrix;
mod permissions;
mod places;
mod refused_messages;
mod removed;
mod rest_faults;
mod restarts;
mod stage;
