//! Absences: the outcome of entering one, the list of them, and what can be changed about each.

use jiff::civil::Date;
use serenity::all::{CreateButton, CreateModal, CreateSelectMenu};

use crate::discord::edge::component::{self, button};
use crate::discord::edge::dates::{self, EXAMPLE};
use crate::discord::edge::{Page, page, text};
use crate::discord::own::custom_id::{Form, Press};
use crate::ids::{AbsenceId, MemberId};
use crate::people::{AbsenceOutcome, ChangeOutcome, KnownAbsence};
use crate::words::Voice;

/// Name of the form's input: the last day.
pub const LAST: &str = "by";
/// Maximum length in characters of a date in a form, so that a mistake can be reported rather than cut off.
const DATE: u16 = 20;
/// Maximum number of messages of a list.
const PAGES: usize = 5;

/// Who looks at an absence, and whether as a programme owner.
#[derive(Clone, Copy)]
pub struct Eye {
    pub member: MemberId,
    pub owner: bool,
}

/// A text that is not a date.
pub fn no_date(voice: Voice<'_>, found: &str) -> String {
    voice.away_no_date(text::escape_line(&text::cut(found, 40)), EXAMPLE)
}

/// After an absence was entered.
pub fn recorded(voice: Voice<'_>, known: &KnownAbsence, eye: Eye) -> Page {
    let (from, to) = (dates::day(voice, known.first), dates::day(voice, known.last));
    let said = if known.member == eye.member {
        voice.away_recorded(from, to)
    } else {
        voice.away_recorded_other(text::mention(known.member), from, to)
    };
    let mut lines = vec![said];
    if known.first < known.today {
        lines.push(voice.away_closed_stays());
    }
    Page::text(lines.join("\n")).row_of(buttons(voice, known, eye.owner))
}

/// Why an absence was not entered.
pub fn refused(voice: Voice<'_>, outcome: &AbsenceOutcome, asked: (Date, Date), own: bool) -> String {
    let day = |date| dates::day(voice, date);
    match outcome {
        AbsenceOutcome::Entered(_) => voice.away_gone(),
        AbsenceOutcome::InThePast { today } => voice.away_past(day(*today)),
        AbsenceOutcome::OutOfReach { earliest, latest } => voice.away_reach(day(*earliest), day(*latest)),
        AbsenceOutcome::EndsBeforeItBegins => voice.away_order(day(asked.1), day(asked.0)),
        AbsenceOutcome::TooLong { days, most } => voice.away_too_long(i64::from(*days), i64::from(*most)),
        AbsenceOutcome::Overlaps { from, to } => voice.away_overlaps(text::instant(*from), text::instant(*to)),
        AbsenceOutcome::UnknownMember if own => voice.refused_organisation(),
        AbsenceOutcome::UnknownMember => voice.away_nobody(),
    }
}

/// The absences of somebody, or of all, with a menu to change one of them.
pub fn list(voice: Voice<'_>, known: &[KnownAbsence], reader: MemberId, whose: Option<MemberId>) -> Vec<Page> {
    let title = match whose {
        Some(member) if member == reader => voice.away_list("own", "", known.len() as i64),
        Some(member) => voice.away_list("other", text::mention(member), known.len() as i64),
        None => voice.away_list("all", "", known.len() as i64),
    };
    let line = |known: &KnownAbsence| {
        let mut line = format!("• {}", span(voice, known));
        if whose.is_none() {
            line = format!("{line}: {}", text::mention(known.member));
        }
        if known.entered_by == known.member || known.entered_by.is_erased() {
            line
        } else {
            format!("{line}{}", voice.away_entered_by(text::mention(known.entered_by)))
        }
    };
    let lines: Vec<String> = known.iter().map(line).collect();
    let (mut pages, _) = page::pages(&title, &lines, PAGES);
    if let Some(last) = pages.last_mut().filter(|_| whose.is_some()) {
        last.menus.extend(menu(voice, known));
    }
    pages
}

fn menu(voice: Voice<'_>, known: &[KnownAbsence]) -> Option<CreateSelectMenu> {
    let option = |known: &KnownAbsence| component::option(&span(voice, known), known.id.as_str());
    let options: Vec<_> = known.iter().map(option).collect();
    if options.is_empty() {
        return None;
    }
    Some(component::menu(&Press::Leave, options, &voice.away_choose()))
}

fn span(voice: Voice<'_>, known: &KnownAbsence) -> String {
    if known.first == known.last {
        return dates::day(voice, known.first);
    }
    let (from, to) = dates::span(voice, known.first, known.last);
    format!("{from} – {to}")
}

/// An absence, with what can be changed about it.
pub fn one(voice: Voice<'_>, known: &KnownAbsence, eye: Eye) -> Page {
    let mut lines = vec![format!("**{}**", span(voice, known))];
    if known.member != eye.member {
        lines.push(text::mention(known.member));
    }
    let buttons = buttons(voice, known, eye.owner);
    if buttons.is_empty() {
        lines.push(voice.away_fixed());
    }
    Page::text(lines.join("\n")).row_of(buttons)
}

