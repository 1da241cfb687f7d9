//! REST against the stand-in with a plain HTTP client: what is refused, limited, repeated and cut.

#![expect(clippy::unwrap_used, reason = "a test ends at the first surprise")]

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use discord_stand_in::{
    Bot, Discord, DmPolicy, Fault, Id, Now, Options, Place, RateLimits, Record, intents, permissions,
};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

const AGENT: &str = "DiscordBot (https://example.org, 1.0)";

struct Stage {
    discord: Discord,
    bot: Bot,
    guild: Id,
    channel: Id,
    person: Id,
    time: Arc<AtomicI64>,
    client: reqwest::Client,
}

impl Stage {
    async fn new() -> Self {
        let time = Arc::new(AtomicI64::new(1_772_442_000_000));
        let clock = Arc::clone(&time);
        let now: Now = Arc::new(move || clock.load(Ordering::Relaxed));
        let options = Options {
            now,
            patience: Duration::from_secs(5),
            record: Record::Nowhere,
            ..Options::default()
        };
        let discord = Discord::start(options).await.unwrap();
        let bot = discord.add_application("bellwether", "secret", 0);
        let person = discord.add_user("Ada", "de").id();
        let setup = discord.add_guild_with("Harbour", person, &["manager"], &["general"], &[&bot]);
        let client = reqwest::Client::builder().user_agent(AGENT).build().unwrap();
        Self {
            discord,
            bot,
            guild: setup.id,
            channel: setup.channels["general"],
            person,
            time,
            client,
        }
    }

    fn request(&self, method: Method, path: &str) -> reqwest::RequestBuilder {
        let url = format!("{}/v10{path}", self.discord.api_url());
        self.client
            .request(method, url)
            .header("authorization", format!("Bot {}", self.bot.token))
    }

    async fn ask(&self, method: Method, path: &str, body: Value) -> (u16, Value) {
        let request = self.request(method, path);
        let request = if body.is_null() { request } else { request.json(&body) };
        let answer = request.send().await.unwrap();
        (answer.status().as_u16(), answer.json().await.unwrap_or(Value::Null))
    }

    async fn post(&self, channel: Id, body: Value) -> (u16, Value) {
        self.ask(Method::POST, &format!("/channels/{channel}/messages"), body)
            .await
    }

    async fn dm(&self) -> Id {
        let body = json!({"recipient_id": self.person.to_string()});
        let (status, channel) = self.ask(Method::POST, "/users/@me/channels", body).await;
        assert_eq!(status, 200, "{channel}");
        channel["id"].as_str().unwrap().parse().unwrap()
    }
}

#[tokio::test]
async fn who_does_not_say_who_they_are_is_refused() {
    let stage = Stage::new().await;
    let url = format!("{}/v10/users/@me", stage.discord.api_url());
    let none = stage.client.get(&url).send().await.unwrap();
    assert_eq!(none.status(), StatusCode::UNAUTHORIZED);
    assert_eq!(
        none.json::<Value>().await.unwrap(),
        json!({"message": "401: Unauthorized", "code": 0})
    );
    let wrong = stage
        .client
        .get(&url)
        .header("authorization", "Bot nonsense")
        .send()
        .await
        .unwrap();
    assert_eq!(wrong.status(), StatusCode::UNAUTHORIZED);
    let anonymous = reqwest::Client::builder().build().unwrap();
    let blocked = anonymous.get(&url).send().await.unwrap();
    assert_eq!(blocked.json::<Value>().await.unwrap()["code"], 40333);
    let script = reqwest::Client::builder().user_agent("script/1.0").build().unwrap();
    let gateway = format!("{}/v10/gateway", stage.discord.api_url());
    let open = script.get(&gateway).send().await.unwrap();
    assert_eq!(open.status(), StatusCode::OK, "without a token any name will do");
    assert_eq!(open.headers()["via"], "1.1 google");
    let bot = script
        .get(&url)
        .header("authorization", format!("Bot {}", stage.bot.token));
    assert_eq!(bot.send().await.unwrap().json::<Value>().await.unwrap()["code"], 40333);
    assert_eq!(stage.discord.invalid_requests(), 4);
    let old = stage
        .client
        .get(format!("{}/v9/users/@me", stage.discord.api_url()))
        .send()
        .await
        .unwrap();
    assert_eq!(old.json::<Value>().await.unwrap()["code"], 50041);
}

