//! One gateway connection: hello, identify or resume, heartbeats, requests; closed as Discord closes.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Bytes;
use axum::extract::ws::{CloseFrame, Message, WebSocket};
use serde_json::{Value, json};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use super::intents;
use super::sessions::{Out, Session, control};
use crate::ids::{self, Id};
use crate::server::Shared;
use crate::state::State;

mod compress;
mod members;

use compress::Compression;

/// Discord's limit for a payload from a client, in bytes.
const MOST_BYTES: usize = 4096;

/// How long a client may take to answer a close frame.
const CLOSING: Duration = Duration::from_secs(2);

pub(crate) struct Connection {
    socket: WebSocket,
    shared: Arc<Shared>,
    out: UnboundedSender<Out>,
    inbox: UnboundedReceiver<Out>,
    compression: Compression,
    version: Option<String>,
    session: Option<String>,
    app: Option<Id>,
}

/// What follows a payload.
enum Next {
    GoOn,
    Close(u16),
    Drop,
}

impl Connection {
    pub(crate) fn new(socket: WebSocket, shared: Arc<Shared>, query: &str) -> Self {
        let (out, inbox) = unbounded_channel();
        let query = crate::rest::query(query);
        let find = |key: &str| {
            query
                .iter()
                .find(|(name, _)| name == key)
                .map(|(_, value)| value.clone())
        };
        let compression = Compression::asked(find("compress").as_deref());
        Self {
            socket,
            shared,
            out,
            inbox,
            compression,
            version: find("v"),
            session: None,
            app: None,
        }
    }

    /// Serves until either side ends it; the session stays for a resume.
    pub(crate) async fn run(mut self) {
        if self.version.as_deref().is_some_and(|version| version != "10") {
            self.close(Some(4012)).await;
            return;
        }
        let interval = self.shared.state().settings.heartbeat_interval_ms;
        if !self
            .send(&control(
                10,
                &json!({"heartbeat_interval": interval, "_trace": ["[\"stand-in\"]"]}),
            ))
            .await
        {
            return;
        }
        self.talk(Duration::from_millis(interval.saturating_mul(3) / 2)).await;
        self.detach();
    }

    async fn talk(&mut self, silence: Duration) {
        let mut stopping = self.shared.stopping.subscribe();
        let mut deadline = Box::pin(tokio::time::sleep(silence));
        loop {
            let next = tokio::select! {
                biased;
                () = stopped(&mut stopping) => Next::Drop,
                out = self.inbox.recv() => self.obey(out).await,
                received = self.socket.recv() => match received {
                    Some(Ok(Message::Text(text))) => {
                        let (next, beat) = self.hear(text.as_str().as_bytes()).await;
                        if beat {
                            deadline.set(tokio::time::sleep(silence));
                        }
                        next
                    }
                    Some(Ok(Message::Binary(bytes))) => self.hear(&bytes).await.0,
                    Some(Ok(Message::Close(frame))) => {
                        self.closed_by_client(frame.as_ref());
                        self.end().await;
                        Next::Drop
                    }
                    Some(Ok(Message::Ping(_) | Message::Pong(_))) => Next::GoOn,
                    Some(Err(_)) | None => Next::Drop,
                },
                () = &mut deadline => {
                    self.forget_session();
                    Next::Close(4009)
                }
            };
            match next {
                Next::GoOn => {}
                Next::Close(code) => return self.close(Some(code)).await,
                Next::Drop => return,
            }
        }
    }

    async fn obey(&mut self, out: Option<Out>) -> Next {
        match out {
            Some(Out::Payload(text)) => {
                if self.send(&text).await {
                    Next::GoOn
                } else {
                    Next::Drop
                }
            }
            Some(Out::Close(code)) => {
                self.close(code).await;
                Next::Drop
            }
            Some(Out::Drop) | None => Next::Drop,
        }
    }

    async fn send(&mut self, text: &str) -> bool {
        let message = match self.compression.apply(text) {
            Some(bytes) => Message::Binary(Bytes::from(bytes)),
            None => Message::text(text),
        };
        self.socket.send(message).await.is_ok()
    }

    async fn close(&mut self, code: Option<u16>) {
        let frame = code.map(|code| CloseFrame {
            code,
            reason: reason(code).into(),
        });
        drop(self.socket.send(Message::Close(frame)).await);
        self.end().await;
    }

    /// As RFC 6455 asks: both sides send a close frame before the line goes down.
    async fn end(&mut self) {
        let answered = async { while let Some(Ok(_)) = self.socket.recv().await {} };
        drop(tokio::time::timeout(CLOSING, answered).await);
    }

