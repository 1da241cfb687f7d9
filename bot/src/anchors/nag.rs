//! What the operator should be told about how the log is anchored, each with its remedy.

use std::fmt;

use super::target::Target;
use crate::clock::Millis;

/// Something that makes the log worth less as evidence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Nag {
    /// Nobody outside is configured.
    Nobody,
    /// No copy has arrived outside for too long, or none ever has.
    Silent { last: Option<Millis>, hours: Option<i64> },
    /// One of several has received nothing for too long.
    TargetSilent { target: Target, error: Option<String> },
    /// A witness knows a tree that ours does not continue.
    Forked { target: Target, why: String },
    /// Only time-stamping authorities are configured.
    StampsOnly,
}

impl fmt::Display for Nag {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Nobody => formatter.write_str(
                "nobody outside gets the log's checkpoints: anybody who has the log's key and database could rewrite \
                 the log unnoticed",
            ),
            Self::Silent { last, hours } => match (last, hours) {
                (Some(last), Some(hours)) => write!(
                    formatter,
                    "the last checkpoint outside is {hours} h old ({}): what was logged since could be rewritten \
                     unnoticed",
                    last.rfc3339()
                ),
                _ => formatter
                    .write_str("no checkpoint has ever arrived outside: the whole log could be rewritten unnoticed"),
            },
            Self::TargetSilent { target, error } => {
                write!(formatter, "{target} has got no checkpoint for too long")?;
                match error {
                    Some(error) => write!(formatter, ": {error}"),
                    None => Ok(()),
                }
            }
            Self::Forked { target, why } => {
                write!(formatter, "the log contradicts what {target} has cosigned: it {why}")
            }
            Self::StampsOnly => formatter.write_str(
                "only time-stamping authorities are configured: they keep no copies, and would stamp two different \
                 logs",
            ),
        }
    }
}

impl Nag {
    /// What to do about it.
    pub fn remedy(&self) -> &'static str {
        match self {
            Self::Nobody => {
                "set channels.evidence of an organisation, and add [[evidence.webhook]] and [[evidence.tsa]] blocks"
            }
            Self::Silent { .. } => {
                "check that the bot runs; `bellwether evidence status` shows what each of them answered"
            }
            Self::TargetSilent { .. } => "correct its address or secret, or remove it from the configuration",
            Self::Forked { .. } => {
                "keep a copy of the database, run `bellwether evidence verify`, and compare the log with checkpoints \
                 kept elsewhere"
            }
            Self::StampsOnly => {
                "set channels.evidence of an organisation, or add an [[evidence.webhook]] block, so that somebody \
                 keeps copies"
            }
        }
    }
}