#[tokio::test]
async fn a_nonce_is_kept_for_some_minutes_and_for_its_author() {
    let stage = Stage::new().await;
    let dm = stage.dm().await;
    let body = json!({"content": "hello", "nonce": "cycle-1", "enforce_nonce": true});
    let (_, first) = stage.post(dm, body.clone()).await;
    let (status, second) = stage.post(stage.channel, body.clone()).await;
    assert_eq!((status, &second["id"]), (200, &first["id"]));
    assert_eq!(stage.discord.person(stage.person).received().len(), 1);
    stage.time.fetch_add(300_001, Ordering::Relaxed);
    let (_, third) = stage.post(dm, body).await;
    assert_ne!(third["id"], first["id"]);
}

#[tokio::test]
async fn people_who_cannot_be_reached_have_their_codes() {
    let stage = Stage::new().await;
    let dm = stage.dm().await;
    stage.discord.set_dm_policy(stage.person, DmPolicy::Refuses50007);
    let (status, error) = stage.post(dm, json!({"content": "a"})).await;
    assert_eq!((status, error["code"].as_u64()), (403, Some(50007)));
    stage.discord.set_dm_policy(stage.person, DmPolicy::Open);
    stage.discord.remove_member(stage.guild, stage.person);
    let (status, error) = stage.post(dm, json!({"content": "a"})).await;
    assert_eq!((status, error["code"].as_u64()), (403, Some(50278)));
    let other = stage.discord.add_user("Ben", "en-GB").id();
    stage.discord.refuse_new_dms(stage.bot.id, true);
    let (status, error) = stage
        .ask(
            Method::POST,
            "/users/@me/channels",
            json!({"recipient_id": other.to_string()}),
        )
        .await;
    assert_eq!((status, error["code"].as_u64()), (403, Some(40003)));
    stage.discord.quarantine(stage.bot.id, true);
    let (_, error) = stage
        .ask(
            Method::POST,
            "/users/@me/channels",
            json!({"recipient_id": other.to_string()}),
        )
        .await;
    assert_eq!(error["code"], 20026);
}

#[tokio::test]
async fn permissions_of_the_channel_hold() {
    let stage = Stage::new().await;
    assert_eq!(stage.post(stage.channel, json!({"content": "a"})).await.0, 200);
    stage
        .discord
        .set_overwrite(stage.channel, stage.bot.id, 0, permissions::SEND_MESSAGES);
    let (status, error) = stage.post(stage.channel, json!({"content": "a"})).await;
    assert_eq!((status, error["code"].as_u64()), (403, Some(50013)));
    stage
        .discord
        .set_overwrite(stage.channel, stage.bot.id, 0, permissions::VIEW_CHANNEL);
    let (status, error) = stage.post(stage.channel, json!({"content": "a"})).await;
    assert_eq!((status, error["code"].as_u64()), (403, Some(50001)));
    let (status, error) = stage.post(1, json!({"content": "a"})).await;
    assert_eq!((status, error["code"].as_u64()), (404, Some(10003)));
}

#[tokio::test]
async fn the_member_list_needs_the_privileged_intent() {
    let stage = Stage::new().await;
    let path = format!("/guilds/{}/members?limit=1000", stage.guild);
    let (status, error) = stage.ask(Method::GET, &path, Value::Null).await;
    assert_eq!((status, error["code"].as_u64()), (403, Some(50001)));
    stage.discord.set_privileged(stage.bot.id, intents::GUILD_MEMBERS);
    stage.discord.add_members(stage.guild, 1500, &[]);
    let (_, page) = stage.ask(Method::GET, &path, Value::Null).await;
    assert_eq!(page.as_array().map(Vec::len), Some(1000));
    let after = page[999]["user"]["id"].as_str().unwrap();
    let (_, rest) = stage
        .ask(Method::GET, &format!("{path}&after={after}"), Value::Null)
        .await;
    assert_eq!(rest.as_array().map(Vec::len), Some(502));
    let alone = format!("/guilds/{}/members/{}", stage.guild, stage.person);
    assert_eq!(
        stage.ask(Method::GET, &alone, Value::Null).await.1["user"]["username"],
        "Ada"
    );
}

