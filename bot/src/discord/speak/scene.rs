//! The situation in which a step is taken: the organisation, the active keys, and what was chosen, each looked up anew.

use std::collections::BTreeSet;

use super::custom_id::{Chosen, mark};
use super::pages;
use super::pages::sent::NotTaken;
use crate::catalogue::{ConcernCategory, Urgency};
use crate::concerns::{self, Channel, KeySet, Mode, Route};
use crate::config::Organisation;
use crate::core::Decided;
use crate::discord::edge::{Bot, Call, Reply};
use crate::ids::MemberId;

/// The situation of a step.
pub(super) struct Scene<'a> {
    pub organisation: &'a Organisation,
    pub keys: KeySet,
    pub chosen: Chosen,
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
    /// The handler who alone learns the name; none if none is chosen, or one who may not read it.
    pub confidant: Option<MemberId>,
}

impl Category<'_> {
    /// What keeps the form from being sent.
    pub fn refuses(&self, chosen: &Chosen) -> Option<NotTaken> {
        if self.route.readers.is_empty() {
            return Some(NotTaken::Nobody);
        }
        if self.route.asks_whom_to_bar && !chosen.asked {
            return Some(NotTaken::NotAsked);
        }
        match (chosen.mode, self.confidant) {
            (Mode::Confidential, None) => Some(NotTaken::NoConfidant),
            (Mode::Confidential, Some(_)) | (Mode::Named | Mode::Anonymous, _) => None,
        }
    }
}

/// The scene of what was chosen, or why there is none: the channel is closed, the keys have changed, or numbers name
/// nothing.
pub(super) async fn scene<'a>(bot: &'a Bot, call: &Call, chosen: &Chosen) -> Decided<Scene<'a>, NotTaken> {
    let place = bot.core.organisation(chosen.organisation);
    let place = place.filter(|_| call.server.is_none_or(|server| server == chosen.organisation));
    let Some(organisation) = place else {
        return Ok(Err(NotTaken::Changed));
    };
    Ok(match concerns::channel(&bot.desk, organisation).await? {
        Channel::Closed(why) => Err(NotTaken::Closed(why)),
        Channel::Open(keys) => Scene::of(bot, organisation, keys, chosen.clone()),
    })
}

impl<'a> Scene<'a> {
    fn of(bot: &'a Bot, organisation: &'a Organisation, keys: KeySet, chosen: Chosen) -> Result<Self, NotTaken> {
        let places = keys.holders.len() as u32;
        let names_nobody = chosen.barred.checked_shr(places).unwrap_or(0) != 0
            || chosen.confidant.is_some_and(|place| u32::from(place) >= places);
        if keys.fingerprint() != chosen.keys || names_nobody {
            return Err(NotTaken::Changed);
        }
        let category = match chosen.category {
            None => None,
            Some(wanted) => Some(category(bot, &keys, &chosen, wanted).ok_or(NotTaken::Changed)?),
        };
        Ok(Self {
            organisation,
            keys,
            chosen,
            category,
        })
    }

    /// The same scene after another choice. The keys are not looked up again.
    pub fn after(self, bot: &'a Bot, chosen: Chosen) -> Result<Self, NotTaken> {
        Self::of(bot, self.organisation, self.keys, chosen)
    }
}

fn category<'a>(bot: &'a Bot, keys: &KeySet, chosen: &Chosen, wanted: u32) -> Option<Category<'a>> {
    let mut categories = bot.core.catalogue.concern_categories.iter();
    let category = categories.find(|category| mark(&category.id) == wanted)?;
    let barred = keys.picked(chosen.barred);
    let open = concerns::route(category, &keys.holders, &BTreeSet::new());
    let route = concerns::route(category, &keys.holders, &barred);
    let confidant = chosen.confidant.and_then(|place| keys.holders.get(usize::from(place)));
    Some(Category {
        of: category,
        urgency: chosen.urgency.unwrap_or(category.default_urgency),
        open_to: open.readers.iter().map(|reader| reader.member).collect(),
        confidant: confidant
            .map(|holder| holder.member)
            .filter(|member| route.reads(*member)),
        route,
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
