//! Entry bundles of C2SP tlog-tiles: leaf after leaf, each behind its length in 16 bits, the larger byte first.

/// Maximum size in bytes of a bundle: 256 leaves of the longest kind.
pub const LONGEST: usize = 256 * (2 + u16::MAX as usize);

/// A bundle whose last entry is cut off (C2SP tlog-tiles, "Log entries").
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("ends within an entry")]
pub struct CutOff;

/// A leaf of more than 65,535 bytes, which a bundle cannot hold (C2SP tlog-tiles, "Log entries").
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a leaf in a bundle has at most 65535 bytes")]
pub struct LeafTooLong;

/// Adds a leaf to a bundle.
///
/// # Errors
/// When the leaf has more than 65,535 bytes.
pub fn push(bundle: &mut Vec<u8>, leaf: &[u8]) -> Result<(), LeafTooLong> {
    let length = u16::try_from(leaf.len()).map_err(|_| LeafTooLong)?;
    bundle.extend_from_slice(&length.to_be_bytes());
    bundle.extend_from_slice(leaf);
    Ok(())
}

/// The leaves in a bundle, from the left. Ends with the first error.
pub fn leaves(bundle: &[u8]) -> impl Iterator<Item = Result<&[u8], CutOff>> {
    let mut rest = bundle;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let whole = rest.split_first_chunk::<2>().and_then(|(length, behind)| {
            let length = usize::from(u16::from_be_bytes(*length));
            behind.split_at_checked(length)
        });
        rest = whole.map_or(&[][..], |(_, behind)| behind);
        Some(whole.map(|(leaf, _)| leaf).ok_or(CutOff))
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_bytes_are_these() {
        let mut bundle = Vec::new();
        push(&mut bundle, b"leaf").expect("a short leaf");
        push(&mut bundle, b"").expect("an empty leaf");
        assert_eq!(bundle, b"\0\x04leaf\0\0");
        assert_eq!(push(&mut bundle, &vec![0; 65_536]), Err(LeafTooLong));
        let cut: Vec<_> = leaves(&bundle[..5]).collect();
        assert_eq!(cut, [Err(CutOff)]);
        let cut: Vec<_> = leaves(&bundle[..7]).collect();
        assert_eq!(cut, [Ok(&b"leaf"[..]), Err(CutOff)]);
    }

    proptest! {
        #[test]
        fn what_was_bundled_comes_out(entries in proptest::collection::vec(proptest::collection::vec(any::<u8>(), 0..600), 0..9)) {
            let mut bundle = Vec::new();
            for entry in &entries {
                push(&mut bundle, entry).expect("a short leaf");
            }
            let read: Result<Vec<_>, _> = leaves(&bundle).collect();
            prop_assert_eq!(read, Ok(entries.iter().map(Vec::as_slice).collect()));
        }

        #[test]
        fn any_bytes_end(bytes in proptest::collection::vec(any::<u8>(), 0..99)) {
            let read: Vec<_> = leaves(&bytes).collect();
            let sizes: usize = read.iter().flatten().map(|leaf| leaf.len() + 2).sum();
            prop_assert!(sizes == bytes.len() || read.last() == Some(&Err(CutOff)));
        }
    }
}
