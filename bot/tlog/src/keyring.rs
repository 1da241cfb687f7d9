//! Which of the log's keys signs which checkpoint. Pure: no storage, no clock.
//!
//! The leaf `key.rotated` of index r hands over, and is the last of its batch: checkpoints of up to r leaves carry the
//! old key's signature alone, the one of r + 1 leaves carries both, later ones carry the new key's alone. So somebody
//! who has pinned the old key needs the checkpoints of the [handovers](Keyring::handovers) to trust the new one.

use crate::checkpoint::{Checkpoint, CheckpointError};
use crate::kind::Kind;
use crate::leaf::Leaf;
use crate::note::{self, NoteError, Vkey};

/// Maximum number of keys of one log. Somebody who invents a log cannot keep those busy who check it.
const MOST: usize = 1_000;

/// The keys of one log, oldest first; at most 1,000. C2SP tlog-checkpoint lets a note carry several signatures; which
/// of them must be there is this log's own rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Keyring {
    /// Never empty.
    terms: Vec<Term>,
}

/// A key, and from where on it signs.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Term {
    vkey: Vkey,
    id: [u8; 4],
    /// Index of the leaf that names it; 0 for the first key.
    since: u64,
}

impl Term {
    fn new(vkey: Vkey, since: u64) -> Self {
        let id = vkey.id();
        Self { vkey, id, since }
    }
}

/// Why a leaf cannot hand over to another key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RotationError {
    #[error("does not name a new key of this log and the key that it retires")]
    Form,
    #[error("retires a key that is not the one in force")]
    NotInForce,
    #[error("brings back a key that the log had before")]
    Reused,
    #[error("does not come after the leaf that brought in the key in force")]
    Order,
    #[error("brings in one key more than the {MOST} that a log can have")]
    TooMany,
}

impl Keyring {
    /// The keys of a log whose genesis names `first`. Key and log have the same name.
    pub fn start(first: Vkey) -> Self {
        Self {
            terms: vec![Term::new(first, 0)],
        }
    }

    /// Adds the leaf `key.rotated` of this index: from here on `vkey` signs, and `retires` does not any more.
    ///
    /// # Errors
    /// When the leaf does not fit what was added before; then nothing changes.
    pub fn rotated(&mut self, index: u64, vkey: &str, retires: &str) -> Result<(), RotationError> {
        if self.terms.len() == MOST {
            return Err(RotationError::TooMany);
        }
        let vkey: Vkey = vkey.parse().map_err(|_| RotationError::Form)?;
        if vkey.name() != self.origin() {
            return Err(RotationError::Form);
        }
        if retires != self.current().to_string() {
            return Err(RotationError::NotInForce);
        }
        let term = Term::new(vkey, index);
        if self.terms.iter().any(|known| known.id == term.id) {
            return Err(RotationError::Reused);
        }
        if index <= self.last().since {
            return Err(RotationError::Order);
        }
        self.terms.push(term);
        Ok(())
    }

    /// As [rotated](Self::rotated), if the leaf is of that kind.
    pub fn take(&mut self, index: u64, leaf: &Leaf) -> Result<(), RotationError> {
        if leaf.kind != Kind::KeyRotated.name() {
            return Ok(());
        }
        match (&leaf.vkey, &leaf.retires) {
            (Some(vkey), Some(retires)) => self.rotated(index, vkey, retires),
            _ => Err(RotationError::Form),
        }
    }

    /// The checkpoint in a note that is signed by all the log's keys that must sign it, and by none that is retired.
    /// Signatures by others, such as witnesses, are ignored, and so are those of later keys.
    ///
    /// All rotations before the checkpoint's last leaf must have been added.
    ///
    /// # Errors
    /// When a signature is missing or wrong, or one of the log's keys signed a checkpoint that is not its own.
    pub fn open(&self, note: &str) -> Result<Checkpoint, CheckpointError> {
        let checkpoint: Checkpoint = note::text(note)?.parse()?;
        for (place, term) in self.terms.iter().enumerate() {
            let signed = match term.vkey.open(note) {
                Ok(_) => true,
                Err(NoteError::NotSigned) => false,
                Err(wrong) => return Err(wrong.into()),
            };
            let until = self.terms.get(place + 1).map(|next| next.since);
            let early = place > 0 && checkpoint.size <= term.since;
            let late = until.filter(|until| checkpoint.size > until + 1);
            match (signed, late) {
                (true, Some(leaf)) => {
                    let key = hex::encode(term.vkey.id());
                    return Err(CheckpointError::Retired { key, leaf });
                }
                (false, None) if !early => return Err(NoteError::NotSigned.into()),
                _ => {}
            }
        }
        if checkpoint.origin == self.origin() {
            Ok(checkpoint)
        } else {
            Err(CheckpointError::OtherOrigin(checkpoint.origin))
        }
    }

    /// The key that signs what comes next.
    pub fn current(&self) -> &Vkey {
        &self.last().vkey
    }

    /// The key that the log began with.
    pub fn first(&self) -> &Vkey {
        &self.terms[0].vkey
    }

    /// The log's name.
    pub fn origin(&self) -> &str {
        self.first().name()
    }

    /// Index of the leaf that names the key in force; 0 for the first key.
    pub fn current_since(&self) -> u64 {
        self.last().since
    }

    /// Whether this is, or was, a key of the log.
    pub fn knows(&self, vkey: &Vkey) -> bool {
        self.vkeys().any(|known| known == vkey)
    }

    /// All keys, oldest first.
    pub fn vkeys(&self) -> impl Iterator<Item = &Vkey> {
        self.terms.iter().map(|term| &term.vkey)
    }

    /// The sizes of the checkpoints that carry two of the log's signatures.
    pub fn handovers(&self) -> impl Iterator<Item = u64> {
        self.terms.iter().skip(1).map(|term| term.since + 1)
    }

    /// Index of the leaf that retired this key; none while it signs, and for a stranger.
    pub fn retired_by(&self, vkey: &Vkey) -> Option<u64> {
        let place = self.vkeys().position(|known| known == vkey)?;
        self.terms.get(place + 1).map(|next| next.since)
    }

    /// The key before the one in force.
    pub fn last_retired(&self) -> Option<&Vkey> {
        self.terms.iter().rev().nth(1).map(|term| &term.vkey)
    }

    fn last(&self) -> &Term {
        self.terms.last().unwrap_or(&self.terms[0])
    }
}

#[cfg(test)]
mod tests;
