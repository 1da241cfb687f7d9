//! Erasing on both engines, kind by kind, and the journal.

use std::collections::BTreeSet;

mod back;
mod closed;
mod hidden;
mod tables;

use super::*;
use crate::audit::samples::{continuing, grow, leaf, say, write};
use crate::clock::Millis;
use crate::evidence::{Kind, NewLeaf, verify};
use crate::ids::RecordId;
use crate::trial::{self, Trial};

const PERSON: &str = "175928847299117063";

fn request(scope: Scope) -> Request {
    Request {
        scope,
        fields: BTreeSet::new(),
        basis: Basis::Art17,
    }
}

fn person() -> Request {
    request(Scope::Member(Whose {
        member: PERSON.parse().expect("an id"),
        organisation: None,
    }))
}

async fn plan_of(trial: &Trial, request: &Request) -> Result<Plan, Refusal> {
    plan(&trial.db, request).await.expect("it is read")
}

async fn erase_now(trial: &Trial, request: Request, agreed: Option<String>) -> Outcome {
    let journal = Journal::beside(&trial.evidence);
    erase((&trial.db, &trial.ledger, &trial.chance), &journal, request, agreed)
        .await
        .expect("it is written")
}

/// A leaf of a kind that names the person in this field.
fn naming(trial: &Trial, kind: Kind, field: &str) -> NewLeaf {
    let mut new = leaf(&trial.chance, kind);
    say(&mut new, field, PERSON);
    new
}

#[tokio::test]
async fn whoever_is_named_anywhere_is_found_and_leaves_no_trace() {
    for trial in trial::databases(Millis(0)).await {
        let own = naming(&trial, Kind::AbsenceEntered, "member");
        let others = naming(&trial, Kind::AbsenceEntered, "entered_by");
        let answer = naming(&trial, Kind::AnswerNoted, "author");
        let amended = continuing(&trial.chance, Kind::AnswerAmended, &answer);
        let stranger = leaf(&trial.chance, Kind::AbsenceEntered);
        let all = vec![own.clone(), others.clone(), answer.clone(), amended, stranger];
        write(&trial.ledger, all).await.expect("leaves");

        let plan = plan_of(&trial, &person()).await.expect("something to erase");
        let found: Vec<(&str, usize, bool)> = plan
            .records
            .iter()
            .map(|planned| (planned.kind.as_str(), planned.fields.len(), planned.whole))
            .collect();
        let expected = [
            ("absence.entered", 4, true),
            ("absence.entered", 1, false),
            ("answer.noted", 5, true),
        ];
        assert_eq!(found, expected, "{}", trial.engine);
        let token = plan.token();
        assert_eq!(erase_now(&trial, person(), Some(token)).await, Outcome::Erased(plan));
        assert_eq!(plan_of(&trial, &person()).await, Err(Refusal::NothingLeft));
        let report = verify::live(&trial.db, &trial.evidence).await.expect("it is read");
        assert_eq!((report.finding, report.erased), (None, 10), "{}", trial.engine);
    }
}

#[tokio::test]
async fn an_answer_goes_with_what_continues_it() {
    for trial in trial::databases(Millis(0)).await {
        let answer = leaf(&trial.chance, Kind::CycleAnswered);
        let amended = continuing(&trial.chance, Kind::AnswerAmended, &answer);
        let other = leaf(&trial.chance, Kind::CycleAnswered);
        write(&trial.ledger, vec![answer.clone(), amended.clone(), other])
            .await
            .expect("leaves");
        let plan = plan_of(&trial, &request(Scope::Record(answer.rec.clone())))
            .await
            .expect("a plan");
        assert_eq!(plan.records.len(), 2, "{}", trial.engine);
        let plan = plan_of(&trial, &request(Scope::Record(amended.rec)))
            .await
            .expect("a plan");
        assert_eq!(plan.records.len(), 1, "{}", trial.engine);
    }
}

