//! People who act as a Discord client lets them: write, press, fill in, run commands. Invariant: what a client would
//! not let a person do is a [`Refusal`]; only `forged_*` bypasses it.

mod command;
mod event;
mod look;
pub(crate) mod message;
mod modal;
pub(crate) mod outcome;

use std::fmt;
use std::sync::Arc;

use serde_json::{Value, json};

use crate::ids::{self, Id};
use crate::rest::body::Upload;
use crate::rest::messages::{Draft, write};
use crate::server::{Discord, Shared};
use crate::state::State;
use crate::state::interaction::Kind;
use crate::state::permissions::{SEND_MESSAGES, USE_APPLICATION_COMMANDS, VIEW_CHANNEL};

use event::Happening;
use message::Message;
pub use modal::ModalShown;
use outcome::Handle;

/// Where a person acts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// A channel of a guild, or a DM by its id.
    Channel(Id),
    /// The DM with the bot, opened if need be.
    Dm,
}

/// Why a Discord client would not let a person do that.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// No such command is registered for this place.
    UnknownCommand(String),
    /// `default_member_permissions` or USE_APPLICATION_COMMANDS keep the person from the command.
    NotPermitted,
    /// The person cannot see the channel or message, or may not write there.
    NotVisible,
    /// The message has no enabled component with this custom id.
    NoSuchComponent(String),
    /// An option or input is missing, unknown, or outside what the definition allows.
    BadInput(String),
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownCommand(name) => write!(f, "no command /{name} here"),
            Self::NotPermitted => write!(f, "no permission for the command"),
            Self::NotVisible => write!(f, "the person does not see this, or may not write here"),
            Self::NoSuchComponent(id) => write!(f, "no enabled component {id:?}"),
            Self::BadInput(why) => write!(f, "bad input: {why}"),
        }
    }
}

impl std::error::Error for Refusal {}

/// One person at their Discord client.
#[derive(Clone)]
pub struct Person {
    pub(crate) shared: Arc<Shared>,
    id: Id,
}

impl Person {
    pub(crate) fn new(shared: &Arc<Shared>, id: Id) -> Self {
        Self {
            shared: Arc::clone(shared),
            id,
        }
    }

    pub fn id(&self) -> Id {
        self.id
    }

    /// Changes the language of the person's client.
    pub fn set_locale(&self, locale: &str) {
        if let Some(user) = self.shared.state().users.get_mut(&self.id) {
            locale.clone_into(&mut user.locale);
        }
    }

    /// Writes to a bot.
    pub fn dm(&self, bot: Id, text: &str) -> Result<Message, Refusal> {
        let channel = self.shared.state().open_dm(bot, self.id);
        self.write(channel, &json!({"content": text}))
    }

    /// Writes in a channel.
    pub fn say(&self, channel: Id, text: &str) -> Result<Message, Refusal> {
        self.write(channel, &json!({"content": text}))
    }

    /// Replies to a message.
    pub fn reply_to(&self, message: &Message, text: &str) -> Result<Message, Refusal> {
        let reference = json!({"message_id": ids::text(message.id())});
        self.write(
            message.channel(),
            &json!({"content": text, "message_reference": reference}),
        )
    }

    /// Writes in a channel, or to a bot by the channel of its DM, with files: name and content.
    pub fn say_with_files(&self, channel: Id, text: &str, files: &[(&str, &[u8])]) -> Result<Message, Refusal> {
        let uploads: Vec<Upload> = files
            .iter()
            .enumerate()
            .map(|(at, (name, content))| Upload {
                part: format!("files[{at}]"),
                filename: (*name).to_owned(),
                content_type: None,
                bytes: content.to_vec().into(),
            })
            .collect();
        self.write_with(channel, &json!({"content": text}), &uploads)
    }

    fn write(&self, channel: Id, body: &Value) -> Result<Message, Refusal> {
        self.write_with(channel, body, &[])
    }

    fn write_with(&self, channel: Id, body: &Value, files: &[Upload]) -> Result<Message, Refusal> {
        let mut state = self.shared.state();
        let place = state.channels.get(&channel).ok_or(Refusal::NotVisible)?;
        let needed = VIEW_CHANNEL | SEND_MESSAGES;
        if state.permissions_in(place, self.id) & needed != needed {
            return Err(Refusal::NotVisible);
        }
        let draft = Draft {
            channel,
            author: self.id,
            body,
            files,
        };
        let id = write(&mut state, &draft).map_err(|error| Refusal::BadInput(error.message))?;
        let message = state
            .messages
            .get(&id)
            .map(|message| Message::new(message.json.clone()));
        drop(state);
        self.shared.changed();
        message.ok_or(Refusal::NotVisible)
    }

