//! The arrows between folders, as the map of ARCHITECTURE.md allows them, and the circles inside a folder.
//!
//! Each folder, and each file at the top of `bot/src`, is one place of the map.

use std::collections::{BTreeMap, BTreeSet};

use crate::program::{Program, inside, place_of};
use crate::sources::{Source, module, production, root, sources};

/// A row of the map: its places, and what they may call. `ground` stays a word.
struct Row {
    places: Vec<String>,
    may_call: Vec<String>,
}

/// A map: rows from the top down, and what its short word stands for.
struct Map {
    rows: Vec<Row>,
    short: &'static str,
    ground: Vec<String>,
}

impl Map {
    /// The map of all folders.
    fn read() -> Self {
        Self::below("bot/src/", "ground", "*Ground* is short for")
    }

    /// The map of what stands in `discord/`.
    fn of_discord() -> Self {
        Self::below("discord/", "areas", "*areas* is short for")
    }

    fn below(folder: &str, short: &'static str, sentence: &str) -> Self {
        let text = std::fs::read_to_string(root().join("ARCHITECTURE.md")).expect("the map can be read");
        let quoted = |text: &str| -> Vec<String> { text.split('`').skip(1).step_by(2).map(str::to_owned).collect() };
        let (_, ground) = text.split_once(sentence).expect("the map says what it means");
        let (ground, _) = ground.split_once('.').expect("the sentence ends");
        let start = format!("| `{folder}");
        let rows = text.lines().filter(|line| line.starts_with(&start)).map(|line| {
            let cells: Vec<&str> = line.trim_matches('|').split('|').collect();
            let place = |name: String| name.replace(folder, "").replace(".rs", "").replace('/', "");
            let called = cells[2].split(',').map(|name| name.trim().to_owned());
            Row {
                places: quoted(cells[0]).into_iter().map(place).collect(),
                may_call: called.filter(|name| !name.is_empty()).collect(),
            }
        });
        Self {
            rows: rows.collect(),
            short,
            ground: quoted(ground),
        }
    }

    fn row(&self, place: &str) -> Option<&Row> {
        self.rows
            .iter()
            .find(|row| row.places.iter().any(|known| known == place))
    }

    fn allows(&self, from: &str, to: &str) -> bool {
        let Some(row) = self.row(from) else { return false };
        let has = |name: &str| row.may_call.iter().any(|known| known == name);
        from == to || has(to) || (has(self.short) && self.ground.iter().any(|known| known == to))
    }

    /// The arrows that the map does not allow, and the sources that it does not have.
    fn refuses(&self, program: &Program) -> Vec<String> {
        let mut refused = Vec::new();
        for (path, _) in program.sources.iter().filter(|(path, _)| path != "lib.rs") {
            let own = place_of(&module(path));
            if self.row(&own).is_none() {
                refused.push(format!("{path} is not in the map"));
            }
            for to in program.places_named(path) {
                if !self.allows(&own, &to) {
                    refused.push(format!("{path} names {to}"));
                }
            }
        }
        refused
    }
}

#[test]
fn every_arrow_is_in_the_map() {
    assert_eq!(Map::read().refuses(&Program::of_bot()), [""; 0]);
}

#[test]
fn every_arrow_inside_discord_is_in_its_map() {
    let (map, program) = (Map::of_discord(), Program::of_bot());
    let mut named: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (path, _) in &program.sources {
        if let Some(own) = inside("discord", &module(path)) {
            let places = program.places_named_inside("discord", path);
            named.entry(own).or_default().extend(places);
        }
    }
    let known: Vec<&String> = map.rows.iter().flat_map(|row| &row.places).collect();
    let there: Vec<&String> = named.keys().collect();
    assert_eq!(
        known.iter().collect::<BTreeSet<_>>(),
        there.iter().collect::<BTreeSet<_>>()
    );
    let arrows = named.iter().flat_map(|(own, to)| to.iter().map(move |to| (own, to)));
    let refused: Vec<_> = arrows.filter(|(own, to)| !map.allows(own, to)).collect();
    assert!(refused.is_empty(), "{refused:?}");
    let floor = |name: &String| known.iter().position(|place| *place == name);
    for row in &map.rows {
        for to in row.may_call.iter().filter(|to| *to != map.short) {
            assert!(floor(to) > floor(&row.places[0]), "{:?} may not call {to}", row.places);
            assert!(
                row.places.iter().any(|own| named[own].contains(to)),
                "{:?} does not call {to}",
                row.places
            );
        }
    }
}

