//! What others make, for tests: cosignatures of a witness, and replies of an authority that nobody has signed.

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use der::Encode;
use der::asn1::ObjectIdentifier;
use ed25519_dalek::{Signer, SigningKey};
use sha2::{Digest, Sha256};

use crate::cosignature::{Cosigner, message};
use crate::note;
use crate::time::Millis;
use crate::time_stamp::{SHA_256, SIGNED_DATA, TST_INFO};

/// A witness that cosigns whatever it is given (C2SP tlog-cosignature).
pub struct Witness {
    secret: SigningKey,
    /// The key that others check its cosignatures with.
    pub cosigner: Cosigner,
}

impl Witness {
    /// The key is the same for the same seed.
    pub fn new(name: &str, seed: u8) -> Self {
        let secret = SigningKey::from_bytes(&[seed; 32]);
        let cosigner = Cosigner::new(name, secret.verifying_key());
        Self { secret, cosigner }
    }

    /// The note with one more cosignature, of that time in seconds since 1970; unchanged if it is not a note.
    #[must_use]
    pub fn cosign(&self, note: &str, time: u64) -> String {
        let Ok(text) = note::text(note) else {
            return note.to_owned();
        };
        let signature = self.secret.sign(message(time, text).as_bytes()).to_bytes();
        let bytes = [&self.cosigner.id()[..], &time.to_be_bytes(), &signature].concat();
        format!("{note}\u{2014} {} {}\n", self.cosigner.name(), BASE64.encode(bytes))
    }
}

/// An authority's reply over these bytes, of that time to the second; nobody has signed it.
pub fn reply(bytes: &[u8], at: Millis) -> Vec<u8> {
    let oid = |oid: ObjectIdentifier| oid.to_der().expect("an OID");
    let imprint = [
        element(0x30, &[oid(SHA_256)]),
        element(0x04, &[Sha256::digest(bytes).to_vec()]),
    ];
    let time: String = at.rfc3339().chars().filter(char::is_ascii_digit).take(14).collect();
    let info = [
        vec![2, 1, 1],
        oid(TST_INFO),
        element(0x30, &imprint),
        vec![2, 1, 1],
        element(0x18, &[format!("{time}Z").into_bytes()]),
    ];
    let octets = element(0xa0, &[element(0x04, &[element(0x30, &info)])]);
    let encapsulated = element(0x30, &[oid(TST_INFO), octets]);
    let signed = element(0x30, &[vec![2, 1, 3], element(0x31, &[]), encapsulated]);
    let token = element(0x30, &[oid(SIGNED_DATA), element(0xa0, &[signed])]);
    element(0x30, &[vec![0x30, 3, 2, 1, 0], token])
}

fn element(tag: u8, parts: &[Vec<u8>]) -> Vec<u8> {
    let value = parts.concat();
    let length = value.len() as u8;
    let head = if length < 0x80 {
        vec![tag, length]
    } else {
        vec![tag, 0x81, length]
    };
    [head, value].concat()
}
