//! The one client for every request to Discord's REST API, and the one place that obeys its limits.
//!
//! It never waits for a limit in delivery: it returns [`RestError::Limited`]. Neither errors nor logs hold tokens,
//! addresses with tokens, or bodies. Interactions are outside the limits of all other requests.

mod answer;
mod calls;
mod download;
mod error;
mod interactions;
mod message;
mod payload;

use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use parking_lot::Mutex;
use reqwest::Method;
use reqwest::header::{AUTHORIZATION, HeaderMap, HeaderValue};
use secrecy::{ExposeSecret, SecretString};
use serde::de::DeserializeOwned;
use tokio::sync::Notify;

pub use calls::{Application, Channel, Gateway, Guild, GuildMember, GuildRole, Me, Overwrite, SessionStart};
pub use error::{RestError, code};
pub use interactions::Acknowledged;
pub use message::{Posted, Recent};
pub use payload::File;
use payload::Payload;

use crate::clock::{self, Agreement, Clock, Millis};
use crate::config;
use crate::discord::wire::limits::{Limits, Permit, Route, Told, Turn};

/// How long a connection may take.
const CONNECT: Duration = Duration::from_secs(5);
/// How long a request may take in all.
const WHOLE: Duration = Duration::from_secs(10);
/// How long a connection waits for the next request: what went over it last is still in its buffers.
const IDLE: Duration = Duration::from_secs(20);
/// Discord blocks clients that do not name themselves in this form.
const USER_AGENT: &str = concat!(
    "DiscordBot (https://bellwether.example.org, ",
    env!("CARGO_PKG_VERSION"),
    ")"
);

/// The client. Cheap to clone; all clones share the limits.
#[derive(Clone, Debug)]
pub struct Rest {
    http: reqwest::Client,
    base: Arc<str>,
    authorization: HeaderValue,
    clock: Clock,
    limits: Arc<Mutex<Limits>>,
    /// Whether the time in answers is compared with our clock.
    tells_time: bool,
    freed: Arc<Notify>,
}

/// A request before it has a permit to go out.
#[derive(Debug)]
struct Ask {
    method: Method,
    route: Route,
    /// After the version, such as `/channels/1/messages`.
    path: String,
    payload: Payload,
}

impl Rest {
    /// # Errors
    /// When the token cannot be a header, or the system offers no TLS.
    pub fn new(discord: &config::Discord, token: &SecretString, clock: Clock) -> anyhow::Result<Self> {
        let mut authorization = HeaderValue::from_str(&format!("Bot {}", token.expose_secret()))
            .ok()
            .context("the Discord token holds characters that no token has")?;
        authorization.set_sensitive(true);
        let mut builder = reqwest::Client::builder()
            .user_agent(USER_AGENT)
            .connect_timeout(CONNECT)
            .timeout(WHOLE)
            .pool_idle_timeout(IDLE)
            .redirect(reqwest::redirect::Policy::none())
            .referer(false);
        if config::is_loopback(&discord.api_url) {
            builder = builder.no_proxy();
        }
        Ok(Self {
            http: builder.build().context("building the HTTP client")?,
            base: format!("{}/v10", discord.api_url.as_str().trim_end_matches('/')).into(),
            authorization,
            clock,
            limits: Arc::new(Mutex::new(Limits::new(discord.requests_per_second))),
            tells_time: discord.tells_time(),
            freed: Arc::default(),
        })
    }

    /// How many requests could go out at once now, as far as the limit over all routes is concerned.
    pub fn room(&self) -> usize {
        self.limits.lock().room(self.clock.now())
    }

    /// When `wanted` requests could go out at once, as far as the limit over all routes is concerned.
    pub fn room_at(&self, wanted: usize) -> Millis {
        self.limits.lock().room_at(wanted, self.clock.now())
    }

    /// Repeats `call` until the limits let it out: for start-up, never for delivery.
    pub async fn patiently<T, F>(&self, call: impl Fn() -> F) -> Result<T, RestError>
    where
        F: Future<Output = Result<T, RestError>>,
    {
        loop {
            let freed = self.freed.notified();
            match call().await {
                Err(RestError::Limited { until } | RestError::Throttled { until }) if until > self.clock.now() => {
                    self.clock.sleep_until(until).await;
                }
                Err(RestError::Limited { .. } | RestError::Throttled { .. }) => freed.await,
                other => return other,
            }
        }
    }

    /// Asks, when the limits allow it, and decodes the answer.
    async fn ask<T: DeserializeOwned>(&self, ask: Ask) -> Result<T, RestError> {
        let leave = self.leave(ask.route)?;
        let request = self.request(ask)?.header(AUTHORIZATION, self.authorization.clone());
        let sent = self.clock.now();
        let response = request.send().await.map_err(|error| RestError::of_transport(&error))?;
        self.compare(sent, response.headers());
        let told = answer::told(response.status(), response.headers(), self.clock.now());
        let (told, outcome) = answer::read(response, told, self.clock.now()).await;
        leave.answered(&told);
        answer::decode(&outcome?)
    }

    /// Compares our clock with Discord's, and tells the operator what is new about it.
    fn compare(&self, sent: Millis, headers: &HeaderMap) {
        let Some(shown) = answer::date(headers).filter(|_| self.tells_time) else {
            return;
        };
        let (before, now) = self.clock.compare(sent, shown);
        if before.is_like(now) {
            return;
        }
        match now {
            Agreement::Agrees => tracing::info!("this machine's clock agrees with Discord's"),
            Agreement::Off { by } => {
                let side = if by > 0 { "ahead of" } else { "behind" };
                let by = clock::rough(by);
                tracing::warn!("this machine's clock is {by} {side} Discord's: set it right");
            }
            Agreement::FarAhead { .. } => {
                if let Err(ahead) = self.clock.believed() {
                    tracing::error!("{ahead}");
                }
            }
        }
    }

    fn leave(&self, route: Route) -> Result<Leave<'_>, RestError> {
        match self.limits.lock().acquire(route, self.clock.now()) {
            Turn::Go(permit) => Ok(Leave {
                rest: self,
                permit: Some(permit),
            }),
            Turn::Later(until) => Err(RestError::Limited { until }),
        }
    }

    fn request(&self, ask: Ask) -> Result<reqwest::RequestBuilder, RestError> {
        let request = self.http.request(ask.method, format!("{}{}", self.base, ask.path));
        Ok(match ask.payload {
            Payload::Nothing => request,
            Payload::Json(body) => request.headers(json()).body(body),
            Payload::Files(body, files) => request.multipart(payload::form(body, files)?),
        })
    }
}

/// A permit that also comes back when the request is given up half-way.
struct Leave<'a> {
    rest: &'a Rest,
    permit: Option<Permit>,
}

impl Leave<'_> {
    fn answered(mut self, told: &Told) {
        if let Some(permit) = self.permit.take() {
            self.rest.limits.lock().answered(permit, self.rest.clock.now(), told);
        }
    }
}

impl Drop for Leave<'_> {
    fn drop(&mut self) {
        if let Some(permit) = self.permit.take() {
            self.rest.limits.lock().lost(permit, self.rest.clock.now());
        }
        self.rest.freed.notify_waiters();
    }
}

fn json() -> HeaderMap {
    HeaderMap::from_iter([(
        reqwest::header::CONTENT_TYPE,
        HeaderValue::from_static("application/json"),
    )])
}

#[cfg(test)]
mod tests;
