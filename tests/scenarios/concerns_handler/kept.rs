//! Handlers whose key the bot keeps: unlocking, reading as text, locking.

use anyhow::ensure;
use bellwether::concerns::UNLOCKED;
use rehearsal::{Hired, World};

use super::{Office, Told, agree, all, case, desk, ends_key, files, member, open, opens, presses, sends};
use crate::stage::{play, says, thursday};

const PASSPHRASE: &str = "seven green bicycles";

/// Has the bot keep a key for somebody, and the owner agree to it.
async fn keeps(world: &World, office: &Office, who: &Hired) -> anyhow::Result<()> {
    let form = opens(who, &case(world, who, "key").await?, "Let the bot keep a key").await?;
    let differ = sends(who, &form, &[("text", PASSPHRASE), ("again", "seven red bicycles")]).await?;
    says(&differ.text(), &["The two passphrases differ"])?;
    let short = sends(who, &form, &[("text", "short"), ("again", "short")]).await?;
    says(&short.text(), &["at least 12 characters"])?;
    let proposed = sends(who, &form, &[("text", PASSPHRASE), ("again", PASSPHRASE)]).await?;
    says(&proposed.text(), &["Proposed: `age1"])?;
    agree(world, &office.olga).await?;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_kept_key_shows_the_case_for_a_quarter_of_an_hour() -> anyhow::Result<()> {
    play(thursday(), async |world| {
        let office = Office::open(world).await?;
        keeps(world, &office, &office.hanna).await?;
        let text = format!("**bold** <@{}> @everyone", office.sam.person.id());
        let filed = files(world, Told::new("mistake", &text)).await?;
        let shown = open(world, &office.hanna, &filed.number.to_string()).await?;
        let locked = presses(&office.hanna, &shown, "Read").await?;
        says(&locked.text(), &["Your passphrase unlocks it for 15 minutes"])?;
        let form = opens(&office.hanna, &locked, "Unlock my key").await?;
        let wrong = sends(&office.hanna, &form, &[("text", "seven red bicycles")]).await?;
        says(&wrong.text(), &["That is not the passphrase. You have 4 more tries"])?;
        ensure!(!wrong.text().contains("red"), "a passphrase never comes back");
        let read = office.hanna.person.submit(&form, &[("text", PASSPHRASE)])?;
        says(&read.message().await?.text(), &["One entry, opened with your key"])?;
        let pages = read.await_followups(1).await?;
        says(&pages[0].text(), &[r"> \*\*bold\*\* \<\@", r"\@everyone", "[Reply]"])?;

        world.pass(UNLOCKED - 1).await?;
        let again = presses(&office.hanna, &shown, "Read").await?;
        says(&again.text(), &["opened with your key"])?;
        world.pass(1).await?;
        says(&presses(&office.hanna, &shown, "Read").await?.text(), &["locked"])?;
        Ok(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn long_texts_come_as_files_and_locking_is_at_once() -> anyhow::Result<()> {
    play(thursday(), async |world| {
        let office = Office::open(world).await?;
        keeps(world, &office, &office.hanna).await?;
        let text = "a line of 32 characters, no more\n".repeat(110);
        let filed = files(world, Told::new("mistake", &text)).await?;
        let shown = open(world, &office.hanna, &filed.number.to_string()).await?;
        let locked = presses(&office.hanna, &shown, "Read").await?;
        let form = opens(&office.hanna, &locked, "Unlock my key").await?;
        let read = office.hanna.person.submit(&form, &[("text", PASSPHRASE)])?;
        read.message().await?;
        let pages = read.await_followups(1).await?;
        let got = office.hanna.person.download(&pages[0])?;
        ensure!(got[0].0 == format!("{}-01-report.txt", filed.number) && got[0].1 == text.as_bytes());
        says(
            &presses(&office.hanna, &pages[0], "Lock my key").await?.text(),
            &["locked again"],
        )?;
        ensure!(all(&office.hanna, &shown, "Read").await?[0].text().contains("locked"));
        // Nobody else's press reads with her key.
        let his = open(world, &office.harry, &filed.number.to_string()).await?;
        says(&presses(&office.harry, &his, "Read").await?.text(), &["sealed file"])
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_that_ends_is_locked_at_once() -> anyhow::Result<()> {
    play(thursday(), async |world| {
        let office = Office::open(world).await?;
        keeps(world, &office, &office.hanna).await?;
        let filed = files(world, Told::new("mistake", "wrong recipient")).await?;
        let shown = open(world, &office.hanna, &filed.number.to_string()).await?;
        let locked = presses(&office.hanna, &shown, "Read").await?;
        let form = opens(&office.hanna, &locked, "Unlock my key").await?;
        says(
            &sends(&office.hanna, &form, &[("text", PASSPHRASE)]).await?.text(),
            &["opened with your key"],
        )?;
        ends_key(world, &office.hanna, [&office.harry, &office.olga]).await?;
        let whose = (world.organisation_id(), member(&office.hanna));
        let until = desk(world).vault.until(world.clock.now(), whose);
        ensure!(until.is_none(), "it is still in memory until {until:?}");
        says(
            &presses(&office.hanna, &shown, "Read").await?.text(),
            &["You have no such case."],
        )?;
        let again = sends(&office.hanna, &form, &[("text", PASSPHRASE)]).await?;
        says(&again.text(), &["You have no such case."])
    })
    .await
}
