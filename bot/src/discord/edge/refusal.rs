//! Refusals that every area shares, each with the next step.

use super::permissions::Unplaced;
use crate::config::Role;
use crate::words::Voice;

pub fn unplaced(voice: Voice<'_>, why: Unplaced) -> String {
    match why {
        Unplaced::ForeignServer => voice.refused_server(),
        Unplaced::NoOrganisation => voice.refused_organisation(),
        Unplaced::SeveralOrganisations => voice.refused_several(),
        Unplaced::Unsure => voice.refused_unsure(),
    }
}

pub fn role(voice: Voice<'_>, missing: Role) -> String {
    voice.refused_role(missing.word())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::{Language, Words};

    #[test]
    fn every_refusal_has_words_in_every_language() {
        let words = Words::load();
        for language in Language::ALL {
            let voice = words.voice(language);
            for why in [
                Unplaced::ForeignServer,
                Unplaced::NoOrganisation,
                Unplaced::SeveralOrganisations,
                Unplaced::Unsure,
            ] {
                assert!(unplaced(voice, why).ends_with('.'));
            }
            for missing in [Role::Manager, Role::Owner] {
                assert!(role(voice, missing).ends_with('.'));
            }
        }
    }
}
