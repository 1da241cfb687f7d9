//! What handlers send with a form.

use std::collections::BTreeMap;

use super::at::{At, asker};
use super::{acts, drill, keys};
use crate::catalogue::TemplateKind;
use crate::concerns::{
    self, AskOutcome, CaseNumber, HandlerText, NoteOutcome, ReplyDraft, ReplyOutcome, Secret, SettleOutcome, TextError,
    UnlockOutcome, template,
};
use crate::discord::bot::Bot;
use crate::discord::call::Call;
use crate::discord::custom_id::{CaseAct, CaseStep};
use crate::discord::render::case::{form, outcome, say};
use crate::discord::render::{Page, text};
use crate::discord::reply::Reply;
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
    step: &CaseStep,
    fields: &BTreeMap<String, String>,
) -> anyhow::Result<Reply> {
    let asker = match asker(bot, call).await? {
        Ok(asker) => asker,
        Err(reply) => return Ok(handed_back(reply, step, fields)),
    };
    let at = At::new(bot, call, &asker);
    match step {
        CaseStep::Key(act) => keys::sent(&at, &asker, *act, fields).await,
        CaseStep::Drill(category) => drill::sent(&at, &asker, category.as_ref(), fields).await,
        CaseStep::On(case, act) => match act {
            CaseAct::Say(template) => reply(&at, (case, template.as_deref()), fields).await,
            CaseAct::Note => note(&at, case, fields).await,
            CaseAct::Move(_) => settle(&at, step, fields).await,
            CaseAct::Join => join(&at, case, fields).await,
            CaseAct::Unseal => ask(&at, case, fields).await,
            CaseAct::Unlock => unlock(&at, case, fields).await,
            CaseAct::Show
            | CaseAct::Read
            | CaseAct::Take
            | CaseAct::Status
            | CaseAct::HandOver
            | CaseAct::Conflict
            | CaseAct::Conflicted
            | CaseAct::Identity => Ok(at.gone(typed(fields))),
        },
        CaseStep::Inbox | CaseStep::AgreeTo(_) => Ok(at.gone(typed(fields))),
    }
}

/// What could not be kept comes back; a passphrase or key never does.
pub(super) fn lost(voice: Voice<'_>, step: &CaseStep, reference: String, fields: &BTreeMap<String, String>) -> Reply {
    if is_secret(step) {
        return Reply::text(voice.apology(reference));
    }
    Reply::page(form::lost(voice, step, reference, typed(fields)))
}

/// The same beside a refusal.
fn handed_back(reply: Reply, step: &CaseStep, fields: &BTreeMap<String, String>) -> Reply {
    match reply {
        Reply::Pages(mut pages) if !is_secret(step) => {
            let last = pages.pop().map(|page| form::handed_back(page, typed(fields)));
            pages.extend(last);
            Reply::Pages(pages)
        }
        other => other,
    }
}

/// Whether what is typed must not be shown again.
const fn is_secret(step: &CaseStep) -> bool {
    match step {
        CaseStep::Key(_) | CaseStep::On(_, CaseAct::Unlock) => true,
        CaseStep::On(..) | CaseStep::Inbox | CaseStep::AgreeTo(_) | CaseStep::Drill(_) => false,
    }
}

impl At<'_> {
    fn words(&self, text: &str) -> HandlerText {
        HandlerText {
            text: Secret::new(text.to_owned()),
            interaction: self.call.id,
        }
    }

    /// The answer to what is not there, and the words that it does not keep.
    fn gone(&self, words: &str) -> Reply {
        Self::unkept(Page::text(self.voice().refused_case()), words)
    }

    /// Why words were not kept, and the words.
    fn unkept(page: Page, words: &str) -> Reply {
        Reply::page(form::handed_back(page, words))
    }

    /// What is wrong with words, and the words.
    fn wrong(&self, step: &CaseStep, error: TextError, words: &str) -> Reply {
        let why = outcome::wrong(self.voice(), error);
        Reply::page(form::again(self.voice(), step, &why, words))
    }
}

async fn reply(
    at: &At<'_>,
    (case, template): (&CaseId, Option<&str>),
    fields: &BTreeMap<String, String>,
) -> anyhow::Result<Reply> {
    let text = template::fill(typed(fields), &form::read_fill(fields));
    let templates = &at.bot.desk.core.catalogue.concern_templates;
    let kind = templates
        .iter()
        .find(|known| Some(known.id.as_str()) == template)
        .map(|known| known.kind);
    let draft = ReplyDraft {
        case: case.clone(),
        words: at.words(&text),
        feedback: template == Some(say::FREE_FEEDBACK)
            || matches!(kind, Some(TemplateKind::Feedback | TemplateKind::Close)),
    };
    let step = || CaseStep::On(case.clone(), CaseAct::Say(template.map(str::to_owned)));
    Ok(match concerns::reply(&at.bot.desk, &at.handler, draft).await? {
        ReplyOutcome::Sent {
            number,
            first,
            feedback,
            drill,
        } => Reply::page(outcome::said(at.voice(), case, &number, (first, feedback, drill))),
        ReplyOutcome::Wrong(error) => at.wrong(&step(), error, &text),
        ReplyOutcome::OpenPlaces(places) => {
            let places: Vec<String> = places.iter().map(|place| format!("{{{place}}}")).collect();
            let why = at
                .voice()
                .refused_case_open_places(text::escape_line(&places.join(", ")));
            Reply::page(form::again(at.voice(), &step(), &why, &text))
        }
        ReplyOutcome::NoSuchCase => at.gone(&text),
    })
}

async fn note(at: &At<'_>, case: &CaseId, fields: &BTreeMap<String, String>) -> anyhow::Result<Reply> {
    let words = at.words(typed(fields));
    let done = concerns::note(&at.bot.desk, &at.handler, case.clone(), words).await?;
    Ok(match done {
        NoteOutcome::Noted(number) => Reply::page(outcome::noted(at.voice(), case, &number)),
        NoteOutcome::Wrong(error) => at.wrong(&CaseStep::On(case.clone(), CaseAct::Note), error, typed(fields)),
        NoteOutcome::NoSuchCase => at.gone(typed(fields)),
    })
}

async fn settle(at: &At<'_>, step: &CaseStep, fields: &BTreeMap<String, String>) -> anyhow::Result<Reply> {
    let CaseStep::On(case, CaseAct::Move(to)) = step else {
        return Ok(at.none());
    };
    let (voice, reason) = (at.voice(), at.words(typed(fields)));
    let done = concerns::settle(&at.bot.desk, &at.handler, case.clone(), *to, reason).await?;
    Ok(match done {
        SettleOutcome::Settled(number, to) => Reply::page(outcome::moved(voice, case, &number, to)),
        SettleOutcome::Illegal { from, to } => At::unkept(outcome::stays(voice, case, from, to), typed(fields)),
        SettleOutcome::TooLate(number, until) => {
            At::unkept(outcome::stays_closed(voice, case, &number, until), typed(fields))
        }
        SettleOutcome::Wrong(error) => at.wrong(step, error, typed(fields)),
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
        let step = CaseStep::On(case.clone(), CaseAct::Join);
        return Ok(Reply::page(form::again(at.voice(), &step, &why, "")));
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
        Err(error) => at.wrong(&CaseStep::On(case.clone(), CaseAct::Unseal), error, typed(fields)),
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
