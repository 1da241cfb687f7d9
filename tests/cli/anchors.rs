//! What the operator is told of copies outside.

use std::process::Stdio;
use std::time::Duration;

use discord_stand_in::Discord;
use rehearsal::outside::{Reply, Server};

use super::SOUND;
use super::program::Program;
use super::run::Scene;

/// Exit code and what was said.
fn told(scene: &Scene, arguments: &[&str]) -> (i32, String) {
    let output = scene
        .command(arguments)
        .stdout(Stdio::piped())
        .output()
        .expect("the binary runs");
    let said = [output.stdout, output.stderr].concat();
    let said = String::from_utf8(said).expect("it speaks UTF-8");
    (output.status.code().expect("it ends by itself"), said)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_operator_sees_who_has_which_copy() {
    let (obliging, refusing) = (
        Server::obliging().await.expect("a server"),
        Server::start(|_| Reply::status(403)).await.expect("a server"),
    );
    let mut scene = Scene::set().await;
    let channel = scene.guild.channels["general"];
    let configuration = std::fs::read_to_string(scene.path("bellwether.toml")).expect("it reads");
    let configuration = format!(
        "{configuration}channels.evidence = \"{channel}\"\n\
         [[evidence.webhook]]\nname = \"auditor\"\nurl = \"{}\"\nsecret_header = \"Authorization\"\n\
         [[evidence.webhook]]\nname = \"closed\"\nurl = \"{}\"\n",
        obliging.url("/in"),
        refusing.url("/in"),
    );
    std::fs::write(scene.path("bellwether.toml"), configuration).expect("it is written");
    let (code, said) = told(&scene, &["run"]);
    assert_eq!(code, 2, "{said}");
    assert!(said.contains("BELLWETHER_WEBHOOK_AUDITOR"), "{said}");
    scene
        .environment
        .push(("BELLWETHER_WEBHOOK_AUDITOR", "Bearer of-secrets"));
    let bot = scene.start(&["run"]).await;
    let there = |discord: &Discord| {
        let tried = !obliging.requests().is_empty() && !refusing.requests().is_empty();
        tried && !discord.messages(channel).is_empty()
    };
    scene
        .discord
        .await_until("a checkpoint", there)
        .await
        .expect("it is published");
    // What came back is written down a moment later.
    let outside = ["https://discord.com/channels/", "status 204", "status 403"];
    for _ in 0..100 {
        let (_, said) = told(&scene, &["evidence", "status"]);
        if outside.iter().all(|part| said.contains(part)) {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    let (_, said) = bot.stop().await;
    assert!(!said.contains("of-secrets"), "{said}");
    assert_eq!(
        obliging.requests()[0].header("authorization"),
        Some("Bearer of-secrets")
    );

    let (code, said) = told(&scene, &["evidence", "status"]);
    assert_eq!(code, 0, "{said}");
    let lines = said.lines().map(|line| line.split_once(' ').unwrap_or_default().0);
    assert_eq!(
        lines.collect::<Vec<_>>(),
        [
            "log",
            "key",
            "leaves",
            "root",
            "audited",
            "published",
            "outside",
            "outside",
            "outside"
        ],
        "{said}"
    );
    for part in [
        "key        example.org/log+",
        "min ago, status 204",
        "https://discord.com/channels/",
        "webhook:closed: never; 1 waiting; last: answered with status 403",
    ] {
        assert!(said.contains(part), "{part:?} is missing in {said}");
    }
    let (code, json) = told(&scene, &["evidence", "status", "--json"]);
    let json: serde_json::Value = serde_json::from_str(&json).expect("one JSON object");
    assert_eq!(
        (code, &json["warnings"], &json["stopped"]),
        (0, &serde_json::json!([]), &serde_json::Value::Null)
    );
    assert_eq!(json["targets"].as_array().map(Vec::len), Some(3), "{json}");

    // Somebody knows more of the log than the database.
    std::fs::write(scene.path("bellwether-log.guard.stopped"), "A witness knows more.\n").expect("it is written");
    let (code, said) = told(&scene, &["evidence", "status"]);
    assert_eq!(code, 1, "{said}");
    assert!(said.contains("STOPPED    A witness knows more."), "{said}");
    let (code, said) = scene.ends(&["run"]).await;
    assert_eq!(code, 5, "{said}");
    assert!(said.contains("signing is stopped"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_running_bot_ends_as_one_that_starts_would_when_signing_is_stopped() {
    // It looks once a minute.
    if !rehearsal::sizes::long() {
        return;
    }
    let scene = Scene::set().await;
    let bot = scene.start(&["run"]).await;
    let reason = "The whole log was checked and does not hold: leaf 3 was changed.\n";
    std::fs::write(scene.path("bellwether-log.guard.stopped"), reason).expect("it is written");
    let (code, said) = bot.ended_within(Duration::from_secs(90)).await;
    assert_eq!(code, 5, "{said}");
    assert!(said.contains("leaf 3 was changed"), "{said}");
    let (code, said) = scene.ends(&["run"]).await;
    assert_eq!(code, 5, "{said}");
    let (_, said) = told(&scene, &["evidence", "status"]);
    assert!(
        said.contains("audited    DOES NOT HOLD, see below; before that never"),
        "{said}"
    );
    let (code, said) = told(&scene, &["evidence", "verify"]);
    assert_eq!(code, 0, "{said}");
    let (code, said) = scene.start(&["run"]).await.stop().await;
    assert_eq!(code, 0, "{said}");
}

#[test]
fn a_log_that_nobody_has_is_told() {
    let program = Program::new();
    program.write("bellwether.toml", SOUND);
    assert_eq!(program.run(&["migrate"]).code, 0);
    let told = program.run(&["evidence", "status"]);
    assert_eq!(told.code, 1, "{}{}", told.out, told.err);
    insta::assert_snapshot!(told.out, @r"
    leaves     0
    audited    never
    published  never
    WARNING    nobody outside gets the log's checkpoints: anybody who has the log's key and database could rewrite the log unnoticed
    fix        set channels.evidence of an organisation, and add [[evidence.webhook]] and [[evidence.tsa]] blocks
    ");
}

#[test]
fn a_policy_and_a_secret_that_are_wrong_are_told_at_once() {
    let program = Program::new();
    program.write(
        "bellwether.toml",
        &format!(
            "evidence.policy_file = \"policy\"\n[[evidence.webhook]]\nname = \"dpo\"\nurl = \"https://example.org/x\"\n\
             secret_header = \"X-Key\"\nsecret_file = \"gone\"\n{}",
            SOUND.replace("[evidence]\norigin = \"example.org/log\"\n", "")
        ),
    );
    program.write("policy", "quorum nobody\n");
    let told = program.run(&["check"]);
    assert_eq!(told.code, 1);
    let lines: Vec<_> = told
        .out
        .lines()
        .skip_while(|line| !line.contains("log anchors"))
        .take(4)
        .collect();
    insta::assert_snapshot!(lines.join("\n"), @r#"
    FAIL  log anchors: the configuration: evidence.webhook "dpo": found no usable secret: the secret_file FOLDER/gone of webhook "dpo" cannot be read: there is no such file; allowed: a secret for secret_header, in the environment or in secret_file
          fix: set BELLWETHER_WEBHOOK_DPO or secret_file, or remove secret_header
    FAIL  log anchors: the configuration: evidence.policy_file: found line 1: no witness or group "nobody" is defined above this line; allowed: a file in the form of C2SP tlog-policy, whose witnesses have https addresses
          fix: correct FOLDER/policy, or remove policy_file
    "#);
}
