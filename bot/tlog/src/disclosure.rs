//! Salted fields in the disclosure form of SD-JWT: what a digest in a leaf stands for, as long as it is kept.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64URL;
use sha2::{Digest, Sha256};

use crate::random::Random;

/// A field's salt of 32 bytes, name and value, encoded as a disclosure of SD-JWT (RFC 9901, 4.2.1): base64url without
/// padding of a JSON array in the form of RFC 8785. Deleting it destroys the salt, and with it the way back from the
/// digest.
#[derive(Clone)]
pub struct Disclosure {
    pub name: String,
    /// base64url of the JSON array of salt, name and value.
    pub text: String,
}

impl Disclosure {
    pub fn new(chance: &impl Random, name: &str, value: &str) -> Self {
        let salt = BASE64URL.encode(chance.bytes::<32>());
        let json = serde_json::json!([salt, name, value]).to_string();
        Self {
            name: name.to_owned(),
            text: BASE64URL.encode(json),
        }
    }
}

/// The digest that stands in the leaf (RFC 9901, 4.2.3): base64url(SHA-256(the disclosure's ASCII characters)).
pub fn digest(disclosure: &str) -> String {
    BASE64URL.encode(Sha256::digest(disclosure))
}

/// Whether a text can be such a digest: 32 bytes in base64url, in their one spelling.
pub(crate) fn is_digest(text: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    // The last character stands for four bits, so two of its six are zero.
    text.len() == 43 && text.bytes().all(allowed) && text.ends_with(|last| "AEIMQUYcgkosw048".contains(last))
}

/// The field's name and value; none if the text is not a disclosure.
pub fn read(disclosure: &str) -> Option<(String, String)> {
    salted(disclosure).map(|(_, name, value)| (name, value))
}

/// The same with the salt.
pub(crate) fn salted(disclosure: &str) -> Option<([u8; 32], String, String)> {
    let json = BASE64URL.decode(disclosure).ok()?;
    let (salt, name, value): (String, String, String) = serde_json::from_slice(&json).ok()?;
    let salt = BASE64URL.decode(salt).ok()?.try_into().ok()?;
    Some((salt, name, value))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::tests::Chance;

    #[test]
    fn a_disclosure_reads_back_and_no_salt_comes_twice() {
        let chance = Chance::seeded(1);
        let [one, two] = [(), ()].map(|()| Disclosure::new(&chance, "text", "\"über\" \u{1F426}\n"));
        assert_eq!(
            read(&one.text),
            Some(("text".to_owned(), "\"über\" \u{1F426}\n".to_owned()))
        );
        assert_ne!(digest(&one.text), digest(&two.text));
        assert_eq!(digest(&one.text).len(), 43);
    }

    #[test]
    fn a_disclosure_is_in_the_form_of_rfc_8785() {
        // The text of RFC 8785, section 3.2.2, and how 3.2.2.2 wants it written.
        let value = "\u{20ac}$\u{f}\nA'B\"\\\\\"/";
        let written = r#""€$\u000f\nA'B\"\\\\\"/"]"#;
        let text = Disclosure::new(&Chance::seeded(1), "text", value).text;
        let json = BASE64URL.decode(text).expect("base64url");
        let shown = String::from_utf8(json.clone()).expect("UTF-8");
        assert!(shown.ends_with(written), "{shown}");
        let read: serde_json::Value = serde_json::from_slice(&json).expect("JSON");
        assert_eq!(serde_json_canonicalizer::to_vec(&read).expect("JSON"), json);
    }

    #[test]
    fn the_digest_is_that_of_the_sd_jwt_standard() {
        // RFC 9901 (SD-JWT), section 4.2.3, first example.
        let disclosure = "WyI2cU1RdlJMNWhhaiIsICJmYW1pbHlfbmFtZSIsICJNw7ZiaXVzIl0";
        assert_eq!(digest(disclosure), "uutlBuYeMDyjLLTpf6Jxi7yNkEF35jdyWMn9U7b_RYY");
    }

    proptest::proptest! {
        #[test]
        fn a_digest_is_what_decodes_to_32_bytes(text in "[A-Za-z0-9_-]{42,44}|[ -~]{43}") {
            let bytes = BASE64URL.decode(&text).ok();
            proptest::prop_assert_eq!(is_digest(&text), bytes.is_some_and(|bytes| bytes.len() == 32));
        }
    }
}
