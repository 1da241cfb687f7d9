//! Answers with Discord's headers.

use axum::body::Body;
use axum::http::{HeaderName, HeaderValue, Response as HttpResponse, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use super::error::ApiError;
use crate::limits::Standing;

/// One answer on its way.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    body: Payload,
    headers: Vec<(&'static str, String)>,
    shared: bool,
    /// It came from before Discord's own machines.
    edge: bool,
}

#[derive(Debug)]
enum Payload {
    None,
    Json(Value),
    Text(String),
}

impl Answer {
    pub(crate) fn json(body: Value) -> Self {
        Self {
            body: Payload::Json(body),
            ..Self::status(200)
        }
    }

    pub(crate) fn created(body: Value) -> Self {
        Self {
            status: 201,
            ..Self::json(body)
        }
    }

    /// 204.
    pub(crate) fn none() -> Self {
        Self::status(204)
    }

    pub(crate) fn status(status: u16) -> Self {
        Self {
            status,
            body: Payload::None,
            headers: Vec::new(),
            shared: false,
            edge: false,
        }
    }

    pub(crate) fn text(status: u16, text: &str) -> Self {
        Self {
            body: Payload::Text(text.to_owned()),
            ..Self::status(status)
        }
    }

    pub(crate) fn refusal(error: &ApiError) -> Self {
        Self {
            status: error.status,
            ..Self::json(error.body())
        }
    }

    /// Discord's 429. Scope is `user`, `global` or `shared`.
    pub(crate) fn limited(scope: &'static str, wait_ms: i64, standing: Option<Standing>) -> Self {
        let seconds = wait_ms as f64 / 1000.0;
        let global = scope == "global";
        let body = json!({"message": "You are being rate limited.", "retry_after": seconds, "global": global});
        let mut answer = Self {
            status: 429,
            shared: scope == "shared",
            ..Self::json(body)
        };
        answer.headers.push((
            "retry-after",
            wait_ms
                .div_euclid(1000)
                .saturating_add(i64::from(wait_ms % 1000 != 0))
                .to_string(),
        ));
        answer.headers.push(("x-ratelimit-scope", scope.to_owned()));
        if global {
            answer.headers.push(("x-ratelimit-global", "true".to_owned()));
        }
        match standing {
            Some(standing) => answer.with_standing(standing),
            None => answer,
        }
    }

    /// Cloudflare's 429, which never reached Discord.
    pub(crate) fn cloudflare(retry_after_s: u32) -> Self {
        let mut answer = Self::text(
            429,
            "<html><title>Access denied | discord.com used Cloudflare to restrict access</title></html>",
        );
        answer.headers.push(("retry-after", retry_after_s.to_string()));
        answer.edge = true;
        answer
    }

    /// The same status with a body that is not JSON.
    pub(crate) fn garbled(self) -> Self {
        Self {
            status: 200,
            body: Payload::Text("{\"id\": \"12".to_owned()),
            ..self
        }
    }

    pub(crate) fn with_standing(mut self, standing: Standing) -> Self {
        let seconds = |ms: i64| format!("{}.{:03}", ms.div_euclid(1000), ms.rem_euclid(1000));
        self.headers.extend([
            ("x-ratelimit-limit", standing.limit.to_string()),
            ("x-ratelimit-remaining", standing.remaining.to_string()),
            ("x-ratelimit-reset", seconds(standing.reset_at)),
            ("x-ratelimit-reset-after", seconds(standing.reset_after_ms)),
            ("x-ratelimit-bucket", standing.bucket),
        ]);
        self
    }

    /// Whether it counts towards Discord's ban (401, 403, 429 unless shared).
    pub(crate) fn is_invalid(&self) -> bool {
        matches!(self.status, 401 | 403) || (self.status == 429 && !self.shared)
    }
}

impl IntoResponse for Answer {
    fn into_response(self) -> Response {
        let (kind, bytes) = match self.body {
            Payload::None => (None, Vec::new()),
            Payload::Json(body) => (Some("application/json"), serde_json::to_vec(&body).unwrap_or_default()),
            Payload::Text(text) => (Some("text/html; charset=UTF-8"), text.into_bytes()),
        };
        // 599 marks a cut connection in the recording; nothing of it reaches the client.
        let mut response = HttpResponse::builder()
            .status(self.status)
            .body(Body::from(bytes))
            .unwrap_or_default();
        if let Some(kind) = kind {
            response
                .headers_mut()
                .insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
        }
        if !self.edge {
            let via = HeaderValue::from_static("1.1 google");
            response.headers_mut().insert(header::VIA, via);
        }
        for (name, value) in self.headers {
            if let Ok(value) = HeaderValue::from_str(&value) {
                response.headers_mut().append(HeaderName::from_static(name), value);
            }
        }
        response
    }
}
