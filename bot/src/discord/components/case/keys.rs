//! The keys that reports are sealed to: registering one, agreeing to another's, ending one.

use std::collections::BTreeMap;

use super::at::At;
use crate::concerns::Secret;
use crate::concerns::keys::{self, NewKey};
use crate::discord::commands;
use crate::discord::custom_id::{KeyAct, chosen_key};
use crate::discord::permissions::Asker;
use crate::discord::render::case::{form, keys as said};
use crate::discord::reply::Reply;
use crate::words::Voice;

/// How a private half begins, in any case.
const PRIVATE: &str = "AGE-SECRET-KEY";

pub(super) const fn opens_form(act: KeyAct) -> bool {
    match act {
        KeyAct::Own | KeyAct::Keep => true,
        KeyAct::Agree | KeyAct::End | KeyAct::Lock => false,
    }
}

/// The form of an act that has one.
pub(super) fn form(voice: Voice<'_>, act: KeyAct) -> Reply {
    match act {
        KeyAct::Own => Reply::Form(Box::new(form::own_key(voice))),
        KeyAct::Keep => Reply::Form(Box::new(form::passphrases(voice))),
        KeyAct::Agree | KeyAct::End | KeyAct::Lock => Reply::text(voice.keys_gone()),
    }
}

pub(super) async fn choose(at: &At<'_>, asker: &Asker, act: KeyAct, values: &[String]) -> anyhow::Result<Reply> {
    let (desk, voice) = (&at.bot.desk, at.voice());
    let key = values.first().and_then(|value| chosen_key(value));
    let (organisation, by) = (&asker.organisation, asker.member);
    Ok(match (act, key) {
        (KeyAct::Agree, Some(key)) => {
            let done = keys::agree(desk, organisation, key, by).await?;
            Reply::page(said::agreed(voice, done))
        }
        (KeyAct::End, Some(key)) => {
            let done = keys::end(desk, organisation, key, by).await?;
            Reply::page(said::ended(voice, done))
        }
        (KeyAct::Lock, _) => {
            desk.vault.forget(at.handler.whose());
            Reply::text(voice.case_lock_done())
        }
        (KeyAct::Agree | KeyAct::End, None) => commands::case::key(at.bot, voice, asker).await?,
        (KeyAct::Own | KeyAct::Keep, _) => form(voice, act),
    })
}

/// A form about a key was sent.
pub(super) async fn sent(
    at: &At<'_>,
    asker: &Asker,
    act: KeyAct,
    fields: &BTreeMap<String, String>,
) -> anyhow::Result<Reply> {
    let voice = at.voice();
    let typed = |name: &str| fields.get(name).map(String::as_str).unwrap_or_default();
    let new = match act {
        KeyAct::Own => {
            let recipient = typed(form::TEXT).trim().to_owned();
            if recipient.to_ascii_uppercase().contains(PRIVATE) {
                return Ok(Reply::text(voice.keys_a_secret()));
            }
            NewKey::Own { recipient }
        }
        KeyAct::Keep => {
            if typed(form::TEXT) != typed(form::AGAIN) {
                return Ok(Reply::text(voice.keys_differ()));
            }
            NewKey::Kept {
                passphrase: Secret::new(typed(form::TEXT).to_owned()),
            }
        }
        KeyAct::Agree | KeyAct::End | KeyAct::Lock => return Ok(Reply::text(voice.keys_gone())),
    };
    let done = keys::propose(&at.bot.desk, &asker.organisation, asker.member, new).await?;
    Ok(Reply::page(said::proposed(voice, &done)))
}
