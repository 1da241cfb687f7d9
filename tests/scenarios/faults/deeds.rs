//! What people do while things go wrong, what they are told, and what of it is in the database.

use std::collections::BTreeSet;

use age::x25519::Identity;
use anyhow::Context;
use bellwether::catalogue::{Choice, Urgency};
use bellwether::chance::Chance;
use bellwether::concerns::{
    self, CaseNumber, Channel, Handler, HandlerText, ReplyDraft, ReplyOutcome, Secret, SubmitOutcome, VisitOutcome,
};
use bellwether::config::Role;
use bellwether::ids::{CaseId, CycleId, InteractionId, MemberId};
use bellwether::people::{self, AbsenceDraft, AbsenceOutcome};
use bellwether::prompts::{self, AmendOutcome, AmendmentDraft, AnswerDraft, Detail, MOST_AMENDMENTS, RecordOutcome};
use jiff::ToSpan;
use jiff::civil::Date;
use rehearsal::{Hired, World};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};

use crate::concerns_stage::{hire, keyed, member, opened_by};

/// Something that somebody does once. Its number is in its words, or is its interaction's.
#[derive(Clone, Debug)]
pub enum Deed {
    Answer(u32, CycleId, MemberId),
    Correct(u32, CycleId, MemberId),
    Leave(Date, MemberId),
    Concern(u32),
    Reply(u32, CaseId),
}

/// What somebody was told of it.
pub enum Told {
    Kept(Proof),
    /// Nothing of it happened.
    Refused(String),
    /// It is not known whether it happened.
    Unknown(String),
}

/// What somebody was given.
pub enum Proof {
    Word,
    CaseKey(CaseNumber, Secret),
}

/// Everybody, and what there is to do for them.
pub struct People {
    answering: BTreeSet<MemberId>,
    /// With the last day that each was to be away on.
    leaving: Vec<(MemberId, Date)>,
    hanna: (Hired, Identity),
    number: u32,
    /// Questions without an answer.
    open: Vec<(CycleId, MemberId)>,
    /// Answers, and how often they were corrected.
    answered: Vec<(CycleId, MemberId, usize)>,
    cases: Vec<CaseId>,
}

impl People {
    /// Hires everybody and starts the bot.
    pub async fn gather(world: &mut World) -> anyhow::Result<Self> {
        let mut managers = |name: &str, count| -> Vec<MemberId> {
            let all = (0..count).map(|number| world.manager(&format!("{name} {number}")));
            all.map(|hired| member(&hired)).collect()
        };
        let (answering, leaving) = (managers("Mia", 6), managers("Ned", 4));
        let handlers = hire(world);
        world.start_bot().await?;
        let handlers = keyed(world, handlers).await?;
        Ok(Self {
            answering: answering.into_iter().collect(),
            leaving: leaving.into_iter().map(|member| (member, Date::MIN)).collect(),
            hanna: handlers.hanna,
            number: 0,
            open: Vec::new(),
            answered: Vec::new(),
            cases: Vec::new(),
        })
    }

    /// Lets a week pass, so that there is something new to answer.
    pub async fn a_week_passes(&mut self, world: &World) -> anyhow::Result<()> {
        world.pass(7 * bellwether::clock::Millis::DAY).await?;
        let cycles = world.cycles().await?.into_iter().filter(|cycle| cycle.state == "open");
        let known = cycles.map(|cycle| (CycleId::new(cycle.id), MemberId::from_i64(cycle.member)));
        self.open = known.filter(|(_, member)| self.answering.contains(member)).collect();
        self.answered.clear();
        Ok(())
    }

