use super::*;
use crate::audit::samples::grow;
use crate::evidence::{Finding, GuardPolicy, key, store, verify};
use crate::ledger::Ledger;
use crate::trial::{self, Trial};

async fn assert_sound(trial: &Trial, leaves: u64) {
    let report = verify::live(&trial.db, &trial.evidence).await.expect("the log is read");
    assert_eq!(report.finding, None, "{}", trial.engine);
    assert_eq!(report.leaves, leaves, "{}", trial.engine);
}

async fn rotated(trial: &Trial) -> Rotated {
    let rotation = rotate(&trial.db, &trial.evidence, Millis(0), &trial.chance).await;
    match rotation.expect("a change of keys") {
        Rotation::Done(rotated) => *rotated,
        other => panic!("{other:?}"),
    }
}

async fn opened(trial: &Trial) -> anyhow::Result<Log> {
    Log::open(&trial.db, &trial.evidence, trial.chance.clone()).await
}

async fn restarted(trial: &mut Trial) {
    trial.ledger.close().await;
    let log = opened(trial).await.expect("the log opens");
    trial.ledger = Ledger::start(trial.db.clone(), log, trial.clock.clone());
}

#[tokio::test]
async fn the_log_goes_on_with_the_new_key_and_the_running_program_takes_it_up() {
    for mut trial in trial::databases(Millis(0)).await {
        grow(&trial.ledger, &trial.chance, 254).await.expect("leaves");
        let first = rotated(&trial).await;
        assert_eq!(first.leaf, 255, "{}", trial.engine);
        grow(&trial.ledger, &trial.chance, 3).await.expect("the new key signs");
        let second = rotated(&trial).await;
        assert_eq!((second.leaf, &second.retired), (259, &first.vkey));
        grow(&trial.ledger, &trial.chance, 1).await.expect("the next key signs");
        restarted(&mut trial).await;
        grow(&trial.ledger, &trial.chance, 1)
            .await
            .expect("and after a restart");
        assert_sound(&trial, 262).await;

        let note = store::note(trial.db.reader(), 256)
            .await
            .expect("a note")
            .expect("a note");
        for vkey in [&first.retired, &first.vkey] {
            vkey.open(&note)
                .expect("both keys sign where one hands over to the other");
        }
        let note = store::note(trial.db.reader(), 259)
            .await
            .expect("a note")
            .expect("a note");
        assert!(first.retired.open(&note).is_err() && first.vkey.open(&note).is_ok());
        assert!(first.kept.is_some_and(|kept| kept.exists()));
        assert!(!next_file(&trial.evidence.key_file).exists());
    }
}

#[tokio::test]
async fn an_empty_log_has_no_key_to_change() {
    for trial in trial::databases(Millis(0)).await {
        let rotation = rotate(&trial.db, &trial.evidence, Millis(0), &trial.chance).await;
        assert_eq!(rotation.expect("an outcome"), Rotation::NoLog, "{}", trial.engine);
    }
}

#[tokio::test]
async fn whatever_line_it_dies_at_the_next_start_has_the_key_in_force() {
    for mut trial in trial::databases(Millis(0)).await {
        grow(&trial.ledger, &trial.chance, 2).await.expect("leaves");
        let old = opened(&trial).await.expect("the log opens").vkey();

        // Died with the next key staged: the old one is in force, and the staged one is used later.
        let staged = keys::stage(&trial.evidence, &trial.chance)
            .expect("a staged key")
            .vkey();
        assert_eq!(opened(&trial).await.expect("the log opens").vkey(), old);
        grow(&trial.ledger, &trial.chance, 1).await.expect("the old key signs");

        // Died with the leaf in the log, and the guard as it was before.
        let guard = std::fs::read(&trial.evidence.guard_file).expect("the guard");
        let mut log = opened(&trial).await.expect("the log opens");
        let next = keys::stage(&trial.evidence, &trial.chance).expect("the same staged key");
        assert_eq!(next.vkey(), staged);
        hand_over(&trial.db, &mut log, Millis(0), &next).await.expect("a leaf");
        std::fs::write(&trial.evidence.guard_file, guard).expect("the guard as it was");
        assert_sound(&trial, 5).await;
        let ring = keys::ring(trial.db.reader()).await.expect("a ring").expect("a ring");

        // Died between the two names of the old key.
        let kept = retired_file(&trial.evidence.key_file, &old);
        std::fs::hard_link(&trial.evidence.key_file, &kept).expect("a second name");
        assert_eq!(ring.current(), &staged);

        let rotation = rotate(&trial.db, &trial.evidence, Millis(0), &trial.chance).await;
        let completed = Rotation::Completed {
            vkey: Box::new(staged.clone()),
        };
        assert_eq!(rotation.expect("an outcome"), completed, "{}", trial.engine);
        assert!(!next_file(&trial.evidence.key_file).exists());
        restarted(&mut trial).await;
        grow(&trial.ledger, &trial.chance, 1).await.expect("the new key signs");
        assert_sound(&trial, 6).await;
    }
}

