//! Events and answers with fields that Discord may leave out, put to null or shape anew: in somebody's profile, in a
//! message, in a server.

use anyhow::ensure;
use bellwether::catalogue::Choice;
use discord_stand_in::{EventFault, Place};
use rehearsal::{Hired, World};
use serde_json::{Value, json};

use super::concerns_stage::{WORDS, about, general_id, opened, opened_by, setting, write};
use super::stage::{answer, next_question, play, says, thursday, types};

const ENTRY: &str = "Raise a concern about this";

/// A profile as Discord's interface allows it, and as the library does not read it.
fn odd_profile() -> Value {
    json!({
        "avatar": "preset:7", "banner": "preset:8", "avatar_decoration_data": {"asset": "a_x", "sku_id": null},
        "collectibles": {"nameplate": {"sku_id": null, "asset": "x", "label": "x", "palette": "crimson"}},
        "primary_guild": {"identity_guild_id": null, "identity_enabled": null, "tag": null, "badge": null},
    })
}

/// Whether everything that came was read, some of it only at the second attempt.
fn all_read(world: &World) -> anyhow::Result<()> {
    let counts = world.gateway().counters();
    ensure!(counts.unknown.is_empty() && counts.pared > 0, "{counts:?}");
    Ok(())
}

async fn known_as(world: &World, who: &Hired, manager: bool) -> anyhow::Result<()> {
    let look = async || {
        let rows = world.standings(who.person.id()).await?;
        Ok(rows.iter().any(|row| row.roles.contains("manager") == manager))
    };
    world.eventually("the bot hears of it", look).await
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_with_an_odd_profile_is_asked_and_answered() -> anyhow::Result<()> {
    play(thursday(), async |world| {
        let mia = world.manager("Mia");
        world.discord.dress(mia.person.id(), &odd_profile());
        world.start_bot().await?;
        let question = next_question(world, &mia).await?;
        says(&types(world, &mia, "pending").await?, &["One question is open."])?;
        says(&answer(&mia, &question, Choice::NotYet).await?.text(), &["Thank you"])?;
        ensure!(world.answers().await?.len() == 1);
        let guild = &world.organisation.guild;
        for manager in [false, true] {
            let roles: Vec<u64> = manager.then(|| guild.roles["manager"]).into_iter().collect();
            world.discord.set_member_roles(guild.id, mia.person.id(), &roles);
            known_as(world, &mia, manager).await?;
        }
        world.discord.remove_member(guild.id, mia.person.id());
        let left = async || {
            Ok(world
                .standings(mia.person.id())
                .await?
                .iter()
                .any(|row| row.left_at.is_some()))
        };
        world.eventually("the bot hears of it", left).await?;
        all_read(world)
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_concern_about_an_odd_message_by_somebody_odd_arrives() -> anyhow::Result<()> {
    play(setting(), async |world| {
        let (rita, boss) = (
            world.hire("Rita", "en-GB", None, &[]),
            world.hire("Boss", "en-GB", None, &["manager"]),
        );
        world.discord.dress(rita.person.id(), &odd_profile());
        world.discord.dress(boss.person.id(), &odd_profile());
        let handlers = opened(world).await?;
        let said = boss.person.say(general_id(world), "just switch the check off")?;
        world.discord.dress_message(
            said.id(),
            &json!({
                "embeds": [{"type": "video", "video": {"width": 1}, "image": {"height": 1}, "thumbnail": {}}],
                "interaction_metadata": {"id": "1", "type": 2, "authorizing_integration_owners": {}},
                "nonce": {"odd": true}, "edited_timestamp": "yesterday",
            }),
        );
        let first = rita
            .person
            .use_on_message(world.organisation.bot.id, &said, ENTRY)?
            .message()
            .await?;
        says(&first.text(), &["It begins with the message that you picked."])?;
        let page = about(&rita.person, &first, "Named", "bypass-pressure").await?;
        write(&rita.person, &page, WORDS).await?;
        let read = opened_by(world, &handlers.harry.1).await?;
        let report = read.last().map(ToString::to_string).unwrap_or_default();
        says(&report, &["just switch the check off", &boss.person.id().to_string()])?;
        all_read(world)
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn what_nobody_can_read_is_counted_each_time() -> anyhow::Result<()> {
    play(thursday(), async |world| {
        let mia = world.manager("Mia");
        let bot = world.organisation.bot.id;
        world.start_bot().await?;
        for _ in 0..3 {
            world.discord.fail_gateway(bot, EventFault::Unparseable);
        }
        let asked = mia.person.slash(bot, Place::Dm, "pending", &[])?;
        asked.message().await?;
        let counts = world.gateway().counters();
        ensure!(counts.unknown.get("INTERACTION_CREATE") == Some(&3), "{counts:?}");
        Ok(())
    })
    .await
}
