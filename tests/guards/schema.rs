//! Migrations go up, down and up again over filled tables, and entities fit the tables, on both engines.

use entity::{
    absence, answer, assignment, catalogue_version, concern_barred, concern_case, concern_digest, concern_entry,
    concern_event, concern_file, concern_identity, concern_named, concern_notice, concern_unsealing, cycle,
    handler_key, log_anchor, log_checkpoint, log_disclosure, log_leaf, log_pack, log_pack_span, log_publication,
    log_tile, member, outbound_message, setting,
};
use migration::{Migrator, MigratorTrait};
use rehearsal::postgres::Fresh;
use sea_orm::{
    ActiveModelTrait, ConnectionTrait, Database, DatabaseConnection, DbBackend, EntityTrait, IntoActiveModel, Statement,
};

/// A fresh database on each engine that is there; what is beside them lives as long as they are needed.
async fn databases() -> (Vec<DatabaseConnection>, (tempfile::TempDir, Option<Fresh>)) {
    let folder = tempfile::tempdir().expect("a folder");
    let url = format!("sqlite://{}/guard.db?mode=rwc", folder.path().display());
    let mut databases = vec![Database::connect(url).await.expect("SQLite opens")];
    let mut postgres = None;
    if let Some(server) = rehearsal::engines::postgres() {
        let fresh = Fresh::on(&server)
            .await
            .expect("a fresh database on the server of BELLWETHER_TEST_POSTGRES");
        databases.push(Database::connect(&fresh.url).await.expect("PostgreSQL opens"));
        postgres = Some(fresh);
    }
    (databases, (folder, postgres))
}

/// Writes a row and reads it back.
macro_rules! kept {
    ($db:expr, $table:ident { $($field:ident: $value:expr),* $(,)? }) => {{
        let row = $table::Model { $($field: $value),* };
        row.clone()
            .into_active_model()
            .reset_all()
            .insert($db)
            .await
            .unwrap_or_else(|error| panic!("{}: {error}", stringify!($table)));
        let found = $table::Entity::find()
            .one($db)
            .await
            .unwrap_or_else(|error| panic!("{}: {error}", stringify!($table)));
        assert_eq!(found, Some(row), "{}", stringify!($table));
    }};
}

/// The largest number that JavaScript and a 53-bit mantissa would spoil: ids must survive.
const ID: i64 = 9_223_372_036_854_775_807;
const AT: i64 = 1_795_335_330_123;

fn text(text: &str) -> String {
    text.to_owned()
}

async fn fill_people(db: &DatabaseConnection) {
    kept!(
        db,
        member {
            organisation: ID,
            member: ID - 1,
            roles: text("manager,owner"),
            audiences: text("executives"),
            zone: Some(text("Europe/Berlin")),
            locale: None,
            manager_since: Some(AT),
            left_at: None,
            dm_channel: Some(ID),
            dm_refused_at: None,
            updated_at: AT,
            id: Some(text("m1")),
        }
    );
    kept!(
        db,
        absence {
            id: text("a1"),
            organisation: ID,
            member: ID - 1,
            from_at: AT,
            to_at: AT + 1,
            entered_at: AT,
            entered_by: ID - 1,
            rec: Some(text("r0")),
            withdrawn_at: Some(AT),
        }
    );
}

async fn fill_prompts(db: &DatabaseConnection) {
    kept!(
        db,
        assignment {
            id: text("b1"),
            organisation: ID,
            member: ID - 1,
            prompt: text("speak-asked"),
            tags: text("manager"),
            started_at: AT,
            ended_at: None,
        }
    );
    kept!(
        db,
        cycle {
            id: text("c1"),
            assignment: text("b1"),
            organisation: ID,
            member: ID - 1,
            prompt: text("speak-asked"),
            period: text("2026-W53"),
            ordinal: 1,
            zone: text("Europe/Berlin"),
            opens_at: AT,
            due_at: AT + 1,
            closes_at: AT + 2,
            wording: text("{\"question\":\"Ä?\"}"),
            catalogue: text("00"),
            follow_up: true,
            state: text("open"),
            reason: None,
            rec: text("r1"),
            delivered_at: None,
            draft_choice: Some(text("done")),
            draft_at: Some(AT),
            answered_at: None,
            choice: None,
            closed_at: None,
            created_at: AT,
        }
    );
    kept!(
        db,
        answer {
            id: text("d1"),
            cycle: text("c1"),
            revision: 1,
            act: text("answered"),
            member: ID - 1,
            choice: text("done"),
            detail: Some(text("two lines\nand 🐑")),
            reason: Some(text("wrong week")),
            answered_at: AT,
            late: false,
            interaction: ID,
            rec: text("r2"),
        }
    );
}

