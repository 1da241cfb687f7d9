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

fn cycle() -> CycleId {
    CycleId::new(ID)
}

fn absence() -> AbsenceId {
    AbsenceId::new(ID)
}

fn case() -> CaseId {
    CaseId::new(ID)
}

fn on(form: CaseForm) -> Form {
    Form::Cases(cases::Form::On(case(), form))
}

/// Each kind of button and menu, and its bytes. Messages in channels and letters carry them: they never change.
fn presses() -> Vec<(Press, &'static str)> {
    use answers::Press as Answers;
    use cases::Press as Cases;
    use own::Press as Own;
    use speak::Press as Speak;
    let answers = |id, text| (Press::Answers(id), text);
    let own = |id, text| (Press::Own(id), text);
    let speak = |id, text| (Press::Speak(id), text);
    let cases = |id, text| (Press::Cases(id), text);
    let asked = |after, answer| {
        let case = case();
        Speak::Check(Asked { case, after, answer })
    };
    let first = Chosen::new(
        OrganisationId::from_i64(77),
        Mode::Anonymous,
        "0a1b2c3d".to_owned(),
        None,
    );
    vec![
        answers(
            Answers::Answer(ask(Choice::Done, true)),
            "v1:answer:ID:d:1:und-duty-talk",
        ),
        answers(
            Answers::Answer(ask(Choice::NotYet, false)),
            "v1:answer:ID:n:0:und-duty-talk",
        ),
        answers(
            Answers::Amend(ask(Choice::NotApplicable, false)),
            "v1:amend:ID:a:0:und-duty-talk",
        ),
        answers(
            Answers::Amend(ask(Choice::NeedHelp, false)),
            "v1:amend:ID:h:0:und-duty-talk",
        ),
        answers(Answers::Receipt(cycle()), "v1:receipt:ID"),
        answers(Answers::Correct(cycle()), "v1:correct:ID"),
        answers(Answers::Retract(cycle()), "v1:retract:ID"),
        answers(Answers::Retracted(cycle()), "v1:retracted:ID"),
        own(Own::Answer, "v1:own"),
        own(Own::Leave, "v1:away"),
        own(Own::Shorten(absence()), "v1:away:shorten:ID"),
        own(Own::Withdraw(absence()), "v1:away:withdraw:ID"),
        own(Own::Withdrawn(absence()), "v1:away:withdrawn:ID"),
        speak(Speak::Start(None), "v1:concern:start:"),
        speak(Speak::Start(Some("f".repeat(16))), "v1:concern:start:ffffffffffffffff"),
        speak(Speak::Place(None), "v1:concern:place:"),
        speak(Speak::Key, "v1:concern:key"),
        speak(Speak::Step(Step::Mode, first), "v1:concern:mode:77:a::0::0::0a1b2c3d:"),
        speak(Speak::Step(Step::Category, chosen()), "v1:concern:category:CHOSEN"),
        speak(Speak::Step(Step::Barred, chosen()), "v1:concern:barred:CHOSEN"),
        speak(Speak::Step(Step::Confidant, chosen()), "v1:concern:confidant:CHOSEN"),
        speak(Speak::Step(Step::Urgency, chosen()), "v1:concern:urgency:CHOSEN"),
        speak(Speak::Step(Step::Unlink, chosen()), "v1:concern:unlink:CHOSEN"),
        speak(Speak::Step(Step::Contact, chosen()), "v1:concern:contact:CHOSEN"),
        speak(Speak::Write(chosen()), "v1:concern:write:CHOSEN"),
        speak(Speak::Add(visiting()), "v1:concern:add:ID:0a1b2c3d"),
        speak(Speak::Visit(Act::Look, ID.to_owned()), "v1:concern:visit:look:ID"),
        speak(Speak::Visit(Act::Talk, ID.to_owned()), "v1:concern:visit:talk:ID"),
        speak(
            Speak::Visit(Act::Withdraw, ID.to_owned()),
            "v1:concern:visit:withdraw:ID",
        ),
        speak(
            Speak::Visit(Act::Withdrawn, ID.to_owned()),
            "v1:concern:visit:withdrawn:ID",
        ),
        speak(Speak::Visit(Act::Close, ID.to_owned()), "v1:concern:visit:close:ID"),
        speak(Speak::Visit(Act::Reopen, ID.to_owned()), "v1:concern:visit:reopen:ID"),
        speak(Speak::Visit(Act::Fine, ID.to_owned()), "v1:concern:visit:fine:ID"),
        speak(Speak::Visit(Act::Worse, ID.to_owned()), "v1:concern:visit:worse:ID"),
        speak(Speak::Visit(Act::Unsaid, ID.to_owned()), "v1:concern:visit:unsaid:ID"),
        speak(Speak::Visit(Act::Proof, ID.to_owned()), "v1:concern:visit:proof:ID"),
        speak(Speak::Visit(Act::Bar, ID.to_owned()), "v1:concern:visit:bar:ID"),
        speak(asked(After::Days30, CheckAnswer::Worse), "v1:check:ID:30:worse"),
        speak(asked(After::Days90, CheckAnswer::Fine), "v1:check:ID:90:fine"),
        cases(Cases::Inbox, "v1:case:inbox"),
        cases(Cases::Drill, "v1:case:drill"),
        cases(Cases::AgreeTo(UnsealingId::new(ID)), "v1:case:agree:ID"),
        cases(Cases::Key(KeyAct::Agree), "v1:case:key:agree"),
        cases(Cases::Key(KeyAct::End), "v1:case:key:end"),
        cases(Cases::Key(KeyAct::Lock), "v1:case:key:lock"),
        cases(Cases::On(case(), CaseAct::Show), "v1:case:show:ID"),
        cases(Cases::On(case(), CaseAct::Read), "v1:case:read:ID"),
        cases(Cases::On(case(), CaseAct::Take), "v1:case:take:ID"),
        cases(Cases::On(case(), CaseAct::Say), "v1:case:say:ID"),
        cases(Cases::On(case(), CaseAct::Status), "v1:case:status:ID"),
        cases(Cases::On(case(), CaseAct::HandOver), "v1:case:hand:ID"),
        cases(Cases::On(case(), CaseAct::Conflict), "v1:case:conflict:ID"),
        cases(Cases::On(case(), CaseAct::Conflicted), "v1:case:conflicted:ID"),
        cases(Cases::On(case(), CaseAct::Identity), "v1:case:identity:ID"),
    ]
}

