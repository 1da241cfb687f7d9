//! The disk with the database is full when something is committed.

use anyhow::{Context, ensure};
use bellwether::catalogue::Choice;
use discord_stand_in::{Place, Response};
use rehearsal::Setting;
use sea_orm::{DatabaseConnection, EntityTrait, PaginatorTrait};

use super::disk::{Disk, outside};
use crate::concerns_handler::{case, opens, reply_form, sends};
use crate::concerns_stage::{
    WORDS, about, case_key, come_back, concern, general, opened, press as presses, setting, write,
};
use crate::corrections::correct;
use crate::stage::{answer, next_question, play_on_sqlite, press, says, thursday, types, types_in, words};

/// Key, guard and database are on the disk.
fn on(disk: &Disk, setting: Setting) -> Setting {
    Setting {
        database_in: Some(disk.path().to_owned()),
        evidence: format!("guard_file = \"{}\"", disk.path().join("guard").display()),
        ..setting
    }
}

async fn answers(outside: &DatabaseConnection) -> anyhow::Result<u64> {
    Ok(entity::answer::Entity::find().count(outside).await?)
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_on_a_full_disk_is_confirmed_once_it_is_kept() -> anyhow::Result<()> {
    let Some(disk) = Disk::mount()? else {
        return Ok(());
    };
    play_on_sqlite(on(&disk, thursday()), async |world| {
        let mia = world.manager("Mia");
        world.start_bot().await?;
        let question = next_question(world, &mia).await?;
        let form = press(&mia.person, &question, Choice::Done).await?;
        world.settle().await;
        let outside = outside(world.database()).await?;
        disk.fill(&outside).await?;
        let typed = words(Choice::Done, &form);
        let typed: Vec<_> = typed.iter().map(|(id, text)| (id.as_str(), text.as_str())).collect();
        let sent = mia.person.submit(&form, &typed)?;
        // By now it was tried more than once.
        let thinking = sent.response().await?;
        ensure!(matches!(thinking, Response::Deferred { .. }), "{thinking:?}");
        ensure!(answers(&outside).await? == 0);
        disk.free()?;
        says(&sent.message().await?.text(), &["This is recorded"])?;
        ensure!(answers(&outside).await? == 1);
        ensure!(
            !types(world, &mia, "pending").await?.contains("Answer"),
            "it is answered"
        );
        outside.close().await?;
        world.crash_bot().await?;
        world.start_bot().await?;
        ensure!(world.answers().await?.len() == 1);
        Ok(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_full_disk_refuses_is_said_and_nowhere() -> anyhow::Result<()> {
    let Some(disk) = Disk::mount()? else {
        return Ok(());
    };
    play_on_sqlite(on(&disk, setting()), async |world| {
        let mia = world.manager("Mia");
        let rita = world.hire("Rita", "en-GB", None, &[]);
        let hanna = opened(world).await?.hanna.0;
        let question = next_question(world, &mia).await?;
        let receipt = answer(&mia, &question, Choice::Done).await?;
        let page = about(
            &rita.person,
            &concern(world, &rita, general(world)).await?,
            "Anonymous",
            "mistake",
        )
        .await?;
        let first = case_key(&write(&rita.person, &page, WORDS).await?)?;
        let number = number(world).await?;
        let reply = reply_form(world, &hanna, &number).await?;
        let own = opens(&hanna, &case(world, &hanna, "key").await?, "Register my own key").await?;
        let key = age::x25519::Identity::generate().to_public().to_string();
        let visit = come_back(world, &rita, Place::Dm, &first).await?;
        let more = presses(&rita.person, &visit, "Say more")?.modal().await?;
        world.settle().await;
        let outside = outside(world.database()).await?;
        let before = rows(&outside).await?;
        let away = [("from", "2026-12-01".into()), ("to", "2026-12-04".into())];
        let away = async || types_in(world, &mia, Place::Dm, "away", &away).await;
        let amend = ["Nobody joined", "the wrong week"];

        // More often than once: what came after the first failure was lost, too.
        for _ in 0..2 {
            disk.fill(&outside).await?;
            let refused = correct(&mia, &receipt, Choice::NotApplicable, &amend).await?;
            says(
                &refused.text(),
                &["could not be recorded", "Nobody joined", "the wrong week"],
            )?;
            says(&away().await?, &["went wrong on our side"])?;
            let refused = write(&rita.person, &page, WORDS).await?;
            ensure!(case_key(&refused).is_err(), "a case key for nothing");
            says(&refused.text(), &["This was not saved", "Zwetschgenknödel"])?;
            let refused = rita.person.submit(&more, &[("text", WORDS)])?.message().await?;
            says(&refused.text(), &["This was not saved", "Zwetschgenknödel"])?;
            let refused = sends(&hanna, &reply, &[("text", "I look into it.")]).await?;
            says(&refused.text(), &["could not be saved", "I look into it."])?;
            let refused = sends(&hanna, &own, &[("text", &key)]).await?;
            says(&refused.text(), &["went wrong on our side"])?;
            ensure!(rows(&outside).await? == before, "something refused is there");
            disk.free()?;
        }

        says(
            &correct(&mia, &receipt, Choice::NotApplicable, &amend).await?.text(),
            &["Corrected"],
        )?;
        says(&away().await?, &["Entered: you are away"])?;
        let second = case_key(&write(&rita.person, &page, WORDS).await?)?;
        let said = rita.person.submit(&more, &[("text", WORDS)])?.message().await?;
        says(&said.text(), &["Zwetschgenknödel"])?;
        sends(&hanna, &reply, &[("text", "I look into it.")]).await?;
        sends(&hanna, &own, &[("text", &key)]).await?;
        let after = rows(&outside).await?;
        ensure!(
            after
                == [
                    before[0] + 1,
                    before[1] + 1,
                    before[2] + 1,
                    before[3] + 3,
                    before[4] + 1
                ],
            "{before:?} {after:?}"
        );
        outside.close().await?;
        world.crash_bot().await?;
        world.start_bot().await?;
        says(
            &come_back(world, &rita, Place::Dm, &second).await?.text(),
            &["Zwetschgenknödel"],
        )?;
        says(
            &come_back(world, &rita, Place::Dm, &first).await?.text(),
            &["I look into it."],
        )
    })
    .await
}

/// The number of the only case.
async fn number(world: &rehearsal::World) -> anyhow::Result<String> {
    let reader = world.app().bot().core.db.reader();
    let case = entity::concern_case::Entity::find().one(reader).await?;
    Ok(case.context("a case")?.number)
}

/// How many answers, absences, concerns, things said about them, and keys there are.
async fn rows(outside: &DatabaseConnection) -> anyhow::Result<[u64; 5]> {
    Ok([
        answers(outside).await?,
        entity::absence::Entity::find().count(outside).await?,
        entity::concern_case::Entity::find().count(outside).await?,
        entity::concern_entry::Entity::find().count(outside).await?,
        entity::handler_key::Entity::find().count(outside).await?,
    ])
}
