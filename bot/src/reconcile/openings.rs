//! The cycles that a page of leaves is about: opened in it, or before it.

use std::collections::{BTreeSet, HashMap};

use super::course::{Course, Place, Running};
use super::reader::{Reader, changes};
use super::rows::by_rec;
use super::{cycle, store};
use crate::db::Connection;
use crate::evidence::verify::Entry;
use crate::evidence::{self, Kind};
use crate::prompts::store::CycleRow;

impl Reader {
    /// Compares the cycles that are opened in this page with their openings. Returns their ids and courses by the
    /// openings' indexes.
    pub(super) async fn openings(
        &mut self,
        connection: &impl Connection,
        entries: &[Entry],
    ) -> anyhow::Result<HashMap<u64, (String, Course)>> {
        let opened: Vec<&Entry> = entries
            .iter()
            .filter(|entry| entry.kind == Some(Kind::CycleOpened))
            .collect();
        let recs = opened.iter().map(|entry| entry.rec.as_str());
        let mut rows = by_rec(store::cycles_of(connection, recs).await?, |row: &CycleRow| &row.rec);
        let mut known = HashMap::new();
        for entry in opened {
            let own = rows.remove(&entry.rec).unwrap_or_default();
            let Some(row) = self.one(entry, cycle::TABLE, own) else {
                continue;
            };
            cycle::compare(&row, entry, &mut self.tables);
            let course = Course::of_row(&row);
            let told = Course::opened(entry, &course);
            self.keep((self.log, entry.index), &row.id, &course, told);
            known.insert(entry.index, (row.id, course));
        }
        Ok(known)
    }

    /// Remembers a cycle as long as its leaves do not explain its row completely.
    pub(super) fn keep(&mut self, place: Place, id: &str, row: &Course, told: Course) {
        if told.agrees(row) {
            self.running.remove(&place);
            return;
        }
        let running = Running {
            id: id.to_owned(),
            row: row.clone(),
            told,
        };
        self.running.insert(place, running);
    }

    /// The openings that these leaves go back to, by the leaves' indexes: both in the same log.
    pub(super) async fn origins(
        &self,
        connection: &impl Connection,
        entries: &[Entry],
    ) -> anyhow::Result<HashMap<u64, u64>> {
        let here: HashMap<u64, Option<u64>> = entries.iter().map(|entry| (entry.index, entry.of)).collect();
        let continues_answer = |entry: &&Entry| matches!(entry.kind, Some(Kind::AnswerAmended | Kind::AnswerRetracted));
        let before = entries.iter().filter(continues_answer).filter_map(|entry| entry.of);
        let before: BTreeSet<u64> = before.filter(|of| !here.contains_key(of)).collect();
        let mut answers = here;
        for (index, _, leaf) in store::leaves_at(connection, self.log, before).await? {
            answers.insert(index, evidence::continues(&leaf));
        }
        let mut origins = HashMap::new();
        for entry in entries.iter().filter(|entry| entry.kind.is_some_and(changes)) {
            let origin = if continues_answer(&entry) {
                entry.of.and_then(|of| answers.get(&of).copied().flatten())
            } else {
                entry.of
            };
            origins.extend(origin.map(|origin| (entry.index, origin)));
        }
        Ok(origins)
    }

    /// Adds the cycles that were opened before this page and whose leaves explained their rows: so the leaves said what
    /// their rows say.
    pub(super) async fn load(
        &self,
        connection: &impl Connection,
        origins: &HashMap<u64, u64>,
        known: &mut HashMap<u64, (String, Course)>,
    ) -> anyhow::Result<()> {
        let mut missing = BTreeSet::new();
        for origin in origins.values().filter(|origin| !known.contains_key(*origin)) {
            missing.insert(*origin);
        }
        missing.retain(|origin| match self.running.get(&(self.log, *origin)) {
            Some(running) => {
                known.insert(*origin, (running.id.clone(), running.row.clone()));
                false
            }
            None => true,
        });
        let leaves = store::leaves_at(connection, self.log, missing).await?;
        let places: HashMap<String, u64> = leaves.into_iter().map(|(index, rec, _)| (rec, index)).collect();
        for row in store::cycles_of(connection, places.keys().map(String::as_str)).await? {
            if let Some(index) = places.get(&row.rec) {
                let course = Course::of_row(&row);
                known.insert(*index, (row.id, course));
            }
        }
        Ok(())
    }
}
