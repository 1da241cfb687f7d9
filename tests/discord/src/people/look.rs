//! Looking at what happened: messages, interactions, requests, gateway.

use serde_json::Value;

use super::Person;
use super::message::Message;
use super::outcome::{Handle, NoResponse};
use crate::ids::{self, Id};
use crate::record::Recorded;
use crate::server::{Discord, lock};
use crate::state::State;

impl Person {
    /// Everything written to this person or shown only to them, oldest first: DMs of both sides and ephemerals.
    pub fn sees(&self) -> Vec<Message> {
        let state = self.shared.state();
        shown(&state, self.id(), |_| true)
    }

    /// The DMs bots sent this person, oldest first, as they are now.
    pub fn received(&self) -> Vec<Message> {
        let state = self.shared.state();
        received(&state, self.id())
    }

    /// Waits until bots have sent this person `count` DMs in all.
    pub async fn await_received(&self, count: usize) -> Result<Vec<Message>, NoResponse> {
        let enough = |state: &State| Some(received(state, self.id())).filter(|list| list.len() >= count);
        self.shared.wait_for(enough).await.ok_or_else(|| NoResponse {
            awaited: "direct message",
            found: format!("{} of {count}", self.received().len()),
        })
    }

    /// The newest DM of a bot.
    pub fn latest(&self) -> Option<Message> {
        self.received().pop()
    }
}

fn received(state: &State, user: Id) -> Vec<Message> {
    shown(state, user, |message| {
        message.only_for.is_none() && message.author != user
    })
}

fn shown(state: &State, user: Id, wanted: impl Fn(&crate::state::message::Stored) -> bool) -> Vec<Message> {
    let list = state
        .shown
        .get(&user)
        .into_iter()
        .flatten()
        .filter_map(|id| state.messages.get(id));
    list.filter(|message| !message.deleted && wanted(message))
        .map(|message| Message::new(message.json.clone()))
        .collect()
}

impl Discord {
    /// How many messages there are in all places. Cheap: tells whether it is worth looking again.
    pub fn message_count(&self) -> usize {
        self.shared.state().messages.len()
    }

    /// The messages everybody sees in a channel, oldest first, as they are now.
    pub fn messages(&self, channel: Id) -> Vec<Message> {
        let state = self.shared.state();
        messages(&state, channel)
    }

    /// Waits until a channel has `count` messages.
    pub async fn await_messages(&self, channel: Id, count: usize) -> Result<Vec<Message>, NoResponse> {
        let enough = |state: &State| Some(messages(state, channel)).filter(|list| list.len() >= count);
        self.shared.wait_for(enough).await.ok_or_else(|| NoResponse {
            awaited: "message in the channel",
            found: format!("{} of {count}", self.messages(channel).len()),
        })
    }

    /// The DM channel of a bot and a person, if it was opened.
    pub fn dm_channel(&self, bot: Id, user: Id) -> Option<Id> {
        self.shared.state().dms.get(&(bot, user)).copied()
    }

    /// One message as it is now.
    pub fn message(&self, id: Id) -> Option<Message> {
        self.shared
            .state()
            .messages
            .get(&id)
            .filter(|message| !message.deleted)
            .map(|message| Message::new(message.json.clone()))
    }

    /// The files of a message, in their order: name and exact bytes.
    pub fn files(&self, message: &Message) -> Vec<(String, Vec<u8>)> {
        let state = self.shared.state();
        let attachments = message.raw()["attachments"].as_array().cloned().unwrap_or_default();
        let files = attachments.iter().filter_map(|attachment| {
            let bytes = state.uploads.get(&ids::read(&attachment["id"])?)?;
            Some((attachment["filename"].as_str()?.to_owned(), bytes.to_vec()))
        });
        files.collect()
    }

    /// All interactions, oldest first.
    pub fn interactions(&self) -> Vec<Handle> {
        self.shared
            .state()
            .interaction_order
            .iter()
            .map(|id| Handle::new(&self.shared, *id))
            .collect()
    }

    /// Every REST request so far.
    pub fn requests(&self) -> Vec<Recorded> {
        lock(&self.shared.record).requests.clone()
    }

    /// The number of REST requests so far.
    pub fn request_count(&self) -> usize {
        lock(&self.shared.record).requests.len()
    }

    /// The recording as JSON lines, for `check_requests.py`.
    pub fn recording(&self) -> String {
        let record = lock(&self.shared.record);
        record
            .requests
            .iter()
            .filter_map(|request| serde_json::to_string(request).ok())
            .map(|line| line + "\n")
            .collect()
    }

    /// Requests that count towards Discord's ban (10,000 in 10 minutes): 401, 403, and 429 unless shared.
    pub fn invalid_requests(&self) -> u64 {
        self.shared.limits().invalid
    }

    /// Identifies of a bot since the start; Discord allows 1,000 a day.
    pub fn identifies(&self, bot: Id) -> u64 {
        self.shared.state().sessions.counts(bot).identifies
    }

    /// Resumes a bot tried since the start.
    pub fn resumes(&self, bot: Id) -> u64 {
        self.shared.state().sessions.counts(bot).resumes
    }

    /// Heartbeats of a bot since the start.
    pub fn heartbeats(&self, bot: Id) -> u64 {
        self.shared.state().sessions.counts(bot).heartbeats
    }

    /// Whether the bot has a session with a living connection.
    pub fn is_connected(&self, bot: Id) -> bool {
        self.shared.state().sessions.connected(bot)
    }

    /// Waits until the bot is connected and ready.
    pub async fn await_connected(&self, bot: Id) -> Result<(), NoResponse> {
        let connected = |state: &State| state.sessions.connected(bot).then_some(());
        self.shared.wait_for(connected).await.ok_or_else(|| NoResponse {
            awaited: "session",
            found: "none".to_owned(),
        })
    }

    /// Waits until `done` says so; asked again after every request, event and connection.
    pub async fn await_until(&self, what: &'static str, mut done: impl FnMut(&Self) -> bool) -> Result<(), NoResponse> {
        let mut changes = self.shared.changes.subscribe();
        let search = async {
            loop {
                changes.mark_unchanged();
                if done(self) || changes.changed().await.is_err() {
                    return;
                }
            }
        };
        let waited = tokio::time::timeout(self.shared.patience, search).await;
        waited.map_err(|_| NoResponse {
            awaited: what,
            found: "not within the patience".to_owned(),
        })
    }

    /// The raw callbacks of all interactions, oldest first.
    pub fn callbacks(&self) -> Vec<Value> {
        self.interactions().iter().filter_map(Handle::callback).collect()
    }
}

fn messages(state: &State, channel: Id) -> Vec<Message> {
    let list = state
        .channels
        .get(&channel)
        .into_iter()
        .flat_map(|channel| &channel.messages);
    let present = list
        .filter_map(|id| state.messages.get(id))
        .filter(|message| !message.deleted);
    present.map(|message| Message::new(message.json.clone())).collect()
}
