//! Replies of time-stamping authorities: over exactly the published bytes, at a plausible time, by an authority that
//! the auditor trusts.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use super::inspection::Inspection;
use super::leaves::Log;
use super::listing::Listing;
use super::openssl::{self, Outcome};
use super::stop::{Step, broken};
use super::times::{self, Vouched};
use super::verdict::Unchecked;
use crate::pack_path::{PackPath, Part};
use crate::time::Millis;
use crate::time_stamp;

impl Inspection<'_> {
    pub(super) fn replies(&mut self, listing: &Listing, log: &Log) -> Step<()> {
        let mut signed = true;
        for chain in &listing.chains {
            // The program that reads them has no limit.
            self.folder.plain(&PackPath::Chain(chain.clone()))?;
        }
        let mut stamps = BTreeMap::new();
        for (size, authority) in &listing.replies {
            let file = PackPath::History(*size, Part::Reply(authority.clone()));
            let note = PackPath::History(*size, Part::Note);
            let stamped = self.folder.text(&note)?;
            let stamp = match time_stamp::read(&self.folder.read(&file)?) {
                Ok(stamp) => stamp,
                Err(error) => return broken(&file, &error),
            };
            if stamp.imprint[..] != Sha256::digest(&stamped)[..] {
                return broken(&file, &format!("is over other bytes than {note}"));
            }
            let recorded = log.states.get(size).map_or(stamp.at, |(_, at)| *at);
            let vouched = Vouched {
                words: "is of",
                at: stamp.at,
                size: *size,
                recorded,
            };
            self.plausible(&file, &vouched)?;
            let first = stamps.entry(*size).or_insert(stamp.at);
            *first = stamp.at.min(*first);
            self.verdict.replies += 1;
            signed = signed && self.signature(&file, &note, listing, stamp.at)?;
        }
        self.verdict.stamped = times::stamped(&stamps, log);
        let count = self.verdict.replies - self.verdict.replies_signed;
        match (count, &self.terms.authorities) {
            (0, authorities) if stamps.is_empty() => {
                if authorities.is_some() || self.terms.max_wait.is_some() {
                    self.verdict.unchecked.push(Unchecked::NoStamps);
                }
            }
            (0, _) => {}
            (count, None) => self.verdict.unchecked.push(Unchecked::NoAuthority { count }),
            (count, Some(_)) => self.verdict.unchecked.push(Unchecked::NoOpenssl { count }),
        }
        self.waited()
    }

    /// Whether a trusted authority has signed the reply; false if that cannot be checked.
    fn signature(&mut self, file: &PackPath, note: &PackPath, listing: &Listing, at: Millis) -> Step<bool> {
        let Some(trusted) = &self.terms.authorities else {
            return Ok(false);
        };
        let place = |path: &PackPath| self.folder.path(&path.to_string());
        let chains = listing.chain_files(&self.folder);
        match openssl::verify(&place(file), &place(note), trusted, &chains, at)? {
            Outcome::Signed => {
                self.verdict.replies_signed += 1;
                Ok(true)
            }
            Outcome::NotThere => Ok(false),
            Outcome::Refused(words) => broken(&file, &format!("is not signed by a trusted authority: {words}")),
        }
    }
}
