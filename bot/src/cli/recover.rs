//! `bellwether evidence recover`: the log of a restored database is brought back, or closed for another.

mod begin;

use std::io::Write;
use std::path::PathBuf;

use anyhow::Context;

use super::database::migrated;
use super::exit::Exit;
use crate::chance::Chance;
use crate::clock::{Clock, Millis};
use crate::config::{Config, Evidence};
use crate::db::Db;
use crate::erasure::{self, Journal};
use crate::evidence::recover::{self, Reason, Refill, Refilled, Source, Standing};
use crate::evidence::{self, Log};
use crate::ledger::Ledger;
use crate::reconcile;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Bring back what is missing from this pack: a folder with `checkpoint` and `tile`.
    #[arg(long, value_name = "DIR", conflicts_with_all = ["from_replica", "new_log"])]
    from_pack: Option<PathBuf>,
    /// Bring back what is missing from another database of the same log.
    #[arg(long, value_name = "URL", conflicts_with = "new_log", hide_env_values = true)]
    from_replica: Option<String>,
    /// Close the log and begin another, whose first leaf names this one's last checkpoint.
    #[arg(long, requires = "reason")]
    new_log: bool,
    /// Why the log is closed: backup-restored, key-lost, key-stolen, log-damaged.
    #[arg(long, value_name = "WORD", requires = "new_log", value_parser = reason)]
    reason: Option<Reason>,
    /// Really do it. Without it the command only says what it would do.
    #[arg(long)]
    yes: bool,
}

fn reason(word: &str) -> Result<Reason, String> {
    Reason::ALL
        .into_iter()
        .find(|reason| reason.word() == word)
        .ok_or_else(|| format!("allowed are {}", Reason::ALL.map(Reason::word).join(", ")))
}

pub(super) async fn recover(config: &Config, arguments: Arguments, out: &mut impl Write) -> anyhow::Result<Exit> {
    let db = migrated(config).await?;
    let exit = act(&db, config, arguments, out).await;
    db.close().await?;
    exit
}

async fn act(db: &Db, config: &Config, arguments: Arguments, out: &mut impl Write) -> anyhow::Result<Exit> {
    let Arguments {
        from_pack,
        from_replica,
        reason,
        yes,
        ..
    } = arguments;
    if let Some(reason) = reason {
        return begin::begin((db, config), reason, yes, out).await;
    }
    let source = match (from_pack, from_replica) {
        (Some(folder), _) => Source::Pack(folder),
        (None, Some(url)) => Source::Replica(Db::open(&url).await.context("the replica")?),
        (None, None) => {
            let standing = recover::standing(db, &config.evidence).await?;
            let exit = advise(&standing, out)?;
            return Ok(if hindered(&config.evidence, out)? {
                Exit::Found
            } else {
                exit
            });
        }
    };
    let chance = Chance::system()?;
    let now = Clock::system().now();
    let refill = recover::refill(db, &config.evidence, &source, (now, &chance), yes).await?;
    match refill {
        Refill::Done(mut refilled) => {
            if yes {
                refilled.erased += erase_again(db, config, (now, &chance)).await?;
                say(db, config, &chance).await?;
            }
            tell(refilled, out)?;
            let exit = if yes {
                tables(db, config, out).await?
            } else {
                Exit::Done
            };
            let next = if yes {
                "next         run `bellwether evidence verify`, then start the bot"
            } else {
                "Nothing is changed without --yes."
            };
            writeln!(out, "{next}")?;
            Ok(exit)
        }
        Refill::NotShort(standing) => advise(&standing, out),
        Refill::TooShort { source, signed } => {
            writeln!(
                out,
                "That source ends at {source} leaves, but {signed} are signed. Find a newer one; if there is none, \
                 close the log with --new-log --reason backup-restored"
            )?;
            Ok(Exit::Found)
        }
    }
}

/// What was erased since the backup, and came back with it or from the source, goes again: also rows.
async fn erase_again(db: &Db, config: &Config, now: (Millis, &Chance)) -> anyhow::Result<u64> {
    let erased = evidence::erased_records(db.reader()).await?;
    let journal = Journal::beside(&config.evidence);
    erasure::forget_again(db, &journal, &erased, now).await
}

