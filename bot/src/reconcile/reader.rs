//! Reading along: the rows of each page of leaves, and what its leaves change in cycles that were opened before.

use std::collections::{BTreeMap, HashSet};
use std::ops::Range;

use super::absences::Leaves;
use super::catalogues::Catalogues;
use super::course::{Course, Place, Running};
use super::difference::{Difference, Tables};
use super::elsewhere::Elsewhere;
use super::handler_keys::HandlerKeys;
use super::published::Published;
use super::rows::by_rec;
use super::store::AbsenceRow;
use super::{answer, answer_order, concern_days, cycle, handed_out, store};
use crate::db::Connection;
use crate::evidence::verify::{Entry, ReadsAlong};
use crate::evidence::{self, Kind};
use crate::prompts::store::AnswerRow;

/// What has been read so far. Bounded by the leaves of absence, and by the cycles whose rows their leaves do not
/// explain yet: in an honest database those that were open at that time.
#[derive(Debug, Default)]
pub(super) struct Reader {
    pub(super) tables: Tables,
    /// Whether the whole log was read.
    ended: bool,
    /// The closed log that is being read; none for the living one.
    pub(super) log: Option<u32>,
    pub(super) closed: Vec<u32>,
    /// Leaves that came back after a backup was restored, without their rows.
    pub(super) recovered: Vec<Range<u64>>,
    pub(super) running: BTreeMap<Place, Running>,
    elsewhere: Elsewhere,
    pub(super) published: Published,
    pub(super) catalogues: Catalogues,
    pub(super) keys: HandlerKeys,
    pub(super) absences: Leaves,
    /// Absences of earlier versions, whose rows do not name their records.
    pub(super) unnamed: Vec<AbsenceRow>,
    /// Name of the log that is being read.
    pub(super) origin: Option<String>,
    /// Rows that a leaf is about, by their table.
    pub(super) spoken_of: BTreeMap<&'static str, u64>,
}

impl Reader {
    /// `origin` is the name of the living log.
    pub(super) fn new(origin: &str) -> Self {
        Self {
            origin: Some(origin.to_owned()),
            ..Self::default()
        }
    }

    /// None if the log was not read to its end.
    pub(super) fn tables(self) -> Option<Tables> {
        self.ended.then_some(self.tables)
    }

    pub(super) fn came_back(&self, index: u64) -> bool {
        self.recovered.iter().any(|range| range.contains(&index))
    }

    /// Reports the rows of a record unless there is exactly one.
    pub(super) fn one<T>(&mut self, entry: &Entry, table: &'static str, mut rows: Vec<T>) -> Option<T> {
        let count = rows.len();
        *self.spoken_of.entry(table).or_default() += count as u64;
        let row = rows.pop();
        let lost = count == 0 && self.came_back(entry.index);
        if count != 1 && !lost {
            self.tables.differ(Difference {
                table,
                row: entry.rec.clone(),
                column: "rec",
                found: (count > 0).then(|| format!("{count} rows")),
                said: Some("one row".to_owned()),
            });
        }
        row
    }

    fn answer(&mut self, entry: &Entry, kind: Kind, rows: Vec<AnswerRow>, cycle: Option<&str>) -> Option<AnswerRow> {
        let row = self.one(entry, answer::TABLE, rows)?;
        answer::compare(&row, entry, kind, cycle, &mut self.tables);
        Some(row)
    }

    async fn rest(&mut self, connection: &impl Connection) -> anyhow::Result<()> {
        let running = std::mem::take(&mut self.running);
        let ids: Vec<&str> = running.values().map(|running| running.id.as_str()).collect();
        let choice_gone: HashSet<String> = store::choice_gone(connection, &ids).await?;
        for Running { id, row, told } in running.values() {
            let mut own = super::difference::Row {
                table: cycle::TABLE,
                id,
                tables: &mut self.tables,
            };
            told.compare(row, &mut own, choice_gone.contains(id));
        }
        Ok(())
    }
}

/// Whether leaves of this kind change a cycle that was opened before, or its answers.
pub(super) fn changes(kind: Kind) -> bool {
    Course::changes_by(kind) || answer::has_row(kind)
}

impl ReadsAlong for Reader {
    async fn begin(&mut self, connection: &impl Connection) -> anyhow::Result<()> {
        self.unnamed = store::absences_without_record(connection).await?;
        self.closed = evidence::closed(connection).await?;
        let living = self.origin.take();
        for number in self.closed.clone() {
            self.log = Some(number);
            self.origin = evidence::closed_origin(connection, number).await?;
            self.recovered = store::recovered(connection, self.log).await?;
            evidence::read_closed(connection, number, self).await?;
            self.published.end(connection, self.log, &mut self.tables).await?;
        }
        self.log = None;
        self.origin = living;
        self.recovered = store::recovered(connection, None).await?;
        Ok(())
    }

    async fn page(&mut self, connection: &impl Connection, entries: Vec<Entry>) -> anyhow::Result<()> {
        self.others(connection, &entries).await?;
        let mut known = self.openings(connection, &entries).await?;
        let origins = self.origins(connection, &entries).await?;
        self.load(connection, &origins, &mut known).await?;
        let said = entries.iter().filter(|entry| entry.kind.is_some_and(answer::has_row));
        let rows = store::answers_of(connection, said.map(|entry| entry.rec.as_str())).await?;
        let mut rows = by_rec(rows, |row| &row.rec);
        for entry in entries {
            let Some(kind) = entry.kind.filter(|kind| changes(*kind)) else {
                continue;
            };
            let origin = origins.get(&entry.index).copied();
            let found = origin.and_then(|origin| known.get(&origin));
            let mut row = None;
            if answer::has_row(kind) {
                let own = rows.remove(&entry.rec).unwrap_or_default();
                row = self.answer(&entry, kind, own, found.map(|(id, _)| id.as_str()));
            }
            if !Course::changes_by(kind) || self.came_back(entry.index) {
                continue;
            }
            match (origin, found) {
                (Some(origin), Some((id, course))) => {
                    let place = (self.log, origin);
                    let told = self.running.remove(&place).map(|running| running.told);
                    let mut told = told.unwrap_or_else(|| course.clone());
                    told.go_on(&entry, course, row.as_ref());
                    self.keep(place, id, course, told);
                }
                // Its opening has no row, which is reported there.
                (Some(_), None) => {}
                (None, _) => self.elsewhere.add(entry, row),
            }
        }
        Ok(())
    }

    async fn end(&mut self, connection: &impl Connection) -> anyhow::Result<()> {
        self.elsewhere.settle(&mut self.running);
        self.rest(connection).await?;
        answer_order::compare_all(connection, &self.closed, &mut self.tables).await?;
        self.strays(connection).await?;
        self.published.end(connection, None, &mut self.tables).await?;
        std::mem::take(&mut self.absences).end(&mut self.tables);
        let (catalogues, keys) = (std::mem::take(&mut self.catalogues), std::mem::take(&mut self.keys));
        catalogues.end(connection, &mut self.tables).await?;
        keys.end(connection, &mut self.tables).await?;
        handed_out::compare_spans(connection, &mut self.tables).await?;
        concern_days::compare_events(connection, &mut self.tables).await?;
        self.ended = true;
        for difference in store::unlike_their_cycles(connection).await? {
            self.tables.differ(difference);
        }
        for difference in store::unlike_their_assignments(connection).await? {
            self.tables.differ(difference);
        }
        Ok(())
    }
}
