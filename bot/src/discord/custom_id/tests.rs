use proptest::prelude::*;

use super::of_answers::Ask;
use super::of_cases::{CaseAct, CaseForm, KeyAct, KeyForm};
use super::of_speak::{Act, Asked, Chosen, Step, Visiting};
use super::*;
use crate::catalogue::{Choice, Urgency};
use crate::concerns::{After, CaseState, CheckAnswer, Mode};
use crate::discord::edge::custom_id::LIMIT;
use crate::ids::{AbsenceId, CaseId, CycleId, OrganisationId, UnsealingId};

const ID: &str = "0123456789abcdef0123456789abcdef";

fn ask(choice: Choice, follow_up: bool) -> Ask {
    Ask {
        cycle: CycleId::new(ID),
        choice,
        follow_up,
        prompt: Some("und-duty-talk".to_owned()),
    }
}

fn chosen() -> Chosen {
    Chosen {
        category: Some(0x00ab_cdef),
        urgency: Some(Urgency::ThisWeek),
        barred: 5,
        asked: true,
        confidant: Some(2),
        ..Chosen::new(
            OrganisationId::from_i64(77),
            Mode::Confidential,
            "0a1b2c3d".to_owned(),
            Some("f".repeat(16)),
        )
    }
}

fn visiting() -> Visiting {
    Visiting {
        visit: ID.to_owned(),
        readers: "0a1b2c3d".to_owned(),
    }
}

fn case_press(act: CaseAct) -> Press {
    Press::Cases(cases::Press::On(CaseId::new(ID), act))
}

fn case_form(form: CaseForm) -> cases::Form {
    cases::Form::On(CaseId::new(ID), form)
}

