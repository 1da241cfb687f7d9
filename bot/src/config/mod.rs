//! The validated configuration. Nothing here can be half right: raw TOML becomes these types or an error that names
//! the key, what was found and what is allowed.

mod concerns;
mod evidence;
mod given_key;
mod load;
mod organisation;
mod people;
mod read;
mod role;
mod schedule;
mod secret;
mod token;
mod url;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

pub use concerns::Concerns;
pub use evidence::{Authority, SecretHeader, Webhook};
pub use given_key::GivenKey;
pub use load::{EXAMPLE, fits, load, parse};
pub use role::Role;
pub use secret::SecretError;
pub use token::{TokenError, token, token_file_warning};
pub use url::is_loopback;

pub use crate::document::{Problem, Problems};

use crate::catalogue::CatalogueSource;
use crate::ids::{ChannelId, MemberId, OrganisationId, RoleId};

/// Everything an operator can set, secrets apart.
#[derive(Clone, Debug)]
pub struct Config {
    pub discord: Discord,
    pub database: Database,
    pub evidence: Evidence,
    pub telemetry: Telemetry,
    pub catalogue: CatalogueSource,
    pub schedule: Schedule,
    pub concerns: Concerns,
    pub organisations: Vec<Organisation>,
}

/// How Discord is reached.
#[derive(Clone, Debug)]
pub struct Discord {
    /// Base of the API without a version, such as `https://discord.com/api`. Plain http only for loopback.
    pub api_url: ::url::Url,
    /// Whether the GUILD_MEMBERS intent is switched on; without it the people file names who is asked.
    pub members_intent: bool,
    /// Requests a second over all routes, at most 50.
    pub requests_per_second: u32,
    /// Whether the time in its answers is held against our clock.
    pub believe_time: BelieveTime,
}

/// Whether the time that answers carry is believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BelieveTime {
    /// Only over https, which proves who answers.
    Https,
    Always,
    Never,
}

impl Discord {
    /// Whether our clock is compared with the time in answers.
    pub fn tells_time(&self) -> bool {
        match self.believe_time {
            BelieveTime::Https => self.api_url.scheme() == "https",
            BelieveTime::Always => true,
            BelieveTime::Never => false,
        }
    }
}

#[derive(Clone, Debug)]
pub struct Database {
    /// `sqlite://PATH` or `postgres://USER@HOST/DATABASE`; may hold a password, so it is not shown.
    pub url: secrecy::SecretString,
}

impl Database {
    /// The file of an SQLite database.
    pub fn file(&self) -> Option<PathBuf> {
        url::sqlite_file(secrecy::ExposeSecret::expose_secret(&self.url))
    }
}

#[derive(Clone, Debug)]
pub struct Evidence {
    /// Name of the log, such as `bellwether.example.org/log`.
    pub origin: String,
    /// File with the signing key, mode 0600. Created at first start.
    pub key_file: PathBuf,
    /// What takes the file's place; from the environment, never from the configuration file.
    pub given_key: Option<GivenKey>,
    /// File with the last signed checkpoint, kept outside the database.
    pub guard_file: PathBuf,
    /// File in the form of C2SP tlog-policy that names the witnesses, if there are any.
    pub policy_file: Option<PathBuf>,
    /// The whole log is checked again after this time in milliseconds; 1 to 31 days.
    pub audit_every: i64,
    /// Least milliseconds between two publications; ten minutes to a day.
    pub publish_every: i64,
    /// Milliseconds without a copy outside after which there is a warning; 26 hours to 30 days.
    pub anchor_warn_after: i64,
    /// Addresses outside the operator's reach that take a copy of each published checkpoint.
    pub webhooks: Vec<Webhook>,
    /// Time-stamping authorities (RFC 3161).
    pub authorities: Vec<Authority>,
}

#[derive(Clone, Debug)]
pub struct Telemetry {
    pub format: LogFormat,
    /// A tracing filter for our own modules, such as `info`.
    pub level: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogFormat {
    Human,
    Json,
}

/// When is asked, and how much. Names and defaults follow the behavioural parameters of the product.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Schedule {
    pub weekly: Cadence,
    pub monthly: Cadence,
    pub quarterly: Cadence,
    /// Most prompts a member gets in any seven days; 1 to 3.
    pub max_prompts_per_person_7d: u32,
    /// Least milliseconds between two openings for a member; 24 to 96 hours.
    pub min_gap_between_prompts: i64,
    /// Most open cycles of a member; 1 to 3.
    pub max_open_prompts: u32,
    /// A member's openings are spread over this many milliseconds; 0 to 20 minutes.
    pub jitter: i64,
    /// First month of the fiscal year, 1 to 12; with 1 quarters are calendar quarters.
    pub first_month_of_year: u8,
}

/// The slots of one cadence, in civil time of the member's zone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cadence {
    /// Six-field cron expression, seconds 0, weekdays by name. The first free slot of a period opens its cycle.
    pub cron: String,
    /// Where the late window ends: whole days after the due day, then local midnight.
    pub late_days: u32,
    /// When a cycle is due.
    pub due: Due,
}

/// When an opened cycle is due, always at 17:00 local time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Due {
    /// On the first such weekday after the opening day, 1 = Monday to 7 = Sunday.
    Weekday(u8),
    /// This many days after the opening day.
    Days(u32),
}

/// One Discord guild that uses the bot.
#[derive(Clone, Debug)]
pub struct Organisation {
    pub id: OrganisationId,
    /// A name for people, shown in packs and in `check`.
    pub name: String,
    /// IANA zone of members who have none of their own.
    pub zone: String,
    /// `en` or `de`, for messages where the member's language is not known.
    pub language: String,
    /// Which Discord roles make a person a manager, owner, ...
    pub roles: BTreeMap<Role, BTreeSet<RoleId>>,
    /// Which Discord roles belong to a catalogue audience besides managers as a whole. `all-managers` is every
    /// manager unless it is named here.
    pub audiences: BTreeMap<String, BTreeSet<RoleId>>,
    /// Which packs of the catalogue are asked.
    pub packs: Vec<String>,
    pub channels: Channels,
    pub delivery: Delivery,
    /// Who is asked where the GUILD_MEMBERS intent is off, and whose zone or language differs. From the people file.
    pub people: Vec<Person>,
    /// Where else somebody can turn to with a concern; takes the place of [`Concerns::other_way`].
    pub other_way: Option<String>,
}

impl Organisation {
    /// The Discord roles that stand for `role`.
    pub fn discord_roles(&self, role: Role) -> impl Iterator<Item = RoleId> {
        self.roles.get(&role).into_iter().flatten().copied()
    }
}

#[derive(Clone, Debug, Default)]
pub struct Channels {
    /// Where a prompt goes when direct messages fail.
    pub fallback: Option<ChannelId>,
    /// Where prompts go in channel delivery.
    pub prompts: Option<ChannelId>,
    /// Where checkpoints are posted.
    pub evidence: Option<ChannelId>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delivery {
    DirectMessage,
    Channel,
}

/// What the people file says of a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    pub id: MemberId,
    pub zone: Option<String>,
    pub language: Option<String>,
}
