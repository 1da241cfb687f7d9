//! The outcome of an act on a case.

use super::{open, person, way_on, yes};
use crate::clock::Millis;
use crate::concerns::{
    AskOutcome, Case, CaseNumber, CaseState, ConflictOutcome, ConsentOutcome, HandOverOutcome, IdentityOutcome,
    MergeOutcome, Mode, TakeOutcome, TextError, UnlockOutcome,
};
use crate::discord::cases::custom_id::{CaseForm, Press};
use crate::discord::edge::component::button;
use crate::discord::edge::{Page, text};
use crate::discord::wire::rest::File;
use crate::ids::{CaseId, MemberId};
use crate::words::Voice;

/// A sentence with the way back.
fn told(voice: Voice<'_>, case: &CaseId, said: String) -> Page {
    Page::text(said).row(vec![way_on(voice, case)])
}

/// Somebody takes a case.
pub fn taken(voice: Voice<'_>, case: &CaseId, number: &CaseNumber, outcome: TakeOutcome) -> Page {
    let number = number.to_string();
    let said = match outcome {
        TakeOutcome::Taken => voice.case_taken(number),
        TakeOutcome::AlreadyYours => voice.case_taken_already(number),
        TakeOutcome::TakenBy(handler) => voice.case_taken_by(number, text::mention(handler)),
        TakeOutcome::NoSuchCase => return Page::text(voice.refused_case()),
    };
    told(voice, case, said)
}

/// Somebody hands a case over.
pub fn given(voice: Voice<'_>, case: &CaseId, number: &CaseNumber, to: MemberId, outcome: HandOverOutcome) -> Page {
    let number = number.to_string();
    let said = match outcome {
        HandOverOutcome::HandedOver => voice.case_given(number, text::mention(to)),
        HandOverOutcome::Already => voice.case_given_same(number, text::mention(to)),
        HandOverOutcome::NotEligible => voice.case_given_not(),
        HandOverOutcome::NoSuchCase => return Page::text(voice.refused_case()),
    };
    told(voice, case, said)
}

/// Somebody steps back; `other_way` is for the last one who could.
pub fn conflict(voice: Voice<'_>, case: &CaseId, other_way: Option<String>, outcome: ConflictOutcome) -> Page {
    match outcome {
        ConflictOutcome::Declared => Page::text(voice.case_conflict_done()),
        ConflictOutcome::NoSuchCase => Page::text(voice.refused_case()),
        ConflictOutcome::LastReader => {
            let way = other_way.map_or_else(|| voice.concern_way_word(), |way| text::escape_line(&way));
            told(voice, case, voice.case_conflict_last(way))
        }
    }
}

/// Somebody joins two cases.
pub fn joined(voice: Voice<'_>, case: &CaseId, other: &CaseNumber, outcome: &MergeOutcome) -> Page {
    let said = match outcome {
        MergeOutcome::Merged { number, into } => voice.case_joined(number.to_string(), into.to_string()),
        MergeOutcome::Same => voice.case_joined_same(),
        MergeOutcome::Crossed => voice.case_joined_crossed(other.to_string()),
        MergeOutcome::NoSuchCase => return Page::text(voice.refused_case()),
        MergeOutcome::NoSuchOther => voice.refused_case(),
    };
    told(voice, case, said)
}

/// A message to the reporter.
pub struct Said {
    pub number: CaseNumber,
    pub first: bool,
    pub feedback: bool,
    pub drill: bool,
}

/// Somebody wrote to the reporter.
pub fn said(voice: Voice<'_>, case: &CaseId, sent: &Said) -> Page {
    let mut said = voice.case_said(sent.number.to_string(), yes(sent.first), yes(sent.feedback));
    if sent.first && sent.drill {
        said.push('\n');
        said.push_str(&voice.case_drill());
    }
    told(voice, case, said)
}

pub fn noted(voice: Voice<'_>, case: &CaseId, number: &CaseNumber) -> Page {
    told(voice, case, voice.case_noted(number.to_string()))
}

/// A case moved on.
pub fn moved(voice: Voice<'_>, case: &CaseId, number: &CaseNumber, to: CaseState) -> Page {
    told(
        voice,
        case,
        voice.case_moved(number.to_string(), voice.case_state(to.word())),
    )
}

/// A case did not move.
pub fn stays(voice: Voice<'_>, case: &CaseId, from: CaseState, to: CaseState) -> Page {
    let said = voice.case_moved_illegal(voice.case_state(from.word()), voice.case_state(to.word()));
    told(voice, case, said)
}

/// A case could have been opened again until then.
pub fn stays_closed(voice: Voice<'_>, case: &CaseId, number: &CaseNumber, until: Millis) -> Page {
    let said = voice.case_moved_late(number.to_string(), text::long_instant(until));
    told(voice, case, said)
}

