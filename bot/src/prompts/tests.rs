//! The walk of a prompt on both engines: rules, rows, leaves, promises.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::civil::{DateTime, date, datetime};
use sea_orm::EntityTrait;

use super::*;
use crate::catalogue::{CatalogueSource, Choice};
use crate::civil;
use crate::clock::Millis;
use crate::config::{
    Cadence, Channels, Config, Database, Delivery, Discord, Due, Evidence, LogFormat, Organisation, Person, Role,
    Schedule, Telemetry,
};
use crate::ids::{ChannelId, CycleId, InteractionId, MemberId, MessageId, OrganisationId, RoleId};
use crate::insight;
use crate::people::{self, AbsenceDraft, AbsenceOutcome, Seen};
use crate::settings;
use crate::trial::{self, Trial};

const MANAGER: RoleId = RoleId::from_i64(7);
const ANNA: MemberId = MemberId::from_i64(101);
const BEN: MemberId = MemberId::from_i64(102);

fn at(civil: DateTime) -> Millis {
    civil::instant(civil, &civil::zone("Europe/Berlin").expect("a zone"))
}

/// Monday morning, before the week's slot.
fn monday() -> Millis {
    at(datetime(2026, 11, 2, 8, 0, 0, 0))
}

pub(super) fn trial_schedule() -> Schedule {
    let cadence = |cron: &str, due, late_days| Cadence {
        cron: cron.to_owned(),
        late_days,
        due,
    };
    Schedule {
        weekly: cadence("0 30 9 * * Thu", Due::Weekday(1), 2),
        monthly: cadence("0 30 9 20-31 * Tue", Due::Days(10), 7),
        quarterly: cadence("0 30 9 8-31 3,6,9,12 Tue", Due::Days(21), 14),
        max_prompts_per_person_7d: 2,
        min_gap_between_prompts: 48 * Millis::HOUR,
        max_open_prompts: 2,
        jitter: 20 * Millis::MINUTE,
        first_month_of_year: 1,
    }
}

fn organisation() -> Organisation {
    Organisation {
        id: OrganisationId::from_i64(1),
        name: "Trial".to_owned(),
        zone: "Europe/Berlin".to_owned(),
        language: "en".to_owned(),
        roles: BTreeMap::from([(Role::Manager, BTreeSet::from([MANAGER]))]),
        audiences: BTreeMap::new(),
        packs: vec!["starter".to_owned()],
        channels: Channels::default(),
        delivery: Delivery::DirectMessage,
        people: vec![Person {
            id: BEN,
            zone: Some("America/New_York".to_owned()),
            language: None,
        }],
        other_way: None,
    }
}

fn config() -> Config {
    Config {
        discord: Discord {
            api_url: "http://127.0.0.1:1".parse().expect("a URL"),
            members_intent: true,
            requests_per_second: 50,
            believe_time: crate::config::BelieveTime::Https,
        },
        database: Database {
            url: "sqlite::memory:".to_owned().into(),
        },
        evidence: Evidence::unpublished("trial", "key".into(), "guard".into()),
        telemetry: Telemetry {
            format: LogFormat::Human,
            level: "info".to_owned(),
        },
        catalogue: CatalogueSource::BuiltIn,
        schedule: trial_schedule(),
        concerns: crate::config::Concerns::with_pepper("pepper".into()),
        organisations: vec![organisation()],
    }
}

/// A catalogue with these prompts of the starter pack alone.
fn tick(trial: &Trial, prompts: &[&str]) -> Tick {
    let mut core = trial.core(config());
    let catalogue = Arc::make_mut(&mut core.catalogue);
    catalogue.prompts.retain(|prompt| prompts.contains(&prompt.id.as_str()));
    catalogue.sha256 = prompts.join(",");
    Tick::new(core)
}

const WEEKLY: &str = "lead-visible-step";

async fn managers(tick: &Tick, members: &[MemberId]) {
    let seen = members.iter().map(|member| Seen {
        member: *member,
        discord_roles: vec![MANAGER],
        locale: None,
    });
    people::see_all(
        &tick.core.ledger,
        &tick.core.config.organisations[0],
        seen.collect(),
        people::Arrivals::new(tick.core.chance.clone()).next(),
    )
    .await
    .expect("people are seen");
}

