//! The bot was away, or the clock is not what it was.

use anyhow::{Context, ensure};
use bellwether::catalogue::Choice;
use rehearsal::{Setting, World};

use super::stage::{answer, next_question, play, play_on_sqlite, says, thursday, types};

/// The weekly question's cycles: period and state, oldest first.
async fn weeks(world: &World) -> anyhow::Result<Vec<(String, String)>> {
    let mut cycles = world.cycles().await?;
    cycles.retain(|cycle| cycle.period.contains('W'));
    Ok(cycles.into_iter().map(|cycle| (cycle.period, cycle.state)).collect())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_day_away_over_the_slot_asks_when_it_is_back() -> anyhow::Result<()> {
    play(thursday(), async |world| {
        let mia = world.manager("Mia");
        world.start_bot().await?;
        world.pump().await?;
        world.crash_bot().await?;
        world.clock.set(world.clock.now() + 24 * 3_600_000);
        world.start_bot().await?;
        let question = next_question(world, &mia).await?;
        let cycle = world.cycles().await?.pop().context("a cycle")?;
        ensure!(
            cycle.due_at == 1_794_240_000_000 || cycle.due_at == 1_794_240_000_000 + 85_000_000,
            "{}",
            cycle.due_at
        );
        says(&answer(&mia, &question, Choice::Done).await?.text(), &["on time"])?;
        ensure!(world.leaves().await?.contains(&"outage.ended".to_owned()));
        ensure!(mia.person.received().len() == 1);
        Ok(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn an_outage_until_after_the_due_time_gives_the_time_back() -> anyhow::Result<()> {
    play(thursday(), async |world| {
        let mia = world.manager("Mia");
        world.start_bot().await?;
        let question = next_question(world, &mia).await?;
        let due = world.cycles().await?[0].due_at;
        world.crash_bot().await?;
        // Away until an hour after the due time.
        world.clock.set(bellwether::clock::Millis(due + 3_600_000));
        world.start_bot().await?;
        world.pump().await?;
        let extended = world.cycles().await?[0].due_at;
        ensure!(extended > due + 3_600_000, "{due} {extended}");
        says(&answer(&mia, &question, Choice::Done).await?.text(), &["on time"])?;
        let leaves = world.cycle_leaves().await?;
        ensure!(
            leaves == ["cycle.opened", "cycle.delivered", "cycle.extended", "cycle.answered"],
            "{leaves:?}"
        );
        Ok(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn who_left_during_an_outage_is_asked_no_more() -> anyhow::Result<()> {
    play(thursday(), async |world| {
        let (mia, ned) = (world.manager("Mia"), world.manager("Ned"));
        world.start_bot().await?;
        next_question(world, &mia).await?;
        world.until("2026-11-05T10:00:00Z").await?;
        world.crash_bot().await?;
        world
            .discord
            .remove_member(world.organisation.guild.id, mia.person.id());
        world.clock.set(world.clock.now() + 24 * 3_600_000);
        world.start_bot().await?;
        world.pass(3_600_000).await?;
        ensure!(world.standings(mia.person.id()).await?[0].left_at.is_some());
        let states = world.states(mia.person.id()).await?;
        ensure!(states == ["cancelled (assignment-ended)"], "{states:?}");
        let before = mia.person.received().len();
        next_question(world, &ned).await?;
        world.pass(3_600_000).await?;
        ensure!(mia.person.received().len() == before, "she is not there any more");
        Ok(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn three_weeks_asleep_asks_the_newest_and_excuses_the_others() -> anyhow::Result<()> {
    play(thursday(), async |world| {
        let mia = world.manager("Mia");
        world.start_bot().await?;
        next_question(world, &mia).await?;
        world.crash_bot().await?;
        // Friday, three weeks later.
        world.clock.set(world.clock.now() + (21 * 24 + 22) * 3_600_000);
        world.start_bot().await?;
        world.pass(3_600_000).await?;
        ensure!(mia.person.received().len() <= 2, "a pile of old questions");
        let weeks = weeks(world).await?;
        let states: Vec<_> = weeks.iter().map(|(_, state)| state.as_str()).collect();
        ensure!(weeks.len() == 4, "the denominator is kept: {weeks:?}");
        ensure!(states[..3] == ["excused", "excused", "excused"], "{weeks:?}");
        let question = mia.person.latest().context("a question")?;
        says(&answer(&mia, &question, Choice::Done).await?.text(), &["on time"])?;
        says(&types(world, &mia, "record").await?, &["excused"])?;
        Ok(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_set_back_asks_nothing_twice() -> anyhow::Result<()> {
    play(thursday(), async |world| {
        let mia = world.manager("Mia");
        world.start_bot().await?;
        let question = next_question(world, &mia).await?;
        for back in [3_600_000, 10 * 3_600_000] {
            world.clock.set(world.clock.now() + -back);
            world.pass(4 * 3_600_000).await?;
        }
        ensure!(mia.person.received().len() == 1);
        ensure!(world.cycles().await?.len() == 1);
        says(&answer(&mia, &question, Choice::Done).await?.text(), &["Thank you"])?;
        world.pass(8 * 3_600_000).await?;
        ensure!(mia.person.received().len() == 1);
        Ok(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn daylight_saving_keeps_the_local_time_of_slot_and_due() -> anyhow::Result<()> {
    // The Thursday before a change, zone, then opening slot and due time in UTC.
    let changes = [
        (
            "2026-03-26T08:00:00Z",
            "Europe/Berlin",
            "2026-03-26T08:30",
            "2026-03-30T15:00:00.000Z",
        ),
        (
            "2026-10-22T07:00:00Z",
            "Europe/Berlin",
            "2026-10-22T07:30",
            "2026-10-26T16:00:00.000Z",
        ),
        (
            "2026-03-05T14:00:00Z",
            "America/New_York",
            "2026-03-05T14:30",
            "2026-03-09T21:00:00.000Z",
        ),
        (
            "2026-10-29T13:00:00Z",
            "America/New_York",
            "2026-10-29T13:30",
            "2026-11-02T22:00:00.000Z",
        ),
    ];
    for (start, zone, slot, due) in changes {
        let setting = Setting {
            settings: "[schedule]\njitter_minutes = 0\n".to_owned(),
            ..Setting::at(start)
        };
        play_on_sqlite(setting, async |world| {
            let mia = world.hire("Mia", "en-GB", Some(zone), &["manager"]);
            world.start_bot().await?;
            let question = next_question(world, &mia).await?;
            let made = bellwether::clock::Millis(question.made_at()).rfc3339();
            ensure!(made.starts_with(slot), "{zone}: asked at {made}");
            let cycle = world.cycles().await?.pop().context("a cycle")?;
            let found = bellwether::clock::Millis(cycle.due_at).rfc3339();
            ensure!(found == due, "{zone}: due {found}");
            Ok(())
        })
        .await?;
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_week_53_is_asked_and_the_streak_goes_over_it() -> anyhow::Result<()> {
    // Answered in W53 and in W01: two weeks in a row.
    let setting = Setting {
        // The other cadences have had their slots by then.
        settings: "[schedule.monthly]\ncron = \"0 30 9 20-28 * Tue\"\n\
                   [schedule.quarterly]\ncron = \"0 30 9 8-12 Mar,Jun,Sep,Dec Tue\"\n"
            .to_owned(),
        ..Setting::at("2026-12-31T08:00:00Z")
    };
    play_on_sqlite(setting, async |world| {
        let mia = world.manager("Mia");
        let olga = world.hire("Olga", "en-GB", None, &["owner"]);
        world.start_bot().await?;
        for _ in 0..2 {
            let question = next_question(world, &mia).await?;
            says(&answer(&mia, &question, Choice::Done).await?.text(), &["on time"])?;
        }
        let periods: Vec<_> = weeks(world).await?.into_iter().map(|(period, _)| period).collect();
        ensure!(periods == ["2026-W53", "2027-W01"], "{periods:?}");
        let ordinals: Vec<_> = world.cycles().await?.iter().map(|cycle| cycle.ordinal).collect();
        ensure!(ordinals == [1, 2], "{ordinals:?}");
        world.until("2027-01-11T16:01:00Z").await?;
        says(
            &types(world, &olga, "streaks").await?,
            &["2 of 2, 2 on time; weeks in a row: 2 (longest 2"],
        )
    })
    .await
}
