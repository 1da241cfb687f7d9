//! A witness's cosignature on a checkpoint: C2SP tlog-cosignature with Ed25519 (type 0x04).
//!
//! It says that at that time the witness knew no larger tree of this log, and none that contradicts this one.

use std::fmt;
use std::str::FromStr;

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use ed25519_dalek::{Signature, VerifyingKey};

use crate::note::{self, NoteError};

/// Signature type of an Ed25519 cosignature.
const COSIGNATURE: u8 = 0x04;

/// The key that checks a witness's cosignatures: a verifier key `name+id+base64` of C2SP signed-note, of the type 0x04
/// (C2SP tlog-cosignature, Ed25519). It signs the line `cosignature/v1`, the line `time T` in seconds since 1970, and
/// the note's text.
#[derive(Clone, PartialEq, Eq)]
pub struct Cosigner {
    name: String,
    key: VerifyingKey,
}

impl Cosigner {
    pub(crate) fn new(name: &str, key: VerifyingKey) -> Self {
        Self {
            name: name.to_owned(),
            key,
        }
    }

    /// The name in signature lines.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The public key, without its name.
    pub(crate) fn key(&self) -> &[u8; 32] {
        self.key.as_bytes()
    }

    /// SHA-256(name, newline, type, key), its first four bytes.
    pub fn id(&self) -> [u8; 4] {
        note::typed_key_id(&self.name, COSIGNATURE, self.key())
    }

    /// When the witness cosigned the note, in seconds since 1970; none if it did not. Other signatures are ignored.
    ///
    /// # Errors
    /// When the note is malformed, or carries a wrong cosignature by this key.
    pub fn cosigned(&self, note: &str) -> Result<Option<u64>, NoteError> {
        let (text, signatures) = note::parts(note)?;
        let mut latest = None;
        for line in signatures {
            if line.name == self.name && line.id == self.id() {
                let time = self.time(text, &line.signature).ok_or(NoteError::WrongCosignature)?;
                latest = latest.max(Some(time));
            }
        }
        Ok(latest)
    }

    fn time(&self, text: &str, bytes: &[u8]) -> Option<u64> {
        let (time, signature) = bytes.split_first_chunk::<8>()?;
        let time = u64::from_be_bytes(*time);
        i64::try_from(time).ok()?;
        let signature = Signature::from_slice(signature).ok()?;
        let verified = self.key.verify_strict(message(time, text).as_bytes(), &signature);
        verified.ok().map(|()| time)
    }
}

/// What a witness signs.
pub(crate) fn message(time: u64, text: &str) -> String {
    format!("cosignature/v1\ntime {time}\n{text}")
}

impl fmt::Display for Cosigner {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let key = [&[COSIGNATURE][..], self.key()].concat();
        let id = hex::encode(self.id());
        write!(formatter, "{}+{id}+{}", self.name, BASE64.encode(key))
    }
}

impl fmt::Debug for Cosigner {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}

impl FromStr for Cosigner {
    type Err = NoteError;

    fn from_str(text: &str) -> Result<Self, NoteError> {
        let (name, key) = note::read_vkey(text, COSIGNATURE).ok_or(NoteError::NoVkey)?;
        Ok(Self { name, key })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::Witness;

    // The example of C2SP tlog-cosignature; its witness's key is not given there.
    const NOTE: &str = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n\
        \u{2014} example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n";

    #[test]
    fn a_cosignature_tells_its_time() {
        let witness = Witness::new("witness.example.com/w1", 1);
        assert_eq!(witness.cosigner.cosigned(NOTE), Ok(None));
        let note = witness.cosign(NOTE, 1_679_315_147);
        assert_eq!(witness.cosigner.cosigned(&note), Ok(Some(1_679_315_147)));
        let note = witness.cosign(&note, 1_679_315_148);
        assert_eq!(witness.cosigner.cosigned(&note), Ok(Some(1_679_315_148)));
        let stranger = Witness::new("witness.example.com/w1", 2).cosigner;
        assert_eq!(stranger.cosigned(&note), Ok(None));
        let known: Cosigner = witness.cosigner.to_string().parse().expect("the written key");
        assert_eq!(known, witness.cosigner);
    }

    #[test]
    fn a_wrong_cosignature_spoils_the_note() {
        let witness = Witness::new("w1", 1);
        let note = witness.cosign(NOTE, 5);
        let cosigned = |note: &str| witness.cosigner.cosigned(note);
        assert_eq!(
            cosigned(&note.replace("20852163", "20852164")),
            Err(NoteError::WrongCosignature)
        );
        let twice = format!(
            "{note}\u{2014} w1 {}\n",
            BASE64.encode([&witness.cosigner.id()[..], &[0; 72]].concat())
        );
        assert_eq!(cosigned(&twice), Err(NoteError::WrongCosignature));
        let late = witness.cosign(NOTE, u64::MAX);
        assert_eq!(cosigned(&late), Err(NoteError::WrongCosignature));
        assert_eq!(cosigned("no note"), Err(NoteError::Malformed));
    }

    #[test]
    fn a_logs_key_is_no_witnesses() {
        let log = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
        assert_eq!(log.parse::<Cosigner>(), Err(NoteError::NoVkey));
    }
}
