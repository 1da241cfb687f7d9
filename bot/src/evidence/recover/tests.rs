use std::path::{Path, PathBuf};

use bellwether_tlog::bundle;
use bellwether_tlog::tile_path::{Content, TilePath};

use super::*;
use crate::audit::samples::{erase, grow, leaf, write};
use crate::chance::Chance;
use crate::clock::Millis;
use crate::evidence::{
    Erased, Finding, Kind, Log, NewLeaf, closed, forget, rotate, store as log, verify, verify_closed,
};
use crate::ids::RecordId;
use crate::ledger::Ledger;
use crate::trial::{self, Trial};

/// The whole log as a folder; fields from index `fields` on are left out.
async fn packed(trial: &Trial, name: &str, fields: u64) -> PathBuf {
    let folder = trial.folder.path().join(name);
    let put = |path: String, bytes: &[u8]| {
        let path = folder.join(path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("the folder");
        std::fs::write(path, bytes).expect("a file");
    };
    let connection = trial.db.reader();
    let head = log::last_checkpoint(connection).await.expect("a head").expect("a head");
    put("checkpoint".to_owned(), head.note.as_bytes());
    let size = head.size as u64;
    for path in TilePath::all(Content::Entries, size) {
        let mut bytes = Vec::new();
        let leaves = store::leaves(connection, path.n * 256, path.width.into()).await;
        for (place, leaf) in leaves.expect("leaves").iter().enumerate() {
            bundle::push(&mut bytes, leaf).expect("a short leaf");
            let index = path.n * 256 + place as u64;
            let record = log::record(connection, index)
                .await
                .expect("a record")
                .expect("a record");
            let kept = store::fields(connection, record.as_str()).await.expect("fields");
            if index < fields && !kept.is_empty() {
                put(format!("disclosures/{index:012}.sd"), kept.join("\n").as_bytes());
            }
        }
        put(path.to_string(), &bytes);
    }
    for (size, note) in store::notes(connection, 0).await.expect("notes") {
        put(format!("history/{size:012}.checkpoint"), note.as_bytes());
    }
    folder
}

/// A second database; on PostgreSQL it is that of a trial of its own.
struct Copied {
    db: Db,
    _of: Option<Trial>,
}

impl std::ops::Deref for Copied {
    type Target = Db;

    fn deref(&self) -> &Db {
        &self.db
    }
}

/// The database as it is now, as a second one: a backup, or a replica.
async fn copied(trial: &Trial) -> Copied {
    if trial.engine == "sqlite" {
        let path = trial.folder.path().join(format!("{}.db", trial.chance.id()));
        trial.db.copy_to(&path).await.expect("a copy");
        let db = Db::open(&crate::db::sqlite_url(&path)).await.expect("the copy opens");
        return Copied { db, _of: None };
    }
    let other = trial::databases(Millis(0)).await.swap_remove(1);
    other.ledger.close().await;
    for table in ["log_leaf", "log_tile", "log_checkpoint", "log_disclosure"] {
        let rows = crate::db::Connection::query_all_raw(
            trial.db.reader(),
            sea_orm::Statement::from_string(
                sea_orm::DbBackend::Postgres,
                format!("SELECT row_to_json(t)::text FROM {table} t"),
            ),
        );
        for row in rows.await.expect("rows") {
            let row: String = row.try_get_by_index(0).expect("a row");
            let insert = format!(
                "INSERT INTO {table} SELECT * FROM json_populate_record(NULL::{table}, '{}')",
                row.replace('\'', "''")
            );
            other.db.writer().execute_unprepared(&insert).await.expect("a row");
        }
    }
    Copied {
        db: other.db.clone(),
        _of: Some(other),
    }
}

async fn sound(db: &Db, trial: &Trial) -> crate::evidence::Report {
    let report = verify::live(db, &trial.evidence).await.expect("the log is read");
    assert_eq!(report.finding, None, "{}", trial.engine);
    report
}

async fn brought_back(db: &Db, trial: &Trial, source: &Source) -> anyhow::Result<Refill> {
    refill(db, &trial.evidence, source, (Millis(0), &trial.chance), true).await
}

async fn opened(db: &Db, trial: &Trial) -> anyhow::Result<Log> {
    Log::open(db, &trial.evidence, trial.chance.clone()).await
}

/// A trial whose log is longer than in its backup: over 10 leaves before, with an erasure and a change of keys since.
async fn outgrown(trial: &Trial) -> Copied {
    let first = leaf(&trial.chance, Kind::CycleMissed);
    write(&trial.ledger, vec![first.clone()]).await.expect("a leaf");
    grow(&trial.ledger, &trial.chance, 8).await.expect("leaves");
    let backup = copied(trial).await;
    erase(trial, first.rec, "reason").await;
    rotate(&trial.db, &trial.evidence, Millis(0), &trial.chance)
        .await
        .expect("another key");
    grow(&trial.ledger, &trial.chance, 300).await.expect("leaves");
    trial.ledger.close().await;
    backup
}

#[tokio::test]
async fn an_old_backup_is_not_signed_until_a_pack_has_refilled_it() {
    for trial in trial::databases(Millis(0)).await {
        let backup = outgrown(&trial).await;
        let pack = Source::Pack(packed(&trial, "pack", 200).await);
        let refused = opened(&backup, &trial).await.expect_err("it is older").to_string();
        assert!(refused.contains("10 leaves, but 312 are signed already"), "{refused}");
        let short = Standing::Short { size: 10, signed: 312 };
        assert_eq!(standing(&backup, &trial.evidence).await.expect("a standing"), short);

        let chance = &trial.chance;
        let dry = refill(&backup, &trial.evidence, &pack, (Millis(0), chance), false).await;
        let Refill::Done(told) = dry.expect("a dry run") else {
            panic!("it can be refilled")
        };
        assert_eq!((told.from, told.to, told.checkpoints, told.erased), (10, 312, 3, 1));
        assert_eq!(
            standing(&backup, &trial.evidence).await.expect("a standing"),
            short,
            "nothing was changed"
        );

        let done = brought_back(&backup, &trial, &pack).await.expect("it is refilled");
        assert_eq!(done, Refill::Done(told));
        let report = sound(&backup, &trial).await;
        assert_eq!(
            (report.leaves, report.erased, report.lost),
            (313, 1, told.lost),
            "{}",
            trial.engine
        );
        assert!(told.lost > 0 && told.fields > 0);
        let ledger = Ledger::start(
            backup.clone(),
            opened(&backup, &trial).await.expect("it signs again"),
            trial.clock.clone(),
        );
        grow(&ledger, &trial.chance, 3).await.expect("leaves");
        assert_eq!(sound(&backup, &trial).await.leaves, 316);
        let again = brought_back(&backup, &trial, &pack).await.expect("an outcome");
        assert_eq!(again, Refill::NotShort(Standing::Whole { size: 316 }));
    }
}

#[tokio::test]
async fn a_replica_brings_everything_back() {
    for trial in trial::databases(Millis(0)).await {
        let backup = outgrown(&trial).await;
        let replica = Source::Replica(trial.db.clone());
        let done = brought_back(&backup, &trial, &replica).await.expect("it is refilled");
        let Refill::Done(told) = done else { panic!("{done:?}") };
        assert_eq!((told.lost, told.erased), (0, 1), "{}", trial.engine);
        sound(&backup, &trial).await;
    }
}

#[tokio::test]
async fn a_source_that_is_wrong_changes_nothing() {
    for trial in trial::databases(Millis(0)).await {
        let backup = outgrown(&trial).await;
        let good = packed(&trial, "good", 400).await;
        let spoilt = |name: &str, file: &str, change: fn(&mut Vec<u8>)| {
            let folder = trial.folder.path().join(name);
            copy_folder(&good, &folder);
            let path = folder.join(file);
            let mut bytes = std::fs::read(&path).expect("the file");
            change(&mut bytes);
            std::fs::write(path, bytes).expect("the file");
            Source::Pack(folder)
        };
        let cases = [
            (
                spoilt("leaf", "tile/entries/000", |bytes| {
                    flip(bytes, b"cycle.missed", b"cycle.missee");
                }),
                "differs",
            ),
            (
                spoilt("cut", "tile/entries/000", |bytes| bytes.truncate(900)),
                "ends within an entry",
            ),
            (
                spoilt("head", "checkpoint", |bytes| flip(bytes, b"\n312\n", b"\n311\n")),
                "311",
            ),
            (
                spoilt("field", "disclosures/000000000012.sd", |bytes| bytes[7] ^= 1),
                "does not belong to it",
            ),
            (Source::Pack(trial.folder.path().join("nowhere")), "there is no pack at"),
        ];
        for (source, expected) in cases {
            let told = match brought_back(&backup, &trial, &source).await {
                Err(error) => format!("{error:#}"),
                Ok(outcome) => format!("{outcome:?}"),
            };
            assert!(told.contains(expected), "{} {expected}: {told}", trial.engine);
            let standing = standing(&backup, &trial.evidence).await.expect("a standing");
            assert_eq!(standing, Standing::Short { size: 10, signed: 312 });
        }
    }
}

fn flip(bytes: &mut [u8], from: &[u8], to: &[u8]) {
    let last = bytes
        .windows(from.len())
        .rposition(|window| window == from)
        .expect("it is there");
    bytes[last..last + to.len()].copy_from_slice(to);
}

fn copy_folder(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("the folder") {
        let path = entry.expect("an entry").path();
        let target = to.join(path.file_name().expect("a name"));
        if path.is_dir() {
            copy_folder(&path, &target);
        } else {
            std::fs::copy(&path, target).expect("a file");
        }
    }
}

#[tokio::test]
async fn what_cannot_be_refilled_is_closed_and_another_log_begins() {
    for trial in trial::databases(Millis(0)).await {
        let backup = outgrown(&trial).await;
        let opened_before = leaf_record(&backup, 1).await;
        let begun = begin(&backup, &trial).await;
        let Begun::Done(new) = begun else { panic!("{begun:?}") };
        assert_eq!(new.origin, "trial.example.org/log/2");
        assert_eq!(closed(backup.reader()).await.expect("numbers"), [1], "{}", trial.engine);

        let mut settings = trial.evidence.clone();
        settings.origin = new.origin;
        let log = Log::open(&backup, &settings, trial.chance.clone())
            .await
            .expect("the new log opens");
        let ledger = Ledger::start(backup.clone(), log, trial.clock.clone());
        let of = Some(opened_before);
        let later = NewLeaf {
            of,
            ..leaf(&trial.chance, Kind::CycleMissed)
        };
        write(&ledger, vec![later])
            .await
            .expect("a leaf that continues one of the closed log");
        let report = verify::live(&backup, &settings).await.expect("the log is read");
        assert_eq!((report.finding, report.leaves), (None, 2), "{}", trial.engine);
        let first = verify::rows(&backup).await.swap_remove(0);
        let first = String::from_utf8(first).expect("ASCII");
        assert!(
            first.contains(r#""prior":{"origin":"trial.example.org/log","root":""#),
            "{first}"
        );
        assert!(first.contains(r#""size":312},"reason":"backup-restored""#), "{first}");

        let old = verify_closed(&backup, 1).await.expect("the closed log is read");
        assert_eq!((old.finding, old.leaves), (None, 10), "{}", trial.engine);
        verify_closed(&backup, 2).await.expect_err("there is one");
        let change = "DELETE FROM closed_1_log_leaf";
        backup
            .writer()
            .execute_unprepared(change)
            .await
            .expect_err("it is closed");
        let kept = trial.folder.path().join("last_signed.checkpoint.closed-1");
        assert!(kept.exists() && trial.folder.path().join("log.key.closed-1").exists());
    }
}

async fn begin(db: &Db, trial: &Trial) -> Begun {
    let begun = begin_anew(db, &trial.evidence, Reason::BackupRestored, (Millis(0), &trial.chance)).await;
    begun.expect("another log")
}

async fn leaf_record(db: &Db, index: u64) -> RecordId {
    log::record(db.reader(), index)
        .await
        .expect("a record")
        .expect("a record")
}

#[tokio::test]
async fn beginning_anew_is_brought_to_its_end_after_a_crash() {
    for trial in trial::databases(Millis(0)).await {
        grow(&trial.ledger, &trial.chance, 3).await.expect("leaves");
        trial.ledger.close().await;
        let [key, guard] = [&trial.evidence.key_file, &trial.evidence.guard_file];
        let before = [key, guard].map(|path| std::fs::read(path).expect("the file"));
        let Begun::Done(new) = begin(&trial.db, &trial).await else {
            panic!("a log is there")
        };
        // As if it had died before any file was moved.
        std::fs::rename(key, trial.folder.path().join("log.key.next-log")).expect("the staged key");
        for (path, bytes) in [key, guard].into_iter().zip(before) {
            std::fs::remove_file(crate::evidence::keys::beside(path, "closed-1")).expect("the kept one");
            std::fs::write(path, bytes).expect("the old one");
        }
        set_mode(key);
        let begun = begin(&trial.db, &trial).await;
        assert_eq!(begun, Begun::Completed(new.clone()), "{}", trial.engine);
        assert_eq!(closed(trial.db.reader()).await.expect("numbers"), [1]);
        let mut settings = trial.evidence.clone();
        settings.origin = new.origin;
        let log = Log::open(&trial.db, &settings, trial.chance.clone())
            .await
            .expect("the new log opens");
        let ledger = Ledger::start(trial.db.clone(), log, trial.clock.clone());
        grow(&ledger, &trial.chance, 2).await.expect("leaves");
        let report = verify::live(&trial.db, &settings).await.expect("the log is read");
        assert_eq!((report.finding, report.leaves), (None, 3), "{}", trial.engine);
    }
}

#[tokio::test]
async fn the_new_log_is_not_closed_by_saying_the_same_again() {
    for trial in trial::databases(Millis(0)).await {
        grow(&trial.ledger, &trial.chance, 3).await.expect("leaves");
        trial.ledger.close().await;
        let Begun::Done(new) = begin(&trial.db, &trial).await else {
            panic!("a log is there")
        };
        let mut settings = trial.evidence.clone();
        settings.origin = new.origin.clone();
        let now = (Millis(0), &trial.chance);
        let again = begin_anew(&trial.db, &settings, Reason::BackupRestored, now).await;
        let just = Begun::JustBegun { origin: new.origin };
        assert_eq!(again.expect("nothing is done"), just, "{}", trial.engine);
        assert_eq!(closed(trial.db.reader()).await.expect("numbers"), [1]);

        let stolen = begin_anew(&trial.db, &settings, Reason::KeyStolen, now).await;
        let Begun::Done(third) = stolen.expect("another log") else {
            panic!("another reason is no repetition")
        };
        assert_eq!(third.origin, "trial.example.org/log/3", "{}", trial.engine);
    }
}

#[cfg(unix)]
fn set_mode(path: &Path) {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o600)).expect("the mode");
}

#[cfg(not(unix))]
fn set_mode(_: &Path) {}

#[tokio::test]
async fn a_changed_log_is_told_from_a_short_one() {
    let trials = trial::databases(Millis(0)).await;
    let others = trial::databases(Millis(0)).await;
    for (trial, other) in trials.into_iter().zip(others) {
        let empty = standing(&trial.db, &trial.evidence).await.expect("a standing");
        assert_eq!(empty, Standing::Whole { size: 0 });
        let nothing = begin(&trial.db, &trial).await;
        assert_eq!(nothing, Begun::NoLog);
        grow(&trial.ledger, &trial.chance, 3).await.expect("leaves");
        let chance = Chance::seeded(7);
        let mut apart = trial.evidence.clone();
        apart.guard_file = trial.folder.path().join("other");
        let log = Log::open(&other.db, &apart, chance.clone());
        let ledger = Ledger::start(other.db.clone(), log.await.expect("it opens"), other.clock.clone());
        grow(&ledger, &chance, 9).await.expect("leaves");
        let found = standing(&other.db, &trial.evidence).await.expect("a standing");
        assert_eq!(found, Standing::Contradicts { size: 10, signed: 4 }, "{}", trial.engine);
        std::fs::remove_file(&trial.evidence.guard_file).expect("the guard goes");
        let found = standing(&trial.db, &trial.evidence).await.expect("a standing");
        assert_eq!(found, Standing::Unguarded { size: 4 });
    }
}

#[test]
fn logs_are_numbered() {
    for (origin, next) in [
        ("log", "log/2"),
        ("log/2", "log/3"),
        ("a/b", "a/b/2"),
        ("log/1", "log/1/2"),
        ("log/9", "log/10"),
    ] {
        assert_eq!(next_origin(origin), next);
    }
}

#[tokio::test]
async fn fields_without_a_recovery_stay_missing() {
    for trial in trial::databases(Millis(0)).await {
        grow(&trial.ledger, &trial.chance, 3).await.expect("leaves");
        let gone = Erased {
            record: leaf_record(&trial.db, 2).await,
            kept: Vec::new(),
        };
        forget(&trial.db, &[gone]).await.expect("the field goes");
        let report = verify::live(&trial.db, &trial.evidence).await.expect("the log is read");
        assert_eq!(report.finding, Some(Finding::DisclosureMissing(2)), "{}", trial.engine);
    }
}
