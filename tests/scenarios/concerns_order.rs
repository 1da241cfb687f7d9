//! What the tables tell of the order in which people spoke: nothing, once the day is over.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, ensure};
use discord_stand_in::{Message, Place};
use rehearsal::{Hired, Setting, World};
use sea_orm::{ConnectionTrait, DatabaseConnection, EntityTrait, Statement};

use super::concerns_stage::{WORDS, about, concern, opened, write};
use super::stage::{play, thursday};

/// People who speak on one day, one after the other.
const PEOPLE: usize = 24;
/// Pairs in the wrong order among so many that are shuffled: 138 on average, with a deviation of 20.
const SHUFFLED: std::ops::Range<usize> = 48..229;
const DAY: i64 = 86_400_000;

#[tokio::test(flavor = "multi_thread")]
async fn after_the_day_no_table_tells_who_came_first() -> anyhow::Result<()> {
    let setting = Setting {
        settings: "[concerns]\nreports_per_hour = 100".to_owned(),
        ..thursday()
    };
    play(setting, async |world| {
        let hire = |number| world.hire(&format!("Person {number}"), "en-GB", None, &[]);
        let people: Vec<Hired> = (0..PEOPLE).map(hire).collect();
        opened(world).await?;
        let mut came = Vec::new();
        for who in &people {
            let first = concern(world, who, Place::Dm).await?;
            let page = about(&who.person, &first, "Confidential", "mistake").await?;
            came.push(number(&write(&who.person, &page, WORDS).await?)?);
        }
        world.settle().await;
        no_instant(world).await?;
        world.pass(DAY).await?;
        no_instant(world).await?;
        let db = world.app().bot().core.db.reader();
        let cases = entity::concern_case::Entity::find().all(db).await?;
        let cases: BTreeMap<String, String> = cases.into_iter().map(|case| (case.id, case.number)).collect();
        for (table, case) in [
            ("concern_case", "id"),
            ("concern_entry", "case_id"),
            ("concern_identity", "case_id"),
            ("concern_event", "case_id"),
        ] {
            let found = in_order(db, table, case).await?;
            let numbers = found.iter().filter_map(|id| cases.get(id));
            let places: Vec<usize> = numbers
                .filter_map(|number| came.iter().position(|known| known == number))
                .collect();
            ensure!(places.len() == PEOPLE, "{table} has rows of {} cases", places.len());
            let wrong = wrong_pairs(&places);
            ensure!(SHUFFLED.contains(&wrong), "{table} tells the order: {places:?}");
        }
        Ok(())
    })
    .await
}

/// The case number of a receipt, as it is stored.
fn number(receipt: &Message) -> anyhow::Result<String> {
    let text = receipt.text();
    let (_, rest) = text.split_once("Received: case ").context("a receipt")?;
    Ok(rest.chars().filter(|letter| *letter != '-').take(6).collect())
}

/// How many pairs are not in the order in which they came.
fn wrong_pairs(places: &[usize]) -> usize {
    let later = |at: usize| places[at + 1..].iter().filter(|other| **other < places[at]).count();
    (0..places.len()).map(later).sum()
}

/// The case ids of a table's rows as the database keeps them.
async fn in_order(db: &DatabaseConnection, table: &str, case: &str) -> anyhow::Result<Vec<String>> {
    let backend = db.get_database_backend();
    let ask = |query: String| Statement::from_string(backend, query);
    let postgres = backend == sea_orm::DbBackend::Postgres;
    let order = if postgres { "ORDER BY ctid" } else { "" };
    let rows = db.query_all_raw(ask(format!("SELECT * FROM {table} {order}"))).await?;
    let ids: Result<Vec<String>, _> = rows.iter().map(|row| row.try_get("", case)).collect();
    if postgres {
        let query = format!("SELECT DISTINCT xmin::text FROM {table}");
        let transactions = db.query_all_raw(ask(query)).await?;
        ensure!(
            transactions.len() == 1,
            "{table} tells in which transaction each row came"
        );
    }
    Ok(ids?)
}

/// No row has an instant, and all have the same day.
async fn no_instant(world: &World) -> anyhow::Result<()> {
    let db = world.app().bot().core.db.reader();
    let cases = entity::concern_case::Entity::find().all(db).await?;
    ensure!(cases.len() == PEOPLE);
    for case in &cases {
        let instants = [
            case.acknowledged_at,
            case.feedback_at,
            case.closed_at,
            case.first_feedback_at,
        ];
        ensure!(instants == [None; 4], "{instants:?}");
    }
    let entries = entity::concern_entry::Entity::find().all(db).await?;
    let events = entity::concern_event::Entity::find().all(db).await?;
    ensure!(
        entries
            .iter()
            .all(|entry| entry.at.is_none() && entry.handler.is_none())
    );
    ensure!(events.iter().all(|event| event.at.is_none() && event.actor.is_none()));
    let days: BTreeSet<&str> = cases.iter().map(|case| case.received_on.as_str()).collect();
    ensure!(days.len() == 1, "{days:?}");
    Ok(())
}
