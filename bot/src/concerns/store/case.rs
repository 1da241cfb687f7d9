//! Cases, and who must not know about them.

use std::collections::BTreeSet;

use anyhow::{Context, anyhow};
use entity::{concern_barred, concern_case, handler_key};
use jiff::civil::Date;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};

use crate::clock::Millis;
use crate::concerns::case::{Case, CaseNumber, CaseState, CheckBack, Mode, urgency_of, urgency_word};
use crate::db::Connection;
use crate::ids::{CaseId, MemberId, OrganisationId};

/// The case with that id, whoever may see it.
pub(crate) async fn find(connection: &impl Connection, id: &CaseId) -> anyhow::Result<Option<Case>> {
    let row = concern_case::Entity::find_by_id(id.as_str()).one(connection).await;
    row.context("reading a case")?.map(case_of).transpose()
}

/// The case that a case key leads to.
pub(crate) async fn find_by_lookup(connection: &impl Connection, lookup: &str) -> anyhow::Result<Option<Case>> {
    let row = concern_case::Entity::find()
        .filter(concern_case::Column::Lookup.eq(lookup))
        .one(connection)
        .await;
    row.context("looking a case up")?.map(case_of).transpose()
}

/// Whether another case of the organisation has that number.
pub(crate) async fn is_number_taken(
    connection: &impl Connection,
    organisation: OrganisationId,
    number: &CaseNumber,
) -> anyhow::Result<bool> {
    let row = concern_case::Entity::find()
        .filter(concern_case::Column::Organisation.eq(organisation.get()))
        .filter(concern_case::Column::Number.eq(number.as_str()))
        .one(connection)
        .await;
    Ok(row.context("looking for a case number")?.is_some())
}

/// Whether there is any case at all, or any key of a handler that is kept here.
pub(crate) async fn needs_pepper(connection: &impl Connection) -> anyhow::Result<bool> {
    let case = concern_case::Entity::find().one(connection).await;
    if case.context("looking for cases")?.is_some() {
        return Ok(true);
    }
    let kept = handler_key::Entity::find()
        .filter(handler_key::Column::Kept.is_not_null())
        .one(connection)
        .await;
    Ok(kept.context("looking for kept keys")?.is_some())
}

/// Whether the organisation has any case.
pub(crate) async fn any_case(connection: &impl Connection, organisation: OrganisationId) -> anyhow::Result<bool> {
    let row = concern_case::Entity::find()
        .filter(concern_case::Column::Organisation.eq(organisation.get()))
        .one(connection)
        .await;
    Ok(row.context("looking for cases")?.is_some())
}

/// The case with that number.
pub(crate) async fn find_by_number(
    connection: &impl Connection,
    organisation: OrganisationId,
    number: &CaseNumber,
) -> anyhow::Result<Option<Case>> {
    let row = concern_case::Entity::find()
        .filter(concern_case::Column::Organisation.eq(organisation.get()))
        .filter(concern_case::Column::Number.eq(number.as_str()))
        .one(connection)
        .await;
    row.context("looking for a case number")?.map(case_of).transpose()
}

pub(crate) async fn insert_case(
    connection: &impl Connection,
    case: &Case,
    barred: &BTreeSet<MemberId>,
) -> anyhow::Result<()> {
    let row = model_of(case).into_active_model();
    let written = concern_case::Entity::insert(row)
        .exec_without_returning(connection)
        .await;
    written.context("writing a case")?;
    for member in barred {
        let row = concern_barred::ActiveModel::from(concern_barred::Model {
            case_id: case.id.as_str().to_owned(),
            member: member.get(),
        });
        let written = concern_barred::Entity::insert(row)
            .exec_without_returning(connection)
            .await;
        written.context("writing who must know nothing of a case")?;
    }
    Ok(())
}

/// Writes the whole row anew.
pub(crate) async fn update_case(connection: &impl Connection, case: &Case) -> anyhow::Result<()> {
    let row = model_of(case).into_active_model().reset_all();
    let written = concern_case::Entity::update(row).exec(connection).await;
    written.context("changing a case")?;
    Ok(())
}

