use super::*;
use crate::catalogue::CatalogueSource;
use crate::config::{Delivery, Due};

/// The example with the keys that have no default put in force.
fn example_in_full() -> String {
    EXAMPLE
        .lines()
        .map(|line| match line.strip_prefix('#') {
            Some(rest) if rest.starts_with(|first: char| first == '[' || first.is_ascii_lowercase()) => rest,
            _ => line,
        })
        .collect::<Vec<_>>()
        .join("\n")
}

fn problems(text: &str) -> Problems {
    parse(text, Path::new("/srv")).expect_err("this has problems")
}

const SOUND: &str = r#"
[[organisation]]
id = "1"
name = "Example"
zone = "Europe/Berlin"
roles.manager = ["2"]
"#;

#[test]
fn the_example_is_the_default() {
    let example = parse(EXAMPLE, Path::new("/srv")).unwrap_or_else(|problems| panic!("{problems}"));
    let empty = parse("", Path::new("/srv")).unwrap_or_else(|problems| panic!("{problems}"));
    assert_eq!(format!("{example:?}"), format!("{empty:?}"));
    assert_eq!(empty.schedule, example.schedule);
    assert_eq!(empty.schedule.weekly.due, Due::Weekday(1));
    assert_eq!(empty.schedule.monthly.due, Due::Days(10));
    assert_eq!(empty.catalogue, CatalogueSource::BuiltIn);
    assert!(empty.organisations.is_empty());
}

#[test]
fn every_key_is_documented_with_a_sentence() {
    let table = document::parse(&example_in_full()).expect("the example with all its keys is TOML");
    let notes = Notes::default();
    let mut spread = table.clone();
    organisation::spread_defaults(&mut spread);
    read::config(&spread, Path::new("/srv"), &notes);
    let missing = notes
        .keys()
        .into_iter()
        .filter(|key| !documented(&table, &key.replace(" \"175928847299117063\"", "")))
        .collect::<Vec<_>>();
    // The two ways to say when something is due exclude each other; each stands at one cadence.
    let expected = ["monthly.due_weekday", "quarterly.due_weekday", "weekly.due_days"];
    assert_eq!(missing, expected.map(|key| format!("schedule.{key}")));
    let lines = EXAMPLE.lines().collect::<Vec<_>>();
    for pair in lines.windows(2) {
        let key = pair[1].trim_start_matches('#').split_once(" = ").map(|(key, _)| key);
        let is_key = key.is_some_and(|key| {
            key.bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte == b'_' || byte == b'7')
        });
        assert!(!is_key || pair[0].starts_with("# "), "no sentence above {:?}", pair[1]);
    }
}

fn documented(table: &Table, key: &str) -> bool {
    let (head, rest) = key.split_once('.').unwrap_or((key, ""));
    // An entry of a list carries its number.
    let head = head.split(' ').next().unwrap_or(head);
    match table.get(head) {
        None => false,
        Some(_) if rest.is_empty() => true,
        Some(Value::Table(inner)) => documented(inner, rest),
        Some(Value::Array(entries)) => entries
            .iter()
            .filter_map(Value::as_table)
            .any(|inner| documented(inner, rest)),
        Some(_) => false,
    }
}

#[test]
fn the_example_organisation_is_sound() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(
        folder.path().join("people.toml"),
        "[[person]]\nid = \"5\"\nzone = \"Europe/Paris\"\n",
    )
    .expect("the people file is written");
    let text = example_in_full().replace("mode = \"built-in\"", "mode = \"extend\"");
    let config = parse(&text, folder.path()).unwrap_or_else(|problems| panic!("{problems}"));
    let organisation = &config.organisations[0];
    assert_eq!(organisation.packs, ["starter"]);
    assert_eq!(organisation.delivery, Delivery::DirectMessage);
    assert_eq!(organisation.people[0].zone.as_deref(), Some("Europe/Paris"));
    let catalogue = crate::catalogue::load(&CatalogueSource::BuiltIn).expect("the built-in catalogue is sound");
    fits(&config, &catalogue).unwrap_or_else(|problems| panic!("{problems}"));
}

