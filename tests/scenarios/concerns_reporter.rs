//! Raising a concern: each mode from the first page to the receipt, and what is kept of it.

use anyhow::ensure;
use discord_stand_in::Place;
use rehearsal::{Hired, Setting, World};
use sea_orm::EntityTrait;

use super::concerns_stage::{
    WORDS, about, cases, choose, concern, entry, general, opened, opened_by, people_tables, setting, step, the_case,
    write,
};
use super::stage::{play, says};

/// Somebody without any role in the programme.
pub fn staff(world: &mut World) -> Hired {
    world.hire("Quetzalcoatl", "en-GB", None, &[])
}

#[tokio::test(flavor = "multi_thread")]
async fn an_anonymous_concern_leaves_no_trace_of_its_author() -> anyhow::Result<()> {
    play(setting(), async |world| {
        let rita = staff(world);
        let handlers = opened(world).await?;
        world.pump().await?;
        for place in [general(world), Place::Dm] {
            let before = people_tables(world).await?;
            let count = cases(world).await?;
            let first = concern(world, &rita, place).await?;
            says(
                &first.text(),
                &[
                    "Anonymous to us",
                    "Discord (the company)",
                    "the ombudsperson, 030 1234567",
                    "`age1",
                ],
            )?;
            let page = about(&rita.person, &first, "Anonymous", "bypass-pressure").await?;
            ensure!(cases(world).await? == count, "something is kept before it is sent");
            let receipt = write(&rita.person, &page, WORDS).await?;
            says(
                &receipt.text(),
                &["Received: case", "never again", "We did not keep your name"],
            )?;
            world.settle().await;
            ensure!(cases(world).await? == count + 1);
            ensure!(people_tables(world).await? == before, "somebody took notice");
        }
        for secret in [&rita.person.id().to_string(), "Quetzalcoatl", WORDS] {
            let traces = world.traces(secret).await?;
            ensure!(traces.is_empty(), "{secret} stands in {traces:?}");
        }
        for identity in [&handlers.hanna.1, &handlers.iris.1] {
            let read = opened_by(world, identity).await?;
            ensure!(read.len() == 2 && read[0]["text"] == WORDS, "{read:?}");
            ensure!(
                read.iter()
                    .all(|report| !report.to_string().contains(&rita.person.id().to_string()))
            );
        }
        Ok(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_confidential_name_is_for_one_handler_alone() -> anyhow::Result<()> {
    play(setting(), async |world| {
        let rita = staff(world);
        let handlers = opened(world).await?;
        let first = concern(world, &rita, general(world)).await?;
        let page = step(&rita.person, &first, "Confidential").await?;
        let page = choose(&rita.person, &page, "category", &["mistake"]).await?;
        let write_button = page.buttons().into_iter().find(|button| button.label == "Write");
        ensure!(
            write_button.is_some_and(|button| button.disabled),
            "nobody was chosen yet"
        );
        let hanna = entry(&page, "confidant", &handlers.hanna)?;
        let page = choose(&rita.person, &page, "confidant", &[&hanna]).await?;
        says(&page.text(), &["can learn your name."])?;
        write(&rita.person, &page, WORDS).await?;
        let case = the_case(world).await?;
        ensure!(case.mode == "confidential" && case.confidant == Some(handlers.hanna.0.person.id() as i64));
        ensure!(world.traces(&rita.person.id().to_string()).await?.is_empty());
        let reader = world.app().bot().core.db.reader();
        let identity = entity::concern_identity::Entity::find()
            .one(reader)
            .await?
            .expect("the identity");
        let open = bellwether::concerns::sealing::open;
        let plain = open(&handlers.hanna.1, &identity.sealed)?;
        ensure!(String::from_utf8_lossy(&plain).contains("Quetzalcoatl"));
        ensure!(
            open(&handlers.harry.1, &identity.sealed).is_err(),
            "another handler reads the name"
        );
        ensure!(opened_by(world, &handlers.harry.1).await?[0]["text"] == WORDS);
        Ok(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_named_concern_says_who_to_those_who_read_it() -> anyhow::Result<()> {
    play(setting(), async |world| {
        let rita = staff(world);
        let handlers = opened(world).await?;
        let first = concern(world, &rita, Place::Dm).await?;
        let page = about(&rita.person, &first, "Named", "idea").await?;
        let receipt = write(&rita.person, &page, WORDS).await?;
        says(&receipt.text(), &["Thank you, your idea is case"])?;
        let read = opened_by(world, &handlers.harry.1).await?;
        ensure!(read[0].to_string().contains("Quetzalcoatl"), "{read:?}");
        let traces = world.traces("Quetzalcoatl").await?;
        ensure!(traces.is_empty(), "the name is unsealed in {traces:?}");
        the_case(world).await.map(drop)
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn in_a_small_team_people_are_warned() -> anyhow::Result<()> {
    play(setting(), async |world| {
        let rita = staff(world);
        opened(world).await?;
        // The founder, Rita and Olga could have written it; three more can read it.
        let first = concern(world, &rita, Place::Dm).await?;
        says(
            &first.text(),
            &["Here you could be guessed", "only you and 2 other people here"],
        )
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_german_client_is_spoken_to_in_german() -> anyhow::Result<()> {
    play(setting(), async |world| {
        let rita = world.hire("Rita", "de", None, &[]);
        opened(world).await?;
        let first = concern(world, &rita, Place::Dm).await?;
        says(&first.text(), &["Für uns anonym", "Was nicht geschützt ist"])?;
        let page = step(&rita.person, &first, "Anonym").await?;
        let page = choose(&rita.person, &page, "category", &["not-sure"]).await?;
        says(&page.text(), &["Wer es lesen wird", "einmal gezeigt und nie wieder"])
    })
    .await
}

/// Another organisation, whose server nobody here is in.
fn two_organisations() -> Setting {
    Setting {
        further: "[[organisation]]\nid = \"77\"\nname = \"Other Ltd\"\nzone = \"Europe/Berlin\"\n\
                  [organisation.roles]\nmanager = [\"78\"]\n"
            .to_owned(),
        ..setting()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn in_direct_messages_with_several_organisations_one_is_chosen_first() -> anyhow::Result<()> {
    play(two_organisations(), async |world| {
        let rita = staff(world);
        opened(world).await?;
        let first = concern(world, &rita, Place::Dm).await?;
        says(&first.text(), &["Which one is this about?"])?;
        let closed = choose(&rita.person, &first, "place", &["77"]).await?;
        says(&closed.text(), &["This channel is not open yet.", "I have a case key"])?;
        let first = concern(world, &rita, Place::Dm).await?;
        let own = world.organisation_id().to_string();
        let page = choose(&rita.person, &first, "place", &[&own]).await?;
        let page = about(&rita.person, &page, "Anonymous", "mistake").await?;
        write(&rita.person, &page, WORDS).await?;
        ensure!(the_case(world).await?.organisation == world.organisation_id().get());
        Ok(())
    })
    .await
}
