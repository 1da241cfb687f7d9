//! What was typed into a command.

use std::collections::BTreeMap;

use serenity::all::{CommandDataOption, CommandDataOptionValue, CommandInteraction};

use super::call::member_id;
use crate::ids::MemberId;

/// A command's options, by their names.
pub struct Options {
    pub texts: BTreeMap<String, String>,
    pub member: Option<MemberId>,
    /// The sub-command, whose options these are.
    pub sub: Option<String>,
}

impl Options {
    pub fn of(interaction: &CommandInteraction) -> Self {
        let mut options = Self {
            texts: BTreeMap::new(),
            member: None,
            sub: None,
        };
        options.take(&interaction.data.options);
        options
    }

    fn take(&mut self, given: &[CommandDataOption]) {
        for option in given {
            match &option.value {
                CommandDataOptionValue::String(text) => {
                    self.texts.insert(option.name.clone(), text.clone());
                }
                CommandDataOptionValue::User(user) => self.member = Some(member_id(*user)),
                CommandDataOptionValue::SubCommand(inner) => {
                    self.sub = Some(option.name.clone());
                    self.take(inner);
                }
                _ => {}
            }
        }
    }
}
