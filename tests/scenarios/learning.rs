//! What the bot knows of people becomes right by itself, whatever events were lost or came in between.

use std::time::Duration;

use anyhow::ensure;
use bellwether::clock::Millis;
use discord_stand_in::{EventFault, Fault, Place};
use rehearsal::{Setting, World};

use super::stage::{play, says, thursday, types, types_in};

/// How often the list of all members was asked for.
fn lists(world: &World) -> usize {
    let requests = world.discord.requests();
    requests
        .iter()
        .filter(|request| request.path.ends_with("/members"))
        .count()
}

/// Waits until the bot has read the list once more; small as the organisation is, it takes a page and an empty one.
async fn read_again(world: &World, before: usize) -> anyhow::Result<()> {
    let read = async || Ok(lists(world) >= before + 2);
    world.eventually("the list is read again", read).await
}

async fn roles(world: &World, person: u64) -> anyhow::Result<Vec<String>> {
    Ok(world
        .standings(person)
        .await?
        .into_iter()
        .map(|row| row.roles)
        .collect())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_event_is_made_up_for_within_a_day() -> anyhow::Result<()> {
    play(thursday(), async |world| {
        let (mia, ned) = (world.manager("Mia"), world.manager("Ned"));
        world.start_bot().await?;
        let guild = world.organisation.guild.id;
        world
            .discord
            .fail_gateway(world.organisation.bot.id, EventFault::Lose(2));
        world.discord.set_member_roles(guild, mia.person.id(), &[]);
        world.discord.remove_member(guild, ned.person.id());
        world.settle().await;
        ensure!(
            roles(world, mia.person.id()).await? == ["manager"],
            "nothing told of it"
        );
        world.pass(Millis::DAY + Millis::HOUR).await?;
        let healed = async || {
            let gone = world.standings(ned.person.id()).await?;
            Ok(roles(world, mia.person.id()).await? == [""] && gone.iter().all(|row| row.left_at.is_some()))
        };
        world.eventually("the daily reading heals it", healed).await
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deleted_role_is_noticed_at_once() -> anyhow::Result<()> {
    play(thursday(), async |world| {
        let mia = world.manager("Mia");
        let olga = world.hire("Olga", "en-GB", None, &["owner", "manager"]);
        world.start_bot().await?;
        let setup = &world.organisation.guild;
        world.discord.remove_role(setup.id, setup.roles["manager"]);
        let heard = async || {
            Ok(roles(world, mia.person.id()).await? == [""] && roles(world, olga.person.id()).await? == ["owner"])
        };
        world.eventually("the deleted role is noticed", heard).await?;
        says(&types(world, &mia, "pending").await?, &["for managers who get"])
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn short_pages_do_not_end_the_list() -> anyhow::Result<()> {
    play(thursday(), async |world| {
        let people = ["Mia", "Ned", "Ole", "Pia"].map(|name| world.manager(name));
        world.discord.cap_member_pages(2);
        world.start_bot().await?;
        for who in &people {
            ensure!(roles(world, who.person.id()).await? == ["manager"], "{}", who.name);
        }
        world.stop_bot().await?;
        world.start_bot().await?;
        for who in &people {
            ensure!(
                world.standings(who.person.id()).await?[0].left_at.is_none(),
                "{} has not left",
                who.name
            );
        }
        Ok(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_that_was_overtaken_writes_nothing_old() -> anyhow::Result<()> {
    play(thursday(), async |world| {
        let mia = world.manager("Mia");
        world.start_bot().await?;
        let setup = &world.organisation.guild;
        let manager = setup.roles["manager"];
        // What no event tells, so that it shows when the list has been taken in.
        let silent = world.discord.add_members(setup.id, 1, &[manager])[0];
        let before = lists(world);
        let late = Fault::Late(Duration::from_millis(1_500));
        world.discord.fail("GET", "/guilds/*/members", 1, late);
        world.clock.set(world.clock.now() + Millis::DAY);
        tokio::time::sleep(Duration::from_millis(500)).await;
        ensure!(lists(world) == before, "the list is on its way");
        world.discord.set_member_roles(setup.id, mia.person.id(), &[]);
        let joined = world.discord.add_user("Ned", "en-GB");
        world.discord.add_member(setup.id, joined.id(), &[manager]);
        read_again(world, before).await?;
        let taken_in = async || Ok(roles(world, silent).await? == ["manager"]);
        world.eventually("the list is taken in", taken_in).await?;
        world.settle().await;
        ensure!(
            roles(world, mia.person.id()).await? == [""],
            "the list is older than the event"
        );
        let ned = world.standings(joined.id()).await?;
        ensure!(
            ned.len() == 1 && ned[0].left_at.is_none() && ned[0].roles == "manager",
            "{ned:?}"
        );
        Ok(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slow_command_writes_no_old_roles() -> anyhow::Result<()> {
    play(thursday(), async |world| {
        let mia = world.manager("Mia");
        world.start_bot().await?;
        let setup = &world.organisation.guild;
        let general = Place::Channel(setup.channels["general"]);
        // The answer to the command is held up; what it came with is written after that.
        let slow = Fault::Slow(Duration::from_millis(1_000));
        world.discord.fail("POST", "/interactions/**", 1, slow);
        let asked = mia.person.slash(world.organisation.bot.id, general, "record", &[])?;
        tokio::time::sleep(Duration::from_millis(300)).await;
        world.discord.set_member_roles(setup.id, mia.person.id(), &[]);
        let heard = async || Ok(roles(world, mia.person.id()).await? == [""]);
        world.eventually("the event is noted", heard).await?;
        asked.message().await?;
        world.settle().await;
        ensure!(roles(world, mia.person.id()).await? == [""], "old roles came back");
        types_in(world, &mia, general, "record", &[]).await?;
        ensure!(roles(world, mia.person.id()).await? == [""]);
        Ok(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn without_the_members_intent_the_daily_reading_goes_by_the_people_file() -> anyhow::Result<()> {
    let setting = Setting {
        members_intent: false,
        ..thursday()
    };
    play(setting, async |world| {
        let mia = world.manager("Mia");
        world.start_bot().await?;
        world
            .discord
            .set_member_roles(world.organisation.guild.id, mia.person.id(), &[]);
        world.pass(Millis::DAY + Millis::HOUR).await?;
        let healed = async || Ok(roles(world, mia.person.id()).await? == [""]);
        world.eventually("the daily reading heals it", healed).await
    })
    .await
}