#[tokio::test]
async fn a_program_that_runs_while_the_key_is_staged_takes_it_from_there() {
    for trial in trial::databases(Millis(0)).await {
        grow(&trial.ledger, &trial.chance, 2).await.expect("leaves");
        let mut log = opened(&trial).await.expect("the log opens");
        let next = keys::stage(&trial.evidence, &trial.chance).expect("a staged key");
        hand_over(&trial.db, &mut log, Millis(0), &next).await.expect("a leaf");
        grow(&trial.ledger, &trial.chance, 1)
            .await
            .expect("the staged key signs");
        assert!(!next_file(&trial.evidence.key_file).exists(), "and is in its place");
        assert_sound(&trial, 5).await;
    }
}

#[tokio::test]
async fn a_retired_or_foreign_key_signs_no_more() {
    for trial in trial::databases(Millis(0)).await {
        grow(&trial.ledger, &trial.chance, 2).await.expect("leaves");
        let rotated = rotated(&trial).await;
        let new = trial.folder.path().join("new");
        std::fs::rename(&trial.evidence.key_file, &new).expect("the new key goes");
        let kept = rotated.kept.expect("the old key");
        std::fs::copy(&kept, &trial.evidence.key_file).expect("the old key is back");
        trial.ledger.close().await;
        let refused = format!("{:#}", opened(&trial).await.expect_err("it is retired"));
        assert!(
            refused.contains("was retired by leaf 3; the log goes on with"),
            "{refused}"
        );
        let report = verify::live(&trial.db, &trial.evidence).await.expect("the log is read");
        let other = Some(Finding::OtherKey(rotated.vkey.to_string()));
        assert_eq!(report.finding, other, "{}", trial.engine);

        // It signs all the same, after a manual change of the database.
        let note = stranger(&trial, &kept);
        let insert = format!("INSERT INTO log_checkpoint (size, note) VALUES (5, '{note}')");
        let leaf = store::last_leaf(trial.db.reader())
            .await
            .expect("a leaf")
            .expect("a leaf");
        let bytes = String::from_utf8(leaf.leaf).expect("ASCII");
        let rec = "e".repeat(32);
        let forged = hex::encode(bytes.replace(&leaf.rec, &rec));
        let forged = if trial.engine == "sqlite" {
            format!("X'{forged}'")
        } else {
            format!("'\\x{forged}'::bytea")
        };
        let leaf = format!("INSERT INTO log_leaf (idx, rec, kind, leaf) VALUES (4, '{rec}', 'key.rotated', {forged})");
        for sql in [leaf, insert] {
            crate::db::Connection::execute_unprepared(&trial.db.writer(), &sql)
                .await
                .expect("a forger writes");
        }
        std::fs::rename(&new, &trial.evidence.key_file).expect("the new key is back");
        let refused = format!("{:#}", opened(&trial).await.expect_err("it is forged"));
        assert!(refused.contains("damaged"), "{refused}");
        let report = verify::live(&trial.db, &trial.evidence).await.expect("the log is read");
        assert!(report.finding.is_some(), "{}", trial.engine);
    }
}

/// A checkpoint over one leaf more by the key in that file.
fn stranger(trial: &Trial, key: &std::path::Path) -> String {
    let key = key::load(key, &trial.evidence.origin)
        .expect("the key reads")
        .expect("a key");
    let checkpoint = bellwether_tlog::checkpoint::Checkpoint {
        origin: trial.evidence.origin.clone(),
        size: 5,
        root: [1; 32],
    };
    key.sign(&checkpoint)
}

