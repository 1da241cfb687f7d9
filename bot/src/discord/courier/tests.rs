mod order;
mod stage;

use discord_stand_in::{DmPolicy, Fault};
use stage::{CLOSES, NOTHING, NOW, Plan, Stage, stages};

use super::send::ATTEMPT;
use super::*;
use crate::outbox::State;
use crate::people::reach;

const MESSAGES: &str = "/channels/*/messages";

fn with_fallback() -> Plan {
    Plan {
        fallback: true,
        ..Plan::default()
    }
}

async fn one() -> Vec<Stage> {
    stages(Plan::default()).await
}

#[tokio::test]
async fn everybody_is_asked_once() {
    let plan = Plan {
        members: 3,
        ..Plan::default()
    };
    for stage in stages(plan).await {
        assert_eq!(stage.deliver().await, None, "{}", stage.trial.engine);
        assert_eq!(stage.deliver().await, None);
        assert_eq!(stage.entries(State::Delivered).await.len(), 3);
        for member in stage.members.clone() {
            let inbox = stage.inbox(member).await;
            assert_eq!(inbox.len(), 1);
            assert!(inbox[0].components.to_string().contains("v1:answer:"));
        }
        for request in stage.requests("POST", "/messages") {
            assert_eq!(request["body"]["enforce_nonce"], true);
            assert_eq!(request["body"]["allowed_mentions"]["parse"], serde_json::json!([]));
        }
    }
}

#[tokio::test]
async fn delivery_is_noted_and_open_direct_messages_are_used_again() {
    for stage in one().await {
        let member = stage.members[0];
        let second = stage.promise(member).await;
        stage.pump_until(NOW + Millis::HOUR).await;
        let third = stage.promise(member).await;
        stage.pump_until(NOW + Millis::HOUR).await;
        for cycle in [second, third] {
            assert!(
                stage.cycle(&cycle).await.delivered_at.is_some(),
                "{}",
                stage.trial.engine
            );
        }
        let opened = stage.requests("POST", "/users/@me/channels").len();
        assert!(opened <= 2, "opened {opened} times");
        assert!(stage.reach(member).await.dm_channel.is_some());
    }
}

#[tokio::test]
async fn a_member_who_takes_no_direct_messages_is_called_in_the_fallback_channel() {
    for policy in [DmPolicy::Refuses50007, DmPolicy::NoMutualGuild50278] {
        for stage in stages(with_fallback()).await {
            let member = stage.members[0];
            stage.discord.set_dm_policy(member.get() as u64, policy);
            stage.pump_until(NOW + Millis::HOUR).await;
            assert_eq!(stage.entry(State::Delivered).await.channel, Some(stage.fallback()));
            assert_eq!(stage.posted(stage.fallback()).await.len(), 1, "{}", stage.trial.engine);
            assert!(stage.reach(member).await.dm_refused_at.is_some());
            let requests = stage.requests("POST", &format!("{}/messages", stage.fallback()));
            let mentions = &requests[0]["body"]["allowed_mentions"];
            assert_eq!(mentions["users"], serde_json::json!([member.to_string()]));
            assert_eq!(mentions["parse"], serde_json::json!([]));
        }
    }
}

#[tokio::test]
async fn a_refusal_is_believed_for_a_day_and_forgotten_when_the_member_comes() {
    for stage in stages(with_fallback()).await {
        let member = stage.members[0];
        stage.discord.set_dm_policy(member.get() as u64, DmPolicy::Refuses50007);
        stage.pump_until(NOW + Millis::HOUR).await;
        stage.discord.set_dm_policy(member.get() as u64, DmPolicy::Open);
        stage.promise(member).await;
        stage.pump_until(NOW + Millis::HOUR).await;
        assert_eq!(stage.posted(stage.fallback()).await.len(), 2, "{}", stage.trial.engine);
        let (db, ledger) = (&stage.trial.db, &stage.trial.ledger);
        let seen = reach::see_interaction(db, ledger, stage.organisation(), member);
        seen.await.expect("it is noted");
        stage.promise(member).await;
        stage.pump_until(NOW + Millis::HOUR).await;
        assert_eq!(stage.inbox(member).await.len(), 1, "{}", stage.trial.engine);
    }
}

