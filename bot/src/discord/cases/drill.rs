//! Declaring a drill, by the programme owner or an independent handler.

use std::collections::BTreeMap;

use super::at::At;
use super::command::may_drill;
use super::custom_id::Form;
use super::pages::{drill, form};
use crate::concerns::{self, DrillDraft, Secret};
use crate::discord::edge::{Asker, Page, Reply};

/// Declares the drill that the form describes.
pub(super) async fn sent(
    at: &At<'_>,
    asker: &Asker,
    category: &str,
    fields: &BTreeMap<String, String>,
) -> anyhow::Result<Reply> {
    let voice = at.voice();
    let typed = fields.get(form::TEXT).map(String::as_str).unwrap_or_default();
    let Some(known) = at.bot.desk.category(category).filter(|_| may_drill(asker)) else {
        return Ok(Reply::page(form::handed_back(Page::text(voice.drill_role()), typed)));
    };
    let draft = DrillDraft {
        category: known.id.clone(),
        urgency: known.default_urgency,
        text: Secret::new(typed.to_owned()),
    };
    let done = concerns::declare(&at.bot.desk, &at.handler, draft).await?;
    let id = Form::Drill(category.to_owned());
    Ok(Reply::page(drill::declared(voice, &id, &done, typed)))
}
