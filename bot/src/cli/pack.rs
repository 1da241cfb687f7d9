//! `bellwether evidence pack`: the log as a folder for an auditor; and `evidence packs`: who got one that discloses.

mod told;

use std::collections::BTreeSet;
use std::io::Write;
use std::path::PathBuf;

use bellwether_tlog::command::field;
use indicatif::{ProgressBar, ProgressStyle};

use super::database::{cleared, migrated};
use super::exit::Exit;
use crate::audit::pack::{self, Disclosing, Order, Scope};
use crate::chance::Chance;
use crate::clock::{Clock, Millis};
use crate::config::Config;
use crate::document::Problems;
use crate::evidence::{Kind, Log};
use crate::ids::{MemberId, OrganisationId};
use crate::ledger::Ledger;
use told::told;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The folder to write, or with --tar the file. It must not exist, or be an empty folder.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// Write a tar archive instead of a folder.
    #[arg(long)]
    tar: bool,
    /// Prove each record made on this day (UTC) or later, such as 2026-01-01. A record must meet all conditions given.
    #[arg(long, value_name = "DATE", value_parser = day)]
    from: Option<Millis>,
    /// Prove each record made on this day (UTC) or earlier.
    #[arg(long, value_name = "DATE", value_parser = day)]
    to: Option<Millis>,
    /// Prove each record about this organisation. Can be repeated.
    #[arg(long, value_name = "ID")]
    organisation: Vec<OrganisationId>,
    /// Prove each record about this member. Can be repeated.
    #[arg(long, value_name = "ID")]
    member: Vec<MemberId>,
    /// Prove each record of this kind, such as cycle.answered. Can be repeated.
    #[arg(long, value_name = "KIND", value_parser = kind)]
    kind: Vec<Kind>,
    /// Disclose this field of the proved records, such as choice. Can be repeated. Without it nothing is disclosed.
    #[arg(long, value_name = "FIELD", value_delimiter = ',', value_parser = field, requires = "to_whom")]
    disclose: Vec<&'static str>,
    /// Who gets the pack, for the register that `evidence packs` shows.
    #[arg(long, value_name = "TEXT", value_parser = recipient, requires = "disclose")]
    to_whom: Option<String>,
    /// Make the pack even if fields that should be disclosed are missing and were not erased. Its README says so, and
    /// verifying it fails.
    #[arg(long, requires = "disclose")]
    incomplete: bool,
}

/// Midnight, UTC, of a day.
fn day(text: &str) -> Result<Millis, String> {
    let day: jiff::civil::Date = text
        .parse()
        .map_err(|_| "a day is written like 2026-01-31".to_owned())?;
    let midnight = day
        .to_zoned(jiff::tz::TimeZone::UTC)
        .map_err(|error| error.to_string())?;
    Ok(midnight.timestamp().into())
}

fn kind(name: &str) -> Result<Kind, String> {
    Kind::named(name).ok_or_else(|| {
        let known: Vec<&str> = Kind::ALL.into_iter().map(Kind::name).collect();
        format!("allowed are {}", known.join(", "))
    })
}

fn recipient(text: &str) -> Result<String, String> {
    let text = text.trim();
    if text.is_empty() || text.chars().count() > 200 || text.chars().any(char::is_control) {
        return Err("1 to 200 characters on one line, such as \"Ms Example, Audit Ltd, recertification\"".to_owned());
    }
    Ok(text.to_owned())
}

impl Arguments {
    /// The records asked for; none when nothing was said of them.
    fn scope(&self) -> Option<Scope> {
        let scope = Scope {
            from: self.from,
            until: self.to.map(|day| day + Millis::DAY),
            kinds: self.kind.iter().copied().collect(),
            organisations: self.organisation.iter().map(ToString::to_string).collect(),
            members: self.member.iter().map(ToString::to_string).collect(),
        };
        (scope != Scope::default() || !self.disclose.is_empty()).then_some(scope)
    }
}

pub(super) async fn pack(config: &Config, arguments: Arguments, out: &mut impl Write) -> anyhow::Result<Exit> {
    let chains = pack::chains(&config.evidence).map_err(|list| Problems {
        source: "the configuration".to_owned(),
        list,
    })?;
    let db = cleared(config).await?;
    let chance = Chance::system()?;
    let scope = arguments.scope();
    let disclosing = match arguments.to_whom {
        Some(to_whom) => {
            let log = Log::open(&db, &config.evidence, chance.clone()).await?;
            Some(Disclosing {
                fields: BTreeSet::from_iter(arguments.disclose).into_iter().collect(),
                to_whom,
                ledger: Ledger::start(db.clone(), log, Clock::system()),
            })
        }
        None => None,
    };
    let order = Order {
        out: arguments.out,
        tar: arguments.tar,
        policy: config.evidence.policy_file.clone(),
        chains,
        scope,
        disclosing,
        incomplete: arguments.incomplete,
    };
    let bar = progress_bar();
    let progress = |done, all| {
        bar.set_length(all);
        bar.set_position(done);
    };
    let packed = pack::export(&db, &order, &chance, &progress).await;
    bar.finish_and_clear();
    let exit = told(&packed?, &order, out)?;
    if let Some(disclosing) = order.disclosing {
        disclosing.ledger.close().await;
    }
    db.close().await?;
    Ok(exit)
}

/// On standard error, and only where that is a terminal.
pub(super) fn progress_bar() -> ProgressBar {
    let style = ProgressStyle::with_template("{wide_bar} {human_pos} of {human_len} leaves, {eta} left");
    let bar = ProgressBar::new(0);
    match style {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}

pub(super) async fn packs(config: &Config, record: Option<String>, out: &mut impl Write) -> anyhow::Result<Exit> {
    let db = migrated(config).await?;
    let index = match record {
        None => None,
        Some(record) => {
            let index = match record.parse() {
                Ok(index) if record.len() < 19 => Some(index),
                _ => pack::index_of(db.reader(), &record).await?,
            };
            let Some(index) = index else {
                writeln!(out, "no leaf has the record id or index {record:?}")?;
                return Ok(Exit::Found);
            };
            Some(index)
        }
    };
    let origin = &config.evidence.origin;
    let handed = pack::packs(db.reader(), index.map(|index| (origin.as_str(), index))).await?;
    for pack in &handed {
        writeln!(out, "{}  to {}", pack.at.rfc3339(), pack.to_whom)?;
        writeln!(out, "  fields     {}", pack.fields)?;
        writeln!(out, "  records    {} ({})", pack.records, pack.scope)?;
        writeln!(out, "  leaves     {}", pack.size)?;
        writeln!(out, "  SHA256SUMS SHA-256 {}", pack.sha256)?;
    }
    let number = handed.len();
    writeln!(out, "{number} pack{}", if number == 1 { "" } else { "s" })?;
    db.close().await?;
    Ok(Exit::Done)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_are_checked_with_what_is_allowed() {
        assert_eq!(day("1970-01-02"), Ok(Millis(Millis::DAY)));
        assert!(day("2026-02-30").is_err() && day("yesterday").is_err());
        assert_eq!(field("choice"), Ok("choice"));
        assert!(field("choices").is_err_and(|said| said.contains("choice, ")));
        assert!(kind("cycle.answer").is_err_and(|said| said.contains("cycle.answered")));
        assert!(recipient(" ").is_err() && recipient("a\nb").is_err());
        assert_eq!(recipient(" Ms Example "), Ok("Ms Example".to_owned()));
    }
}
