//! What a world is like before the bot comes: an organisation on the stand-in and the files an operator would write.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use anyhow::Context;
use bellwether::clock::Millis;
use bellwether::concerns::Stretch;
use bellwether::discord::gateway;
use discord_stand_in::{Bot, Discord, GuildSetup, Person, intents};

/// The bot's token in every world.
pub const TOKEN: &str = "rehearsal.token.of-the-bot";
/// Roles that every organisation has on Discord, named as in the configuration.
pub const ROLES: [&str; 7] = [
    "manager",
    "owner",
    "handler",
    "sponsor",
    "independent_handler",
    "incident_team",
    "auditor",
];

/// How a world begins.
#[derive(Clone, Debug)]
pub struct Setting {
    /// First instant, RFC 3339.
    pub start: String,
    /// Where the bot's files go; none takes a temporary folder.
    pub folder: Option<PathBuf>,
    /// Where an SQLite database goes; none takes the folder.
    pub database_in: Option<PathBuf>,
    /// A PostgreSQL server to make a fresh database on; none takes SQLite in the folder.
    pub postgres: Option<String>,
    /// Whether the GUILD_MEMBERS intent is switched on.
    pub members_intent: bool,
    /// TOML put before the organisation's block.
    pub settings: String,
    /// TOML put into the organisation's block.
    pub organisation: String,
    /// TOML put at the end: further organisations.
    pub further: String,
    /// Whether a fallback channel is configured.
    pub fallback: bool,
    /// Whether an evidence channel is configured, so that checkpoints are posted there.
    pub anchored: bool,
    /// TOML put into the evidence section.
    pub evidence: String,
    /// How fast the gateway is reconnected, in real time.
    pub gateway: gateway::Pace,
    /// How much work it is to try a case key: next to none, so that stories are quick.
    pub stretch: Stretch,
    /// Seed of all chance in the bot.
    pub seed: u64,
}

impl Setting {
    /// The usual small organisation on SQLite, from this instant on.
    pub fn at(start: &str) -> Self {
        Self {
            start: start.to_owned(),
            folder: None,
            database_in: None,
            postgres: None,
            members_intent: true,
            settings: String::new(),
            organisation: String::new(),
            further: String::new(),
            fallback: true,
            anchored: false,
            evidence: String::new(),
            gateway: gateway::Pace::default(),
            stretch: Stretch::slight(),
            seed: 54,
        }
    }

    /// The first instant.
    ///
    /// # Errors
    /// When the text is no RFC 3339 instant.
    pub fn instant(&self) -> anyhow::Result<Millis> {
        let start: jiff::Timestamp = self
            .start
            .parse()
            .with_context(|| format!("{:?} is no instant", self.start))?;
        Ok(start.into())
    }
}

/// Somebody of the organisation.
#[derive(Clone)]
pub struct Hired {
    pub name: String,
    pub zone: Option<String>,
    pub person: Person,
}

/// The organisation on the stand-in.
pub struct Organisation {
    pub bot: Bot,
    pub guild: GuildSetup,
    pub people: Vec<Hired>,
}

impl Organisation {
    /// A guild with the usual roles and channels, the bot in it, and a founder without any role.
    pub fn found(discord: &Discord, members_intent: bool) -> Self {
        let privileged = if members_intent { intents::GUILD_MEMBERS } else { 0 };
        let bot = discord.add_application("Bellwether", TOKEN, privileged);
        let founder = discord.add_user("founder", "en-GB");
        let channels = ["general", "security-prompts", "evidence-log"];
        let guild = discord.add_guild_with("Fernhill Foods", founder.id(), &ROLES, &channels, &[&bot]);
        Self {
            bot,
            guild,
            people: Vec::new(),
        }
    }

    /// Adds a person with roles; their zone goes into the people file when the bot is started next.
    pub fn hire(&mut self, discord: &Discord, name: &str, locale: &str, zone: Option<&str>, roles: &[&str]) -> Hired {
        let person = discord.add_user(name, locale);
        let roles: Vec<_> = roles
            .iter()
            .filter_map(|role| self.guild.roles.get(*role).copied())
            .collect();
        discord.add_member(self.guild.id, person.id(), &roles);
        let hired = Hired {
            name: name.to_owned(),
            zone: zone.map(str::to_owned),
            person,
        };
        self.people.push(hired.clone());
        hired
    }

    /// Writes the configuration and the people file into `folder`; returns the configuration's path.
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub fn write_files(
        &self,
        setting: &Setting,
        discord: &Discord,
        database: &str,
        folder: &Path,
    ) -> anyhow::Result<PathBuf> {
        std::fs::write(folder.join("people.toml"), self.people_file()?)?;
        let path = folder.join("bellwether.toml");
        std::fs::write(&path, self.config_file(setting, discord, database)?)?;
        Ok(path)
    }

    fn people_file(&self) -> anyhow::Result<String> {
        let mut text = String::new();
        for hired in &self.people {
            writeln!(text, "[[person]]\nid = \"{}\"", hired.person.id())?;
            if let Some(zone) = &hired.zone {
                writeln!(text, "zone = \"{zone}\"")?;
            }
        }
        Ok(text)
    }

    fn config_file(&self, setting: &Setting, discord: &Discord, database: &str) -> anyhow::Result<String> {
        let Setting {
            settings,
            organisation,
            members_intent,
            fallback,
            anchored,
            evidence,
            further,
            ..
        } = setting;
        let mut text = format!(
            "{settings}\n[discord]\napi_url = \"{}\"\nmembers_intent = {members_intent}\nbelieve_time = \"always\"\n\
             [database]\nurl = \"{database}\"\n\
             [evidence]\norigin = \"fernhill.example/log\"\n{evidence}\n\
             [[organisation]]\nid = \"{}\"\nname = \"Fernhill Foods\"\nzone = \"Europe/Berlin\"\n\
             people_file = \"people.toml\"\n{organisation}\n[organisation.roles]\n",
            discord.api_url(),
            self.guild.id,
        );
        for role in ROLES {
            writeln!(text, "{role} = [\"{}\"]", self.guild.roles[role])?;
        }
        writeln!(text, "[organisation.channels]")?;
        if *fallback {
            writeln!(text, "fallback = \"{}\"", self.guild.channels["security-prompts"])?;
        }
        writeln!(text, "prompts = \"{}\"", self.guild.channels["security-prompts"])?;
        if *anchored {
            writeln!(text, "evidence = \"{}\"", self.guild.channels["evidence-log"])?;
        }
        writeln!(text, "{further}")?;
        Ok(text)
    }
}
