use super::*;
use crate::chance::Chance;
use crate::clock::Millis;
use crate::db::Connection;
use crate::ids::{ChannelId, CycleId, MemberId, MessageId, OrganisationId, OutboundId};
use crate::trial::{self, Trial};

fn new(at: i64) -> NewOutbound {
    NewOutbound {
        organisation: OrganisationId::from_i64(1),
        member: Some(MemberId::from_i64(2)),
        channel: None,
        message: Message::Prompt {
            cycle: CycleId::new("c".repeat(32)),
        },
        at: Millis(at),
        expires: Some(Millis(1_000_000)),
    }
}

async fn promised(trial: &Trial, at: i64) -> OutboundId {
    let chance: Chance = trial.chance.clone();
    let id = trial
        .ledger
        .write(move |tx| Box::pin(async move { promise(tx, &chance, new(at)).await }));
    id.await.expect("it is promised")
}

async fn leased(trial: &Trial, most: u64) -> Vec<Outbound> {
    let chance = trial.chance.clone();
    let leased = trial
        .ledger
        .write(move |tx| Box::pin(async move { lease(tx, &chance, most).await }));
    leased.await.expect("the lease is written")
}

async fn settled(trial: &Trial, outbound: &Outbound, fate: Fate) -> bool {
    let outbound = outbound.clone();
    let settled = trial
        .ledger
        .write(move |tx| Box::pin(async move { settle(tx, &outbound, &fate).await }));
    settled.await.expect("the fate is written")
}

async fn entry(trial: &Trial, state: State) -> Entry {
    let mut entries = list(trial.db.reader(), state, 10).await.expect("they are listed");
    assert_eq!(entries.len(), 1, "{} on {}", state.word(), trial.engine);
    entries.remove(0)
}

#[tokio::test]
async fn what_is_due_is_leased_once_and_again_when_its_courier_is_gone() {
    for trial in trial::databases(Millis(100)).await {
        let late = promised(&trial, 90).await;
        let early = promised(&trial, 50).await;
        let _not_yet = promised(&trial, 101).await;
        let due = next_due(trial.db.reader()).await.expect("a query");
        assert_eq!(due, Some(Millis(50)));
        let first = leased(&trial, 10).await;
        let ids: Vec<_> = first.iter().map(|outbound| outbound.id.clone()).collect();
        assert_eq!(ids, [early, late], "{}", trial.engine);
        assert!(leased(&trial, 10).await.is_empty(), "nobody else gets them");
        trial.clock.set(Millis(100 + LEASE - 1));
        assert_eq!(leased(&trial, 10).await.len(), 1, "only the third");
        trial.clock.set(Millis(100 + LEASE));
        let again = leased(&trial, 10).await;
        assert_eq!(again.len(), 2, "{}", trial.engine);
        assert_eq!(again[0].uncertain_since, Some(Millis(100)), "it may have been sent");
        let nonces = |of: &[Outbound]| {
            let mut nonces: Vec<_> = of.iter().map(|outbound| outbound.nonce.clone()).collect();
            nonces.sort();
            nonces
        };
        assert_eq!(nonces(&first), nonces(&again), "same nonce for every attempt");
    }
}

#[tokio::test]
async fn a_message_of_a_newer_program_holds_back_no_other() {
    for trial in trial::databases(Millis(100)).await {
        let newer = promised(&trial, 50).await;
        let known = promised(&trial, 60).await;
        let change = format!("UPDATE outbound_message SET message = '{{\"kind\":\"later\"}}' WHERE id = '{newer}'");
        let changed = trial.ledger.write(move |tx| {
            Box::pin(async move {
                tx.connection().execute_unprepared(&change).await?;
                Ok(())
            })
        });
        changed.await.expect("the row is changed");
        let ids: Vec<_> = leased(&trial, 10)
            .await
            .into_iter()
            .map(|outbound| outbound.id)
            .collect();
        assert_eq!(ids, [known], "{}", trial.engine);
    }
}

