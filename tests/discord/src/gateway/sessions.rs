//! Gateway sessions: sequence numbers, the memory for a resume, and the faults that happen to their events.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;

use serde_json::{Value, json};
use tokio::sync::mpsc::UnboundedSender;

use crate::ids::Id;

/// Events a session remembers; a resume from further back is refused.
const MEMORY: usize = 10_000;

/// What a connection is told to do.
#[derive(Debug, Clone)]
pub(crate) enum Out {
    Payload(Arc<str>),
    Close(Option<u16>),
    Drop,
}

/// One session.
#[derive(Debug)]
pub(crate) struct Session {
    pub(crate) application: Id,
    pub(crate) intents: u64,
    /// (shard, of how many)
    pub(crate) shard: (u64, u64),
    pub(crate) large_threshold: usize,
    sequence: u64,
    memory: VecDeque<(u64, Arc<str>)>,
    pub(crate) out: Option<UnboundedSender<Out>>,
    /// The first of two events to be swapped.
    held: Option<Arc<str>>,
}

impl Session {
    pub(crate) fn new(application: Id, intents: u64, out: UnboundedSender<Out>) -> Self {
        Self {
            application,
            intents,
            shard: (0, 1),
            large_threshold: 50,
            sequence: 0,
            memory: VecDeque::new(),
            out: Some(out),
            held: None,
        }
    }

    /// Numbers an event, remembers it and gives its text.
    fn remember(&mut self, name: &str, data: &Value) -> Arc<str> {
        self.sequence += 1;
        let text: Arc<str> = format!("{{\"t\":\"{name}\",\"s\":{},\"op\":0,\"d\":{data}}}", self.sequence).into();
        self.memory.push_back((self.sequence, Arc::clone(&text)));
        if self.memory.len() > MEMORY {
            self.memory.pop_front();
        }
        text
    }

    /// Sends an event that no fault touches (READY, RESUMED).
    pub(crate) fn send(&mut self, name: &str, data: &Value) {
        let text = self.remember(name, data);
        self.put(text);
    }

    fn put(&mut self, text: Arc<str>) {
        if let Some(out) = &self.out {
            // A connection that ended leaves the event in the memory for the resume.
            drop(out.send(Out::Payload(text)));
        }
    }

    /// The events after `seen`, or `None` if they are not remembered (or never happened).
    pub(crate) fn missed(&self, seen: u64) -> Option<Vec<Arc<str>>> {
        let oldest = self.memory.front().map_or(self.sequence + 1, |(number, _)| *number);
        let known = seen <= self.sequence && seen + 1 >= oldest;
        known.then(|| {
            self.memory
                .iter()
                .filter(|(number, _)| *number > seen)
                .map(|(_, text)| Arc::clone(text))
                .collect()
        })
    }

    fn event(&mut self, name: &str, data: &Value, faults: &mut AppFaults) {
        if faults.lose > 0 {
            faults.lose -= 1;
            self.sequence += 1;
            return;
        }
        let text = self.remember(name, data);
        if faults.swap && self.held.is_none() {
            self.held = Some(text);
            return;
        }
        self.put(Arc::clone(&text));
        if faults.duplicate > 0 {
            faults.duplicate -= 1;
            self.put(text);
        }
        if let Some(held) = self.held.take() {
            faults.swap = false;
            self.put(held);
        }
    }
}

/// Event faults of one application still to come.
#[derive(Debug, Default)]
pub(crate) struct AppFaults {
    pub(crate) lose: u32,
    pub(crate) duplicate: u32,
    pub(crate) swap: bool,
    pub(crate) mute_acks: bool,
    pub(crate) unanswered: u32,
}

impl AppFaults {
    /// Whether an identify or resume gets no answer; uses up one silence.
    pub(crate) fn keeps_silent(&mut self) -> bool {
        let silent = self.unanswered > 0;
        self.unanswered = self.unanswered.saturating_sub(1);
        silent
    }
}

/// What a bot's gateway has seen.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Counts {
    pub(crate) identifies: u64,
    pub(crate) resumes: u64,
    pub(crate) heartbeats: u64,
}

/// All sessions.
#[derive(Debug, Default)]
pub(crate) struct Sessions {
    by_id: HashMap<String, Session>,
    by_app: HashMap<Id, Vec<String>>,
    faults: HashMap<Id, AppFaults>,
    pub(crate) counts: HashMap<Id, Counts>,
    pub(crate) refused_connections: u32,
}

