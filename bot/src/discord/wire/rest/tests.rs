use std::sync::Arc;

use discord_stand_in::{Discord, Fault, Options};
use secrecy::SecretString;
use serde_json::json;

use super::*;
use crate::ids::{ChannelId, InteractionId};

const CALLBACK: &str = "/interactions/*/*/callback";

async fn discord(per_second: u32) -> (Discord, Rest) {
    let clock = Clock::by_hand(Millis(1_795_424_400_000));
    let now = clock.clone();
    let options = Options {
        now: Arc::new(move || now.now().0),
        ..Options::default()
    };
    let discord = Discord::start(options).await.expect("the stand-in starts");
    discord.add_application("bellwether", "token", 0);
    let settings = config::Discord {
        api_url: discord.api_url().parse().expect("a URL"),
        members_intent: true,
        requests_per_second: per_second,
        believe_time: config::BelieveTime::Always,
    };
    let rest = Rest::new(&settings, &SecretString::from("token"), clock).expect("a client");
    (discord, rest)
}

async fn answer(rest: &Rest) -> Result<Acknowledged, RestError> {
    let body = json!({ "type": 4, "data": { "content": "hello" } });
    rest.interaction_callback(InteractionId::from_i64(7), "secret", &body, Vec::new())
        .await
}

#[tokio::test]
async fn interactions_are_outside_the_limit_of_all_others() {
    let (_discord, rest) = discord(1).await;
    let _me = rest.current_user().await.expect("the first request of the second");
    let held = rest.get_gateway().await.expect_err("the second is held back");
    assert!(matches!(held, RestError::Limited { .. }));
    // The stand-in knows no such interaction: it came too late.
    assert_eq!(answer(&rest).await, Ok(Acknowledged::Expired));
    assert_eq!(answer(&rest).await, Ok(Acknowledged::Expired));
}

#[tokio::test]
async fn a_second_acknowledgement_is_harmless() {
    let (discord, rest) = discord(50).await;
    discord.fail("POST", CALLBACK, 1, Fault::Refusal { code: 40_060 });
    assert_eq!(answer(&rest).await, Ok(Acknowledged::Already));
}

#[tokio::test]
async fn an_answer_is_tried_twice_and_no_more() {
    for fault in [
        Fault::Status(502),
        Fault::CutBefore,
        Fault::RouteLimit { retry_after_ms: 100 },
    ] {
        let (discord, rest) = discord(50).await;
        discord.fail("POST", CALLBACK, 1, fault.clone());
        assert_eq!(answer(&rest).await, Ok(Acknowledged::Expired), "{fault:?}");
        discord.fail("POST", CALLBACK, 2, fault);
        assert!(answer(&rest).await.is_err());
        assert_eq!(discord.heal(), 0, "both were used");
    }
}

#[tokio::test]
async fn a_long_retry_after_is_not_waited_for() {
    let (discord, rest) = discord(50).await;
    let fault = Fault::RouteLimit { retry_after_ms: 5_000 };
    discord.fail("POST", CALLBACK, 2, fault);
    assert!(matches!(answer(&rest).await, Err(RestError::Throttled { .. })));
    assert_eq!(discord.heal(), 1, "one attempt");
}

#[tokio::test]
async fn errors_hold_no_secrets() {
    let (discord, rest) = discord(50).await;
    discord.fail("POST", CALLBACK, 2, Fault::CutBefore);
    let error = answer(&rest).await.expect_err("it is cut");
    let channel = rest.get_channel(ChannelId::from_i64(4)).await.expect_err("unknown");
    for text in [
        format!("{error:?} {error}"),
        format!("{channel:?} {channel}"),
        format!("{rest:?}"),
    ] {
        for secret in ["secret", "token\"", "Bot token", "hello", "/interactions"] {
            assert!(!text.contains(secret), "{secret} in {text}");
        }
    }
}

#[tokio::test]
async fn refusals_are_told_apart() {
    let (discord, rest) = discord(50).await;
    let unknown = rest
        .get_channel(ChannelId::from_i64(4))
        .await
        .expect_err("there is none");
    assert_eq!(unknown.code(), Some(code::UNKNOWN_CHANNEL));
    discord.fail("GET", "/users/@me", 1, Fault::Status(500));
    let failed = rest.current_user().await.expect_err("it fails");
    assert_eq!(failed, RestError::Server { status: 500 });
    discord.fail("GET", "/users/@me", 1, Fault::Garbage);
    let garbled = rest.current_user().await.expect_err("it is garbled");
    assert_eq!(garbled, RestError::Garbled { status: 200 });
    discord.fail("GET", "/users/@me", 1, Fault::CutBefore);
    assert_eq!(rest.current_user().await.expect_err("it is cut"), RestError::Cut);
    discord.stop();
}

#[tokio::test]
async fn patience_waits_on_the_clock() {
    let (_discord, rest) = discord(1).await;
    let _me = rest.current_user().await.expect("the first request of the second");
    let waiting = tokio::spawn({
        let rest = rest.clone();
        async move { rest.patiently(|| rest.get_gateway()).await }
    });
    tokio::task::yield_now().await;
    assert!(!waiting.is_finished());
    rest.clock.set(rest.clock.now() + 2 * Millis::SECOND);
    let gateway = waiting.await.expect("it ends").expect("it is let out");
    assert!(gateway.url.starts_with("ws://127.0.0.1"));
}

#[test]
fn null_in_an_answer_means_nothing() {
    let member: GuildMember = serde_json::from_value(json!({"user": {"id": "7", "bot": null}, "roles": []})).unwrap();
    assert!(!member.user.bot);
    let application: Application = serde_json::from_value(json!({"id": "7", "flags": null})).unwrap();
    assert_eq!(application.flags, 0);
    let channel = json!({"id": "7", "type": 1, "guild_id": null, "name": null, "permission_overwrites": null});
    let channel: Channel = serde_json::from_value(channel).unwrap();
    assert!(channel.permission_overwrites.is_empty());
    let message = json!({"id": "7", "author": {"id": "7"}, "nonce": null, "attachments": null});
    let message: Recent = serde_json::from_value(message).unwrap();
    assert!(message.attachments.is_empty());
}
