//! The real program in a process of its own, against a stand-in in ours.

use std::path::PathBuf;
use std::process::Stdio;
use std::time::Duration;

use anyhow::{Context, ensure};
use rehearsal::organisation::TOKEN;
use tokio::process::{Child, Command};

use crate::measure::Stopwatch;
use crate::site::Site;

/// How long an orderly stop may take.
const GOODBYE: Duration = Duration::from_secs(20);

/// A running `bellwether run`.
pub(crate) struct Program {
    child: Child,
    /// From the start of the process until its session at the gateway was ready.
    pub ready: Duration,
    started: Stopwatch,
}

impl Program {
    /// Starts it on the site's files and waits until Discord has said READY.
    pub(crate) async fn start(site: &Site) -> anyhow::Result<Self> {
        let config = site.write_files()?;
        let started = Stopwatch::start();
        let child = Command::new(binary()?)
            .arg("--config")
            .arg(config)
            .arg("run")
            .env_clear()
            .env("DISCORD_TOKEN", TOKEN)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::inherit())
            .kill_on_drop(true)
            .spawn()
            .context("starting the program")?;
        site.discord.await_connected(site.organisation.bot.id).await?;
        let ready = started.elapsed();
        Ok(Self { child, ready, started })
    }

    pub(crate) fn id(&self) -> Option<u32> {
        self.child.id()
    }

    /// Time since the start of the process.
    pub(crate) fn elapsed(&self) -> Duration {
        self.started.elapsed()
    }

    /// Stops it in order, as a service manager does.
    pub(crate) async fn stop(mut self) -> anyhow::Result<()> {
        let id = self.child.id().context("the program has ended by itself")?;
        let told = Command::new("kill").arg(id.to_string()).status().await?;
        ensure!(told.success(), "the program could not be told to stop");
        let ended = tokio::time::timeout(GOODBYE, self.child.wait()).await??;
        ensure!(ended.success(), "the program ended with {ended}");
        Ok(())
    }
}

pub(crate) fn binary() -> anyhow::Result<PathBuf> {
    let path = std::env::current_exe()?.with_file_name("bellwether");
    ensure!(path.exists(), "{} is missing", path.display());
    Ok(path)
}

/// Makes cargo build the program beside this benchmark, if cargo has started us. Otherwise the program must be there.
pub(crate) async fn build() -> anyhow::Result<()> {
    let Some(cargo) = std::env::var_os("CARGO") else {
        return Ok(());
    };
    let mut build = Command::new(cargo);
    // Together with ourselves: alone it would need its libraries with other features, and so all of them again.
    build.args(["build", "--quiet", "--package", "rehearsal", "--package", "bellwether"]);
    if !cfg!(debug_assertions) {
        build.arg("--release");
    }
    ensure!(build.status().await?.success(), "the program could not be built");
    Ok(())
}
