//! The SQL of members.

mod absence;

use std::collections::BTreeSet;

use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::Standing;
use crate::clock::Millis;
use crate::config::{Organisation, Role};
use crate::db::Connection;
use crate::erasable::Whose;
use crate::ids::{MemberId, OrganisationId};
use crate::settings;
use entity::member;

pub use absence::Absence;
pub(crate) use absence::{
    AbsenceModel, absence, absence_record, absences, absences_of, absences_with, insert_absence, last_absences,
    shorten_absence, withdraw_absence,
};

/// A member as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Row {
    pub organisation: OrganisationId,
    pub member: MemberId,
    pub roles: BTreeSet<Role>,
    pub audiences: BTreeSet<String>,
    pub zone: Option<String>,
    pub locale: Option<String>,
    pub manager_since: Option<Millis>,
    pub left_at: Option<Millis>,
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(',').filter(|word| !word.is_empty())
}

fn row_of(model: member::Model) -> Row {
    let role = |word: &str| Role::ALL.into_iter().find(|role| role.word() == word);
    Row {
        organisation: OrganisationId::from_i64(model.organisation),
        member: MemberId::from_i64(model.member),
        roles: words(&model.roles).filter_map(role).collect(),
        audiences: words(&model.audiences).map(str::to_owned).collect(),
        zone: model.zone,
        locale: model.locale,
        manager_since: model.manager_since.map(Millis),
        left_at: model.left_at.map(Millis),
    }
}

fn active(row: &Row, now: Millis) -> member::ActiveModel {
    let roles: Vec<&str> = row.roles.iter().map(|role| role.word()).collect();
    let audiences: Vec<&str> = row.audiences.iter().map(String::as_str).collect();
    member::ActiveModel {
        organisation: Set(row.organisation.get()),
        member: Set(row.member.get()),
        roles: Set(roles.join(",")),
        audiences: Set(audiences.join(",")),
        zone: Set(row.zone.clone()),
        locale: Set(row.locale.clone()),
        manager_since: Set(row.manager_since.map(|at| at.0)),
        left_at: Set(row.left_at.map(|at| at.0)),
        updated_at: Set(now.0),
        ..Default::default()
    }
}

fn standing(organisation: &Organisation, row: Row) -> Standing {
    let person = organisation.people.iter().find(|person| person.id == row.member);
    Standing {
        organisation: row.organisation,
        member: row.member,
        zone: person
            .and_then(|person| person.zone.clone())
            .or(row.zone)
            .unwrap_or_else(|| organisation.zone.clone()),
        language: person.and_then(|person| person.language.clone()).or(row.locale),
        manager_since: row.manager_since,
        left: row.left_at.is_some(),
        roles: row.roles,
        audiences: row.audiences,
    }
}

/// What is known of a person; none when nothing is.
pub async fn find<C: Connection>(
    connection: &C,
    organisation: &Organisation,
    member: MemberId,
) -> anyhow::Result<Option<Standing>> {
    let row = row(connection, organisation.id, member).await?;
    Ok(row.map(|row| standing(organisation, row)))
}

/// Everybody known, also those who left, in the order of their ids.
pub async fn all<C: Connection>(connection: &C, organisation: &Organisation) -> anyhow::Result<Vec<Standing>> {
    let rows = rows(connection, organisation.id).await?;
    Ok(rows.into_iter().map(|row| standing(organisation, row)).collect())
}

pub(crate) async fn row<C: Connection>(
    connection: &C,
    organisation: OrganisationId,
    member: MemberId,
) -> anyhow::Result<Option<Row>> {
    let key = (organisation.get(), member.get());
    Ok(member::Entity::find_by_id(key).one(connection).await?.map(row_of))
}

pub(crate) async fn rows<C: Connection>(connection: &C, organisation: OrganisationId) -> anyhow::Result<Vec<Row>> {
    let models = member::Entity::find()
        .filter(member::Column::Organisation.eq(organisation.get()))
        .order_by_asc(member::Column::Member)
        .all(connection)
        .await?;
    Ok(models.into_iter().map(row_of).collect())
}

pub(crate) async fn rows_of<C: Connection>(
    connection: &C,
    organisation: OrganisationId,
    members: &[MemberId],
) -> anyhow::Result<Vec<Row>> {
    let models = member::Entity::find()
        .filter(member::Column::Organisation.eq(organisation.get()))
        .filter(member::Column::Member.is_in(members.iter().map(|member| member.get())))
        .all(connection)
        .await?;
    Ok(models.into_iter().map(row_of).collect())
}

/// Each row gets a random id from `id`.
pub(crate) async fn insert<C: Connection>(
    connection: &C,
    rows: Vec<Row>,
    now: Millis,
    id: impl Fn() -> String,
) -> anyhow::Result<()> {
    if rows.is_empty() {
        return Ok(());
    }
    let key = [member::Column::Organisation, member::Column::Member];
    let new = rows.iter().map(|row| member::ActiveModel {
        id: Set(Some(id())),
        ..active(row, now)
    });
    member::Entity::insert_many(new)
        .on_conflict(OnConflict::columns(key).do_nothing().to_owned())
        .exec_without_returning(connection)
        .await?;
    let organisations: BTreeSet<OrganisationId> = rows.iter().map(|row| row.organisation).collect();
    for organisation in organisations {
        count_change(connection, organisation, now).await?;
    }
    Ok(())
}

pub(crate) async fn update<C: Connection>(connection: &C, row: &Row, now: Millis) -> anyhow::Result<()> {
    member::Entity::update_many()
        .set(active(row, now))
        .filter(member::Column::Organisation.eq(row.organisation.get()))
        .filter(member::Column::Member.eq(row.member.get()))
        .exec(connection)
        .await?;
    count_change(connection, row.organisation, now).await
}

/// The setting that counts the changes of an organisation's people. Whoever acts on people tells by it whether there
/// is anything to do, without reading them, and whatever the clock did.
pub(crate) fn changes(organisation: OrganisationId) -> String {
    format!("people.{organisation}")
}

/// Notes that people have changed.
pub(crate) async fn count_change<C: Connection>(
    connection: &C,
    organisation: OrganisationId,
    now: Millis,
) -> anyhow::Result<()> {
    let name = changes(organisation);
    let known = settings::read(connection, &name).await?;
    let count = known.and_then(|count| count.parse::<u64>().ok()).unwrap_or(0) + 1;
    settings::remember(connection, &name, &count.to_string(), now).await
}

/// Notes that people have changed wherever somebody is known.
pub(crate) async fn count_change_of(connection: &impl Connection, whose: Whose, now: Millis) -> anyhow::Result<()> {
    let known = member::Entity::find().filter(member::Column::Member.eq(whose.member.get()));
    for row in known.order_by_asc(member::Column::Organisation).all(connection).await? {
        let organisation = OrganisationId::from_i64(row.organisation);
        if whose.organisation.is_none_or(|only| only == organisation) {
            count_change(connection, organisation, now).await?;
        }
    }
    Ok(())
}

/// The zones that members have of their own.
pub(crate) async fn zones<C: Connection>(
    connection: &C,
    organisation: OrganisationId,
) -> anyhow::Result<BTreeSet<String>> {
    let zones: Vec<Option<String>> = member::Entity::find()
        .select_only()
        .column(member::Column::Zone)
        .distinct()
        .filter(member::Column::Organisation.eq(organisation.get()))
        .filter(member::Column::Zone.is_not_null())
        .into_tuple()
        .all(connection)
        .await?;
    Ok(zones.into_iter().flatten().collect())
}
