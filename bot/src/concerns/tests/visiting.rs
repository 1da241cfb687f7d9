//! Coming back with the case key.

use super::*;

mod shown;

async fn begins(scene: &Scene, typed: &str) -> VisitOutcome {
    let typed = Secret::new(typed.to_owned());
    begin_visit(&scene.desk, &typed).await.expect("it is decided")
}

async fn enters(scene: &Scene, filed: &Filed) -> VisitId {
    match begins(scene, &filed.key.shown().expose().to_lowercase()).await {
        VisitOutcome::Begun(visit) => visit,
        other => panic!("{other:?}"),
    }
}

async fn sees(scene: &Scene, visit: &VisitId) -> CaseView {
    match look(&scene.desk, visit).await.expect("it is read") {
        Look::Case(view) => *view,
        Look::Over => panic!("nothing is shown"),
    }
}

async fn acts(scene: &Scene, visit: &VisitId, what: ReporterAction) -> ActionOutcome {
    act(&scene.desk, visit, what).await.expect("it is decided")
}

async fn says(scene: &Scene, visit: &VisitId, text: &str) -> SayOutcome {
    let shown = match look(&scene.desk, visit).await.expect("it is read") {
        Look::Case(view) => view.readers.fingerprint(),
        Look::Over => "00000000".to_owned(),
    };
    says_to(scene, visit, (&shown, text)).await
}

/// `shown` is the fingerprint of the readers that the page named.
async fn says_to(scene: &Scene, visit: &VisitId, (shown, text): (&str, &str)) -> SayOutcome {
    let text = Secret::new(text.to_owned());
    say(&scene.desk, visit, shown, text).await.expect("it is decided")
}

fn text(heard: &Heard) -> &str {
    heard.text.as_ref().map_or("unreadable", Secret::expose)
}

fn texts(view: &CaseView) -> Vec<&str> {
    view.said.iter().map(text).collect()
}

/// Moves the clock by that number of days.
fn days(scene: &Scene, days: i64) {
    scene.trial.clock.set(scene.desk.core.clock.now() + days * Millis::DAY);
}

#[tokio::test]
async fn only_the_right_key_leads_to_the_case() {
    for scene in scenes().await {
        scene.keys().await;
        let filed = scene.files("mistake", "first words").await;
        assert_eq!(begins(&scene, "what is this").await, VisitOutcome::NotAKey);
        assert_eq!(
            begins(&scene, "XNBT-7EAK-WHNN-Z82Q-883D").await,
            VisitOutcome::NoSuchCase
        );
        assert_eq!(begins(&scene, &filed.number.to_string()).await, VisitOutcome::NotAKey);
        let visit = enters(&scene, &filed).await;
        let view = sees(&scene, &visit).await;
        assert_eq!(texts(&view), ["first words"]);
        assert_eq!((view.number, view.state), (filed.number, CaseState::New));
        assert_eq!(view.received_on, day("2026-11-22"));
    }
}

#[tokio::test]
async fn more_is_said_and_read_by_handlers() {
    for scene in scenes().await {
        let [hanna, ..] = scene.keys().await;
        let filed = scene.files("mistake", "first words").await;
        let visit = enters(&scene, &filed).await;
        assert_eq!(says(&scene, &visit, "  ").await, SayOutcome::Empty);
        assert_eq!(says(&scene, &visit, "more words").await, SayOutcome::Said);
        assert_eq!(texts(&sees(&scene, &visit).await), ["first words", "more words"]);
        let entries = store::entries(scene.desk.core.db.reader(), &scene.case().await.id)
            .await
            .expect("entries");
        let plain = sealing::open(&hanna, &entries[1].sealed).expect("it opens");
        assert_eq!(content::read(&plain).expect("an addition").text.expose(), "more words");
        assert_eq!((entries[1].seq, entries[1].at), (2, None));
        by_hand(&scene, "UPDATE handler_key SET state = 'ended' WHERE member = 10").await;
        let closed = SayOutcome::Closed(Closed::KeysDoubtful);
        assert_eq!(says(&scene, &visit, "still more").await, closed);
    }
}

#[tokio::test]
async fn a_look_leaves_no_trace() {
    for scene in scenes().await {
        scene.keys().await;
        let filed = scene.files("mistake", "first words").await;
        let before = scene.everything().await;
        let visit = enters(&scene, &filed).await;
        sees(&scene, &visit).await;
        assert_eq!(scene.everything().await, before, "{}", scene.trial.engine);
    }
}

#[tokio::test]
async fn a_reporter_decides() {
    for scene in scenes().await {
        scene.keys().await;
        let filed = scene.files("mistake", "first words").await;
        let visit = enters(&scene, &filed).await;
        assert_eq!(acts(&scene, &visit, ReporterAction::Talk).await, ActionOutcome::Done);
        assert_eq!(acts(&scene, &visit, ReporterAction::Talk).await, ActionOutcome::Already);
        assert_eq!(
            acts(&scene, &visit, ReporterAction::Withdraw).await,
            ActionOutcome::Done
        );
        assert_eq!(
            acts(&scene, &visit, ReporterAction::Reopen).await,
            ActionOutcome::Already
        );
        assert_eq!(acts(&scene, &visit, ReporterAction::Close).await, ActionOutcome::Done);
        let view = sees(&scene, &visit).await;
        assert!(view.wants_talk && view.withdrawn && view.may_reopen);
        assert_eq!(view.closed_on, Some(day("2026-11-22")));
        // Midnight in Berlin: the day, and nothing finer.
        assert_eq!(scene.case().await.closed_at, Some(Millis(1_795_302_000_000)));
        assert_eq!(acts(&scene, &visit, ReporterAction::Reopen).await, ActionOutcome::Done);
        assert_eq!(sees(&scene, &visit).await.state, CaseState::New);
        let kinds = scene.ask("SELECT kind FROM concern_event WHERE at IS NULL AND actor IS NULL ORDER BY kind");
        let wanted = ["closed-by-reporter", "received", "reopened", "talk-asked", "withdrawn"];
        assert_eq!(kinds.await, wanted);
    }
}

