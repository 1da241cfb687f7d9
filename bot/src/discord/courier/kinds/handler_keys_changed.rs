//! Who can read concerns from now on. Notifies nobody.

use serde_json::json;
use serenity::async_trait;

use crate::discord::courier::Courier;
use crate::discord::courier::kind::{Kind, Parcel, Unsent};
use crate::discord::edge::text;
use crate::ids::MemberId;
use crate::outbox::Outbound;

pub(super) struct HandlerKeysChanged<'m> {
    /// With the fingerprints of their keys.
    pub holders: &'m [(MemberId, String)],
    pub proposed_by: MemberId,
    pub agreed_by: MemberId,
}

#[async_trait]
impl Kind for HandlerKeysChanged<'_> {
    async fn prepare(&self, courier: &Courier, outbound: &Outbound) -> Result<Parcel, Unsent> {
        let voice = courier.voice_of(courier.served(outbound)?);
        let who = voice.handler_keys_changed(text::mention(self.proposed_by), text::mention(self.agreed_by));
        let line = |(member, fingerprint): &(MemberId, String)| format!("\n<@{member}> `{fingerprint}`");
        let lines: String = self.holders.iter().map(line).collect();
        Ok(Parcel::for_channel(json!({ "content": who + &lines })))
    }
}
