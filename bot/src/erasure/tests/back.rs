//! What a backup brings back.

use super::*;
use crate::evidence::{Erased, Finding, forget};
use crate::people;

async fn replayed(trial: &Trial) -> Replayed {
    let journal = Journal::beside(&trial.evidence);
    replay(&trial.db, &trial.ledger, &trial.chance, &journal)
        .await
        .expect("it is erased")
}

/// An absence of the person: its row as it is in a backup, and its leaf.
async fn leave(trial: &Trial, from: i64) -> (people::store::AbsenceModel, NewLeaf) {
    let row = people::store::AbsenceModel {
        id: trial.chance.id(),
        organisation: 1,
        member: PERSON.parse().expect("a number"),
        from_at: from,
        to_at: from + 1,
        entered_at: 0,
        entered_by: PERSON.parse().expect("a number"),
        rec: None,
        withdrawn_at: None,
    };
    let mut new = naming(trial, Kind::AbsenceEntered, "member");
    say(&mut new, "from", &Millis(row.from_at).rfc3339());
    say(&mut new, "to", &Millis(row.to_at).rfc3339());
    come_back(trial, row.clone()).await;
    write(&trial.ledger, vec![new.clone()]).await.expect("a leaf");
    (row, new)
}

async fn come_back(trial: &Trial, row: people::store::AbsenceModel) {
    trial
        .ledger
        .write(move |tx| Box::pin(async move { people::store::insert_absence(tx.connection(), row).await }))
        .await
        .expect("a row");
}

async fn leaves(trial: &Trial) -> usize {
    let found = people::store::absences(
        trial.db.reader(),
        crate::ids::OrganisationId::from_i64(1),
        None,
        Millis(0),
    );
    found.await.expect("leaves").len()
}

#[tokio::test]
async fn a_single_leave_that_comes_back_takes_nothing_else_along() {
    for trial in trial::databases(Millis(0)).await {
        let (row, new) = leave(&trial, 10).await;
        leave(&trial, 20).await;
        let erased = erase_now(&trial, request(Scope::Record(new.rec)), None).await;
        assert!(matches!(erased, Outcome::Erased(_)), "{erased:?}");
        assert_eq!(leaves(&trial).await, 1, "{}", trial.engine);
        come_back(&trial, row).await;
        replayed(&trial).await;
        assert_eq!(leaves(&trial).await, 1, "{}", trial.engine);
        let plan = plan_of(&trial, &person()).await.expect("the person is still there");
        assert_eq!((plan.records.len(), plan.rows.of("absence").len()), (1, 1));
    }
}

#[tokio::test]
async fn a_field_of_a_person_that_is_erased_leaves_the_person_alone_for_good() {
    for trial in trial::databases(Millis(0)).await {
        leave(&trial, 10).await;
        let only = Request {
            fields: ["from".to_owned()].into(),
            ..person()
        };
        let erased = erase_now(&trial, only, None).await;
        assert!(matches!(erased, Outcome::Erased(_)), "{erased:?}");
        assert_eq!(replayed(&trial).await, Replayed::default(), "{}", trial.engine);
        assert_eq!(leaves(&trial).await, 1, "{}", trial.engine);
    }
}

#[tokio::test]
async fn what_was_erased_where_nothing_could_be_signed_is_said_at_the_next_start() {
    for trial in trial::databases(Millis(0)).await {
        let answer = leaf(&trial.chance, Kind::AnswerNoted);
        write(&trial.ledger, vec![answer.clone()]).await.expect("a leaf");
        let asked = request(Scope::Record(answer.rec));
        let plan = plan_of(&trial, &asked).await.expect("a plan");
        let journal = Journal::beside(&trial.evidence);
        assert!(!came_back(trial.db.reader(), &journal).await.expect("it is read"));
        journal.add(&plan.line(&asked)).await.expect("it is written");
        assert!(came_back(trial.db.reader(), &journal).await.expect("it is read"));

        let now = (Millis(0), &trial.chance);
        for fields in [5, 0] {
            let forgotten = forget_again(&trial.db, &journal, &[], now).await;
            assert_eq!(forgotten.expect("it is erased"), fields, "{}", trial.engine);
        }
        assert!(!came_back(trial.db.reader(), &journal).await.expect("it is read"));
        let report = verify::live(&trial.db, &trial.evidence).await.expect("it is read");
        assert_eq!(report.finding, Some(Finding::DisclosureMissing(1)), "{}", trial.engine);

        assert_eq!(replayed(&trial).await, Replayed { records: 1, members: 0 });
        let report = verify::live(&trial.db, &trial.evidence).await.expect("it is read");
        assert_eq!((report.finding, report.erased), (None, 5), "{}", trial.engine);
        assert_eq!(replayed(&trial).await, Replayed::default());
    }
}

