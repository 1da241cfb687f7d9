//! `bellwether evidence erase`: first what would go, then, when that is confirmed, away with it.

mod handed;

use std::collections::BTreeMap;
use std::io::Write;

use super::database::migrated;
use super::exit::Exit;
use crate::chance::Chance;
use crate::clock::Clock;
use crate::config::Config;
use crate::db::{Db, Scrubbed};
use crate::erasure::{self, Basis, Journal, Outcome, Plan, Refusal, Request, Scope, Whose};
use crate::evidence::Log;
use crate::ids::{MemberId, OrganisationId, RecordId};
use crate::ledger::Ledger;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// A record's id as people see it. An answer is erased with its corrections, an absence with its row.
    #[arg(
        long,
        value_name = "REC",
        required_unless_present = "member",
        conflicts_with = "member"
    )]
    record: Option<String>,
    /// A person's Discord id: everything about them is erased.
    #[arg(long, value_name = "ID")]
    member: Option<MemberId>,
    /// Only what this organisation has about the person.
    #[arg(long, value_name = "ID", requires = "member")]
    organisation: Option<OrganisationId>,
    /// Only this field, such as text. Can be repeated. Without it all fields are erased.
    #[arg(long = "field", value_name = "NAME")]
    fields: Vec<String>,
    /// The legal basis: art17 (the person asked), art21 (the person objected), retention (the period is over),
    /// mistake, order (of a court or an authority).
    #[arg(long, value_name = "WORD", value_parser = basis)]
    basis: Basis,
    /// Erase, if it is still exactly what was shown with this token.
    #[arg(long, value_name = "TOKEN", conflicts_with = "yes")]
    confirm: Option<String>,
    /// Erase without being shown what.
    #[arg(long)]
    yes: bool,
}

fn basis(word: &str) -> Result<Basis, String> {
    Basis::named(word).ok_or_else(|| format!("allowed are {}", Basis::ALL.map(Basis::word).join(", ")))
}

impl Arguments {
    fn request(&self) -> Request {
        let scope = match (&self.record, self.member) {
            (_, Some(member)) => Scope::Member(Whose {
                member,
                organisation: self.organisation,
            }),
            (record, None) => Scope::Record(RecordId::new(record.clone().unwrap_or_default())),
        };
        Request {
            scope,
            fields: self.fields.iter().cloned().collect(),
            basis: self.basis,
        }
    }
}

pub(super) async fn erase(config: &Config, own: Arguments, out: &mut impl Write) -> anyhow::Result<Exit> {
    let db = migrated(config).await?;
    let request = own.request();
    if own.confirm.is_none() && !own.yes {
        let planned = erasure::plan(&db, &request).await?;
        let exit = match planned {
            Ok(plan) => {
                show("Would be erased", &request, &plan, out)?;
                handed::list(&db, &config.evidence.origin, &plan, out).await?;
                writeln!(
                    out,
                    "\nNothing is erased yet. To erase exactly this, add: --confirm {}",
                    plan.token()
                )?;
                Exit::Done
            }
            Err(refusal) => refused(&db, &refusal, out).await?,
        };
        db.close().await?;
        return Ok(exit);
    }
    let chance = Chance::system()?;
    let log = Log::open(&db, &config.evidence, chance.clone()).await?;
    let ledger = Ledger::start(db.clone(), log, Clock::system());
    let journal = Journal::beside(&config.evidence);
    let outcome = erasure::erase((&db, &ledger, &chance), &journal, request.clone(), own.confirm).await?;
    let exit = match outcome {
        Outcome::Erased(plan) => {
            show("Erased", &request, &plan, out)?;
            let exit = clean(&db, out).await?;
            handed::list(&db, &config.evidence.origin, &plan, out).await?;
            exit
        }
        Outcome::Changed(plan) => {
            show("Something came in meanwhile. Would be erased now", &request, &plan, out)?;
            writeln!(
                out,
                "\nNothing is erased yet. To erase exactly this, add: --confirm {}",
                plan.token()
            )?;
            Exit::Found
        }
        Outcome::Refused(refusal) => refused(&db, &refusal, out).await?,
    };
    ledger.close().await;
    db.close().await?;
    Ok(exit)
}

