//! Message bodies: create, edit, interaction answers and follow-ups (resources/message.mdx).

use std::collections::BTreeSet;

use serde_json::Value;

use super::{Form, Text, components, join};
use crate::rest::error::ApiError;

/// SUPPRESS_EMBEDS.
pub(crate) const SUPPRESS_EMBEDS: u64 = 1 << 2;
/// SUPPRESS_NOTIFICATIONS.
const SUPPRESS_NOTIFICATIONS: u64 = 1 << 12;
/// IS_VOICE_MESSAGE.
const VOICE: u64 = 1 << 13;
/// IS_COMPONENTS_V2.
pub(crate) const COMPONENTS_V2: u64 = 1 << 15;

/// Where a message body was sent to; the rules differ in a few fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Use {
    Create,
    Edit,
    /// A callback or follow-up.
    Interaction,
}

impl Use {
    fn flags(self) -> u64 {
        match self {
            Self::Create => SUPPRESS_EMBEDS | SUPPRESS_NOTIFICATIONS | VOICE | COMPONENTS_V2,
            Self::Interaction => {
                SUPPRESS_EMBEDS | SUPPRESS_NOTIFICATIONS | VOICE | COMPONENTS_V2 | crate::state::message::EPHEMERAL
            }
            // Unsupported flags of an edit are ignored, never refused.
            Self::Edit => u64::MAX,
        }
    }
}

/// Checks a message body; `files` is the number of uploads with it.
pub(crate) fn check(body: &Value, path: &str, files: usize, usage: Use) -> Result<(), ApiError> {
    let mut form = Form::default();
    form.text(body, path, "content", Text::optional(2000));
    embeds(&mut form, body, path);
    flags(&mut form, body, path, usage);
    allowed_mentions(&mut form, body, path);
    attachments(&mut form, body, path, files);
    nonce(&mut form, body, path);
    form.list(body, path, "sticker_ids", 3);
    poll(&mut form, body, path);
    let is_v2 = body["flags"].as_u64().unwrap_or(0) & COMPONENTS_V2 != 0;
    components::check(&mut form, body, path, is_v2);
    if is_v2 {
        for key in ["content", "embeds", "sticker_ids", "poll"] {
            if given(&body[key]) {
                let message = "This field cannot be used when using MessageFlags.IS_COMPONENTS_V2";
                form.refuse(
                    &join(path, key),
                    "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
                    message,
                );
            }
        }
    }
    form.finish()?;
    if usage != Use::Edit && is_empty(body, files) {
        Err(ApiError::of(50006))
    } else {
        Ok(())
    }
}

/// Whether a field holds something.
pub(crate) fn given(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::String(text) => !text.is_empty(),
        Value::Array(list) => !list.is_empty(),
        Value::Bool(_) | Value::Number(_) | Value::Object(_) => true,
    }
}

fn is_empty(body: &Value, files: usize) -> bool {
    let content = body["content"].as_str().unwrap_or("").trim();
    files == 0
        && content.is_empty()
        && ![
            "embeds",
            "sticker_ids",
            "components",
            "poll",
            "shared_client_theme",
            "attachments",
        ]
        .iter()
        .any(|key| given(&body[*key]))
}

fn flags(form: &mut Form, body: &Value, path: &str, usage: Use) {
    let at = join(path, "flags");
    match body["flags"].as_u64() {
        None if body["flags"].is_null() => {}
        None => form.refuse(&at, "NUMBER_TYPE_COERCE", "Value is not int."),
        Some(flags) if flags & !usage.flags() != 0 => {
            form.refuse(&at, "MESSAGE_FLAGS_INVALID", "The specified flags cannot be used here.");
        }
        Some(_) => {}
    }
}

fn nonce(form: &mut Form, body: &Value, path: &str) {
    let length = match &body["nonce"] {
        Value::String(text) => text.chars().count(),
        Value::Number(number) => number.to_string().len(),
        Value::Null => 0,
        Value::Bool(_) | Value::Array(_) | Value::Object(_) => 26,
    };
    form.length(&join(path, "nonce"), length, 0, 25);
}

fn embeds(form: &mut Form, body: &Value, path: &str) {
    let at = join(path, "embeds");
    let list = form.list(body, path, "embeds", 10);
    let mut sum = 0;
    for (index, embed) in list.iter().enumerate() {
        let place = join(&at, index);
        sum += embed_text(form, embed, &place);
        for key in ["image", "thumbnail"] {
            if let Some(url) = embed[key]["url"].as_str() {
                web_address(form, &join(&place, format!("{key}.url")), url, true);
            }
        }
        if let Some(url) = embed["url"].as_str() {
            web_address(form, &join(&place, "url"), url, false);
        }
        form.integer(embed, &place, "color", 0, 0xFF_FFFF);
    }
    if sum > 6000 {
        form.refuse(
            &at,
            "MAX_EMBED_SIZE_EXCEEDED",
            "Embed size exceeds maximum size of 6000",
        );
    }
}

