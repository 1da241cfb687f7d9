//! The client for everybody outside except Discord: short, bounded, and it follows no redirects.

use std::time::Duration;

use anyhow::Context;
use reqwest::header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, RETRY_AFTER};
use reqwest::redirect::Policy;
use url::Url;

use crate::clock::Millis;
use crate::config;

/// How long a connection may take.
const CONNECT: Duration = Duration::from_secs(5);
/// How long a whole request may take, unless it says otherwise.
const WHOLE: Duration = Duration::from_secs(15);
/// The longest wait that the other side can ask for.
const LONGEST_WAIT: i64 = Millis::DAY;
const USER_AGENT: &str = concat!("bellwether/", env!("CARGO_PKG_VERSION"));

/// The client. Proxies from the environment are used for addresses outside, not for this machine's own.
#[derive(Clone, Debug)]
pub(super) struct Http {
    outside: reqwest::Client,
    here: reqwest::Client,
}

/// What is posted, and where to.
#[derive(Debug)]
pub(super) struct Post<'a> {
    pub url: &'a Url,
    pub content_type: &'static str,
    pub headers: Vec<(HeaderName, HeaderValue)>,
    pub body: Vec<u8>,
    /// Maximum size in bytes of the answer's body; 0 leaves it unread.
    pub most: usize,
    /// How long it may take in all.
    pub within: Duration,
}

impl<'a> Post<'a> {
    pub(super) fn new(url: &'a Url, content_type: &'static str, body: Vec<u8>) -> Self {
        Self {
            url,
            content_type,
            headers: Vec::new(),
            body,
            most: 0,
            within: WHOLE,
        }
    }
}

/// What came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Answer {
    pub status: u16,
    /// Without parameters, lower case.
    pub content_type: String,
    /// How long the other side wants to be left alone, milliseconds.
    pub retry_after: Option<i64>,
    pub body: Vec<u8>,
}

/// Why nothing came back. Holds no address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum Trouble {
    #[error("cannot be reached")]
    Unreachable,
    #[error("took too long")]
    TooSlow,
    #[error("cut the connection")]
    Cut,
    #[error("answered with more than {0} bytes")]
    TooLong(usize),
}

impl Http {
    /// # Errors
    /// When the system offers no TLS.
    pub(super) fn new() -> anyhow::Result<Self> {
        let builder = || {
            reqwest::Client::builder()
                .user_agent(USER_AGENT)
                .connect_timeout(CONNECT)
                .redirect(Policy::none())
                .referer(false)
        };
        Ok(Self {
            outside: builder().build().context("building the HTTP client")?,
            here: builder().no_proxy().build().context("building the HTTP client")?,
        })
    }

    /// Posts once.
    pub(super) async fn post(&self, post: Post<'_>, now: Millis) -> Result<Answer, Trouble> {
        let client = if config::is_loopback(post.url) {
            &self.here
        } else {
            &self.outside
        };
        let request = client
            .post(post.url.clone())
            .timeout(post.within)
            .header(CONTENT_TYPE, post.content_type)
            .headers(HeaderMap::from_iter(post.headers))
            .body(post.body);
        let mut response = request.send().await.map_err(|error| trouble(&error))?;
        let mut body = Vec::new();
        if post.most > 0 {
            while let Some(chunk) = response.chunk().await.map_err(|error| trouble(&error))? {
                if body.len() + chunk.len() > post.most {
                    return Err(Trouble::TooLong(post.most));
                }
                body.extend_from_slice(&chunk);
            }
        }
        let header = |name: HeaderName| response.headers().get(name).and_then(|value| value.to_str().ok());
        let content_type = header(CONTENT_TYPE).and_then(|value| value.split(';').next());
        Ok(Answer {
            status: response.status().as_u16(),
            content_type: content_type.unwrap_or_default().trim().to_ascii_lowercase(),
            retry_after: header(RETRY_AFTER).and_then(|value| retry_after(value, now)),
            body,
        })
    }
}

fn trouble(error: &reqwest::Error) -> Trouble {
    if error.is_timeout() {
        Trouble::TooSlow
    } else if error.is_connect() {
        Trouble::Unreachable
    } else {
        Trouble::Cut
    }
}

/// Seconds, or a date (RFC 9110, 10.2.3), as milliseconds from now; never more than a day.
fn retry_after(value: &str, now: Millis) -> Option<i64> {
    let value = value.trim();
    let wait = if let Ok(seconds) = value.parse::<u32>() {
        i64::from(seconds) * Millis::SECOND
    } else {
        let date = jiff::fmt::rfc2822::parse(value).ok()?;
        Millis::from(date.timestamp()).since(now)
    };
    Some(wait.clamp(0, LONGEST_WAIT))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wait_is_read_as_seconds_or_a_date() {
        let now = Millis(1_795_424_400_000);
        for (value, wait) in [
            ("120", Some(120_000)),
            (" 0 ", Some(0)),
            ("4000000000", Some(LONGEST_WAIT)),
            ("Mon, 23 Nov 2026 09:01:00 GMT", Some(60_000)),
            ("Mon, 23 Nov 2020 09:01:00 GMT", Some(0)),
            ("soon", None),
            ("-1", None),
        ] {
            assert_eq!(retry_after(value, now), wait, "{value}");
        }
    }
}
