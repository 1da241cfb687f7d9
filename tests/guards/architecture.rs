//! The words of the architecture, read from the sources.

use crate::sources::{code, files, production, root, sources, sources_in};

/// Whether the code uses a crate or a module by this path.
pub(crate) fn names(code: &str, path: &str) -> bool {
    code.match_indices(path).any(|(at, _)| {
        let before = code[..at].chars().next_back();
        let after = code[at + path.len()..].chars().next();
        !before.is_some_and(|before| before.is_alphanumeric() || before == '_')
            && after.is_none_or(|after| after == ':' || after == ';' || after == ' ' || after == ',' || after == '}')
    })
}

fn offenders(word: &str, allowed: impl Fn(&str) -> bool) -> Vec<String> {
    sources()
        .into_iter()
        .filter(|(name, code)| !allowed(name) && names(code, word))
        .map(|(name, _)| name)
        .collect()
}

#[test]
fn a_name_is_found_as_a_whole() {
    assert!(names("use serenity::all", "serenity") && !names("my_serenity::all", "serenity"));
}

#[test]
fn only_the_discord_folder_knows_serenity() {
    assert_eq!(offenders("serenity", |name| name.starts_with("discord/")), [""; 0]);
}

#[test]
fn only_stores_speak_to_the_database() {
    let allowed = |name: &str| {
        let file = name.rsplit('/').next().expect("a path has a last part");
        file == "store.rs"
            || name.contains("/store/")
            || ["db", "ledger"]
                .iter()
                .any(|part| name == format!("{part}.rs") || name.starts_with(&format!("{part}/")))
    };
    // Tests look behind the curtain.
    let rows = production(sources())
        .into_iter()
        .filter(|(name, code)| !allowed(name) && (names(code, "sea_orm") || names(code, "entity")))
        .map(|(name, _)| name)
        .collect::<Vec<_>>();
    assert_eq!(rows, [""; 0]);
}

#[test]
fn files_are_nouns_or_verbs() {
    for (name, _) in sources().into_iter().chain(sources_in("bot/tlog/src")) {
        for part in name.trim_end_matches(".rs").split('/') {
            assert!(
                ![
                    "util", "utils", "common", "helper", "helpers", "types", "consts", "misc", "shared"
                ]
                .contains(&part),
                "{name} says nothing about what it holds"
            );
        }
    }
}

#[test]
fn files_are_at_most_250_lines_before_their_tests() {
    for folder in ["bot/src", "bot/tlog/src"] {
        for path in files(&root().join(folder), &[".rs"]) {
            let text = std::fs::read_to_string(&path).expect("the file can be read");
            let lines = text
                .lines()
                .take_while(|line| !line.starts_with("#[cfg(test)]"))
                .count();
            let of_tests = path.to_string_lossy().contains("/tests");
            assert!(of_tests || lines <= 250, "{}: {lines} lines", path.display());
        }
    }
}

#[test]
fn migrations_do_not_look_at_entities() {
    for path in files(&root().join("migration"), &[".rs", ".toml"]) {
        let text = std::fs::read_to_string(&path).expect("the file can be read");
        assert!(!code(&text).contains("entity::"), "{}", path.display());
    }
}

#[test]
fn no_file_names_a_place_on_somebodys_machine() {
    let places = [concat!("/wo", "rk/"), concat!("/ro", "ot/"), concat!("/Us", "ers/")];
    for path in files(&root(), &[".rs", ".toml", ".md", ".ftl", ".yml", "run"]) {
        let Ok(text) = std::fs::read_to_string(&path) else {
            continue;
        };
        for place in places {
            assert!(!text.contains(place), "{} names {place}", path.display());
        }
    }
}
