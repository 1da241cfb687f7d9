//! What a concern leaves behind in each mode, and what it does not.

use super::*;

const WORDS: &str = "Quarzglasfaser beside the zeppelin";

/// The rows of these tables: how many there are.
async fn counts(scene: &Scene, tables: &[&str]) -> Vec<usize> {
    let mut counts = Vec::new();
    for table in tables {
        counts.push(
            scene.ask(&format!("SELECT CAST(count(*) AS text) FROM {table}")).await[0]
                .parse()
                .expect("a count"),
        );
    }
    counts
}

const TABLES: [&str; 6] = [
    "concern_case",
    "concern_entry",
    "concern_file",
    "concern_identity",
    "concern_named",
    "concern_event",
];

fn reporter(tie: Tie) -> Reporter {
    Reporter {
        member: RITA,
        name: Secret::new("Rita Rübezahl".to_owned()),
        tie,
        files: Vec::new(),
    }
}

#[tokio::test]
async fn an_anonymous_concern_leads_to_nobody() {
    for scene in scenes().await {
        scene.keys().await;
        let before = scene.everything().await;
        scene.trial.clock.set(Millis(1_795_388_888_123));
        let filed = scene.files("mistake", WORDS).await;
        assert_eq!(counts(&scene, &TABLES).await, [1, 1, 0, 0, 0, 1]);
        let after = scene.everything().await;
        assert_ne!(before, after);
        let key = filed.key.shown();
        let plain = key.expose().replace('-', "");
        let mut banned = forms(RITA, &[WORDS, "zeppelin", "Rita", key.expose(), &plain]);
        banned.extend(forms(MemberId::from_i64(1_795_388_888_123), &[]));
        // Seconds, too.
        banned.extend(forms(MemberId::from_i64(1_795_388_888), &[]));
        for form in banned {
            assert!(!after.contains(&form), "{form} on {}", scene.trial.engine);
        }
        let leaves = scene.ask("SELECT CAST(count(*) AS text) FROM log_leaf").await;
        let again = scene.files("idea", "other words").await;
        assert_eq!(scene.ask("SELECT CAST(count(*) AS text) FROM log_leaf").await, leaves);
        assert_ne!(again.number, filed.number);
    }
}

#[tokio::test]
async fn a_confidential_identity_is_one_handlers_alone() {
    for scene in scenes().await {
        let [hanna, harry, iris] = scene.keys().await;
        let draft = scene.draft("mistake", WORDS).await;
        let tie = Tie::Confidential { confidant: HARRY };
        filed(
            submit_known(&scene.desk, draft, reporter(tie))
                .await
                .expect("it is decided"),
        );
        assert_eq!(counts(&scene, &TABLES).await, [1, 1, 0, 1, 0, 1]);
        let all = scene.everything().await;
        for form in forms(RITA, &[WORDS, "Rübezahl", "Rita"]) {
            assert!(!all.contains(&form), "{form} on {}", scene.trial.engine);
        }
        assert_eq!(scene.case().await.confidant, Some(HARRY));
        let query = if scene.desk.core.db.is_sqlite() {
            "SELECT hex(sealed) FROM concern_identity"
        } else {
            "SELECT encode(sealed, 'hex') FROM concern_identity"
        };
        let sealed = hex::decode(&scene.ask(query).await[0]).expect("hexadecimal digits");
        let opened = content::read(&sealing::open(&harry, &sealed).expect("it opens")).expect("an identity");
        let (member, name) = opened.reporter.expect("a reporter");
        assert_eq!((member, name.expose()), (RITA, "Rita Rübezahl"));
        for other in [hanna, iris] {
            assert!(sealing::open(&other, &sealed).is_err());
        }
        let report = store::entries(scene.desk.core.db.reader(), &scene.case().await.id)
            .await
            .expect("entries");
        let report = content::read(&sealing::open(&harry, &report[0].sealed).expect("it opens")).expect("a report");
        assert!(report.reporter.is_none());
    }
}

#[tokio::test]
async fn a_named_concern_names_its_author_to_its_readers() {
    for scene in scenes().await {
        let [hanna, ..] = scene.keys().await;
        let draft = scene.draft("mistake", WORDS).await;
        filed(
            submit_known(&scene.desk, draft, reporter(Tie::Named))
                .await
                .expect("it is decided"),
        );
        assert_eq!(counts(&scene, &TABLES).await, [1, 1, 0, 0, 1, 1]);
        assert_eq!(
            scene.ask("SELECT CAST(member AS text) FROM concern_named").await,
            [RITA.to_string()]
        );
        let entries = store::entries(scene.desk.core.db.reader(), &scene.case().await.id)
            .await
            .expect("entries");
        let report = content::read(&sealing::open(&hanna, &entries[0].sealed).expect("it opens")).expect("a report");
        let (member, name) = report.reporter.expect("a reporter");
        assert_eq!((member, name.expose()), (RITA, "Rita Rübezahl"));
        let all = scene.everything().await;
        for form in forms(MemberId::from_i64(i64::MAX - 5), &[WORDS, "Rübezahl"]) {
            assert!(!all.contains(&form), "{form} on {}", scene.trial.engine);
        }
    }
}

