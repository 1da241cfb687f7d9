//! The log's signing key in a file that only its owner can read. Never shown, never logged.

use std::path::Path;

use anyhow::{Context, bail};
use bellwether_tlog::key::Key;
use secrecy::zeroize::Zeroizing;

use super::file;
use crate::chance::Chance;
use crate::document::{Problem, Problems};

/// Makes a key for the log `name` and stores it in a new file.
///
/// # Errors
/// When the file is there already or cannot be written.
pub(crate) fn create(path: &Path, name: &str, chance: &Chance) -> anyhow::Result<Key> {
    let key = Key::draw(name, chance);
    file::create(path, key.skey().as_bytes()).with_context(|| {
        format!(
            "the signing key {} cannot be created; its folder must exist and be writable",
            path.display()
        )
    })?;
    Ok(key)
}

/// Reads the key for the log `name`; none if there is no such file.
///
/// # Errors
/// When others may read the file, or it holds no key or another log's.
pub(crate) fn load(path: &Path, name: &str) -> anyhow::Result<Option<Key>> {
    let shown = path.display();
    let text = match std::fs::read_to_string(path) {
        Ok(text) => Zeroizing::new(text),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error).with_context(|| format!("the signing key {shown} cannot be read")),
    };
    file::refuse_readable_by_others(path, &format!("the signing key {shown}"))?;
    read(&text, &format!("the file {shown}"), name).map(Some)
}

/// The key for the log `name` in a text from `place`.
///
/// # Errors
/// When the text is not a key, or another log's.
pub(super) fn read(text: &str, place: &str, name: &str) -> anyhow::Result<Key> {
    let Some(key) = Key::parse(text) else {
        bail!("{place} holds no signing key of the form PRIVATE+KEY+name+id+base64; restore it from its copy");
    };
    if key.name() == name {
        return Ok(key);
    }
    Err(Problems::one(
        "the configuration",
        Problem {
            at: "evidence.origin".to_owned(),
            found: format!(
                "{name:?}, while the signing key in {place} belongs to the log {:?}",
                key.name()
            ),
            allowed: "the name that the log began with, for as long as it goes on".to_owned(),
            mend: format!(
                "set evidence.origin to {:?}, or bring the key that belongs to {name:?}",
                key.name()
            ),
        },
    )
    .into())
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAME: &str = "example.org/log";

    fn created() -> (tempfile::TempDir, std::path::PathBuf, Key) {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("log.key");
        let key = create(&path, NAME, &Chance::seeded(1)).expect("a fresh key");
        (folder, path, key)
    }

    #[test]
    fn a_created_key_is_read_again_and_is_its_owners_alone() {
        let (_folder, path, key) = created();
        let again = load(&path, NAME).expect("the key reads").expect("the key is there");
        assert_eq!(again.vkey(), key.vkey());
        assert_eq!(key.vkey().to_string().parse(), Ok(key.vkey()));
        let missing = load(&path.with_extension("other"), NAME).expect("absence is no error");
        assert!(missing.is_none());
        assert!(create(&path, NAME, &Chance::seeded(2)).is_err());
    }

    #[cfg(unix)]
    #[test]
    fn a_key_that_others_can_read_is_refused_with_the_remedy() {
        use std::os::unix::fs::PermissionsExt;
        let (_folder, path, _) = created();
        let mode = std::fs::metadata(&path).expect("the file").permissions().mode();
        assert_eq!(mode & 0o7777, 0o600);
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o640)).expect("a new mode");
        let error = load(&path, NAME).expect_err("the group can read it").to_string();
        assert!(error.contains("(mode 0640); run: chmod 600 /"), "{error}");
    }

    #[test]
    fn a_damaged_or_foreign_key_is_refused_without_showing_it() {
        let (_folder, path, key) = created();
        let error = load(&path, "other.org/log").expect_err("another log").to_string();
        assert!(error.contains("belongs to the log \"example.org/log\""), "{error}");
        let text = std::fs::read_to_string(&path).expect("the key");
        let secret = text.trim_end().rsplit('+').next().expect("a last part");
        assert!(!format!("{key:?}").contains(secret));
        for damaged in [
            "",
            "PRIVATE+KEY+",
            &text[..text.len() - 5],
            &text.replace("KEY+e", "KEY+f"),
        ] {
            std::fs::write(&path, damaged).expect("the file");
            let error = format!("{:?}", load(&path, NAME).expect_err("damaged"));
            assert!(error.contains("holds no signing key"), "{error}");
            assert!(!error.contains(&secret[..8]));
        }
    }
}
