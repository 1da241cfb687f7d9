//! Addresses: of Discord's API, and of the database. Neither is shown in a problem, as it may hold a password.

use std::net::IpAddr;
use std::path::{Path, PathBuf};

use url::{Host, Url};

/// Why an address is refused.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Refused {
    pub found: String,
    pub allowed: &'static str,
    pub mend: &'static str,
}

const API: &str = "an https address, such as \"https://discord.com/api\"; http for this machine only";
const WEBHOOK: &str = "an https address; http for this machine only";
const AUTHORITY: &str = "an https or http address, such as \"https://tsa.example.org/tsr\"";
const DATABASE: &str = "\"sqlite://PATH\" or \"postgres://USER@HOST/DATABASE\"";

/// Discord's API, or something that speaks like it.
pub(super) fn api(text: &str) -> Result<Url, Refused> {
    let refuse = |found: &str, mend| {
        Err(Refused {
            found: found.to_owned(),
            allowed: API,
            mend,
        })
    };
    let Ok(url) = Url::parse(text) else {
        return refuse("something that is not a URL", "write such an address");
    };
    if !url.username().is_empty() || url.password().is_some() {
        return refuse("an address with a user or password", "remove the part before @");
    }
    if url.query().is_some() || url.fragment().is_some() {
        return refuse("an address with ? or #", "remove what follows the path");
    }
    if url.host().is_none() {
        return refuse("an address without a host", "write such an address");
    }
    match url.scheme() {
        "https" => Ok(url),
        "http" if is_loopback(&url) => Ok(url),
        "http" => refuse(
            "plain http to another machine",
            "use https: the bot's token travels with every request",
        ),
        _ => refuse("a scheme other than https", "write such an address"),
    }
}

/// Whether an address is on this machine.
pub fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => IpAddr::from(address).is_loopback(),
        Some(Host::Ipv6(address)) => IpAddr::from(address).is_loopback(),
        None => false,
    }
}

/// An address that takes published checkpoints. A part before @ is refused: requests would send it as a header, and
/// secrets have their own place.
pub(super) fn webhook(text: &str) -> Result<Url, Refused> {
    let url = outside(text, WEBHOOK)?;
    match url.scheme() {
        "https" => Ok(url),
        "http" if is_loopback(&url) => Ok(url),
        "http" => Err(Refused {
            found: "plain http to another machine".to_owned(),
            allowed: WEBHOOK,
            mend: "use https, so that the copy and its secret header cannot be changed or read on the way",
        }),
        _ => Err(other_scheme(WEBHOOK)),
    }
}

/// A time-stamping authority. Plain http is common there, and the reply is signed.
pub(super) fn authority(text: &str) -> Result<Url, Refused> {
    let url = outside(text, AUTHORITY)?;
    match url.scheme() {
        "https" | "http" => Ok(url),
        _ => Err(other_scheme(AUTHORITY)),
    }
}

fn other_scheme(allowed: &'static str) -> Refused {
    Refused {
        found: "another scheme".to_owned(),
        allowed,
        mend: "write such an address",
    }
}

fn outside(text: &str, allowed: &'static str) -> Result<Url, Refused> {
    let refuse = |found: &str, mend| {
        Err(Refused {
            found: found.to_owned(),
            allowed,
            mend,
        })
    };
    match Url::parse(text) {
        Ok(url) if !url.username().is_empty() || url.password().is_some() => {
            refuse("an address with a user or password", "remove the part before @")
        }
        Ok(url) if url.fragment().is_some() => refuse("an address with #", "remove what follows the #"),
        Ok(url) if url.host().is_none() => refuse("an address without a host", "write such an address"),
        Ok(url) => Ok(url),
        Err(_) => refuse("something that is not a URL", "write such an address"),
    }
}

