//! Message components: legacy rows with buttons and selects, and the outline of Components V2
//! (components/reference.mdx).

use std::collections::BTreeSet;

use serde_json::Value;

use super::{Form, Text, join};

const ROW: u64 = 1;
const BUTTON: u64 = 2;
const TEXT_INPUT: u64 = 4;

/// Checks `components` of a message.
pub(crate) fn check(form: &mut Form, body: &Value, path: &str, is_v2: bool) {
    let at = join(path, "components");
    let max = if is_v2 { 40 } else { 5 };
    let rows = form.list(body, path, "components", max);
    let mut seen = Seen::default();
    for (index, row) in rows.iter().enumerate() {
        let place = join(&at, index);
        if is_v2 {
            node(form, row, &place, &mut seen);
        } else if row["type"].as_u64() == Some(ROW) {
            self::row(form, row, &place, &mut seen);
        } else {
            form.refuse(
                &join(&place, "type"),
                "UNION_TYPE_CHOICES",
                "Value of field \"type\" must be one of (1,).",
            );
        }
    }
    if seen.count > 40 {
        form.refuse(
            &at,
            "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED",
            "The total number of components cannot exceed 40",
        );
    }
}

/// What must be unique in one message or modal.
#[derive(Debug, Default)]
pub(crate) struct Seen {
    custom_ids: BTreeSet<String>,
    count: usize,
}

impl Seen {
    /// Checks a custom id: 1 to 100 characters, not used twice.
    pub(crate) fn custom_id(&mut self, form: &mut Form, object: &Value, path: &str) {
        form.text(object, path, "custom_id", Text::required(1, 100));
        if let Some(id) = object["custom_id"].as_str()
            && !self.custom_ids.insert(id.to_owned())
        {
            let message = "Component custom id cannot be duplicated";
            form.refuse(&join(path, "custom_id"), "COMPONENT_CUSTOM_ID_DUPLICATED", message);
        }
    }
}

/// One component of a V2 message, with its children.
fn node(form: &mut Form, component: &Value, path: &str, seen: &mut Seen) {
    seen.count += 1;
    match component["type"].as_u64().unwrap_or(0) {
        ROW => row(form, component, path, seen),
        10 => form.text(component, path, "content", Text::required(1, 4000)),
        9 => {
            children(form, component, path, 3, seen);
            if component["accessory"].is_null() {
                form.required(&join(path, "accessory"));
            } else {
                leaf(form, &component["accessory"], &join(path, "accessory"), seen);
            }
        }
        17 => children(form, component, path, 40, seen),
        12 => {
            form.list(component, path, "items", 10);
        }
        11 | 13 | 14 => {}
        _ => form.refuse(
            &join(path, "type"),
            "UNION_TYPE_CHOICES",
            "Value of field \"type\" is not valid here.",
        ),
    }
}

fn children(form: &mut Form, parent: &Value, path: &str, max: usize, seen: &mut Seen) {
    for (index, child) in form.list(parent, path, "components", max).iter().enumerate() {
        node(form, child, &join(path, format!("components.{index}")), seen);
    }
}

/// An action row: one to five buttons, or one select.
fn row(form: &mut Form, row: &Value, path: &str, seen: &mut Seen) {
    let at = join(path, "components");
    let cells = form.list(row, path, "components", 5);
    if cells.is_empty() {
        form.refuse(&at, "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 5 in length.");
    }
    let buttons = cells
        .iter()
        .filter(|cell| cell["type"].as_u64() == Some(BUTTON))
        .count();
    if buttons != cells.len() && cells.len() > 1 {
        form.refuse(
            &at,
            "COMPONENT_LAYOUT_WIDTH_EXCEEDED",
            "The specified component exceeds the maximum width",
        );
    }
    for (index, cell) in cells.iter().enumerate() {
        seen.count += 1;
        leaf(form, cell, &join(&at, index), seen);
    }
}

fn leaf(form: &mut Form, cell: &Value, path: &str, seen: &mut Seen) {
    match cell["type"].as_u64().unwrap_or(0) {
        BUTTON => button(form, cell, path, seen),
        TEXT_INPUT | 0 | ROW | 9..=10 | 12..=u64::MAX => {
            let message = "Value of field \"type\" must be one of (2, 3, 5, 6, 7, 8).";
            form.refuse(&join(path, "type"), "UNION_TYPE_CHOICES", message);
        }
        11 => {}
        3 | 5..=8 => select(form, cell, path, seen),
    }
}