#[tokio::test]
async fn without_a_fallback_a_refused_message_is_undelivered_with_its_reason() {
    for stage in one().await {
        let member = stage.members[0];
        stage.discord.set_dm_policy(member.get() as u64, DmPolicy::Refuses50007);
        assert_eq!(stage.deliver().await, None);
        let entry = stage.entry(State::Undelivered).await;
        assert_eq!(
            entry.last_error.as_deref(),
            Some("dm-refused"),
            "{}",
            stage.trial.engine
        );
    }
}

#[tokio::test]
async fn a_closed_fallback_channel_leaves_the_message_undelivered() {
    for stage in stages(with_fallback()).await {
        let (member, channel) = (stage.members[0].get() as u64, stage.fallback().get() as u64);
        stage.discord.set_dm_policy(member, DmPolicy::Refuses50007);
        stage.discord.set_overwrite(channel, stage.bot.id, NOTHING.0, NOTHING.1);
        stage.pump_until(NOW + Millis::HOUR).await;
        let entry = stage.entry(State::Undelivered).await;
        assert_eq!(
            entry.last_error.as_deref(),
            Some("channel-closed"),
            "{}",
            stage.trial.engine
        );
    }
}

#[tokio::test]
async fn retry_after_is_honoured_exactly() {
    let retry_after_ms = 2_500;
    for fault in [
        Fault::RouteLimit { retry_after_ms },
        Fault::SharedLimit { retry_after_ms },
        Fault::GlobalLimit { retry_after_ms },
    ] {
        for stage in one().await {
            stage.discord.fail("POST", MESSAGES, 1, fault.clone());
            assert_eq!(stage.deliver().await, Some(NOW + retry_after_ms), "{fault:?}");
            stage.wait(retry_after_ms - 1);
            assert_eq!(stage.deliver().await, Some(NOW + retry_after_ms));
            assert_eq!(stage.requests("POST", "/messages").len(), 1, "nothing before its time");
            stage.wait(1);
            assert_eq!(stage.deliver().await, None);
            assert_eq!(stage.inbox(stage.members[0]).await.len(), 1, "{}", stage.trial.engine);
        }
    }
}

#[tokio::test]
async fn the_network_in_front_of_discord_stops_everything_for_a_minute_at_least() {
    for stage in one().await {
        let fault = Fault::CloudflareLimit { retry_after_s: 1 };
        stage.discord.fail("POST", MESSAGES, 1, fault);
        let next = stage.deliver().await.expect("it comes back");
        assert!(next >= NOW + Millis::MINUTE, "{}", next.since(NOW));
        stage.pump_until(NOW + Millis::HOUR).await;
        assert_eq!(stage.inbox(stage.members[0]).await.len(), 1, "{}", stage.trial.engine);
    }
}

#[tokio::test]
async fn whatever_breaks_on_the_way_the_message_stands_there_once() {
    for fault in [
        Fault::Status(500),
        Fault::Status(503),
        Fault::CutBefore,
        Fault::CutAfter,
        Fault::Garbage,
    ] {
        for path in [MESSAGES, "/users/@me/channels"] {
            for stage in one().await {
                stage.discord.fail("POST", path, 3, fault.clone());
                stage.pump_until(NOW + Millis::HOUR).await;
                let inbox = stage.inbox(stage.members[0]).await;
                assert_eq!(inbox.len(), 1, "{fault:?} at {path} on {}", stage.trial.engine);
                assert_eq!(stage.entries(State::Delivered).await.len(), 1);
            }
        }
    }
}

