//! Reading an answer: limits from its headers, its body once, and what it means.

use reqwest::header::HeaderMap;
use reqwest::{Response, StatusCode};
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::error::RestError;
use crate::clock::Millis;
use crate::discord::wire::limits::{Scope, Told};

/// The body of an answer of success.
#[derive(Debug)]
pub(super) struct Success {
    status: u16,
    body: Vec<u8>,
}

/// The longest wait that is believed: a server that counts in other units must not close a route for years.
const LONGEST: i64 = Millis::DAY;

/// Discord's form of a refusal. Its text and its tree of errors are left out: they may repeat what was sent.
#[derive(Debug, PartialEq)]
struct Refusal {
    code: u32,
    retry_after: Option<f64>,
    global: bool,
}

impl Refusal {
    /// None if it is not a JSON object; each field by itself, so that one with another form hides no other.
    fn read(body: &[u8]) -> Option<Self> {
        let body: serde_json::Map<String, Value> = serde_json::from_slice(body).ok()?;
        let field = |name: &str| body.get(name).unwrap_or(&Value::Null);
        Some(Self {
            code: field("code")
                .as_u64()
                .and_then(|code| code.try_into().ok())
                .unwrap_or(0),
            retry_after: field("retry_after").as_f64(),
            global: field("global").as_bool().unwrap_or(false),
        })
    }
}

/// What the headers say.
pub(super) fn told(status: StatusCode, headers: &HeaderMap, now: Millis) -> Told {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let scope = match text("x-ratelimit-scope") {
        _ if text("x-ratelimit-global").is_some_and(|global| !global.eq_ignore_ascii_case("false")) => Scope::Global,
        Some("global") => Scope::Global,
        Some("shared") => Scope::Shared,
        _ => Scope::User,
    };
    let reset_after = text("x-ratelimit-reset-after").and_then(milliseconds);
    // Reset is an instant on Discord's clock, which is not ours: only without Reset-After.
    let reset = text("x-ratelimit-reset")
        .and_then(milliseconds)
        .map(|reset| Millis(reset).since(now));
    Told {
        status: status.as_u16(),
        bucket: text("x-ratelimit-bucket").map(str::to_owned),
        limit: text("x-ratelimit-limit").and_then(|limit| limit.parse().ok()),
        remaining: text("x-ratelimit-remaining").and_then(|remaining| remaining.parse().ok()),
        reset_after: reset_after.or(reset).map(|wait| wait.min(LONGEST)),
        retry_after: text("retry-after").and_then(milliseconds).map(|wait| wait.min(LONGEST)),
        scope,
    }
}

/// The server's time (RFC 9110, 6.6.1); to the second.
pub(super) fn date(headers: &HeaderMap) -> Option<Millis> {
    let date = headers.get(reqwest::header::DATE)?.to_str().ok()?;
    jiff::fmt::rfc2822::DateTimeParser::new()
        .parse_timestamp(date)
        .ok()
        .map(Millis::from)
}

/// Reads the body: what it adds to the headers, and what the answer means.
pub(super) async fn read(response: Response, mut told: Told, now: Millis) -> (Told, Result<Success, RestError>) {
    let status = told.status;
    let body = response.bytes().await;
    if (200..300).contains(&status) {
        let success = body.map(|body| Success {
            status,
            body: body.to_vec(),
        });
        return (told, success.map_err(|_| RestError::Garbled { status }));
    }
    let refusal = body.ok().and_then(|body| Refusal::read(&body));
    if status == 429 {
        match &refusal {
            None if told.bucket.is_none() && told.limit.is_none() => told.scope = Scope::Edge,
            Some(refusal) if refusal.global => told.scope = Scope::Global,
            None | Some(_) => {}
        }
        // The body's number has decimals; the header's is rounded up.
        let exact = refusal.as_ref().and_then(|refusal| refusal.retry_after).and_then(whole);
        told.retry_after = exact.map(|wait| wait.min(LONGEST)).or(told.retry_after);
    }
    let error = meaning(&told, refusal.map_or(0, |refusal| refusal.code), now);
    (told, Err(error))
}

fn meaning(told: &Told, code: u32, now: Millis) -> RestError {
    match told.status {
        401 => RestError::TokenRefused,
        429 => RestError::Throttled {
            until: now + told.retry_after.unwrap_or(Millis::SECOND),
        },
        status @ 500.. => RestError::Server { status },
        status => RestError::Refused { status, code },
    }
}

/// The typed content of a success.
pub(super) fn decode<T: DeserializeOwned>(success: &Success) -> Result<T, RestError> {
    let body: &[u8] = if success.body.is_empty() {
        b"null"
    } else {
        &success.body
    };
    serde_json::from_slice(body).map_err(|_| RestError::Garbled { status: success.status })
}

