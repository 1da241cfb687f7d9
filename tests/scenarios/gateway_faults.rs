//! The gateway breaks off and comes back; the database is slow or away.

use std::time::Duration;

use anyhow::{Context, ensure};
use bellwether::catalogue::Choice;
use bellwether::discord::gateway::Pace;
use discord_stand_in::{EventFault, Place, Response};
use rehearsal::{Setting, World};
use sea_orm::TransactionTrait;

use super::stage::{answer, button, next_question, play, play_on_sqlite, press, says, thursday, types};

/// No story waits for a careful pace.
fn hurried() -> Setting {
    Setting {
        gateway: Pace {
            first: Duration::from_millis(50),
            longest: Duration::from_millis(200),
            resume: Duration::from_millis(200),
            answer: Duration::from_secs(60),
            calm: Duration::from_secs(5),
            silence: Duration::from_secs(60),
        },
        ..thursday()
    }
}

/// Sessions begun and resumed so far, as the stand-in counts them.
fn sessions(world: &World) -> u64 {
    let bot = world.organisation.bot.id;
    world.discord.identifies(bot) + world.discord.resumes(bot)
}

async fn reconnected(world: &World, before: u64) -> anyhow::Result<()> {
    let bot = world.organisation.bot.id;
    let back = async || Ok(sessions(world) > before && world.discord.is_connected(bot));
    let back = world.eventually("the bot is connected again", back).await;
    back.with_context(|| format!("{:?}", world.gateway().counters()))
}

