use bellwether_tlog::note;
use futures_util::future::join_all;

use super::*;
use crate::audit::samples::{continuing, grow, leaf, write};
use crate::clock::Clock;
use crate::evidence::{GuardPolicy, Kind, key, verify};
use crate::ledger::Ledger;
use crate::trial::{self, Trial};

/// Stops the trial's writer and starts another, as a restarted program would.
async fn restarted(trial: &Trial) -> anyhow::Result<Ledger> {
    trial.ledger.close().await;
    let log = Log::open(&trial.db, &trial.evidence, trial.chance.clone()).await?;
    Ok(Ledger::start(trial.db.clone(), log, trial.clock.clone()))
}

async fn refusal(trial: &Trial, db: &Db, settings: &config::Evidence) -> String {
    let inspected = Log::inspect(db, settings)
        .await
        .expect_err("the log must not be signed");
    let opened = Log::open(db, settings, trial.chance.clone()).await;
    let opened = format!("{:#}", opened.expect_err("the log must not be signed"));
    assert_eq!(format!("{inspected:#}"), opened, "{}", trial.engine);
    opened
}

async fn leaves(trial: &Trial) -> Vec<Leaf> {
    let rows = verify::rows(&trial.db).await;
    rows.iter().map(|row| Leaf::parse(row).expect("a leaf")).collect()
}

async fn assert_sound(trial: &Trial, leaves: u64) {
    let report = verify::live(&trial.db, &trial.evidence).await.expect("the log is read");
    assert_eq!(report.finding, None, "{}", trial.engine);
    assert_eq!(report.leaves, leaves, "{}", trial.engine);
}

#[tokio::test]
async fn entry_0_has_a_checkpoint_to_itself() {
    for trial in trial::databases(Millis(1_000)).await {
        for _ in 0..2 {
            trial.ledger.begin().await.expect("the log begins, once");
            assert_eq!(leaves(&trial).await.len(), 1, "{}", trial.engine);
            assert_sound(&trial, 1).await;
        }
        let first = store::note(trial.db.reader(), 1).await.expect("the database");
        let guard = std::fs::read_to_string(&trial.evidence.guard_file).expect("the guard");
        assert_eq!(first, Some(guard), "{}", trial.engine);
        grow(&trial.ledger, &trial.chance, 2).await.expect("two leaves");
        assert_sound(&trial, 3).await;
    }
    // Also if something is written at once, and then in one transaction.
    for trial in trial::databases(Millis(1_000)).await {
        grow(&trial.ledger, &trial.chance, 2).await.expect("two leaves");
        let leaves = leaves(&trial).await;
        assert_eq!(leaves.len(), 3, "{}", trial.engine);
        assert_eq!(leaves[0].origin.as_deref(), Some("trial.example.org/log"));
        let note = std::fs::read_to_string(&trial.evidence.guard_file).expect("the guard");
        let stored = store::note(trial.db.reader(), 3).await.expect("a checkpoint");
        assert_eq!(stored, Some(note.clone()), "{}", trial.engine);
        let vkey: Vkey = leaves[0].vkey.as_ref().expect("a key").parse().expect("a key");
        assert_eq!(Checkpoint::open(&note, &vkey).expect("a signed head").size, 3);
        let first = store::note(trial.db.reader(), 1).await.expect("the database");
        let first = Checkpoint::open(&first.expect("a checkpoint of its own"), &vkey).expect("a signed head");
        assert_eq!(first.size, 1, "{}", trial.engine);
    }
}

#[tokio::test]
async fn the_log_goes_on_after_restarts_across_tiles() {
    for mut trial in trial::databases(Millis(0)).await {
        for count in [1, 253, 1, 1, 300, 211, 1, 1_500] {
            grow(&trial.ledger, &trial.chance, count).await.expect("leaves");
            trial.ledger = restarted(&trial).await.expect("the log opens again");
        }
        assert_sound(&trial, 2_269).await;
    }
}

