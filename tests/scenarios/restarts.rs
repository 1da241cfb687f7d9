//! The bot goes away between any two steps of the walk and comes back.

use anyhow::{Context, ensure};
use bellwether::catalogue::Choice;
use discord_stand_in::Fault;

use super::stage::{self, answer, next_question, play, press, says, thursday, types};

#[tokio::test(flavor = "multi_thread")]
async fn stopped_between_opening_and_delivery_it_asks_once_after_the_start() -> anyhow::Result<()> {
    play(thursday(), async |world| {
        let mia = world.manager("Mia");
        world.start_bot().await?;
        world.until("2026-11-05T08:15:00Z").await?;
        // The cycle opens, its message is promised, and then the power goes.
        world.clock.set(world.clock.now() + 3_600_000);
        world.app().tick().await?;
        ensure!(world.states(mia.person.id()).await? == ["open"]);
        world.crash_bot().await?;
        ensure!(mia.person.received().is_empty());
        world.start_bot().await?;
        let question = next_question(world, &mia).await?;
        answer(&mia, &question, Choice::Done).await?;
        world.pass(6 * 3_600_000).await?;
        ensure!(mia.person.received().len() == 1);
        Ok(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_crash_between_sending_and_settling_asks_nobody_twice() -> anyhow::Result<()> {
    for away in [1_000, 30 * 60_000] {
        play(thursday(), async |world| {
            let mia = world.manager("Mia");
            world.start_bot().await?;
            world.until("2026-11-05T08:15:00Z").await?;
            world.clock.set(world.clock.now() + 3_600_000);
            world.app().tick().await?;
            // The message stands there, but the bot never hears of it.
            world.discord.fail("POST", "/channels/*/messages", 1, Fault::CutAfter);
            world.app().deliver().await?;
            ensure!(mia.person.received().len() == 1);
            world.crash_bot().await?;
            world.clock.set(world.clock.now() + away);
            world.start_bot().await?;
            world.pass(3_600_000).await?;
            ensure!(mia.person.received().len() == 1, "asked twice after {away} ms");
            ensure!(world.cycle_leaves().await? == ["cycle.opened", "cycle.delivered"]);
            let question = mia.person.latest().context("the question")?;
            answer(&mia, &question, Choice::Done).await?;
            Ok(())
        })
        .await?;
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn buttons_and_open_forms_survive_a_restart() -> anyhow::Result<()> {
    play(thursday(), async |world| {
        let (mia, ned) = (world.manager("Mia"), world.manager("Ned"));
        world.start_bot().await?;
        world.until("2026-11-05T10:00:00Z").await?;
        let question = mia.person.latest().context("Mia is asked")?;
        let open_form = press(&mia.person, &question, Choice::NotYet).await?;
        world.settle().await;
        world.stop_bot().await?;
        world.start_bot().await?;
        let words = stage::words(Choice::NotYet, &open_form);
        says(
            &stage::send(&mia.person, &open_form, &words).await?.text(),
            &["on time"],
        )?;
        let question = ned.person.latest().context("Ned is asked")?;
        says(&answer(&ned, &question, Choice::Done).await?.text(), &["on time"])?;
        Ok(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_submission_played_again_changes_nothing() -> anyhow::Result<()> {
    play(thursday(), async |world| {
        let mia = world.manager("Mia");
        world.start_bot().await?;
        let question = next_question(world, &mia).await?;
        let modal = press(&mia.person, &question, Choice::Done).await?;
        let words = stage::words(Choice::Done, &modal);
        let pairs: Vec<_> = words.iter().map(|(id, text)| (id.as_str(), text.as_str())).collect();
        let sent = mia.person.submit(&modal, &pairs)?;
        sent.message().await?;
        sent.repeat();
        says(&types(world, &mia, "pending").await?, &["Nothing is open."])?;
        world.settle().await;
        // And after a restart, whose memory of seen events is empty.
        world.stop_bot().await?;
        world.start_bot().await?;
        sent.repeat();
        says(&types(world, &mia, "pending").await?, &["Nothing is open."])?;
        world.settle().await;
        ensure!(world.answers().await?.len() == 1);
        let answered = world
            .cycle_leaves()
            .await?
            .iter()
            .filter(|kind| *kind == "cycle.answered")
            .count();
        ensure!(answered == 1);
        Ok(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_double_click_opens_two_forms_and_records_one_answer() -> anyhow::Result<()> {
    play(thursday(), async |world| {
        let mia = world.manager("Mia");
        world.start_bot().await?;
        let question = next_question(world, &mia).await?;
        let button = stage::button(&question, Choice::Done)?;
        let clicks = [
            mia.person.press(&question, &button)?,
            mia.person.press(&question, &button)?,
        ];
        let forms = [clicks[0].modal().await?, clicks[1].modal().await?];
        let words = stage::words(Choice::Done, &forms[0]);
        says(
            &stage::send(&mia.person, &forms[0], &words).await?.text(),
            &["Thank you"],
        )?;
        says(
            &stage::send(&mia.person, &forms[1], &words).await?.text(),
            &["That answer counts."],
        )?;
        ensure!(world.answers().await?.len() == 1);
        Ok(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_devices_at_once_the_first_is_kept() -> anyhow::Result<()> {
    play(thursday(), async |world| {
        let mia = world.manager("Mia");
        world.start_bot().await?;
        let question = next_question(world, &mia).await?;
        let (phone, laptop) = (
            press(&mia.person, &question, Choice::Done).await?,
            press(&mia.person, &question, Choice::NeedHelp).await?,
        );
        let (on_phone, on_laptop) = (
            stage::words(Choice::Done, &phone),
            stage::words(Choice::NeedHelp, &laptop),
        );
        let both = [
            stage::send(&mia.person, &phone, &on_phone).await?.text(),
            stage::send(&mia.person, &laptop, &on_laptop).await?.text(),
        ];
        ensure!(
            both.iter().filter(|text| text.contains("Thank you")).count() == 1,
            "{both:?}"
        );
        ensure!(
            both.iter().filter(|text| text.contains("That answer counts.")).count() == 1,
            "{both:?}"
        );
        ensure!(world.answers().await?.len() == 1);
        Ok(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn forged_stale_and_stolen_buttons_get_a_kind_refusal() -> anyhow::Result<()> {
    play(thursday(), async |world| {
        let (mia, ned) = (world.manager("Mia"), world.manager("Ned"));
        world.start_bot().await?;
        let question = next_question(world, &mia).await?;
        let real = stage::button(&question, Choice::Done)?;
        let nobody = format!("v1:answer:{}:d:0:", "0".repeat(32));
        let long = "x".repeat(100);
        let forged = [
            (nobody.as_str(), "no longer here"),
            ("v2:answer:later", "another version of the bot"),
            ("v1:answer:short:d:0:", "no longer here"),
            ("'; DROP TABLE answer; --", "no longer here"),
            (long.as_str(), "no longer here"),
        ];
        for (id, answer) in forged {
            let said = mia.person.forged_press(&question, id)?.message().await?;
            ensure!(said.is_ephemeral());
            says(&said.text(), &[answer])?;
        }
        let stolen = ned.person.forged_press(&question, &real)?.message().await?;
        says(&stolen.text(), &["is for somebody else"])?;
        // A stolen form is refused by the use case, too.
        let own = press(&mia.person, &question, Choice::Done).await?;
        let words = stage::words(Choice::Done, &own);
        says(
            &stage::send(&ned.person, &own, &words).await?.text(),
            &["is for somebody else"],
        )?;
        ensure!(world.answers().await?.is_empty());
        Ok(())
    })
    .await
}