#[tokio::test]
async fn what_only_a_log_says_was_erased_goes_again_too() {
    for trial in trial::databases(Millis(0)).await {
        let answer = leaf(&trial.chance, Kind::AnswerNoted);
        write(&trial.ledger, vec![answer.clone()]).await.expect("a leaf");
        let told = Erased {
            record: answer.rec.clone(),
            kept: vec!["choice".to_owned()],
        };
        let journal = Journal::beside(&trial.evidence);
        let now = (Millis(0), &trial.chance);
        let forgotten = forget_again(&trial.db, &journal, std::slice::from_ref(&told), now).await;
        assert_eq!(forgotten.expect("it is erased"), 4, "{}", trial.engine);
        assert_eq!(forget(&trial.db, &[told]).await.expect("nothing is left"), 0);
    }
}

#[tokio::test]
async fn what_comes_in_while_an_erasure_waits_is_found_by_a_short_second_look() {
    for trial in trial::databases(Millis(0)).await {
        let answer = leaf(&trial.chance, Kind::CycleAnswered);
        write(&trial.ledger, vec![answer.clone()]).await.expect("a leaf");
        let asked = request(Scope::Record(answer.rec.clone()));
        let (plan, found) = look::look(&trial.db, &asked, None)
            .await
            .expect("it is read")
            .expect("a plan");
        let amended = continuing(&trial.chance, Kind::AnswerAmended, &answer);
        let named = naming(&trial, Kind::AbsenceEntered, "member");
        write(&trial.ledger, vec![amended, named]).await.expect("leaves");
        let again = async |request: &Request, found| {
            let looked = look::look_again(trial.db.reader(), request, found).await;
            looked.expect("it is read")
        };
        let now = again(&asked, found.clone())
            .await
            .expect("not much came")
            .expect("a plan");
        assert_eq!((plan.records.len(), now.records.len()), (1, 2), "{}", trial.engine);

        let (all, people) = look::look(&trial.db, &person(), None)
            .await
            .expect("it is read")
            .expect("a plan");
        let named = naming(&trial, Kind::AbsenceEntered, "entered_by");
        write(&trial.ledger, vec![named]).await.expect("a leaf");
        let now = again(&person(), people).await.expect("not much came").expect("a plan");
        assert_eq!((all.records.len(), now.records.len()), (1, 2), "{}", trial.engine);

        grow(&trial.ledger, &trial.chance, 1_000).await.expect("leaves");
        let much = again(&asked, found.clone()).await;
        assert_eq!(much, None, "that is too much while others wait");
        let (later, _) = look::look(&trial.db, &asked, Some(found))
            .await
            .expect("it is read")
            .expect("a plan");
        assert_eq!(later.records.len(), 2, "and is taken in outside: {}", trial.engine);
    }
}

#[tokio::test]
async fn somebody_of_whom_there_is_nothing_but_a_row_is_found_and_goes_again() {
    for trial in trial::databases(Millis(0)).await {
        let known = async |id: String| {
            let row = people::store::Row {
                organisation: crate::ids::OrganisationId::from_i64(1),
                member: PERSON.parse().expect("an id"),
                roles: BTreeSet::new(),
                audiences: BTreeSet::new(),
                zone: None,
                locale: None,
                manager_since: None,
                left_at: None,
            };
            let written = trial.ledger.write(|tx| {
                Box::pin(
                    async move { people::store::insert(tx.connection(), vec![row], tx.now(), || id.clone()).await },
                )
            });
            written.await.expect("a row");
        };
        known("a".repeat(32)).await;
        let plan = plan_of(&trial, &person()).await.expect("a plan");
        assert_eq!(
            (plan.records.len(), plan.rows.of("member").len()),
            (0, 1),
            "{}",
            trial.engine
        );
        assert_eq!(
            erase_now(&trial, person(), Some(plan.token())).await,
            Outcome::Erased(plan)
        );
        known("a".repeat(32)).await;
        assert_eq!(
            replayed(&trial).await,
            Replayed { records: 0, members: 1 },
            "{}",
            trial.engine
        );
        assert_eq!(plan_of(&trial, &person()).await, Err(Refusal::NothingLeft));
        // Somebody who comes back through Discord's list is somebody new.
        known("b".repeat(32)).await;
        assert_eq!(replayed(&trial).await, Replayed::default(), "{}", trial.engine);
    }
}
