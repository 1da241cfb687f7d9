//! A courier, the stand-in, and members who will be asked.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use discord_stand_in::{Bot, Discord, GuildSetup, Options, RateLimits, Record, permissions};
use secrecy::SecretString;
use serde_json::Value;

use crate::audit::samples;
use crate::clock::{Clock, Millis};
use crate::concerns::{Desk, Pepper, Stretch};
use crate::config;
use crate::db::Connection;
use crate::discord::courier::{Courier, Pace};
use crate::discord::wire::rest::{Recent, Rest};
use crate::evidence::{Kind, NewLeaf};
use crate::ids::{ChannelId, CycleId, MemberId, OrganisationId, RecordId};
use crate::outbox::{self, Entry, Message, NewOutbound, Outbound, State};
use crate::people::reach::{self, Reach};
use crate::prompts::{self, Cycle, Wording};
use crate::trial::{self, Trial};
use crate::words::Words;

/// 2026-11-23T09:00Z, a Monday.
pub(super) const NOW: Millis = Millis(1_795_424_400_000);
/// When the prompts close.
pub(super) const CLOSES: Millis = Millis(NOW.0 + 7 * Millis::DAY);

pub(super) struct Stage {
    pub trial: Trial,
    pub discord: Discord,
    pub bot: Bot,
    pub guild: GuildSetup,
    pub members: Vec<MemberId>,
    pub courier: Courier,
    pub rest: Rest,
    record: PathBuf,
}

/// What the stage should have.
#[derive(Clone)]
pub(super) struct Plan {
    pub members: usize,
    pub fallback: bool,
    pub limits: RateLimits,
    pub per_second: u32,
    pub pace: Pace,
}

impl Default for Plan {
    fn default() -> Self {
        Self {
            members: 1,
            fallback: false,
            limits: RateLimits::default(),
            per_second: 50,
            pace: Pace::default(),
        }
    }
}

/// A stage for each engine, with one question promised to each member.
pub(super) async fn stages(plan: Plan) -> Vec<Stage> {
    let mut stages = Vec::new();
    for trial in trial::databases(NOW).await {
        let stage = Stage::set(trial, &plan).await;
        for member in stage.members.clone() {
            stage.promise(member).await;
        }
        stages.push(stage);
    }
    stages
}

impl Stage {
    async fn set(trial: Trial, plan: &Plan) -> Self {
        let record = trial.folder.path().join("requests.jsonl");
        let clock = trial.clock.clone();
        let discord = Discord::start(Options {
            record: Record::File(record.clone()),
            now: Arc::new(move || clock.now().0),
            limits: plan.limits.clone(),
            ..Options::default()
        });
        let discord = discord.await.expect("the stand-in starts");
        let bot = discord.add_application("bellwether", "token", 0);
        let owner = discord.add_user("owner", "en-US").id();
        let guild = discord.add_guild_with("Example", owner, &["manager"], &["fallback"], &[&bot]);
        let members = discord.add_members(guild.id, plan.members, &[]);
        let config = configured(&discord, &guild, plan);
        let rest = rest(&config, &trial.clock);
        let courier = courier(&trial, config, rest.clone(), plan.pace);
        Self {
            members: members.into_iter().map(|id| MemberId::from_i64(id as i64)).collect(),
            trial,
            discord,
            bot,
            guild,
            courier,
            rest,
            record,
        }
    }

    pub(super) fn organisation(&self) -> OrganisationId {
        OrganisationId::from_i64(self.guild.id as i64)
    }

    pub(super) fn fallback(&self) -> ChannelId {
        ChannelId::from_i64(self.guild.channels["fallback"] as i64)
    }

    /// A member, an open cycle and the promise of its question.
    pub(super) async fn promise(&self, member: MemberId) -> CycleId {
        let (organisation, chance) = (self.organisation(), self.trial.chance.clone());
        let cycle = CycleId::new(chance.id());
        let rows = rows(organisation, member, &cycle);
        let new = NewOutbound {
            organisation,
            member: Some(member),
            channel: None,
            message: Message::Prompt { cycle: cycle.clone() },
            at: self.trial.clock.now(),
            expires: Some(CLOSES),
        };
        let opened = NewLeaf {
            rec: RecordId::new(cycle.as_str()),
            ..samples::leaf(&chance, Kind::CycleOpened)
        };
        let promised = self.trial.ledger.write(move |tx| {
            Box::pin(async move {
                tx.evidence(opened);
                for row in rows {
                    tx.connection().execute_unprepared(&row).await?;
                }
                outbox::promise(tx, &chance, new).await
            })
        });
        promised.await.expect("it is promised");
        cycle
    }

    /// Delivers, moves the clock to when the courier wants to come back, and so on, at most until `end`.
    pub(super) async fn pump_until(&self, end: Millis) {
        while let Some(next) = self.courier.deliver_due().await.expect("the courier works") {
            if next > end {
                return;
            }
            assert!(next > self.trial.clock.now(), "the courier would spin");
            self.trial.clock.set(next);
        }
    }

    /// Leases what is due, as a courier does.
    pub(super) async fn leased(&self) -> Vec<Outbound> {
        let chance = self.trial.chance.clone();
        let leased = self
            .trial
            .ledger
            .write(move |tx| Box::pin(async move { outbox::lease(tx, &chance, 10).await }));
        leased.await.expect("a lease")
    }

    pub(super) async fn deliver(&self) -> Option<Millis> {
        self.courier.deliver_due().await.expect("the courier works")
    }

    pub(super) fn wait(&self, milliseconds: i64) {
        let clock: &Clock = &self.trial.clock;
        clock.set(clock.now() + milliseconds);
    }

