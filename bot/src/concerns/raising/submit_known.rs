//! Raising a concern under one's name, or so that one handler alone learns it.

use anyhow::Context;
use zeroize::Zeroizing;

use super::content::{self, Identity, Who};
use super::draft::{Prepared, prepare};
use super::filing::{Filing, file};
use super::submit::{ReportDraft, SubmitOutcome};
use crate::concerns::case::{Case, Mode};
use crate::concerns::desk::Desk;
use crate::concerns::entry::SealedFile;
use crate::concerns::keys::sealing::{FILE_STEPS, recipients, seal};
use crate::concerns::secret::Secret;
use crate::ids::MemberId;

/// Maximum number of files of a concern.
pub const MOST_FILES: usize = 5;
/// Longest name of a file, in bytes: what a tar header takes.
const LONGEST_NAME: usize = 100;
/// Bytes that a tar archive needs beside its one file.
const TAR: usize = 2_048;

/// Who raises a concern, if they say so.
pub struct Reporter {
    pub member: MemberId,
    /// The name by which handlers know the person.
    pub name: Secret,
    pub tie: Tie,
    pub files: Vec<FileDraft>,
}

/// Who learns the name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tie {
    /// Everybody who reads the report.
    Named,
    /// One handler alone.
    Confidential { confidant: MemberId },
}

/// A file from which everything about its making was removed.
pub struct FileDraft {
    /// Made up by the bot, such as `picture-1.png`; never the original's.
    pub name: String,
    pub bytes: zeroize::Zeroizing<Vec<u8>>,
}

/// Files a concern with its author, as the author wants to be known.
///
/// # Errors
/// When the database or the log cannot be read or written, or nothing can be sealed.
pub async fn submit_known(desk: &Desk, draft: ReportDraft, reporter: Reporter) -> anyhow::Result<SubmitOutcome> {
    if !files_fit(&reporter.files) {
        return Ok(SubmitOutcome::TooManyFiles);
    }
    let mode = match reporter.tie {
        Tie::Named => Mode::Named,
        Tie::Confidential { .. } => Mode::Confidential,
    };
    let mut prepared = match prepare(desk, &draft, mode).await? {
        Ok(prepared) => prepared,
        Err(outcome) => return Ok(outcome),
    };
    let (who, identity) = match reporter.tie {
        Tie::Named => (Some(reporter.who()), None),
        Tie::Confidential { confidant } => {
            let Some(sealed) = seal_identity(&prepared, confidant, reporter.who())? else {
                return Ok(SubmitOutcome::ConfidantMayNotRead);
            };
            prepared.case.confidant = Some(confidant);
            (None, Some(sealed))
        }
    };
    let filing = Filing {
        named: who.as_ref().map(|who| who.member),
        report: prepared.seal_report(&draft, who)?,
        files: seal_files(desk, &prepared, &reporter.files)?,
        case: prepared.case.clone(),
        called: prepared.called.clone(),
        barred: draft.barred,
        identity,
    };
    file(desk, filing).await?;
    Ok(SubmitOutcome::Filed(prepared.filed()))
}

impl Reporter {
    fn who(&self) -> Who<'_> {
        Who {
            member: self.member,
            name: self.name.expose(),
        }
    }
}

/// The identity, sealed to the confidant alone; `None` if that handler may not read the case.
fn seal_identity(prepared: &Prepared, confidant: MemberId, who: Who<'_>) -> anyhow::Result<Option<Vec<u8>>> {
    let Case { number, .. } = &prepared.case;
    let reader = prepared.route.readers.iter().find(|reader| reader.member == confidant);
    let Some(reader) = reader else {
        return Ok(None);
    };
    let keys = recipients([reader.recipient.as_str()])?;
    let plain = content::padded(&Identity::new(number, who))?;
    seal(&keys, &plain).map(Some)
}

fn files_fit(files: &[FileDraft]) -> bool {
    let most = FILE_STEPS.into_iter().max().unwrap_or_default() - TAR;
    files.len() <= MOST_FILES
        && files
            .iter()
            .all(|file| file.bytes.len() <= most && (1..=LONGEST_NAME).contains(&file.name.len()))
}

fn seal_files(desk: &Desk, prepared: &Prepared, files: &[FileDraft]) -> anyhow::Result<Vec<SealedFile>> {
    let each = files.iter().map(|file| {
        Ok(SealedFile {
            id: desk.core.chance.id(),
            sealed: seal(&prepared.recipients, &archive(file)?)?,
        })
    });
    each.collect()
}

/// The file in a tar archive, which carries its name and may end in as many zeros as the next step needs.
fn archive(file: &FileDraft) -> anyhow::Result<Zeroizing<Vec<u8>>> {
    let needed = file.bytes.len() + TAR;
    let step = FILE_STEPS.into_iter().find(|step| needed <= *step);
    let step = step.context("a file is longer than the longest step")?;
    let mut packed = Zeroizing::new(Vec::with_capacity(step));
    let mut header = tar::Header::new_ustar();
    header.set_size(file.bytes.len() as u64);
    header.set_mode(0o600);
    let mut builder = tar::Builder::new(&mut *packed);
    let added = builder.append_data(&mut header, &file.name, &file.bytes[..]);
    added.context("packing a file")?;
    builder.into_inner().context("packing a file")?;
    packed.resize(step, 0);
    Ok(packed)
}
