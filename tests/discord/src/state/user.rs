//! People and bots as Discord's user object.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use crate::ids::{self, Id};

/// What happens to a direct message a bot sends this user.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum DmPolicy {
    /// It arrives, if both share a guild.
    #[default]
    Open,
    /// 403, code 50007: the user does not take messages from members of the server, or blocked the bot.
    Refuses50007,
    /// 403, code 50278: as if bot and user shared no guild.
    NoMutualGuild50278,
}

/// Puts fields on an object, over what is there.
pub(crate) fn wear(object: &mut Value, worn: &Map<String, Value>) {
    for (field, value) in worn {
        object[field] = value.clone();
    }
}

/// One account.
#[derive(Debug, Clone)]
pub(crate) struct User {
    pub(crate) id: Id,
    pub(crate) name: String,
    /// A person's name if they have no nickname.
    pub(crate) global_name: String,
    pub(crate) bot: bool,
    /// The language of the person's client, such as `en-GB` or `de`.
    pub(crate) locale: String,
    pub(crate) dm_policy: DmPolicy,
    pub(crate) guilds: BTreeSet<Id>,
    /// What else the account has: fields of the user object that replace the usual ones.
    pub(crate) worn: Map<String, Value>,
}

impl User {
    pub(crate) fn json(&self) -> Value {
        let mut user = json!({
            "id": ids::text(self.id),
            "username": self.name,
            "discriminator": if self.bot { "0001" } else { "0" },
            "global_name": if self.bot { Value::Null } else { json!(self.global_name) },
            "avatar": null,
            "avatar_decoration_data": null,
            "banner": null,
            "accent_color": null,
            "bot": self.bot,
            "system": false,
            "collectibles": null,
            "display_name_styles": null,
            "primary_guild": null,
            "public_flags": 0,
        });
        wear(&mut user, &self.worn);
        user
    }

    /// The account as its owner sees it (`GET /users/@me`, READY).
    pub(crate) fn own_json(&self) -> Value {
        let mut user = self.json();
        user["mfa_enabled"] = json!(true);
        user["verified"] = json!(true);
        user["email"] = Value::Null;
        user["flags"] = json!(0);
        user["locale"] = json!("en-US");
        user["premium_type"] = json!(0);
        user
    }
}
