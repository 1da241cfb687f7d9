//! Who plays: a person for each column, and what there is to be got at.

use std::collections::BTreeMap;

use anyhow::Context;
use bellwether::catalogue::Choice;
use bellwether::discord::custom_id::{self, of_answers};
use bellwether::ids::{MemberId, OrganisationId};
use bellwether::people::{AbsenceDraft, AbsenceOutcome, enter_absence};
use discord_stand_in::{GuildSetup, Person, Place, permissions};
use jiff::civil::{Date, date};
use rehearsal::{Hired, World};
use sea_orm::EntityTrait;

use super::Where;
use super::raised::{self, Raised};
use crate::stage::{answer, next_question};

/// The columns: a member of staff, people with one role each, somebody with all power over the server but no role, a
/// handler without a key, a handler who must know nothing of the cases, two who may read them, a handler of another
/// organisation, and somebody who shares nothing with the bot but a foreign server.
pub const COLUMNS: [&str; 13] = [
    "staff", "manager", "sponsor", "auditor", "incid", "owner", "admin", "novice", "barred", "handler", "indep",
    "sister", "guest",
];
/// The roles of those who have one here.
const ROLES: [(&str, &str); 9] = [
    ("manager", "manager"),
    ("sponsor", "sponsor"),
    ("auditor", "auditor"),
    ("incid", "incident_team"),
    ("owner", "owner"),
    ("novice", "handler"),
    ("barred", "handler"),
    ("handler", "handler"),
    ("indep", "independent_handler"),
];

/// Everybody, and the ids of what they try to get at.
pub struct Cast {
    people: BTreeMap<&'static str, Person>,
    facts: BTreeMap<&'static str, String>,
    sister: GuildSetup,
    foreign: GuildSetup,
}

/// The place of a column.
pub fn column(name: &str) -> usize {
    let found = COLUMNS.iter().position(|known| *known == name);
    found.expect("it is a column")
}

/// The member as the bot knows them.
pub fn member(person: &Person) -> MemberId {
    MemberId::from_i64(person.id() as i64)
}

impl Cast {
    /// Hires everybody, starts the bot, brings keys in force, has a question answered, and raises concerns. Where
    /// `hidden` is false, those cases are left out that the barred handler must know nothing of; their ids lead nowhere.
    pub async fn gather(world: &mut World, hidden: bool) -> anyhow::Result<Self> {
        let (mut cast, mia) = Self::hire(world);
        world.start_bot().await?;
        for column in [
            "owner",
            "novice",
            "barred",
            "handler",
            "indep",
            "sister",
            "sister-owner",
        ] {
            let id = cast.people[column].id();
            let known = async || Ok(!world.standings(id).await?.is_empty());
            world.eventually("a person is known", known).await?;
        }
        let question = next_question(world, &mia).await?;
        let first = question.buttons().first().cloned().context("a button")?;
        let Ok(custom_id::Press::Answers(of_answers::Press::Answer(ask))) = first.custom_id.parse() else {
            anyhow::bail!("no question");
        };
        answer(&mia, &question, Choice::Done).await?;
        cast.know("cycle", ask.cycle.as_str());
        cast.know("org", &world.organisation_id().to_string());
        let sister = OrganisationId::from_i64(cast.sister.id as i64);
        cast.know("sister-org", &sister.to_string());
        for (name, column) in [
            ("staff-id", "staff"),
            ("manager-id", "manager"),
            ("barred-id", "barred"),
            ("handler-id", "handler"),
        ] {
            let id = cast.people[column].id().to_string();
            cast.know(name, &id);
        }
        let absence = cast.absence(world, (date(2026, 12, 20), date(2027, 1, 3))).await?;
        cast.know("absence", &absence);
        let raised: Raised = raised::raise(world, &cast, sister, hidden).await?;
        cast.facts.extend(raised);
        Ok(cast)
    }