#[tokio::test]
async fn recorded_time_never_runs_backwards() {
    for mut trial in trial::databases(Millis(5_000)).await {
        grow(&trial.ledger, &trial.chance, 1).await.expect("a leaf");
        trial.clock.set(Millis(1_000));
        grow(&trial.ledger, &trial.chance, 1).await.expect("a leaf");
        trial.ledger = restarted(&trial).await.expect("the log opens again");
        grow(&trial.ledger, &trial.chance, 1).await.expect("a leaf");
        let times: Vec<_> = leaves(&trial).await.into_iter().map(|leaf| leaf.at).collect();
        assert_eq!(times, ["1970-01-01T00:00:05.000Z"; 4], "{}", trial.engine);
    }
}

#[tokio::test]
async fn a_leaf_continues_one_in_the_log_or_before_it_in_the_batch() {
    for trial in trial::databases(Millis(0)).await {
        let opened = leaf(&trial.chance, Kind::CycleOpened);
        let delivered = continuing(&trial.chance, Kind::CycleDelivered, &opened);
        let answered = continuing(&trial.chance, Kind::CycleAnswered, &opened);
        write(&trial.ledger, vec![opened, delivered]).await.expect("two leaves");
        write(&trial.ledger, vec![answered.clone()]).await.expect("a leaf");
        let of: Vec<_> = leaves(&trial).await.into_iter().map(|leaf| leaf.of).collect();
        assert_eq!(of, [None, None, Some(1), Some(1)], "{}", trial.engine);

        let later = leaf(&trial.chance, Kind::CycleOpened);
        let early = continuing(&trial.chance, Kind::CycleMissed, &later);
        let mut twice = leaf(&trial.chance, Kind::CycleMissed);
        twice.rec = later.rec.clone();
        let bad = [vec![early, later.clone()], vec![later, twice]];
        let good = grow(&trial.ledger, &trial.chance, 1);
        let (good, bad) = tokio::join!(good, join_all(bad.map(|leaves| write(&trial.ledger, leaves))));
        good.expect("the others are written");
        let errors: Vec<_> = bad
            .into_iter()
            .map(|bad| bad.expect_err("refused").to_string())
            .collect();
        assert!(errors[0].contains("which is not in the log before it"), "{errors:?}");
        assert!(errors[1].contains("was given to two leaves"), "{errors:?}");
        let again = write(&trial.ledger, vec![answered])
            .await
            .expect_err("the record is taken");
        assert!(again.to_string().contains("nothing was written"), "{again:#}");
        assert_sound(&trial, 5).await;
    }
}

#[tokio::test]
async fn two_writers_on_one_database_never_fork() {
    for trial in trial::databases(Millis(0)).await {
        let mut apart = trial.evidence.clone();
        apart.guard_file = trial.folder.path().join("other.checkpoint");
        let mut writers = vec![trial.ledger.clone()];
        for settings in [&trial.evidence, &apart] {
            let db = Db::open(&trial.url).await.expect("the database opens twice");
            let log = Log::open(&db, settings, Chance::system().expect("chance"))
                .await
                .expect("the log opens twice");
            writers.push(Ledger::start(db, log, Clock::by_hand(Millis(7))));
        }
        let race = writers.iter().map(|ledger| async {
            for count in 1..=12 {
                grow(ledger, &trial.chance, count).await.expect("leaves");
            }
        });
        join_all(race).await;
        let size = 1 + 3 * (1..=12).sum::<u64>();
        assert_sound(&trial, size).await;
        let report = verify::live(&trial.db, &apart).await.expect("the log is read");
        assert_eq!(report.finding, None, "{}", trial.engine);
    }
}

#[tokio::test]
async fn a_guard_that_lags_behind_a_crash_is_no_obstacle() {
    for mut trial in trial::databases(Millis(0)).await {
        grow(&trial.ledger, &trial.chance, 260).await.expect("leaves");
        let before = std::fs::read(&trial.evidence.guard_file).expect("the guard");
        grow(&trial.ledger, &trial.chance, 300).await.expect("leaves");
        trial.ledger.close().await;
        std::fs::write(&trial.evidence.guard_file, before).expect("the guard as it was");
        trial.ledger = restarted(&trial).await.expect("the log continues the guard");
        grow(&trial.ledger, &trial.chance, 1).await.expect("a leaf");
        assert_sound(&trial, 562).await;
    }
}

