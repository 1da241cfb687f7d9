//! Whether the machine's clock can be used.

use super::line::Lines;
use crate::clock::{self, Agreement};

pub(super) fn agreement(agreement: Agreement, lines: &mut Lines) {
    const WHAT: &str = "clock";
    const REMEDY: &str = "set this machine's clock, and keep it right with a time service";
    match agreement {
        Agreement::Agrees => lines.ok(WHAT, "agrees with Discord's"),
        Agreement::Off { by } => {
            let side = if by > 0 { "ahead of" } else { "behind" };
            lines.warn(WHAT, format!("{} {side} Discord's", clock::rough(by)), REMEDY);
        }
        Agreement::FarAhead { by } => lines.fail(
            WHAT,
            format!("{} ahead of Discord's: the bot would write nothing", clock::rough(by)),
            REMEDY,
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_that_is_off_is_told() {
        let said = |agreement| {
            let mut lines = Lines::default();
            super::agreement(agreement, &mut lines);
            lines.to_string()
        };
        let fine = said(Agreement::Agrees);
        assert!(fine.starts_with("ok    clock: agrees"), "{fine}");
        let behind = said(Agreement::Off { by: -90_000 });
        assert!(behind.starts_with("warn  clock: 90 s behind Discord's"), "{behind}");
        let ahead = said(Agreement::FarAhead { by: 3 * 86_400_000 });
        assert!(ahead.starts_with("FAIL  clock: 3 d ahead of Discord's"), "{ahead}");
    }
}
