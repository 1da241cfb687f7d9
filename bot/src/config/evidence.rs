//! The evidence log: its name and files, how often it is published, and to whom.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use ::url::Url;
use secrecy::SecretString;

use super::{Evidence, url};
use crate::clock::Millis;
use crate::document::Fields;

/// Least milliseconds between two publications, at the shortest.
const SHORTEST: i64 = 10 * Millis::MINUTE;
/// The default of `anchor_warn_after_hours`, in milliseconds.
const WARN_AFTER: i64 = 36 * Millis::HOUR;

/// The default of `audit_days`, in milliseconds.
const AUDIT: i64 = 7 * Millis::DAY;

/// The least is more than a day, as a log in which nothing happens is published once a day.
const WARN_HOURS: std::ops::RangeInclusive<i64> = 26..=720;
const NAME: &str = "1 to 32 of the characters a to z, 0 to 9 and -";

impl Evidence {
    /// Key and guard in these files, published to nobody.
    pub fn unpublished(origin: &str, key_file: PathBuf, guard_file: PathBuf) -> Self {
        Self {
            origin: origin.to_owned(),
            key_file,
            given_key: None,
            guard_file,
            policy_file: None,
            publish_every: SHORTEST,
            audit_every: AUDIT,
            anchor_warn_after: WARN_AFTER,
            webhooks: Vec::new(),
            authorities: Vec::new(),
        }
    }
}

/// An address that takes published checkpoints.
#[derive(Clone, Debug)]
pub struct Webhook {
    /// 1 to 32 of a to z, 0 to 9 and hyphen.
    pub name: String,
    /// https; plain http for this machine alone. May hold a secret, so it is not shown.
    pub url: SecretString,
    /// A header whose value only the receiver knows.
    pub secret: Option<SecretHeader>,
}

/// A header whose value stands outside the configuration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SecretHeader {
    /// Name of the header, such as `Authorization`.
    pub header: String,
    /// The file with the value, where the environment does not give it.
    pub file: Option<PathBuf>,
}

/// A time-stamping authority.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Authority {
    /// 1 to 32 of a to z, 0 to 9 and hyphen.
    pub name: String,
    /// http or https.
    pub url: Url,
    /// Its certificates in PEM, for packs.
    pub chain_file: Option<PathBuf>,
}

pub(super) fn read(fields: Fields<'_>, folder: &Path) -> Evidence {
    let origin = fields.short_text("origin", 100);
    if origin.contains("://") || origin.contains(['+', ' ']) {
        fields.wrong(
            "origin",
            format!("{origin:?}"),
            "a name without scheme, space and +, such as \"bellwether.example.org/log\"",
            "write such a name",
        );
    }
    let evidence = Evidence {
        origin,
        key_file: folder.join(fields.text("key_file")),
        given_key: None,
        guard_file: folder.join(fields.text("guard_file")),
        policy_file: fields.optional_text("policy_file").map(|file| folder.join(file)),
        publish_every: fields.whole("publish_every_minutes", 10..=1_440) * Millis::MINUTE,
        audit_every: fields.whole("audit_days", 1..=31) * Millis::DAY,
        anchor_warn_after: fields.whole("anchor_warn_after_hours", WARN_HOURS) * Millis::HOUR,
        webhooks: webhooks(&fields, folder),
        authorities: authorities(&fields, folder),
    };
    if evidence.key_file == evidence.guard_file {
        fields.wrong(
            "guard_file",
            "the same file as key_file",
            "a file of its own",
            "name another file",
        );
    }
    fields.finish();
    evidence
}

fn webhooks(fields: &Fields<'_>, folder: &Path) -> Vec<Webhook> {
    let mut seen = BTreeSet::new();
    let tables = fields.tables("webhook").into_iter();
    tables
        .map(|fields| {
            let webhook = Webhook {
                name: name(&fields, &mut seen),
                url: SecretString::from(address(&fields, url::webhook).map_or_else(String::new, Into::into)),
                secret: secret(&fields, folder),
            };
            fields.finish();
            webhook
        })
        .collect()
}

fn authorities(fields: &Fields<'_>, folder: &Path) -> Vec<Authority> {
    let mut seen = BTreeSet::new();
    let tables = fields.tables("tsa").into_iter();
    let read = tables.filter_map(|fields| {
        let name = name(&fields, &mut seen);
        let url = address(&fields, url::authority);
        let chain_file = fields.optional_text("chain_file").map(|file| folder.join(file));
        fields.finish();
        let url = url?;
        Some(Authority { name, url, chain_file })
    });
    read.collect()
}

fn name(fields: &Fields<'_>, seen: &mut BTreeSet<String>) -> String {
    let name = fields.text("name");
    let plain = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-');
    if name.is_empty() {
        return name;
    }
    if name.len() > 32 || !name.bytes().all(plain) {
        fields.wrong("name", format!("{name:?}"), NAME, "write such a name");
    } else if !seen.insert(name.clone()) {
        fields.wrong(
            "name",
            format!("{name:?} twice"),
            "each name once",
            "give one of them another name",
        );
    }
    name
}

/// An address; a wrong one is told without being shown.
fn address(fields: &Fields<'_>, check: impl Fn(&str) -> Result<::url::Url, url::Refused>) -> Option<Url> {
    let text = fields.text("url");
    match check(&text) {
        Ok(url) => Some(url),
        Err(wrong) => {
            if !text.is_empty() {
                fields.wrong("url", wrong.found, wrong.allowed, wrong.mend);
            }
            None
        }
    }
}

fn secret(fields: &Fields<'_>, folder: &Path) -> Option<SecretHeader> {
    let header = fields.optional_text("secret_header");
    let file = fields.optional_text("secret_file").map(|file| folder.join(file));
    let Some(header) = header else {
        if file.is_some() {
            fields.wrong(
                "secret_file",
                "a file that is never read, because there is no secret_header",
                "a file only together with secret_header",
                "add secret_header, such as \"Authorization\", or remove the file",
            );
        }
        return None;
    };
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    if header.len() > 64 || !header.bytes().all(plain) {
        fields.wrong(
            "secret_header",
            format!("{header:?}"),
            "the name of a header: letters, digits and -",
            "write such a name, such as \"Authorization\"",
        );
        return None;
    }
    Some(SecretHeader { header, file })
}