/// Plays until `until` as the scheduler would.
async fn play(tick: &Tick, until: Millis) {
    loop {
        let next = tick.step().await.expect("a tick").expect("a next tick");
        if next > until {
            tick.core.clock.set(until);
            tick.step().await.expect("a tick");
            return;
        }
        tick.core.clock.set(next);
    }
}

async fn record_of(tick: &Tick, member: MemberId) -> Vec<Cycle> {
    let mut record = own_record(tick.core.db.reader(), OrganisationId::from_i64(1), member, 100)
        .await
        .expect("a record");
    record.reverse();
    record
}

async fn deliver(tick: &Tick, id: &CycleId) -> Noted {
    let (id, chance) = (id.clone(), tick.core.chance.clone());
    let delivered = Delivered {
        route: Route::DirectMessage,
        channel: ChannelId::from_i64(5),
        message: MessageId::from_i64(6),
    };
    tick.core
        .ledger
        .write(move |tx| Box::pin(async move { note_delivered(tx, &chance, &id, delivered).await }))
        .await
        .expect("noting")
}

fn answer(cycle: &Cycle, interaction: i64, received: Millis) -> AnswerDraft {
    AnswerDraft {
        cycle: cycle.id.clone(),
        member: cycle.member,
        choice: Choice::NeedHelp,
        detail: Some(Detail::Blocker {
            text: "No time set aside".to_owned(),
        }),
        interaction: InteractionId::from_i64(interaction),
        received,
        on: None,
    }
}

async fn kinds(tick: &Tick) -> BTreeMap<String, usize> {
    let leaves = entity::log_leaf::Entity::find()
        .all(tick.core.db.reader())
        .await
        .expect("leaves");
    leaves.into_iter().fold(BTreeMap::new(), |mut kinds, leaf| {
        *kinds.entry(leaf.kind).or_default() += 1;
        kinds
    })
}

#[tokio::test]
async fn a_manager_is_asked_once_a_week_in_their_own_zone() {
    for trial in trial::databases(monday()).await {
        let tick = tick(&trial, &[WEEKLY]);
        managers(&tick, &[ANNA, BEN]).await;
        play(&tick, at(datetime(2026, 11, 6, 8, 0, 0, 0))).await;
        tick.step().await.expect("a repeated tick");
        let [anna] = &record_of(&tick, ANNA).await[..] else {
            panic!("{}", trial.engine)
        };
        let [ben] = &record_of(&tick, BEN).await[..] else {
            panic!("{}", trial.engine)
        };
        let slot = at(datetime(2026, 11, 5, 9, 30, 0, 0));
        assert!((0..=20 * Millis::MINUTE).contains(&anna.opens_at.since(slot)));
        assert!((0..=20 * Millis::MINUTE).contains(&ben.opens_at.since(slot + 6 * Millis::HOUR)));
        assert_eq!(
            (anna.period.as_str(), anna.ordinal, anna.state),
            ("2026-W45", 1, State::Open)
        );
        assert_eq!(
            (anna.period_start, anna.period_end),
            (date(2026, 11, 2), date(2026, 11, 8))
        );
        assert_eq!(anna.due_at, at(datetime(2026, 11, 9, 17, 0, 0, 0)));
        assert_eq!(anna.closes_at, at(datetime(2026, 11, 12, 0, 0, 0, 0)));
        let promises = entity::outbound_message::Entity::find()
            .all(tick.core.db.reader())
            .await
            .expect("promises");
        assert_eq!(promises.len(), 2);
        assert_eq!(
            promises
                .iter()
                .filter(|promise| promise.next_at == anna.opens_at.0)
                .count(),
            1
        );
        assert_eq!(kinds(&tick).await.get("cycle.opened"), Some(&2));
    }
}

