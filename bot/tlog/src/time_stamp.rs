//! Replies of time-stamping authorities (RFC 3161): what was stamped, and when. The authority's signature is not
//! checked here: that takes its certificate chain, and is the work of `openssl ts -verify`.
//!
//! Only the parts that are needed are read, as authorities differ in the rest.

use der::asn1::{AnyRef, ObjectIdentifier};
use der::{Decode, Reader, SliceReader, Tag, TagNumber, Tagged};

use crate::time::Millis;

/// Maximum size in bytes of a reply that is looked at.
pub const LONGEST: usize = 64 * 1024;

pub const SHA_256: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.1");
/// id-signedData (RFC 5652, 5.1).
pub const SIGNED_DATA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.7.2");
/// id-ct-TSTInfo (RFC 3161, 2.4.2).
pub const TST_INFO: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.1.4");
/// granted and grantedWithMods (RFC 3161, 2.4.2): both carry a token.
const GRANTED: [i64; 2] = [0, 1];
/// Maximum length in characters of an authority's own words that are kept.
pub const WORDS: usize = 120;

/// What a token says (TSTInfo of RFC 3161, 2.4.2).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimeStamp {
    /// SHA-256 of the stamped bytes.
    pub imprint: [u8; 32],
    /// By the authority's clock; fractions of a millisecond are cut off.
    pub at: Millis,
    /// The same in RFC 3339, UTC, as exact as it was given.
    pub time: String,
    /// Serial number, hexadecimal.
    pub serial: String,
    /// The content of the nonce, if there is one.
    pub nonce: Option<Vec<u8>>,
}

/// Why a reply is not a time stamp (TimeStampResp of RFC 3161, 2.4.2; SignedData of RFC 5652, 5.1).
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoTimeStamp {
    #[error("is not of the form of RFC 3161")]
    Malformed,
    #[error("refuses, with the status {status}")]
    Refused { status: i64, words: String },
    #[error("was granted and holds no token")]
    NoToken,
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
    let reply = elements(single(reply, Tag::Sequence)?)?;
    let (status, token) = match reply[..] {
        [status] => (status, None),
        [status, token] => (status, Some(token)),
        _ => return Err(NoTimeStamp::Malformed),
    };
    granted(status)?;
    // ContentInfo, SignedData, EncapsulatedContentInfo (RFC 5652, 3, 5.1 and 5.2).
    let signed = content(token.ok_or(NoTimeStamp::NoToken)?, SIGNED_DATA)?;
    let [_, _, encapsulated, ..] = elements(inside(signed, Tag::Sequence)?)?[..] else {
        return Err(NoTimeStamp::Malformed);
    };
    let info = inside(content(encapsulated, TST_INFO)?, Tag::OctetString)?;
    info_of(&elements(single(info, Tag::Sequence)?)?)
}

/// PKIStatusInfo (RFC 3161, 2.4.2): status, free text, failure bits.
fn granted(info: AnyRef<'_>) -> Result<(), NoTimeStamp> {
    let parts = elements(inside(info, Tag::Sequence)?)?;
    let status: i64 = parts.first().ok_or(NoTimeStamp::Malformed)?.decode_as()?;
    if GRANTED.contains(&status) {
        return Ok(());
    }
    let texts = parts.iter().find(|part| part.tag() == Tag::Sequence);
    let texts = texts.map_or_else(|| Ok(Vec::new()), |texts| elements(texts.value()))?;
    let said: Vec<_> = texts.iter().map(|text| String::from_utf8_lossy(text.value())).collect();
    let plain = |letter: &char| letter.is_ascii_graphic() || *letter == ' ';
    let words = said.join("; ").chars().filter(plain).take(WORDS).collect();
    Err(NoTimeStamp::Refused { status, words })
}

/// TSTInfo (RFC 3161, 2.4.2): version, policy, imprint, serial number, time, and optional parts.
fn info_of(info: &[AnyRef<'_>]) -> Result<TimeStamp, NoTimeStamp> {
    let [version, _policy, imprint, serial, time, rest @ ..] = info else {
        return Err(NoTimeStamp::Malformed);
    };
    if version.decode_as::<u8>()? != 1 || serial.tag() != Tag::Integer {
        return Err(NoTimeStamp::Malformed);
    }
    let [algorithm, hash] = elements(inside(*imprint, Tag::Sequence)?)?[..] else {
        return Err(NoTimeStamp::Malformed);
    };
    let algorithm = elements(inside(algorithm, Tag::Sequence)?)?;
    let algorithm: ObjectIdentifier = algorithm.first().ok_or(NoTimeStamp::Malformed)?.decode_as()?;
    let hash = inside(hash, Tag::OctetString)?;
    if algorithm != SHA_256 {
        return Err(NoTimeStamp::OtherHash);
    }
    let (time, at) = instant(*time).ok_or(NoTimeStamp::Malformed)?;
    // After the time only the nonce is a bare INTEGER.
    let nonce = rest.iter().find(|part| part.tag() == Tag::Integer);
    Ok(TimeStamp {
        imprint: hash.try_into().map_err(|_| NoTimeStamp::Malformed)?,
        at,
        time,
        serial: hex::encode(serial.value()),
        nonce: nonce.map(|nonce| nonce.value().to_vec()),
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

/// The content of the one element that the bytes are.
fn single(bytes: &[u8], tag: Tag) -> Result<&[u8], NoTimeStamp> {
    inside(AnyRef::from_der(bytes)?, tag)
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

/// GeneralizedTime `YYYYMMDDhhmmss[.f]Z` as RFC 3339, and the instant.
fn instant(time: AnyRef<'_>) -> Option<(String, Millis)> {
    let text = std::str::from_utf8(inside(time, Tag::GeneralizedTime).ok()?).ok()?;
    let text = text.strip_suffix('Z')?;
    let (whole, fraction) = match text.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (text, None),
    };
    let digits = |text: &str| !text.is_empty() && text.len() <= 14 && text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.len() != 14 || !digits(whole) || !fraction.is_none_or(digits) {
        return None;
    }
    let at = |from: usize, to: usize| &whole[from..to];
    let whole = format!(
        "{}-{}-{}T{}:{}:{}",
        at(0, 4),
        at(4, 6),
        at(6, 8),
        at(8, 10),
        at(10, 12),
        at(12, 14)
    );
    let Some(fraction) = fraction else {
        let time = format!("{whole}Z");
        let instant: jiff::Timestamp = time.parse().ok()?;
        return Some((time, instant.into()));
    };
    let known = &fraction[..fraction.len().min(9)];
    let instant: jiff::Timestamp = format!("{whole}.{known}Z").parse().ok()?;
    Some((format!("{whole}.{fraction}Z"), instant.into()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use sha2::{Digest, Sha256};

    use super::*;
    use crate::samples::reply;

    #[test]
    fn a_reply_tells_what_was_stamped_and_when() {
        let at = Millis(1_795_335_330_000);
        let stamp = read(&reply(b"abc", at)).expect("a reply");
        assert_eq!((stamp.at, &stamp.imprint[..]), (at, &Sha256::digest(b"abc")[..]));
    }

    fn generalized(text: &str) -> Option<Millis> {
        let mut bytes = vec![0x18, text.len() as u8];
        bytes.extend(text.bytes());
        instant(AnyRef::from_der(&bytes).expect("an element")).map(|(_, at)| at)
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