/// Seconds with decimals to milliseconds, rounded up.
fn milliseconds(text: &str) -> Option<i64> {
    text.parse().ok().and_then(whole)
}

fn whole(seconds: f64) -> Option<i64> {
    // 1e12 seconds fit; more, a negative number or NaN is nonsense.
    (0.0..1e12)
        .contains(&seconds)
        .then(|| (seconds * 1_000.0).ceil() as i64)
}

#[cfg(test)]
mod tests {
    use reqwest::header::HeaderValue;

    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        let pairs = pairs.iter();
        pairs
            .map(|&(name, value)| (name.parse().expect("a name"), HeaderValue::from_static(value)))
            .collect()
    }

    #[test]
    fn reset_after_is_preferred_to_a_foreign_clock() {
        let now = Millis(1_000_000);
        let both = headers(&[
            ("x-ratelimit-bucket", "abc"),
            ("x-ratelimit-limit", "5"),
            ("x-ratelimit-remaining", "4"),
            ("x-ratelimit-reset", "1470173023.123"),
            ("x-ratelimit-reset-after", "0.0641"),
        ]);
        let read = told(StatusCode::OK, &both, now);
        assert_eq!(
            (read.limit, read.remaining, read.reset_after),
            (Some(5), Some(4), Some(65))
        );
        assert_eq!(read.bucket.as_deref(), Some("abc"));
        let only_reset = headers(&[("x-ratelimit-reset", "1002.5")]);
        assert_eq!(told(StatusCode::OK, &only_reset, now).reset_after, Some(2_500));
        for nonsense in ["-1", "NaN", "inf", "", "1e300"] {
            let wrong = headers(&[("x-ratelimit-reset-after", nonsense)]);
            assert_eq!(told(StatusCode::OK, &wrong, now).reset_after, None, "{nonsense}");
        }
    }

    #[test]
    fn the_date_is_read_and_nonsense_is_none() {
        let read = |text: &'static str| date(&headers(&[("date", text)]));
        assert_eq!(read("Sun, 06 Nov 1994 08:49:37 GMT"), Some(Millis(784_111_777_000)));
        for nonsense in ["", "yesterday", "Sun, 06 Nov 1994", "784111777"] {
            assert_eq!(read(nonsense), None, "{nonsense}");
        }
        assert_eq!(date(&HeaderMap::new()), None);
    }

    #[test]
    fn a_wait_of_years_is_not_believed() {
        let far = headers(&[("x-ratelimit-reset-after", "1000000000"), ("retry-after", "1000000000")]);
        let read = told(StatusCode::TOO_MANY_REQUESTS, &far, Millis(0));
        assert_eq!((read.reset_after, read.retry_after), (Some(LONGEST), Some(LONGEST)));
    }

    #[test]
    fn a_refusal_is_read_field_by_field() {
        let refusal = |code, retry_after, global| Refusal {
            code,
            retry_after,
            global,
        };
        for (body, expected) in [
            (r#"{"code":50007,"message":"no"}"#, Some(refusal(50_007, None, false))),
            (
                r#"{"retry_after":1.5,"global":true,"code":null}"#,
                Some(refusal(0, Some(1.5), true)),
            ),
            (
                r#"{"retry_after":2,"global":null,"code":"x"}"#,
                Some(refusal(0, Some(2.0), false)),
            ),
            ("error code: 1015", None),
            ("", None),
            ("7", None),
        ] {
            assert_eq!(Refusal::read(body.as_bytes()), expected, "{body}");
        }
    }

    #[test]
    fn the_scope_is_read() {
        for (name, value, scope) in [
            ("x-ratelimit-global", "true", Scope::Global),
            ("x-ratelimit-global", "false", Scope::User),
            ("x-ratelimit-scope", "global", Scope::Global),
            ("x-ratelimit-scope", "shared", Scope::Shared),
            ("x-ratelimit-scope", "user", Scope::User),
        ] {
            let pairs = headers(&[(name, value), ("retry-after", "2")]);
            let read = told(StatusCode::TOO_MANY_REQUESTS, &pairs, Millis(0));
            assert_eq!((read.scope, read.retry_after), (scope, Some(2_000)));
        }
    }

    #[test]
    fn a_success_that_cannot_be_read_is_told_apart() {
        let success = |body: &str| Success {
            status: 200,
            body: body.as_bytes().to_vec(),
        };
        assert_eq!(decode::<u8>(&success("7")), Ok(7));
        assert_eq!(
            decode::<u8>(&success("<html>")),
            Err(RestError::Garbled { status: 200 })
        );
        assert_eq!(decode::<Option<u8>>(&success("")), Ok(None));
    }
}
