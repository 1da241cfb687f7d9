//! A pepper that is not the one that the database was used with.

use sea_orm::{ConnectionTrait, Database};

use crate::SOUND;
use crate::program::Program;

/// A handler's key that was made with a pepper, and the fingerprint of that pepper.
async fn used(url: &str) {
    let db = Database::connect(url).await.expect("the database opens");
    for statement in [
        "INSERT INTO handler_key (id, organisation, member, recipient, custody, kept, state, proposed_at) VALUES \
         ('k', 1, 10, 'age1x', 'kept', x'00', 'in-force', 1)",
        "INSERT INTO setting (name, value, updated_at) VALUES ('concerns.pepper_mark', 'abcdef0123456789', 1)",
    ] {
        db.execute_unprepared(statement).await.expect("it is written");
    }
}

#[cfg(unix)]
#[test]
fn another_pepper_is_told_by_the_check_and_not_run_with() {
    use std::os::unix::fs::PermissionsExt;
    let program = Program::new().with("DISCORD_TOKEN", "abc.def.ghi");
    program.write("bellwether.toml", SOUND);
    assert_eq!(program.run(&["migrate"]).code, 0);
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(used(&program.url()));
    let check = program.run(&["check", "--offline"]);
    assert_eq!(check.code, 1, "{}", check.out);
    assert!(
        check
            .out
            .contains("FAIL  pepper: FOLDER/bellwether-concerns.pepper is missing"),
        "{}",
        check.out
    );
    program.write("bellwether-concerns.pepper", &"07".repeat(32));
    let path = program.path("bellwether-concerns.pepper");
    std::fs::set_permissions(path, PermissionsExt::from_mode(0o600)).expect("its mode changes");
    let check = program.run(&["check", "--offline"]);
    assert_eq!(check.code, 1, "{}", check.out);
    assert!(
        check
            .out
            .contains("FAIL  pepper: not the one that the database was used with: its fingerprint is ")
            && check.out.contains("expected: abcdef01")
            && check.out.contains("fix: restore the right one"),
        "{}",
        check.out
    );
    let run = program.run(&["run"]);
    let said = format!("{}{}", run.out, run.err);
    assert!(
        run.code != 0 && said.contains("is not the one that this database was used with"),
        "{}: {said}",
        run.code
    );
}
