//! Who checks the log knows files alone: what the library `bellwether-tlog` names and is built from.

use std::collections::{BTreeMap, BTreeSet};

use crate::architecture::names;
use crate::program::Program;
use crate::sources::{production, root, sources_in};

/// Libraries that a program for auditors must do without: databases, networks, Discord, and the bot itself.
const BANNED: [&str; 12] = [
    "bellwether",
    "entity",
    "hyper",
    "libsqlite3-sys",
    "migration",
    "reqwest",
    "rustls",
    "sea-orm",
    "sea-query",
    "serenity",
    "sqlx-core",
    "tokio",
];

fn toml(path: &str) -> toml::Table {
    let text = std::fs::read_to_string(root().join(path)).expect("the file can be read");
    text.parse().expect("TOML")
}

fn texts(list: Option<&toml::Value>) -> BTreeSet<String> {
    let list = list.and_then(toml::Value::as_array).into_iter().flatten();
    list.filter_map(toml::Value::as_str).map(str::to_owned).collect()
}

/// What each package of `Cargo.lock` depends on, over all its versions, systems and features.
fn locked() -> BTreeMap<String, BTreeSet<String>> {
    let lock = toml("Cargo.lock");
    let packages = lock["package"].as_array().expect("packages");
    let mut depends: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for package in packages {
        let name = package["name"].as_str().expect("a name").to_owned();
        let on = texts(package.get("dependencies")).into_iter();
        // Behind the name there may be a version.
        let on = on.filter_map(|on| on.split(' ').next().map(str::to_owned));
        depends.entry(name).or_default().extend(on);
    }
    depends
}

/// All packages that can be built for the dependencies in this manifest, those of its tests left out.
fn built_for(manifest: &str) -> BTreeSet<String> {
    let (manifest, locked) = (toml(manifest), locked());
    let own = manifest["dependencies"].as_table().expect("dependencies");
    let (mut built, mut open): (BTreeSet<String>, Vec<String>) = (BTreeSet::new(), own.keys().cloned().collect());
    while let Some(next) = open.pop() {
        let on = locked.get(&next).unwrap_or_else(|| panic!("{next} is in Cargo.lock"));
        if built.insert(next) {
            open.extend(on.iter().cloned());
        }
    }
    built
}

#[test]
fn who_checks_a_pack_is_built_without_database_network_and_discord() {
    let built = built_for("bot/tlog/Cargo.toml");
    assert!(built.contains("ed25519-dalek") && built.contains("clap_builder"));
    let found: Vec<&&str> = BANNED.iter().filter(|banned| built.contains(**banned)).collect();
    assert!(found.is_empty(), "{found:?}");
    // Names that are not those of packages would find nothing.
    let bot = built_for("bot/Cargo.toml");
    let wrong: Vec<&&str> = BANNED
        .iter()
        .filter(|banned| **banned != "bellwether" && !bot.contains(**banned))
        .collect();
    assert!(wrong.is_empty(), "{wrong:?}");
}

/// Beside reading files it calls one program. The clock is read by the program for auditors alone.
#[test]
fn who_checks_a_pack_knows_only_files() {
    for (name, code) in production(sources_in("bot/tlog/src")) {
        for path in ["std::net", "std::env", "bellwether"] {
            assert!(!names(&code, path), "{name} names {path}");
        }
        assert_eq!(code.contains("SystemTime"), name == "main.rs", "{name}");
        assert_eq!(
            code.contains("process::Command") || code.contains("process::{Command"),
            name == "inspect/openssl.rs"
        );
    }
}

#[test]
fn no_circle_has_more_than_two_files() {
    let none: [Vec<String>; 0] = [];
    assert_eq!(Program::of_tlog().circles().into_iter().collect::<Vec<_>>(), none);
}
