use bellwether_tlog::kind::Kind;

use super::live::against;
use super::*;
use crate::audit::samples::{continuing, erasure, erasure_by_index, grow, leaf, write};
use crate::chance::Chance;
use crate::evidence::guard::Guard;
use crate::trial::{self, Trial};

const TABLES: [&str; 3] = ["log_leaf", "log_tile", "log_checkpoint"];

/// A log of 301 leaves: one full tile, and a last batch of two leaves.
async fn grown(trial: &Trial) {
    for count in [1, 250, 10, 37] {
        grow(&trial.ledger, &trial.chance, count).await.expect("leaves");
    }
    let opened = leaf(&trial.chance, Kind::CycleOpened);
    let answered = continuing(&trial.chance, Kind::CycleAnswered, &opened);
    write(&trial.ledger, vec![opened, answered]).await.expect("leaves");
}

fn blob(trial: &Trial, bytes: &[u8]) -> String {
    let digits = hex::encode(bytes);
    if trial.engine == "sqlite" {
        format!("X'{digits}'")
    } else {
        format!("'\\x{digits}'::bytea")
    }
}

/// What checking finds after the statements were run without the triggers. None of their changes is kept.
async fn found_after(trial: &Trial, statements: &[String]) -> Option<Finding> {
    let transaction = trial.db.begin().await.expect("a transaction");
    for table in TABLES {
        for trigger in ["no_update", "no_delete"] {
            let on = if trial.engine == "sqlite" {
                String::new()
            } else {
                format!(" ON {table}")
            };
            let sql = format!("DROP TRIGGER {table}_{trigger}{on}");
            transaction.execute_unprepared(&sql).await.expect("the trigger goes");
        }
    }
    for statement in statements {
        let done = transaction
            .execute_unprepared(statement)
            .await
            .expect("the statement runs");
        assert_ne!(done.rows_affected(), 0, "{statement}");
    }
    let guard = Guard::bytes(&trial.evidence.guard_file).expect("the guard reads");
    let report = against(&transaction, &trial.evidence, guard, &mut ())
        .await
        .expect("the log is read");
    transaction.rollback().await.expect("a rollback");
    report.finding
}

async fn stored(trial: &Trial, index: i64) -> (String, Vec<u8>) {
    let rows = store::leaves_after(trial.db.reader(), index - 1).await.expect("leaves");
    (rows[0].rec.clone(), rows[0].leaf.clone())
}

