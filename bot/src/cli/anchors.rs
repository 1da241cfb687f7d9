//! `bellwether evidence status`: what of the log is published, and who outside has which copy since when.

use std::io::Write;

use serde_json::{Value, json};

use super::database::migrated;
use super::exit::Exit;
use crate::anchors::{self, Nag, Outside, Publication, Status, TargetStatus};
use crate::audit::{self, LastSound};
use crate::clock::{Clock, Millis};
use crate::config::Config;
use crate::evidence::{self, Keyring, Signed};

/// What to do about stopped signing.
const STOPPED: &str = "the bot does not run and does not start like this (exit code 5). Run `bellwether evidence \
                       verify`: it names the place, and lifts the stop if the whole log holds again; see \"When the \
                       log is stopped\" in docs/operating.md";

/// All that is shown.
struct Shown {
    now: Millis,
    head: Option<(Signed, Keyring)>,
    status: Status,
    nags: Vec<Nag>,
    /// The last check of the whole log that found it sound.
    sound: Option<LastSound>,
    /// Why nothing is signed.
    stopped: Option<String>,
}

impl Shown {
    /// Whether the last check of the whole log found something.
    fn broken(&self) -> bool {
        self.stopped.as_deref().is_some_and(audit::stopped_by_audit)
    }
}

pub(super) async fn status(config: &Config, as_json: bool, out: &mut impl Write) -> anyhow::Result<Exit> {
    let outside = Outside::read(&config.evidence, |name| std::env::var(name).ok())?;
    let db = migrated(config).await?;
    let settings = &config.evidence;
    let now = Clock::system().now();
    let status = anchors::status(db.reader(), config, &outside, now).await?;
    let shown = Shown {
        now,
        head: evidence::signed_head(db.reader(), None).await?,
        nags: status.nags(now, settings.anchor_warn_after),
        status,
        sound: audit::last_sound(db.reader()).await?,
        stopped: evidence::Halt::of(settings).reason()?,
    };
    if as_json {
        writeln!(out, "{}", object(&shown))?;
    } else {
        write_lines(&shown, out)?;
    }
    db.close().await?;
    Ok(if shown.nags.is_empty() && shown.stopped.is_none() {
        Exit::Done
    } else {
        Exit::Found
    })
}

fn write_lines(shown: &Shown, out: &mut impl Write) -> anyhow::Result<()> {
    let Shown {
        now,
        head,
        status,
        nags,
        stopped,
        ..
    } = shown;
    if let Some((head, ring)) = head {
        writeln!(out, "log        {}", ring.origin())?;
        writeln!(out, "key        {}", ring.current())?;
        writeln!(out, "leaves     {}", head.checkpoint.size)?;
        writeln!(out, "root       {}", head.checkpoint.root_text())?;
    } else {
        writeln!(out, "leaves     0")?;
    }
    writeln!(out, "audited    {}", audited_line(shown))?;
    let published = status.publication.as_ref();
    let published = published.map_or_else(|| "never".to_owned(), |last| published_line(last, *now));
    writeln!(out, "published  {published}")?;
    for target in &status.targets {
        writeln!(out, "outside    {}", target_line(target, *now))?;
    }
    for nag in nags {
        writeln!(out, "WARNING    {nag}\nfix        {}", nag.remedy())?;
    }
    if let Some(stopped) = stopped {
        writeln!(out, "STOPPED    {stopped}\nfix        {STOPPED}")?;
    }
    Ok(())
}

/// When the log was last checked as a whole, and with what outcome.
fn audited_line(shown: &Shown) -> String {
    let sound = shown.sound.map_or_else(
        || "never".to_owned(),
        |LastSound { at, leaves }| {
            let leaves = leaves.map_or_else(String::new, |leaves| format!(", {leaves} leaves"));
            format!("sound at {}, {}{leaves}", at.rfc3339(), age(shown.now, at))
        },
    );
    if shown.broken() {
        return format!("DOES NOT HOLD, see below; before that {sound}");
    }
    sound
}

fn published_line(last: &Publication, now: Millis) -> String {
    let (at, age) = (last.published_at.rfc3339(), age(now, last.published_at));
    format!("{} leaves at {at}, {age}", last.size)
}

fn target_line(target: &TargetStatus, now: Millis) -> String {
    let mut line = match &target.last {
        Some((size, at, reference)) => {
            let place = reference
                .as_ref()
                .map_or_else(String::new, |place| format!(", {place}"));
            format!(
                "{}: {size} leaves at {}, {}{place}",
                target.target,
                at.rfc3339(),
                age(now, *at)
            )
        }
        None => format!("{}: never", target.target),
    };
    for (number, what) in [(target.waiting, "waiting"), (target.given_up, "given up")] {
        if number > 0 {
            line.push_str(&format!("; {number} {what}"));
        }
    }
    if let Some(error) = &target.error {
        line.push_str(&format!("; last: {error}"));
    }
    line
}

/// How long ago, in the largest unit that says enough.
fn age(now: Millis, then: Millis) -> String {
    let minutes = now.since(then).max(0) / Millis::MINUTE;
    match minutes / 60 {
        0 => format!("{minutes} min ago"),
        hours @ 1..48 => format!("{hours} h ago"),
        hours => format!("{} days ago", hours / 24),
    }
}

fn object(shown: &Shown) -> Value {
    let Shown {
        now,
        head,
        status,
        nags,
        sound,
        stopped,
    } = shown;
    let (head, ring) = head
        .as_ref()
        .map_or((None, None), |(head, ring)| (Some(&head.checkpoint), Some(ring)));
    let seconds = |then: Millis| now.since(then) / Millis::SECOND;
    json!({
        "origin": ring.map(Keyring::origin),
        "vkey": ring.map(|ring| ring.current().to_string()),
        "leaves": head.map_or(0, |head| head.size),
        "root_sha256": head.map(|head| hex::encode(head.root)),
        "audit": {
            "sound": !shown.broken(),
            "last_sound_at": sound.map(|sound| sound.at.rfc3339()),
            "last_sound_age_seconds": sound.map(|sound| seconds(sound.at)),
            "leaves": sound.and_then(|sound| sound.leaves),
        },
        "publication": status.publication.as_ref().map(|last| json!({
            "size": last.size,
            "at": last.published_at.rfc3339(),
            "age_seconds": seconds(last.published_at),
        })),
        "last_outside": status.last_outside().map(Millis::rfc3339),
        "last_outside_age_seconds": status.last_outside().map(seconds),
        "targets": status.targets.iter().map(|target| json!({
            "target": target.target.to_string(),
            "size": target.last.as_ref().map(|(size, ..)| size),
            "at": target.last.as_ref().map(|(_, at, _)| at.rfc3339()),
            "age_seconds": target.last.as_ref().map(|(_, at, _)| seconds(*at)),
            "reference": target.last.as_ref().and_then(|(.., reference)| reference.as_ref()),
            "waiting": target.waiting,
            "given_up": target.given_up,
            "error": target.error,
        })).collect::<Vec<_>>(),
        "warnings": nags.iter().map(ToString::to_string).collect::<Vec<_>>(),
        "stopped": stopped,
    })
}