/// Each kind of button and menu, and its bytes. Messages in channels and letters carry them: they never change.
fn presses() -> Vec<(Press, &'static str)> {
    use answers::Press as Answers;
    use cases::Press as Cases;
    use own::Press as Own;
    use speak::Press as Speak;
    let (cycle, absence) = (|| CycleId::new(ID), || AbsenceId::new(ID));
    let step = |step| Press::Speak(Speak::Step(step, chosen()));
    let visit = |act| Press::Speak(Speak::Visit(act, ID.to_owned()));
    let asked = |after, answer| {
        let case = CaseId::new(ID);
        Press::Speak(Speak::Check(Asked { case, after, answer }))
    };
    let first = Chosen::new(
        OrganisationId::from_i64(77),
        Mode::Anonymous,
        "0a1b2c3d".to_owned(),
        None,
    );
    vec![
        (
            Press::Answers(Answers::Answer(ask(Choice::Done, true))),
            "v1:answer:0123456789abcdef0123456789abcdef:d:1:und-duty-talk",
        ),
        (
            Press::Answers(Answers::Answer(ask(Choice::NotYet, false))),
            "v1:answer:0123456789abcdef0123456789abcdef:n:0:und-duty-talk",
        ),
        (
            Press::Answers(Answers::Amend(ask(Choice::NotApplicable, false))),
            "v1:amend:0123456789abcdef0123456789abcdef:a:0:und-duty-talk",
        ),
        (
            Press::Answers(Answers::Amend(ask(Choice::NeedHelp, false))),
            "v1:amend:0123456789abcdef0123456789abcdef:h:0:und-duty-talk",
        ),
        (
            Press::Answers(Answers::Receipt(cycle())),
            "v1:receipt:0123456789abcdef0123456789abcdef",
        ),
        (
            Press::Answers(Answers::Correct(cycle())),
            "v1:correct:0123456789abcdef0123456789abcdef",
        ),
        (
            Press::Answers(Answers::Retract(cycle())),
            "v1:retract:0123456789abcdef0123456789abcdef",
        ),
        (
            Press::Answers(Answers::Retracted(cycle())),
            "v1:retracted:0123456789abcdef0123456789abcdef",
        ),
        (Press::Own(Own::Answer), "v1:own"),
        (Press::Own(Own::Leave), "v1:away"),
        (
            Press::Own(Own::Shorten(absence())),
            "v1:away:shorten:0123456789abcdef0123456789abcdef",
        ),
        (
            Press::Own(Own::Withdraw(absence())),
            "v1:away:withdraw:0123456789abcdef0123456789abcdef",
        ),
        (
            Press::Own(Own::Withdrawn(absence())),
            "v1:away:withdrawn:0123456789abcdef0123456789abcdef",
        ),
        (Press::Speak(Speak::Start(None)), "v1:concern:start:"),
        (
            Press::Speak(Speak::Start(Some("f".repeat(16)))),
            "v1:concern:start:ffffffffffffffff",
        ),
        (Press::Speak(Speak::Place(None)), "v1:concern:place:"),
        (Press::Speak(Speak::Key), "v1:concern:key"),
        (
            Press::Speak(Speak::Step(Step::Mode, first)),
            "v1:concern:mode:77:a::0::0::0a1b2c3d:",
        ),
        (
            step(Step::Category),
            "v1:concern:category:77:c:w:2:abcdef:5:2:0a1b2c3d:ffffffffffffffff",
        ),
        (
            step(Step::Barred),
            "v1:concern:barred:77:c:w:2:abcdef:5:2:0a1b2c3d:ffffffffffffffff",
        ),
        (
            step(Step::Confidant),
            "v1:concern:confidant:77:c:w:2:abcdef:5:2:0a1b2c3d:ffffffffffffffff",
        ),
        (
            step(Step::Urgency),
            "v1:concern:urgency:77:c:w:2:abcdef:5:2:0a1b2c3d:ffffffffffffffff",
        ),
        (
            step(Step::Unlink),
            "v1:concern:unlink:77:c:w:2:abcdef:5:2:0a1b2c3d:ffffffffffffffff",
        ),
        (
            step(Step::Contact),
            "v1:concern:contact:77:c:w:2:abcdef:5:2:0a1b2c3d:ffffffffffffffff",
        ),
        (
            Press::Speak(Speak::Write(chosen())),
            "v1:concern:write:77:c:w:2:abcdef:5:2:0a1b2c3d:ffffffffffffffff",
        ),
        (
            Press::Speak(Speak::Add(visiting())),
            "v1:concern:add:0123456789abcdef0123456789abcdef:0a1b2c3d",
        ),
        (
            visit(Act::Look),
            "v1:concern:visit:look:0123456789abcdef0123456789abcdef",
        ),
        (
            visit(Act::Talk),
            "v1:concern:visit:talk:0123456789abcdef0123456789abcdef",
        ),
        (
            visit(Act::Withdraw),
            "v1:concern:visit:withdraw:0123456789abcdef0123456789abcdef",
        ),
        (
            visit(Act::Withdrawn),
            "v1:concern:visit:withdrawn:0123456789abcdef0123456789abcdef",
        ),
        (
            visit(Act::Close),
            "v1:concern:visit:close:0123456789abcdef0123456789abcdef",
        ),
        (
            visit(Act::Reopen),
            "v1:concern:visit:reopen:0123456789abcdef0123456789abcdef",
        ),
        (
            visit(Act::Fine),
            "v1:concern:visit:fine:0123456789abcdef0123456789abcdef",
        ),
        (
            visit(Act::Worse),
            "v1:concern:visit:worse:0123456789abcdef0123456789abcdef",
        ),
        (
            visit(Act::Unsaid),
            "v1:concern:visit:unsaid:0123456789abcdef0123456789abcdef",
        ),
        (
            visit(Act::Proof),
            "v1:concern:visit:proof:0123456789abcdef0123456789abcdef",
        ),
        (visit(Act::Bar), "v1:concern:visit:bar:0123456789abcdef0123456789abcdef"),
        (
            asked(After::Days30, CheckAnswer::Worse),
            "v1:check:0123456789abcdef0123456789abcdef:30:worse",
        ),
        (
            asked(After::Days90, CheckAnswer::Fine),
            "v1:check:0123456789abcdef0123456789abcdef:90:fine",
        ),
        (Press::Cases(Cases::Inbox), "v1:case:inbox"),
        (Press::Cases(Cases::Drill), "v1:case:drill"),
        (
            Press::Cases(Cases::AgreeTo(UnsealingId::new(ID))),
            "v1:case:agree:0123456789abcdef0123456789abcdef",
        ),
        (Press::Cases(Cases::Key(KeyAct::Agree)), "v1:case:key:agree"),
        (Press::Cases(Cases::Key(KeyAct::End)), "v1:case:key:end"),
        (Press::Cases(Cases::Key(KeyAct::Lock)), "v1:case:key:lock"),
        (
            case_press(CaseAct::Show),
            "v1:case:show:0123456789abcdef0123456789abcdef",
        ),
        (
            case_press(CaseAct::Read),
            "v1:case:read:0123456789abcdef0123456789abcdef",
        ),
        (
            case_press(CaseAct::Take),
            "v1:case:take:0123456789abcdef0123456789abcdef",
        ),
        (case_press(CaseAct::Say), "v1:case:say:0123456789abcdef0123456789abcdef"),
        (
            case_press(CaseAct::Status),
            "v1:case:status:0123456789abcdef0123456789abcdef",
        ),
        (
            case_press(CaseAct::HandOver),
            "v1:case:hand:0123456789abcdef0123456789abcdef",
        ),
        (
            case_press(CaseAct::Conflict),
            "v1:case:conflict:0123456789abcdef0123456789abcdef",
        ),
        (
            case_press(CaseAct::Conflicted),
            "v1:case:conflicted:0123456789abcdef0123456789abcdef",
        ),
        (
            case_press(CaseAct::Identity),
            "v1:case:identity:0123456789abcdef0123456789abcdef",
        ),
    ]
}

