//! What became of a reporter's decision, in a sentence.

use crate::concerns::{Audience, Check, CheckBack, Wish, WishOutcome};
use crate::words::Voice;

/// What became of a decision, in a sentence.
pub fn wish(voice: Voice<'_>, wish: Wish, outcome: WishOutcome) -> String {
    match outcome {
        WishOutcome::Done => done(voice, wish),
        WishOutcome::Already => voice.visit_already(),
        WishOutcome::NotNow => voice.visit_not_now(),
        WishOutcome::Over => voice.visit_over(),
        WishOutcome::Doubtful => voice.visit_doubtful(),
    }
}

/// What became of an answer, and who hears of it where something got worse.
pub fn answered(voice: Voice<'_>, (answer, audience): (Wish, Audience), outcome: WishOutcome) -> String {
    let said = wish(voice, answer, outcome);
    let worse = Wish::Answer(Check::After30Days, CheckBack::Worse);
    let later = Wish::Answer(Check::After90Days, CheckBack::Worse);
    if outcome == WishOutcome::Done && [worse, later].contains(&answer) {
        format!("{said} {}", voice.visit_worse(audience.word()))
    } else {
        said
    }
}

fn done(voice: Voice<'_>, wish: Wish) -> String {
    match wish {
        Wish::Talk => voice.visit_talked(),
        Wish::Withdraw => voice.visit_done("withdrawn"),
        Wish::Close => voice.visit_done("closed"),
        Wish::Reopen => voice.visit_done("reopened"),
        Wish::Answer(Check::After30Days | Check::After90Days, CheckBack::Worse) => voice.visit_done("worse"),
        Wish::Answer(Check::After30Days | Check::After90Days, CheckBack::Fine) => voice.visit_done("fine"),
        Wish::Answer(Check::After30Days | Check::After90Days, CheckBack::Unsaid | CheckBack::Asked) => {
            voice.visit_done("unsaid")
        }
    }
}
