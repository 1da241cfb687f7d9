//! Leaves: what became of one, the list of them, and what can be changed of each.

use jiff::civil::Date;
use serenity::all::{
    ButtonStyle, CreateActionRow, CreateButton, CreateInputText, CreateModal, CreateSelectMenu, CreateSelectMenuKind,
    CreateSelectMenuOption, InputTextStyle,
};

use crate::discord::edge::dates::{self, EXAMPLE};
use crate::discord::edge::{Page, page, text};
use crate::discord::own::custom_id::{Form, Press};
use crate::ids::{AbsenceId, MemberId};
use crate::people::{AbsenceOutcome, ChangeOutcome, KnownAbsence};
use crate::words::Voice;

/// Most characters of an entry of a menu.
const OPTION: usize = 100;
/// Name of the form's input: the last day.
pub const LAST: &str = "by";
/// Most characters of a date in a form, so that a mistake can be said rather than cut.
const DATE: u16 = 20;
/// Most messages of a list.
const PAGES: usize = 5;

/// Who looks at a leave, and whether as a programme owner.
type Eye = (MemberId, bool);

/// A text that is no date.
pub fn no_date(voice: Voice<'_>, found: &str) -> String {
    voice.away_no_date(text::escape_line(&text::cut(found, 40)), EXAMPLE)
}

/// After a leave was entered.
pub fn recorded(voice: Voice<'_>, known: &KnownAbsence, eye: Eye) -> Page {
    let (from, to) = (dates::day(voice, known.first), dates::day(voice, known.last));
    let said = if known.member == eye.0 {
        voice.away_recorded(from, to)
    } else {
        voice.away_recorded_other(text::mention(known.member), from, to)
    };
    let mut lines = vec![said];
    if known.first < known.today {
        lines.push(voice.away_closed_stays());
    }
    Page::text(lines.join("\n")).row_of(buttons(voice, known, eye.1))
}

/// Why a leave was not entered.
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

/// The leaves of somebody, or of all, with a menu to change one of them.
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
    let option =
        |known: &KnownAbsence| CreateSelectMenuOption::new(text::cut(&span(voice, known), OPTION), known.id.as_str());
    let options: Vec<_> = known.iter().map(option).collect();
    if options.is_empty() {
        return None;
    }
    let menu = CreateSelectMenu::new(Press::Leave.to_string(), CreateSelectMenuKind::String { options });
    Some(menu.placeholder(text::cut(&voice.away_choose(), text::PLACEHOLDER)))
}

fn span(voice: Voice<'_>, known: &KnownAbsence) -> String {
    if known.first == known.last {
        return dates::day(voice, known.first);
    }
    let (from, to) = dates::span(voice, known.first, known.last);
    format!("{from} – {to}")
}

/// A leave, with what can be changed of it.
pub fn one(voice: Voice<'_>, known: &KnownAbsence, eye: Eye) -> Page {
    let mut lines = vec![format!("**{}**", span(voice, known))];
    if known.member != eye.0 {
        lines.push(text::mention(known.member));
    }
    let buttons = buttons(voice, known, eye.1);
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

fn button(press: &Press, label: &str) -> CreateButton {
    CreateButton::new(press.to_string())
        .label(text::cut(label, text::BUTTON))
        .style(ButtonStyle::Secondary)
}

/// Asks once more before a leave is taken back.
pub fn sure(voice: Voice<'_>, known: &KnownAbsence) -> Page {
    Page::text(voice.away_sure(span(voice, known))).row(vec![button(
        &Press::Withdrawn(known.id.clone()),
        &voice.button_away_withdrawn(),
    )])
}

/// The form with the new last day.
pub fn form(voice: Voice<'_>, absence: &AbsenceId, last: Option<Date>) -> CreateModal {
    let label = text::cut(&voice.modal_away_last(), text::LABEL);
    let input = CreateInputText::new(InputTextStyle::Short, label, LAST)
        .placeholder(EXAMPLE)
        .max_length(DATE);
    let input = match last {
        Some(last) => input.value(last.to_string()),
        None => input,
    };
    let id = Form::Shorten(absence.clone());
    CreateModal::new(id.to_string(), text::cut(&voice.button_away_shorten(), text::LABEL))
        .components(vec![CreateActionRow::InputText(input)])
}

/// The form said no date: what was typed, and the form again.
pub fn no_last_day(voice: Voice<'_>, absence: &AbsenceId, typed: &str) -> Page {
    again(voice, no_date(voice, typed), absence)
}

fn again(voice: Voice<'_>, said: String, absence: &AbsenceId) -> Page {
    Page::text(said).row(vec![button(&Press::Shorten(absence.clone()), &voice.button_again())])
}

/// What became of a change; `now` is the leave as it stands after it.
pub fn changed(voice: Voice<'_>, outcome: &ChangeOutcome, now: Option<&KnownAbsence>, eye: Eye) -> Page {
    let day = |date| dates::day(voice, date);
    match outcome {
        ChangeOutcome::Shortened(known) => {
            let now = now.unwrap_or(known);
            let said = voice.away_shortened(day(now.first), day(now.last), day(known.last));
            Page::text(said).row_of(buttons(voice, now, eye.1))
        }
        ChangeOutcome::Withdrawn(known) => voice.away_withdrawn(span(voice, known)).into(),
        ChangeOutcome::NotShorter(known) => again(voice, voice.away_not_shorter(day(known.last)), &known.id),
        ChangeOutcome::NothingLeft(known) => {
            let mut page = again(voice, voice.away_nothing_left(day(known.first)), &known.id);
            if let Some(row) = page.rows.first_mut().filter(|_| known.can_be_withdrawn(eye.1)) {
                row.push(button(
                    &Press::Withdraw(known.id.clone()),
                    &voice.button_away_withdraw(),
                ));
            }
            page
        }
        ChangeOutcome::InThePast(known) => {
            let page = Page::text(voice.away_past_change(day(known.today)));
            page.row_of(buttons(voice, known, eye.1))
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
        let shown = one(words.voice(Language::English), &over, (over.member, false));
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
