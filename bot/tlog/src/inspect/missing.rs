//! What was asked for and is not there: an erasure explains it, or it is missing. And what is there although an erasure
//! says that it is gone.

use std::collections::BTreeSet;

use super::disclosures::{Bundles, Disclosed};
use super::inspection::Inspection;
use super::leaves::Log;
use super::listing::Listing;
use super::stop::{Step, broken};
use crate::kind::Kind;
use crate::leaf::Leaf;
use crate::pack_path::PackPath;

impl Inspection<'_> {
    /// Each proved record gives the fields that were asked for: those that are disclosed of any record, and those that
    /// the auditor names.
    pub(super) fn missing(&mut self, listing: &Listing, log: &Log, disclosed: Disclosed) -> Step<()> {
        let Disclosed { mut names, erasures } = disclosed;
        names.extend(self.terms.fields.iter().cloned());
        if names.is_empty() {
            return Ok(());
        }
        let mut indexes: Vec<u64> = listing.proofs.iter().map(|(index, _)| *index).collect();
        indexes.extend(&listing.disclosures);
        indexes.sort_unstable();
        indexes.dedup();
        let mut bundles = Bundles::new(&self.folder, log.size);
        let mut first: Option<(u64, String)> = None;
        let (mut lacking, mut missing, mut erased) = (0_u64, 0_u64, 0_u64);
        for index in indexes {
            let given = match listing.disclosures.binary_search(&index) {
                Ok(_) => Some(bundles.disclosed(index)?).map(|(leaf, _, fields)| (leaf, fields)),
                Err(_) => bundles.leaf(index)?.map(|leaf| (leaf, Vec::new())),
            };
            let Some((leaf, fields)) = given else { continue };
            let there: BTreeSet<&str> = fields.iter().map(|(name, _)| name.as_str()).collect();
            if let Some(name) = there.iter().find(|name| erasures.name(index, &leaf.rec, name)) {
                let reason = format!("discloses the field {name}, of which a leaf says that it was erased");
                return broken(&PackPath::Disclosures(index), &reason);
            }
            if !there.is_empty() && there.len() == leaf.sd.len() && erasures.touch(index, &leaf.rec) {
                let reason = "discloses all fields, though a leaf says that some were erased";
                return broken(&PackPath::Disclosures(index), &reason);
            }
            let gone = wanted(&leaf, &names).filter(|name| !there.contains(name));
            let (explained, unexplained): (Vec<&str>, Vec<&str>) =
                gone.partition(|name| erasures.explain(index, &leaf.rec, name));
            erased += explained.len() as u64;
            missing += unexplained.len() as u64;
            if let Some(name) = unexplained.first() {
                lacking += 1;
                first.get_or_insert_with(|| (index, (*name).to_owned()));
            }
        }
        self.verdict.erased = erased;
        self.verdict.missing = missing;
        match first {
            None => Ok(()),
            Some((index, name)) => broken(
                &PackPath::Disclosures(index),
                &format!(
                    "does not give the field {name}, and nothing in the pack says that it was erased. Fields missing like \
                     that: {missing}, records: {lacking}"
                ),
            ),
        }
    }
}

/// The fields of the leaf that were asked for. If its kind is of a later version, nobody knows them.
fn wanted<'a>(leaf: &Leaf, names: &'a BTreeSet<String>) -> impl Iterator<Item = &'a str> {
    let fields = Kind::named(&leaf.kind).map_or(&[][..], Kind::fields);
    let names = names.iter().map(String::as_str);
    names.filter(move |name| fields.contains(name))
}