#[tokio::test]
async fn after_minutes_the_courier_looks_before_it_sends_again() {
    for stage in one().await {
        stage.discord.fail("POST", MESSAGES, 1, Fault::CutAfter);
        let _next = stage.deliver().await;
        // By now Discord has forgotten the nonce.
        stage.wait(10 * Millis::MINUTE);
        assert_eq!(stage.deliver().await, None);
        assert_eq!(stage.requests("POST", "/messages").len(), 1, "{}", stage.trial.engine);
        let entry = stage.entry(State::Delivered).await;
        assert_eq!(stage.inbox(stage.members[0]).await.len(), 1);
        assert_eq!(entry.attempts, 1);
    }
}

#[tokio::test]
async fn what_a_dead_courier_had_in_hand_is_sent_by_the_next() {
    for away in [outbox::LEASE, 10 * Millis::MINUTE] {
        for mut stage in one().await {
            let leased = stage.leased().await;
            // It sent the message and died before it could settle it.
            assert!(matches!(
                stage.courier.send(&leased[0], Dm::AsBefore).await.fate,
                Fate::Delivered { .. }
            ));
            stage.courier = stage.another();
            assert_eq!(stage.deliver().await, Some(NOW + outbox::LEASE), "not yet");
            stage.wait(away);
            assert_eq!(stage.deliver().await, None);
            assert_eq!(stage.inbox(stage.members[0]).await.len(), 1, "{}", stage.trial.engine);
            assert_eq!(stage.entries(State::Delivered).await.len(), 1);
        }
    }
}

#[tokio::test]
async fn what_might_outlive_its_lease_is_not_begun() {
    for stage in one().await {
        let leased = stage.leased().await;
        stage.wait(outbox::LEASE - ATTEMPT + 1);
        let attempt = stage.courier.send(&leased[0], Dm::AsBefore).await;
        let until = stage.trial.clock.now();
        assert_eq!(attempt.fate, Fate::Held { until }, "{}", stage.trial.engine);
        assert!(stage.requests("POST", "/messages").is_empty());
        stage.pump_until(NOW + Millis::HOUR).await;
        assert_eq!(stage.inbox(stage.members[0]).await.len(), 1);
    }
}

#[tokio::test]
async fn a_courier_that_comes_too_late_undoes_nothing_of_the_next_ones() {
    for stage in stages(with_fallback()).await {
        let late = stage.leased().await;
        stage.wait(outbox::LEASE);
        let next = stage.leased().await;
        assert_ne!(late[0].lease, next[0].lease);
        let reason = Reason::DmRefused;
        let refused = vec![Attempt::from(Fate::GivenUp { reason })];
        stage.courier.settle(late, refused).await.expect("it is settled");
        let held = stage.entry(State::Sending).await;
        assert_eq!((held.attempts, held.last_error), (0, None), "{}", stage.trial.engine);
        let until = stage.trial.clock.now();
        let attempts = vec![Attempt::from(Fate::Held { until })];
        stage.courier.settle(next, attempts).await.expect("it is settled");
        stage.pump_until(NOW + Millis::HOUR).await;
        assert_eq!(stage.inbox(stage.members[0]).await.len(), 1, "{}", stage.trial.engine);
    }
}

#[tokio::test]
async fn two_couriers_share_the_work() {
    let plan = Plan {
        members: 20,
        ..Plan::default()
    };
    for stage in stages(plan).await {
        let other = stage.another();
        let (one, two) = tokio::join!(stage.courier.deliver_due(), other.deliver_due());
        one.expect("one works");
        two.expect("the other works");
        stage.pump_until(NOW + Millis::HOUR).await;
        assert_eq!(
            stage.entries(State::Delivered).await.len(),
            20,
            "{}",
            stage.trial.engine
        );
        assert_eq!(stage.requests("POST", "/messages").len(), 20);
    }
}

