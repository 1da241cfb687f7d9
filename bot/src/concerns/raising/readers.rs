//! Who may read what is said in a case from now on.

use crate::concerns::deadlines::escalation::Audience;
use crate::concerns::desk::Desk;
use crate::concerns::keys::handler_key::{KeyHolder, KeySet};
use crate::concerns::keys::routing::route_of;
use crate::concerns::keys::{Confirmed, confirmed};
use crate::concerns::store::Vouched;

/// The readers of a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Readers {
    /// Sorted by member; empty if nobody is left.
    These(Vec<KeyHolder>),
    /// The keys in the database are not those that the evidence log knows.
    KeysDoubtful,
}

impl Readers {
    /// 8 hexadecimal digits that change when anything about them does.
    pub fn fingerprint(&self) -> String {
        match self {
            Self::These(readers) => KeySet::new(readers.clone()).fingerprint(),
            // Nothing is sealed in the meantime, whatever was shown.
            Self::KeysDoubtful => "0".repeat(8),
        }
    }

    /// Who is told when the reporter says that something got worse.
    pub fn audience(&self) -> Audience {
        match self {
            Self::These(readers) => Audience::of(readers),
            Self::KeysDoubtful => Audience::Nobody,
        }
    }
}

/// Those whose keys anything new in the case is sealed to, besides the reporter's.
pub(crate) async fn readers(desk: &Desk, found: &Vouched) -> anyhow::Result<Readers> {
    let Some(organisation) = desk.core.organisation(found.case.organisation) else {
        return Ok(Readers::These(Vec::new()));
    };
    Ok(match confirmed(desk, organisation).await? {
        Confirmed::Keys(keys) => Readers::These(route_of(desk, found, &keys.holders).readers),
        Confirmed::Doubtful => Readers::KeysDoubtful,
    })
}
