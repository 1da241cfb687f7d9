//! The play: people react to what they see, the organisation's calendar goes on, and everything is written down.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::path::Path;

use anyhow::{Context, bail};
use bellwether::clock::Millis;
use discord_stand_in::{Message, Place};
use jiff::{Timestamp, civil, tz::TimeZone};
use serde_json::json;

use super::cast::{MANAGERS, Manner, Part, STAFF};
use super::pack::hand_over;
use super::reaction::{Answer, reaction};
use super::rights;
use super::screen::Screen;
use super::speaking::{Act, Cast, Stage};
use super::tally::Tally;
use super::transcript::Transcript;
use crate::organisation::{Hired, Setting};
use crate::world::{World, verify};

/// The Monday on which the story begins, and its length.
const FIRST_DAY: civil::Date = civil::date(2026, 8, 31);
const WEEKS: i32 = 13;
/// The week in which Goro is on leave.
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
    /// Up to when it was said what became of the questions.
    summed_up: Millis,
    running: bool,
}

/// Plays the story into an empty folder.
///
/// # Errors
/// When anything does not go as it must.
pub async fn play(folder: &Path, transcript: &mut Transcript) -> anyhow::Result<()> {
    let mut setting = Setting::at("2026-08-31T05:00:00Z");
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
        // The reason is to be read, not that the end is missing.
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
             concerns, and Lotte does so from outside the lines.",
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

    /// Notices new questions, in direct messages and in the fallback channel, and plans the reactions.
    fn look_around(&mut self) -> anyhow::Result<()> {
        let count = self.world.discord.message_count();
        if count == self.looked {
            return Ok(());
        }
        self.looked = count;
        self.publications()?;
        let channel = self
            .world
            .discord
            .messages(self.world.organisation.guild.channels["security-prompts"]);
        for index in 0..self.managers.len() {
            let person = self.managers[index].hired.person.clone();
            let mention = format!("<@{}>", person.id());
            let here = channel.iter().filter(|message| message.content().contains(&mention));
            let found = person
                .received()
                .iter()
                .chain(here)
                .filter(|message| !message.buttons().is_empty())
                .cloned()
                .collect::<Vec<_>>();
            for message in found {
                if self.seen.insert(message.id()) {
                    self.asked(index, &message)?;
                }
            }
        }
        Ok(())
    }

    /// Shows the first checkpoint in the evidence channel in full; the others are counted at the end.
    fn publications(&mut self) -> anyhow::Result<()> {
        let mut posted = self
            .world
            .discord
            .messages(self.world.organisation.guild.channels["evidence-log"]);
        // That handlers' keys have changed is said there, too.
        posted.retain(|message| {
            message.raw()["attachments"]
                .as_array()
                .is_some_and(|files| !files.is_empty())
        });
        let before = std::mem::replace(&mut self.published, posted.len());
        let (Some(first), 0) = (posted.first(), before) else {
            return Ok(());
        };
        let screen = Screen::new("Europe/Berlin", first.made_at());
        let time = screen.time(first.made_at());
        let files = self.world.discord.files(first);
        let (name, bytes) = files.first().context("the checkpoint as a file")?;
        self.transcript.line(&format!(
            "{time} (Berlin) in #evidence-log everybody sees, with the file {name} ({} bytes)",
            bytes.len()
        ))?;
        self.transcript.full(&screen.show(&first.text(), &self.names))
    }

    fn asked(&mut self, index: usize, message: &Message) -> anyhow::Result<()> {
        let manager = &mut self.managers[index];
        let (part, count) = (manager.part, manager.asked);
        manager.asked += 1;
        let open = if message.channel() == self.world.organisation.guild.channels["security-prompts"] {
            "takes no direct messages; in #security-prompts there is"
        } else {
            "is asked"
        };
        let kind = format!("question {} {open}", part.locale);
        self.says(index, message.made_at(), open)?;
        self.screen(index, &kind, &message.text(), 0..2)?;
        if let Some(reaction) = reaction(part.manner, count) {
            let event = Event::React {
                manager: index,
                message: message.id(),
                answer: reaction.answer,
            };
            self.plan(Millis(message.made_at()) + reaction.after, event);
        }
        Ok(())
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

    fn week(&mut self, week: i32) -> anyhow::Result<()> {
        let first = day(week)?;
        let last = first.checked_add(jiff::Span::new().days(6))?;
        let title = format!(
            "Week {} of {WEEKS}: {} to {}",
            week + 1,
            first.strftime("%-d %b"),
            last.strftime("%-d %b %Y")
        );
        self.transcript.chapter(&title)
    }

    async fn leave(&mut self) -> anyhow::Result<()> {
        let index = self.index_of(Manner::Away)?;
        let (from, to) = (
            day(LEAVE_WEEK)?,
            day(LEAVE_WEEK)?.checked_add(jiff::Span::new().days(6))?,
        );
        let options = [("from", json!(from.to_string())), ("to", json!(to.to_string()))];
        let person = self.managers[index].hired.person.clone();
        let handle = person.slash(self.world.organisation.bot.id, Place::Dm, "away", &options)?;
        let answer = handle.message().await?;
        self.says(
            index,
            self.world.clock.now().0,
            &format!("types /away from:{from} to:{to} and sees"),
        )?;
        self.screen(index, "away", &answer.text(), 0..1)
    }

    async fn react(&mut self, index: usize, message: u64, answer: &Answer) -> anyhow::Result<()> {
        let message = self
            .world
            .discord
            .message(message)
            .context("the question is still there")?;
        let button = message
            .buttons()
            .get(answer.button())
            .cloned()
            .context("a question has four buttons")?;
        let person = self.managers[index].hired.person.clone();
        let modal = person.press(&message, &button.custom_id)?.modal().await?;
        let now = self.world.clock.now().0;
        if *answer == Answer::Draft {
            let does = format!(
                "presses [{}], sees the form “{}”, and is called away",
                button.label,
                modal.title()
            );
            return self.says(index, now, &does);
        }
        let values = values(answer, &modal)?;
        let pairs: Vec<(&str, &str)> = values.iter().map(|(id, text)| (id.as_str(), text.as_str())).collect();
        let receipt = person.submit(&modal, &pairs)?.message().await?;
        let wrote = values
            .iter()
            .map(|(_, text)| text.as_str())
            .collect::<Vec<_>>()
            .join(" / ");
        let does = format!("presses [{}], fills in “{}”: {wrote}", button.label, modal.title());
        self.says(index, now, &does)?;
        let kind = format!("receipt {} {}", self.managers[index].part.locale, answer.button());
        self.screen(index, &kind, &receipt.text(), 1..3)
    }

    async fn epilogue(&mut self) -> anyhow::Result<()> {
        self.sum_up().await?;
        self.transcript.chapter("After thirteen weeks")?;
        let all = Tally::between(&self.world.cycles().await?, monday(0)?, self.world.clock.now() + 1);
        self.transcript
            .line(&format!("Of everything that was planned: {}.", all.line()))?;
        let bot = self.world.organisation.bot.id;
        let index = self.index_of(Manner::Straight)?;
        for command in ["pending", "record"] {
            self.looks(index, command).await?;
        }
        let manager = self.managers[index].hired.person.clone();
        let general = Place::Channel(self.world.organisation.guild.channels["general"]);
        let refused = manager.slash(bot, general, "streaks", &[])?.message().await?;
        self.says(index, self.world.clock.now().0, "types /streaks and sees")?;
        self.full(index, &refused)?;
        let streaks = self.owner.person.slash(bot, general, "streaks", &[])?.message().await?;
        let now = self.world.clock.now().0;
        let screen = Screen::new("Europe/Berlin", now);
        let time = screen.time(now);
        self.transcript
            .line(&format!("{time} (Berlin) {} types /streaks and sees", self.owner.name))?;
        self.transcript.full(&screen.show(&streaks.text(), &self.names))?;
        self.transcript.line(&format!(
            "In #evidence-log there are {} checkpoints, each as a file of exact bytes.",
            self.published
        ))?;
        self.rights().await?;
        self.world.stop_bot().await?;
        self.world.finished();
        self.world.bring_home()?;
        self.transcript.chapter("bellwether evidence verify")?;
        let report = verify(&self.world.config_path()).await?;
        self.transcript.full(&report)?;
        let (folder, config) = (self.world.folder(), self.world.config_path());
        hand_over(folder, &config, &self.world.clock, self.transcript).await?;
        self.transcript.chapter("What was said in confidence")?;
        let looked_at = self.speaking.stays_sealed(folder)?;
        self.transcript.line(&format!(
            "In {looked_at} files that the bot has written, database, log and packs, there is no line of the three \
             concerns, and no case key."
        ))?;
        let left = "bellwether.db, bot.log, pack, pack-tampered, requests.jsonl, transcript.txt";
        self.transcript
            .line(&format!("\nLeft in {}: {left}", self.world.folder().display()))?;
        self.transcript.finish()
    }

    /// Somebody corrects an answer and has it proved; somebody who left has everything erased.
    async fn rights(&mut self) -> anyhow::Result<()> {
        self.transcript.chapter("Their own record")?;
        let index = self.index_of(Manner::Asking)?;
        let hired = self.managers[index].hired.clone();
        let words = ["It was the other team", "I answered for the wrong team"];
        let corrected = rights::corrects(&self.world, &hired, words).await?;
        let now = self.world.clock.now().0;
        self.says(
            index,
            now,
            &format!("corrects the newest answer: {}", words.join(" / ")),
        )?;
        self.full(index, &corrected)?;
        let proved = rights::proves(&self.world, &hired).await?;
        self.says(index, now, "presses [Receipt], saves the files and checks them alone")?;
        self.transcript.full(&proved.join("\n"))?;
        let index = self.index_of(Manner::Silent)?;
        let hired = self.managers[index].hired.clone();
        let erased = rights::erases(&self.world, &hired).await?;
        self.says(index, now, "has left, and asks for erasure; the operator erases")?;
        self.transcript.full(&erased)
    }

    /// Says what became of the questions since the last time; while the bot is away that waits.
    async fn sum_up(&mut self) -> anyhow::Result<()> {
        let (from, now) = (self.summed_up, self.world.clock.now());
        if !self.running || now <= from {
            return Ok(());
        }
        self.summed_up = now;
        let tally = Tally::between(&self.world.cycles().await?, from, now);
        let since = Screen::new("UTC", now.0).time(from.0);
        self.transcript.line(&format!("= Since {since} UTC: {}.", tally.line()))
    }

    /// Somebody types a command without options; of an answer in several messages the first is shown.
    async fn looks(&mut self, index: usize, command: &str) -> anyhow::Result<()> {
        let person = self.managers[index].hired.person.clone();
        let asked = person.slash(self.world.organisation.bot.id, Place::Dm, command, &[])?;
        let seen = asked.message().await?;
        self.world.settle().await;
        self.says(index, self.world.clock.now().0, &format!("types /{command} and sees"))?;
        self.full(index, &seen)?;
        let further = asked.followups();
        if further.is_empty() {
            return Ok(());
        }
        let lines: usize = further.iter().map(|message| message.text().lines().count()).sum();
        self.transcript
            .full(&format!("(and {lines} lines in further messages)"))
    }

    fn index_of(&self, manner: Manner) -> anyhow::Result<usize> {
        let found = self.managers.iter().position(|manager| manager.part.manner == manner);
        found.with_context(|| format!("nobody is {manner:?}"))
    }

    fn says(&mut self, index: usize, at: i64, does: &str) -> anyhow::Result<()> {
        let part = self.managers[index].part;
        let city = part.zone.rsplit('/').next().unwrap_or(part.zone).replace('_', " ");
        let time = Screen::new(part.zone, at).time(at);
        self.transcript.line(&format!("{time} ({city}) {} {does}", part.name))
    }

    /// In full at first, later only the lines that `brief` names; who is called is not among them.
    fn screen(&mut self, index: usize, kind: &str, text: &str, brief: Range<usize>) -> anyhow::Result<()> {
        let screen = Screen::new(self.managers[index].part.zone, self.world.clock.now().0);
        let shown = screen.show(text, &self.names);
        let said = shown.lines().filter(|line| !line.starts_with('@'));
        let brief: Vec<&str> = said.skip(brief.start).take(brief.len()).collect();
        self.transcript.screen(kind, &shown, &cut(&brief.join(" · ")))
    }

    fn full(&mut self, index: usize, message: &Message) -> anyhow::Result<()> {
        let screen = Screen::new(self.managers[index].part.zone, self.world.clock.now().0);
        self.transcript.full(&screen.show(&message.text(), &self.names))
    }
}

/// At most one line of a wide terminal.
fn cut(line: &str) -> String {
    const WIDTH: usize = 112;
    if line.chars().count() <= WIDTH {
        return line.to_owned();
    }
    line.chars().take(WIDTH - 1).chain(['…']).collect()
}

/// What is written into which field.
fn values(answer: &Answer, modal: &discord_stand_in::ModalShown) -> anyhow::Result<Vec<(String, String)>> {
    let fields = modal.fields();
    let field = |index: usize| {
        fields
            .get(index)
            .map(|field| field.custom_id.clone())
            .context("the form has this field")
    };
    Ok(match answer {
        Answer::Yes(text) | Answer::NotApplicable(text) | Answer::Help(text) => vec![(field(0)?, (*text).to_owned())],
        Answer::NotYet { when, act } => {
            let by = fields
                .get(2)
                .and_then(|field| field.value.clone())
                .context("the form proposes a date")?;
            vec![
                (field(0)?, (*when).to_owned()),
                (field(1)?, (*act).to_owned()),
                (field(2)?, by),
            ]
        }
        Answer::Draft => bail!("a draft fills in nothing"),
    })
}

fn day(week: i32) -> anyhow::Result<civil::Date> {
    Ok(FIRST_DAY.checked_add(jiff::Span::new().weeks(week))?)
}

/// Monday 06:00 UTC of a week of the story.
fn monday(week: i32) -> anyhow::Result<Millis> {
    let instant: Timestamp = day(week)?.at(6, 0, 0, 0).to_zoned(TimeZone::UTC)?.timestamp();
    Ok(instant.into())
}