    /// Reads one payload; the flag says whether it was a heartbeat.
    async fn hear(&mut self, bytes: &[u8]) -> (Next, bool) {
        if bytes.len() > MOST_BYTES {
            return (Next::Close(4002), false);
        }
        let Ok(payload) = serde_json::from_slice::<Value>(bytes) else {
            return (Next::Close(4002), false);
        };
        let data = &payload["d"];
        let known = self
            .session
            .as_ref()
            .is_some_and(|id| self.shared.state().sessions.get(id).is_some());
        let next = match payload["op"].as_u64() {
            Some(1) => {
                let next = self.heartbeat().await;
                self.shared.changed();
                return (next, true);
            }
            Some(2) if known => Next::Close(4005),
            Some(2) => self.identify(data).await,
            Some(6) => self.resume(data).await,
            Some(3 | 4 | 8 | 31) if !known => Next::Close(4003),
            Some(3 | 4 | 31) => Next::GoOn,
            Some(8) => self.request_members(data),
            Some(_) => Next::Close(4001),
            None => Next::Close(4002),
        };
        self.shared.changed();
        (next, false)
    }

    async fn heartbeat(&mut self) -> Next {
        if let Some(app) = self.app {
            let mut state = self.shared.state();
            state.sessions.counts(app).heartbeats += 1;
            if state.sessions.faults(app).mute_acks {
                return Next::GoOn;
            }
        }
        if self.send(&control(11, &Value::Null)).await {
            Next::GoOn
        } else {
            Next::Drop
        }
    }

    async fn identify(&mut self, data: &Value) -> Next {
        let checked = check_identify(&mut self.shared.state(), data);
        let app = match checked {
            Ok(app) => app,
            Err(Refused::Close(code)) => return Next::Close(code),
            Err(Refused::TooSoon) => {
                tokio::time::sleep(Duration::from_millis(50)).await;
                return if self.send(&control(9, &json!(false))).await {
                    Next::GoOn
                } else {
                    Next::Drop
                };
            }
        };
        if self.shared.state().sessions.faults(app).keeps_silent() {
            return Next::GoOn;
        }
        if data["compress"].as_bool() == Some(true) {
            self.compression.per_payload();
        }
        let id = begin_session(&mut self.shared.state(), app, data, self.out.clone());
        self.session = Some(id);
        self.app = Some(app);
        Next::GoOn
    }

    async fn resume(&mut self, data: &Value) -> Next {
        let token = data["token"].as_str().unwrap_or("").trim_start_matches("Bot ");
        let id = data["session_id"].as_str().unwrap_or("").to_owned();
        let resumed = {
            let mut state = self.shared.state();
            let Some(app) = state.tokens.get(token).copied() else {
                return Next::Close(4004);
            };
            state.sessions.counts(app).resumes += 1;
            if state.sessions.faults(app).keeps_silent() {
                return Next::GoOn;
            }
            take_over(&mut state, app, &id, data["seq"].as_u64(), &self.out).then_some(app)
        };
        if let Some(app) = resumed {
            self.app = Some(app);
            self.session = Some(id);
            return Next::GoOn;
        }
        if self.send(&control(9, &json!(false))).await {
            Next::GoOn
        } else {
            Next::Drop
        }
    }

    /// 1000 and 1001 from a client end the session.
    fn closed_by_client(&self, frame: Option<&CloseFrame>) {
        if frame.is_some_and(|frame| matches!(frame.code, 1000 | 1001)) {
            self.forget_session();
        }
    }

    fn forget_session(&self) {
        if let Some(id) = &self.session {
            self.shared.state().sessions.remove(id);
        }
    }

    /// The session goes on without a connection, unless another one took it over.
    fn detach(&self) {
        if let Some(id) = &self.session
            && let Some(session) = self.shared.state().sessions.get(id)
            && session.out.as_ref().is_some_and(|out| out.same_channel(&self.out))
        {
            session.out = None;
        }
        self.shared.changed();
    }
}

/// Ends when the stand-in stops.
async fn stopped(stopping: &mut tokio::sync::watch::Receiver<bool>) {
    drop(stopping.wait_for(|stop| *stop).await);
}

/// Why an identify was refused.
enum Refused {
    Close(u16),
    TooSoon,
}