#[tokio::test]
async fn the_check_back_waits_for_the_next_visit() {
    for scene in scenes().await {
        scene.keys().await;
        let filed = scene.files("mistake", "first words").await;
        let visit = enters(&scene, &filed).await;
        let fine = |check| ReporterAction::Answer(check, CheckBack::Fine);
        acts(&scene, &visit, ReporterAction::Close).await;
        assert_eq!(
            acts(&scene, &visit, fine(Check::After30Days)).await,
            ActionOutcome::NotNow
        );
        days(&scene, 31);
        assert_eq!(acts(&scene, &visit, ReporterAction::Reopen).await, ActionOutcome::Over);
        let visit = enters(&scene, &filed).await;
        let view = sees(&scene, &visit).await;
        assert_eq!((view.check, view.may_reopen), (Some(Check::After30Days), false));
        assert_eq!(
            acts(&scene, &visit, ReporterAction::Reopen).await,
            ActionOutcome::NotNow
        );
        assert_eq!(
            acts(&scene, &visit, fine(Check::After30Days)).await,
            ActionOutcome::Done
        );
        assert_eq!(sees(&scene, &visit).await.check, None);
        days(&scene, 60);
        let visit = enters(&scene, &filed).await;
        assert_eq!(sees(&scene, &visit).await.check, Some(Check::After90Days));
        let worse = ReporterAction::Answer(Check::After90Days, CheckBack::Worse);
        assert_eq!(acts(&scene, &visit, worse).await, ActionOutcome::Done);
        assert_eq!(scene.case().await.check_90, Some(CheckBack::Worse));
    }
}

#[tokio::test]
async fn a_visit_ends_by_itself() {
    for scene in scenes().await {
        scene.keys().await;
        let filed = scene.files("mistake", "first words").await;
        let visit = enters(&scene, &filed).await;
        scene.trial.clock.set(NOW + VISIT - 1);
        sees(&scene, &visit).await;
        scene.trial.clock.set(NOW + 2 * VISIT - 1);
        assert!(matches!(look(&scene.desk, &visit).await, Ok(Look::Over)));
        assert_eq!(says(&scene, &visit, "words").await, SayOutcome::Over);
        assert_eq!(acts(&scene, &visit, ReporterAction::Talk).await, ActionOutcome::Over);
        assert_eq!(
            acts(&scene, &VisitId::new("00"), ReporterAction::Talk).await,
            ActionOutcome::Over
        );
    }
}

#[tokio::test]
async fn nothing_is_sealed_to_readers_whom_the_reporter_was_not_shown() {
    for scene in scenes().await {
        scene.keys().await;
        let filed = scene.files("mistake", "first words").await;
        let visit = enters(&scene, &filed).await;
        let shown = sees(&scene, &visit).await.readers.fingerprint();
        let newer = x25519::Identity::generate();
        let key = scene.proposes(HARRY, &newer).await;
        assert_eq!(scene.agrees(&key, OLGA).await, AgreeOutcome::InForce);
        let more = says_to(&scene, &visit, (&shown, "more words")).await;
        assert_eq!(more, SayOutcome::ReadersChanged);
        let view = sees(&scene, &visit).await;
        assert_eq!(texts(&view), ["first words"]);
        let recipient = newer.to_public().to_string();
        let Readers::These(readers) = &view.readers else {
            panic!("the keys are sound");
        };
        assert!(readers.iter().any(|reader| reader.recipient == recipient));
        let more = says_to(&scene, &visit, (&view.readers.fingerprint(), "more words")).await;
        assert_eq!(more, SayOutcome::Said);
    }
}

const fn barred(member: MemberId) -> BarOutcome {
    let was_confidant = false;
    BarOutcome::Barred { member, was_confidant }
}

#[tokio::test]
async fn a_reader_can_be_left_out_later_but_not_the_last() {
    for scene in scenes().await {
        let keys = scene.keys().await;
        let [hanna, harry, iris] = keys.each_ref().map(|key| key.to_public().to_string());
        let filed = scene.files("mistake", "first words").await;
        let visit = enters(&scene, &filed).await;
        let leaves = async |recipient: &str| bar(&scene.desk, &visit, recipient).await.expect("it is decided");
        assert_eq!(leaves("age1nobody").await, BarOutcome::NoReader);
        assert_eq!(leaves(&harry).await, barred(HARRY));
        assert_eq!(leaves(&harry).await, BarOutcome::NoReader);
        let handler = Handler {
            organisation: scene.organisation().clone(),
            member: HARRY,
            roles: [crate::config::Role::Handler].into(),
        };
        let found = find_case(&scene.desk, &handler, filed.number).await;
        assert!(found.expect("it is decided").is_none(), "the case is gone for him");
        assert_eq!(says(&scene, &visit, "more words").await, SayOutcome::Said);
        let entries = store::entries(scene.desk.core.db.reader(), &scene.case().await.id)
            .await
            .expect("entries");
        let opens = |key| sealing::open(key, &entries[1].sealed).is_ok();
        assert_eq!(keys.each_ref().map(opens), [true, false, true]);
        assert_eq!(leaves(&iris).await, barred(IRIS));
        assert_eq!(leaves(&hanna).await, BarOutcome::LastReader);
        let kinds = scene.ask("SELECT kind FROM concern_event WHERE kind = 'left-out' AND at IS NULL");
        assert_eq!(kinds.await.len(), 2);
    }
}
