//! `bellwether run` as its operator sees it: it answers, it stops in order, and what it cannot do it says in a
//! sentence with an exit code, once.

use std::process::{Child, Command, Stdio};
use std::time::Duration;

use discord_stand_in::{Bot, Discord, GuildSetup, Options, Person, Place, intents};

const TOKEN: &str = "a.good.token";

pub(crate) struct Scene {
    pub discord: Discord,
    bot: Bot,
    pub guild: GuildSetup,
    manager: Person,
    folder: tempfile::TempDir,
    /// Beside the token.
    pub environment: Vec<(&'static str, &'static str)>,
}

impl Scene {
    pub(crate) async fn set() -> Self {
        let discord = Discord::start(Options::default()).await.expect("the stand-in starts");
        let bot = discord.add_application("Bellwether", TOKEN, intents::GUILD_MEMBERS);
        let owner = discord.add_user("owner", "en-GB");
        let guild = discord.add_guild_with("Harbour", owner.id(), &["manager"], &["general"], &[&bot]);
        let manager = discord.add_user("manager", "en-GB");
        discord.add_member(guild.id, manager.id(), &[guild.roles["manager"]]);
        let scene = Self {
            folder: tempfile::tempdir().expect("a folder"),
            discord,
            bot,
            guild,
            manager,
            environment: Vec::new(),
        };
        let configuration = format!(
            "discord.api_url = \"{}\"\nevidence.origin = \"example.org/log\"\n[[organisation]]\nid = \"{}\"\n\
             name = \"Harbour\"\nzone = \"Europe/Berlin\"\nroles.manager = [\"{}\"]\nchannels.fallback = \"{}\"\n",
            scene.discord.api_url(),
            scene.guild.id,
            scene.guild.roles["manager"],
            scene.guild.channels["general"],
        );
        std::fs::write(scene.path("bellwether.toml"), configuration).expect("it is written");
        scene
    }

    pub(crate) fn path(&self, name: &str) -> std::path::PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_bellwether"));
        command
            .args(arguments)
            .current_dir(self.folder.path())
            .env_clear()
            .env("DISCORD_TOKEN", TOKEN)
            .envs(self.environment.iter().copied())
            .stdout(Stdio::null())
            .stderr(Stdio::piped());
        command
    }

    /// Starts the bot, and waits until it is connected and has told Discord its commands.
    pub(crate) async fn start(&self, arguments: &[&str]) -> Running {
        let child = self.command(arguments).spawn().expect("the binary starts");
        let ready = |discord: &Discord| discord.is_connected(self.bot.id) && commands(discord, self.bot.id) > 0;
        let waited = self.discord.await_until("connection", ready).await;
        waited.expect("the bot connects");
        Running(Some(child))
    }

    /// Exit code and what was said by a bot that is to end by itself.
    pub(crate) async fn ends(&self, arguments: &[&str]) -> (i32, String) {
        let child = self.command(arguments).spawn().expect("the binary starts");
        Running(Some(child)).ended().await
    }

    /// What the bot answers to `/pending`.
    async fn pending(&self) -> String {
        let place = Place::Channel(self.guild.channels["general"]);
        let handle = self.manager.slash(self.bot.id, place, "pending", &[]);
        let handle = handle.expect("the command is there");
        let message = handle.message().await.expect("an answer");
        assert!(handle.acknowledged_after_ms().is_some_and(|time| time <= 3_000));
        message.text()
    }

    async fn programs_stopped(&self) -> usize {
        use sea_orm::EntityTrait;
        let url = format!("sqlite://{}", self.path("bellwether.db").display());
        let db = sea_orm::Database::connect(url).await.expect("the database opens");
        let leaves = entity::log_leaf::Entity::find().all(&db).await.expect("leaves");
        db.close().await.expect("the database closes");
        leaves.iter().filter(|leaf| leaf.kind == "program.stopped").count()
    }
}

fn commands(discord: &Discord, bot: u64) -> usize {
    discord.commands(bot, None).len()
}

/// The bot's process; killed when a test fails.
pub(crate) struct Running(Option<Child>);

impl Running {
    pub(crate) async fn stop(self) -> (i32, String) {
        let id = self.0.as_ref().expect("it runs").id().to_string();
        let told = Command::new("kill").args(["-TERM", &id]).status();
        assert!(told.expect("kill runs").success());
        self.ended().await
    }

    async fn ended(self) -> (i32, String) {
        self.ended_within(Duration::from_secs(30)).await
    }

