use std::time::Duration;

use futures_util::future::join_all;

use super::writer::BATCH;
use super::*;
use crate::audit::samples::{grow, leaf, write};
use crate::clock::Millis;
use crate::db::Connection;
use crate::evidence::{Kind, verify};
use crate::trial::{self, Trial};

async fn assert_sound(trial: &Trial, leaves: u64) {
    let report = verify::live(&trial.db, &trial.evidence).await.expect("the log is read");
    assert_eq!(report.finding, None, "{}", trial.engine);
    assert_eq!(report.leaves, leaves, "{}", trial.engine);
}

async fn run(trial: &Trial, sql: &str) {
    trial.db.writer().execute_unprepared(sql).await.expect(sql);
}

/// Whether the setting was written.
async fn is_there(trial: &Trial, name: &str) -> bool {
    let sql = format!("UPDATE setting SET updated_at = 1 WHERE name = '{name}'");
    let done = trial.db.writer().execute_unprepared(&sql).await;
    done.expect("the settings are there").rows_affected() == 1
}

fn setting(name: &'static str) -> String {
    format!("INSERT INTO setting (name, value, updated_at) VALUES ('{name}', 'x', 0)")
}

#[tokio::test]
async fn work_that_fails_or_panics_takes_back_only_itself() {
    for trial in trial::databases(Millis(0)).await {
        let own = [(); 3].map(|()| leaf(&trial.chance, Kind::CycleMissed));
        let work = own.into_iter().enumerate().map(|(number, leaf)| {
            trial.ledger.write(move |tx| {
                Box::pin(async move {
                    tx.evidence(leaf);
                    let name = ["good", "bad", "ugly"][number];
                    tx.connection().execute_unprepared(&setting(name)).await?;
                    match number {
                        0 => Ok(7),
                        1 => anyhow::bail!("no"),
                        _ => panic!("a bug in the work"),
                    }
                })
            })
        });
        let results: Vec<_> = join_all(work).await;
        let told: Vec<_> = results
            .into_iter()
            .map(|result| result.map_err(|error| error.to_string()))
            .collect();
        let expected = [Ok(7), Err("no".to_owned()), Err("the work panicked".to_owned())];
        assert_eq!(told, expected, "{}", trial.engine);
        assert!(is_there(&trial, "good").await, "{}", trial.engine);
        assert!(!is_there(&trial, "bad").await, "{}", trial.engine);
        assert!(!is_there(&trial, "ugly").await, "{}", trial.engine);
        assert_sound(&trial, 2).await;
    }
}

#[tokio::test]
async fn work_that_is_alone_and_fails_leaves_nothing() {
    for trial in trial::databases(Millis(0)).await {
        for panics in [false, true] {
            let leaf = leaf(&trial.chance, Kind::CycleMissed);
            let result = trial.ledger.write::<(), _>(move |tx| {
                Box::pin(async move {
                    tx.evidence(leaf);
                    tx.connection().execute_unprepared(&setting("alone")).await?;
                    assert!(!panics, "a bug in the work");
                    anyhow::bail!("no")
                })
            });
            result.await.expect_err("the work failed");
            assert!(!is_there(&trial, "alone").await, "{}", trial.engine);
        }
        grow(&trial.ledger, &trial.chance, 1)
            .await
            .expect("the next work is written");
        assert_sound(&trial, 2).await;
    }
}

#[tokio::test]
async fn a_swallowed_database_error_is_never_answered_as_written() {
    for trial in trial::databases(Millis(0)).await {
        let result = trial.ledger.write(|tx| {
            Box::pin(async move {
                tx.connection().execute_unprepared(&setting("kept")).await?;
                drop(tx.connection().execute_unprepared("SELECT nonsense").await);
                Ok(())
            })
        });
        let written = result.await.is_ok();
        assert_eq!(is_there(&trial, "kept").await, written, "{}", trial.engine);
        grow(&trial.ledger, &trial.chance, 1)
            .await
            .expect("the next work is written");
    }
}

