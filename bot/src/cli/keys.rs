//! `bellwether keys`: making, showing and changing the key that signs the log. Never shows a secret.

use std::io::Write;
use std::path::PathBuf;

use super::database::migrated;
use super::exit::Exit;
use crate::chance::Chance;
use crate::clock::Clock;
use crate::config::{Config, Evidence};
use crate::evidence::{self, Place, Rotated, Rotation};

/// What to do with a verifier key.
const PIN: &str = "Keep the verifier key where nobody who runs the bot can change it, such as a controlled document of \
                   the ISMS: whoever checks the log compares with that copy.";

pub(super) fn new(config: &Config, out_file: Option<PathBuf>, out: &mut impl Write) -> anyhow::Result<Exit> {
    let settings = &config.evidence;
    let path = out_file.unwrap_or_else(|| settings.key_file.clone());
    if path == settings.key_file && !path.exists() && evidence::has_begun(settings)? {
        writeln!(out, "no key: {}", lost(settings))?;
        return Ok(Exit::Found);
    }
    let vkey = evidence::new_key(&path, &settings.origin, &Chance::system()?)?;
    writeln!(out, "verifier key  {vkey}")?;
    writeln!(
        out,
        "signing key   {} (mode 0600; back it up, away from the database)",
        path.display()
    )?;
    writeln!(out, "{PIN}")?;
    if settings.guard_file.exists() {
        writeln!(
            out,
            "A signing guard is there already: if it belongs to a log that has begun, this key cannot continue it. \
             Use `bellwether keys rotate` for that."
        )?;
    }
    Ok(Exit::Done)
}

/// What there is to do where a log has begun and its key is not there.
fn lost(settings: &Evidence) -> String {
    format!(
        "{} is missing, but {} shows that a log has begun, and a new key cannot continue it. Restore the file; if it is \
         lost for good, close the log and begin another: `bellwether evidence recover --new-log --reason key-lost`",
        settings.key_file.display(),
        settings.guard_file.display()
    )
}

pub(super) fn show(config: &Config, out: &mut impl Write) -> anyhow::Result<Exit> {
    let keys = evidence::at_hand(&config.evidence)?;
    let Some(first) = keys.first() else {
        if evidence::has_begun(&config.evidence)? {
            writeln!(out, "no key: {}", lost(&config.evidence))?;
            return Ok(Exit::Found);
        }
        writeln!(
            out,
            "no key: {} does not exist yet. `bellwether keys new` or the first `bellwether run` makes it",
            config.evidence.key_file.display()
        )?;
        return Ok(Exit::Found);
    };
    writeln!(out, "verifier key  {}", first.vkey)?;
    writeln!(out, "from          {}", first.place)?;
    for other in &keys[1..] {
        writeln!(out, "also there    {} in {}", other.vkey, other.place)?;
        if matches!(other.place, Place::Next(_)) {
            writeln!(
                out,
                "              a change of keys was begun; the next start, or `bellwether keys rotate`, completes it"
            )?;
        }
    }
    Ok(Exit::Done)
}

pub(super) async fn rotate(config: &Config, yes: bool, out: &mut impl Write) -> anyhow::Result<Exit> {
    if !yes {
        explain(&config.evidence, out)?;
        return Ok(Exit::Done);
    }
    let db = migrated(config).await?;
    let now = Clock::system().now();
    let rotation = evidence::rotate(&db, &config.evidence, now, &Chance::system()?).await?;
    db.close().await?;
    match rotation {
        Rotation::Done(rotated) => done(&config.evidence, &rotated, out),
        Rotation::Completed { vkey } => {
            writeln!(out, "verifier key  {vkey}")?;
            writeln!(
                out,
                "An earlier change of keys had been cut off. It is complete now; no further one was made."
            )?;
            Ok(Exit::Done)
        }
        Rotation::NoLog => {
            writeln!(
                out,
                "nothing to change: the log has not begun. Delete or move the key file, and make another with \
                 `bellwether keys new`"
            )?;
            Ok(Exit::Found)
        }
    }
}

fn explain(settings: &Evidence, out: &mut impl Write) -> anyhow::Result<()> {
    let keys = evidence::at_hand(settings)?;
    let now = keys
        .first()
        .map_or_else(|| "none".to_owned(), |key| format!("{} in {}", key.vkey, key.place));
    writeln!(out, "Nothing is changed without --yes. With it:")?;
    writeln!(out, "- a fresh key is made beside the present one: {now}")?;
    writeln!(
        out,
        "- a leaf in the log names the fresh key and retires the present one"
    )?;
    writeln!(
        out,
        "- both keys sign the checkpoint that first holds this leaf, the fresh key alone every later one"
    )?;
    if let Some(given) = &settings.given_key {
        writeln!(
            out,
            "- you hand over the fresh key in place of {given}; until then it is read from its file"
        )?;
    } else {
        writeln!(
            out,
            "- the fresh key takes the place of {}; the present one is kept beside it, with its name ending in \
             .retired-",
            settings.key_file.display()
        )?;
    }
    writeln!(
        out,
        "A bot that runs on this machine takes the fresh key up by itself. On other machines it signs no"
    )?;
    writeln!(
        out,
        "more until the fresh key is copied there. Witnesses must be told the new verifier key."
    )?;
    Ok(())
}

fn done(settings: &Evidence, rotated: &Rotated, out: &mut impl Write) -> anyhow::Result<Exit> {
    writeln!(out, "verifier key  {}", rotated.vkey)?;
    writeln!(out, "in force      from leaf {} on", rotated.leaf)?;
    writeln!(out, "signing key   {}", rotated.key_file.display())?;
    if let Some(given) = &settings.given_key {
        writeln!(
            out,
            "to do         hand that key over in place of {given}, then delete the file"
        )?;
    }
    if let Some(kept) = &rotated.kept {
        writeln!(
            out,
            "retired key   {} (delete it when the bot has started once with the new one)",
            kept.display()
        )?;
    }
    writeln!(out, "retired       {}", rotated.retired)?;
    writeln!(out, "{PIN}")?;
    Ok(Exit::Done)
}
