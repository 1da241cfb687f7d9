//! What a visitor is shown, and what not.

use super::*;

#[tokio::test]
async fn an_entry_that_cannot_be_opened_hides_no_other() {
    for scene in scenes().await {
        scene.keys().await;
        let filed = scene.files("mistake", "first words").await;
        let visit = enters(&scene, &filed).await;
        assert_eq!(says(&scene, &visit, "and more").await, SayOutcome::Said);
        let bytes = if scene.desk.core.db.is_sqlite() {
            "x'00'"
        } else {
            r"'\x00'"
        };
        let spoil = format!("UPDATE concern_entry SET sealed = {bytes} WHERE kind = 'report'");
        by_hand(&scene, &spoil).await;
        let view = sees(&scene, &visit).await;
        assert_eq!(texts(&view), ["unreadable", "and more"], "{}", scene.trial.engine);
    }
}

#[tokio::test]
async fn no_date_is_shown_where_no_clock_runs() {
    for scene in scenes().await {
        scene.keys().await;
        let mut draft = scene.draft("mistake", "words").await;
        draft.no_contact = true;
        let silent = filed(submit(&scene.desk, draft).await.expect("it is decided"));
        let view = sees(&scene, &enters(&scene, &silent).await).await;
        assert_eq!((view.first_reply_by, view.feedback_by), (None, None));

        let taken_back = scene.files("mistake", "words").await;
        let visit = enters(&scene, &taken_back).await;
        let view = sees(&scene, &visit).await;
        let dates = (Some(day("2026-11-29")), Some(day("2027-02-28")));
        assert_eq!((view.first_reply_by, view.feedback_by), dates);
        assert_eq!(
            acts(&scene, &visit, ReporterAction::Withdraw).await,
            ActionOutcome::Done
        );
        let view = sees(&scene, &visit).await;
        assert_eq!(
            (view.first_reply_by, view.feedback_by),
            (dates.0, None),
            "{}",
            scene.trial.engine
        );
    }
}
