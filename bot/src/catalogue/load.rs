//! From the operator's choice of source to a checked catalogue.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::document::{self, Notes, Problem, Problems};

use super::model::Catalogue;
use super::{check, read};

/// The catalogue that comes with the program.
const BUILT_IN: &str = include_str!("default.toml");
const BUILT_IN_NAME: &str = "the built-in catalogue";
/// Stands between the two documents of an extended catalogue, in its body and thus in its hash.
const SEPARATOR: &str = "\n# ---- extended by ----\n";

/// Where the questions come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CatalogueSource {
    BuiltIn,
    /// The file is used instead of the built-in catalogue.
    Replace(PathBuf),
    /// The file's entries are added to the built-in ones; the same id takes the file's.
    Extend(PathBuf),
}

/// Reads and checks the catalogue.
///
/// # Errors
/// Every problem there is, each with its place and remedy.
pub fn load(source: &CatalogueSource) -> Result<Catalogue, Problems> {
    match source {
        CatalogueSource::BuiltIn => parse(BUILT_IN_NAME, BUILT_IN),
        CatalogueSource::Replace(path) => parse(&path.display().to_string(), &text(path)?),
        CatalogueSource::Extend(path) => extend(&path.display().to_string(), &text(path)?),
    }
}

fn text(path: &Path) -> Result<String, Problems> {
    std::fs::read_to_string(path).map_err(|error| {
        Problems::one(
            path.display().to_string(),
            Problem {
                at: "catalogue.file".to_owned(),
                found: format!("a file that cannot be read: {error}"),
                allowed: "a TOML file in UTF-8".to_owned(),
                mend: "correct the path, or let the bot's user read the file".to_owned(),
            },
        )
    })
}

fn parse(name: &str, text: &str) -> Result<Catalogue, Problems> {
    let table = document::parse(text).map_err(|problem| Problems::one(name, problem))?;
    checked(name, &table, text.to_owned(), Notes::default())
}

fn extend(name: &str, text: &str) -> Result<Catalogue, Problems> {
    let mut whole = document::parse(BUILT_IN).map_err(|problem| Problems::one(BUILT_IN_NAME, problem))?;
    let extension = document::parse(text).map_err(|problem| Problems::one(name, problem))?;
    let notes = Notes::default();
    twice(&extension, &notes);
    for (key, value) in extension {
        merge(&mut whole, key, value);
    }
    checked(name, &whole, format!("{BUILT_IN}{SEPARATOR}{text}"), notes)
}

/// Notes ids that the extending file itself has twice; merging would hide the first.
fn twice(extension: &toml::Table, notes: &Notes) {
    for (key, value) in extension {
        let mut seen = BTreeSet::new();
        for name in value.as_array().into_iter().flatten().filter_map(name) {
            if !seen.insert(name) {
                notes.problem(
                    format!("{key} {name:?}.id"),
                    "an id that the file has twice",
                    "each id once",
                    "rename or remove one of them",
                );
            }
        }
    }
}

/// Tables are merged key by key; entries of lists of tables take the place of the one with the same id.
fn merge(whole: &mut toml::Table, key: String, value: toml::Value) {
    use toml::Value::{Array, Table};
    match (whole.get_mut(&key), value) {
        (Some(Table(own)), Table(more)) => more.into_iter().for_each(|(key, value)| merge(own, key, value)),
        (Some(Array(own)), Array(more)) if own.iter().all(toml::Value::is_table) => {
            for entry in more {
                match own
                    .iter_mut()
                    .find(|old| name(old).is_some() && name(old) == name(&entry))
                {
                    Some(old) => *old = entry,
                    None => own.push(entry),
                }
            }
        }
        (_, value) => {
            whole.insert(key, value);
        }
    }
}

fn name(entry: &toml::Value) -> Option<&str> {
    entry.get("id").or_else(|| entry.get("prefix"))?.as_str()
}

fn checked(name: &str, table: &toml::Table, body: String, notes: Notes) -> Result<Catalogue, Problems> {
    let mut catalogue = read::catalogue(table, &notes);
    catalogue.sha256 = hex::encode(Sha256::digest(body.as_bytes()));
    catalogue.body = body;
    check::check(&catalogue, &notes);
    notes.settle(name, catalogue)
}

#[cfg(test)]
mod tests;
