//! REST v10: one entry for every request, from the User-Agent to the rate-limit headers.
//! Invariant: a request is recorded exactly once, with the status it was answered with.

mod answer;
mod applications;
pub(crate) mod body;
pub(crate) use body::query;
mod channels;
mod commands;
pub(crate) mod error;
mod guilds;
mod interactions;
pub(crate) mod messages;
mod route;
mod webhooks;

use std::sync::Arc;

use axum::extract::ws::WebSocketUpgrade;
use axum::extract::{ConnectInfo, FromRequestParts, Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use crate::faults::Fault;
use crate::ids::Id;
use crate::limits::Verdict;
use crate::record::Recorded;
use crate::server::{Line, Shared, lock};

use answer::Answer;
use body::Upload;
use error::ApiError;

/// One request, read and understood.
#[derive(Debug)]
pub(crate) struct Call {
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) query: Vec<(String, String)>,
    pub(crate) body: Option<Value>,
    pub(crate) files: Vec<Upload>,
    /// The `Authorization` header.
    pub(crate) authorization: Option<String>,
    pub(crate) user_agent: Option<String>,
    /// Why the body could not be read.
    pub(crate) unreadable: Option<ApiError>,
}

impl Call {
    /// The path's parts after `/api/v10`; `None` for another version or prefix.
    pub(crate) fn segments(&self) -> Option<Vec<&str>> {
        let rest = self.path.strip_prefix("/api/v10/")?;
        Some(rest.split('/').filter(|part| !part.is_empty()).collect())
    }

    pub(crate) fn parameter(&self, name: &str) -> Option<&str> {
        self.query
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }

    /// Whether a switch is on.
    pub(crate) fn switch(&self, name: &str) -> bool {
        matches!(self.parameter(name), Some("true" | "True" | "1"))
    }

    /// The JSON body; null if there was none.
    pub(crate) fn json(&self) -> &Value {
        self.body.as_ref().unwrap_or(&Value::Null)
    }
}

/// The one handler of the port.
pub(crate) async fn handle(
    State(shared): State<Arc<Shared>>,
    ConnectInfo(line): ConnectInfo<Line>,
    request: Request,
) -> Response {
    if request.uri().path() == "/" {
        return upgrade(shared, request).await;
    }
    // The hosts of attachments are not the API's: their requests are not recorded.
    if let Some(rest) = request.uri().path().strip_prefix("/attachments/") {
        return attachment(&shared, rest);
    }
    let call = body::read(request).await;
    let fault = call
        .segments()
        .and_then(|segments| lock(&shared.faults).take(&call.method, &segments));
    let answer = respond(&shared, &call, fault, &line).await;
    record(&shared, &call, answer.status);
    if answer.is_invalid() {
        shared.limits().invalid += 1;
    }
    shared.changed();
    dated(&shared, answer.into_response())
}

/// The bytes of an upload: `CHANNEL/ATTACHMENT/NAME`.
fn attachment(shared: &Shared, path: &str) -> Response {
    let id = path.split('/').nth(1).and_then(|id| id.parse::<Id>().ok());
    let bytes = id.and_then(|id| shared.state().uploads.get(&id).cloned());
    bytes.map_or_else(|| StatusCode::NOT_FOUND.into_response(), IntoResponse::into_response)
}

/// With Discord's own time; otherwise the HTTP server would add it by the machine's clock.
fn dated(shared: &Shared, mut response: Response) -> Response {
    let state = shared.state();
    let date = crate::ids::http_date(state.now() + state.settings.date_shift_ms);
    if let Ok(date) = HeaderValue::from_str(&date) {
        response.headers_mut().insert(header::DATE, date);
    }
    response
}

/// Opens the gateway, or refuses to.
async fn upgrade(shared: Arc<Shared>, request: Request) -> Response {
    let query = request.uri().query().unwrap_or_default().to_owned();
    if shared.state().sessions.refuse_connection() {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    }
    let (mut parts, _) = request.into_parts();
    match WebSocketUpgrade::from_request_parts(&mut parts, &()).await {
        Ok(upgrade) => upgrade.on_upgrade(move |socket| crate::gateway::serve(socket, shared, query)),
        Err(refusal) => refusal.into_response(),
    }
}

