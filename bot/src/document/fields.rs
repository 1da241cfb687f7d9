//! One table of a document, read key by key.

use std::cell::RefCell;

use toml::{Table, Value};

use super::Notes;
use super::nearest::nearest;

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

    /// The value as it stands; the key counts as known.
    pub(super) fn look(&self, key: &'static str) -> Option<&'a Value> {
        self.known.borrow_mut().push(key);
        self.notes.asked(self.place(key));
        self.table.get(key)
    }

    /// A table; a missing one reads as empty, so that its keys are told as missing.
    #[must_use]
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
                |near| format!("did you mean `{near}`? If not, remove it"),
            );
            self.wrong(key, "an unknown key", names.join(", "), mend);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
            fix      write a text in quotes
          whole
            found    the number 9
            allowed  a whole number from 1 to 3
            fix      write a whole number from 1 to 3
          yes
            found    nothing
            allowed  true or false
            fix      add the key `yes`
          word
            found    "ye"
            allowed  "yes", "no"
            fix      did you mean "yes"?
          texts
            found    "a" twice
            allowed  each entry once
            fix      remove one of them
          texts
            found    an empty text
            allowed  a text
            fix      write what belongs there
          question
            found    nothing
            allowed  a text
            fix      add the key `question`
          qeustion
            found    an unknown key
            allowed  question, text, texts, whole, word, yes
            fix      did you mean `question`? If not, remove it
        "#);
    }
}
