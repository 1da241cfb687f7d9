//! The real binary: exit codes and what it says.

mod anchors;
mod before;
mod calendar;
mod discord;
mod erase;
mod keys;
mod packs;
mod pepper;
mod program;
mod run;
mod unsigned;

use program::Program;

const SOUND: &str = r#"
[evidence]
origin = "example.org/log"

[[organisation]]
id = "1"
name = "Example"
zone = "Europe/Berlin"
roles.manager = ["2"]
roles.owner = ["3"]
channels.fallback = "4"
"#;

#[test]
fn help_tells_the_exit_codes() {
    let told = Program::new().run(&["--help"]);
    assert_eq!(told.code, 0);
    for code in [
        "  0  done",
        "  1  it ran",
        "  2  arguments",
        "  3  it could not",
        "  4  Discord refuses",
    ] {
        assert!(told.out.contains(code), "{code} is missing in:\n{}", told.out);
    }
}

#[test]
fn an_unknown_argument_is_a_usage_error() {
    assert_eq!(Program::new().run(&["chek"]).code, 2);
    assert_eq!(Program::new().run(&["calendar", "--weeks", "0"]).code, 2);
    assert_eq!(Program::new().run(&["outbox", "retry"]).code, 2);
    assert_eq!(Program::new().run(&["outbox", "list", "--state", "gone"]).code, 2);
}