/// Each kind of form, and its bytes.
fn forms() -> Vec<(Form, &'static str)> {
    vec![
        (
            Form::Answers(answers::Form::Detail(ask(Choice::Done, true))),
            "v1:detail:ID:d:1:und-duty-talk",
        ),
        (
            Form::Answers(answers::Form::Amendment(ask(Choice::NotYet, false))),
            "v1:reason:ID:n:0:und-duty-talk",
        ),
        (Form::Own(own::Form::Shorten(absence())), "v1:away:shorten:ID"),
        (Form::Speak(speak::Form::Sent(chosen())), "v1:concern:sent:CHOSEN"),
        (Form::Speak(speak::Form::Opened), "v1:concern:opened"),
        (
            Form::Speak(speak::Form::Added(visiting())),
            "v1:concern:added:ID:0a1b2c3d",
        ),
        (
            Form::Cases(cases::Form::Drill("mistake".to_owned())),
            "v1:case:drill:mistake",
        ),
        (Form::Cases(cases::Form::Key(KeyForm::Own)), "v1:case:key:own"),
        (Form::Cases(cases::Form::Key(KeyForm::Keep)), "v1:case:key:keep"),
        (on(CaseForm::Say("free".to_owned())), "v1:case:say:ID:free"),
        (on(CaseForm::Note), "v1:case:note:ID"),
        (on(CaseForm::Join), "v1:case:join:ID"),
        (on(CaseForm::Unseal), "v1:case:unseal:ID"),
        (on(CaseForm::Unlock), "v1:case:unlock:ID"),
        (on(CaseForm::Move(CaseState::InReview)), "v1:case:move:ID:in-review"),
    ]
}

/// The bytes with the ids and choices in their places.
fn bytes(text: &str) -> String {
    text.replace("ID", ID)
        .replace("CHOSEN", "77:c:w:2:abcdef:5:2:0a1b2c3d:ffffffffffffffff")
}

#[test]
fn the_bytes_of_custom_ids_stay() {
    for (press, text) in presses() {
        assert_eq!(press.to_string(), bytes(text));
        assert!(bytes(text).parse() == Ok(press), "{text}");
    }
    for (form, text) in forms() {
        let text = bytes(text);
        assert_eq!(form.to_string(), text);
        let opens = matches!(text.parse(), Ok(Press::Cases(cases::Press::Open(_))));
        assert_eq!(opens, matches!(form, Form::Cases(_)), "{text}");
        assert!(text.parse() == Ok(form), "{text}");
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
        on(CaseForm::Say("x".repeat(40))).to_string(),
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
