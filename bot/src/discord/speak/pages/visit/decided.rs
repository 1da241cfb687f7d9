//! The outcome of a reporter's decision, in a sentence.

use crate::concerns::{ActionOutcome, Audience, Check, CheckBack, ReporterAction};
use crate::words::Voice;

/// The outcome of a decision, in a sentence.
pub fn acted(voice: Voice<'_>, action: ReporterAction, outcome: ActionOutcome) -> String {
    match outcome {
        ActionOutcome::Done => done(voice, action),
        ActionOutcome::Already => voice.visit_already(),
        ActionOutcome::NotNow => voice.visit_not_now(),
        ActionOutcome::Over => voice.visit_over(),
    }
}

/// The outcome of an answer, and who is told if something got worse.
pub fn answered(voice: Voice<'_>, answer: ReporterAction, audience: Audience, outcome: ActionOutcome) -> String {
    let said = acted(voice, answer, outcome);
    let worse = ReporterAction::Answer(Check::After30Days, CheckBack::Worse);
    let later = ReporterAction::Answer(Check::After90Days, CheckBack::Worse);
    if outcome == ActionOutcome::Done && [worse, later].contains(&answer) {
        format!("{said} {}", voice.visit_worse(audience.word()))
    } else {
        said
    }
}

fn done(voice: Voice<'_>, action: ReporterAction) -> String {
    match action {
        ReporterAction::Talk => voice.visit_talked(),
        ReporterAction::Withdraw => voice.visit_done("withdrawn"),
        ReporterAction::Close => voice.visit_done("closed"),
        ReporterAction::Reopen => voice.visit_done("reopened"),
        ReporterAction::Answer(Check::After30Days | Check::After90Days, CheckBack::Worse) => voice.visit_done("worse"),
        ReporterAction::Answer(Check::After30Days | Check::After90Days, CheckBack::Fine) => voice.visit_done("fine"),
        ReporterAction::Answer(Check::After30Days | Check::After90Days, CheckBack::Unsaid | CheckBack::Asked) => {
            voice.visit_done("unsaid")
        }
    }
}
