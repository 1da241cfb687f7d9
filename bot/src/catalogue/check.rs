//! What must hold between the entries of a catalogue: ids are unique, and every reference leads somewhere.

use std::collections::{BTreeMap, BTreeSet};

use super::choice::Choice;
use super::model::{CadenceKind, Catalogue};
use crate::document::{Notes, nearest};

/// Most prompts a week that a pack may bring, counting a month as 52/12 weeks and a quarter as 52/4.
const MOST_A_WEEK: f64 = 2.0;
/// Beyond rounding.
const ROUNDING: f64 = 0.001;

pub(super) fn check(catalogue: &Catalogue, notes: &Notes) {
    let check = Check {
        catalogue,
        notes,
        prompts: set(catalogue.prompts.iter().map(|prompt| &prompt.id)),
        themes: set(catalogue.themes.iter().map(|theme| &theme.id)),
        roles: set(catalogue.roles.iter().map(|role| &role.id)),
        prefixes: set(catalogue.sources.iter().map(|source| &source.prefix)),
    };
    check.whole();
    check.unique();
    check.answers();
    check.prompts();
    check.packs();
    check.pulses();
    check.briefing();
    check.concerns();
    check.templates();
}

pub(super) fn set<'a>(ids: impl Iterator<Item = &'a String>) -> BTreeSet<&'a str> {
    ids.map(String::as_str).collect()
}

pub(super) struct Check<'a> {
    pub(super) catalogue: &'a Catalogue,
    pub(super) notes: &'a Notes,
    pub(super) prompts: BTreeSet<&'a str>,
    pub(super) themes: BTreeSet<&'a str>,
    pub(super) roles: BTreeSet<&'a str>,
    pub(super) prefixes: BTreeSet<&'a str>,
}

