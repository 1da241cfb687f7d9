//! Names of tiles and entry bundles, as C2SP tlog-tiles lays them out: `tile/<L>/<N>[.p/<W>]`, `tile/entries/…`.
//!
//! A name has one spelling; anything else does not parse.

use std::fmt;
use std::str::FromStr;

use crate::tree::{TILE_HEIGHT, TILE_WIDTH};

/// What a tile holds (C2SP tlog-tiles, "Merkle Tree" and "Log entries").
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Content {
    /// The leaves themselves, each behind its length.
    Entries,
    /// Hashes, on this level of tiles; level 0 has the leaves' hashes.
    Hashes(u8),
}

/// A tile's or entry bundle's name (C2SP tlog-tiles): numbers in groups of three digits, all but the last behind an
/// `x`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TilePath {
    pub content: Content,
    /// Number within the level, from 0.
    pub n: u64,
    /// How many hashes or entries it holds: 1 to 256; fewer than 256 at the right edge only.
    pub width: u16,
}

/// A text that names no tile.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("is no name of a tile")]
pub struct NoTilePath;

impl Content {
    /// How many hashes or entries a tree of `size` leaves has of this content.
    fn count(self, size: u64) -> u64 {
        match self {
            Self::Entries => size,
            Self::Hashes(level) => size.checked_shr(TILE_HEIGHT * u32::from(level)).unwrap_or(0),
        }
    }
}

impl TilePath {
    /// The last tile of this content for a tree of `size` leaves, if it is not full.
    pub fn partial(content: Content, size: u64) -> Option<Self> {
        let count = content.count(size);
        let (n, width) = (count / TILE_WIDTH as u64, (count % TILE_WIDTH as u64) as u16);
        (width > 0).then_some(Self { content, n, width })
    }

    /// The full tile of that number.
    pub fn full(content: Content, n: u64) -> Self {
        let width = TILE_WIDTH as u16;
        Self { content, n, width }
    }

    /// The tiles of this content for a tree of `size` leaves, from the left.
    pub fn all(content: Content, size: u64) -> impl Iterator<Item = Self> {
        let full = content.count(size) / TILE_WIDTH as u64;
        (0..full)
            .map(move |n| Self::full(content, n))
            .chain(Self::partial(content, size))
    }

    /// The contents that a tree of `size` leaves has: entries, and hashes from the leaves up to the root's level.
    pub fn contents(size: u64) -> impl Iterator<Item = Content> {
        let levels = (0..=63).map(Content::Hashes);
        let entries = std::iter::once(Content::Entries);
        entries.chain(levels).take_while(move |content| content.count(size) > 0)
    }

    /// Whether a tree of `size` leaves has exactly this tile.
    pub fn is_of(&self, size: u64) -> bool {
        let full = self.content.count(size) / TILE_WIDTH as u64;
        if usize::from(self.width) == TILE_WIDTH {
            self.n < full
        } else {
            Self::partial(self.content, size) == Some(*self)
        }
    }
}

impl fmt::Display for TilePath {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.content {
            Content::Entries => formatter.write_str("tile/entries/")?,
            Content::Hashes(level) => write!(formatter, "tile/{level}/")?,
        }
        let mut groups = Vec::new();
        let mut n = self.n;
        loop {
            groups.push(n % 1_000);
            n /= 1_000;
            if n == 0 {
                break;
            }
        }
        for group in groups[1..].iter().rev() {
            write!(formatter, "x{group:03}/")?;
        }
        write!(formatter, "{:03}", groups[0])?;
        if usize::from(self.width) < TILE_WIDTH {
            write!(formatter, ".p/{}", self.width)?;
        }
        Ok(())
    }
}

impl FromStr for TilePath {
    type Err = NoTilePath;

    fn from_str(text: &str) -> Result<Self, NoTilePath> {
        let path = read(text).ok_or(NoTilePath)?;
        if path.to_string() == text {
            Ok(path)
        } else {
            Err(NoTilePath)
        }
    }
}

