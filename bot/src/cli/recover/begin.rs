//! Closing the log and beginning another, as the operator sees it.

use std::io::Write;

use crate::chance::Chance;
use crate::cli::Exit;
use crate::clock::Clock;
use crate::config::Config;
use crate::db::Db;
use crate::evidence::recover::{self, Begun, NewLog, Reason};

/// Without `yes` it only says what it would do.
pub(super) async fn begin(
    (db, config): (&Db, &Config),
    reason: Reason,
    yes: bool,
    out: &mut impl Write,
) -> anyhow::Result<Exit> {
    if !yes {
        return explain(&config.evidence.origin, reason, out);
    }
    let chance = Chance::system()?;
    let now = Clock::system().now();
    let begun = recover::begin_anew(db, &config.evidence, reason, (now, &chance)).await?;
    let (new, first) = match begun {
        Begun::Done(new) => (new, "begun"),
        Begun::Completed(new) => (new, "begun before, and now completed"),
        Begun::Before { origin } => {
            writeln!(
                out,
                "Nothing was changed: the log in the database is {origin} already. Set evidence.origin = \"{origin}\", \
                 then start the bot"
            )?;
            return Ok(Exit::Found);
        }
        Begun::JustBegun { origin } => {
            let word = reason.word();
            writeln!(
                out,
                "Nothing was changed: the log {origin} was begun for this reason ({word}) and holds nothing else yet. \
                 Start the bot; a log can be closed again when it has been written to, or for another reason"
            )?;
            return Ok(Exit::Found);
        }
        Begun::NoLog => {
            writeln!(out, "There is no log to close: the database holds none.")?;
            return Ok(Exit::Found);
        }
    };
    tell(&new, first, out)?;
    if let Some(given) = &config.evidence.given_key {
        writeln!(out, "to do        hand the new key over in place of {given}")?;
    }
    Ok(Exit::Done)
}

fn explain(origin: &str, reason: Reason, out: &mut impl Write) -> anyhow::Result<Exit> {
    let (next, reason) = (recover::next_origin(origin), reason.word());
    writeln!(
        out,
        "Nothing is changed without --yes. With it, for the reason {reason}:\n\
         - the log {origin} is closed for good; it stays in the database\n\
         - the log {next} begins with a fresh key; its first leaf names the closed log's last\n  \
         known checkpoint and the reason\n\
         - the present key and signing guard are kept beside the new ones, ending in .closed-\n\
         - you set evidence.origin to \"{next}\" and give the new verifier key to whoever checks"
    )?;
    Ok(Exit::Done)
}

fn tell(new: &NewLog, first: &str, out: &mut impl Write) -> anyhow::Result<()> {
    let NewLog {
        origin,
        vkey,
        closed,
        kept,
        key_file,
    } = new;
    writeln!(out, "log          {origin}, {first}")?;
    writeln!(out, "verifier key {vkey}")?;
    writeln!(out, "signing key  {}", key_file.display())?;
    for path in kept {
        writeln!(out, "kept         {}", path.display())?;
    }
    writeln!(
        out,
        "closed log   number {closed}: `bellwether evidence verify --closed {closed}`"
    )?;
    writeln!(
        out,
        "to do        set evidence.origin = \"{origin}\", then start the bot"
    )?;
    Ok(())
}
