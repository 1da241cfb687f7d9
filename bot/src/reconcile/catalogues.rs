//! The catalogues that were in force compared with the leaves that name them: a text must be the one that was hashed.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use super::course::written;
use super::difference::{Row, Tables};
use super::store;
use crate::clock::Millis;
use crate::db::Connection;
use crate::evidence::Kind;
use crate::evidence::verify::Entry;

const TABLE: &str = "catalogue_version";

/// The first leaf about each catalogue, by its hash.
#[derive(Debug, Default)]
pub(super) struct Catalogues {
    said: BTreeMap<String, Entry>,
}

impl Catalogues {
    pub(super) fn page(&mut self, entries: &[Entry], came_back: impl Fn(u64) -> bool) {
        for entry in entries {
            if entry.kind == Some(Kind::CatalogueChanged)
                && !came_back(entry.index)
                && let Some(sha256) = entry.field("sha256")
            {
                self.said.entry(sha256.to_owned()).or_insert_with(|| entry.clone());
            }
        }
    }

    pub(super) async fn end(self, connection: &impl Connection, tables: &mut Tables) -> anyhow::Result<()> {
        let mut said = self.said;
        for row in store::catalogues(connection).await? {
            tables.rows += 1;
            let mut own = Row {
                table: TABLE,
                id: &row.sha256,
                tables,
            };
            let Some(entry) = said.remove(&row.sha256) else {
                own.is("sha256", Some(row.sha256.clone()), None);
                continue;
            };
            let hashed = hex::encode(Sha256::digest(&row.body));
            own.must(
                hashed == row.sha256,
                "body",
                Some(row.body.clone()),
                "a text with this hash",
            );
            own.holds("catalogue", row.catalogue.clone(), entry.field("catalogue"));
            own.holds("version", row.version.clone(), entry.field("version"));
            let first = written(&entry, Some(row.first_seen_at));
            own.is(
                "first_seen_at",
                Some(Millis(row.first_seen_at).rfc3339()),
                Some(Millis(first).rfc3339()),
            );
        }
        for sha256 in said.into_keys() {
            let mut own = Row {
                table: TABLE,
                id: &sha256,
                tables,
            };
            own.is("sha256", None, Some(sha256.clone()));
        }
        Ok(())
    }
}
