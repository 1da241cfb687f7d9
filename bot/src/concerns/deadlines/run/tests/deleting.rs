use std::collections::BTreeSet;

use entity::{concern_case, concern_entry, concern_event, concern_named, concern_notice};
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};

use super::stage::{ANNA, BEN, IDA, OLAF, Stage, at, stages};
use crate::catalogue::Urgency;
use crate::clock::Millis;
use crate::concerns::deadlines::run::Deadlines;
use crate::concerns::figures::{Figures, Received};
use crate::concerns::{
    Case, CaseState, DrillDraft, DrillOutcome, FiguresOutcome, Handler, Letter, Outgoing, Secret, Tie, declare, letter,
    store, tell_figures,
};
use crate::config::Role;
use crate::ids::MemberId;
use crate::outbox::CaseMessage;

async fn close(stage: &Stage, case: &Case) {
    let now = stage.trial.clock.now();
    let close = |case: &mut Case| {
        case.state = CaseState::Resolved;
        case.closed_at = Some(now);
    };
    stage.change(&case.id, close).await;
}

fn asker(stage: &Stage, member: MemberId, role: Role) -> Handler {
    Handler {
        organisation: stage.organisation().clone(),
        member,
        roles: BTreeSet::from([role]),
    }
}

async fn figures(stage: &Stage, member: MemberId, role: Role) -> Figures {
    let told = tell_figures(stage.desk(), &asker(stage, member, role)).await;
    match told.expect("figures") {
        FiguresOutcome::Shown(figures) => figures,
        FiguresOutcome::NotForYou => panic!("they are for {member}"),
    }
}

#[tokio::test]
async fn a_case_is_deleted_when_its_time_is_over_and_only_counts_stay() {
    for stage in stages().await {
        let mut cases = Vec::new();
        for _ in 0..3 {
            cases.push(stage.report_as(Tie::Named).await);
        }
        let open = stage.report_as(Tie::Named).await;
        for case in &cases {
            close(&stage, case).await;
        }
        stage.step_at("2027-02-01T08:00:00Z").await;
        let before = figures(&stage, OLAF, Role::Owner).await;
        assert_eq!(before.quarters[0].received, Received::Total(4));
        stage.step_at("2027-03-02T06:00:00Z").await;
        assert_eq!(stage.case_count().await, 4, "four months are not over");
        stage.step_at("2027-03-03T03:00:00Z").await;
        assert_eq!(stage.case_count().await, 1, "{}", stage.trial.engine);

        let reader = stage.trial.db.reader();
        let case = |id: Option<String>| id.is_none_or(|id| id == open.id.as_str());
        let entries = concern_entry::Entity::find().all(reader).await.expect("a query");
        assert!(entries.into_iter().all(|row| case(Some(row.case_id))));
        let events = concern_event::Entity::find().all(reader).await.expect("a query");
        assert!(events.into_iter().all(|row| case(row.case_id)));
        let notices = concern_notice::Entity::find().all(reader).await.expect("a query");
        assert!(notices.into_iter().all(|row| case(Some(row.case_id))));
        let named = concern_named::Entity::find().all(reader).await.expect("a query");
        assert!(named.into_iter().all(|row| case(Some(row.case_id))));
        let told = stage.told().await;
        let mut about = told.iter().filter_map(|(_, message)| message.case());
        assert!(about.all(|id| *id == open.id), "no message names what is gone");
        let kept = crate::concerns::upkeep::retain::kept(reader, stage.organisation().id)
            .await
            .expect("counts");
        assert_eq!(kept["2026-Q4"].received.values().sum::<u32>(), 3);
    }
}

