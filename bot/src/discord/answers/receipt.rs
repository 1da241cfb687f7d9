//! What a person gets for an answer: what was recorded, when, and where it stands in the log.

use crate::catalogue::{Catalogue, Choice};
use crate::clock::Millis;
use crate::discord::edge::{Page, text};
use crate::prompts::{Cycle, Receipt};
use crate::words::Voice;

/// The words of a choice: as they were in the question, otherwise as the catalogue has them now, otherwise its id.
pub fn label(catalogue: &Catalogue, cycle: Option<&Cycle>, prompt: Option<&str>, choice: Choice) -> String {
    match (cycle, prompt.and_then(|id| catalogue.prompt(id))) {
        (Some(cycle), _) => cycle.wording.label(choice).to_owned(),
        (None, Some(prompt)) => prompt.label(choice).to_owned(),
        (None, None) => choice.id().to_owned(),
    }
}

/// Thanks, the answer, the instant, the record, and after a shortfall what often helps.
pub fn recorded(voice: Voice<'_>, receipt: &Receipt, label: &str, due: Option<Millis>, help: Option<&str>) -> Page {
    let at = text::long_instant(receipt.answered_at);
    let due = text::long_instant(due.unwrap_or(receipt.answered_at));
    let mut lines = vec![
        voice.receipt_thanks(receipt.choice.id()),
        voice.receipt_what(label),
        voice.receipt_when(if receipt.late { "yes" } else { "no" }, at, due),
    ];
    match (receipt.choice, help) {
        (Choice::NotYet | Choice::NeedHelp, Some(help)) => lines.push(voice.receipt_help(help)),
        (Choice::NotYet | Choice::NeedHelp | Choice::Done | Choice::NotApplicable, _) => {}
    }
    lines.push(format!("-# {}", voice.receipt_record(receipt.record.as_str())));
    lines.join("\n").into()
}

/// Another answer was first.
pub fn already(voice: Voice<'_>, receipt: &Receipt, label: &str) -> Page {
    let standing = voice.refused_answered(text::long_instant(receipt.answered_at), label);
    format!("{standing}\n-# {}", voice.receipt_record(receipt.record.as_str())).into()
}

/// Like [`already`], if only the cycle is at hand.
pub fn answered(voice: Voice<'_>, cycle: &Cycle) -> Page {
    let label = cycle
        .choice
        .map(|choice| cycle.wording.label(choice))
        .unwrap_or_default();
    let at = cycle.answered_at.unwrap_or(cycle.created_at);
    Page::text(voice.refused_answered(text::long_instant(at), label))
}

/// After closing.
pub fn noted(voice: Voice<'_>, receipt: &Receipt, closed: Millis) -> Page {
    let noted = voice.noted_after_closing(text::long_instant(closed));
    format!("{noted}\n-# {}", voice.receipt_record(receipt.record.as_str())).into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::RecordId;
    use crate::words::{Language, Words};

    fn receipt(choice: Choice, late: bool) -> Receipt {
        Receipt {
            record: RecordId::new("r".repeat(32)),
            answered_at: Millis(1_795_449_600_000),
            choice,
            late,
        }
    }

    #[test]
    fn a_not_yet_is_thanked_first() {
        let words = Words::load();
        let page = recorded(
            words.voice(Language::English),
            &receipt(Choice::NotYet, false),
            "Not this week",
            None,
            Some("Pick one duty."),
        );
        assert_eq!(
            page.text,
            "Thank you for the straight answer.\nRecorded: **Not this week**\n<t:1795449600:F>, on time.\nWhat often helps: Pick one duty.\n-# Record `rrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrr`"
        );
    }

    #[test]
    fn a_late_answer_is_named_late_without_blame() {
        let words = Words::load();
        let late = receipt(Choice::Done, true);
        let page = recorded(
            words.voice(Language::German),
            &late,
            "Ja",
            Some(Millis(1_795_440_000_000)),
            None,
        );
        assert_eq!(
            page.text,
            "Danke. Das ist festgehalten.\nFestgehalten: **Ja**\n<t:1795449600:F>, nach der Frist (<t:1795440000:F>). Eine verspätete Antwort bleibt erhalten und zählt als Antwort.\n-# Eintrag `rrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrr`"
        );
    }
}
