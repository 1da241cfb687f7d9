//! What is disclosed: each field's digest must stand in its leaf.

use std::collections::BTreeSet;

use super::erasures::Erasures;
use super::folder::Folder;
use super::inspection::Inspection;
use super::leaves::Log;
use super::listing::Listing;
use super::proofs::tile_of;
use super::records::Records;
use super::salts;
use super::stop::{Step, broken};
use crate::bundle;
use crate::disclosed;
use crate::kind::Kind;
use crate::leaf::Leaf;
use crate::pack_path::PackPath;
use crate::tile_path::Content;
use crate::tree::TILE_WIDTH;

/// Names and values.
pub(super) type Fields = Vec<(String, String)>;

/// What the disclosures say together.
pub(super) struct Disclosed {
    /// The fields that are disclosed of some record, and so were asked for of all.
    pub names: BTreeSet<String>,
    pub erasures: Erasures,
}

impl Inspection<'_> {
    /// Looks at each disclosure for itself.
    pub(super) fn disclosures(&mut self, listing: &Listing, log: &Log) -> Step<Disclosed> {
        let mut disclosed = Disclosed {
            names: BTreeSet::new(),
            erasures: Erasures::default(),
        };
        let mut bundles = Bundles::new(&self.folder, log.size);
        let mut used = Records::new();
        for index in &listing.disclosures {
            let (leaf, text, fields) = bundles.disclosed(*index)?;
            salts::see(&mut used, &text);
            let kind = Kind::named(&leaf.kind);
            let asked = |name: &str| match kind {
                // The rest of it is given to explain that something is missing, and nobody asked for it.
                Some(kind) if kind.is_erasure() => name == "basis",
                Some(kind) => kind.has_field(name),
                None => true,
            };
            let answers = fields.iter().filter(|(name, _)| asked(name));
            let answers: Vec<String> = answers.map(|(name, _)| name.clone()).collect();
            self.verdict.disclosed += answers.len() as u64;
            disclosed.names.extend(answers);
            disclosed.erasures.told(*index, &leaf, &fields);
        }
        salts::once(&mut used, &self.folder, listing)?;
        for (leaf, of) in &log.erased {
            disclosed.erasures.of_index(*leaf, *of);
        }
        Ok(disclosed)
    }
}

/// Leaves by their index; the bundle that was read last is kept.
pub(super) struct Bundles<'a> {
    folder: &'a Folder,
    size: u64,
    held: Option<(u64, Vec<u8>)>,
}

impl<'a> Bundles<'a> {
    pub(super) fn new(folder: &'a Folder, size: u64) -> Self {
        let held = None;
        Self { folder, size, held }
    }

    /// The leaf of that index; none when the bundle changed while it was looked at.
    pub(super) fn leaf(&mut self, index: u64) -> Step<Option<Leaf>> {
        let n = index / TILE_WIDTH as u64;
        if self.held.as_ref().is_none_or(|(number, _)| *number != n) {
            let path = PackPath::Tile(tile_of(Content::Entries, n, self.size));
            self.held = Some((n, self.folder.read(&path)?));
        }
        let entries = self.held.as_ref().map_or(&[][..], |(_, entries)| entries);
        let place = (index % TILE_WIDTH as u64) as usize;
        let bytes = bundle::leaves(entries).nth(place).and_then(Result::ok);
        Ok(bytes.and_then(Leaf::parse))
    }

    /// The leaf of that index, and what is disclosed of it, as text and as fields.
    pub(super) fn disclosed(&mut self, index: u64) -> Step<(Leaf, String, Fields)> {
        let file = PackPath::Disclosures(index);
        let leaf = self.leaf(index)?;
        let text = self.folder.text(&file)?;
        let Some(leaf) = leaf else {
            return broken(
                &file,
                &format!("is for leaf {index}, which changed while it was looked at"),
            );
        };
        match fields(&leaf, &text) {
            Ok(fields) => Ok((leaf, text, fields)),
            Err(reason) => broken(&file, &reason),
        }
    }
}

/// The fields of the leaf that the lines disclose, or what is wrong with a line.
fn fields(leaf: &Leaf, text: &str) -> Result<Fields, String> {
    let Some(lines) = text.strip_suffix('\n') else {
        return Err("does not end with a whole line".to_owned());
    };
    let fields = disclosed::fields(leaf, lines.split('\n'));
    fields.map_err(|(line, stray)| format!("line {line} {stray}"))
}
