//! Discord's refusals: HTTP status, JSON error code, sentence, and for 50035 the tree of `errors`.

use serde_json::{Value, json};

/// One refusal.
#[derive(Debug, Clone)]
pub(crate) struct ApiError {
    pub(crate) status: u16,
    pub(crate) code: u64,
    pub(crate) message: String,
    pub(crate) errors: Option<Value>,
}

/// (code, HTTP status, sentence) after topics/opcodes-and-status-codes.mdx and what Discord is seen to answer.
const KNOWN: &[(u64, u16, &str)] = &[
    (10002, 404, "Unknown Application"),
    (10003, 404, "Unknown Channel"),
    (10004, 404, "Unknown Guild"),
    (10007, 404, "Unknown Member"),
    (10008, 404, "Unknown Message"),
    (10011, 404, "Unknown Role"),
    (10013, 404, "Unknown User"),
    (10015, 404, "Unknown Webhook"),
    (10062, 404, "Unknown interaction"),
    (10063, 404, "Unknown application command"),
    (
        20009,
        403,
        "Explicit content cannot be sent to the desired recipient(s)",
    ),
    (
        20012,
        403,
        "You are not authorized to perform this action on this application",
    ),
    (
        20026,
        403,
        "Your bot has been flagged by our anti-spam system for abusive behavior.",
    ),
    (30032, 400, "Maximum number of application commands reached (100)."),
    (
        30034,
        429,
        "Max number of daily application command creates has been reached (200)",
    ),
    (40003, 403, "You are opening direct messages too fast."),
    (40005, 413, "Request entity too large"),
    (40060, 400, "Interaction has already been acknowledged."),
    (
        40094,
        403,
        "This interaction has reached the maximum number of follow-up messages.",
    ),
    (40333, 403, "internal network error"),
    (50001, 403, "Missing Access"),
    (50003, 403, "Cannot execute action on a DM channel"),
    (50005, 403, "Cannot edit a message authored by another user"),
    (50006, 400, "Cannot send an empty message"),
    (50007, 403, "Cannot send messages to this user"),
    (50013, 403, "Missing Permissions"),
    (50027, 401, "Invalid Webhook Token"),
    (50033, 400, "Invalid Recipient(s)"),
    (50041, 400, "Invalid API version"),
    (50109, 400, "The request body contains invalid JSON."),
    (50278, 403, "Cannot send messages to this user"),
    (200_000, 400, "Message was blocked by automatic moderation"),
    (200_001, 400, "Title was blocked by automatic moderation"),
    (240_000, 400, "Message blocked by harmful links filter"),
    (160_002, 403, "Cannot reply without permission to read message history"),
];

impl ApiError {
    /// A refusal out of the table.
    pub(crate) fn of(code: u64) -> Self {
        let (_, status, message) = KNOWN
            .iter()
            .find(|known| known.0 == code)
            .copied()
            .unwrap_or((code, 400, "Error"));
        Self {
            status,
            code,
            message: message.to_owned(),
            errors: None,
        }
    }

    /// A refusal without a JSON error code: 401, 404 of a route, 405.
    pub(crate) fn plain(status: u16, message: &str) -> Self {
        Self {
            status,
            code: 0,
            message: message.to_owned(),
            errors: None,
        }
    }

    pub(crate) fn unauthorized() -> Self {
        Self::plain(401, "401: Unauthorized")
    }

    pub(crate) fn no_route() -> Self {
        Self::plain(404, "404: Not Found")
    }

    /// 50035 with its tree.
    pub(crate) fn invalid_form(errors: Value) -> Self {
        Self {
            status: 400,
            code: 50035,
            message: "Invalid Form Body".to_owned(),
            errors: Some(errors),
        }
    }

    /// 50035 with one leaf at a dotted path.
    pub(crate) fn field(path: &str, code: &str, message: &str) -> Self {
        let mut form = crate::validate::Form::default();
        form.refuse(path, code, message);
        Self::invalid_form(form.into_tree())
    }

    pub(crate) fn body(&self) -> Value {
        let mut body = json!({"message": self.message, "code": self.code});
        if let Some(errors) = &self.errors {
            body["errors"] = errors.clone();
        }
        body
    }
}
