//! The signature of a time-stamping authority, by the program openssl.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::Context;

use crate::time::Millis;

/// Maximum length in characters of the program's output that is repeated.
const WORDS: usize = 300;

/// What the program found.
pub(super) enum Outcome {
    Signed,
    Refused(String),
    /// There is no such program.
    NotThere,
}

/// Checks a reply over a file against trusted certificates, as of the instant that the reply names: a certificate that
/// has expired since does not invalidate it. `chains` may help to find the way to a trusted one, and are not trusted.
pub(super) fn verify(
    reply: &Path,
    data: &Path,
    trusted: &Path,
    chains: &[PathBuf],
    at: Millis,
) -> anyhow::Result<Outcome> {
    let mut words = String::new();
    let attempts = std::iter::once(None).chain(chains.iter().map(Some));
    for chain in attempts {
        let mut command = Command::new("openssl");
        command.args(["ts", "-verify", "-in"]).arg(reply).arg("-data").arg(data);
        command.arg("-CAfile").arg(trusted);
        command.args(["-attime", &at.seconds().to_string()]);
        if let Some(chain) = chain {
            command.arg("-untrusted").arg(chain);
        }
        let done = match command.stdin(Stdio::null()).output() {
            Ok(done) => done,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Outcome::NotThere),
            Err(error) => return Err(error).context("starting openssl"),
        };
        if done.status.success() {
            return Ok(Outcome::Signed);
        }
        let said = String::from_utf8_lossy(&done.stderr);
        let said: Vec<&str> = said.split_whitespace().collect();
        words = said
            .join(" ")
            .chars()
            .filter(|letter| !letter.is_control())
            .take(WORDS)
            .collect();
    }
    Ok(Outcome::Refused(words))
}
