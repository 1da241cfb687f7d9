//! Beginning a visit with the case key. Nothing of it is kept except the visit, in memory.

use super::VisitOutcome;
use crate::concerns::desk::Desk;
use crate::concerns::keys::case_key::CaseKey;
use crate::concerns::raising::visits::Visit;
use crate::concerns::secret::Secret;
use crate::concerns::store;

/// Whether what somebody typed leads to a case. Takes about a quarter of a second, whatever the result.
///
/// # Errors
/// When the database cannot be read, or nothing can be derived.
pub async fn begin_visit(desk: &Desk, typed: &Secret) -> anyhow::Result<VisitOutcome> {
    let Some(key) = CaseKey::read(typed.expose()) else {
        return Ok(VisitOutcome::NotAKey);
    };
    let derived = desk.deriver.derive(&key).await?;
    let Some(case) = store::find_by_lookup(desk.core.db.reader(), &derived.lookup).await? else {
        return Ok(VisitOutcome::NoSuchCase);
    };
    let visit = Visit {
        case: case.id,
        identity: derived.identity,
    };
    if super::sound(desk, &visit).await?.is_none() {
        return Ok(VisitOutcome::Withheld);
    }
    let begun = desk.visits.begin(&desk.core.chance, desk.core.clock.now(), visit);
    Ok(VisitOutcome::Begun(begun))
}