async fn fill_the_rest(db: &DatabaseConnection) {
    kept!(
        db,
        outbound_message {
            id: text("e1"),
            organisation: ID,
            member: Some(ID - 1),
            channel: None,
            message: text("{}"),
            nonce: text("n1"),
            state: text("pending"),
            attempts: 0,
            next_at: AT,
            expires_at: Some(AT + 1),
            leased_until: Some(AT),
            lease: Some(text("l1")),
            uncertain_since: None,
            last_error: None,
            sent_channel: None,
            sent_message: None,
            created_at: AT,
            settled_at: None,
        }
    );
    kept!(
        db,
        log_leaf {
            idx: 0,
            rec: text("r1"),
            kind: text("cycle.opened"),
            leaf: vec![0, 1, 255]
        }
    );
    kept!(
        db,
        log_disclosure {
            rec: text("r1"),
            name: text("member"),
            disclosure: text("abc")
        }
    );
    kept!(
        db,
        log_tile {
            level: 0,
            n: 0,
            data: vec![7; 8_192]
        }
    );
    kept!(
        db,
        log_checkpoint {
            size: 1,
            note: text("note\n")
        }
    );
    kept!(
        db,
        log_publication {
            size: 1,
            note: text("note\n"),
            published_at: AT
        }
    );
    kept!(
        db,
        log_anchor {
            size: 1,
            target: text("tsa:example"),
            state: text("done"),
            attempts: 2,
            next_at: AT,
            settled_at: Some(AT),
            last_error: None,
            reference: Some(text("https://discord.com/channels/1/2/3")),
            token: Some(vec![48, 3, 2, 1, 0])
        }
    );
    kept!(
        db,
        catalogue_version {
            sha256: text("00"),
            catalogue: text("bellwether-default"),
            version: text("0.1.0"),
            body: text("# Ä\n"),
            first_seen_at: AT,
        }
    );
    kept!(
        db,
        setting {
            name: text("catalogue"),
            value: text("00"),
            updated_at: AT
        }
    );
}

async fn fill_packs(db: &DatabaseConnection) {
    kept!(
        db,
        log_pack {
            rec: text("r2"),
            origin: text("example.org/log"),
            at: AT,
            to_whom: text("Auditor Ä, Example GmbH"),
            scope: text("all records"),
            fields: text("choice, text"),
            size: 700,
            records: 2,
            sha256: text("00"),
        }
    );
    kept!(
        db,
        log_pack_span {
            pack: text("r2"),
            first: 5,
            last: 6
        }
    );
}

async fn fill_concerns(db: &DatabaseConnection) {
    kept!(
        db,
        concern_case {
            id: text("ca1"),
            organisation: ID,
            number: text("number"),
            lookup: text("lookup"),
            reporter_recipient: text("reporter_recipient"),
            mode: text("mode"),
            category: text("category"),
            formal: true,
            urgency: text("urgency"),
            state: text("state"),
            received_on: text("2026-11-22"),
            no_contact: true,
            wants_talk: true,
            withdrawn: true,
            handler: Some(ID),
            confidant: Some(ID),
            acknowledged_at: Some(AT),
            feedback_at: Some(AT),
            closed_at: Some(AT),
            merged_into: Some(text("merged_into")),
            drill: true,
            check_30: Some(text("check_30")),
            check_90: Some(text("check_90")),
            vouch: Some(vec![0, 1, 255]),
            reopened_on: Some(text("2026-12-01")),
            first_feedback_at: Some(AT),
        }
    );
    kept!(
        db,
        concern_entry {
            id: text("en1"),
            case_id: text("g1"),
            seq: 1,
            kind: text("kind"),
            sealed: vec![0, 1, 255],
            for_reporter: true,
            handler: Some(ID),
            at: Some(AT),
            on_day: text("2026-11-22"),
            vouch: Some(vec![0, 1, 255]),
        }
    );
    kept!(
        db,
        concern_file {
            id: text("fi1"),
            case_id: text("g1"),
            seq: 1,
            sealed: vec![0, 1, 255],
        }
    );
    kept!(
        db,
        concern_identity {
            case_id: text("g1"),
            sealed: vec![0, 1, 255],
        }
    );
    kept!(
        db,
        concern_named {
            case_id: text("g1"),
            member: ID,
        }
    );
}

