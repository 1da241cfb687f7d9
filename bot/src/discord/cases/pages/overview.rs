//! One case with what can be done about it, and the pages that lead to each act.

use super::{act, open, person, way_on, who, with_menu, yes};
use crate::concerns::{Case, CaseState, KeyHolder, Mode, Overview, urgency_word};
use crate::discord::cases::custom_id::{CaseAct, CaseForm, Press};
use crate::discord::edge::component::{OPTIONS, button, menu, option};
use crate::discord::edge::{Page, dates, text};
use crate::ids::MemberId;
use crate::words::Voice;

/// What is known about a case without opening anything, and its buttons.
pub fn overview(voice: Voice<'_>, seen: &Overview, reader: MemberId) -> Page {
    let case = &seen.case;
    let mut lines = vec![
        voice.case_title(case.number.to_string(), text::escape_line(&seen.category)),
        voice.case_where(
            voice.case_state(case.state.word()),
            voice.case_urgency(urgency_word(case.urgency)),
            dates::day(voice, case.received_on),
            who(voice, case.handler, reader),
        ),
        voice.case_mode(case.mode.word(), person(case.confidant)),
    ];
    lines.extend(clocks(voice, seen));
    lines.extend(marks(voice, seen));
    let contents = voice.case_contents(seen.entries as i64, seen.files as i64);
    lines.push(contents);
    let page = Page::text(lines.join("\n"));
    page.row(first_row(voice, seen, reader)).row(second_row(voice, seen))
}

fn clocks(voice: Voice<'_>, seen: &Overview) -> Vec<String> {
    let case = &seen.case;
    let mut lines = Vec::new();
    let at = case.acknowledged_at.unwrap_or(seen.first_reply_due);
    lines.push(voice.case_first_word(yes(case.acknowledged_at.is_some()), text::long_instant(at)));
    match (case.feedback_at, seen.feedback_due) {
        (Some(at), _) => lines.push(voice.case_feedback("yes", text::long_instant(at))),
        (None, Some(due)) => lines.push(voice.case_feedback("no", text::long_instant(due))),
        (None, None) => {}
    }
    lines
}

fn marks(voice: Voice<'_>, seen: &Overview) -> Vec<String> {
    let case = &seen.case;
    let marks = [
        (case.drill && case.acknowledged_at.is_some(), voice.case_drill()),
        (case.formal, voice.case_formal()),
        (case.wants_talk, voice.case_talk()),
        (case.no_contact, voice.case_no_contact()),
        (case.withdrawn, voice.case_withdrawn()),
    ];
    let mut lines: Vec<String> = marks
        .into_iter()
        .filter_map(|(holds, line)| holds.then_some(line))
        .collect();
    lines.extend(
        seen.joined_to
            .as_ref()
            .map(|number| voice.case_joined_to(number.to_string())),
    );
    if !seen.joined_from.is_empty() {
        let numbers: Vec<String> = seen.joined_from.iter().map(ToString::to_string).collect();
        lines.push(voice.case_joined_from(numbers.join(", ")));
    }
    if let Some(asked) = &seen.asked {
        lines.push(voice.case_asked(text::mention(asked.by), person(case.confidant)));
    }
    lines
}

fn first_row(voice: Voice<'_>, seen: &Overview, reader: MemberId) -> Vec<serenity::all::CreateButton> {
    let id = &seen.case.id;
    let mut row = vec![act(id, CaseAct::Read, &voice.button_case_read())];
    if seen.case.handler != Some(reader) {
        row.push(act(id, CaseAct::Take, &voice.button_case_take()));
    }
    row.push(act(id, CaseAct::Say, &voice.button_case_reply()));
    row.push(open(id, CaseForm::Note, &voice.button_case_note()));
    row.push(act(id, CaseAct::Status, &voice.button_case_status()));
    row
}

fn second_row(voice: Voice<'_>, seen: &Overview) -> Vec<serenity::all::CreateButton> {
    let id = &seen.case.id;
    let mut row = vec![
        act(id, CaseAct::HandOver, &voice.button_case_hand_over()),
        act(id, CaseAct::Conflict, &voice.button_case_conflict()),
        open(id, CaseForm::Join, &voice.button_case_join()),
    ];
    if seen.case.mode == Mode::Confidential {
        row.push(act(id, CaseAct::Identity, &voice.button_case_identity()));
    }
    if let Some(asked) = &seen.asked {
        row.push(button(&Press::AgreeTo(asked.id.clone()), &voice.button_case_agree()));
    }
    row
}

/// The states that a case can move to now, each with its button.
pub fn status(voice: Voice<'_>, case: &Case, moves: &[CaseState]) -> Page {
    let number = case.number.to_string();
    if moves.is_empty() {
        let none = voice.case_status_none(case.state.word(), number);
        return Page::text(none).row(vec![way_on(voice, &case.id)]);
    }
    let mut row: Vec<_> = moves
        .iter()
        .map(|state| open(&case.id, CaseForm::Move(*state), &voice.case_state(state.word())))
        .collect();
    row.push(way_on(voice, &case.id));
    Page::text(voice.case_status(number, voice.case_state(case.state.word()))).row(row)
}

/// Who can take a case, each with a number: menus show no names.
pub fn give(voice: Voice<'_>, case: &Case, readers: &[KeyHolder]) -> Page {
    if readers.is_empty() {
        return Page::text(voice.case_give_nobody()).row(vec![way_on(voice, &case.id)]);
    }
    let mut lines = vec![voice.case_give(case.number.to_string())];
    let mut options = Vec::new();
    for (at, reader) in readers.iter().take(OPTIONS).enumerate() {
        let key = reader.fingerprint();
        lines.push(format!("{}. {} · `{key}`", at + 1, text::mention(reader.member)));
        let label = format!("{} · {key}", at + 1);
        options.push(option(&label, reader.member.to_string()));
    }
    let id = Press::On(case.id.clone(), CaseAct::HandOver);
    let menu = menu(&id, options, &voice.case_give_choose());
    with_menu(Page::text(lines.join("\n")), menu).row(vec![way_on(voice, &case.id)])
}

/// Asks once more before a handler steps back.
pub fn conflict_sure(voice: Voice<'_>, case: &Case) -> Page {
    let yes = act(&case.id, CaseAct::Conflicted, &voice.button_case_conflicted());
    Page::text(voice.case_conflict_sure(case.number.to_string())).row(vec![yes, way_on(voice, &case.id)])
}