#[tokio::test(flavor = "multi_thread")]
async fn broken_connections_lose_no_button_and_no_form() -> anyhow::Result<()> {
    play(hurried(), async |world| {
        let mia = world.manager("Mia");
        let bot = world.organisation.bot.id;
        world.start_bot().await?;
        let question = next_question(world, &mia).await?;
        let faults = [
            EventFault::Reconnect,
            EventFault::Drop,
            EventFault::InvalidSession(true),
            EventFault::InvalidSession(false),
        ];
        for fault in faults {
            let before = sessions(world);
            world.discord.fail_gateway(bot, fault);
            reconnected(world, before)
                .await
                .with_context(|| format!("after {fault:?}"))?;
            press(&mia.person, &question, Choice::Done).await?;
            says(&types(world, &mia, "pending").await?, &["One question is open."])?;
        }
        let connects = world.gateway().counters().connects;
        ensure!(
            connects >= sessions(world),
            "{connects} connects for {} sessions",
            sessions(world)
        );
        ensure!(
            world.discord.identifies(bot) <= 4,
            "{} identifies",
            world.discord.identifies(bot)
        );
        says(&answer(&mia, &question, Choice::Done).await?.text(), &["Thank you"])?;
        Ok(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn events_while_the_connection_is_down_come_after_the_resume() -> anyhow::Result<()> {
    play_on_sqlite(hurried(), async |world| {
        let mia = world.manager("Mia");
        let bot = world.organisation.bot.id;
        world.start_bot().await?;
        let question = next_question(world, &mia).await?;
        let before = sessions(world);
        world.discord.fail_gateway(bot, EventFault::Drop);
        // Pressed while nobody listens; replayed when the session is resumed.
        let pressed = press(&mia.person, &question, Choice::Done).await?;
        reconnected(world, before).await?;
        let words = super::stage::words(Choice::Done, &pressed);
        says(
            &super::stage::send(&mia.person, &pressed, &words).await?.text(),
            &["Thank you"],
        )?;
        ensure!(world.answers().await?.len() == 1);
        Ok(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn events_that_come_twice_or_unreadable_do_no_harm() -> anyhow::Result<()> {
    play(hurried(), async |world| {
        let mia = world.manager("Mia");
        let bot = world.organisation.bot.id;
        world.start_bot().await?;
        let question = next_question(world, &mia).await?;
        world.discord.fail_gateway(bot, EventFault::Unparseable);
        world.discord.fail_gateway(bot, EventFault::Duplicate(2));
        says(&answer(&mia, &question, Choice::Done).await?.text(), &["Thank you"])?;
        says(&types(world, &mia, "pending").await?, &["Nothing is open."])?;
        ensure!(world.answers().await?.len() == 1);
        ensure!(world.gateway().counters().unknown.get("INTERACTION_CREATE") == Some(&1));
        Ok(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_is_gone_still_opens_the_form_and_gets_an_apology() -> anyhow::Result<()> {
    play(hurried(), async |world| {
        let mia = world.manager("Mia");
        world.start_bot().await?;
        let question = next_question(world, &mia).await?;
        world.app().bot().core.db.clone().close().await?;
        press(&mia.person, &question, Choice::Done).await?;
        let asked = mia.person.slash(world.organisation.bot.id, Place::Dm, "pending", &[])?;
        says(
            &asked.message().await?.text(),
            &["Something went wrong on our side.", "Reference: `"],
        )?;
        ensure!(asked.acknowledged_after_ms().is_some_and(|ms| ms < 3_000));
        world.crash_bot().await?;
        world.start_bot().await?;
        says(&answer(&mia, &question, Choice::Done).await?.text(), &["Thank you"])?;
        Ok(())
    })
    .await
}

/// A session that is silent for this short a time counts as dead.
fn impatient() -> Setting {
    let mut setting = hurried();
    setting.gateway.silence = Duration::from_secs(3);
    setting
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_that_died_without_a_word_is_replaced() -> anyhow::Result<()> {
    for fault in [EventFault::CloseWithoutCode, EventFault::MuteAcks(true)] {
        play_on_sqlite(impatient(), async |world| {
            let mia = world.manager("Mia");
            let bot = world.organisation.bot.id;
            world.start_bot().await?;
            let question = next_question(world, &mia).await?;
            let before = (sessions(world), world.gateway().counters().restarts);
            world.discord.fail_gateway(bot, fault);
            let replaced = async || Ok(world.gateway().counters().restarts > before.1);
            world.eventually("the watchdog begins a new session", replaced).await?;
            world.discord.fail_gateway(bot, EventFault::MuteAcks(false));
            reconnected(world, before.0).await?;
            world.settle().await;
            says(&answer(&mia, &question, Choice::Done).await?.text(), &["Thank you"])?;
            ensure!(world.answers().await?.len() == 1, "{fault:?}");
            Ok(())
        })
        .await?;
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_that_gets_no_answer_is_given_up() -> anyhow::Result<()> {
    // Dropped, the bot resumes; timed out, it identifies.
    for fault in [EventFault::Drop, EventFault::Close(4009)] {
        let mut setting = hurried();
        setting.gateway.answer = Duration::from_secs(3);
        play_on_sqlite(setting, async |world| {
            let mia = world.manager("Mia");
            let bot = world.organisation.bot.id;
            world.start_bot().await?;
            let question = next_question(world, &mia).await?;
            let before = (world.gateway().counters().restarts, sessions(world));
            world.discord.fail_gateway(bot, EventFault::Unanswered(1));
            world.discord.fail_gateway(bot, fault);
            let given_up = async || Ok(world.gateway().counters().restarts > before.0);
            world.eventually("the session is given up", given_up).await?;
            // After the one without an answer.
            reconnected(world, before.1 + 1).await?;
            world.settle().await;
            says(&answer(&mia, &question, Choice::Done).await?.text(), &["Thank you"])
        })
        .await?;
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_resume_does_not_wait_as_long_as_a_new_session() -> anyhow::Result<()> {
    let mut setting = hurried();
    (setting.gateway.first, setting.gateway.longest) = (Duration::from_secs(600), Duration::from_secs(600));
    play_on_sqlite(setting, async |world| {
        let mia = world.manager("Mia");
        let bot = world.organisation.bot.id;
        world.start_bot().await?;
        for _ in 0..4 {
            let before = sessions(world);
            world.discord.fail_gateway(bot, EventFault::Drop);
            reconnected(world, before).await?;
            says(&types(world, &mia, "pending").await?, &["Nothing is open."])?;
        }
        ensure!(world.discord.identifies(bot) == 1);
        Ok(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn events_take_effect_in_the_order_in_which_they_come() -> anyhow::Result<()> {
    play_on_sqlite(hurried(), async |world| {
        let mia = world.manager("Mia");
        world.start_bot().await?;
        let guild = &world.organisation.guild;
        let manager = guild.roles["manager"];
        for round in 0..20_u32 {
            let before = world.gateway().counters().events;
            // Many at once, so that several of them wait when the first is read.
            for change in 0..30_u32 {
                let holds = (round + change) % 2 == 0;
                let roles: &[u64] = if holds { &[manager] } else { &[] };
                world.discord.set_member_roles(guild.id, mia.person.id(), roles);
            }
            let wanted = (round + 29) % 2 == 0;
            let all = async || Ok(world.gateway().counters().events >= before + 30);
            world.eventually("all events came", all).await?;
            world.gateway().idle().await;
            let rows = world.standings(mia.person.id()).await?;
            let holds = rows.iter().any(|row| row.roles.contains("manager"));
            ensure!(holds == wanted, "round {round}: {rows:?}");
        }
        Ok(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slow_database_delays_the_answer_and_not_its_acknowledgement() -> anyhow::Result<()> {
    play(hurried(), async |world| {
        let mia = world.manager("Mia");
        world.start_bot().await?;
        let question = next_question(world, &mia).await?;
        world.settle().await;
        // Every connection for reading is taken: whoever asks must wait.
        let mut taken = Vec::new();
        for _ in 0..8 {
            taken.push(world.app().bot().core.db.reader().begin().await?);
        }
        let asked = mia.person.slash(world.organisation.bot.id, Place::Dm, "pending", &[])?;
        let pressed = mia.person.press(&question, &button(&question, Choice::Done)?)?;
        let in_time = Duration::from_secs(3);
        let first = tokio::time::timeout(in_time, asked.response()).await;
        ensure!(matches!(first, Ok(Ok(Response::Deferred { .. }))), "{first:?}");
        let modal = tokio::time::timeout(in_time, pressed.modal()).await??;
        for transaction in taken {
            transaction.rollback().await?;
        }
        says(&asked.message().await?.text(), &["One question is open."])?;
        let words = super::stage::words(Choice::Done, &modal);
        says(
            &super::stage::send(&mia.person, &modal, &words).await?.text(),
            &["Thank you"],
        )
    })
    .await
}