async fn fill_concern_conduct(db: &DatabaseConnection) {
    kept!(
        db,
        concern_barred {
            case_id: text("g1"),
            member: ID,
        }
    );
    kept!(
        db,
        concern_unsealing {
            id: text("un1"),
            case_id: text("g1"),
            asked_by: ID,
            asked_at: AT,
            reason: vec![0, 1, 255],
            agreed_by: Some(ID),
            agreed_at: Some(AT),
        }
    );
    kept!(
        db,
        concern_event {
            id: text("ev1"),
            organisation: ID,
            on_day: text("2026-11-22"),
            case_id: Some(text("g1")),
            kind: text("kind"),
            actor: Some(ID),
            at: Some(AT),
            salt: text("salt"),
            sha256: text("sha256"),
        }
    );
    kept!(
        db,
        concern_digest {
            organisation: ID,
            on_day: text("2026-11-22"),
            rec: text("rec"),
            hashes: vec![0, 1, 255],
        }
    );
    kept!(
        db,
        concern_notice {
            organisation: ID,
            case_id: text("g1"),
            clock: text("clock"),
            step: text("step"),
            sent_at: AT,
        }
    );
    kept!(
        db,
        handler_key {
            id: text("ke1"),
            organisation: ID,
            member: ID,
            recipient: text("recipient"),
            custody: text("custody"),
            kept: Some(vec![0, 1, 255]),
            state: text("state"),
            proposed_at: AT,
            agreed_by: Some(ID),
            agreed_at: Some(AT),
            ended_by: Some(ID),
            ended_at: Some(AT),
        }
    );
}

async fn fill(db: &DatabaseConnection) {
    fill_people(db).await;
    fill_prompts(db).await;
    fill_packs(db).await;
    fill_concerns(db).await;
    fill_concern_conduct(db).await;
    fill_the_rest(db).await;
}

#[tokio::test]
async fn every_table_keeps_its_rows_and_every_change_can_be_taken_back() {
    let (databases, _beside) = databases().await;
    for db in &databases {
        Migrator::up(db, None)
            .await
            .expect("the changes run on an empty database");
        fill(db).await;
        Migrator::up(db, None).await.expect("running them again is harmless");
        Migrator::down(db, None)
            .await
            .expect("the changes can be taken back from filled tables");
        Migrator::up(db, None).await.expect("the changes run again");
        fill(db).await;
    }
}

#[tokio::test]
async fn each_change_can_be_taken_back_by_itself() {
    let (databases, _beside) = databases().await;
    for db in &databases {
        for _ in Migrator::migrations() {
            Migrator::up(db, Some(1)).await.expect("the change runs");
            Migrator::down(db, Some(1)).await.expect("it is taken back");
            Migrator::up(db, Some(1)).await.expect("it runs again");
        }
        fill(db).await;
    }
}

#[tokio::test]
async fn people_are_found_by_their_id_alone() {
    let (databases, _beside) = databases().await;
    let sqlite = &databases[0];
    Migrator::up(sqlite, None).await.expect("the changes run");
    let plan = "EXPLAIN QUERY PLAN UPDATE member SET dm_channel = 1 WHERE member = 2";
    let steps = sqlite
        .query_all_raw(Statement::from_string(DbBackend::Sqlite, plan))
        .await
        .expect("SQLite explains itself");
    let steps: Vec<String> = steps
        .iter()
        .map(|row| row.try_get("", "detail").expect("a step"))
        .collect();
    assert_eq!(steps, ["SEARCH member USING INDEX member_by_member (member=?)"]);
}

