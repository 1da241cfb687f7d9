//! What time stamps and cosignatures say about the leaves, and what a check concludes.

use bellwether_tlog::samples::{Witness, reply};
use entity::log_anchor;

use super::*;
use crate::audit::samples::anchor;

/// As an authority's answer of that time to the last publication.
async fn stamp(trial: &Trial, (size, note): (u64, String), at: Millis) {
    let token = reply(note.as_bytes(), at);
    anchor(trial, size, ("tsa:example", "x"), Some(token)).await;
}

/// Three leaves more, recorded at that time, and published.
async fn published(trial: &Trial, at: Millis) -> (u64, String) {
    trial.clock.set(at);
    grow(&trial.ledger, &trial.chance, 3).await.expect("leaves");
    publish(trial).await
}

async fn verdict(trial: &Trial, name: &str) -> Verdict {
    let order = order(trial, name);
    summary(trial, &order).await;
    checked(&order.out, &terms(trial))
}

/// What is wrong with a stamp that came this long after its leaves, checked when it came.
async fn said(after: i64, looked: i64) -> Option<String> {
    let trial = trial::databases(Millis(0)).await.remove(0);
    let at = Millis(50 * Millis::DAY);
    let publication = published(&trial, at).await;
    stamp(&trial, publication, at + after).await;
    trial.clock.set(at + looked);
    let broken = verdict(&trial, "pack").await.broken;
    broken.map(|broken| broken.reason)
}

#[tokio::test]
async fn a_log_that_was_stamped_late_shows_how_long_its_leaves_waited() {
    for trial in trial::databases(Millis(0)).await {
        let first = published(&trial, Millis(0)).await;
        stamp(&trial, first, Millis(Millis::HOUR)).await;
        let later = Millis(90 * Millis::DAY);
        let second = published(&trial, later).await;
        stamp(&trial, second.clone(), later + Millis::MINUTE).await;
        trial.clock.set(later + Millis::DAY);
        let in_time = verdict(&trial, "in-time").await;
        assert_eq!(in_time.broken, None, "{}", trial.engine);
        let stamped = in_time.stamped.expect("stamps");
        assert_eq!((stamped.leaves, stamped.wait), (second.0, Millis::HOUR));
        assert!(
            in_time.to_string().contains("that one had waited for it is 60 min"),
            "{in_time}"
        );

        // The first stamp is gone, as if the log had been rewritten and only its end could be stamped.
        log_anchor::Entity::delete_by_id((4, "tsa:example".to_owned()))
            .exec(&trial.db.writer())
            .await
            .expect("it is deleted");
        let rewritten = verdict(&trial, "rewritten").await;
        let stamped = rewritten.stamped.expect("a stamp");
        assert_eq!(
            (stamped.leaves, stamped.wait),
            (second.0, 90 * Millis::DAY + Millis::MINUTE)
        );
        assert!(
            rewritten.to_string().contains("had waited for it is 90 d"),
            "{rewritten}"
        );
    }
}

#[tokio::test]
async fn a_stamp_lies_between_its_leaves_and_the_present() {
    // The bot writes while its clock is less than an hour ahead; an authority's clock may be off, too.
    assert_eq!(said(-Millis::HOUR, 0).await, None);
    let early = said(-2 * Millis::HOUR, 0).await.expect("it is before its leaves");
    assert!(early.contains("before leaf 3 was recorded"), "{early}");
    assert_eq!(said(4 * Millis::MINUTE, 0).await, None);
    let late = said(10 * Millis::MINUTE, 0).await.expect("it is to come");
    assert!(late.ends_with("which is still to come"), "{late}");
}

