//! Figures for those who may see them, and drills from the declaration to the first reply.

use anyhow::{Context, ensure};
use bellwether::config::Role;
use rehearsal::{Hired, World};

use super::{Office, Told, case, chooses, files, open, presses, seen_by, sends};
use crate::stage::{play, says, thursday};

/// Declares a drill about a mistake; the number of its case.
async fn declare(world: &World, who: &Hired) -> anyhow::Result<String> {
    let shown = case(world, who, "drill").await?;
    says(&shown.text(), &["as an ordinary anonymous concern"])?;
    let form = chooses(who, &shown, "v1:case:drill", "mistake").await?;
    let begun = sends(who, &form, &[("text", "I lost a stick with backups")])
        .await?
        .text();
    says(&begun, &["The drill has begun as case "])?;
    let number = begun.split("as case ").nth(1).and_then(|rest| rest.get(..7));
    Ok(number.context("a case number")?.to_owned())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_drill_is_an_ordinary_case_until_the_first_word() -> anyhow::Result<()> {
    play(thursday(), async |world| {
        let office = Office::open(world).await?;
        let number = declare(world, &office.olga).await?;
        let shown = open(world, &office.hanna, &number).await?;
        ensure!(!shown.text().contains("drill"), "{}", shown.text());
        says(
            &case(world, &office.hanna, "inbox").await?.text(),
            &["You have one open case", &number],
        )?;
        let words = presses(&office.hanna, &shown, "Reply").await?;
        let menu = words.raw()["components"][0]["components"][0]["custom_id"].as_str();
        let form = chooses(&office.hanna, &words, menu.context("a menu")?, "free").await?;
        let said = sends(&office.hanna, &form, &[("text", "Thank you, we look for it.")]).await?;
        says(&said.text(), &["It counts as the first reply", "This was a drill"])?;
        says(
            &open(world, &office.harry, &number).await?.text(),
            &["This was a drill"],
        )?;
        // The independent handler may declare one, others may not.
        declare(world, &office.iris).await?;
        for who in [&office.hanna, &office.harry] {
            let refused = case(world, who, "drill").await?;
            says(
                &refused.text(),
                &["Only the programme owner and independent handlers can start a drill"],
            )?;
            let forged = who.person.forged_press(&refused, "v1:case:drill:mistake")?;
            says(
                &forged.message().await?.text(),
                &["Only the programme owner and independent handlers"],
            )?;
        }
        Ok(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn figures_are_for_handlers_and_owners_and_tell_no_case() -> anyhow::Result<()> {
    play(thursday(), async |world| {
        let office = Office::open(world).await?;
        let filed = files(world, Told::new("mistake", "wrong recipient")).await?;
        for who in [&office.olga, &office.hanna, &office.iris] {
            let shown = case(world, who, "figures").await?;
            ensure!(shown.is_ephemeral() && !shown.text().contains(&filed.number.to_string()));
            says(&shown.text(), &["Concerns by quarter"])?;
        }
        ensure!(seen_by(world, &office.olga, &filed, Role::Owner).await?.is_none());
        let bot = world.organisation.bot.id;
        let general = discord_stand_in::Place::Channel(world.organisation.guild.channels["general"]);
        let refused = office.sam.person.slash(bot, general, "case figures", &[])?;
        says(&refused.message().await?.text(), &["for handlers of concerns"])
    })
    .await
}
