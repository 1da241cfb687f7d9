//! Absences are entered, looked at, shortened and withdrawn, by managers and for them by the owner.

use anyhow::{Context, ensure};
use bellwether::catalogue::Choice;
use discord_stand_in::{Message, Place};
use rehearsal::{Hired, World};
use serde_json::json;

use super::stage::{answer, next_question, play, play_on_sqlite, says, send, thursday, types, types_in};

/// Enters an absence; what comes back.
async fn away(world: &World, who: &Hired, from: &str, to: &str) -> anyhow::Result<Message> {
    let days = [("from", json!(from)), ("to", json!(to))];
    let handle = who.person.slash(world.organisation.bot.id, Place::Dm, "away", &days)?;
    Ok(handle.message().await?)
}

/// Chooses the newest leave from the list, of oneself or of another; what is shown.
async fn newest(world: &World, who: &Hired, of: Option<&Hired>) -> anyhow::Result<Message> {
    let member = of.map(|of| ("member", json!(of.person.id().to_string())));
    let options: Vec<_> = member.into_iter().collect();
    let handle = who
        .person
        .slash(world.organisation.bot.id, Place::Dm, "away", &options)?;
    let list = handle.message().await?;
    let menu = list.component("v1:away").context("a menu of leaves")?;
    let options = menu["options"].as_array().context("leaves")?;
    let last = options
        .last()
        .and_then(|option| option["value"].as_str())
        .context("a leave")?;
    Ok(who.person.choose(&list, "v1:away", &[last])?.message().await?)
}

async fn presses(who: &Hired, on: &Message, label: &str) -> anyhow::Result<Message> {
    let button = on.button(label).with_context(|| format!("a button {label}"))?;
    Ok(who.person.press(on, &button)?.message().await?)
}

/// Shortens the absence that this message shows.
async fn shorten(who: &Hired, on: &Message, last: &str) -> anyhow::Result<String> {
    let button = on.button("Shorten").context("a button")?;
    let modal = who.person.press(on, &button)?.modal().await?;
    let sent = send(&who.person, &modal, &[("by".to_owned(), last.to_owned())]).await?;
    Ok(sent.text())
}

