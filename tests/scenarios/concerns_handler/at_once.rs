//! Two handlers at the same time, and what changes between opening a form and sending it.

use anyhow::{Context, ensure};
use bellwether::concerns::CaseState;
use bellwether::config::Role;
use discord_stand_in::ModalShown;
use rehearsal::{Hired, World};

use super::{Office, Told, ends_key, files, open, opens, presses, reply_form, seen_by, sends};
use crate::stage::{play, says, thursday};

const NONE: &str = "You have no such case.";

/// Opens the form for a note.
async fn note_form(world: &World, who: &Hired, number: &str) -> anyhow::Result<ModalShown> {
    opens(who, &open(world, who, number).await?, "Note").await
}

#[tokio::test(flavor = "multi_thread")]
async fn two_who_answer_at_once_are_both_heard_and_one_gives_the_first_word() -> anyhow::Result<()> {
    play(thursday(), async |world| {
        let office = Office::open(world).await?;
        let filed = files(world, Told::new("mistake", "wrong recipient")).await?;
        let number = filed.number.to_string();
        let hers = reply_form(world, &office.hanna, &number).await?;
        let his = reply_form(world, &office.harry, &number).await?;
        let (one, other) = tokio::join!(
            sends(&office.hanna, &hers, &[("text", "Thank you; I look into it.")]),
            sends(&office.harry, &his, &[("text", "Thank you for saying so.")]),
        );
        let said = [one?.text(), other?.text()];
        for said in &said {
            says(said, &["Your message is ready for the reporter"])?;
        }
        let first = said.iter().filter(|said| said.contains("It counts as the first reply"));
        ensure!(first.count() == 1, "{said:?}");
        says(
            &open(world, &office.iris, &number).await?.text(),
            &["3 entries", "First reply sent"],
        )?;
        let case = seen_by(world, &office.iris, &filed, Role::IndependentHandler)
            .await?
            .context("the case")?;
        ensure!(case.state == CaseState::Acknowledged);
        Ok(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_who_take_a_case_at_once_one_has_it() -> anyhow::Result<()> {
    play(thursday(), async |world| {
        let office = Office::open(world).await?;
        let filed = files(world, Told::new("mistake", "wrong recipient")).await?;
        let number = filed.number.to_string();
        let hers = open(world, &office.hanna, &number).await?;
        let his = open(world, &office.harry, &number).await?;
        let (one, other) = tokio::join!(
            presses(&office.hanna, &hers, "Take"),
            presses(&office.harry, &his, "Take")
        );
        let said = [one?.text(), other?.text()];
        let yours = said.iter().filter(|said| said.contains("is yours now")).count();
        let taken = said.iter().filter(|said| said.contains("has taken case")).count();
        ensure!((yours, taken) == (1, 1), "{said:?}");
        Ok(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn two_who_settle_a_case_at_once_move_it_once() -> anyhow::Result<()> {
    play(thursday(), async |world| {
        let office = Office::open(world).await?;
        let filed = files(world, Told::new("mistake", "wrong recipient")).await?;
        let number = filed.number.to_string();
        let form = reply_form(world, &office.hanna, &number).await?;
        sends(&office.hanna, &form, &[("text", "Thank you.")]).await?;
        let mut forms = Vec::new();
        for who in [&office.hanna, &office.harry] {
            let status = presses(who, &open(world, who, &number).await?, "Status").await?;
            forms.push(opens(who, &status, "in review").await?);
        }
        let (one, other) = tokio::join!(
            sends(&office.hanna, &forms[0], &[("text", "I look into it")]),
            sends(&office.harry, &forms[1], &[("text", "I look into it, too")]),
        );
        let said = [one?.text(), other?.text()];
        let moved = said.iter().filter(|said| said.contains("is now in review")).count();
        let stays = said.iter().filter(|said| said.contains("status cannot change")).count();
        ensure!((moved, stays) == (1, 1), "{said:?}");
        says(&open(world, &office.iris, &number).await?.text(), &["3 entries"])
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn words_of_somebody_who_lost_the_role_meanwhile_are_not_kept() -> anyhow::Result<()> {
    play(thursday(), async |world| {
        let office = Office::open(world).await?;
        let filed = files(world, Told::new("mistake", "wrong recipient")).await?;
        let number = filed.number.to_string();
        let note = note_form(world, &office.hanna, &number).await?;
        let reply = reply_form(world, &office.hanna, &number).await?;
        let hanna = office.hanna.person.id();
        world.discord.set_member_roles(world.organisation.guild.id, hanna, &[]);
        let lost = async || Ok(world.standings(hanna).await?.iter().all(|row| row.roles.is_empty()));
        world.eventually("the role is gone", lost).await?;
        for form in [&note, &reply] {
            let said = sends(&office.hanna, form, &[("text", "words that come too late")]).await?;
            says(
                &said.text(),
                &["This command is for handlers of concerns.", "words that come too late"],
            )?;
        }
        says(
            &open(world, &office.harry, &number).await?.text(),
            &["1 entry", "First reply due"],
        )
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn words_of_somebody_whose_key_ended_meanwhile_are_not_kept() -> anyhow::Result<()> {
    play(thursday(), async |world| {
        let office = Office::open(world).await?;
        let filed = files(world, Told::new("mistake", "wrong recipient")).await?;
        let number = filed.number.to_string();
        let note = note_form(world, &office.hanna, &number).await?;
        let reply = reply_form(world, &office.hanna, &number).await?;
        let shown = open(world, &office.hanna, &number).await?;
        ends_key(world, &office.hanna, [&office.harry, &office.olga]).await?;
        for form in [&note, &reply] {
            let said = sends(&office.hanna, form, &[("text", "words that come too late")]).await?;
            says(&said.text(), &[NONE, "words that come too late"])?;
        }
        for label in ["Read", "Take", "Conflict of interest"] {
            says(&presses(&office.hanna, &shown, label).await?.text(), &[NONE])?;
        }
        says(
            &open(world, &office.harry, &number).await?.text(),
            &["1 entry", "not taken yet"],
        )
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn words_of_somebody_who_stepped_back_meanwhile_are_not_kept() -> anyhow::Result<()> {
    play(thursday(), async |world| {
        let office = Office::open(world).await?;
        let filed = files(world, Told::new("mistake", "about a friend")).await?;
        let number = filed.number.to_string();
        let note = note_form(world, &office.hanna, &number).await?;
        let shown = open(world, &office.hanna, &number).await?;
        let sure = presses(&office.hanna, &shown, "Conflict of interest").await?;
        presses(&office.hanna, &sure, "Yes, I step back").await?;
        // Too long to be quoted: they come back whole, as a file.
        let late = "*words that come too late* ".repeat(100);
        let said = sends(&office.hanna, &note, &[("text", &late)]).await?;
        says(&said.text(), &[NONE])?;
        let files = world.discord.files(&said);
        ensure!(
            files == [("text.txt".to_owned(), late.trim().as_bytes().to_vec())],
            "they were cut"
        );
        says(&open(world, &office.harry, &number).await?.text(), &["1 entry"])
    })
    .await
}
