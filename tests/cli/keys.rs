//! Keys, backups and recovering through the real binary.

use bellwether::chance::Chance;
use bellwether::clock::Clock;
use bellwether::config;
use bellwether::db::Db;
use bellwether::evidence::{Log, NewLeaf, Statement, fields};
use bellwether::ledger::Ledger;

use super::program::{Program, Told};

const CONFIG: &str = "[evidence]\norigin = \"cli.example/log\"\n";

pub(crate) fn program() -> Program {
    let program = Program::new();
    program.write("bellwether.toml", CONFIG);
    program
}

/// As many leaves more, in a log that the first call begins.
pub(crate) fn grow(program: &Program, count: usize) {
    written(program, count, fields::LogHeartbeat {});
}

/// The same, each of which states this.
pub(crate) fn written(program: &Program, count: usize, statement: impl Into<Statement>) {
    let statement = statement.into();
    let config = config::load(&program.path("bellwether.toml")).expect("a configuration");
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(async {
        let db = Db::open(&program.url()).await.expect("a database");
        db.migrate().await.expect("its tables");
        let chance = Chance::system().expect("chance");
        let log = Log::open(&db, &config.evidence, chance.clone()).await.expect("a log");
        let ledger = Ledger::start(db.clone(), log, Clock::system());
        let leaves: Vec<NewLeaf> = (0..count).map(|_| NewLeaf::fresh(&chance, statement.clone())).collect();
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
    });
}

pub(crate) fn good(told: &Told) -> &str {
    assert_eq!(told.code, 0, "{}{}", told.out, told.err);
    &told.out
}

#[test]
fn a_key_is_made_once_and_shown_without_its_secret() {
    let program = program();
    let none = program.run(&["keys", "show"]);
    assert_eq!(none.code, 1, "{}", none.out);
    let made = program.run(&["keys", "new"]);
    let vkey = good(&made).lines().next().expect("a line").to_owned();
    assert!(vkey.starts_with("verifier key  cli.example/log+"), "{vkey}");
    let again = program.run(&["keys", "new"]);
    assert_eq!(again.code, 3, "{}", again.out);
    assert!(
        again.err.contains("is there already and is left alone"),
        "{}",
        again.err
    );
    let shown = program.run(&["keys", "show"]);
    assert_eq!(
        good(&shown),
        format!("{vkey}\nfrom          the file FOLDER/bellwether-log.key\n")
    );
    let secret = std::fs::read_to_string(program.path("bellwether-log.key")).expect("the key");
    let secret = secret.trim_end().splitn(5, '+').last().expect("a last part");
    for told in [&made, &shown] {
        assert!(!told.out.contains(secret) && !told.err.contains(secret));
    }
}

#[cfg(unix)]
#[test]
fn a_key_that_others_can_read_is_refused() {
    use std::os::unix::fs::PermissionsExt;
    let program = program();
    good(&program.run(&["keys", "new"]));
    let path = program.path("bellwether-log.key");
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o644)).expect("the mode");
    let refused = program.run(&["keys", "show"]);
    assert_eq!(refused.code, 3);
    assert!(
        refused.err.contains("run: chmod 600 FOLDER/bellwether-log.key"),
        "{}",
        refused.err
    );
}

#[test]
fn the_environment_hands_a_key_over() {
    let program = program();
    good(&program.run(&["keys", "new", "--out", "elsewhere.key"]));
    let text = std::fs::read_to_string(program.path("elsewhere.key")).expect("the key");
    let text: &'static str = text.leak();
    let program = program.with("BELLWETHER_LOG_KEY", text);
    let shown = program.run(&["keys", "show"]);
    assert!(
        good(&shown).contains("from          the environment variable BELLWETHER_LOG_KEY"),
        "{}",
        shown.out
    );
    let program = program.with("CREDENTIALS_DIRECTORY", ".");
    std::fs::copy(program.path("elsewhere.key"), program.path("log-key")).expect("a credential");
    let both = program.run(&["keys", "show"]);
    assert_eq!(both.code, 2, "{}", both.err);
    assert!(both.err.contains("one of them"), "{}", both.err);
}

