//! `bellwether backup` and `bellwether restore`: a copy of an SQLite database, taken while the bot runs, and back.

use std::io::Write;
use std::path::Path;

use super::database::migrated;
use super::exit::Exit;
use crate::backup::{self, Backup, Examined, Unfit};
use crate::chance::Chance;
use crate::clock::Clock;
use crate::config::Config;
use crate::erasure::Journal;
use crate::reconcile::Tables;

const POSTGRES: &str = "\
The database is PostgreSQL; back it up with its own tools:
  pg_dump --format=custom --file=bellwether.dump DATABASE
A dump is one instant of the database, also while the bot runs. It never holds the log's key, nor the pepper without
which no case key opens its case: keep both together, away from the dump. Nor does it hold the signing guard and
the journal of erasures: keep the newest of both. To bring it back: stop the bot,
pg_restore into an empty database, start nothing yet, and run `bellwether evidence recover`: it says what the dump
lacks, and brings the log back from a pack or a replica. Until then the bot refuses to sign.";

pub(super) async fn backup(config: &Config, file: &Path, out: &mut impl Write) -> anyhow::Result<Exit> {
    if config.database.file().is_none() {
        writeln!(out, "{POSTGRES}")?;
        return Ok(Exit::Found);
    }
    let db = migrated(config).await?;
    let outcome = backup::take(&db, &config.evidence, file).await;
    db.close().await?;
    match outcome? {
        Backup::Taken(report) => {
            writeln!(out, "backup       {}", file.display())?;
            writeln!(out, "leaves       {}, all checked", report.leaves)?;
            writeln!(
                out,
                "beside it    keep {} and {} too, the key away from this file: neither is in it",
                config.evidence.key_file.display(),
                config.evidence.guard_file.display()
            )?;
            writeln!(
                out,
                "pepper       keep {} with the key: without it no case key opens its case",
                config.concerns.pepper_file.display()
            )?;
            writeln!(
                out,
                "journal      keep the newest {} too, if it is there: it says what a restored backup must erase again",
                Journal::beside(&config.evidence).path().display()
            )?;
            writeln!(
                out,
                "erasures     what is erased later is still in this file; keep backups 30 days at most"
            )?;
            Ok(Exit::Done)
        }
        Backup::Unsound(report) => {
            writeln!(out, "{report}")?;
            writeln!(
                out,
                "No backup was written: the log in the copy does not hold. Run `bellwether evidence verify`, and keep \
                 the backups that you have."
            )?;
            Ok(Exit::Found)
        }
        Backup::Exists => {
            writeln!(
                out,
                "{} already exists and is left alone; name another file",
                file.display()
            )?;
            Ok(Exit::Found)
        }
        Backup::NotSqlite => {
            writeln!(out, "{POSTGRES}")?;
            Ok(Exit::Found)
        }
    }
}

pub(super) async fn restore(config: &Config, file: &Path, yes: bool, out: &mut impl Write) -> anyhow::Result<Exit> {
    let Some(target) = config.database.file() else {
        writeln!(out, "{POSTGRES}")?;
        return Ok(Exit::Found);
    };
    anyhow::ensure!(file.is_file(), "there is no file {}", file.display());
    let examined = backup::examine(file, &target, &config.evidence).await?;
    if let Some(unfit) = examined.unfit {
        writeln!(out, "{}", refusal(unfit, &examined))?;
        return Ok(Exit::Found);
    }
    tell(&examined, out)?;
    let agree = examined.tables.as_ref().is_none_or(Tables::agree);
    let exit = if agree { Exit::Done } else { Exit::Found };
    if !yes {
        writeln!(out, "Nothing is changed without --yes.")?;
        return Ok(exit);
    }
    let (now, chance) = (Clock::system().now(), Chance::system()?);
    let restored = backup::restore(file, &examined, &config.evidence, (now, &chance)).await?;
    writeln!(out, "restored     {}", target.display())?;
    if let Some(kept) = restored.kept {
        writeln!(
            out,
            "kept         the database that was there is now {}",
            kept.display()
        )?;
    }
    writeln!(
        out,
        "erased again {} fields that had been erased since",
        restored.erased
    )?;
    let next = if is_older(&examined) {
        "run `bellwether evidence recover`: until the log is complete again the bot refuses to sign"
    } else {
        "run `bellwether evidence verify`, then start the bot"
    };
    writeln!(out, "next         {next}")?;
    Ok(exit)
}

fn is_older(examined: &Examined) -> bool {
    examined.signed.is_some_and(|signed| signed > examined.report.leaves)
}

fn tell(examined: &Examined, out: &mut impl Write) -> anyhow::Result<()> {
    let leaves = examined.report.leaves;
    writeln!(out, "backup       a sound log of {leaves} leaves")?;
    if let Some(tables) = &examined.tables {
        writeln!(out, "{tables}")?;
    }
    match examined.signed {
        Some(signed) if signed > leaves => writeln!(
            out,
            "lost         {} leaves: {signed} are signed (signing guard), and with them the answers and changes that \
             they stand for",
            signed - leaves
        )?,
        Some(_) => writeln!(out, "lost         nothing that was signed")?,
        None => writeln!(out, "lost         not known: there is no signing guard to compare with")?,
    }
    if examined.target_exists {
        writeln!(
            out,
            "in its place {} is there and would be kept under another name",
            examined.target.display()
        )?;
    }
    Ok(())
}

fn refusal(unfit: Unfit, examined: &Examined) -> String {
    match unfit {
        Unfit::NotOurs => "This file is not a Bellwether database; nothing was changed. Name a file that \
                           `bellwether backup` has written"
            .to_owned(),
        Unfit::Newer => "This backup was written by a newer version of Bellwether; nothing was changed. Restore it \
                         with that version"
            .to_owned(),
        Unfit::Unsound => format!(
            "{}\nThe log in this backup does not hold; nothing was changed. Take another backup",
            examined.report
        ),
        Unfit::InUse => format!(
            "A program has {} open, most likely the bot; nothing was changed. Stop it first",
            examined.target.display()
        ),
    }
}
