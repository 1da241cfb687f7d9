//! A log that must not be signed, and a name or a database that does not fit: `run` ends with the code that
//! docs/reference.md promises, and `check` finds it before.

use sea_orm::{ConnectionTrait, Database, DbBackend, Statement};

use crate::run::Scene;

/// A bot that has run once.
async fn ran() -> Scene {
    let scene = Scene::set().await;
    let (code, said) = scene.start(&["run"]).await.stop().await;
    assert_eq!(code, 0, "{said}");
    let (code, said) = checked(&scene);
    assert_eq!(code, 0, "{said}");
    assert!(
        said.contains("ok    log: the database continues what was signed"),
        "{said}"
    );
    scene
}

/// Exit code and words of `check --offline`.
fn checked(scene: &Scene) -> (i32, String) {
    let output = scene
        .command(&["check", "--offline"])
        .stdout(std::process::Stdio::piped())
        .output()
        .expect("it ends");
    let said = String::from_utf8(output.stdout).expect("it speaks UTF-8");
    (output.status.code().expect("it ends by itself"), said)
}

/// Changes rows past the program, whatever protects them.
async fn change(scene: &Scene, statement: &str) {
    let url = format!("sqlite://{}", scene.path("bellwether.db").display());
    let db = Database::connect(url).await.expect("the database opens");
    let find = "SELECT name FROM sqlite_master WHERE type = 'trigger'";
    let triggers = db
        .query_all_raw(Statement::from_string(DbBackend::Sqlite, find))
        .await
        .expect("triggers");
    for trigger in triggers {
        let name: String = trigger.try_get("", "name").expect("a name");
        db.execute_unprepared(&format!("DROP TRIGGER {name}"))
            .await
            .expect("it goes");
    }
    let changed = db.execute_unprepared(statement).await.expect("it is changed");
    assert_eq!(changed.rows_affected(), 1, "{statement}");
    db.close().await.expect("the database closes");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_log_that_was_changed_by_hand_is_not_signed() {
    for statement in [
        "UPDATE log_leaf SET leaf = CAST(replace(CAST(leaf AS TEXT), 'program.started', 'program.stopped') AS BLOB) \
         WHERE idx = (SELECT min(idx) FROM log_leaf WHERE kind = 'program.started')",
        "DELETE FROM log_leaf WHERE idx = (SELECT max(idx) FROM log_leaf)",
        "UPDATE log_checkpoint SET note = replace(note, 'example.org', 'example.com') \
         WHERE size = (SELECT max(size) FROM log_checkpoint)",
    ] {
        let scene = ran().await;
        change(&scene, statement).await;
        let (code, said) = scene.ends(&["run"]).await;
        assert_eq!(code, 5, "{statement}: {said}");
        assert!(said.contains("the log in the database is damaged"), "{said}");
        let (code, said) = checked(&scene);
        assert_eq!(code, 1, "{statement}: {said}");
        assert!(said.contains("FAIL  log: the log in the database is damaged"), "{said}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn another_name_of_the_log_is_a_matter_of_the_configuration() {
    let scene = ran().await;
    let file = scene.path("bellwether.toml");
    let text = std::fs::read_to_string(&file).expect("the configuration");
    std::fs::write(&file, text.replace("example.org/log", "example.org/other")).expect("it is written");
    let (code, said) = scene.ends(&["run"]).await;
    assert_eq!(code, 2, "{said}");
    assert!(said.contains("set evidence.origin to \"example.org/log\""), "{said}");
    let (code, said) = checked(&scene);
    assert_eq!(code, 1, "{said}");
    assert!(
        said.contains("FAIL  log key: the configuration: evidence.origin"),
        "{said}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_was_moved_away_is_missed_before_the_start() {
    let scene = ran().await;
    for ending in ["", "-wal", "-shm"] {
        let file = scene.path(&format!("bellwether.db{ending}"));
        if file.exists() {
            std::fs::rename(&file, scene.path(&format!("elsewhere{ending}"))).expect("it moves");
        }
    }
    let (code, said) = checked(&scene);
    assert_eq!(code, 1, "{said}");
    assert!(said.contains("FAIL  log: there is no database at"), "{said}");
    let (code, said) = scene.ends(&["run"]).await;
    assert_eq!(code, 5, "{said}");
}