#[tokio::test]
async fn what_a_backup_brings_back_is_deleted_again() {
    for stage in stages().await {
        let case = stage.report_as(Tie::Named).await;
        close(&stage, &case).await;
        let reader = stage.trial.db.reader();
        let row = concern_case::Entity::find_by_id(case.id.as_str()).one(reader).await;
        let row = row.expect("a query").expect("a row");
        stage.step_at("2027-03-03T03:00:00Z").await;
        assert_eq!(stage.case_count().await, 0);
        let back = row.into_active_model().reset_all();
        concern_case::Entity::insert(back)
            .exec_without_returning(reader)
            .await
            .expect("it comes back");
        let other = stage.report_as(Tie::Named).await;
        Deadlines::new(stage.desk().clone())
            .delete_again()
            .await
            .expect("it is deleted again");
        assert!(
            store::find(reader, &case.id).await.expect("a query").is_none(),
            "{}",
            stage.trial.engine
        );
        assert!(store::find(reader, &other.id).await.expect("a query").is_some());
    }
}

#[tokio::test]
async fn figures_of_a_handler_tell_nothing_of_a_case_that_is_kept_from_them() {
    for (plain, other) in stages().await.into_iter().zip(stages().await) {
        for stage in [&plain, &other] {
            for _ in 0..4 {
                let draft = stage.draft("mistake").await;
                stage.report(draft).await;
            }
        }
        let mut draft = other.draft("mistake").await;
        draft.barred = BTreeSet::from([BEN]);
        other.report(draft).await;
        let draft = other.draft("about-the-channel").await;
        other.report(draft).await;
        let later = at("2027-01-05T08:00:00Z");
        plain.trial.clock.set(later);
        other.trial.clock.set(later);
        let of = async |stage: &Stage, member, role| figures(stage, member, role).await;
        assert_eq!(
            of(&plain, BEN, Role::Handler).await,
            of(&other, BEN, Role::Handler).await
        );
        assert_ne!(
            of(&plain, ANNA, Role::Handler).await,
            of(&other, ANNA, Role::Handler).await
        );
        let all = of(&other, OLAF, Role::Owner).await;
        assert_eq!(all.quarters[0].received, Received::Total(6));
        let stranger = tell_figures(other.desk(), &asker(&other, OLAF, Role::Manager)).await;
        assert_eq!(stranger.expect("an answer"), FiguresOutcome::NotForYou);
    }
}

fn exercise() -> DrillDraft {
    DrillDraft {
        category: "mistake".to_owned(),
        urgency: Urgency::Today,
        text: Secret::new("I have sent a list to the wrong person.".to_owned()),
    }
}

#[tokio::test]
async fn a_drill_is_an_ordinary_case_until_the_first_word_and_counts_apart() {
    for stage in stages().await {
        let declare = async |member, role| {
            declare(stage.desk(), &asker(&stage, member, role), exercise())
                .await
                .expect("an answer")
        };
        assert!(matches!(declare(ANNA, Role::Handler).await, DrillOutcome::NotForYou));
        let DrillOutcome::Begun(filed) = declare(OLAF, Role::Owner).await else {
            panic!("it begins");
        };
        stage.step_at("2026-11-02T08:00:00Z").await;
        assert_eq!(stage.told().await.len(), 3, "news as of any case");
        let reader = stage.trial.db.reader();
        let found = store::find_by_number(reader, stage.organisation().id, &filed.number).await;
        let case = found.expect("a query").expect("a case");
        stage.trial.clock.set(at("2026-11-02T12:10:00Z"));
        let now = stage.trial.clock.now();
        stage.change(&case.id, |case| case.acknowledged_at = Some(now)).await;
        stage.step_again().await;
        let over = CaseMessage::DrillOver { case: case.id.clone() };
        assert_eq!(
            stage.told().await,
            [ANNA, BEN, IDA].map(|member| (member.get(), over.clone()))
        );
        assert!(stage.case(&case.id).await.state.is_closed());
        let said = letter(stage.desk(), stage.organisation(), &over, ANNA)
            .await
            .expect("a query");
        let took = 5 * Millis::HOUR + 10 * Millis::MINUTE;
        assert_eq!(
            said,
            Outgoing::Letter(Letter::DrillOver {
                number: case.number,
                took
            })
        );
        stage.step_at("2027-01-05T08:00:00Z").await;
        let shown = figures(&stage, OLAF, Role::Owner).await;
        assert_eq!(shown.quarters[0].received, Received::Few);
        assert_eq!(
            (shown.quarters[0].drills, shown.quarters[0].drill_median),
            (1, Some(took))
        );
    }
}
