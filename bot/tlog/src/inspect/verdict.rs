//! What checking a pack found: counts, the first broken thing by name, and what could not be checked.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;

use crate::time::{Millis, rough};
use crate::tree::Hash;

/// What was found. Counts are of leaves, files, proofs and fields; the root is that of RFC 9162, 2.1.1.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verdict {
    pub origin: String,
    /// Leaves, as far as they were read.
    pub leaves: u64,
    /// The root of these leaves.
    pub root: Hash,
    /// When they were recorded, as they say themselves; nothing if they were not read to their end.
    pub recorded: Option<Recorded>,
    /// The log's verifier keys, oldest first.
    pub keys: Vec<String>,
    /// Witnesses of the policy that cosigned the head, and when, in seconds since 1970.
    pub cosigned: Vec<(String, u64)>,
    /// Published checkpoints that hold.
    pub history: u64,
    /// Proofs of single leaves that hold.
    pub proofs: u64,
    /// Disclosed fields that their leaves commit to.
    pub disclosed: u64,
    /// Fields that were asked for, and erased.
    pub erased: u64,
    /// Fields that were asked for, and are neither disclosed nor erased.
    pub missing: u64,
    /// Replies of time-stamping authorities over exactly these checkpoints.
    pub replies: u64,
    /// Of these, how many an authority that is trusted has signed.
    pub replies_signed: u64,
    /// What these replies say of the leaves; none without replies.
    pub stamped: Option<Stamped>,
    pub files: u64,
    /// The first thing that is wrong; nothing after it was looked at.
    pub broken: Option<Broken>,
    /// What could not be checked.
    pub unchecked: Vec<Unchecked>,
    /// What is not wrong, but good to know.
    pub remarks: Vec<Remark>,
}

impl Verdict {
    /// Whether everything was checked, and is sound.
    pub fn holds(&self) -> bool {
        self.broken.is_none() && self.unchecked.is_empty()
    }
}

/// The time that the leaves claim. A claim of the log alone: time stamps and cosignatures say more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Recorded {
    pub first: Millis,
    pub last: Millis,
    /// How far the last is ahead of the auditor's clock, in milliseconds; none if it is not.
    pub ahead: Option<i64>,
}

impl fmt::Display for Recorded {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "from {} to {}", self.first.rfc3339(), self.last.rfc3339())?;
        match self.ahead {
            Some(ahead) => write!(formatter, ", {} ahead of this machine's clock", rough(ahead)),
            None => Ok(()),
        }
    }
}

/// The leaves that have time stamps (RFC 3161) over them. Somebody who rewrites a log can have it stamped again, but
/// not in the past: then leaves have waited long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamped {
    /// How many, from the first one on.
    pub leaves: u64,
    /// The longest time, in milliseconds, from when a leaf says it was recorded to the first stamp over it.
    pub wait: i64,
    /// The leaf that waited this long, and the size of the checkpoint that was stamped then.
    pub longest: (u64, u64),
    /// From the first leaf without a stamp to the last one, in milliseconds, by the times that they claim.
    pub open: i64,
}

/// Something that is wrong.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{file}: {reason}")]
pub struct Broken {
    /// The file, by its name in the pack.
    pub file: String,
    pub reason: String,
}

/// Something that could not be checked, and what that means.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unchecked {
    #[error(
        "whose log this is: no policy was given, so the pack was checked against the key that it names itself, {vkey}. \
         Whoever made the pack could have made that key. Compare it with the copy that was handed to you when the log \
         began, or check again with --policy"
    )]
    NoPolicy { vkey: String },
    #[error(
        "the signatures of {count} time stamps: they are over the right bytes, but whether a time-stamping authority \
         made them was not checked. Give the authority's root certificate with --tsa-ca"
    )]
    NoAuthority { count: u64 },
    #[error(
        "when the leaves were there: --tsa-ca or --max-wait was given, but the pack holds no time stamp. Ask whoever made \
         it for the time stamps, or check again without"
    )]
    NoStamps,
    #[error(
        "whether the leaves are of the past: the last one is {} ahead of this machine's clock, so one of the two clocks is \
         wrong. Look at this one; where it is right, the log's times are not",
        rough(*.by)
    )]
    Ahead { by: i64 },
    #[error("the signatures of {count} time stamps: the program openssl is not there")]
    NoOpenssl { count: u64 },
}

/// Something that is not wrong, but good to know.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Remark {
    #[error("the pack's own policy is another one than that which was given. What was given counts")]
    OtherPolicy,
    #[error(
        "leaves of the kind {kind}, which this version does not know: {leaves}. Nothing can be said of what they hold"
    )]
    UnknownKind { kind: String, leaves: u64 },
    #[error("leaves of still other kinds that this version does not know: {leaves}")]
    UnknownKinds { leaves: u64 },
}

impl fmt::Display for Verdict {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(formatter, "log          {}", self.origin)?;
        writeln!(formatter, "leaves       {}", self.leaves)?;
        // If the leaves were not read to their end there is neither.
        if let Some(recorded) = self.recorded {
            writeln!(formatter, "root         {}", BASE64.encode(self.root))?;
            writeln!(formatter, "recorded     {recorded}")?;
        }
        for key in &self.keys {
            writeln!(formatter, "key          {key}")?;
        }
        for (witness, time) in &self.cosigned {
            let at = Millis::from_seconds(*time);
            writeln!(formatter, "cosigned     by {witness} at {}", at.rfc3339())?;
        }
        writeln!(formatter, "published    {} checkpoints", self.history)?;
        let (replies, signed) = (self.replies, self.replies_signed);
        writeln!(
            formatter,
            "time stamps  {replies}, {signed} signed by a trusted authority"
        )?;
        if let Some(Stamped { leaves, wait, .. }) = self.stamped {
            writeln!(
                formatter,
                "stamped      the first {leaves} leaves; the longest that one had waited for it is {}",
                rough(wait)
            )?;
        }
        writeln!(formatter, "proofs       {}", self.proofs)?;
        write!(formatter, "disclosed    {} fields", self.disclosed)?;
        if self.erased > 0 {
            write!(formatter, "; {} more are erased", self.erased)?;
        }
        if self.missing > 0 {
            write!(formatter, "; {} more are MISSING", self.missing)?;
        }
        writeln!(formatter)?;
        for remark in &self.remarks {
            writeln!(formatter, "remark       {remark}")?;
        }
        for unchecked in &self.unchecked {
            writeln!(formatter, "not checked  {unchecked}")?;
        }
        match &self.broken {
            Some(broken) => write!(formatter, "result       BROKEN: {broken}"),
            None if self.unchecked.is_empty() => write!(formatter, "result       sound"),
            None => write!(formatter, "result       sound as far as it was checked"),
        }
    }
}
