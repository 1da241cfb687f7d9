//! What there is to be covered: the commands as Discord is told of them, and the kinds of custom ids.

use std::collections::BTreeSet;
use std::fmt::Display;
use std::str::FromStr;

use anyhow::ensure;
use bellwether::discord::custom_id::of_cases::{self as cases, CaseAct, CaseForm, KeyAct, KeyForm};
use bellwether::discord::custom_id::of_speak::{self as speak, Act as Visit, Step};
use bellwether::discord::custom_id::{Form, Press, of_answers as answers, of_own as own};
use bellwether::discord::definitions::definitions;
use bellwether::words::Words;
use serde_json::Value;

use super::table::{Act, How};

/// The name of each kind, and all names. The compiler asks for a line where a variant is added; the line asks for rows.
macro_rules! kinds {
    ($of:ident: $id:ty, $all:ident { $($pattern:pat => $name:literal,)* } $($open:pat => $opened:expr)?) => {
        fn $of(id: &$id) -> &'static str {
            match id {
                $($pattern => $name,)*
                $($open => $opened,)?
            }
        }

        const $all: &[&str] = &[$($name),*];
    };
}

kinds! {
    pressed: Press, PRESSED {
        Press::Answers(answers::Press::Answer(_)) => "answer",
        Press::Answers(answers::Press::Amend(_)) => "amend",
        Press::Answers(answers::Press::Receipt(_)) => "receipt",
        Press::Answers(answers::Press::Correct(_)) => "correct",
        Press::Answers(answers::Press::Retract(_)) => "retract",
        Press::Answers(answers::Press::Retracted(_)) => "retracted",
        Press::Own(own::Press::Answer) => "own",
        Press::Own(own::Press::Leave) => "away:choose",
        Press::Own(own::Press::Shorten(_)) => "away:shorten",
        Press::Own(own::Press::Withdraw(_)) => "away:withdraw",
        Press::Own(own::Press::Withdrawn(_)) => "away:withdrawn",
        Press::Speak(speak::Press::Start(_)) => "concern:start",
        Press::Speak(speak::Press::Place(_)) => "concern:place",
        Press::Speak(speak::Press::Key) => "concern:key",
        Press::Speak(speak::Press::Step(Step::Mode, _)) => "concern:mode",
        Press::Speak(speak::Press::Step(Step::Category, _)) => "concern:category",
        Press::Speak(speak::Press::Step(Step::Barred, _)) => "concern:barred",
        Press::Speak(speak::Press::Step(Step::Confidant, _)) => "concern:confidant",
        Press::Speak(speak::Press::Step(Step::Urgency, _)) => "concern:urgency",
        Press::Speak(speak::Press::Step(Step::Unlink, _)) => "concern:unlink",
        Press::Speak(speak::Press::Step(Step::Contact, _)) => "concern:contact",
        Press::Speak(speak::Press::Write(_)) => "concern:write",
        Press::Speak(speak::Press::Add(_)) => "visit:add",
        Press::Speak(speak::Press::Visit(Visit::Look, _)) => "visit:look",
        Press::Speak(speak::Press::Visit(Visit::Talk, _)) => "visit:talk",
        Press::Speak(speak::Press::Visit(Visit::Withdraw, _)) => "visit:withdraw",
        Press::Speak(speak::Press::Visit(Visit::Withdrawn, _)) => "visit:withdrawn",
        Press::Speak(speak::Press::Visit(Visit::Close, _)) => "visit:close",
        Press::Speak(speak::Press::Visit(Visit::Reopen, _)) => "visit:reopen",
        Press::Speak(speak::Press::Visit(Visit::Fine, _)) => "visit:fine",
        Press::Speak(speak::Press::Visit(Visit::Worse, _)) => "visit:worse",
        Press::Speak(speak::Press::Visit(Visit::Unsaid, _)) => "visit:unsaid",
        Press::Speak(speak::Press::Visit(Visit::Proof, _)) => "visit:proof",
        Press::Speak(speak::Press::Visit(Visit::Bar, _)) => "visit:bar",
        Press::Speak(speak::Press::Check(_)) => "check",
        Press::Cases(cases::Press::Inbox) => "case:inbox",
        Press::Cases(cases::Press::Drill) => "case:drill",
        Press::Cases(cases::Press::AgreeTo(_)) => "case:agree",
        Press::Cases(cases::Press::Key(KeyAct::Agree)) => "key:agree",
        Press::Cases(cases::Press::Key(KeyAct::End)) => "key:end",
        Press::Cases(cases::Press::Key(KeyAct::Lock)) => "key:lock",
        Press::Cases(cases::Press::On(_, CaseAct::Show)) => "case:show",
        Press::Cases(cases::Press::On(_, CaseAct::Read)) => "case:read",
        Press::Cases(cases::Press::On(_, CaseAct::Take)) => "case:take",
        Press::Cases(cases::Press::On(_, CaseAct::Say)) => "case:say",
        Press::Cases(cases::Press::On(_, CaseAct::Status)) => "case:status",
        Press::Cases(cases::Press::On(_, CaseAct::HandOver)) => "case:hand",
        Press::Cases(cases::Press::On(_, CaseAct::Conflict)) => "case:conflict",
        Press::Cases(cases::Press::On(_, CaseAct::Conflicted)) => "case:conflicted",
        Press::Cases(cases::Press::On(_, CaseAct::Identity)) => "case:identity",
    }
    // A button that opens a form carries its id.
    Press::Cases(cases::Press::Open(form)) => sent(&Form::Cases(form.clone()))
}

