//! What is about concerns, to one person: news, warnings, a question, the end of a drill. Never in a channel.

use serde_json::{Value, json};

use super::text;
use crate::clock::Millis;
use crate::concerns::{After, Audience, CaseNumber, CheckAnswer, Deadline, Letter, Overdue};
use crate::discord::custom_id::{Asked, CustomId};
use crate::ids::CaseId;
use crate::words::Voice;

/// A button in a neutral colour.
const NEUTRAL: u8 = 2;

/// The message as Discord takes it.
pub fn message(voice: Voice<'_>, letter: &Letter) -> Value {
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
            "custom_id": CustomId::Check(asked).to_string(),
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
