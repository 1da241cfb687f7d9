//! Who may type what. The handler decides, whatever Discord offers to whom.

use std::time::Duration;

use anyhow::ensure;
use discord_stand_in::{Fault, Place, Response, permissions};
use rehearsal::{Setting, World};
use serde_json::{Value, json};

use super::stage::{play, says, thursday, types, types_in};

const MANAGERS_ONLY: &str = "This command is for managers who get questions.";
const OWNER_ONLY: &str = "This command is for the programme owner.";
const HANDLERS_ONLY: &str = "This command is for handlers of concerns.";
/// Nothing is kept about people without a role, so that in direct messages they belong nowhere.
const NOWHERE: &str = "In direct messages this bot goes by your role in its programme, and it finds none.";

/// Commands with what they need.
fn commands() -> [(&'static str, Vec<(&'static str, Value)>); 5] {
    let away = vec![("from", json!("2026-12-24")), ("to", json!("2026-12-31"))];
    [
        ("pending", vec![]),
        ("record", vec![]),
        ("streaks", vec![]),
        ("away", away),
        ("case inbox", vec![]),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn every_command_opens_for_its_role_in_every_place() -> anyhow::Result<()> {
    // May a person of this role use pending, record, streaks, away, case?
    let table = [
        ("manager", [true, true, false, true, false]),
        ("owner", [false, true, true, true, false]),
        ("handler", [false, true, false, false, true]),
        ("sponsor", [false, true, false, false, false]),
        ("member of staff", [false, true, false, false, false]),
    ];
    play(thursday(), async |world| {
        let people = table.map(|(role, _)| world.hire(&format!("a {role}"), "en-GB", None, &[role]));
        world.start_bot().await?;
        let general = Place::Channel(world.organisation.guild.channels["general"]);
        for ((role, allowed), who) in table.iter().zip(&people) {
            for place in [general, Place::Dm] {
                for ((command, options), allowed) in commands().into_iter().zip(allowed) {
                    let said = types_in(world, who, place, command, &options).await?;
                    let nowhere = place == Place::Dm && *role == "member of staff";
                    let refused = if nowhere {
                        said.contains(NOWHERE)
                    } else {
                        [MANAGERS_ONLY, OWNER_ONLY, HANDLERS_ONLY]
                            .iter()
                            .any(|only| said.contains(only))
                    };
                    // Whoever is not known still learns what each command is for.
                    ensure!(
                        !nowhere || commands().iter().all(|(name, _)| names(&said, name)),
                        "{said}"
                    );
                    ensure!(
                        refused == (nowhere || !allowed),
                        "/{command} by {role:?} in {place:?}: {said}"
                    );
                }
            }
        }
        Ok(())
    })
    .await
}

/// Whether the command of this text is named.
fn names(said: &str, typed: &str) -> bool {
    let command = typed.split(' ').next().unwrap_or(typed);
    said.contains(&format!("`/{command}`"))
}

#[tokio::test(flavor = "multi_thread")]
async fn power_over_the_server_is_no_role_in_the_programme() -> anyhow::Result<()> {
    play(thursday(), async |world| {
        let admin = world.hire("Ada", "en-GB", None, &[]);
        let guild = world.organisation.guild.id;
        let power = world
            .discord
            .add_role(guild, "administrators", permissions::ADMINISTRATOR);
        world.discord.set_member_roles(guild, admin.person.id(), &[power]);
        let mia = world.manager("Mia");
        world.start_bot().await?;
        let general = Place::Channel(world.organisation.guild.channels["general"]);
        says(&types_in(world, &admin, general, "streaks", &[]).await?, &[OWNER_ONLY])?;
        // Nor does naming somebody show anything about them.
        let member = [("member", json!(mia.person.id().to_string()))];
        says(
            &types_in(world, &admin, general, "streaks", &member).await?,
            &[OWNER_ONLY],
        )
    })
    .await
}

/// The members intent is off: no event tells who has which role.
fn without_events() -> Setting {
    Setting {
        members_intent: false,
        ..thursday()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn roles_that_may_be_old_open_nothing_of_others() -> anyhow::Result<()> {
    play(without_events(), async |world| {
        let olga = world.hire("Olga", "en-GB", None, &["owner"]);
        let pia = world.hire("Pia", "en-GB", None, &["manager"]);
        world.start_bot().await?;
        let (guild, owner) = (world.organisation.guild.id, world.organisation.guild.roles["owner"]);
        let shown = types(world, &olga, "streaks").await?;
        ensure!(!shown.contains(OWNER_ONLY), "{shown}");
        world.discord.set_member_roles(guild, olga.person.id(), &[]);
        world.discord.set_member_roles(guild, pia.person.id(), &[owner]);
        says(&types(world, &olga, "streaks").await?, &[OWNER_ONLY])?;
        ensure!(
            world.standings(olga.person.id()).await?[0].roles.is_empty(),
            "it is kept"
        );
        let shown = types(world, &pia, "streaks").await?;
        ensure!(!shown.contains(OWNER_ONLY), "who has the role now may see: {shown}");
        world.discord.remove_member(guild, pia.person.id());
        // So many questions in one instant would have to wait for the limits.
        world.pass(60_000).await?;
        let said = pia.person.slash(world.organisation.bot.id, Place::Dm, "streaks", &[]);
        if let Ok(said) = said {
            says(&said.message().await?.text(), &[NOWHERE])?;
        }
        Ok(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn when_roles_cannot_be_looked_up_nothing_of_others_is_shown() -> anyhow::Result<()> {
    play(without_events(), async |world| {
        let olga = world.hire("Olga", "en-GB", None, &["owner", "manager"]);
        world.start_bot().await?;
        let bot = world.organisation.bot.id;
        for fault in [Fault::Status(503), Fault::CutBefore] {
            world.discord.fail("GET", "/guilds/*/members/*", 1, fault);
            says(
                &types(world, &olga, "streaks").await?,
                &["cannot tell whether you are the programme owner"],
            )?;
        }
        // What is one's own needs no asking.
        world.discord.fail("GET", "/guilds/*/members/*", 1, Fault::Status(503));
        says(&types(world, &olga, "pending").await?, &["Nothing is open."])?;
        ensure!(world.discord.heal() == 1);
        // Slow is not too slow: the first answer comes in time all the same.
        let slow = Fault::Slow(Duration::from_millis(3_500));
        world.discord.fail("GET", "/guilds/*/members/*", 1, slow);
        let asked = olga.person.slash(bot, Place::Dm, "streaks", &[])?;
        let first = tokio::time::timeout(Duration::from_secs(3), asked.response()).await;
        ensure!(
            matches!(first, Ok(Ok(Response::Deferred { ephemeral: true }))),
            "{first:?}"
        );
        says(&asked.message().await?.text(), &["No data"])
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stranger_and_a_foreign_server_are_told_kindly() -> anyhow::Result<()> {
    play(thursday(), async |world| {
        world.start_bot().await?;
        let bot = world.organisation.bot.clone();
        let eve = world.discord.add_user("Eve", "en-GB");
        let foreign = world
            .discord
            .add_guild_with("Elsewhere", eve.id(), &[], &["lobby"], &[&bot]);
        let lobby = Place::Channel(foreign.channels["lobby"]);
        let said = async |place| anyhow::Ok(eve.slash(bot.id, place, "record", &[])?.message().await?.text());
        says(&said(lobby).await?, &["This server is not set up to use this bot."])?;
        says(&said(Place::Dm).await?, &[NOWHERE])?;
        settled(world).await
    })
    .await
}

/// Nothing was learned about people of a foreign server.
async fn settled(world: &World) -> anyhow::Result<()> {
    world.settle().await;
    ensure!(world.cycles().await?.is_empty());
    Ok(())
}
