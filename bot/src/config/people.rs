//! The people file: who is asked where the members intent is off, and whose zone or language differs.

use std::collections::BTreeSet;
use std::path::Path;

use super::Person;
use super::organisation::{LANGUAGES, id, missing, zone};
use crate::document::{self, Fields, Notes};
use crate::ids::MemberId;

/// Who the people file names; its problems are noted beside those of the configuration.
pub(super) fn read(organisation: &Fields<'_>, file: &Path, notes: &Notes) -> Vec<Person> {
    let text = match std::fs::read_to_string(file) {
        Ok(text) => text,
        Err(error) => {
            organisation.wrong(
                "people_file",
                format!("{}: {error}", file.display()),
                "a TOML file in UTF-8",
                "correct the path, or let the bot's user read the file",
            );
            return Vec::new();
        }
    };
    let table = match document::parse(&text) {
        Ok(table) => table,
        Err(problem) => {
            organisation.wrong(
                "people_file",
                format!("{}, {}: {}", file.display(), problem.at, problem.found),
                problem.allowed,
                problem.mend,
            );
            return Vec::new();
        }
    };
    let root = Fields::named(file.display().to_string(), &table, notes);
    let mut seen = BTreeSet::new();
    let people = root
        .tables("person")
        .into_iter()
        .filter_map(|fields| {
            let person = person(&fields);
            fields.finish();
            let person = person?;
            if !seen.insert(person.id) {
                root.wrong(
                    "person",
                    format!("{} twice", person.id),
                    "each person once",
                    "merge the two",
                );
            }
            Some(person)
        })
        .collect();
    root.finish();
    people
}

fn person(fields: &Fields<'_>) -> Option<Person> {
    let id = fields
        .value("id")
        .map_or_else(|| missing(fields, "id"), |value| id::<MemberId>(fields, "id", value));
    let zone = fields.optional_text("zone").map(|name| zone(fields, "zone", name));
    let language = fields
        .value("language")
        .map(|_| fields.word("language", &LANGUAGES).to_owned());
    Some(Person {
        id: id?,
        zone,
        language,
    })
}
