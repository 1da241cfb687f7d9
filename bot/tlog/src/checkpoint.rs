//! Signed heads of the tree in the form of C2SP tlog-checkpoint: origin, size, root. No extension lines.

use std::fmt;
use std::str::FromStr;

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;

use crate::note::{NoteError, Vkey, is_name};
use crate::tree::{Edge, Hash};

/// A log's state (C2SP tlog-checkpoint): three lines of text, each ending with a newline. The origin is a name of a
/// key, the size a decimal number of leaves without leading zeros and below 2^63, the root base64.
#[derive(Clone, PartialEq, Eq)]
pub struct Checkpoint {
    pub origin: String,
    pub size: u64,
    pub root: Hash,
}

/// Why a text is not a checkpoint of the log: its note (C2SP signed-note), its form (C2SP tlog-checkpoint), or its
/// keys.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CheckpointError {
    #[error(transparent)]
    Note(#[from] NoteError),
    #[error("is not three lines: origin, size, root")]
    Malformed,
    #[error("belongs to the log {0}")]
    OtherOrigin(String),
    #[error("carries a signature by the key {key}, which leaf {leaf} has retired")]
    Retired { key: String, leaf: u64 },
}

impl Checkpoint {
    /// The checkpoint of a tree.
    pub fn of(origin: &str, edge: &Edge) -> Self {
        Self {
            origin: origin.to_owned(),
            size: edge.size(),
            root: edge.root(),
        }
    }

    /// The root as it stands in the text: base64.
    pub fn root_text(&self) -> String {
        BASE64.encode(self.root)
    }

    /// The checkpoint in a note that the log's key has signed; key and origin have the same name.
    ///
    /// # Errors
    /// When the note is not signed by the key, is not a checkpoint, or is another log's.
    pub fn open(note: &str, vkey: &Vkey) -> Result<Self, CheckpointError> {
        let checkpoint: Self = vkey.open(note)?.parse()?;
        if checkpoint.origin == vkey.name() {
            Ok(checkpoint)
        } else {
            Err(CheckpointError::OtherOrigin(checkpoint.origin))
        }
    }
}

impl fmt::Display for Checkpoint {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            formatter,
            "{}\n{}\n{}",
            self.origin,
            self.size,
            BASE64.encode(self.root)
        )
    }
}

impl fmt::Debug for Checkpoint {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} #{} {}", self.origin, self.size, BASE64.encode(self.root))
    }
}

impl FromStr for Checkpoint {
    type Err = CheckpointError;

    fn from_str(text: &str) -> Result<Self, CheckpointError> {
        let lines: Vec<&str> = text.splitn(4, '\n').collect();
        let [origin, size, root, ""] = lines[..] else {
            return Err(CheckpointError::Malformed);
        };
        let size = number(size).ok_or(CheckpointError::Malformed)?;
        let root = BASE64.decode(root).ok().and_then(|bytes| bytes.try_into().ok());
        match root {
            Some(root) if is_name(origin) => Ok(Self {
                origin: origin.to_owned(),
                size,
                root,
            }),
            _ => Err(CheckpointError::Malformed),
        }
    }
}

/// A decimal number without sign and leading zeros that fits a database's signed 64 bits.
pub(crate) fn number(text: &str) -> Option<u64> {
    let canonical = text == "0" || (!text.starts_with('0') && text.bytes().all(|byte| byte.is_ascii_digit()));
    let number = canonical.then(|| text.parse::<u64>().ok())??;
    i64::try_from(number).is_ok().then_some(number)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_written_checkpoint_reads_back(size in 0..=i64::MAX as u64, root: Hash) {
            let checkpoint = Checkpoint { origin: "example.org/log".to_owned(), size, root };
            prop_assert_eq!(checkpoint.to_string().parse(), Ok(checkpoint));
        }

        #[test]
        fn what_reads_is_written_the_same(text in "[a-z+ ]{0,3}\n[+-]?[0-9]{0,3}\n[A-Za-z0-9+/=]{0,4}[A-P]{40}[A-Za-z0-9/=]{3}=\n?.?") {
            if let Ok(checkpoint) = text.parse::<Checkpoint>() {
                prop_assert_eq!(checkpoint.to_string(), text);
            }
        }
    }

    #[test]
    fn anything_else_is_refused() {
        let good = Checkpoint {
            origin: "o".to_owned(),
            size: 10,
            root: [0; 32],
        }
        .to_string();
        assert!(good.parse::<Checkpoint>().is_ok());
        for wrong in [
            String::new(),
            good.replace("10", ""),
            good.replace("10", "010"),
            good.replace("10", "+10"),
            good.replace("10", "-1"),
            good.replace("10", "9223372036854775808"),
            good.replace("o\n", "\n"),
            good.replace("o\n", "o o\n"),
            good.replace('=', ""),
            good.replace("AAA=", "AAB="),
            good.trim_end().to_owned(),
            format!("{good}extension\n"),
        ] {
            assert_eq!(
                wrong.parse::<Checkpoint>(),
                Err(CheckpointError::Malformed),
                "{wrong:?}"
            );
        }
    }
}
