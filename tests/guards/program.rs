//! What the sources name of each other: in `use`, and by a path anywhere else. Calls of methods are not seen.

use std::collections::{BTreeMap, BTreeSet};

use crate::sources::{Source, join, module, production, sources, sources_in};

/// The place that a module is in: the first word of its path.
pub(crate) fn place_of(module: &str) -> String {
    module.split("::").next().unwrap_or_default().to_owned()
}

/// The place inside a folder that a module is in; none for the folder's face, and outside.
pub(crate) fn inside(folder: &str, module: &str) -> Option<String> {
    Some(place_of(module.strip_prefix(folder)?.strip_prefix("::")?))
}

/// The program's sources, and all paths that each names.
pub(crate) struct Program {
    pub sources: Vec<Source>,
    modules: BTreeSet<String>,
    /// By module and name: what a module gives to others under that name, though it stands elsewhere.
    given_on: BTreeMap<(String, String), String>,
}

impl Program {
    pub(crate) fn new(sources: Vec<Source>) -> Self {
        let mut program = Self {
            modules: sources.iter().map(|(path, _)| module(path)).collect(),
            given_on: BTreeMap::new(),
            sources,
        };
        let mut given_on = BTreeMap::new();
        for (path, code) in &program.sources {
            let own = module(path);
            let paths = program.paths(&own, code).into_iter();
            for (named, _) in paths.filter(|(_, given_on)| *given_on) {
                let name = named.rsplit("::").next().unwrap_or_default().to_owned();
                given_on.insert((own.clone(), name), named);
            }
        }
        program.given_on = given_on;
        program
    }

    pub(crate) fn of_bot() -> Self {
        Self::new(production(sources()))
    }

    /// The library that checks the log, as one place `tlog`.
    pub(crate) fn of_tlog() -> Self {
        let sources = production(sources_in("bot/tlog/src")).into_iter();
        let modules = sources.filter(|(path, _)| !["lib.rs", "main.rs"].contains(&path.as_str()));
        let inside = |(path, code): Source| (format!("tlog/{path}"), code.replace("crate::", "crate::tlog::"));
        Self::new(modules.map(inside).collect())
    }

    fn code(&self, path: &str) -> &str {
        let found = self.sources.iter().find(|(known, _)| known == path);
        found.map_or("", |(_, code)| code.as_str())
    }

    /// The places that a source names.
    pub(crate) fn places_named(&self, path: &str) -> BTreeSet<String> {
        let paths = self.paths(&module(path), self.code(path));
        let places = paths.into_iter().map(|(named, _)| place_of(&named));
        places.filter(|place| self.modules.contains(place)).collect()
    }

    /// The places inside a folder that a source of it names; what a face gives on counts as where it stands.
    pub(crate) fn places_named_inside(&self, folder: &str, path: &str) -> BTreeSet<String> {
        let paths = self.paths(&module(path), self.code(path)).into_iter();
        let homes = paths.filter_map(|(named, _)| self.home(&named));
        homes.filter_map(|home| inside(folder, &home)).collect()
    }

    /// All paths that the code of a module names, from the crate's root, and whether it gives that on (`pub use`).
    fn paths(&self, own: &str, code: &str) -> Vec<(String, bool)> {
        let mut found = Vec::new();
        for statement in code.replace("(in crate", "(in ").split(';') {
            let starts = statement.rfind("use ").filter(|at| {
                let before = statement[..*at].chars().next_back();
                before.is_none_or(char::is_whitespace)
            });
            let (plain, tree) = starts.map_or((statement, None), |at| (&statement[..at], Some(&statement[at + 4..])));
            let words = plain.split(|c: char| !(c.is_alphanumeric() || c == '_' || c == ':'));
            let words = words.filter(|word| word.contains("::"));
            found.extend(words.map(|word| (word.to_owned(), false)));
            if let Some(tree) = tree {
                let given_on = plain.trim_end().ends_with("pub") || plain.trim_end().ends_with(')');
                let mut used = Vec::new();
                take_apart(tree, "", &mut used);
                found.extend(used.into_iter().map(|path| (path, given_on)));
            }
        }
        let absolute = |(path, given_on): (String, bool)| Some((self.absolute(own, &path)?, given_on));
        found.into_iter().filter_map(absolute).collect()
    }

