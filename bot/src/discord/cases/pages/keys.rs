//! The keys that reports are sealed to, for those who handle concerns and those who agree to keys.

use std::collections::BTreeSet;

use serenity::all::CreateSelectMenuOption;

use super::with_menu;
use crate::concerns::keys::{AgreeOutcome, EndOutcome, KeyView, ProposeOutcome};
use crate::concerns::{KeyState, fingerprint};
use crate::config::Role;
use crate::discord::cases::custom_id::{Form, KeyAct, KeyForm, Press};
use crate::discord::edge::component::{button, menu, option};
use crate::discord::edge::page::pages;
use crate::discord::edge::{Page, refusal, text};
use crate::ids::MemberId;
use crate::words::Voice;

/// Maximum number of messages of one list.
const PAGES: usize = 3;

/// The keys as one person sees them.
#[derive(Clone, Debug)]
pub struct Keys {
    pub all: Vec<KeyView>,
    /// Whose keys are sealed to now; none if they are not those that were agreed to.
    pub used: Option<BTreeSet<MemberId>>,
    /// How many the channel still needs.
    pub missing: usize,
    pub reader: MemberId,
    /// Whether the reader may hold a key.
    pub holds: bool,
    /// Whether the reader's kept key is unlocked.
    pub unlocked: bool,
}

impl Keys {
    /// Whether somebody still has to agree to something about a key.
    fn waits(key: &KeyView) -> bool {
        match key.state {
            KeyState::Proposed => true,
            KeyState::InForce => key.end_proposed_by.is_some(),
            KeyState::Ended => false,
        }
    }

    /// What the reader could agree to.
    fn to_agree(&self) -> impl Iterator<Item = &KeyView> {
        let proposer = |key: &KeyView| key.end_proposed_by.unwrap_or(key.member);
        let mine = self.reader;
        self.all
            .iter()
            .filter(move |key| Self::waits(key) && proposer(key) != mine)
    }

    /// What the reader could propose to end, or withdraw.
    fn to_end(&self) -> impl Iterator<Item = &KeyView> {
        self.all.iter().filter(|key| key.end_proposed_by.is_none())
    }
}

/// All keys, with what can be done about them.
pub fn keys(voice: Voice<'_>, keys: &Keys) -> Vec<Page> {
    let mut lines = Vec::new();
    if keys.used.is_none() {
        lines.push(voice.keys_altered());
    }
    lines.extend(in_force(voice, keys));
    if keys.missing > 0 {
        lines.push(voice.keys_needed(keys.missing as i64));
    }
    let waiting: Vec<&KeyView> = keys.all.iter().filter(|key| Keys::waits(key)).collect();
    if !waiting.is_empty() {
        lines.push(voice.keys_waiting());
        lines.extend(waiting.iter().map(|key| waiting_line(voice, key)));
        lines.push(voice.keys_check());
    }
    if keys.holds {
        lines.push(voice.keys_how_own());
        lines.push(voice.keys_how_keep());
    }
    let (mut pages, _) = pages(&voice.keys_title(), &lines, PAGES);
    if let Some(last) = pages.pop() {
        pages.push(with_acts(voice, last, keys));
    }
    pages
}

fn in_force(voice: Voice<'_>, keys: &Keys) -> Vec<String> {
    let used = |member| keys.used.as_ref().is_none_or(|used| used.contains(&member));
    let known = keys.all.iter().filter(|key| key.state == KeyState::InForce);
    let lines: Vec<String> = known
        .map(|key| {
            let (member, recipient) = (text::mention(key.member), key.recipient.as_str());
            if used(key.member) {
                voice.keys_line(member, recipient, key.custody.word())
            } else {
                voice.keys_idle(member, recipient)
            }
        })
        .collect();
    if lines.is_empty() {
        vec![voice.keys_none()]
    } else {
        lines
    }
}

fn waiting_line(voice: Voice<'_>, key: &KeyView) -> String {
    let (member, recipient) = (text::mention(key.member), key.recipient.as_str());
    match key.end_proposed_by {
        Some(by) => voice.keys_ending_line(member, recipient, text::mention(by)),
        None => voice.keys_waiting_line(member, recipient),
    }
}

fn with_acts(voice: Voice<'_>, mut page: Page, keys: &Keys) -> Page {
    let agree: Vec<&KeyView> = keys.to_agree().collect();
    let end: Vec<&KeyView> = keys.to_end().collect();
    for (act, placeholder, of) in [
        (KeyAct::Agree, voice.keys_agree_choose(), agree),
        (KeyAct::End, voice.keys_end_choose(), end),
    ] {
        let options: Vec<_> = of.into_iter().map(entry).collect();
        if !options.is_empty() {
            page = with_menu(page, menu(&Press::Key(act), options, &placeholder));
        }
    }
    let mut row = Vec::new();
    if keys.holds {
        row.push(button(&Press::Open(Form::Key(KeyForm::Own)), &voice.button_keys_own()));
        row.push(button(
            &Press::Open(Form::Key(KeyForm::Keep)),
            &voice.button_keys_keep(),
        ));
    }
    if keys.unlocked {
        row.push(button(&Press::Key(KeyAct::Lock), &voice.button_case_lock()));
    }
    if row.is_empty() { page } else { page.row(row) }
}

fn entry(key: &KeyView) -> CreateSelectMenuOption {
    option(&fingerprint(&key.recipient), key.id.as_str())
}

/// Somebody proposed a key.
pub fn proposed(voice: Voice<'_>, outcome: &ProposeOutcome) -> Page {
    Page::text(match outcome {
        ProposeOutcome::Proposed { fingerprint, .. } => voice.keys_proposed(fingerprint.as_str()),
        ProposeOutcome::MayNotHold => voice.keys_role(),
        ProposeOutcome::NotARecipient => voice.keys_not_a_recipient(),
        ProposeOutcome::PassphraseTooShort { shortest } => voice.keys_short(*shortest as i64),
        ProposeOutcome::AlreadyThere => voice.keys_known(),
    })
}

/// Somebody agreed to what another person proposed.
pub fn agreed(voice: Voice<'_>, outcome: AgreeOutcome) -> Page {
    Page::text(match outcome {
        AgreeOutcome::InForce => voice.keys_agreed(),
        AgreeOutcome::Ended => voice.keys_ended(),
        AgreeOutcome::NothingProposed => voice.keys_gone(),
        AgreeOutcome::OwnProposal => voice.keys_own_proposal(),
        AgreeOutcome::MayNotAgree => refusal::role(voice, Role::Handler),
        AgreeOutcome::HolderMayNotHold => voice.keys_role(),
        AgreeOutcome::KeysDoubtful => voice.keys_altered(),
    })
}

/// Somebody proposed the end of a key.
pub fn ended(voice: Voice<'_>, outcome: EndOutcome) -> Page {
    Page::text(match outcome {
        EndOutcome::Proposed | EndOutcome::AlreadyProposed => voice.keys_end_proposed(),
        EndOutcome::TakenBack => voice.keys_taken_back(),
        EndOutcome::NoSuchKey => voice.keys_gone(),
        EndOutcome::MayNotEnd => refusal::role(voice, Role::Handler),
    })
}
