//! What must hold for pulses, briefings and concerns.

use super::check::{Check, set};
use super::staff::TemplateKind;

/// Who acts only in `never_to`.
const ONLY_NEVER: [&str; 3] = ["own-manager", "named-person", "bot-admin"];
/// What a reply to a concern may be filled with.
const PLACEHOLDERS: [&str; 9] = [
    "case",
    "received",
    "first_word_by",
    "feedback_by",
    "handler",
    "change",
    "reason",
    "question",
    "other_way",
];
/// Most options of a select on Discord; the categories of concerns are one.
const MOST_OPTIONS: usize = 25;

impl Check<'_> {
    pub(super) fn pulses(&self) {
        let scales = set(self.catalogue.scales.iter().map(|scale| &scale.id));
        let mirrored = self.prompts.union(&self.themes).copied().collect();
        for pulse in &self.catalogue.pulses {
            self.known(format!("pulse {:?}.scale", pulse.id), &pulse.scale, &scales);
            for mirror in &pulse.mirrors {
                self.known(format!("pulse {:?}.mirrors", pulse.id), mirror, &mirrored);
            }
        }
    }

    pub(super) fn briefing(&self) {
        for item in &self.catalogue.briefing_items {
            self.maps(&format!("briefing_item {:?}.maps", item.id), &item.maps);
        }
    }

    pub(super) fn concerns(&self) {
        let templates = self
            .catalogue
            .concern_templates
            .iter()
            .filter(|template| template.kind == TemplateKind::Acknowledge)
            .map(|template| template.id.as_str())
            .collect();
        let never = self.roles.iter().copied().chain(ONLY_NEVER).collect();
        for category in &self.catalogue.concern_categories {
            let at = |key: &str| format!("concern_category {:?}.{key}", category.id);
            self.known(at("acknowledge_with"), &category.acknowledge_with, &templates);
            self.known(at("route"), &category.route, &self.roles);
            for role in &category.never_to {
                self.known(at("never_to"), role, &never);
            }
            if category.never_to.contains(&category.route) {
                self.notes.problem(
                    at("route"),
                    format!("{:?}, which never_to also names", category.route),
                    "a role that may see the case",
                    "route it to another role",
                );
            }
        }
        let number = self.catalogue.concern_categories.len();
        if number > MOST_OPTIONS {
            self.notes.problem(
                "concern_category",
                format!("{number} entries"),
                format!("at most {MOST_OPTIONS}, as Discord shows them in one list"),
                "merge some of them",
            );
        }
    }

    pub(super) fn templates(&self) {
        let known = PLACEHOLDERS.into_iter().collect();
        for template in &self.catalogue.concern_templates {
            let at = format!("concern_template {:?}.text", template.id);
            match placeholders(&template.text) {
                Some(names) => names.into_iter().for_each(|name| self.known(at.clone(), name, &known)),
                None => self.notes.problem(
                    at,
                    "an unmatched brace",
                    "placeholders such as {case}",
                    "close or remove the brace",
                ),
            }
        }
    }
}

/// The names in braces; nothing when a brace has no partner.
fn placeholders(text: &str) -> Option<Vec<&str>> {
    let mut names = Vec::new();
    let mut rest = text;
    while let Some(open) = rest.find(['{', '}']) {
        let (name, after) = rest[open..].strip_prefix('{')?.split_once('}')?;
        if name.contains('{') {
            return None;
        }
        names.push(name);
        rest = after;
    }
    Some(names)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn braces_come_in_pairs() {
        assert_eq!(placeholders("a {case} b {x}"), Some(vec!["case", "x"]));
        assert_eq!(placeholders("none"), Some(vec![]));
        for wrong in ["{", "}", "a } b {", "{{case}}"] {
            assert_eq!(placeholders(wrong), None, "{wrong}");
        }
    }
}