#[tokio::test]
async fn the_dry_run_agrees_with_what_happens() {
    for trial in trial::databases(monday()).await {
        let mut usual = config();
        "0 30 9 20-31 * Tue,Wed,Thu".clone_into(&mut usual.schedule.monthly.cron);
        "0 30 9 8-31 Mar,Jun,Sep,Dec Tue,Wed,Thu".clone_into(&mut usual.schedule.quarterly.cron);
        let tick = Tick::new(trial.core(usual));
        managers(&tick, &[ANNA]).await;
        tick.step().await.expect("a tick");
        let organisation = &tick.core.config.organisations[0];
        let what = (&*tick.core.config, &*tick.core.catalogue);
        let ahead = forecast(tick.core.db.reader(), what, organisation, monday(), 13)
            .await
            .expect("a forecast");
        for day in 0..13 * 7 {
            play(&tick, monday() + day * Millis::DAY).await;
            for cycle in pending(tick.core.db.reader(), organisation.id, ANNA, tick.core.clock.now())
                .await
                .expect("pending")
            {
                let draft = answer(&cycle, 1_000 + day, tick.core.clock.now());
                record_answer(&tick.core, draft).await.expect("recording");
            }
        }
        play(&tick, monday() + 13 * 7 * Millis::DAY).await;
        let planned: BTreeSet<(String, String, i64, bool)> = ahead
            .into_iter()
            .map(|planned| {
                let asked = planned.fate == plan::Fate::Open;
                (planned.prompt, planned.period.key, planned.opens_at.0, asked)
            })
            .collect();
        let happened: BTreeSet<(String, String, i64, bool)> = record_of(&tick, ANNA)
            .await
            .into_iter()
            .map(|cycle| {
                let asked = cycle.state != State::Cancelled;
                (cycle.prompt, cycle.period, cycle.opens_at.0, asked)
            })
            .collect();
        assert_eq!(planned, happened, "{}", trial.engine);
        assert!(planned.iter().any(|(.., asked)| !asked), "some find no free slot");
    }
}

#[tokio::test]
async fn an_answer_on_the_question_shows_that_it_was_delivered() {
    for trial in trial::databases(monday()).await {
        let tick = tick(&trial, &[WEEKLY]);
        managers(&tick, &[ANNA]).await;
        play(&tick, at(datetime(2026, 11, 6, 8, 0, 0, 0))).await;
        let cycle = record_of(&tick, ANNA).await.remove(0);
        let now = tick.core.clock.now();
        let on = Some(Delivered {
            route: Route::DirectMessage,
            channel: ChannelId::from_i64(5),
            message: MessageId::from_i64(6),
        });
        let draft = AnswerDraft {
            on,
            ..answer(&cycle, 1, now)
        };
        record_answer(&tick.core, draft).await.expect("it is recorded");
        let cycle = record_of(&tick, ANNA).await.remove(0);
        assert_eq!(cycle.delivered_at, Some(now), "{}", trial.engine);
        assert_eq!(kinds(&tick).await["cycle.delivered"], 1);
        assert_eq!(deliver(&tick, &cycle.id).await, Noted::NothingToNote);
    }
}

#[tokio::test]
async fn the_first_valid_answer_counts_and_repeating_is_harmless() {
    for trial in trial::databases(monday()).await {
        let tick = tick(&trial, &[WEEKLY]);
        managers(&tick, &[ANNA]).await;
        play(&tick, at(datetime(2026, 11, 6, 8, 0, 0, 0))).await;
        let cycle = record_of(&tick, ANNA).await.remove(0);
        assert_eq!(deliver(&tick, &cycle.id).await, Noted::Noted);
        assert_eq!(deliver(&tick, &cycle.id).await, Noted::NothingToNote);
        let now = tick.core.clock.now();
        let missing = AnswerDraft {
            detail: None,
            ..answer(&cycle, 1, now)
        };
        assert_eq!(
            record_answer(&tick.core, missing).await.expect("an outcome"),
            RecordOutcome::NeedsDetail
        );
        let foreign = AnswerDraft {
            member: BEN,
            ..answer(&cycle, 1, now)
        };
        assert_eq!(
            record_answer(&tick.core, foreign).await.expect("an outcome"),
            RecordOutcome::NotYours
        );
        let long = AnswerDraft {
            detail: Some(Detail::Blocker {
                text: "x".repeat(4_001),
            }),
            ..answer(&cycle, 1, now)
        };
        let too_long = RecordOutcome::TooLong {
            found: 4_001,
            allowed: 4_000,
        };
        assert_eq!(record_answer(&tick.core, long).await.expect("an outcome"), too_long);
        let (one, two) = tokio::join!(
            record_answer(&tick.core, answer(&cycle, 1, now)),
            record_answer(&tick.core, answer(&cycle, 2, now))
        );
        let (RecordOutcome::Recorded(one), RecordOutcome::AlreadyAnswered(two)) =
            (one.expect("one"), two.expect("two"))
        else {
            panic!("one of two wins")
        };
        assert_eq!(one, two);
        let again = record_answer(&tick.core, answer(&cycle, 1, now + 5))
            .await
            .expect("an outcome");
        assert_eq!(again, RecordOutcome::Recorded(one));
        let answered = cycle_now(&tick, &cycle).await;
        assert_eq!(
            (answered.state, answered.choice),
            (State::Answered, Some(Choice::NeedHelp))
        );
        assert_eq!(kinds(&tick).await.get("cycle.answered"), Some(&1));
    }
}

