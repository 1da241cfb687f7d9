//! Replies of time-stamping authorities (RFC 3161): what was stamped, and when. The authority's signature is not
//! checked here: that takes its certificate chain, and is the work of `openssl ts -verify`.
//!
//! Only the parts that are needed are read, as authorities differ in the rest.

use der::asn1::{AnyRef, ObjectIdentifier};
use der::{Decode, Reader, SliceReader, Tag, TagNumber, Tagged};

use crate::clock::Millis;

/// Most bytes of a reply that is looked at.
pub const LONGEST: usize = 64 * 1024;

const SHA_256: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.1");
/// id-signedData (RFC 5652, 5.1).
const SIGNED_DATA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.7.2");
/// id-ct-TSTInfo (RFC 3161, 2.4.2).
const TST_INFO: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.1.4");
/// granted and grantedWithMods (RFC 3161, 2.4.2): both carry a token.
const GRANTED: [i64; 2] = [0, 1];

/// What a token says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimeStamp {
    /// SHA-256 of the stamped bytes.
    pub imprint: [u8; 32],
    /// By the authority's clock; fractions of a millisecond are cut off.
    pub at: Millis,
}

/// Why a reply is no time stamp.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoTimeStamp {
    #[error("is not of the form of RFC 3161")]
    Malformed,
    #[error("refuses, with the status {0}")]
    Refused(i64),
    #[error("holds something else than a time stamp")]
    OtherContent,
    #[error("does not use SHA-256 for what it stamps")]
    OtherHash,
}

impl From<der::Error> for NoTimeStamp {
    fn from(_: der::Error) -> Self {
        Self::Malformed
    }
}

/// Reads a reply.
///
/// # Errors
/// When it holds no time stamp over a SHA-256.
pub fn read(reply: &[u8]) -> Result<TimeStamp, NoTimeStamp> {
    if reply.len() > LONGEST {
        return Err(NoTimeStamp::Malformed);
    }
    let reply = AnyRef::from_der(reply)?;
    let reply = elements(inside(reply, Tag::Sequence)?)?;
    let status = reply.first().ok_or(NoTimeStamp::Malformed)?;
    let status: i64 = elements(inside(*status, Tag::Sequence)?)?
        .first()
        .ok_or(NoTimeStamp::Malformed)?
        .decode_as()?;
    if !GRANTED.contains(&status) {
        return Err(NoTimeStamp::Refused(status));
    }
    let token = reply.get(1).ok_or(NoTimeStamp::Malformed)?;
    let signed = content(*token, SIGNED_DATA)?;
    let [_, _, encapsulated, ..] = elements(inside(signed, Tag::Sequence)?)?[..] else {
        return Err(NoTimeStamp::Malformed);
    };
    let info = inside(content(encapsulated, TST_INFO)?, Tag::OctetString)?;
    info_of(&elements(inside(AnyRef::from_der(info)?, Tag::Sequence)?)?)
}

/// TSTInfo (RFC 3161, 2.4.2): version, policy, imprint, serial number, time, and optional parts.
fn info_of(info: &[AnyRef<'_>]) -> Result<TimeStamp, NoTimeStamp> {
    let [_, _, imprint, _, time, ..] = info else {
        return Err(NoTimeStamp::Malformed);
    };
    let [algorithm, hash] = elements(inside(*imprint, Tag::Sequence)?)?[..] else {
        return Err(NoTimeStamp::Malformed);
    };
    let algorithm = elements(inside(algorithm, Tag::Sequence)?)?;
    let algorithm: ObjectIdentifier = algorithm.first().ok_or(NoTimeStamp::Malformed)?.decode_as()?;
    let hash = inside(hash, Tag::OctetString)?;
    if algorithm != SHA_256 {
        return Err(NoTimeStamp::OtherHash);
    }
    Ok(TimeStamp {
        imprint: hash.try_into().map_err(|_| NoTimeStamp::Malformed)?,
        at: instant(*time).ok_or(NoTimeStamp::Malformed)?,
    })
}

/// What is inside `SEQUENCE { type, [0] EXPLICIT content }`.
fn content(of: AnyRef<'_>, wanted: ObjectIdentifier) -> Result<AnyRef<'_>, NoTimeStamp> {
    let [found, content] = elements(inside(of, Tag::Sequence)?)?[..] else {
        return Err(NoTimeStamp::Malformed);
    };
    if found.decode_as::<ObjectIdentifier>()? != wanted {
        return Err(NoTimeStamp::OtherContent);
    }
    let (constructed, number) = (true, TagNumber::N0);
    let explicit = inside(content, Tag::ContextSpecific { constructed, number })?;
    Ok(AnyRef::from_der(explicit)?)
}

fn inside(element: AnyRef<'_>, tag: Tag) -> Result<&[u8], NoTimeStamp> {
    let found = element.tag() == tag;
    found.then(|| element.value()).ok_or(NoTimeStamp::Malformed)
}

/// The elements that stand one after the other.
fn elements(bytes: &[u8]) -> Result<Vec<AnyRef<'_>>, NoTimeStamp> {
    let mut reader = SliceReader::new(bytes)?;
    let mut found = Vec::new();
    while !reader.is_finished() {
        found.push(AnyRef::decode(&mut reader)?);
    }
    Ok(found)
}

/// GeneralizedTime `YYYYMMDDhhmmss[.f]Z`.
fn instant(time: AnyRef<'_>) -> Option<Millis> {
    let text = std::str::from_utf8(inside(time, Tag::GeneralizedTime).ok()?).ok()?;
    let text = text.strip_suffix('Z')?;
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |text: &str| !text.is_empty() && text.len() <= 14 && text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.len() != 14 || !digits(whole) || !digits(fraction) {
        return None;
    }
    let (date, clock) = whole.split_at(8);
    let fraction = &fraction[..fraction.len().min(9)];
    let instant: jiff::Timestamp = format!("{date}T{clock}.{fraction}Z").parse().ok()?;
    Some(instant.into())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn generalized(text: &str) -> Option<Millis> {
        let mut bytes = vec![0x18, text.len() as u8];
        bytes.extend(text.bytes());
        instant(AnyRef::from_der(&bytes).expect("an element"))
    }

    #[test]
    fn times_have_fractions_or_none() {
        assert_eq!(generalized("20261122081530Z"), Some(Millis(1_795_335_330_000)));
        assert_eq!(generalized("20261122081530.123Z"), Some(Millis(1_795_335_330_123)));
        assert_eq!(generalized("20261122081530.5Z"), Some(Millis(1_795_335_330_500)));
        for wrong in [
            "",
            "20261122081530",
            "2026112208153Z",
            "20261322081530Z",
            "20261122081530.Z",
            "+0261122081530Z",
        ] {
            assert_eq!(generalized(wrong), None, "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            prop_assert!(read(&bytes).is_err());
        }
    }
}
