//! How a manager reacts to a question: when, with which answer, in which words.

use bellwether::clock::Millis;

use super::cast::Manner;

/// What somebody does about a question.
#[derive(Clone, Debug)]
pub struct Reaction {
    /// How long after the question was seen, milliseconds.
    pub after: i64,
    pub answer: Answer,
}

/// The button, counted from the left, and what is written into the form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    Yes(&'static str),
    NotYet {
        when: &'static str,
        act: &'static str,
    },
    NotApplicable(&'static str),
    Help(&'static str),
    /// A button without its second step.
    Draft,
}

impl Answer {
    /// Which of the four buttons.
    pub fn button(&self) -> usize {
        match self {
            Self::Yes(_) | Self::Draft => 0,
            Self::NotYet { .. } => 1,
            Self::NotApplicable(_) => 2,
            Self::Help(_) => 3,
        }
    }
}

const SHOWN: [&str; 4] = [
    "Asked for a second approval on the Tuesday release, in front of the team",
    "Agenda item 3 in the minutes of 9 Sep",
    "OPS-1423, closed on Thursday",
    "Went through the list with Iris, two entries changed",
];

/// What this manager does about their `count`th question; none means nothing at all.
pub fn reaction(manner: Manner, count: usize) -> Option<Reaction> {
    let minutes = |minutes: i64| minutes * Millis::MINUTE;
    let yes = Answer::Yes(SHOWN[count % SHOWN.len()]);
    Some(match manner {
        Manner::Prompt if count % 7 == 5 => Reaction {
            after: minutes(11),
            answer: Answer::NotApplicable("Nobody joined or moved in this period"),
        },
        Manner::Prompt | Manner::Closed | Manner::Away => Reaction {
            after: minutes(4 + (count as i64 % 5) * 9),
            answer: yes,
        },
        Manner::Straight if count.is_multiple_of(3) => Reaction {
            after: minutes(25),
            answer: Answer::NotYet {
                when: "After Monday's planning",
                act: "put one security task into the sprint",
            },
        },
        Manner::Straight => Reaction {
            after: minutes(95),
            answer: yes,
        },
        // A weekly question opens on Thursday and is due on Monday: five days later is late.
        Manner::Tardy if count % 3 == 1 => Reaction {
            after: 5 * Millis::DAY + minutes(90),
            answer: yes,
        },
        Manner::Tardy => Reaction {
            after: Millis::DAY,
            answer: yes,
        },
        Manner::Silent if count.is_multiple_of(3) => return None,
        Manner::Silent if count % 5 == 2 => Reaction {
            after: minutes(50),
            answer: Answer::Draft,
        },
        Manner::Silent => Reaction {
            after: minutes(300),
            answer: yes,
        },
        Manner::Asking if count % 4 == 1 => Reaction {
            after: minutes(15),
            answer: Answer::Help("Two hours of the network team before the patch window"),
        },
        Manner::Asking => Reaction {
            after: minutes(40),
            answer: yes,
        },
    })
}
