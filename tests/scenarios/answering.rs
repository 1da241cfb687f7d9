//! The walk of the weekly prompt: asked, answered, shown again.

use anyhow::ensure;
use bellwether::catalogue::Choice;
use discord_stand_in::Place;

use super::stage::{self, answer, next_question, play, press, says, thursday, types, types_in};

#[tokio::test(flavor = "multi_thread")]
async fn a_question_is_asked_answered_receipted_and_shown_again() -> anyhow::Result<()> {
    play(thursday(), async |world| {
        let mia = world.manager("Mia");
        let olga = world.hire("Olga", "en-GB", None, &["owner"]);
        world.start_bot().await?;
        says(&types(world, &mia, "pending").await?, &["Nothing is open."])?;
        let question = next_question(world, &mia).await?;
        says(&question.text(), &["This week: Mon 2 – Sun 8 Nov 2026", "Due <t:"])?;
        ensure!(question.buttons().len() == 4);
        says(&types(world, &mia, "pending").await?, &["One question is open."])?;
        let receipt = answer(&mia, &question, Choice::Done).await?;
        ensure!(receipt.is_ephemeral());
        says(
            &receipt.text(),
            &["Thank you. This is recorded.", "on time", "Record `"],
        )?;
        says(&types(world, &mia, "pending").await?, &["Nothing is open."])?;
        says(&types(world, &mia, "record").await?, &["Your last question", "on time"])?;
        world.until("2026-11-09T16:01:00Z").await?;
        let streaks = types(world, &olga, "streaks").await?;
        says(&streaks, &[&format!("<@{}>: 1 of 1, 1 on time", mia.person.id())])?;
        let leaves = world.cycle_leaves().await?;
        ensure!(
            leaves == ["cycle.opened", "cycle.delivered", "cycle.answered"],
            "{leaves:?}"
        );
        Ok(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn each_of_the_four_answers_counts_and_is_thanked_for() -> anyhow::Result<()> {
    play(thursday(), async |world| {
        let people = ["Mia", "Ned", "Ole", "Pia"].map(|name| world.manager(name));
        let olga = world.hire("Olga", "en-GB", None, &["owner"]);
        world.start_bot().await?;
        world.until("2026-11-05T10:00:00Z").await?;
        for (who, choice) in people.iter().zip(Choice::ALL) {
            let question = who.person.latest().expect("everybody is asked");
            let receipt = answer(who, &question, choice).await?.text();
            let thanks = match choice {
                Choice::Done | Choice::NotApplicable => "Thank you. This is recorded.",
                Choice::NotYet => "Thank you for the straight answer.",
                Choice::NeedHelp => "Thank you for telling us what is in the way.",
            };
            says(&receipt, &[thanks, "on time"])?;
            let helps = receipt.contains("What often helps");
            ensure!(
                helps == matches!(choice, Choice::NotYet | Choice::NeedHelp),
                "{receipt}"
            );
        }
        let mut chosen: Vec<_> = world.answers().await?.into_iter().map(|answer| answer.choice).collect();
        chosen.sort();
        ensure!(
            chosen == ["done", "need-help", "not-applicable", "not-yet"],
            "{chosen:?}"
        );
        world.until("2026-11-09T16:01:00Z").await?;
        let streaks = types(world, &olga, "streaks").await?;
        ensure!(streaks.matches("1 of 1, 1 on time").count() == 4, "{streaks}");
        Ok(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_german_member_reads_german() -> anyhow::Result<()> {
    play(thursday(), async |world| {
        let mia = world.hire("Mia", "de", None, &["manager"]);
        world.start_bot().await?;
        // From here on the bot knows the language of her client.
        says(&types(world, &mia, "pending").await?, &["Es ist nichts offen."])?;
        let question = next_question(world, &mia).await?;
        says(&question.text(), &["**Diese Woche: "])?;
        let modal = press(&mia.person, &question, Choice::NotYet).await?;
        says(modal.title(), &["Danke"])?;
        let words = stage::words(Choice::NotYet, &modal);
        let receipt = stage::send(&mia.person, &modal, &words).await?;
        says(&receipt.text(), &["Danke", "Eintrag `"])?;
        Ok(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_typed_comes_back_when_it_cannot_be_taken() -> anyhow::Result<()> {
    play(thursday(), async |world| {
        let mia = world.manager("Mia");
        world.start_bot().await?;
        let question = next_question(world, &mia).await?;
        let modal = press(&mia.person, &question, Choice::NotYet).await?;
        let fields: Vec<String> = modal.fields().into_iter().map(|field| field.custom_id).collect();
        for (by, answer) in [("next week", "as a date"), ("2026-01-05", "is in the past")] {
            let typed = ["After the stand-up", "ask for the list", by];
            let words: Vec<_> = fields.iter().cloned().zip(typed.map(str::to_owned)).collect();
            let refused = stage::send(&mia.person, &modal, &words).await?;
            says(&refused.text(), &[answer, "ask for the list"])?;
        }
        ensure!(world.answers().await?.is_empty());
        let again = answer(&mia, &question, Choice::NotYet).await?;
        says(&again.text(), &["Thank you for the straight answer."])?;
        Ok(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn an_open_question_can_be_answered_from_pending() -> anyhow::Result<()> {
    play(thursday(), async |world| {
        let mia = world.manager("Mia");
        world.start_bot().await?;
        next_question(world, &mia).await?;
        let general = Place::Channel(world.organisation.guild.channels["general"]);
        types_in(world, &mia, general, "pending", &[]).await?;
        let shown = world.discord.interactions().pop().and_then(|handle| handle.original());
        let shown = shown.expect("the reply is there");
        let receipt = answer(&mia, &shown, Choice::Done).await?;
        ensure!(receipt.is_ephemeral());
        says(&receipt.text(), &["Thank you. This is recorded."])?;
        Ok(())
    })
    .await
}