#[tokio::test]
async fn the_log_is_append_only() {
    let (databases, _beside) = databases().await;
    for db in &databases {
        Migrator::up(db, None).await.expect("the changes run");
        fill(db).await;
        for statement in [
            "UPDATE log_leaf SET kind = 'x'",
            "DELETE FROM log_leaf",
            "DELETE FROM log_tile",
            "UPDATE log_checkpoint SET note = 'x'",
            "DELETE FROM log_checkpoint",
            "UPDATE log_publication SET note = 'x'",
            "DELETE FROM log_publication",
            "UPDATE log_pack SET scope = 'x'",
            "DELETE FROM log_pack",
            "UPDATE log_pack_span SET last = 9",
            "DELETE FROM log_pack_span",
        ] {
            let outcome = db.execute_unprepared(statement).await;
            assert!(
                outcome.is_err(),
                "{statement} went through on {:?}",
                db.get_database_backend()
            );
        }
    }
}

#[tokio::test]
async fn an_answer_can_be_emptied_and_nothing_else() {
    let (databases, _beside) = databases().await;
    for db in &databases {
        Migrator::up(db, None).await.expect("the changes run");
        fill(db).await;
        let engine = db.get_database_backend();
        for refused in [
            "UPDATE answer SET detail = 'other'",
            "UPDATE answer SET reason = 'other'",
            "UPDATE answer SET choice = 'not-yet'",
            "UPDATE answer SET member = 5",
            "UPDATE answer SET interaction = 5",
            "UPDATE answer SET late = (late = (1 = 0))",
            "UPDATE answer SET answered_at = 0",
            "UPDATE answer SET act = 'amended'",
            "UPDATE answer SET revision = 2",
            "UPDATE answer SET rec = 'r9'",
            "DELETE FROM answer",
        ] {
            assert!(db.execute_unprepared(refused).await.is_err(), "{refused} on {engine:?}");
        }
        for allowed in [
            "UPDATE answer SET detail = NULL",
            "UPDATE answer SET reason = NULL, choice = 'erased'",
            "UPDATE answer SET member = -5, interaction = -6",
            "UPDATE answer SET member = -5",
        ] {
            let outcome = db.execute_unprepared(allowed).await;
            outcome.unwrap_or_else(|error| panic!("{allowed} on {engine:?}: {error}"));
        }
        for refused in [
            "UPDATE answer SET detail = 'again'",
            "UPDATE answer SET reason = 'again'",
            "UPDATE answer SET choice = 'done'",
            "UPDATE answer SET member = -7",
            "UPDATE answer SET member = 7",
            "UPDATE answer SET interaction = -7",
        ] {
            assert!(db.execute_unprepared(refused).await.is_err(), "{refused} on {engine:?}");
        }
    }
}

#[tokio::test]
async fn filled_tables_take_the_corrections_on() {
    let (databases, _beside) = databases().await;
    for db in &databases {
        Migrator::up(db, Some(8)).await.expect("the changes before run");
        for statement in [
            "INSERT INTO assignment VALUES ('b1', 1, 2, 'p', 'manager', 3, NULL)",
            "INSERT INTO cycle (id, assignment, organisation, member, prompt, period, ordinal, zone, opens_at, due_at, \
             closes_at, wording, catalogue, follow_up, state, rec, created_at) VALUES ('c1', 'b1', 1, 2, 'p', \
             '2026-W53', 1, 'UTC', 1, 2, 3, '{}', '00', (1 = 0), 'answered', 'r1', 1)",
            "INSERT INTO answer (id, cycle, revision, member, choice, detail, answered_at, late, interaction, rec) \
             VALUES ('d1', 'c1', 1, 2, 'done', 'words', 5, (1 = 0), 6, 'r2')",
        ] {
            let outcome = db.execute_unprepared(statement).await;
            outcome.unwrap_or_else(|error| panic!("{statement}: {error}"));
        }
        Migrator::up(db, None).await.expect("the changes run over the rows");
        let row = answer::Entity::find()
            .one(db)
            .await
            .expect("it is read")
            .expect("the answer");
        assert_eq!(
            (row.act.as_str(), row.reason, row.choice.as_str()),
            ("answered", None, "done")
        );
        assert!(
            db.execute_unprepared("UPDATE answer SET choice = 'not-yet'")
                .await
                .is_err()
        );
        Migrator::down(db, None).await.expect("the changes can be taken back");
    }
}
