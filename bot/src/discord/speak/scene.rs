//! What a step is taken in: the organisation, the keys in force, and what was chosen, each looked up anew.

use std::collections::BTreeSet;

use super::custom_id::{Chosen, mark};
use super::pages;
use super::pages::sent::NotTaken;
use crate::catalogue::{ConcernCategory, Urgency};
use crate::concerns::{self, Channel, KeySet, Mode, Route};
use crate::config::Organisation;
use crate::discord::edge::{Bot, Call, Reply};
use crate::ids::MemberId;

/// Where a step stands.
pub(super) struct Scene<'a> {
    pub organisation: &'a Organisation,
    pub keys: KeySet,
    pub category: Option<Category<'a>>,
}

/// What it is about, and who reads it.
pub(super) struct Category<'a> {
    pub of: &'a ConcernCategory,
    pub urgency: Urgency,
    /// Who could read it if nobody were left out.
    pub open_to: BTreeSet<MemberId>,
    pub barred: BTreeSet<MemberId>,
    pub route: Route,
}

impl Category<'_> {
    /// The handler who alone learns the name; none where none is chosen, or one who may not read it.
    pub fn confidant(&self, keys: &KeySet, chosen: &Chosen) -> Option<MemberId> {
        let holder = keys.holders.get(usize::from(chosen.confidant?))?;
        self.route.reads(holder.member).then_some(holder.member)
    }

    /// What keeps the form from being sent.
    pub fn refuses(&self, keys: &KeySet, chosen: &Chosen) -> Option<NotTaken> {
        if self.route.readers.is_empty() {
            return Some(NotTaken::Nobody);
        }
        if self.route.asks_whom_to_bar && !chosen.asked {
            return Some(NotTaken::NotAsked);
        }
        let confidant = self.confidant(keys, chosen);
        match (chosen.mode, confidant) {
            (Mode::Confidential, None) => Some(NotTaken::NoConfidant),
            (Mode::Confidential, Some(_)) | (Mode::Named | Mode::Anonymous, _) => None,
        }
    }
}

/// The scene of what was chosen, or why there is none: the channel closed, the keys changed, or numbers that name nothing.
pub(super) async fn scene<'a>(
    bot: &'a Bot,
    call: &Call,
    chosen: &Chosen,
) -> anyhow::Result<Result<Scene<'a>, NotTaken>> {
    let place = bot.core.organisation(chosen.organisation);
    let place = place.filter(|_| call.server.is_none_or(|server| server == chosen.organisation));
    let Some(organisation) = place else {
        return Ok(Err(NotTaken::Changed));
    };
    let keys = match concerns::channel(&bot.desk, organisation).await? {
        Channel::Closed(why) => return Ok(Err(NotTaken::Closed(why))),
        Channel::Open(keys) => keys,
    };
    let places = keys.holders.len() as u32;
    let names_nobody = chosen.barred.checked_shr(places).unwrap_or(0) != 0
        || chosen.confidant.is_some_and(|place| u32::from(place) >= places);
    if keys.fingerprint() != chosen.keys || names_nobody {
        return Ok(Err(NotTaken::Changed));
    }
    let category = match chosen.category {
        None => None,
        Some(wanted) => match category(bot, &keys, chosen, wanted) {
            None => return Ok(Err(NotTaken::Changed)),
            found => found,
        },
    };
    Ok(Ok(Scene {
        organisation,
        keys,
        category,
    }))
}

fn category<'a>(bot: &'a Bot, keys: &KeySet, chosen: &Chosen, wanted: u32) -> Option<Category<'a>> {
    let mut categories = bot.core.catalogue.concern_categories.iter();
    let category = categories.find(|category| mark(&category.id) == wanted)?;
    let barred = keys.picked(chosen.barred);
    let open = concerns::route(category, &keys.holders, &BTreeSet::new());
    Some(Category {
        of: category,
        urgency: chosen.urgency.unwrap_or(category.default_urgency),
        open_to: open.readers.iter().map(|reader| reader.member).collect(),
        route: concerns::route(category, &keys.holders, &barred),
        barred,
    })
}

/// The page that says why a step cannot be taken.
pub(super) fn refused(bot: &Bot, call: &Call, chosen: &Chosen, why: NotTaken) -> Reply {
    let voice = bot.words.voice(call.language);
    let way = bot
        .core
        .organisation(chosen.organisation)
        .and_then(|place| bot.desk.other_way(place));
    Reply::page(match why {
        NotTaken::Closed(why) => pages::closed(voice, why, way.as_deref()),
        _ => pages::changed(voice, chosen.draft.clone()),
    })
}