async fn cycle_now(tick: &Tick, old: &Cycle) -> Cycle {
    cycle(tick.core.db.reader(), &old.id)
        .await
        .expect("a query")
        .expect("a cycle")
}

#[tokio::test]
async fn late_is_kept_and_after_closing_is_a_note() {
    for trial in trial::databases(monday()).await {
        let tick = tick(&trial, &[WEEKLY]);
        managers(&tick, &[ANNA, BEN]).await;
        play(&tick, at(datetime(2026, 11, 6, 8, 0, 0, 0))).await;
        let anna = record_of(&tick, ANNA).await.remove(0);
        let ben = record_of(&tick, BEN).await.remove(0);
        deliver(&tick, &anna.id).await;
        deliver(&tick, &ben.id).await;
        play(&tick, anna.due_at + 1).await;
        let late = record_answer(&tick.core, answer(&anna, 1, anna.due_at + 1))
            .await
            .expect("an outcome");
        assert!(matches!(late, RecordOutcome::RecordedLate(_)), "{late:?}");
        note_draft(&tick.core, ben.id.clone(), BEN, Choice::Done, ben.due_at)
            .await
            .expect("a draft");
        play(&tick, ben.closes_at).await;
        let missed = cycle_now(&tick, &ben).await;
        assert_eq!((missed.state, missed.reason.as_deref()), (State::Missed, Some("draft")));
        for interaction in [5, 6, 5] {
            let noted = record_answer(&tick.core, answer(&ben, interaction, ben.closes_at))
                .await
                .expect("an outcome");
            assert!(matches!(noted, RecordOutcome::NotedAfterClosing(_)), "{noted:?}");
        }
        assert_eq!(cycle_now(&tick, &ben).await.state, State::Missed);
        assert_eq!(kinds(&tick).await.get("answer.noted"), Some(&2));
    }
}

#[tokio::test]
async fn leave_excuses_and_a_question_that_never_arrived_is_undelivered() {
    for trial in trial::databases(monday()).await {
        let tick = tick(&trial, &[WEEKLY]);
        managers(&tick, &[ANNA, BEN]).await;
        let draft = AbsenceDraft {
            member: ANNA,
            from: date(2026, 11, 5),
            to: date(2026, 11, 6),
            entered_by: ANNA,
            owner: false,
        };
        let organisation = &tick.core.config.organisations[0];
        let enter = |draft| people::enter_absence(&tick.core.ledger, &tick.core.chance, organisation, draft);
        let entered = enter(draft.clone()).await.expect("an outcome");
        assert!(matches!(entered, AbsenceOutcome::Entered(_)), "{entered:?}");
        let again = enter(draft.clone()).await.expect("an outcome");
        assert!(matches!(again, AbsenceOutcome::Overlaps { .. }), "{again:?}");
        let past = enter(AbsenceDraft {
            from: date(2026, 11, 1),
            ..draft
        })
        .await
        .expect("an outcome");
        assert!(matches!(past, AbsenceOutcome::InThePast { .. }), "{past:?}");
        play(&tick, at(datetime(2026, 11, 12, 7, 0, 0, 0))).await;
        let anna = record_of(&tick, ANNA).await.remove(0);
        let ben = record_of(&tick, BEN).await.remove(0);
        assert_eq!((anna.state, anna.reason.as_deref()), (State::Excused, Some("absence")));
        assert_eq!(ben.state, State::Undelivered);
        let promises = entity::outbound_message::Entity::find()
            .all(tick.core.db.reader())
            .await
            .expect("promises");
        assert_eq!(
            promises.iter().map(|promise| promise.member).collect::<Vec<_>>(),
            [Some(BEN.get())]
        );
        let reports = insight::streaks(tick.core.db.reader(), organisation, None, tick.core.clock.now())
            .await
            .expect("streaks")
            .people;
        assert_eq!(reports.len(), 2);
        assert!(
            reports
                .iter()
                .all(|report| report.expected == 0 && !report.started && report.holds == 1)
        );
    }
}

