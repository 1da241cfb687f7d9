//! The tables that features declare, walked on both engines.

use super::*;
use crate::db::Connection;
use crate::ids::OrganisationId;

/// A row of the person in each table, and an absence of somebody else that they entered.
fn rows_in(organisation: i64) -> String {
    let (o, p) = (organisation, PERSON);
    format!(
        "INSERT INTO member (organisation, member, roles, audiences, updated_at, id) VALUES ({o}, {p}, '', '', 0, 'm{o}');
         INSERT INTO assignment VALUES ('b{o}', {o}, {p}, 'p', 'manager', 3, NULL);
         INSERT INTO cycle (id, assignment, organisation, member, prompt, period, ordinal, zone, opens_at, due_at, closes_at,
             wording, catalogue, follow_up, state, rec, choice, created_at) VALUES ('c{o}', 'b{o}', {o}, {p}, 'p',
             '2026-W53', 1, 'Asia/Tokyo', 1, 2, 3, '-', '00', (1 = 0), 'answered', 'rc{o}', 'done', 1);
         INSERT INTO answer (id, cycle, revision, act, member, choice, detail, answered_at, late, interaction, rec)
             VALUES ('d{o}', 'c{o}', 1, 'answered', {p}, 'done', 'words', 5, (1 = 0), {o}, 'ra{o}');
         INSERT INTO absence (id, organisation, member, from_at, to_at, entered_at, entered_by)
             VALUES ('e{o}', {o}, {p}, 1, 2, 0, {p}), ('f{o}', {o}, 99, 1, 2, 0, {p});
         INSERT INTO outbound_message (id, organisation, member, message, nonce, state, attempts, next_at, sent_message,
             created_at) VALUES ('g{o}', {o}, {p}, '-', 'n{o}', 'delivered', 1, 0, 6, 0);
         INSERT INTO concern_case (id, organisation, number, lookup, reporter_recipient, mode, category, formal, urgency,
             state, received_on, no_contact, wants_talk, withdrawn, drill) VALUES ('k{o}', {o}, 'n{o}', 'l{o}', '-',
             'named', '-', (1 = 0), '-', '-', '-', (1 = 0), (1 = 0), (1 = 0), (1 = 0));
         INSERT INTO concern_named VALUES ('k{o}', {p});"
    )
}

fn whose(organisation: i64) -> Whose {
    Whose {
        member: PERSON.parse().expect("an id"),
        organisation: Some(OrganisationId::from_i64(organisation)),
    }
}

/// Tables and numbers of rows of the person.
async fn counts(connection: &impl Connection, organisation: i64) -> Vec<usize> {
    let rows = store::rows(connection, whose(organisation)).await.expect("rows");
    erasable().map(|table| rows.of(table.table).len()).collect()
}

#[tokio::test]
async fn each_table_is_found_known_again_and_emptied_in_one_organisation_alone() {
    for trial in trial::databases(Millis(0)).await {
        let (chance, engine) = (trial.chance.clone(), trial.engine);
        let work = trial.ledger.write(move |tx| {
            Box::pin(async move {
                let connection = tx.connection();
                for statement in format!("{}{}", rows_in(1), rows_in(2))
                    .split(';')
                    .filter(|one| !one.is_empty())
                {
                    connection.execute_unprepared(statement).await?;
                }
                let all = vec![1; erasable().count()];
                assert_eq!(counts(connection, 1).await, all, "{engine}");
                for table in erasable() {
                    let id = store::rows(connection, whose(2)).await?.of(table.table).to_vec();
                    let named = store::named_by(connection, &id).await?;
                    assert_eq!(named, [(2, PERSON.parse()?)].into(), "{engine}: {}", table.table);
                }
                store::unname(connection, &chance, whose(1)).await?;
                assert_eq!(counts(connection, 1).await, vec![0; all.len()], "{engine}");
                assert_eq!(counts(connection, 2).await, all, "{engine}");

                let (recs, names) = (
                    ["ra2".to_owned()],
                    ["choice", "interaction", "text"].map(str::to_owned).into(),
                );
                assert_eq!(store::readable(connection, &recs).await?["ra2"], names, "{engine}");
                store::empty(connection, &chance, &recs, &names).await?;
                assert!(store::readable(connection, &recs).await?.is_empty(), "{engine}");
                let choices = "SELECT COUNT(*) FROM cycle WHERE choice IS NULL AND id = 'c2'";
                let statement = sea_orm::Statement::from_string(connection.get_database_backend(), choices);
                let row = connection.query_one_raw(statement).await?.expect("a count");
                assert_eq!(row.try_get_by_index::<i64>(0)?, 1, "{engine}");
                Ok(())
            })
        });
        work.await.expect("it is written");
    }
}