#[tokio::test]
async fn what_came_in_after_it_was_shown_is_not_erased_unseen() {
    for trial in trial::databases(Millis(0)).await {
        let first = naming(&trial, Kind::AbsenceEntered, "member");
        write(&trial.ledger, vec![first]).await.expect("a leaf");
        let shown = plan_of(&trial, &person()).await.expect("a plan");
        let second = naming(&trial, Kind::AbsenceEntered, "member");
        write(&trial.ledger, vec![second]).await.expect("a leaf");
        let outcome = erase_now(&trial, person(), Some(shown.token())).await;
        let Outcome::Changed(now) = outcome else {
            panic!("{outcome:?}")
        };
        assert_eq!(now.records.len(), 2);
        assert!(!Journal::beside(&trial.evidence).path().exists(), "nothing was begun");
    }
}

#[tokio::test]
async fn every_kind_is_either_about_nobody_or_can_be_erased() {
    let trial = trial::databases(Millis(0)).await.remove(0);
    for kind in Kind::ALL {
        let new = leaf(&trial.chance, kind);
        if new.check().is_err() {
            assert!(!kind.is_about_a_person(), "the log writes {kind:?} itself");
            continue;
        }
        write(&trial.ledger, vec![new.clone()]).await.expect("a leaf");
        let asked = plan_of(&trial, &request(Scope::Record(new.rec))).await;
        match (kind.is_about_a_person(), asked) {
            (true, Ok(_) | Err(Refusal::WithTheMember { .. } | Refusal::WithTheLeave { .. }))
            | (false, Err(Refusal::AboutNobody { .. })) => {}
            (_, asked) => panic!("{kind:?}: {asked:?}"),
        }
    }
}

#[tokio::test]
async fn the_journal_names_nobody_and_outlives_an_interrupted_writing() {
    let trial = trial::databases(Millis(0)).await.remove(0);
    let journal = Journal::beside(&trial.evidence);
    for _ in 0..2 {
        let absence = naming(&trial, Kind::AbsenceEntered, "member");
        write(&trial.ledger, vec![absence]).await.expect("a leaf");
        erase_now(&trial, person(), None).await;
        let text = std::fs::read_to_string(journal.path()).expect("the journal");
        assert!(!text.contains(PERSON) && text.ends_with('\n'), "{text}");
        // The power fails while the next line is written.
        std::fs::write(journal.path(), format!("{text}{{\"v\":1,\"ba")).expect("a torn line");
        assert!(!journal.read().expect("a torn line began nothing").is_empty());
    }
    assert_eq!(journal.read().expect("it is read").len(), 2);
    let nothing = replay(&trial.db, &trial.ledger, &trial.chance, &journal)
        .await
        .expect("it is read");
    assert_eq!(nothing, Replayed::default());

    std::fs::write(journal.path(), "nonsense\n").expect("a spoilt journal");
    let error = replay(&trial.db, &trial.ledger, &trial.chance, &journal)
        .await
        .expect_err("it is refused");
    assert!(
        error.to_string().starts_with("line 1 of the journal of erasures"),
        "{error:#}"
    );
}

#[tokio::test]
async fn dying_between_journal_and_database_is_made_up_for() {
    for trial in trial::databases(Millis(0)).await {
        let absence = naming(&trial, Kind::AbsenceEntered, "member");
        write(&trial.ledger, vec![absence]).await.expect("a leaf");
        let plan = plan_of(&trial, &person()).await.expect("a plan");
        let journal = Journal::beside(&trial.evidence);
        journal.add(&plan.line(&person())).await.expect("it is written");
        let replayed = replay(&trial.db, &trial.ledger, &trial.chance, &journal)
            .await
            .expect("it is erased");
        assert_eq!(replayed, Replayed { records: 1, members: 0 }, "{}", trial.engine);
        assert_eq!(plan_of(&trial, &person()).await, Err(Refusal::NothingLeft));
        let unknown = request(Scope::Record(RecordId::new("f".repeat(32))));
        assert_eq!(plan_of(&trial, &unknown).await, Err(Refusal::UnknownRecord));
    }
}
