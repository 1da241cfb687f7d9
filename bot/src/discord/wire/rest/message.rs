//! The requests about messages.

use reqwest::Method;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::calls::{Me, or_default};
use super::error::RestError;
use super::payload::{File, Payload, payload};
use super::{Ask, Rest};
use crate::discord::wire::limits::Route;
use crate::ids::{ChannelId, MessageId};

/// Where a message was posted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub struct Posted {
    pub id: MessageId,
    pub channel_id: ChannelId,
}

/// A message of a channel, with what it takes to find our own again.
#[derive(Clone, Debug, Deserialize)]
pub struct Recent {
    pub id: MessageId,
    pub author: Me,
    #[serde(default)]
    pub nonce: Option<Value>,
    #[serde(default)]
    pub components: Value,
    #[serde(default, deserialize_with = "or_default")]
    pub attachments: Vec<Attachment>,
}

/// A file of a message.
#[derive(Clone, Debug, Deserialize)]
pub struct Attachment {
    #[serde(default, deserialize_with = "or_default")]
    pub filename: String,
}

impl Rest {
    /// Posts a message. `body` should hold a nonce and `enforce_nonce`, so that a repetition is harmless.
    pub async fn create_message(
        &self,
        channel: ChannelId,
        body: &impl Serialize,
        files: Vec<File>,
    ) -> Result<Posted, RestError> {
        self.ask(Ask {
            method: Method::POST,
            route: Route {
                method: "POST",
                path: "/channels/{}/messages",
                resource: channel.get(),
            },
            path: format!("/channels/{channel}/messages"),
            payload: payload(body, files)?,
        })
        .await
    }

    /// The newest messages of a channel, newest first, at most 100.
    pub async fn recent_messages(&self, channel: ChannelId) -> Result<Vec<Recent>, RestError> {
        self.ask(Ask {
            method: Method::GET,
            route: Route {
                method: "GET",
                path: "/channels/{}/messages",
                resource: channel.get(),
            },
            path: format!("/channels/{channel}/messages?limit=100"),
            payload: Payload::Nothing,
        })
        .await
    }
}
