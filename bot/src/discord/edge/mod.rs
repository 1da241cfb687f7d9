//! What every area builds on: who calls, what they may do, what is shown to them, and how that reaches them in time.

pub mod bot;
pub mod busy;
pub mod call;
pub mod command;
pub mod component;
pub mod crowd;
pub mod custom_id;
pub mod dates;
pub mod fleeting;
pub mod form;
pub mod held;
pub mod names;
pub mod options;
pub mod page;
pub mod permissions;
pub mod picked;
pub mod refusal;
pub mod reply;
pub mod text;

pub use bot::Bot;
pub use call::{Call, Lane};
pub use command::Command;
pub use form::Sent;
pub use options::Options;
pub use page::Page;
pub use permissions::Asker;
pub use reply::Reply;
