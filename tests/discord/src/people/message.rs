//! A message as a person sees it.

use serde_json::Value;

use crate::ids::{self, Id};

/// A message; [`Message::raw`] is the object as Discord holds it.
#[derive(Debug, Clone, PartialEq)]
pub struct Message(Value);

/// A button of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Button {
    pub label: String,
    /// Empty for a link.
    pub custom_id: String,
    pub disabled: bool,
}

/// A select menu of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Menu {
    pub custom_id: String,
    /// What it says before anything is chosen.
    pub placeholder: String,
    /// Labels and values; empty if it offers people, roles or channels.
    pub options: Vec<(String, String)>,
}

impl Message {
    pub(crate) fn new(json: Value) -> Self {
        Self(json)
    }

    pub fn raw(&self) -> &Value {
        &self.0
    }

    pub fn id(&self) -> Id {
        ids::read(&self.0["id"]).unwrap_or_default()
    }

    pub fn channel(&self) -> Id {
        ids::read(&self.0["channel_id"]).unwrap_or_default()
    }

    pub fn author(&self) -> Id {
        ids::read(&self.0["author"]["id"]).unwrap_or_default()
    }

    pub fn content(&self) -> &str {
        self.0["content"].as_str().unwrap_or("")
    }

    /// When it was made, UTC ms.
    pub fn made_at(&self) -> i64 {
        ids::made_at(self.id())
    }

    /// Whether only one person sees it.
    pub fn is_ephemeral(&self) -> bool {
        self.0["flags"].as_u64().unwrap_or(0) & crate::state::message::EPHEMERAL != 0
    }

    /// The buttons in reading order.
    pub fn buttons(&self) -> Vec<Button> {
        let mut cells = Vec::new();
        collect(&self.0["components"], &mut cells);
        let buttons = cells.into_iter().filter(|cell| cell["type"] == 2);
        buttons
            .map(|cell| Button {
                label: cell["label"].as_str().unwrap_or("").to_owned(),
                custom_id: cell["custom_id"].as_str().unwrap_or("").to_owned(),
                disabled: cell["disabled"].as_bool().unwrap_or(false),
            })
            .collect()
    }

    /// The custom id of the button with this label.
    pub fn button(&self, label: &str) -> Option<String> {
        self.buttons()
            .into_iter()
            .find(|button| button.label == label)
            .map(|button| button.custom_id)
    }

    /// The select menus in reading order.
    pub fn menus(&self) -> Vec<Menu> {
        let mut cells = Vec::new();
        collect(&self.0["components"], &mut cells);
        let said = |value: &Value| value.as_str().unwrap_or("").to_owned();
        let menus = cells
            .into_iter()
            .filter(|cell| matches!(cell["type"].as_u64(), Some(3 | 5..=8)));
        menus
            .map(|cell| Menu {
                custom_id: said(&cell["custom_id"]),
                placeholder: said(&cell["placeholder"]),
                options: cell["options"]
                    .as_array()
                    .into_iter()
                    .flatten()
                    .map(|option| (said(&option["label"]), said(&option["value"])))
                    .collect(),
            })
            .collect()
    }

    /// The component with this custom id, as sent.
    pub fn component(&self, custom_id: &str) -> Option<Value> {
        let mut cells = Vec::new();
        collect(&self.0["components"], &mut cells);
        cells.into_iter().find(|cell| cell["custom_id"] == custom_id).cloned()
    }

    /// Everything there is to read: content, embeds, text displays, and the buttons' labels in brackets.
    pub fn text(&self) -> String {
        let mut lines = vec![self.content().to_owned()];
        for embed in self.0["embeds"].as_array().into_iter().flatten() {
            let said = |value: &Value| value.as_str().map(str::to_owned);
            lines.extend(
                [&embed["author"]["name"], &embed["title"], &embed["description"]]
                    .into_iter()
                    .filter_map(said),
            );
            for field in embed["fields"].as_array().into_iter().flatten() {
                lines.push(format!(
                    "{}: {}",
                    field["name"].as_str().unwrap_or(""),
                    field["value"].as_str().unwrap_or("")
                ));
            }
            lines.extend(said(&embed["footer"]["text"]));
        }
        let mut cells = Vec::new();
        collect(&self.0["components"], &mut cells);
        lines.extend(
            cells
                .iter()
                .filter(|cell| cell["type"] == 10)
                .filter_map(|cell| cell["content"].as_str())
                .map(str::to_owned),
        );
        let buttons: Vec<String> = self
            .buttons()
            .into_iter()
            .map(|button| format!("[{}]", button.label))
            .collect();
        lines.push(buttons.join(" "));
        lines.retain(|line| !line.is_empty());
        lines.join("\n")
    }
}

/// All components below, in reading order.
fn collect<'a>(components: &'a Value, cells: &mut Vec<&'a Value>) {
    for component in components.as_array().into_iter().flatten() {
        cells.push(component);
        collect(&component["components"], cells);
        if component["accessory"].is_object() {
            cells.push(&component["accessory"]);
        }
    }
}
