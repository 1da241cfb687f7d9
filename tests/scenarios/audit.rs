//! The log checks itself, and what happens when it does not hold.

use anyhow::{Context, ensure};
use bellwether::audit::sign_again;
use bellwether::catalogue::Choice;
use bellwether::config;
use discord_stand_in::Response;
use rehearsal::{Setting, World};
use sea_orm::{ConnectionTrait, Statement};

use super::stage::{next_question, play, press, says, thursday, words};

/// What is said where everybody who may read it can.
fn said(world: &World, channel: &str) -> Vec<String> {
    let messages = world.discord.messages(world.organisation.guild.channels[channel]);
    messages.iter().map(discord_stand_in::Message::text).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_log_that_does_not_hold_is_told_and_signed_no_more_until_it_does() -> anyhow::Result<()> {
    let setting = Setting {
        evidence: "audit_days = 1".to_owned(),
        ..thursday()
    };
    play(setting, async |world| {
        let mia = world.manager("Mia");
        world.start_bot().await?;
        let question = next_question(world, &mia).await?;
        world.pass(86_400_000).await?;
        world.app().audit().await?;
        ensure!(said(world, "security-prompts").is_empty(), "a sound log alarms nobody");

        let database = world.app().bot().core.db.reader();
        let field = "WHERE rec = (SELECT rec FROM log_leaf WHERE kind = 'program.started')";
        let query = format!("SELECT disclosure FROM log_disclosure {field}");
        let kept = database.query_one_raw(Statement::from_string(database.get_database_backend(), query));
        let kept: String = kept.await?.context("a field")?.try_get_by_index(0)?;
        let write = async |text: &str| {
            let change = format!("UPDATE log_disclosure SET disclosure = '{text}' {field}");
            database.execute_unprepared(&change).await
        };
        write("AAAA").await?;
        world.clock.set(world.clock.now() + 86_400_000);
        world.app().audit().await?;
        world.app().deliver().await?;
        let alarm = said(world, "security-prompts");
        ensure!(alarm.len() == 1, "{alarm:?}");
        says(
            &alarm[0],
            &[
                "Something is wrong with the evidence log",
                "`bellwether evidence verify`",
            ],
        )?;
        // An answer waits, and is not lost.
        let modal = press(&mia.person, &question, Choice::Done).await?;
        let words = words(Choice::Done, &modal);
        let pairs: Vec<_> = words.iter().map(|(id, text)| (id.as_str(), text.as_str())).collect();
        let sent = mia.person.submit(&modal, &pairs)?;
        ensure!(matches!(sent.response().await?, Response::Deferred { .. }));
        world.app().audit().await?;
        world.app().deliver().await?;
        ensure!(said(world, "security-prompts").len() == 1, "once is enough");

        write(&kept).await?;
        rehearsal::world::verify(&world.config_path()).await?;
        ensure!(sign_again(&config::load(&world.config_path())?.evidence)?);
        world.clock.set(world.clock.now() + 60_000);
        says(&sent.message().await?.text(), &["Thank you"])?;
        world.settle().await;
        Ok(())
    })
    .await
}
