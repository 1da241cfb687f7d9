//! The bot's token: from the environment or from a file, never from the configuration, never shown.

use std::path::{Path, PathBuf};

use secrecy::SecretString;

/// Why there is no token.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum TokenError {
    #[error("no token: set DISCORD_TOKEN, or DISCORD_TOKEN_FILE to the path of a file that holds it")]
    Missing,
    #[error("DISCORD_TOKEN and DISCORD_TOKEN_FILE are both set: keep one of them")]
    Both,
    #[error("{0} is empty: put the token there; it is under Bot, Reset Token in Discord's developer portal")]
    Empty(&'static str),
    #[error("{0} holds spaces or line breaks: put nothing but the token there")]
    Malformed(&'static str),
    #[error("DISCORD_TOKEN_FILE names {path}, which cannot be read: {why}")]
    Unreadable { path: PathBuf, why: String },
}

/// The token, from `DISCORD_TOKEN` or from the file that `DISCORD_TOKEN_FILE` names; `env` looks a variable up.
pub fn token(env: impl Fn(&str) -> Option<String>) -> Result<SecretString, TokenError> {
    match (env("DISCORD_TOKEN"), env("DISCORD_TOKEN_FILE")) {
        (None, None) => Err(TokenError::Missing),
        (Some(_), Some(_)) => Err(TokenError::Both),
        (Some(token), None) => clean("DISCORD_TOKEN", &token),
        (None, Some(path)) => {
            let text = std::fs::read_to_string(&path).map_err(|error| TokenError::Unreadable {
                path: PathBuf::from(path),
                why: super::secret::plainly(&error),
            })?;
            clean("the file of DISCORD_TOKEN_FILE", &text)
        }
    }
}

fn clean(place: &'static str, text: &str) -> Result<SecretString, TokenError> {
    let text = text.trim();
    let text = text.strip_prefix("Bot ").unwrap_or(text).trim();
    if text.is_empty() {
        return Err(TokenError::Empty(place));
    }
    if !text.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(TokenError::Malformed(place));
    }
    Ok(SecretString::from(text))
}

/// A sentence when others than the owner may read the token's file; nothing on systems without such modes.
pub fn token_file_warning(path: &Path) -> Option<String> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(path).ok()?.permissions().mode() & 0o777;
        if mode & 0o077 != 0 {
            return Some(format!(
                "{} has mode {mode:04o}: others can read it; run: chmod 600 {}",
                path.display(),
                path.display()
            ));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use secrecy::ExposeSecret;

    fn with<'a>(pairs: &'a [(&str, &str)]) -> impl Fn(&str) -> Option<String> + 'a {
        |name| {
            pairs
                .iter()
                .find(|(key, _)| *key == name)
                .map(|(_, value)| (*value).to_owned())
        }
    }

    #[test]
    fn the_token_comes_from_one_place() {
        assert_eq!(token(with(&[])).expect_err("no token"), TokenError::Missing);
        let both = [("DISCORD_TOKEN", "a"), ("DISCORD_TOKEN_FILE", "b")];
        assert_eq!(token(with(&both)).expect_err("two tokens"), TokenError::Both);
        let empty = [("DISCORD_TOKEN", " \n")];
        assert!(matches!(token(with(&empty)), Err(TokenError::Empty(_))));
        let two = [("DISCORD_TOKEN", "a\nb")];
        assert!(matches!(token(with(&two)), Err(TokenError::Malformed(_))));
        let good = token(with(&[("DISCORD_TOKEN", "a.b.c")])).expect("a token");
        assert_eq!(good.expose_secret(), "a.b.c");
        assert!(!format!("{good:?}").contains("a.b.c"));
    }

    #[test]
    fn a_files_line_break_is_cut_off() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("token");
        std::fs::write(&path, "a.b.c\n").expect("the file is written");
        let named = path.display().to_string();
        let token = token(with(&[("DISCORD_TOKEN_FILE", &named)])).expect("a token");
        assert_eq!(token.expose_secret(), "a.b.c");
    }

    #[cfg(unix)]
    #[test]
    fn a_file_that_others_can_read_is_pointed_out() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("token");
        std::fs::write(&path, "a").expect("the file is written");
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o644)).expect("the mode is set");
        assert!(token_file_warning(&path).is_some_and(|warning| warning.contains("0644")));
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600)).expect("the mode is set");
        assert_eq!(token_file_warning(&path), None);
    }
}