/// Each kind of form, and its bytes.
fn forms() -> Vec<(Form, &'static str)> {
    vec![
        (
            Form::Answers(answers::Form::Detail(ask(Choice::Done, true))),
            "v1:detail:0123456789abcdef0123456789abcdef:d:1:und-duty-talk",
        ),
        (
            Form::Answers(answers::Form::Amendment(ask(Choice::Done, true))),
            "v1:reason:0123456789abcdef0123456789abcdef:d:1:und-duty-talk",
        ),
        (
            Form::Own(own::Form::Shorten(AbsenceId::new(ID))),
            "v1:away:shorten:0123456789abcdef0123456789abcdef",
        ),
        (
            Form::Speak(speak::Form::Sent(chosen())),
            "v1:concern:sent:77:c:w:2:abcdef:5:2:0a1b2c3d:ffffffffffffffff",
        ),
        (Form::Speak(speak::Form::Opened), "v1:concern:opened"),
        (
            Form::Speak(speak::Form::Added(visiting())),
            "v1:concern:added:0123456789abcdef0123456789abcdef:0a1b2c3d",
        ),
        (
            Form::Cases(cases::Form::Drill("mistake".to_owned())),
            "v1:case:drill:mistake",
        ),
        (Form::Cases(cases::Form::Key(KeyForm::Own)), "v1:case:key:own"),
        (Form::Cases(cases::Form::Key(KeyForm::Keep)), "v1:case:key:keep"),
        (
            Form::Cases(case_form(CaseForm::Say("free".to_owned()))),
            "v1:case:say:0123456789abcdef0123456789abcdef:free",
        ),
        (
            Form::Cases(case_form(CaseForm::Note)),
            "v1:case:note:0123456789abcdef0123456789abcdef",
        ),
        (
            Form::Cases(case_form(CaseForm::Join)),
            "v1:case:join:0123456789abcdef0123456789abcdef",
        ),
        (
            Form::Cases(case_form(CaseForm::Unseal)),
            "v1:case:unseal:0123456789abcdef0123456789abcdef",
        ),
        (
            Form::Cases(case_form(CaseForm::Unlock)),
            "v1:case:unlock:0123456789abcdef0123456789abcdef",
        ),
        (
            Form::Cases(case_form(CaseForm::Move(CaseState::InReview))),
            "v1:case:move:0123456789abcdef0123456789abcdef:in-review",
        ),
    ]
}

