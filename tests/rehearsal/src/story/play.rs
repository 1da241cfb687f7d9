//! The play: people react to what they see, the organisation's calendar goes on, and everything is written down.

mod ending;
mod questions;
mod telling;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::Context;
use bellwether::clock::Millis;
use bellwether::concerns::Stretch;
use jiff::{Timestamp, civil, tz::TimeZone};

use super::cast::{MANAGERS, Manner, Part, STAFF};
use super::reaction::Answer;
use super::speaking::{Act, Cast, Stage};
use super::transcript::Transcript;
use crate::organisation::{Hired, Setting};
use crate::world::World;

/// The Monday on which the story begins, and its length.
const FIRST_DAY: civil::Date = civil::date(2026, 8, 31);
const WEEKS: i32 = 13;
/// The week in which Goro is away.
const LEAVE_WEEK: i32 = 4;
/// The week in which Eli remembers on Friday that a question was left unfinished.
const DRAFT_WEEK: i32 = 2;
/// The week in which the server is away from Wednesday to the Monday after.
const OUTAGE_WEEK: i32 = 7;

/// Something that will happen.
#[derive(Clone, Debug)]
enum Event {
    Week(i32),
    Leave,
    Remember,
    Crash,
    Return,
    Speak(Act),
    React {
        manager: usize,
        message: u64,
        answer: Answer,
    },
}

struct Manager {
    part: Part,
    hired: Hired,
    asked: usize,
}

struct Play<'a> {
    world: World,
    transcript: &'a mut Transcript,
    managers: Vec<Manager>,
    owner: Hired,
    speaking: Cast,
    names: BTreeMap<String, String>,
    calendar: BTreeMap<(Millis, usize), Event>,
    seen: BTreeSet<u64>,
    /// How many messages there were at the last look around.
    looked: usize,
    /// How many checkpoints were in the evidence channel then.
    published: usize,
    planned: usize,
    /// Up to when the outcome of the questions was reported.
    summed_up: Millis,
    running: bool,
}

/// Plays the story into an empty folder.
///
/// # Errors
/// When anything does not go as it must.
pub async fn play(folder: &Path, transcript: &mut Transcript) -> anyhow::Result<()> {
    let mut setting = Setting::at("2026-08-31T05:00:00Z");
    // The real bot can go on with what is left behind.
    setting.stretch = Stretch::default();
    setting.folder = Some(folder.to_owned());
    setting.anchored = true;
    "[concerns]\nother_way = \"the ombudsperson, 030 1234567\"".clone_into(&mut setting.settings);
    let mut world = World::with(setting).await?;
    world.play_in_memory()?;
    let mut names = BTreeMap::new();
    let managers = MANAGERS
        .into_iter()
        .map(|part| Manager {
            hired: world.hire(part.name, part.locale, Some(part.zone), &["manager"]),
            part,
            asked: 0,
        })
        .collect::<Vec<_>>();
    let owner = world.hire("Iris", "en-GB", None, &["owner"]);
    let handlers = [("Jun", "handler"), ("Kim", "handler"), ("Lotte", "independent_handler")];
    let handlers = handlers.map(|(name, role)| world.hire(name, "en-GB", None, &[role]));
    let staff: Vec<Hired> = (1..=STAFF)
        .map(|number| world.hire(&format!("staff-{number}"), "en-GB", None, &[]))
        .collect();
    let speakers = [6, 11, 20].map(|index| staff[index].clone());
    for hired in &world.organisation.people {
        names.insert(hired.person.id().to_string(), hired.name.clone());
    }
    for manager in managers.iter().filter(|manager| manager.part.manner == Manner::Closed) {
        world
            .discord
            .set_dm_policy(manager.hired.person.id(), discord_stand_in::DmPolicy::Refuses50007);
    }
    let mut play = Play {
        world,
        transcript,
        managers,
        speaking: Cast::new(owner.clone(), handlers, speakers),
        owner,
        names,
        calendar: BTreeMap::new(),
        seen: BTreeSet::new(),
        looked: 0,
        published: 0,
        planned: 0,
        summed_up: monday(0)?,
        running: true,
    };
    let outcome = play.acts().await;
    if outcome.is_err() {
        // The reason should be read, not that the end is missing.
        play.world.finished();
    }
    // What was left must be there to look at, above all when something went wrong.
    play.world.bring_home()?;
    outcome
}

