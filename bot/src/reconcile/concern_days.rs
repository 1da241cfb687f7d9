//! The days of concerns compared with the leaves `concerns.digest`, and what happened compared with the days.
//!
//! What was removed cannot be detected: a day's hashes are mixed with chaff, and what is old is deleted.

use std::collections::BTreeMap;

use super::difference::{Difference, Row, Tables};
use super::store::{self, DayRow};
use crate::concerns;
use crate::db::Connection;
use crate::evidence::tree::{Hash, leaf_hash, root_of};
use crate::evidence::verify::Entry;

pub(super) const TABLE: &str = "concern_digest";

pub(super) fn compare(row: &DayRow, entry: &Entry, tables: &mut Tables) {
    let id = format!("{} {}", row.organisation, row.on_day);
    let mut own = Row {
        table: TABLE,
        id: &id,
        tables,
    };
    own.holds(
        "organisation",
        row.organisation.to_string(),
        entry.field("organisation"),
    );
    own.holds("on_day", row.on_day.clone(), entry.field("day"));
    let root = hashes(&row.hashes).map(|hashes| hex::encode(root_of(&hashes)));
    own.holds("hashes", root.unwrap_or_default(), entry.field("root"));
}

fn hashes(bytes: &[u8]) -> Option<Vec<Hash>> {
    let (hashes, rest) = bytes.as_chunks::<32>();
    rest.is_empty().then(|| hashes.to_vec())
}

/// Each event of a day that another digest has followed must be one of those that were committed to.
pub(super) async fn compare_events(connection: &impl Connection, tables: &mut Tables) -> anyhow::Result<()> {
    let mut last: BTreeMap<i64, String> = BTreeMap::new();
    for (organisation, day) in store::last_days(connection).await? {
        last.insert(organisation, day);
    }
    let mut after = String::new();
    loop {
        let events = store::events_after(connection, &after).await?;
        let Some(end) = events.last() else { return Ok(()) };
        after.clone_from(&end.id);
        for event in events {
            tables.rows += 1;
            // What is written after its day was committed to belongs to the next one.
            if last.get(&event.organisation).is_none_or(|last| *last <= event.on_day) {
                continue;
            }
            let hash = leaf_hash(concerns::event_line(connection, &event).await?.as_bytes());
            let days = store::days_from(connection, event.organisation, &event.on_day).await?;
            if !days
                .iter()
                .filter_map(|day| hashes(&day.hashes))
                .any(|day| day.contains(&hash))
            {
                tables.differ(Difference {
                    table: "concern_event",
                    row: event.id,
                    column: "salt",
                    found: Some(event.kind),
                    said: None,
                });
            }
        }
    }
}
