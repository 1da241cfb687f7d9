//! Leaves as they stand, in days, and what can still be changed of each.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::civil;
use crate::clock::Millis;
use crate::config::Organisation;
use crate::db::Connection;
use crate::ids::{AbsenceId, MemberId};
use crate::people::Standing;
use crate::people::store::{self, AbsenceModel};

/// An absence that was not withdrawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownAbsence {
    pub id: AbsenceId,
    pub member: MemberId,
    pub first: Date,
    pub last: Date,
    pub entered_by: MemberId,
    /// The member's day now.
    pub today: Date,
    /// IANA name of the zone that these days are counted in.
    pub zone: String,
}

impl KnownAbsence {
    /// Whether all of it can be withdrawn. Only an owner can withdraw what has begun.
    pub fn can_be_withdrawn(&self, owner: bool) -> bool {
        owner || self.first >= self.today
    }

    /// The earliest last day that it can be shortened to, if any day can be taken from it.
    pub fn shortest(&self, owner: bool) -> Option<Date> {
        let earliest = if owner {
            self.first
        } else {
            self.first.max(self.today.yesterday().unwrap_or(self.today))
        };
        (earliest < self.last).then_some(earliest)
    }
}

/// The absence with that id, unless it was withdrawn.
pub async fn absence<C: Connection>(
    connection: &C,
    organisation: &Organisation,
    id: &AbsenceId,
    now: Millis,
) -> anyhow::Result<Option<KnownAbsence>> {
    let Some(row) = store::absence(connection, organisation.id, id).await? else {
        return Ok(None);
    };
    let standing = store::find(connection, organisation, MemberId::from_i64(row.member)).await?;
    known(row, standing.as_ref(), organisation, now).map(Some)
}

/// The absences that were not withdrawn and end after `after`, of one member or of all: the last `most` of them, oldest
/// first.
pub async fn absences<C: Connection>(
    connection: &C,
    organisation: &Organisation,
    (member, after): (Option<MemberId>, Millis),
    most: u64,
    now: Millis,
) -> anyhow::Result<Vec<KnownAbsence>> {
    let rows = store::last_absences(connection, organisation.id, (member, after), most).await?;
    let mut people: BTreeMap<MemberId, Option<Standing>> = BTreeMap::new();
    let mut found = Vec::with_capacity(rows.len());
    for row in rows {
        let member = MemberId::from_i64(row.member);
        let standing = match people.get(&member) {
            Some(standing) => standing.clone(),
            None => store::find(connection, organisation, member).await?,
        };
        found.push(known(row, standing.as_ref(), organisation, now)?);
        people.insert(member, standing);
    }
    Ok(found)
}

fn known(
    row: AbsenceModel,
    standing: Option<&Standing>,
    organisation: &Organisation,
    now: Millis,
) -> anyhow::Result<KnownAbsence> {
    let name = standing.map_or(&organisation.zone, |standing| &standing.zone);
    let zone = civil::zone(name)?;
    let day = |at: Millis| civil::local(at, &zone).date();
    Ok(KnownAbsence {
        id: AbsenceId::new(row.id),
        member: MemberId::from_i64(row.member),
        first: day(Millis(row.from_at)),
        last: day(Millis(row.to_at) - 1),
        entered_by: MemberId::from_i64(row.entered_by),
        today: day(now),
        zone: name.clone(),
    })
}
