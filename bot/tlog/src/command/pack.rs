//! `bellwether-verify pack DIR` and `bellwether evidence verify DIR`: checks a pack.

use std::path::{Path, PathBuf};
use std::thread;

use anyhow::{Context, anyhow};
use serde_json::json;

use super::{Exit, field};
use crate::inspect::{self, Progress, Terms, Verdict};
use crate::policy::Policy;
use crate::time::Millis;

/// Maximum size in bytes of a policy or checkpoint that is given along.
const LONGEST: u64 = 1 << 20;
/// Stands in every file with a certificate in PEM.
const CERTIFICATE: &[u8] = b"-----BEGIN CERTIFICATE-----";

// What an auditor brings along; the command that it goes into has the argument `dir`. A text for help would take the
// place of that command's own.
#[derive(Debug, clap::Args)]
pub struct Given {
    /// A C2SP tlog-policy that says whose signatures count. Use a copy that the pack's maker cannot change.
    #[arg(long, value_name = "FILE", requires = "dir")]
    policy: Option<PathBuf>,
    /// A checkpoint kept from an earlier pack. The pack must continue it.
    #[arg(long, value_name = "FILE", requires = "dir")]
    prior: Option<PathBuf>,
    /// The least number of leaves that the pack must hold.
    #[arg(long, value_name = "N", requires = "dir")]
    min_size: Option<u64>,
    /// A field that was asked for, such as choice: each record with a proof must give it, or be erased. May be
    /// repeated. Fields that the pack discloses of any record are asked for anyway.
    #[arg(long, value_name = "FIELD", value_delimiter = ',', value_parser = field, requires = "dir")]
    field: Vec<&'static str>,
    /// Root certificates of the time-stamping authorities that you trust. Needs the program openssl.
    #[arg(long, value_name = "PEM", requires = "dir")]
    tsa_ca: Option<PathBuf>,
    /// The longest time that a leaf may have waited for a time stamp, such as 36h, 7d or 90min. Allow somewhat more than
    /// the time between two publications.
    #[arg(long, value_name = "DURATION", value_parser = duration, requires = "dir")]
    max_wait: Option<i64>,
    /// Print one JSON object instead of lines.
    #[arg(long)]
    pub json: bool,
}

/// Milliseconds.
fn duration(text: &str) -> Result<i64, String> {
    let end = text.find(|digit: char| !digit.is_ascii_digit()).unwrap_or(text.len());
    let (number, unit) = text.split_at(end);
    let unit = match unit {
        "d" => Some(Millis::DAY),
        "h" => Some(Millis::HOUR),
        "min" => Some(Millis::MINUTE),
        _ => None,
    };
    let number: Option<i64> = number.parse().ok();
    let found = number.zip(unit).and_then(|(number, unit)| number.checked_mul(unit));
    found.ok_or_else(|| "allowed is a number with d, h or min behind it, such as 7d, 36h or 90min".to_owned())
}

/// Checks the pack in that folder, at the instant `now`. Returns what was found, in words, and the exit that it means.
/// Whatever keeps the pack from being checked is told in the same way, as its exit code is promised. Blocks.
pub fn inspect(dir: &Path, given: &Given, now: Millis, progress: Progress<'_>) -> (Exit, String) {
    let as_json = given.json;
    let checked = terms(dir, given, now).and_then(|terms| check(dir, &terms, progress));
    let (exit, words) = match checked {
        Ok(verdict) if as_json => (exit(&verdict), object(&verdict).to_string()),
        Ok(verdict) => (exit(&verdict), verdict.to_string()),
        Err(error) if as_json => {
            let object = json!({ "holds": false, "error": format!("{error:#}") });
            (Exit::Usage, object.to_string())
        }
        Err(error) => (Exit::Usage, format!("result       NOT CHECKED: {error:#}")),
    };
    (exit, words + "\n")
}

fn exit(verdict: &Verdict) -> Exit {
    match (&verdict.broken, verdict.unchecked.is_empty()) {
        (Some(_), _) => Exit::Found,
        (None, false) => Exit::Usage,
        (None, true) => Exit::Done,
    }
}

