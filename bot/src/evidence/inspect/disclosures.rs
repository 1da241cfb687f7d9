//! What is disclosed: each field's digest must stand in its leaf.

use super::listing::Listing;
use super::proofs::tile_of;
use super::{Inspection, Step, broken};
use crate::evidence::bundle;
use crate::evidence::disclosed;
use crate::evidence::leaf::Leaf;
use crate::evidence::pack_path::PackPath;
use crate::evidence::tile_path::Content;
use crate::evidence::tree::TILE_WIDTH;

impl Inspection<'_> {
    pub(super) fn disclosures(&mut self, listing: &Listing) -> Step<()> {
        let size = self.verdict.leaves;
        let mut held: Option<(u64, Vec<u8>)> = None;
        for index in &listing.disclosures {
            let n = index / TILE_WIDTH as u64;
            if held.as_ref().is_none_or(|(number, _)| *number != n) {
                let path = PackPath::Tile(tile_of(Content::Entries, n, size));
                held = Some((n, self.folder.read(&path, bundle::LONGEST)?));
            }
            let entries = held.as_ref().map_or(&[][..], |(_, entries)| entries);
            let place = (index % TILE_WIDTH as u64) as usize;
            let leaf = bundle::leaves(entries)
                .nth(place)
                .and_then(Result::ok)
                .and_then(Leaf::parse);
            let file = PackPath::Disclosures(*index);
            let text = self.folder.text(&file)?;
            match leaf.map(|leaf| count(&leaf, &text)) {
                Some(Ok(fields)) => self.verdict.disclosed += fields,
                Some(Err(reason)) => return broken(&file, &reason),
                None => {
                    return broken(
                        &file,
                        &format!("is for leaf {index}, which changed while it was looked at"),
                    );
                }
            }
        }
        Ok(())
    }
}

/// How many fields of the leaf the lines disclose, or what is wrong with a line.
fn count(leaf: &Leaf, text: &str) -> Result<u64, String> {
    let Some(lines) = text.strip_suffix('\n') else {
        return Err("does not end with a whole line".to_owned());
    };
    let fields = disclosed::fields(leaf, lines.split('\n'));
    fields
        .map(|fields| fields.len() as u64)
        .map_err(|(line, stray)| format!("line {line} {stray}"))
}