#[tokio::test]
async fn a_key_that_the_surroundings_hand_over_is_changed_too() {
    for mut trial in trial::databases(Millis(0)).await {
        grow(&trial.ledger, &trial.chance, 2).await.expect("leaves");
        trial.ledger.close().await;
        let text = std::fs::read_to_string(&trial.evidence.key_file).expect("the key");
        std::fs::remove_file(&trial.evidence.key_file).expect("no file");
        trial.evidence.given_key = Some(config::GivenKey::Environment(text.into()));
        restarted(&mut trial).await;
        let rotated = rotated(&trial).await;
        assert_eq!(rotated.key_file, next_file(&trial.evidence.key_file));
        grow(&trial.ledger, &trial.chance, 1).await.expect("the new key signs");
        restarted(&mut trial).await;
        let text = std::fs::read_to_string(&rotated.key_file).expect("the next key");
        std::fs::remove_file(&rotated.key_file).expect("no file");
        trial.evidence.given_key = Some(config::GivenKey::Environment(text.into()));
        restarted(&mut trial).await;
        grow(&trial.ledger, &trial.chance, 1).await.expect("the new key signs");
        assert_sound(&trial, 6).await;
        let shown = at_hand(&trial.evidence).expect("a key");
        assert_eq!(shown[0].vkey, rotated.vkey);
        assert_eq!(shown[0].place, Place::Environment);
    }
}

#[tokio::test]
async fn a_database_from_before_the_change_of_keys_is_not_signed() {
    let trials = trial::databases(Millis(0)).await;
    let others = trial::databases(Millis(0)).await;
    for (trial, other) in trials.into_iter().zip(others) {
        grow(&trial.ledger, &trial.chance, 2).await.expect("leaves");
        rotated(&trial).await;
        grow(&trial.ledger, &trial.chance, 2).await.expect("leaves");
        // The other database has a log by a key that this log's guard does not know.
        grow(&other.ledger, &other.chance, 1).await.expect("leaves");
        let refused = Log::open_with(&other.db, &trial.evidence, GuardPolicy::Require, trial.chance.clone()).await;
        let refused = format!("{:#}", refused.expect_err("it is older"));
        assert!(refused.contains("2 leaves, but 6 are signed already"), "{refused}");
    }
}

#[tokio::test]
async fn a_second_machine_signs_no_more_until_it_has_the_new_key() {
    for trial in trial::databases(Millis(0)).await {
        grow(&trial.ledger, &trial.chance, 2).await.expect("leaves");
        // The same database, and a folder of its own with key and guard.
        let elsewhere = tempfile::tempdir().expect("a folder");
        let mut other = trial.evidence.clone();
        other.key_file = elsewhere.path().join("log.key");
        other.guard_file = elsewhere.path().join("last_signed.checkpoint");
        std::fs::copy(&trial.evidence.key_file, &other.key_file).expect("the key");
        std::fs::copy(&trial.evidence.guard_file, &other.guard_file).expect("the guard");
        let db = Db::open(&trial.url).await.expect("the database opens");
        let log = Log::open(&db, &other, trial.chance.clone()).await;
        let ledger = Ledger::start(db.clone(), log.expect("the log opens"), trial.clock.clone());
        grow(&ledger, &trial.chance, 1).await.expect("both machines sign");
        grow(&trial.ledger, &trial.chance, 1).await.expect("both machines sign");

        let rotated = rotated(&trial).await;
        grow(&trial.ledger, &trial.chance, 1).await.expect("the new key signs");
        let refused = grow(&ledger, &trial.chance, 1).await.expect_err("it has the old key");
        let refused = format!("{refused:#}");
        for part in ["was retired by leaf 5", "the log goes on with", "Copy that key"] {
            assert!(refused.contains(part), "{part}: {refused}");
        }
        let refused = Log::open(&db, &other, trial.chance.clone()).await;
        let refused = format!("{:#}", refused.expect_err("a restart does not help"));
        assert!(refused.contains("was retired by leaf 5"), "{refused}");
        assert_sound(&trial, 7).await;

        std::fs::copy(&trial.evidence.key_file, &other.key_file).expect("the new key");
        grow(&ledger, &trial.chance, 1).await.expect("it takes the new key up");
        grow(&trial.ledger, &trial.chance, 1).await.expect("and so both go on");
        assert_sound(&trial, 9).await;
        let note = store::note(trial.db.reader(), 8).await.expect("a note");
        rotated
            .vkey
            .open(&note.expect("a note"))
            .expect("the other machine signs with the new key");
        ledger.close().await;
        db.close().await.expect("it closes");
    }
}