#[tokio::test]
async fn an_untouched_log_is_sound() {
    for trial in trial::databases(Millis(0)).await {
        let empty = live(&trial.db, &trial.evidence).await.expect("the log is read");
        assert_eq!(empty.finding, None);
        grown(&trial).await;
        assert_eq!(found_after(&trial, &[]).await, None, "{}", trial.engine);
        let mut report = live(&trial.db, &trial.evidence).await.expect("the log is read");
        report.root = [0; 32];
        insta::allow_duplicates! {
            insta::assert_snapshot!(report, @r"
            log          trial.example.org/log
            leaves       301
            tiles        1
            checkpoints  6
            fields       314 kept, 0 erased
            root         AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=
            result       sound
            ");
        }
    }
}

/// The leaf with one character of its first digest changed, so that it stays a digest.
fn with_another_digest(leaf: &str) -> String {
    let at = leaf.find("\"sd\":[\"").expect("digests") + 20;
    let other = if leaf[at..].starts_with('A') { "B" } else { "A" };
    format!("{}{other}{}", &leaf[..at], &leaf[at + 1..])
}

#[tokio::test]
async fn a_changed_leaf_is_found() {
    for trial in trial::databases(Millis(0)).await {
        grown(&trial).await;
        for (index, finding) in [
            (2, Finding::LeafChanged(2)),
            (255, Finding::LeafChanged(255)),
            (270, Finding::Root { from: 262, size: 299 }),
            (300, Finding::Root { from: 299, size: 301 }),
        ] {
            let (_, bytes) = stored(&trial, index).await;
            let text = String::from_utf8(bytes).expect("ASCII");
            let moved = text.replace("1970-01-01T00:00:00.000Z", "1970-01-01T00:00:00.001Z");
            let mut statements = vec![format!(
                "UPDATE log_leaf SET leaf = {} WHERE idx = {index}",
                blob(&trial, moved.as_bytes())
            )];
            let found = found_after(&trial, &statements).await.expect("a finding");
            let earlier = Finding::LeafTime(index as u64 + 1);
            assert!(
                found == finding || found == earlier,
                "{} {index}: {found}",
                trial.engine
            );

            let other = with_another_digest(&text);
            statements[0] = format!(
                "UPDATE log_leaf SET leaf = {} WHERE idx = {index}",
                blob(&trial, other.as_bytes())
            );
            let found = found_after(&trial, &statements).await.expect("a finding");
            assert!(
                matches!(found, Finding::Disclosure { .. }),
                "{} {index}: {found}",
                trial.engine
            );

            let (rec, _) = stored(&trial, index).await;
            statements.push(format!("DELETE FROM log_disclosure WHERE rec = '{rec}'"));
            let found = found_after(&trial, &statements).await.expect("a finding");
            assert_eq!(found, finding, "{} {index}", trial.engine);
        }
    }
}

#[tokio::test]
async fn a_leaf_that_is_gone_or_out_of_form_is_found() {
    for trial in trial::databases(Millis(0)).await {
        grown(&trial).await;
        let (_, bytes) = stored(&trial, 299).await;
        let cases = [
            ("DELETE FROM log_leaf WHERE idx = 7".to_owned(), Finding::LeafMissing(7)),
            ("DELETE FROM log_leaf WHERE idx = 0".to_owned(), Finding::LeafMissing(0)),
            (
                "UPDATE log_leaf SET idx = -1 WHERE idx = 5".to_owned(),
                Finding::LeafIndex(-1),
            ),
            (
                format!("UPDATE log_leaf SET leaf = {} WHERE idx = 3", blob(&trial, b"{}")),
                Finding::LeafForm(3),
            ),
            (
                format!("UPDATE log_leaf SET leaf = {} WHERE idx = 3", blob(&trial, &bytes)),
                Finding::LeafColumn {
                    index: 3,
                    column: "rec",
                },
            ),
            (
                "UPDATE log_leaf SET kind = 'cycle.excused' WHERE idx = 9".to_owned(),
                Finding::LeafColumn {
                    index: 9,
                    column: "kind",
                },
            ),
            (
                "DELETE FROM log_leaf WHERE idx = 300".to_owned(),
                Finding::Checkpoint {
                    size: 301,
                    reason: "covers more than the 300 leaves that are there".to_owned(),
                },
            ),
        ];
        for (statement, finding) in cases {
            let found = found_after(&trial, &[statement]).await;
            assert_eq!(found, Some(finding), "{}", trial.engine);
        }
        let cut = [
            "DELETE FROM log_leaf WHERE idx > 298",
            "DELETE FROM log_checkpoint WHERE size > 299",
        ];
        let disclosed = "DELETE FROM log_disclosure WHERE rec NOT IN (SELECT rec FROM log_leaf)";
        let statements = [cut[0], cut[1], disclosed].map(str::to_owned);
        let found = found_after(&trial, &statements).await;
        assert_eq!(found, Some(Finding::Guard { signed: 301 }), "{}", trial.engine);
    }
}

#[tokio::test]
async fn a_changed_tile_is_found() {
    for trial in trial::databases(Millis(0)).await {
        grown(&trial).await;
        let zeros = blob(&trial, &[0; 8_192]);
        let tile = Finding::Tile { level: 0, n: 0 };
        for statement in [
            format!("UPDATE log_tile SET data = {zeros}"),
            format!("UPDATE log_tile SET data = {}", blob(&trial, &[0; 3])),
            "UPDATE log_tile SET n = 1".to_owned(),
            "DELETE FROM log_tile".to_owned(),
        ] {
            assert_eq!(
                found_after(&trial, &[statement]).await,
                Some(tile.clone()),
                "{}",
                trial.engine
            );
        }
        for (level, n) in [(0, 1), (1, 0), (-1, 0), (99, 0), (0, -1)] {
            let stray = format!("INSERT INTO log_tile (level, n, data) VALUES ({level}, {n}, {zeros})");
            let found = found_after(&trial, &[stray]).await;
            assert_eq!(found, Some(Finding::TileStray { level, n }), "{}", trial.engine);
        }
    }
}

#[tokio::test]
async fn a_changed_checkpoint_is_found() {
    for trial in trial::databases(Millis(0)).await {
        grown(&trial).await;
        let note = log::note(trial.db.reader(), 252)
            .await
            .expect("a note")
            .expect("a note");
        let cases = [
            (
                "UPDATE log_checkpoint SET note = replace(note, 'trial', 'Trial') WHERE size = 252".to_owned(),
                (252, "carries no signature by the log's key"),
            ),
            (
                "UPDATE log_checkpoint SET note = replace(note, '252', '253') WHERE size = 252".to_owned(),
                (252, "carries a wrong signature by the log's key"),
            ),
            (
                format!("UPDATE log_checkpoint SET note = '{note}' WHERE size = 299"),
                (299, "signs 252 leaves"),
            ),
            (
                format!("INSERT INTO log_checkpoint (size, note) VALUES (0, '{note}')"),
                (0, "covers no number of leaves that a log can have"),
            ),
            (
                format!("INSERT INTO log_checkpoint (size, note) VALUES (400, '{note}')"),
                (400, "covers more than the 301 leaves that are there"),
            ),
        ];
        for (statement, (size, reason)) in cases {
            let found = found_after(&trial, &[statement]).await;
            let reason = reason.to_owned();
            assert_eq!(found, Some(Finding::Checkpoint { size, reason }), "{}", trial.engine);
        }
        let head = "DELETE FROM log_checkpoint WHERE size = 301".to_owned();
        assert_eq!(
            found_after(&trial, &[head]).await,
            Some(Finding::Unsigned(2)),
            "{}",
            trial.engine
        );
    }
}

type Saying = fn(&Chance, &crate::ids::RecordId, &str) -> crate::evidence::NewLeaf;

#[tokio::test]
async fn a_changed_field_is_found_and_an_erased_one_is_not_blamed() {
    for trial in trial::databases(Millis(0)).await {
        grown(&trial).await;
        let (rec, _) = stored(&trial, 300).await;
        let (other, _) = stored(&trial, 1).await;
        let field = Finding::Disclosure {
            index: 300,
            name: "choice".to_owned(),
        };
        let at = format!("rec = '{rec}' AND name = 'choice'");
        let stranger = format!("(SELECT disclosure FROM log_disclosure WHERE rec = '{other}')");
        for set in ["'AAAA'", &stranger] {
            let statement = format!("UPDATE log_disclosure SET disclosure = {set} WHERE {at}");
            assert_eq!(
                found_after(&trial, &[statement]).await,
                Some(field.clone()),
                "{}",
                trial.engine
            );
        }
        let stray = format!(
            "INSERT INTO log_disclosure VALUES ('{}', 'text', 'AAAA')",
            "0".repeat(32)
        );
        let found = found_after(&trial, &[stray]).await;
        assert_eq!(
            found,
            Some(Finding::DisclosureStray("0".repeat(32))),
            "{}",
            trial.engine
        );
        let delete = format!("DELETE FROM log_disclosure WHERE {at}");
        let found = found_after(&trial, std::slice::from_ref(&delete)).await;
        assert_eq!(found, Some(Finding::DisclosureMissing(300)), "{}", trial.engine);

        let of = crate::ids::RecordId::new(rec);
        let missing = Some(Finding::DisclosureMissing(300));
        for (said, fields, then) in [
            (erasure as Saying, "text", missing.clone()),
            (erasure_by_index, "author", missing.clone()),
            (
                if trial.engine == "sqlite" {
                    erasure
                } else {
                    erasure_by_index
                },
                "choice",
                None,
            ),
        ] {
            let erased = said(&trial.chance, &of, fields);
            write(&trial.ledger, vec![erased]).await.expect("an erasure");
            let found = found_after(&trial, std::slice::from_ref(&delete)).await;
            assert_eq!(found, then, "{} after the erasure of {fields}", trial.engine);
        }
    }
}

#[tokio::test]
async fn evidence_rows_cannot_be_changed_or_deleted() {
    for trial in trial::databases(Millis(0)).await {
        grown(&trial).await;
        for statement in [
            "UPDATE log_leaf SET kind = 'x' WHERE idx = 0",
            "DELETE FROM log_leaf WHERE idx = 300",
            "UPDATE log_tile SET n = 9",
            "DELETE FROM log_tile",
            "UPDATE log_checkpoint SET note = 'x' WHERE size = 2",
            "DELETE FROM log_checkpoint WHERE size = 301",
        ] {
            let refused = trial.db.writer().execute_unprepared(statement).await;
            let refused = refused.expect_err(statement).to_string();
            assert!(
                refused.contains("is append-only"),
                "{} {statement}: {refused}",
                trial.engine
            );
        }
    }
}

#[tokio::test]
async fn a_missing_or_spoilt_guard_is_found() {
    for trial in trial::databases(Millis(0)).await {
        grown(&trial).await;
        std::fs::write(&trial.evidence.guard_file, "nonsense").expect("a spoilt guard");
        let report = live(&trial.db, &trial.evidence).await.expect("the log is read");
        assert_eq!(
            report.finding,
            Some(Finding::GuardDamaged("is no signed note".to_owned()))
        );
        std::fs::remove_file(&trial.evidence.guard_file).expect("the guard goes");
        let report = live(&trial.db, &trial.evidence).await.expect("the log is read");
        assert_eq!(report.finding, Some(Finding::GuardMissing), "{}", trial.engine);
    }
}