#[tokio::test]
async fn who_asks_for_time_stamps_is_told_when_there_is_none() {
    for trial in trial::databases(Millis(0)).await {
        published(&trial, Millis(0)).await;
        let order = order(&trial, "pack");
        summary(&trial, &order).await;
        let terms = Terms {
            authorities: Some(trial.folder.path().join("root.pem")),
            ..terms(&trial)
        };
        let verdict = checked(&order.out, &terms);
        assert_eq!(verdict.broken, None, "{}", trial.engine);
        assert_eq!(verdict.unchecked, [Unchecked::NoStamps]);
    }
}

#[tokio::test]
async fn a_cosignature_lies_between_its_leaves_and_the_present() {
    let trial = trial::databases(Millis(0)).await.remove(0);
    let at = Millis(50 * Millis::DAY);
    published(&trial, at).await;
    let order = order(&trial, "pack");
    summary(&trial, &order).await;
    let own = terms(&trial);
    let vkey = own
        .policy
        .as_ref()
        .and_then(|policy| policy.logs().first())
        .expect("a log");
    let witness = Witness::new("witness.example.net", 3);
    let text = format!("log {}\nwitness w {}\nquorum w\n", vkey.vkey, witness.cosigner);
    let terms = Terms {
        policy: Some(Policy::parse(text.as_bytes()).expect("a policy")),
        ..own
    };
    let path = order.out.join("checkpoint");
    let head = std::fs::read_to_string(&path).expect("the head");
    let said = |time: i64| {
        std::fs::write(&path, witness.cosign(&head, time as u64)).expect("a cosignature");
        checked(&order.out, &terms)
            .broken
            .map(|broken| broken.to_string())
            .unwrap_or_default()
    };
    let early = said(0);
    assert!(
        early.starts_with("checkpoint: is cosigned by w at 1970-01-01"),
        "{early}"
    );
    assert!(early.contains("before leaf 3 was recorded"), "{early}");
    let late = said(i64::MAX);
    assert!(late.ends_with("which is still to come"), "{late}");
    assert!(!said(at.seconds()).contains("cosigned"));
}

#[tokio::test]
async fn leaves_from_the_future_are_said_to_be() {
    let trial = trial::databases(Millis(0)).await.remove(0);
    published(&trial, Millis(3 * Millis::DAY)).await;
    let told = |verdict: &Verdict| verdict.recorded.expect("the times of the leaves").to_string();
    let span = "from 1970-01-04T00:00:00.000Z to 1970-01-04T00:00:00.000Z";
    assert_eq!(told(&verdict(&trial, "now").await), span);
    trial.clock.set(Millis(Millis::DAY));
    let early = verdict(&trial, "early").await;
    assert_eq!(told(&early), format!("{span}, 2 d ahead of this machine's clock"));
    assert_eq!(early.broken, None);
    assert_eq!(early.unchecked, [Unchecked::Ahead { by: 2 * Millis::DAY }]);
    assert!(!early.holds());
}

#[tokio::test]
async fn who_waited_longer_than_the_auditor_bears_is_refused() {
    for trial in trial::databases(Millis(0)).await {
        let first = published(&trial, Millis(0)).await;
        stamp(&trial, first, Millis(Millis::HOUR)).await;
        let later = Millis(90 * Millis::DAY);
        let second = published(&trial, later).await;
        let order = self::order(&trial, "open");
        summary(&trial, &order).await;
        trial.clock.set(later + Millis::DAY);
        let within = |days| Terms {
            max_wait: Some(days * Millis::DAY),
            ..terms(&trial)
        };
        let said = |folder: &std::path::Path, days| {
            let broken = checked(folder, &within(days)).broken;
            broken.map(|broken| broken.to_string())
        };
        // The leaves of one publication have the same instant here, so that the last one has not waited for anything
        // yet.
        assert_eq!(said(&order.out, 1), None, "{}", trial.engine);
        let third = published(&trial, later + 3 * Millis::DAY).await;
        trial.clock.set(later + 4 * Millis::DAY);
        let order = self::order(&trial, "unstamped");
        summary(&trial, &order).await;
        let open = said(&order.out, 1).expect("it is too long");
        assert_eq!(
            open,
            "checkpoint: covers leaves without a time stamp: leaf 4 says that it was recorded 3 d before the last one; \
             --max-wait allows 24 h"
        );
        assert_eq!(said(&order.out, 3), None);

        stamp(&trial, third, later + 4 * Millis::DAY).await;
        let order = self::order(&trial, "late");
        summary(&trial, &order).await;
        let late = said(&order.out, 3).expect("it is too long");
        assert_eq!(
            late,
            "history/000000000010.checkpoint: was stamped for the first time 4 d after leaf 4 says that it was recorded; \
             --max-wait allows 3 d"
        );
        assert_eq!(said(&order.out, 4), None);
        assert_eq!(second.0, 7);
    }
}

