//! Declaring a drill, by the programme owner or an independent handler.

use std::collections::BTreeMap;

use super::at::At;
use crate::concerns::{self, DrillDraft, Secret};
use crate::discord::commands::case::may_drill;
use crate::discord::custom_id::{CaseStep, is_name};
use crate::discord::permissions::Asker;
use crate::discord::render::Page;
use crate::discord::render::case::{drill, form};
use crate::discord::reply::Reply;
use crate::words::Voice;

/// The form for the category that was chosen, or that its button carries.
pub(super) fn form(voice: Voice<'_>, carried: Option<&String>, values: &[String]) -> Reply {
    match values.first().or(carried).filter(|category| is_name(category)) {
        Some(category) => Reply::Form(Box::new(drill::form(voice, category))),
        None => Reply::text(voice.drill_role()),
    }
}

/// Declares the drill that the form describes.
pub(super) async fn sent(
    at: &At<'_>,
    asker: &Asker,
    category: Option<&String>,
    fields: &BTreeMap<String, String>,
) -> anyhow::Result<Reply> {
    let voice = at.voice();
    let typed = fields.get(form::TEXT).map(String::as_str).unwrap_or_default();
    let known = category.and_then(|id| at.bot.desk.category(id));
    let Some(known) = known.filter(|_| may_drill(asker)) else {
        return Ok(Reply::page(form::handed_back(Page::text(voice.drill_role()), typed)));
    };
    let draft = DrillDraft {
        category: known.id.clone(),
        urgency: known.default_urgency,
        text: Secret::new(typed.to_owned()),
    };
    let done = concerns::declare(&at.bot.desk, &at.handler, draft).await?;
    let step = CaseStep::Drill(category.cloned());
    Ok(Reply::page(drill::declared(voice, &step, &done, typed)))
}
