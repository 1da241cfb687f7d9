//! The dry run: who would be asked what and when, decided by the same function as the real thing.

use super::board::{self, Scope};
use super::period::Period;
use super::plan::{self, Fate};
use super::rules::Rules;
use crate::catalogue::Catalogue;
use crate::clock::Millis;
use crate::config::{Config, Organisation};
use crate::db::Connection;
use crate::ids::MemberId;

/// An asking that is ahead, as things stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedAsking {
    pub member: MemberId,
    pub prompt: String,
    pub period: Period,
    /// IANA name.
    pub zone: String,
    pub opens_at: Millis,
    pub due_at: Millis,
    pub closes_at: Millis,
    /// [`Fate::Load`] when the period would have no free slot for it.
    pub fate: Fate,
}

/// What would be asked in an organisation in the `weeks` after `from`, by opening. Takes it that every prompt is
/// answered at once and that nobody joins, leaves or goes away.
pub async fn forecast<C: Connection>(
    connection: &C,
    (config, catalogue): (&Config, &Catalogue),
    organisation: &Organisation,
    from: Millis,
    weeks: u32,
) -> anyhow::Result<Vec<PlannedAsking>> {
    let rules = Rules::new(&config.schedule)?;
    let until = from + i64::from(weeks) * 7 * Millis::DAY;
    let what = (catalogue, organisation, &rules);
    let mut askings = Vec::new();
    for mut entry in board::entries(connection, what, from, Scope::Expected).await? {
        entry.diary.answers_at_once = true;
        let slots = rules.slots(&entry.diary.zone, from, until + plan::foresight(&rules));
        let decided = plan::decide(&rules, &mut entry.diary, &slots, until);
        askings.extend(decided.into_iter().map(|planned| PlannedAsking {
            member: entry.member,
            prompt: entry.diary.candidates[planned.candidate].prompt.clone(),
            period: planned.period,
            zone: entry.zone.clone(),
            opens_at: planned.opens_at,
            due_at: planned.due_at,
            closes_at: planned.closes_at,
            fate: planned.fate,
        }));
    }
    askings.sort_by_key(|asking| (asking.opens_at, asking.member));
    Ok(askings)
}
