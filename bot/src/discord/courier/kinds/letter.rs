//! A message about concerns, to one person: news, warnings, a question, the end of a drill. Never in a channel.

use serde_json::{Value, json};
use serenity::async_trait;

use crate::clock::Millis;
use crate::concerns::{self, After, Audience, CaseNumber, CheckAnswer, Deadline, Letter, Outgoing, Overdue};
use crate::discord::courier::Courier;
use crate::discord::courier::kind::{Kind, Parcel, Unsent, allow_dms};
use crate::discord::edge::text;
use crate::discord::speak::custom_id::Asked;
use crate::ids::CaseId;
use crate::outbox::{CaseMessage, Fate, Outbound, Reason};
use crate::words::Voice;

/// How long it waits while the handlers' keys or the case's row are in doubt, in milliseconds.
const IN_DOUBT: i64 = 15 * Millis::MINUTE;
/// A button in a neutral colour.
const NEUTRAL: u8 = 2;

pub(super) struct CaseLetter<'m> {
    pub message: &'m CaseMessage,
}

#[async_trait]
impl Kind for CaseLetter<'_> {
    async fn prepare(&self, courier: &Courier, outbound: &Outbound) -> Result<Parcel, Unsent> {
        courier.in_time(outbound.expires)?;
        let organisation = courier.served(outbound)?;
        let member = outbound.member.ok_or(Fate::Cancelled)?;
        match concerns::letter(&courier.desk, organisation, self.message, member).await? {
            Outgoing::Letter(letter) => {
                let addressee = courier.addressee(organisation, member).await?;
                let body = message(courier.words.voice(addressee.language), &letter);
                Ok(addressee.parcel(body))
            }
            Outgoing::Nothing => Err(Fate::Cancelled.into()),
            Outgoing::Later => {
                let until = courier.core.clock.now() + IN_DOUBT;
                Err(Fate::Held { until }.into())
            }
        }
    }

    fn remedy(&self, reason: Reason) -> Option<&'static str> {
        allow_dms(
            reason,
            "it is about concerns and goes to one person alone: ask them to allow direct messages of this server's members",
        )
    }
}

/// The message as Discord takes it.
fn message(voice: Voice<'_>, letter: &Letter) -> Value {
    match letter {
        Letter::News => plain(&voice.letter_news()),
        Letter::Now => plain(&voice.letter_now()),
        Letter::Warning(overdue) => plain(&warning(voice, overdue)),
        Letter::Worse { number } => plain(&voice.letter_worse(number.to_string())),
        Letter::Ask { number, days } => plain(&voice.letter_ask(number.to_string(), *days)),
        Letter::DrillOver { number, took } => {
            plain(&voice.letter_drill(number.to_string(), took.div_euclid(Millis::HOUR)))
        }
        Letter::Lapsed => plain(&voice.letter_lapsed()),
        Letter::Check {
            case,
            number,
            after,
            audience,
        } => question(voice, case, number, (*after, *audience)),
    }
}

fn plain(content: &str) -> Value {
    json!({ "content": content })
}

fn warning(voice: Voice<'_>, overdue: &Overdue) -> String {
    let number = overdue.number.to_string();
    let (step, due) = (overdue.step.word(), text::instant(overdue.due));
    let what = match overdue.deadline {
        Deadline::FirstReply => voice.letter_first_word(number.clone(), step, due),
        Deadline::Feedback => voice.letter_feedback(number.clone(), step, due),
    };
    let rung = if overdue.own { "own" } else { "others" };
    let why = voice.letter_reason(rung, if overdue.taken { "yes" } else { "no" });
    format!("{what} {why}\n-# {}", voice.letter_open(number))
}

fn question(voice: Voice<'_>, case: &CaseId, number: &CaseNumber, (after, audience): (After, Audience)) -> Value {
    let button = |answer: CheckAnswer| {
        let label = match answer {
            CheckAnswer::Fine => voice.check_fine(),
            CheckAnswer::Worse => voice.check_worse(),
            CheckAnswer::Unsaid => voice.check_unsaid(),
        };
        let asked = Asked {
            case: case.clone(),
            after,
            answer,
        };
        json!({
            "type": 2,
            "style": NEUTRAL,
            "label": text::cut(&label, text::BUTTON),
            "custom_id": asked.to_string(),
        })
    };
    let buttons: Vec<Value> = CheckAnswer::ALL.iter().copied().map(button).collect();
    json!({
        "content": voice.check_question(number.to_string(), after.days(), audience.word()),
        "components": [{ "type": 1, "components": buttons }],
    })
}

#[cfg(test)]
mod tests;
