//! One table of a document, read key by key.

use std::cell::RefCell;
use std::ops::RangeInclusive;

use toml::{Table, Value};

use super::Notes;

/// A table that is being read. [`Fields::finish`] notes the keys nobody asked for.
#[derive(Debug)]
pub struct Fields<'a> {
    at: String,
    table: &'a Table,
    notes: &'a Notes,
    known: RefCell<Vec<&'static str>>,
    /// Stands in for something that is no table; that was told, its keys are not told as missing.
    broken: bool,
}

static NOTHING: std::sync::LazyLock<Table> = std::sync::LazyLock::new(Table::new);

impl<'a> Fields<'a> {
    /// The outermost table.
    pub fn root(table: &'a Table, notes: &'a Notes) -> Self {
        Self::inside(String::new(), table, notes)
    }

    /// The outermost table of another document, whose problems carry its name.
    pub fn named(name: String, table: &'a Table, notes: &'a Notes) -> Self {
        Self::inside(name, table, notes)
    }

    fn inside(at: String, table: &'a Table, notes: &'a Notes) -> Self {
        Self {
            at,
            table,
            notes,
            known: RefCell::default(),
            broken: false,
        }
    }

    /// The full name of a key.
    pub fn place(&self, key: &str) -> String {
        if self.at.is_empty() {
            key.to_owned()
        } else {
            format!("{}.{key}", self.at)
        }
    }

    /// Notes a problem with a key.
    pub fn wrong(&self, key: &str, found: impl Into<String>, allowed: impl Into<String>, mend: impl Into<String>) {
        self.notes.problem(self.place(key), found, allowed, mend);
    }

    /// The value as it stands, or nothing; the key counts as known.
    pub fn value(&self, key: &'static str) -> Option<&'a Value> {
        self.known.borrow_mut().push(key);
        self.notes.asked(self.place(key));
        self.table.get(key)
    }

    fn needed(&self, key: &'static str, allowed: &str) -> Option<&'a Value> {
        let value = self.value(key);
        if value.is_none() && !self.broken {
            self.wrong(key, "nothing", allowed, format!("add the key `{key}`"));
        }
        value
    }

    fn mismatch(&self, key: &str, value: &Value, allowed: &str) {
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
                "take the character out",
            );
        } else if text.trim() != text {
            self.wrong(
                key,
                "space at an end of the text",
                "a text without it",
                "take the space out",
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
                        self.wrong(key, format!("{text:?} twice"), "each entry once", "take one out");
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

    /// A table; a missing one reads as empty, so that its keys are told as missing.
    pub fn table(&self, key: &'static str) -> Fields<'a> {
        let (table, broken) = match self.value(key) {
            Some(Value::Table(table)) => (table, false),
            None => (&*NOTHING, self.broken),
            Some(value) => {
                self.mismatch(key, value, &format!("a table, [{}]", self.place(key)));
                (&*NOTHING, true)
            }
        };
        Fields {
            broken,
            ..Fields::inside(self.place(key), table, self.notes)
        }
    }

    /// The tables of a list; each is named by its `id` (or `prefix`), or by its number.
    pub fn tables(&self, key: &'static str) -> Vec<Fields<'a>> {
        let allowed = format!("a list of tables, [[{}]]", self.place(key));
        let values = match self.value(key) {
            Some(Value::Array(values)) => values,
            None => return Vec::new(),
            Some(value) => {
                self.mismatch(key, value, &allowed);
                return Vec::new();
            }
        };
        let mut tables = Vec::with_capacity(values.len());
        for (index, value) in values.iter().enumerate() {
            let Value::Table(table) = value else {
                self.mismatch(key, value, &allowed);
                continue;
            };
            let name = ["id", "prefix"]
                .iter()
                .find_map(|name| table.get(*name)?.as_str())
                .map_or_else(|| format!("#{}", index + 1), |id| format!("{id:?}"));
            tables.push(Fields::inside(format!("{} {name}", self.place(key)), table, self.notes));
        }
        tables
    }

    /// All keys of the table with their values; for tables whose keys are the operator's.
    pub fn entries(&self) -> impl Iterator<Item = (&'a str, &'a Value)> {
        self.table.iter().map(|(key, value)| (key.as_str(), value))
    }

    /// Whether this stands in for something that is no table.
    pub fn broken(&self) -> bool {
        self.broken
    }

    /// Notes the keys that nobody asked for.
    pub fn finish(self) {
        let known = self.known.borrow();
        for key in self.table.keys().filter(|key| !known.contains(&key.as_str())) {
            let mut names = known.clone();
            names.sort_unstable();
            names.dedup();
            let mend = nearest(key, names.iter().copied()).map_or_else(
                || "take it out".to_owned(),
                |near| format!("did you mean `{near}`? If not, take it out"),
            );
            self.wrong(key, "an unknown key", names.join(", "), mend);
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

/// The name that differs least from `text`, when it is near enough to be a slip of the finger.
pub(crate) fn nearest<'n>(text: &str, names: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    names
        .map(|name| (distance(text, name), name))
        .min()
        .filter(|(distance, _)| *distance <= 1 + text.chars().count() / 4)
        .map(|(_, name)| name)
}

/// Levenshtein's distance over characters.
fn distance(left: &str, right: &str) -> usize {
    let right = right.chars().collect::<Vec<_>>();
    let mut row = (0..=right.len()).collect::<Vec<_>>();
    for (i, a) in left.chars().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], i + 1);
        for (j, b) in right.iter().enumerate() {
            let substituted = diagonal + usize::from(a != *b);
            diagonal = row[j + 1];
            row[j + 1] = substituted.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[right.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_finger_finds_the_key() {
        assert_eq!(
            nearest("qeustion", ["question", "variant"].into_iter()),
            Some("question")
        );
        assert_eq!(nearest("colour", ["question", "variant"].into_iter()), None);
        assert_eq!(distance("kitten", "sitting"), 3);
    }

    #[test]
    fn every_problem_is_told_at_once() {
        let table = super::super::parse("text = 3\nwhole = 9\nqeustion = 'x'\nword = 'ye'\ntexts = ['a', 'a', '']")
            .expect("this is TOML");
        let notes = Notes::default();
        let fields = Fields::root(&table, &notes);
        fields.text("text");
        fields.whole("whole", 1..=3);
        fields.yes("yes");
        fields.word("word", &[("yes", 1), ("no", 2)]);
        fields.texts("texts");
        fields.text("question");
        fields.finish();
        let problems = notes.settle("here", ()).expect_err("nearly all of it is wrong");
        insta::assert_snapshot!(problems, @r#"
        here: 8 problems
          text
            found    the number 3
            allowed  a text in quotes
            to mend  write a text in quotes
          whole
            found    the number 9
            allowed  a whole number from 1 to 3
            to mend  write a whole number from 1 to 3
          yes
            found    nothing
            allowed  true or false
            to mend  add the key `yes`
          word
            found    "ye"
            allowed  "yes", "no"
            to mend  did you mean "yes"?
          texts
            found    "a" twice
            allowed  each entry once
            to mend  take one out
          texts
            found    an empty text
            allowed  a text
            to mend  write what belongs there
          question
            found    nothing
            allowed  a text
            to mend  add the key `question`
          qeustion
            found    an unknown key
            allowed  question, text, texts, whole, word, yes
            to mend  did you mean `question`? If not, take it out
        "#);
    }
}
