//! That the evidence log is broken, or that tables do not agree with it; notifies only the owners' roles.

use serde_json::json;
use serenity::async_trait;

use crate::config::Role;
use crate::discord::courier::Courier;
use crate::discord::courier::kind::{Kind, Parcel, Unsent};
use crate::outbox::Outbound;

pub(super) enum Alarm {
    LogBroken,
    TablesFalsified,
}

#[async_trait]
impl Kind for Alarm {
    async fn prepare(&self, courier: &Courier, outbound: &Outbound) -> Result<Parcel, Unsent> {
        let organisation = courier.served(outbound)?;
        let voice = courier.voice_of(organisation);
        let text = match self {
            Self::LogBroken => voice.log_broken(),
            Self::TablesFalsified => voice.tables_falsified(),
        };
        let roles = organisation.discord_roles(Role::Owner);
        let owners: Vec<String> = roles.map(|role| role.to_string()).collect();
        let mut said: Vec<String> = owners.iter().map(|role| format!("<@&{role}>")).collect();
        said.push(text);
        Ok(Parcel::for_channel(json!({
            "content": said.join(" "),
            "allowed_mentions": { "roles": owners },
        })))
    }
}
