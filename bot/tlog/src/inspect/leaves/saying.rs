//! What a leaf says, against what the leaves before it said: time, record, keys.

use super::super::entries::Brief;
use super::super::stop::{Step, broken};
use super::Walk;
use crate::keyring::Keyring;
use crate::kind::Kind;
use crate::leaf::Leaf;
use crate::note::Vkey;
use crate::pack_path::PackPath;

impl Walk<'_> {
    /// Checks a leaf against those before it.
    pub(super) fn leaf(&mut self, file: &PackPath, brief: Brief) -> Step<()> {
        let index = self.edge.size();
        if brief.at < self.at {
            return broken(
                &file,
                &format!("leaf {index} was recorded before the leaf that precedes it"),
            );
        }
        self.at = brief.at;
        if self.states.last_key_value().map_or(0, |(size, _)| *size) == index {
            self.starts.insert(index, brief.at);
        }
        if let Some(of) = brief.of.filter(|of| *of >= index) {
            return broken(
                &file,
                &format!("leaf {index} continues leaf {of}, which does not come before it"),
            );
        }
        self.erased.extend(brief.erased.map(|of| (index, of)));
        if let Some(kind) = brief.unknown {
            self.kinds.see(kind);
        }
        self.records.see(brief.rec);
        match (index, brief.leaf) {
            (0, Some(leaf)) => self.genesis(file, &leaf),
            (0, None) => broken(&file, &"leaf 0 does not name the log and its key"),
            (_, Some(leaf)) => self.keys(file, index, &leaf),
            (_, None) => Ok(()),
        }
    }

    fn genesis(&mut self, file: &PackPath, leaf: &Leaf) -> Step<()> {
        let vkey = leaf.vkey.as_ref().and_then(|vkey| vkey.parse::<Vkey>().ok());
        match vkey {
            Some(vkey)
                if leaf.kind == Kind::LogGenesis.name()
                    && leaf.origin.as_deref() == Some(vkey.name())
                    && leaf.retires.is_none()
                    && leaf.names_prior_whole() =>
            {
                self.ring = Some(Keyring::start(vkey));
                Ok(())
            }
            _ => broken(&file, &"leaf 0 does not name the log and its key"),
        }
    }

    fn keys(&mut self, file: &PackPath, index: u64, leaf: &Leaf) -> Step<()> {
        let more = leaf.origin.is_some() || leaf.prior.is_some() || leaf.reason.is_some();
        if leaf.kind != Kind::KeyRotated.name() || more {
            return broken(
                &file,
                &format!("leaf {index} speaks of the log, which is not for its kind"),
            );
        }
        let taken = self.ring.as_mut().map(|ring| ring.take(index, leaf));
        match taken {
            Some(Err(error)) => broken(&file, &format!("leaf {index} {error}")),
            _ => Ok(()),
        }
    }
}
