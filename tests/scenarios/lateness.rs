//! Late, too late, never: what becomes of a question that is not answered on time.

use anyhow::ensure;
use bellwether::catalogue::Choice;

use super::stage::{answer, next_question, play, press, says, thursday, types};

#[tokio::test(flavor = "multi_thread")]
async fn a_late_answer_is_kept_and_marked() -> anyhow::Result<()> {
    play(thursday(), async |world| {
        let mia = world.manager("Mia");
        let olga = world.hire("Olga", "en-GB", None, &["owner"]);
        world.start_bot().await?;
        let question = next_question(world, &mia).await?;
        // Due on Monday at 17:00 in Berlin; closed on Wednesday at midnight.
        world.until("2026-11-09T16:00:01Z").await?;
        let receipt = answer(&mia, &question, Choice::Done).await?;
        says(&receipt.text(), &["A late answer is kept and counts as an answer."])?;
        says(&types(world, &mia, "record").await?, &[", late <t:"])?;
        says(
            &types(world, &olga, "streaks").await?,
            &["1 of 1, 0 on time; weeks in a row: 0 (longest 0, paused 1)"],
        )?;
        let leaves = world.cycle_leaves().await?;
        ensure!(
            leaves.last().is_some_and(|kind| kind == "cycle.answered-late"),
            "{leaves:?}"
        );
        Ok(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_due_instant_itself_is_in_time() -> anyhow::Result<()> {
    play(thursday(), async |world| {
        let mia = world.manager("Mia");
        world.start_bot().await?;
        let question = next_question(world, &mia).await?;
        world.until("2026-11-09T16:00:00Z").await?;
        says(&answer(&mia, &question, Choice::Done).await?.text(), &["on time"])
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn after_closing_an_answer_becomes_a_dated_note() -> anyhow::Result<()> {
    play(thursday(), async |world| {
        let mia = world.manager("Mia");
        let olga = world.hire("Olga", "en-GB", None, &["owner"]);
        world.start_bot().await?;
        let question = next_question(world, &mia).await?;
        world.until("2026-11-11T23:01:00Z").await?;
        ensure!(world.states(mia.person.id()).await? == ["missed"]);
        let before = types(world, &olga, "streaks").await?;
        for _ in 0..2 {
            let noted = answer(&mia, &question, Choice::Done).await?;
            says(
                &noted.text(),
                &["This question closed", "kept with the record as a dated note"],
            )?;
        }
        ensure!(world.states(mia.person.id()).await? == ["missed"]);
        ensure!(types(world, &olga, "streaks").await? == before, "{before}");
        says(&before, &["0 of 1, 0 on time"])?;
        let leaves = world.cycle_leaves().await?;
        let expected = [
            "cycle.opened",
            "cycle.delivered",
            "cycle.missed",
            "answer.noted",
            "answer.noted",
        ];
        ensure!(leaves == expected, "{leaves:?}");
        Ok(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_button_without_its_second_step_closes_as_missed_draft() -> anyhow::Result<()> {
    play(thursday(), async |world| {
        let mia = world.manager("Mia");
        world.start_bot().await?;
        let question = next_question(world, &mia).await?;
        press(&mia.person, &question, Choice::NeedHelp).await?;
        world
            .eventually("the draft is noted", async || {
                Ok(world.cycles().await?[0].draft_choice.is_some())
            })
            .await?;
        says(&types(world, &mia, "pending").await?, &["One question is open."])?;
        world.until("2026-11-11T23:01:00Z").await?;
        ensure!(world.states(mia.person.id()).await? == ["missed (draft)"]);
        says(&types(world, &mia, "record").await?, &["closed without an answer"])?;
        Ok(())
    })
    .await
}
