use std::time::Duration;

use rehearsal::outside::{Manner, Reply, Witness};

use super::stage::{NOW, Stage, TEN_MINUTES};
use crate::anchors::{Nag, Outcome, State};
use crate::audit::pack::Order;
use crate::audit::pack::tests::{checked, order, summary, terms};
use crate::audit::samples::grow;
use crate::clock::Millis;
use crate::evidence::inspect::Terms;
use crate::evidence::policy::Policy;
use crate::evidence::{Halt, Log, Rotation, rotate};
use crate::trial;

const NAME: &str = "witness.example/w1";
const TARGET: &str = "witness:witness.example/w1";

async fn witnessed(manner: Manner) -> Vec<(Stage, Witness)> {
    let mut stages = Vec::new();
    for trial in trial::databases(NOW).await {
        let witness = Witness::start(NAME, manner).await.expect("a witness");
        std::fs::write(trial.folder.path().join("policy"), witness.policy()).expect("it is written");
        stages.push((Stage::set(trial, "policy_file = \"policy\"", ""), witness));
    }
    stages
}

async fn published(stage: &Stage) -> Outcome {
    stage.grow(1).await;
    let outcome = stage.publish().await;
    stage.wait(TEN_MINUTES);
    outcome
}

#[tokio::test]
async fn a_witness_cosigns_before_the_bytes_are_frozen() {
    for (stage, witness) in witnessed(Manner::Honest).await {
        let policy = Policy::parse(witness.policy().as_bytes()).expect("a policy");
        // Each time there is a leaf, and one about the last copy.
        for size in [2, 4, 6] {
            assert_eq!(published(&stage).await, Outcome::Published { size });
            let note = stage.last().await.note;
            let quorum = policy.quorum_met(&note).expect("the signatures hold");
            assert_eq!(quorum.cosigned.len(), 1, "{}: {note}", stage.trial.engine);
            assert_eq!(note.lines().count(), 6, "nobody else's lines: {note}");
            let anchor = stage.newest(TARGET).await;
            assert_eq!(anchor.state, State::Done);
            assert_eq!(anchor.reference.as_deref(), Some("2026-11-23T09:00:00.000Z"));
        }
        assert_eq!(witness.server.requests().len(), 3, "no conflict where nothing was lost");
        assert_eq!(stage.told().await, 3);
    }
}

#[tokio::test]
async fn after_a_lost_answer_the_witness_tells_where_it_stands() {
    for (stage, witness) in witnessed(Manner::Honest).await {
        witness.mute(true);
        assert_eq!(
            published(&stage).await,
            Outcome::Published { size: 2 },
            "{}",
            stage.trial.engine
        );
        let anchor = stage.newest(TARGET).await;
        assert_eq!(
            (anchor.state, anchor.last_error.as_deref()),
            (State::GivenUp, Some("cut the connection"))
        );
        assert_eq!(witness.size(), 2);
        witness.mute(false);
        assert_eq!(published(&stage).await, Outcome::Published { size: 3 });
        assert_eq!(stage.newest(TARGET).await.state, State::Done);
        assert_eq!(witness.server.requests().len(), 3, "asked, told the size, asked again");
    }
}

#[tokio::test]
async fn a_witness_that_knows_more_stops_all_signing() {
    for (stage, witness) in witnessed(Manner::Honest).await {
        assert_eq!(published(&stage).await, Outcome::Published { size: 2 });
        witness.know(|checkpoint| checkpoint.size = 1_000);
        assert_eq!(published(&stage).await, Outcome::Stopped, "{}", stage.trial.engine);
        assert_eq!(stage.last().await.size, 2, "nothing is published");
        let refused = grow(&stage.trial.ledger, &stage.trial.chance, 1)
            .await
            .expect_err("nothing is signed");
        assert!(
            format!("{refused:#}").contains("has cosigned 1000 leaves"),
            "{refused:#}"
        );
        assert_eq!(stage.publish().await, Outcome::Stopped);
        // Nor after a restart, until an operator has taken the file away.
        let (db, evidence) = (&stage.trial.db, &stage.trial.evidence);
        let start = async || Log::open(db, evidence, stage.trial.chance.clone()).await;
        let error = start().await.expect_err("it is stopped").to_string();
        assert!(error.contains("last_signed.checkpoint.stopped"), "{error}");
        assert!(Log::inspect(db, evidence).await.is_err());
        assert!(Halt::of(evidence).reason().expect("it is read").is_some());
        std::fs::remove_file(stage.trial.folder.path().join("last_signed.checkpoint.stopped")).expect("it goes");
        start().await.expect("it may sign again");
    }
}

#[tokio::test]
async fn a_contradiction_is_published_and_told() {
    for (stage, witness) in witnessed(Manner::Honest).await {
        assert_eq!(published(&stage).await, Outcome::Published { size: 2 });
        witness.know(|checkpoint| checkpoint.root = [9; 32]);
        assert_eq!(
            published(&stage).await,
            Outcome::Published { size: 4 },
            "{}",
            stage.trial.engine
        );
        let note = stage.last().await.note;
        assert_eq!(note.lines().count(), 5, "without a cosignature: {note}");
        let nags = stage.status().await.nags(stage.trial.clock.now(), 36 * Millis::HOUR);
        assert!(matches!(&nags[..], [Nag::Forked { .. }]), "{nags:?}");
    }
}

