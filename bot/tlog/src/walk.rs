//! A log from its first leaf to its last: what each leaf says compared with those before it, the keys that they name,
//! and the tree over them. One walk, whether the leaves come from the bundles of a pack or from the pages of a
//! database.

use crate::keyring::{Keyring, RotationError};
use crate::kind::Kind;
use crate::leaf::Leaf;
use crate::note::Vkey;
use crate::time::Millis;
use crate::tree::{Edge, Hash, Tile};

/// How far the walk has come. Each leaf is first [read](Self::leaf) and then [pushed](Self::push).
#[derive(Debug)]
pub struct Walk {
    edge: Edge,
    at: Millis,
    ring: Option<Keyring>,
}

/// Why a leaf does not fit those before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    #[error("leaf {0} was recorded before the leaf that precedes it")]
    Time(u64),
    #[error("leaf {index} continues leaf {of}, which does not come before it")]
    Reference { index: u64, of: u64 },
    #[error("leaf 0 does not name the log and its key")]
    Genesis,
    #[error("leaf {0} speaks of the log, which is not for its kind")]
    OfLog(u64),
    #[error("leaf {index} {reason}")]
    Rotation { index: u64, reason: RotationError },
}

impl Default for Walk {
    fn default() -> Self {
        Self {
            edge: Edge::default(),
            at: Millis(i64::MIN),
            ring: None,
        }
    }
}

impl Walk {
    /// Checks what the next leaf says: when it was recorded, the leaf that it continues, and, where it
    /// [speaks of the log](Leaf::is_of_log), all of it.
    ///
    /// # Errors
    /// The first thing that does not fit the leaves before it.
    pub fn leaf(&mut self, at: Millis, of: Option<u64>, of_log: Option<&Leaf>) -> Result<(), Fault> {
        let index = self.size();
        if at < self.at {
            return Err(Fault::Time(index));
        }
        self.at = at;
        if let Some(of) = of.filter(|of| *of >= index) {
            return Err(Fault::Reference { index, of });
        }
        match (&mut self.ring, of_log) {
            (None, leaf) => self.ring = Some(leaf.and_then(genesis).ok_or(Fault::Genesis)?),
            (Some(_), None) => {}
            (Some(ring), Some(leaf)) => {
                let more = leaf.origin.is_some() || leaf.prior.is_some() || leaf.reason.is_some();
                if leaf.kind != Kind::KeyRotated.name() || more {
                    return Err(Fault::OfLog(index));
                }
                let taken = ring.take(index, leaf);
                taken.map_err(|reason| Fault::Rotation { index, reason })?;
            }
        }
        Ok(())
    }

    /// Adds the leaf's hash to the tree, and returns the tiles that it fills, lowest first.
    pub fn push(&mut self, hash: Hash) -> Vec<Tile> {
        self.edge.push(hash)
    }

    /// Number of leaves so far.
    pub fn size(&self) -> u64 {
        self.edge.size()
    }

    /// The tree so far.
    pub fn edge(&self) -> &Edge {
        &self.edge
    }

    /// When the last leaf was recorded; the least instant before the first.
    pub fn at(&self) -> Millis {
        self.at
    }

    /// The keys that the leaves have named so far; none before the first leaf.
    pub fn ring(&self) -> Option<&Keyring> {
        self.ring.as_ref()
    }
}

/// The keys of a log that begins with this leaf; none if it is not entry 0 of a log.
fn genesis(leaf: &Leaf) -> Option<Keyring> {
    let vkey: Vkey = leaf.vkey.as_ref()?.parse().ok()?;
    let named = leaf.kind == Kind::LogGenesis.name() && leaf.origin.as_deref() == Some(vkey.name());
    (named && leaf.retires.is_none() && leaf.names_prior_whole()).then(|| Keyring::start(vkey))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::key::Key;
    use crate::random::tests::Chance;

    const NAME: &str = "example.org/log";

    fn keys() -> [Key; 2] {
        [1, 2].map(|seed| Key::draw(NAME, &Chance::seeded(seed)))
    }

    fn begun(keys: &[Key; 2]) -> (Walk, Leaf) {
        let leaf = Leaf::genesis(Millis(5), String::new(), NAME, &keys[0].vkey().to_string());
        let mut walk = Walk::default();
        assert_eq!(walk.leaf(Millis(5), None, Some(&leaf)), Ok(()));
        walk.push([0; 32]);
        (walk, leaf)
    }

    #[test]
    fn a_leaf_comes_after_those_that_it_names() {
        let (mut walk, _) = begun(&keys());
        assert_eq!(walk.leaf(Millis(4), None, None), Err(Fault::Time(1)));
        let reference = Fault::Reference { index: 1, of: 1 };
        assert_eq!(walk.leaf(Millis(5), Some(1), None), Err(reference));
        assert_eq!(walk.leaf(Millis(5), Some(0), None), Ok(()));
        assert_eq!((walk.size(), walk.at()), (1, Millis(5)));
    }

    #[test]
    fn only_entry_0_names_the_log() {
        let keys = keys();
        let (mut walk, genesis) = begun(&keys);
        assert_eq!(walk.leaf(Millis(5), None, Some(&genesis)), Err(Fault::OfLog(1)));
        let other = Leaf {
            origin: Some("other.org/log".to_owned()),
            ..genesis.clone()
        };
        let missed = Leaf {
            kind: Kind::CycleMissed.name().to_owned(),
            ..genesis
        };
        for wrong in [None, Some(&other), Some(&missed)] {
            assert_eq!(Walk::default().leaf(Millis(5), None, wrong), Err(Fault::Genesis));
        }
    }

    #[test]
    fn keys_are_handed_over_along_the_way() {
        let keys = keys();
        let [old, new] = keys.each_ref().map(|key| key.vkey().to_string());
        let (mut walk, _) = begun(&keys);
        let rotation = Leaf::rotation(Millis(6), String::new(), &new, &old);
        assert_eq!(walk.leaf(Millis(6), None, Some(&rotation)), Ok(()));
        assert_eq!(walk.ring().map(Keyring::current), Some(&keys[1].vkey()));
        walk.push([0; 32]);
        let reason = RotationError::NotInForce;
        let again = Fault::Rotation { index: 2, reason };
        assert_eq!(walk.leaf(Millis(6), None, Some(&rotation)), Err(again));
    }
}
