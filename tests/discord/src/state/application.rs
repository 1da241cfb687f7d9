//! Applications (bots) with their switches and commands.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::gateway::intents;
use crate::ids::{self, Id};

/// One application; its bot user has the same id, as with every application made since 2017.
#[derive(Debug, Clone)]
pub(crate) struct Application {
    pub(crate) id: Id,
    pub(crate) name: String,
    pub(crate) owner: Id,
    /// Privileged intents switched on in the developer portal.
    pub(crate) privileged: u64,
    /// 403, code 20026 for new DMs.
    pub(crate) quarantined: bool,
    /// 403, code 40003 for new DMs.
    pub(crate) opens_dms_too_fast: bool,
    /// Scope (`None`: global, `Some(guild)`) and command id to command.
    pub(crate) commands: BTreeMap<(Option<Id>, Id), Value>,
    /// Instants (UTC ms) of identifies within the last day.
    pub(crate) identifies: Vec<i64>,
    /// Creates counted per scope for the limit of 200 a day: day number and count.
    pub(crate) command_creates: BTreeMap<Option<Id>, (i64, u32)>,
}

impl Application {
    /// The application's public flags; the `_LIMITED` switches, as for every bot in fewer than 100 guilds.
    pub(crate) fn flags(&self) -> u64 {
        let mut flags = 0;
        for (intent, flag) in [
            (intents::GUILD_PRESENCES, 1 << 13),
            (intents::GUILD_MEMBERS, 1 << 15),
            (intents::MESSAGE_CONTENT, 1 << 19),
        ] {
            if self.privileged & intent != 0 {
                flags |= flag;
            }
        }
        flags
    }

    pub(crate) fn json(&self, owner: &Value, guilds: usize) -> Value {
        json!({
            "id": ids::text(self.id),
            "name": self.name,
            "icon": null,
            "description": "",
            "summary": "",
            "type": null,
            "bot_public": false,
            "bot_require_code_grant": false,
            "terms_of_service_url": null,
            "privacy_policy_url": null,
            "owner": owner,
            "verify_key": format!("{:064x}", ids::mix(self.id)),
            "team": null,
            "hook": true,
            "flags": self.flags(),
            "approximate_guild_count": guilds,
            "approximate_user_install_count": 0,
            "approximate_user_authorization_count": 0,
            "redirect_uris": [],
            "interactions_endpoint_url": null,
            "role_connections_verification_url": null,
            "event_webhooks_url": null,
            "event_webhooks_status": 1,
            "integration_types_config": {"0": {}},
            "tags": [],
        })
    }
}