#[tokio::test]
async fn a_delivered_message_stays_delivered() {
    for trial in trial::databases(Millis(100)).await {
        let _id = promised(&trial, 0).await;
        let own = leased(&trial, 10).await.remove(0);
        let (channel, message) = (ChannelId::from_i64(7), MessageId::from_i64(8));
        assert!(settled(&trial, &own, Fate::Delivered { channel, message }).await);
        let reason = Reason::Expired;
        assert!(
            !settled(&trial, &own, Fate::GivenUp { reason }).await,
            "{}",
            trial.engine
        );
        assert_eq!(entry(&trial, State::Delivered).await.last_error, None);
        assert_eq!(next_due(trial.db.reader()).await.expect("a query"), None);
    }
}

#[tokio::test]
async fn who_has_lost_the_lease_settles_nothing_but_a_delivery() {
    for trial in trial::databases(Millis(100)).await {
        let _id = promised(&trial, 0).await;
        let late = leased(&trial, 10).await.remove(0);
        trial.clock.set(Millis(100 + LEASE));
        let next = leased(&trial, 10).await.remove(0);
        assert_ne!(late.lease, next.lease, "{}", trial.engine);
        let (until, reason) = (Millis(0), Reason::Garbled);
        let uncertain = None;
        for fate in [
            Fate::Held { until },
            Fate::Postponed {
                until,
                reason,
                uncertain,
            },
            Fate::GivenUp { reason },
            Fate::Cancelled,
        ] {
            assert!(!settled(&trial, &late, fate).await, "{fate:?} on {}", trial.engine);
        }
        assert!(settled(&trial, &next, Fate::Held { until }).await);
        assert!(!settled(&trial, &next, Fate::Held { until }).await, "once");
        let (channel, message) = (ChannelId::from_i64(7), MessageId::from_i64(8));
        assert!(settled(&trial, &late, Fate::Delivered { channel, message }).await);
        assert_eq!(entry(&trial, State::Delivered).await.channel, None);
    }
}

#[tokio::test]
async fn our_own_limits_count_as_no_attempt() {
    for trial in trial::databases(Millis(100)).await {
        let _id = promised(&trial, 0).await;
        let own = leased(&trial, 10).await.remove(0);
        let until = Millis(150);
        settled(&trial, &own, Fate::Held { until }).await;
        let held = entry(&trial, State::Pending).await;
        assert_eq!((held.attempts, held.next_at), (0, until), "{}", trial.engine);
        trial.clock.set(until);
        let own = leased(&trial, 10).await.remove(0);
        let postponed = Fate::Postponed {
            until: Millis(200),
            reason: Reason::ServerFailed(503),
            uncertain: Some(until),
        };
        settled(&trial, &own, postponed).await;
        let failed = entry(&trial, State::Pending).await;
        assert_eq!((failed.attempts, failed.next_at), (1, Millis(200)));
        assert_eq!(failed.last_error.as_deref(), Some("server-failed-503"));
        trial.clock.set(Millis(200));
        assert_eq!(leased(&trial, 10).await[0].uncertain_since, Some(until));
    }
}

#[tokio::test]
async fn the_operator_sets_an_undelivered_message_going_again() {
    for trial in trial::databases(Millis(100)).await {
        let id = promised(&trial, 0).await;
        let own = leased(&trial, 10).await.remove(0);
        let reason = Reason::DmRefused;
        settled(&trial, &own, Fate::GivenUp { reason }).await;
        assert_eq!(
            entry(&trial, State::Undelivered).await.last_error.as_deref(),
            Some("dm-refused")
        );
        let again = |id: OutboundId| {
            trial
                .ledger
                .write(move |tx| Box::pin(async move { retry(tx, &id).await }))
        };
        assert_eq!(
            again(id.clone()).await.expect("an outcome"),
            Retried::Due,
            "{}",
            trial.engine
        );
        let own = leased(&trial, 10).await.remove(0);
        let outcome = again(id.clone()).await.expect("an outcome");
        assert_eq!(outcome, Retried::NotWaiting(State::Sending));
        let unknown = again(OutboundId::new("none")).await.expect("an outcome");
        assert_eq!(unknown, Retried::Unknown);
        let until = Millis(0);
        settled(&trial, &own, Fate::Held { until }).await;
        trial.clock.set(Millis(1_000_000));
        assert_eq!(again(id).await.expect("an outcome"), Retried::Expired);
    }
}
