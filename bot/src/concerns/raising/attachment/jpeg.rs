//! A JPEG's tables, frames and scans, up to the end of its first picture.

/// Marks the beginning of every segment.
const MARK: u8 = 0xFF;
const BEGIN: u8 = 0xD8;
const END: u8 = 0xD9;
const SCAN: u8 = 0xDA;
/// An application's segment that is needed to read the colours; those of other applications are removed.
const ADOBE: u8 = 0xEE;

/// The picture without anything that is only about it: applications' segments, comments, previews, and whatever comes
/// after its end. None if it is not well-formed.
pub(super) fn strip(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut rest = bytes.strip_prefix(&[MARK, BEGIN])?;
    let mut kept = Vec::with_capacity(bytes.len());
    kept.extend_from_slice(&[MARK, BEGIN]);
    let mut scans = 0;
    loop {
        let marker;
        (marker, rest) = next_marker(rest)?;
        if marker == END {
            kept.extend_from_slice(&[MARK, END]);
            return (scans > 0).then_some(kept);
        }
        let length = usize::from(u16::from_be_bytes([*rest.first()?, *rest.get(1)?]));
        let segment = rest.get(..length).filter(|segment| segment.len() >= 2)?;
        rest = &rest[length..];
        if !belongs(marker, &segment[2..])? {
            continue;
        }
        kept.extend_from_slice(&[MARK, marker]);
        kept.extend_from_slice(segment);
        if marker == SCAN {
            let (coded, after) = rest.split_at(coded(rest));
            kept.extend_from_slice(coded);
            (scans, rest) = (scans + 1, after);
        }
    }
}

/// The next marker, after any fill bytes.
fn next_marker(bytes: &[u8]) -> Option<(u8, &[u8])> {
    let after = bytes.strip_prefix(&[MARK])?;
    let fill = after.iter().take_while(|byte| **byte == MARK).count();
    let (marker, rest) = after[fill..].split_first()?;
    Some((*marker, rest))
}

/// Whether a segment is part of the picture. None for a marker that no segment can have here.
fn belongs(marker: u8, content: &[u8]) -> Option<bool> {
    match marker {
        0xC0..=0xC7 | 0xC9..=0xCF | 0xDA..=0xDF => Some(true),
        ADOBE => Some(content.len() == 12 && content.starts_with(b"Adobe")),
        0xC8 | 0xE0..=0xFE => Some(false),
        _ => None,
    }
}

/// How many bytes of coded picture come before the next marker. Within them a marker byte is followed by zero or by the
/// number of a restart.
fn coded(bytes: &[u8]) -> usize {
    let pairs = bytes.windows(2).enumerate();
    let mut ends = pairs.filter(|(_, pair)| pair[0] == MARK && !matches!(pair[1], 0 | 0xD0..=0xD7));
    ends.next().map_or(bytes.len(), |(at, _)| at)
}
