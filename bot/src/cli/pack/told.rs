//! What is said of a pack that was made, or why there is none.

use std::io::Write;

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;

use crate::audit::pack::{Gaps, Order, Packed, Summary};
use crate::cli::exit::Exit;

pub(super) fn told(packed: &Packed, order: &Order, out: &mut impl Write) -> anyhow::Result<Exit> {
    let place = order.out.display();
    let (exit, said) = match packed {
        Packed::Done(summary) => {
            done(summary, order, out)?;
            return Ok(Exit::Done);
        }
        Packed::NoLog => (
            Exit::Failed,
            "the log holds no leaf yet: there is nothing to pack".to_owned(),
        ),
        Packed::Occupied => (
            Exit::Usage,
            format!("{place} is there already, and nothing is overwritten: name another place with --out"),
        ),
        Packed::NoQuorum => (
            Exit::Failed,
            "no published checkpoint carries the cosignatures that the policy asks for: a pack would not \
             verify. Look at the witnesses"
                .to_owned(),
        ),
        Packed::Missing(gaps) => {
            missing(gaps, out)?;
            return Ok(Exit::Found);
        }
        Packed::Spoilt(spoilt) => (
            Exit::Found,
            format!(
                "{spoilt}. It was changed outside this program: `evidence verify` says more. Bring back an unchanged \
                 backup, or put the published file from outside back into its row"
            ),
        ),
        Packed::ErasedMeanwhile => (
            Exit::Failed,
            "something that was to be disclosed was erased meanwhile. No pack was made: begin again".to_owned(),
        ),
    };
    writeln!(out, "no pack      {said}")?;
    Ok(exit)
}

/// Why there is no pack: what is missing, and what to do about it.
fn missing(gaps: &Gaps, out: &mut impl Write) -> anyhow::Result<()> {
    writeln!(
        out,
        "no pack      fields that were to be disclosed are missing, and no erasure up to the pack's head says so: {} in {} \
         records",
        gaps.fields, gaps.records
    )?;
    write!(out, "{gaps}")?;
    writeln!(
        out,
        "fix          restore a backup that has them (`restore`, then `evidence recover`); `evidence verify` names \
         the first one. What cannot be brought back is said in the pack with --incomplete"
    )?;
    Ok(())
}

fn done(summary: &Summary, order: &Order, out: &mut impl Write) -> anyhow::Result<()> {
    let Summary { size, newer, .. } = summary;
    writeln!(out, "pack         {}", order.out.display())?;
    writeln!(out, "log          {}", summary.origin)?;
    writeln!(out, "leaves       {size}, all of them")?;
    if *newer > 0 {
        writeln!(
            out,
            "newer        {newer} leaves came after the last cosigned checkpoint, and are not in it"
        )?;
    }
    writeln!(out, "root         {}", BASE64.encode(summary.root))?;
    writeln!(
        out,
        "published    {} checkpoints, {} time stamps",
        summary.history, summary.replies
    )?;
    match &order.scope {
        Some(scope) => writeln!(out, "proofs       {} records: {scope}", summary.proofs)?,
        None => writeln!(out, "proofs       none asked for; the tiles prove every leaf")?,
    }
    match &order.disclosing {
        Some(disclosing) => writeln!(
            out,
            "disclosed    {} fields of {} records to {}; {} more are erased",
            summary.disclosed, summary.records, disclosing.to_whom, summary.erased
        )?,
        None => writeln!(
            out,
            "disclosed    nothing; --disclose names fields to give what they stand for"
        )?,
    }
    if !summary.missing.is_empty() {
        writeln!(
            out,
            "INCOMPLETE   {} fields are missing without an erasure, in {} records, and the pack says so",
            summary.missing.fields, summary.missing.records
        )?;
    }
    writeln!(out, "files        {}", summary.files)?;
    writeln!(out, "SHA256SUMS   SHA-256 {}", hex::encode(summary.sums))?;
    Ok(())
}