/// Checks an embed's texts and gives the number of characters that count towards the sum.
fn embed_text(form: &mut Form, embed: &Value, place: &str) -> usize {
    form.text(embed, place, "title", Text::optional(256));
    form.text(embed, place, "description", Text::optional(4096));
    form.text(&embed["footer"], &join(place, "footer"), "text", Text::optional(2048));
    form.text(&embed["author"], &join(place, "author"), "name", Text::optional(256));
    let count = |value: &Value| value.as_str().map_or(0, |text| text.chars().count());
    let mut sum = count(&embed["title"])
        + count(&embed["description"])
        + count(&embed["footer"]["text"])
        + count(&embed["author"]["name"]);
    let fields = form.list(embed, place, "fields", 25);
    for (index, field) in fields.iter().enumerate() {
        let at = join(place, format!("fields.{index}"));
        form.text(field, &at, "name", Text::required(1, 256));
        form.text(field, &at, "value", Text::required(1, 1024));
        sum += count(&field["name"]) + count(&field["value"]);
    }
    sum
}

fn web_address(form: &mut Form, path: &str, url: &str, attachment: bool) {
    let schemes: &[&str] = if attachment {
        &["http://", "https://", "attachment://"]
    } else {
        &["http://", "https://"]
    };
    if !schemes.iter().any(|scheme| url.starts_with(scheme)) {
        form.refuse(
            path,
            "URL_TYPE_INVALID_SCHEME",
            "Scheme must be one of ('http', 'https').",
        );
    }
}

fn allowed_mentions(form: &mut Form, body: &Value, path: &str) {
    let rules = &body["allowed_mentions"];
    let at = join(path, "allowed_mentions");
    let parse: BTreeSet<&str> = form
        .list(rules, &at, "parse", 3)
        .iter()
        .filter_map(Value::as_str)
        .collect();
    for kind in &parse {
        if !["users", "roles", "everyone"].contains(kind) {
            form.refuse(
                &join(&at, "parse"),
                "BASE_TYPE_CHOICES",
                "Value must be one of ('users', 'roles', 'everyone').",
            );
        }
    }
    for kind in ["users", "roles"] {
        let list = form.list(rules, &at, kind, 100);
        if parse.contains(kind) && !list.is_empty() {
            let message = format!("parse:[\"{kind}\"] and {kind}: [ids...] are mutually exclusive.");
            form.refuse(&at, "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE", &message);
        }
    }
}

fn attachments(form: &mut Form, body: &Value, path: &str, files: usize) {
    let list = form.list(body, path, "attachments", 10);
    for (index, attachment) in list.iter().enumerate() {
        let at = join(path, format!("attachments.{index}"));
        form.text(attachment, &at, "description", Text::optional(1024));
        if attachment["id"].is_null() {
            form.required(&join(&at, "id"));
        }
    }
    if files > 10 {
        form.refuse(
            &join(path, "attachments"),
            "BASE_TYPE_MAX_LENGTH",
            "Must be 10 or fewer in length.",
        );
    }
}

fn poll(form: &mut Form, body: &Value, path: &str) {
    let poll = &body["poll"];
    if poll.is_null() {
        return;
    }
    let at = join(path, "poll");
    form.text(
        &poll["question"],
        &join(&at, "question"),
        "text",
        Text::required(1, 300),
    );
    for (index, answer) in form.list(poll, &at, "answers", 10).iter().enumerate() {
        let place = join(&at, format!("answers.{index}.poll_media"));
        form.text(&answer["poll_media"], &place, "text", Text::required(1, 55));
    }
    form.integer(poll, &at, "duration", 1, 768);
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn code(body: &Value, usage: Use) -> u64 {
        check(body, "", 0, usage).map_or_else(|error| error.code, |()| 0)
    }

    #[test]
    fn limits_of_a_message_are_held() {
        assert_eq!(code(&json!({"content": "x".repeat(2000)}), Use::Create), 0);
        assert_eq!(code(&json!({"content": "x".repeat(2001)}), Use::Create), 50035);
        assert_eq!(code(&json!({"content": "  "}), Use::Create), 50006);
        assert_eq!(
            code(&json!({"content": "a", "nonce": "x".repeat(26)}), Use::Create),
            50035
        );
        assert_eq!(code(&json!({"content": "a", "nonce": 12}), Use::Create), 0);
    }

    #[test]
    fn ephemeral_is_for_interactions_only() {
        let body = json!({"content": "a", "flags": 64});
        assert_eq!(code(&body, Use::Create), 50035);
        assert_eq!(code(&body, Use::Interaction), 0);
    }

    #[test]
    fn embeds_are_counted_together() {
        let embed = json!({"description": "x".repeat(3001)});
        assert_eq!(code(&json!({"embeds": [embed]}), Use::Create), 0);
        assert_eq!(code(&json!({"embeds": [embed, embed]}), Use::Create), 50035);
    }

    #[test]
    fn mentions_are_either_parsed_or_listed() {
        let both = json!({"content": "a", "allowed_mentions": {"parse": ["users"], "users": ["1"]}});
        assert_eq!(code(&both, Use::Create), 50035);
        let one = json!({"content": "a", "allowed_mentions": {"parse": ["roles"], "users": ["1"]}});
        assert_eq!(code(&one, Use::Create), 0);
    }
}
