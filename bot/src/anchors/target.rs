//! Where a copy of a published checkpoint goes.

use std::fmt;

use crate::config::Config;
use crate::ids::OrganisationId;

/// Somebody outside who takes or confirms published checkpoints. The text form is used in the database and in leaves.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Target {
    /// The evidence channel of an organisation.
    Discord(OrganisationId),
    /// A time-stamping authority, by its configured name.
    Tsa(String),
    /// A webhook, by its configured name.
    Webhook(String),
    /// A witness, by the name in its key.
    Witness(String),
}

impl Target {
    /// The target with this text; none if this version knows no such target.
    pub fn read(text: &str) -> Option<Self> {
        let (kind, name) = text.split_once(':')?;
        Some(match kind {
            "discord" => Self::Discord(name.parse().ok()?),
            "tsa" => Self::Tsa(name.to_owned()),
            "webhook" => Self::Webhook(name.to_owned()),
            "witness" => Self::Witness(name.to_owned()),
            _ => return None,
        })
    }
}

impl fmt::Display for Target {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Discord(organisation) => write!(formatter, "discord:{organisation}"),
            Self::Tsa(name) => write!(formatter, "tsa:{name}"),
            Self::Webhook(name) => write!(formatter, "webhook:{name}"),
            Self::Witness(name) => write!(formatter, "witness:{name}"),
        }
    }
}

/// Where a checkpoint is sent once it is frozen: channels, authorities, webhooks. Witnesses come before.
pub fn receivers(config: &Config) -> Vec<Target> {
    let channels = config.organisations.iter();
    let channels = channels.filter(|organisation| organisation.channels.evidence.is_some());
    let evidence = &config.evidence;
    channels
        .map(|organisation| Target::Discord(organisation.id))
        .chain(evidence.authorities.iter().map(|one| Target::Tsa(one.name.clone())))
        .chain(evidence.webhooks.iter().map(|one| Target::Webhook(one.name.clone())))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_target_reads_back() {
        for target in [
            Target::Discord(OrganisationId::from_i64(7)),
            Target::Tsa("example".to_owned()),
            Target::Webhook("auditor".to_owned()),
            Target::Witness("example.org/witness:1".to_owned()),
        ] {
            assert_eq!(Target::read(&target.to_string()), Some(target));
        }
        for unknown in ["", "discord", "discord:x", "moon:1"] {
            assert_eq!(Target::read(unknown), None, "{unknown:?}");
        }
    }
}
