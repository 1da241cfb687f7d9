//! That somebody could not be reached for a long time; to an owner.

use serde_json::json;
use serenity::async_trait;

use crate::discord::courier::Courier;
use crate::discord::courier::kind::{ALLOW_DMS_TO_OWNER, Kind, Parcel, Unsent, allow_dms};
use crate::discord::edge::text;
use crate::ids::CycleId;
use crate::outbox::{Fate, Outbound, Reason};
use crate::prompts;

pub(super) struct Unreached<'m> {
    pub cycle: &'m CycleId,
}

#[async_trait]
impl Kind for Unreached<'_> {
    async fn prepare(&self, courier: &Courier, outbound: &Outbound) -> Result<Parcel, Unsent> {
        courier.in_time(outbound.expires)?;
        let cycle = prompts::cycle(courier.core.db.reader(), self.cycle).await?;
        let known = cycle.map(|cycle| cycle.member).filter(|member| !member.is_erased());
        let member = known.ok_or(Fate::Cancelled)?;
        let owner = courier.owner(outbound).await?;
        let text = courier.words.voice(owner.language).unreached(text::mention(member));
        Ok(owner.parcel(json!({ "content": text })))
    }

    fn remedy(&self, reason: Reason) -> Option<&'static str> {
        allow_dms(reason, ALLOW_DMS_TO_OWNER)
    }
}
