//! Salts of disclosed fields: each is used once. If two fields had the same salt, somebody who is shown one of them
//! could guess the value of the other.

use std::collections::BTreeMap;

use super::folder::Folder;
use super::listing::Listing;
use super::records::Records;
use super::stop::{Step, broken};
use crate::disclosure;
use crate::pack_path::PackPath;

type Salt = [u8; 32];

/// Adds the salts of a file of disclosures.
pub(super) fn see(records: &mut Records, text: &str) {
    for salt in salts(text) {
        records.see(first(&salt));
    }
}

/// Refuses a salt that occurs twice; if one might, the files are read again.
pub(super) fn once(records: &mut Records, folder: &Folder, listing: &Listing) -> Step<()> {
    let Some(suspect) = records.twice() else {
        return Ok(());
    };
    let mut seen: BTreeMap<Salt, u64> = BTreeMap::new();
    for index in &listing.disclosures {
        let file = PackPath::Disclosures(*index);
        for salt in salts(&folder.text(&file)?) {
            if !suspect.fits(first(&salt)) {
                continue;
            }
            if let Some(earlier) = seen.insert(salt, *index) {
                let reason = format!(
                    "has the salt of a field of leaf {earlier}, so that whoever is shown one can guess the other"
                );
                return broken(&file, &reason);
            }
        }
    }
    Ok(())
}

fn salts(text: &str) -> impl Iterator<Item = Salt> {
    let fields = text.lines().filter_map(disclosure::salted);
    fields.map(|(salt, _, _)| salt)
}

fn first(salt: &Salt) -> u128 {
    salt.first_chunk().map_or(0, |first| u128::from_be_bytes(*first))
}
