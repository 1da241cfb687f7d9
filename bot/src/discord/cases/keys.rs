//! The keys that reports are sealed to: registering one, agreeing to another's, ending one.

use std::collections::BTreeMap;

use super::at::At;
use super::command;
use super::custom_id::{KeyAct, KeyForm, chosen_key};
use super::pages::{form, keys as said};
use crate::concerns::Secret;
use crate::concerns::keys::{self, NewKey};
use crate::discord::edge::{Asker, Reply};

/// How a private half begins, in any case.
const PRIVATE: &str = "AGE-SECRET-KEY";

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
        (KeyAct::Agree | KeyAct::End, None) => command::key(at.bot, voice, asker).await?,
    })
}

/// A form about a key was sent.
pub(super) async fn sent(
    at: &At<'_>,
    asker: &Asker,
    form: KeyForm,
    fields: &BTreeMap<String, String>,
) -> anyhow::Result<Reply> {
    let voice = at.voice();
    let typed = |name: &str| fields.get(name).map(String::as_str).unwrap_or_default();
    let new = match form {
        KeyForm::Own => {
            let recipient = typed(form::TEXT).trim().to_owned();
            if recipient.to_ascii_uppercase().contains(PRIVATE) {
                return Ok(Reply::text(voice.keys_a_secret()));
            }
            NewKey::Own { recipient }
        }
        KeyForm::Keep => {
            if typed(form::TEXT) != typed(form::AGAIN) {
                return Ok(Reply::text(voice.keys_differ()));
            }
            NewKey::Kept {
                passphrase: Secret::new(typed(form::TEXT).to_owned()),
            }
        }
    };
    let done = keys::propose(&at.bot.desk, &asker.organisation, asker.member, new).await?;
    Ok(Reply::page(said::proposed(voice, &done)))
}
