//! The body of a promised message: worded when it is sent, with a nonce that makes a repetition harmless.

use serde_json::{Value, json};

use crate::clock::Millis;
use crate::discord::render::prompt::Question;
use crate::discord::rest::{RestError, harmless};
use crate::ids::MemberId;
use crate::prompts::Cycle;
use crate::words::Voice;

/// The question of `cycle` as it is asked at `now`; with `mention` it stands in a channel and calls that member alone.
pub(super) fn question(
    cycle: &Cycle,
    now: Millis,
    voice: Voice<'_>,
    mention: Option<MemberId>,
) -> Result<Value, RestError> {
    harmless(&Question::of(cycle, now).message(voice, mention))
}

/// Has Discord answer a repetition with the message that is there.
pub(super) fn with_nonce(mut body: Value, nonce: &str) -> Value {
    body["nonce"] = json!(nonce);
    body["enforce_nonce"] = json!(true);
    body
}