#[test]
#[expect(clippy::too_many_lines, reason = "a table of mistakes and their sentences")]
fn every_problem_of_a_file_is_told() {
    let text = r#"
        colour = 1
        [discord]
        api_url = "http://discord.com/api"
        api_ulr = ""
        requests_per_second = 51
        token = "very-secret"
        [database]
        url = "mysql://root:hidden-password@db/x"
        [telemetry]
        format = "xml"
        level = "loud=very"
        [catalogue]
        mode = "replace"
        [schedule]
        min_gap_hours = 12
        weekly.cron = "30 9 * * Thu"
        monthly.due_days = 3
        monthly.due_weekday = "friday"
        [[organisation]]
        id = 175928847299117063
        name = ""
        zone = "Europe/Berln"
        roles.manager = [1, "two"]
        roles.ower = []
        delivery = "channel"
        [[organisation]]
        id = "7"
        name = "A"
        zone = "UTC"
        [[organisation]]
        id = "7"
        name = "B"
        zone = "UTC"
        roles.manager = ["3"]
        packs = []
    "#;
    let problems = problems(text).to_string();
    assert!(!problems.contains("very-secret") && !problems.contains("hidden-password"));
    insta::assert_snapshot!(problems, @r#"
    the configuration: 22 problems
      discord.token
        found    a secret in the configuration file
        allowed  no secrets in this file
        fix      remove it; give the token in DISCORD_TOKEN, or in a file that DISCORD_TOKEN_FILE names; if others could read this file, reset the token in Discord's developer portal
      discord.api_url
        found    plain http to another machine
        allowed  an https address, such as "https://discord.com/api"; http for this machine only
        fix      use https: the bot's token travels with every request
      discord.requests_per_second
        found    the number 51
        allowed  a whole number from 1 to 50
        fix      write a whole number from 1 to 50
      discord.api_ulr
        found    an unknown key
        allowed  api_url, believe_time, members_intent, requests_per_second
        fix      did you mean `api_url`? If not, remove it
      organisation #1.id
        found    the number 175928847299117063
        allowed  a Discord id in quotes, such as "175928847299117063"
        fix      put it in quotes: many tools cut numbers that long
      organisation #1.name
        found    an empty text
        allowed  a text
        fix      write what belongs there
      organisation #1.zone
        found    "Europe/Berln"
        allowed  an IANA time zone, such as "Europe/Berlin"
        fix      did you mean "Europe/Berlin"?
      organisation #1.roles.manager
        found    the number 1
        allowed  a Discord id in quotes, such as "175928847299117063"
        fix      put it in quotes: many tools cut numbers that long
      organisation #1.roles.manager
        found    "two"
        allowed  a Discord id in quotes, such as "175928847299117063"
        fix      in Discord: Settings, Advanced, Developer Mode; then right-click and copy the id; put it in quotes
      organisation #1.roles.ower
        found    an unknown key
        allowed  auditor, handler, incident_team, independent_handler, manager, owner, sponsor
        fix      did you mean `owner`? If not, remove it
      organisation #1.channels.prompts
        found    nothing
        allowed  a channel, because delivery is "channel"
        fix      name the channel, or set delivery to "direct-message"
      organisation "7".roles.manager
        found    no role
        allowed  at least one role id
        fix      name the Discord role of the people who are asked
      organisation "7".packs
        found    no pack
        allowed  at least one pack
        fix      add one, such as "starter"
      organisation "7".id
        found    an organisation that is already listed
        allowed  each organisation once
        fix      merge the two blocks
      database.url
        found    another kind of address
        allowed  "sqlite://PATH" or "postgres://USER@HOST/DATABASE"
        fix      choose one of the two databases
      telemetry.format
        found    "xml"
        allowed  "human", "json"
        fix      choose one of them
      telemetry.level
        found    "loud=very": error parsing level filter: expected one of "off", "error", "warn", "info", "debug", "trace", or a number 0-5
        allowed  error, warn, info, debug, trace, or a filter such as "info,bellwether::outbox=debug"
        fix      write such a filter
      catalogue.file
        found    nothing
        allowed  the path of a catalogue, because the mode is not "built-in"
        fix      add the key `file`, or set the mode to "built-in"
      schedule.weekly.cron
        found    "30 9 * * Thu"
        allowed  six fields: second (always 0), minute, hour, day of month, month, day of week by name
        fix      write it with the seconds in front: "0 30 9 * * Thu"
      schedule.monthly.due_days
        found    due_days beside due_weekday
        allowed  one of the two
        fix      remove one of the two
      schedule.min_gap_hours
        found    the number 12
        allowed  a whole number from 24 to 96
        fix      write a whole number from 24 to 96
      colour
        found    an unknown key
        allowed  catalogue, concerns, database, discord, every_organisation, evidence, organisation, schedule, telemetry
        fix      take it out
    "#);
}

#[test]
fn an_operators_due_day_takes_the_place_of_the_default() {
    let config = parse("[schedule.weekly]\ndue_days = 4", Path::new("/srv")).expect("this is sound");
    assert_eq!(config.schedule.weekly.due, Due::Days(4));
    assert_eq!(config.schedule.weekly.cron, "0 30 9 * * Thu");
}

#[test]
fn a_section_that_is_no_table_is_one_problem() {
    assert_eq!(problems("schedule = 3").list.len(), 1);
}

#[test]
fn malformed_toml_names_line_and_column() {
    let problems = problems("[discord]\napi_url = \n");
    assert_eq!(problems.list.len(), 1);
    assert!(problems.list[0].at.starts_with("line 2, column"), "{problems}");
}

#[test]
fn without_the_intent_somebody_must_be_named() {
    let text = format!("discord.members_intent = false\n{SOUND}");
    let problems = problems(&text);
    assert_eq!(problems.list.len(), 1);
    assert!(problems.list[0].at.ends_with("people_file"), "{problems}");
}

#[test]
fn problems_of_a_people_file_are_told_too() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(
        folder.path().join("people.toml"),
        "[[person]]\nid = 5\n[[person]]\nid = \"6\"\nzone = \"Mars\"\n[[person]]\nid = \"6\"\nlanguage = \"fr\"\n",
    )
    .expect("the people file is written");
    let text = SOUND.replace("name =", "people_file = \"people.toml\"\nname =");
    let problems = parse(&text, folder.path()).expect_err("the people file has problems");
    let told = problems
        .to_string()
        .replace(&folder.path().display().to_string(), "FOLDER");
    insta::assert_snapshot!(told, @r#"
    the configuration: 4 problems
      FOLDER/people.toml.person #1.id
        found    the number 5
        allowed  a Discord id in quotes, such as "175928847299117063"
        fix      put it in quotes: many tools cut numbers that long
      FOLDER/people.toml.person "6".zone
        found    "Mars"
        allowed  an IANA time zone, such as "Europe/Berlin"
        fix      look the name up in the IANA database
      FOLDER/people.toml.person "6".language
        found    "fr"
        allowed  "en", "de"
        fix      choose one of them
      FOLDER/people.toml.person
        found    6 twice
        allowed  each person once
        fix      merge the two
    "#);
}

#[test]
fn no_secret_is_shown() {
    let config = parse(
        "[database]\nurl = \"postgres://bot:hidden-password@db/bellwether\"",
        Path::new("/srv"),
    )
    .expect("this is sound");
    assert!(!format!("{config:?}").contains("hidden-password"));
}

#[test]
fn the_environment_may_name_the_database() {
    let config = read_text("", Path::new("/srv"), "here", Some("sqlite://other.db".to_owned())).expect("this is sound");
    let url = secrecy::ExposeSecret::expose_secret(&config.database.url);
    assert_eq!(url, "sqlite:///srv/other.db");
}

#[test]
fn a_pack_that_is_not_in_the_catalogue_is_told() {
    let text = SOUND.replace("name =", "packs = [\"startr\"]\naudiences.exectives = [\"9\"]\nname =");
    let config = parse(&text, Path::new("/srv")).unwrap_or_else(|problems| panic!("{problems}"));
    let catalogue = crate::catalogue::load(&CatalogueSource::BuiltIn).expect("the built-in catalogue is sound");
    insta::assert_snapshot!(fits(&config, &catalogue).expect_err("neither is there"), @r#"
    the configuration compared with the catalogue: 2 problems
      organisation "1".packs
        found    "startr"
        allowed  starter, people-manager, delivery-lead, system-owner, executive, culture
        fix      did you mean "starter"?
      organisation "1".audiences
        found    "exectives"
        allowed  all-managers, people-managers, delivery-leads, system-owners, risk-owners, executives
        fix      did you mean "executives"?
    "#);
}
