//! The stand-in in this process, the files an operator writes, and the bot in a process of its own that logs all it can.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use anyhow::{Context, ensure};
use discord_stand_in::{Discord, Message, Options, Person, Place, RateLimits};
use rehearsal::organisation::{Organisation, TOKEN};
use rehearsal::postgres::Fresh;
use rehearsal::{Hired, Setting};
use serde_json::json;
use tokio::process::{Child, Command};

pub(crate) struct Scene {
    pub discord: Discord,
    pub organisation: Organisation,
    pub database: String,
    _postgres: Option<Fresh>,
    folder: tempfile::TempDir,
    running: Option<Child>,
}

impl Scene {
    /// An organisation whose members the bot does not get to know by itself.
    pub(crate) async fn set(postgres: Option<&str>) -> anyhow::Result<Self> {
        let folder = tempfile::tempdir()?;
        let options = Options {
            limits: RateLimits::off(),
            ..Options::default()
        };
        let discord = Discord::start(options).await?;
        let mut organisation = Organisation::found(&discord, false);
        organisation.hire(&discord, "Mia", "en-GB", None, &["manager"]);
        let file = folder.path().join("bellwether.db");
        let (database, postgres) = Fresh::or_file(postgres, &file).await?;
        Ok(Self {
            discord,
            organisation,
            database,
            _postgres: postgres,
            folder,
            running: None,
        })
    }

    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The process id of the bot.
    pub(crate) fn process(&self) -> Option<u32> {
        self.running.as_ref().and_then(Child::id)
    }