#[tokio::test]
async fn too_fast_openings_pause_and_open_direct_messages_go_on() {
    let plan = Plan {
        members: 2,
        ..Plan::default()
    };
    for stage in stages(plan).await {
        stage.deliver().await;
        stage.discord.refuse_new_dms(stage.bot.id, true);
        let newcomer = stage.discord.add_members(stage.guild.id, 1, &[])[0];
        let newcomer = crate::ids::MemberId::from_i64(newcomer as i64);
        stage.promise(newcomer).await;
        stage.promise(stage.members[0]).await;
        let next = stage.deliver().await.expect("it comes back");
        assert!(next >= NOW + 10 * Millis::MINUTE, "{}", stage.trial.engine);
        assert_eq!(stage.entries(State::Delivered).await.len(), 3);
        stage.discord.refuse_new_dms(stage.bot.id, false);
        stage.pump_until(NOW + Millis::HOUR).await;
        assert_eq!(stage.inbox(newcomer).await.len(), 1, "{}", stage.trial.engine);
    }
}

#[tokio::test]
async fn a_quarantined_bot_uses_the_channel_and_opens_nothing_more() {
    for stage in stages(with_fallback()).await {
        stage.deliver().await;
        stage.discord.quarantine(stage.bot.id, true);
        let newcomers = stage.discord.add_members(stage.guild.id, 2, &[]);
        for newcomer in newcomers {
            stage.promise(crate::ids::MemberId::from_i64(newcomer as i64)).await;
            stage.pump_until(NOW + Millis::HOUR).await;
        }
        stage.promise(stage.members[0]).await;
        stage.pump_until(NOW + Millis::HOUR).await;
        assert_eq!(stage.entries(State::Delivered).await.len(), 4, "{}", stage.trial.engine);
        assert_eq!(stage.posted(stage.fallback()).await.len(), 2);
        let refused = stage.requests("POST", "/users/@me/channels");
        assert_eq!(refused.len(), 2, "one opened, one refused, then no more");
    }
}

#[tokio::test]
async fn a_message_that_came_too_late_is_undelivered() {
    for stage in one().await {
        stage.trial.clock.set(CLOSES);
        assert_eq!(stage.deliver().await, None);
        let entry = stage.entry(State::Undelivered).await;
        assert_eq!(entry.last_error.as_deref(), Some("expired"), "{}", stage.trial.engine);
        assert!(stage.requests("POST", "/messages").is_empty());
    }
}

#[tokio::test]
async fn a_refused_token_ends_delivery_and_loses_nothing() {
    for stage in one().await {
        stage.discord.revoke_token(stage.bot.id);
        let error = stage.courier.deliver_due().await.expect_err("the token is refused");
        assert_eq!(error.downcast_ref(), Some(&RestError::TokenRefused));
        assert_eq!(stage.entries(State::Pending).await.len(), 1, "{}", stage.trial.engine);
    }
}

#[tokio::test]
async fn while_discord_is_away_messages_wait() {
    for stage in stages(with_fallback()).await {
        stage.discord.refuse_connections(true);
        stage.pump_until(NOW + Millis::HOUR).await;
        assert_eq!(stage.entries(State::Pending).await.len(), 1, "{}", stage.trial.engine);
        stage.discord.refuse_connections(false);
        stage.pump_until(NOW + 2 * Millis::HOUR).await;
        assert_eq!(stage.entries(State::Delivered).await.len(), 1);
    }
}

#[tokio::test]
async fn many_messages_go_out_at_the_limit_and_never_above() {
    let plan = Plan {
        members: 150,
        pace: Pace { burst: 1_000, every: 1 },
        ..Plan::default()
    };
    for stage in stages(plan).await {
        stage.pump_until(NOW + Millis::HOUR).await;
        assert_eq!(
            stage.entries(State::Delivered).await.len(),
            150,
            "{}",
            stage.trial.engine
        );
        let taken = stage.trial.clock.now().since(NOW);
        // 300 requests at 50 a second.
        assert!(taken <= 7 * Millis::SECOND, "it took {taken} ms");
        let refused = stage
            .requests("POST", "")
            .into_iter()
            .filter(|request| request["status"] == 429);
        assert_eq!(refused.count(), 0);
    }
}