/// A pack holds no more of an erasure than its recipient sees. What the log cannot tell any more, the journal does.
async fn say(db: &Db, config: &Config, chance: &Chance) -> anyhow::Result<()> {
    let log = Log::open(db, &config.evidence, chance.clone()).await?;
    let ledger = Ledger::start(db.clone(), log, Clock::system());
    let said = erasure::replay(db, &ledger, chance, &Journal::beside(&config.evidence)).await;
    ledger.close().await;
    said.map(drop)
}

fn advise(standing: &Standing, out: &mut impl Write) -> anyhow::Result<Exit> {
    let (text, exit) = match standing {
        Standing::Whole { size } => (
            format!("The log of {size} leaves continues what was signed. There is nothing to recover."),
            Exit::Done,
        ),
        Standing::Short { size, signed } => (
            format!(
                "The database holds {size} leaves, but {signed} are signed: {} are missing, and the bot refuses to \
                 sign. One of these helps:\n\
                 - a newer backup of the database: `bellwether restore FILE`\n\
                 - a pack with at least {signed} leaves: `bellwether evidence recover --from-pack DIR`\n\
                 - another database of this log: `bellwether evidence recover --from-replica URL`\n\
                 - if all of that is lost: `bellwether evidence recover --new-log --reason backup-restored`\n\
                 Pack and replica bring the log back, with the fields that they hold. Rows of people, questions and \
                 answers cannot come back.",
                signed - size
            ),
            Exit::Found,
        ),
        Standing::Contradicts { size, signed } => (
            format!(
                "The log of {size} leaves does not continue the {signed} leaves that are signed: it was changed, or it \
                 is another database. Keep a copy of it as evidence and restore an unchanged backup. If there is none: \
                 `bellwether evidence recover --new-log --reason log-damaged`"
            ),
            Exit::Found,
        ),
        Standing::Unguarded { size } => (
            format!(
                "There is no signing guard, so nobody can tell whether the log of {size} leaves is complete. Compare \
                 it with a checkpoint kept elsewhere; then `bellwether run --accept-missing-guard`, once"
            ),
            Exit::Found,
        ),
    };
    writeln!(out, "{text}")?;
    Ok(exit)
}

/// Tells what else keeps the bot from signing, however whole the log is; whether there is something.
fn hindered(settings: &Evidence, out: &mut impl Write) -> anyhow::Result<bool> {
    let stopped = evidence::Halt::of(settings).refuse_from_file();
    if let Err(stopped) = &stopped {
        writeln!(out, "But {stopped:#}")?;
    }
    let keyless = evidence::has_begun(settings)? && evidence::at_hand(settings)?.is_empty();
    if keyless {
        writeln!(
            out,
            "But the signing key {} is missing. Restore the file; if it is lost for good: `bellwether evidence recover \
             --new-log --reason key-lost`",
            settings.key_file.display()
        )?;
    }
    Ok(keyless || stopped.is_err())
}

/// Tells whether the rows that were restored are what the log says.
async fn tables(db: &Db, config: &Config, out: &mut impl Write) -> anyhow::Result<Exit> {
    let (_, tables) = reconcile::live(db, &config.evidence).await?;
    let Some(tables) = tables else {
        return Ok(Exit::Found);
    };
    writeln!(out, "{tables}")?;
    Ok(if tables.agree() { Exit::Done } else { Exit::Found })
}

fn tell(refilled: Refilled, out: &mut impl Write) -> anyhow::Result<()> {
    let Refilled {
        from,
        to,
        checkpoints,
        fields,
        lost,
        erased,
    } = refilled;
    writeln!(
        out,
        "leaves       {from} were there, {} brought back, all checked",
        to - from
    )?;
    writeln!(out, "checkpoints  {checkpoints} brought back")?;
    writeln!(out, "fields       {fields} brought back, {lost} not to be had")?;
    writeln!(out, "erased       {erased} fields again, as the log says")?;
    writeln!(
        out,
        "rows         people, questions and answers since the backup cannot come back: what was open then is asked \
         again"
    )?;
    Ok(())
}
