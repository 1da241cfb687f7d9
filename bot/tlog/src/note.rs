//! Signed notes in the form of C2SP signed-note, with Ed25519: a text, a blank line, signature lines.
//!
//! A signature by an unknown key is ignored; a wrong one by the known key makes the note invalid.

use std::fmt;
use std::str::FromStr;

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use ed25519_dalek::{Signature, VerifyingKey};
use sha2::{Digest, Sha256};

/// Signature type of plain Ed25519.
pub(crate) const ED25519: u8 = 0x01;
/// Maximum size in bytes of a note that is looked at.
const LONGEST: usize = 1 << 20;
/// Maximum number of signature lines of a note that is looked at.
const MOST_SIGNATURES: usize = 100;

/// Why a note or a key text is refused (C2SP signed-note, "Format" and "Verifier keys").
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoteError {
    #[error("is no signed note")]
    Malformed,
    #[error("carries no signature by the log's key")]
    NotSigned,
    #[error("carries a wrong signature by the log's key")]
    WrongSignature,
    #[error("carries a wrong cosignature")]
    WrongCosignature,
    #[error("is no verifier key of the form name+id+base64")]
    NoVkey,
}

/// The key that checks the log's signatures, as it is given to others: a verifier key `name+id+base64` of C2SP
/// signed-note, of the type 0x01 (Ed25519). Key ids are four bytes, written as eight hexadecimal digits.
#[derive(Clone, PartialEq, Eq)]
pub struct Vkey {
    name: String,
    key: VerifyingKey,
}

impl Vkey {
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
        key_id(&self.name, self.key.as_bytes())
    }

    /// The note's text, its last newline included, if the key has signed it.
    ///
    /// # Errors
    /// When the note is malformed, or the signature by this key is missing or wrong.
    pub fn open<'a>(&self, note: &'a str) -> Result<&'a str, NoteError> {
        let (text, signatures) = parts(note)?;
        let mut signed = false;
        for Line { name, id, signature } in signatures {
            if name != self.name || id != self.id() {
                continue;
            }
            let signature = Signature::from_slice(&signature).map_err(|_| NoteError::WrongSignature)?;
            self.key
                .verify_strict(text.as_bytes(), &signature)
                .map_err(|_| NoteError::WrongSignature)?;
            signed = true;
        }
        if signed { Ok(text) } else { Err(NoteError::NotSigned) }
    }
}

impl fmt::Display for Vkey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let key = [&[ED25519][..], self.key.as_bytes()].concat();
        write!(
            formatter,
            "{}+{}+{}",
            self.name,
            hex::encode(self.id()),
            BASE64.encode(key)
        )
    }
}

impl fmt::Debug for Vkey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}

impl FromStr for Vkey {
    type Err = NoteError;

    fn from_str(text: &str) -> Result<Self, NoteError> {
        let (name, key) = read_vkey(text, ED25519).ok_or(NoteError::NoVkey)?;
        Ok(Self { name, key })
    }
}

/// Name and key of a verifier key whose signatures are of that type; none if the text is not such a key.
pub(crate) fn read_vkey(text: &str, signature_type: u8) -> Option<(String, VerifyingKey)> {
    let mut parts = text.splitn(3, '+');
    let (name, id, encoded) = (parts.next()?, parts.next()?, parts.next()?);
    let bytes = BASE64.decode(encoded).ok()?;
    let (found, key) = bytes.split_first()?;
    let key = VerifyingKey::try_from(key).ok()?;
    let known = *found == signature_type && is_name(name);
    let sound = known && hex::encode(typed_key_id(name, signature_type, key.as_bytes())) == id;
    sound.then(|| (name.to_owned(), key))
}

/// Whether a text can name a key: printable ASCII without blanks and `+`, at most 200 characters.
pub fn is_name(name: &str) -> bool {
    !name.is_empty() && name.len() <= 200 && name.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'+')
}

/// The id of a key that signs plainly.
pub(crate) fn key_id(name: &str, key: &[u8; 32]) -> [u8; 4] {
    typed_key_id(name, ED25519, key)
}

pub(crate) fn typed_key_id(name: &str, signature_type: u8, key: &[u8; 32]) -> [u8; 4] {
    let digest = Sha256::new()
        .chain_update(name)
        .chain_update([b'\n', signature_type])
        .chain_update(key)
        .finalize();
    [digest[0], digest[1], digest[2], digest[3]]
}

