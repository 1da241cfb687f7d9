//! `bellwether calendar`: the dry run.

use entity::member;
use sea_orm::{ActiveModelTrait, Database, IntoActiveModel};

use crate::SOUND;
use crate::program::Program;

#[test]
fn without_members_it_says_when_they_are_known() {
    let program = Program::new();
    program.write("bellwether.toml", SOUND);
    assert_eq!(program.run(&["migrate"]).code, 0);
    let told = program.run(&["calendar"]);
    assert_eq!(told.code, 0, "{}", told.err);
    assert!(
        told.out.contains("Members are known once the bot has run"),
        "{}",
        told.out
    );
}

#[test]
fn each_manager_is_shown_in_their_own_zone() {
    let program = Program::new();
    program.write("bellwether.toml", SOUND);
    assert_eq!(program.run(&["migrate"]).code, 0);
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(managers(&program.url(), &[(5, None), (6, Some("Asia/Tokyo"))]));
    let told = program.run(&["calendar", "--weeks", "6"]);
    assert_eq!(told.code, 0, "{}", told.err);
    for (zone, member) in [("Europe/Berlin", "5"), ("Asia/Tokyo", "6")] {
        let asked = told.out.lines().any(|line| {
            line.contains(zone) && line.split_whitespace().any(|word| word == member) && line.contains("  due ")
        });
        assert!(asked, "{member} is missing in:\n{}", told.out);
    }
    assert!(
        told.out.contains("lead-visible-step") && told.out.contains("  Thu "),
        "weekly prompts come on Thursday:\n{}",
        told.out
    );
    let one = program.run(&["calendar", "--weeks", "6", "--member", "6"]);
    assert!(
        one.out.contains("Asia/Tokyo") && !one.out.contains("Europe/Berlin"),
        "{}",
        one.out
    );
}

async fn managers(url: &str, managers: &[(i64, Option<&str>)]) {
    let db = Database::connect(url).await.expect("the database opens");
    for (member, zone) in managers {
        let row = member::Model {
            organisation: 1,
            member: *member,
            roles: "manager".to_owned(),
            audiences: String::new(),
            zone: zone.map(str::to_owned),
            locale: None,
            manager_since: Some(0),
            left_at: None,
            dm_channel: None,
            dm_refused_at: None,
            updated_at: 0,
            id: None,
        };
        row.into_active_model()
            .reset_all()
            .insert(&db)
            .await
            .expect("the manager is written");
    }
}
