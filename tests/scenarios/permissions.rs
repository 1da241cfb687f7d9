//! Who may type what. The handler decides, whatever Discord offers to whom.

use anyhow::ensure;
use discord_stand_in::{Place, permissions};
use rehearsal::World;
use serde_json::{Value, json};

use super::stage::{play, says, thursday, types_in};

const MANAGERS_ONLY: &str = "This command is for managers who are asked questions.";
const OWNER_ONLY: &str = "This command is for the programme owner.";
/// Nothing is kept about people without a role, so that in direct messages they belong nowhere.
const NOWHERE: &str = "In direct messages this bot knows people by their role in its programme, and it finds none of yours.";

/// Commands with what they need.
fn commands() -> [(&'static str, Vec<(&'static str, Value)>); 4] {
    let away = vec![("from", json!("2026-12-24")), ("to", json!("2026-12-31"))];
    [
        ("pending", vec![]),
        ("record", vec![]),
        ("streaks", vec![]),
        ("away", away),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn every_command_opens_for_its_role_in_every_place() -> anyhow::Result<()> {
    // May a person of this role use pending, record, streaks, away?
    let table = [
        ("manager", [true, true, false, true]),
        ("owner", [false, true, true, false]),
        ("handler", [false, true, false, false]),
        ("sponsor", [false, true, false, false]),
        ("member of staff", [false, true, false, false]),
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
                        said.contains(MANAGERS_ONLY) || said.contains(OWNER_ONLY)
                    };
                    // Whoever is not known still learns what each command is for.
                    ensure!(
                        !nowhere || commands().iter().all(|(name, _)| said.contains(&format!("`/{name}`"))),
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