kinds! {
    sent: Form, SENT {
        Form::Answers(answers::Form::Detail(_)) => "detail",
        Form::Answers(answers::Form::Amendment(_)) => "amendment",
        Form::Own(own::Form::Shorten(_)) => "away:shorten",
        Form::Speak(speak::Form::Sent(_)) => "concern:sent",
        Form::Speak(speak::Form::Opened) => "concern:opened",
        Form::Speak(speak::Form::Added(_)) => "visit:added",
        Form::Cases(cases::Form::Drill(_)) => "case:drill-so",
        Form::Cases(cases::Form::Key(KeyForm::Own)) => "key:own",
        Form::Cases(cases::Form::Key(KeyForm::Keep)) => "key:keep",
        Form::Cases(cases::Form::On(_, CaseForm::Say(_))) => "case:say-so",
        Form::Cases(cases::Form::On(_, CaseForm::Note)) => "case:note",
        Form::Cases(cases::Form::On(_, CaseForm::Move(_))) => "case:move",
        Form::Cases(cases::Form::On(_, CaseForm::Join)) => "case:join",
        Form::Cases(cases::Form::On(_, CaseForm::Unseal)) => "case:unseal",
        Form::Cases(cases::Form::On(_, CaseForm::Unlock)) => "case:unlock",
    }
}

/// # Errors
/// Names the kinds that nobody presses or sends, and rows whose name is not their id's.
pub(super) fn custom_ids_are_covered(acts: &[Act]) -> anyhow::Result<()> {
    let mut covered = [BTreeSet::new(), BTreeSet::new()];
    for act in acts.iter().filter(|act| !act.name.contains("forged")) {
        let kind = match &act.how {
            How::Press { id, .. } => pressed(&read(act, id)?),
            How::Send { id, .. } => sent(&read(act, id)?),
            How::Type { .. } | How::Pick => continue,
        };
        ensure!(
            act.name.split_once(' ').is_some_and(|(_, name)| name.starts_with(kind)),
            "{} is about {kind}",
            act.name
        );
        covered[usize::from(matches!(act.how, How::Send { .. }))].insert(kind);
    }
    let [presses, sends] = covered;
    let all_sent: BTreeSet<_> = SENT.iter().copied().collect();
    let opening = SENT
        .iter()
        .filter(|name| name.starts_with("case:") || name.starts_with("key:"));
    let all_pressed: BTreeSet<_> = PRESSED.iter().chain(opening).copied().collect();
    ensure!(
        presses == all_pressed && sends == all_sent,
        "no row presses {:?}, no row sends {:?}",
        &all_pressed - &presses,
        &all_sent - &sends
    );
    Ok(())
}

fn read<T: FromStr<Err: Display>>(act: &Act, id: &str) -> anyhow::Result<T> {
    let id = example(id);
    id.parse()
        .map_err(|error| anyhow::anyhow!("{}: {id}: {error}", act.name))
}

/// The id with something of the right form in each of its places.
fn example(id: &str) -> String {
    let hex = |digits| "0".repeat(digits);
    let places = [
        ("{org}", "7".to_owned()),
        ("{sister-org}", "8".to_owned()),
        ("{keys}", hex(8)),
        ("{readers}", hex(8)),
        ("{mark}", hex(6)),
        ("{draft}", hex(16)),
    ];
    let known = places
        .iter()
        .fold(id.to_owned(), |id, (name, value)| id.replace(name, value));
    let mut whole = String::new();
    let mut rest = known.as_str();
    while let Some((head, tail)) = rest.split_once('{') {
        whole.push_str(head);
        whole.push_str(&hex(32));
        rest = tail.split_once('}').map_or("", |(_, tail)| tail);
    }
    whole + rest
}

/// # Errors
/// Names the commands without a row, and options that would be completed while they are typed.
pub(super) fn commands_are_covered(acts: &[Act]) -> anyhow::Result<()> {
    let told = serde_json::to_value(definitions(&Words::load()))?;
    ensure!(
        !told.to_string().contains("\"autocomplete\":true"),
        "an option is completed: its choices need rows"
    );
    let mut known = BTreeSet::new();
    for command in told.as_array().into_iter().flatten() {
        let name = command["name"].as_str().unwrap_or_default();
        if command["type"] == 3 {
            known.insert("pick".to_owned());
            continue;
        }
        let subs: Vec<&str> = subs(command);
        known.extend(subs.iter().map(|sub| format!("{name} {sub}")));
        if subs.is_empty() {
            known.insert(name.to_owned());
        }
    }
    let played: BTreeSet<String> = acts
        .iter()
        .filter_map(|act| match &act.how {
            How::Type { path, .. } => Some(path.clone()),
            How::Pick => Some("pick".to_owned()),
            How::Press { .. } | How::Send { .. } => None,
        })
        .collect();
    ensure!(known == played, "commands: {known:?}\nrows: {played:?}");
    Ok(())
}

fn subs(command: &Value) -> Vec<&str> {
    let options = command["options"].as_array().into_iter().flatten();
    let subs = options.filter(|option| matches!(option["type"].as_u64(), Some(1 | 2)));
    subs.filter_map(|sub| sub["name"].as_str()).collect()
}
