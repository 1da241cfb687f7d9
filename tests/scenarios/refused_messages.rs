//! Members whom direct messages do not reach: the channel instead, or undelivered and tried again next week.

use anyhow::{Context, ensure};
use bellwether::catalogue::Choice;
use bellwether::outbox;
use discord_stand_in::{DmPolicy, Fault};
use rehearsal::{Setting, World};

use super::stage::{answer, next_question, play, play_on_sqlite, says, thursday, types};

/// No fallback channel.
fn without_fallback() -> Setting {
    Setting {
        fallback: false,
        ..thursday()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn closed_direct_messages_are_made_up_for_in_the_channel() -> anyhow::Result<()> {
    for policy in [DmPolicy::Refuses50007, DmPolicy::NoMutualGuild50278] {
        play(thursday(), async |world| {
            let (mia, ned) = (world.manager("Mia"), world.manager("Ned"));
            world.discord.set_dm_policy(mia.person.id(), policy);
            world.start_bot().await?;
            let channel = world.organisation.guild.channels["security-prompts"];
            let posted = world
                .await_within(5, |world| world.discord.messages(channel).pop())
                .await?;
            let mention = format!("<@{}>", mia.person.id());
            says(posted.content(), &[&mention, "This week"])?;
            let mentions = posted.raw()["mentions"].as_array().context("mentions")?;
            ensure!(
                mentions.len() == 1 && mentions[0]["id"].as_str() == Some(&*mia.person.id().to_string()),
                "{mentions:?}"
            );
            world.until("2026-11-05T10:00:00Z").await?;
            ensure!(world.discord.messages(channel).len() == 1 && ned.person.received().len() == 1);
            // Somebody else cannot answer it; she can, and nobody else sees her answer.
            let stolen = ned
                .person
                .press(&posted, &super::stage::button(&posted, Choice::Done)?)?;
            says(&stolen.message().await?.text(), &["is for somebody else"])?;
            let receipt = answer(&mia, &posted, Choice::Done).await?;
            ensure!(receipt.is_ephemeral());
            says(&receipt.text(), &["on time"])?;
            ensure!(world.discord.messages(channel).len() == 1);
            Ok(())
        })
        .await?;
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_filter_keeps_back_is_asked_in_the_channel() -> anyhow::Result<()> {
    let refusals = [20_009, 200_000, 200_001, 240_000].map(|code| Fault::Refusal { code });
    for refusal in refusals.into_iter().chain([Fault::Status(403)]) {
        play(thursday(), async |world| {
            let mia = world.manager("Mia");
            world.start_bot().await?;
            world.discord.fail("POST", "/channels/*/messages", 1, refusal.clone());
            let channel = world.organisation.guild.channels["security-prompts"];
            let posted = world
                .await_within(5, |world| world.discord.messages(channel).pop())
                .await?;
            says(posted.content(), &[&format!("<@{}>", mia.person.id())])?;
            answer(&mia, &posted, Choice::Done).await?;
            ensure!(
                mia.person.received().is_empty()
                    && world.cycle_leaves().await?[..2] == ["cycle.opened", "cycle.delivered"],
                "{refusal:?}"
            );
            // It was about that text, not about her: the next one goes to her alone again.
            next_question(world, &mia).await?;
            Ok(())
        })
        .await?;
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_is_remembered_for_a_day_and_tried_again_next_week() -> anyhow::Result<()> {
    play(without_fallback(), async |world| {
        let mia = world.manager("Mia");
        world.discord.set_dm_policy(mia.person.id(), DmPolicy::Refuses50007);
        world.start_bot().await?;
        world.until("2026-11-11T23:01:00Z").await?;
        let states = world.states(mia.person.id()).await?;
        ensure!(
            states.len() == 1 && states[0].starts_with("undelivered ("),
            "{states:?}"
        );
        ensure!(
            world.discord.invalid_requests() <= 1,
            "a refusal is not tried again and again"
        );
        // Undelivered is in neither number and holds the streak.
        says(&types(world, &mia, "record").await?, &["could not be delivered"])?;
        world.discord.set_dm_policy(mia.person.id(), DmPolicy::Open);
        let question = next_question(world, &mia).await?;
        answer(&mia, &question, Choice::Done).await?;
        says(
            &types(world, &mia, "record").await?,
            &["Your last 2 questions", "on time"],
        )?;
        let undelivered = world
            .cycle_leaves()
            .await?
            .iter()
            .filter(|kind| *kind == "cycle.undelivered")
            .count();
        ensure!(undelivered == 1);
        Ok(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn opening_too_fast_pauses_and_then_goes_on() -> anyhow::Result<()> {
    play_on_sqlite(thursday(), async |world| {
        let people = ["Mia", "Ned", "Ole"].map(|name| world.manager(name));
        let bot = world.organisation.bot.id;
        world.start_bot().await?;
        world.discord.refuse_new_dms(bot, true);
        world.until("2026-11-05T10:00:00Z").await?;
        let tried = opened(world);
        ensure!(
            (1..=10).contains(&tried),
            "{tried} attempts while Discord says: too fast"
        );
        ensure!(people.iter().all(|who| who.person.received().is_empty()));
        world.discord.refuse_new_dms(bot, false);
        world.until("2026-11-05T15:00:00Z").await?;
        ensure!(people.iter().all(|who| who.person.received().len() == 1));
        Ok(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn quarantine_stops_the_opening_of_direct_messages() -> anyhow::Result<()> {
    play_on_sqlite(thursday(), async |world| {
        let known = world.manager("Mia");
        world.start_bot().await?;
        let question = next_question(world, &known).await?;
        answer(&known, &question, Choice::Done).await?;
        // From here on only those who were written to before are reached directly.
        let new = world.manager("Ned");
        world.discord.quarantine(world.organisation.bot.id, true);
        let before = opened(world);
        world.until("2026-11-13T10:00:00Z").await?;
        ensure!(
            opened(world) - before <= 1,
            "opening goes on: {}",
            opened(world) - before
        );
        ensure!(known.person.received().len() == 2 && new.person.received().is_empty());
        let channel = world
            .discord
            .messages(world.organisation.guild.channels["security-prompts"]);
        ensure!(
            !channel.is_empty()
                && channel
                    .iter()
                    .all(|message| message.content().contains(&new.person.id().to_string()))
        );
        Ok(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_channel_that_is_closed_to_the_bot_leaves_the_cycle_undelivered() -> anyhow::Result<()> {
    play_on_sqlite(thursday(), async |world| {
        let mia = world.manager("Mia");
        world.discord.set_dm_policy(mia.person.id(), DmPolicy::Refuses50007);
        world
            .discord
            .remove_channel(world.organisation.guild.channels["security-prompts"]);
        world.start_bot().await?;
        world.until("2026-11-11T23:01:00Z").await?;
        let states = world.states(mia.person.id()).await?;
        ensure!(
            states.len() == 1 && states[0].starts_with("undelivered ("),
            "{states:?}"
        );
        // The week after is asked all the same.
        world.discord.set_dm_policy(mia.person.id(), DmPolicy::Open);
        next_question(world, &mia).await?;
        Ok(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn sending_that_is_disabled_for_a_while_is_waited_out() -> anyhow::Result<()> {
    play_on_sqlite(thursday(), async |world| {
        let mia = world.manager("Mia");
        world.start_bot().await?;
        world
            .discord
            .fail("POST", "/channels/*/messages", 1, Fault::Refusal { code: 40_004 });
        let question = next_question(world, &mia).await?;
        answer(&mia, &question, Choice::Done).await?;
        Ok(())
    })
    .await
}

fn opened(world: &World) -> usize {
    let requests = world.discord.requests();
    requests
        .iter()
        .filter(|request| request.path.ends_with("/users/@me/channels"))
        .count()
}

/// How often the log says that a question was not delivered.
async fn undelivered(world: &World) -> anyhow::Result<usize> {
    let leaves = world.cycle_leaves().await?;
    Ok(leaves.iter().filter(|kind| *kind == "cycle.undelivered").count())
}

/// Sets all that was given up going again, as the operator can.
async fn try_again(world: &World) -> anyhow::Result<()> {
    let core = &world.app().bot().core;
    for entry in outbox::list(core.db.reader(), outbox::State::Undelivered, 10).await? {
        let retried = core
            .ledger
            .write(move |tx| Box::pin(async move { outbox::retry(tx, &entry.id).await }))
            .await?;
        ensure!(retried == outbox::Retried::Due, "{retried:?}");
    }
    Ok(())
}

const CLOSED: &str = "2026-11-11T23:01:00Z";

#[tokio::test(flavor = "multi_thread")]
async fn a_question_given_up_twice_and_then_closed_is_undelivered_once() -> anyhow::Result<()> {
    play(without_fallback(), async |world| {
        let mia = world.manager("Mia");
        world.discord.set_dm_policy(mia.person.id(), DmPolicy::Refuses50007);
        world.start_bot().await?;
        world.until("2026-11-05T12:00:00Z").await?;
        ensure!(undelivered(world).await? == 1, "it is said when it is given up");
        try_again(world).await?;
        world.until("2026-11-08T12:00:00Z").await?;
        try_again(world).await?;
        world.until(CLOSED).await?;
        let states = world.states(mia.person.id()).await?;
        ensure!(states == ["undelivered (dm-refused)"], "{states:?}");
        ensure!(undelivered(world).await? == 1);
        Ok(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_question_that_arrived_too_late_after_all_is_undelivered_once() -> anyhow::Result<()> {
    play(without_fallback(), async |world| {
        let mia = world.manager("Mia");
        world.discord.set_dm_policy(mia.person.id(), DmPolicy::Refuses50007);
        world.start_bot().await?;
        // It was due on Monday at five.
        world.until("2026-11-09T17:00:00Z").await?;
        world.discord.set_dm_policy(mia.person.id(), DmPolicy::Open);
        try_again(world).await?;
        world.until(CLOSED).await?;
        let leaves = world.cycle_leaves().await?;
        ensure!(
            leaves == ["cycle.opened", "cycle.undelivered", "cycle.delivered"],
            "{leaves:?}"
        );
        ensure!(world.states(mia.person.id()).await? == ["undelivered (dm-refused)"]);
        Ok(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_question_that_closed_before_it_was_given_up_is_undelivered_once() -> anyhow::Result<()> {
    play(without_fallback(), async |world| {
        let mia = world.manager("Mia");
        world.start_bot().await?;
        world
            .discord
            .fail("POST", "/channels/*/messages", 100_000, Fault::Status(503));
        world.until("2026-11-11T22:59:00Z").await?;
        // Both at one instant: whichever comes first, the other has nothing to add.
        world
            .clock
            .set("2026-11-11T23:00:00Z".parse::<jiff::Timestamp>()?.into());
        world.app().deliver().await?;
        world.app().tick().await?;
        world.app().deliver().await?;
        world.pass(3_600_000).await?;
        ensure!(undelivered(world).await? == 1);
        let states = world.states(mia.person.id()).await?;
        ensure!(
            states.len() == 1 && states[0].starts_with("undelivered ("),
            "{states:?}"
        );
        Ok(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_not_reached_shows_and_the_owner_hears_of_it_once() -> anyhow::Result<()> {
    play(without_fallback(), async |world| {
        let (mia, ned) = (world.manager("Mia"), world.manager("Ned"));
        let olga = world.hire("Olga", "en-GB", None, &["owner"]);
        world.discord.set_dm_policy(mia.person.id(), DmPolicy::Refuses50007);
        world.start_bot().await?;
        world.until("2026-11-12T08:00:00Z").await?;
        ensure!(olga.person.received().is_empty(), "one week says nothing");
        world.until("2026-11-27T08:00:00Z").await?;
        let heard = olga.person.received();
        ensure!(heard.len() == 1, "{heard:?}");
        let mention = format!("<@{}>", mia.person.id());
        says(heard[0].content(), &[&mention, "has not been reached for two weeks"])?;
        let streaks = types(world, &olga, "streaks").await?;
        says(&streaks, &["not started; not reached: 3"])?;
        ensure!(
            !streaks.contains(&format!("<@{}>: no data", ned.person.id())),
            "{streaks}"
        );
        ensure!(ned.person.received().len() == 4, "Ned is asked each week");
        Ok(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn what_comes_after_its_due_time_is_not_late() -> anyhow::Result<()> {
    play(thursday(), async |world| {
        let mia = world.manager("Mia");
        let olga = world.hire("Olga", "en-GB", None, &["owner"]);
        world.start_bot().await?;
        world
            .discord
            .fail("POST", "/channels/*/messages", 100_000, Fault::Status(503));
        world.until("2026-11-10T09:00:00Z").await?;
        ensure!(mia.person.received().is_empty(), "Discord takes nothing");
        world.discord.heal();
        let question = next_question(world, &mia).await?;
        says(question.content(), &["reaches you after it was due"])?;
        let receipt = answer(&mia, &question, Choice::Done).await?;
        says(&receipt.text(), &[", on time."])?;
        says(&types(world, &mia, "record").await?, &["on time <t:"])?;
        says(&types(world, &olga, "streaks").await?, &["1 of 1, 1 on time"])?;
        ensure!(world.states(mia.person.id()).await? == ["answered"]);
        Ok(())
    })
    .await
}
