//! What happened, for the day's digest.

use anyhow::Context;
use entity::concern_event;
use sea_orm::EntityTrait;

use crate::clock::Millis;
use crate::concerns::event::NewEvent;
use crate::db::Connection;
use crate::ids::MemberId;

pub(crate) async fn insert_event(
    connection: &impl Connection,
    id: &str,
    at: Option<Millis>,
    salt: &str,
    event: &NewEvent,
) -> anyhow::Result<()> {
    let row = concern_event::ActiveModel::from(concern_event::Model {
        id: id.to_owned(),
        organisation: event.organisation.get(),
        on_day: event.on_day.to_string(),
        case_id: event.case.as_ref().map(|case| case.as_str().to_owned()),
        kind: event.kind.word().to_owned(),
        actor: event.actor.map(MemberId::get),
        at: at.map(|at| at.0),
        salt: salt.to_owned(),
        sha256: event.about.map(hex::encode).unwrap_or_default(),
    });
    let written = concern_event::Entity::insert(row)
        .exec_without_returning(connection)
        .await;
    written.context("writing an event of the concern channel")?;
    Ok(())
}