/// Answers a request, with the fault that was asked for.
async fn respond(shared: &Shared, call: &Call, fault: Option<Fault>, line: &Line) -> Answer {
    match fault {
        None => serve(shared, call),
        Some(Fault::Slow(time)) => {
            tokio::time::sleep(time).await;
            serve(shared, call)
        }
        Some(Fault::Late(time)) => {
            let answer = serve(shared, call);
            tokio::time::sleep(time).await;
            answer
        }
        Some(Fault::CutBefore) => {
            line.cut();
            Answer::status(599)
        }
        Some(Fault::CutAfter) => {
            let answer = serve(shared, call);
            line.cut();
            answer
        }
        Some(Fault::Garbage) => {
            let answer = serve(shared, call);
            if answer.status < 400 { answer.garbled() } else { answer }
        }
        Some(Fault::Status(status)) => Answer::text(status, "upstream connect error"),
        Some(Fault::Refusal { code }) => Answer::refusal(&ApiError::of(code)),
        Some(Fault::CloudflareLimit { retry_after_s }) => Answer::cloudflare(retry_after_s),
        Some(Fault::RouteLimit { retry_after_ms }) => {
            Answer::limited("user", retry_after_ms, standing(shared, call, retry_after_ms))
        }
        Some(Fault::SharedLimit { retry_after_ms }) => {
            Answer::limited("shared", retry_after_ms, standing(shared, call, retry_after_ms))
        }
        Some(Fault::GlobalLimit { retry_after_ms }) => Answer::limited("global", retry_after_ms, None),
    }
}

/// The headers of an exhausted bucket as a fault shows them.
fn standing(shared: &Shared, call: &Call, retry_after_ms: i64) -> Option<crate::limits::Standing> {
    let segments = call.segments()?;
    let route = route::name(&call.method, &segments);
    let now = shared.state().now();
    match shared.limits().judge(None, &route.pattern, &route.major, now) {
        Verdict::Pass(standing) | Verdict::Route(standing) => Some(crate::limits::Standing {
            remaining: 0,
            reset_at: now + retry_after_ms,
            reset_after_ms: retry_after_ms,
            ..standing
        }),
        Verdict::Global(_) => None,
    }
}

/// Answers a request as Discord would.
fn serve(shared: &Shared, call: &Call) -> Answer {
    if !is_named(call) {
        return Answer::refusal(&ApiError::of(40333));
    }
    let Some(segments) = call.segments() else {
        let known = call.path.starts_with("/api/");
        return Answer::refusal(&if known {
            ApiError::of(50041)
        } else {
            ApiError::no_route()
        });
    };
    let mut state = shared.state();
    let bot = call
        .authorization
        .as_deref()
        .and_then(|header| header.strip_prefix("Bot "))
        .and_then(|token| state.tokens.get(token))
        .copied();
    let route = route::name(&call.method, &segments);
    let identified = bot.filter(|_| !route.interaction);
    let now = state.now();
    if route.needs_token && call.authorization.is_some() && bot.is_none() {
        return Answer::refusal(&ApiError::unauthorized());
    }
    let standing = match shared.limits().judge(identified, &route.pattern, &route.major, now) {
        Verdict::Pass(standing) => standing,
        Verdict::Route(standing) => return Answer::limited("user", standing.reset_after_ms, Some(standing)),
        Verdict::Global(wait) => return Answer::limited("global", wait, None),
    };
    let outcome = match (&call.unreadable, route.needs_token && bot.is_none()) {
        (_, true) => Err(ApiError::unauthorized()),
        (Some(error), false) => Err(error.clone()),
        (None, false) => route::dispatch(&mut state, call, &segments, bot.unwrap_or_default()),
    };
    outcome
        .unwrap_or_else(|error| Answer::refusal(&error))
        .with_standing(standing)
}

/// Everybody must say what they are; a client with a bot's token must do so in the form that Discord requires of bots.
fn is_named(call: &Call) -> bool {
    let agent = call.user_agent.as_deref().unwrap_or_default();
    if call.authorization.is_some() {
        agent.starts_with("DiscordBot (")
    } else {
        !agent.is_empty()
    }
}

fn record(shared: &Shared, call: &Call, status: u16) {
    let query: serde_json::Map<String, Value> = call
        .query
        .iter()
        .map(|(key, value)| (key.clone(), json!(value)))
        .collect();
    let at = shared.state().now();
    lock(&shared.record).add(Recorded {
        method: call.method.clone(),
        path: call.path.clone(),
        query: Value::Object(query),
        body: call.body.clone(),
        files: call.files.iter().map(Upload::json).collect(),
        status,
        at,
    });
}

/// Reads an id out of a path.
pub(crate) fn path_id(text: &str, name: &str) -> Result<Id, ApiError> {
    text.parse().map_err(|_| {
        ApiError::field(
            name,
            "NUMBER_TYPE_COERCE",
            &format!("Value \"{text}\" is not snowflake."),
        )
    })
}
