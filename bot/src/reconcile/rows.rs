//! Tables whose rows each have a leaf of their own, and rows that no leaf is about.

use std::collections::HashMap;

use super::difference::Difference;
use super::reader::Reader;
use super::{absences, answer, concern_days, cycle, handed_out, store};
use crate::db::Connection;
use crate::evidence::Kind;
use crate::evidence::verify::Entry;

impl Reader {
    /// Packs and days of concerns of this page.
    async fn records(&mut self, connection: &impl Connection, entries: &[Entry]) -> anyhow::Result<()> {
        let of = |kind: Kind| entries.iter().filter(move |entry| entry.kind == Some(kind));
        let recs = of(Kind::PackDisclosed).map(|entry| entry.rec.as_str());
        let mut packs = by_rec(store::packs_of(connection, recs).await?, |row| &row.rec);
        for entry in of(Kind::PackDisclosed) {
            let rows = packs.remove(&entry.rec).unwrap_or_default();
            if let Some(row) = self.one(entry, handed_out::TABLE, rows) {
                handed_out::compare(&row, entry, self.origin.as_deref(), &mut self.tables);
            }
        }
        let said = entries
            .iter()
            .filter(|entry| entry.kind.is_some_and(|kind| absences::KINDS.contains(&kind)));
        let recs = said.clone().map(|entry| entry.rec.as_str());
        let mut rows = by_rec(store::absences_of(connection, recs).await?, |row| {
            row.rec.as_ref().unwrap_or(&row.id)
        });
        for entry in said {
            let mut own = rows.remove(&entry.rec).unwrap_or_default();
            if own.is_empty() && entry.kind == Some(Kind::AbsenceEntered) {
                let unnamed = self.unnamed.iter().position(|row| absences::is_of(row, entry));
                own.extend(unnamed.map(|place| self.unnamed.swap_remove(place)));
            }
            if own.is_empty() && absences::is_erased(entry) {
                continue;
            }
            if let Some(row) = self.one(entry, absences::TABLE, own) {
                self.absences
                    .entered((self.log, entry.index), row, entry, &mut self.tables);
            }
        }
        for entry in entries {
            let changes = matches!(entry.kind, Some(Kind::AbsenceShortened | Kind::AbsenceWithdrawn));
            if changes && !self.came_back(entry.index) {
                self.absences.changed(self.log, entry);
            }
        }
        let recs = of(Kind::ConcernsDigest).map(|entry| entry.rec.as_str());
        let mut days = by_rec(store::days_of(connection, recs).await?, |row| &row.rec);
        for entry in of(Kind::ConcernsDigest) {
            let rows = days.remove(&entry.rec).unwrap_or_default();
            if let Some(row) = self.one(entry, concern_days::TABLE, rows) {
                concern_days::compare(&row, entry, &mut self.tables);
            }
        }
        Ok(())
    }

    /// What else this page says: catalogues, keys, what was published.
    pub(super) async fn others(&mut self, connection: &impl Connection, entries: &[Entry]) -> anyhow::Result<()> {
        self.records(connection, entries).await?;
        let recovered = &self.recovered;
        let came_back = |index: u64| recovered.iter().any(|range| range.contains(&index));
        self.catalogues.page(entries, came_back);
        self.keys.page(entries, came_back);
        self.published
            .page(connection, self.log, (entries, came_back), &mut self.tables)
            .await
    }

    /// Finds rows that no leaf is about.
    pub(super) async fn strays(&mut self, connection: &impl Connection) -> anyhow::Result<()> {
        let answers: Vec<Kind> = Kind::ALL.into_iter().filter(|kind| answer::has_row(*kind)).collect();
        let tables = [
            (cycle::TABLE, "t.id", vec![Kind::CycleOpened]),
            (answer::TABLE, "t.id", answers),
            (absences::TABLE, "t.id", absences::KINDS.to_vec()),
            (handed_out::TABLE, "t.rec", vec![Kind::PackDisclosed]),
            (concern_days::TABLE, "t.on_day", vec![Kind::ConcernsDigest]),
        ];
        for (table, id, kinds) in tables {
            let count = store::count(connection, table).await?;
            self.tables.rows += count;
            if self.spoken_of.get(table).copied().unwrap_or_default() == count {
                continue;
            }
            let unnamed = if table == absences::TABLE {
                std::mem::take(&mut self.unnamed)
            } else {
                Vec::new()
            };
            for row in unnamed {
                self.tables.differ(Difference {
                    table,
                    row: row.id,
                    column: "rec",
                    found: None,
                    said: Some("one row".to_owned()),
                });
            }
            for (row, rec) in store::strays(connection, (table, id), &kinds, &self.closed).await? {
                self.tables.differ(Difference {
                    table,
                    row,
                    column: "rec",
                    found: Some(rec),
                    said: None,
                });
            }
        }
        Ok(())
    }
}

pub(super) fn by_rec<T>(rows: Vec<T>, rec: impl Fn(&T) -> &String) -> HashMap<String, Vec<T>> {
    let mut found: HashMap<String, Vec<T>> = HashMap::new();
    for row in rows {
        found.entry(rec(&row).clone()).or_default().push(row);
    }
    found
}