#[tokio::test]
async fn a_caller_that_goes_away_harms_nobody() {
    for trial in trial::databases(Millis(0)).await {
        let slow = trial.ledger.write(|_| {
            Box::pin(async {
                tokio::time::sleep(Duration::from_millis(20)).await;
                Ok(())
            })
        });
        let gone = async {
            let write = trial.ledger.write(|tx| {
                Box::pin(async move {
                    tx.connection().execute_unprepared(&setting("gone")).await?;
                    Ok(())
                })
            });
            let mut write = Box::pin(write);
            assert!(futures_util::poll!(&mut write).is_pending());
        };
        let (slow, ()) = tokio::join!(slow, gone);
        slow.expect("the slow work is written");
        grow(&trial.ledger, &trial.chance, 1)
            .await
            .expect("the next work is written");
        assert!(!is_there(&trial, "gone").await, "{}", trial.engine);
    }
}

#[tokio::test]
async fn a_locked_database_is_answered_and_waited_out() {
    let trial = trial::databases(Millis(0)).await.swap_remove(0);
    run(&trial, "PRAGMA busy_timeout = 20").await;
    let other = Db::open(&trial.url).await.expect("the database opens twice");
    let lock = other.begin().await.expect("the other writer's transaction");
    let refused = grow(&trial.ledger, &trial.chance, 1).await.expect_err("locked");
    assert!(refused.to_string().contains("nothing was written"), "{refused}");
    assert!(refused.to_string().contains("locked"), "{refused}");
    lock.rollback().await.expect("the lock goes");
    grow(&trial.ledger, &trial.chance, 1).await.expect("a leaf");
    assert_sound(&trial, 2).await;
}

#[tokio::test]
async fn a_read_only_or_full_database_is_answered_and_works_again_later() {
    let trial = trial::databases(Millis(0)).await.swap_remove(0);
    grow(&trial.ledger, &trial.chance, 1).await.expect("a leaf");
    for (worse, better, told) in [
        ("PRAGMA query_only = ON", "PRAGMA query_only = OFF", "readonly"),
        ("PRAGMA max_page_count = 1", "PRAGMA max_page_count = 1000000", "full"),
    ] {
        run(&trial, worse).await;
        let crowd = join_all([(); 2].map(|()| grow(&trial.ledger, &trial.chance, 256))).await;
        for refused in crowd {
            let refused = refused.expect_err(worse).to_string();
            assert!(refused.contains(told), "{refused}");
        }
        // A connection whose transaction SQLite has ended by itself was given up, and with it its settings.
        run(&trial, worse).await;
        grow(&trial.ledger, &trial.chance, 256).await.expect_err(worse);
        run(&trial, better).await;
        grow(&trial.ledger, &trial.chance, 1).await.expect("a leaf");
    }
    assert_sound(&trial, 4).await;
}

#[tokio::test]
async fn after_a_transaction_that_sqlite_ends_by_itself_others_see_what_is_written() {
    let trial = trial::databases(Millis(0)).await.swap_remove(0);
    run(
        &trial,
        "CREATE TRIGGER ends AFTER INSERT ON setting WHEN NEW.name = 'bad' \
         BEGIN SELECT RAISE(ROLLBACK, 'the disk is full'); END",
    )
    .await;
    let bad = trial.ledger.write(|tx| {
        Box::pin(async move {
            tx.connection().execute_unprepared(&setting("bad")).await?;
            Ok(())
        })
    });
    bad.await.expect_err("the transaction is ended");
    let refused = trial.ledger.write::<(), _>(|_| Box::pin(async { anyhow::bail!("no") }));
    refused.await.expect_err("the work fails");
    grow(&trial.ledger, &trial.chance, 1).await.expect("a leaf");
    let other = Db::open(&trial.url).await.expect("the database opens twice");
    let report = verify::live(&other, &trial.evidence).await.expect("the log is read");
    assert_eq!((report.finding, report.leaves), (None, 2));
}

#[tokio::test]
async fn a_lost_connection_is_answered_and_made_again() {
    for trial in trial::databases(Millis(0)).await.into_iter().skip(1) {
        grow(&trial.ledger, &trial.chance, 1).await.expect("a leaf");
        let own = leaf(&trial.chance, Kind::CycleMissed);
        let lost = trial.ledger.write(move |tx| {
            Box::pin(async move {
                tx.evidence(own);
                drop(
                    tx.connection()
                        .execute_unprepared("SELECT pg_terminate_backend(pg_backend_pid())")
                        .await,
                );
                Ok(())
            })
        });
        lost.await.expect_err("the connection is gone");
        grow(&trial.ledger, &trial.chance, 1).await.expect("a new connection");
        let terminate = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
            WHERE datname = current_database() AND pid <> pg_backend_pid()";
        drop(trial.db.reader().execute_unprepared(terminate).await);
        grow(&trial.ledger, &trial.chance, 1).await.expect("a new connection");
        assert_sound(&trial, 4).await;
    }
}