/// A note's line for one signature; the text, an empty line and such lines make a note.
pub(crate) fn line(name: &str, id: [u8; 4], signature: &Signature) -> String {
    let bytes = [&id[..], &signature.to_bytes()].concat();
    format!("\u{2014} {name} {}\n", BASE64.encode(bytes))
}

/// The note's text, its last newline included, whoever has signed it.
pub fn text(note: &str) -> Result<&str, NoteError> {
    Ok(parts(note)?.0)
}

/// A signature line taken apart.
pub(crate) struct Line<'a> {
    pub name: &'a str,
    pub id: [u8; 4],
    pub signature: Vec<u8>,
}

/// The note's text, its last newline included, and its signatures, none of them checked.
pub(crate) fn parts(note: &str) -> Result<(&str, Vec<Line<'_>>), NoteError> {
    let control = |byte: u8| byte < 0x20 && byte != b'\n';
    if note.len() > LONGEST || note.bytes().any(control) {
        return Err(NoteError::Malformed);
    }
    let blank = note.rfind("\n\n").ok_or(NoteError::Malformed)?;
    let (text, signatures) = (&note[..=blank], &note[blank + 2..]);
    let signatures = signatures.strip_suffix('\n').ok_or(NoteError::Malformed)?;
    if signatures.split('\n').count() > MOST_SIGNATURES {
        return Err(NoteError::Malformed);
    }
    let lines: Option<Vec<Line>> = signatures.split('\n').map(read_line).collect();
    Ok((text, lines.ok_or(NoteError::Malformed)?))
}

fn read_line(line: &str) -> Option<Line<'_>> {
    let (name, encoded) = line.strip_prefix("\u{2014} ")?.split_once(' ')?;
    let bytes = BASE64.decode(encoded).ok()?;
    let (id, signature) = bytes.split_first_chunk::<4>()?;
    let (id, signature) = (*id, signature.to_vec());
    let sound = !name.is_empty() && !name.contains('+') && !signature.is_empty();
    sound.then_some(Line { name, id, signature })
}

#[cfg(test)]
mod tests {
    use super::*;

    // The example of the Go package golang.org/x/mod/sumdb/note.
    const VKEY: &str = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
    const NOTE: &str = "If you think cryptography is the answer to your problem,\n\
        then you don't know what your problem is.\n\n\
        \u{2014} PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";

    fn peter() -> Vkey {
        VKEY.parse().expect("the published key")
    }

    #[test]
    fn a_note_signed_by_another_program_opens() {
        assert_eq!(peter().to_string(), VKEY);
        let text = peter().open(NOTE).expect("the published note");
        assert!(text.ends_with("your problem is.\n"));
    }

    #[test]
    fn unknown_signatures_are_passed_over() {
        let other = "\u{2014} EnochRoot af4A1wAAAAA=\n";
        assert!(peter().open(&format!("{NOTE}{other}")).is_ok());
        let blank = NOTE.rfind("\n\n").expect("a blank line") + 2;
        let stranger = format!("{}{other}", &NOTE[..blank]);
        assert_eq!(peter().open(&stranger), Err(NoteError::NotSigned));
    }

    #[test]
    fn a_changed_note_is_refused() {
        assert_eq!(
            peter().open(&NOTE.replace("answer", "Answer")),
            Err(NoteError::WrongSignature)
        );
        assert_eq!(peter().open(&NOTE.replace("x08g", "x08f")), Err(NoteError::NotSigned));
        let cut = NOTE.trim_end();
        for wrong in [
            "",
            "\n",
            "\n\n",
            cut,
            &NOTE.replace('\u{2014}', "-"),
            &NOTE.replace("you", "\tyou"),
        ] {
            assert_eq!(peter().open(wrong), Err(NoteError::Malformed), "{wrong:?}");
        }
    }

    #[test]
    fn a_key_with_a_wrong_id_or_type_is_none() {
        for wrong in [
            "",
            "PeterNeumann",
            &VKEY.replace("c74f", "c74e"),
            &VKEY.replace("c74f", "C74F"),
            &VKEY.replace("Peter", "Pete r"),
            &VKEY.replace("+AR", "+BR"),
            &VKEY[..VKEY.len() - 4],
        ] {
            assert_eq!(wrong.parse::<Vkey>(), Err(NoteError::NoVkey), "{wrong:?}");
        }
    }
}
