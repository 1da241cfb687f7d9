//! What is sealed opens with any age program, and for nobody but those it was sealed to.

use std::io::Write;
use std::process::{Command, Stdio};

use age::secrecy::ExposeSecret;
use sha2::{Digest, Sha256};

use super::*;
use crate::concerns::keys::sealing::{STEPS, open, recipients, seal};
use crate::concerns::raising::content::{self, Said};

/// If it is 1, tests fail without Debian's `age` instead of being left out.
const REQUIRE: &str = "BELLWETHER_REQUIRE_AGE";

fn has_age() -> bool {
    let there = Command::new("age").arg("--version").output().is_ok();
    let required = std::env::var(REQUIRE).is_ok_and(|value| value == "1");
    assert!(there || !required, "{REQUIRE} is 1, and there is no age");
    if !there {
        eprintln!("left out: there is no age");
    }
    there
}

/// What Debian's age gets from a sealed file; `None` if it refuses.
fn opened_by_age(identity: &x25519::Identity, sealed: &[u8]) -> Option<Vec<u8>> {
    let folder = tempfile::tempdir().expect("a folder");
    let key = folder.path().join("key.txt");
    std::fs::write(&key, identity.to_string().expose_secret()).expect("a key file");
    let mut age = Command::new("age")
        .args(["--decrypt", "--identity"])
        .arg(&key)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("age runs");
    let mut input = age.stdin.take().expect("an input");
    let written = input.write_all(sealed);
    drop(input);
    let output = age.wait_with_output().expect("age ends");
    written
        .ok()
        .filter(|()| output.status.success())
        .map(|()| output.stdout)
}

async fn sealed_reports(scene: &Scene) -> Vec<Vec<u8>> {
    let entries = store::entries(scene.desk.core.db.reader(), &scene.case().await.id).await;
    entries
        .expect("entries")
        .into_iter()
        .map(|entry| entry.sealed)
        .collect()
}

#[tokio::test]
async fn a_report_opens_with_debians_age() {
    if !has_age() {
        return;
    }
    for scene in scenes().await {
        let [hanna, harry, _] = scene.keys().await;
        scene.files("mistake", "I sent the \"list\" to the wrong Ümit.").await;
        let sealed = sealed_reports(&scene).await;
        for identity in [hanna, harry] {
            let plain = opened_by_age(&identity, &sealed[0]).expect("it opens");
            let read = content::read(&plain).expect("it is a report");
            assert_eq!(read.text.expose(), "I sent the \"list\" to the wrong Ümit.");
            assert_eq!(read.case, scene.case().await.number.to_string());
        }
        assert_eq!(opened_by_age(&x25519::Identity::generate(), &sealed[0]), None);
    }
}

#[tokio::test]
async fn a_file_opens_with_age_and_tar() {
    for scene in scenes().await {
        let [hanna, ..] = scene.keys().await;
        let draft = scene.draft("mistake", "words").await;
        let bytes = vec![0x89; 70_000];
        let reporter = Reporter {
            member: RITA,
            name: Secret::new("Rita R.".to_owned()),
            tie: Tie::Named,
            files: vec![FileDraft {
                name: "picture-1.png".to_owned(),
                bytes: bytes.clone().into(),
            }],
        };
        filed(submit_known(&scene.desk, draft, reporter).await.expect("it is decided"));
        let query = if scene.desk.core.db.is_sqlite() {
            "SELECT hex(sealed) FROM concern_file"
        } else {
            "SELECT encode(sealed, 'hex') FROM concern_file"
        };
        let sealed = hex::decode(&scene.ask(query).await[0]).expect("hexadecimal digits");
        let plain = open(&hanna, &sealed).expect("it opens");
        assert_eq!(plain.len(), 256 << 10);
        let mut archive = tar::Archive::new(&plain[..]);
        let mut files = archive.entries().expect("an archive");
        let mut file = files.next().expect("a file").expect("a file");
        assert_eq!(file.path().expect("a name").to_string_lossy(), "picture-1.png");
        let mut found = Vec::new();
        std::io::Read::read_to_end(&mut file, &mut found).expect("it is read");
        assert_eq!(Sha256::digest(found), Sha256::digest(bytes));
    }
}

#[test]
fn nobody_else_opens_what_is_sealed() {
    let [one, two, other] = [(); 3].map(|()| x25519::Identity::generate());
    let keys = recipients([&*one.to_public().to_string(), &*two.to_public().to_string()]).expect("keys");
    let mut sealed = seal(&keys, b"words").expect("it is sealed");
    for identity in [&one, &two] {
        assert_eq!(&**open(identity, &sealed).expect("it opens"), b"words");
    }
    assert!(open(&other, &sealed).is_err());
    assert!(seal(&[], b"words").is_err());
    let last = sealed.len() - 1;
    sealed[last] ^= 1;
    assert!(open(&one, &sealed).is_err());
}

#[test]
fn lengths_come_in_steps() {
    let number = CaseNumber::read("K7Q-2MX").expect("a number");
    let length = |text: &str| content::padded(&Said::new("note", &number, text)).map(|padded| padded.len());
    for (characters, step) in [
        (0, 0),
        (900, 0),
        (1_100, 1),
        (4_000, 1),
        (4_100, 2),
        (16_000, 2),
        (65_000, 3),
    ] {
        let text = "x".repeat(characters);
        assert_eq!(length(&text).expect("it fits"), STEPS[step], "{characters}");
    }
    assert!(length(&"x".repeat(66_000)).is_err());
    let wide = "\u{1F426}".repeat(4_000);
    assert_eq!(length(&wide).expect("it fits"), STEPS[2]);
}
