//! Guards over the whole house: who may name what, and that tables and entities say the same.

mod architecture;
mod arrows;
mod erasable;
mod plain_words;
mod program;
mod schema;
mod sources;
mod tables;
mod tlog;
