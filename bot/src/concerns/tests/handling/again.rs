//! A case that is opened again: its deadlines, and the figure that it must not change.

use super::*;
use crate::concerns::figures::count::tallies;
use crate::concerns::figures::{Calendar, Share};

/// The steps of the warnings that go out that number of days later.
async fn warned(scene: &Scene, days: i64) -> Vec<String> {
    scene.trial.clock.set(NOW + days * Millis::DAY);
    let step = Deadlines::new(scene.desk.clone()).step().await;
    step.expect("a step");
    let messages = scene.ask("SELECT message FROM outbound_message").await;
    by_hand(scene, "DELETE FROM outbound_message").await;
    let steps = messages.iter().filter_map(|message| {
        let message: serde_json::Value = serde_json::from_str(message).expect("JSON");
        message["step"].as_str().map(str::to_owned)
    });
    steps.collect::<BTreeSet<_>>().into_iter().collect()
}

async fn moves(scene: &Scene, case: &Case, (number, to): (i64, CaseState)) {
    let hanna = scene.at_work(HANNA);
    let done = settle(&scene.desk, &hanna, case.id.clone(), to, words(number, "why")).await;
    assert!(matches!(done, Ok(SettleOutcome::Settled(..))), "{done:?}");
}

/// Feedback in time, of the feedback that was due by now.
async fn feedback(scene: &Scene) -> Share {
    let calendar = Calendar {
        zone: jiff::tz::TimeZone::UTC,
        first_month: 1,
    };
    let reader = scene.desk.core.db.reader();
    let cases = store::cases(reader, ORGANISATION).await.expect("cases");
    let counted = tallies(reader, &cases, &calendar, scene.desk.core.clock.now()).await;
    let mut share = Share::default();
    for tally in counted.expect("tallies").into_values() {
        share += tally.feedback;
    }
    share
}

async fn opens_again(scene: &Scene, filed: &Filed) -> CaseView {
    let Ok(VisitOutcome::Begun(visit)) = begin_visit(&scene.desk, &filed.key.shown()).await else {
        panic!("the case key opens the case");
    };
    let done = act(&scene.desk, &visit, ReporterAction::Reopen).await;
    assert_eq!(done.expect("it is decided"), ActionOutcome::Done);
    match look(&scene.desk, &visit).await {
        Ok(Look::Case(view)) => *view,
        _ => panic!("the visit goes on"),
    }
}

#[tokio::test]
async fn a_case_that_is_opened_again_warns_again_and_keeps_its_figure() {
    for scene in scenes().await {
        scene.keys().await;
        let filed = scene.files("mistake", "wrong recipient").await;
        let case = scene.case_of(&filed).await;
        scene.says(HANNA, &case, 1, "Thank you.").await;
        assert_eq!(warned(&scene, 61).await, ["day-60"]);
        moves(&scene, &case, (2, CaseState::InReview)).await;
        moves(&scene, &case, (3, CaseState::Resolved)).await;

        scene.trial.clock.set(NOW + 65 * Millis::DAY);
        let view = opens_again(&scene, &filed).await;
        assert_eq!(view.feedback_by, Some(day("2027-04-26")));
        let quiet: [&str; 0] = [];
        assert_eq!(warned(&scene, 120).await, quiet, "the former dates are over");
        assert_eq!(warned(&scene, 126).await, ["day-60"], "{}", scene.trial.engine);
        assert_eq!(warned(&scene, 158).await, ["over"]);
        let in_time = Share { n: 1, of: 1 };
        assert_eq!(feedback(&scene).await, in_time, "it was told in time");

        moves(&scene, &case, (4, CaseState::Dismissed)).await;
        moves(&scene, &case, (5, CaseState::InReview)).await;
        assert_eq!(warned(&scene, 220).await, ["day-60"], "also where a handler opened it");
        let now = scene.case_of(&filed).await;
        assert_eq!(now.reopened_on, Some(day("2027-04-29")));
        assert_eq!(now.first_feedback_at, Some(NOW + 61 * Millis::DAY));
        assert_eq!(feedback(&scene).await, in_time);
    }
}

#[tokio::test]
async fn a_silent_case_that_is_opened_again_warns_the_next_morning() {
    for scene in scenes().await {
        scene.keys().await;
        let filed = scene.files("mistake", "wrong recipient").await;
        assert_eq!(warned(&scene, 8).await, ["over"]);
        let Ok(VisitOutcome::Begun(visit)) = begin_visit(&scene.desk, &filed.key.shown()).await else {
            panic!("the case key opens the case");
        };
        let done = act(&scene.desk, &visit, ReporterAction::Close).await;
        assert_eq!(done.expect("it is decided"), ActionOutcome::Done);
        let view = opens_again(&scene, &filed).await;
        assert_eq!(view.first_reply_by, Some(day("2026-11-29")));
        let quiet: [&str; 0] = [];
        assert_eq!(warned(&scene, 8).await, quiet, "at once would tell when it was opened");
        assert_eq!(warned(&scene, 9).await, ["over"], "{}", scene.trial.engine);
    }
}
