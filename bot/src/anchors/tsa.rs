//! Time stamps in the form of RFC 3161: the request over a checkpoint's bytes, and what is checked of the reply.
//!
//! Checked are status, content types, imprint and nonce. The authority's signature is not: that takes its certificate
//! chain and is the work of `openssl ts -verify`. Only the parts that are needed are read, as authorities differ in the
//! rest: several certificates in any order, fractions of a second.

use anyhow::Context;
use cms::cert::x509::spki::AlgorithmIdentifier;
use der::asn1::{Any, AnyRef, Int, ObjectIdentifier, OctetString};
use der::{Decode, Encode, Reader, SliceReader, Tag, TagNumber, Tagged};
use sha2::{Digest, Sha256};
use x509_tsp::{MessageImprint, TimeStampReq, TspVersion};

use crate::chance::Chance;

/// Content type of a request (RFC 3161, 3.4).
pub(super) const QUERY: &str = "application/timestamp-query";
/// Content type of a reply (RFC 3161, 3.4).
pub(super) const REPLY: &str = "application/timestamp-reply";
/// Most bytes of a reply.
pub(super) const LONGEST: usize = 64 * 1024;

const SHA_256: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.1");
/// id-signedData (RFC 5652, 5.1).
const SIGNED_DATA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.7.2");
/// id-ct-TSTInfo (RFC 3161, 2.4.2).
const TST_INFO: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.1.4");
/// granted and grantedWithMods (RFC 3161, 2.4.2): both carry a token.
const GRANTED: [i64; 2] = [0, 1];
/// Most characters of an authority's own words that are kept.
const WORDS: usize = 120;

/// A request, and what its reply must hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Query {
    imprint: [u8; 32],
    nonce: [u8; 16],
}

/// A reply that fits its request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Stamp {
    /// When, by the authority's clock: RFC 3339, UTC, as exact as it was given.
    pub time: String,
    /// Serial number, hexadecimal.
    pub serial: String,
}

/// Why a reply is worth nothing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum Unfit {
    #[error("the reply is not of the form of RFC 3161")]
    Malformed,
    #[error("the authority refuses: status {status}{words}")]
    Refused { status: i64, words: String },
    #[error("the reply was granted and holds no token")]
    NoToken,
    #[error("the reply holds something else than a time stamp")]
    OtherContent,
    #[error("the time stamp is over other bytes")]
    OtherImprint,
    #[error("the time stamp answers another request: its nonce differs")]
    OtherNonce,
}

impl From<der::Error> for Unfit {
    fn from(_: der::Error) -> Self {
        Self::Malformed
    }
}

impl Query {
    /// A request for a stamp over exactly these bytes.
    pub(super) fn over(bytes: &[u8], chance: &Chance) -> Self {
        let mut nonce: [u8; 16] = chance.bytes();
        // Positive, and of the same length however it falls out.
        nonce[0] = nonce[0] & 0x3f | 0x40;
        Self {
            imprint: Sha256::digest(bytes).into(),
            nonce,
        }
    }

    /// The request as it is sent: with a nonce, and asking for the authority's certificate.
    pub(super) fn der(&self) -> anyhow::Result<Vec<u8>> {
        let request = TimeStampReq {
            version: TspVersion::V1,
            message_imprint: MessageImprint {
                hash_algorithm: AlgorithmIdentifier {
                    oid: SHA_256,
                    parameters: Some(Any::null()),
                },
                hashed_message: OctetString::new(self.imprint).context("an imprint has 32 bytes")?,
            },
            req_policy: None,
            nonce: Some(Int::new(&self.nonce).context("a nonce has 16 bytes")?),
            cert_req: true,
            extensions: None,
        };
        request.to_der().context("writing a time-stamp request")
    }

    /// Checks a reply.
    ///
    /// # Errors
    /// Why it is no stamp for this request.
    pub(super) fn check(&self, reply: &[u8]) -> Result<Stamp, Unfit> {
        let reply = elements(single(reply, Tag::Sequence)?)?;
        let (status, token) = match reply.as_slice() {
            [status] => (status, None),
            [status, token] => (status, Some(token)),
            _ => return Err(Unfit::Malformed),
        };
        granted(*status)?;
        let info = tst_info(*token.ok_or(Unfit::NoToken)?)?;
        self.check_info(&elements(single(&info, Tag::Sequence)?)?)
    }

