//! Whether a concern can be filed as it was sent, and the first steps of filing it.

use std::collections::BTreeSet;

use age::x25519::Recipient;

use super::channel::{Channel, channel};
use super::content::{self, Report, Who};
use super::submit::{Filed, LONGEST, LONGEST_ABOUT, ReportDraft, SubmitOutcome};
use crate::catalogue::ConcernCategory;
use crate::concerns::Decided;
use crate::concerns::case::{Case, CaseNumber, CaseState, Mode, urgency_word};
use crate::concerns::desk::Desk;
use crate::concerns::keys::case_key::CaseKey;
use crate::concerns::keys::routing::{Route, route};
use crate::concerns::keys::sealing::{recipients, seal};
use crate::concerns::secret::Secret;
use crate::concerns::store;
use crate::config::Organisation;
use crate::ids::{CaseId, MemberId, OrganisationId};
use crate::people;

/// Random case numbers that are tried before something must be wrong.
const ATTEMPTS: usize = 100;

/// A concern that can be filed.
pub(crate) struct Prepared {
    pub case: Case,
    pub key: CaseKey,
    pub route: Route,
    /// The readers' keys and the reporter's.
    pub recipients: Vec<Recipient>,
    /// Who is notified at once; nobody if it can wait.
    pub called: BTreeSet<MemberId>,
    acknowledge_with: String,
}

impl Prepared {
    /// The report, sealed; the reporter is named inside in mode named.
    pub fn seal_report(&self, draft: &ReportDraft, reporter: Option<Who<'_>>) -> anyhow::Result<Vec<u8>> {
        let report = Report {
            v: Report::VERSION,
            kind: Report::KIND,
            case: self.case.number.to_string(),
            category: &self.case.category,
            urgency: urgency_word(self.case.urgency),
            received: self.case.received_on.to_string(),
            reporter,
            about: draft.about.as_ref().map(Secret::expose),
            text: draft.text.expose(),
        };
        seal(&self.recipients, &content::padded(&report)?)
    }

    /// What the reporter is told.
    pub fn filed(self) -> Filed {
        Filed {
            number: self.case.number,
            key: self.key,
            calls_now: Route::calls(self.case.urgency),
            called: self.route.called.filter(|_| Route::calls(self.case.urgency)),
            readers: self.route.readers,
            acknowledge_with: self.acknowledge_with,
            received_on: self.case.received_on,
        }
    }
}

/// Checks whether the draft can be filed in that mode, and makes its number and case key.
///
/// # Errors
/// When the database or the log cannot be read, or nothing can be derived.
pub(crate) async fn prepare(desk: &Desk, draft: &ReportDraft, mode: Mode) -> Decided<Prepared, SubmitOutcome> {
    if let Some(outcome) = unfit(draft) {
        return Ok(Err(outcome));
    }
    let (Some(organisation), Some(category)) = (
        desk.core.organisation(draft.organisation),
        desk.category(&draft.category),
    ) else {
        return Ok(Err(SubmitOutcome::UnknownCategory));
    };
    let route = match route_for(desk, organisation, category, draft).await? {
        Ok(route) => route,
        Err(outcome) => return Ok(Err(outcome)),
    };
    let key = CaseKey::random(&desk.core.chance);
    let derived = desk.deriver.derive(&key).await?;
    let reporter = derived.identity.to_public();
    let mut keys = recipients(route.readers.iter().map(|reader| reader.recipient.as_str()))?;
    keys.push(reporter.clone());
    let case = Case {
        lookup: derived.lookup,
        reporter: reporter.to_string(),
        mode,
        formal: category.formal,
        ..fresh(desk, draft).await?
    };
    Ok(Ok(Prepared {
        called: called(desk, organisation, draft, &route).await?,
        case,
        key,
        route,
        recipients: keys,
        acknowledge_with: category.acknowledge_with.clone(),
    }))
}

/// What is wrong with the texts.
fn unfit(draft: &ReportDraft) -> Option<SubmitOutcome> {
    if draft.text.is_blank() {
        return Some(SubmitOutcome::Empty);
    }
    let texts = [(Some(&draft.text), LONGEST), (draft.about.as_ref(), LONGEST_ABOUT)];
    let is_too_long = |(text, longest): &(Option<&Secret>, usize)| text.is_some_and(|text| text.length() > *longest);
    let too_long = texts.into_iter().find(is_too_long);
    too_long.map(|(_, longest)| SubmitOutcome::TooLong { longest })
}

/// A case in which nothing was done, anonymous and without the reporter's keys.
async fn fresh(desk: &Desk, draft: &ReportDraft) -> anyhow::Result<Case> {
    Ok(Case {
        id: CaseId::new(desk.core.chance.id()),
        organisation: draft.organisation,
        number: number(desk, draft.organisation).await?,
        lookup: String::new(),
        reporter: String::new(),
        mode: Mode::Anonymous,
        category: draft.category.clone(),
        formal: false,
        urgency: draft.urgency,
        state: CaseState::New,
        received_on: draft.on_day,
        no_contact: draft.no_contact,
        wants_talk: false,
        withdrawn: false,
        handler: None,
        confidant: None,
        acknowledged_at: None,
        feedback_at: None,
        closed_at: None,
        merged_into: None,
        drill: draft.drill,
        check_30: None,
        check_90: None,
        vouch: None,
        reopened_on: None,
        first_feedback_at: None,
    })
}

/// Who is notified at once: the readers, and the role that is notified besides them.
async fn called(
    desk: &Desk,
    organisation: &Organisation,
    draft: &ReportDraft,
    route: &Route,
) -> anyhow::Result<BTreeSet<MemberId>> {
    if !Route::calls(draft.urgency) {
        return Ok(BTreeSet::new());
    }
    let mut called: BTreeSet<MemberId> = route.readers.iter().map(|reader| reader.member).collect();
    if let Some(role) = route.called {
        let all = people::all(desk.core.db.reader(), organisation).await?;
        let team = all
            .iter()
            .filter(|standing| standing.is(role))
            .map(|standing| standing.member);
        called.extend(team.filter(|member| !draft.barred.contains(member)));
    }
    Ok(called)
}

/// Who may read it, if the keys are still those that the reporter was shown.
async fn route_for(
    desk: &Desk,
    organisation: &Organisation,
    category: &ConcernCategory,
    draft: &ReportDraft,
) -> Decided<Route, SubmitOutcome> {
    let keys = match channel(desk, organisation).await? {
        Channel::Open(keys) => keys,
        Channel::Closed(closed) => return Ok(Err(SubmitOutcome::Closed(closed))),
    };
    if keys.fingerprint() != draft.keys {
        return Ok(Err(SubmitOutcome::KeysChanged));
    }
    let route = route(category, &keys.holders, &draft.barred);
    if route.readers.is_empty() {
        return Ok(Err(SubmitOutcome::NobodyMayRead));
    }
    Ok(Ok(route))
}

/// A number that no case of the organisation has. There are a thousand million, so two reports at the same time do not
/// get the same; if they do, the second is not written.
async fn number(desk: &Desk, organisation: OrganisationId) -> anyhow::Result<CaseNumber> {
    for _ in 0..ATTEMPTS {
        let number = CaseNumber::random(&desk.core.chance);
        if !store::is_number_taken(desk.core.db.reader(), organisation, &number).await? {
            return Ok(number);
        }
    }
    anyhow::bail!("no free case number was found");
}