    /// Presses a button of a message; `custom_id` must be there and enabled.
    pub fn press(&self, message: &Message, custom_id: &str) -> Result<Handle, Refusal> {
        let current = self.visible(message.id())?;
        if current
            .buttons()
            .iter()
            .any(|button| button.custom_id == custom_id && !button.disabled)
        {
            self.component(
                message.id(),
                &json!({"custom_id": custom_id, "component_type": 2, "id": 0}),
            )
        } else {
            Err(Refusal::NoSuchComponent(custom_id.to_owned()))
        }
    }

    /// Chooses values of a select menu of a message.
    pub fn choose(&self, message: &Message, custom_id: &str, values: &[&str]) -> Result<Handle, Refusal> {
        let current = self.visible(message.id())?;
        let select = current
            .component(custom_id)
            .ok_or_else(|| Refusal::NoSuchComponent(custom_id.to_owned()))?;
        let (least, most) = (
            select["min_values"].as_u64().unwrap_or(1),
            select["max_values"].as_u64().unwrap_or(1),
        );
        if !(least..=most).contains(&(values.len() as u64)) {
            return Err(Refusal::BadInput(format!("{least} to {most} values")));
        }
        let options = select["options"].as_array();
        for value in values {
            if options.is_some_and(|options| !options.iter().any(|option| option["value"] == *value)) {
                return Err(Refusal::BadInput(format!("no option {value:?}")));
            }
        }
        self.component(
            message.id(),
            &json!({"custom_id": custom_id, "component_type": select["type"], "values": values}),
        )
    }

    /// Downloads the files of a message that the person sees: name and content.
    pub fn download(&self, message: &Message) -> Result<Vec<(String, Vec<u8>)>, Refusal> {
        let current = self.visible(message.id())?;
        let state = self.shared.state();
        let attachments = current.raw()["attachments"].as_array().cloned().unwrap_or_default();
        let files = attachments.iter().filter_map(|attachment| {
            let content = state.uploads.get(&ids::read(&attachment["id"])?)?;
            Some((attachment["filename"].as_str()?.to_owned(), content.to_vec()))
        });
        Ok(files.collect())
    }

    /// Presses a button that is not there: a changed client, or a press the bot has long forgotten.
    pub fn forged_press(&self, message: &Message, custom_id: &str) -> Result<Handle, Refusal> {
        self.component(
            message.id(),
            &json!({"custom_id": custom_id, "component_type": 2, "id": 0}),
        )
    }

    /// Chooses from a menu that is not there, or what it does not offer.
    pub fn forged_choose(&self, message: &Message, custom_id: &str, values: &[&str]) -> Result<Handle, Refusal> {
        self.component(
            message.id(),
            &json!({"custom_id": custom_id, "component_type": 3, "values": values}),
        )
    }

    fn component(&self, message: Id, data: &Value) -> Result<Handle, Refusal> {
        let mut state = self.shared.state();
        let stored = state.messages.get(&message).ok_or(Refusal::NotVisible)?;
        let happening = Happening {
            kind: Kind::Component,
            application: stored.author,
            user: self.id,
            channel: stored.channel,
            source: Some(message),
            data: data.clone(),
        };
        Ok(self.happen(&mut state, &happening))
    }

    /// The message as it is now, if the person sees it.
    fn visible(&self, id: Id) -> Result<Message, Refusal> {
        let state = self.shared.state();
        let message = state
            .messages
            .get(&id)
            .filter(|message| !message.deleted)
            .ok_or(Refusal::NotVisible)?;
        let channel = state.channels.get(&message.channel).ok_or(Refusal::NotVisible)?;
        let sees = message.only_for.is_none_or(|only| only == self.id)
            && state.permissions_in(channel, self.id) & VIEW_CHANNEL != 0;
        if sees {
            Ok(Message::new(message.json.clone()))
        } else {
            Err(Refusal::NotVisible)
        }
    }

    /// Sends an interaction to the bot.
    fn happen(&self, state: &mut State, happening: &Happening) -> Handle {
        let id = state.interact(happening);
        self.shared.changed();
        Handle::new(&self.shared, id)
    }

    /// The channel meant by a place, if the person may use commands there.
    fn channel(&self, state: &mut State, bot: Id, place: Place) -> Result<Id, Refusal> {
        let id = match place {
            Place::Channel(id) => id,
            Place::Dm => state.open_dm(bot, self.id),
        };
        let channel = state.channels.get(&id).ok_or(Refusal::NotVisible)?;
        let held = state.permissions_in(channel, self.id);
        if held & VIEW_CHANNEL == 0 {
            return Err(Refusal::NotVisible);
        }
        if held & USE_APPLICATION_COMMANDS == 0 {
            Err(Refusal::NotPermitted)
        } else {
            Ok(id)
        }
    }
}

impl Discord {
    /// Sends an event of an interaction once more, as Discord may after a resume.
    pub fn repeat(&self, handle: &Handle) {
        handle.repeat();
    }
}
