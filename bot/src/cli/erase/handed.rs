//! Who was handed what is erased: they have it still, and must be told (GDPR Art. 19).

use std::collections::BTreeMap;
use std::io::Write;

use crate::audit::pack::{self, Handed};
use crate::db::Db;
use crate::erasure::{Plan, Which};
use crate::evidence;

/// Lists the packs that disclose a field of the plan; says nothing when there is none.
pub(super) async fn list(db: &Db, origin: &str, plan: &Plan, out: &mut impl Write) -> anyhow::Result<()> {
    let packs = holding(db, origin, plan).await?;
    if packs.is_empty() {
        return Ok(());
    }
    writeln!(
        out,
        "Handed out before, and out of reach. Tell those who have it (GDPR Art. 19):"
    )?;
    for handed in packs.values() {
        let (at, to_whom) = (handed.at.rfc3339(), &handed.to_whom);
        writeln!(out, "  {at}  to {to_whom}: {}", handed.fields)?;
    }
    Ok(())
}

async fn holding(db: &Db, origin: &str, plan: &Plan) -> anyhow::Result<BTreeMap<String, Handed>> {
    let mut holding = BTreeMap::new();
    if pack::packs(db.reader(), None).await?.is_empty() {
        return Ok(holding);
    }
    for planned in &plan.records {
        let origin = match planned.log {
            Which::Living => Some(origin.to_owned()),
            Which::Closed(number) => evidence::closed_origin(db.reader(), number).await?,
        };
        let Some(origin) = origin else { continue };
        for handed in pack::packs(db.reader(), Some((&origin, planned.index))).await? {
            if discloses(&handed.fields, |field| planned.fields.contains(field)) {
                holding.insert(handed.rec.clone(), handed);
            }
        }
    }
    Ok(holding)
}

/// Whether one of the fields, named with commas between, goes.
fn discloses(fields: &str, goes: impl Fn(&str) -> bool) -> bool {
    fields.split(',').any(|field| goes(field.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pack_counts_when_it_discloses_a_field_that_goes() {
        let goes = |field: &str| field == "text";
        assert!(discloses("choice, text", goes) && discloses("choice,text", goes));
        assert!(!discloses("choice", goes) && !discloses("", goes));
    }
}
