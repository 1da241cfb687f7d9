use super::*;
use crate::audit::samples::{erase, grow, leaf, write};
use crate::evidence::{rotate, verify};
use crate::trial::{self, Trial};

const EVERY: i64 = 7 * Millis::DAY;

fn auditor(trial: &Trial) -> Auditor {
    let mut settings = config::parse("", trial.folder.path()).unwrap_or_else(|problems| panic!("{problems}"));
    settings.evidence = trial.evidence.clone();
    Auditor {
        core: trial.core(settings),
        halt: trial.halt.clone(),
    }
}

/// Without anything else to find.
async fn audit(auditor: &Auditor, now: Millis) -> anyhow::Result<Audit<()>> {
    let check = |core: Core| async move {
        let report = verify::live(&core.db, &core.config.evidence).await?;
        Ok((report, ()))
    };
    super::audit(auditor, now, check).await
}

#[tokio::test]
async fn the_log_is_checked_once_a_week_and_says_so() {
    for trial in trial::databases(Millis(0)).await {
        let auditor = auditor(&trial);
        let first = audit(&auditor, Millis(5)).await.expect("an outcome");
        assert_eq!(
            first,
            Audit::NotYet {
                next: Millis(5 + EVERY)
            },
            "nothing is there yet"
        );
        grow(&trial.ledger, &trial.chance, 300).await.expect("leaves");
        for (at, checks) in [(EVERY - 1, false), (EVERY, true), (EVERY + 1, false), (2 * EVERY, true)] {
            trial.clock.set(Millis(at));
            let outcome = audit(&auditor, Millis(at)).await.expect("an outcome");
            assert_eq!(
                matches!(outcome, Audit::Sound { .. }),
                checks,
                "{} {at}: {outcome:?}",
                trial.engine
            );
        }
        assert_eq!(
            last_audit(trial.db.reader()).await.expect("a time"),
            Some(Millis(2 * EVERY))
        );
        let sound = LastSound {
            at: Millis(2 * EVERY),
            leaves: Some(302),
        };
        assert_eq!(last_sound(trial.db.reader()).await.expect("an audit"), Some(sound));
        let report = verify::live(&trial.db, &trial.evidence).await.expect("the log is read");
        assert_eq!((report.finding, report.leaves), (None, 303), "{}", trial.engine);
    }
}

#[tokio::test]
async fn a_log_that_is_written_erased_and_given_another_key_meanwhile_is_no_alarm() {
    for trial in trial::databases(Millis(0)).await {
        let auditor = auditor(&trial);
        grow(&trial.ledger, &trial.chance, 600).await.expect("leaves");
        trial.clock.set(Millis(EVERY));
        let busy = async {
            for round in 0..8 {
                let first = leaf(&trial.chance, Kind::CycleMissed);
                write(&trial.ledger, vec![first.clone()]).await.expect("a leaf");
                erase(&trial, first.rec, "reason").await;
                if round % 3 == 1 {
                    rotate(&trial.db, &trial.evidence, Millis(0), &trial.chance)
                        .await
                        .expect("another key");
                }
            }
        };
        let (outcome, ()) = tokio::join!(audit(&auditor, Millis(EVERY)), busy);
        let outcome = outcome.expect("an outcome");
        assert!(matches!(outcome, Audit::Sound { .. }), "{}: {outcome:?}", trial.engine);
        assert!(!trial.halt.is_stopped());
    }
}

#[tokio::test]
async fn a_log_that_does_not_hold_is_signed_no_more_until_it_does() {
    for trial in trial::databases(Millis(0)).await {
        let auditor = auditor(&trial);
        grow(&trial.ledger, &trial.chance, 20).await.expect("leaves");
        let spoil = "UPDATE log_disclosure SET disclosure = 'AAAA' \
                     WHERE rec = (SELECT rec FROM log_leaf WHERE idx = 3)";
        let kept = "SELECT disclosure FROM log_disclosure WHERE rec = (SELECT rec FROM log_leaf WHERE idx = 3)";
        let statement = sea_orm::Statement::from_string(trial.db.writer().get_database_backend(), kept);
        let kept = trial
            .db
            .reader()
            .query_one_raw(statement)
            .await
            .expect("a row")
            .expect("a row");
        let kept: String = kept.try_get_by_index(0).expect("a text");
        trial.db.writer().execute_unprepared(spoil).await.expect("it is spoilt");
        grow(&trial.ledger, &trial.chance, 1).await.expect("nobody has noticed");

        let outcome = audit(&auditor, Millis(EVERY)).await.expect("an outcome");
        let Audit::Broken(finding) = outcome else {
            panic!("{}: {outcome:?}", trial.engine)
        };
        assert_eq!(
            finding.to_string(),
            "the field reason of leaf 3 was changed or never belonged to it"
        );
        auditor.stop(&finding, Millis(EVERY)).expect("it is stopped");
        let refused = grow(&trial.ledger, &trial.chance, 1)
            .await
            .expect_err("it is stopped")
            .to_string();
        assert!(refused.contains("signing is stopped"), "{refused}");
        assert!(refused.contains("the field reason of leaf 3"), "{refused}");
        assert_eq!(
            audit(&auditor, Millis(EVERY)).await.expect("an outcome"),
            Audit::Stopped
        );
        write(&trial.ledger, Vec::new())
            .await
            .expect("what needs no leaf is written still");

        let mend = spoil.replace("AAAA", &kept);
        trial.db.writer().execute_unprepared(&mend).await.expect("it is mended");
        let report = verify::live(&trial.db, &trial.evidence).await.expect("the log is read");
        assert_eq!(report.finding, None, "{}", trial.engine);
        assert!(sign_again(&trial.evidence).expect("the stop is taken back"));
        assert!(!sign_again(&trial.evidence).expect("there is none any more"));
        grow(&trial.ledger, &trial.chance, 1)
            .await
            .expect("the running program signs again");
    }
}
