//! What is not taken: nothing is kept, nothing that was typed is lost, and there is a way on.

use anyhow::ensure;
use bellwether::clock::Millis;
use discord_stand_in::Place;
use rehearsal::{Hired, Setting, World};

use super::concerns_stage::{
    WORDS, about, cases, choose, concern, entry, general, give_key, member, menu, opened, press, setting, step, write,
};
use super::stage::{play, says};

fn rita(world: &mut World) -> Hired {
    world.hire("Rita", "en-GB", None, &[])
}

#[tokio::test(flavor = "multi_thread")]
async fn the_channel_is_closed_until_enough_keys_are_in_force_and_says_why() -> anyhow::Result<()> {
    play(setting(), async |world| {
        let rita = rita(world);
        let hanna = world.hire("Hanna", "en-GB", None, &["handler"]);
        let olga = world.hire("Olga", "en-GB", None, &["owner"]);
        world.start_bot().await?;
        for found in 0..2 {
            let page = concern(world, &rita, general(world)).await?;
            let counted = format!("Handlers' keys needed: 2; active so far: {found}.");
            says(
                &page.text(),
                &[&counted, "the ombudsperson, 030 1234567", "[I have a case key]"],
            )?;
            ensure!(page.button("Anonymous").is_none());
            if found == 0 {
                give_key(world, &hanna, &olga).await?;
            }
        }
        Ok(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn it_can_be_switched_off() -> anyhow::Result<()> {
    let off = Setting {
        settings: "[concerns]\nenabled = false".to_owned(),
        ..setting()
    };
    play(off, async |world| {
        let rita = rita(world);
        opened(world).await?;
        let page = concern(world, &rita, Place::Dm).await?;
        says(
            &page.text(),
            &[
                "Concerns cannot be raised here.",
                "has not told this bot of another way",
            ],
        )
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn changed_handlers_are_shown_before_anything_is_sent() -> anyhow::Result<()> {
    play(setting(), async |world| {
        let rita = rita(world);
        let handlers = opened(world).await?;
        let first = concern(world, &rita, general(world)).await?;
        let page = about(&rita.person, &first, "Anonymous", "mistake").await?;
        let form = press(&rita.person, &page, "Write")?.modal().await?;
        // A new key of Harry's takes the place of the old one while Rita writes.
        give_key(world, &handlers.harry.0, &handlers.olga).await?;
        let sent = rita.person.submit(&form, &[("text", WORDS)])?.message().await?;
        says(
            &sent.text(),
            &[
                "Something has changed since you began",
                "Zwetschgenknödel",
                "[Begin again]",
            ],
        )?;
        for stale in ["Write", "Back"] {
            let stale = page.button(stale).unwrap_or_default();
            let again = rita.person.forged_press(&page, &stale)?.message().await?;
            says(&again.text(), &["Something has changed since you began"])?;
        }
        ensure!(cases(world).await? == 0, "it was kept");
        let first = step(&rita.person, &sent, "Begin again").await?;
        let page = about(&rita.person, &first, "Anonymous", "mistake").await?;
        says(&write(&rita.person, &page, WORDS).await?.text(), &["Received: case"])
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_handler_who_lost_the_role_is_sealed_to_no_more() -> anyhow::Result<()> {
    play(setting(), async |world| {
        let rita = rita(world);
        let handlers = opened(world).await?;
        let first = concern(world, &rita, general(world)).await?;
        let page = about(&rita.person, &first, "Anonymous", "mistake").await?;
        world
            .discord
            .set_member_roles(world.organisation.guild.id, handlers.harry.0.person.id(), &[]);
        let person = handlers.harry.0.person.id();
        world
            .eventually("the role is gone", async || {
                Ok(world.standings(person).await?.iter().all(|row| row.roles.is_empty()))
            })
            .await?;
        let again = step(&rita.person, &page, "Write").await?;
        says(&again.text(), &["Something has changed since you began"])?;
        let first = concern(world, &rita, general(world)).await?;
        ensure!(
            !first.text().contains(&member(&handlers.harry.0).to_string()),
            "{}",
            first.text()
        );
        Ok(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_fourth_anonymous_report_of_a_day_is_not_taken() -> anyhow::Result<()> {
    play(setting(), async |world| {
        let rita = rita(world);
        opened(world).await?;
        let send = async |mode| {
            let first = concern(world, &rita, general(world)).await?;
            let page = about(&rita.person, &first, mode, "idea").await?;
            anyhow::Ok(write(&rita.person, &page, WORDS).await?.text())
        };
        for _ in 0..3 {
            says(&send("Anonymous").await?, &["Received: case"])?;
        }
        says(
            &send("Anonymous").await?,
            &["the daily limit", "Zwetschgenknödel", "[Begin again]"],
        )?;
        ensure!(cases(world).await? == 3);
        says(&send("Named").await?, &["Received: case"])?;
        world.pass(Millis::DAY).await?;
        says(&send("Anonymous").await?, &["Received: case"])
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_fills_the_hour_of_all_under_a_name() -> anyhow::Result<()> {
    play(setting(), async |world| {
        let rita = rita(world);
        opened(world).await?;
        for said in ["Received: case"; 5]
            .into_iter()
            .chain(["5 named and confidential reports"])
        {
            let first = concern(world, &rita, general(world)).await?;
            let page = about(&rita.person, &first, "Confidential", "idea").await?;
            says(&write(&rita.person, &page, WORDS).await?.text(), &[said])?;
        }
        ensure!(cases(world).await? == 5);
        Ok(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn all_together_have_a_ceiling_in_an_hour() -> anyhow::Result<()> {
    let narrow = Setting {
        settings: "[concerns]\nreports_per_hour = 2".to_owned(),
        ..setting()
    };
    play(narrow, async |world| {
        let people = ["Rita", "Rob", "Ria"].map(|name| world.hire(name, "en-GB", None, &[]));
        opened(world).await?;
        let send = async |who: &Hired| {
            let first = concern(world, who, general(world)).await?;
            let page = about(&who.person, &first, "Anonymous", "idea").await?;
            anyhow::Ok(write(&who.person, &page, WORDS).await?.text())
        };
        for who in &people[..2] {
            says(&send(who).await?, &["Received: case"])?;
        }
        says(
            &send(&people[2]).await?,
            &["Please send it again in 60 minutes.", "Zwetschgenknödel"],
        )?;
        world.pass(Millis::HOUR).await?;
        says(&send(&people[2]).await?, &["Received: case"])
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn forged_choices_are_looked_up_again_and_refused() -> anyhow::Result<()> {
    play(setting(), async |world| {
        let rita = rita(world);
        opened(world).await?;
        let first = concern(world, &rita, general(world)).await?;
        let page = about(&rita.person, &first, "Anonymous", "leader-not-following").await?;
        let write_id = page.button("Write").unwrap_or_default();
        let parts: Vec<&str> = write_id.split(':').collect();
        let with = |at: usize, value: &str| {
            let mut parts = parts.clone();
            parts[at] = value;
            parts.join(":")
        };
        // Another server, a category that is none, handlers that are none, keys of long ago, nonsense.
        for forged in [
            with(3, "77"),
            with(7, "000000"),
            with(8, "ff"),
            with(9, "200"),
            with(10, "00000000"),
            with(2, "nonsense"),
            "v1:concern".to_owned(),
            "v9:concern:write".to_owned(),
        ] {
            let refused = rita.person.forged_press(&page, &forged)?.message().await?;
            says(&refused.text(), &["Something has changed since you began"])?;
            ensure!(refused.is_ephemeral());
        }
        // The mode changed to confidential without anybody chosen, or with one who may not read this: no form opens.
        for confidant in ["", "0", "1"] {
            let forged = with(4, "c");
            let forged = forged
                .split(':')
                .enumerate()
                .map(|(at, part)| if at == 9 { confidant } else { part });
            let forged = forged.collect::<Vec<_>>().join(":");
            let shown = rita.person.forged_press(&page, &forged)?.message().await?;
            says(&shown.text(), &["Choose below the one person who may learn your name."])?;
        }
        // A choice that the menu does not offer.
        let back = page.button("Back").unwrap_or_default();
        let page = rita.person.forged_press(&page, &back)?.message().await?;
        let category = menu(&page, "category")?;
        let forged = rita.person.forged_press(&page, &category)?.message().await?;
        says(&forged.text(), &["Something has changed since you began"])?;
        ensure!(cases(world).await? == 0);
        Ok(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_else_in_another_server_can_use_a_step_from_here() -> anyhow::Result<()> {
    play(setting(), async |world| {
        opened(world).await?;
        let bot = world.organisation.bot.clone();
        let eve = world.discord.add_user("Eve", "en-GB");
        let foreign = world
            .discord
            .add_guild_with("Elsewhere", eve.id(), &[], &["lobby"], &[&bot]);
        let lobby = Place::Channel(foreign.channels["lobby"]);
        let page = eve.slash(bot.id, lobby, "concern", &[])?.message().await?;
        says(&page.text(), &["This server is not set up to use this bot."])
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn an_outage_of_the_database_loses_no_words_and_logs_nothing() -> anyhow::Result<()> {
    super::stage::play_on_sqlite(setting(), async |world| {
        let rita = rita(world);
        let handlers = opened(world).await?;
        let first = concern(world, &rita, general(world)).await?;
        let page = about(&rita.person, &first, "Anonymous", "mistake").await?;
        let barred = entry(&page, "barred", &handlers.hanna)?;
        let page = choose(&rita.person, &page, "barred", &[&barred]).await?;
        let form = press(&rita.person, &page, "Write")?.modal().await?;
        world.settle().await;
        world.app().bot().core.db.clone().close().await?;
        let sent = rita.person.submit(&form, &[("text", WORDS)])?.message().await?;
        says(&sent.text(), &["This was not saved", "Zwetschgenknödel"])?;
        world.crash_bot().await?;
        world.start_bot().await
    })
    .await
}
