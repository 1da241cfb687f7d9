//! The keys that concerns are sealed to, and who holds them.

use std::collections::BTreeSet;

use sha2::{Digest, Sha256};

use crate::concerns::case::worded;
use crate::config::Role;
use crate::ids::MemberId;

worded! {
    /// Where the private half is.
    Custody {
        /// With the handler alone; the bot never saw it.
        Own = "own",
        /// Here, under the handler's passphrase.
        Kept = "kept",
    }
}

worded! {
    /// How far a key is.
    KeyState {
        Proposed = "proposed",
        InForce = "in-force",
        Ended = "ended",
    }
}

/// A handler to whose key concerns are sealed now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyHolder {
    pub member: MemberId,
    /// Public age key, `age1...`.
    pub recipient: String,
    pub custody: Custody,
    /// The roles held now.
    pub roles: BTreeSet<Role>,
}

impl KeyHolder {
    /// What people compare: the beginning and the end of the public key, such as `age1abcd…wxyz`.
    pub fn fingerprint(&self) -> String {
        fingerprint(&self.recipient)
    }
}

/// The beginning and the end of a public key.
pub fn fingerprint(recipient: &str) -> String {
    match (
        recipient.get(..8),
        recipient.len().checked_sub(4).and_then(|at| recipient.get(at..)),
    ) {
        (Some(head), Some(tail)) => format!("{head}…{tail}"),
        _ => recipient.to_owned(),
    }
}

/// The set of keys as evidence has it: a line `member recipient custody` for each, sorted.
pub fn canonical<'a>(keys: impl Iterator<Item = (MemberId, &'a str, &'a str)>) -> String {
    let lines: BTreeSet<String> = keys
        .map(|(member, recipient, custody)| format!("{member} {recipient} {custody}\n"))
        .collect();
    lines.into_iter().collect()
}

/// The keys that a concern can be sealed to now: the active ones whose holders still have a handler's role, and that
/// the evidence log confirms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeySet {
    /// Sorted by member.
    pub holders: Vec<KeyHolder>,
}

impl KeySet {
    pub(crate) fn new(mut holders: Vec<KeyHolder>) -> Self {
        holders.sort_by_key(|holder| holder.member);
        Self { holders }
    }

    /// 8 hexadecimal digits that change when a holder, a key or a holder's role does.
    pub fn fingerprint(&self) -> String {
        let mut hash = Sha256::new();
        for holder in &self.holders {
            let roles: Vec<&str> = holder.roles.iter().map(|role| role.word()).collect();
            let (recipient, custody) = (&holder.recipient, holder.custody.word());
            hash.update(format!("{} {recipient} {custody} {}\n", holder.member, roles.join(",")));
        }
        hex::encode(&hash.finalize()[..4])
    }

    /// The handlers whose bits are set in a mask: bit 0 is the first holder.
    pub fn picked(&self, mask: u32) -> BTreeSet<MemberId> {
        let places = self.holders.iter().take(32).enumerate();
        let set = places.filter(|(place, _)| mask & (1 << place) != 0);
        set.map(|(_, holder)| holder.member).collect()
    }

    /// The mask of these handlers; others are left out.
    pub fn mask(&self, members: &BTreeSet<MemberId>) -> u32 {
        let places = self.holders.iter().take(32).enumerate();
        let held = places.filter(|(_, holder)| members.contains(&holder.member));
        held.fold(0, |mask, (place, _)| mask | 1 << place)
    }
}
