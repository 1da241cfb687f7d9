//! The secret headers of webhooks: from the environment or from a file, never from the configuration, never shown.

use std::path::PathBuf;

use secrecy::SecretString;

use super::{SecretHeader, Webhook};

/// Most bytes of a secret; what fits no header is no secret.
const LONGEST: u64 = 8_192;

/// Why a webhook's secret cannot be used.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum SecretError {
    #[error(
        "webhook {name:?} has a secret_header and no secret: set {variable}, or secret_file to a file that holds it"
    )]
    Missing { name: String, variable: String },
    #[error("the secret of webhook {name:?} is empty: put it into {variable} or into secret_file")]
    Empty { name: String, variable: String },
    #[error(
        "the secret of webhook {name:?} holds line breaks or characters that no header takes: put the bare value there"
    )]
    Malformed { name: String },
    #[error("the secret_file {path} of webhook {name:?} cannot be read: {why}")]
    Unreadable { name: String, path: PathBuf, why: String },
}

impl Webhook {
    /// The environment variable that holds the secret, such as `BELLWETHER_WEBHOOK_DPO` for the name `dpo`.
    pub fn variable(&self) -> String {
        format!("BELLWETHER_WEBHOOK_{}", self.name.to_uppercase().replace('-', "_"))
    }

    /// Name and value of the secret header, if there is such a header. `env` looks a variable up; it comes
    /// before the file.
    ///
    /// # Errors
    /// When the value is missing, cannot be read, or fits no header.
    pub fn secret(&self, env: impl Fn(&str) -> Option<String>) -> Result<Option<(String, SecretString)>, SecretError> {
        let Some(SecretHeader { header, file }) = &self.secret else {
            return Ok(None);
        };
        let (name, variable) = (self.name.clone(), self.variable());
        let text = match (env(&variable), file) {
            (Some(text), _) => text,
            (None, Some(path)) => read(path).map_err(|why| SecretError::Unreadable {
                name: name.clone(),
                path: path.clone(),
                why,
            })?,
            (None, None) => return Err(SecretError::Missing { name, variable }),
        };
        let value = text.trim();
        if value.is_empty() {
            return Err(SecretError::Empty { name, variable });
        }
        if !value.bytes().all(|byte| byte == b' ' || byte.is_ascii_graphic()) {
            return Err(SecretError::Malformed { name });
        }
        Ok(Some((header.clone(), SecretString::from(value))))
    }
}

fn read(path: &std::path::Path) -> Result<String, String> {
    use std::io::Read;
    let mut text = String::new();
    let file = std::fs::File::open(path).map_err(|error| plainly(&error))?;
    let length = file.take(LONGEST + 1).read_to_string(&mut text);
    match length.map_err(|error| plainly(&error))? {
        length if length as u64 > LONGEST => Err(format!("it has more than {LONGEST} bytes")),
        _ => Ok(text),
    }
}

/// Why a file cannot be read.
pub(super) fn plainly(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => "there is no such file".to_owned(),
        std::io::ErrorKind::PermissionDenied => "the bot's user may not read it".to_owned(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use secrecy::ExposeSecret;

    use super::*;

    fn webhook(file: Option<PathBuf>) -> Webhook {
        Webhook {
            name: "data-protection".to_owned(),
            url: SecretString::from("https://example.org/hidden-path"),
            secret: Some(SecretHeader {
                header: "Authorization".to_owned(),
                file,
            }),
        }
    }

    #[test]
    fn the_secret_comes_from_the_environment_or_a_file() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("secret");
        std::fs::write(&path, "Bearer from-the-file\n").expect("it is written");
        let env = |name: &str| (name == "BELLWETHER_WEBHOOK_DATA_PROTECTION").then(|| "Bearer from-env".to_owned());
        let read = |webhook: &Webhook, env: &dyn Fn(&str) -> Option<String>| {
            let (header, value) = webhook.secret(env).expect("a secret").expect("a header");
            (header, value.expose_secret().to_owned())
        };
        let header = "Authorization".to_owned();
        let with_file = webhook(Some(path));
        assert_eq!(
            read(&with_file, &|_| None),
            (header.clone(), "Bearer from-the-file".to_owned())
        );
        assert_eq!(read(&with_file, &env), (header, "Bearer from-env".to_owned()));
        assert!(!format!("{with_file:?}").contains("hidden-path"));
    }

    #[test]
    fn what_is_wrong_is_told_without_the_secret() {
        let none = webhook(None);
        let told = |text: &'static str| {
            none.secret(move |_| Some(text.to_owned()))
                .expect_err("it is wrong")
                .to_string()
        };
        assert!(told(" \n").contains("is empty"));
        let malformed = told("very\nsecret");
        assert!(
            malformed.contains("the bare value") && !malformed.contains("very"),
            "{malformed}"
        );
        let missing = none.secret(|_| None).expect_err("nothing is set").to_string();
        assert!(missing.contains("BELLWETHER_WEBHOOK_DATA_PROTECTION"), "{missing}");
        let gone = webhook(Some(PathBuf::from("/nowhere/secret")));
        let unreadable = gone.secret(|_| None).expect_err("no such file").to_string();
        assert!(unreadable.contains("/nowhere/secret"), "{unreadable}");
    }
}
