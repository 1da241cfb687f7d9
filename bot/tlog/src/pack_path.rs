//! The names of the files in an evidence pack. Shared by the program that writes a pack and the one that checks it.
//!
//! A name has one spelling; anything else does not belong in a pack.

use std::fmt;
use std::str::FromStr;

use crate::tile_path::TilePath;

/// A file of a pack, by its path from the pack's folder. Tiles are where C2SP tlog-tiles has them; sizes and indexes
/// are decimal numbers of twelve digits or more.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PackPath {
    /// The head: the newest checkpoint, a signed note.
    Checkpoint,
    /// A copy of the trust policy. Never trusted from here.
    Policy,
    Readme,
    /// SHA-256 of every other file, in the form of `sha256sum`.
    Sums,
    Tile(TilePath),
    /// Something about the published checkpoint of that size.
    History(u64, Part),
    /// A C2SP tlog-proof: index of the leaf, size of the tree.
    Inclusion(u64, u64),
    /// The body of a C2SP add-checkpoint: size of the earlier tree and of the later one.
    Consistency(u64, u64),
    /// What is disclosed of the leaf of that index: one SD-JWT disclosure a line.
    Disclosures(u64),
    /// Certificates of a time-stamping authority, by its name.
    Chain(String),
}

/// What is known of a published checkpoint: its bytes, RFC 3161 replies, and where copies went.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// The exact bytes that were published.
    Note,
    /// An RFC 3161 reply over these bytes. The first authority has no name here, further ones have.
    Reply(Option<String>),
    /// Where copies went, one JSON object a line; for information.
    Anchors,
}

/// A text that names no file of a pack.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("is no name that a file of a pack can have")]
pub struct NoPackPath;

impl fmt::Display for PackPath {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Checkpoint => formatter.write_str("checkpoint"),
            Self::Policy => formatter.write_str("policy"),
            Self::Readme => formatter.write_str("README.txt"),
            Self::Sums => formatter.write_str("SHA256SUMS"),
            Self::Tile(tile) => tile.fmt(formatter),
            Self::History(size, part) => {
                write!(formatter, "history/{size:012}")?;
                match part {
                    Part::Note => formatter.write_str(".checkpoint"),
                    Part::Reply(None) => formatter.write_str(".tsr"),
                    Part::Reply(Some(name)) => write!(formatter, ".{name}.tsr"),
                    Part::Anchors => formatter.write_str(".anchors.jsonl"),
                }
            }
            Self::Inclusion(index, size) => write!(formatter, "proofs/{index:012}@{size:012}.tlog-proof"),
            Self::Consistency(old, new) => write!(formatter, "proofs/{old:012}-{new:012}.consistency"),
            Self::Disclosures(index) => write!(formatter, "disclosures/{index:012}.sd"),
            Self::Chain(name) => write!(formatter, "tsa/{name}.pem"),
        }
    }
}

impl FromStr for PackPath {
    type Err = NoPackPath;

    fn from_str(text: &str) -> Result<Self, NoPackPath> {
        let path = read(text).ok_or(NoPackPath)?;
        if path.to_string() == text {
            Ok(path)
        } else {
            Err(NoPackPath)
        }
    }
}

/// Reads tolerantly; writing the name again checks that the spelling is the right one.
fn read(text: &str) -> Option<PackPath> {
    let Some((folder, file)) = text.split_once('/') else {
        return [PackPath::Checkpoint, PackPath::Policy, PackPath::Readme, PackPath::Sums]
            .into_iter()
            .find(|path| path.to_string() == text);
    };
    match folder {
        "tile" => text.parse().ok().map(PackPath::Tile),
        "history" => {
            let (size, part) = file.split_once('.')?;
            Some(PackPath::History(number(size)?, part_of(part)?))
        }
        "proofs" => {
            if let Some((index, rest)) = file.split_once('@') {
                let size = number(rest.strip_suffix(".tlog-proof")?)?;
                return Some(PackPath::Inclusion(number(index)?, size));
            }
            let (old, new) = file.strip_suffix(".consistency")?.split_once('-')?;
            Some(PackPath::Consistency(number(old)?, number(new)?))
        }
        "disclosures" => Some(PackPath::Disclosures(number(file.strip_suffix(".sd")?)?)),
        "tsa" => {
            let name = file.strip_suffix(".pem")?;
            is_authority(name).then(|| PackPath::Chain(name.to_owned()))
        }
        _ => None,
    }
}

