//! Kills the real binary between the writes of one transaction: behind the leaf, behind its tile, behind its checkpoint.
//!
//! The leaf is that of a change of keys, the 256th, so that it fills a tile and asks nothing of Discord.

use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use bellwether::chance::Chance;
use bellwether::clock::Clock;
use bellwether::config;
use bellwether::db::Db;
use bellwether::evidence::{Log, NewLeaf, fields};
use bellwether::ledger::Ledger;
use rehearsal::postgres::Fresh;
use sea_orm::{ConnectionTrait, Database, DatabaseConnection, DbBackend, Statement};
use tokio::process::Command;

const LEAVES: usize = 255;
/// Longest wait for the binary to come to the place where it hangs.
const PATIENCE: Duration = Duration::from_secs(120);
/// From taking the writers' lock to the place.
const MOMENT: Duration = Duration::from_secs(2);

#[tokio::test(flavor = "multi_thread")]
async fn a_kill_between_the_writes_on_sqlite_leaves_the_log_as_it_was() {
    play(None).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_kill_between_the_writes_on_postgres_leaves_the_log_as_it_was() {
    if let Some(server) = rehearsal::engines::postgres() {
        play(Some(&server)).await;
    }
}

async fn play(postgres: Option<&str>) {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("bellwether.db");
    let (url, _postgres) = Fresh::or_file(postgres, &file).await.expect("a database");
    let text = format!("[database]\nurl = \"{url}\"\n[evidence]\norigin = \"between.example/log\"\n");
    std::fs::write(folder.path().join("bellwether.toml"), text).expect("it is written");
    grow(folder.path()).await;
    let (_, key) = run(folder.path(), &["keys", "show"]).await;
    let hand = Database::connect(&url).await.expect("the database is there");
    for table in ["log_leaf", "log_tile", "log_checkpoint"] {
        hang_after(&hand, table).await;
        kill_in_place(folder.path(), &hand).await;
        go_on(&hand, table).await;
        let (code, told) = run(folder.path(), &["evidence", "verify"]).await;
        assert_eq!(code, Some(0), "{table}: {told}");
        assert!(told.contains("leaves       255\n"), "{table}: {told}");
        let (_, still) = run(folder.path(), &["keys", "show"]).await;
        assert_eq!(still.lines().next(), key.lines().next(), "{table}");
    }
    let (code, told) = run(folder.path(), &["keys", "rotate", "--yes"]).await;
    assert_eq!(code, Some(0), "{told}");
    assert!(told.contains("from leaf 255 on"), "{told}");
    let (code, told) = run(folder.path(), &["evidence", "verify"]).await;
    assert_eq!(code, Some(0), "{told}");
    assert!(told.contains("leaves       256\ntiles        1\n"), "{told}");
}

/// The log as far as one leaf before a full tile.
async fn grow(folder: &Path) {
    let config = config::load(&folder.join("bellwether.toml")).expect("a configuration");
    let url = secrecy::ExposeSecret::expose_secret(&config.database.url).to_owned();
    let db = Db::open(&url).await.expect("a database");
    db.migrate().await.expect("its tables");
    let chance = Chance::system().expect("chance");
    let log = Log::open(&db, &config.evidence, chance.clone()).await.expect("a log");
    let ledger = Ledger::start(db.clone(), log, Clock::system());
    let leaves: Vec<NewLeaf> = (1..LEAVES)
        .map(|_| NewLeaf::fresh(&chance, fields::LogHeartbeat {}))
        .collect();
    let written = ledger.write(|tx| {
        Box::pin(async move {
            for leaf in leaves {
                tx.evidence(leaf);
            }
            Ok(())
        })
    });
    written.await.expect("leaves");
    ledger.close().await;
    db.close().await.expect("it closes");
}

/// Every row that is written there takes long from now on.
async fn hang_after(hand: &DatabaseConnection, table: &str) {
    let statements = if is_sqlite(hand) {
        // A trigger may not count by itself, but look at a view that does.
        vec![
            "CREATE VIEW endless AS WITH RECURSIVE number(n) AS \
             (SELECT 1 UNION ALL SELECT n + 1 FROM number) SELECT n FROM number"
                .to_owned(),
            format!("CREATE TRIGGER hang AFTER INSERT ON {table} BEGIN SELECT count(*) FROM endless; END"),
        ]
    } else {
        vec![
            "CREATE FUNCTION hang() RETURNS trigger LANGUAGE plpgsql AS \
             $$ BEGIN PERFORM pg_sleep(600); RETURN NULL; END $$"
                .to_owned(),
            format!("CREATE TRIGGER hang AFTER INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION hang()"),
        ]
    };
    for statement in statements {
        hand.execute_unprepared(&statement).await.expect("it will hang");
    }
}

async fn go_on(hand: &DatabaseConnection, table: &str) {
    let statements = if is_sqlite(hand) {
        ["DROP TRIGGER hang".to_owned(), "DROP VIEW endless".to_owned()]
    } else {
        [
            format!("DROP TRIGGER hang ON {table}"),
            "DROP FUNCTION hang()".to_owned(),
        ]
    };
    for statement in statements {
        hand.execute_unprepared(&statement).await.expect("it will not hang");
    }
}

/// Starts a change of keys, and kills it where it hangs.
async fn kill_in_place(folder: &Path, hand: &DatabaseConnection) {
    let mut child = command(folder)
        .args(["keys", "rotate", "--yes"])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()
        .expect("the binary starts");
    let hangs = async {
        while !is_writing(hand).await {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(PATIENCE, hangs)
        .await
        .expect("it comes to the place");
    tokio::time::sleep(MOMENT).await;
    assert_eq!(child.try_wait().expect("it can be asked"), None, "it hangs");
    child.kill().await.expect("it is killed");
    if !is_sqlite(hand) {
        // The server would notice only after the sleep.
        let end = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
                   WHERE datname = current_database() AND wait_event = 'PgSleep'";
        hand.execute_unprepared(end).await.expect("the server gives it up");
        while is_writing(hand).await {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
}

/// Whether the binary is inside its writing transaction.
async fn is_writing(hand: &DatabaseConnection) -> bool {
    if is_sqlite(hand) {
        let free = hand
            .execute_unprepared("PRAGMA busy_timeout = 0; BEGIN IMMEDIATE; ROLLBACK")
            .await;
        return free.is_err();
    }
    let asleep = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'PgSleep'";
    let rows = hand
        .query_all_raw(Statement::from_string(DbBackend::Postgres, asleep))
        .await;
    !rows.expect("the server answers").is_empty()
}

fn is_sqlite(hand: &DatabaseConnection) -> bool {
    hand.get_database_backend() == DbBackend::Sqlite
}

async fn run(folder: &Path, arguments: &[&str]) -> (Option<i32>, String) {
    let output = command(folder).args(arguments).output().await.expect("the binary runs");
    let said = [output.stdout, output.stderr].concat();
    (output.status.code(), String::from_utf8_lossy(&said).into_owned())
}

fn command(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_bellwether"));
    command.current_dir(folder).env_clear();
    command
}