/// The database; a relative SQLite path is taken from `folder`.
pub(super) fn database(text: &str, folder: &Path) -> Result<String, Refused> {
    let refuse = |found: &str, mend| {
        Err(Refused {
            found: found.to_owned(),
            allowed: DATABASE,
            mend,
        })
    };
    if let Some(path) = text.strip_prefix("sqlite://") {
        if path.is_empty() || path.contains(":memory:") {
            return refuse(
                "an SQLite database without a file",
                "name a file: evidence must outlive the process",
            );
        }
        if path.contains(['?', '#']) {
            return refuse(
                "an SQLite path with ? or #",
                "remove it: the program sets SQLite's options itself",
            );
        }
        let path = folder.join(path);
        // The driver decodes percent signs and cuts at a question mark.
        let path = path.display().to_string().replace('%', "%25").replace('?', "%3F");
        return Ok(format!("sqlite://{path}"));
    }
    if text.starts_with("postgres://") || text.starts_with("postgresql://") {
        return match Url::parse(text) {
            Ok(url) if url.host_str().is_some_and(|host| !host.is_empty()) && url.path().len() > 1 => {
                Ok(text.to_owned())
            }
            Ok(url) if url.query_pairs().any(|(key, _)| key == "host") && url.path().len() > 1 => Ok(text.to_owned()),
            _ => refuse(
                "a PostgreSQL address without host or database",
                "write postgres://USER@HOST/DATABASE",
            ),
        };
    }
    refuse("another kind of address", "choose one of the two databases")
}

/// The file behind an SQLite address as [`database`] writes it.
pub(super) fn sqlite_file(url: &str) -> Option<PathBuf> {
    let path = url.strip_prefix("sqlite://")?;
    Some(PathBuf::from(path.replace("%3F", "?").replace("%25", "%")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_http_stays_on_this_machine() {
        for good in [
            "https://discord.com/api",
            "http://127.0.0.1:8080/api",
            "http://127.9.9.9",
            "http://[::1]:1/api",
            "http://localhost:3/api",
        ] {
            assert!(api(good).is_ok(), "{good}");
        }
        for bad in [
            "http://discord.com/api",
            "http://127.0.0.1.example.org",
            "http://localhost.example.org",
            "http://0.0.0.0:1",
            "http://user@127.0.0.1/",
            "https://u:p@discord.com/api",
            "https://discord.com/api?x",
            "https://discord.com/api#x",
            "ftp://discord.com",
            "discord.com/api",
            "/api",
        ] {
            assert!(api(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn copies_go_out_by_https_and_stamps_by_either() {
        for good in ["https://a.example/hook?key=1", "http://127.0.0.1:1/x", "http://[::1]/"] {
            assert!(webhook(good).is_ok(), "{good}");
            assert!(authority(good).is_ok(), "{good}");
        }
        assert!(authority("http://tsa.example.org/tsr").is_ok());
        for bad in [
            "http://a.example/hook",
            "https://user:pass@a.example/",
            "https://a.example/#x",
            "ftp://a.example/",
            "mailto:a@example.org",
            "a.example/hook",
        ] {
            let refused = webhook(bad).expect_err(bad);
            assert!(!refused.found.contains("example"), "{refused:?}");
        }
    }

    #[test]
    fn a_relative_database_lies_beside_the_configuration() {
        let folder = Path::new("/srv/50%");
        assert_eq!(
            database("sqlite://a.db", folder),
            Ok("sqlite:///srv/50%25/a.db".to_owned())
        );
        assert_eq!(
            sqlite_file("sqlite:///srv/50%25/a.db"),
            Some(PathBuf::from("/srv/50%/a.db"))
        );
        assert_eq!(
            database("sqlite:///var/a.db", folder),
            Ok("sqlite:///var/a.db".to_owned())
        );
        for bad in [
            "sqlite://",
            "sqlite://:memory:",
            "sqlite://a.db?mode=ro",
            "mysql://h/d",
            "postgres://h",
            "postgres:///d",
            "a.db",
        ] {
            assert!(database(bad, folder).is_err(), "{bad}");
        }
    }
}