fn button(form: &mut Form, button: &Value, path: &str, seen: &mut Seen) {
    form.text(button, path, "label", Text::optional(80));
    let style = button["style"].as_u64().unwrap_or(0);
    match style {
        1..=4 => {
            seen.custom_id(form, button, path);
            if !button["url"].is_null() {
                form.refuse(
                    &join(path, "url"),
                    "BUTTON_COMPONENT_INVALID_URL",
                    "A url can only be used on a link button",
                );
            }
            if button["label"].is_null() && button["emoji"].is_null() {
                form.refuse(path, "BUTTON_COMPONENT_EMPTY", "A button needs a label or an emoji");
            }
        }
        5 => {
            form.text(button, path, "url", Text::required(1, 512));
            if !button["custom_id"].is_null() {
                let message = "A custom id and url cannot both be specified";
                form.refuse(path, "BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE", message);
            }
        }
        6 => {}
        _ => form.refuse(
            &join(path, "style"),
            "BASE_TYPE_CHOICES",
            "Value must be one of (1, 2, 3, 4, 5, 6).",
        ),
    }
}

/// Checks a select menu; used for messages and modals.
pub(crate) fn select(form: &mut Form, select: &Value, path: &str, seen: &mut Seen) {
    seen.custom_id(form, select, path);
    form.text(select, path, "placeholder", Text::optional(150));
    form.integer(select, path, "min_values", 0, 25);
    form.integer(select, path, "max_values", 1, 25);
    if select["type"].as_u64() != Some(3) {
        return;
    }
    let options = form.list(select, path, "options", 25);
    if options.is_empty() {
        form.refuse(
            &join(path, "options"),
            "BASE_TYPE_BAD_LENGTH",
            "Must be between 1 and 25 in length.",
        );
    }
    let mut values = BTreeSet::new();
    for (index, option) in options.iter().enumerate() {
        let at = join(path, format!("options.{index}"));
        form.text(option, &at, "label", Text::required(1, 100));
        form.text(option, &at, "value", Text::required(1, 100));
        form.text(option, &at, "description", Text::optional(100));
        if !values.insert(option["value"].as_str().unwrap_or("")) {
            let message = "The specified option value is already used";
            form.refuse(&join(&at, "value"), "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED", message);
        }
    }
    if select["max_values"]
        .as_u64()
        .is_some_and(|max| max as usize > options.len())
    {
        form.refuse(
            &join(path, "max_values"),
            "NUMBER_TYPE_MAX",
            "More values than options.",
        );
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn errors(components: &Value) -> Value {
        let mut form = Form::default();
        check(&mut form, &json!({"components": components}), "", false);
        form.into_tree()
    }

    fn button(id: &str) -> Value {
        json!({"type": 2, "style": 2, "label": "Done", "custom_id": id})
    }

    #[test]
    fn a_row_of_buttons_passes() {
        assert!(errors(&json!([{"type": 1, "components": [button("a"), button("b")]}])).is_null());
    }

    #[test]
    fn custom_ids_are_unique_and_short() {
        let twice = errors(&json!([{"type": 1, "components": [button("a"), button("a")]}]));
        let leaf = &twice["components"]["0"]["components"]["1"]["custom_id"]["_errors"][0]["code"];
        assert_eq!(leaf, "COMPONENT_CUSTOM_ID_DUPLICATED");
        assert!(!errors(&json!([{"type": 1, "components": [button(&"x".repeat(101))]}])).is_null());
    }

    #[test]
    fn six_rows_or_six_buttons_are_too_many() {
        let row = json!({"type": 1, "components": [{"type": 2, "style": 5, "label": "l", "url": "https://a.b"}]});
        assert!(!errors(&json!(vec![row; 6])).is_null());
        let buttons: Vec<Value> = (0..6).map(|n| button(&n.to_string())).collect();
        assert!(!errors(&json!([{"type": 1, "components": buttons}])).is_null());
    }
}
