//! A form about a question that cannot be taken: why, what was typed, and the way on.

use std::collections::BTreeMap;

use super::custom_id::Press;
use super::form::Problem;
use crate::catalogue::Choice;
use crate::discord::edge::component::button;
use crate::discord::edge::dates::EXAMPLE;
use crate::discord::edge::{Page, dates, text};
use crate::words::Voice;

/// Room for a person's own text beside the sentence about it.
const OWN_TEXT: usize = 1_500;

/// A form that cannot be taken, with what it said and a button that opens it again by its custom id.
pub fn form(
    voice: Voice<'_>,
    choice: Choice,
    open: &Press,
    problem: &Problem,
    fields: &BTreeMap<String, String>,
) -> Page {
    let why = match problem {
        Problem::NoReason => voice.refused_reason(),
        Problem::Missing => voice.refused_missing(choice.id()),
        Problem::TooLong { found, allowed } => voice.refused_too_long(*found as i64, *allowed as i64),
        Problem::NoDate { found } => voice.refused_date(text::escape_line(found), EXAMPLE),
        Problem::PastDate { found } => voice.refused_date_past(dates::day(voice, *found)),
    };
    again(voice, open, &why, fields)
}

/// An answer that could not be recorded.
pub fn lost(voice: Voice<'_>, open: &Press, reference: String, fields: &BTreeMap<String, String>) -> Page {
    again(voice, open, &voice.apology_text(reference), fields)
}

/// What was typed into a form that is of no use any more, below the sentence that says why.
pub fn handed_back(voice: Voice<'_>, mut page: Page, fields: &BTreeMap<String, String>) -> Page {
    if let Some(typed) = typed(fields) {
        page.text = format!("{}\n{}\n{typed}", page.text, voice.refused_text_again());
    }
    page
}

/// What was typed, as a quotation; none if nothing was typed.
fn typed(fields: &BTreeMap<String, String>) -> Option<String> {
    let typed: Vec<&str> = fields
        .values()
        .map(|text| text.trim())
        .filter(|text| !text.is_empty())
        .collect();
    (!typed.is_empty()).then(|| text::quote(&typed.join("\n"), OWN_TEXT))
}

fn again(voice: Voice<'_>, open: &Press, why: &str, fields: &BTreeMap<String, String>) -> Page {
    let mut page = Page::text(why);
    if let Some(typed) = typed(fields) {
        page.text.push('\n');
        page.text.push_str(&typed);
    }
    page.row(vec![button(open, &voice.button_again())])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::discord::answers::custom_id::Ask;
    use crate::ids::CycleId;
    use crate::words::{Language, Words};

    #[test]
    fn what_was_typed_comes_back_escaped_with_a_way_on() {
        let words = Words::load();
        let ask = Ask {
            cycle: CycleId::new("c".repeat(32)),
            choice: Choice::NotYet,
            follow_up: false,
            prompt: None,
        };
        let fields = BTreeMap::from([("act".to_owned(), "ask **all** @everyone".to_owned())]);
        let open = Press::Answer(ask.clone());
        let page = form(
            words.voice(Language::English),
            ask.choice,
            &open,
            &Problem::Missing,
            &fields,
        );
        assert!(
            page.text.ends_with("\n> ask \\*\\*all\\*\\* \\@everyone"),
            "{}",
            page.text
        );
        assert_eq!(page.rows.len(), 1);
        let long = BTreeMap::from([("act".to_owned(), "*".repeat(4_000))]);
        let page = lost(words.voice(Language::German), &Press::Answer(ask), "0".repeat(8), &long);
        assert!(text::length(&page.text) <= text::MESSAGE);
    }
}
