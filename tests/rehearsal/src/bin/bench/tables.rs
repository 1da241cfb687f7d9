//! How much longer the whole log takes to check when the tables are held against it.

use bellwether::chance::Chance;
use bellwether::clock::Millis;
use bellwether::db::Db;
use bellwether::evidence::{Log, NewLeaf, fields, verify};
use bellwether::ids::RecordId;
use bellwether::ledger::{Ledger, Tx};
use bellwether::reconcile;
use entity::{answer, assignment, cycle};
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};
use secrecy::ExposeSecret;

use crate::measure::{Stopwatch, Table};
use crate::site::{Engine, Site, Time};

/// Leaves of each question: opened, delivered, answered.
const LEAVES: usize = 3;
/// Questions in one transaction, and rows in one statement.
const BATCH: usize = 500;
const WORDING: &str = r#"{"language":"en","theme":"a","question":"Which step did your team see you take this week?"}"#;

#[derive(clap::Args, Debug)]
pub(crate) struct Arguments {
    /// Leaves of the log.
    #[arg(long, default_value_t = 1_000_000)]
    leaves: usize,
}

impl Arguments {
    pub(crate) fn quick() -> Self {
        Self { leaves: 3_000 }
    }
}

pub(crate) async fn run(arguments: &Arguments) -> anyhow::Result<()> {
    for engine in Engine::all() {
        Table::title(&format!(
            "tables: {} leaves with their rows, {}",
            arguments.leaves,
            engine.name()
        ));
        Site::with(engine, Time::System, async |site| measure(site, arguments.leaves).await).await?;
    }
    Ok(())
}

async fn measure(site: &Site, leaves: usize) -> anyhow::Result<()> {
    let config = site.config()?;
    let db = Db::open(config.database.url.expose_secret()).await?;
    db.migrate().await?;
    grow((&db, site), &config.evidence, leaves / LEAVES).await?;
    let watch = Stopwatch::start();
    let report = verify::live(&db, &config.evidence).await?;
    let alone = watch.elapsed();
    anyhow::ensure!(report.finding.is_none(), "the log does not verify: {report}");
    let watch = Stopwatch::start();
    let (_, tables) = reconcile::live(&db, &config.evidence).await?;
    let together = watch.elapsed();
    let rows = tables.filter(reconcile::Tables::agree).map(|tables| tables.rows);
    anyhow::ensure!(rows.is_some(), "the tables do not agree with the log");
    Table::row("verifying the log alone", &format!("{:.2} s", alone.as_secs_f64()));
    Table::row(
        "with its tables",
        &format!(
            "{:.2} s, {:.2} times, {} rows",
            together.as_secs_f64(),
            together.as_secs_f64() / alone.as_secs_f64(),
            rows.unwrap_or_default()
        ),
    );
    db.close().await
}

async fn grow((db, site): (&Db, &Site), settings: &bellwether::config::Evidence, count: usize) -> anyhow::Result<()> {
    let chance = Chance::seeded(57);
    let log = Log::open(db, settings, chance.clone()).await?;
    let ledger = Ledger::start(db.clone(), log, site.clock.clone());
    ledger
        .write(|tx| {
            Box::pin(async move {
                let one = assignment::Model {
                    id: "a".to_owned(),
                    organisation: 1,
                    member: 2,
                    prompt: "lead-visible-step".to_owned(),
                    tags: String::new(),
                    started_at: 0,
                    ended_at: None,
                };
                one.into_active_model().insert(tx.connection()).await?;
                Ok(())
            })
        })
        .await?;
    let mut first = 0;
    while first < count {
        let (chance, last) = (chance.clone(), count.min(first + BATCH));
        ledger
            .write(move |tx| Box::pin(async move { ask(tx, &chance, first..last).await }))
            .await?;
        first = last;
    }
    ledger.close().await;
    Ok(())
}

async fn ask(tx: &Tx, chance: &Chance, numbers: std::ops::Range<usize>) -> anyhow::Result<()> {
    let (mut cycles, mut answers) = (Vec::new(), Vec::new());
    for number in numbers {
        let (cycle, answer) = rows(chance, number, tx.now());
        leaves(tx, chance, &cycle, &answer);
        cycles.push(cycle.into_active_model());
        answers.push(answer.into_active_model());
    }
    cycle::Entity::insert_many(cycles)
        .exec_without_returning(tx.connection())
        .await?;
    answer::Entity::insert_many(answers)
        .exec_without_returning(tx.connection())
        .await?;
    Ok(())
}

fn rows(chance: &Chance, number: usize, now: Millis) -> (cycle::Model, answer::Model) {
    let id = chance.id();
    let cycle = cycle::Model {
        id: id.clone(),
        assignment: "a".to_owned(),
        organisation: 1,
        member: 2,
        prompt: "lead-visible-step".to_owned(),
        period: format!("{number}"),
        ordinal: number as i32 + 1,
        zone: "Europe/Berlin".to_owned(),
        opens_at: now.0,
        due_at: now.0 + 1,
        closes_at: now.0 + 2,
        wording: WORDING.to_owned(),
        catalogue: "0".repeat(64),
        follow_up: false,
        state: "answered".to_owned(),
        reason: None,
        rec: chance.id(),
        delivered_at: Some(now.0),
        draft_choice: None,
        draft_at: None,
        answered_at: Some(now.0),
        choice: Some("done".to_owned()),
        closed_at: Some(now.0),
        created_at: now.0,
    };
    let answer = answer::Model {
        id: chance.id(),
        cycle: id,
        revision: 1,
        act: "answered".to_owned(),
        member: 2,
        choice: "done".to_owned(),
        detail: Some("The minutes of Tuesday".to_owned()),
        reason: None,
        answered_at: now.0,
        late: false,
        interaction: number as i64 + 1,
        rec: chance.id(),
    };
    (cycle, answer)
}

fn leaves(tx: &Tx, chance: &Chance, cycle: &cycle::Model, answer: &answer::Model) {
    let at = |at: i64| Millis(at).rfc3339();
    let opening = RecordId::new(cycle.rec.clone());
    let opened = fields::CycleOpened {
        organisation: cycle.organisation.to_string(),
        member: cycle.member.to_string(),
        prompt: cycle.prompt.clone(),
        catalogue: cycle.catalogue.clone(),
        period: cycle.period.clone(),
        ordinal: cycle.ordinal.to_string(),
        zone: cycle.zone.clone(),
        opens: at(cycle.opens_at),
        due: at(cycle.due_at),
        closes: at(cycle.closes_at),
        follow_up: cycle.follow_up.to_string(),
    };
    tx.evidence(NewLeaf::new(opening.clone(), opened));
    let delivered = fields::CycleDelivered {
        route: "direct-message".to_owned(),
        channel_id: "5".to_owned(),
        message_id: "6".to_owned(),
    };
    tx.evidence(NewLeaf::fresh(chance, delivered).continuing(opening.clone()));
    let answered = fields::CycleAnswered(fields::Answered {
        author: answer.member.to_string(),
        choice: answer.choice.clone(),
        text: answer.detail.clone().unwrap_or_default(),
        answered: at(answer.answered_at),
        interaction: answer.interaction.to_string(),
    });
    tx.evidence(NewLeaf::new(RecordId::new(answer.rec.clone()), answered).continuing(opening));
}