/// What stays in files after rows were deleted goes now.
async fn clean(db: &Db, out: &mut impl Write) -> anyhow::Result<Exit> {
    match db.scrub().await? {
        Scrubbed::Done if db.is_sqlite() => {
            writeln!(
                out,
                "\nThe database's files were rewritten; nothing of it is left in them."
            )?;
        }
        Scrubbed::Done => writeln!(
            out,
            "\nThe tables are vacuumed. PostgreSQL's own write-ahead log and the free space of its files hold remains \
             until they are used again; `VACUUM FULL` at a quiet hour shortens that."
        )?,
        Scrubbed::Busy(why) => {
            writeln!(
                out,
                "\nIt is erased, but the database's files still hold remains: {why}. Give the same command again with \
                 --yes, or stop the bot for a moment."
            )?;
            return Ok(Exit::Found);
        }
    }
    writeln!(
        out,
        "This command cannot reach: backups made before, packs and receipts that were handed out, and messages on \
         Discord."
    )?;
    Ok(Exit::Done)
}

async fn refused(db: &Db, refusal: &Refusal, out: &mut impl Write) -> anyhow::Result<Exit> {
    match refusal {
        Refusal::UnknownRecord => writeln!(
            out,
            "The log has no such record. A record's id is 32 hexadecimal digits, as shown below each answer."
        )?,
        Refusal::AboutNobody { kind } => writeln!(
            out,
            "That record is a {kind}: it is about the log or the program, and holds nothing of a person."
        )?,
        Refusal::WithTheMember { kind } => writeln!(
            out,
            "That record is a {kind}: it says that somebody was asked, and is erased with the person. Use --member."
        )?,
        Refusal::WithTheLeave { kind } => writeln!(
            out,
            "That record is a {kind}: it changes an absence, and is erased with the record of that absence, or with \
             the person. Use --member."
        )?,
        Refusal::UnknownField { field, known } => {
            let known: Vec<&str> = known.iter().map(String::as_str).collect();
            writeln!(
                out,
                "There is no field {field:?} there; allowed are {}.",
                known.join(", ")
            )?;
        }
        Refusal::NothingLeft => {
            writeln!(
                out,
                "There is nothing left to erase. The database's files are cleaned once more."
            )?;
            return clean(db, out).await;
        }
    }
    Ok(Exit::Found)
}

fn show(title: &str, request: &Request, plan: &Plan, out: &mut impl Write) -> anyhow::Result<()> {
    writeln!(out, "{title}, basis {}:", request.basis.word())?;
    let mut kinds: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for planned in &plan.records {
        let (records, fields) = kinds.entry(&planned.kind).or_default();
        *records += 1;
        *fields += planned.fields.len();
    }
    for (kind, (records, fields)) in kinds {
        writeln!(
            out,
            "  {records:>5} {kind}, {fields} field{}",
            if fields == 1 { "" } else { "s" }
        )?;
    }
    let at = || plan.records.iter().filter_map(|planned| planned.at);
    if let (Some(first), Some(last)) = (at().min(), at().max()) {
        writeln!(out, "  recorded from {} to {}", first.rfc3339(), last.rfc3339())?;
    }
    let Scope::Member(_) = request.scope else {
        writeln!(
            out,
            "The leaves themselves stay, with their kind and time, and so does who was asked. Every proof still holds."
        )?;
        return Ok(());
    };
    rows(request, plan, out)
}

fn rows(request: &Request, plan: &Plan, out: &mut impl Write) -> anyhow::Result<()> {
    if !request.fields.is_empty() {
        writeln!(out, "Only the fields named go; the person stays in all tables.")?;
        return Ok(());
    }
    for table in erasure::erasable() {
        writeln!(out, "  {:>5} {}", plan.rows.of(table.table).len(), table.told)?;
    }
    writeln!(
        out,
        "The leaves themselves stay, with their kind and time. Every proof and checkpoint still holds.\n\
         The people file is yours to edit. Somebody who is still in the server with a role comes back by Discord's own \
         list, as somebody new: take the role away first, or accept that."
    )?;
    Ok(())
}
