//! Faults of all kinds at random, while people answer, correct, leave, raise concerns and are replied to. At the end the
//! database is held against what each of them was told.

use anyhow::{Context, bail, ensure};
use bellwether::chance::Chance;
use futures_util::future::join_all;
use rehearsal::sizes::size;
use rehearsal::{Setting, World};

use super::deeds::{self, Deed, People, Told};
use super::disk::{Disk, outside};
use super::proxy::Proxy;
use super::weather::{Fault, Weather};
use crate::stage::thursday;

/// How many faults are played; `BELLWETHER_FAULTS` names another number.
const FAULTS: (u32, u32) = (20, 50);
/// Number of faults after which a week passes, so that there is something new to answer.
const WEEK: u32 = 12;

#[tokio::test(flavor = "multi_thread")]
async fn whatever_goes_wrong_on_sqlite_people_are_told_the_truth() -> anyhow::Result<()> {
    let disk = Disk::mount()?;
    let setting = Setting {
        database_in: disk.as_ref().map(|disk| disk.path().to_owned()),
        ..thursday()
    };
    let mut faults = vec![Fault::RefusedAtCommit, Fault::EndedByItself];
    if disk.is_some() {
        faults.push(Fault::FullDisk);
    }
    let world = Box::pin(World::with(setting)).await?;
    Box::pin(play(world, &faults, (disk.as_ref(), None))).await
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_goes_wrong_on_postgres_people_are_told_the_truth() -> anyhow::Result<()> {
    let Some(server) = rehearsal::engines::postgres() else {
        return Ok(());
    };
    let proxy = Proxy::before(&server).await?;
    let setting = Setting {
        postgres: Some(proxy.url.clone()),
        ..thursday()
    };
    let faults = [Fault::RefusedAtCommit, Fault::CutBefore, Fault::CutAfter, Fault::Ended];
    let world = Box::pin(World::with(setting)).await?;
    Box::pin(play(world, &faults, (None, Some(&proxy)))).await
}

type Tools<'a> = (Option<&'a Disk>, Option<&'a Proxy>);

async fn play(mut world: World, faults: &[Fault], tools: Tools<'_>) -> anyhow::Result<()> {
    let played = Box::pin(storms(&mut world, faults, tools)).await;
    if played.is_err() {
        world.finished();
        return played;
    }
    Box::pin(world.finish()).await
}

async fn storms(world: &mut World, faults: &[Fault], tools: Tools<'_>) -> anyhow::Result<()> {
    let mut people = People::gather(world).await?;
    let weather = Weather::over(outside(world.database()).await?, tools).await?;
    let chance = Chance::seeded(world.setting.seed);
    let mut told: Vec<(Deed, Told)> = Vec::new();
    let count = match std::env::var("BELLWETHER_FAULTS") {
        Ok(count) => count.parse()?,
        Err(_) => size(FAULTS.0, FAULTS.1),
    };
    for number in 0..count {
        if number % WEEK == 0 {
            people.a_week_passes(world).await?;
        }
        let fault = faults[usize::try_from(chance.below(faults.len() as u64))?];
        let deeds: Vec<Deed> = (0..=chance.below(4)).map(|_| people.think_of(world, &chance)).collect();
        weather.strike(fault).await?;
        let (here, them) = (&*world, &people);
        let (outcomes, passed) = tokio::join!(
            join_all(deeds.iter().map(|deed| them.carry_out(here, deed))),
            weather.rage(fault),
        );
        passed?;
        weather.lift(fault).await?;
        // Whatever went wrong, the next one is taken.
        let after = people.think_of(world, &chance);
        let fine = people.carry_out(world, &after).await;
        if let Told::Refused(why) | Told::Unknown(why) = &fine {
            bail!("after {fault:?}, {after:?}: {why}");
        }
        for (deed, outcome) in deeds.into_iter().zip(outcomes).chain([(after, fine)]) {
            people.remember(world, &deed, &outcome).await?;
            told.push((deed, outcome));
        }
    }
    world.crash_bot().await?;
    world.start_bot().await?;
    let said = people.said(world).await?;
    for one in &told {
        let there = deeds::count(world, &said, one)
            .await
            .with_context(|| format!("{:?}", one.0))?;
        let (deed, outcome) = one;
        match outcome {
            Told::Kept(_) => ensure!(there == 1, "{deed:?} was confirmed and is there {there} times"),
            Told::Refused(why) => ensure!(there == 0, "{deed:?} was refused ({why}) and is there {there} times"),
            Told::Unknown(_) => {}
        }
    }
    let count = |of: fn(&Told) -> bool| told.iter().filter(|(_, told)| of(told)).count();
    let kept = count(|told| matches!(told, Told::Kept(_)));
    let refused = count(|told| matches!(told, Told::Refused(_)));
    ensure!(refused > 0, "no fault has hit anything: {kept} kept");
    ensure!(
        kept + refused == told.len(),
        "of {} it was not known what became of them",
        told.len() - kept - refused
    );
    Ok(())
}
