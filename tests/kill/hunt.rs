//! When the bot is killed.

use std::time::Duration;

use bellwether::chance::Chance;
use bellwether::clock::{Clock, Millis};

use crate::crowd::Crowd;
use crate::scene::Scene;

/// Longest wait for a number of requests.
const PATIENCE: Duration = Duration::from_secs(1);

pub(crate) struct Hunt {
    pub kills: u32,
    /// So many seconds after the beginning so many people are hired.
    pub waves: &'static [(i64, usize)],
    /// The first kill is so many seconds before the minute's slot; none begins at once.
    pub begins_before_slot: Option<i64>,
}

/// How long a process may live.
enum Life {
    Milliseconds(u64),
    /// Until the stand-in has answered so many requests of it, and a little longer.
    Requests(usize, u64),
}

impl Life {
    fn draw(chance: &Chance) -> Self {
        match chance.below(5) {
            0 | 1 => Self::Milliseconds(50 + chance.below(350)),
            2 => Self::Milliseconds(200 + chance.below(600)),
            _ => Self::Requests(1 + chance.below(20) as usize, chance.below(5)),
        }
    }

    async fn pass(&self, scene: &Scene) {
        match self {
            Self::Milliseconds(time) => tokio::time::sleep(Duration::from_millis(*time)).await,
            Self::Requests(count, longer) => {
                let until = scene.discord.request_count() + count;
                let seen = scene
                    .discord
                    .await_until("request", |discord| discord.request_count() >= until);
                // Without so many requests it is killed after the patience.
                drop(tokio::time::timeout(PATIENCE, seen).await);
                tokio::time::sleep(Duration::from_millis(*longer)).await;
            }
        }
    }
}

impl Hunt {
    /// Leaves the bot running and everybody hired. Says how it went.
    pub(crate) async fn run(&self, scene: &mut Scene, crowd: &mut Crowd, clock: &Clock) -> String {
        let began = clock.now();
        let mut waves = self.waves.iter().peekable();
        scene.start();
        for kill in 0..self.kills {
            let passed = clock.now().since(began) / Millis::SECOND;
            while let Some((_, count)) = waves.next_if(|(after, _)| *after <= passed) {
                crowd.join(scene.hire(*count), &scene.chance);
            }
            if let (0, Some(seconds)) = (kill, self.begins_before_slot) {
                wait_for_slot(clock, seconds).await;
            }
            Life::draw(&scene.chance).pass(scene).await;
            scene.kill().await;
            scene.start();
        }
        for (_, count) in waves {
            crowd.join(scene.hire(*count), &scene.chance);
        }
        let seconds = clock.now().since(began) / Millis::SECOND;
        format!(
            "{} kills in {seconds} s, {} receipts by then",
            self.kills,
            crowd.finished()
        )
    }
}

/// Waits until so many seconds before a full minute, but long enough for the bot to have learned its members.
async fn wait_for_slot(clock: &Clock, seconds: i64) {
    let least = clock.now() + 5 * Millis::SECOND;
    let slot = Millis((least.0 / Millis::MINUTE + 1) * Millis::MINUTE);
    clock.sleep_until(least.max(slot - seconds * Millis::SECOND)).await;
}