    /// Something to do next.
    pub fn think_of(&mut self, world: &World, chance: &Chance) -> Deed {
        self.number += 1;
        let number = self.number;
        let some = |count: usize| usize::try_from(chance.below(count as u64)).unwrap_or(0);
        self.answered.retain(|(_, _, corrected)| *corrected < MOST_AMENDMENTS);
        match chance.below(5) {
            0 if !self.open.is_empty() => {
                let (cycle, member) = self.open.swap_remove(some(self.open.len()));
                Deed::Answer(number, cycle, member)
            }
            1 if !self.answered.is_empty() => {
                let place = some(self.answered.len());
                let (cycle, member, corrected) = &mut self.answered[place];
                *corrected += 1;
                Deed::Correct(number, cycle.clone(), *member)
            }
            2 if !self.cases.is_empty() => Deed::Reply(number, self.cases[some(self.cases.len())].clone()),
            3 => {
                let soon = today(world).saturating_add(2.days());
                let place = some(self.leaving.len());
                let (who, last) = &mut self.leaving[place];
                *last = soon.max(last.saturating_add(1.day()));
                Deed::Leave(*last, *who)
            }
            _ => Deed::Concern(number),
        }
    }

    /// Does it; what is told of it.
    pub async fn carry_out(&self, world: &World, deed: &Deed) -> Told {
        let done = match deed {
            Deed::Answer(number, cycle, member) => answer(world, *number, cycle, *member).await,
            Deed::Correct(number, cycle, member) => correct(world, *number, cycle, *member).await,
            Deed::Leave(day, member) => leave(world, *day, *member).await,
            Deed::Concern(number) => self.concern(world, *number).await,
            Deed::Reply(number, case) => self.reply(world, *number, case).await,
        };
        match done {
            Ok(proof) => Told::Kept(proof),
            Err(error) => {
                let why = format!("{error:#}");
                if why.contains("it is not known whether") {
                    Told::Unknown(why)
                } else {
                    Told::Refused(why)
                }
            }
        }
    }

    /// What can be done next because of it.
    pub async fn remember(&mut self, world: &World, deed: &Deed, told: &Told) -> anyhow::Result<()> {
        match (deed, told) {
            (Deed::Answer(_, cycle, member), Told::Kept(_)) => self.answered.push((cycle.clone(), *member, 0)),
            (Deed::Answer(_, cycle, member), Told::Refused(_)) => self.open.push((cycle.clone(), *member)),
            (Deed::Concern(_), Told::Kept(Proof::CaseKey(number, _))) => {
                let desk = &world.app().bot().desk;
                let case = concerns::find_case(desk, &self.handler(world)?, number.clone()).await?;
                self.cases.push(case.context("a confirmed case is nowhere")?.case.id);
            }
            _ => {}
        }
        Ok(())
    }

    fn handler(&self, world: &World) -> anyhow::Result<Handler> {
        let organisation = world.app().bot().desk.core.organisation(world.organisation_id());
        Ok(Handler {
            organisation: organisation.context("the organisation")?.clone(),
            member: member(&self.hanna.0),
            roles: BTreeSet::from([Role::Handler]),
        })
    }

    async fn concern(&self, world: &World, number: u32) -> anyhow::Result<Proof> {
        let desk = &world.app().bot().desk;
        let organisation = desk
            .core
            .organisation(world.organisation_id())
            .context("the organisation")?;
        let Channel::Open(keys) = concerns::channel(desk, organisation).await? else {
            anyhow::bail!("the channel is closed");
        };
        let draft = concerns::ReportDraft {
            organisation: organisation.id,
            on_day: desk.today(organisation),
            category: "mistake".to_owned(),
            urgency: Urgency::Today,
            barred: BTreeSet::new(),
            keys: keys.fingerprint(),
            no_contact: false,
            text: Secret::new(words(number)),
            about: None,
            drill: false,
        };
        match concerns::submit(desk, draft).await? {
            SubmitOutcome::Filed(filed) => Ok(Proof::CaseKey(filed.number, filed.key.shown())),
            _ => anyhow::bail!("the concern was not taken"),
        }
    }

    async fn reply(&self, world: &World, number: u32, case: &CaseId) -> anyhow::Result<Proof> {
        let draft = ReplyDraft {
            case: case.clone(),
            words: HandlerText {
                text: Secret::new(words(number)),
                interaction: interaction(number),
            },
            feedback: false,
        };
        match concerns::reply(&world.app().bot().desk, &self.handler(world)?, draft).await? {
            ReplyOutcome::Sent { .. } => Ok(Proof::Word),
            other => anyhow::bail!("the reply was not taken: {other:?}"),
        }
    }