#[tokio::test]
async fn a_later_checkpoint_of_another_process_stays_in_the_guard() {
    let trial = trial::databases(Millis(0)).await.swap_remove(0);
    let path = trial.evidence.guard_file.clone();
    let mut kept = Vec::new();
    for count in [2, 3] {
        grow(&trial.ledger, &trial.chance, count).await.expect("leaves");
        kept.push(std::fs::read_to_string(&path).expect("the guard"));
    }
    let [earlier, later] = [0, 1].map(|place| {
        let text = note::text(&kept[place]).expect("a note");
        text.parse::<Checkpoint>().expect("a checkpoint")
    });
    assert!(earlier.size < later.size);
    let opened = Guard::open(&path, None, (earlier.clone(), kept[0].clone())).await;
    opened.expect("a slower process");
    assert_eq!(std::fs::read_to_string(&path).expect("the guard"), kept[1]);
    std::fs::write(&path, &kept[0]).expect("the earlier one");
    let opened = Guard::open(&path, None, (later, kept[1].clone())).await;
    opened.expect("a faster process");
    assert_eq!(std::fs::read_to_string(&path).expect("the guard"), kept[1]);
}

#[tokio::test]
async fn a_database_that_contradicts_the_guard_is_not_signed() {
    let trials = trial::databases(Millis(0)).await;
    let others = trial::databases(Millis(0)).await;
    for (trial, other) in trials.into_iter().zip(others) {
        grow(&trial.ledger, &trial.chance, 3).await.expect("leaves");
        // The same key signs another log, as it would a restored or a rewritten database.
        let mut key = trial.evidence.clone();
        key.guard_file = trial.folder.path().join("other.checkpoint");
        other.ledger.close().await;
        let shrunk = refusal(&trial, &other.db, &trial.evidence).await;
        assert!(
            shrunk.contains("holds a log of 0 leaves, but 4 are signed already"),
            "{shrunk}"
        );

        let log = Log::open(&other.db, &key, Chance::seeded(9))
            .await
            .expect("an empty log");
        let ledger = Ledger::start(other.db.clone(), log, other.clock.clone());
        grow(&ledger, &Chance::seeded(10), 9).await.expect("other leaves");
        let rewritten = refusal(&trial, &other.db, &trial.evidence).await;
        assert!(
            rewritten.contains("does not continue the checkpoint of 4 leaves"),
            "{rewritten}"
        );
    }
}

#[tokio::test]
async fn a_missing_guard_must_be_accepted_once() {
    for trial in trial::databases(Millis(0)).await {
        grow(&trial.ledger, &trial.chance, 3).await.expect("leaves");
        trial.ledger.close().await;
        std::fs::remove_file(&trial.evidence.guard_file).expect("the guard is deleted");
        let missing = refusal(&trial, &trial.db, &trial.evidence).await;
        assert!(missing.contains("the signing guard /"), "{missing}");
        assert!(missing.contains("is missing"), "{missing}");
        let chance = trial.chance.clone();
        let log = Log::open_with(&trial.db, &trial.evidence, GuardPolicy::Accept, chance).await;
        drop(log.expect("an operator has accepted the log"));
        restarted(&trial).await.expect("the guard is there again");
        std::fs::write(&trial.evidence.guard_file, "nonsense\n").expect("the guard is spoilt");
        let damaged = refusal(&trial, &trial.db, &trial.evidence).await;
        assert!(damaged.contains("is no signed note"), "{damaged}");
    }
}

#[tokio::test]
async fn a_log_is_never_continued_with_another_key() {
    for trial in trial::databases(Millis(0)).await {
        grow(&trial.ledger, &trial.chance, 1).await.expect("a leaf");
        trial.ledger.close().await;
        let mut other = trial.evidence.clone();
        other.key_file = trial.folder.path().join("other.key");
        let missing = refusal(&trial, &trial.db, &other).await;
        assert!(missing.contains("a new key cannot continue the log"), "{missing}");
        drop(key::create(&other.key_file, &other.origin, &trial.chance).expect("another key"));
        let foreign = refusal(&trial, &trial.db, &other).await;
        assert!(foreign.contains("was not signed with the configured key"), "{foreign}");
    }
}

