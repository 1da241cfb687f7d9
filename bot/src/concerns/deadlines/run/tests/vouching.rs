use sea_orm::ConnectionTrait;

use super::stage::{ANNA, BEN, IDA, MIA, Stage, stages};
use crate::concerns::{
    After, Case, CaseState, CheckAnswer, CheckBack, CheckOutcome, Letter, Outgoing, Tie, answer_back, letter,
};
use crate::outbox::CaseMessage;

/// Changes the row outside the program.
async fn by_hand(stage: &Stage, case: &Case, what: &str) {
    let statement = format!("UPDATE concern_case SET {what} WHERE id = '{}'", case.id);
    let done = stage.trial.db.writer().execute_unprepared(&statement).await;
    done.unwrap_or_else(|error| panic!("{statement}: {error}"));
}

async fn is_sound(stage: &Stage, case: &Case) -> bool {
    let found = stage.desk().vouch.find(stage.trial.db.reader(), &case.id).await;
    found.expect("a query").is_some()
}

async fn reported(stage: &Stage) -> Case {
    let draft = stage.draft("mistake").await;
    stage.report(draft).await
}

#[tokio::test]
async fn nobody_hears_of_a_row_that_was_changed_by_hand_and_of_others_all_do() {
    for stage in stages().await {
        let case = reported(&stage).await;
        by_hand(&stage, &case, "category = 'idea'").await;
        stage.step_at("2026-11-02T14:00:00Z").await;
        assert_eq!(stage.told().await, [], "{}", stage.trial.engine);
        let other = reported(&stage).await;
        stage.step_at("2026-11-03T08:00:00Z").await;
        let news = [ANNA, BEN, IDA].map(|member| (member.get(), CaseMessage::News));
        assert_eq!(stage.told().await, news);
        stage.step_at("2026-11-30T07:00:00Z").await;
        let told = stage.told().await;
        assert!(!told.is_empty() && told.iter().all(|(_, message)| message.case() == Some(&other.id)));
    }
}

#[tokio::test]
async fn a_promised_word_about_such_a_row_is_not_sent() {
    for stage in stages().await {
        let case = stage.report_as(Tie::Confidential { confidant: BEN }).await;
        let ask = CaseMessage::Ask {
            case: case.id.clone(),
            days: 30,
        };
        let says = async |to| {
            let said = letter(stage.desk(), stage.organisation(), &ask, to).await;
            said.expect("a query")
        };
        let number = case.number.clone();
        assert_eq!(says(BEN).await, Outgoing::Letter(Letter::Ask { number, days: 30 }));
        assert_eq!(says(ANNA).await, Outgoing::Nothing);
        by_hand(&stage, &case, &format!("confidant = {ANNA}")).await;
        assert_eq!([says(BEN).await, says(ANNA).await], [Outgoing::Later, Outgoing::Later]);
    }
}

#[tokio::test]
async fn a_case_that_is_called_a_drill_by_hand_is_not_closed() {
    for stage in stages().await {
        let case = reported(&stage).await;
        let now = stage.trial.clock.now();
        stage.change(&case.id, |case| case.acknowledged_at = Some(now)).await;
        by_hand(&stage, &case, "drill = NOT drill").await;
        stage.step_at("2026-11-02T08:00:00Z").await;
        assert!(!stage.case(&case.id).await.state.is_closed());
        assert_eq!(stage.told().await, []);
    }
}

#[tokio::test]
async fn nobody_is_asked_back_on_the_strength_of_such_a_row() {
    for stage in stages().await {
        let case = stage.report_as(Tie::Named).await;
        let now = stage.trial.clock.now();
        let close = |case: &mut Case| {
            case.state = CaseState::Resolved;
            (case.acknowledged_at, case.closed_at) = (Some(now), Some(now));
        };
        stage.change(&case.id, close).await;
        for mode in ["confidential", "anonymous"] {
            by_hand(&stage, &case, &format!("mode = '{mode}', confidant = {ANNA}")).await;
            stage.step_at("2026-12-02T07:00:00Z").await;
            stage.step_again().await;
            let asked = stage.told().await;
            let asked = asked.iter().any(|(_, message)| message.case() == Some(&case.id));
            assert!(!asked, "{mode}");
            assert_eq!(stage.case(&case.id).await.check_30, None, "{}", stage.trial.engine);
        }
        by_hand(&stage, &case, "mode = 'named', confidant = NULL").await;
        stage.step_again().await;
        assert_eq!(
            stage.case(&case.id).await.check_30,
            Some(CheckBack::Asked),
            "it is as it was"
        );
        by_hand(&stage, &case, "formal = NOT formal").await;
        let answered = answer_back(stage.desk(), &case.id, MIA, After::Days30, CheckAnswer::Fine).await;
        assert_eq!(answered.expect("an answer"), CheckOutcome::Withheld);
        assert_eq!(stage.case(&case.id).await.check_30, Some(CheckBack::Asked));
    }
}

#[tokio::test]
async fn rewritten_rows_are_vouched_for_as_before() {
    for stage in stages().await {
        let mut draft = stage.draft("mistake").await;
        draft.barred.insert(BEN);
        let case = stage.report(draft).await;
        stage.step_at("2026-11-03T04:00:00Z").await;
        assert!(is_sound(&stage, &case).await, "{}", stage.trial.engine);
        by_hand(&stage, &case, "formal = NOT formal").await;
        assert!(!is_sound(&stage, &case).await);
    }
}

#[tokio::test]
async fn promised_news_of_such_a_row_wait_until_it_is_as_it_was() {
    for stage in stages().await {
        let case = reported(&stage).await;
        let says = async |message: CaseMessage| {
            let said = letter(stage.desk(), stage.organisation(), &message, ANNA).await;
            said.expect("a query")
        };
        assert_eq!(says(CaseMessage::Now).await, Outgoing::Nothing, "it can wait");
        for change in ["category = 'idea', urgency = 'now'", "formal = NOT formal"] {
            by_hand(&stage, &case, change).await;
            let both = [says(CaseMessage::News).await, says(CaseMessage::Now).await];
            assert_eq!(both, [Outgoing::Later, Outgoing::Later], "{}", stage.trial.engine);
        }
        by_hand(&stage, &case, "category = 'mistake', formal = NOT formal").await;
        // Nothing vouches for how urgent it is.
        let both = [says(CaseMessage::News).await, says(CaseMessage::Now).await];
        assert_eq!(both, [Letter::News, Letter::Now].map(Outgoing::Letter));
    }
}