#[tokio::test]
async fn no_time_stamp_at_all_is_not_in_time() {
    let trial = trial::databases(Millis(0)).await.remove(0);
    published(&trial, Millis(0)).await;
    let order = order(&trial, "pack");
    summary(&trial, &order).await;
    let terms = Terms {
        max_wait: Some(Millis::DAY),
        ..terms(&trial)
    };
    let verdict = checked(&order.out, &terms);
    assert_eq!(
        (verdict.broken, &verdict.unchecked[..]),
        (None, &[Unchecked::NoStamps][..])
    );
}

/// A pack whose published checkpoints a witness cosigned at these times; the leaves behind the first one say that they
/// were recorded at `claimed`.
async fn witnessed(claimed: i64, seen: [i64; 2], prior: bool) -> Option<String> {
    let trial = trial::databases(Millis(0)).await.remove(0);
    let witness = Witness::new("witness.example.net", 3);
    published(&trial, Millis(0)).await;
    published(&trial, Millis(claimed)).await;
    trial.clock.set(Millis(100 * Millis::DAY));
    let order = order(&trial, "pack");
    summary(&trial, &order).await;
    let own = terms(&trial);
    let vkey = own
        .policy
        .as_ref()
        .and_then(|policy| policy.logs().first())
        .expect("a log");
    let text = format!("log {}\nwitness w {}\nquorum none\n", vkey.vkey, witness.cosigner);
    let mut terms = Terms {
        policy: Some(Policy::parse(text.as_bytes()).expect("a policy")),
        ..own
    };
    for (name, at) in ["history/000000000004.checkpoint", "history/000000000007.checkpoint"]
        .into_iter()
        .zip(seen)
    {
        let path = order.out.join(name);
        let note = std::fs::read_to_string(&path).expect("a checkpoint");
        let cosigned = witness.cosign(&note, Millis(at).seconds() as u64);
        if prior {
            terms.prior.get_or_insert(cosigned);
        } else {
            std::fs::write(&path, cosigned).expect("a cosignature");
        }
    }
    checked(&order.out, &terms).broken.map(|broken| broken.to_string())
}

#[tokio::test]
async fn a_leaf_is_no_older_than_a_cosignature_over_a_log_without_it() {
    let day = Millis::DAY;
    let told = |said: Option<String>| said.unwrap_or_default();
    // Cosigned when published; what follows is later. Sums and proofs do not know of the cosignatures put in here.
    assert!(!told(witnessed(30 * day, [0, 30 * day], false).await).contains("was not in the log"));
    assert!(
        !told(witnessed(30 * day, [30 * day + Millis::HOUR, 31 * day], false).await).contains("was not in the log")
    );
    for prior in [false, true] {
        let said = told(witnessed(0, [42 * day, 43 * day], prior).await);
        let file = if prior {
            "checkpoint"
        } else {
            "history/000000000004.checkpoint"
        };
        assert_eq!(
            said,
            format!(
                "{file}: leaf 4 was not in the log yet when w cosigned 4 leaves, at 1970-02-12T00:00:00.000Z; but it says \
                 that it was recorded at 1970-01-01T00:00:00.000Z"
            )
        );
    }
}