fn buttons(voice: Voice<'_>, known: &KnownAbsence, owner: bool) -> Vec<CreateButton> {
    let mut buttons = Vec::new();
    if known.shortest(owner).is_some() {
        buttons.push(button(&Press::Shorten(known.id.clone()), &voice.button_away_shorten()));
    }
    if known.can_be_withdrawn(owner) {
        buttons.push(button(
            &Press::Withdraw(known.id.clone()),
            &voice.button_away_withdraw(),
        ));
    }
    buttons
}

/// Asks once more before an absence is withdrawn.
pub fn sure(voice: Voice<'_>, known: &KnownAbsence) -> Page {
    Page::text(voice.away_sure(span(voice, known))).row(vec![button(
        &Press::Withdrawn(known.id.clone()),
        &voice.button_away_withdrawn(),
    )])
}

/// The form with the new last day.
pub fn form(voice: Voice<'_>, absence: &AbsenceId, last: Option<Date>) -> CreateModal {
    let input = component::line(LAST, &voice.modal_away_last(), EXAMPLE, DATE);
    let input = match last {
        Some(last) => input.value(last.to_string()),
        None => input,
    };
    let id = Form::Shorten(absence.clone());
    component::modal(&id, &voice.button_away_shorten(), vec![input])
}

/// The form did not say a date: what was typed, and the form again.
pub fn no_last_day(voice: Voice<'_>, absence: &AbsenceId, typed: &str) -> Page {
    again(voice, no_date(voice, typed), absence)
}

fn again(voice: Voice<'_>, said: String, absence: &AbsenceId) -> Page {
    Page::text(said).row(vec![button(&Press::Shorten(absence.clone()), &voice.button_again())])
}

/// The outcome of a change; `now` is the absence as it is after it.
pub fn changed(voice: Voice<'_>, outcome: &ChangeOutcome, now: Option<&KnownAbsence>, eye: Eye) -> Page {
    let day = |date| dates::day(voice, date);
    match outcome {
        ChangeOutcome::Shortened(known) => {
            let now = now.unwrap_or(known);
            let said = voice.away_shortened(day(now.first), day(now.last), day(known.last));
            Page::text(said).row_of(buttons(voice, now, eye.owner))
        }
        ChangeOutcome::Withdrawn(known) => voice.away_withdrawn(span(voice, known)).into(),
        ChangeOutcome::NotShorter(known) => again(voice, voice.away_not_shorter(day(known.last)), &known.id),
        ChangeOutcome::NothingLeft(known) => {
            let mut page = again(voice, voice.away_nothing_left(day(known.first)), &known.id);
            if let Some(row) = page.rows.first_mut().filter(|_| known.can_be_withdrawn(eye.owner)) {
                row.push(button(
                    &Press::Withdraw(known.id.clone()),
                    &voice.button_away_withdraw(),
                ));
            }
            page
        }
        ChangeOutcome::InThePast(known) => {
            let page = Page::text(voice.away_past_change(day(known.today)));
            page.row_of(buttons(voice, known, eye.owner))
        }
        ChangeOutcome::Unknown => voice.away_gone().into(),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::words::{Language, Words};

    fn known(first: Date, last: Date) -> KnownAbsence {
        KnownAbsence {
            id: AbsenceId::new("a".repeat(32)),
            member: MemberId::from_i64(1),
            first,
            last,
            entered_by: MemberId::from_i64(1),
            today: date(2026, 11, 5),
            zone: "UTC".to_owned(),
        }
    }

    #[test]
    fn what_has_begun_is_shortened_by_its_member_and_taken_back_by_the_owner() {
        let begun = known(date(2026, 11, 2), date(2026, 11, 9));
        assert_eq!(begun.shortest(false), Some(date(2026, 11, 4)));
        assert_eq!(begun.shortest(true), Some(date(2026, 11, 2)));
        assert!(!begun.can_be_withdrawn(false) && begun.can_be_withdrawn(true));
        let ahead = known(date(2026, 11, 5), date(2026, 11, 5));
        assert_eq!(ahead.shortest(false), None);
        assert!(ahead.can_be_withdrawn(false));
        let over = known(date(2026, 10, 1), date(2026, 11, 4));
        assert_eq!(over.shortest(false), None);
        let words = Words::load();
        let eye = Eye {
            member: over.member,
            owner: false,
        };
        let shown = one(words.voice(Language::English), &over, eye);
        assert!(
            shown.rows.is_empty() && shown.text.contains("programme owner"),
            "{}",
            shown.text
        );
    }

    #[test]
    fn no_fixed_text_is_cut() {
        let words = Words::load();
        for language in Language::ALL {
            let voice = words.voice(language);
            assert!(text::length(&voice.away_choose()) <= text::PLACEHOLDER);
            assert!(text::length(&voice.modal_away_last()) <= text::LABEL);
            for label in [
                voice.button_away_shorten(),
                voice.button_away_withdraw(),
                voice.button_away_withdrawn(),
            ] {
                assert!(text::length(&label) <= text::LABEL, "{label}");
            }
        }
    }
}
