//! Application commands (interactions/application-commands.mdx): names, options, choices, sums and counts.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{Form, Text, join};

/// Locales Discord knows (reference.mdx).
const LOCALES: &[&str] = &[
    "id", "da", "de", "en-GB", "en-US", "es-ES", "es-419", "fr", "hr", "it", "lt", "hu", "nl", "no", "pl", "pt-BR",
    "ro", "fi", "sv-SE", "vi", "tr", "cs", "el", "bg", "ru", "uk", "hi", "th", "zh-CN", "ja", "zh-TW", "ko",
];

/// Checks a whole scope as PUT sends it.
pub(crate) fn check_all(commands: &[Value]) -> Form {
    let mut form = Form::default();
    let mut seen = BTreeSet::new();
    for (index, command) in commands.iter().enumerate() {
        let at = index.to_string();
        check(&mut form, command, &at);
        let key = (kind(command), command["name"].as_str().unwrap_or("").to_owned());
        if !seen.insert(key) {
            form.refuse(
                &join(&at, "name"),
                "APPLICATION_COMMANDS_DUPLICATE_NAME",
                "Application command names must be unique",
            );
        }
    }
    form
}

/// A command's type; 1 (slash command) if absent.
pub(crate) fn kind(command: &Value) -> u64 {
    command["type"].as_u64().unwrap_or(1)
}

/// Checks one command.
pub(crate) fn check(form: &mut Form, command: &Value, path: &str) {
    let slash = kind(command) == 1;
    name(form, command, path, slash);
    if slash {
        form.text(command, path, "description", Text::required(1, 100));
        options(form, command, path, 0);
    } else if command["description"].as_str().is_some_and(|text| !text.is_empty()) {
        form.refuse(
            &join(path, "description"),
            "APPLICATION_COMMAND_DESCRIPTION_NOT_ALLOWED",
            "Context menu commands cannot have description",
        );
    }
    localizations(form, command, path, slash);
    bits(form, command, path);
    for (key, most) in [("contexts", 2), ("integration_types", 1)] {
        for value in form.list(command, path, key, 3) {
            if value.as_u64().is_none_or(|value| value > most) {
                form.refuse(&join(path, key), "BASE_TYPE_CHOICES", "Value is not a valid choice.");
            }
        }
    }
    if size(command) > 8000 {
        form.refuse(
            path,
            "APPLICATION_COMMAND_TOO_LARGE",
            "Command exceeds maximum size (8000)",
        );
    }
}

fn bits(form: &mut Form, command: &Value, path: &str) {
    let bits = &command["default_member_permissions"];
    if !(bits.is_null() || bits.is_u64() || bits.as_str().is_some_and(|text| text.parse::<u64>().is_ok())) {
        form.refuse(
            &join(path, "default_member_permissions"),
            "NUMBER_TYPE_COERCE",
            "Value is not int.",
        );
    }
}

/// `^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$`, lower case, for slash commands and options.
fn name(form: &mut Form, object: &Value, path: &str, strict: bool) {
    form.text(object, path, "name", Text::required(1, 32));
    if let Some(name) = object["name"].as_str().filter(|_| strict) {
        name_shape(form, name, &join(path, "name"));
    }
}

fn name_shape(form: &mut Form, name: &str, at: &str) {
    let allowed = |c: char| {
        c.is_alphanumeric()
            || "-_'".contains(c)
            || ('\u{900}'..='\u{97f}').contains(&c)
            || ('\u{e00}'..='\u{e7f}').contains(&c)
    };
    if !name.chars().all(allowed) || name.to_lowercase() != name {
        form.refuse(at, "APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid");
    }
}

fn localizations(form: &mut Form, object: &Value, path: &str, strict: bool) {
    for (key, max) in [("name_localizations", 32), ("description_localizations", 100)] {
        let at = join(path, key);
        for (locale, text) in object[key].as_object().into_iter().flatten() {
            let place = join(&at, locale);
            if !LOCALES.contains(&locale.as_str()) {
                form.refuse(&place, "BASE_TYPE_CHOICES", "Not a locale.");
            }
            let Some(text) = text.as_str() else { continue };
            form.length(&place, text.chars().count(), 1, max);
            if key == "name_localizations" && strict {
                name_shape(form, text, &place);
            }
        }
    }
}

fn options(form: &mut Form, parent: &Value, path: &str, depth: usize) {
    let list = form.list(parent, path, "options", 25);
    let mut names = BTreeSet::new();
    let mut optional_seen = false;
    for (index, option) in list.iter().enumerate() {
        let at = join(path, format!("options.{index}"));
        self::option(form, option, &at, depth);
        if !names.insert(option["name"].as_str().unwrap_or("")) {
            form.refuse(
                &join(&at, "name"),
                "APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS",
                "Option name already exists",
            );
        }
        let required = option["required"].as_bool().unwrap_or(false);
        if required && optional_seen {
            let message = "Required options must be placed before non-required options";
            form.refuse(&at, "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID", message);
        }
        optional_seen |= !required;
    }
    let subs = list
        .iter()
        .filter(|option| matches!(option["type"].as_u64(), Some(1 | 2)))
        .count();
    if subs != 0 && subs != list.len() {
        let message = "Sub-command and sub-command group option types are mutually exclusive to all other types";
        form.refuse(
            &join(path, "options"),
            "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID",
            message,
        );
    }
}

