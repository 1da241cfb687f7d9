//! What checking the log found: counts, and the first broken thing by name.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use bellwether_tlog::keyring::RotationError;
use bellwether_tlog::tree::Hash;
use bellwether_tlog::walk::Fault;

/// What was read, and whether all of it is sound.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    pub origin: String,
    pub leaves: u64,
    pub tiles: u64,
    pub checkpoints: u64,
    /// Fields whose values are kept.
    pub disclosed: u64,
    /// Fields whose values were erased.
    pub erased: u64,
    /// Fields that were lost when their leaves were brought back from elsewhere.
    pub lost: u64,
    /// The root over all leaves that were read.
    pub root: Hash,
    /// The first thing that is wrong; nothing after it was looked at.
    pub finding: Option<Finding>,
}

impl fmt::Display for Report {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(formatter, "log          {}", self.origin)?;
        writeln!(formatter, "leaves       {}", self.leaves)?;
        writeln!(formatter, "tiles        {}", self.tiles)?;
        writeln!(formatter, "checkpoints  {}", self.checkpoints)?;
        writeln!(
            formatter,
            "fields       {} kept, {} erased",
            self.disclosed, self.erased
        )?;
        if self.lost > 0 {
            writeln!(
                formatter,
                "lost         {} fields, when the log was recovered",
                self.lost
            )?;
        }
        writeln!(formatter, "root         {}", BASE64.encode(self.root))?;
        match &self.finding {
            None => write!(formatter, "result       sound"),
            Some(finding) => write!(formatter, "result       BROKEN: {finding}"),
        }
    }
}

impl From<Fault> for Finding {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::Time(index) => Self::LeafTime(index),
            Fault::Reference { index, of } => Self::LeafReference { index, of },
            Fault::Genesis | Fault::OfLog(_) => Self::Genesis,
            Fault::Rotation { index, reason } => Self::Rotation { index, reason },
        }
    }
}

/// Something in the log that is wrong.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Finding {
    #[error("leaf {0} is missing")]
    LeafMissing(u64),
    #[error("leaf {0} has an impossible index")]
    LeafIndex(i64),
    #[error("leaf {0} is not in the form in which leaves are written")]
    LeafForm(u64),
    #[error("leaf {0} was changed: its hash is not the one in its tile")]
    LeafChanged(u64),
    #[error("leaf {index} does not agree with its row in the column {column}")]
    LeafColumn { index: u64, column: &'static str },
    #[error("leaf {0} was recorded before the leaf that precedes it")]
    LeafTime(u64),
    #[error("leaf {index} continues leaf {of}, which does not come before it")]
    LeafReference { index: u64, of: u64 },
    #[error("leaf {0} does not have the fields of its kind")]
    LeafFields(u64),
    #[error("leaf 0 does not name this log and its key, or another leaf does")]
    Genesis,
    #[error("leaf {index} {reason}")]
    Rotation { index: u64, reason: RotationError },
    #[error("the log is signed with the key {0}, which is not the configured one")]
    OtherKey(String),
    #[error("the record {0} occurs twice")]
    RecordTwice(String),
    #[error("tile {level}/{n} is missing or does not hold the hashes of the leaves")]
    Tile { level: u8, n: u64 },
    #[error("tile {level}/{n} does not belong to the log")]
    TileStray { level: i32, n: i64 },
    #[error("checkpoint {size} {reason}")]
    Checkpoint { size: i64, reason: String },
    #[error("the leaves from {from} to {to} do not have the root that checkpoint {size} signs", to = size - 1)]
    Root { from: u64, size: u64 },
    #[error("the last {0} leaves are not signed by any checkpoint")]
    Unsigned(u64),
    #[error("the field {name} of leaf {index} was changed or never belonged to it")]
    Disclosure { index: u64, name: String },
    #[error("a field of leaf {0} was deleted without an erasure in the log")]
    DisclosureMissing(u64),
    #[error("fields are kept for the record {0}, which is not in the log")]
    DisclosureStray(String),
    #[error("the signing guard is missing")]
    GuardMissing,
    #[error("the signing guard holds a checkpoint of {signed} leaves that this log does not continue")]
    Guard { signed: u64 },
    #[error("the signing guard {0}")]
    GuardDamaged(String),
}
