//! What there is to be covered: the commands as Discord is told of them, and the kinds of custom ids.

use std::collections::BTreeSet;

use anyhow::ensure;
use bellwether::discord::custom_id::CustomId;
use bellwether::discord::custom_id::answers::Id as Answers;
use bellwether::discord::custom_id::cases::{CaseAct, CaseStep, KeyAct};
use bellwether::discord::custom_id::concerns::{Act as Visit, ConcernId, Step};
use bellwether::discord::custom_id::own::{AwayAct, AwayStep};
use bellwether::discord::definitions::definitions;
use bellwether::words::Words;
use serde_json::Value;

use super::table::{Act, How};

/// The name of each kind, and all names. The compiler asks for a line where a variant is added; the line asks for rows.
macro_rules! kinds {
    ($($pattern:pat => $name:literal,)*) => {
        fn kind(id: &CustomId) -> &'static str {
            match id {
                $($pattern => $name,)*
            }
        }

        const KINDS: &[&str] = &[$($name),*];
    };
}

kinds! {
    CustomId::Answers(Answers::Answer(_)) => "answer",
    CustomId::Answers(Answers::Detail(_)) => "detail",
    CustomId::Answers(Answers::Amend(_)) => "amend",
    CustomId::Answers(Answers::Amendment(_)) => "amendment",
    CustomId::Own => "own",
    CustomId::Answers(Answers::Receipt(_)) => "receipt",
    CustomId::Answers(Answers::Correct(_)) => "correct",
    CustomId::Answers(Answers::Retract(_)) => "retract",
    CustomId::Answers(Answers::Retracted(_)) => "retracted",
    CustomId::Away(AwayStep::Choose) => "away:choose",
    CustomId::Away(AwayStep::On(_, AwayAct::Shorten)) => "away:shorten",
    CustomId::Away(AwayStep::On(_, AwayAct::Withdraw)) => "away:withdraw",
    CustomId::Away(AwayStep::On(_, AwayAct::Withdrawn)) => "away:withdrawn",
    CustomId::Concern(ConcernId::Start(_)) => "concern:start",
    CustomId::Concern(ConcernId::Place(_)) => "concern:place",
    CustomId::Concern(ConcernId::Key) => "concern:key",
    CustomId::Concern(ConcernId::Opened) => "concern:opened",
    CustomId::Concern(ConcernId::Step(Step::Mode, _)) => "concern:mode",
    CustomId::Concern(ConcernId::Step(Step::Category, _)) => "concern:category",
    CustomId::Concern(ConcernId::Step(Step::Barred, _)) => "concern:barred",
    CustomId::Concern(ConcernId::Step(Step::Confidant, _)) => "concern:confidant",
    CustomId::Concern(ConcernId::Step(Step::Urgency, _)) => "concern:urgency",
    CustomId::Concern(ConcernId::Step(Step::Unlink, _)) => "concern:unlink",
    CustomId::Concern(ConcernId::Step(Step::Contact, _)) => "concern:contact",
    CustomId::Concern(ConcernId::Step(Step::Write, _)) => "concern:write",
    CustomId::Concern(ConcernId::Step(Step::Sent, _)) => "concern:sent",
    CustomId::Concern(ConcernId::Visit(Visit::Look, _)) => "visit:look",
    CustomId::Concern(ConcernId::Add(_)) => "visit:add",
    CustomId::Concern(ConcernId::Added(_)) => "visit:added",
    CustomId::Concern(ConcernId::Visit(Visit::Talk, _)) => "visit:talk",
    CustomId::Concern(ConcernId::Visit(Visit::Withdraw, _)) => "visit:withdraw",
    CustomId::Concern(ConcernId::Visit(Visit::Withdrawn, _)) => "visit:withdrawn",
    CustomId::Concern(ConcernId::Visit(Visit::Close, _)) => "visit:close",
    CustomId::Concern(ConcernId::Visit(Visit::Reopen, _)) => "visit:reopen",
    CustomId::Concern(ConcernId::Visit(Visit::Fine, _)) => "visit:fine",
    CustomId::Concern(ConcernId::Visit(Visit::Worse, _)) => "visit:worse",
    CustomId::Concern(ConcernId::Visit(Visit::Unsaid, _)) => "visit:unsaid",
    CustomId::Concern(ConcernId::Visit(Visit::Proof, _)) => "visit:proof",
    CustomId::Concern(ConcernId::Visit(Visit::Bar, _)) => "visit:bar",
    CustomId::Check(_) => "check",
    CustomId::Case(CaseStep::Inbox) => "case:inbox",
    CustomId::Case(CaseStep::Drill(None)) => "case:drill",
    CustomId::Case(CaseStep::Drill(Some(_))) => "case:drill-so",
    CustomId::Case(CaseStep::AgreeTo(_)) => "case:agree",
    CustomId::Case(CaseStep::Key(KeyAct::Own)) => "key:own",
    CustomId::Case(CaseStep::Key(KeyAct::Keep)) => "key:keep",
    CustomId::Case(CaseStep::Key(KeyAct::Agree)) => "key:agree",
    CustomId::Case(CaseStep::Key(KeyAct::End)) => "key:end",
    CustomId::Case(CaseStep::Key(KeyAct::Lock)) => "key:lock",
    CustomId::Case(CaseStep::On(_, CaseAct::Show)) => "case:show",
    CustomId::Case(CaseStep::On(_, CaseAct::Read)) => "case:read",
    CustomId::Case(CaseStep::On(_, CaseAct::Take)) => "case:take",
    CustomId::Case(CaseStep::On(_, CaseAct::Say(None))) => "case:say",
    CustomId::Case(CaseStep::On(_, CaseAct::Say(Some(_)))) => "case:say-so",
    CustomId::Case(CaseStep::On(_, CaseAct::Note)) => "case:note",
    CustomId::Case(CaseStep::On(_, CaseAct::Status)) => "case:status",
    CustomId::Case(CaseStep::On(_, CaseAct::Move(_))) => "case:move",
    CustomId::Case(CaseStep::On(_, CaseAct::HandOver)) => "case:hand",
    CustomId::Case(CaseStep::On(_, CaseAct::Conflict)) => "case:conflict",
    CustomId::Case(CaseStep::On(_, CaseAct::Conflicted)) => "case:conflicted",
    CustomId::Case(CaseStep::On(_, CaseAct::Join)) => "case:join",
    CustomId::Case(CaseStep::On(_, CaseAct::Identity)) => "case:identity",
    CustomId::Case(CaseStep::On(_, CaseAct::Unseal)) => "case:unseal",
    CustomId::Case(CaseStep::On(_, CaseAct::Unlock)) => "case:unlock",
}