    /// Starts the bot and waits until people can use its commands.
    pub(crate) async fn start(&mut self) -> anyhow::Result<()> {
        let setting = Setting {
            settings: "[concerns]\nreports_per_hour = 1000".to_owned(),
            members_intent: false,
            anchored: true,
            ..Setting::at("2026-01-01T00:00:00Z")
        };
        self.organisation
            .write_files(&setting, &self.discord, &self.database, self.folder.path())?;
        let log = std::fs::File::create(self.file("bot.log"))?;
        let child = command(self.folder.path())
            .arg("run")
            .stdout(log.try_clone()?)
            .stderr(log)
            .stdin(Stdio::null())
            .kill_on_drop(true)
            .spawn()?;
        self.running = Some(child);
        for _ in 0..600 {
            if let Some(child) = &mut self.running
                && let Some(status) = child.try_wait()?
            {
                anyhow::bail!("the bot has ended, {status}:\n{}", self.log());
            }
            let bot = self.organisation.bot.id;
            if self.discord.is_connected(bot) && !self.discord.commands(bot, None).is_empty() {
                return Ok(());
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        anyhow::bail!("the bot does not come:\n{}", self.log())
    }

    /// SIGTERM, and the orderly stop that follows.
    pub(crate) async fn stop(&mut self) -> anyhow::Result<()> {
        let mut child = self.running.take().context("the bot runs")?;
        let id = child.id().context("the bot has ended by itself")?.to_string();
        ensure!(Command::new("kill").args(["-TERM", &id]).status().await?.success());
        let status = tokio::time::timeout(Duration::from_secs(20), child.wait()).await??;
        ensure!(status.success(), "{status}:\n{}", self.log());
        Ok(())
    }

    /// Another command of the binary, which must succeed.
    pub(crate) async fn run(&self, arguments: &[&str]) -> anyhow::Result<()> {
        let output = command(self.folder.path()).args(arguments).output().await?;
        let said = [&output.stdout[..], &output.stderr].concat();
        std::fs::write(
            self.file(&format!("{}.log", arguments.join("-").replace('/', "_"))),
            &said,
        )?;
        ensure!(
            output.status.success(),
            "{arguments:?}: {}",
            String::from_utf8_lossy(&said)
        );
        Ok(())
    }

    /// Keys of two handlers and an independent one in force, each with the agreement of an owner.
    pub(crate) async fn open_channel(&mut self) -> anyhow::Result<()> {
        let olga = self.hire("Olga", "owner");
        for (name, role) in [
            ("Hanna", "handler"),
            ("Harry", "handler"),
            ("Iris", "independent_handler"),
        ] {
            let holder = self.hire(name, role).person;
            self.propose(&holder).await?;
            self.agree(&olga.person).await?;
        }
        Ok(())
    }

    /// Proposes a key of one's own, once the bot has taken notice of who it is.
    async fn propose(&self, holder: &Person) -> anyhow::Result<()> {
        let key = age::x25519::Identity::generate().to_public().to_string();
        for _ in 0..100 {
            let shown = self.case_key(holder).await?;
            let button = shown.button("Register my own key").context("a button for the key")?;
            let form = holder.press(&shown, &button)?.modal().await?;
            let said = holder.submit(&form, &[("text", &key)])?.message().await?;
            if said.text().contains("Proposed") {
                return Ok(());
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        anyhow::bail!("nobody may hold a key")
    }

    /// Agrees to the key that waits, once the bot has taken notice of its holder and of the owner.
    async fn agree(&self, owner: &Person) -> anyhow::Result<()> {
        for _ in 0..100 {
            let shown = self.case_key(owner).await?;
            if let Some(menu) = shown.component("v1:case:key:agree") {
                let first = menu["options"][0]["value"].as_str().context("a key")?;
                let said = owner.choose(&shown, "v1:case:key:agree", &[first])?.message().await?;
                if said.text().contains("You agreed") {
                    return Ok(());
                }
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        anyhow::bail!("no key waits")
    }

    fn hire(&mut self, name: &str, role: &str) -> Hired {
        self.organisation.hire(&self.discord, name, "en-GB", None, &[role])
    }

    /// In the server, where the roles come with the interaction.
    async fn case_key(&self, who: &Person) -> anyhow::Result<Message> {
        let channel = Place::Channel(self.organisation.guild.channels["general"]);
        let typed = who.slash(self.organisation.bot.id, channel, "case key", &[])?;
        Ok(typed.message().await?)
    }

    /// A handler uses the bot, so that what came over its connections last is about that; but presses no button, as
    /// nothing of those who did may wait for the next who does.
    pub(crate) async fn others_go_on(&self) -> anyhow::Result<()> {
        let somebody = self.organisation.people.last().context("a handler")?.person.clone();
        let bot = self.organisation.bot.id;
        for place in [Place::Dm, Place::Channel(self.organisation.guild.channels["general"])] {
            somebody.slash(bot, place, "concern", &[])?.message().await?;
            self.case_key(&somebody).await?;
        }
        Ok(())
    }

    /// How many lines the bot has logged.
    pub(crate) fn lines(&self) -> usize {
        let text = std::fs::read_to_string(self.file("bot.log")).unwrap_or_default();
        text.lines().count()
    }

    /// The end of what the bot said.
    pub(crate) fn log(&self) -> String {
        let text = std::fs::read_to_string(self.file("bot.log")).unwrap_or_default();
        let lines: Vec<&str> = text.lines().collect();
        lines[lines.len().saturating_sub(40)..].join("\n")
    }

    /// Everything that the bot has asked Discord, as JSON lines; answers to interactions apart.
    pub(crate) fn requests(&self) -> (String, String) {
        let (mut answers, mut others) = (String::new(), String::new());
        for request in self.discord.requests() {
            let line = json!(request).to_string() + "\n";
            let path = request.path.trim_start_matches("/api/v10");
            if path.starts_with("/interactions/") || path.starts_with("/webhooks/") {
                answers += &line;
            } else {
                others += &line;
            }
        }
        (answers, others)
    }
}

impl Drop for Scene {
    fn drop(&mut self) {
        if std::thread::panicking() || std::env::var_os("BELLWETHER_KEEP_LEAKS").is_some() {
            self.folder.disable_cleanup(true);
            println!("the folder is kept: {}", self.folder.path().display());
        }
    }
}

fn command(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_bellwether"));
    command
        .current_dir(folder)
        .env_clear()
        .env("DISCORD_TOKEN", TOKEN)
        .env("RUST_LOG", "trace");
    command
}
