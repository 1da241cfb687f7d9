//! How long a pack takes to write and to verify, and how much memory, by the real program; and single proofs from the
//! same log.

use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use anyhow::ensure;
use bellwether::evidence::policy::Policy;
use tokio::process::Command;

use crate::leaves::grown;
use crate::measure::{Stopwatch, Table, memory, rate};
use crate::site::{Engine, Site, Time};
use crate::{program, proofs};

/// How often the memory of the program is looked at; its highest value is kept by the system.
const LOOK: Duration = Duration::from_millis(20);

#[derive(clap::Args, Debug)]
pub(crate) struct Arguments {
    /// Leaves of the log.
    #[arg(long, default_value_t = 10_000_000)]
    leaves: usize,
}

impl Arguments {
    pub(crate) fn quick() -> Self {
        Self { leaves: 2_000 }
    }
}

pub(crate) async fn run(arguments: &Arguments) -> anyhow::Result<()> {
    program::build().await?;
    for engine in Engine::all() {
        Table::title(&format!("packs: {} leaves, {}", arguments.leaves, engine.name()));
        Site::with(engine, Time::System, async |site| measure(site, arguments.leaves).await).await?;
    }
    Ok(())
}

async fn measure(site: &Site, leaves: usize) -> anyhow::Result<()> {
    let path = site.write_files()?;
    let (db, vkey) = grown(site, leaves).await?;
    proofs::prove(&db, leaves).await?;
    db.close().await?;
    let folder = tempfile::tempdir()?;
    let policy = folder.path().join("policy");
    std::fs::write(&policy, Policy::text_of(&vkey))?;
    let (out, config) = (folder.path().join("pack"), path.as_os_str());
    let pack = [
        "--config".as_ref(),
        config,
        "evidence".as_ref(),
        "pack".as_ref(),
        "--out".as_ref(),
        out.as_os_str(),
    ];
    program(site, "writing the pack", leaves, &pack).await?;
    let verify = [
        "evidence".as_ref(),
        "verify".as_ref(),
        out.as_os_str(),
        "--policy".as_ref(),
        policy.as_os_str(),
    ];
    program(site, "verifying the pack", leaves, &verify).await
}

/// Runs the program to its end.
async fn program(site: &Site, what: &str, leaves: usize, arguments: &[&std::ffi::OsStr]) -> anyhow::Result<()> {
    let watch = Stopwatch::start();
    let mut command = Command::new(program::binary()?);
    command
        .args(arguments)
        .env_clear()
        .current_dir(Path::new("/"))
        .kill_on_drop(true);
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::null()).spawn()?;
    let mut most = 0.0_f64;
    let ended = loop {
        most = most.max(memory(child.id(), "VmHWM").unwrap_or(0.0));
        if let Ok(ended) = tokio::time::timeout(LOOK, child.wait()).await {
            break ended?;
        }
    };
    let took = watch.elapsed();
    ensure!(ended.success(), "{what} on {} ended with {ended}", site.engine_name());
    let (seconds, speed) = (took.as_secs_f64(), rate(leaves, took));
    Table::row(
        what,
        &format!("{seconds:.1} s, {speed:.0} leaves/s, at most {most:.0} MiB"),
    );
    Ok(())
}
