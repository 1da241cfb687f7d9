//! Opening the forms of the handlers' side in time.

use std::collections::BTreeMap;
use std::time::Duration;

use serenity::all::CreateModal;

use super::at::{At, asker};
use super::command::may_drill;
use super::custom_id::{CaseForm, Form, KeyForm};
use super::pages::{form, say};
use crate::concerns::{self, CaseNumber, template};
use crate::core::Decided;
use crate::discord::edge::{Bot, Call, Reply};

/// How long opening a form may wait for the database.
const LOOK: Duration = Duration::from_millis(1_200);
/// What a form's title says if the number is not known in time.
const UNKNOWN: &str = "…";

/// Opens a form. It must be the first response: if the database is slow it opens all the same, and what is sent is
/// checked then.
pub(super) async fn open(bot: &Bot, call: &Call, form: Form) -> anyhow::Result<Reply> {
    match tokio::time::timeout(LOOK, look(bot, call, &form)).await {
        Ok(known) => match known? {
            Err(refusal) => Ok(refusal),
            Ok(known) => Ok(Reply::Form(Box::new(modal(bot, call, &form, known)))),
        },
        Err(_) => Ok(Reply::Form(Box::new(modal(bot, call, &form, Known::default())))),
    }
}

/// What a form says of its case.
#[derive(Default)]
struct Known {
    number: Option<CaseNumber>,
    /// What fills the places of a template.
    facts: BTreeMap<String, String>,
}

/// What is known for the form; otherwise why there is none.
async fn look(bot: &Bot, call: &Call, form: &Form) -> Decided<Known, Reply> {
    let asker = match asker(bot, call).await? {
        Ok(asker) => asker,
        Err(reply) => return Ok(Err(reply)),
    };
    let at = At::new(bot, call, &asker);
    Ok(match form {
        Form::Drill(_) if !may_drill(&asker) => Err(Reply::text(at.voice().drill_role())),
        Form::Key(_) | Form::Drill(_) => Ok(Known::default()),
        Form::On(case, CaseForm::Say(_)) => match concerns::open_case(&bot.desk, &at.handler, case.clone()).await? {
            Some(seen) => {
                let other_way = bot.desk.other_way(&at.handler.organisation);
                Ok(Known {
                    facts: say::facts(at.voice(), &seen, other_way, bot.desk.core.clock.now()),
                    number: Some(seen.case.number),
                })
            }
            None => Err(at.none()),
        },
        Form::On(case, _) => match at.number(case).await? {
            Some(_) => Ok(Known::default()),
            None => Err(at.none()),
        },
    })
}

fn modal(bot: &Bot, call: &Call, form: &Form, known: Known) -> CreateModal {
    let voice = bot.words.voice(call.language);
    match form {
        Form::Key(KeyForm::Own) => form::own_key(voice),
        Form::Key(KeyForm::Keep) => form::passphrases(voice),
        Form::Drill(category) => form::drill(voice, category),
        Form::On(case, about) => match about {
            CaseForm::Say(template) => {
                let number = known
                    .number
                    .map_or_else(|| UNKNOWN.to_owned(), |number| number.to_string());
                let templates = &bot.desk.core.catalogue.concern_templates;
                let chosen = templates.iter().find(|known| known.id == *template);
                let start = chosen.map(|chosen| template::fill(&chosen.text, &known.facts));
                form::fill(voice, form, &number, &start.unwrap_or_default())
            }
            CaseForm::Note => form::note(voice, case),
            CaseForm::Move(state) => form::settle(voice, case, *state),
            CaseForm::Unseal => form::unseal(voice, case),
            CaseForm::Join => form::join(voice, case),
            CaseForm::Unlock => form::unlock(voice, case),
        },
    }
}
