//! What must be true when all leaves were read: nothing is left over, and nothing is missing.

use bellwether_tlog::keyring::Keyring;
use bellwether_tlog::tree::TILE_HEIGHT;

use super::store;
use super::{Reading, Stop};
use crate::db::Connection;
use crate::evidence::report::Finding;

impl Reading {
    /// Checks that nothing is left over, and nothing is missing.
    pub(super) async fn end(&mut self, connection: &impl Connection) -> Result<(), Stop> {
        let size = self.walk.size();
        if self.checkpoints.is_empty() {
            self.checkpoints = store::checkpoints_after(connection, self.last_checkpoint).await?.into();
        }
        if let Some(left) = self.checkpoints.front() {
            let reason = format!("covers more than the {size} leaves that are there");
            return Err(Finding::Checkpoint {
                size: left.size,
                reason,
            }
            .into());
        }
        self.no_suspect()?;
        if self.signed != size {
            return Err(Finding::Unsigned(size - self.signed).into());
        }
        for (level, n) in store::tile_numbers(connection).await? {
            let tiles = size.checked_shr(TILE_HEIGHT * (level.unsigned_abs() + 1)).unwrap_or(0);
            if level < 0 || n < 0 || n as u64 >= tiles {
                return Err(Finding::TileStray { level, n }.into());
            }
        }
        if let Some(rec) = store::record_twice(connection).await? {
            return Err(Finding::RecordTwice(rec).into());
        }
        if self.closed {
            // What was erased since it was closed is written in the log that follows it.
            self.report.erased += self.unexplained.lost_from(0);
            return Ok(());
        }
        if let Some(rec) = store::stray_disclosure(connection).await? {
            return Err(Finding::DisclosureStray(rec).into());
        }
        if let Some(index) = self.unexplained.first() {
            return Err(Finding::DisclosureMissing(index).into());
        }
        Ok(())
    }

    /// Checks against key and guard. Comes last, so that a log that is only too short is distinguished from a changed
    /// one.
    pub(super) fn outside(&self) -> Result<(), Stop> {
        let size = self.walk.size();
        match &self.guard {
            None if size > 0 => return Err(Finding::GuardMissing.into()),
            Some(guard) if guard.size > size => return Err(Finding::Guard { signed: guard.size }.into()),
            _ => {}
        }
        match self.walk.ring().map(Keyring::current) {
            Some(current) if *current != self.vkey => Err(Finding::OtherKey(current.to_string()).into()),
            _ => Ok(()),
        }
    }
}