fn part_of(text: &str) -> Option<Part> {
    match text {
        "checkpoint" => Some(Part::Note),
        "tsr" => Some(Part::Reply(None)),
        "anchors.jsonl" => Some(Part::Anchors),
        _ => {
            let name = text.strip_suffix(".tsr")?;
            is_authority(name).then(|| Part::Reply(Some(name.to_owned())))
        }
    }
}

/// Whether a text can name a time-stamping authority: 1 to 32 of a to z, 0 to 9 and hyphen.
pub fn is_authority(name: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    (1..=32).contains(&name.len()) && name.bytes().all(allowed)
}

/// A number that a log's size or index can be.
fn number(text: &str) -> Option<u64> {
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    let number = digits.then(|| text.parse::<u64>().ok())??;
    i64::try_from(number).is_ok().then_some(number)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::tile_path::Content;

    #[test]
    fn the_names_are_these() {
        for (path, name) in [
            (PackPath::Checkpoint, "checkpoint"),
            (PackPath::Policy, "policy"),
            (PackPath::Readme, "README.txt"),
            (PackPath::Sums, "SHA256SUMS"),
            (PackPath::Tile(TilePath::full(Content::Entries, 7)), "tile/entries/007"),
            (PackPath::History(700, Part::Note), "history/000000000700.checkpoint"),
            (PackPath::History(700, Part::Reply(None)), "history/000000000700.tsr"),
            (
                PackPath::History(700, Part::Reply(Some("b-2".to_owned()))),
                "history/000000000700.b-2.tsr",
            ),
            (
                PackPath::History(700, Part::Anchors),
                "history/000000000700.anchors.jsonl",
            ),
            (
                PackPath::Inclusion(3, 700),
                "proofs/000000000003@000000000700.tlog-proof",
            ),
            (
                PackPath::Consistency(3, 700),
                "proofs/000000000003-000000000700.consistency",
            ),
            (PackPath::Disclosures(3), "disclosures/000000000003.sd"),
            (PackPath::Chain("a".to_owned()), "tsa/a.pem"),
        ] {
            assert_eq!(path.to_string(), name);
            assert_eq!(name.parse(), Ok(path));
        }
        let large = PackPath::Disclosures(i64::MAX as u64);
        assert_eq!(large.to_string().parse(), Ok(large));
    }

    #[test]
    fn nothing_else_is_a_name() {
        for wrong in [
            "",
            "/checkpoint",
            "Checkpoint",
            "checkpoint/",
            "history/700.checkpoint",
            "history/0000000000700.checkpoint",
            "history/000000000700",
            "history/000000000700.A.tsr",
            "history/+00000000700.tsr",
            "history/9223372036854775808.tsr",
            "history/../checkpoint",
            "proofs/000000000003@000000000700",
            "proofs/000000000003.consistency",
            "disclosures/000000000003.sd~",
            "disclosures/x/000000000003.sd",
            "tsa/.pem",
            "tsa/../a.pem",
            "tile/0/0",
            "other/a",
        ] {
            assert_eq!(wrong.parse::<PackPath>(), Err(NoPackPath), "{wrong:?}");
        }
    }

    proptest! {
        #[test]
        fn what_reads_is_written_the_same(text in "(history|proofs|disclosures|tsa|tile)/[0-9]{11,13}[-@.]?[0-9a-z.]{0,13}(.tsr|.sd|.consistency|.tlog-proof)?") {
            if let Ok(path) = text.parse::<PackPath>() {
                prop_assert_eq!(path.to_string(), text);
            }
        }
    }
}
