//! Runs the program: connects, repeats the loops, and stops in order.
//!
//! Each loop sleeps until its next instant; what sends is woken by the others.
//!
//! A step that fails is logged here, once, and tried again later; only a refused token and a log that must not be
//! signed any more end the program.

use std::time::Duration;

use futures_util::future::join_all;
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use crate::app::{App, LOOPS};
use crate::clock::{Clock, Millis};
use crate::discord::gateway::Fatal;
use crate::discord::rest::RestError;
use crate::evidence::GuardError;

/// How long a stop waits for the step under way.
const GOODBYE: Duration = Duration::from_secs(10);
/// The longest sleep: changes in people, made by events, are noticed after it.
const LOOK: i64 = Millis::MINUTE;
/// The pause after a step that failed; doubles up to [`LOOK`].
const PAUSE: i64 = 2 * Millis::SECOND;
/// A step that asks to be repeated sooner than this is repeated at once, in milliseconds.
const AT_ONCE: i64 = 10;
/// Steps in a row that may ask for that. A step does everything that is due, so two or three are enough.
const FREE: u32 = 20;

/// What happened in a loop lately.
#[derive(Debug)]
struct Pace {
    name: &'static str,
    /// Steps in a row that failed.
    failures: u32,
    /// Steps in a row that asked to be repeated at once.
    at_once: u32,
}

impl Pace {
    fn of(name: &'static str) -> Self {
        Self {
            name,
            failures: 0,
            at_once: 0,
        }
    }

    /// The pause after this number of steps in a row, which grows each time.
    fn pause(steps: u32) -> i64 {
        (PAUSE << steps.saturating_sub(1).min(5)).min(LOOK)
    }

    /// When to look again after a step with this outcome.
    fn next(&mut self, outcome: &anyhow::Result<Option<Millis>>, now: Millis) -> Millis {
        match outcome {
            Ok(next) => {
                self.failures = 0;
                self.unhurried(next.unwrap_or(now + LOOK).min(now + LOOK), now)
            }
            Err(error) => {
                tracing::error!(loop.name = self.name, "a step failed and is tried again: {error:#}");
                self.failures = self.failures.saturating_add(1);
                now + Self::pause(self.failures)
            }
        }
    }

    /// The instant that a step asks for. Something that is due again and again, although each step should have done it,
    /// must not keep the processor busy forever.
    fn unhurried(&mut self, next: Millis, now: Millis) -> Millis {
        if next >= now + AT_ONCE {
            self.at_once = 0;
            return next;
        }
        self.at_once = self.at_once.saturating_add(1);
        if self.at_once == FREE + 1 {
            tracing::error!(
                loop.name = self.name,
                due = %next.rfc3339(),
                "something is due that no step handles, so the steps run less often from now on: this is a bug, \
                 please report it"
            );
        }
        match self.at_once.checked_sub(FREE) {
            None | Some(0) => next,
            Some(steps) => now + Self::pause(steps),
        }
    }

    /// Repeats `step` until `stop`, which a refused token cancels for all. `bell` cuts the sleep between two steps short.
    async fn repeat(
        mut self,
        step: impl AsyncFn() -> anyhow::Result<Option<Millis>>,
        bell: &Notify,
        clock: &Clock,
        stop: &CancellationToken,
    ) -> anyhow::Result<()> {
        while !stop.is_cancelled() {
            let outcome = step().await;
            if let Err(error) = &outcome
                && let Some(end) = end(error)
            {
                stop.cancel();
                return Err(end);
            }
            let next = self.next(&outcome, clock.now());
            tokio::select! {
                () = clock.sleep_until(next) => {}
                () = bell.notified() => {}
                () = stop.cancelled() => {}
            }
        }
        Ok(())
    }
}

/// Why the program ends after such an error; none if the step is tried again.
fn end(error: &anyhow::Error) -> Option<anyhow::Error> {
    if let Some(RestError::TokenRefused) = error.downcast_ref() {
        return Some(Fatal::TokenRefused.into());
    }
    let stopped: &GuardError = error.downcast_ref()?;
    Some(stopped.clone().into())
}

/// Runs the program until `stop` is cancelled, or until going on would be useless.
///
/// # Errors
/// A sentence for the operator: refused token or intents, or a log that must not be signed any more.
pub(crate) async fn run(app: App, stop: CancellationToken) -> anyhow::Result<()> {
    let outcome = serve(&app, &stop).await;
    // Why it ended says more than what went wrong on the way out.
    let stopped = app.stop().await;
    outcome.and(stopped)
}

