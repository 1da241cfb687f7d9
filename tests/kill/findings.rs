//! What must hold after everything: each question once, each answer there, nothing left to do, the log sound.

use std::collections::{BTreeMap, BTreeSet};

use discord_stand_in::Person;
use entity::{answer, cycle, log_checkpoint, log_leaf, outbound_message};
use sea_orm::{Database, DatabaseConnection, EntityTrait, QueryOrder};

use crate::crowd::{Diary, Receipt};
use crate::scene::Scene;

/// Panics where something does not hold; says what was looked at.
pub(crate) async fn check(scene: &Scene, diaries: &[Diary]) -> String {
    let (code, said) = scene.run(&["evidence", "verify"]).await;
    assert_eq!(code, Some(0), "evidence verify: {said}");
    let db = Database::connect(&scene.database).await.expect("the database opens");
    let cycles = cycle::Entity::find().all(&db).await.expect("cycles");
    every_question_once(&cycles, diaries);
    let answers = answer::Entity::find().all(&db).await.expect("answers");
    every_answer_there(&answers, diaries);
    let leaves = every_step_in_the_log(&db, &cycles, &answers).await;
    nothing_left_to_do(&db, &cycles).await;
    guard_is_the_last_checkpoint(&db, scene).await;
    db.close().await.expect("the database closes");
    let again = diaries.iter().filter(|diary| diary.texts.len() > 1).count();
    format!(
        "{} cycles, {} answers ({again} sent more than once), {leaves} leaves",
        cycles.len(),
        answers.len()
    )
}

fn every_question_once(cycles: &[cycle::Model], diaries: &[Diary]) {
    let mut of: BTreeMap<i64, Vec<&str>> = BTreeMap::new();
    for cycle in cycles {
        of.entry(cycle.member).or_default().push(&cycle.id);
    }
    assert_eq!(of.len(), diaries.len(), "people with a cycle");
    for diary in diaries {
        let known = &of[&(diary.person.id() as i64)];
        assert_eq!(known.len(), 1, "cycles of {}", diary.person.id());
        assert_eq!(
            &questions(&diary.person),
            known,
            "questions that {} got",
            diary.person.id()
        );
    }
}

/// The cycles that a person's messages ask about, a line for each message.
fn questions(person: &Person) -> Vec<String> {
    let cycle = |message: discord_stand_in::Message| {
        let button = message.buttons().into_iter().next()?;
        button.custom_id.split(':').nth(2).map(str::to_owned)
    };
    person.received().into_iter().filter_map(cycle).collect()
}

fn every_answer_there(answers: &[answer::Model], diaries: &[Diary]) {
    assert_eq!(answers.len(), diaries.len(), "answers");
    let of: BTreeMap<i64, &answer::Model> = answers.iter().map(|row| (row.member, row)).collect();
    for diary in diaries {
        let row = of[&(diary.person.id() as i64)];
        let detail = row.detail.as_deref().unwrap_or_default();
        let kept = |text: &String| detail.contains(&format!("\"{text}\""));
        match &diary.receipt {
            Receipt::Recorded(record) => {
                assert_eq!(record, &row.rec);
                assert!(diary.texts.last().is_some_and(kept), "{detail} {:?}", diary.texts);
            }
            Receipt::Stands => assert!(diary.texts.iter().any(kept), "{detail} {:?}", diary.texts),
        }
    }
}

async fn every_step_in_the_log(db: &DatabaseConnection, cycles: &[cycle::Model], answers: &[answer::Model]) -> usize {
    let leaves = log_leaf::Entity::find().all(db).await.expect("leaves");
    let records = |kind: &str| -> BTreeSet<String> {
        let of_kind = leaves.iter().filter(|leaf| leaf.kind == kind);
        of_kind.map(|leaf| leaf.rec.clone()).collect()
    };
    let opened: BTreeSet<String> = cycles.iter().map(|cycle| cycle.rec.clone()).collect();
    let answered: BTreeSet<String> = answers.iter().map(|answer| answer.rec.clone()).collect();
    assert_eq!(records("cycle.opened"), opened);
    assert_eq!(records("cycle.answered"), answered);
    assert_eq!(records("cycle.delivered").len(), cycles.len());
    assert_eq!(records("program.stopped").len(), 1, "only the last stop was in order");
    leaves.len()
}

async fn nothing_left_to_do(db: &DatabaseConnection, cycles: &[cycle::Model]) {
    let left = cycles
        .iter()
        .find(|cycle| cycle.state != "answered" || cycle.delivered_at.is_none());
    assert_eq!(left, None, "a cycle that is not done");
    let outbox = outbound_message::Entity::find().all(db).await.expect("the outbox");
    assert_eq!(outbox.len(), cycles.len(), "promises");
    // Cancelled: it was posted, but the answer was recorded before the program could write that down.
    let open = |row: &&outbound_message::Model| !["delivered", "cancelled"].contains(&row.state.as_str());
    assert_eq!(outbox.iter().find(open), None, "a promise that is not kept");
}

async fn guard_is_the_last_checkpoint(db: &DatabaseConnection, scene: &Scene) {
    let newest = log_checkpoint::Entity::find().order_by_desc(log_checkpoint::Column::Size);
    let newest = newest.one(db).await.expect("checkpoints").expect("a checkpoint");
    let guard = std::fs::read_to_string(scene.file("bellwether-log.guard")).expect("the guard");
    assert_eq!(guard, newest.note);
}
