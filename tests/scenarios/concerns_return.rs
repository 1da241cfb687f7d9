//! Coming back with the case key.

use anyhow::ensure;
use bellwether::clock::Millis;
use bellwether::concerns::fingerprint;
use discord_stand_in::Place;
use rehearsal::{Hired, World};

use super::concerns_stage::{
    WORDS, about, case_key, choose, come_back, concern, general, give_key, opened, opened_by, people_tables, press,
    setting, step, the_case, write,
};
use super::stage::{play, says};

const MORE: &str = "Brimborium was said on the phone as well";

/// Raises an anonymous concern; its case key.
async fn raised(world: &World, who: &Hired) -> anyhow::Result<String> {
    let first = concern(world, who, general(world)).await?;
    let page = about(&who.person, &first, "Anonymous", "bypass-pressure").await?;
    case_key(&write(&who.person, &page, WORDS).await?)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reporter_comes_back_adds_talks_and_withdraws() -> anyhow::Result<()> {
    play(setting(), async |world| {
        let rita = world.hire("Rita", "en-GB", None, &[]);
        let handlers = opened(world).await?;
        let key = raised(world, &rita).await?;
        world.pump().await?;
        let before = people_tables(world).await?;
        // However it is typed, and wherever.
        let typed = key.to_lowercase().replace('-', " ");
        let case = come_back(world, &rita, Place::Dm, &typed).await?;
        says(
            &case.text(),
            &[
                "Case ",
                "Nobody has written to you yet.",
                "Zwetschgenknödel",
                "it is not written down",
            ],
        )?;
        let form = press(&rita.person, &case, "Say more")?.modal().await?;
        let case = rita.person.submit(&form, &[("text", MORE)])?.message().await?;
        says(&case.text(), &["Added, and sealed", "Brimborium"])?;
        let case = step(&rita.person, &case, "I would rather talk").await?;
        says(&case.text(), &["The handlers see that you would rather talk."])?;
        let sure = step(&rita.person, &case, "Withdraw").await?;
        ensure!(!the_case(world).await?.withdrawn, "it asks once more");
        let case = step(&rita.person, &sure, "Yes, withdraw it").await?;
        says(&case.text(), &["Withdrawn."])?;
        let row = the_case(world).await?;
        ensure!(row.withdrawn && row.wants_talk);
        world.settle().await;
        ensure!(people_tables(world).await? == before, "somebody took notice");
        ensure!(world.traces(&rita.person.id().to_string()).await?.is_empty());
        ensure!(world.traces("Brimborium").await?.is_empty());
        let read = opened_by(world, &handlers.hanna.1).await?;
        ensure!(read.iter().any(|entry| entry["text"] == MORE), "{read:?}");
        Ok(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn who_has_come_to_read_it_since_is_named_first_and_can_be_left_out() -> anyhow::Result<()> {
    play(setting(), async |world| {
        let rita = world.hire("Rita", "en-GB", None, &[]);
        let handlers = opened(world).await?;
        let key = raised(world, &rita).await?;
        let case = come_back(world, &rita, Place::Dm, &key).await?;
        let mark = fingerprint(&handlers.harry.1.to_public().to_string());
        says(&case.text(), &["What you add is sealed to", &mark])?;
        let form = press(&rita.person, &case, "Say more")?.modal().await?;
        let newer = give_key(world, &handlers.harry.0, &handlers.olga).await?;
        let kept_back = rita.person.submit(&form, &[("text", MORE)])?.message().await?;
        says(
            &kept_back.text(),
            &["The people who read your case have changed", "Brimborium"],
        )?;
        let case = step(&rita.person, &kept_back, "Look at the case again").await?;
        let recipient = newer.to_public().to_string();
        says(&case.text(), &[&fingerprint(&recipient)])?;
        ensure!(!case.text().contains("Brimborium"), "it was kept");
        let case = choose(&rita.person, &case, "visit:bar", &[&recipient]).await?;
        says(&case.text(), &["no longer finds this case"])?;
        let form = press(&rita.person, &case, "Say more")?.modal().await?;
        let case = rita.person.submit(&form, &[("text", MORE)])?.message().await?;
        says(&case.text(), &["Added, and sealed"])?;
        let read = async |key| anyhow::Ok(opened_by(world, key).await?.iter().any(|entry| entry["text"] == MORE));
        ensure!(read(&handlers.hanna.1).await?);
        ensure!(!read(&newer).await? && !read(&handlers.harry.1).await?, "he reads it");
        Ok(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_case_can_be_closed_and_opened_again() -> anyhow::Result<()> {
    play(setting(), async |world| {
        let rita = world.hire("Rita", "en-GB", None, &[]);
        opened(world).await?;
        let key = raised(world, &rita).await?;
        let case = come_back(world, &rita, Place::Dm, &key).await?;
        let case = step(&rita.person, &case, "It is settled").await?;
        says(&case.text(), &["Closed, as you asked.", "Reopen"])?;
        let case = step(&rita.person, &case, "Reopen").await?;
        says(&case.text(), &["The case is open again."])?;
        ensure!(the_case(world).await?.state == "new");
        Ok(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn wrong_keys_open_nothing_and_five_of_them_make_one_wait() -> anyhow::Result<()> {
    play(setting(), async |world| {
        let rita = world.hire("Rita", "en-GB", None, &[]);
        opened(world).await?;
        let key = raised(world, &rita).await?;
        let page = come_back(world, &rita, Place::Dm, "not a key").await?;
        says(&page.text(), &["That is not a case key."])?;
        let wrong = if key.starts_with('0') {
            key.replacen('0', "1", 1)
        } else {
            format!("0{}", &key[1..])
        };
        for _ in 0..5 {
            let page = come_back(world, &rita, Place::Dm, &wrong).await?;
            says(&page.text(), &["No case opens with this key."])?;
        }
        let page = come_back(world, &rita, Place::Dm, &key).await?;
        says(&page.text(), &["Please wait 60 minutes."])?;
        world.pass(Millis::HOUR).await?;
        let page = come_back(world, &rita, Place::Dm, &key).await?;
        says(&page.text(), &["Nobody has written to you yet."])
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_visit_ends_by_itself_and_words_come_back() -> anyhow::Result<()> {
    play(setting(), async |world| {
        let rita = world.hire("Rita", "en-GB", None, &[]);
        opened(world).await?;
        let key = raised(world, &rita).await?;
        let case = come_back(world, &rita, Place::Dm, &key).await?;
        let form = press(&rita.person, &case, "Say more")?.modal().await?;
        world.pass(16 * Millis::MINUTE).await?;
        let late = rita.person.submit(&form, &[("text", MORE)])?.message().await?;
        says(
            &late.text(),
            &["Your session has ended", "Brimborium", "[I have a case key]"],
        )?;
        let over = step(&rita.person, &case, "Withdraw").await?;
        let over = step(&rita.person, &over, "Yes, withdraw it").await?;
        says(&over.text(), &["Your session has ended"])?;
        ensure!(!the_case(world).await?.withdrawn);
        // A visit that never was is no other.
        let forged = format!("v1:concern:visit:look:{}", "0".repeat(32));
        let page = rita.person.forged_press(&case, &forged)?.message().await?;
        says(&page.text(), &["Your session has ended"])
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_restart_the_key_still_opens_the_case() -> anyhow::Result<()> {
    play(setting(), async |world| {
        let rita = world.hire("Rita", "en-GB", None, &[]);
        opened(world).await?;
        let key = raised(world, &rita).await?;
        let case = come_back(world, &rita, Place::Dm, &key).await?;
        world.crash_bot().await?;
        world.start_bot().await?;
        let over = step(&rita.person, &case, "I would rather talk").await?;
        says(&over.text(), &["Your session has ended"])?;
        let case = come_back(world, &rita, Place::Dm, &key).await?;
        says(&case.text(), &["Nobody has written to you yet.", "Zwetschgenknödel"])
    })
    .await
}
