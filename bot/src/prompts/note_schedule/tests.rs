use std::path::Path;

use super::*;
use crate::clock::Millis;
use crate::config::Role;
use crate::ids::{ChannelId, MemberId};
use crate::trial;

const TEXT: &str = r#"
    [[organisation]]
    id = "1"
    name = "One"
    zone = "Europe/Berlin"
    roles.manager = ["2"]
    [[organisation]]
    id = "3"
    name = "Three"
    zone = "UTC"
    roles.manager = ["4"]
"#;

#[tokio::test]
async fn only_a_changed_schedule_is_noted() {
    let first = crate::config::parse(TEXT, Path::new("/srv")).expect("this is sound");
    let mut second = first.clone();
    second.organisations[1].zone = "Europe/Paris".to_owned();
    let (one, three) = (OrganisationId::from_i64(1), OrganisationId::from_i64(3));
    for trial in trial::databases(Millis(0)).await {
        let note = async |config: &Config| {
            note_schedules(&trial.ledger, &trial.chance, config)
                .await
                .expect("it is noted")
        };
        assert_eq!(note(&first).await, [one, three], "{}", trial.engine);
        assert_eq!(note(&first).await, []);
        assert_eq!(note(&second).await, [three]);
        assert_eq!(note(&first).await, [three]);
    }
}

type Change = fn(&mut Config);

#[test]
fn whatever_decides_who_is_asked_where_and_in_which_language_changes_the_hash() {
    let config = crate::config::parse(TEXT, Path::new("/srv")).expect("this is sound");
    let person = |zone: Option<&str>, language: Option<&str>| Person {
        id: MemberId::from_i64(9),
        zone: zone.map(str::to_owned),
        language: language.map(str::to_owned),
    };
    let changes: [(&str, Change); 9] = [
        ("language", |config| config.organisations[0].language = "de".to_owned()),
        ("a role", |config| {
            let roles = &mut config.organisations[0].roles;
            roles.insert(Role::Owner, BTreeSet::from([RoleId::from_i64(5)]));
        }),
        ("another id of a role", |config| {
            let roles = &mut config.organisations[0].roles;
            roles.insert(Role::Manager, BTreeSet::from([RoleId::from_i64(5)]));
        }),
        ("an audience", |config| {
            let audiences = &mut config.organisations[0].audiences;
            audiences.insert("executives".to_owned(), BTreeSet::from([RoleId::from_i64(5)]));
        }),
        ("fallback", |config| {
            config.organisations[0].channels.fallback = Some(ChannelId::from_i64(6));
        }),
        ("prompts", |config| {
            config.organisations[0].channels.prompts = Some(ChannelId::from_i64(6));
        }),
        ("evidence", |config| {
            config.organisations[0].channels.evidence = Some(ChannelId::from_i64(6));
        }),
        ("delivery", |config| {
            config.organisations[0].delivery = Delivery::Channel;
        }),
        ("intent", |config| config.discord.members_intent = false),
    ];
    let mut texts = BTreeSet::from([text(&config, &config.organisations[0])]);
    for (what, change) in changes {
        let mut changed = config.clone();
        change(&mut changed);
        assert!(texts.insert(text(&changed, &changed.organisations[0])), "{what}");
    }
    for (zone, language) in [(None, None), (Some("UTC"), None), (None, Some("de"))] {
        let mut changed = config.clone();
        changed.organisations[0].people = vec![person(zone, language)];
        let text = text(&changed, &changed.organisations[0]);
        assert!(
            !text.contains("UTC") && !text.contains("= 9"),
            "it names nobody: {text}"
        );
        assert!(texts.insert(text), "{zone:?} {language:?}");
    }
}

#[test]
fn the_text_names_everything_that_decides() {
    let config = crate::config::parse(TEXT, Path::new("/srv")).expect("this is sound");
    insta::assert_snapshot!(text(&config, &config.organisations[0]), @r#"
    weekly.cron = 0 30 9 * * Thu
    weekly.due = weekday 1
    weekly.late_days = 2
    monthly.cron = 0 30 9 20-31 * Tue,Wed,Thu
    monthly.due = days 10
    monthly.late_days = 7
    quarterly.cron = 0 30 9 8-31 Mar,Jun,Sep,Dec Tue,Wed,Thu
    quarterly.due = days 21
    quarterly.late_days = 14
    max_prompts_per_person_7d = 2
    min_gap_ms = 172800000
    max_open_prompts = 2
    jitter_ms = 1200000
    first_month_of_year = 1
    zone = Europe/Berlin
    language = en
    packs = starter
    delivery = direct-message
    channels.fallback = none
    channels.prompts = none
    channels.evidence = none
    roles.manager = 2
    members_intent = true
    people_sha256 = e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855
    "#);
}
