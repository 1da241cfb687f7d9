//! The structure of a modal (components/reference.mdx): 1 to 5 rows or labels, title up to 45 characters.

use serde_json::Value;

use super::components::{Seen, select};
use super::{Form, Text, join};
use crate::rest::error::ApiError;

/// Checks the `data` of a type 9 callback.
pub(crate) fn check(data: &Value) -> Result<(), ApiError> {
    let mut form = Form::default();
    form.text(data, "data", "custom_id", Text::required(1, 100));
    form.text(data, "data", "title", Text::required(1, 45));
    let parts = form.list(data, "data", "components", 5);
    if parts.is_empty() {
        form.refuse(
            "data.components",
            "BASE_TYPE_BAD_LENGTH",
            "Must be between 1 and 5 in length.",
        );
    }
    let mut seen = Seen::default();
    for (index, part) in parts.iter().enumerate() {
        let at = format!("data.components.{index}");
        match part["type"].as_u64() {
            Some(1) => row(&mut form, part, &at, &mut seen),
            Some(18) => label(&mut form, part, &at, &mut seen),
            Some(10) => form.text(part, &at, "content", Text::required(1, 4000)),
            _ => form.refuse(
                &join(&at, "type"),
                "UNION_TYPE_CHOICES",
                "Value of field \"type\" must be one of (1, 10, 18).",
            ),
        }
    }
    form.finish()
}

fn row(form: &mut Form, row: &Value, at: &str, seen: &mut Seen) {
    let cells = form.list(row, at, "components", 1);
    if cells.is_empty() {
        form.refuse(
            &join(at, "components"),
            "BASE_TYPE_BAD_LENGTH",
            "Must be between 1 and 1 in length.",
        );
    }
    for (index, cell) in cells.iter().enumerate() {
        let place = join(at, format!("components.{index}"));
        if cell["type"].as_u64() == Some(4) {
            form.text(cell, &place, "label", Text::required(1, 45));
            text_input(form, cell, &place, seen);
        } else {
            form.refuse(
                &join(&place, "type"),
                "UNION_TYPE_CHOICES",
                "Value of field \"type\" must be one of (4,).",
            );
        }
    }
}

fn label(form: &mut Form, label: &Value, at: &str, seen: &mut Seen) {
    form.text(label, at, "label", Text::required(1, 45));
    form.text(label, at, "description", Text::optional(100));
    let child = &label["component"];
    let place = join(at, "component");
    match child["type"].as_u64() {
        Some(4) => {
            if !child["label"].is_null() {
                form.refuse(
                    &join(&place, "label"),
                    "COMPONENT_LABEL_NOT_ALLOWED",
                    "Not allowed inside a Label.",
                );
            }
            text_input(form, child, &place, seen);
        }
        Some(3 | 5..=8) => {
            select(form, child, &place, seen);
            if child["disabled"].as_bool() == Some(true) {
                form.refuse(
                    &join(&place, "disabled"),
                    "COMPONENT_DISABLED_IN_MODAL",
                    "Not allowed in a modal.",
                );
            }
        }
        Some(19 | 21..=23) => seen.custom_id(form, child, &place),
        _ => form.refuse(
            &join(&place, "type"),
            "UNION_TYPE_CHOICES",
            "Value of field \"type\" is not valid here.",
        ),
    }
}

fn text_input(form: &mut Form, input: &Value, at: &str, seen: &mut Seen) {
    seen.custom_id(form, input, at);
    if !matches!(input["style"].as_u64(), Some(1 | 2)) {
        form.refuse(&join(at, "style"), "BASE_TYPE_CHOICES", "Value must be one of (1, 2).");
    }
    form.integer(input, at, "min_length", 0, 4000);
    form.integer(input, at, "max_length", 1, 4000);
    form.text(input, at, "value", Text::optional(4000));
    form.text(input, at, "placeholder", Text::optional(100));
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn modal(title: &str, rows: usize) -> Value {
        let row = |n: usize| json!({"type": 1, "components": [{"type": 4, "custom_id": n.to_string(), "label": "L", "style": 2}]});
        json!({"custom_id": "m", "title": title, "components": (0..rows).map(row).collect::<Vec<_>>()})
    }

    #[test]
    fn a_modal_has_one_to_five_rows_and_a_short_title() {
        assert!(check(&modal("Title", 5)).is_ok());
        assert!(check(&modal("Title", 0)).is_err());
        assert!(check(&modal("Title", 6)).is_err());
        assert!(check(&modal(&"x".repeat(46), 1)).is_err());
    }
}
