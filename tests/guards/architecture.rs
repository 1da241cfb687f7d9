//! The arrows and words of the architecture, read from the sources.

use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// All files below a folder with one of these endings, as paths from it.
fn files(folder: &Path, endings: &[&str]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_path_buf()];
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(&folder).expect("the folder can be read") {
            let path = entry.expect("the entry can be read").path();
            let name = path
                .file_name()
                .expect("an entry has a name")
                .to_string_lossy()
                .into_owned();
            if path.is_dir() && !name.starts_with(".git") && name != "target" && name != "rehearsal-out" {
                open.push(path);
            } else if endings.iter().any(|ending| name.ends_with(ending)) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// Sources of the bot: path from `bot/src`, and the code without comments and texts.
fn sources() -> Vec<(String, String)> {
    let folder = root().join("bot/src");
    files(&folder, &[".rs"])
        .into_iter()
        .map(|path| {
            let text = std::fs::read_to_string(&path).expect("the source can be read");
            let name = path.strip_prefix(&folder).expect("it is inside").display().to_string();
            (name, code(&text))
        })
        .collect()
}

/// The code of a source: comments go, the content of texts goes.
fn code(source: &str) -> String {
    let mut code = String::with_capacity(source.len());
    let mut rest = source;
    while let Some(next) = rest.chars().next() {
        let skipped = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if let Some(raw) = rest.strip_prefix("r#\"") {
            raw.find("\"#").map_or(rest.len(), |end| end + 5)
        } else if rest.starts_with("'\"'") {
            3
        } else if next == '"' {
            text_length(rest)
        } else {
            code.push(next);
            next.len_utf8()
        };
        rest = &rest[skipped..];
    }
    code
}

/// Bytes of a text from its opening to its closing quote.
fn text_length(rest: &str) -> usize {
    let mut escaped = false;
    for (index, byte) in rest.bytes().enumerate().skip(1) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return index + 1,
            _ => {}
        }
    }
    rest.len()
}

/// Whether the code uses a crate or a module by this path.
fn names(code: &str, path: &str) -> bool {
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
fn comments_and_texts_are_no_code() {
    let read = code("a(\"x \\\" serenity\"); // serenity\nr#\"serenity\"# '\"' b");
    assert_eq!(read, "a(); \n  b");
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
            || ["db", "ledger", "trial"].iter().any(|part| {
                name == format!("{part}.rs") || name.starts_with(&format!("{part}/"))
            })
            // Tests look behind the curtain.
            || file == "tests.rs"
            || name.contains("/tests/")
    };
    let rows = sources()
        .into_iter()
        .filter(|(name, code)| {
            let code = code
                .split("#[cfg(test)]\nmod tests {")
                .next()
                .expect("a split has a first part");
            !allowed(name) && (names(code, "sea_orm") || names(code, "entity"))
        })
        .map(|(name, _)| name)
        .collect::<Vec<_>>();
    assert_eq!(rows, [""; 0]);
}

#[test]
fn no_feature_looks_upward() {
    const FEATURES: [&str; 9] = [
        "anchors",
        "catalogue",
        "config",
        "evidence",
        "insight",
        "outbox",
        "people",
        "prompts",
        "reconcile",
    ];
    for above in [
        "crate::app",
        "crate::cli",
        "crate::discord",
        "crate::reconcile",
        "crate::scheduler",
    ] {
        let found = sources()
            .into_iter()
            .filter(|(name, _)| FEATURES.iter().any(|feature| name.starts_with(feature)))
            .filter(|(_, code)| names(code, above))
            .map(|(name, _)| name)
            .collect::<Vec<_>>();
        assert_eq!(found, [""; 0], "these name {above}");
    }
}

#[test]
fn files_are_nouns_or_verbs() {
    for (name, _) in sources() {
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

#[test]
fn who_checks_a_pack_knows_only_files() {
    let banned = [
        "crate::db",
        "crate::config",
        "crate::ledger",
        "crate::evidence::append",
        "crate::evidence::store",
        "crate::audit::pack",
        "reqwest",
        "tokio",
    ];
    for (name, code) in sources() {
        let tests = name.ends_with("/tests.rs") || name.contains("/tests/");
        if name.starts_with("evidence/inspect/") && !tests {
            for path in banned {
                assert!(!names(&code, path), "{name} names {path}");
            }
        }
    }
}

/// Every column of every table is in the list of what binds it to the log, and what binds it is there.
#[test]
fn every_column_has_what_binds_it_or_why_nothing_need() {
    use bellwether::evidence::Kind;
    use bellwether::reconcile::bindings::{BINDINGS, Binding};
    let mut tables = Vec::new();
    for path in files(&root().join("entity/src"), &[".rs"]) {
        let text = std::fs::read_to_string(&path).expect("the file can be read");
        let Some((_, rest)) = text.split_once("table_name = \"") else {
            continue;
        };
        let (table, rest) = rest.split_once('"').expect("the name ends");
        let (_, rest) = rest.split_once("pub struct Model {").expect("a model");
        let (fields, _) = rest.split_once("\n}").expect("the model ends");
        let column = |line: &str| Some(line.trim().strip_prefix("pub ")?.split_once(':')?.0.to_owned());
        let columns: Vec<String> = fields.lines().filter_map(column).collect();
        tables.push((table.to_owned(), columns));
    }
    tables.sort();
    let listed: Vec<(String, Vec<String>)> = BINDINGS
        .iter()
        .map(|(table, columns)| {
            let columns = columns.iter().map(|(column, _)| (*column).to_owned());
            ((*table).to_owned(), columns.collect())
        })
        .collect();
    assert!(tables.len() > 20);
    assert_eq!(tables, listed);
    for (column, binding) in BINDINGS.iter().flat_map(|(_, columns)| columns.iter()) {
        if let Binding::Leaf(kind, field) = binding {
            let known = Kind::named(kind).expect("a kind of leaf");
            let of_all = ["at", "kind", "rec"].contains(field);
            assert!(of_all || known.fields().contains(field), "{column}: {kind} {field}");
        }
    }
}
