//! An organisation is taken out of the configuration, or its id is mistyped, and comes back.

use anyhow::{Context, ensure};
use bellwether::catalogue::Choice;
use discord_stand_in::{GuildSetup, Message};
use rehearsal::{Hired, World};

use super::stage::{answer, button, next_question, play, play_on_sqlite, press, says, send, thursday, types, words};

/// A second organisation with one manager; what the configuration says of it.
fn bakery(world: &mut World) -> (GuildSetup, Hired, String) {
    let bot = world.organisation.bot.clone();
    let person = world.discord.add_user("Bo", "en-GB");
    let guild = world
        .discord
        .add_guild_with("Bakery", person.id(), &["manager"], &["lobby"], &[&bot]);
    let manager = guild.roles["manager"];
    world.discord.set_member_roles(guild.id, person.id(), &[manager]);
    let block = format!(
        "[[organisation]]\nid = \"{}\"\nname = \"Bakery\"\nzone = \"Europe/Berlin\"\n[organisation.roles]\n\
         manager = [\"{manager}\"]\n",
        guild.id
    );
    let hired = Hired {
        name: "Bo".to_owned(),
        zone: None,
        person,
    };
    (guild, hired, block)
}

/// What pressing a button of the question says.
async fn pressed(who: &Hired, question: &Message) -> anyhow::Result<String> {
    let pressed = who.person.press(question, &button(question, Choice::Done)?)?;
    Ok(pressed.message().await?.text())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_open_of_an_organisation_ends_when_it_is_taken_out() -> anyhow::Result<()> {
    play(thursday(), async |world| {
        let mia = world.manager("Mia");
        let (_, bo, block) = bakery(world);
        world.setting.further = block.clone();
        world.start_bot().await?;
        let question = next_question(world, &bo).await?;
        let form = press(&bo.person, &question, Choice::NotYet).await?;
        world.until("2026-11-05T12:00:00Z").await?;
        world.stop_bot().await?;
        world.setting.further = String::new();
        world.start_bot().await?;
        // Past its closing and into the next week: nothing holds the others up.
        next_question(world, &mia).await?;
        world.until("2026-11-12T12:00:00Z").await?;
        let states = world.states(bo.person.id()).await?;
        ensure!(states == ["cancelled (organisation-removed)"], "{states:?}");
        let states = world.states(mia.person.id()).await?;
        ensure!(states == ["missed", "open"], "{states:?}");
        let cancelled = async || {
            let leaves = world.cycle_leaves().await?;
            anyhow::Ok(leaves.iter().filter(|kind| *kind == "cycle.cancelled").count())
        };
        ensure!(cancelled().await? == 1);
        says(&pressed(&bo, &question).await?, &["is no longer set up here"])?;
        let typed = send(&bo.person, &form, &words(Choice::NotYet, &form)).await?.text();
        says(&typed, &["is no longer set up here", "> After Tuesday's stand\\-up"])?;
        ensure!(world.answers().await?.is_empty());
        // Another start says and does nothing more.
        world.stop_bot().await?;
        world.start_bot().await?;
        world.pass(3_600_000).await?;
        let leaves = world.cycle_leaves().await?;
        ensure!(leaves.iter().filter(|kind| *kind == "cycle.cancelled").count() == 1);
        Ok(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn an_organisation_that_comes_back_is_asked_again() -> anyhow::Result<()> {
    play(thursday(), async |world| {
        let mia = world.manager("Mia");
        let (guild, bo, block) = bakery(world);
        world.setting.further = block.clone();
        world.start_bot().await?;
        next_question(world, &bo).await?;
        world.until("2026-11-05T12:00:00Z").await?;
        world.stop_bot().await?;
        // A slip of the finger.
        world.setting.further = block.replace(&guild.id.to_string(), &(guild.id - 1).to_string());
        world.start_bot().await?;
        world.pass(3_600_000).await?;
        world.stop_bot().await?;
        world.setting.further = block;
        world.start_bot().await?;
        let question = next_question(world, &bo).await?;
        says(&answer(&bo, &question, Choice::Done).await?.text(), &["on time"])?;
        ensure!(question.made_at() > 1_794_438_000_000, "not before the next week");
        let states = world.states(bo.person.id()).await?;
        ensure!(states == ["cancelled (organisation-removed)", "answered"], "{states:?}");
        says(
            &types(world, &bo, "record").await?,
            &[
                "Your last 2 questions",
                "ended: the organisation was not set up for a time",
            ],
        )?;
        ensure!(world.states(mia.person.id()).await?.len() == 2);
        Ok(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_of_an_organisation_that_was_taken_out_is_not_opened_again() -> anyhow::Result<()> {
    play(thursday(), async |world| {
        let (_, bo, block) = bakery(world);
        world.setting.further = block;
        world.start_bot().await?;
        let question = next_question(world, &bo).await?;
        answer(&bo, &question, Choice::Done).await?;
        let cycle = world.cycles().await?.pop().context("a cycle")?;
        world.stop_bot().await?;
        world.setting.further = String::new();
        world.start_bot().await?;
        for act in ["correct", "retract", "retracted"] {
            let pressed = bo.person.forged_press(&question, &format!("v1:{act}:{}", cycle.id))?;
            says(&pressed.message().await?.text(), &["is no longer set up here"])?;
        }
        let receipt = bo.person.forged_press(&question, &format!("v1:receipt:{}", cycle.id))?;
        says(&receipt.message().await?.text(), &["Here is your receipt"])?;
        world.until("2026-11-12T12:00:00Z").await?;
        ensure!(world.states(bo.person.id()).await? == ["answered"]);
        Ok(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_owner_hears_that_the_bot_was_taken_out_of_the_server() -> anyhow::Result<()> {
    play_on_sqlite(thursday(), async |world| {
        let olga = world.hire("Olga", "de", None, &["owner"]);
        let bot = world.organisation.bot.clone();
        // Somewhere else they still meet.
        let club = world
            .discord
            .add_guild_with("Club", olga.person.id(), &[], &["lobby"], &[&bot]);
        world.start_bot().await?;
        // So that the bot learns her language.
        types(world, &olga, "streaks").await?;
        let guild = world.organisation.guild.id;
        world.discord.remove_member(guild, bot.id);
        let told = world
            .await_within(5, |_: &World| olga.person.received().first().cloned())
            .await
            .context("the owner is told")?;
        says(told.content(), &["wurde aus dem Server", "entfernt"])?;
        ensure!(world.discord.messages(club.channels["lobby"]).is_empty());
        Ok(())
    })
    .await
}