/// # Errors
/// Names the kinds that nobody presses or sends, and rows whose name is not their id's.
pub(super) fn custom_ids_are_covered(acts: &[Act]) -> anyhow::Result<()> {
    let mut pressed = BTreeSet::new();
    let mut sent = BTreeSet::new();
    for act in acts.iter().filter(|act| !act.name.contains("forged")) {
        let (id, covered) = match &act.how {
            How::Press { id, .. } => (id, &mut pressed),
            How::Send { id, .. } => (id, &mut sent),
            How::Type { .. } | How::Pick => continue,
        };
        let id = example(id);
        let kind = kind(
            &id.parse()
                .map_err(|error| anyhow::anyhow!("{}: {id}: {error}", act.name))?,
        );
        ensure!(
            act.name.split_once(' ').is_some_and(|(_, name)| name.starts_with(kind)),
            "{} is about {kind}",
            act.name
        );
        covered.insert(kind);
    }
    let without = |covered: &BTreeSet<&str>| -> Vec<&str> {
        KINDS.iter().copied().filter(|kind| !covered.contains(kind)).collect()
    };
    ensure!(
        pressed.len() == KINDS.len() && sent.len() == KINDS.len(),
        "no row presses {:?}, no row sends {:?}",
        without(&pressed),
        without(&sent)
    );
    Ok(())
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
