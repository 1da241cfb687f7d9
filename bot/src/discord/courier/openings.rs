//! The pace of opening direct messages. Discord publishes no number and punishes haste, so the pace is slow, and it
//! stops when it is told to. Direct messages that are open are not affected.

use crate::clock::Millis;

/// First pause after 40003, doubled for each further one up to the longest, milliseconds.
const PAUSE: (i64, i64) = (10 * Millis::MINUTE, 2 * Millis::HOUR);

/// How fast direct messages are opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pace {
    /// This many at once after a pause: a small organisation waits for nothing.
    pub burst: u32,
    /// After that, one in this time, in milliseconds.
    pub every: i64,
}

impl Default for Pace {
    fn default() -> Self {
        Self {
            burst: 20,
            every: Millis::SECOND,
        }
    }
}

/// Whether one more may be opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Opening {
    Go,
    Later(Millis),
    /// Not until the bot is restarted.
    Stopped,
}

#[derive(Debug)]
pub(super) struct Openings {
    pace: Pace,
    /// When the full burst will be available again.
    full_at: Millis,
    /// The last instant that was promised to a waiting message.
    line: Millis,
    paused_until: Millis,
    pauses: u32,
    stopped: bool,
}

impl Openings {
    pub(super) fn new(pace: Pace) -> Self {
        let past = Millis(i64::MIN / 2);
        Self {
            pace,
            full_at: past,
            line: past,
            paused_until: past,
            pauses: 0,
            stopped: false,
        }
    }

    pub(super) fn take(&mut self, now: Millis) -> Opening {
        if self.stopped {
            return Opening::Stopped;
        }
        let whole = i64::from(self.pace.burst.max(1)) * self.pace.every;
        // A clock set back must not lengthen the wait.
        self.full_at = self.full_at.min(now + whole);
        self.paused_until = self.paused_until.min(now + PAUSE.1);
        let free_at = (self.full_at.max(now) + self.pace.every - whole).max(self.paused_until);
        if free_at <= now {
            self.full_at = self.full_at.max(now) + self.pace.every;
            return Opening::Go;
        }
        // Each waiting message gets a time of its own, so that they do not all come back at once.
        let last = self.line.min(now + Millis::DAY);
        self.line = free_at.max(last + self.pace.every);
        Opening::Later(self.line)
    }

    /// A permit that was taken was not used.
    pub(super) fn give_back(&mut self) {
        self.full_at = self.full_at - self.pace.every;
    }

    /// One was opened: the next pause is a short one again.
    pub(super) fn opened(&mut self) {
        self.pauses = 0;
    }

    /// Discord says that we are too fast (40003). Returns when to go on.
    pub(super) fn pause(&mut self, now: Millis) -> Millis {
        if self.paused_until <= now {
            let wait = PAUSE.0.saturating_mul(1 << self.pauses.min(10)).min(PAUSE.1);
            self.pauses += 1;
            self.paused_until = now + wait;
            tracing::warn!(
                duration_ms = wait,
                "Discord finds that direct messages are opened too fast (40003): none are opened for a while"
            );
        }
        self.paused_until
    }

    /// Discord has quarantined the bot (20026).
    pub(super) fn stop(&mut self) {
        if !self.stopped {
            tracing::error!(
                "Discord has quarantined this bot for spam (20026): it opens no new direct messages until it is started again, and uses the fallback channel. Ask Discord's support to lift it (https://dis.gd/contact), then restart"
            );
        }
        self.stopped = true;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn openings() -> Openings {
        Openings::new(Pace { burst: 2, every: 100 })
    }

    #[test]
    fn after_a_burst_one_by_one() {
        let mut openings = openings();
        let now = Millis(1_000);
        assert_eq!(openings.take(now), Opening::Go);
        assert_eq!(openings.take(now), Opening::Go);
        assert_eq!(openings.take(now), Opening::Later(Millis(1_100)));
        assert_eq!(openings.take(now), Opening::Later(Millis(1_200)), "a time of its own");
        assert_eq!(openings.take(Millis(1_100)), Opening::Go);
        assert_eq!(openings.take(Millis(1_199)), Opening::Later(Millis(1_300)));
        assert_eq!(openings.take(Millis(5_000)), Opening::Go);
        assert_eq!(openings.take(Millis(5_000)), Opening::Go);
        assert!(matches!(openings.take(Millis(5_000)), Opening::Later(_)));
        openings.give_back();
        assert_eq!(openings.take(Millis(5_000)), Opening::Go);
    }

    #[test]
    fn a_pause_holds_all_and_grows() {
        let mut openings = openings();
        let now = Millis(0);
        assert_eq!(openings.pause(now), now + PAUSE.0);
        assert_eq!(openings.pause(now), now + PAUSE.0, "one pause for many refusals");
        assert_eq!(openings.take(now), Opening::Later(now + PAUSE.0));
        let after = now + PAUSE.0;
        assert_eq!(openings.take(after), Opening::Go);
        assert_eq!(openings.pause(after), after + 2 * PAUSE.0);
        openings.opened();
        let later = after + 2 * PAUSE.0;
        assert_eq!(openings.pause(later), later + PAUSE.0);
    }

    #[test]
    fn a_clock_set_back_does_not_lengthen_the_wait() {
        let mut openings = openings();
        let before = Millis(Millis::DAY);
        assert_eq!(openings.take(before), Opening::Go);
        assert_eq!(openings.take(before), Opening::Go);
        let _until = openings.pause(before);
        let Opening::Later(until) = openings.take(Millis(0)) else {
            panic!("it is paused");
        };
        assert!(until <= Millis(2 * PAUSE.1), "{}", until.0);
    }
}
