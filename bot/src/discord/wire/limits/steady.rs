//! Time that never goes back, whatever the clock does: a clock set back must not stop the bot.

use crate::clock::Millis;

#[derive(Debug, Default)]
pub(super) struct Steady {
    last: Option<Millis>,
    shift: i64,
}

impl Steady {
    pub(super) fn inside(&mut self, now: Millis) -> Millis {
        let steady = now + self.shift;
        match self.last {
            Some(last) if steady < last => {
                self.shift += last.since(steady);
                last
            }
            _ => {
                self.last = Some(steady);
                steady
            }
        }
    }

    pub(super) fn outside(&self, at: Millis) -> Millis {
        at - self.shift
    }
}
