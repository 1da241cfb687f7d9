//! The log's checkpoints on Discord: posted with their exact bytes, once each, whatever happens on the way.

use anyhow::{Context, ensure};
use bellwether::anchors::{self, Status};
use bellwether::evidence::checkpoint::Checkpoint;
use bellwether::evidence::note::Vkey;
use discord_stand_in::{Fault, Message, permissions};
use rehearsal::outside::Server;
use rehearsal::{Setting, World};
use serde_json::json;

use super::stage::{play, play_on_sqlite, says, thursday};

const DAY: i64 = 86_400_000;
const MINUTE: i64 = 60_000;

fn anchored() -> Setting {
    Setting {
        anchored: true,
        ..thursday()
    }
}

fn channel(world: &World) -> u64 {
    world.organisation.guild.channels["evidence-log"]
}

fn posted(world: &World) -> Vec<Message> {
    world.discord.messages(channel(world))
}

/// The one file of a message: name and text.
fn file(world: &World, message: &Message) -> anyhow::Result<(String, String)> {
    let mut files = world.discord.files(message);
    ensure!(files.len() == 1, "a checkpoint is one file");
    let (name, bytes) = files.remove(0);
    Ok((name, String::from_utf8(bytes)?))
}

async fn status(world: &World) -> anyhow::Result<Status> {
    let core = &world.app().bot().core;
    let outside = anchors::Outside::default();
    anchors::status(core.db.reader(), &core.config, &outside, world.clock.now()).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_checkpoint_is_posted_byte_for_byte_and_the_key_once() -> anyhow::Result<()> {
    play(anchored(), async |world| {
        world.start_bot().await?;
        world.pass(2 * DAY).await?;
        let messages = posted(world);
        ensure!(
            messages.len() == 3,
            "at the start and after each day, not {}",
            messages.len()
        );
        let told = messages[0]
            .content()
            .split('`')
            .find(|part| part.contains("fernhill.example/log+"));
        let vkey: Vkey = told.context("the key is told")?.parse()?;
        for (number, message) in messages.iter().enumerate() {
            let (name, note) = file(world, message)?;
            let checkpoint = Checkpoint::open(&note, &vkey)?;
            ensure!(name == format!("{:012}.checkpoint", checkpoint.size), "{name}");
            says(
                message.content(),
                &[&format!("```\n{note}```"), &format!("{} entries", checkpoint.size)],
            )?;
            ensure!(
                message.content().contains(&vkey.to_string()) == (number == 0),
                "the key, once"
            );
        }
        let end = format!("/channels/{}/messages", channel(world));
        for request in world.discord.requests() {
            if request.method == "POST" && request.path.ends_with(&end) {
                let body = request.body.context("a body")?;
                ensure!(body["allowed_mentions"] == json!({ "parse": [] }), "{body}");
                ensure!(body["flags"] == 4_096 && body["enforce_nonce"] == true, "{body}");
            }
        }
        let status = status(world).await?;
        let (size, _, link) = status.targets[0].last.clone().context("a copy is there")?;
        let last = messages.last().context("a message")?;
        let (guild, channel) = (world.organisation.guild.id, channel(world));
        ensure!(link == Some(format!("https://discord.com/channels/{guild}/{channel}/{}", last.id())));
        ensure!(file(world, last)?.0 == format!("{size:012}.checkpoint"));
        let told = world
            .leaves()
            .await?
            .iter()
            .filter(|kind| *kind == "anchor.published")
            .count();
        ensure!(told == 3, "each copy leaves a leaf: {told}");
        ensure!(status.nags(world.clock.now(), 36 * 60 * MINUTE).is_empty());
        Ok(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_crash_between_freezing_and_posting_loses_and_doubles_nothing() -> anyhow::Result<()> {
    for away in [1_000, 30 * MINUTE] {
        play(anchored(), async |world| {
            world.start_bot().await?;
            world.app().anchor().await?;
            world.crash_bot().await?;
            ensure!(posted(world).is_empty(), "frozen, not posted");
            world.start_bot().await?;
            // It stands there, but the bot never hears of it.
            world.discord.fail("POST", "/channels/*/messages", 1, Fault::CutAfter);
            world.app().deliver().await?;
            ensure!(posted(world).len() == 1);
            world.crash_bot().await?;
            world.clock.set(world.clock.now() + away);
            world.start_bot().await?;
            world.app().deliver().await?;
            world.pass(5 * MINUTE).await?;
            let sizes: Vec<_> = posted(world)
                .iter()
                .map(|message| file(world, message))
                .collect::<Result<_, _>>()?;
            let distinct: std::collections::BTreeSet<_> = sizes.iter().collect();
            ensure!(distinct.len() == sizes.len(), "twice after {away} ms: {sizes:?}");
            ensure!(status(world).await?.targets[0].last.is_some());
            Ok(())
        })
        .await?;
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_channel_that_is_gone_or_closed_is_given_up_and_tried_with_the_next() -> anyhow::Result<()> {
    play_on_sqlite(anchored(), async |world| {
        let bot = world.organisation.bot.id;
        world
            .discord
            .set_overwrite(channel(world), bot, 0, permissions::ATTACH_FILES);
        world.start_bot().await?;
        world.pass(5 * MINUTE).await?;
        ensure!(posted(world).is_empty());
        let closed = status(world).await?;
        ensure!(closed.targets[0].given_up == 1, "{closed:?}");
        ensure!(
            closed.targets[0].error.as_deref() == Some("channel-closed"),
            "{closed:?}"
        );
        world
            .discord
            .set_overwrite(channel(world), bot, permissions::ATTACH_FILES, 0);
        world.pass(DAY).await?;
        ensure!(posted(world).len() == 1, "the next checkpoint finds the channel open");
        says(posted(world)[0].content(), &["fernhill.example/log+"])?;
        world.discord.remove_channel(channel(world));
        world.pass(2 * DAY).await?;
        let gone = status(world).await?;
        let told: Vec<_> = gone
            .nags(world.clock.now(), 36 * 60 * MINUTE)
            .iter()
            .map(ToString::to_string)
            .collect();
        ensure!(
            told.len() == 1 && told[0].starts_with("the last checkpoint outside is 4"),
            "{told:?}"
        );
        ensure!(
            world.discord.invalid_requests() <= 4,
            "a closed channel is not tried again and again"
        );
        Ok(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn after_an_outage_only_the_newest_checkpoint_is_posted() -> anyhow::Result<()> {
    play(anchored(), async |world| {
        world.start_bot().await?;
        world
            .discord
            .fail("POST", "/channels/*/messages", 100_000, Fault::Status(503));
        world.pass(2 * DAY + MINUTE).await?;
        ensure!(posted(world).is_empty());
        let waiting = status(world).await?;
        ensure!(waiting.targets[0].waiting == 1, "{waiting:?}");
        ensure!(
            waiting.targets[0].error.as_deref() == Some("server-failed-503"),
            "{waiting:?}"
        );
        world.discord.heal();
        world.pass(60 * MINUTE).await?;
        ensure!(posted(world).len() == 1, "not {}", posted(world).len());
        let size = waiting.publication.context("something is published")?.size;
        ensure!(file(world, &posted(world)[0])?.0 == format!("{size:012}.checkpoint"));
        Ok(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn two_processes_post_once() -> anyhow::Result<()> {
    play(anchored(), async |world| {
        world.start_bot().await?;
        let second = world.another_app().await?;
        for _ in 0..3 {
            let (one, two) = tokio::join!(world.app().anchor(), second.anchor());
            one.and(two)?;
            let (one, two) = tokio::join!(world.app().deliver(), second.deliver());
            one.and(two)?;
            world.clock.set(world.clock.now() + DAY);
            world.app().tick().await?;
        }
        let names: Vec<_> = posted(world)
            .iter()
            .map(|message| file(world, message))
            .collect::<Result<_, _>>()?;
        ensure!(names.len() == 3, "{names:?}");
        second.stop().await?;
        Ok(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn each_organisation_reads_its_own_language_and_all_get_the_same_bytes() -> anyhow::Result<()> {
    play_on_sqlite(anchored(), async |world| {
        let owner = world.discord.add_user("other-founder", "de").id();
        let guild = world.discord.add_guild_with(
            "Bachtal",
            owner,
            &["manager"],
            &["nachweise"],
            &[&world.organisation.bot],
        );
        world.setting.further = format!(
            "[[organisation]]\nid = \"{}\"\nname = \"Bachtal\"\nzone = \"Europe/Berlin\"\nlanguage = \"de\"\n\
             roles.manager = [\"{}\"]\nchannels.evidence = \"{}\"\n",
            guild.id, guild.roles["manager"], guild.channels["nachweise"]
        );
        world.start_bot().await?;
        world.pass(MINUTE).await?;
        let (english, german) = (posted(world), world.discord.messages(guild.channels["nachweise"]));
        ensure!(english.len() == 1 && german.len() == 1);
        says(english[0].content(), &["entries", "fernhill.example/log+"])?;
        says(german[0].content(), &["Einträge", "fernhill.example/log+"])?;
        ensure!(file(world, &english[0])? == file(world, &german[0])?);
        Ok(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_webhook_hears_of_it_beside_discord_and_discord_away_hinders_it_not() -> anyhow::Result<()> {
    let server = Server::obliging().await?;
    let setting = Setting {
        evidence: format!(
            "[[evidence.webhook]]\nname = \"auditor\"\nurl = \"{}\"",
            server.url("/")
        ),
        ..anchored()
    };
    play(setting, async |world| {
        let before = server.requests().len();
        world.start_bot().await?;
        world
            .discord
            .fail("POST", "/channels/*/messages", 100_000, Fault::Status(503));
        world.pass(DAY + MINUTE).await?;
        let requests = server.requests().split_off(before);
        ensure!(requests.len() == 2, "{}", requests.len());
        world.discord.heal();
        world.pass(60 * MINUTE).await?;
        let (_, note) = file(world, &posted(world)[0])?;
        ensure!(requests[1].body == note.as_bytes(), "the same bytes everywhere");
        Ok(())
    })
    .await
}
