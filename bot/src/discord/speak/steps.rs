//! The steps from the mode to the form. What was chosen is carried in the custom ids; nothing is kept.

use std::time::Duration;

use super::custom_id::{Chosen, Step, mark};
use super::pages;
use super::pages::choose::{self, Details, Picked};
use super::pages::sent::NotTaken;
use super::scene::{Category, Scene, refused, scene};
use crate::concerns::{Mode, urgency_of};
use crate::discord::edge::{Bot, Call, Page, Reply};
use crate::ids::MemberId;

/// How long opening the form may wait for the database; what is sent is checked then anyway.
const LOOK: Duration = Duration::from_millis(1_000);

/// Takes a step and shows the next page.
pub(super) async fn take(
    bot: &Bot,
    call: &Call,
    step: Step,
    chosen: Chosen,
    values: &[String],
) -> anyhow::Result<Reply> {
    let next = match scene(bot, call, &chosen).await? {
        Ok(scene) => match choose(bot, &scene, step, values) {
            Some(next) => scene.after(bot, next),
            None => Err(NotTaken::Changed),
        },
        Err(why) => Err(why),
    };
    Ok(match next {
        Ok(scene) => show(bot, call, &scene).await,
        Err(why) => refused(bot, call, &chosen, why),
    })
}

/// What is chosen after this step; none if what came beside it names nothing.
fn choose(bot: &Bot, scene: &Scene<'_>, step: Step, values: &[String]) -> Option<Chosen> {
    let mut next = scene.chosen.clone();
    match step {
        // Back to what it is about: what depends on that is open again.
        Step::Mode => {
            next.category = None;
            next.urgency = None;
            next.barred = 0;
            next.asked = false;
            next.confidant = None;
        }
        Step::Category => {
            let [id] = values else { return None };
            let category = bot.desk.category(id)?;
            next.category = Some(mark(&category.id));
            next.urgency = Some(category.default_urgency);
        }
        Step::Barred => {
            // "Nobody" together with somebody means these.
            let people: Vec<String> = values
                .iter()
                .filter(|value| *value != choose::NOBODY)
                .cloned()
                .collect();
            next.barred = mask(scene, &people)?;
            next.asked = true;
        }
        Step::Confidant => {
            let [place] = values else { return None };
            next.confidant = Some(place_of(scene, place)?);
        }
        Step::Urgency => {
            let [word] = values else { return None };
            next.urgency = Some(urgency_of(word)?);
        }
        Step::Unlink => next.draft = None,
        Step::Contact => next.no_contact = !next.no_contact,
    }
    Some(next)
}

fn place_of(scene: &Scene<'_>, value: &str) -> Option<u8> {
    let place: u8 = value.parse().ok()?;
    (usize::from(place) < scene.keys.holders.len()).then_some(place)
}

fn mask(scene: &Scene<'_>, values: &[String]) -> Option<u32> {
    let places: Option<Vec<u8>> = values.iter().map(|value| place_of(scene, value)).collect();
    let bit = |place: u8| 1u32.checked_shl(u32::from(place));
    places?.into_iter().try_fold(0, |mask, place| Some(mask | bit(place)?))
}

/// The page for what was chosen so far.
async fn show(bot: &Bot, call: &Call, scene: &Scene<'_>) -> Reply {
    let voice = bot.words.voice(call.language);
    Reply::page(match &scene.category {
        None => choose::categories(voice, &scene.chosen, &bot.core.catalogue.concern_categories),
        Some(category) => details(bot, call, scene, category).await,
    })
}

async fn details(bot: &Bot, call: &Call, scene: &Scene<'_>, category: &Category<'_>) -> Page {
    let chosen = &scene.chosen;
    let open_to: Vec<MemberId> = category.open_to.iter().copied().collect();
    let (rest, clock) = (&bot.rest, &bot.core.clock);
    let names = bot.names.of(rest, clock, chosen.organisation, &open_to).await;
    let details = Details {
        chosen,
        category: category.of,
        urgency: category.urgency,
        holders: &scene.keys.holders,
        open_to: &category.open_to,
        route: &category.route,
        names: &names,
        news_at: bot.core.config.concerns.news_at,
        message: message(bot, call, chosen.mode, chosen.draft.as_deref()),
    };
    choose::details(bot.words.voice(call.language), &details)
}

/// What the page says about the message; none if there is no message.
fn message(bot: &Bot, call: &Call, mode: Mode, draft: Option<&str>) -> Option<Picked> {
    let found = bot.picked.look(draft?, |picked| match picked.link(mode, call.member) {
        Some(link) => Picked::Goes {
            link,
            files: picked.count(),
        },
        None => Picked::Private,
    });
    Some(found.unwrap_or(Picked::Gone))
}

/// Opens the form. It must be the first response, so it does not wait for a slow database.
pub(super) async fn write(bot: &Bot, call: &Call, chosen: Chosen) -> anyhow::Result<Reply> {
    let voice = bot.words.voice(call.language);
    let form = || Reply::Form(Box::new(pages::form(voice, &chosen)));
    let Ok(found) = tokio::time::timeout(LOOK, scene(bot, call, &chosen)).await else {
        return Ok(form());
    };
    let scene = match found? {
        Ok(scene) => scene,
        Err(why) => return Ok(refused(bot, call, &chosen, why)),
    };
    Ok(match &scene.category {
        None => refused(bot, call, &chosen, NotTaken::Changed),
        Some(category) => match category.refuses(&chosen) {
            Some(_) => show(bot, call, &scene).await,
            None => form(),
        },
    })
}