/// What is wrong with words.
pub fn wrong(voice: Voice<'_>, error: TextError) -> String {
    match error {
        TextError::Empty => voice.refused_case_empty(),
        TextError::TooLong { found, allowed } => voice.refused_case_long(found as i64, allowed as i64),
    }
}

/// Somebody asked for an identity; none if the words were wrong.
pub fn asked(voice: Voice<'_>, case: &CaseId, outcome: AskOutcome) -> Result<Page, TextError> {
    let said = match outcome {
        AskOutcome::Asked => voice.case_identity_asked(),
        AskOutcome::AlreadyAsked(by) => voice.case_identity_asked_already(text::mention(by)),
        AskOutcome::AlreadyOpen => voice.case_identity_open_already(),
        AskOutcome::NotConfidential(mode) => not_confidential(voice, mode),
        AskOutcome::Wrong(error) => return Err(error),
        AskOutcome::NoSuchCase => return Ok(Page::text(voice.refused_case())),
    };
    Ok(told(voice, case, said))
}

fn not_confidential(voice: Voice<'_>, mode: Mode) -> String {
    match mode {
        Mode::Named => voice.case_identity_named(),
        Mode::Anonymous | Mode::Confidential => voice.case_identity_anonymous(),
    }
}

/// Somebody agreed to the opening of an identity.
pub fn consented(voice: Voice<'_>, outcome: ConsentOutcome) -> Page {
    Page::text(match outcome {
        ConsentOutcome::Agreed { confidant } => voice.case_identity_agreed(person(confidant)),
        ConsentOutcome::OwnRequest => voice.case_identity_own(),
        ConsentOutcome::AlreadyAgreed(by) => voice.case_identity_agreed_already(text::mention(by)),
        ConsentOutcome::Lapsed { asked_by } => voice.case_identity_lapsed(text::mention(asked_by)),
        ConsentOutcome::NoSuchCase => voice.refused_case(),
    })
}

/// What a handler may know about the person who raised a case.
pub fn identity(voice: Voice<'_>, case: &Case, outcome: IdentityOutcome) -> Page {
    let id = &case.id;
    let said = match outcome {
        IdentityOutcome::NoSuchCase => return Page::text(voice.refused_case()),
        IdentityOutcome::Named => voice.case_identity_named(),
        IdentityOutcome::Anonymous => voice.case_identity_anonymous(),
        IdentityOutcome::Gone => voice.case_identity_gone(),
        IdentityOutcome::NotYours { confidant } => voice.case_identity_not_yours(text::mention(confidant)),
        IdentityOutcome::Sealed { confidant } => {
            let said = voice.case_identity(case.number.to_string(), text::mention(confidant));
            let ask = open(id, CaseForm::Unseal, &voice.button_case_unseal());
            return Page::text(said).row(vec![ask, way_on(voice, id)]);
        }
        IdentityOutcome::Waits { request, by } => {
            let said = voice.case_asked(text::mention(by), person(case.confidant));
            let agree = button(&Press::AgreeTo(request), &voice.button_case_agree());
            return Page::text(said).row(vec![agree, way_on(voice, id)]);
        }
        IdentityOutcome::File(sealed) => {
            let mut page = told(voice, id, voice.case_identity_file());
            page.files.push(File {
                name: format!("{}-identity.age", case.number),
                content: sealed,
            });
            return page;
        }
        IdentityOutcome::Opened(opened) => match opened.reporter {
            Some((member, name)) => voice.case_identity_open(text::mention(member), text::escape_line(name.expose())),
            None => voice.case_identity_gone(),
        },
        IdentityOutcome::Locked => return locked(voice, id),
    };
    told(voice, id, said)
}

/// A kept key has to be unlocked first.
pub fn locked(voice: Voice<'_>, case: &CaseId) -> Page {
    let unlock = open(case, CaseForm::Unlock, &voice.button_case_unlock());
    Page::text(voice.case_locked()).row(vec![unlock, way_on(voice, case)])
}

/// A passphrase that did not unlock anything; none if it did.
pub fn not_unlocked(voice: Voice<'_>, case: &CaseId, outcome: UnlockOutcome) -> Option<Page> {
    let said = match outcome {
        UnlockOutcome::Unlocked(_) => return None,
        UnlockOutcome::Wrong(left) => voice.unlock_wrong(left as i64),
        UnlockOutcome::TooOften(at) => voice.unlock_often(text::instant(at)),
        UnlockOutcome::NothingKept => return Some(told(voice, case, voice.unlock_none())),
    };
    let unlock = open(case, CaseForm::Unlock, &voice.button_case_unlock());
    Some(Page::text(said).row(vec![unlock, way_on(voice, case)]))
}