fn check_identify(state: &mut State, data: &Value) -> Result<Id, Refused> {
    let token = data["token"]
        .as_str()
        .ok_or(Refused::Close(4002))?
        .trim_start_matches("Bot ");
    if !data["properties"].is_object() {
        return Err(Refused::Close(4002));
    }
    let app = state.tokens.get(token).copied().ok_or(Refused::Close(4004))?;
    let wanted = data["intents"].as_u64().ok_or(Refused::Close(4013))?;
    if wanted & !intents::ALL != 0 {
        return Err(Refused::Close(4013));
    }
    let (now, spacing) = (state.now(), state.settings.identify_spacing_ms);
    let spent = state.identifies_today(app) >= state.settings.session_starts;
    let Some(application) = state.applications.get_mut(&app) else {
        return Err(Refused::Close(4004));
    };
    let too_soon = application.identifies.last().is_some_and(|last| now - last < spacing);
    application.identifies.push(now);
    let privileged = application.privileged;
    state.sessions.counts(app).identifies += 1;
    if spent {
        // Discord resets the token of a bot that identifies too often.
        state.tokens.remove(token);
        return Err(Refused::Close(4004));
    }
    if too_soon {
        return Err(Refused::TooSoon);
    }
    if wanted & intents::PRIVILEGED & !privileged != 0 {
        return Err(Refused::Close(4014));
    }
    match data["shard"].as_array().map(|shard| {
        (
            shard.first().and_then(Value::as_u64),
            shard.get(1).and_then(Value::as_u64),
        )
    }) {
        None => Ok(app),
        Some((Some(shard), Some(of))) if shard < of => Ok(app),
        Some(_) => Err(Refused::Close(4010)),
    }
}

/// Begins a session with READY and a GUILD_CREATE for each guild; gives its id.
fn begin_session(state: &mut State, app: Id, data: &Value, out: UnboundedSender<Out>) -> String {
    let id = state.ids.secret();
    let mut session = Session::new(app, data["intents"].as_u64().unwrap_or(0), out);
    if let Some(shard) = data["shard"].as_array() {
        session.shard = (shard[0].as_u64().unwrap_or(0), shard[1].as_u64().unwrap_or(1));
    }
    if let Some(threshold) = data["large_threshold"].as_u64() {
        session.large_threshold = threshold.clamp(50, 250) as usize;
    }
    let shard = session.shard;
    let guilds: Vec<Id> = state
        .users
        .get(&app)
        .map(|user| user.guilds.iter().copied().collect())
        .unwrap_or_default();
    let here: Vec<Id> = guilds
        .into_iter()
        .filter(|guild| (guild >> 22) % shard.1 == shard.0)
        .collect();
    let unavailable: Vec<Value> = here
        .iter()
        .map(|guild| json!({"id": ids::text(*guild), "unavailable": true}))
        .collect();
    let flags = state
        .applications
        .get(&app)
        .map_or(0, crate::state::application::Application::flags);
    let ready = json!({
        "v": 10, "user": state.users.get(&app).map(crate::state::user::User::own_json), "guilds": unavailable,
        "session_id": id, "session_type": "normal", "resume_gateway_url": state.gateway_url(),
        "shard": [shard.0, shard.1], "application": {"id": ids::text(app), "flags": flags},
        "private_channels": [], "presences": [], "relationships": [], "user_settings": {}, "_trace": [],
    });
    session.send("READY", &ready);
    state.sessions.add(id.clone(), session);
    for guild in here {
        state.guild_create_to(&id, guild, app);
    }
    id
}

/// Continues a session on another connection: what was missed, then RESUMED. `false`: there is nothing to resume.
fn take_over(state: &mut State, app: Id, id: &str, seen: Option<u64>, out: &UnboundedSender<Out>) -> bool {
    let Some(session) = state.sessions.get(id).filter(|session| session.application == app) else {
        return false;
    };
    let Some(missed) = seen.and_then(|seen| session.missed(seen)) else {
        return false;
    };
    if let Some(old) = session.out.replace(out.clone())
        && !old.same_channel(out)
    {
        drop(old.send(Out::Drop));
    }
    for text in missed {
        drop(out.send(Out::Payload(text)));
    }
    session.send("RESUMED", &json!({"_trace": []}));
    true
}

fn reason(code: u16) -> &'static str {
    match code {
        4001 => "Unknown opcode.",
        4002 => "Error while decoding payload.",
        4003 => "Not authenticated.",
        4004 => "Authentication failed.",
        4005 => "Already authenticated.",
        4007 => "Invalid seq.",
        4008 => "Rate limited.",
        4009 => "Session timed out.",
        4010 => "Invalid shard.",
        4011 => "Sharding required.",
        4012 => "Invalid API version.",
        4013 => "Invalid intent(s).",
        4014 => "Disallowed intent(s).",
        _ => "",
    }
}