/// A second ledger on the trial's database.
async fn limited(trial: &Trial, work: Duration, transaction: Duration) -> Ledger {
    let log = Log::open(&trial.db, &trial.evidence, trial.chance.clone()).await;
    let limits = Limits { work, transaction };
    let log = log.expect("the log opens");
    Ledger::start_with(trial.db.clone(), log, trial.clock.clone(), limits)
}

#[tokio::test]
async fn work_that_never_ends_takes_back_only_itself() {
    for trial in trial::databases(Millis(0)).await {
        let ledger = limited(&trial, Duration::from_millis(200), Duration::from_secs(30)).await;
        let own = leaf(&trial.chance, Kind::CycleMissed);
        let endless = ledger.write::<(), _>(move |tx| {
            Box::pin(async move {
                tx.evidence(own);
                std::future::pending().await
            })
        });
        let (endless, beside) = tokio::join!(endless, grow(&ledger, &trial.chance, 1));
        let refused = endless.expect_err("it never ends").to_string();
        assert_eq!(refused, "the work took longer than 200ms", "{}", trial.engine);
        beside.expect("the other work is written");
        assert_sound(&trial, 2).await;
    }
}

#[tokio::test]
async fn a_database_that_hangs_is_given_up_and_tried_again() {
    for trial in trial::databases(Millis(0)).await.into_iter().skip(1) {
        let ledger = limited(&trial, Duration::from_secs(30), Duration::from_millis(300)).await;
        let own = leaf(&trial.chance, Kind::CycleMissed);
        let hanging = ledger.write(move |tx| {
            Box::pin(async move {
                tx.evidence(own);
                tx.connection().execute_unprepared("SELECT pg_sleep(2)").await?;
                Ok(())
            })
        });
        hanging.await.expect_err("it hangs");
        // What hangs on the server holds the writers' lock for as long.
        while grow(&ledger, &trial.chance, 1).await.is_err() {}
        assert_sound(&trial, 2).await;
    }
}

#[tokio::test]
async fn closing_finishes_what_was_taken_and_takes_no_more() {
    for trial in trial::databases(Millis(0)).await {
        let taken = join_all((0..300).map(|_| grow(&trial.ledger, &trial.chance, 1)));
        let close = async {
            tokio::task::yield_now().await;
            trial.ledger.close().await;
        };
        let (taken, ()) = tokio::join!(taken, close);
        assert!(taken.iter().all(Result::is_ok), "{}", trial.engine);
        let late = write(&trial.ledger, Vec::new())
            .await
            .expect_err("the ledger is closed");
        assert_eq!(late.to_string(), "the ledger has stopped");
        trial.ledger.close().await;
        assert_sound(&trial, 301).await;
    }
}

#[tokio::test]
async fn more_callers_than_may_wait_are_let_in_one_by_one() {
    for trial in trial::databases(Millis(0)).await {
        let crowd = join_all((0..WAITING + 2 * BATCH).map(|_| write(&trial.ledger, Vec::new()))).await;
        assert!(crowd.into_iter().all(|done| done.is_ok()), "{}", trial.engine);
    }
}

/// Not a test of anything: says how fast leaves are appended. Run it with `--ignored --nocapture`.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "a measurement"]
#[expect(clippy::disallowed_methods, reason = "measures real time")]
async fn measure_appends() {
    for trial in trial::databases(Millis(0)).await {
        let began = std::time::Instant::now();
        let callers = (0..64).map(|_| {
            let (ledger, chance) = (trial.ledger.clone(), trial.chance.clone());
            tokio::spawn(async move {
                for _ in 0..200 {
                    grow(&ledger, &chance, 1).await.expect("a leaf");
                }
            })
        });
        for caller in join_all(callers).await {
            caller.expect("the caller ends");
        }
        let appended = began.elapsed();
        let report = verify::live(&trial.db, &trial.evidence).await.expect("the log is read");
        println!(
            "{}: {:.0} leaves/s with 64 callers; {} leaves in {} batches verified in {:?}",
            trial.engine,
            12_800.0 / appended.as_secs_f64(),
            report.leaves,
            report.checkpoints,
            began.elapsed().saturating_sub(appended)
        );
    }
}
