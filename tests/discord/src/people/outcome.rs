//! The outcome of an interaction.

use std::fmt;
use std::sync::Arc;

use serde_json::Value;

use super::ModalShown;
use super::message::Message;
use crate::ids::Id;
use crate::server::Shared;
use crate::state::State;
use crate::state::interaction::{Interaction, Progress};

/// The bot's first response.
#[derive(Debug, Clone, PartialEq)]
pub enum Response {
    /// Type 4.
    Message(Message),
    /// Type 5: "... is thinking".
    Deferred { ephemeral: bool },
    /// Type 6: nothing visible.
    DeferredUpdate,
    /// Type 7: the message with the component, changed.
    Updated(Message),
    /// Type 8.
    Choices(Vec<Value>),
    /// Type 9.
    Modal(ModalShown),
}

/// The bot did not do what was waited for, within the stand-in's patience (real time).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoResponse {
    /// What was waited for.
    pub awaited: &'static str,
    /// What was there instead.
    pub found: String,
}

impl fmt::Display for NoResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the bot gave no {}: {}", self.awaited, self.found)
    }
}

impl std::error::Error for NoResponse {}

/// A handle to an interaction.
#[derive(Clone)]
pub struct Handle {
    shared: Arc<Shared>,
    id: Id,
}

impl Handle {
    pub(crate) fn new(shared: &Arc<Shared>, id: Id) -> Self {
        Self {
            shared: Arc::clone(shared),
            id,
        }
    }

    /// The interaction's id.
    pub fn id(&self) -> Id {
        self.id
    }

    /// Waits for the first response.
    pub async fn response(&self) -> Result<Response, NoResponse> {
        let found = self
            .shared
            .wait_for(|state| first(state, state.interactions.get(&self.id)?))
            .await;
        found.ok_or_else(|| self.missing("response"))
    }

    /// Waits for the message that is left in the end: a deferred one with its content filled in.
    pub async fn message(&self) -> Result<Message, NoResponse> {
        let settled = |state: &State| {
            let interaction = state.interactions.get(&self.id)?;
            (interaction.progress == Progress::Answered)
                .then(|| self.original_in(state))
                .flatten()
        };
        self.shared
            .wait_for(settled)
            .await
            .ok_or_else(|| self.missing("message"))
    }

    /// Waits for a modal.
    pub async fn modal(&self) -> Result<ModalShown, NoResponse> {
        match self.response().await? {
            Response::Modal(modal) => Ok(modal),
            Response::Message(_)
            | Response::Deferred { .. }
            | Response::DeferredUpdate
            | Response::Updated(_)
            | Response::Choices(_) => Err(self.missing("modal")),
        }
    }

    /// The first response, if it is there.
    pub fn response_now(&self) -> Option<Response> {
        let state = self.shared.state();
        first(&state, state.interactions.get(&self.id)?)
    }

    /// `@original` as it is now.
    pub fn original(&self) -> Option<Message> {
        self.original_in(&self.shared.state())
    }

    fn original_in(&self, state: &State) -> Option<Message> {
        let id = state.interactions.get(&self.id)?.original?;
        state
            .messages
            .get(&id)
            .filter(|message| !message.deleted)
            .map(|message| Message::new(message.json.clone()))
    }

    /// The follow-ups so far.
    pub fn followups(&self) -> Vec<Message> {
        let state = self.shared.state();
        let list = state
            .interactions
            .get(&self.id)
            .map(|known| known.followups.clone())
            .unwrap_or_default();
        list.iter()
            .filter_map(|id| state.messages.get(id))
            .map(|message| Message::new(message.json.clone()))
            .collect()
    }

    /// Waits until there are `count` follow-ups.
    pub async fn await_followups(&self, count: usize) -> Result<Vec<Message>, NoResponse> {
        let enough = |state: &State| (state.interactions.get(&self.id)?.followups.len() >= count).then_some(());
        self.shared
            .wait_for(enough)
            .await
            .ok_or_else(|| self.missing("follow-up"))?;
        Ok(self.followups())
    }

    /// Time to the first response in ms, by the stand-in's clock. Never more than 3,000: a later one is refused.
    pub fn acknowledged_after_ms(&self) -> Option<i64> {
        let state = self.shared.state();
        let interaction = state.interactions.get(&self.id)?;
        interaction.acknowledged_at.map(|at| at - interaction.created_at)
    }

    /// The callback's body as the bot sent it.
    pub fn callback(&self) -> Option<Value> {
        let state = self.shared.state();
        state
            .interactions
            .get(&self.id)
            .filter(|known| known.acknowledged_at.is_some())
            .map(|known| known.callback.clone())
    }

    /// The event as the bot got it.
    pub fn event(&self) -> Value {
        self.shared
            .state()
            .interactions
            .get(&self.id)
            .map(|known| known.event.clone())
            .unwrap_or_default()
    }

    /// Sends the same event once more (same id, same token), as a resume may.
    pub fn repeat(&self) {
        self.shared.state().send_interaction(self.id);
        self.shared.changed();
    }

    fn missing(&self, awaited: &'static str) -> NoResponse {
        let found = match self.response_now() {
            Some(response) => format!("{response:?}"),
            None => "nothing".to_owned(),
        };
        NoResponse { awaited, found }
    }
}

fn first(state: &State, interaction: &Interaction) -> Option<Response> {
    interaction.acknowledged_at?;
    let message = || {
        let id = interaction.original?;
        state
            .messages
            .get(&id)
            .map(|message| Message::new(message.json.clone()))
    };
    let data = &interaction.callback["data"];
    match interaction.callback["type"].as_u64()? {
        4 => message().map(Response::Message),
        5 => {
            let flags = data["flags"].as_u64().unwrap_or(0);
            Some(Response::Deferred {
                ephemeral: flags & crate::state::message::EPHEMERAL != 0,
            })
        }
        6 => Some(Response::DeferredUpdate),
        7 => message().map(Response::Updated),
        8 => Some(Response::Choices(
            data["choices"].as_array().cloned().unwrap_or_default(),
        )),
        _ => Some(Response::Modal(ModalShown {
            interaction: interaction.id,
            data: data.clone(),
        })),
    }
}
