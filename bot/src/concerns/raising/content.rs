//! What is inside a sealed file: JSON that people can read with any age program.

use anyhow::Context;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::concerns::case::CaseNumber;
use crate::concerns::keys::sealing::{STEPS, pad};
use crate::concerns::secret::Secret;
use crate::ids::MemberId;

/// Version of the form.
const VERSION: u8 = 1;

/// A report as it is sealed.
#[derive(Serialize)]
pub(crate) struct Report<'a> {
    pub v: u8,
    pub kind: &'static str,
    /// The case number, so that a file taken out of its place still says where it belongs.
    pub case: String,
    pub category: &'a str,
    pub urgency: &'static str,
    pub received: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reporter: Option<Who<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub about: Option<&'a str>,
    pub text: &'a str,
}

/// Who raised a concern.
#[derive(Serialize)]
pub(crate) struct Who<'a> {
    pub member: MemberId,
    pub name: &'a str,
}

/// An identity as it is sealed to one handler.
#[derive(Serialize)]
pub(crate) struct Identity<'a> {
    pub v: u8,
    pub kind: &'static str,
    pub case: String,
    pub reporter: Who<'a>,
}

impl<'a> Identity<'a> {
    pub fn new(case: &CaseNumber, reporter: Who<'a>) -> Self {
        let (v, kind, case) = (VERSION, "identity", case.to_string());
        Self {
            v,
            kind,
            case,
            reporter,
        }
    }
}

/// Anything else that is said in a case.
#[derive(Serialize)]
pub(crate) struct Said<'a> {
    pub v: u8,
    pub kind: &'static str,
    pub case: String,
    pub text: &'a str,
}

impl<'a> Said<'a> {
    /// `kind` is the entry's word.
    pub fn new(kind: &'static str, case: &CaseNumber, text: &'a str) -> Self {
        let (v, case) = (VERSION, case.to_string());
        Self { v, kind, case, text }
    }
}

impl Report<'_> {
    pub const VERSION: u8 = VERSION;
    pub const KIND: &'static str = "report";
}

/// JSON, padded for sealing.
///
/// # Errors
/// When it is longer than the longest step.
pub(crate) fn padded(content: &impl Serialize) -> anyhow::Result<Zeroizing<Vec<u8>>> {
    let longest = STEPS.into_iter().max().unwrap_or_default();
    // Room for what JSON escapes, because growing would leave a copy behind.
    let mut json = Zeroizing::new(Vec::with_capacity(2 * longest));
    serde_json::to_writer(&mut *json, content).context("writing what is to be sealed")?;
    pad(json)
}

/// What an opened file says, of all kinds.
pub struct Opened {
    pub kind: String,
    pub case: String,
    pub text: Secret,
    /// The message that a report is about.
    pub about: Option<Secret>,
    /// Name of the reporter, if the file holds it.
    pub reporter: Option<(MemberId, Secret)>,
}

#[derive(Deserialize)]
struct Raw {
    kind: String,
    case: String,
    #[serde(default)]
    text: String,
    about: Option<String>,
    reporter: Option<RawWho>,
}

#[derive(Deserialize)]
struct RawWho {
    member: MemberId,
    name: String,
}

/// Reads an opened file.
///
/// # Errors
/// When it is not one of ours. The text reveals nothing of the content.
pub fn read(plain: &[u8]) -> anyhow::Result<Opened> {
    let raw: Result<Raw, _> = serde_json::from_slice(plain);
    let Ok(raw) = raw else {
        anyhow::bail!("what was sealed is not in the form of this program");
    };
    Ok(Opened {
        kind: raw.kind,
        case: raw.case,
        text: Secret::new(raw.text),
        about: raw.about.map(Secret::new),
        reporter: raw.reporter.map(|who| (who.member, Secret::new(who.name))),
    })
}