#[tokio::test]
async fn nothing_more_is_signed_while_the_guard_cannot_be_written() {
    for mut trial in trial::databases(Millis(0)).await {
        let guards = trial.folder.path().join("guards");
        let away = trial.folder.path().join("away");
        std::fs::create_dir(&guards).expect("a folder");
        trial.evidence.guard_file = guards.join("last_signed.checkpoint");
        trial.ledger = restarted(&trial).await.expect("the log opens");
        grow(&trial.ledger, &trial.chance, 1).await.expect("a leaf");
        std::fs::rename(&guards, &away).expect("the folder goes");
        grow(&trial.ledger, &trial.chance, 1)
            .await
            .expect("what is committed is told");
        let refused = grow(&trial.ledger, &trial.chance, 1).await.expect_err("not signed");
        assert!(
            refused.to_string().contains("nothing more is signed until it can"),
            "{refused}"
        );
        std::fs::rename(&away, &guards).expect("the folder comes back");
        grow(&trial.ledger, &trial.chance, 1).await.expect("a leaf");
        assert_sound(&trial, 4).await;
    }
}

#[tokio::test]
async fn what_became_of_a_commit_can_be_found_out() {
    for trial in trial::databases(Millis(0)).await {
        trial.ledger.close().await;
        let mut log = Log::open(&trial.db, &trial.evidence, trial.chance.clone())
            .await
            .expect("the log opens");
        for commits in [true, false, true] {
            let transaction = trial.db.begin().await.expect("a transaction");
            let mut batch = Batch::default();
            let own = vec![leaf(&trial.chance, Kind::CycleMissed)];
            batch.admit(&transaction, own).await.expect("a good leaf");
            let head = log.integrate(&transaction, Millis(0), batch).await.expect("a head");
            let head = head.expect("there was a leaf");
            if commits {
                transaction.commit().await.expect("a commit");
            } else {
                transaction.rollback().await.expect("a rollback");
            }
            log.forget();
            assert_eq!(log.landed(&trial.db, &head).await.expect("an answer"), commits);
        }
        assert_sound(&trial, 3).await;
    }
}

#[tokio::test]
async fn a_running_writer_notices_that_the_database_was_changed_under_it() {
    for trial in trial::databases(Millis(0)).await {
        for count in [300, 1, 1] {
            grow(&trial.ledger, &trial.chance, count).await.expect("leaves");
        }
        for table in ["log_leaf", "log_checkpoint"] {
            let on = if trial.engine == "sqlite" {
                String::new()
            } else {
                format!(" ON {table}")
            };
            change(&trial, &format!("DROP TRIGGER {table}_no_delete{on}")).await;
        }
        change(&trial, "DELETE FROM log_checkpoint WHERE size = 303").await;
        let damaged = grow(&trial.ledger, &trial.chance, 1)
            .await
            .expect_err("its checkpoint is gone");
        assert!(
            damaged.to_string().contains("its last checkpoint is over 302"),
            "{damaged}"
        );
        change(&trial, "DELETE FROM log_leaf WHERE idx = 302").await;
        let shrunk = grow(&trial.ledger, &trial.chance, 1)
            .await
            .expect_err("the log is shorter");
        assert!(shrunk.to_string().contains("303 are signed already"), "{shrunk}");
        let head = verify::rows(&trial.db).await.len();
        assert_eq!(head, 302, "{}", trial.engine);
    }
}

async fn change(trial: &Trial, statement: &str) {
    trial.db.writer().execute_unprepared(statement).await.expect(statement);
}

#[tokio::test]
async fn inspecting_changes_nothing() {
    for trial in trial::databases(Millis(0)).await {
        let other = config::Evidence::unpublished(
            "other.example.org/log",
            trial.folder.path().join("other.key"),
            trial.folder.path().join("other.checkpoint"),
        );
        let absent = Log::inspect(&trial.db, &other).await.expect("nothing is wrong");
        assert!(absent.is_none() && !other.key_file.exists() && !other.guard_file.exists());
        grow(&trial.ledger, &trial.chance, 5).await.expect("leaves");
        let there = Log::inspect(&trial.db, &trial.evidence)
            .await
            .expect("nothing is wrong");
        assert_eq!(there.expect("a key").name(), "trial.example.org/log");
    }
}
