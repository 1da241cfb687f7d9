//! Ending what is open of organisations that are not configured any more, or whose id was mistyped: nobody asks for it,
//! closes it or tells of it any longer.
//!
//! All of it is cancelled, also what is due already: whoever was asked cannot answer late any more. When the organisation
//! comes back, its people are asked again from the next period on.

use std::collections::BTreeMap;

use super::close_cycle::Ending;
use super::cycle::{Cycle, State};
use super::store;
use crate::core::Core;
use crate::ids::{OrganisationId, RecordId};

/// Maximum number of cycles in one piece of work for the ledger.
const PIECE: u64 = 200;

/// Ends it, each cycle with its leaf, and tells the operator of each organisation once. Repeating is harmless. Needed
/// once in a process, as the configuration is read once.
pub(super) async fn end_removed(core: &Core) -> anyhow::Result<()> {
    let organisations = core.config.organisations.iter();
    let configured: Vec<OrganisationId> = organisations.map(|organisation| organisation.id).collect();
    let mut ended: BTreeMap<OrganisationId, usize> = BTreeMap::new();
    loop {
        let piece = end_piece(core, configured.clone()).await?;
        if piece.is_empty() {
            break;
        }
        for organisation in piece {
            *ended.entry(organisation).or_default() += 1;
        }
    }
    for (organisation, questions) in ended {
        tracing::warn!(
            organisation.id = %organisation,
            questions,
            "this organisation is not configured, and its open questions were ended. If it was taken out by mistake, or \
             its id was mistyped, bring it back: its people are asked again from the next period on"
        );
    }
    Ok(())
}

/// Ends the next cycles; returns the organisation of each.
async fn end_piece(core: &Core, configured: Vec<OrganisationId>) -> anyhow::Result<Vec<OrganisationId>> {
    let chance = core.chance.clone();
    core.ledger
        .write(move |tx| {
            Box::pin(async move {
                let open = store::open_elsewhere(tx.connection(), &configured, PIECE).await?;
                let ending = Ending::of(State::Cancelled, Cycle::REMOVED);
                let ids: Vec<String> = open.iter().map(|cycle| cycle.id.clone()).collect();
                for cycle in &open {
                    if let Some(leaf) = ending.leaf(&chance, &RecordId::new(cycle.rec.clone())) {
                        tx.evidence(leaf);
                    }
                }
                if !ids.is_empty() {
                    let reason = ending.reason.as_deref();
                    store::close(tx.connection(), &ids, ending.state, reason, tx.now()).await?;
                }
                Ok(open.into_iter().map(|cycle| cycle.organisation).collect())
            })
        })
        .await
}
