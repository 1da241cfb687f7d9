//! A form as it was sent.

use std::collections::BTreeMap;

use serenity::all::{ActionRowComponent, ModalInteraction};

/// What came with a form. Has no `Debug`.
pub struct Sent(ModalInteraction);

impl Sent {
    pub const fn new(modal: ModalInteraction) -> Self {
        Self(modal)
    }

    /// What was typed, by the names of the inputs.
    pub fn fields(self) -> BTreeMap<String, String> {
        let inputs = self.0.data.components.into_iter().flat_map(|row| row.components);
        inputs
            .filter_map(|component| match component {
                ActionRowComponent::InputText(input) => Some((input.custom_id, input.value.unwrap_or_default())),
                _ => None,
            })
            .collect()
    }

    /// The sender's name in the server where the form was sent.
    pub fn sender(&self) -> String {
        let Self(modal) = self;
        let nick = modal.member.as_ref().and_then(|member| member.nick.clone());
        let name = nick.or_else(|| modal.user.global_name.clone());
        name.unwrap_or_else(|| modal.user.name.clone())
    }
}
