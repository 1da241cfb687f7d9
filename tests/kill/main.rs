//! Kills the real binary with SIGKILL at random points, hundreds of times, while people answer what they are asked,
//! and then looks whether anything was lost or doubled.
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
use tokio::sync::Mutex;

use crowd::Crowd;
use hunt::Hunt;
use scene::Scene;

/// Both runs need the machine for themselves.
static TURN: Mutex<()> = Mutex::const_new(());

#[tokio::test(flavor = "multi_thread")]
async fn whatever_is_killed_on_sqlite_nothing_is_lost_or_doubled() {
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
    let _turn = TURN.lock().await;
    let Ok(server) = std::env::var("BELLWETHER_TEST_POSTGRES") else {
        let required = std::env::var("BELLWETHER_REQUIRE_POSTGRES").is_ok_and(|value| value == "1");
        assert!(!required, "BELLWETHER_TEST_POSTGRES is not set");
        return;
    };
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
