//! Opening the forms of the handlers' side in time.

use std::collections::BTreeMap;
use std::time::Duration;

use super::at::{At, asker};
use super::command::may_drill;
use super::custom_id::{CaseAct, CaseStep};
use super::pages::{form, say};
use super::{drill, keys};
use crate::concerns::{self, template};
use crate::discord::edge::{Bot, Call, Reply};
use crate::ids::CaseId;
use crate::words::Voice;

/// How long opening a form may wait for the database.
const LOOK: Duration = Duration::from_millis(1_200);
/// What a form's title says where the number is not known in time.
const UNKNOWN: &str = "…";

/// Opens a form. It must be the first response: where the database is slow it opens all the same, and what is sent is
/// checked then.
pub(super) async fn open(bot: &Bot, call: &Call, step: CaseStep, values: &[String]) -> anyhow::Result<Reply> {
    match tokio::time::timeout(LOOK, known(bot, call, &step, values)).await {
        Ok(found) => found,
        Err(_) => Ok(blank(bot.words.voice(call.language), bot, &step, values)),
    }
}

/// The form, or why there is none.
async fn known(bot: &Bot, call: &Call, step: &CaseStep, values: &[String]) -> anyhow::Result<Reply> {
    let asker = match asker(bot, call).await? {
        Ok(asker) => asker,
        Err(reply) => return Ok(reply),
    };
    let at = At::new(bot, call, &asker);
    match step {
        CaseStep::Key(act) => Ok(keys::form(at.voice(), *act)),
        CaseStep::Drill(_) if !may_drill(&asker) => Ok(Reply::text(at.voice().drill_role())),
        CaseStep::Drill(category) => Ok(drill::form(at.voice(), category.as_ref(), values)),
        CaseStep::On(case, CaseAct::Say(_)) => {
            let Some(seen) = concerns::open_case(&bot.desk, &at.handler, case.clone()).await? else {
                return Ok(at.none());
            };
            let other_way = bot.desk.other_way(&at.handler.organisation);
            let facts = say::facts(at.voice(), &seen, other_way, bot.desk.core.clock.now());
            let number = seen.case.number.to_string();
            Ok(words_form(at.voice(), bot, (step, &number), values, &facts))
        }
        CaseStep::On(case, act) => Ok(match at.number(case).await? {
            Some(_) => plain(at.voice(), case, act),
            None => at.none(),
        }),
        CaseStep::Inbox | CaseStep::AgreeTo(_) => Ok(at.none()),
    }
}

/// The form without anything that has to be looked up.
fn blank(voice: Voice<'_>, bot: &Bot, step: &CaseStep, values: &[String]) -> Reply {
    match step {
        CaseStep::Key(act) => keys::form(voice, *act),
        CaseStep::Drill(category) => drill::form(voice, category.as_ref(), values),
        CaseStep::On(_, CaseAct::Say(_)) => words_form(voice, bot, (step, UNKNOWN), values, &BTreeMap::new()),
        CaseStep::On(case, act) => plain(voice, case, act),
        CaseStep::Inbox | CaseStep::AgreeTo(_) => Reply::text(voice.refused_case()),
    }
}

/// A form of one text, the same for every case.
fn plain(voice: Voice<'_>, case: &CaseId, act: &CaseAct) -> Reply {
    let step = CaseStep::On(case.clone(), act.clone());
    let (title, label, hint) = match act {
        CaseAct::Note => (
            voice.modal_case_note_title(),
            voice.modal_case_note_label(),
            voice.modal_case_note_hint(),
        ),
        CaseAct::Move(state) => (
            voice.modal_case_move_title(state.word()),
            voice.modal_case_move_label(),
            voice.modal_case_move_hint(),
        ),
        CaseAct::Unseal => (
            voice.modal_case_unseal_title(),
            voice.modal_case_unseal_label(),
            voice.modal_case_unseal_hint(),
        ),
        CaseAct::Join => return Reply::Form(Box::new(form::join(voice, case))),
        CaseAct::Unlock => return Reply::Form(Box::new(form::unlock(voice, case))),
        CaseAct::Show
        | CaseAct::Read
        | CaseAct::Take
        | CaseAct::Say(_)
        | CaseAct::Status
        | CaseAct::HandOver
        | CaseAct::Conflict
        | CaseAct::Conflicted
        | CaseAct::Identity => return Reply::text(voice.refused_case()),
    };
    Reply::Form(Box::new(form::paragraph(&step, &title, (&label, &hint))))
}

/// The form of a word to the reporter, from the template that was chosen.
fn words_form(
    voice: Voice<'_>,
    bot: &Bot,
    (step, number): (&CaseStep, &str),
    values: &[String],
    facts: &BTreeMap<String, String>,
) -> Reply {
    let CaseStep::On(case, CaseAct::Say(carried)) = step else {
        return Reply::text(voice.refused_case());
    };
    let Some(chosen) = values.first().or(carried.as_ref()) else {
        return Reply::text(voice.refused_case());
    };
    let known = bot
        .desk
        .core
        .catalogue
        .concern_templates
        .iter()
        .find(|known| known.id == *chosen);
    let start = known
        .map(|known| template::fill(&known.text, facts))
        .unwrap_or_default();
    let places = template::places(&start);
    let id = CaseStep::On(case.clone(), CaseAct::Say(Some(chosen.clone())));
    Reply::Form(Box::new(form::fill(voice, &id, number, (&start, &places))))
}
