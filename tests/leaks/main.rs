//! People raise concerns with the real binary, which logs all it can; then everything that it wrote is searched for who
//! they are, for what they did on Discord, and for their words. In its long size hundreds do, and memory is searched, too.
//!
//! `BELLWETHER_LEAK_PEOPLE` sets how many there are of each mode.
//!
//! Of eight bytes in memory it is certain that they are an id: ids of the stand-in end like Discord's own. While they
//! ended in 22 zero bits, the search found ids where there were none: the first bytes of one, with which the remains of
//! a row ended, and behind them the zeros of the allocator's next header.

#![expect(clippy::print_stdout, reason = "a long test says its figures")]

mod needles;
mod places;
mod reporters;
mod scene;
mod search;

use std::collections::BTreeMap;
use std::time::Duration;

use anyhow::ensure;
use bellwether::chance::Chance;
use rehearsal::organisation::TOKEN;
use rehearsal::sizes;
use tokio::sync::Mutex;

use needles::{Needle, Value};
use places::Look;
use scene::Scene;
use search::{Hit, Search};

/// People of each mode, in the short and the long size.
const PEOPLE: [usize; 2] = [6, 200];
/// Longer than a connection for requests is kept, which is looked at every 20 s, or a thread without work.
const IDLE: Duration = Duration::from_secs(45);
/// Most lines that the bot logs meanwhile, by itself.
const LINES: usize = 20;

/// Both runs need the machine for themselves.
static TURN: Mutex<()> = Mutex::const_new(());

#[tokio::test(flavor = "multi_thread")]
async fn who_spoke_and_what_they_said_is_nowhere_on_sqlite() -> anyhow::Result<()> {
    let _turn = TURN.lock().await;
    play(None).await
}

#[tokio::test(flavor = "multi_thread")]
async fn who_spoke_and_what_they_said_is_nowhere_on_postgres() -> anyhow::Result<()> {
    let _turn = TURN.lock().await;
    match rehearsal::engines::postgres() {
        Some(server) => play(Some(&server)).await,
        None => Ok(()),
    }
}

async fn play(postgres: Option<&str>) -> anyhow::Result<()> {
    let people = match std::env::var("BELLWETHER_LEAK_PEOPLE") {
        Ok(number) => number.parse()?,
        Err(_) => sizes::size(PEOPLE[0], PEOPLE[1]),
    };
    let mut scene = Scene::set(postgres).await?;
    scene.start().await?;
    scene.open_channel().await?;
    let chance = Chance::seeded(54);
    let lines = scene.lines();
    let mut hidden = Vec::new();
    for mode in ["Anonymous", "Confidential"] {
        let reporters = reporters::gather(&scene, &chance, mode, people);
        hidden.extend(reporters::speak(&scene, &reporters).await?);
        hidden.extend(reporters.iter().flat_map(|reporter| reporter.needles(&scene)));
        hidden.extend(reporters::interactions(&scene, &reporters));
    }
    ensure!(scene.lines() - lines < LINES, "the log tells when:\n{}", scene.log());
    let known = reporters::gather(&scene, &chance, "Named", 1);
    reporters::speak(&scene, &known).await?;
    let known = known.iter().flat_map(|reporter| reporter.needles(&scene)).collect();
    let (hidden, known) = (Search::of(hidden), Search::of(known));
    let (needles, forms) = hidden.size();
    println!("{needles} needles in {forms} forms");
    // What else this machine does must not decide whether a test passes that everybody runs.
    if sizes::long() {
        memory(&scene, &hidden).await?;
    }
    written(&mut scene, postgres.is_none(), &hidden, &known).await?;
    let (others, answers) = places::requests(&hidden, &scene);
    clean("requests", &others)?;
    ensure!(
        answers
            .hits
            .iter()
            .filter(|hit| hit.what == "interaction token")
            .count()
            > people,
        "the search is blind to requests"
    );
    Ok(())
}

/// The memory of the idle bot, once others have used it and nothing is kept any longer.
async fn memory(scene: &Scene, hidden: &Search) -> anyhow::Result<()> {
    scene.others_go_on().await?;
    tokio::time::sleep(IDLE).await;
    let process = scene.process().unwrap_or_default();
    let Some(look) = places::memory(hidden, process)? else {
        println!("the memory cannot be read on this machine");
        return Ok(());
    };
    clean("memory", &look)?;
    let token = Needle {
        what: "token",
        whose: "the bot's",
        value: Value::Text(TOKEN.to_owned()),
    };
    let seen = places::memory(&Search::of(vec![token]), process)?;
    ensure!(
        seen.is_some_and(|look| !look.hits.is_empty()),
        "the search is blind to memory"
    );
    Ok(())
}

/// All that the bot has written: while it runs, and when it has stopped.
async fn written(scene: &mut Scene, sqlite: bool, hidden: &Search, known: &Search) -> anyhow::Result<()> {
    scene.run(&["evidence", "pack", "--out", "pack"]).await?;
    if sqlite {
        scene.run(&["backup", "--out", "copy.db"]).await?;
    }
    clean("files of the running bot", &places::files(hidden, scene.folder())?)?;
    scene.stop().await?;
    clean("files", &places::files(hidden, scene.folder())?)?;
    let seen = if sqlite {
        places::files(known, scene.folder())?
    } else {
        clean("tables", &places::tables(hidden, &scene.database).await?)?;
        places::tables(known, &scene.database).await?
    };
    let found = |what: &str| seen.hits.iter().any(|hit| hit.what == what);
    ensure!(found("member id"), "the search is blind to what is written");
    ensure!(
        !found("word") && !found("nickname") && !found("DM channel id"),
        "{}",
        told(&seen)
    );
    Ok(())
}

fn clean(place: &str, look: &Look) -> anyhow::Result<()> {
    println!("{place}: {} bytes, {} hits", look.bytes, look.hits.len());
    ensure!(look.hits.is_empty(), "{place}: {}", told(look));
    Ok(())
}

/// How often what was found, and some of it.
fn told(look: &Look) -> String {
    let mut kinds: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for hit in &look.hits {
        *kinds.entry((hit.whose, hit.what)).or_default() += 1;
    }
    let some = look.hits.iter().step_by(look.hits.len() / 20 + 1);
    let some: Vec<String> = some.map(Hit::to_string).collect();
    format!("{kinds:?}\n{}", some.join("\n"))
}
