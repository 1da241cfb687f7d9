//! The certificates of a time-stamping authority, which a pack carries so that its replies can be checked when the
//! authority is gone.

use std::io::Read;
use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;

use crate::config::Evidence;
use crate::document::Problem;

/// Maximum size in bytes of such a file.
const LONGEST: u64 = 256 << 10;
const BEGIN: &str = "-----BEGIN CERTIFICATE-----";
const END: &str = "-----END CERTIFICATE-----";
/// The first byte of a certificate in DER: a SEQUENCE.
const SEQUENCE: u8 = 0x30;

/// Certificates under the name of the authority that they lead to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chain {
    pub name: String,
    /// The certificates alone, PEM; nothing else from the file.
    pub pem: String,
}

/// Why a file has no certificates.
#[derive(Debug, thiserror::Error)]
pub enum ChainError {
    #[error("a file that cannot be read: {0}")]
    Unreadable(std::io::Error),
    #[error("a file of more than {LONGEST} bytes")]
    TooLong,
    #[error("a file with a private key in it")]
    PrivateKey,
    #[error("a file without a certificate")]
    NoCertificate,
    #[error("a certificate that is not PEM")]
    Malformed,
}

/// The certificates of the authorities for which the configuration names a file, in the order of their names.
///
/// # Errors
/// Every file that has none.
pub fn chains(settings: &Evidence) -> Result<Vec<Chain>, Vec<Problem>> {
    let (mut found, mut problems) = (Vec::new(), Vec::new());
    for authority in &settings.authorities {
        let Some(path) = &authority.chain_file else { continue };
        let name = authority.name.clone();
        match read(path) {
            Ok(pem) => found.push(Chain { name, pem }),
            Err(error) => problems.push(Problem {
                at: format!("evidence.tsa {name:?}.chain_file"),
                found: error.to_string(),
                allowed: "a file with the authority's certificates in PEM, and nothing secret".to_owned(),
                mend: format!(
                    "put the certificates that the authority publishes into {}, or remove chain_file",
                    path.display()
                ),
            }),
        }
    }
    found.sort_by(|one, other| one.name.cmp(&other.name));
    if problems.is_empty() { Ok(found) } else { Err(problems) }
}

fn read(path: &Path) -> Result<String, ChainError> {
    let mut bytes = Vec::new();
    let file = std::fs::File::open(path).map_err(ChainError::Unreadable)?;
    let length = file.take(LONGEST + 1).read_to_end(&mut bytes);
    if length.map_err(ChainError::Unreadable)? as u64 > LONGEST {
        return Err(ChainError::TooLong);
    }
    certificates(&String::from_utf8_lossy(&bytes))
}

fn certificates(text: &str) -> Result<String, ChainError> {
    if text.contains("PRIVATE KEY-----") {
        return Err(ChainError::PrivateKey);
    }
    let mut found = String::new();
    let mut lines = text.lines().map(str::trim);
    while lines.any(|line| line == BEGIN) {
        let mut base64 = String::new();
        loop {
            match lines.next() {
                Some(END) => break,
                Some(line) => base64.push_str(line),
                None => return Err(ChainError::Malformed),
            }
        }
        let der = BASE64.decode(&base64).map_err(|_| ChainError::Malformed)?;
        if der.first() != Some(&SEQUENCE) {
            return Err(ChainError::Malformed);
        }
        found.push_str(BEGIN);
        found.push('\n');
        for line in base64.as_bytes().chunks(64) {
            found.push_str(&String::from_utf8_lossy(line));
            found.push('\n');
        }
        found.push_str(END);
        found.push('\n');
    }
    if found.is_empty() {
        return Err(ChainError::NoCertificate);
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Authority;

    fn pem(base64: &str) -> String {
        format!("{BEGIN}\n{base64}\n{END}\n")
    }

    #[test]
    fn only_the_certificates_of_a_file_are_taken() {
        let base64 = BASE64.encode([SEQUENCE; 50]);
        let (first, second) = base64.split_at(64);
        let written = format!("{BEGIN}\n{first}\n{second}\n{END}\n");
        let text = format!(
            "subject=/CN=Example\r\n{}in between\n{written}",
            pem(&base64).replace('\n', "\r\n")
        );
        assert_eq!(certificates(&text).expect("two certificates"), written.repeat(2));
    }

    #[test]
    fn anything_else_is_refused_by_name() {
        let folder = tempfile::tempdir().expect("a folder");
        let sound = pem("MDAw");
        for (text, reason) in [
            (String::new(), "without a certificate"),
            (sound.replace(END, ""), "not PEM"),
            (sound.replace("MDAw", "M*Aw"), "not PEM"),
            (sound.replace("MDAw", "AAAA"), "not PEM"),
            (format!("{sound}-----BEGIN EC PRIVATE KEY-----\n"), "private key"),
            ("x".repeat(300 << 10), "more than 262144 bytes"),
        ] {
            let path = folder.path().join("chain.pem");
            std::fs::write(&path, &text).expect("it is written");
            let error = read(&path).expect_err("it is refused").to_string();
            assert!(error.contains(reason), "{reason}: {error}");
        }
        let mut settings = Evidence::unpublished("o", "key".into(), "guard".into());
        settings.authorities.push(Authority {
            name: "example".to_owned(),
            url: "https://tsa.example.org".parse().expect("an address"),
            chain_file: Some(folder.path().join("missing.pem")),
        });
        let problems = chains(&settings).expect_err("there is no such file");
        assert_eq!(problems[0].at, "evidence.tsa \"example\".chain_file");
        assert!(problems[0].found.contains("cannot be read"), "{problems:?}");
    }
}
