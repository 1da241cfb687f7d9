//! Single values of a table, each with its placeholder where it is wrong.

use std::ops::RangeInclusive;

use toml::Value;

use super::fields::Fields;
use super::nearest::nearest;

impl<'a> Fields<'a> {
    /// The value as it stands, or nothing; the key counts as known.
    pub fn value(&self, key: &'static str) -> Option<&'a Value> {
        self.look(key)
    }

    fn needed(&self, key: &'static str, allowed: &str) -> Option<&'a Value> {
        let value = self.value(key);
        if value.is_none() && !self.broken() {
            self.wrong(key, "nothing", allowed, format!("add the key `{key}`"));
        }
        value
    }

    pub(super) fn mismatch(&self, key: &str, value: &Value, allowed: &str) {
        self.wrong(key, shown(value), allowed, format!("write {allowed}"));
    }

    /// A text with at least one visible character and no control characters. Placeholder: empty.
    pub fn text(&self, key: &'static str) -> String {
        self.needed(key, "a text")
            .map_or_else(String::new, |value| self.checked_text(key, value))
    }

    /// As [`Fields::text`], where the key may be left out; an empty text counts as left out.
    pub fn optional_text(&self, key: &'static str) -> Option<String> {
        match self.value(key)? {
            Value::String(text) if text.is_empty() => None,
            value => Some(self.checked_text(key, value)),
        }
    }

    fn checked_text(&self, key: &str, value: &Value) -> String {
        let Value::String(text) = value else {
            self.mismatch(key, value, "a text in quotes");
            return String::new();
        };
        if text.trim().is_empty() {
            self.wrong(key, "an empty text", "a text", "write what belongs there");
        } else if let Some(control) = text.chars().find(|character| character.is_control()) {
            self.wrong(
                key,
                format!("the control character U+{:04X}", u32::from(control)),
                "a text on one line",
                "remove the character",
            );
        } else if text.trim() != text {
            self.wrong(
                key,
                "a space at the start or end of the text",
                "a text without it",
                "remove the space",
            );
        }
        text.clone()
    }

    /// A text of at most `most` characters.
    pub fn short_text(&self, key: &'static str, most: usize) -> String {
        let text = self.text(key);
        self.at_most(key, &text, most);
        text
    }

    /// Notes a text that is longer than `most` characters.
    pub fn at_most(&self, key: &str, text: &str, most: usize) {
        let length = text.chars().count();
        if length > most {
            self.wrong(
                key,
                format!("{length} characters"),
                format!("at most {most} characters"),
                format!("shorten it by {}", length - most),
            );
        }
    }

    /// A whole number in a range. Placeholder: the range's start.
    pub fn whole(&self, key: &'static str, range: RangeInclusive<i64>) -> i64 {
        let allowed = format!("a whole number from {} to {}", range.start(), range.end());
        match self.needed(key, &allowed) {
            Some(Value::Integer(number)) if range.contains(number) => *number,
            Some(value) => {
                self.mismatch(key, value, &allowed);
                *range.start()
            }
            None => *range.start(),
        }
    }

    /// `true` or `false`. Placeholder: `false`.
    pub fn yes(&self, key: &'static str) -> bool {
        match self.needed(key, "true or false") {
            Some(Value::Boolean(yes)) => *yes,
            Some(value) => {
                self.mismatch(key, value, "true or false");
                false
            }
            None => false,
        }
    }

    /// One of a few words. Placeholder: the first.
    pub fn word<T: Copy>(&self, key: &'static str, words: &[(&str, T)]) -> T {
        let allowed = words
            .iter()
            .map(|(word, _)| format!("{word:?}"))
            .collect::<Vec<_>>()
            .join(", ");
        let placeholder = words.first().expect("a list of words has one").1;
        match self.needed(key, &allowed) {
            Some(Value::String(text)) => {
                if let Some((_, meaning)) = words.iter().find(|(word, _)| word == text) {
                    return *meaning;
                }
                let names = words.iter().map(|(word, _)| *word);
                let mend = nearest(text, names).map_or_else(
                    || "choose one of them".to_owned(),
                    |near| format!("did you mean {near:?}?"),
                );
                self.wrong(key, format!("{text:?}"), allowed, mend);
                placeholder
            }
            Some(value) => {
                self.mismatch(key, value, &allowed);
                placeholder
            }
            None => placeholder,
        }
    }

    /// A list of texts, none twice. Placeholder: empty.
    pub fn texts(&self, key: &'static str) -> Vec<String> {
        const ALLOWED: &str = "a list of texts, such as [\"one\", \"two\"]";
        match self.needed(key, ALLOWED) {
            Some(Value::Array(values)) => {
                let mut texts = Vec::with_capacity(values.len());
                for value in values {
                    let text = self.checked_text(key, value);
                    if texts.contains(&text) && !text.is_empty() {
                        self.wrong(key, format!("{text:?} twice"), "each entry once", "remove one of them");
                    }
                    texts.push(text);
                }
                texts
            }
            Some(value) => {
                self.mismatch(key, value, ALLOWED);
                Vec::new()
            }
            None => Vec::new(),
        }
    }
}

/// A value in an error: short, and without what may be secret inside tables.
fn shown(value: &Value) -> String {
    match value {
        Value::String(text) if text.chars().count() <= 60 => format!("the text {text:?}"),
        Value::String(text) => format!("a text of {} characters", text.chars().count()),
        Value::Integer(number) => format!("the number {number}"),
        Value::Float(number) => format!("the number {number}"),
        Value::Boolean(yes) => yes.to_string(),
        Value::Datetime(_) => "a date".to_owned(),
        Value::Array(_) => "a list".to_owned(),
        Value::Table(_) => "a table".to_owned(),
    }
}