/// Withdraws the absence that this message shows.
async fn take_back(who: &Hired, on: &Message) -> anyhow::Result<String> {
    let sure = presses(who, on, "Withdraw").await?;
    says(&sure.text(), &["Withdraw", "?"])?;
    Ok(presses(who, &sure, "Yes, withdraw it").await?.text())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_digit_is_taken_back_and_the_question_comes() -> anyhow::Result<()> {
    play(thursday(), async |world| {
        let mia = world.manager("Mia");
        world.start_bot().await?;
        let entered = away(world, &mia, "2026-11-05", "2027-02-28").await?;
        says(&entered.text(), &["Entered: you are away", "[Shorten] [Withdraw]"])?;
        world.until("2026-11-05T12:00:00Z").await?;
        ensure!(mia.person.received().is_empty(), "she is away");
        let shown = newest(world, &mia, None).await?;
        says(&shown.text(), &["Thu 5 Nov 2026 – Sun 28 Feb 2027"])?;
        says(&take_back(&mia, &shown).await?, &["Withdrawn: Thu 5 Nov 2026"])?;
        // A second press finds nothing, and so do old buttons.
        says(
            &presses(&mia, &entered, "Withdraw").await?.text(),
            &["no longer entered"],
        )?;
        let question = next_question(world, &mia).await?;
        ensure!(
            question.made_at() < 1_793_880_000_000 + 2 * 3_600_000,
            "asked on the day"
        );
        answer(&mia, &question, Choice::Done).await?;
        world.until("2026-11-12T12:00:00Z").await?;
        ensure!(
            world.states(mia.person.id()).await?.len() == 2 && mia.person.received().len() == 2,
            "and the next week as usual"
        );
        says(&types(world, &mia, "away").await?, &["no absences entered"])?;
        // The right days can be entered now.
        let right = away(world, &mia, "2026-12-05", "2026-12-08").await?;
        says(&right.text(), &["Entered: you are away"])
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_back_early_is_asked_early() -> anyhow::Result<()> {
    play(thursday(), async |world| {
        let mia = world.manager("Mia");
        world.start_bot().await?;
        away(world, &mia, "2026-11-05", "2026-11-18").await?;
        world.until("2026-11-06T09:00:00Z").await?;
        let shown = newest(world, &mia, None).await?;
        ensure!(shown.button("Withdraw").is_none(), "yesterday was a day of it");
        says(&shorten(&mia, &shown, "soon").await?, &["cannot read “soon” as a date"])?;
        says(&shorten(&mia, &shown, "2026-11-18").await?, &["must be earlier"])?;
        says(
            &shorten(&mia, &shown, "2026-11-04").await?,
            &["begins on Thu 5 Nov 2026"],
        )?;
        says(
            &shorten(&mia, &shown, "2026-11-05").await?,
            &[
                "away from Thu 5 Nov 2026 to Thu 5 Nov 2026",
                "(before: to Wed 18 Nov 2026)",
            ],
        )?;
        let question = next_question(world, &mia).await?;
        ensure!(question.made_at() < 1_793_966_400_000, "asked on Friday");
        says(&types(world, &mia, "away").await?, &["no absences entered"])?;
        let mut kinds = Vec::new();
        let mut index = 0;
        while let Ok(leaf) = world.leaf(index).await {
            index += 1;
            let leaf: serde_json::Value = serde_json::from_slice(&leaf)?;
            kinds.push((leaf["kind"].as_str().unwrap_or_default().to_owned(), leaf["of"].clone()));
        }
        let first = kinds.iter().position(|(kind, _)| kind == "absence.recorded");
        let changed = kinds.iter().find(|(kind, _)| kind == "absence.shortened");
        ensure!(
            changed.is_some_and(|(_, of)| of.as_u64() == first.map(|at| at as u64)),
            "the change continues the leave: {kinds:?}"
        );
        Ok(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_owner_looks_after_the_leaves_of_others() -> anyhow::Result<()> {
    play(thursday(), async |world| {
        let mia = world.manager("Mia");
        let ned = world.manager("Ned");
        let olga = world.hire("Olga", "en-GB", None, &["owner"]);
        world.start_bot().await?;
        next_question(world, &mia).await?;
        world.until("2026-11-09T12:00:00Z").await?;
        // What is over is the owner's, as the text says.
        let own = away(world, &mia, "2026-11-05", "2026-11-10").await?;
        says(&own.text(), &["please ask the programme owner"])?;
        let id = json!(mia.person.id().to_string());
        let days = [
            ("from", json!("2026-11-05")),
            ("to", json!("2026-11-10")),
            ("member", id.clone()),
        ];
        says(
            &types_in(world, &ned, Place::Dm, "away", &days).await?,
            &["for the programme owner"],
        )?;
        let entered = types_in(world, &olga, Place::Dm, "away", &days).await?;
        says(
            &entered,
            &["Entered:", "is away from Thu 5 Nov 2026", "already closed stay"],
        )?;
        says(
            &types(world, &olga, "away").await?,
            &["Who is away", "Thu 5 – Tue 10 Nov 2026"],
        )?;
        says(&types(world, &mia, "away").await?, &["entered by"])?;
        world.until("2026-11-11T23:01:00Z").await?;
        ensure!(world.states(mia.person.id()).await? == ["excused (absence)"]);
        // Closed stays closed, whatever happens to the absence.
        let shown = newest(world, &olga, Some(&mia)).await?;
        ensure!(newest(world, &mia, None).await.is_err(), "for her it is over");
        says(&shorten(&olga, &shown, "2026-11-06").await?, &["Shortened"])?;
        says(&take_back(&olga, &shown).await?, &["Withdrawn"])?;
        ensure!(world.states(mia.person.id()).await? == ["excused (absence)"]);
        // Nobody is told of absences that are not theirs by an old button.
        let forged = ned.person.slash(world.organisation.bot.id, Place::Dm, "record", &[])?;
        let on = forged.message().await?;
        let button = shown.button("Shorten").context("a button")?;
        let pressed = ned.person.forged_press(&on, &button)?;
        says(&pressed.message().await?.text(), &["no longer entered"])
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn days_out_of_reach_are_refused_with_a_word() -> anyhow::Result<()> {
    play_on_sqlite(thursday(), async |world| {
        let mia = world.manager("Mia");
        let olga = world.hire("Olga", "en-GB", None, &["owner"]);
        world.start_bot().await?;
        world.settle().await;
        for (from, to) in [("9999-12-31", "9999-12-31"), ("2028-01-01", "2028-01-02")] {
            says(
                &away(world, &mia, from, to).await?.text(),
                &["The first day must be between"],
            )?;
        }
        says(
            &away(world, &mia, "2026-11-05", "9999-12-31").await?.text(),
            &["days at a time"],
        )?;
        let member = ("member", json!(mia.person.id().to_string()));
        let days = [("from", json!("0001-01-01")), ("to", json!("0001-01-02")), member];
        says(
            &types_in(world, &olga, Place::Dm, "away", &days).await?,
            &["The first day must be between"],
        )?;
        let one = [("from", json!("2026-11-06"))];
        says(
            &types_in(world, &mia, Place::Dm, "away", &one).await?,
            &["the first and the last day"],
        )?;
        says(
            &types_in(
                world,
                &olga,
                Place::Dm,
                "away",
                &[one[0].clone(), ("to", json!("2026-11-06"))],
            )
            .await?,
            &["say who is away"],
        )
    })
    .await
}
