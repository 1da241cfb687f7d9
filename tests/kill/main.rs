//! Kills the real binary with SIGKILL at random points while people answer what they are asked, and then looks whether
//! anything was lost or doubled. Hundreds of kills and minutes of waiting: only where `BELLWETHER_LONG` is 1. Death between
//! the writes of one transaction is always played.
//!
//! The seed of all chance in the test is printed; `BELLWETHER_KILL_SEED` sets it.

#![expect(
    clippy::print_stdout,
    reason = "a test with chance in it says its seed and its figures"
)]

mod between;
mod crowd;
mod findings;
mod hunt;
mod scene;

use bellwether::chance::Chance;
use bellwether::clock::{Clock, Millis};
use rehearsal::sizes::long;
use tokio::sync::Mutex;

use crowd::Crowd;
use hunt::Hunt;
use scene::Scene;

/// Each run needs the machine for itself.
static TURN: Mutex<()> = Mutex::const_new(());

#[tokio::test(flavor = "multi_thread")]
async fn whatever_is_killed_on_sqlite_nothing_is_lost_or_doubled() {
    if !long() {
        return;
    }
    let _turn = TURN.lock().await;
    let hunt = Hunt {
        kills: 200,
        waves: &[(0, 60), (40, 50), (70, 40)],
        begins_before_slot: None,
    };
    play(None, &hunt).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_is_killed_on_postgres_nothing_is_lost_or_doubled() {
    if !long() {
        return;
    }
    let Some(server) = rehearsal::engines::postgres() else {
        return;
    };
    let _turn = TURN.lock().await;
    let hunt = Hunt {
        kills: 40,
        waves: &[(0, 50)],
        begins_before_slot: Some(6),
    };
    play(Some(&server), &hunt).await;
}

async fn play(postgres: Option<&str>, hunt: &Hunt) {
    let seed = seed();
    println!("BELLWETHER_KILL_SEED={seed}");
    let clock = Clock::system();
    let began = clock.now();
    let mut scene = Scene::set(postgres, Chance::seeded(seed), &clock).await;
    let mut crowd = Crowd::default();
    let told = hunt.run(&mut scene, &mut crowd, &clock).await;
    let diaries = crowd.finish().await;
    scene.stop().await;
    let found = findings::check(&scene, &diaries).await;
    println!(
        "{told}; {} people, {found}; {} requests, {} sessions, {} s in all",
        diaries.len(),
        scene.discord.request_count(),
        scene.discord.identifies(scene.bot.id),
        clock.now().since(began) / Millis::SECOND,
    );
}

fn seed() -> u64 {
    match std::env::var("BELLWETHER_KILL_SEED") {
        Ok(seed) => seed.parse().expect("BELLWETHER_KILL_SEED is a number"),
        Err(_) => Chance::system().expect("the system has chance").below(1 << 32),
    }
}
