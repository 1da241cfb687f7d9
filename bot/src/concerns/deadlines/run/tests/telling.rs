use std::collections::BTreeSet;

use super::stage::{ANNA, BEN, IDA, MIA, Stage, at, stages};
use crate::catalogue::Urgency;
use crate::clock::Millis;
use crate::concerns::{Case, CaseState, CheckBack, Letter, Outgoing, Tie, letter};
use crate::ids::{CaseId, MemberId};
use crate::outbox::CaseMessage;

/// The same to all of them.
fn all(members: &[MemberId], message: &CaseMessage) -> Vec<(i64, CaseMessage)> {
    members.iter().map(|member| (member.get(), message.clone())).collect()
}

#[tokio::test]
async fn handlers_hear_twice_a_day_of_what_is_new_and_of_nothing_twice() {
    for stage in stages().await {
        stage.step_at("2026-11-02T08:00:00Z").await;
        assert_eq!(stage.told().await, [], "there is no news");
        stage.trial.clock.set(at("2026-11-02T09:00:00Z"));
        let draft = stage.draft("mistake").await;
        stage.report(draft).await;
        stage.step_at("2026-11-02T13:59:59Z").await;
        assert_eq!(stage.told().await, [], "it is not time yet");
        stage.step_at("2026-11-02T14:00:00Z").await;
        let news = [ANNA, BEN, IDA].map(|member| (member.get(), CaseMessage::News));
        assert_eq!(stage.told().await, news, "{}", stage.trial.engine);
        stage.step_again().await;
        stage.step_at("2026-11-03T08:00:00Z").await;
        assert_eq!(stage.told().await, [], "it was told");
    }
}

#[tokio::test]
async fn only_those_who_may_see_a_case_hear_of_it() {
    for stage in stages().await {
        let mut draft = stage.draft("mistake").await;
        draft.barred = BTreeSet::from([ANNA]);
        stage.report(draft).await;
        stage.step_at("2026-11-02T14:00:00Z").await;
        assert_eq!(stage.told().await, all(&[BEN, IDA], &CaseMessage::News));
        let draft = stage.draft("leader-not-following").await;
        stage.report(draft).await;
        stage.step_at("2026-11-03T08:00:00Z").await;
        assert_eq!(stage.told().await, all(&[IDA], &CaseMessage::News));
    }
}

#[tokio::test]
async fn after_days_of_silence_news_come_once() {
    for stage in stages().await {
        stage.step_at("2026-11-02T08:00:00Z").await;
        let draft = stage.draft("mistake").await;
        stage.report(draft).await;
        stage.step_at("2026-11-04T20:00:00Z").await;
        assert_eq!(stage.told().await.len(), 3);
        stage.step_at("2026-11-05T08:00:00Z").await;
        assert_eq!(stage.told().await, [], "{}", stage.trial.engine);
    }
}

#[tokio::test]
async fn what_cannot_wait_calls_at_once() {
    for stage in stages().await {
        let mut draft = stage.draft("mistake").await;
        draft.urgency = Urgency::Now;
        draft.barred = BTreeSet::from([BEN]);
        stage.report(draft).await;
        assert_eq!(stage.told().await, all(&[ANNA, IDA], &CaseMessage::Now));
    }
}

fn warning(case: &Case, clock: &str, step: &str) -> CaseMessage {
    CaseMessage::Warning {
        case: case.id.clone(),
        clock: clock.to_owned(),
        step: step.to_owned(),
    }
}

#[tokio::test]
async fn a_silent_case_climbs_to_those_outside_the_lines_and_never_to_the_barred() {
    for stage in stages().await {
        let mut draft = stage.draft("mistake").await;
        draft.barred = BTreeSet::from([BEN]);
        let case = stage.report(draft).await;
        stage.change(&case.id, |case| case.handler = Some(ANNA)).await;
        stage.step_at("2026-11-02T14:00:00Z").await;
        stage.told().await;
        let steps = [
            ("2026-11-05T11:00:00Z", "half", vec![ANNA]),
            ("2026-11-08T08:00:00Z", "last-day", vec![ANNA, IDA]),
            ("2026-11-08T23:00:00Z", "over", vec![ANNA, IDA]),
        ];
        for (instant, step, called) in steps {
            stage.step_at(instant).await;
            let expected: Vec<(i64, CaseMessage)> = called
                .iter()
                .map(|member| (member.get(), warning(&case, "first-word", step)))
                .collect();
            assert_eq!(stage.told().await, expected, "{step}");
            stage.step_again().await;
            assert_eq!(stage.told().await, [], "{step} goes out once");
        }
    }
}

