//! That the bot was removed from a server; to an owner.

use serde_json::json;
use serenity::async_trait;

use crate::discord::courier::Courier;
use crate::discord::courier::kind::{ALLOW_DMS_TO_OWNER, Kind, Parcel, Unsent, allow_dms};
use crate::discord::edge::text;
use crate::outbox::{Outbound, Reason};

pub(super) struct Removed;

#[async_trait]
impl Kind for Removed {
    async fn prepare(&self, courier: &Courier, outbound: &Outbound) -> Result<Parcel, Unsent> {
        courier.in_time(outbound.expires)?;
        let owner = courier.owner(outbound).await?;
        let name = text::escape_line(&courier.served(outbound)?.name);
        let text = courier.words.voice(owner.language).removed(name);
        Ok(owner.parcel(json!({ "content": text })))
    }

    fn remedy(&self, reason: Reason) -> Option<&'static str> {
        allow_dms(reason, ALLOW_DMS_TO_OWNER)
    }
}