    /// TSTInfo (RFC 3161, 2.4.2): version, policy, imprint, serial number, time, and optional parts.
    fn check_info(&self, info: &[AnyRef<'_>]) -> Result<Stamp, Unfit> {
        let [version, _policy, imprint, serial, time, rest @ ..] = info else {
            return Err(Unfit::Malformed);
        };
        if version.decode_as::<u8>()? != 1 || serial.tag() != Tag::Integer {
            return Err(Unfit::Malformed);
        }
        self.check_imprint(*imprint)?;
        // Behind the time only the nonce is a bare INTEGER.
        let nonce = rest.iter().find(|part| part.tag() == Tag::Integer);
        if nonce.map(|nonce| nonce.value()) != Some(&self.nonce[..]) {
            return Err(Unfit::OtherNonce);
        }
        Ok(Stamp {
            time: instant(*time).ok_or(Unfit::Malformed)?,
            serial: hex::encode(serial.value()),
        })
    }

    fn check_imprint(&self, imprint: AnyRef<'_>) -> Result<(), Unfit> {
        let [algorithm, hash] = elements(inside(imprint, Tag::Sequence)?)?[..] else {
            return Err(Unfit::Malformed);
        };
        let algorithm = elements(inside(algorithm, Tag::Sequence)?)?;
        let oid: ObjectIdentifier = algorithm.first().ok_or(Unfit::Malformed)?.decode_as()?;
        if oid == SHA_256 && inside(hash, Tag::OctetString)? == self.imprint {
            Ok(())
        } else {
            Err(Unfit::OtherImprint)
        }
    }
}

/// PKIStatusInfo (RFC 3161, 2.4.2): status, free text, failure bits.
fn granted(info: AnyRef<'_>) -> Result<(), Unfit> {
    let parts = elements(inside(info, Tag::Sequence)?)?;
    let status: i64 = parts.first().ok_or(Unfit::Malformed)?.decode_as()?;
    if GRANTED.contains(&status) {
        return Ok(());
    }
    let texts = parts.iter().find(|part| part.tag() == Tag::Sequence);
    let texts = texts.map_or_else(|| Ok(Vec::new()), |texts| elements(texts.value()))?;
    let said: Vec<_> = texts.iter().map(|text| String::from_utf8_lossy(text.value())).collect();
    let plain = |letter: &char| letter.is_ascii_graphic() || *letter == ' ';
    let said: String = said.join("; ").chars().filter(plain).take(WORDS).collect();
    let words = if said.is_empty() { said } else { format!(", {said}") };
    Err(Unfit::Refused { status, words })
}

/// The encapsulated content of the token: ContentInfo, SignedData, EncapsulatedContentInfo (RFC 5652, 3 and 5.1, 5.2).
fn tst_info(token: AnyRef<'_>) -> Result<Vec<u8>, Unfit> {
    let signed = content(token, SIGNED_DATA)?;
    let [_version, _digests, encapsulated, ..] = elements(inside(signed, Tag::Sequence)?)?[..] else {
        return Err(Unfit::Malformed);
    };
    let info = content(encapsulated, TST_INFO)?;
    Ok(inside(info, Tag::OctetString)?.to_vec())
}

/// What is inside `SEQUENCE { type, [0] EXPLICIT content }`.
fn content(of: AnyRef<'_>, wanted: ObjectIdentifier) -> Result<AnyRef<'_>, Unfit> {
    let [found, content] = elements(inside(of, Tag::Sequence)?)?[..] else {
        return Err(Unfit::Malformed);
    };
    if found.decode_as::<ObjectIdentifier>()? != wanted {
        return Err(Unfit::OtherContent);
    }
    let explicit = Tag::ContextSpecific {
        constructed: true,
        number: TagNumber::N0,
    };
    Ok(AnyRef::from_der(inside(content, explicit)?)?)
}

fn inside(element: AnyRef<'_>, tag: Tag) -> Result<&[u8], Unfit> {
    if element.tag() == tag {
        Ok(element.value())
    } else {
        Err(Unfit::Malformed)
    }
}

/// The content of the one element that the bytes are.
fn single(bytes: &[u8], tag: Tag) -> Result<&[u8], Unfit> {
    inside(AnyRef::from_der(bytes)?, tag)
}

/// The elements that stand one after the other.
fn elements(bytes: &[u8]) -> Result<Vec<AnyRef<'_>>, Unfit> {
    let mut reader = SliceReader::new(bytes)?;
    let mut found = Vec::new();
    while !reader.is_finished() {
        found.push(AnyRef::decode(&mut reader)?);
    }
    Ok(found)
}

/// GeneralizedTime `YYYYMMDDhhmmss[.f]Z` as RFC 3339.
fn instant(time: AnyRef<'_>) -> Option<String> {
    if time.tag() != Tag::GeneralizedTime {
        return None;
    }
    let text = std::str::from_utf8(time.value()).ok()?.strip_suffix('Z')?;
    let (whole, fraction) = text
        .split_once('.')
        .map_or((text, None), |(whole, fraction)| (whole, Some(fraction)));
    let digits = |text: &str| !text.is_empty() && text.len() <= 14 && text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.len() != 14 || !digits(whole) || !fraction.is_none_or(digits) {
        return None;
    }
    let at = |from: usize, to: usize| &whole[from..to];
    let fraction = fraction.map_or_else(String::new, |fraction| format!(".{fraction}"));
    Some(format!(
        "{}-{}-{}T{}:{}:{}{fraction}Z",
        at(0, 4),
        at(4, 6),
        at(6, 8),
        at(8, 10),
        at(10, 12),
        at(12, 14)
    ))
}

#[cfg(test)]
mod tests;