#[tokio::test]
async fn what_a_witness_gets_wrong_hinders_nothing() {
    for (stage, witness) in witnessed(Manner::Honest).await {
        let garbage = || Reply::of("text/plain", vec![0xff, 0xfe]);
        for (reply, reason) in [
            (Reply::status(404), "does not know this log (404)"),
            (Reply::status(403), "does not know this log's key (403)"),
            (Reply::status(500), "answered with status 500"),
            (Reply::Cut, "cut the connection"),
            (garbage(), "answered with something that is no text"),
            (
                Reply::of("text/plain", "\u{2014} x AAAA\n\n\n"),
                "answered without a cosignature that holds",
            ),
            (
                Reply::of("text/plain", vec![b'x'; 17_000]),
                "answered with more than 16384 bytes",
            ),
            (
                Reply::status(409)
                    .with("content-type", "text/x.tlog.size")
                    .saying("1e9\n"),
                "conflicts without naming another size (409)",
            ),
            (
                Reply::Slow(Duration::from_secs(4), Box::new(Reply::status(200))),
                "took too long",
            ),
        ] {
            witness.server.next(reply);
            let outcome = published(&stage).await;
            assert!(
                matches!(outcome, Outcome::Published { .. }),
                "{}: {reason}",
                stage.trial.engine
            );
            let anchor = stage.newest(TARGET).await;
            assert_eq!(
                (anchor.state, anchor.last_error.as_deref()),
                (State::GivenUp, Some(reason))
            );
        }
        assert!(!stage.anchors.halt.is_stopped());
    }
}

#[tokio::test]
async fn a_forged_cosignature_is_left_out() {
    for (stage, _witness) in witnessed(Manner::Forger).await {
        assert_eq!(
            published(&stage).await,
            Outcome::Published { size: 2 },
            "{}",
            stage.trial.engine
        );
        assert_eq!(stage.last().await.note.lines().count(), 5);
        let anchor = stage.newest(TARGET).await;
        assert_eq!(
            anchor.last_error.as_deref(),
            Some("answered without a cosignature that holds")
        );
    }
}

#[tokio::test]
async fn another_process_that_was_quicker_is_no_cut() {
    for (stage, witness) in witnessed(Manner::Honest).await {
        assert_eq!(published(&stage).await, Outcome::Published { size: 2 });
        stage.grow(1).await;
        // It has what the other process submitted meanwhile, and the database holds that much.
        let meanwhile = Reply::status(409)
            .with("content-type", "text/x.tlog.size")
            .saying("7\n");
        witness
            .server
            .next(Reply::Slow(Duration::from_millis(500), Box::new(meanwhile)));
        let (outcome, ()) = tokio::join!(stage.publish(), async {
            tokio::time::sleep(Duration::from_millis(100)).await;
            stage.grow(5).await;
        });
        assert_eq!(outcome, Outcome::Published { size: 4 }, "{}", stage.trial.engine);
        let anchor = stage.newest(TARGET).await;
        assert_eq!(anchor.last_error.as_deref(), Some("has cosigned 7 leaves meanwhile"));
    }
}

#[tokio::test]
async fn a_witness_and_the_publications_go_on_over_a_change_of_keys() {
    for (stage, witness) in witnessed(Manner::Honest).await {
        let old = stage.trial.vkey.clone();
        assert_eq!(published(&stage).await, Outcome::Published { size: 2 });
        let (db, evidence) = (&stage.trial.db, &stage.trial.evidence);
        let rotation = rotate(db, evidence, stage.trial.clock.now(), &stage.trial.chance).await;
        let Rotation::Done(rotated) = rotation.expect("a change of keys") else {
            panic!("the key is not changed");
        };
        // The leaf of the copy at the witness, and that of the change, went before.
        assert_eq!(rotated.leaf, 3, "{}", stage.trial.engine);
        assert_eq!(stage.publish().await, Outcome::Published { size: 4 });
        let both = stage.last().await.note;
        old.open(&both).expect("the old key signs where it hands over");
        rotated.vkey.open(&both).expect("and the new one with it");
        stage.wait(TEN_MINUTES);
        assert_eq!(published(&stage).await, Outcome::Published { size: 6 });
        assert!(old.open(&stage.last().await.note).is_err(), "it signs no more");
        assert_eq!(witness.size(), 6);
        assert_eq!(stage.newest(TARGET).await.state, State::Done);

        // An auditor who knows the old key and the witness is shown all of it.
        let policy = format!("log {old}\n{}", witness.policy().replace("quorum none", "quorum w1"));
        let file = stage.trial.folder.path().join("auditor.policy");
        std::fs::write(&file, &policy).expect("it is written");
        let order = Order {
            policy: Some(file),
            ..order(&stage.trial, "pack")
        };
        let summary = summary(&stage.trial, &order).await;
        assert_eq!((summary.size, summary.history), (6, 3));
        let terms = Terms {
            policy: Some(Policy::parse(policy.as_bytes()).expect("a policy")),
            ..terms(&stage.trial)
        };
        let verdict = checked(&order.out, &terms);
        assert_eq!(verdict.broken, None, "{}", stage.trial.engine);
        assert_eq!(verdict.cosigned.len(), 1);
    }
}
