//! What handlers press, choose and send. A form carries the id of the button that opened it.

use std::fmt;

use crate::concerns::CaseState;
use crate::discord::edge::custom_id::{VERSION, is_row_id, is_word};
use crate::ids::{CaseId, HandlerKeyId, MemberId, UnsealingId};

/// The longest name of a template or category that fits.
const NAME: usize = 40;

/// A step of `/case`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CaseStep {
    /// The menu of the inbox. Which case comes beside it.
    Inbox,
    /// Something with one case.
    On(CaseId, CaseAct),
    /// The second person's yes to the opening of an identity.
    AgreeTo(UnsealingId),
    /// Something with the keys that reports are sealed to.
    Key(KeyAct),
    /// The menu of categories for a drill; with one, the form.
    Drill(Option<String>),
}

/// What is to be done with a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CaseAct {
    Show,
    Read,
    Take,
    /// The menu of templates; with one, the form.
    Say(Option<String>),
    Note,
    Status,
    Move(CaseState),
    /// The menu of handlers. Who comes beside it.
    HandOver,
    Conflict,
    /// The second press, which does it.
    Conflicted,
    Join,
    Identity,
    /// Asks for the opening of an identity.
    Unseal,
    /// Unlocks one's kept key, to read this case.
    Unlock,
}

/// What is to be done with keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyAct {
    /// Registers a recipient of one's own.
    Own,
    /// Has the bot keep a key under a passphrase.
    Keep,
    /// The menu of keys that wait for a second person.
    Agree,
    /// The menu of keys in force.
    End,
    /// Forgets an unlocked key at once.
    Lock,
}

impl KeyAct {
    const ALL: [Self; 5] = [Self::Own, Self::Keep, Self::Agree, Self::End, Self::Lock];

    const fn word(self) -> &'static str {
        match self {
            Self::Own => "own",
            Self::Keep => "keep",
            Self::Agree => "agree",
            Self::End => "end",
            Self::Lock => "lock",
        }
    }
}

impl CaseAct {
    const fn word(&self) -> &'static str {
        match self {
            Self::Show => "show",
            Self::Read => "read",
            Self::Take => "take",
            Self::Say(_) => "say",
            Self::Note => "note",
            Self::Status => "status",
            Self::Move(_) => "move",
            Self::HandOver => "hand",
            Self::Conflict => "conflict",
            Self::Conflicted => "conflicted",
            Self::Join => "join",
            Self::Identity => "identity",
            Self::Unseal => "unseal",
            Self::Unlock => "unlock",
        }
    }

    /// From its word and what stands behind the case.
    fn read(word: &str, rest: Option<&str>) -> Option<Self> {
        let plain = match word {
            "say" => {
                let template = rest.filter(|rest| is_name(rest));
                return (rest.is_none() || template.is_some()).then(|| Self::Say(template.map(str::to_owned)));
            }
            "move" => return rest.and_then(CaseState::of).map(Self::Move),
            "show" => Self::Show,
            "read" => Self::Read,
            "take" => Self::Take,
            "note" => Self::Note,
            "status" => Self::Status,
            "hand" => Self::HandOver,
            "conflict" => Self::Conflict,
            "conflicted" => Self::Conflicted,
            "join" => Self::Join,
            "identity" => Self::Identity,
            "unseal" => Self::Unseal,
            "unlock" => Self::Unlock,
            _ => return None,
        };
        rest.is_none().then_some(plain)
    }
}

impl fmt::Display for CaseStep {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Inbox => write!(formatter, "{VERSION}:case:inbox"),
            Self::AgreeTo(id) => write!(formatter, "{VERSION}:case:agree:{id}"),
            Self::Key(act) => write!(formatter, "{VERSION}:case:key:{}", act.word()),
            Self::Drill(None) => write!(formatter, "{VERSION}:case:drill"),
            Self::Drill(Some(category)) => write!(formatter, "{VERSION}:case:drill:{category}"),
            Self::On(case, act) => {
                write!(formatter, "{VERSION}:case:{}:{case}", act.word())?;
                match act {
                    CaseAct::Say(Some(template)) => write!(formatter, ":{template}"),
                    CaseAct::Move(state) => write!(formatter, ":{}", state.word()),
                    _ => Ok(()),
                }
            }
        }
    }
}