#[test]
fn a_key_is_changed_only_when_told_to() {
    let program = program();
    grow(&program, 3);
    let before = good(&program.run(&["keys", "show"])).to_owned();
    let explained = program.run(&["keys", "rotate"]);
    assert!(
        good(&explained).starts_with("Nothing is changed without --yes."),
        "{}",
        explained.out
    );
    assert_eq!(good(&program.run(&["keys", "show"])), before);
    let changed = program.run(&["keys", "rotate", "--yes"]);
    assert!(good(&changed).contains("from leaf 4 on"), "{}", changed.out);
    assert_ne!(good(&program.run(&["keys", "show"])), before);
    grow(&program, 1);
    assert!(good(&program.run(&["evidence", "verify"])).contains("leaves       6\n"));
}

#[test]
fn an_old_backup_comes_back_and_is_not_signed() {
    let program = program();
    grow(&program, 3);
    let taken = program.run(&["backup", "--out", "copy.db"]);
    assert!(good(&taken).contains("leaves       4, all checked"), "{}", taken.out);
    let again = program.run(&["backup", "--out", "copy.db"]);
    assert_eq!(again.code, 1, "{}", again.out);
    grow(&program, 2);
    good(&program.run(&["backup", "--out", "newer.db"]));

    let dry = program.run(&["restore", "copy.db"]);
    assert!(
        good(&dry).contains("lost         2 leaves: 6 are signed"),
        "{}",
        dry.out
    );
    assert!(good(&program.run(&["evidence", "verify"])).contains("leaves       6\n"));
    good(&program.run(&["restore", "copy.db", "--yes"]));
    let found = program.run(&["evidence", "verify"]);
    assert_eq!(found.code, 1, "{}", found.out);
    let advice = program.run(&["evidence", "recover"]);
    assert_eq!(advice.code, 1);
    assert!(
        advice
            .out
            .contains("The database holds 4 leaves, but 6 are signed: 2 are missing"),
        "{}",
        advice.out
    );
    let refused = program.run(&["keys", "rotate", "--yes"]);
    assert_eq!(refused.code, 5, "{}", refused.out);
    assert!(refused.err.contains("but 6 are signed already"), "{}", refused.err);

    let replica = format!("{}/newer.db", program.url().trim_end_matches("/bellwether.db"));
    let back = ["evidence", "recover", "--from-replica", &replica];
    assert!(good(&program.run(&back)).contains("4 were there, 2 brought back"));
    good(&program.run(&[&back[..], &["--yes"]].concat()));
    assert!(good(&program.run(&["evidence", "verify"])).contains("leaves       7\n"));
    grow(&program, 1);
}

#[test]
fn a_backup_is_not_put_in_the_place_of_a_database_in_use() {
    let program = program();
    grow(&program, 3);
    good(&program.run(&["backup", "--out", "copy.db"]));
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let db = runtime.block_on(Db::open(&program.url())).expect("it is open");
    runtime.block_on(db.condition()).expect("it is in use");
    let refused = program.run(&["restore", "copy.db", "--yes"]);
    assert_eq!(refused.code, 1, "{}{}", refused.out, refused.err);
    assert!(refused.out.contains("Stop it first"), "{}", refused.out);
    runtime.block_on(db.close()).expect("it closes");
    program.write("text.db", "no database at all");
    let strange = program.run(&["restore", "text.db", "--yes"]);
    assert_eq!(strange.code, 1, "{}{}", strange.out, strange.err);
    assert!(strange.out.contains("is not a Bellwether database"), "{}", strange.out);
    good(&program.run(&["restore", "copy.db", "--yes"]));
    good(&program.run(&["evidence", "verify"]));
    let files = program.files();
    assert!(
        files.contains(&"bellwether.db.before-restore-1".to_owned()),
        "{files:?}"
    );
    assert!(!files.iter().any(|name| name.contains("restoring")), "{files:?}");
}

