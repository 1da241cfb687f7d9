//! What is sent: mentions are always explicit, files travel beside the JSON.

use std::fmt;

use reqwest::multipart::{Form, Part};
use serde::Serialize;
use serde_json::{Value, json};

use super::error::RestError;

/// A file to post.
#[derive(Clone)]
pub struct File {
    pub name: String,
    pub content: Vec<u8>,
}

/// Shows nothing: it may hold what somebody wrote.
impl fmt::Debug for File {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("File")
    }
}

/// What is sent.
#[derive(Debug)]
pub(super) enum Payload {
    Nothing,
    Json(Vec<u8>),
    Files(Vec<u8>, Vec<File>),
}

/// The body with explicit `allowed_mentions`: nobody, if it says nothing.
///
/// # Errors
/// When the body cannot be written as JSON.
pub(super) fn harmless(body: &impl Serialize) -> Result<Value, RestError> {
    let mut body = serde_json::to_value(body).map_err(|_| RestError::Body)?;
    if let Some(fields) = body.as_object_mut() {
        let said = fields.get("allowed_mentions").is_some_and(|said| !said.is_null());
        if !said {
            fields.insert("allowed_mentions".to_owned(), json!({ "parse": [] }));
        }
    }
    Ok(body)
}

pub(super) fn payload(body: &impl Serialize, files: Vec<File>) -> Result<Payload, RestError> {
    with_files(&harmless(body)?, files)
}

pub(super) fn with_files(body: &impl Serialize, files: Vec<File>) -> Result<Payload, RestError> {
    let mut body = serde_json::to_value(body).map_err(|_| RestError::Body)?;
    if !files.is_empty() {
        list(&mut body, &files);
    }
    let body = serde_json::to_vec(&body).map_err(|_| RestError::Body)?;
    Ok(if files.is_empty() {
        Payload::Json(body)
    } else {
        Payload::Files(body, files)
    })
}

/// Names the files in the message that they belong to: an edit keeps only what is listed.
fn list(body: &mut Value, files: &[File]) {
    let attachments: Vec<Value> = files
        .iter()
        .enumerate()
        .map(|(at, file)| json!({ "id": at.to_string(), "filename": file.name }))
        .collect();
    // In the first answer to an interaction the message is one level deeper.
    let callback = body.get("type").is_some() && body.get("data").is_some_and(Value::is_object);
    let message = if callback { &mut body["data"] } else { body };
    if let Some(fields) = message.as_object_mut() {
        fields.insert("attachments".to_owned(), attachments.into());
    }
}

pub(super) fn form(body: Vec<u8>, files: Vec<File>) -> Result<Form, RestError> {
    let body = Part::bytes(body)
        .mime_str("application/json")
        .map_err(|_| RestError::Body)?;
    let mut form = Form::new().part("payload_json", body);
    for (at, file) in files.into_iter().enumerate() {
        form = form.part(format!("files[{at}]"), Part::bytes(file.content).file_name(file.name));
    }
    Ok(form)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_listed_in_the_message_that_they_belong_to() {
        let file = File {
            name: "1.leaf".to_owned(),
            content: vec![1],
        };
        let listed = json!([{ "id": "0", "filename": "1.leaf" }]);
        let body = |body: Value| match with_files(&body, vec![file.clone()]) {
            Ok(Payload::Files(body, _)) => serde_json::from_slice::<Value>(&body).expect("JSON"),
            other => panic!("{other:?}"),
        };
        assert_eq!(body(json!({ "content": "x" }))["attachments"], listed);
        let callback = body(json!({ "type": 4, "data": { "content": "x" } }));
        assert_eq!(callback["data"]["attachments"], listed);
        assert_eq!(callback["attachments"], Value::Null);
    }

    #[test]
    fn mentions_are_said_where_nothing_says_them() {
        let nobody = json!({ "parse": [] });
        let body = harmless(&json!({ "content": "x" })).expect("JSON");
        assert_eq!(body["allowed_mentions"], nobody);
        let null = harmless(&json!({ "content": "x", "allowed_mentions": null })).expect("JSON");
        assert_eq!(null["allowed_mentions"], nobody);
        let said = json!({ "content": "x", "allowed_mentions": { "parse": [], "users": ["7"] } });
        assert_eq!(harmless(&said).expect("JSON"), said);
    }
}
