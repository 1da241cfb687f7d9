//! The body of a promised message: worded when it is sent, with a nonce that makes a repetition harmless.

use serde_json::{Value, json};

use super::{checkpoint, letter};
use crate::anchors::Posting;
use crate::clock::Millis;
use crate::concerns::Letter;
use crate::config::{Organisation, Role};
use crate::discord::answers::Question;
use crate::discord::edge::text;
use crate::discord::wire::rest::{File, RestError, harmless};
use crate::ids::MemberId;
use crate::outbox::Message;
use crate::prompts::Cycle;
use crate::words::Voice;

/// Flag of a message that makes no sound: checkpoints come all day long.
const SUPPRESS_NOTIFICATIONS: u64 = 1 << 12;

/// The question of `cycle` as it is asked at `now`; with `mention` it stands in a channel and calls that member alone.
pub(super) fn question(
    cycle: &Cycle,
    now: Millis,
    voice: Voice<'_>,
    mention: Option<MemberId>,
) -> Result<Value, RestError> {
    harmless(&Question::of(cycle, now).message(voice, mention))
}

/// A published checkpoint: a text with the checkpoint in a code block, and the file with its exact bytes.
pub(super) fn checkpoint(posting: &Posting, voice: Voice<'_>) -> Result<(Value, Vec<File>), RestError> {
    let body = json!({
        "content": checkpoint::text(voice, posting),
        "flags": SUPPRESS_NOTIFICATIONS,
    });
    let file = File {
        name: checkpoint::file_name(posting.publication.size),
        content: posting.publication.note.clone().into_bytes(),
    };
    Ok((harmless(&body)?, vec![file]))
}

/// That the evidence log does not hold, or tables do not agree with it, calling the owners' roles alone.
pub(super) fn alarm(organisation: &Organisation, message: &Message, voice: Voice<'_>) -> Result<Value, RestError> {
    let words = match message {
        Message::TablesFalsified => voice.tables_falsified(),
        _ => voice.log_broken(),
    };
    let owners: Vec<String> = organisation
        .discord_roles(Role::Owner)
        .map(|role| role.to_string())
        .collect();
    let called: Vec<String> = owners.iter().map(|role| format!("<@&{role}> ")).collect();
    harmless(&json!({
        "content": format!("{}{}", called.concat(), words),
        "allowed_mentions": { "roles": owners },
    }))
}

/// Whom concerns can be read by from now on. Calls nobody.
pub(super) fn handler_keys_changed(message: &Message, voice: Voice<'_>) -> Result<Value, RestError> {
    let text = match message {
        Message::HandlerKeysChanged {
            holders,
            proposed_by,
            agreed_by,
        } => {
            let line = |(member, fingerprint): &(MemberId, String)| format!("\n<@{member}> `{fingerprint}`");
            let lines: String = holders.iter().map(line).collect();
            let (proposed, agreed) = (format!("<@{proposed_by}>"), format!("<@{agreed_by}>"));
            voice.handler_keys_changed(proposed, agreed) + &lines
        }
        Message::Prompt { .. }
        | Message::Checkpoint { .. }
        | Message::LogBroken
        | Message::Unreached { .. }
        | Message::Removed
        | Message::TablesFalsified
        | Message::Case(_) => String::new(),
    };
    harmless(&json!({ "content": text, "allowed_mentions": { "parse": [] } }))
}

/// That somebody could not be reached for long, to an owner. Calls nobody.
pub(super) fn unreached(member: MemberId, voice: Voice<'_>) -> Result<Value, RestError> {
    plain(&voice.unreached(text::mention(member)))
}

/// That the bot was taken out of a server, to an owner.
pub(super) fn removed(organisation: &Organisation, voice: Voice<'_>) -> Result<Value, RestError> {
    plain(&voice.removed(text::escape_line(&organisation.name)))
}

fn plain(content: &str) -> Result<Value, RestError> {
    harmless(&json!({ "content": content, "allowed_mentions": { "parse": [] } }))
}

/// What is about concerns, to one person.
pub(super) fn letter(letter: &Letter, voice: Voice<'_>) -> Result<Value, RestError> {
    harmless(&letter::message(voice, letter))
}

/// Has Discord answer a repetition with the message that is there.
pub(super) fn with_nonce(mut body: Value, nonce: &str) -> Value {
    body["nonce"] = json!(nonce);
    body["enforce_nonce"] = json!(true);
    body
}