#[tokio::test]
async fn the_sixth_message_in_five_seconds_waits() {
    let stage = Stage::new().await;
    for _ in 0..5 {
        assert_eq!(stage.post(stage.channel, json!({"content": "a"})).await.0, 200);
    }
    let path = format!("/channels/{}/messages", stage.channel);
    let answer = stage
        .request(Method::POST, &path)
        .json(&json!({"content": "a"}))
        .send()
        .await
        .unwrap();
    let header = |name: &str| answer.headers()[name].to_str().unwrap().to_owned();
    assert_eq!(answer.status(), StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(header("x-ratelimit-scope"), "user");
    assert_eq!(header("x-ratelimit-remaining"), "0");
    assert_eq!(header("x-ratelimit-reset-after"), "5.000");
    assert_eq!(answer.json::<Value>().await.unwrap()["retry_after"], 5.0);
    stage.time.fetch_add(5_000, Ordering::Relaxed);
    assert_eq!(stage.post(stage.channel, json!({"content": "a"})).await.0, 200);
}

#[tokio::test]
async fn faults_befall_the_next_matching_requests() {
    let stage = Stage::new().await;
    stage.discord.set_limits(RateLimits::off());
    let count = || stage.discord.messages(stage.channel).len();
    let path = format!("/channels/{}/messages", stage.channel);
    let send = || stage.request(Method::POST, &path).json(&json!({"content": "a"})).send();

    stage.discord.fail("POST", "/channels/*/messages", 1, Fault::CutBefore);
    assert!(send().await.is_err());
    assert_eq!(count(), 0);
    stage.discord.fail("POST", "/channels/*/messages", 1, Fault::CutAfter);
    assert!(send().await.is_err());
    assert_eq!(count(), 1);
    stage.discord.fail("POST", "/channels/*/messages", 1, Fault::Garbage);
    assert!(send().await.unwrap().json::<Value>().await.is_err());
    assert_eq!(count(), 2);
    stage.discord.fail("*", "/**", 1, Fault::Status(503));
    assert_eq!(send().await.unwrap().status(), StatusCode::SERVICE_UNAVAILABLE);
    stage
        .discord
        .fail("*", "/**", 1, Fault::GlobalLimit { retry_after_ms: 1500 });
    let answer = send().await.unwrap();
    assert_eq!(answer.headers()["x-ratelimit-global"], "true");
    assert_eq!(answer.headers()["retry-after"], "2");
    let before = stage.discord.invalid_requests();
    stage
        .discord
        .fail("*", "/**", 1, Fault::SharedLimit { retry_after_ms: 1500 });
    assert_eq!(send().await.unwrap().headers()["x-ratelimit-scope"], "shared");
    assert_eq!(stage.discord.invalid_requests(), before);
    assert_eq!(send().await.unwrap().status(), StatusCode::OK);
    let statuses: Vec<u16> = stage.discord.requests().iter().map(|request| request.status).collect();
    assert_eq!(statuses, [599, 200, 200, 503, 429, 429, 200]);
}

#[tokio::test]
async fn uploads_are_recorded_with_the_payload() {
    let stage = Stage::new().await;
    let payload = json!({"content": "see", "attachments": [{"id": 0, "filename": "a.txt"}]}).to_string();
    let part = reqwest::multipart::Part::bytes(b"hello".to_vec()).file_name("a.txt");
    let form = reqwest::multipart::Form::new()
        .text("payload_json", payload)
        .part("files[0]", part);
    let path = format!("/channels/{}/messages", stage.channel);
    let answer = stage.request(Method::POST, &path).multipart(form).send().await.unwrap();
    assert_eq!(answer.json::<Value>().await.unwrap()["attachments"][0]["size"], 5);
    let line: Value = serde_json::from_str(&stage.discord.recording()).unwrap();
    assert_eq!(line["body"]["content"], "see");
    assert_eq!(line["files"], json!([{"name": "files[0]", "filename": "a.txt"}]));
    assert_eq!(line["path"], format!("/api/v10{path}"));
}

#[tokio::test]
async fn a_dropped_stand_in_frees_its_port() {
    let discord = Discord::start(Options {
        record: Record::Nowhere,
        ..Options::default()
    })
    .await
    .unwrap();
    let port = discord.port();
    drop(discord);
    for _ in 0..100 {
        if tokio::net::TcpListener::bind(("127.0.0.1", port)).await.is_ok() {
            return;
        }
        tokio::task::yield_now().await;
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    panic!("port {port} is still taken");
}

#[tokio::test]
async fn commands_are_checked_and_kept() {
    let stage = Stage::new().await;
    let path = format!("/applications/{}/commands", stage.bot.id);
    let (status, list) = stage
        .ask(Method::PUT, &path, json!([{"name": "pending", "description": "d"}]))
        .await;
    assert_eq!((status, list[0]["type"].as_u64()), (200, Some(1)));
    let (_, again) = stage
        .ask(Method::PUT, &path, json!([{"name": "pending", "description": "other"}]))
        .await;
    assert_eq!(again[0]["id"], list[0]["id"]);
    let (status, error) = stage
        .ask(Method::PUT, &path, json!([{"name": "Bad Name", "description": "d"}]))
        .await;
    assert_eq!((status, error["code"].as_u64()), (400, Some(50035)));
    assert!(error["errors"]["0"]["name"]["_errors"][0]["message"].is_string());
    let twice = json!([{"name": "a", "description": "d"}, {"name": "a", "description": "d"}]);
    assert_eq!(stage.ask(Method::PUT, &path, twice).await.0, 400);
    let strange = format!("/applications/{}/commands", stage.guild);
    assert_eq!(stage.ask(Method::GET, &strange, Value::Null).await.0, 404);
    let (_, me) = stage.ask(Method::GET, "/applications/@me", Value::Null).await;
    assert_eq!(me["flags"], 0);
}

#[tokio::test]
async fn members_are_found_by_the_beginning_of_a_name() {
    let stage = Stage::new().await;
    for (name, nick) in [("Adele", None), ("Ben", Some("Adam")), ("Cleo", None)] {
        let id = stage.discord.add_user(name, "en-GB").id();
        stage.discord.add_member(stage.guild, id, &[]);
        stage.discord.set_nick(stage.guild, id, nick);
    }
    let search = format!("/guilds/{}/members/search", stage.guild);
    let (status, found) = stage
        .ask(Method::GET, &format!("{search}?query=ad&limit=9"), Value::Null)
        .await;
    let names: Vec<&str> = found
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|one| one["user"]["username"].as_str())
        .collect();
    assert_eq!((status, names), (200, vec!["Ada", "Adele", "Ben"]));
    let (_, one) = stage.ask(Method::GET, &format!("{search}?query=AD"), Value::Null).await;
    assert_eq!(one.as_array().map(Vec::len), Some(1), "one where no limit is given");
    let (status, error) = stage.ask(Method::GET, &search, Value::Null).await;
    assert_eq!((status, error["code"].as_u64()), (400, Some(50035)));
}

#[tokio::test]
async fn an_answer_is_told_at_once_and_found_by_an_encoded_name() {
    let stage = Stage::new().await;
    let app = stage.bot.id;
    let commands = json!([{"name": "hello", "description": "says hello"}]);
    let (status, told) = stage
        .ask(Method::PUT, &format!("/applications/{app}/commands"), commands)
        .await;
    assert_eq!(status, 200, "{told}");
    let person = stage.discord.person(stage.person);
    let asked = person.slash(app, Place::Channel(stage.channel), "hello", &[]).unwrap();
    let event = asked.event();
    let (id, token) = (event["id"].as_str().unwrap(), event["token"].as_str().unwrap());
    let callback = format!("/interactions/{id}/{token}/callback?with_response=1");
    let body = json!({"type": 4, "data": {"content": "hello"}});
    let (status, answer) = stage.ask(Method::POST, &callback, body).await;
    assert_eq!(
        (status, &answer["resource"]["message"]["content"]),
        (200, &json!("hello"))
    );
    let original = format!("/webhooks/{app}/{token}/messages/%40original");
    let (status, found) = stage.ask(Method::GET, &original, Value::Null).await;
    assert_eq!((status, &found["id"]), (200, &answer["resource"]["message"]["id"]));
}