    /// Exit code and what was said, once it has ended by itself.
    pub(crate) async fn ended_within(mut self, patience: Duration) -> (i32, String) {
        let mut child = self.0.take().expect("it runs");
        for _ in 0..patience.as_millis() / 50 {
            if child.try_wait().expect("it can be asked").is_some() {
                let output = child.wait_with_output().expect("its output");
                let said = String::from_utf8(output.stderr).expect("it speaks UTF-8");
                return (output.status.code().expect("it ends by itself"), said);
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        drop(child.kill());
        panic!("it does not end");
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if let Some(child) = &mut self.0 {
            drop(child.kill());
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn it_answers_a_command_and_stops_in_order_when_told() {
    let scene = Scene::set().await;
    let bot = scene.start(&["run"]).await;
    assert!(!scene.pending().await.is_empty());
    let (code, said) = bot.stop().await;
    assert_eq!(code, 0, "{said}");
    assert_eq!(scene.programs_stopped().await, 1);
    assert!(!said.contains(TOKEN));
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn database_and_companions_are_their_owners_alone() {
    use std::os::unix::fs::PermissionsExt;
    let scene = Scene::set().await;
    let bot = scene.start(&["run"]).await;
    for name in ["bellwether.db", "bellwether.db-wal", "bellwether.db-shm"] {
        let found = std::fs::metadata(scene.path(name)).expect("the file is there");
        assert_eq!(found.permissions().mode() & 0o777, 0o600, "{name}");
    }
    let (code, said) = bot.stop().await;
    assert_eq!(code, 0, "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_lines_say_who_is_known_and_what_comes_next() {
    let scene = Scene::set().await;
    let (code, said) = scene.start(&["run"]).await.stop().await;
    assert_eq!(code, 0, "{said}");
    let line = said
        .lines()
        .find(|line| line.contains("organisation ready"))
        .expect("a line");
    for part in [
        "managers=1",
        "next=",
        " at 20",
        "closed: 0 of 2 handlers' keys are active",
    ] {
        assert!(line.contains(part), "{part} is missing in {line}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_role_that_nobody_holds_is_told() {
    let scene = Scene::set().await;
    scene.discord.set_member_roles(scene.guild.id, scene.manager.id(), &[]);
    let (code, said) = scene.start(&["run"]).await.stop().await;
    assert_eq!(code, 0, "{said}");
    assert!(said.contains("nobody holds a Discord role of roles.manager"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_token_ends_it_with_a_sentence() {
    let scene = Scene::set().await;
    scene.discord.revoke_token(scene.bot.id);
    let (code, said) = scene.ends(&["run"]).await;
    assert_eq!(code, 4, "{said}");
    assert_eq!(said.matches("Discord refuses the bot token").count(), 1, "{said}");
    assert!(scene.discord.invalid_requests() < 5);
}

#[tokio::test(flavor = "multi_thread")]
async fn disallowed_intents_end_it_with_a_sentence() {
    let scene = Scene::set().await;
    scene.discord.set_privileged(scene.bot.id, 0);
    let (code, said) = scene.ends(&["run"]).await;
    assert_eq!(code, 4, "{said}");
    assert_eq!(said.matches("Discord refuses the intents").count(), 1, "{said}");
    assert!(scene.discord.identifies(scene.bot.id) <= 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_cannot_be_opened_ends_it() {
    let scene = Scene::set().await;
    std::fs::create_dir(scene.path("bellwether.db")).expect("a folder in its place");
    let (code, said) = scene.ends(&["run"]).await;
    assert_eq!(code, 3, "{said}");
    assert_eq!(said.lines().count(), 1, "{said}");
    assert_eq!(scene.discord.request_count(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_missing_guard_stops_the_start_until_it_is_accepted() {
    let scene = Scene::set().await;
    let (code, said) = scene.start(&["run"]).await.stop().await;
    assert_eq!(code, 0, "{said}");
    std::fs::remove_file(scene.path("bellwether-log.guard")).expect("there was a guard");
    let (code, said) = scene.ends(&["run"]).await;
    assert_eq!(code, 5, "{said}");
    assert!(said.contains("--accept-missing-guard"), "{said}");
    let (code, said) = scene.start(&["run", "--accept-missing-guard"]).await.stop().await;
    assert_eq!(code, 0, "{said}");
    let (code, said) = scene.ends(&["evidence", "verify"]).await;
    assert_eq!(code, 0, "{said}");
}

/// A writing transaction of somebody else.
async fn immediate(other: &sea_orm::DatabaseConnection) -> sea_orm::DatabaseTransaction {
    use sea_orm::TransactionTrait;
    let options = sea_orm::TransactionOptions {
        sqlite_transaction_mode: Some(sea_orm::SqliteTransactionMode::Immediate),
        ..sea_orm::TransactionOptions::default()
    };
    other.begin_with_options(options).await.expect("the lock is taken")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_locked_for_long_is_borne_without_a_storm() {
    let scene = Scene::set().await;
    let bot = scene.start(&["run"]).await;
    let url = format!("sqlite://{}", scene.path("bellwether.db").display());
    let other = sea_orm::Database::connect(url).await.expect("the database opens");
    let lock = immediate(&other).await;
    assert!(!scene.pending().await.is_empty());
    tokio::time::sleep(Duration::from_secs(8)).await;
    assert!(!scene.pending().await.is_empty());
    lock.rollback().await.expect("the lock goes");
    assert!(!scene.pending().await.is_empty());
    let (code, said) = bot.stop().await;
    assert_eq!(code, 0, "{said}");
    assert!(said.lines().count() < 20, "{said}");
    assert_eq!(scene.programs_stopped().await, 1);
}
