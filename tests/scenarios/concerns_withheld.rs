//! Somebody changes a case in the database outside the bot.

use anyhow::ensure;
use discord_stand_in::Place;
use sea_orm::{ConnectionTrait, EntityTrait};

use super::concerns_stage::{
    WORDS, about, case_key, come_back, concern, general, opened, opened_by, press, setting, write,
};
use super::stage::{play, says};

const MORE: &str = "Brimborium was said on the phone as well";

#[tokio::test(flavor = "multi_thread")]
async fn who_changes_the_reporters_key_in_the_database_reads_nothing_that_is_said_after() -> anyhow::Result<()> {
    play(setting(), async |world| {
        let rita = world.hire("Rita", "en-GB", None, &[]);
        let handlers = opened(world).await?;
        let first = concern(world, &rita, general(world)).await?;
        let page = about(&rita.person, &first, "Anonymous", "mistake").await?;
        let key = case_key(&write(&rita.person, &page, WORDS).await?)?;
        let case = come_back(world, &rita, Place::Dm, &key).await?;
        let form = press(&rita.person, &case, "Say more")?.modal().await?;
        let thief = age::x25519::Identity::generate();
        let db = world.app().bot().core.db.reader();
        let change = format!("UPDATE concern_case SET reporter_recipient = '{}'", thief.to_public());
        db.execute_unprepared(&change).await?;
        let page = rita.person.submit(&form, &[("text", MORE)])?.message().await?;
        says(&page.text(), &["has ended", "Brimborium", "[I have a case key]"])?;
        let page = come_back(world, &rita, Place::Dm, &key).await?;
        let wanted = [
            "is not what this bot wrote",
            "Nothing is lost by this",
            "keep your case key",
            "[I have a case key]",
        ];
        says(&page.text(), &wanted)?;
        ensure!(!page.text().contains("Zwetschgenknödel"), "nothing is shown");
        let hanna = &handlers.hanna.0.person;
        let inbox = hanna.slash(world.organisation.bot.id, Place::Dm, "case inbox", &[])?;
        says(
            &inbox.message().await?.text(),
            &["You have no open cases", "1 case is withheld"],
        )?;
        ensure!(opened_by(world, &thief).await?.is_empty());
        ensure!(entity::concern_entry::Entity::find().all(db).await?.len() == 1);
        Ok(())
    })
    .await
}
