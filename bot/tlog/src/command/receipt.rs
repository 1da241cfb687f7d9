//! `bellwether-verify receipt` and `bellwether evidence verify-receipt`: checks receipts on their own.

use std::io::Write;
use std::path::{Path, PathBuf};

use super::{Exit, told};
use crate::note::Vkey;
use crate::policy::Policy;
use crate::receipt::{self, Checked, DISCLOSURES, EventProof, LEAF, PROOF};

mod files;

use files::{Files, gather, read, wrong};

#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Folders with receipts, or their files.
    #[arg(value_name = "PATH", required = true)]
    pub paths: Vec<PathBuf>,
    /// The log's verifier key, as the operator gave it to you earlier.
    #[arg(
        long,
        value_name = "KEY",
        required_unless_present = "policy",
        conflicts_with = "policy"
    )]
    pub vkey: Option<String>,
    /// A C2SP tlog-policy that says which logs and witnesses you trust.
    #[arg(long, value_name = "FILE")]
    pub policy: Option<PathBuf>,
}

/// Checks the receipts, and says what each proves.
///
/// # Errors
/// [`Wrong`](super::Wrong) where key, policy or files are not what they should be; or when what was found cannot be
/// written.
pub fn verify(own: &Arguments, out: &mut impl Write) -> anyhow::Result<Exit> {
    let policy = policy(own)?;
    let receipts = gather(&own.paths)?;
    let (mut exit, mut words) = (Exit::Done, Vec::new());
    for (name, files) in receipts {
        let (Some(proof), Some(leaf)) = (&files.proof, &files.leaf) else {
            let missing = if files.proof.is_none() { PROOF } else { LEAF };
            told(out, &words, exit)?;
            return Err(wrong(
                &name,
                format!("no file {name}.{missing}"),
                &format!("a .{PROOF} and a .{LEAF} of the same name, and mostly a .{DISCLOSURES}"),
                "put the files of a receipt side by side, under the names that they came with",
            ));
        };
        let checked = receipt::check(leaf, proof, &files.disclosures, &policy).map_err(anyhow::Error::from);
        let checked = checked.and_then(|checked| named_for(&name, checked));
        match checked.and_then(|checked| Ok((event(&checked, &files)?, checked))) {
            Ok((event, checked)) => {
                tell(&name, &checked, event.as_ref(), &mut words)?;
                exit = if checked.witnessed { exit } else { Exit::Found };
            }
            Err(error) => {
                writeln!(words, "{name}\n  result      DOES NOT HOLD: {error}")?;
                exit = Exit::Found;
            }
        }
    }
    Ok(told(out, &words, exit)?)
}

/// A receipt is named by the entry's index; under another number it would pass for that entry's.
fn named_for(name: &str, checked: Checked) -> anyhow::Result<Checked> {
    let named: Option<u64> = Path::new(name).file_name().and_then(|name| name.to_str()?.parse().ok());
    if let Some(named) = named.filter(|named| *named != checked.index) {
        anyhow::bail!(
            "its files are named for leaf {named}, but it is the receipt of leaf {}",
            checked.index
        );
    }
    Ok(checked)
}

/// The event that goes with a receipt, where there is one.
fn event(checked: &Checked, files: &Files) -> anyhow::Result<Option<EventProof>> {
    let checked = files.event.as_ref().map(|text| receipt::check_event(checked, text));
    Ok(checked.transpose()?)
}

fn tell(name: &str, checked: &Checked, event: Option<&EventProof>, out: &mut impl Write) -> anyhow::Result<()> {
    writeln!(out, "{name}")?;
    writeln!(
        out,
        "  leaf        {} of the log {}",
        checked.index, checked.checkpoint.origin
    )?;
    writeln!(out, "  record      {}", checked.record)?;
    writeln!(out, "  kind        {}", checked.kind)?;
    writeln!(out, "  recorded    {}", checked.at)?;
    if let Some(of) = checked.of {
        writeln!(out, "  continues   leaf {of}")?;
    }
    for (field, value) in &checked.fields {
        // Values are foreign text: nothing in them may control a terminal.
        writeln!(
            out,
            "  {:<11} {}",
            field.escape_debug().to_string(),
            value.escape_debug()
        )?;
    }
    if let Some(event) = event {
        // Quotation marks are harmless, and with a backslash before each one the text would be hard to read.
        let parts: Vec<String> = event
            .event
            .split('"')
            .map(|part| part.escape_debug().to_string())
            .collect();
        writeln!(out, "  event       {}", parts.join("\""))?;
        writeln!(out, "              one of {} under the root above", event.size)?;
    }
    if checked.hidden > 0 {
        writeln!(out, "  not given   {} fields: kept back or erased", checked.hidden)?;
    }
    writeln!(
        out,
        "  proved to   the signed checkpoint of {} leaves",
        checked.checkpoint.size
    )?;
    if checked.witnessed {
        writeln!(out, "  result      holds")?;
    } else {
        writeln!(
            out,
            "  result      the log signed it, but not as many witnesses as the policy asks for"
        )?;
    }
    Ok(())
}

fn policy(own: &Arguments) -> anyhow::Result<Policy> {
    if let Some(path) = &own.policy {
        let bytes = read(path)?;
        return Policy::parse(&bytes).map_err(|error| {
            wrong(
                "--policy",
                format!("{}: {error}", path.display()),
                "a C2SP tlog-policy",
                "write a line `log KEY` with the log's verifier key, and a line `quorum none`",
            )
        });
    }
    let text = own.vkey.as_deref().unwrap_or_default().trim();
    let vkey: Vkey = text.parse().map_err(|_| {
        wrong(
            "--vkey",
            format!("{text:?}"),
            "a verifier key of the form name+id+base64",
            "ask somebody who keeps a copy for the log's verifier key",
        )
    })?;
    Ok(Policy::parse(Policy::text_of(&vkey).as_bytes())?)
}