/// Reads tolerantly; writing the name again checks that the spelling is the right one.
fn read(text: &str) -> Option<TilePath> {
    let (content, number) = text.strip_prefix("tile/")?.split_once('/')?;
    let content = match content {
        "entries" => Content::Entries,
        level => Content::Hashes(level.parse().ok().filter(|level| *level <= 63)?),
    };
    let (number, width) = match number.split_once(".p/") {
        Some((number, width)) => (number, width.parse().ok().filter(|width| (1..256).contains(width))?),
        None => (number, TILE_WIDTH as u16),
    };
    let n = number.split('/').try_fold(0_u64, |n, group| {
        let digits = group.strip_prefix('x').unwrap_or(group);
        n.checked_mul(1_000)?.checked_add(digits.parse::<u16>().ok()?.into())
    })?;
    Some(TilePath { content, n, width })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn paths(content: Content, size: u64) -> Vec<String> {
        TilePath::all(content, size).map(|path| path.to_string()).collect()
    }

    #[test]
    fn a_tree_of_70000_has_the_tiles_of_the_standards_example() {
        let contents: Vec<Content> = TilePath::contents(70_000).collect();
        assert_eq!(
            contents,
            [
                Content::Entries,
                Content::Hashes(0),
                Content::Hashes(1),
                Content::Hashes(2)
            ]
        );
        let leaves = paths(Content::Hashes(0), 70_000);
        assert_eq!(leaves.len(), 274);
        assert_eq!(leaves[272..], ["tile/0/272", "tile/0/273.p/112"]);
        assert_eq!(paths(Content::Hashes(1), 70_000), ["tile/1/000", "tile/1/001.p/17"]);
        assert_eq!(paths(Content::Hashes(2), 70_000), ["tile/2/000.p/1"]);
        assert_eq!(paths(Content::Entries, 256), ["tile/entries/000"]);
        assert_eq!(paths(Content::Hashes(1), 256), ["tile/1/000.p/1"]);
        assert_eq!(TilePath::contents(0).count(), 0);
    }

    #[test]
    fn large_numbers_stand_in_groups() {
        let path = TilePath::full(Content::Entries, 1_234_067);
        assert_eq!(path.to_string(), "tile/entries/x001/x234/067");
        for n in [0, 999, 1_000, 999_999, 1_000_000, u64::MAX] {
            let path = TilePath::full(Content::Hashes(63), n);
            assert_eq!(path.to_string().parse(), Ok(path));
        }
    }

    #[test]
    fn only_the_one_spelling_reads() {
        for wrong in [
            "",
            "tile/",
            "tile/0/0",
            "tile/0/1000",
            "tile/0/x000/001",
            "tile/0/001/001",
            "tile/0/x001/x001",
            "tile/64/000",
            "tile/00/000",
            "tile/+1/000",
            "tile/0/000.p/0",
            "tile/0/000.p/256",
            "tile/0/000.p/01",
            "tile/0/000.p/",
            "tile/0/000/",
            "tile/0/../000",
            "tile/data/000",
            "tile/8/0/000",
            "/tile/0/000",
            "tile/0/x018/x446/x744/x073/x709/x551/616",
        ] {
            assert_eq!(wrong.parse::<TilePath>(), Err(NoTilePath), "{wrong:?}");
        }
    }

    proptest! {
        #[test]
        fn the_names_are_those_of_the_other_program(level in 0_u8..64, n in 0..u64::MAX / 1_000, width in 1_u16..=256, entries: bool) {
            let content = if entries { Content::Entries } else { Content::Hashes(level) };
            let ours = TilePath { content, n, width };
            // It writes the tile's height, too, and calls the entries data.
            let theirs = tlog_tiles::Tile::new(8, if entries { 0 } else { level }, n, width.into(), entries).path();
            let theirs = theirs.replacen("tile/8/", "tile/", 1).replacen("/data/", "/entries/", 1);
            prop_assert_eq!(ours.to_string(), theirs);
            prop_assert_eq!(ours.to_string().parse(), Ok(ours));
        }

        #[test]
        fn what_reads_is_written_the_same(text in "tile/([0-9]{1,2}|entries)/(x?[0-9]{1,4}/){0,3}[0-9]{1,4}(.p/[0-9]{0,3})?") {
            if let Ok(path) = text.parse::<TilePath>() {
                prop_assert_eq!(path.to_string(), text);
            }
        }

        #[test]
        fn a_tree_has_the_tiles_that_it_lists(size in 0_u64..200_000, n in 0_u64..900, width in 1_u16..=256, level in 0_u8..4) {
            let content = Content::Hashes(level);
            let path = TilePath { content, n, width };
            prop_assert_eq!(path.is_of(size), TilePath::all(content, size).any(|other| other == path));
        }
    }
}