#[tokio::test]
async fn a_role_that_ends_cancels_and_comes_back_with_the_next_ordinal() {
    for trial in trial::databases(monday()).await {
        let tick = tick(&trial, &[WEEKLY]);
        managers(&tick, &[ANNA]).await;
        play(&tick, at(datetime(2026, 11, 6, 8, 0, 0, 0))).await;
        managers(&tick, &[]).await;
        play(&tick, at(datetime(2026, 11, 6, 9, 0, 0, 0))).await;
        let ended = record_of(&tick, ANNA).await.remove(0);
        assert_eq!(
            (ended.state, ended.reason.as_deref()),
            (State::Cancelled, Some("assignment-ended"))
        );
        let refused = record_answer(&tick.core, answer(&ended, 1, tick.core.clock.now()))
            .await
            .expect("an outcome");
        assert_eq!(refused, RecordOutcome::CycleCancelled);
        managers(&tick, &[ANNA]).await;
        play(&tick, at(datetime(2026, 11, 13, 8, 0, 0, 0))).await;
        let record = record_of(&tick, ANNA).await;
        assert_eq!(
            record.iter().map(|cycle| cycle.ordinal).collect::<Vec<_>>(),
            [1, 2],
            "{}",
            trial.engine
        );
    }
}

#[tokio::test]
async fn a_role_that_ends_before_due_cancels_what_was_answered_but_not_what_was_due() {
    for trial in trial::databases(monday()).await {
        let tick = tick(&trial, &[WEEKLY]);
        managers(&tick, &[ANNA, BEN]).await;
        play(&tick, at(datetime(2026, 11, 6, 8, 0, 0, 0))).await;
        let anna = record_of(&tick, ANNA).await.remove(0);
        let ben = record_of(&tick, BEN).await.remove(0);
        assert!(anna.due_at < ben.due_at, "Berlin comes before New York");
        for (cycle, interaction) in [(&anna, 1), (&ben, 2)] {
            record_answer(&tick.core, answer(cycle, interaction, tick.core.clock.now()))
                .await
                .expect("recording");
        }
        play(&tick, anna.due_at).await;
        managers(&tick, &[]).await;
        tick.step().await.expect("a tick");
        assert_eq!(cycle_now(&tick, &anna).await.state, State::Answered, "{}", trial.engine);
        let cancelled = cycle_now(&tick, &ben).await;
        assert_eq!(
            (cancelled.state, cancelled.reason.as_deref()),
            (State::Cancelled, Some("assignment-ended"))
        );
    }
}

#[tokio::test]
async fn a_withdrawn_prompt_cancels_also_what_was_answered() {
    for trial in trial::databases(monday()).await {
        let before = tick(&trial, &[WEEKLY]);
        managers(&before, &[ANNA]).await;
        play(&before, at(datetime(2026, 11, 6, 8, 0, 0, 0))).await;
        let cycle = record_of(&before, ANNA).await.remove(0);
        record_answer(&before.core, answer(&cycle, 1, before.core.clock.now()))
            .await
            .expect("recording");
        let after = tick(&trial, &[]);
        after.step().await.expect("a tick");
        let cancelled = cycle_now(&after, &cycle).await;
        assert_eq!(
            (cancelled.state, cancelled.reason.as_deref()),
            (State::Cancelled, Some("withdrawn"))
        );
        assert!(cancelled.choice.is_some());
    }
}

