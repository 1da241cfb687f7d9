//! Who reads what is said from now on, as the reporter sees it at a visit.

use std::collections::BTreeMap;

use serenity::all::{CreateSelectMenu, CreateSelectMenuOption};

use super::{OPTION, OPTIONS, button, list, menu, text};
use crate::concerns::{BarOutcome, CaseView, KeyHolder, Readers, VisitId};
use crate::discord::edge::Page;
use crate::discord::speak::custom_id::{Act, Press};
use crate::ids::MemberId;
use crate::words::Voice;

/// The readers in a line; none if the keys are in doubt, which is said when something is sealed.
pub(super) fn line(voice: Voice<'_>, view: &CaseView) -> Option<String> {
    match &view.readers {
        Readers::These(readers) if readers.is_empty() => Some(voice.visit_readers_none()),
        Readers::These(readers) => Some(voice.visit_readers(in_a_row(voice, readers))),
        Readers::KeysDoubtful => None,
    }
}

fn in_a_row(voice: Voice<'_>, readers: &[KeyHolder]) -> String {
    list(voice, readers).replace('\n', "; ")
}

/// The menu to leave one of them out; none if nobody else would be left.
pub(super) fn leave_out(
    voice: Voice<'_>,
    visit: &VisitId,
    view: &CaseView,
    names: &BTreeMap<MemberId, String>,
) -> Option<CreateSelectMenu> {
    let readers = match &view.readers {
        Readers::These(readers) if readers.len() > 1 => readers,
        Readers::These(_) | Readers::KeysDoubtful => return None,
    };
    let option = |reader: &KeyHolder| {
        let mark = reader.fingerprint();
        let label = match names.get(&reader.member) {
            Some(name) => format!("{} · {mark}", text::cut(name, OPTION / 2)),
            None => mark,
        };
        CreateSelectMenuOption::new(label, reader.recipient.clone())
    };
    let id = Press::Visit(Act::Bar, visit.as_str().to_owned());
    let options = readers.iter().take(OPTIONS).map(option).collect();
    Some(menu(&id, options, &voice.visit_choose_barred()))
}

/// The outcome of leaving somebody out.
pub fn barred(voice: Voice<'_>, outcome: BarOutcome) -> String {
    match outcome {
        BarOutcome::Barred { member, was_confidant } => {
            let confidant = if was_confidant { "yes" } else { "no" };
            voice.visit_barred(confidant, text::mention(member))
        }
        BarOutcome::LastReader => voice.visit_barred_last(),
        BarOutcome::NoReader => voice.visit_barred_already(),
        BarOutcome::Over => voice.visit_over(),
        BarOutcome::KeysDoubtful => voice.concern_closed("doubtful", 0, 0),
    }
}

/// Others would read it than the page had shown.
pub fn changed(voice: Voice<'_>, visit: &VisitId) -> Page {
    let look = Press::Visit(Act::Look, visit.as_str().to_owned());
    Page::text(voice.visit_readers_changed()).row(vec![button(&look, &voice.visit_button("look"))])
}
