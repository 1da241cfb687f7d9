//! What nobody could be told is not noted as told, and one bad row does not stop the other cases.

use std::collections::BTreeSet;

use entity::concern_notice;
use sea_orm::{ConnectionTrait, EntityTrait};

use super::stage::{ANNA, BEN, IDA, MIA, Stage, stages};
use crate::concerns::{CheckBack, Tie};
use crate::ids::MemberId;
use crate::outbox::CaseMessage;

impl Stage {
    /// Changes rows outside the program.
    pub(super) async fn by_hand(&self, statement: &str) {
        let done = self.trial.db.writer().execute_unprepared(statement).await;
        done.unwrap_or_else(|error| panic!("{statement}: {error}"));
    }

    async fn notices(&self) -> usize {
        let rows = concern_notice::Entity::find().all(self.trial.db.reader()).await;
        rows.expect("a query").len()
    }

    /// Who was told what since the last look: news, or the step of a warning.
    async fn heard(&self) -> BTreeSet<(i64, String)> {
        let said = self.told().await.into_iter();
        said.map(|(member, message)| match message {
            CaseMessage::Warning { step, .. } => (member, step),
            other => (member, format!("{other:?}")),
        })
        .collect()
    }
}

/// The news to everybody, and the first warning, which independent handlers do not get.
fn news_and_half() -> BTreeSet<(i64, String)> {
    let mut expected = all(&[ANNA, BEN, IDA], &["News"]);
    expected.extend(all(&[ANNA, BEN], &["half"]));
    expected
}

fn all(members: &[MemberId], said: &[&str]) -> BTreeSet<(i64, String)> {
    let each = |member: &MemberId| {
        said.iter()
            .map(|said| (member.get(), (*said).to_owned()))
            .collect::<Vec<_>>()
    };
    members.iter().flat_map(each).collect()
}

#[tokio::test]
async fn while_the_keys_are_in_doubt_nothing_is_noted_as_told() {
    for stage in stages().await {
        let named = stage.report_as(Tie::Named).await;
        let draft = stage.draft("mistake").await;
        stage.report(draft).await;
        stage
            .by_hand("UPDATE handler_key SET recipient = recipient || '!'")
            .await;
        stage.step_at("2026-11-05T12:00:00Z").await;
        assert_eq!(stage.heard().await, BTreeSet::new(), "{}", stage.trial.engine);
        assert_eq!(stage.notices().await, 0);
        let digests = stage
            .log()
            .await
            .into_iter()
            .filter(|(kind, ..)| kind == "concerns.digest");
        assert!(digests.count() > 0, "the days are committed to");
        stage
            .change(&named.id, |case| {
                case.acknowledged_at = Some(crate::clock::Millis(0));
                case.state = crate::concerns::CaseState::Resolved;
                case.closed_at = Some(super::stage::at("2026-10-01T08:00:00Z"));
            })
            .await;
        stage.step_at("2026-11-05T15:00:00Z").await;
        assert_eq!(stage.case(&named.id).await.check_30, None);
        let mend = "UPDATE handler_key SET recipient = replace(recipient, '!', '')";
        stage.by_hand(mend).await;
        stage.step_at("2026-11-05T16:00:00Z").await;
        let mut expected = news_and_half();
        let question = CaseMessage::Check {
            case: named.id.clone(),
            days: 30,
        };
        expected.insert((MIA.get(), format!("{question:?}")));
        assert_eq!(stage.heard().await, expected, "{}", stage.trial.engine);
    }
}

#[tokio::test]
async fn what_nobody_may_read_is_told_as_soon_as_somebody_may() {
    for stage in stages().await {
        let draft = stage.draft("mistake").await;
        stage.report(draft).await;
        stage.meet(&[(ANNA, 7), (BEN, 7), (IDA, 7)]).await;
        for instant in ["2026-11-02T14:00:00Z", "2026-11-09T08:00:00Z", "2026-11-20T08:00:00Z"] {
            stage.step_at(instant).await;
        }
        assert_eq!(stage.heard().await, BTreeSet::new(), "{}", stage.trial.engine);
        assert_eq!(stage.notices().await, 0);
        stage.meet(&[(BEN, 8)]).await;
        stage.step_at("2026-11-20T14:00:00Z").await;
        assert_eq!(
            stage.heard().await,
            all(&[BEN], &["News", "over"]),
            "{}",
            stage.trial.engine
        );
        stage.step_again().await;
        stage.step_at("2026-11-21T14:00:00Z").await;
        assert_eq!(stage.heard().await, BTreeSet::new());
    }
}

#[tokio::test]
async fn who_alone_can_ask_is_asked_to_when_they_are_back() {
    for stage in stages().await {
        let case = stage.report_as(Tie::Confidential { confidant: BEN }).await;
        let now = stage.trial.clock.now();
        stage
            .change(&case.id, |case| {
                case.state = crate::concerns::CaseState::Resolved;
                case.closed_at = Some(now);
            })
            .await;
        stage.meet(&[(BEN, 7)]).await;
        stage.step_at("2026-12-03T07:00:00Z").await;
        assert_eq!(stage.case(&case.id).await.check_30, None);
        stage.told().await;
        stage.meet(&[(BEN, 8)]).await;
        stage.step_at("2026-12-04T07:00:00Z").await;
        assert_eq!(stage.case(&case.id).await.check_30, Some(CheckBack::Asked));
        let ask = CaseMessage::Ask {
            case: case.id,
            days: 30,
        };
        assert_eq!(stage.told().await, [(BEN.get(), ask)], "{}", stage.trial.engine);
    }
}

#[tokio::test]
async fn a_row_that_cannot_be_read_stops_no_other_clock() {
    for stage in stages().await {
        let draft = stage.draft("mistake").await;
        let bad = stage.report(draft).await;
        let draft = stage.draft("mistake").await;
        stage.report(draft).await;
        let spoil = format!("UPDATE concern_case SET urgency = 'soon' WHERE id = '{}'", bad.id);
        stage.by_hand(&spoil).await;
        stage.step_at("2026-11-05T12:00:00Z").await;
        assert_eq!(stage.heard().await, news_and_half(), "{}", stage.trial.engine);
        let log = stage.log().await;
        assert!(log.iter().any(|(kind, ..)| kind == "concerns.digest"));
        let mend = format!("UPDATE concern_case SET urgency = 'today' WHERE id = '{}'", bad.id);
        stage.by_hand(&mend).await;
        stage.step_at("2026-11-05T14:00:00Z").await;
        assert_eq!(stage.heard().await, news_and_half(), "nothing is lost");
    }
}
