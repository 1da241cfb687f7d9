//! A sign of life in the log once a day, so that silence can be told from a bot that was switched off.

use crate::chance::Chance;
use crate::clock::Millis;
use crate::evidence::{Kind, Leaf, NewLeaf, fields, store};
use crate::ids::RecordId;
use crate::ledger::Ledger;

/// Minimum time in milliseconds between two heartbeats.
const PAUSE: i64 = Millis::DAY;

/// The outcome of a heartbeat.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Heartbeat {
    /// It is in the log.
    Beaten { next: Millis },
    /// The last one is less than a day old.
    NotYet { next: Millis },
}

impl Heartbeat {
    /// When to call again.
    pub fn next(self) -> Millis {
        match self {
            Self::Beaten { next } | Self::NotYet { next } => next,
        }
    }
}

/// Leaves a heartbeat in the log, unless the last one is less than a day old by the log's own time, which never runs
/// backwards. Repeating is harmless.
pub async fn heartbeat(ledger: &Ledger, chance: &Chance) -> anyhow::Result<Heartbeat> {
    let rec = RecordId::new(chance.id());
    ledger
        .write(|tx| {
            Box::pin(async move {
                let last = store::last_of_kind(tx.connection(), Kind::LogHeartbeat.name()).await?;
                let last = last.and_then(|row| Leaf::parse(&row.leaf)?.recorded_at());
                if let Some(last) = last
                    && tx.now().since(last) < PAUSE
                {
                    return Ok(Heartbeat::NotYet { next: last + PAUSE });
                }
                tx.evidence(NewLeaf::new(rec, fields::LogHeartbeat {}));
                Ok(Heartbeat::Beaten { next: tx.now() + PAUSE })
            })
        })
        .await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trial;

    #[tokio::test]
    async fn the_log_beats_once_a_day() {
        for trial in trial::databases(Millis(0)).await {
            let mut outcomes = Vec::new();
            for at in [0, 1, PAUSE - 1, PAUSE, PAUSE - 5, PAUSE + 1] {
                trial.clock.set(Millis(at));
                outcomes.push(heartbeat(&trial.ledger, &trial.chance).await.expect("a heartbeat"));
            }
            let (first, second) = (Millis(PAUSE), Millis(2 * PAUSE));
            assert_eq!(
                outcomes,
                [
                    Heartbeat::Beaten { next: first },
                    Heartbeat::NotYet { next: first },
                    Heartbeat::NotYet { next: first },
                    Heartbeat::Beaten { next: second },
                    Heartbeat::NotYet { next: second },
                    Heartbeat::NotYet { next: second },
                ],
                "{}",
                trial.engine
            );
        }
    }
}
