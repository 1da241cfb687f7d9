//! Who an auditor trusts: logs, witnesses, and how many of these must have cosigned. The form of C2SP tlog-policy.
//!
//! A policy only means something if it comes from somewhere else than what it judges.

use crate::checkpoint::{Checkpoint, CheckpointError};
use crate::cosignature::Cosigner;
use crate::note::{NoteError, Vkey};

mod read;

pub use read::PolicyError;

/// A trust policy (C2SP tlog-policy) of at most 1 MiB. Names of witnesses and groups matter within it only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    logs: Vec<Log>,
    witnesses: Vec<Witness>,
    /// Witnesses and groups as they were defined; a group names earlier ones only.
    parties: Vec<Party>,
    /// Which party must have witnessed; none if nobody has to.
    quorum: Option<usize>,
}

/// A log whose checkpoints are accepted: a line `log VKEY [URL]` of C2SP tlog-policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Log {
    pub vkey: Vkey,
    pub url: Option<String>,
}

/// A witness that is known: a line `witness NAME VKEY [URL]` of C2SP tlog-policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Witness {
    /// Its name within the policy.
    pub name: String,
    pub key: Cosigner,
    /// Where it takes checkpoints: its submission prefix of C2SP tlog-witness.
    pub url: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Party {
    /// Any bytes without blanks; they are compared, and nothing else.
    name: Vec<u8>,
    rule: Rule,
    /// Whether a group has it as a member already.
    taken: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Rule {
    /// The witness of that number has cosigned.
    Witness(usize),
    /// This many of these parties have witnessed.
    AtLeast(usize, Vec<usize>),
}

/// Who cosigned a note, and whether they are enough for the line `quorum` of C2SP tlog-policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quorum {
    pub met: bool,
    /// Name within the policy, and when, in seconds since 1970.
    pub cosigned: Vec<(String, u64)>,
}

/// Why a note is not valid under a policy.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("is signed by no log of the policy")]
    NoLog,
    #[error(transparent)]
    Checkpoint(#[from] CheckpointError),
    #[error("carries a wrong cosignature by the witness {0}")]
    WrongCosignature(String),
    #[error("is not a signed note")]
    NoNote,
}

impl Policy {
    /// Reads a policy.
    ///
    /// # Errors
    /// The first line that does not belong there, with its number and what would.
    pub fn parse(bytes: &[u8]) -> Result<Self, PolicyError> {
        read::read(bytes)
    }

    /// The policy that trusts one log, without witnesses.
    pub fn text_of(vkey: &Vkey) -> String {
        format!("log {vkey}\nquorum none\n")
    }

    /// The logs, as the policy lists them.
    pub fn logs(&self) -> &[Log] {
        &self.logs
    }

    /// The witnesses, as the policy lists them.
    pub fn witnesses(&self) -> &[Witness] {
        &self.witnesses
    }

    /// Whether any witness must have cosigned.
    pub fn needs_witnesses(&self) -> bool {
        self.quorum.is_some()
    }

    /// The checkpoint in a note that a log of the policy has signed, and with which of its keys. Cosignatures are not
    /// looked at.
    ///
    /// # Errors
    /// When no log of the policy has signed it, or one of them wrongly, or it is not a checkpoint.
    pub fn open(&self, note: &str) -> Result<(Checkpoint, &Vkey), Refusal> {
        let mut opened = Err(Refusal::NoLog);
        for log in &self.logs {
            match Checkpoint::open(note, &log.vkey) {
                Ok(checkpoint) if opened.is_err() => opened = Ok((checkpoint, &log.vkey)),
                Ok(_) | Err(CheckpointError::Note(NoteError::NotSigned)) => {}
                Err(error) => return Err(error.into()),
            }
        }
        opened
    }

    /// Who cosigned the note, and whether that is enough. Signatures of unknown witnesses are ignored.
    ///
    /// # Errors
    /// When the note is malformed, or a known witness's cosignature is wrong.
    pub fn quorum_met(&self, note: &str) -> Result<Quorum, Refusal> {
        let mut cosigned = Vec::new();
        let mut present = Vec::with_capacity(self.witnesses.len());
        for witness in &self.witnesses {
            let time = witness.key.cosigned(note).map_err(|error| match error {
                NoteError::WrongCosignature => Refusal::WrongCosignature(witness.name.clone()),
                _ => Refusal::NoNote,
            })?;
            present.push(time.is_some());
            cosigned.extend(time.map(|time| (witness.name.clone(), time)));
        }
        let mut met: Vec<bool> = Vec::with_capacity(self.parties.len());
        for party in &self.parties {
            met.push(match &party.rule {
                Rule::Witness(number) => present[*number],
                Rule::AtLeast(least, members) => members.iter().filter(|member| met[**member]).count() >= *least,
            });
        }
        let met = self.quorum.is_none_or(|party| met[party]);
        Ok(Quorum { met, cosigned })
    }
}

#[cfg(test)]
mod tests;