#[tokio::test]
async fn after_an_outage_the_newest_warning_of_a_clock_is_enough() {
    for stage in stages().await {
        let draft = stage.draft("mistake").await;
        let case = stage.report(draft).await;
        stage.step_at("2026-11-02T14:00:00Z").await;
        stage.told().await;
        stage.step_at("2026-11-30T07:00:00Z").await;
        let over = warning(&case, "first-word", "over");
        assert_eq!(
            stage.told().await,
            [ANNA, BEN, IDA].map(|member| (member.get(), over.clone()))
        );
    }
}

async fn say(stage: &Stage, message: &CaseMessage, to: MemberId) -> Option<Letter> {
    match letter(stage.desk(), stage.organisation(), message, to)
        .await
        .expect("a query")
    {
        Outgoing::Letter(letter) => Some(letter),
        Outgoing::Nothing => None,
        Outgoing::Later => panic!("nothing is in doubt"),
    }
}

#[tokio::test]
async fn a_promised_word_is_looked_up_again_when_it_is_sent() {
    for stage in stages().await {
        let mut draft = stage.draft("mistake").await;
        draft.barred = BTreeSet::from([BEN]);
        let case = stage.report(draft).await;
        let half = warning(&case, "first-word", "half");
        assert_eq!(
            say(&stage, &half, ANNA).await,
            None,
            "it is not due, as after a reopening"
        );
        stage.trial.clock.set(at("2026-11-05T12:00:00Z"));
        let Some(Letter::Warning(overdue)) = say(&stage, &half, ANNA).await else {
            panic!("there is something to say");
        };
        assert_eq!((overdue.number, overdue.own), (case.number.clone(), true));
        assert_eq!(overdue.due, at("2026-11-08T23:00:00Z"));
        assert_eq!(say(&stage, &half, BEN).await, None, "Ben must know nothing");
        assert_eq!(say(&stage, &half, MIA).await, None, "Mia works on no concerns");
        assert_eq!(say(&stage, &CaseMessage::News, MIA).await, None);
        let now = stage.trial.clock.now();
        stage.change(&case.id, |case| case.acknowledged_at = Some(now)).await;
        assert_eq!(say(&stage, &half, ANNA).await, None, "somebody has written meanwhile");
    }
}

async fn close(stage: &Stage, id: &CaseId) {
    let now = stage.trial.clock.now();
    let close = |case: &mut Case| {
        case.state = CaseState::Resolved;
        case.acknowledged_at = Some(now);
        case.feedback_at = Some(now);
        case.closed_at = Some(now);
    };
    stage.change(id, close).await;
}

#[tokio::test]
async fn each_reporter_is_asked_back_in_the_way_of_their_mode() {
    for stage in stages().await {
        let named = stage.report_as(Tie::Named).await;
        let confidential = stage.report_as(Tie::Confidential { confidant: BEN }).await;
        let draft = stage.draft("mistake").await;
        let anonymous = stage.report(draft).await;
        for case in [&named, &confidential, &anonymous] {
            close(&stage, &case.id).await;
        }
        stage.step_at("2026-12-02T06:59:59Z").await;
        stage.told().await;
        stage.step_at("2026-12-02T07:00:00Z").await;
        let (asked, reminded) = (named.id.clone(), confidential.id.clone());
        let expected = [
            (
                BEN.get(),
                CaseMessage::Ask {
                    case: reminded,
                    days: 30,
                },
            ),
            (MIA.get(), CaseMessage::Check { case: asked, days: 30 }),
        ];
        assert_eq!(stage.told().await, expected, "{}", stage.trial.engine);
        for case in [&named, &confidential, &anonymous] {
            assert_eq!(stage.case(&case.id).await.check_30, Some(CheckBack::Asked));
        }
        stage.step_again().await;
        assert_eq!(stage.told().await, []);
    }
}

#[tokio::test]
async fn after_an_outage_one_question_is_enough() {
    for stage in stages().await {
        let case = stage.report_as(Tie::Named).await;
        close(&stage, &case.id).await;
        stage.step_at("2026-11-02T08:00:00Z").await;
        stage.told().await;
        stage.trial.clock.set(at("2026-11-02T07:00:00Z") + 110 * Millis::DAY);
        stage.deadlines.step().await.expect("a step");
        let asked = stage
            .told()
            .await
            .into_iter()
            .filter(|(member, _)| *member == MIA.get());
        let days = CaseMessage::Check {
            case: case.id,
            days: 90,
        };
        assert_eq!(asked.collect::<Vec<_>>(), [(MIA.get(), days)]);
    }
}