    fn hire(world: &mut World) -> (Self, Hired) {
        let bot = world.organisation.bot.clone();
        let founder = world.organisation.guild.owner;
        let mut people = BTreeMap::new();
        let mut mia = None;
        for name in ["staff", "admin"] {
            people.insert(name, world.hire(name, "en-GB", None, &[]).person);
        }
        for (name, role) in ROLES {
            let hired = world.hire(name, "en-GB", None, &[role]);
            people.insert(name, hired.person.clone());
            mia = mia.or(Some(hired));
        }
        let home = world.organisation.guild.id;
        let power = world
            .discord
            .add_role(home, "administrators", permissions::ADMINISTRATOR);
        world.discord.set_member_roles(home, people["admin"].id(), &[power]);

        let sister = world.discord.add_guild_with(
            "Sister Ltd",
            founder,
            &["manager", "handler", "owner"],
            &["lobby"],
            &[&bot],
        );
        let foreign = world
            .discord
            .add_guild_with("Elsewhere", founder, &[], &["lobby"], &[&bot]);
        for person in people.values() {
            world.discord.add_member(sister.id, person.id(), &[]);
        }
        for (name, role) in [("sister", "handler"), ("second", "handler"), ("sister-owner", "owner")] {
            let person = world.discord.add_user(name, "en-GB");
            world.discord.add_member(sister.id, person.id(), &[sister.roles[role]]);
            world.discord.add_member(home, person.id(), &[]);
            people.insert(name, person);
        }
        people.insert("guest", world.discord.add_user("guest", "en-GB"));
        for person in people.values() {
            world.discord.add_member(foreign.id, person.id(), &[]);
        }
        world.setting.further = format!(
            "[[organisation]]\nid = \"{}\"\nname = \"Sister Ltd\"\nzone = \"Europe/Berlin\"\n[organisation.roles]\n\
             manager = [\"{}\"]\nhandler = [\"{}\"]\nowner = [\"{}\"]\n",
            sister.id, sister.roles["manager"], sister.roles["handler"], sister.roles["owner"]
        );
        let cast = Self {
            people,
            facts: BTreeMap::new(),
            sister,
            foreign,
        };
        (cast, mia.expect("the manager is the first of those with a role"))
    }

    fn know(&mut self, name: &'static str, value: &str) {
        self.facts.insert(name, value.to_owned());
    }

    pub fn named(&self, name: &str) -> &Person {
        &self.people[name]
    }

    pub fn person(&self, column: usize) -> &Person {
        self.named(COLUMNS[column])
    }

    pub fn fact(&self, name: &str) -> String {
        self.facts[name].clone()
    }

    /// The text with all that is known in its places.
    pub fn fill(&self, text: &str) -> String {
        let known = self.facts.iter();
        known.fold(text.to_owned(), |text, (name, value)| {
            text.replace(&format!("{{{name}}}"), value)
        })
    }

    pub fn place(&self, world: &World, whereabouts: Where) -> Place {
        match whereabouts {
            Where::Server => Place::Channel(world.organisation.guild.channels["general"]),
            Where::DirectMessages => Place::Dm,
            Where::OtherOrganisation => Place::Channel(self.sister.channels["lobby"]),
            Where::ForeignServer => Place::Channel(self.foreign.channels["lobby"]),
        }
    }

    /// Another case like the one that everybody tries to get at; its id.
    pub async fn another_case(&self, world: &World) -> anyhow::Result<String> {
        raised::another(world, self).await
    }

    /// A leave of the manager with these days; its id.
    pub async fn absence(&self, world: &World, (from, to): (Date, Date)) -> anyhow::Result<String> {
        let manager = member(self.named("manager"));
        let draft = AbsenceDraft {
            member: manager,
            from,
            to,
            entered_by: manager,
            owner: false,
        };
        let bot = world.app().bot();
        let organisation = bot
            .core
            .organisation(world.organisation_id())
            .context("the organisation")?;
        let (ledger, chance) = (&bot.core.ledger, &bot.core.chance);
        match enter_absence(ledger, chance, organisation, draft).await? {
            AbsenceOutcome::Entered(id) => Ok(id.as_str().to_owned()),
            refused => anyhow::bail!("{refused:?}"),
        }
    }

    /// All that a refusal must not change.
    pub async fn protected(&self, world: &World) -> anyhow::Result<String> {
        let reader = world.app().bot().core.db.reader();
        macro_rules! rows {
            ($($table:ident)*) => {{
                let mut tables = Vec::new();
                $(
                    let rows = entity::$table::Entity::find().all(reader).await?;
                    let mut rows: Vec<String> = rows.iter().map(|row| format!("{row:?}")).collect();
                    rows.sort();
                    tables.push(rows.join("\n"));
                )*
                tables
            }};
        }
        let tables = rows!(
            concern_case concern_entry concern_file concern_identity concern_named concern_barred concern_unsealing
            concern_event handler_key answer cycle absence outbound_message
        );
        Ok(tables.join("\n\n"))
    }
}
