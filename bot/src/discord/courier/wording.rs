//! The body of a promised message: worded when it is sent, with a nonce that makes a repetition harmless.

use jiff::civil::Date;
use serde_json::{Value, json};

use crate::catalogue::CadenceKind;
use crate::clock::Millis;
use crate::discord::render::prompt::Question;
use crate::discord::rest::{RestError, harmless};
use crate::ids::MemberId;
use crate::prompts::{Cycle, schedule};
use crate::words::Voice;

/// The question of a cycle as it is asked at `now`.
pub(crate) fn question(cycle: &Cycle, now: Millis) -> Question {
    let today: Option<Date> = schedule::zone(&cycle.zone)
        .ok()
        .map(|zone| schedule::civil(now, &zone).date());
    Question {
        cycle: cycle.id.clone(),
        prompt: cycle.prompt.clone(),
        cadence: cadence(&cycle.period),
        period: (cycle.period_start, cycle.period_end),
        current: today.is_some_and(|today| today <= cycle.period_end),
        question: cycle.wording.question.clone(),
        labels: cycle.wording.labels.clone(),
        follow_up: cycle.follow_up_drawn,
        due_at: cycle.due_at,
    }
}

/// The message; with `mention` it stands in a channel and calls that member alone.
pub(super) fn body(
    question: &Question,
    voice: Voice<'_>,
    mention: Option<MemberId>,
    nonce: &str,
) -> Result<Value, RestError> {
    let mut body = harmless(&question.message(voice, mention))?;
    body["nonce"] = json!(nonce);
    body["enforce_nonce"] = json!(true);
    Ok(body)
}

/// A period's key tells its cadence: `2026-W53`, `2026-11`, `2026-Q4`.
fn cadence(period: &str) -> CadenceKind {
    if period.contains("-W") {
        CadenceKind::Weekly
    } else if period.contains("-Q") {
        CadenceKind::Quarterly
    } else {
        CadenceKind::Monthly
    }
}
