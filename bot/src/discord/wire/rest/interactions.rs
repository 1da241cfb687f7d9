//! Answers to interactions. They have three seconds, so they wait for nothing except one quick second attempt.

use std::time::Duration;

use reqwest::Method;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::error::{RestError, code};
use super::message::Posted;
use super::payload::{self, File, Payload, harmless};
use super::{Ask, Rest, answer};
use crate::clock::Millis;
use crate::discord::wire::limits::{Route, Scope};
use crate::ids::InteractionId;

/// How long an attempt may take: the first answer is due within 3 s of the event.
const ATTEMPT: Duration = Duration::from_millis(2_500);
/// The longest `Retry-After`, and the pause before a second attempt after anything else, milliseconds.
const PATIENCE: (i64, i64) = (300, 50);

/// The outcome of the first answer to an interaction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Acknowledged {
    Done,
    /// Someone had answered before (40060): harmless.
    Already,
    /// Discord no longer knows the interaction (10062): it came too late.
    Expired,
}

/// The outcome of the last attempt.
struct Tried<T> {
    outcome: Result<T, RestError>,
    /// Whether an earlier attempt may have done it.
    perhaps_before: bool,
}

impl<T> Tried<T> {
    const fn once(outcome: Result<T, RestError>) -> Self {
        Self {
            outcome,
            perhaps_before: false,
        }
    }
}

impl Rest {
    /// The first answer to an interaction: `body` is `{"type": ..., "data": ...}`.
    pub async fn interaction_callback(
        &self,
        id: InteractionId,
        token: &str,
        body: &impl Serialize,
        files: Vec<File>,
    ) -> Result<Acknowledged, RestError> {
        let mut body = serde_json::to_value(body).map_err(|_| RestError::Body)?;
        // Modals (9) and choices (8) have no mentions.
        let is_message = matches!(body["type"].as_u64(), Some(4 | 7));
        if let Some(data) = body.get_mut("data").filter(|data| is_message && data.is_object()) {
            *data = harmless(data)?;
        }
        let path = format!("/interactions/{id}/{token}/callback");
        let tried = self.twice::<Value>(Method::POST, &path, &body, files).await;
        match tried.outcome {
            // Whatever the body of the answer says, it was a success.
            Ok(_) | Err(RestError::Garbled { .. }) => Ok(Acknowledged::Done),
            Err(error) => match error.code() {
                // The one before it was our own first attempt, whose answer was lost on the way.
                Some(code::ALREADY_ACKNOWLEDGED) if tried.perhaps_before => Ok(Acknowledged::Done),
                Some(code::ALREADY_ACKNOWLEDGED) => Ok(Acknowledged::Already),
                Some(code::UNKNOWN_INTERACTION) => Ok(Acknowledged::Expired),
                _ => Err(error),
            },
        }
    }

    /// Whether the first answer is there, also a deferred one.
    pub async fn has_original(&self, application: i64, token: &str) -> Result<bool, RestError> {
        let path = format!("/webhooks/{application}/{token}/messages/@original");
        match self.quickly::<Value>(Method::GET, &path, &json!({}), Vec::new()).await {
            Ok(_) | Err(RestError::Garbled { .. }) => Ok(true),
            Err(RestError::Refused { .. }) => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// Replaces the first answer, also a deferred one. The token is valid for 15 minutes.
    pub async fn edit_original(
        &self,
        application: i64,
        token: &str,
        body: &impl Serialize,
        files: Vec<File>,
    ) -> Result<Posted, RestError> {
        let path = format!("/webhooks/{application}/{token}/messages/@original");
        self.quickly(Method::PATCH, &path, &harmless(body)?, files).await
    }

    /// One more message after the first answer.
    pub async fn followup(
        &self,
        application: i64,
        token: &str,
        body: &impl Serialize,
        files: Vec<File>,
    ) -> Result<Posted, RestError> {
        let path = format!("/webhooks/{application}/{token}");
        self.quickly(Method::POST, &path, &harmless(body)?, files).await
    }

    async fn quickly<T: DeserializeOwned>(
        &self,
        method: Method,
        path: &str,
        body: &Value,
        files: Vec<File>,
    ) -> Result<T, RestError> {
        self.twice(method, path, body, files).await.outcome
    }

    async fn twice<T: DeserializeOwned>(&self, method: Method, path: &str, body: &Value, files: Vec<File>) -> Tried<T> {
        let first = self.attempt(method.clone(), path, body, files.clone()).await;
        let pause = match &first {
            // A follow-up has no nonce: what may have happened is not repeated, unless repeating is harmless.
            Err(RestError::Cut | RestError::Server { .. }) if method != Method::POST || path.ends_with("/callback") => {
                PATIENCE.1
            }
            Err(RestError::Unreachable) => PATIENCE.1,
            Err(RestError::Throttled { until }) => until.since(self.clock.now()),
            _ => return Tried::once(first),
        };
        if pause > PATIENCE.0 {
            return Tried::once(first);
        }
        let perhaps_before = first.as_ref().is_err_and(RestError::may_have_happened);
        // In real time: a clock moved by hand must not delay an answer.
        tokio::time::sleep(Duration::from_millis(pause.max(0) as u64)).await;
        Tried {
            outcome: self.attempt(method, path, body, files).await,
            perhaps_before,
        }
    }

    async fn attempt<T: DeserializeOwned>(
        &self,
        method: Method,
        path: &str,
        body: &Value,
        files: Vec<File>,
    ) -> Result<T, RestError> {
        let payload = match method {
            Method::DELETE | Method::GET => Payload::Nothing,
            _ => payload::with_files(body, files)?,
        };
        let request = self.request(Ask {
            method,
            route: Route {
                method: "",
                path: "",
                resource: 0,
            },
            path: path.to_owned(),
            payload,
        })?;
        let sent = self.clock.now();
        let response = request.timeout(ATTEMPT).send().await;
        let response = response.map_err(|error| RestError::of_transport(&error))?;
        self.compare(sent, response.headers());
        let now = self.clock.now();
        let told = answer::told(response.status(), response.headers(), now);
        let (mut told, outcome) = answer::read(response, told, now).await;
        if told.scope == Scope::Edge && told.status == 429 {
            told.retry_after = told.retry_after.or(Some(Millis::MINUTE));
        }
        self.limits.lock().count_unpermitted(&told, now);
        // 401 here is about the interaction's token, not the bot's.
        let outcome = outcome.map_err(|error| match error {
            RestError::TokenRefused => RestError::Refused { status: 401, code: 0 },
            other => other,
        })?;
        answer::decode(&outcome)
    }
}
