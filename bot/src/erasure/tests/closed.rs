//! Records of a log that was replaced by another.

use super::*;
use crate::config;
use crate::evidence::recover::{Begun, Reason, begin_anew};
use crate::evidence::{Log, erased_records, verify_closed};
use crate::ledger::Ledger;

/// The log is closed, and another goes on; its settings.
async fn closed(trial: &mut Trial) -> config::Evidence {
    trial.ledger.close().await;
    let now = (Millis(0), &trial.chance);
    let begun = begin_anew(&trial.db, &trial.evidence, Reason::BackupRestored, now).await;
    let Begun::Done(new) = begun.expect("another log") else {
        panic!("there was a log")
    };
    let mut settings = trial.evidence.clone();
    settings.origin = new.origin;
    let log = Log::open(&trial.db, &settings, trial.chance.clone())
        .await
        .expect("it opens");
    trial.ledger = Ledger::start(trial.db.clone(), log, trial.clock.clone());
    settings
}

/// Fields erased in the closed log, and whether both logs are sound.
async fn both_hold(trial: &Trial, settings: &config::Evidence) -> u64 {
    let living = verify::live(&trial.db, settings).await.expect("it is read");
    assert_eq!(living.finding, None, "{}", trial.engine);
    let old = verify_closed(&trial.db, 1).await.expect("it is read");
    assert_eq!(old.finding, None, "{}", trial.engine);
    old.erased
}

#[tokio::test]
async fn an_answer_of_a_closed_log_can_be_erased() {
    for mut trial in trial::databases(Millis(0)).await {
        let answer = leaf(&trial.chance, Kind::CycleAnswered);
        let amended = continuing(&trial.chance, Kind::AnswerAmended, &answer);
        let other = leaf(&trial.chance, Kind::CycleAnswered);
        write(&trial.ledger, vec![answer.clone(), amended, other])
            .await
            .expect("leaves");
        let settings = closed(&mut trial).await;
        assert_eq!(both_hold(&trial, &settings).await, 0);

        let plan = plan_of(&trial, &request(Scope::Record(answer.rec.clone())))
            .await
            .expect("a plan");
        let places: Vec<_> = plan
            .records
            .iter()
            .map(|planned| (planned.log, planned.index))
            .collect();
        assert_eq!(
            places,
            [(Which::Closed(1), 1), (Which::Closed(1), 2)],
            "{}",
            trial.engine
        );
        let erased = erase_now(&trial, request(Scope::Record(answer.rec.clone())), Some(plan.token())).await;
        assert_eq!(erased, Outcome::Erased(plan));
        assert_eq!(both_hold(&trial, &settings).await, 11, "{}", trial.engine);

        // The living log says so, and names no index.
        let leaves = verify::rows(&trial.db).await;
        let told: Vec<String> = leaves
            .into_iter()
            .map(|leaf| String::from_utf8(leaf).expect("ASCII"))
            .filter(|leaf| leaf.contains("records.erased"))
            .collect();
        assert_eq!(told.len(), 1);
        assert!(told.iter().all(|leaf| !leaf.contains("\"of\"")), "{told:?}");
        let said = erased_records(trial.db.reader()).await.expect("records");
        assert!(said.iter().any(|one| one.record == answer.rec), "{}", trial.engine);
        let again = plan_of(&trial, &request(Scope::Record(answer.rec))).await;
        assert_eq!(again, Err(Refusal::NothingLeft));
    }
}

#[tokio::test]
async fn a_person_is_found_in_closed_logs_too() {
    for mut trial in trial::databases(Millis(0)).await {
        let before = naming(&trial, Kind::AbsenceEntered, "member");
        write(&trial.ledger, vec![before]).await.expect("a leaf");
        let settings = closed(&mut trial).await;
        let after = naming(&trial, Kind::AnswerNoted, "author");
        write(&trial.ledger, vec![after]).await.expect("a leaf");
        let Outcome::Erased(plan) = erase_now(&trial, person(), None).await else {
            panic!("there is something to erase")
        };
        let logs: Vec<Which> = plan.records.iter().map(|planned| planned.log).collect();
        assert_eq!(logs, [Which::Closed(1), Which::Living], "{}", trial.engine);
        assert_eq!(both_hold(&trial, &settings).await, 4, "{}", trial.engine);
        assert_eq!(plan_of(&trial, &person()).await, Err(Refusal::NothingLeft));
    }
}