    pub(super) async fn entries(&self, state: State) -> Vec<Entry> {
        let entries = outbox::list(self.trial.db.reader(), state, 1_000);
        entries.await.expect("they are listed")
    }

    /// The one message in that state.
    pub(super) async fn entry(&self, state: State) -> Entry {
        let mut entries = self.entries(state).await;
        assert_eq!(entries.len(), 1, "{} on {}", state.word(), self.trial.engine);
        entries.remove(0)
    }

    pub(super) async fn cycle(&self, id: &CycleId) -> Cycle {
        let cycle = prompts::cycle(self.trial.db.reader(), id).await;
        cycle.expect("a query").expect("the cycle is there")
    }

    pub(super) async fn reach(&self, member: MemberId) -> Reach {
        let reach = reach::reach(self.trial.db.reader(), self.organisation(), member);
        reach.await.expect("a query")
    }

    /// The direct messages with a member.
    pub(super) async fn inbox(&self, member: MemberId) -> Vec<Recent> {
        self.wait(20 * Millis::SECOND);
        let channel = self.rest.create_dm(member).await.expect("the direct messages");
        self.posted(channel.id).await
    }

    pub(super) async fn posted(&self, channel: ChannelId) -> Vec<Recent> {
        self.wait(20 * Millis::SECOND);
        self.rest.recent_messages(channel).await.expect("the channel is read")
    }

    /// The recorded requests with this method whose path ends like this.
    pub(super) fn requests(&self, method: &str, end: &str) -> Vec<Value> {
        let record = std::fs::read_to_string(&self.record).expect("the recording");
        let lines = record
            .lines()
            .map(|line| serde_json::from_str::<Value>(line).expect("JSON"));
        lines
            .filter(|line| line["method"] == method && line["path"].as_str().is_some_and(|path| path.ends_with(end)))
            .collect()
    }

    /// Another courier on the same database, as after a restart or in another process.
    pub(super) fn another(&self) -> Courier {
        let config = self.courier.core.config.as_ref().clone();
        courier(&self.trial, config, self.rest.clone(), Pace::default())
    }
}

fn courier(trial: &Trial, config: config::Config, rest: Rest, pace: Pace) -> Courier {
    let desk = Desk::new(trial.core(config), Pepper::random(&trial.chance), Stretch::slight());
    Courier::with_pace(desk, rest, Arc::new(Words::load()), pace)
}

pub(super) fn rest(config: &config::Config, clock: &Clock) -> Rest {
    let token = SecretString::from("token");
    Rest::new(&config.discord, &token, clock.clone()).expect("the client is built")
}

fn configured(discord: &Discord, guild: &GuildSetup, plan: &Plan) -> config::Config {
    let fallback = if plan.fallback {
        format!("channels.fallback = \"{}\"", guild.channels["fallback"])
    } else {
        String::new()
    };
    let text = format!(
        r#"
        discord.api_url = "{}"
        discord.requests_per_second = {}
        [[organisation]]
        id = "{}"
        name = "Example"
        zone = "Europe/Berlin"
        roles.manager = ["{}"]
        {fallback}
        "#,
        discord.api_url(),
        plan.per_second,
        guild.id,
        guild.roles["manager"],
    );
    config::parse(&text, Path::new("/srv")).unwrap_or_else(|problems| panic!("{problems}"))
}

fn rows(organisation: OrganisationId, member: MemberId, cycle: &CycleId) -> [String; 3] {
    let (now, closes) = (NOW.0, CLOSES.0);
    let wording = serde_json::to_string(&wording())
        .expect("it serialises")
        .replace('\'', "''");
    [
        format!(
            "INSERT INTO member (organisation, member, roles, audiences, updated_at)
             VALUES ({organisation}, {member}, 'manager', '', {now}) ON CONFLICT DO NOTHING"
        ),
        format!(
            "INSERT INTO assignment (id, organisation, member, prompt, tags, started_at)
             VALUES ('a{member}', {organisation}, {member}, 'und-duty-talk', '', {now}) ON CONFLICT DO NOTHING"
        ),
        format!(
            "INSERT INTO cycle (id, assignment, organisation, member, prompt, period, ordinal, zone, opens_at, due_at,
                 closes_at, wording, catalogue, follow_up, state, rec, created_at)
             SELECT '{cycle}', 'a{member}', {organisation}, {member}, 'und-duty-talk',
                 '2026-W' || CAST(47 + COUNT(*) AS TEXT), COUNT(*) + 1, 'Europe/Berlin', {now}, {closes} - 1000,
                 {closes}, '{wording}', 'c', FALSE, 'open', '{cycle}', {now}
             FROM cycle WHERE assignment = 'a{member}'"
        ),
    ]
}

fn wording() -> Wording {
    Wording {
        language: "en".to_owned(),
        theme: "understanding".to_owned(),
        question: "This week, did you ask for a second approval?".to_owned(),
        variant: false,
        labels: ["Yes", "Not yet", "No change this week", "I need help"].map(str::to_owned),
        follow_up: "What shows it?".to_owned(),
        follow_up_label: "What shows it".to_owned(),
        evidence_examples: Vec::new(),
        on_no: "commitment".to_owned(),
        help: String::new(),
        due_days: 14,
        need_help_to: "sponsor".to_owned(),
        first_month: 1,
    }
}

/// The permissions of the bot's role, so that a test can take them away.
pub(super) const NOTHING: (u64, u64) = (0, permissions::VIEW_CHANNEL | permissions::SEND_MESSAGES);
