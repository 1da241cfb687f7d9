//! The ground on which something is erased. A word from this list, as the evidence must hold no free text.

/// The ground of an erasure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Basis {
    /// The person asked for it (GDPR Art. 17).
    Art17,
    /// The person objected to the processing (GDPR Art. 21).
    Art21,
    /// The time for which it is kept is over.
    Retention,
    /// It was recorded by mistake, or names somebody who should not be named.
    Mistake,
    /// A court or an authority ordered it.
    Order,
}

impl Basis {
    pub const ALL: [Self; 5] = [Self::Art17, Self::Art21, Self::Retention, Self::Mistake, Self::Order];

    /// The word on the command line, in the journal and in evidence.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Art17 => "art17",
            Self::Art21 => "art21",
            Self::Retention => "retention",
            Self::Mistake => "mistake",
            Self::Order => "order",
        }
    }

    /// The ground with that word.
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|basis| basis.word() == word)
    }
}
