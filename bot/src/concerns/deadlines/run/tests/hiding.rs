//! What a thief of the database's files learns about when people came, and in which order.

use std::path::Path;

use entity::concern_entry;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, Statement};

use super::stage::{Stage, at, stages};
use crate::clock::Millis;
use crate::db::{Db, sqlite_url};

/// Where SQLite's index of its log begins to name the pages of the log's frames, and how many its first part names.
const PAGES: usize = 136;
const FRAMES: usize = 4_062;
/// Bytes of the file's head that count changes, or name the kind of log: its contents tell nothing of them.
const COUNTERS: [std::ops::Range<usize>; 4] = [18..20, 24..28, 40..44, 92..100];

/// Copies of SQLite's files.
struct Loot {
    main: Vec<u8>,
    log: Vec<u8>,
    index: Vec<u8>,
}

impl Loot {
    fn of(stage: &Stage) -> Self {
        let file = |ending: &str| stage.trial.folder.path().join(format!("trial.db{ending}"));
        let [main, log, index] = ["", "-wal", "-shm"].map(|ending| std::fs::read(file(ending)).expect("a file"));
        Self { main, log, index }
    }

    /// Pages that the index names although the log holds no such frame any more.
    fn stale(&self) -> usize {
        let number = |at: usize| u32::from_le_bytes(self.index[at..at + 4].try_into().expect("4 bytes"));
        let frames = number(16) as usize;
        (frames..FRAMES).filter(|frame| number(PAGES + 4 * frame) != 0).count()
    }

    /// The main file as it is, and as its rows alone would make it: written into an empty file in the order of their
    /// keys.
    async fn as_it_is_and_as_it_must_be(&self, folder: &Path) -> [Vec<u8>; 2] {
        let [stolen, fresh] = ["stolen.db", "fresh.db"].map(|name| folder.join(name));
        std::fs::write(&stolen, &self.main).expect("a file");
        let db = Db::open(&sqlite_url(&stolen)).await.expect("it opens");
        db.copy_to(&fresh).await.expect("it is copied");
        db.close().await.expect("it closes");
        let files = [self.main.clone(), std::fs::read(&fresh).expect("a file")];
        std::fs::remove_file(&fresh).expect("it goes");
        files.map(|mut bytes| {
            for range in COUNTERS {
                bytes[range].fill(0);
            }
            bytes
        })
    }
}

/// Which of the reports are in these bytes, in the order in which they first occur there.
fn order(bytes: &[u8], reports: &[Vec<u8>]) -> Vec<usize> {
    let place = |report: &Vec<u8>| {
        let end = &report[report.len() - 64..];
        bytes.windows(end.len()).position(|window| window == end)
    };
    let mut places: Vec<_> = reports.iter().map(place).zip(0..).collect();
    places.retain(|(place, _)| place.is_some());
    places.sort_unstable();
    places.into_iter().map(|(_, number)| number).collect()
}

/// Somebody raises a concern: what is stored of its text.
async fn report(stage: &Stage) -> Vec<u8> {
    let draft = stage.draft("mistake").await;
    let case = stage.report(draft).await;
    let entry = concern_entry::Entity::find()
        .filter(concern_entry::Column::CaseId.eq(case.id.as_str()))
        .one(stage.trial.db.reader());
    entry.await.expect("a query").expect("an entry").sealed
}

#[tokio::test]
async fn once_news_were_told_the_files_tell_neither_order_nor_time() {
    for stage in stages().await {
        if stage.trial.engine != "sqlite" {
            continue;
        }
        stage.step_at("2026-11-02T07:30:00Z").await;
        let mut reports = Vec::new();
        for round in ["2026-11-02T08:00:00Z", "2026-11-02T14:00:00Z", "2026-11-03T03:00:00Z"] {
            let before = reports.len();
            for _ in 0..3 {
                reports.push(report(&stage).await);
            }
            let came: Vec<usize> = (0..3).collect();
            let log = Loot::of(&stage).log;
            assert_eq!(
                order(&log, &reports[before..]),
                came,
                "a thief who comes earlier sees the order"
            );
            stage.step_at(round).await;
            let loot = Loot::of(&stage);
            assert_eq!(order(&loot.log, &reports), [0; 0], "{round}: the log tells the order");
            assert_eq!(loot.stale(), 0, "{round}: the index of the log tells what was written");
            assert_eq!(order(&loot.main, &reports).len(), reports.len(), "the search is blind");
            let [is, must_be] = loot.as_it_is_and_as_it_must_be(stage.trial.folder.path()).await;
            assert!(is == must_be, "{round}: how pages lie tells more than the rows");
        }
    }
}

#[tokio::test]
async fn once_news_were_told_no_table_of_postgres_tells_the_order() {
    for stage in stages().await {
        if stage.trial.engine != "postgres" {
            continue;
        }
        stage.step_at("2026-11-02T07:30:00Z").await;
        let mut came = Vec::new();
        for _ in 0..6 {
            came.push(report(&stage).await);
        }
        let reader = stage.trial.db.reader();
        let rows = async |columns: &str| {
            let query = format!("SELECT {columns} FROM concern_entry ORDER BY ctid");
            let statement = Statement::from_string(reader.get_database_backend(), query);
            reader.query_all_raw(statement).await.expect("a query")
        };
        let lie = async || -> Vec<Vec<u8>> {
            let rows = rows("sealed").await;
            rows.iter().map(|row| row.try_get_by_index(0).expect("bytes")).collect()
        };
        let file = async || -> Vec<String> {
            let rows = rows("pg_relation_filepath('concern_entry')").await;
            rows.iter()
                .map(|row| row.try_get_by_index(0).expect("a path"))
                .collect()
        };
        assert_eq!(lie().await, came, "a thief who comes earlier sees the order");
        let old = file().await;
        stage.step_at("2026-11-02T08:00:00Z").await;
        assert_ne!(lie().await, came, "they lie in another order");
        assert_ne!(file().await, old, "the file with what lay there before is gone");
        let mut transactions: Vec<String> = Vec::new();
        for row in rows("xmin::text").await {
            transactions.push(row.try_get_by_index(0).expect("a number"));
        }
        transactions.dedup();
        assert_eq!(transactions.len(), 1, "all are of one transaction");
    }
}

#[tokio::test]
async fn who_reads_the_database_all_the_time_only_delays_it() {
    for stage in stages().await {
        stage.step_at("2026-11-02T07:30:00Z").await;
        let other = Db::open(&stage.trial.url).await.expect("another program");
        let reading = other.snapshot().await.expect("it reads");
        concern_entry::Entity::find().all(&reading).await.expect("a query");
        report(&stage).await;
        let step_at = async |instant: &str| {
            stage.trial.clock.set(at(instant));
            stage.deadlines.step().await.expect("a step")
        };
        let hidden = async || {
            let setting = crate::settings::read(stage.trial.db.reader(), "concerns.hidden.1").await;
            setting.expect("a query").and_then(|at| at.parse().ok()).map(Millis)
        };
        let next = step_at("2026-11-02T08:00:00Z").await;
        assert_eq!(next, Some(at("2026-11-02T08:01:00Z")), "{}", stage.trial.engine);
        assert_eq!(hidden().await, Some(at("2026-11-02T03:00:00Z")));
        reading.rollback().await.expect("it reads no more");
        other.close().await.expect("it closes");
        step_at("2026-11-02T08:01:00Z").await;
        assert_eq!(hidden().await, Some(at("2026-11-02T08:00:00Z")));
    }
}
