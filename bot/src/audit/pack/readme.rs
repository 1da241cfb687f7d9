//! The pack's README: what is in it, and how to check it without us.

use super::{Gaps, Order, Summary};
use crate::evidence::Keyring;
use crate::evidence::checkpoint::Checkpoint;

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
            "{} disclosed, of {} records, of the fields {}, to {}. {} more are erased, as leaves of the log say.",
            summary.disclosed,
            summary.records,
            disclosing.fields.join(", "),
            disclosing.to_whom,
            summary.erased
        ),
    };
    let keys: Vec<String> = ring.vkeys().map(|vkey| format!("  {vkey}")).collect();
    TEXT.replace("{gaps}", &gaps(&summary.missing))
        .replace("{origin}", &head.origin)
        .replace("{size}", &head.size.to_string())
        .replace("{keys}", &keys.join("\n"))
        .replace("{scope}", &scope)
        .replace("{disclosed}", &disclosed)
}

/// What is missing without an erasure, for the first lines.
fn gaps(missing: &Gaps) -> String {
    if missing.is_empty() {
        return String::new();
    }
    format!(
        "\nINCOMPLETE\n  Fields that were to be disclosed are neither here nor erased, and the log does not say where they \
         went.\n  Fields: {}, records: {}. `bellwether evidence verify` finds them missing.\n{missing}",
        missing.fields, missing.records
    )
}
