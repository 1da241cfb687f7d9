//! The pack's README: what is in it, and how to check it without us.

use super::{Order, Summary};
use crate::evidence::checkpoint::Checkpoint;
use crate::evidence::keyring::Keyring;

/// With names in braces for what differs from pack to pack.
const TEXT: &str = include_str!("README.txt");

/// The text for a pack.
pub(super) fn text(head: &Checkpoint, ring: &Keyring, order: &Order, summary: &Summary) -> String {
    let scope = order
        .scope
        .as_ref()
        .map_or_else(|| "none".to_owned(), ToString::to_string);
    let disclosed = match &order.disclosing {
        None => "Nothing is disclosed. The leaves hold digests only.".to_owned(),
        Some(disclosing) => format!(
            "{} disclosed, of {} records, of the fields {}, to {}. {} more are erased.",
            summary.disclosed,
            summary.records,
            disclosing.fields.join(", "),
            disclosing.to_whom,
            summary.erased
        ),
    };
    let keys: Vec<String> = ring.vkeys().map(|vkey| format!("  {vkey}")).collect();
    TEXT.replace("{origin}", &head.origin)
        .replace("{size}", &head.size.to_string())
        .replace("{keys}", &keys.join("\n"))
        .replace("{scope}", &scope)
        .replace("{disclosed}", &disclosed)
}
