//! The stand-in in this process, the files an operator writes, and the bot in a process of its own.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use bellwether::chance::Chance;
use bellwether::clock::{Clock, Millis};
use discord_stand_in::{Bot, Discord, GuildSetup, Options, Person, RateLimits, intents};
use rehearsal::postgres::Fresh;
use tokio::process::{Child, Command};

const TOKEN: &str = "kill.token.of-the-bot";
/// More sessions than Discord grants in a day: a process that is killed again and again would spend them.
const SESSIONS: u32 = 10_000;

pub(crate) struct Scene {
    pub discord: Discord,
    pub bot: Bot,
    pub guild: GuildSetup,
    pub chance: Chance,
    pub database: String,
    _postgres: Option<Fresh>,
    folder: tempfile::TempDir,
    hired: usize,
    running: Option<Child>,
}

impl Scene {
    pub(crate) async fn set(postgres: Option<&str>, chance: Chance, clock: &Clock) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let options = Options {
            limits: RateLimits::off(),
            session_starts: SESSIONS,
            ..Options::default()
        };
        let discord = Discord::start(options).await.expect("the stand-in starts");
        let bot = discord.add_application("Bellwether", TOKEN, intents::GUILD_MEMBERS);
        let owner = discord.add_user("owner", "en-GB");
        let guild = discord.add_guild_with("Harbour", owner.id(), &["manager"], &["fallback"], &[&bot]);
        let file = folder.path().join("bellwether.db");
        let (database, postgres) = Fresh::or_file(postgres, &file).await.expect("a database");
        let scene = Self {
            discord,
            bot,
            guild,
            chance,
            database,
            _postgres: postgres,
            folder,
            hired: 0,
            running: None,
        };
        std::fs::write(scene.file("bellwether.toml"), scene.configuration(clock.now())).expect("it is written");
        scene
    }

    /// A slot in every minute of this hour and the next, in a zone where it is noon.
    fn configuration(&self, now: Millis) -> String {
        let ahead = 12 - now.0.div_euclid(Millis::HOUR).rem_euclid(24);
        let zone = match ahead {
            0 => "Etc/UTC".to_owned(),
            ahead => format!("Etc/GMT{:+}", -ahead),
        };
        format!(
            "[discord]\napi_url = \"{}\"\nrequests_per_second = 50\n\
             [database]\nurl = \"{}\"\n[evidence]\norigin = \"kill.example/log\"\n\
             [schedule]\njitter_minutes = 0\n[schedule.weekly]\ncron = \"0 * 12,13 * * *\"\n\
             [[organisation]]\nid = \"{}\"\nname = \"Harbour\"\nzone = \"{zone}\"\n\
             roles.manager = [\"{}\"]\nchannels.fallback = \"{}\"\n",
            self.discord.api_url(),
            self.database,
            self.guild.id,
            self.guild.roles["manager"],
            self.guild.channels["fallback"],
        )
    }

    pub(crate) fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// New managers of the organisation.
    pub(crate) fn hire(&mut self, count: usize) -> Vec<Person> {
        (0..count)
            .map(|_| {
                self.hired += 1;
                let person = self.discord.add_user(&format!("manager-{}", self.hired), "en-GB");
                let role = self.guild.roles["manager"];
                self.discord.add_member(self.guild.id, person.id(), &[role]);
                person
            })
            .collect()
    }

    pub(crate) fn start(&mut self) {
        let log = std::fs::File::options()
            .create(true)
            .append(true)
            .open(self.file("bot.log"))
            .expect("the log opens");
        let child = command(self.folder.path())
            .arg("run")
            .stdout(Stdio::null())
            .stderr(log)
            .kill_on_drop(true)
            .spawn()
            .expect("the binary starts");
        self.running = Some(child);
    }

    /// SIGKILL. A bot that has ended by itself is a failure.
    pub(crate) async fn kill(&mut self) {
        let mut child = self.running.take().expect("the bot runs");
        if let Some(status) = child.try_wait().expect("the process can be asked") {
            panic!("the bot ended by itself, {status}:\n{}", self.log());
        }
        child.kill().await.expect("the bot is killed");
    }

    /// SIGTERM, and the orderly stop that follows.
    pub(crate) async fn stop(&mut self) {
        let mut child = self.running.take().expect("the bot runs");
        let id = child.id().expect("it has not ended").to_string();
        let told = Command::new("kill").args(["-TERM", &id]).status().await;
        assert!(told.expect("kill runs").success());
        let status = tokio::time::timeout(Duration::from_secs(20), child.wait()).await;
        let status = status.expect("it stops within its time").expect("it has a status");
        assert!(status.success(), "{status}:\n{}", self.log());
    }

    /// Another command of the binary: exit code and all it said.
    pub(crate) async fn run(&self, arguments: &[&str]) -> (Option<i32>, String) {
        let output = command(self.folder.path()).args(arguments).output().await;
        let output = output.expect("the binary runs");
        let said = [output.stdout, output.stderr].concat();
        (output.status.code(), String::from_utf8_lossy(&said).into_owned())
    }

    /// The end of what the bot said.
    pub(crate) fn log(&self) -> String {
        let text = std::fs::read_to_string(self.file("bot.log")).unwrap_or_default();
        let lines: Vec<&str> = text.lines().collect();
        lines[lines.len().saturating_sub(40)..].join("\n")
    }
}

impl Drop for Scene {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.folder.disable_cleanup(true);
            println!("the folder is kept: {}\n{}", self.folder.path().display(), self.log());
        }
    }
}

fn command(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_bellwether"));
    command
        .current_dir(folder)
        .env_clear()
        .env("DISCORD_TOKEN", TOKEN)
        .env("RUST_LOG", "warn,bellwether=info");
    command
}