    /// Everything that was said about concerns, as handlers read it.
    pub async fn said(&self, world: &World) -> anyhow::Result<Vec<String>> {
        let said = opened_by(world, &self.hanna.1).await?;
        Ok(said.iter().map(ToString::to_string).collect())
    }
}

/// How often it is in the database, as far as that can be seen by what the person was told.
pub async fn count(world: &World, said: &[String], (deed, told): &(Deed, Told)) -> anyhow::Result<usize> {
    let reader = world.app().bot().core.db.reader();
    let count = match deed {
        Deed::Answer(number, ..) | Deed::Correct(number, ..) => {
            let own = entity::answer::Column::Interaction.eq(interaction(*number).get());
            entity::answer::Entity::find().filter(own).count(reader).await?
        }
        Deed::Leave(day, member) => {
            let zone = jiff::tz::TimeZone::get("Europe/Berlin")?;
            let begins = zone.to_timestamp(day.at(0, 0, 0, 0))?.as_millisecond();
            let own = entity::absence::Column::Member.eq(member.get());
            let rows = entity::absence::Entity::find().filter(own);
            rows.filter(entity::absence::Column::FromAt.eq(begins))
                .count(reader)
                .await?
        }
        Deed::Concern(number) | Deed::Reply(number, _) => {
            let words = words(*number);
            said.iter().filter(|text| text.contains(&words)).count() as u64
        }
    };
    if let Told::Kept(Proof::CaseKey(_, key)) = told {
        let opens = concerns::begin_visit(&world.app().bot().desk, key).await?;
        anyhow::ensure!(matches!(opens, VisitOutcome::Begun(_)), "a case key opens nothing");
    }
    Ok(usize::try_from(count)?)
}

async fn answer(world: &World, number: u32, cycle: &CycleId, member: MemberId) -> anyhow::Result<Proof> {
    let core = &world.app().bot().core;
    let draft = AnswerDraft {
        cycle: cycle.clone(),
        member,
        choice: Choice::NeedHelp,
        detail: Some(Detail::Blocker { text: words(number) }),
        interaction: interaction(number),
        received: core.clock.now(),
        on: None,
    };
    match prompts::record_answer(core, draft).await? {
        RecordOutcome::Recorded(_) | RecordOutcome::RecordedLate(_) => Ok(Proof::Word),
        other => anyhow::bail!("the answer was not taken: {other:?}"),
    }
}

async fn correct(world: &World, number: u32, cycle: &CycleId, member: MemberId) -> anyhow::Result<Proof> {
    let core = &world.app().bot().core;
    let draft = AmendmentDraft {
        cycle: cycle.clone(),
        member,
        choice: Choice::NeedHelp,
        detail: Some(Detail::Blocker { text: words(number) }),
        reason: "it was another".to_owned(),
        interaction: interaction(number),
        received: core.clock.now(),
    };
    match prompts::amend(core, draft).await? {
        AmendOutcome::Amended(..) => Ok(Proof::Word),
        other => anyhow::bail!("the correction was not taken: {other:?}"),
    }
}

async fn leave(world: &World, day: Date, member: MemberId) -> anyhow::Result<Proof> {
    let core = &world.app().bot().core;
    let organisation = world.app().bot().desk.core.organisation(world.organisation_id());
    let draft = AbsenceDraft {
        member,
        from: day,
        to: day,
        entered_by: member,
        owner: false,
    };
    let organisation = organisation.context("the organisation")?;
    match people::enter_absence(&core.ledger, &core.chance, organisation, draft).await? {
        AbsenceOutcome::Entered { .. } => Ok(Proof::Word),
        other => anyhow::bail!("the leave was not taken: {other:?}"),
    }
}

fn words(number: u32) -> String {
    format!("thing number {number}.")
}

/// An interaction that no other one is.
fn interaction(number: u32) -> InteractionId {
    InteractionId::from_i64(i64::from(number))
}

fn today(world: &World) -> Date {
    let now = jiff::Timestamp::from_millisecond(world.clock.now().0).unwrap_or_default();
    now.to_zoned(jiff::tz::TimeZone::UTC).date()
}