    /// A path from the crate's root. Returns nothing if it leads out of the crate or is no path.
    fn absolute(&self, own: &str, path: &str) -> Option<String> {
        let path = path.trim_end_matches("::self").trim_end_matches("::");
        let (first, rest) = path.split_once("::").unwrap_or((path, ""));
        match first {
            "crate" | "bellwether" => Some(rest.to_owned()),
            "self" if rest.starts_with("super::") => self.absolute(own, rest),
            "self" => Some(join(own, rest)),
            "super" => {
                let above = own.rsplit_once("::").map_or("", |(above, _)| above);
                self.absolute(above, &format!("self::{rest}"))
            }
            _ => self.modules.contains(&join(own, first)).then(|| join(own, path)),
        }
    }

    /// The module in which something really stands.
    fn home(&self, named: &str) -> Option<String> {
        let mut own = named;
        while !self.modules.contains(own) {
            own = own.rsplit_once("::")?.0;
        }
        let rest = named[own.len()..].trim_start_matches("::");
        let (name, further) = rest.split_once("::").unwrap_or((rest, ""));
        match self.given_on.get(&(own.to_owned(), name.to_owned())) {
            Some(given_on) if given_on != named => self.home(join(given_on, further).trim_end_matches("::")),
            _ => Some(own.to_owned()),
        }
    }

    /// Which modules of the same place each module names. What a module gives on of its own submodules is no arrow.
    fn arrows_inside(&self) -> BTreeMap<String, BTreeSet<String>> {
        let mut arrows: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for (path, code) in &self.sources {
            let own = module(path);
            let named = self.paths(&own, code).into_iter();
            let named = named.filter(|(named, given_on)| !(*given_on && named.starts_with(&format!("{own}::"))));
            let homes = named.filter_map(|(named, _)| self.home(&named));
            let inside = homes.filter(|home| *home != own && place_of(home) == place_of(&own));
            arrows.insert(own.clone(), inside.collect());
        }
        arrows
    }

    /// The circles of more than two files.
    pub(crate) fn circles(&self) -> BTreeSet<Vec<String>> {
        let arrows = self.arrows_inside();
        let reached: BTreeMap<&String, BTreeSet<&String>> =
            arrows.keys().map(|from| (from, reach(&arrows, from))).collect();
        let circle = |from: &String| -> Vec<String> {
            let back = |to: &&&String| reached.get(**to).is_some_and(|reached| reached.contains(from));
            reached[from].iter().filter(back).map(|to| (*to).clone()).collect()
        };
        arrows.keys().map(circle).filter(|circle| circle.len() > 2).collect()
    }
}

/// All modules to which arrows lead from one, over any number of others.
fn reach<'a>(arrows: &'a BTreeMap<String, BTreeSet<String>>, from: &'a String) -> BTreeSet<&'a String> {
    let mut reached = BTreeSet::new();
    let mut open = vec![from];
    while let Some(next) = open.pop() {
        let further = arrows.get(next).into_iter().flatten();
        open.extend(further.filter(|to| reached.insert(*to)));
    }
    reached
}

/// The paths of a `use`, whose groups are taken apart.
fn take_apart(tree: &str, before: &str, found: &mut Vec<String>) {
    let Some((head, group)) = tree.split_once('{') else {
        let path = tree.split(" as ").next().unwrap_or_default();
        found.push(format!("{before}{}", path.trim()));
        return;
    };
    let group = group.trim_end().strip_suffix('}').unwrap_or(group);
    let before = format!("{before}{}", head.trim());
    let mut depth = 0;
    let between = |c: char| {
        depth += i32::from(c == '{') - i32::from(c == '}');
        c == ',' && depth == 0
    };
    for part in group.split(between).filter(|part| !part.trim().is_empty()) {
        take_apart(part, &before, found);
    }
}
