//! What handlers send with a form.

use std::collections::BTreeMap;

use super::at::{At, asker};
use super::custom_id::{CaseForm, Form};
use super::pages::outcome::{self, Said};
use super::pages::{form, say};
use super::{acts, drill, keys};
use crate::catalogue::TemplateKind;
use crate::concerns::{
    self, AskOutcome, CaseNumber, CaseState, HandlerText, NoteOutcome, ReplyDraft, ReplyOutcome, Secret, SettleOutcome,
    TextError, UnlockOutcome, template,
};
use crate::discord::edge::{Bot, Call, Page, Reply, text};
use crate::ids::CaseId;
use crate::words::Voice;

/// What was typed into the text of a form.
fn typed(fields: &BTreeMap<String, String>) -> &str {
    fields.get(form::TEXT).map(String::as_str).unwrap_or_default()
}

/// A form was sent.
pub(super) async fn sent(
    bot: &Bot,
    call: &Call,
    form: &Form,
    fields: &BTreeMap<String, String>,
) -> anyhow::Result<Reply> {
    let asker = match asker(bot, call).await? {
        Ok(asker) => asker,
        Err(reply) => return Ok(handed_back(reply, form, fields)),
    };
    let at = At::new(bot, call, &asker);
    match form {
        Form::Key(form) => keys::sent(&at, &asker, *form, fields).await,
        Form::Drill(category) => drill::sent(&at, &asker, category, fields).await,
        Form::On(case, about) => match about {
            CaseForm::Say(template) => reply(&at, case, template, fields).await,
            CaseForm::Note => note(&at, case, fields).await,
            CaseForm::Move(to) => settle(&at, case, *to, fields).await,
            CaseForm::Join => join(&at, case, fields).await,
            CaseForm::Unseal => ask(&at, case, fields).await,
            CaseForm::Unlock => unlock(&at, case, fields).await,
        },
    }
}

/// What could not be stored comes back; a passphrase or key never does.
pub(super) fn lost(voice: Voice<'_>, form: &Form, reference: String, fields: &BTreeMap<String, String>) -> Reply {
    if is_secret(form) {
        return Reply::text(voice.apology(reference));
    }
    Reply::page(form::lost(voice, form, reference, typed(fields)))
}

/// The same beside a refusal.
fn handed_back(reply: Reply, form: &Form, fields: &BTreeMap<String, String>) -> Reply {
    match reply {
        Reply::Pages(mut pages) if !is_secret(form) => {
            let last = pages.pop().map(|page| form::handed_back(page, typed(fields)));
            pages.extend(last);
            Reply::Pages(pages)
        }
        other => other,
    }
}

/// Whether what is typed must not be shown again.
const fn is_secret(form: &Form) -> bool {
    matches!(form, Form::Key(_) | Form::On(_, CaseForm::Unlock))
}

impl At<'_> {
    fn words(&self, text: &str) -> HandlerText {
        HandlerText {
            text: Secret::new(text.to_owned()),
            interaction: self.call.id,
        }
    }

    /// The reply about what is not there, with the words that are not stored.
    fn gone(&self, words: &str) -> Reply {
        Self::unkept(Page::text(self.voice().refused_case()), words)
    }

    /// Why words were not stored, and the words.
    fn unkept(page: Page, words: &str) -> Reply {
        Reply::page(form::handed_back(page, words))
    }

    /// What is wrong with words, and the words.
    fn wrong(&self, form: &Form, error: TextError, words: &str) -> Reply {
        let why = outcome::wrong(self.voice(), error);
        Reply::page(form::again(self.voice(), form, &why, words))
    }
}

async fn reply(at: &At<'_>, case: &CaseId, template: &str, fields: &BTreeMap<String, String>) -> anyhow::Result<Reply> {
    let text = template::fill(typed(fields), &form::read_fill(fields));
    let templates = &at.bot.desk.core.catalogue.concern_templates;
    let kind = templates
        .iter()
        .find(|known| known.id == template)
        .map(|known| known.kind);
    let draft = ReplyDraft {
        case: case.clone(),
        words: at.words(&text),
        feedback: template == say::FREE_FEEDBACK || matches!(kind, Some(TemplateKind::Feedback | TemplateKind::Close)),
    };
    let again = || Form::On(case.clone(), CaseForm::Say(template.to_owned()));
    Ok(match concerns::reply(&at.bot.desk, &at.handler, draft).await? {
        ReplyOutcome::Sent {
            number,
            first,
            feedback,
            drill,
        } => {
            let sent = Said {
                number,
                first,
                feedback,
                drill,
            };
            Reply::page(outcome::said(at.voice(), case, &sent))
        }
        ReplyOutcome::Wrong(error) => at.wrong(&again(), error, &text),
        ReplyOutcome::OpenPlaces(places) => {
            let places: Vec<String> = places.iter().map(|place| format!("{{{place}}}")).collect();
            let why = at
                .voice()
                .refused_case_open_places(text::escape_line(&places.join(", ")));
            Reply::page(form::again(at.voice(), &again(), &why, &text))
        }
        ReplyOutcome::NoSuchCase => at.gone(&text),
    })
}

