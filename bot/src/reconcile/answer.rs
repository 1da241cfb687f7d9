//! An answer's row compared with its leaf.

use super::course::instant;
use super::difference::{Row, Tables};
use crate::clock::Millis;
use crate::evidence::Kind;
use crate::evidence::verify::Entry;
use crate::prompts::store::AnswerRow;
use crate::prompts::{Act, ERASED, RETRACTED};

pub(super) const TABLE: &str = "answer";

/// Whether leaves of this kind have a row of answers.
pub(super) fn has_row(kind: Kind) -> bool {
    act(kind).is_some()
}

fn act(kind: Kind) -> Option<Act> {
    match kind {
        Kind::CycleAnswered | Kind::CycleAnsweredLate | Kind::AnswerNoted => Some(Act::Answered),
        Kind::AnswerAmended => Some(Act::Amended),
        Kind::AnswerRetracted => Some(Act::Retracted),
        _ => None,
    }
}

/// Compares a row with its leaf. `cycle` is the id of the cycle that the leaf is about, if that is known.
pub(super) fn compare(row: &AnswerRow, entry: &Entry, kind: Kind, cycle: Option<&str>, tables: &mut Tables) {
    let mut own = Row {
        table: TABLE,
        id: &row.id,
        tables,
    };
    let act = act(kind).map(|act| act.word().to_owned());
    own.is("act", Some(row.act.clone()), act);
    own.holds("cycle", row.cycle.clone(), cycle);
    own.holds("member", row.member.to_string(), entry.field("author"));
    own.is("choice", Some(row.choice.clone()), Some(choice(entry, kind).to_owned()));
    own.is("detail", row.detail.clone(), text(entry, "text"));
    own.is("reason", row.reason.clone(), text(entry, "reason"));
    let said = ["answered", "amended", "retracted"]
        .into_iter()
        .find_map(|name| instant(entry, name));
    match said {
        Some(said) => own.at("answered_at", Some(row.answered_at), Some(said)),
        None => own.must(
            row.answered_at <= entry.at.0,
            "answered_at",
            Some(Millis(row.answered_at).rfc3339()),
            &format!("not after {}", entry.at.rfc3339()),
        ),
    }
    match kind {
        Kind::CycleAnswered => own.is("late", Some(row.late.to_string()), Some(false.to_string())),
        Kind::CycleAnsweredLate | Kind::AnswerNoted => {
            own.is("late", Some(row.late.to_string()), Some(true.to_string()));
        }
        _ => {}
    }
    match entry.field("interaction") {
        Some(said) => own.is("interaction", Some(row.interaction.to_string()), Some(said.to_owned())),
        None => own.must(
            row.interaction < 0,
            "interaction",
            Some(row.interaction.to_string()),
            "nothing: it was erased",
        ),
    }
    let (fits, rule) = match kind {
        Kind::AnswerNoted => (row.revision < 1, "a note"),
        Kind::AnswerAmended | Kind::AnswerRetracted => (row.revision > 1, "not the first"),
        _ => (row.revision > 0, "an answer"),
    };
    own.must(fits, "revision", Some(row.revision.to_string()), rule);
}

fn choice(entry: &Entry, kind: Kind) -> &str {
    match kind {
        Kind::AnswerRetracted => RETRACTED,
        _ => entry.field("choice").unwrap_or(ERASED),
    }
}

/// A text, unless there was none or it was erased.
fn text(entry: &Entry, field: &str) -> Option<String> {
    let text = entry.field(field).filter(|text| !text.is_empty());
    text.map(str::to_owned)
}
