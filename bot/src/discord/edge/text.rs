//! Foreign text made harmless, and text cut to Discord's limits.
//!
//! Lengths are counted in UTF-16 units, the strictest of the units that Discord may mean.

use std::fmt::Write as _;

use crate::clock::Millis;
use crate::ids::MemberId;

/// Maximum length in characters of a message.
pub const MESSAGE: usize = 2_000;
/// Maximum length in characters of a button's label.
pub const BUTTON: usize = 80;
/// Maximum length in characters of a form's title and labels.
pub const LABEL: usize = 45;
/// Maximum length in characters of an input's example text.
pub const PLACEHOLDER: usize = 100;

/// The length that limits are compared with.
pub fn length(text: &str) -> usize {
    text.encode_utf16().count()
}

/// At most `limit` units, with an ellipsis if something was cut; never inside a character.
pub fn cut(text: &str, limit: usize) -> String {
    if length(text) <= limit {
        return text.to_owned();
    }
    let mut left = limit.saturating_sub(1);
    let mut kept = String::new();
    for character in text.chars() {
        match left.checked_sub(character.len_utf16()) {
            Some(rest) => left = rest,
            None => break,
        }
        kept.push(character);
    }
    // A cut between a backslash and what it escapes would escape the ellipsis.
    let slashes = kept.len() - kept.trim_end_matches('\\').len();
    if slashes % 2 == 1 {
        kept.pop();
    }
    kept.push('…');
    kept
}

/// Foreign text as plain text in Discord's markdown: no formatting, mentions, links, emoji or timestamps. Characters
/// that control the direction of writing are dropped.
pub fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len() + text.len() / 8);
    for character in text.chars() {
        match character {
            steering if steers(steering) => {}
            '\n' => safe.push('\n'),
            control if control.is_control() => safe.push(' '),
            '\\' | '*' | '_' | '~' | '`' | '|' | '>' | '<' | '[' | ']' | '(' | ')' | '#' | '@' | ':' | '-' | '+' => {
                safe.push('\\');
                safe.push(character);
            }
            other => safe.push(other),
        }
    }
    safe
}

/// Whether a character controls the direction of writing.
const fn steers(character: char) -> bool {
    matches!(
        character,
        '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}'
    )
}

/// Whether a character shows nothing, though it is neither a blank nor a control character.
const fn is_invisible(character: char) -> bool {
    matches!(
        character,
        '\u{00AD}' | '\u{034F}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{180B}'..='\u{180F}'
            | '\u{200B}'..='\u{200D}' | '\u{2060}'..='\u{206F}' | '\u{2800}' | '\u{3164}' | '\u{FE00}'..='\u{FE0F}'
            | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF0}'..='\u{FFFB}' | '\u{E0000}'..='\u{E0FFF}'
    )
}

/// Somebody's name where Discord shows text as it is, as in menus: on one line, nothing that controls the direction of
/// writing. Returns nothing if no visible character is left.
pub fn plain_name(name: &str) -> Option<String> {
    let kept = name.chars().filter(|character| !steers(*character));
    let kept: String = kept
        .map(|character| if character.is_control() { ' ' } else { character })
        .collect();
    let plain = kept.split_whitespace().collect::<Vec<_>>().join(" ");
    let visible = plain
        .chars()
        .any(|character| !character.is_whitespace() && !is_invisible(character));
    visible.then_some(plain)
}

/// Like [`escape`], on one line.
pub fn escape_line(text: &str) -> String {
    escape(text).replace('\n', " ")
}

/// Foreign text as a quotation, each line marked, at most `limit` units.
pub fn quote(text: &str, limit: usize) -> String {
    let mut quoted = String::new();
    for line in escape(text).lines() {
        // Writing to a string does not fail.
        let _ = writeln!(quoted, "> {line}");
    }
    cut(quoted.trim_end(), limit)
}

/// How Discord names a member; each reader's client shows the name.
pub fn mention(member: MemberId) -> String {
    format!("<@{member}>")
}

/// An instant in each reader's own zone: date and time.
pub fn instant(at: Millis) -> String {
    format!("<t:{}:f>", at.seconds())
}

/// Like [`instant`], with the weekday.
pub fn long_instant(at: Millis) -> String {
    format!("<t:{}:F>", at.seconds())
}

/// An instant as "in 3 days".
pub fn relative(at: Millis) -> String {
    format!("<t:{}:R>", at.seconds())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn markdown_mentions_and_links_lose_their_force() {
        assert_eq!(escape("**x** <@1> @everyone"), r"\*\*x\*\* \<\@1\> \@everyone");
        assert_eq!(escape("[a](https://b)"), r"\[a\]\(https\://b\)");
        assert_eq!(escape("a\u{202E}b\tc"), "ab c");
        assert_eq!(escape_line("a\nb"), "a b");
        assert_eq!(quote("a\n> b", 100), "> a\n> \\> b");
    }

    #[test]
    fn a_name_in_a_menu_is_plain_and_visible() {
        assert_eq!(plain_name("Ned\u{202E}.exe\u{202C}\n x").as_deref(), Some("Ned.exe x"));
        for nothing in ["", " ", "\u{200B}\u{200B}", "\u{3164}", "\u{2800} \u{2060}", "\u{202E}"] {
            assert_eq!(plain_name(nothing), None, "{nothing:?}");
        }
        let family = "👩\u{200D}👧 علي";
        assert_eq!(plain_name(family).as_deref(), Some(family));
    }

    #[test]
    fn a_cut_never_splits_a_character_or_an_escape() {
        assert_eq!(cut("abc", 3), "abc");
        assert_eq!(cut("abcd", 3), "ab…");
        assert_eq!(cut("a😀b", 3), "a…");
        assert_eq!(cut(r"ab\*c", 4), "ab…");
    }

    proptest! {
        #[test]
        fn a_cut_text_fits(text in "\\PC{0,60}", limit in 1usize..40) {
            prop_assert!(length(&cut(&text, limit)) <= limit);
        }
    }
}