async fn note(at: &At<'_>, case: &CaseId, fields: &BTreeMap<String, String>) -> anyhow::Result<Reply> {
    let words = at.words(typed(fields));
    let done = concerns::note(&at.bot.desk, &at.handler, case.clone(), words).await?;
    Ok(match done {
        NoteOutcome::Noted(number) => Reply::page(outcome::noted(at.voice(), case, &number)),
        NoteOutcome::Wrong(error) => at.wrong(&Form::On(case.clone(), CaseForm::Note), error, typed(fields)),
        NoteOutcome::NoSuchCase => at.gone(typed(fields)),
    })
}

async fn settle(at: &At<'_>, case: &CaseId, to: CaseState, fields: &BTreeMap<String, String>) -> anyhow::Result<Reply> {
    let (voice, reason) = (at.voice(), at.words(typed(fields)));
    let done = concerns::settle(&at.bot.desk, &at.handler, case.clone(), to, reason).await?;
    Ok(match done {
        SettleOutcome::Settled(number, to) => Reply::page(outcome::moved(voice, case, &number, to)),
        SettleOutcome::Illegal { from, to } => At::unkept(outcome::stays(voice, case, from, to), typed(fields)),
        SettleOutcome::TooLate(number, until) => {
            At::unkept(outcome::stays_closed(voice, case, &number, until), typed(fields))
        }
        SettleOutcome::Wrong(error) => at.wrong(&Form::On(case.clone(), CaseForm::Move(to)), error, typed(fields)),
        SettleOutcome::NoSuchCase => at.gone(typed(fields)),
    })
}

async fn join(at: &At<'_>, case: &CaseId, fields: &BTreeMap<String, String>) -> anyhow::Result<Reply> {
    if at.number(case).await?.is_none() {
        return Ok(at.none());
    }
    let Some(into) = CaseNumber::read(typed(fields)) else {
        let found = text::escape_line(&text::cut(typed(fields), text::PLACEHOLDER));
        let why = at.voice().refused_case_number(found);
        let again = Form::On(case.clone(), CaseForm::Join);
        return Ok(Reply::page(form::again(at.voice(), &again, &why, "")));
    };
    let done = concerns::merge(&at.bot.desk, &at.handler, case.clone(), into.clone()).await?;
    Ok(Reply::page(outcome::joined(at.voice(), case, &into, &done)))
}

async fn ask(at: &At<'_>, case: &CaseId, fields: &BTreeMap<String, String>) -> anyhow::Result<Reply> {
    let reason = at.words(typed(fields));
    let done: AskOutcome = concerns::ask_identity(&at.bot.desk, &at.handler, case.clone(), reason).await?;
    let is_kept = matches!(done, AskOutcome::Asked);
    Ok(match outcome::asked(at.voice(), case, done) {
        Ok(page) if is_kept => Reply::page(page),
        Ok(page) => At::unkept(page, typed(fields)),
        Err(error) => at.wrong(&Form::On(case.clone(), CaseForm::Unseal), error, typed(fields)),
    })
}

/// Unlocks the kept key, and shows the case that it was unlocked for.
async fn unlock(at: &At<'_>, case: &CaseId, fields: &BTreeMap<String, String>) -> anyhow::Result<Reply> {
    if at.number(case).await?.is_none() {
        return Ok(at.none());
    }
    let passphrase = Secret::new(typed(fields).to_owned());
    let done: UnlockOutcome = concerns::unlock(&at.bot.desk, &at.handler, passphrase).await?;
    match outcome::not_unlocked(at.voice(), case, done) {
        Some(page) => Ok(Reply::page(page)),
        None => acts::read(at, case.clone()).await,
    }
}
