//! `cargo rehearse`: thirteen weeks of the real bot against a stand-in for Discord, in virtual time.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, ensure};
use clap::Parser;
use rehearsal::story::{Transcript, play};

/// Plays thirteen weeks of a small organisation through the real bot in virtual time, in a minute or two.
///
/// Needs no account, token or server. Leaves database, logs, recorded requests and transcript in a folder.
#[derive(Parser)]
#[command(name = "cargo rehearse")]
struct Arguments {
    /// Play the story and end. This is what happens anyway.
    #[arg(long)]
    story: bool,
    /// An empty folder for what the rehearsal leaves behind [default: a new one in target/].
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Write the transcript to its file only.
    #[arg(long)]
    quiet: bool,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match rehearse(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            use std::io::Write;
            drop(writeln!(std::io::stderr(), "The rehearsal failed: {error:#}"));
            ExitCode::FAILURE
        }
    }
}

#[tokio::main]
async fn rehearse(arguments: &Arguments) -> anyhow::Result<()> {
    let folder = folder(arguments.out.as_deref())?;
    let log = std::fs::File::create(folder.join("bot.log"))?;
    bellwether::telemetry::start_into("info", log)?;
    let mut transcript = Transcript::create(&folder.join("transcript.txt"), arguments.quiet)?;
    Box::pin(play(&folder, &mut transcript)).await
}

/// The folder named, which must be empty; or a new one.
fn folder(named: Option<&Path>) -> anyhow::Result<PathBuf> {
    let folder = match named {
        Some(folder) => folder.to_owned(),
        None => (1..10_000)
            .map(|number| PathBuf::from(format!("target/rehearsal-{number}")))
            .find(|folder| !folder.exists())
            .context("a free name for the folder")?,
    };
    std::fs::create_dir_all(&folder).with_context(|| format!("making the folder {}", folder.display()))?;
    let empty = folder.read_dir()?.next().is_none();
    ensure!(
        empty,
        "{} is not empty; name an empty folder with --out, or none",
        folder.display()
    );
    Ok(folder.canonicalize()?)
}