fn option(form: &mut Form, option: &Value, path: &str, depth: usize) {
    name(form, option, path, true);
    form.text(option, path, "description", Text::required(1, 100));
    localizations(form, option, path, true);
    let kind = option["type"].as_u64().unwrap_or(0);
    match kind {
        2 if depth == 0 => options(form, option, path, 1),
        1 if depth <= 1 => options(form, option, path, 2),
        3..=11 => choices(form, option, path),
        _ => form.refuse(&join(path, "type"), "BASE_TYPE_CHOICES", "Value is not a valid choice."),
    }
    if kind == 3 {
        form.integer(option, path, "min_length", 0, 6000);
        form.integer(option, path, "max_length", 1, 6000);
    }
}

fn choices(form: &mut Form, option: &Value, path: &str) {
    let list = form.list(option, path, "choices", 25);
    if !list.is_empty() && option["autocomplete"].as_bool() == Some(true) {
        let message = "Autocomplete and choices are mutually exclusive";
        form.refuse(path, "APPLICATION_COMMAND_OPTIONS_CHOICES_AND_AUTOCOMPLETE", message);
    }
    let mut names = BTreeSet::new();
    for (index, choice) in list.iter().enumerate() {
        let at = join(path, format!("choices.{index}"));
        form.text(choice, &at, "name", Text::required(1, 100));
        if !names.insert(choice["name"].as_str().unwrap_or("")) {
            form.refuse(
                &at,
                "APPLICATION_COMMAND_OPTIONS_CHOICE_NAME_ALREADY_EXISTS",
                "Option choice name already exists",
            );
        }
        match option["type"].as_u64() {
            Some(3) => form.text(choice, &at, "value", Text::required(1, 100)),
            Some(4) if !choice["value"].is_i64() && !choice["value"].is_u64() => {
                form.refuse(&join(&at, "value"), "NUMBER_TYPE_COERCE", "Value is not int.");
            }
            Some(10) if !choice["value"].is_number() => {
                form.refuse(&join(&at, "value"), "NUMBER_TYPE_COERCE", "Value is not float.");
            }
            _ => {}
        }
    }
}

/// Characters of name, description and values, the longest localization of each, over all options.
fn size(object: &Value) -> usize {
    let longest = |key: &str| {
        let default = object[key].as_str().map_or(0, |text| text.chars().count());
        let others = object[format!("{key}_localizations")].as_object();
        let other = others
            .into_iter()
            .flatten()
            .filter_map(|(_, text)| text.as_str())
            .map(|text| text.chars().count())
            .max();
        default.max(other.unwrap_or(0))
    };
    let value = object["value"].as_str().map_or(0, |text| text.chars().count());
    let below = ["options", "choices"]
        .iter()
        .filter_map(|key| object[*key].as_array())
        .flatten()
        .map(size)
        .sum::<usize>();
    longest("name") + longest("description") + value + below
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn refused(command: &Value) -> bool {
        check_all(std::slice::from_ref(command)).finish().is_err()
    }

    #[test]
    fn names_are_lower_case_and_short() {
        assert!(!refused(&json!({"name": "streaks", "description": "d"})));
        assert!(!refused(&json!({"name": "rückstand", "description": "d"})));
        assert!(refused(&json!({"name": "Streaks", "description": "d"})));
        assert!(refused(&json!({"name": "two words", "description": "d"})));
        assert!(refused(&json!({"name": "x".repeat(33), "description": "d"})));
        assert!(refused(&json!({"name": "a", "description": ""})));
        assert!(!refused(&json!({"name": "Two Words", "type": 3})));
    }

    #[test]
    fn required_options_come_first() {
        let option =
            |name: &str, required: bool| json!({"type": 3, "name": name, "description": "d", "required": required});
        let good = json!({"name": "a", "description": "d", "options": [option("x", true), option("y", false)]});
        let bad = json!({"name": "a", "description": "d", "options": [option("x", false), option("y", true)]});
        assert!(!refused(&good));
        assert!(refused(&bad));
    }

    #[test]
    fn a_command_holds_8000_characters() {
        let choice = |n: usize| json!({"name": format!("{n:0>100}"), "value": "v".repeat(100)});
        let option = |name: usize| json!({"type": 3, "name": format!("o{name}"), "description": "d", "choices": (0..25).map(choice).collect::<Vec<_>>()});
        let one = json!({"name": "a", "description": "d", "options": [option(1)]});
        let two = json!({"name": "a", "description": "d", "options": [option(1), option(2)]});
        assert!(!refused(&one));
        assert!(refused(&two));
    }
}
