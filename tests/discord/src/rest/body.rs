//! Reads a request: query, JSON, or multipart with `payload_json` and `files[n]`.

use axum::body::{Bytes, to_bytes};
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::header;
use serde_json::{Value, json};

use super::Call;
use super::error::ApiError;

/// Discord's limit for a request.
const MOST_BYTES: usize = 25 * 1024 * 1024;
/// Discord's limit for one file of a bot without boosts.
pub(crate) const MOST_FILE_BYTES: usize = 10 * 1024 * 1024;

/// One uploaded file.
#[derive(Debug, Clone)]
pub(crate) struct Upload {
    /// `files[0]`
    pub(crate) part: String,
    pub(crate) filename: String,
    pub(crate) content_type: Option<String>,
    pub(crate) bytes: Bytes,
}

impl Upload {
    /// As it stands in the recording.
    pub(crate) fn json(&self) -> Value {
        json!({"name": self.part, "filename": self.filename})
    }

    /// The n of `files[n]`.
    pub(crate) fn number(&self) -> Option<u64> {
        self.part.strip_prefix("files[")?.strip_suffix(']')?.parse().ok()
    }
}

/// Reads everything; what cannot be read is noted in `unreadable`.
pub(crate) async fn read(request: Request) -> Call {
    let (mut call, multipart) = head(&request);
    let read = if multipart {
        read_parts(&mut call, request).await
    } else {
        read_json(&mut call, request).await
    };
    call.unreadable = read.err();
    call
}

/// All but the body, and whether that is multipart.
fn head(request: &Request) -> (Call, bool) {
    let header = |name: header::HeaderName| {
        request
            .headers()
            .get(name)
            .and_then(|value| value.to_str().ok())
            .map(str::to_owned)
    };
    let multipart = header(header::CONTENT_TYPE).is_some_and(|kind| kind.starts_with("multipart/form-data"));
    let call = Call {
        method: request.method().as_str().to_owned(),
        path: path(request.uri().path()),
        query: query(request.uri().query().unwrap_or_default()),
        body: None,
        files: Vec::new(),
        authorization: header(header::AUTHORIZATION),
        user_agent: header(header::USER_AGENT),
        unreadable: None,
    };
    (call, multipart)
}

async fn read_json(call: &mut Call, request: Request) -> Result<(), ApiError> {
    let bytes = to_bytes(request.into_body(), MOST_BYTES)
        .await
        .map_err(|_| ApiError::of(40005))?;
    if !bytes.is_empty() {
        call.body = Some(serde_json::from_slice(&bytes).map_err(|_| ApiError::of(50109))?);
    }
    Ok(())
}

async fn read_parts(call: &mut Call, mut request: Request) -> Result<(), ApiError> {
    axum::extract::DefaultBodyLimit::apply(axum::extract::DefaultBodyLimit::max(MOST_BYTES), &mut request);
    let broken = |_| ApiError::of(50109);
    let mut parts = Multipart::from_request(request, &())
        .await
        .map_err(|_| ApiError::of(50109))?;
    while let Some(field) = parts.next_field().await.map_err(broken)? {
        let part = field.name().unwrap_or_default().to_owned();
        let filename = field.file_name().map(str::to_owned);
        let content_type = field.content_type().map(str::to_owned);
        let bytes = field.bytes().await.map_err(|_| ApiError::of(40005))?;
        if part == "payload_json" {
            call.body = Some(serde_json::from_slice(&bytes).map_err(|_| ApiError::of(50109))?);
        } else {
            call.files.push(Upload {
                part,
                filename: filename.unwrap_or_default(),
                content_type,
                bytes,
            });
        }
    }
    Ok(())
}

/// Splits a query string; `%XX` and `+` are decoded.
pub(crate) fn query(text: &str) -> Vec<(String, String)> {
    text.split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
        .map(|(key, value)| (decode(&key.replace('+', " ")), decode(&value.replace('+', " "))))
        .collect()
}

/// A path with its segments decoded; a slash inside of one stays as it was sent.
fn path(sent: &str) -> String {
    let segments = sent.split('/').map(|segment| {
        let decoded = decode(segment);
        if decoded.contains('/') {
            segment.to_owned()
        } else {
            decoded
        }
    });
    segments.collect::<Vec<_>>().join("/")
}

/// Decodes `%XX`.
fn decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, tail)) = rest.split_first() {
        let hex = tail
            .get(..2)
            .and_then(|two| std::str::from_utf8(two).ok())
            .and_then(|two| u8::from_str_radix(two, 16).ok());
        if let (b'%', Some(byte)) = (first, hex) {
            bytes.push(byte);
            rest = &tail[2..];
        } else {
            bytes.push(*first);
            rest = tail;
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn queries_are_decoded() {
        let pairs = query("limit=5&name=a%20b+c&flag");
        assert_eq!(pairs[1], ("name".to_owned(), "a b c".to_owned()));
        assert_eq!(pairs[2], ("flag".to_owned(), String::new()));
        assert_eq!(path("/a/%40original/b%2Fc/d+e"), "/a/@original/b%2Fc/d+e");
    }
}
