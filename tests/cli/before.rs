//! A database that an earlier version wrote: SQLite's dump of it, its signing key and its guard. It is read and checked
//! as it was, and so is what this version makes of it.

use std::os::unix::fs::PermissionsExt;

use sea_orm::{ConnectionTrait, Database};

use crate::program::Program;

const CONFIG: &str = r#"
[evidence]
origin = "harbour.example/log"
key_file = "log.key"
guard_file = "log.guard"

[[organisation]]
id = "1577078519003041796"
name = "Harbour"
zone = "America/Los_Angeles"
roles.manager = ["1577078519007236101"]
roles.owner = ["1577078519007236102"]
channels.fallback = "1577078519007236107"
"#;

const VKEY: &str = "harbour.example/log+0897aac8+AQ8bJ/BGW5h0Knlo+2nQcd4hj7q2JwFDhvHo4xTv/911";

async fn restored() -> Program {
    let program = Program::new();
    program.write("bellwether.toml", CONFIG);
    for (name, text) in [
        ("log.key", include_str!("../fixtures/database/log.key")),
        ("log.guard", include_str!("../fixtures/database/log.guard")),
    ] {
        program.write(name, text);
        let private = std::fs::Permissions::from_mode(0o600);
        std::fs::set_permissions(program.path(name), private).expect("a private file");
    }
    let url = format!("sqlite://{}?mode=rwc", program.path("bellwether.db").display());
    let db = Database::connect(url).await.expect("a new database");
    let dump = include_str!("../fixtures/database/bellwether.sql");
    db.execute_unprepared(dump).await.expect("the dump is read");
    db.close().await.expect("it closes");
    program
}

#[tokio::test]
async fn a_database_of_before_is_sound_and_gives_receipts() {
    let program = restored().await;
    let migrated = program.run(&["migrate"]);
    assert_eq!(migrated.code, 0, "{}{}", migrated.out, migrated.err);
    let verified = program.run(&["evidence", "verify"]);
    assert_eq!(verified.code, 0, "{}{}", verified.out, verified.err);
    for line in [
        "leaves       10\n",
        // What the version that wrote it said.
        "root         rRQZyxJXJLyn4k+MQgg2cY6qklkKNUMiKihrTbqpsm8=\n",
        "tables       agree with the log: 4 rows\n",
    ] {
        assert!(verified.out.contains(line), "{line}: {}", verified.out);
    }
    let written = program.run(&["evidence", "receipt", "--index", "5", "--out", "receipt"]);
    assert_eq!(written.code, 0, "{}{}", written.out, written.err);
    let checked = program.run(&["evidence", "verify-receipt", "receipt", "--vkey", VKEY]);
    assert_eq!(checked.code, 0, "{}{}", checked.out, checked.err);
}