#[test]
fn the_bytes_of_custom_ids_stay() {
    for (press, text) in presses() {
        assert_eq!(press.to_string(), text);
        assert!(text.parse() == Ok(press), "{text}");
    }
    for (form, text) in forms() {
        assert_eq!(form.to_string(), text);
        assert!(text.parse() == Ok(form), "{text}");
    }
    let opened = |text: &str| matches!(text.parse(), Ok(Press::Cases(cases::Press::Open(_))));
    for (form, text) in forms() {
        assert_eq!(opened(text), matches!(form, Form::Cases(_)), "{text}");
    }
}

proptest! {
    #[test]
    fn no_text_breaks_the_reading(text in "\\PC{0,120}") {
        drop((text.parse::<Press>(), text.parse::<Form>()));
    }

    #[test]
    fn a_near_miss_is_refused_or_means_itself(
        text in "v1:((answer|detail|amend|reason|own|receipt|retract)(:[0-9a-g]{31,33}(:[dnahx]:[012]:[a-z:]{0,56})?)?|case:(inbox|agree|key|say|move|show|note|x)(:([0-9a-g]{31,33}|own|lock))?(:[a-z-]{0,12})?|concern:(start|place|mode|write|sent|visit)(:[0-9]{0,20})?(:[ncax]?:[ntwr]?:[0-4]:[0-9a-f]{0,7}:[0-9a-f]{0,9}:[0-9]{0,3}:[0-9a-g]{7,9}:)?)"
    ) {
        if let Ok(press) = text.parse::<Press>() {
            prop_assert_eq!(press.to_string(), text.as_str());
        }
        if let Ok(form) = text.parse::<Form>() {
            prop_assert_eq!(form.to_string(), text);
        }
    }
}

#[test]
fn the_longest_ids_fit_and_a_prompt_id_that_does_not_is_left_out() {
    let ask = |prompt| {
        Press::Answers(answers::Press::Answer(Ask {
            prompt: Some(prompt),
            ..ask(Choice::Done, true)
        }))
    };
    for length in 1..80 {
        let text = ask("x".repeat(length)).to_string();
        let kept = text.parse() == Ok(ask("x".repeat(length)));
        assert!(
            text.len() <= LIMIT && (kept || text == format!("v1:answer:{ID}:d:1:")),
            "{text}"
        );
    }
    let longest = Chosen {
        organisation: OrganisationId::from_i64(i64::MAX),
        barred: u32::MAX,
        confidant: Some(u8::MAX),
        no_contact: true,
        ..chosen()
    };
    for text in [
        Press::Speak(speak::Press::Step(Step::Confidant, longest.clone())).to_string(),
        Form::Speak(speak::Form::Sent(longest)).to_string(),
        Form::Cases(case_form(CaseForm::Say("x".repeat(40)))).to_string(),
    ] {
        assert!(text.len() <= LIMIT, "{text}");
    }
}

#[test]
fn what_is_none_of_ours_is_refused() {
    let read = |text: &str| {
        text.parse::<Press>()
            .map_err(|error| (error, text.parse::<Form>().err()))
    };
    let both = |error| Err((error, Some(error)));
    assert_eq!(read("v2:answer:x"), both(CustomIdError::OtherVersion));
    assert_eq!(read("hello"), both(CustomIdError::Foreign));
    assert_eq!(read(""), both(CustomIdError::Foreign));
    for wrong in [
        "v1",
        "v1:",
        "v1:answer:x:d:0:",
        "v1:own:",
        "v1:away:",
        "v1:away:shorten",
        &format!("v1:away:lengthen:{ID}"),
        &format!("v1:away:shorten:{ID}:"),
        "v1:away:withdraw:1",
        "v1:check",
        &format!("v1:check:{ID}:31:worse"),
        &format!("v1:check:{ID}:30:asked"),
        &format!("v1:check:{ID}:30:worse:"),
        "v1:check:1:30:worse",
        &format!("v1:case:say:{ID}:"),
        &format!("v1:case:move:{ID}:deleted"),
    ] {
        assert_eq!(read(wrong), both(CustomIdError::Malformed), "{wrong}");
    }
}
