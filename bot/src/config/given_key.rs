//! A secret that the surroundings hand over in place of a file: the log's key for `evidence.key_file`, the pepper for
//! `concerns.pepper_file`. It comes from the environment, or from systemd.

use std::fmt;
use std::path::PathBuf;

use secrecy::SecretString;

use super::Problem;

/// The variable that holds a key, and the credential that does.
const LOG_KEY: (&str, &str) = ("BELLWETHER_LOG_KEY", "log-key");
/// The same for the pepper of case keys.
const PEPPER: (&str, &str) = ("BELLWETHER_CONCERN_PEPPER", "concern-pepper");
/// The folder of a service's credentials, as systemd names it.
const CREDENTIALS: &str = "CREDENTIALS_DIRECTORY";

/// Where the secret is that takes the place of the file. Its `Debug` shows no secret.
#[derive(Clone, Debug)]
pub enum GivenKey {
    /// The text of a variable.
    Environment(SecretString),
    /// A file of systemd's `LoadCredential=`; systemd itself keeps others from reading it.
    Credential(PathBuf),
}

impl fmt::Display for GivenKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Environment(_) => formatter.write_str("the environment"),
            Self::Credential(path) => write!(formatter, "the systemd credential {}", path.display()),
        }
    }
}

/// The log key that the surroundings hand over, if any; `env` looks a variable up.
pub(super) fn given_key(env: impl Fn(&str) -> Option<String>) -> Result<Option<GivenKey>, Problem> {
    given(env, LOG_KEY)
}

/// The pepper that the surroundings hand over, if any.
pub(super) fn given_pepper(env: impl Fn(&str) -> Option<String>) -> Result<Option<GivenKey>, Problem> {
    given(env, PEPPER)
}

fn given(
    env: impl Fn(&str) -> Option<String>,
    (variable, name): (&'static str, &'static str),
) -> Result<Option<GivenKey>, Problem> {
    let text = env(variable);
    let credential = env(CREDENTIALS).map(|folder| PathBuf::from(folder).join(name));
    match (text, credential.filter(|path| path.exists())) {
        (None, None) => Ok(None),
        (Some(text), None) => Ok(Some(GivenKey::Environment(SecretString::from(text)))),
        (None, Some(path)) => Ok(Some(GivenKey::Credential(path))),
        (Some(_), Some(path)) => Err(Problem {
            at: variable.to_owned(),
            found: format!("a secret here and another in {}", path.display()),
            allowed: "one of them".to_owned(),
            mend: format!("remove {variable} from the environment, or the credential {name} from the unit"),
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_place_hands_a_key_over() {
        let folder = tempfile::tempdir().expect("a folder");
        let directory = folder.path().display().to_string();
        let env = |pairs: &[(&str, &str)]| {
            let pairs: Vec<(String, String)> = pairs
                .iter()
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
                .collect();
            move |name: &str| {
                pairs
                    .iter()
                    .find(|(key, _)| key == name)
                    .map(|(_, value)| value.clone())
            }
        };
        let none = given_key(env(&[(CREDENTIALS, &directory)])).expect("no key is no problem");
        assert!(none.is_none(), "a service may have other credentials");
        let given = given_key(env(&[(LOG_KEY.0, "PRIVATE+KEY+secret")])).expect("a key");
        let given = given.expect("a key");
        assert!(!format!("{given:?} {given}").contains("secret"));
        std::fs::write(folder.path().join(LOG_KEY.1), "key").expect("a credential");
        let given = given_key(env(&[(CREDENTIALS, &directory)])).expect("a key");
        assert!(matches!(given, Some(GivenKey::Credential(path)) if path.ends_with("log-key")));
        let both = given_key(env(&[(CREDENTIALS, &directory), (LOG_KEY.0, "x")]));
        assert!(
            both.expect_err("two keys")
                .found
                .starts_with("a secret here and another in /")
        );
    }
}