impl CaseStep {
    /// From what stands behind the area.
    pub fn read<'a>(parts: &mut impl Iterator<Item = &'a str>) -> Option<Self> {
        let word = parts.next()?;
        let (second, third) = (parts.next(), parts.next());
        if parts.next().is_some() {
            return None;
        }
        match (word, second, third) {
            ("inbox", None, None) => Some(Self::Inbox),
            ("drill", None, None) => Some(Self::Drill(None)),
            ("drill", Some(category), None) => is_name(category).then(|| Self::Drill(Some(category.to_owned()))),
            ("agree", Some(id), None) => is_row_id(id).then(|| Self::AgreeTo(UnsealingId::new(id))),
            ("key", Some(word), None) => KeyAct::ALL.into_iter().find(|act| act.word() == word).map(Self::Key),
            (word, Some(case), rest) if is_row_id(case) => {
                CaseAct::read(word, rest).map(|act| Self::On(CaseId::new(case), act))
            }
            _ => None,
        }
    }
}

/// Whether a text can be the name of a template or category.
pub fn is_name(text: &str) -> bool {
    (1..=NAME).contains(&text.len()) && is_word(text)
}

/// The case that a choice from the inbox names.
pub fn chosen_case(value: &str) -> Option<CaseId> {
    is_row_id(value).then(|| CaseId::new(value))
}

/// The handler that a choice names.
pub fn chosen_member(value: &str) -> Option<MemberId> {
    value.parse().ok()
}

/// The key that a choice names.
pub fn chosen_key(value: &str) -> Option<HandlerKeyId> {
    is_row_id(value).then(|| HandlerKeyId::new(value))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::discord::custom_id::CustomId;
    use crate::discord::edge::custom_id::LIMIT;

    fn any_act() -> impl Strategy<Value = CaseAct> {
        let say = prop::option::of("[a-z][a-z0-9-]{0,39}").prop_map(CaseAct::Say);
        let plain = prop::sample::select(vec![
            CaseAct::Show,
            CaseAct::Read,
            CaseAct::Take,
            CaseAct::Note,
            CaseAct::Status,
            CaseAct::HandOver,
            CaseAct::Conflict,
            CaseAct::Conflicted,
            CaseAct::Join,
            CaseAct::Identity,
            CaseAct::Unseal,
            CaseAct::Unlock,
        ]);
        let moved = prop::sample::select(CaseState::ALL.to_vec()).prop_map(CaseAct::Move);
        prop_oneof![say, plain, moved]
    }

    fn any_step() -> impl Strategy<Value = CaseStep> {
        prop_oneof![
            Just(CaseStep::Inbox),
            prop::option::of("[a-z][a-z0-9-]{0,39}").prop_map(CaseStep::Drill),
            "[0-9a-f]{32}".prop_map(|id| CaseStep::AgreeTo(UnsealingId::new(id))),
            prop::sample::select(KeyAct::ALL.to_vec()).prop_map(CaseStep::Key),
            ("[0-9a-f]{32}", any_act()).prop_map(|(case, act)| CaseStep::On(CaseId::new(case), act)),
        ]
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back_and_fits(step in any_step()) {
            let text = CustomId::Case(step.clone()).to_string();
            prop_assert!(text.len() <= LIMIT);
            prop_assert_eq!(text.parse::<CustomId>(), Ok(CustomId::Case(step)));
        }

        #[test]
        fn a_near_miss_is_refused_or_means_itself(
            text in "v1:case:(inbox|agree|key|say|move|show|note|x)(:([0-9a-g]{31,33}|own|lock))?(:[a-z-]{0,12})?"
        ) {
            if let Ok(id) = text.parse::<CustomId>() {
                prop_assert_eq!(id.to_string(), text);
            }
        }
    }
}
