//! Whether somebody may still know about a case is checked again when a promised message is sent.

use super::stage::{ANNA, BEN, IDA, MIA, Stage, at, stages};
use crate::catalogue::Urgency;
use crate::concerns::{
    After, Audience, Case, CaseState, CheckAnswer, CheckOutcome, ConflictOutcome, Handler, Letter, Outgoing, Tie,
    answer_back, declare_conflict, letter, store,
};
use crate::config::Role;
use crate::ids::MemberId;
use crate::outbox::CaseMessage;

async fn says(stage: &Stage, message: &CaseMessage, to: MemberId) -> Outgoing {
    let said = letter(stage.desk(), stage.organisation(), message, to).await;
    said.expect("a query")
}

#[tokio::test]
async fn whom_the_route_passes_by_is_not_sent_what_was_promised() {
    for stage in stages().await {
        let draft = stage.draft("leader-not-following").await;
        let case = stage.report(draft).await;
        stage.trial.clock.set(at("2026-11-05T12:00:00Z"));
        let half = CaseMessage::Warning {
            case: case.id,
            clock: "first-word".to_owned(),
            step: "half".to_owned(),
        };
        assert_eq!(
            says(&stage, &half, ANNA).await,
            Outgoing::Nothing,
            "{}",
            stage.trial.engine
        );
        assert_eq!(says(&stage, &CaseMessage::News, ANNA).await, Outgoing::Nothing);
        assert!(matches!(
            says(&stage, &half, IDA).await,
            Outgoing::Letter(Letter::Warning(_))
        ));
        assert_eq!(
            says(&stage, &CaseMessage::News, IDA).await,
            Outgoing::Letter(Letter::News)
        );
        stage
            .by_hand("UPDATE handler_key SET recipient = recipient || '!'")
            .await;
        assert_eq!(says(&stage, &half, IDA).await, Outgoing::Later);
    }
}

#[tokio::test]
async fn who_steps_back_is_not_called_any_more() {
    for stage in stages().await {
        let mut draft = stage.draft("mistake").await;
        draft.urgency = Urgency::Now;
        let case = stage.report(draft).await;
        let ben = Handler {
            organisation: stage.organisation().clone(),
            member: BEN,
            roles: [Role::Handler].into(),
        };
        let declared = declare_conflict(stage.desk(), &ben, case.id.clone()).await;
        assert_eq!(declared.expect("it is decided"), ConflictOutcome::Declared);
        stage.meet(&[(ANNA, 7)]).await;
        let called = async |member| says(&stage, &CaseMessage::Now, member).await;
        assert_eq!(called(BEN).await, Outgoing::Nothing, "{}", stage.trial.engine);
        assert_eq!(called(ANNA).await, Outgoing::Nothing, "a handler no longer");
        assert_eq!(called(MIA).await, Outgoing::Nothing);
        assert_eq!(called(IDA).await, Outgoing::Letter(Letter::Now));
    }
}

/// The case is closed, and its reporter is asked.
async fn asked(stage: &Stage, case: &Case) {
    let now = stage.trial.clock.now();
    stage
        .change(&case.id, |case| {
            case.state = crate::concerns::CaseState::Resolved;
            case.closed_at = Some(now);
        })
        .await;
    stage.step_at("2026-12-02T07:00:00Z").await;
}

#[tokio::test]
async fn reporters_are_told_who_really_hears_when_something_got_worse() {
    let routes = [
        (&[][..], Audience::Independent),
        (&[(IDA, 7)][..], Audience::Readers),
        (&[(IDA, 7), (ANNA, 7), (BEN, 7)][..], Audience::Nobody),
    ];
    for (leave, audience) in routes {
        for stage in stages().await {
            let case = stage.report_as(Tie::Named).await;
            asked(&stage, &case).await;
            stage.meet(leave).await;
            let question = CaseMessage::Check {
                case: case.id.clone(),
                days: 30,
            };
            let wanted = Letter::Check {
                case: case.id.clone(),
                number: case.number,
                after: After::Days30,
                audience,
            };
            assert_eq!(says(&stage, &question, MIA).await, Outgoing::Letter(wanted));
            let noted = answer_back(stage.desk(), &case.id, MIA, After::Days30, CheckAnswer::Worse).await;
            assert_eq!(
                noted.expect("an answer"),
                CheckOutcome::Noted(audience),
                "{}",
                stage.trial.engine
            );
        }
    }
}

#[tokio::test]
async fn who_says_that_something_got_worse_is_heard_outside_the_lines() {
    for stage in stages().await {
        let case = stage.report_as(Tie::Named).await;
        asked(&stage, &case).await;
        stage.told().await;
        let press = async |member| {
            answer_back(stage.desk(), &case.id, member, After::Days30, CheckAnswer::Worse)
                .await
                .expect("an answer")
        };
        assert_eq!(press(ANNA).await, CheckOutcome::NotYours);
        assert_eq!(press(MIA).await, CheckOutcome::Noted(Audience::Independent));
        assert_eq!(press(MIA).await, CheckOutcome::Over);
        assert_eq!(stage.told().await, [], "not at once");
        // The only person it could be opens the case again before that time: the message is sent all the same.
        let mut opened = store::find(stage.desk().core.db.reader(), &case.id)
            .await
            .expect("a query")
            .expect("the case");
        opened.reopen(CaseState::InReview, "2026-12-02".parse().expect("a day"));
        let written = store::update_case(&stage.desk().core.db.writer(), &opened).await;
        written.expect("it is open again");
        stage.step_at("2026-12-02T08:00:00Z").await;
        let told = stage.told().await;
        let called = CaseMessage::Worse { case: case.id.clone() };
        assert!(told.contains(&(IDA.get(), called.clone())), "{told:?}");
        assert!(!told.contains(&(ANNA.get(), called)));
        stage.step_at("2026-12-02T14:00:00Z").await;
        assert_eq!(stage.told().await, []);
        assert_eq!(stage.case_count().await, 1, "no case was opened");
    }
}
