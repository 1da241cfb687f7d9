//! What is done with the log above the ledger: it is checked, shows that the program is alive, and is handed out as
//! packs.

mod auditor;
mod heartbeat;
pub mod pack;
#[cfg(test)]
pub(crate) mod samples;

pub(crate) use auditor::newest_of;
pub use auditor::{Audit, Auditor, LastSound, audit, last_audit, last_sound, sign_again, stopped_by_audit};
pub use heartbeat::{Heartbeat, heartbeat};
