//! Places in braces of a catalogue's text for reporters, such as `{case}`. Pure.

use std::collections::BTreeMap;

/// The longest name of a place, in characters; braces with more between them are just text.
const LONGEST: usize = 20;

/// The text with every place filled for which there is a fact; the others stay.
pub fn fill(text: &str, facts: &BTreeMap<String, String>) -> String {
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, place, after)) = next(rest) {
        filled.push_str(before);
        if let Some(fact) = facts.get(place) {
            filled.push_str(fact);
        } else {
            filled.push('{');
            filled.push_str(place);
            filled.push('}');
        }
        rest = after;
    }
    filled.push_str(rest);
    filled
}

/// The places of a text in the order of their first use, each once.
pub fn places(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some((_, place, after)) = next(rest) {
        if !found.contains(&place) {
            found.push(place);
        }
        rest = after;
    }
    found
}

/// What comes before the next place, its name, and what comes after it.
fn next(text: &str) -> Option<(&str, &str, &str)> {
    let mut from = 0;
    while let Some(open) = text.get(from..)?.find('{').map(|at| from + at) {
        let inner = text.get(open + 1..)?;
        if let Some(close) = inner.find('}')
            && is_place(&inner[..close])
        {
            return Some((&text[..open], &inner[..close], &inner[close + 1..]));
        }
        from = open + 1;
    }
    None
}

fn is_place(name: &str) -> bool {
    let letters = name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
    letters && (1..=LONGEST).contains(&name.len())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn facts(of: &[(&str, &str)]) -> BTreeMap<String, String> {
        of.iter()
            .map(|(name, fact)| ((*name).to_owned(), (*fact).to_owned()))
            .collect()
    }

    #[test]
    fn known_places_are_filled_and_the_others_stay_to_be_seen() {
        let text = "About case {case}: {question} {case} {x y} {";
        let filled = fill(text, &facts(&[("case", "K7Q-2MX")]));
        assert_eq!(filled, "About case K7Q-2MX: {question} K7Q-2MX {x y} {");
        assert_eq!(places(text), ["case", "question"]);
        assert_eq!(places(&filled), ["question"]);
    }

    #[test]
    fn a_fact_that_looks_like_a_place_is_not_filled_again() {
        let facts = facts(&[("reason", "{case}"), ("case", "X")]);
        assert_eq!(fill("{reason} {case}", &facts), "{case} X");
    }

    #[test]
    fn braces_within_braces_lose_nothing() {
        assert_eq!(fill("{{case}}", &facts(&[("case", "X")])), "{X}");
        assert_eq!(fill("ä{ö{case}", &facts(&[("case", "X")])), "ä{öX");
    }

    proptest! {
        #[test]
        fn without_facts_a_text_stays_as_it_is(text in "\\PC{0,60}") {
            prop_assert_eq!(fill(&text, &BTreeMap::new()), text);
        }
    }
}
