//! The SQL of publications and their copies, of the living log and of closed ones.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use anyhow::Context;
use entity::log_anchor;
use sea_orm::{EntityTrait, Statement};

use super::{MOST, selected, table};
use crate::anchors::State;
use crate::db::Connection;
use crate::evidence::{self, Kind};

pub(in crate::reconcile) use entity::log_anchor::Model as AnchorRow;

fn list(sizes: &BTreeSet<i64>) -> String {
    let sizes: Vec<String> = sizes.iter().map(i64::to_string).collect();
    sizes.join(", ")
}

/// The copies of publications of these sizes.
pub(in crate::reconcile) async fn anchors(
    connection: &impl Connection,
    log: Option<u32>,
    sizes: &BTreeSet<i64>,
) -> anyhow::Result<Vec<AnchorRow>> {
    let anchors = table("log_anchor", log);
    let query = format!("SELECT * FROM {anchors} WHERE size IN ({})", list(sizes));
    let statement = Statement::from_string(connection.get_database_backend(), query);
    let rows = log_anchor::Entity::find().from_raw_sql(statement).all(connection);
    rows.await.context("reading what was published")
}

/// The published notes of these sizes.
pub(in crate::reconcile) async fn notes(
    connection: &impl Connection,
    log: Option<u32>,
    sizes: &BTreeSet<i64>,
) -> anyhow::Result<BTreeMap<i64, String>> {
    let publications = table("log_publication", log);
    let query = format!("SELECT size, note FROM {publications} WHERE size IN ({})", list(sizes));
    Ok(selected(connection, query).await?.into_iter().collect())
}

/// How many copies have arrived, and how many there are.
pub(in crate::reconcile) async fn count_anchors(
    connection: &impl Connection,
    log: Option<u32>,
) -> anyhow::Result<(u64, u64)> {
    let anchors = table("log_anchor", log);
    let done = super::count(connection, &format!("{anchors} WHERE state = '{}'", State::Done.word())).await?;
    Ok((done, super::count(connection, &anchors).await?))
}

pub(in crate::reconcile) async fn count_publications(
    connection: &impl Connection,
    log: Option<u32>,
) -> anyhow::Result<u64> {
    super::count(connection, &table("log_publication", log)).await
}

/// Size and target of the copies that leaves say have arrived.
pub(in crate::reconcile) async fn arrived(
    connection: &impl Connection,
    log: Option<u32>,
) -> anyhow::Result<HashSet<(String, String)>> {
    let query = format!(
        "SELECT d.rec, d.disclosure FROM log_disclosure d JOIN {} l ON l.rec = d.rec \
         WHERE l.kind = '{}' AND d.name IN ('size', 'target')",
        table("log_leaf", log),
        Kind::AnchorPublished.name()
    );
    let mut fields: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
    for (rec, text) in selected::<(String, String)>(connection, query).await? {
        fields.entry(rec).or_default().extend(evidence::disclosed(&text));
    }
    let pair = |mut fields: BTreeMap<String, String>| Some((fields.remove("size")?, fields.remove("target")?));
    Ok(fields.into_values().filter_map(pair).collect())
}

/// Size and target of the copies whose rows say that they have arrived.
pub(in crate::reconcile) async fn done(
    connection: &impl Connection,
    log: Option<u32>,
) -> anyhow::Result<Vec<(i64, String)>> {
    let query = format!(
        "SELECT size, target FROM {} WHERE state = '{}' ORDER BY size, target",
        table("log_anchor", log),
        State::Done.word()
    );
    selected(connection, query).await
}

/// Size and note of publications that do not begin with the committed checkpoint, and that checkpoint.
pub(in crate::reconcile) async fn unlike_their_checkpoints(
    connection: &impl Connection,
    log: Option<u32>,
) -> anyhow::Result<Vec<(i64, String, Option<String>)>> {
    let query = format!(
        "SELECT p.size, p.note, c.note FROM {} p LEFT JOIN {} c ON c.size = p.size \
         WHERE c.size IS NULL OR substr(p.note, 1, length(c.note)) <> c.note ORDER BY p.size LIMIT {MOST}",
        table("log_publication", log),
        table("log_checkpoint", log)
    );
    selected(connection, query).await
}

/// Size of publications with more signatures than the committed checkpoint has, and the additional ones.
pub(in crate::reconcile) async fn cosigned(
    connection: &impl Connection,
    log: Option<u32>,
) -> anyhow::Result<Vec<(i64, String)>> {
    let query = format!(
        "SELECT p.size, substr(p.note, length(c.note) + 1) FROM {} p JOIN {} c ON c.size = p.size \
         WHERE length(p.note) > length(c.note) AND substr(p.note, 1, length(c.note)) = c.note ORDER BY p.size",
        table("log_publication", log),
        table("log_checkpoint", log)
    );
    selected(connection, query).await
}