#[test]
fn rows_of_the_map_call_only_rows_below() {
    let map = Map::read();
    assert!(map.rows.len() > 20 && map.ground.len() > 5);
    let floor = |name: &str| {
        map.rows
            .iter()
            .position(|row| row.places.iter().any(|place| place == name))
    };
    for (own, row) in map.rows.iter().enumerate() {
        for name in row.may_call.iter().filter(|name| *name != "ground") {
            assert!(floor(name) > Some(own), "{:?} may not call {name}", row.places);
        }
    }
    let lowest = map
        .rows
        .iter()
        .rposition(|row| row.may_call.iter().any(|name| name == "ground"));
    for name in &map.ground {
        assert!(floor(name) > lowest, "{name} is not on the ground");
    }
}

#[test]
fn the_map_allows_no_more_than_there_is() {
    let (map, program) = (Map::read(), Program::of_bot());
    let mut named: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (path, _) in &program.sources {
        let own = place_of(&module(path));
        named.entry(own).or_default().extend(program.places_named(path));
    }
    for row in &map.rows {
        let named: BTreeSet<&String> = row
            .places
            .iter()
            .filter_map(|place| named.get(place))
            .flatten()
            .collect();
        for name in row.may_call.iter().filter(|name| *name != "ground") {
            assert!(named.contains(name), "{:?} does not call {name}", row.places);
        }
    }
}

#[test]
fn no_circle_inside_a_folder_has_more_than_two_files() {
    let none: [Vec<String>; 0] = [];
    assert_eq!(Program::of_bot().circles().into_iter().collect::<Vec<_>>(), none);
}

/// In each place each thing that it may not call is planted, in every form that an import can have.
#[test]
fn a_planted_arrow_is_refused_in_each_place() {
    let (map, sources) = (Map::read(), production(sources()));
    let places: Vec<&String> = map.rows.iter().flat_map(|row| &row.places).collect();
    for own in &places {
        let of_place = |(path, _): &&Source| place_of(&module(path)) == ***own;
        let (path, _) = sources.iter().find(of_place).expect("a place has a source");
        let up = "super::".repeat(module(path).split("::").count());
        for to in places.iter().filter(|to| !map.allows(own, to)) {
            for planted in [
                format!("use crate::{to}::Planted;"),
                format!("pub use crate::{to}::Planted;"),
                format!("use crate::{{\n    {own}::Own,\n    {to}::{{self, Planted as Other}},\n}};"),
                format!("use {up}{to};"),
                format!("fn planted() {{\n    crate::{to}::planted()\n}}"),
            ] {
                let others = places.iter().filter(|place| *place != own);
                let mut sources: Vec<Source> = others.map(|place| (format!("{place}/mod.rs"), String::new())).collect();
                sources.push((path.clone(), planted));
                let refused = map.refuses(&Program::new(sources));
                assert_eq!(refused, [format!("{path} names {to}")]);
            }
        }
    }
}

#[test]
fn a_planted_circle_of_three_files_is_found() {
    let planted = |one: &str, two: &str, three: &str| {
        let source = |path: &str, code: &str| (format!("people/{path}.rs"), code.to_owned());
        let face = source(
            "mod",
            "mod one; mod two; mod three; pub use two::Two; pub(crate) use three::Three;",
        );
        let sources = vec![face, source("one", one), source("two", two), source("three", three)];
        Program::new(sources).circles().len()
    };
    assert_eq!(
        planted(
            "use super::two::Two;",
            "fn f() { crate::people::three::f() }",
            "use super::one;"
        ),
        1
    );
    assert_eq!(
        planted("use crate::people::Two;", "use super::Three;", "use super::one::One;"),
        1
    );
    assert_eq!(planted("use super::two::Two;", "use super::one;", "use super::one;"), 0);
}
