//! The menus of the last page before the form.

use serenity::all::{CreateSelectMenu, CreateSelectMenuOption};

use super::choose::{Details, NOBODY};
use super::{OPTION, OPTIONS, menu, text};
use crate::catalogue::Urgency;
use crate::concerns::{Mode, urgency_word};
use crate::discord::speak::custom_id::{Press, Step};
use crate::ids::MemberId;
use crate::words::Voice;

const URGENCIES: [Urgency; 4] = [Urgency::Now, Urgency::Today, Urgency::ThisWeek, Urgency::Routine];

/// The menus of the page.
pub(super) fn menus(voice: Voice<'_>, details: &Details<'_>) -> Vec<CreateSelectMenu> {
    let mut menus = Vec::new();
    if !details.open_to.is_empty() {
        menus.push(barred_menu(voice, details));
    }
    if details.chosen.mode == Mode::Confidential && !details.route.readers.is_empty() {
        menus.push(confidant_menu(voice, details));
    }
    let id = Press::Step(Step::Urgency, details.chosen.clone());
    let option = |urgency: Urgency| {
        let word = urgency_word(urgency);
        CreateSelectMenuOption::new(voice.concern_urgency(word), word).default_selection(urgency == details.urgency)
    };
    let options = URGENCIES.into_iter().map(option).collect();
    menus.push(menu(&id, options, &voice.concern_choose_urgency()));
    menus
}

/// An entry for each of these handlers; its value is the place among all.
fn options(
    details: &Details<'_>,
    shown: impl Fn(MemberId) -> bool,
    selected: impl Fn(usize) -> bool,
) -> Vec<CreateSelectMenuOption> {
    let places = details.holders.iter().enumerate();
    places
        .filter(|(_, holder)| shown(holder.member))
        .take(OPTIONS)
        .map(|(place, holder)| {
            let mark = holder.fingerprint();
            let label = match details.names.get(&holder.member) {
                Some(name) => format!("{} · {mark}", text::cut(name, OPTION / 2)),
                None => mark,
            };
            CreateSelectMenuOption::new(label, place.to_string()).default_selection(selected(place))
        })
        .collect()
}

fn barred_menu(voice: Voice<'_>, details: &Details<'_>) -> CreateSelectMenu {
    let id = Press::Step(Step::Barred, details.chosen.clone());
    let shown = |member| details.open_to.contains(&member);
    let mut options = options(details, shown, |place| details.is_barred(place));
    let asks = details.route.asks_whom_to_bar;
    if asks {
        let nobody = CreateSelectMenuOption::new(voice.concern_barred_nobody(), NOBODY);
        options.truncate(OPTIONS - 1);
        options.push(nobody.default_selection(details.chosen.asked && details.chosen.barred == 0));
    }
    let most = options.len() as u8;
    menu(
        &id,
        options,
        &voice.concern_choose_barred(if asks { "yes" } else { "no" }),
    )
    .min_values(u8::from(asks))
    .max_values(most)
}

fn confidant_menu(voice: Voice<'_>, details: &Details<'_>) -> CreateSelectMenu {
    let id = Press::Step(Step::Confidant, details.chosen.clone());
    let confidant = details.confidant().map(|holder| holder.member);
    let selected = |place: usize| details.holders.get(place).map(|holder| holder.member) == confidant;
    let options = options(
        details,
        |member| details.route.reads(member),
        |place| confidant.is_some() && selected(place),
    );
    menu(&id, options, &voice.concern_choose_confidant())
}