#[tokio::test]
async fn three_weeks_asleep_ask_the_newest_and_excuse_the_rest() {
    for trial in trial::databases(monday()).await {
        let tick = tick(&trial, &[WEEKLY]);
        managers(&tick, &[ANNA]).await;
        play(&tick, at(datetime(2026, 11, 6, 8, 0, 0, 0))).await;
        tick.core.clock.set(at(datetime(2026, 11, 27, 10, 0, 0, 0)));
        tick.step().await.expect("a tick");
        tick.step().await.expect("a repeated tick");
        let record = record_of(&tick, ANNA).await;
        let states: Vec<(&str, State, Option<&str>)> = record
            .iter()
            .map(|cycle| (cycle.period.as_str(), cycle.state, cycle.reason.as_deref()))
            .collect();
        let expected = [
            ("2026-W45", State::Excused, Some("outage")),
            ("2026-W46", State::Excused, Some("outage")),
            ("2026-W47", State::Excused, Some("outage")),
            ("2026-W48", State::Open, None),
        ];
        assert_eq!(states, expected, "{}", trial.engine);
        let newest = record.last().expect("a cycle");
        let slot = at(datetime(2026, 11, 26, 9, 30, 0, 0));
        assert!(
            (0..=20 * Millis::MINUTE).contains(&newest.opens_at.since(slot)),
            "the planned opening is kept"
        );
        assert_eq!(kinds(&tick).await.get("outage.ended"), Some(&1));
    }
}

#[tokio::test]
async fn a_long_weekend_without_the_bot_moves_what_was_open() {
    for trial in trial::databases(monday()).await {
        let tick = tick(&trial, &[WEEKLY]);
        managers(&tick, &[ANNA]).await;
        play(&tick, at(datetime(2026, 11, 6, 8, 0, 0, 0))).await;
        let before = record_of(&tick, ANNA).await.remove(0);
        let away = 54 * Millis::HOUR;
        tick.core.clock.set(tick.core.clock.now() + away);
        tick.step().await.expect("a tick");
        tick.step().await.expect("a repeated tick");
        let after = cycle_now(&tick, &before).await;
        assert_eq!(
            (after.due_at, after.closes_at),
            (before.due_at + away, before.closes_at + away)
        );
        assert_eq!(kinds(&tick).await.get("cycle.extended"), Some(&1));
    }
}

#[tokio::test]
async fn a_clock_set_back_asks_nothing_twice() {
    for trial in trial::databases(monday()).await {
        let tick = tick(&trial, &[WEEKLY]);
        managers(&tick, &[ANNA]).await;
        play(&tick, at(datetime(2026, 11, 6, 8, 0, 0, 0))).await;
        tick.core.clock.set(at(datetime(2026, 11, 4, 8, 0, 0, 0)));
        play(&tick, at(datetime(2026, 11, 6, 8, 0, 0, 0))).await;
        assert_eq!(record_of(&tick, ANNA).await.len(), 1, "{}", trial.engine);
    }
}

#[tokio::test]
async fn who_joins_after_the_slot_is_asked_while_enough_time_remains() {
    for trial in trial::databases(at(datetime(2026, 11, 5, 15, 0, 0, 0))).await {
        let tick = tick(&trial, &[WEEKLY]);
        managers(&tick, &[ANNA]).await;
        tick.step().await.expect("a tick");
        play(&tick, at(datetime(2026, 11, 7, 15, 0, 0, 0))).await;
        managers(&tick, &[ANNA, MemberId::from_i64(103)]).await;
        tick.step().await.expect("a tick");
        let [anna] = &record_of(&tick, ANNA).await[..] else {
            panic!("{}", trial.engine)
        };
        assert_eq!(anna.due_at.since(anna.opens_at) / Millis::HOUR, 98);
        assert!(
            record_of(&tick, MemberId::from_i64(103)).await.is_empty(),
            "{}",
            trial.engine
        );
    }
}

#[tokio::test]
async fn week_53_is_followed_by_week_1() {
    for trial in trial::databases(at(datetime(2026, 12, 28, 8, 0, 0, 0))).await {
        let tick = tick(&trial, &[WEEKLY]);
        managers(&tick, &[ANNA]).await;
        play(&tick, at(datetime(2027, 1, 8, 8, 0, 0, 0))).await;
        let periods: Vec<String> = record_of(&tick, ANNA)
            .await
            .into_iter()
            .map(|cycle| cycle.period)
            .collect();
        assert_eq!(periods, ["2026-W53", "2027-W01"], "{}", trial.engine);
    }
}