async fn serve(app: &App, stop: &CancellationToken) -> anyhow::Result<()> {
    let gateway = app.connect();
    let loops = stop.child_token();
    let mut pumps = std::pin::pin!(repeat_all(app, &loops));
    let (outcome, pumping) = tokio::select! {
        () = stop.cancelled() => (Ok(()), true),
        ended = gateway.wait() => (ended.map_err(anyhow::Error::from), true),
        ended = &mut pumps => (ended, false),
    };
    loops.cancel();
    if pumping && tokio::time::timeout(GOODBYE, pumps).await.is_err() {
        tracing::warn!("a step took too long and was given up; it is repeated after the next start");
    }
    gateway.shutdown().await;
    outcome
}

/// Repeats all loops until `stop`, finishing the step under way.
///
/// # Errors
/// When Discord refuses the token, or the log must not be signed any more.
async fn repeat_all(app: &App, stop: &CancellationToken) -> anyhow::Result<()> {
    let (promised, silent) = (Notify::new(), Notify::new());
    let clock = &app.bot().core.clock;
    let loops = LOOPS.iter().map(|own| {
        let step = async || {
            let outcome = own.step(app, stop).await;
            if !own.sends {
                promised.notify_one();
            }
            outcome
        };
        let bell = if own.sends { &promised } else { &silent };
        Pace::of(own.name).repeat(step, bell, clock, stop)
    });
    join_all(loops).await.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn failing_steps_are_repeated_ever_more_slowly() {
        let mut pace = Pace::of("test");
        let pauses: Vec<i64> = (0..7)
            .map(|_| pace.next(&Err(anyhow::anyhow!("no")), Millis(0)).0 / Millis::SECOND)
            .collect();
        assert_eq!(pauses, [2, 4, 8, 16, 32, 60, 60]);
        assert_eq!(pace.next(&Ok(Some(Millis(50))), Millis(0)), Millis(50));
        assert_eq!(pace.failures, 0);
    }

    #[test]
    fn what_no_step_deals_with_does_not_keep_a_loop_busy() {
        let (mut pace, now) = (Pace::of("test"), Millis(1_000_000));
        for due in [now - Millis::DAY, now, now + 1] {
            for _ in 0..FREE {
                assert_eq!(pace.next(&Ok(Some(due)), now), due, "it may have more to do");
            }
            let pauses: Vec<i64> = (0..7)
                .map(|_| pace.next(&Ok(Some(due)), now).since(now) / Millis::SECOND)
                .collect();
            assert_eq!(pauses, [2, 4, 8, 16, 32, 60, 60]);
            // It waits for what lies ahead, and the count begins anew.
            assert_eq!(pace.next(&Ok(Some(now + 500)), now), now + 500);
        }
    }

    #[tokio::test]
    async fn a_step_that_asks_to_be_repeated_for_ever_comes_to_rest() {
        let (steps, stop) = (std::sync::atomic::AtomicU32::new(0), CancellationToken::new());
        let clock = Clock::by_hand(Millis(0));
        let step = async || {
            steps.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
            tokio::task::yield_now().await;
            Ok(Some(Millis(-5)))
        };
        let bell = Notify::new();
        tokio::select! {
            ended = Pace::of("test").repeat(step, &bell, &clock, &stop) => panic!("it goes on: {ended:?}"),
            () = async { for _ in 0..10_000 { tokio::task::yield_now().await; } } => {}
        }
        assert_eq!(steps.into_inner(), FREE + 1);
    }

    #[tokio::test]
    async fn a_log_that_must_not_be_signed_ends_all_loops() {
        let stop = CancellationToken::new();
        let stopped = GuardError::Stopped {
            path: "log.guard.stopped".into(),
            reason: "A witness knows more.".to_owned(),
        };
        let step = async || Err(stopped.clone().into());
        let ended = Pace::of("test")
            .repeat(step, &Notify::new(), &Clock::by_hand(Millis(0)), &stop)
            .await;
        let ended = ended.expect_err("it ends");
        assert!(ended.is::<GuardError>() && stop.is_cancelled(), "{ended:#}");
        assert!(end(&anyhow::anyhow!("the disk is full")).is_none());
    }
}
