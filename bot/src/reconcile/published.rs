//! What was published: each frozen checkpoint compared with the committed one, each copy that arrived compared with its
//! leaf.

use std::collections::{BTreeMap, BTreeSet};

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use sha2::{Digest, Sha256};

use super::course::written;
use super::difference::{Difference, Row, Tables};
use super::store::{self, AnchorRow};
use crate::anchors::{State, Target};
use crate::clock::Millis;
use crate::db::Connection;
use crate::evidence::Kind;
use crate::evidence::verify::Entry;

const ANCHOR: &str = "log_anchor";
const PUBLICATION: &str = "log_publication";

/// What the leaves of one log have said so far.
#[derive(Debug, Default)]
pub(super) struct Published {
    /// Copies that a leaf and a row are about.
    arrived: u64,
}

impl Published {
    pub(super) async fn page(
        &mut self,
        connection: &impl Connection,
        log: Option<u32>,
        (entries, came_back): (&[Entry], impl Fn(u64) -> bool),
        tables: &mut Tables,
    ) -> anyhow::Result<()> {
        let said: BTreeMap<(i64, &str), &Entry> = entries
            .iter()
            .filter(|entry| entry.kind == Some(Kind::AnchorPublished))
            .filter_map(|entry| Some(((entry.field("size")?.parse().ok()?, entry.field("target")?), entry)))
            .collect();
        if said.is_empty() {
            return Ok(());
        }
        let sizes: BTreeSet<i64> = said.keys().map(|(size, _)| *size).collect();
        let rows = store::anchors(connection, log, &sizes).await?;
        let mut rows: BTreeMap<(i64, String), AnchorRow> = rows
            .into_iter()
            .map(|row| ((row.size, row.target.clone()), row))
            .collect();
        let notes = store::notes(connection, log, &sizes).await?;
        for ((size, target), entry) in said {
            if came_back(entry.index) {
                continue;
            }
            let row = rows.remove(&(size, target.to_owned()));
            match row {
                Some(row) => {
                    self.arrived += u64::from(row.state == State::Done.word());
                    compare(&row, entry, tables);
                }
                None => tables.differ(missing(ANCHOR, format!("{size} {target}"))),
            }
            match notes.get(&size) {
                Some(note) => witnessed(size, note, (target, entry), tables),
                None => tables.differ(missing(PUBLICATION, size.to_string())),
            }
        }
        Ok(())
    }

    /// After the last leaf of a log.
    pub(super) async fn end(
        &mut self,
        connection: &impl Connection,
        log: Option<u32>,
        tables: &mut Tables,
    ) -> anyhow::Result<()> {
        let arrived = std::mem::take(&mut self.arrived);
        let (done, all) = store::count_anchors(connection, log).await?;
        tables.rows += all + store::count_publications(connection, log).await?;
        if done != arrived {
            let said = store::arrived(connection, log).await?;
            for (size, target) in store::done(connection, log).await? {
                if !said.contains(&(size.to_string(), target.clone())) {
                    tables.differ(Difference {
                        found: Some(State::Done.word().to_owned()),
                        said: None,
                        column: "state",
                        ..missing(ANCHOR, format!("{size} {target}"))
                    });
                }
            }
        }
        for (size, found, committed) in store::unlike_their_checkpoints(connection, log).await? {
            tables.differ(Difference {
                table: PUBLICATION,
                row: size.to_string(),
                column: "note",
                found: Some(found),
                said: committed,
            });
        }
        for (size, signatures) in store::cosigned(connection, log).await? {
            let rows = store::anchors(connection, log, &BTreeSet::from([size])).await?;
            for line in signatures.lines() {
                let name = line.strip_prefix("— ").and_then(|rest| rest.split(' ').next());
                let known = name.is_some_and(|name| {
                    let target = Target::Witness(name.to_owned()).to_string();
                    rows.iter()
                        .any(|row| row.target == target && row.state == State::Done.word())
                });
                if !known {
                    tables.differ(Difference {
                        found: Some(line.to_owned()),
                        said: None,
                        column: "note",
                        ..missing(PUBLICATION, size.to_string())
                    });
                }
            }
        }
        Ok(())
    }
}

fn missing(table: &'static str, row: String) -> Difference {
    Difference {
        table,
        row,
        column: "size",
        found: None,
        said: Some("one row".to_owned()),
    }
}

fn compare(row: &AnchorRow, entry: &Entry, tables: &mut Tables) {
    let id = format!("{} {}", row.size, row.target);
    let mut own = Row {
        table: ANCHOR,
        id: &id,
        tables,
    };
    let instant = |at: i64| Millis(at).rfc3339();
    let token = row.token.as_ref().map(|token| hex::encode(Sha256::digest(token)));
    own.is("state", Some(row.state.clone()), Some(State::Done.word().to_owned()));
    own.holds(
        "reference",
        row.reference.clone().unwrap_or_default(),
        entry.field("reference"),
    );
    own.holds("token", token.unwrap_or_default(), entry.field("sha256"));
    own.is(
        "settled_at",
        row.settled_at.map(instant),
        Some(instant(written(entry, row.settled_at))),
    );
}

/// A witness that has cosigned is in the note, with the instant that the leaf names.
fn witnessed(size: i64, note: &str, (target, entry): (&str, &Entry), tables: &mut Tables) {
    let Some(Target::Witness(name)) = Target::read(target) else {
        return;
    };
    let start = format!("— {name} ");
    let times: Vec<String> = note
        .lines()
        .filter_map(|line| time(line.strip_prefix(&start)?))
        .collect();
    let said = entry.field("reference");
    if said.is_some_and(|said| !times.iter().any(|time| time == said)) {
        tables.differ(Difference {
            column: "note",
            found: times.first().cloned(),
            said: said.map(str::to_owned),
            ..missing(PUBLICATION, size.to_string())
        });
    }
}

/// The instant in a cosignature: it follows the four bytes of the key's id.
fn time(signature: &str) -> Option<String> {
    let bytes = BASE64.decode(signature).ok()?;
    let seconds = u64::from_be_bytes(bytes.get(4..12)?.try_into().ok()?);
    Some(Millis::from_seconds(seconds).rfc3339())
}
