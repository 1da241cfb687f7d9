//! Modals as a person sees them, and filling them in.

use serde_json::{Value, json};

use super::event::Happening;
use super::outcome::Handle;
use super::{Person, Refusal};
use crate::ids::Id;
use crate::state::interaction::Kind;

/// A modal on a person's screen.
#[derive(Debug, Clone, PartialEq)]
pub struct ModalShown {
    /// The interaction it answers.
    pub interaction: Id,
    /// `data` of the callback as sent: `custom_id`, `title`, `components`.
    pub data: Value,
}

/// One field of a modal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    pub custom_id: String,
    pub label: String,
    pub required: bool,
    /// Discord's component type; 4 is a text input.
    pub kind: u64,
    /// What is filled in beforehand.
    pub value: Option<String>,
}

impl ModalShown {
    pub fn custom_id(&self) -> &str {
        self.data["custom_id"].as_str().unwrap_or("")
    }

    pub fn title(&self) -> &str {
        self.data["title"].as_str().unwrap_or("")
    }

    /// The fields from top to bottom.
    pub fn fields(&self) -> Vec<Field> {
        let parts = self.data["components"].as_array();
        parts
            .into_iter()
            .flatten()
            .filter_map(|part| {
                let input = input_of(part);
                let label = if input["label"].is_null() {
                    &part["label"]
                } else {
                    &input["label"]
                };
                Some(Field {
                    custom_id: input["custom_id"].as_str()?.to_owned(),
                    label: label.as_str().unwrap_or("").to_owned(),
                    required: input["required"].as_bool().unwrap_or(true),
                    kind: input["type"].as_u64().unwrap_or(0),
                    value: input["value"].as_str().map(str::to_owned),
                })
            })
            .collect()
    }
}

/// The input of a row or label.
fn input_of(part: &Value) -> &Value {
    if part["type"] == 18 {
        &part["component"]
    } else {
        &part["components"][0]
    }
}

impl Person {
    /// Fills in a modal, by custom id, and sends it; a field not named keeps what it held. Values of a select or a
    /// checkbox group are separated by commas.
    pub fn submit(&self, modal: &ModalShown, values: &[(&str, &str)]) -> Result<Handle, Refusal> {
        let fields = modal.fields();
        if let Some((name, _)) = values
            .iter()
            .find(|(name, _)| !fields.iter().any(|field| field.custom_id == *name))
        {
            return Err(Refusal::BadInput(format!("no field {name:?}")));
        }
        let mut rows = Vec::new();
        for part in modal.data["components"].as_array().into_iter().flatten() {
            let input = input_of(part);
            let id = input["custom_id"].as_str().unwrap_or("");
            let given = values.iter().find(|(name, _)| *name == id).map(|(_, value)| *value);
            let value = given.or(input["value"].as_str()).unwrap_or("");
            check(input, value).map_err(|why| Refusal::BadInput(format!("field {id:?}: {why}")))?;
            rows.push(sent(part, input, value));
        }
        self.forged_submit(modal, json!({"custom_id": modal.custom_id(), "components": rows}))
    }

    /// Sends any `data` as the submission of a modal.
    pub fn forged_submit(&self, modal: &ModalShown, data: Value) -> Result<Handle, Refusal> {
        let mut state = self.shared.state();
        let cause = state.interactions.get(&modal.interaction).ok_or(Refusal::NotVisible)?;
        let happening = Happening {
            kind: Kind::Modal,
            application: cause.application,
            user: self.id(),
            channel: cause.channel,
            source: cause.source,
            data,
        };
        Ok(self.happen(&mut state, &happening))
    }
}

fn check(input: &Value, value: &str) -> Result<(), String> {
    let length = value.chars().count() as u64;
    if length == 0 {
        return if input["required"].as_bool().unwrap_or(true) {
            Err("is required".to_owned())
        } else {
            Ok(())
        };
    }
    if input["type"] != 4 {
        return Ok(());
    }
    let (least, most) = (
        input["min_length"].as_u64().unwrap_or(0),
        input["max_length"].as_u64().unwrap_or(4000),
    );
    if (least..=most).contains(&length) {
        Ok(())
    } else {
        Err(format!("must have {least} to {most} characters"))
    }
}

/// The part as a submission carries it: rows as rows, labels as labels.
fn sent(part: &Value, input: &Value, value: &str) -> Value {
    let kind = input["type"].as_u64().unwrap_or(4);
    let mut cell = json!({"type": kind, "custom_id": input["custom_id"], "id": 2});
    match kind {
        3 | 5..=8 | 22 => {
            let values: Vec<&str> = value.split(',').filter(|value| !value.is_empty()).collect();
            cell["values"] = json!(values);
        }
        23 => cell["value"] = json!(value == "true"),
        _ => cell["value"] = json!(value),
    }
    match part["type"].as_u64() {
        Some(18) => json!({"type": 18, "id": 1, "component": cell}),
        Some(10) => json!({"type": 10, "id": 1}),
        Some(_) | None => json!({"type": 1, "id": 1, "components": [cell]}),
    }
}