impl Sessions {
    pub(crate) fn add(&mut self, id: String, session: Session) {
        self.by_app.entry(session.application).or_default().push(id.clone());
        self.by_id.insert(id, session);
    }

    pub(crate) fn get(&mut self, id: &str) -> Option<&mut Session> {
        self.by_id.get_mut(id)
    }

    pub(crate) fn remove(&mut self, id: &str) {
        if let Some(session) = self.by_id.remove(id)
            && let Some(ids) = self.by_app.get_mut(&session.application)
        {
            ids.retain(|known| known != id);
        }
    }

    pub(crate) fn faults(&mut self, app: Id) -> &mut AppFaults {
        self.faults.entry(app).or_default()
    }

    pub(crate) fn counts(&mut self, app: Id) -> &mut Counts {
        self.counts.entry(app).or_default()
    }

    /// Whether a new connection must be refused; uses up one refusal.
    pub(crate) fn refuse_connection(&mut self) -> bool {
        let refuse = self.refused_connections > 0;
        self.refused_connections = self.refused_connections.saturating_sub(1);
        refuse
    }

    /// The sessions of an application.
    pub(crate) fn of(&self, app: Id) -> Vec<String> {
        self.by_app.get(&app).cloned().unwrap_or_default()
    }

    /// Applications with a session.
    pub(crate) fn applications(&self) -> Vec<Id> {
        self.by_app
            .iter()
            .filter(|(_, ids)| !ids.is_empty())
            .map(|(app, _)| *app)
            .collect()
    }

    /// Whether a session of this application is connected now.
    pub(crate) fn connected(&self, app: Id) -> bool {
        self.by_app
            .get(&app)
            .into_iter()
            .flatten()
            .any(|id| self.by_id.get(id).is_some_and(|session| session.out.is_some()))
    }

    /// Sends an event to the application's sessions that asked for `intent` (0: everyone) on the shard of `guild`.
    pub(crate) fn event(&mut self, app: Id, to: Audience, name: &str, data: impl Fn(u64) -> Value) {
        let Some(ids) = self.by_app.get(&app) else { return };
        for id in ids {
            let Some(session) = self.by_id.get_mut(id) else {
                continue;
            };
            let shard = to.guild.map_or(0, |guild| (guild >> 22) % session.shard.1);
            if session.shard.0 == shard && session.intents & to.intent == to.intent {
                let data = data(session.intents);
                session.event(name, &data, self.faults.entry(app).or_default());
            }
        }
    }

    /// Tells every connection of an application something that is not an event.
    pub(crate) fn tell(&mut self, app: Id, out: &Out) {
        for id in self.by_app.get(&app).into_iter().flatten() {
            if let Some(sender) = self.by_id.get(id).and_then(|session| session.out.as_ref()) {
                drop(sender.send(out.clone()));
            }
        }
    }
}

/// Who gets an event.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Audience {
    /// Bits that must all be asked for.
    pub(crate) intent: u64,
    /// `None`: a DM, which belongs to shard 0.
    pub(crate) guild: Option<Id>,
}

/// A payload that is not an event.
pub(crate) fn control(op: u64, data: &Value) -> Arc<str> {
    json!({"t": null, "s": null, "op": op, "d": data}).to_string().into()
}

#[cfg(test)]
mod tests {
    use tokio::sync::mpsc::unbounded_channel;

    use super::*;

    #[test]
    fn a_resume_repeats_what_was_missed_and_no_more() {
        let (out, _keep) = unbounded_channel();
        let mut session = Session::new(1, 0, out);
        for _ in 0..3 {
            session.send("X", &Value::Null);
        }
        assert_eq!(session.missed(1).map(|events| events.len()), Some(2));
        assert_eq!(session.missed(3).map(|events| events.len()), Some(0));
        assert!(session.missed(4).is_none());
    }

    #[test]
    fn two_events_can_change_places() {
        let (out, mut events) = unbounded_channel();
        let mut session = Session::new(1, 0, out);
        let mut faults = AppFaults {
            swap: true,
            ..AppFaults::default()
        };
        session.event("A", &Value::Null, &mut faults);
        session.event("B", &Value::Null, &mut faults);
        let mut next = || match events.try_recv() {
            Ok(Out::Payload(text)) => text,
            other => panic!("{other:?}"),
        };
        assert!(next().contains("\"B\""));
        assert!(next().contains("\"A\""));
    }
}
