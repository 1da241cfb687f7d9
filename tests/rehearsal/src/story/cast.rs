//! Who plays: eight managers in three zones, thirty staff, an owner, three handlers; and how each of them behaves.

/// How a manager tends to answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Manner {
    /// Answers within minutes, mostly yes.
    Prompt,
    /// Says plainly what did not happen, and promises.
    Straight,
    /// Answers after the due date, within the late window.
    Tardy,
    /// Often does not answer at all, or forgets the second step.
    Silent,
    /// Takes no direct messages; answers in the fallback channel.
    Closed,
    /// Is away for a week.
    Away,
    /// Asks for help when stuck.
    Asking,
}

/// A manager of the story.
#[derive(Clone, Copy, Debug)]
pub struct Part {
    pub name: &'static str,
    pub zone: &'static str,
    pub locale: &'static str,
    pub manner: Manner,
}

/// The managers, by zone.
pub const MANAGERS: [Part; 8] = [
    part("Ada", "Europe/Berlin", "de", Manner::Prompt),
    part("Bruno", "Europe/Berlin", "de", Manner::Straight),
    part("Chidi", "Europe/Berlin", "en-GB", Manner::Tardy),
    part("Dana", "America/New_York", "en-US", Manner::Prompt),
    part("Eli", "America/New_York", "en-US", Manner::Silent),
    part("Femi", "America/New_York", "en-US", Manner::Closed),
    part("Goro", "Asia/Tokyo", "en-US", Manner::Away),
    part("Hana", "Asia/Tokyo", "en-US", Manner::Asking),
];

/// Staff besides, who are asked nothing. Three of them speak up.
pub const STAFF: usize = 30;

const fn part(name: &'static str, zone: &'static str, locale: &'static str, manner: Manner) -> Part {
    Part {
        name,
        zone,
        locale,
        manner,
    }
}
