//! What the log never holds, at its most talkative level: content, names, tokens, ids of people.

use anyhow::ensure;
use bellwether::catalogue::Choice;
use discord_stand_in::{DmPolicy, Fault, Place};
use rehearsal::organisation::TOKEN;
use rehearsal::page::Page;
use rehearsal::{Setting, World};
use serde_json::json;

use super::concerns_stage::{about, case_key, come_back, concern, hire, keyed, write};
use super::stage::{next_question, play_on_sqlite, press, send, thursday, types, types_in};

const CONTENT: [&str; 4] = ["Zwetschgenknödel", "Brimborium", "Quetzalcoatl", "Xylophon"];

#[tokio::test(flavor = "multi_thread")]
async fn the_log_holds_no_content_names_tokens_or_people() -> anyhow::Result<()> {
    let page = Page::default();
    let writer = page.clone();
    // One for the whole process: the stories beside this one write into it, too, and nothing of theirs matters.
    bellwether::telemetry::start_into("trace", move || writer.clone())?;
    let setting = Setting {
        // Ids that no other story has.
        start: "2026-06-11T07:00:00Z".to_owned(),
        ..thursday()
    };
    play_on_sqlite(setting, async |world| {
        let mia = world.manager(CONTENT[3]);
        let closed = world.manager("Wolpertinger");
        world.discord.set_dm_policy(closed.person.id(), DmPolicy::Refuses50007);
        world.start_bot().await?;
        world.discord.fail("POST", "/channels/*/messages", 1, Fault::Garbage);
        let question = next_question(world, &mia).await?;
        let modal = press(&mia.person, &question, Choice::NotYet).await?;
        let fields = modal.fields().into_iter().map(|field| field.custom_id);
        let words: Vec<_> = fields.zip(CONTENT.map(str::to_owned)).take(2).collect();
        let wrong = [(modal.fields()[2].custom_id.clone(), CONTENT[2].to_owned())];
        send(&mia.person, &modal, &[&words[..], &wrong[..]].concat()).await?;
        send(&mia.person, &modal, &words).await?;
        mia.person.dm(world.organisation.bot.id, CONTENT[0])?;
        mia.person.forged_press(&question, CONTENT[1])?.message().await?;
        types(world, &mia, "record").await?;
        types_in(
            world,
            &mia,
            Place::Dm,
            "away",
            &[("from", json!("Quetzalc")), ("to", json!("Brimbori"))],
        )
        .await?;
        let concerned = speak_up(world).await?;
        provoke(world).await?;
        mia.person
            .slash(world.organisation.bot.id, Place::Dm, "pending", &[])?
            .message()
            .await?;
        let log = page.text();
        ensure!(
            log.contains("\"level\":\"DEBUG\"") || log.contains("\"level\":\"INFO\""),
            "nothing is logged"
        );
        let people = [mia.person.id().to_string(), closed.person.id().to_string()];
        let secrets = ["Quetzalc", "Brimbori", "Wolpertinger", TOKEN, &people[0], &people[1]];
        let concerned = concerned.iter().map(String::as_str);
        let secrets: Vec<&str> = CONTENT.into_iter().chain(secrets).chain(concerned).collect();
        for secret in &secrets {
            let line = log.lines().find(|line| line.contains(*secret));
            ensure!(line.is_none(), "{secret} is in the log: {}", line.unwrap_or_default());
        }
        world.crash_bot().await?;
        world.start_bot().await
    })
    .await
}

/// Somebody raises a concern, comes back, and makes mistakes on the way. What must be in no line, not even the ids of
/// what happened, as they tell when.
async fn speak_up(world: &mut World) -> anyhow::Result<Vec<String>> {
    let rita = world.hire("Rumpelstilzchen", "en-GB", None, &[]);
    let handlers = hire(world);
    keyed(world, handlers).await?;
    let before = world.discord.interactions().len();
    let first = concern(world, &rita, Place::Dm).await?;
    let page = about(&rita.person, &first, "Anonymous", "mistake").await?;
    let receipt = write(&rita.person, &page, "Schnickschnack was said").await?;
    let key = case_key(&receipt)?;
    come_back(world, &rita, Place::Dm, "Schnickschnack").await?;
    come_back(world, &rita, Place::Dm, &key).await?;
    rita.person
        .forged_press(&page, "v1:concern:Schnickschnack")?
        .message()
        .await?;
    world.settle().await;
    let mut secrets = vec![rita.person.id().to_string(), "Schnickschnack".to_owned(), key];
    for happened in world.discord.interactions().iter().skip(before) {
        let event = happened.event();
        let of = |name: &str| event[name].as_str().map(str::to_owned);
        secrets.extend(of("id").into_iter().chain(of("token")));
    }
    Ok(secrets)
}

/// Takes the database away, so that errors are logged as well.
async fn provoke(world: &World) -> anyhow::Result<()> {
    world.settle().await;
    world.app().bot().core.db.clone().close().await
}
