use std::collections::{BTreeMap, BTreeSet};

use entity::{concern_case, concern_digest, concern_entry, concern_event};
use sea_orm::EntityTrait;
use sha2::{Digest, Sha256};

use super::stage::{ANNA, Stage, at, stages};
use crate::clock::Millis;
use crate::concerns::raising::proof::prove_case;
use crate::concerns::{Case, CaseState, ProofOutcome, Tie};
use crate::evidence::policy::Policy;
use crate::evidence::receipt::{self, Checked};

const DIGEST: &str = "concerns.digest";

#[tokio::test]
async fn every_day_is_committed_to_at_four_also_when_nothing_happened() {
    for stage in stages().await {
        for instant in ["2026-11-02T08:00:00Z", "2026-11-03T02:59:59Z", "2026-11-03T03:00:00Z"] {
            stage.step_at(instant).await;
            stage.step_again().await;
        }
        // Four days of silence.
        stage.step_at("2026-11-07T10:00:00Z").await;
        let log = stage.log().await;
        let digests: Vec<&str> = log
            .iter()
            .filter(|(kind, ..)| kind == DIGEST)
            .map(|(_, at, _)| at.as_str())
            .collect();
        let late = "2026-11-07T10:00:00.000Z";
        let expected = [
            "2026-11-02T08:00:00.000Z",
            "2026-11-03T03:00:00.000Z",
            late,
            late,
            late,
            late,
        ];
        assert_eq!(digests, expected, "{}", stage.trial.engine);
        let days = concern_digest::Entity::find()
            .all(stage.trial.db.reader())
            .await
            .expect("a query");
        let days: BTreeMap<String, usize> = days.into_iter().map(|row| (row.on_day, row.hashes.len())).collect();
        assert_eq!(days.keys().next().map(String::as_str), Some("2026-11-01"));
        assert_eq!(days.len(), 6);
        assert!(days.values().all(|length| *length == 8 * 32), "{days:?}");
    }
}

/// Three days in the life of the channel; with a concern in them or not.
async fn three_days(stage: &Stage, busy: bool) -> Vec<(String, String, usize)> {
    let mut now = at("2026-11-02T07:30:00Z");
    let end = at("2026-11-05T07:30:00Z");
    let mut seen = 0;
    while now < end {
        stage.trial.clock.set(now);
        if busy && [11, 31, 32].contains(&seen) {
            let draft = stage.draft("mistake").await;
            stage.report(draft).await;
            stage.report_as(Tie::Named).await;
        }
        stage.deadlines.step().await.expect("a step");
        now = now + Millis::HOUR;
        seen += 1;
    }
    stage.log().await
}

#[tokio::test]
async fn the_log_looks_the_same_on_a_day_with_concerns_as_on_one_without() {
    for (quiet, busy) in stages().await.into_iter().zip(stages().await) {
        let [quiet_log, busy_log] = [three_days(&quiet, false).await, three_days(&busy, true).await];
        assert_eq!(quiet_log, busy_log, "{}", quiet.trial.engine);
        assert_eq!(busy.case_count().await, 6);
    }
}

#[tokio::test]
async fn rewritten_rows_stay_what_they_are() {
    for stage in stages().await {
        for _ in 0..5 {
            stage.report_as(Tie::Confidential { confidant: ANNA }).await;
        }
        let rows = async || {
            let reader = stage.trial.db.reader();
            let cases = concern_case::Entity::find().all(reader).await.expect("a query");
            let entries = concern_entry::Entity::find().all(reader).await.expect("a query");
            let events = concern_event::Entity::find().all(reader).await.expect("a query");
            let mut all: Vec<String> = cases.iter().map(|row| format!("{row:?}")).collect();
            all.extend(entries.iter().map(|row| format!("{row:?}")));
            all.extend(events.iter().map(|row| format!("{row:?}")));
            let places: Vec<String> = cases.into_iter().map(|row| row.id).collect();
            (all.into_iter().collect::<BTreeSet<_>>(), places)
        };
        let (before, arrived) = rows().await;
        stage.step_at("2026-11-03T03:00:00Z").await;
        let (after, written) = rows().await;
        assert_eq!(before, after, "{}", stage.trial.engine);
        if stage.trial.engine == "postgres" {
            assert_ne!(arrived, written, "they lie in another order");
        }
    }
}

/// The contents of files, by what their names end in.
type Files = BTreeMap<String, Vec<u8>>;

async fn proof(stage: &Stage, case: &Case) -> Files {
    let ProofOutcome::Files(files) = prove_case(stage.desk(), case).await.expect("a proof") else {
        panic!("the day is committed to");
    };
    let ending = |name: &str| name.rsplit('.').next().unwrap_or_default().to_owned();
    files
        .into_iter()
        .map(|(name, content)| (ending(&name), content))
        .collect()
}

fn check(stage: &Stage, files: &Files) -> Result<(Checked, String), String> {
    let policy = Policy::parse(Policy::text_of(&stage.trial.vkey).as_bytes()).expect("a policy");
    let text = |ending: &str| String::from_utf8(files[ending].clone()).expect("text");
    let checked = receipt::check(&files["leaf"], &text("tlog-proof"), &text("sd"), &policy);
    let checked = checked.map_err(|error| error.to_string())?;
    let event = receipt::check_event(&checked, &text("event")).map_err(|error| error.to_string())?;
    Ok((checked, event.event))
}

#[tokio::test]
async fn a_reporter_can_prove_the_report_and_nothing_that_was_changed() {
    for stage in stages().await {
        let draft = stage.draft("mistake").await;
        let case = stage.report(draft).await;
        let not_yet = prove_case(stage.desk(), &case).await.expect("an answer");
        let from = at("2026-11-03T03:00:00Z");
        assert!(not_yet == ProofOutcome::NotYet { from });
        stage.step_at("2026-11-03T03:00:00Z").await;
        let files = proof(&stage, &case).await;
        let (checked, event) = check(&stage, &files).expect("it holds");
        assert_eq!(checked.kind, DIGEST);
        assert!(checked.fields.contains(&("day".to_owned(), "2026-11-02".to_owned())));
        let event: serde_json::Value = serde_json::from_str(&event).expect("JSON");
        assert_eq!(event["case"], case.number.as_str());
        assert_eq!(
            (&event["kind"], &event["day"]),
            (&"received".into(), &"2026-11-02".into())
        );
        let sealed = hex::encode(Sha256::digest(&files["age"]));
        assert_eq!(event["about"], sealed.as_str(), "it is about the sealed report");
        assert!(
            event.get("by").is_none() && event.get("at").is_none(),
            "no author and no instant"
        );

        let text = String::from_utf8(files["event"].clone()).expect("text");
        for (from, to) in [
            ("2026-11-02", "2026-11-01"),
            ("received", "withdrawn"),
            ("of 8", "of 9"),
        ] {
            let mut changed = files.clone();
            changed.insert("event".to_owned(), text.replacen(from, to, 1).into_bytes());
            assert!(check(&stage, &changed).is_err(), "{from} became {to}");
        }
    }
}

#[tokio::test]
async fn a_proof_stays_when_later_days_are_committed_to() {
    for stage in stages().await {
        let draft = stage.draft("mistake").await;
        let case = stage.report(draft).await;
        stage.step_at("2026-11-03T03:00:00Z").await;
        let early = proof(&stage, &case).await;
        stage.change(&case.id, |case| case.state = CaseState::InReview).await;
        stage.step_at("2026-11-30T03:00:00Z").await;
        check(&stage, &early).expect("the early one holds");
        check(&stage, &proof(&stage, &case).await).expect("the late one holds");
    }
}
