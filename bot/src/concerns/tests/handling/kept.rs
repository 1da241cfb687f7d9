//! Keys that the program keeps: passphrases, the quarter of an hour, and what is read meanwhile.

use super::*;

const PASSPHRASE: &str = "seven green bicycles";

/// An active key for Hanna that is kept here, besides those of the others.
async fn keeps(scene: &Scene) {
    scene.keys().await;
    let new = NewKey::Kept {
        passphrase: Secret::new(PASSPHRASE.to_owned()),
    };
    let proposed = propose(&scene.desk, scene.organisation(), HANNA, new).await;
    let Ok(ProposeOutcome::Proposed { key, .. }) = proposed else {
        panic!("{proposed:?}");
    };
    assert_eq!(scene.agrees(&key, OLGA).await, AgreeOutcome::InForce);
}

async fn tries(scene: &Scene, member: MemberId, passphrase: &str) -> UnlockOutcome {
    let typed = Secret::new(passphrase.to_owned());
    let done = unlock(&scene.desk, &scene.at_work(member), typed).await;
    done.expect("it is decided")
}

#[tokio::test]
async fn a_kept_key_reads_for_a_quarter_of_an_hour() {
    for scene in scenes().await {
        keeps(&scene).await;
        let filed = scene.files("mistake", "wrong *recipient*").await;
        let case = scene.case_of(&filed).await;
        let hanna = scene.at_work(HANNA);
        let reads = async || read(&scene.desk, &hanna, case.id.clone()).await.expect("a reading");
        assert!(matches!(reads().await, ReadOutcome::Locked));
        assert_eq!(scene.events(&case).await, ["received "], "nothing was read");
        let until = NOW + UNLOCKED;
        assert_eq!(tries(&scene, HANNA, PASSPHRASE).await, UnlockOutcome::Unlocked(until));
        let ReadOutcome::Opened(opened, lasts) = reads().await else {
            panic!("it is unlocked");
        };
        assert_eq!(lasts, until);
        let (shown, words) = &opened.entries[0];
        assert_eq!(words.as_ref().expect("it opens").text.expose(), "wrong *recipient*");
        assert_eq!(shown.name, format!("{}-01-report", filed.number));
        assert!(shown.entry.sealed.is_empty(), "the sealed bytes are not carried on");
        assert_eq!(scene.events(&case).await, ["read 10", "received "]);
        scene.trial.clock.set(until);
        assert!(matches!(reads().await, ReadOutcome::Locked));
        // An unlocked key opens nothing without its holder's role.
        tries(&scene, HANNA, PASSPHRASE).await;
        let mut former = scene.at_work(HANNA);
        former.roles.clear();
        let read = read(&scene.desk, &former, case.id.clone()).await.expect("a reading");
        assert!(matches!(read, ReadOutcome::NoSuchCase));
    }
}

#[tokio::test]
async fn wrong_passphrases_are_limited() {
    let scene = scenes().await.swap_remove(0);
    keeps(&scene).await;
    assert_eq!(tries(&scene, HARRY, PASSPHRASE).await, UnlockOutcome::NothingKept);
    for left in (0..TRIES).rev() {
        assert_eq!(
            tries(&scene, HANNA, "seven red bicycles").await,
            UnlockOutcome::Wrong(left)
        );
    }
    let again = NOW + Millis::HOUR;
    assert_eq!(tries(&scene, HANNA, PASSPHRASE).await, UnlockOutcome::TooOften(again));
    scene.trial.clock.set(again);
    let until = again + UNLOCKED;
    assert_eq!(tries(&scene, HANNA, PASSPHRASE).await, UnlockOutcome::Unlocked(until));
}

#[tokio::test]
async fn files_come_back_as_they_went_in() {
    for scene in scenes().await {
        keeps(&scene).await;
        let draft = scene.draft("mistake", "see the picture").await;
        let bytes = vec![7; 70_000];
        let reporter = Reporter {
            member: RITA,
            name: Secret::new("Rita".to_owned()),
            tie: Tie::Named,
            files: vec![FileDraft {
                name: "picture-1.png".to_owned(),
                bytes: bytes.clone().into(),
            }],
        };
        let filed = filed(submit_known(&scene.desk, draft, reporter).await.expect("it is decided"));
        let case = scene.case_of(&filed).await;
        tries(&scene, HANNA, PASSPHRASE).await;
        let read_by = async |member| {
            let read = read(&scene.desk, &scene.at_work(member), case.id.clone()).await;
            read.expect("a reading")
        };
        let ReadOutcome::Opened(opened, _) = read_by(HANNA).await else {
            panic!("it is unlocked");
        };
        assert_eq!(opened.files[0].name, "picture-1.png");
        assert_eq!(*opened.files[0].bytes, bytes);
        let (_, words) = &opened.entries[0];
        let (member, _) = words
            .as_ref()
            .and_then(|words| words.reporter.as_ref())
            .expect("a reporter");
        assert_eq!(*member, RITA);
        let ReadOutcome::Sealed(pieces) = read_by(HARRY).await else {
            panic!("he has a key of his own");
        };
        let names: Vec<&str> = pieces.iter().map(|piece| piece.name.as_str()).collect();
        let number = &filed.number;
        assert_eq!(names, [format!("{number}-01-report"), format!("{number}-file-01.tar")]);
    }
}
