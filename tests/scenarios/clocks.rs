//! The machine's clock is wrong: what is written would bear that time for ever.

use anyhow::{Context, ensure};
use bellwether::catalogue::Choice;
use bellwether::clock::{Agreement, Millis};
use discord_stand_in::Response;
use rehearsal::World;

use super::stage::{next_question, play, press, says, thursday, types, words};

/// The bot's clock is so far ahead of Discord's.
fn ahead(world: &World, milliseconds: i64) {
    world.discord.shift_date(-milliseconds);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_far_ahead_writes_nothing_and_loses_no_answer() -> anyhow::Result<()> {
    play(thursday(), async |world| {
        let mia = world.manager("Mia");
        world.start_bot().await?;
        let question = next_question(world, &mia).await?;
        let modal = press(&mia.person, &question, Choice::Done).await?;
        world.settle().await;
        let before = world.leaves().await?;
        ahead(world, 26 * Millis::HOUR);
        world.clock.set(world.clock.now() + Millis::HOUR);
        let refused = world.app().tick().await.err().context("the step is refused")?;
        says(
            &refused.to_string(),
            &["clock is 26 h ahead of Discord's", "Nothing is written"],
        )?;
        // What only reads goes on, and an answer waits.
        says(&types(world, &mia, "pending").await?, &["One question is open."])?;
        let words = words(Choice::Done, &modal);
        let pairs: Vec<_> = words.iter().map(|(id, text)| (id.as_str(), text.as_str())).collect();
        let sent = mia.person.submit(&modal, &pairs)?;
        ensure!(matches!(sent.response().await?, Response::Deferred { .. }));
        ensure!(world.leaves().await? == before, "something was written");
        // The clock is set right: it goes on by itself, a step later.
        ahead(world, 0);
        world.pump().await?;
        says(&sent.message().await?.text(), &["Thank you"])?;
        world.settle().await;
        ensure!(world.cycle_leaves().await?.contains(&"cycle.answered".to_owned()));
        Ok(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_start_with_a_clock_far_ahead_is_refused_with_a_sentence() -> anyhow::Result<()> {
    play(thursday(), async |world| {
        world.start_bot().await?;
        world.pump().await?;
        let before = world.leaves().await?.len();
        world.crash_bot().await?;
        ahead(world, 400 * Millis::DAY);
        let refused = world.start_bot().await.err().context("the start is refused")?;
        says(&refused.to_string(), &["clock is 400 d ahead"])?;
        ahead(world, 0);
        world.start_bot().await?;
        // One leaf of the start, and none of the refused one.
        ensure!(world.leaves().await?.len() == before + 1);
        Ok(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_a_little_off_or_behind_is_told_and_goes_on() -> anyhow::Result<()> {
    play(thursday(), async |world| {
        let mia = world.manager("Mia");
        world.start_bot().await?;
        let clock = world.clock.clone();
        let agreement = || clock.agreement().map(|(agreement, _)| agreement);
        for lead in [2 * Millis::MINUTE, 59 * Millis::MINUTE, -3 * Millis::DAY] {
            ahead(world, lead);
            world.pass(2 * Millis::HOUR).await?;
            let Some(Agreement::Off { by }) = agreement() else {
                anyhow::bail!("{lead}: {:?}", agreement());
            };
            ensure!((by - lead).abs() <= Millis::SECOND, "{by} for {lead}");
        }
        ensure!(mia.person.received().len() == 1);
        Ok(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn without_discord_nothing_is_held_against_the_clock() -> anyhow::Result<()> {
    play(thursday(), async |world| {
        world.start_bot().await?;
        world.crash_bot().await?;
        world.discord.refuse_connections(true);
        let alone = world.another_app().await?;
        for _ in 0..3 {
            world.clock.set(world.clock.now() + Millis::HOUR);
            alone.tick().await?;
        }
        alone.stop().await?;
        world.discord.refuse_connections(false);
        world.start_bot().await
    })
    .await
}
