//! Time stamps in the form of RFC 3161: the request over a checkpoint's bytes, and the checks on the reply.
//!
//! Status, content types, imprint and nonce are checked. The authority's signature is not: that takes its certificate
//! chain and is the work of `openssl ts -verify`.

use anyhow::Context;
use cms::cert::x509::spki::AlgorithmIdentifier;
use der::Encode;
use der::asn1::{Any, Int, OctetString};
use sha2::{Digest, Sha256};
use x509_tsp::{MessageImprint, TimeStampReq, TspVersion};

use crate::chance::Chance;
use crate::evidence::time_stamp::{self, NoTimeStamp, SHA_256};

/// Content type of a request (RFC 3161, 3.4).
pub(super) const QUERY: &str = "application/timestamp-query";
/// Content type of a reply (RFC 3161, 3.4).
pub(super) const REPLY: &str = "application/timestamp-reply";
/// Maximum size in bytes of a reply.
pub(super) const LONGEST: usize = time_stamp::LONGEST;

/// A request, and what its reply must hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Query {
    imprint: [u8; 32],
    nonce: [u8; 16],
}

/// A reply that matches its request.
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

impl From<NoTimeStamp> for Unfit {
    fn from(why: NoTimeStamp) -> Self {
        match why {
            NoTimeStamp::Malformed => Self::Malformed,
            NoTimeStamp::Refused { status, words } => {
                let words = if words.is_empty() { words } else { format!(", {words}") };
                Self::Refused { status, words }
            }
            NoTimeStamp::NoToken => Self::NoToken,
            NoTimeStamp::OtherContent => Self::OtherContent,
            NoTimeStamp::OtherHash => Self::OtherImprint,
        }
    }
}

impl Query {
    /// A request for a stamp over exactly these bytes.
    pub(super) fn over(bytes: &[u8], chance: &Chance) -> Self {
        let mut nonce: [u8; 16] = chance.bytes();
        // Positive, and always of the same length.
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
    /// Why it is not a stamp for this request.
    pub(super) fn check(&self, reply: &[u8]) -> Result<Stamp, Unfit> {
        let stamp = time_stamp::read(reply)?;
        if stamp.imprint != self.imprint {
            return Err(Unfit::OtherImprint);
        }
        if stamp.nonce.as_deref() != Some(&self.nonce[..]) {
            return Err(Unfit::OtherNonce);
        }
        Ok(Stamp {
            time: stamp.time,
            serial: stamp.serial,
        })
    }
}

#[cfg(test)]
mod tests;
