//! What an answer says now, correcting it, withdrawing it, and the files that prove it.

use serenity::all::CreateButton;

use super::custom_id::{Ask, Press};
use crate::catalogue::Choice;
use crate::clock::Millis;
use crate::discord::edge::component::button;
use crate::discord::edge::{Page, text};
use crate::discord::wire::rest::File;
use crate::evidence::receipt::Receipt;
use crate::ids::CycleId;
use crate::prompts::{AMENDABLE, Cycle, Said, Standing};
use crate::words::Voice;

/// What an answer says now, with what can be done about it.
pub fn answer(voice: Voice<'_>, cycle: &Cycle, said: &Said, now: Millis) -> Page {
    let mut lines = vec![format!("**{}**", text::escape_line(&cycle.wording.question))];
    if let Some(at) = said.retracted_at() {
        lines.push(voice.own_withdrawn(text::long_instant(at)));
        return Page::text(lines.join("\n")).row(vec![receipt_button(voice, &cycle.id)]);
    }
    let Some(choice) = said.choice() else {
        lines.push(voice.own_erased());
        return Page::text(lines.join("\n")).row(vec![receipt_button(voice, &cycle.id)]);
    };
    let at = text::long_instant(said.answered_at());
    lines.push(voice.own_stands(cycle.wording.label(choice), at));
    if said.corrections() > 0 {
        let at = text::long_instant(said.worded_at());
        lines.push(voice.own_corrected(said.corrections() as i64, at));
    }
    lines.extend(words(said));
    let until = cycle.due_at + AMENDABLE;
    let mut buttons = vec![receipt_button(voice, &cycle.id)];
    if now <= until {
        lines.push(voice.own_until(text::long_instant(until)));
        buttons.push(correct_button(voice, &cycle.id));
        buttons.push(button(&Press::Retract(cycle.id.clone()), &voice.button_retract()));
    }
    Page::text(lines.join("\n")).row(buttons)
}

/// What the second step says, as a quotation.
fn words(said: &Said) -> Option<String> {
    const OWN_TEXT: usize = 1_000;
    let detail = said.detail()?;
    Some(text::quote(&detail.texts().join("\n"), OWN_TEXT))
}

/// Brings the files that prove an answer.
pub fn receipt_button(voice: Voice<'_>, cycle: &CycleId) -> CreateButton {
    button(&Press::Receipt(cycle.clone()), &voice.button_receipt())
}

/// Begins a correction.
pub fn correct_button(voice: Voice<'_>, cycle: &CycleId) -> CreateButton {
    button(&Press::Correct(cycle.clone()), &voice.button_correct())
}

/// The four answers, to choose the right one from.
pub fn which(voice: Voice<'_>, cycle: &Cycle) -> Page {
    let ask = |choice| Ask {
        cycle: cycle.id.clone(),
        choice,
        follow_up: cycle.follow_up_drawn,
        prompt: Some(cycle.prompt.clone()),
    };
    let buttons = Choice::ALL.map(|choice| button(&Press::Amend(ask(choice)), cycle.wording.label(choice)));
    let question = text::escape_line(&cycle.wording.question);
    Page::text(format!("**{question}**\n{}", voice.correct_which())).row(buttons.to_vec())
}

/// After a correction.
pub fn corrected(voice: Voice<'_>, cycle: &Cycle, said: &Said, record: &str) -> Page {
    let label = label(cycle, said);
    let (at, first) = (
        text::long_instant(said.worded_at()),
        text::long_instant(said.answered_at()),
    );
    let mut lines = vec![voice.correct_done(label, at, first)];
    lines.extend(words(said));
    lines.push(format!("-# {}", voice.receipt_record(record)));
    Page::text(lines.join("\n")).row(vec![receipt_button(voice, &cycle.id), correct_button(voice, &cycle.id)])
}

/// A correction that changes nothing.
pub fn unchanged(voice: Voice<'_>, cycle: &Cycle, said: &Said) -> Page {
    voice.correct_unchanged(label(cycle, said)).into()
}

fn label<'a>(cycle: &'a Cycle, said: &Said) -> &'a str {
    said.choice()
        .map(|choice| cycle.wording.label(choice))
        .unwrap_or_default()
}

/// Asks once more before an answer is withdrawn.
pub fn sure(voice: Voice<'_>, cycle: &Cycle, now: Millis) -> Page {
    let open = if now < cycle.closes_at { "yes" } else { "no" };
    let asked = voice.retract_sure(open, text::long_instant(cycle.closes_at));
    Page::text(asked).row(vec![button(
        &Press::Retracted(cycle.id.clone()),
        &voice.button_retracted(),
    )])
}

/// After an answer was withdrawn.
pub fn retracted(voice: Voice<'_>, cycle: &Cycle, reopened: bool, record: &str) -> Page {
    let open = if reopened { "yes" } else { "no" };
    let done = voice.retracted(open, text::long_instant(cycle.closes_at));
    Page::text(format!("{done}\n-# {}", voice.receipt_record(record))).row(vec![receipt_button(voice, &cycle.id)])
}

/// Why an answer cannot be changed.
pub fn standing(voice: Voice<'_>, standing: Standing) -> String {
    match standing {
        Standing::TooLate(until) => voice.refused_correct_late(text::long_instant(until)),
        Standing::NotAnswered => voice.refused_not_answered(),
        Standing::Erased => voice.refused_erased(),
        Standing::NotYours => voice.refused_not_yours(),
        Standing::CycleCancelled => voice.refused_ended(),
        Standing::UnknownCycle => voice.refused_unknown(),
    }
}

/// The files of receipts, `left` of which are not shown.
pub fn receipts(voice: Voice<'_>, receipts: &[Receipt], left: usize) -> Page {
    let mut lines = vec![voice.receipt_files(receipts.len() as i64), voice.receipt_check()];
    if left > 0 {
        lines.push(voice.receipt_left(left as i64));
    }
    if receipts.iter().any(|receipt| receipt.disclosures.is_empty()) {
        lines.push(voice.receipt_emptied());
    }
    let mut page = Page::text(lines.join("\n"));
    page.files = receipts
        .iter()
        .flat_map(Receipt::files)
        .map(|(name, content)| File { name, content })
        .collect();
    page
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::{Language, Words};

    #[test]
    fn every_refusal_has_words_in_every_language() {
        let words = Words::load();
        for language in Language::ALL {
            let voice = words.voice(language);
            for why in [
                Standing::TooLate(Millis(0)),
                Standing::NotAnswered,
                Standing::Erased,
                Standing::NotYours,
                Standing::CycleCancelled,
                Standing::UnknownCycle,
            ] {
                assert!(standing(voice, why).ends_with('.'), "{why:?}");
            }
            for open in ["yes", "no"] {
                assert!(voice.retract_sure(open, "t").contains('?'));
                assert!(voice.retracted(open, "t").ends_with('.'));
            }
            assert!(text::length(&voice.modal_correct_title()) <= text::LABEL);
            assert!(text::length(&voice.modal_correct_reason_label()) <= text::LABEL);
            assert!(text::length(&voice.modal_correct_reason_hint()) <= text::PLACEHOLDER);
        }
    }
}
