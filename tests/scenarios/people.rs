//! People come, go, are away, change their role, their zone, their organisation.

use anyhow::{Context, ensure};
use bellwether::catalogue::Choice;
use discord_stand_in::Place;
use rehearsal::{Hired, Setting, World};
use serde_json::json;

use super::stage::{answer, button, next_question, play, play_on_sqlite, says, thursday, types, types_in};

/// Waits until the bot has heard of a change.
async fn known(
    world: &World,
    who: &Hired,
    holds: impl Fn(&rehearsal::records::MemberRow) -> bool,
) -> anyhow::Result<()> {
    let look = async || Ok(world.standings(who.person.id()).await?.iter().any(&holds));
    world.eventually("the bot hears of it", look).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_leave_excuses_what_falls_into_it() -> anyhow::Result<()> {
    play(thursday(), async |world| {
        let mia = world.manager("Mia");
        let olga = world.hire("Olga", "en-GB", None, &["owner"]);
        world.start_bot().await?;
        let away = [("from", json!("2026-11-05")), ("to", json!("2026-11-10"))];
        let said = types_in(world, &mia, Place::Dm, "away", &away).await?;
        says(&said, &["Entered: you are away from"])?;
        let again = types_in(world, &mia, Place::Dm, "away", &away).await?;
        says(&again, &["already entered"])?;
        world.until("2026-11-11T23:01:00Z").await?;
        let states = world.states(mia.person.id()).await?;
        ensure!(
            states.iter().all(|state| state == "excused (absence)") && states.len() == 1,
            "{states:?}"
        );
        let streaks = types(world, &olga, "streaks").await?;
        ensure!(!streaks.contains("0 of 1"), "{streaks}");
        Ok(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn who_answers_on_leave_has_answered() -> anyhow::Result<()> {
    play_on_sqlite(thursday(), async |world| {
        let mia = world.manager("Mia");
        world.start_bot().await?;
        let question = next_question(world, &mia).await?;
        let away = [("from", json!("2026-11-05")), ("to", json!("2026-11-10"))];
        types_in(world, &mia, Place::Dm, "away", &away).await?;
        answer(&mia, &question, Choice::Done).await?;
        world.until("2026-11-11T23:01:00Z").await?;
        ensure!(world.states(mia.person.id()).await? == ["answered"]);
        Ok(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn joining_after_the_slot_asks_only_while_there_is_time() -> anyhow::Result<()> {
    play(thursday(), async |world| {
        world.start_bot().await?;
        world.until("2026-11-05T12:00:00Z").await?;
        let early = world.manager("Mia");
        known(world, &early, |row| row.roles.contains("manager")).await?;
        let question = next_question(world, &early).await?;
        ensure!(question.made_at() < 1_793_880_000_000 + 3_600_000, "asked on the day");
        // Two days before the due time and less than half of the time: not this week.
        world.until("2026-11-07T18:00:00Z").await?;
        let late = world.manager("Ned");
        known(world, &late, |row| row.roles.contains("manager")).await?;
        world.until("2026-11-09T16:01:00Z").await?;
        ensure!(late.person.received().is_empty());
        ensure!(world.states(late.person.id()).await?.is_empty(), "nothing to be missed");
        Ok(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn who_loses_the_role_is_asked_no_more() -> anyhow::Result<()> {
    play(thursday(), async |world| {
        let mia = world.manager("Mia");
        world.start_bot().await?;
        let question = next_question(world, &mia).await?;
        let guild = world.organisation.guild.id;
        world.discord.set_member_roles(guild, mia.person.id(), &[]);
        known(world, &mia, |row| !row.roles.contains("manager")).await?;
        world.pass(60_000).await?;
        let states = world.states(mia.person.id()).await?;
        ensure!(states.len() == 1 && states[0].starts_with("cancelled"), "{states:?}");
        let pressed = mia.person.press(&question, &button(&question, Choice::Done)?)?;
        says(&pressed.message().await?.text(), &["no answer is needed"])?;
        says(
            &types(world, &mia, "pending").await?,
            &["for managers who get questions"],
        )?;
        world.until("2026-11-12T10:00:00Z").await?;
        ensure!(mia.person.received().len() == 1);
        Ok(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn who_leaves_and_returns_is_asked_again_and_the_record_stays() -> anyhow::Result<()> {
    play(thursday(), async |world| {
        let mia = world.manager("Mia");
        world.start_bot().await?;
        let question = next_question(world, &mia).await?;
        let guild = world.organisation.guild.id;
        world.discord.remove_member(guild, mia.person.id());
        known(world, &mia, |row| row.left_at.is_some()).await?;
        world.pass(60_000).await?;
        let states = world.states(mia.person.id()).await?;
        ensure!(states.len() == 1 && states[0].starts_with("cancelled"), "{states:?}");
        let pressed = mia.person.forged_press(&question, &button(&question, Choice::Done)?)?;
        says(&pressed.message().await?.text(), &["no answer is needed"])?;
        let manager = world.organisation.guild.roles["manager"];
        world.discord.add_member(guild, mia.person.id(), &[manager]);
        known(world, &mia, |row| {
            row.left_at.is_none() && row.roles.contains("manager")
        })
        .await?;
        next_question(world, &mia).await?;
        says(
            &types(world, &mia, "record").await?,
            &["Your last 2 questions", "cancelled"],
        )
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn another_zone_changes_only_later_cycles() -> anyhow::Result<()> {
    play_on_sqlite(thursday(), async |world| {
        let mia = world.manager("Mia");
        world.start_bot().await?;
        next_question(world, &mia).await?;
        let before = world.cycles().await?.pop().context("a cycle")?;
        world.stop_bot().await?;
        world.organisation.people[0].zone = Some("America/New_York".to_owned());
        world.start_bot().await?;
        next_question(world, &mia).await?;
        let after = world.cycles().await?;
        ensure!(after[0].zone == "Europe/Berlin" && after[0].due_at == before.due_at);
        ensure!(after[1].zone == "America/New_York", "{}", after[1].zone);
        Ok(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_move_past_the_slot_loses_no_week() -> anyhow::Result<()> {
    play(thursday(), async |world| {
        // Nine thirty comes in Berlin first, then in New York.
        let mia = world.hire("Mia", "en-GB", Some("America/New_York"), &["manager"]);
        let ned = world.hire("Ned", "en-GB", Some("Europe/Berlin"), &["manager"]);
        world.start_bot().await?;
        world.until("2026-11-05T12:00:00Z").await?;
        ensure!(mia.person.received().is_empty() && ned.person.received().len() == 1);
        world.stop_bot().await?;
        world.organisation.people[0].zone = Some("Europe/Berlin".to_owned());
        world.organisation.people[1].zone = Some("America/New_York".to_owned());
        world.start_bot().await?;
        let question = next_question(world, &mia).await?;
        ensure!(question.made_at() < 1_793_880_000_000 + 3_600_000, "asked on the day");
        world.until("2026-11-06T12:00:00Z").await?;
        for who in [&mia, &ned] {
            let own = who.person.id() as i64;
            let cycles = world.cycles().await?.into_iter().filter(|cycle| cycle.member == own);
            let periods: Vec<_> = cycles.map(|cycle| cycle.period).collect();
            ensure!(periods == ["2026-W45"], "{}: {periods:?}", who.name);
            ensure!(who.person.received().len() == 1, "{}", who.name);
        }
        Ok(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn without_the_members_intent_the_people_file_says_who_is_asked() -> anyhow::Result<()> {
    let setting = Setting {
        members_intent: false,
        ..thursday()
    };
    play(setting, async |world| {
        let mia = world.manager("Mia");
        let sam = world.hire("Sam", "en-GB", None, &[]);
        let unlisted = world.manager("Ned");
        world.organisation.people.pop();
        let gone = world.manager("Ole");
        world
            .discord
            .remove_member(world.organisation.guild.id, gone.person.id());
        world.start_bot().await?;
        let question = next_question(world, &mia).await?;
        answer(&mia, &question, Choice::Done).await?;
        world.pass(3_600_000).await?;
        for nobody in [&sam, &unlisted, &gone] {
            ensure!(nobody.person.received().is_empty(), "{} is asked", nobody.name);
        }
        Ok(())
    })
    .await
}