#[tokio::test]
async fn what_cannot_be_filed_leaves_nothing_behind() {
    for scene in scenes().await {
        scene.keys().await;
        let wrong = scene.draft("no-such-category", WORDS).await;
        let outcome = submit(&scene.desk, wrong).await.expect("it is decided");
        assert!(matches!(outcome, SubmitOutcome::UnknownCategory));
        let empty = scene.draft("mistake", " \n").await;
        let outcome = submit(&scene.desk, empty).await.expect("it is decided");
        assert!(matches!(outcome, SubmitOutcome::Empty));
        let long = scene.draft("mistake", &"ä".repeat(LONGEST + 1)).await;
        let outcome = submit(&scene.desk, long).await.expect("it is decided");
        assert!(matches!(outcome, SubmitOutcome::TooLong { longest: LONGEST }));
        let mut barred = scene.draft("retaliation", WORDS).await;
        barred.barred = BTreeSet::from([IRIS]);
        let outcome = submit(&scene.desk, barred).await.expect("it is decided");
        assert!(matches!(outcome, SubmitOutcome::NobodyMayRead));
        let draft = scene.draft("retaliation", WORDS).await;
        let tie = Tie::Confidential { confidant: HANNA };
        let outcome = submit_known(&scene.desk, draft, reporter(tie))
            .await
            .expect("it is decided");
        assert!(matches!(outcome, SubmitOutcome::ConfidantMayNotRead));
        assert_eq!(counts(&scene, &TABLES).await, [0; 6]);
    }
}

#[tokio::test]
async fn two_concerns_at_once_do_not_meet() {
    for scene in scenes().await {
        scene.keys().await;
        let (one, two) = tokio::join!(scene.files("mistake", "one"), scene.files("mistake", "two"));
        assert_ne!(one.number, two.number);
        assert_ne!(one.key.shown().expose(), two.key.shown().expose());
        assert_eq!(counts(&scene, &TABLES).await, [2, 2, 0, 0, 0, 2]);
    }
}

#[tokio::test]
async fn numbers_and_ids_tell_no_order() {
    let chance = crate::chance::Chance::seeded(9);
    let numbers: Vec<CaseNumber> = (0..64).map(|_| CaseNumber::random(&chance)).collect();
    let ids: Vec<String> = (0..64).map(|_| chance.id()).collect();
    let rising = |rises: usize| (16..48).contains(&rises);
    assert!(rising(numbers.windows(2).filter(|pair| pair[0] < pair[1]).count()));
    assert!(rising(ids.windows(2).filter(|pair| pair[0] < pair[1]).count()));
    for scene in scenes().await {
        if !scene.desk.core.db.is_sqlite() {
            continue;
        }
        // Without a hidden row number a table has no order except that of its random keys.
        let tables = scene.ask("SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE 'concern_%'");
        let tables = tables.await;
        assert_eq!(tables.len(), 10);
        for table in tables {
            let query = format!("SELECT sql FROM sqlite_master WHERE name = '{table}'");
            let made = scene.ask(&query).await;
            assert!(made[0].ends_with("WITHOUT ROWID"), "{made:?}");
        }
    }
}

#[tokio::test]
async fn a_changed_pepper_is_told_where_something_was_made_with_it() {
    for scene in scenes().await {
        let settings = config::Concerns::with_pepper(scene.trial.folder.path().join("pepper"));
        let puts = |byte: &str| {
            std::fs::remove_file(&settings.pepper_file).ok();
            let written = crate::evidence::create_private(&settings.pepper_file, byte.repeat(32).as_bytes());
            written.expect("it is written");
        };
        let opens = async || Pepper::open(&scene.desk.core.db, &settings, &scene.desk.core.chance).await;
        scene.keys().await;
        puts("08");
        assert!(opens().await.is_ok(), "nothing was made with the other one");
        scene.files("mistake", WORDS).await;
        let before = scene.everything().await;
        let refused = opens().await.expect_err("there is a case").to_string();
        assert!(
            refused.contains("is not the one that this database was used with: its fingerprint is ")
                && refused.contains("Restore the right one"),
            "{refused}"
        );
        assert_eq!(scene.everything().await, before, "{}", scene.trial.engine);
        puts("07");
        assert!(opens().await.is_ok(), "the right one is back");
        by_hand(&scene, "DELETE FROM concern_case").await;
        puts("08");
        assert!(opens().await.is_ok(), "nothing is left that needs it");
        let scene = Scene {
            desk: Desk {
                pepper: Pepper::of([8; 32]).into(),
                ..scene.desk.clone()
            },
            ..scene
        };
        scene.files("mistake", WORDS).await;
        assert!(opens().await.is_ok(), "this one has left its fingerprint");
        puts("07");
        assert!(opens().await.is_err());
    }
}

#[tokio::test]
async fn no_mark_of_the_pepper_tells_when_a_report_came() {
    for scene in scenes().await {
        scene.keys().await;
        let marks = "SELECT CAST(updated_at AS text) FROM setting WHERE name = 'concerns.pepper_mark'";
        let of_keys = scene.ask(marks).await;
        scene.trial.clock.set(NOW + 12_345);
        scene.files("mistake", WORDS).await;
        assert_eq!(scene.ask(marks).await, of_keys, "the handlers' keys have left it");
        by_hand(&scene, "DELETE FROM setting WHERE name = 'concerns.pepper_mark'").await;
        scene.files("mistake", WORDS).await;
        assert_eq!(scene.ask(marks).await, ["0"], "{}", scene.trial.engine);
    }
}

#[tokio::test]
async fn a_lost_pepper_is_told_where_there_are_cases() {
    for scene in scenes().await {
        let settings = config::Concerns::with_pepper(scene.trial.folder.path().join("nowhere"));
        scene.keys().await;
        scene.files("mistake", WORDS).await;
        let refused = Pepper::open(&scene.desk.core.db, &settings, &scene.desk.core.chance).await;
        let refused = refused.expect_err("there is a case").to_string();
        assert!(refused.contains("is missing, and there are concerns"), "{refused}");
        assert!(!settings.pepper_file.exists());
    }
}