fn terms(dir: &Path, given: &Given, now: Millis) -> anyhow::Result<Terms> {
    let read = |path: &Path| read(dir, path);
    let policy = match &given.policy {
        Some(path) => {
            let policy = Policy::parse(&read(path)?);
            Some(policy.with_context(|| format!("the policy {}", path.display()))?)
        }
        None => None,
    };
    let prior = match &given.prior {
        Some(path) => {
            let text = String::from_utf8(read(path)?);
            Some(text.with_context(|| format!("the checkpoint {} is not text", path.display()))?)
        }
        None => None,
    };
    if let Some(path) = &given.tsa_ca {
        let pem = read(path)?;
        anyhow::ensure!(
            pem.windows(CERTIFICATE.len()).any(|found| found == CERTIFICATE),
            "{} holds no certificate in PEM",
            path.display()
        );
    }
    Ok(Terms {
        policy,
        prior,
        min_size: given.min_size,
        fields: given.field.iter().map(|name| (*name).to_owned()).collect(),
        authorities: given.tsa_ca.clone(),
        max_wait: given.max_wait,
        now,
    })
}

/// The bytes of a file that the auditor brings along. One out of the pack would be the word of whoever made the pack.
fn read(dir: &Path, path: &Path) -> anyhow::Result<Vec<u8>> {
    let shown = path.display();
    let found = std::fs::metadata(path).with_context(|| format!("looking at {shown}"))?;
    anyhow::ensure!(
        found.is_file() && found.len() <= LONGEST,
        "{shown} is not a file of at most 1 MiB"
    );
    // A missing pack is reported later.
    if let Ok(dir) = dir.canonicalize() {
        let place = path.canonicalize().with_context(|| format!("looking for {shown}"))?;
        anyhow::ensure!(
            !place.starts_with(dir),
            "{shown} is in the pack that it is to judge, and whoever made the pack could have made that, too. Give \
             the copy that you have from elsewhere, or from before"
        );
    }
    std::fs::read(path).with_context(|| format!("reading {shown}"))
}

/// In a thread of its own: if the thread dies, that is one more reason why the pack could not be checked.
fn check(dir: &Path, terms: &Terms, progress: Progress<'_>) -> anyhow::Result<Verdict> {
    thread::scope(|scope| {
        let checked = scope.spawn(|| inspect::inspect(dir, terms, progress)).join();
        checked.map_err(|_| anyhow!("the thread that checked it has ended"))?
    })
}

fn object(verdict: &Verdict) -> serde_json::Value {
    let broken = verdict.broken.as_ref();
    let cosigned = verdict.cosigned.iter();
    json!({
        "origin": verdict.origin,
        "leaves": verdict.leaves,
        "root_sha256": hex::encode(verdict.root),
        "recorded_from": verdict.recorded.map(|recorded| recorded.first.rfc3339()),
        "recorded_to": verdict.recorded.map(|recorded| recorded.last.rfc3339()),
        "ahead_of_this_clock_ms": verdict.recorded.and_then(|recorded| recorded.ahead),
        "keys": verdict.keys,
        "cosigned": cosigned.map(|(name, time)| json!({ "witness": name, "time": time })).collect::<Vec<_>>(),
        "published": verdict.history,
        "time_stamps": verdict.replies,
        "time_stamps_signed": verdict.replies_signed,
        "leaves_time_stamped": verdict.stamped.map_or(0, |stamped| stamped.leaves),
        "unstamped_for_ms": verdict.stamped.map(|stamped| stamped.open),
        "longest_wait_for_time_stamp_ms": verdict.stamped.map(|stamped| stamped.wait),
        "proofs": verdict.proofs,
        "fields_disclosed": verdict.disclosed,
        "fields_erased": verdict.erased,
        "fields_missing": verdict.missing,
        "files": verdict.files,
        "holds": verdict.holds(),
        "broken": broken.map(|broken| json!({ "file": broken.file, "reason": broken.reason })),
        "remarks": verdict.remarks.iter().map(ToString::to_string).collect::<Vec<_>>(),
        "unchecked": verdict.unchecked.iter().map(ToString::to_string).collect::<Vec<_>>(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_duration_has_a_unit() {
        assert_eq!(duration("3d"), Ok(3 * Millis::DAY));
        assert_eq!(duration("36h"), Ok(36 * Millis::HOUR));
        assert_eq!(duration("90min"), Ok(90 * Millis::MINUTE));
        for wrong in ["", "d", "3", "3 d", "-3d", "3.5d", "3days", "9223372036854775807d"] {
            assert!(
                duration(wrong).is_err_and(|said| said.contains("such as 7d")),
                "{wrong}"
            );
        }
    }
}