/// Handlers who must not know about the case.
pub(crate) async fn barred(connection: &impl Connection, case: &CaseId) -> anyhow::Result<BTreeSet<MemberId>> {
    let rows = concern_barred::Entity::find()
        .filter(concern_barred::Column::CaseId.eq(case.as_str()))
        .all(connection)
        .await;
    let rows = rows.context("reading who must know nothing of a case")?;
    Ok(rows.into_iter().map(|row| MemberId::from_i64(row.member)).collect())
}

fn model_of(case: &Case) -> concern_case::Model {
    let instant = |at: Option<Millis>| at.map(|at| at.0);
    let check = |check: Option<CheckBack>| check.map(|check| check.word().to_owned());
    concern_case::Model {
        id: case.id.as_str().to_owned(),
        organisation: case.organisation.get(),
        number: case.number.as_str().to_owned(),
        lookup: case.lookup.clone(),
        reporter_recipient: case.reporter.clone(),
        mode: case.mode.word().to_owned(),
        category: case.category.clone(),
        formal: case.formal,
        urgency: urgency_word(case.urgency).to_owned(),
        state: case.state.word().to_owned(),
        received_on: case.received_on.to_string(),
        no_contact: case.no_contact,
        wants_talk: case.wants_talk,
        withdrawn: case.withdrawn,
        handler: case.handler.map(MemberId::get),
        confidant: case.confidant.map(MemberId::get),
        acknowledged_at: instant(case.acknowledged_at),
        feedback_at: instant(case.feedback_at),
        closed_at: instant(case.closed_at),
        merged_into: case.merged_into.as_ref().map(|id| id.as_str().to_owned()),
        drill: case.drill,
        check_30: check(case.check_30),
        check_90: check(case.check_90),
        vouch: case.vouch.clone(),
        reopened_on: case.reopened_on.map(|on| on.to_string()),
        first_feedback_at: instant(case.first_feedback_at),
    }
}

/// The cases whose rows can be read. The log says that there is another one, but not which.
pub(crate) fn readable(rows: Vec<concern_case::Model>) -> Vec<Case> {
    let read = rows.into_iter().map(case_of);
    read.filter_map(|case| {
        case.inspect_err(|error| tracing::error!("a case is left out: {error:#}"))
            .ok()
    })
    .collect()
}

fn case_of(row: concern_case::Model) -> anyhow::Result<Case> {
    let unknown = |what: &str| anyhow!("a case in the database has an unknown {what}");
    let check = |word: Option<String>| word.and_then(|word| CheckBack::of(&word));
    let day = |day: &String| day.parse::<Date>().map_err(|_| unknown("day"));
    let reopened_on = row.reopened_on.as_ref().map(day);
    Ok(Case {
        number: CaseNumber::read(&row.number).ok_or_else(|| unknown("number"))?,
        mode: Mode::of(&row.mode).ok_or_else(|| unknown("mode"))?,
        urgency: urgency_of(&row.urgency).ok_or_else(|| unknown("urgency"))?,
        state: CaseState::of(&row.state).ok_or_else(|| unknown("state"))?,
        received_on: day(&row.received_on)?,
        id: CaseId::new(row.id),
        organisation: OrganisationId::from_i64(row.organisation),
        lookup: row.lookup,
        reporter: row.reporter_recipient,
        category: row.category,
        formal: row.formal,
        no_contact: row.no_contact,
        wants_talk: row.wants_talk,
        withdrawn: row.withdrawn,
        handler: row.handler.map(MemberId::from_i64),
        confidant: row.confidant.map(MemberId::from_i64),
        acknowledged_at: row.acknowledged_at.map(Millis),
        feedback_at: row.feedback_at.map(Millis),
        closed_at: row.closed_at.map(Millis),
        merged_into: row.merged_into.map(CaseId::new),
        drill: row.drill,
        check_30: check(row.check_30),
        check_90: check(row.check_90),
        vouch: row.vouch,
        reopened_on: reopened_on.transpose()?,
        first_feedback_at: row.first_feedback_at.map(Millis),
    })
}