#[test]
fn a_log_that_is_lost_is_closed_for_another() {
    let program = program();
    grow(&program, 3);
    let begin = ["evidence", "recover", "--new-log", "--reason", "key-stolen"];
    let dry = program.run(&begin);
    assert!(
        good(&dry).contains("you set evidence.origin to \"cli.example/log/2\""),
        "{}",
        dry.out
    );
    let done = program.run(&[&begin[..], &["--yes"]].concat());
    assert!(
        good(&done).contains("log          cli.example/log/2, begun\n"),
        "{}",
        done.out
    );
    let refused = program.run(&["evidence", "verify"]);
    assert_eq!(refused.code, 2, "{}", refused.out);
    assert!(refused.err.contains("set evidence.origin to"), "{}", refused.err);
    program.write("bellwether.toml", &CONFIG.replace("/log", "/log/2"));
    assert!(good(&program.run(&["evidence", "verify"])).contains("leaves       1\n"));
    let closed = program.run(&["evidence", "verify", "--closed", "1"]);
    assert!(good(&closed).contains("leaves       4\n"), "{}", closed.out);
    grow(&program, 2);
    let word = program.run(&["evidence", "recover", "--new-log", "--reason", "Alice did it"]);
    assert_eq!(word.code, 2, "{}", word.out);
}

#[test]
fn a_lost_key_is_not_replaced_by_one_that_cannot_sign() {
    let program = program();
    grow(&program, 3);
    std::fs::remove_file(program.path("bellwether-log.key")).expect("the key");
    for command in [&["keys", "show"][..], &["keys", "new"]] {
        let told = program.run(command);
        assert_eq!(told.code, 1, "{}", told.out);
        assert!(told.out.contains("shows that a log has begun"), "{}", told.out);
    }
    assert!(!program.path("bellwether-log.key").exists());
    program.write("bellwether-log.guard.stopped", "A witness knows more.");
    let advice = program.run(&["evidence", "recover"]);
    assert_eq!(advice.code, 1, "{}", advice.out);
    for said in [
        "But signing is stopped (FOLDER/bellwether-log.guard.stopped): A witness knows more.",
        "But the signing key FOLDER/bellwether-log.key is missing.",
    ] {
        assert!(advice.out.contains(said), "{}", advice.out);
    }
    let begin = ["evidence", "recover", "--new-log", "--reason", "key-lost", "--yes"];
    good(&program.run(&begin));
    let files = program.files();
    assert!(
        files.contains(&"bellwether-log.guard.stopped.closed-1".to_owned()),
        "{files:?}"
    );
    // Given once more it does not make a second log of the same name.
    let again = program.run(&begin);
    assert_eq!(again.code, 1, "{}", again.out);
    assert!(
        again
            .out
            .contains("the log in the database is cli.example/log/2 already"),
        "{}",
        again.out
    );
}

#[test]
fn a_backup_takes_the_place_of_a_damaged_database() {
    let program = program();
    grow(&program, 3);
    good(&program.run(&["backup", "--out", "copy.db"]));
    let whole = std::fs::read(program.path("bellwether.db")).expect("the database");
    for damaged in [
        &b"no database at all"[..],
        &whole[..whole.len() / 2],
        &[0x55; 9_000],
        &[],
    ] {
        std::fs::write(program.path("bellwether.db"), damaged).expect("it is damaged");
        let restored = program.run(&["restore", "copy.db", "--yes"]);
        assert!(good(&restored).contains("is now FOLDER/bellwether.db.before-restore-"));
        assert!(good(&program.run(&["evidence", "verify"])).contains("leaves       4\n"));
    }
}

#[test]
fn what_the_old_database_left_beside_it_does_not_get_into_the_restored_one() {
    let program = program();
    grow(&program, 3);
    good(&program.run(&["backup", "--out", "copy.db"]));
    let wal = program.path("bellwether.db-wal");
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let db = runtime.block_on(Db::open(&program.url())).expect("it is open");
    runtime.block_on(db.condition()).expect("it is in use");
    grow(&program, 2);
    let left = std::fs::read(&wal).expect("a write-ahead log");
    runtime.block_on(db.close()).expect("it closes");
    assert!(!left.is_empty());
    // As when somebody deletes the file of a bot that was killed.
    std::fs::remove_file(program.path("bellwether.db")).expect("it is deleted");
    std::fs::write(&wal, left).expect("it is left behind");
    good(&program.run(&["restore", "copy.db", "--yes"]));
    let advice = program.run(&["evidence", "recover"]);
    assert!(
        advice.out.starts_with("The database holds 4 leaves, but 6 are signed"),
        "{}{}",
        advice.out,
        advice.err
    );
    assert!(program.path("bellwether.db.before-restore-1-wal").exists());
}