#[test]
fn check_of_the_example_says_what_to_add() {
    let program = Program::new();
    program.write("bellwether.toml", include_str!("../../config.example.toml"));
    let told = program.run(&["check"]);
    assert_eq!(told.code, 1, "{}", told.out);
    insta::assert_snapshot!(told.out, @r#"
    ok    configuration: bellwether.toml
    FAIL  organisations: none
          fix: add an [[organisation]] block with id, name, zone and roles.manager; config.example.toml shows one
    ok    catalogue: bellwether-default 0.1.0 with 27 prompts, sha256 SHA256
    warn  database: FOLDER/bellwether.db does not exist yet
          fix: `bellwether migrate` or the first `bellwether run` creates it
    warn  log name: evidence.origin is the one of the example
          fix: choose your own name before the first start; it can never be changed
    warn  log key: FOLDER/bellwether-log.key does not exist yet
          fix: the first `bellwether run` creates it; then back it up
    warn  pepper: FOLDER/bellwether-concerns.pepper does not exist yet
          fix: the first `bellwether run` creates it; then keep a copy with the log key's copy, not with the database
    warn  log anchors: nobody outside gets the log's checkpoints: anybody who has the log's key and database could rewrite the log unnoticed
          fix: set channels.evidence of an organisation, and add [[evidence.webhook]] and [[evidence.tsa]] blocks
    warn  token: none
          fix: set DISCORD_TOKEN_FILE to a file with mode 0600 that holds it, or DISCORD_TOKEN to the token
    skip  Discord: not asked, because there is no token

    errors: 1, warnings: 6, ok: 2
    "#);
}

#[test]
fn check_of_a_sound_configuration_finds_nothing_and_changes_nothing() {
    let program = Program::new();
    program.write("bellwether.toml", SOUND);
    let told = program.run(&["check"]);
    assert_eq!(told.code, 0, "{}{}", told.out, told.err);
    assert_eq!(program.files(), ["bellwether.toml"], "check creates no file");
}

#[test]
fn check_speaks_to_programs_as_well() {
    let program = Program::new();
    program.write("bellwether.toml", SOUND);
    let told = program.run(&["check", "--offline", "--json"]);
    assert_eq!(told.code, 0, "{}{}", told.out, told.err);
    let told: serde_json::Value = serde_json::from_str(&told.out).expect("JSON");
    let lines = told["lines"].as_array().expect("lines");
    assert_eq!(lines[0]["mark"], "ok");
    assert_eq!(lines[0]["what"], "configuration");
    let warned = lines.iter().filter(|line| line["mark"] == "warn");
    assert_eq!(told["warn"].as_u64(), Some(warned.count() as u64));
    assert_eq!(told["fail"], 0);
}

#[test]
fn check_tells_all_problems_of_a_configuration() {
    let program = Program::new();
    program.write(
        "bellwether.toml",
        "colour = 1\n[schedule.weekly]\ncron = \"30 9 * * 4\"\n",
    );
    let told = program.run(&["check"]);
    assert_eq!(told.code, 1);
    insta::assert_snapshot!(told.out, @r#"
    FAIL  configuration: bellwether.toml: schedule.weekly.cron: found "30 9 * * 4"; allowed: six fields: second (always 0), minute, hour, day of month, month, day of week by name
          fix: write it with the seconds in front: "0 30 9 * * 4"
    FAIL  configuration: bellwether.toml: colour: found an unknown key; allowed: catalogue, concerns, database, discord, every_organisation, evidence, organisation, schedule, telemetry
          fix: take it out

    errors: 2, warnings: 0, ok: 0
    "#);
}

#[test]
fn a_malformed_configuration_ends_every_command() {
    let program = Program::new();
    program.write("bellwether.toml", "[discord\n");
    for command in [
        ["migrate"].as_slice(),
        &["run"],
        &["calendar"],
        &["evidence", "verify"],
        &["outbox", "list"],
    ] {
        let told = program.run(command);
        assert_eq!(told.code, 2, "{command:?}: {}", told.err);
        assert!(told.err.contains("line 1, column"), "{}", told.err);
    }
}

#[test]
fn a_configuration_that_is_not_there_is_told() {
    let told = Program::new().run(&["migrate"]);
    assert_eq!(told.code, 2);
    insta::assert_snapshot!(told.err, @r#"
    bellwether.toml: 1 problem
      the configuration file
        found    a file that cannot be read: No such file or directory (os error 2)
        allowed  a TOML file in UTF-8
        fix      name the file with --config or BELLWETHER_CONFIG; config.example.toml shows every key
    "#);
}

#[test]
fn a_malformed_catalogue_is_told() {
    let program = Program::new();
    program.write(
        "bellwether.toml",
        &format!("catalogue.mode = \"extend\"\ncatalogue.file = \"ours.toml\"\n{SOUND}"),
    );
    program.write("ours.toml", "[[theme]]\nid = \"Ours\"\ntitle = \"\"\n");
    let told = program.run(&["check"]);
    assert_eq!(told.code, 1);
    insta::assert_snapshot!(told.out, @r#"
    ok    configuration: bellwether.toml
    ok    organisation 1: Example in Europe/Berlin
    FAIL  catalogue: FOLDER/ours.toml: theme "Ours".id: found "Ours"; allowed: 1 to 32 characters of a-z, 0-9 and hyphen
          fix: choose such an id; never change it once the question was asked
    FAIL  catalogue: FOLDER/ours.toml: theme "Ours".title: found an empty text; allowed: a text
          fix: write what belongs there
    FAIL  catalogue: FOLDER/ours.toml: theme "Ours".why: found nothing; allowed: a text
          fix: add the key `why`
    warn  database: FOLDER/bellwether.db does not exist yet
          fix: `bellwether migrate` or the first `bellwether run` creates it
    warn  log key: FOLDER/bellwether-log.key does not exist yet
          fix: the first `bellwether run` creates it; then back it up
    warn  pepper: FOLDER/bellwether-concerns.pepper does not exist yet
          fix: the first `bellwether run` creates it; then keep a copy with the log key's copy, not with the database
    warn  log anchors: nobody outside gets the log's checkpoints: anybody who has the log's key and database could rewrite the log unnoticed
          fix: set channels.evidence of an organisation, and add [[evidence.webhook]] and [[evidence.tsa]] blocks
    warn  token: none
          fix: set DISCORD_TOKEN_FILE to a file with mode 0600 that holds it, or DISCORD_TOKEN to the token
    skip  Discord: not asked, because there is no token

    errors: 3, warnings: 5, ok: 2
    "#);
}

#[test]
fn migrating_twice_is_harmless() {
    let program = Program::new();
    program.write("bellwether.toml", SOUND);
    let first = program.run(&["migrate"]);
    assert_eq!(
        (first.code, first.out.lines().count() > 1),
        (0, true),
        "{}{}",
        first.out,
        first.err
    );
    let second = program.run(&["migrate"]);
    assert_eq!((second.code, second.out.as_str()), (0, "The database is up to date.\n"));
    let check = program.run(&["check"]);
    assert!(
        check
            .out
            .contains("ok    database: reachable, its tables are up to date"),
        "{}",
        check.out
    );
    assert!(check.out.contains("ok    database: takes writes"), "{}", check.out);
    let list = program.run(&["outbox", "list"]);
    assert_eq!((list.code, list.out.as_str()), (0, "0 messages\n"), "{}", list.err);
    let retry = program.run(&["outbox", "retry", "nothing"]);
    assert_eq!(
        (retry.code, retry.out.as_str()),
        (1, "nothing  there is no such message\n"),
        "{}",
        retry.err
    );
}

#[test]
fn a_database_that_is_not_there_is_not_created_by_looking() {
    let program = Program::new();
    program.write("bellwether.toml", SOUND);
    for command in [
        ["outbox", "list"].as_slice(),
        &["evidence", "verify"],
        &["outbox", "retry", "x"],
    ] {
        let told = program.run(command);
        assert_eq!(told.code, 3, "{command:?}: {}", told.err);
        assert!(told.err.contains("run `bellwether migrate` first"), "{}", told.err);
    }
    assert_eq!(program.files(), ["bellwether.toml"]);
}

#[test]
fn a_database_that_is_none_is_a_failure() {
    let program = Program::new();
    program.write("bellwether.toml", SOUND);
    program.write(
        "bellwether.db",
        "this is no database at all, though long enough to be one",
    );
    assert_eq!(program.run(&["migrate"]).code, 3);
    let told = program.run(&["check"]);
    assert_eq!(told.code, 1);
    assert!(told.out.contains("FAIL  database"), "{}", told.out);
}

#[test]
fn run_without_a_token_says_where_it_belongs() {
    let program = Program::new();
    program.write("bellwether.toml", SOUND);
    let told = program.run(&["run"]);
    assert_eq!(told.code, 2);
    insta::assert_snapshot!(told.err, @r#"error: no token: set DISCORD_TOKEN, or DISCORD_TOKEN_FILE to the path of a file that holds it"#);
    let told = program
        .with("DISCORD_TOKEN", "a")
        .with("DISCORD_TOKEN_FILE", "b")
        .run(&["run"]);
    assert_eq!(told.code, 2);
    insta::assert_snapshot!(told.err, @r#"error: DISCORD_TOKEN and DISCORD_TOKEN_FILE are both set: keep one of them"#);
}

#[test]
fn run_without_organisations_says_what_to_add() {
    let program = Program::new().with("DISCORD_TOKEN", "a.b.c");
    program.write("bellwether.toml", "");
    let told = program.run(&["run"]);
    assert_eq!(told.code, 2);
    insta::assert_snapshot!(told.err, @r#"
    the configuration: 1 problem
      organisation
        found    none
        allowed  at least one [[organisation]]
        fix      add a block with id, name, zone and roles.manager; config.example.toml shows one
    "#);
}

#[test]
fn no_secret_is_shown() {
    let program = Program::new().with("DISCORD_TOKEN", "top.secret.token");
    program.write(
        "bellwether.toml",
        &format!("discord.api_url = \"http://127.0.0.1:9/api\"\ndatabase.url = \"postgres://u:hidden@127.0.0.1:9/d\"\n{SOUND}"),
    );
    let told = program.run(&["check"]);
    assert_eq!(told.code, 1);
    for text in [&told.out, &told.err] {
        assert!(!text.contains("top.secret.token") && !text.contains("hidden"), "{text}");
    }
    assert!(told.out.contains("Discord cannot be reached"), "{}", told.out);
}