#[tokio::test]
async fn people_who_change_are_noticed_whatever_the_clock_did() {
    for trial in trial::databases(monday()).await {
        let tick = tick(&trial, &[WEEKLY]);
        managers(&tick, &[ANNA, BEN]).await;
        tick.step().await.expect("a tick");
        tick.core.clock.set(monday() - Millis::HOUR);
        managers(&tick, &[ANNA]).await;
        tick.step().await.expect("a tick");
        let running = store::assignments(tick.core.db.reader(), OrganisationId::from_i64(1))
            .await
            .expect("assignments");
        let of: Vec<i64> = running
            .iter()
            .filter(|row| row.ended_at.is_none())
            .map(|row| row.member)
            .collect();
        assert_eq!(of, [ANNA.get()], "{}", trial.engine);
    }
}

#[tokio::test]
async fn a_step_with_nothing_to_do_is_written_down_once_a_minute() {
    for trial in trial::databases(monday()).await {
        let tick = tick(&trial, &[WEEKLY]);
        managers(&tick, &[ANNA]).await;
        let next = tick.step().await.expect("a tick");
        assert_eq!(next, Some(monday() + HEARTBEAT), "{}", trial.engine);
        let mut remembered = BTreeSet::new();
        for second in 0..120 {
            tick.core.clock.set(monday() + second * Millis::SECOND);
            tick.step().await.expect("a tick");
            let tick = settings::read(tick.core.db.reader(), "scheduler.tick").await;
            remembered.insert(tick.expect("a setting"));
        }
        assert_eq!(remembered.len(), 2, "{}", trial.engine);
    }
}

#[tokio::test]
async fn a_report_shows_the_first_people_whole_and_counts_the_others() {
    for trial in trial::databases(monday()).await {
        let tick = tick(&trial, &[WEEKLY]);
        let many: Vec<MemberId> = (1..=205).map(MemberId::from_i64).collect();
        managers(&tick, &many).await;
        tick.step().await.expect("a tick");
        play(&tick, at(datetime(2026, 11, 10, 8, 0, 0, 0))).await;
        let organisation = &tick.core.config.organisations[0];
        let report = async |member| {
            insight::streaks(tick.core.db.reader(), organisation, member, tick.core.clock.now())
                .await
                .expect("streaks")
        };
        let all = report(None).await;
        assert_eq!((all.people.len(), all.more), (200, 5), "{}", trial.engine);
        assert!(all.people.is_sorted_by_key(|person| person.member));
        let first = record_of(&tick, many[0]).await.remove(0);
        assert_eq!(all.from, Some(first.due_at));
        for member in [many[0], many[120], many[199]] {
            let one = report(Some(member)).await;
            let same = all.people.iter().find(|person| person.member == member);
            assert_eq!(one.people.first(), same, "{}", trial.engine);
            assert_eq!((one.more, one.from), (0, all.from));
        }
        let nobody = report(Some(MemberId::from_i64(999))).await;
        assert_eq!((nobody.people.len(), nobody.from), (0, None));
    }
}

/// Not a test: prints what steps cost with many members.
#[tokio::test]
#[ignore = "a measurement"]
async fn measure_steps_with_ten_thousand_managers() {
    for trial in trial::databases(monday()).await {
        let tick = tick(&trial, &[WEEKLY]);
        let many: Vec<MemberId> = (1..=10_000).map(MemberId::from_i64).collect();
        let measure = async |what: &str| {
            #[expect(clippy::disallowed_methods, reason = "real time is what is measured")]
            let begun = std::time::Instant::now();
            let next = tick.step().await.expect("a tick").expect("a next tick");
            println!("{}: {what}: {:?}", trial.engine, begun.elapsed());
            next
        };
        managers(&tick, &many).await;
        measure("first step, everybody is new").await;
        for _ in 0..3 {
            tick.core.clock.set(tick.core.clock.now() + Millis::MINUTE);
            measure("nothing to do").await;
        }
        managers(&tick, &many[1..]).await;
        measure("one person has left").await;
        tick.core.clock.set(at(datetime(2026, 11, 5, 9, 30, 0, 0)));
        measure("everybody is asked").await;
        tick.core.clock.set(tick.core.clock.now() + Millis::MINUTE);
        measure("nothing to do").await;
    }
}
