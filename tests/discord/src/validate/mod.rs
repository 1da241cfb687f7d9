//! What Discord accepts in a request body.
//! Invariant: every problem is reported at once, at its place in 50035's `errors` tree.

pub(crate) mod command;
pub(crate) mod components;
pub(crate) mod message;
pub(crate) mod modal;

use serde_json::{Value, json};

use crate::rest::error::ApiError;

/// Collects the problems of one body.
#[derive(Debug, Default)]
pub(crate) struct Form {
    tree: Value,
}

impl Form {
    /// Notes a problem at a dotted path such as `components.0.components.1.custom_id`.
    pub(crate) fn refuse(&mut self, path: &str, code: &str, message: &str) {
        if !self.tree.is_object() {
            self.tree = json!({});
        }
        let mut place = &mut self.tree;
        for part in path.split('.').filter(|part| !part.is_empty()) {
            if !place[part].is_object() {
                place[part] = json!({});
            }
            place = &mut place[part];
        }
        let leaf = json!({"code": code, "message": message});
        match place["_errors"].as_array_mut() {
            Some(list) => list.push(leaf),
            None => place["_errors"] = json!([leaf]),
        }
    }

    pub(crate) fn required(&mut self, path: &str) {
        self.refuse(path, "BASE_TYPE_REQUIRED", "This field is required");
    }

    pub(crate) fn into_tree(self) -> Value {
        self.tree
    }

    /// The refusal, if there was any problem.
    pub(crate) fn finish(self) -> Result<(), ApiError> {
        if self.tree.is_null() {
            Ok(())
        } else {
            Err(ApiError::invalid_form(self.tree))
        }
    }

    /// A text of `min..=max` characters (code points); absent or null counts as missing when `required`.
    pub(crate) fn text(&mut self, object: &Value, path: &str, key: &str, rule: Text) {
        let at = join(path, key);
        match &object[key] {
            Value::Null if rule.required => self.required(&at),
            Value::Null => {}
            Value::String(text) => self.length(&at, text.chars().count(), rule.min, rule.max),
            Value::Number(_) | Value::Bool(_) | Value::Array(_) | Value::Object(_) => {
                self.refuse(&at, "STRING_TYPE_CONVERT", "Could not interpret as string.");
            }
        }
    }

    /// Checks a length already counted.
    pub(crate) fn length(&mut self, path: &str, length: usize, min: usize, max: usize) {
        if length == 0 && min > 0 {
            self.required(path);
        } else if length < min || (length > max && min > 0) {
            self.refuse(
                path,
                "BASE_TYPE_BAD_LENGTH",
                &format!("Must be between {min} and {max} in length."),
            );
        } else if length > max {
            self.refuse(
                path,
                "BASE_TYPE_MAX_LENGTH",
                &format!("Must be {max} or fewer in length."),
            );
        }
    }

    /// A list of at most `max` entries; gives the entries.
    pub(crate) fn list<'a>(&mut self, object: &'a Value, path: &str, key: &str, max: usize) -> &'a [Value] {
        let at = join(path, key);
        match &object[key] {
            Value::Null => &[],
            Value::Array(entries) => {
                if entries.len() > max {
                    self.refuse(
                        &at,
                        "BASE_TYPE_MAX_LENGTH",
                        &format!("Must be {max} or fewer in length."),
                    );
                }
                entries
            }
            Value::Number(_) | Value::Bool(_) | Value::String(_) | Value::Object(_) => {
                self.refuse(&at, "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType");
                &[]
            }
        }
    }

    /// An integer within bounds, if given.
    pub(crate) fn integer(&mut self, object: &Value, path: &str, key: &str, min: i64, max: i64) {
        let at = join(path, key);
        match object[key].as_i64() {
            None if object[key].is_null() => {}
            None => self.refuse(
                &at,
                "NUMBER_TYPE_COERCE",
                &format!("Value \"{}\" is not int.", object[key]),
            ),
            Some(value) if value < min => {
                self.refuse(
                    &at,
                    "NUMBER_TYPE_MIN",
                    &format!("int value should be greater than or equal to {min}."),
                );
            }
            Some(value) if value > max => {
                self.refuse(
                    &at,
                    "NUMBER_TYPE_MAX",
                    &format!("int value should be less than or equal to {max}."),
                );
            }
            Some(_) => {}
        }
    }
}

/// The rule of a text field.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Text {
    pub(crate) required: bool,
    pub(crate) min: usize,
    pub(crate) max: usize,
}

impl Text {
    pub(crate) const fn optional(max: usize) -> Self {
        Self {
            required: false,
            min: 0,
            max,
        }
    }

    pub(crate) const fn required(min: usize, max: usize) -> Self {
        Self {
            required: true,
            min,
            max,
        }
    }
}

/// A dotted path with one more part.
pub(crate) fn join(path: &str, part: impl std::fmt::Display) -> String {
    if path.is_empty() {
        part.to_string()
    } else {
        format!("{path}.{part}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn problems_stand_at_their_place_in_the_tree() {
        let mut form = Form::default();
        form.text(
            &json!({"label": "x".repeat(81)}),
            "components.0",
            "label",
            Text::optional(80),
        );
        form.text(&json!({}), "components.0", "custom_id", Text::required(1, 100));
        let error = form.finish().unwrap_err();
        let errors = error.errors.unwrap();
        assert_eq!(
            errors["components"]["0"]["label"]["_errors"][0]["code"],
            "BASE_TYPE_MAX_LENGTH"
        );
        assert_eq!(
            errors["components"]["0"]["custom_id"]["_errors"][0]["code"],
            "BASE_TYPE_REQUIRED"
        );
    }
}