impl Check<'_> {
    /// Tables without which nothing can be asked.
    fn whole(&self) {
        let catalogue = self.catalogue;
        for (table, empty) in [
            ("theme", catalogue.themes.is_empty()),
            ("prompt", catalogue.prompts.is_empty()),
            ("pack", catalogue.packs.is_empty()),
            ("audience", catalogue.audiences.is_empty()),
            ("role", catalogue.roles.is_empty()),
            ("source", catalogue.sources.is_empty()),
            ("concern_category", catalogue.concern_categories.is_empty()),
        ] {
            if empty {
                self.notes.problem(
                    table,
                    "no entry",
                    "at least one entry",
                    format!("add one as [[{table}]]"),
                );
            }
        }
        self.maps("catalogue.control", std::slice::from_ref(&catalogue.control));
    }

    /// Ids of what is asked and answered share one space; audiences, roles and sources have their own.
    fn unique(&self) {
        let catalogue = self.catalogue;
        let shared = [
            ("theme", ids(&catalogue.themes, |entry| &entry.id)),
            ("prompt", ids(&catalogue.prompts, |entry| &entry.id)),
            ("pulse", ids(&catalogue.pulses, |entry| &entry.id)),
            ("briefing_item", ids(&catalogue.briefing_items, |entry| &entry.id)),
            (
                "concern_category",
                ids(&catalogue.concern_categories, |entry| &entry.id),
            ),
            ("concern_template", ids(&catalogue.concern_templates, |entry| &entry.id)),
            ("pack", ids(&catalogue.packs, |entry| &entry.id)),
            ("scale", ids(&catalogue.scales, |entry| &entry.id)),
        ];
        self.once(shared.into_iter());
        self.once([("audience", ids(&catalogue.audiences, |entry| &entry.id))].into_iter());
        self.once([("role", ids(&catalogue.roles, |entry| &entry.id))].into_iter());
        self.once([("source", ids(&catalogue.sources, |entry| &entry.prefix))].into_iter());
        for scale in &catalogue.scales {
            let at = format!("scale \"{}\".options", scale.id);
            self.once([(at.as_str(), ids(&scale.options, |option| &option.id))].into_iter());
            if scale.options.len() < 2 || !scale.options.iter().any(|option| option.counted) {
                self.notes.problem(
                    at,
                    "options that leave no choice",
                    "at least two, one of them counted",
                    "add what is missing",
                );
            }
        }
    }

    fn once<'t>(&self, tables: impl Iterator<Item = (&'t str, Vec<&'t str>)>) {
        let mut seen = BTreeMap::new();
        for (table, ids) in tables {
            for id in ids.into_iter().filter(|id| !id.is_empty()) {
                if let Some(first) = seen.insert(id, table) {
                    self.notes.problem(
                        format!("{table} {id:?}.id"),
                        format!("an id that is already used in {first}"),
                        "each id once",
                        "rename or remove one of them",
                    );
                }
            }
        }
    }

    fn answers(&self) {
        let choices = self
            .catalogue
            .answers
            .iter()
            .map(|answer| answer.choice)
            .collect::<Vec<_>>();
        if choices != Choice::ALL {
            self.notes.problem(
                "answer",
                format!("{} entries that are not the four answers in order", choices.len()),
                "done, not-yet, not-applicable, need-help, in this order",
                "list the four answers in this order",
            );
        }
    }

    fn prompts(&self) {
        let audiences = set(self.catalogue.audiences.iter().map(|audience| &audience.id));
        for prompt in &self.catalogue.prompts {
            let at = |key: &str| format!("prompt {:?}.{key}", prompt.id);
            self.known(at("theme"), &prompt.theme, &self.themes);
            self.known(at("audience"), &prompt.audience, &audiences);
            self.known(at("on_no.need_help_to"), &prompt.on_no.need_help_to, &self.roles);
            self.maps(&at("maps"), &prompt.maps);
            if !prompt.maps.contains(&self.catalogue.control) {
                self.notes.problem(
                    at("maps"),
                    format!("nothing that points at {}", self.catalogue.control),
                    "the catalogue's control among them",
                    format!("add {:?}", self.catalogue.control),
                );
            }
            if prompt.evidence_examples.is_empty() {
                self.notes.problem(
                    at("evidence_examples"),
                    "an empty list",
                    "at least one example",
                    "say what could show it",
                );
            }
            let labels = prompt
                .answers
                .iter()
                .map(|answer| answer.label.as_str())
                .collect::<BTreeSet<_>>();
            if labels.len() < prompt.answers.len() && !labels.contains("") {
                self.notes.problem(
                    at("answers"),
                    "two buttons with the same label",
                    "four different labels",
                    "reword one of them",
                );
            }
        }
    }

    fn packs(&self) {
        for pack in &self.catalogue.packs {
            let at = format!("pack {:?}.prompts", pack.id);
            for prompt in &pack.prompts {
                self.known(at.clone(), prompt, &self.prompts);
            }
            let load: f64 = pack
                .prompts
                .iter()
                .filter_map(|prompt| self.catalogue.prompt(prompt))
                .map(|prompt| a_week(prompt.cadence))
                .sum();
            if pack.prompts.is_empty() || load > MOST_A_WEEK + ROUNDING {
                self.notes.problem(
                    at,
                    format!("{load:.2} prompts a week"),
                    format!("more than 0, at most {MOST_A_WEEK}"),
                    "remove prompts or add some, or ask them less often",
                );
            }
        }
    }

    pub(super) fn known(&self, at: String, found: &str, known: &BTreeSet<&str>) {
        if found.is_empty() || known.contains(found) {
            return;
        }
        let mend = nearest(found, known.iter().copied()).map_or_else(
            || "choose one of them, or add the entry".to_owned(),
            |near| format!("did you mean {near:?}?"),
        );
        let allowed = known.iter().copied().collect::<Vec<_>>().join(", ");
        self.notes.problem(at, format!("{found:?}"), allowed, mend);
    }

    /// Each is a known prefix, one slash, and an identifier.
    pub(super) fn maps(&self, at: &str, maps: &[String]) {
        for map in maps.iter().filter(|map| !map.is_empty()) {
            let sound = map.split_once('/').is_some_and(|(prefix, identifier)| {
                self.prefixes.contains(prefix) && !identifier.is_empty() && !identifier.contains('/')
            });
            if !sound {
                self.notes.problem(
                    at,
                    format!("{map:?}"),
                    "PREFIX/IDENTIFIER with the prefix of a [[source]], such as \"iso27001:2022/A.5.4\"",
                    "correct it, or add the source",
                );
            }
        }
    }
}

fn ids<T>(entries: &[T], id: impl Fn(&T) -> &String) -> Vec<&str> {
    entries.iter().map(|entry| id(entry).as_str()).collect()
}

fn a_week(cadence: CadenceKind) -> f64 {
    match cadence {
        CadenceKind::Weekly => 1.0,
        CadenceKind::Monthly => 12.0 / 52.0,
        CadenceKind::Quarterly => 4.0 / 52.0,
    }
}
