//! `bellwether evidence verify DIR`: checks a pack. Needs no configuration, no database and no network.

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::Context;
use serde_json::json;

use super::exit::Exit;
use super::pack::{field, progress_bar};
use super::verdict::told;
use crate::clock::{Clock, Millis};
use crate::evidence::inspect::{self, Terms, Verdict};
use crate::evidence::policy::Policy;

/// Most bytes of a policy or checkpoint that is given along.
const LONGEST: u64 = 1 << 20;
/// Stands in every file with a certificate in PEM.
const CERTIFICATE: &[u8] = b"-----BEGIN CERTIFICATE-----";

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The folder of a pack. Without it, the database of the configuration is checked.
    #[arg(value_name = "DIR")]
    pub dir: Option<PathBuf>,
    /// A C2SP tlog-policy that says whose signatures count. Use a copy that the pack's maker cannot change.
    #[arg(long, value_name = "FILE", requires = "dir")]
    policy: Option<PathBuf>,
    /// A checkpoint kept from an earlier pack. The pack must continue it.
    #[arg(long, value_name = "FILE", requires = "dir")]
    prior: Option<PathBuf>,
    /// The least number of leaves that the pack must hold.
    #[arg(long, value_name = "N", requires = "dir")]
    min_size: Option<u64>,
    /// A field that you asked for, such as choice: every proved record must give it, unless it was erased. Can be
    /// repeated. Fields that the pack discloses of any record are always required.
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
    /// Check a closed log of the database instead, by its number.
    #[arg(long, value_name = "NUMBER", conflicts_with = "dir")]
    pub closed: Option<u32>,
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

/// Checks the pack. Whatever keeps it from being checked is told here, as its exit code is promised.
pub(super) async fn inspect(dir: PathBuf, arguments: Arguments, out: &mut impl Write) -> anyhow::Result<Exit> {
    let as_json = arguments.json;
    let checked = match terms(&dir, &arguments) {
        // A thread of its own that dies is one more thing that keeps it from being checked.
        Ok(terms) => match tokio::task::spawn_blocking(move || check(&dir, &terms)).await {
            Ok(checked) => checked,
            Err(died) => Err(died.into()),
        },
        Err(error) => Err(error),
    };
    let (exit, words) = match checked {
        Ok(verdict) if as_json => (exit(&verdict), object(&verdict).to_string()),
        Ok(verdict) => (exit(&verdict), verdict.to_string()),
        Err(error) if as_json => {
            let object = json!({ "holds": false, "error": format!("{error:#}") });
            (Exit::Usage, object.to_string())
        }
        Err(error) => (Exit::Usage, format!("result       NOT CHECKED: {error:#}")),
    };
    Ok(told(out, format!("{words}\n").as_bytes(), exit)?)
}

fn exit(verdict: &Verdict) -> Exit {
    match (&verdict.broken, verdict.unchecked.is_empty()) {
        (Some(_), _) => Exit::Found,
        (None, false) => Exit::Usage,
        (None, true) => Exit::Done,
    }
}

fn terms(dir: &Path, arguments: &Arguments) -> anyhow::Result<Terms> {
    let given = |path: &Path| given(dir, path);
    let policy = match &arguments.policy {
        Some(path) => {
            let policy = Policy::parse(&given(path)?);
            Some(policy.with_context(|| format!("the policy {}", path.display()))?)
        }
        None => None,
    };
    let prior = match &arguments.prior {
        Some(path) => {
            let text = String::from_utf8(given(path)?);
            Some(text.with_context(|| format!("the checkpoint {} is not text", path.display()))?)
        }
        None => None,
    };
    if let Some(path) = &arguments.tsa_ca {
        let pem = given(path)?;
        anyhow::ensure!(
            pem.windows(CERTIFICATE.len()).any(|found| found == CERTIFICATE),
            "{} holds no certificate in PEM",
            path.display()
        );
    }
    Ok(Terms {
        policy,
        prior,
        min_size: arguments.min_size,
        fields: arguments.field.iter().map(|name| (*name).to_owned()).collect(),
        authorities: arguments.tsa_ca.clone(),
        max_wait: arguments.max_wait,
        now: Clock::system().now(),
    })
}

/// The bytes of a file that the auditor brings along. One out of the pack would be the word of whoever made the pack.
fn given(dir: &Path, path: &Path) -> anyhow::Result<Vec<u8>> {
    let shown = path.display();
    let found = std::fs::metadata(path).with_context(|| format!("looking at {shown}"))?;
    anyhow::ensure!(
        found.is_file() && found.len() <= LONGEST,
        "{shown} is not a file of at most 1 MiB"
    );
    // A pack that is not there is told later.
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

fn check(dir: &Path, terms: &Terms) -> anyhow::Result<Verdict> {
    let bar = progress_bar();
    let progress = |done, all| {
        bar.set_length(all);
        bar.set_position(done);
    };
    let verdict = inspect::inspect(dir, terms, &progress);
    bar.finish_and_clear();
    verdict
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
