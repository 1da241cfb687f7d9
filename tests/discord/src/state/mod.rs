//! All that the stand-in knows, behind one lock.
//! Invariant: every look-up a request needs is by key; nothing walks over all members or messages.

pub(crate) mod application;
pub(crate) mod guild;
pub(crate) mod interaction;
pub(crate) mod message;
pub mod permissions;
pub(crate) mod user;

use std::collections::{BTreeMap, HashMap};

use axum::body::Bytes;
use serde_json::Value;

use crate::gateway::sessions::Sessions;
use crate::ids::{Id, Snowflakes};
use crate::server::Now;

use application::Application;
use guild::{Channel, Guild};
use interaction::Interaction;
use message::Stored;
use user::User;

/// The world and its traffic.
pub(crate) struct State {
    pub(crate) clock: Now,
    pub(crate) ids: Snowflakes,
    pub(crate) settings: Settings,
    pub(crate) applications: HashMap<Id, Application>,
    /// Bot token to application.
    pub(crate) tokens: HashMap<String, Id>,
    pub(crate) users: HashMap<Id, User>,
    pub(crate) guilds: BTreeMap<Id, Guild>,
    pub(crate) channels: HashMap<Id, Channel>,
    /// (bot user, other user) to DM channel.
    pub(crate) dms: HashMap<(Id, Id), Id>,
    pub(crate) messages: HashMap<Id, Stored>,
    /// What was uploaded, by the attachment's id.
    pub(crate) uploads: HashMap<Id, Bytes>,
    /// (author, nonce) to the message and the instant it was made.
    pub(crate) nonces: HashMap<(Id, String), (Id, i64)>,
    pub(crate) interactions: HashMap<Id, Interaction>,
    /// Interactions in the order they happened.
    pub(crate) interaction_order: Vec<Id>,
    pub(crate) interaction_tokens: HashMap<String, Id>,
    /// What each user was shown only to them or in DMs, in order.
    pub(crate) shown: HashMap<Id, Vec<Id>>,
    pub(crate) sessions: Sessions,
}

/// Numbers Discord does not publish or tests want to change.
#[derive(Debug, Clone)]
pub(crate) struct Settings {
    pub(crate) port: u16,
    pub(crate) heartbeat_interval_ms: u64,
    pub(crate) nonce_window_ms: i64,
    pub(crate) identify_spacing_ms: i64,
    pub(crate) session_starts: u32,
    /// Maximum number of members on a page.
    pub(crate) member_page: usize,
    /// Added to the time that the `Date` header shows.
    pub(crate) date_shift_ms: i64,
}

impl State {
    pub(crate) fn new(clock: Now, settings: Settings) -> Self {
        Self {
            clock,
            ids: Snowflakes::default(),
            settings,
            applications: HashMap::new(),
            tokens: HashMap::new(),
            users: HashMap::new(),
            guilds: BTreeMap::new(),
            channels: HashMap::new(),
            dms: HashMap::new(),
            messages: HashMap::new(),
            uploads: HashMap::new(),
            nonces: HashMap::new(),
            interactions: HashMap::new(),
            interaction_order: Vec::new(),
            interaction_tokens: HashMap::new(),
            shown: HashMap::new(),
            sessions: Sessions::default(),
        }
    }

    /// The current instant, UTC ms.
    pub(crate) fn now(&self) -> i64 {
        (self.clock)()
    }

    pub(crate) fn new_id(&mut self) -> Id {
        let now = self.now();
        self.ids.next(now)
    }

    /// A user as JSON; an unknown one cannot be asked for.
    pub(crate) fn user_json(&self, id: Id) -> Value {
        self.users.get(&id).map_or(Value::Null, User::json)
    }

    /// Whether the bot and the user are members of one guild.
    pub(crate) fn share_a_guild(&self, bot: Id, user: Id) -> bool {
        self.users.get(&user).is_some_and(|known| {
            known.guilds.iter().any(|guild| {
                self.guilds
                    .get(guild)
                    .is_some_and(|guild| guild.members.contains_key(&bot))
            })
        })
    }

    /// The DM channel between a bot and a user, opened if there is none.
    pub(crate) fn open_dm(&mut self, bot: Id, user: Id) -> Id {
        if let Some(channel) = self.dms.get(&(bot, user)) {
            return *channel;
        }
        let id = self.new_id();
        self.channels.insert(id, Channel::dm(id, bot, user));
        self.dms.insert((bot, user), id);
        id
    }
}
