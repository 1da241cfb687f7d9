//! Channel delivery, two organisations, two processes.

use anyhow::{Context, ensure};
use bellwether::catalogue::Choice;
use bellwether::clock::Millis;
use discord_stand_in::Place;
use rehearsal::Setting;

use super::stage::{answer, next_question, play, press, says, thursday, types, types_in};

#[tokio::test(flavor = "multi_thread")]
async fn channel_delivery_posts_each_question_for_one_member() -> anyhow::Result<()> {
    let setting = Setting {
        organisation: "delivery = \"channel\"".to_owned(),
        ..thursday()
    };
    play(setting, async |world| {
        let (mia, ned) = (world.manager("Mia"), world.manager("Ned"));
        world.start_bot().await?;
        let channel = world.organisation.guild.channels["security-prompts"];
        let posted = world
            .await_within(3, |world| {
                Some(world.discord.messages(channel)).filter(|posts| posts.len() == 2)
            })
            .await?;
        for who in [&mia, &ned] {
            let mention = format!("<@{}>", who.person.id());
            let mut own = posted.iter().filter(|message| message.content().contains(&mention));
            let question = own.next().context("a question for each")?;
            ensure!(own.next().is_none() && question.raw()["mentions"].as_array().is_some_and(|all| all.len() == 1));
            let receipt = answer(who, question, Choice::Done).await?;
            ensure!(receipt.is_ephemeral() && receipt.text().contains("on time"));
            ensure!(who.person.received().is_empty(), "no direct message");
        }
        ensure!(
            world.discord.messages(channel).len() == 2,
            "answers stay between the bot and the member"
        );
        Ok(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn two_organisations_share_a_person_and_nothing_else() -> anyhow::Result<()> {
    play(thursday(), async |world| {
        let mia = world.manager("Mia");
        let olga = world.hire("Olga", "en-GB", None, &["owner"]);
        let both = world.manager("Bo");
        let bot = world.organisation.bot.clone();
        let paul = world.discord.add_user("Paul", "en-GB");
        let second = world
            .discord
            .add_guild_with("Bakery", paul.id(), &["manager", "owner"], &["lobby"], &[&bot]);
        let roles = (second.roles["manager"], second.roles["owner"]);
        world.discord.set_member_roles(second.id, paul.id(), &[roles.1]);
        world.discord.add_member(second.id, both.person.id(), &[roles.0]);
        world.setting.further = format!(
            "[[organisation]]\nid = \"{}\"\nname = \"Bakery\"\nzone = \"Europe/Berlin\"\n[organisation.roles]\n\
             manager = [\"{}\"]\nowner = [\"{}\"]\n",
            second.id, roles.0, roles.1
        );
        world.start_bot().await?;
        world.until("2026-11-05T10:00:00Z").await?;
        ensure!(mia.person.received().len() == 1 && both.person.received().len() == 2);
        for question in both.person.received() {
            says(&answer(&both, &question, Choice::Done).await?.text(), &["on time"])?;
        }
        says(&types(world, &both, "record").await?, &["more than one organisation"])?;
        let here = Place::Channel(world.organisation.guild.channels["general"]);
        says(
            &types_in(world, &both, here, "record", &[]).await?,
            &["Your last question"],
        )?;
        world.until("2026-11-09T16:01:00Z").await?;
        let lobby = Place::Channel(second.channels["lobby"]);
        let theirs = paul.slash(bot.id, lobby, "streaks", &[])?.message().await?.text();
        ensure!(theirs.contains(&both.person.id().to_string()) && !theirs.contains(&mia.person.id().to_string()));
        let ours = types_in(world, &olga, here, "streaks", &[]).await?;
        says(&ours, &[&mia.person.id().to_string(), &both.person.id().to_string()])?;
        let foreign = olga.person.slash(bot.id, lobby, "streaks", &[]);
        ensure!(foreign.is_err(), "Olga is not in the other server");
        Ok(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn two_processes_on_one_database_ask_once_and_keep_one_log() -> anyhow::Result<()> {
    play(thursday(), async |world| {
        let people = ["Mia", "Ned", "Ole", "Pia", "Quo", "Ria"].map(|name| world.manager(name));
        world.start_bot().await?;
        let second = world.another_app().await?;
        for _ in 0..40 {
            let first = world.app();
            let (one, two) = tokio::join!(first.tick(), second.tick());
            let ticks = [one?, two?];
            let (one, two) = tokio::join!(first.deliver(), second.deliver());
            let next = [one?, two?].into_iter().chain(ticks).flatten().min();
            let now = world.clock.now();
            world.clock.set(next.unwrap_or(now + Millis::MINUTE).max(now + 1));
        }
        for who in &people {
            ensure!(
                who.person.received().len() == 1,
                "{}: {}",
                who.name,
                who.person.received().len()
            );
        }
        let leaves = world.cycle_leaves().await?;
        for kind in ["cycle.opened", "cycle.delivered"] {
            ensure!(
                leaves.iter().filter(|found| *found == kind).count() == people.len(),
                "{leaves:?}"
            );
        }
        // The second goes away; the first goes on.
        second.stop().await?;
        let question = people[0].person.latest().context("a question")?;
        press(&people[0].person, &question, Choice::Done).await?;
        says(
            &answer(&people[0], &question, Choice::Done).await?.text(),
            &["Thank you"],
        )?;
        next_question(world, &people[0]).await?;
        Ok(())
    })
    .await
}
