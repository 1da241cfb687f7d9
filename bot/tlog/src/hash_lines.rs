//! The hashes of a proof as C2SP writes them: one line of base64 each, ended by a blank line.

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;

use crate::tree::Hash;

/// Maximum number of hashes that a proof can have: one for each level of a tree whose size fits 63 bits.
pub(crate) const MOST: usize = 63;

/// The lines, without the blank one.
pub(crate) fn text(hashes: &[Hash]) -> String {
    let lines = hashes.iter().flat_map(|hash| [BASE64.encode(hash), "\n".to_owned()]);
    lines.collect()
}

/// The hashes up to the blank line, and what follows it; none if a line is not a hash, or there are too many.
pub(crate) fn read(mut rest: &str) -> Option<(Vec<Hash>, &str)> {
    let mut hashes = Vec::new();
    loop {
        let (line, further) = rest.split_once('\n')?;
        rest = further;
        if line.is_empty() {
            return Some((hashes, rest));
        }
        if hashes.len() == MOST {
            return None;
        }
        hashes.push(hash(line)?);
    }
}

/// The hash in a line; none if the line is not the base64 of 32 bytes.
pub(crate) fn hash(line: &str) -> Option<Hash> {
    BASE64.decode(line).ok()?.try_into().ok()
}