impl Play<'_> {
    async fn acts(&mut self) -> anyhow::Result<()> {
        self.prologue().await?;
        self.weeks().await?;
        self.epilogue().await
    }

    async fn prologue(&mut self) -> anyhow::Result<()> {
        self.transcript
            .line("A rehearsal: the real bot, a stand-in for Discord, and thirteen weeks in virtual time.")?;
        self.transcript.line(&format!(
            "Fernhill Foods: {} managers in three time zones, {STAFF} staff, {} runs the programme, Jun and Kim handle \
             concerns, and Lotte is an independent handler.",
            self.managers.len(),
            self.owner.name,
        ))?;
        self.transcript
            .line("Times are each person's own. What was shown in full once is shown in one line later on.")?;
        self.world.start_bot().await?;
        for week in 0..WEEKS {
            self.plan(monday(week)?, Event::Week(week));
        }
        self.plan(monday(LEAVE_WEEK)? - 3 * Millis::DAY + 4 * Millis::HOUR, Event::Leave);
        self.plan(
            monday(DRAFT_WEEK)? + 4 * Millis::DAY + 8 * Millis::HOUR,
            Event::Remember,
        );
        self.plan(monday(OUTAGE_WEEK)? + 2 * Millis::DAY + 7 * Millis::HOUR, Event::Crash);
        self.plan(monday(OUTAGE_WEEK + 1)? + 3 * Millis::HOUR, Event::Return);
        for (act, (week, weekday, hour)) in Act::ALL {
            let at = monday(week)? + weekday * Millis::DAY + (hour - 6) * Millis::HOUR;
            self.plan(at, Event::Speak(act));
        }
        Ok(())
    }

    fn plan(&mut self, at: Millis, event: Event) {
        self.planned += 1;
        self.calendar.insert((at, self.planned), event);
    }

    /// Goes from one thing to the next: the bot's next instant or the calendar's.
    async fn weeks(&mut self) -> anyhow::Result<()> {
        let end = monday(WEEKS)?;
        loop {
            let bot = if self.running { self.world.pump().await? } else { None };
            self.look_around()?;
            let now = self.world.clock.now();
            let calendar = self.calendar.first_key_value().map(|((at, _), _)| *at);
            if calendar.is_some_and(|at| at <= now) {
                let (_, event) = self.calendar.pop_first().context("the calendar has an event")?;
                self.happen(event).await?;
                continue;
            }
            if now >= end {
                return Ok(());
            }
            let next = [bot.map(|at| at.max(now + 1)), calendar]
                .into_iter()
                .flatten()
                .min()
                .unwrap_or(end);
            self.world.clock.set(next.min(end));
        }
    }

    async fn happen(&mut self, event: Event) -> anyhow::Result<()> {
        match event {
            Event::Week(week) => {
                self.sum_up().await?;
                self.week(week)
            }
            Event::Leave => self.leave().await,
            Event::Remember => {
                let index = self.index_of(Manner::Silent)?;
                self.looks(index, "pending").await
            }
            Event::Crash => {
                self.transcript
                    .chapter("The server loses power; nobody notices until Monday")?;
                self.world.crash_bot().await?;
                self.running = false;
                Ok(())
            }
            Event::Return => {
                self.transcript.chapter("The server is back; the bot catches up")?;
                self.world.start_bot().await?;
                self.running = true;
                Ok(())
            }
            Event::Speak(act) => {
                let mut stage = Stage {
                    world: &self.world,
                    transcript: self.transcript,
                    names: &self.names,
                };
                self.speaking.play(act, &mut stage).await
            }
            Event::React {
                manager,
                message,
                answer,
            } => {
                if self.running {
                    return self.react(manager, message, &answer).await;
                }
                // Discord shows that the bot is away; people try again when it is back.
                self.plan(
                    self.world.clock.now() + Millis::DAY,
                    Event::React {
                        manager,
                        message,
                        answer,
                    },
                );
                Ok(())
            }
        }
    }
}

fn day(week: i32) -> anyhow::Result<civil::Date> {
    Ok(FIRST_DAY.checked_add(jiff::Span::new().weeks(week))?)
}

/// Monday 06:00 UTC of a week of the story.
fn monday(week: i32) -> anyhow::Result<Millis> {
    let instant: Timestamp = day(week)?.at(6, 0, 0, 0).to_zoned(TimeZone::UTC)?.timestamp();
    Ok(instant.into())
}
