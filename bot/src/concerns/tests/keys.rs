//! Keys take two people, and rows changed by hand confirm nothing.

use super::*;
use crate::concerns::keys::{EndOutcome, end, kept_key, list};
use crate::evidence::{Kind, Latest};
use crate::outbox::Message;

async fn set(scene: &Scene) -> Latest {
    let newest = &scene.desk.newest;
    newest.of(Kind::HandlerKeys, "1").await.expect("the log")
}

#[tokio::test]
async fn a_key_needs_another_person() {
    for scene in scenes().await {
        let identity = x25519::Identity::generate();
        let key = scene.proposes(HANNA, &identity).await;
        assert_eq!(scene.agrees(&key, HANNA).await, AgreeOutcome::OwnProposal);
        assert_eq!(scene.agrees(&key, RITA).await, AgreeOutcome::MayNotAgree);
        assert_eq!(set(&scene).await, Latest::Never);
        let closed = Closed::FewerKeys { in_force: 0, needed: 2 };
        assert_eq!(scene.channel().await, Channel::Closed(closed));
        assert_eq!(scene.agrees(&key, HARRY).await, AgreeOutcome::InForce);
        assert_eq!(scene.agrees(&key, OLGA).await, AgreeOutcome::NothingProposed);
        let lines = format!("10 {} own\n", identity.to_public());
        let said = ["1", &lines, "10", "11"].map(|value| Some(value.to_owned())).to_vec();
        assert_eq!(set(&scene).await, Latest::Says(said), "{}", scene.trial.engine);
    }
}

#[tokio::test]
async fn only_handlers_hold_keys() {
    for scene in scenes().await {
        let identity = x25519::Identity::generate();
        let own = |recipient: String| NewKey::Own { recipient };
        for (member, text, wanted) in [
            (OLGA, identity.to_public().to_string(), ProposeOutcome::MayNotHold),
            (RITA, identity.to_public().to_string(), ProposeOutcome::MayNotHold),
            (HANNA, "age1nonsense".to_owned(), ProposeOutcome::NotARecipient),
        ] {
            let outcome = propose(&scene.desk, scene.organisation(), member, own(text)).await;
            assert_eq!(outcome.expect("it is decided"), wanted);
        }
        scene.proposes(HANNA, &identity).await;
        let again = own(identity.to_public().to_string());
        let outcome = propose(&scene.desk, scene.organisation(), HARRY, again).await;
        assert_eq!(outcome.expect("it is decided"), ProposeOutcome::AlreadyThere);
    }
}

#[tokio::test]
async fn a_kept_key_opens_with_its_passphrase_and_our_pepper_alone() {
    for scene in scenes().await {
        let passphrase = Secret::new("correct horse battery".to_owned());
        let new = NewKey::Kept { passphrase };
        let outcome = propose(&scene.desk, scene.organisation(), HANNA, new).await;
        let Ok(ProposeOutcome::Proposed { key, .. }) = outcome else {
            panic!("{outcome:?}");
        };
        scene.agrees(&key, OLGA).await;
        let kept = kept_key(&scene.desk, ORGANISATION, HANNA).await.expect("a query");
        let kept = kept.expect("a key");
        let listed = list(&scene.desk, ORGANISATION).await.expect("a query");
        let open = |passphrase| sealing::open_under(passphrase, &kept).expect("an age file");
        let typed = |text: &str| Secret::new(text.to_owned());
        let ours = |text: &str| scene.desk.pepper.seasoned(&typed(text));
        let identity = open(ours("correct horse battery")).expect("the passphrase fits");
        assert_eq!(identity.to_public().to_string(), listed[0].recipient);
        assert!(open(ours("correct horse batterie")).is_none());
        // Somebody who knows the passphrase, and has the database without the pepper.
        assert!(open("correct horse battery".to_owned().into()).is_none());
        let other = Pepper::of([8; 32]).seasoned(&typed("correct horse battery"));
        assert!(open(other).is_none());
        let settings = config::Concerns::with_pepper(scene.trial.folder.path().join("nowhere"));
        let refused = Pepper::open(&scene.desk.core.db, &settings, &scene.desk.core.chance).await;
        assert!(refused.is_err(), "another pepper would lock the key for good");
    }
}

#[tokio::test]
async fn a_newer_key_ends_the_older_one_and_ending_takes_two() {
    for scene in scenes().await {
        let [hanna, ..] = scene.keys().await;
        let newer = x25519::Identity::generate();
        let key = scene.proposes(HANNA, &newer).await;
        scene.agrees(&key, IRIS).await;
        let listed = list(&scene.desk, ORGANISATION).await.expect("a query");
        let of_hanna: Vec<_> = listed.iter().filter(|view| view.member == HANNA).collect();
        assert_eq!(of_hanna.len(), 1);
        assert_ne!(of_hanna[0].recipient, hanna.to_public().to_string());
        let ended = |by| end(&scene.desk, scene.organisation(), key.clone(), by);
        assert_eq!(ended(RITA).await.expect("it is decided"), EndOutcome::MayNotEnd);
        assert_eq!(ended(OLGA).await.expect("it is decided"), EndOutcome::Proposed);
        assert_eq!(ended(HARRY).await.expect("it is decided"), EndOutcome::AlreadyProposed);
        assert_eq!(scene.agrees(&key, OLGA).await, AgreeOutcome::OwnProposal);
        assert_eq!(scene.agrees(&key, HANNA).await, AgreeOutcome::Ended);
        let Channel::Open(keys) = scene.channel().await else {
            panic!("two keys are left");
        };
        let members: Vec<MemberId> = keys.holders.iter().map(|holder| holder.member).collect();
        assert_eq!(members, [HARRY, IRIS]);
    }
}

#[tokio::test]
async fn rows_changed_by_hand_seal_nothing() {
    let stranger = x25519::Identity::generate().to_public();
    for statement in [
        format!("UPDATE handler_key SET recipient = '{stranger}' WHERE member = 10"),
        "UPDATE handler_key SET state = 'ended' WHERE member = 10".to_owned(),
        "UPDATE handler_key SET member = 13 WHERE member = 10".to_owned(),
        "UPDATE handler_key SET custody = 'kept' WHERE member = 10".to_owned(),
        format!(
            "INSERT INTO handler_key (id, organisation, member, recipient, custody, state, proposed_at) VALUES \
             ('x', 1, 11, '{stranger}', 'own', 'in-force', 1)"
        ),
        "DELETE FROM log_disclosure WHERE name = 'set'".to_owned(),
    ] {
        for scene in scenes().await {
            scene.keys().await;
            let draft = scene.draft("mistake", "words").await;
            by_hand(&scene, &statement).await;
            let doubtful = Closed::KeysDoubtful;
            assert_eq!(scene.channel().await, Channel::Closed(doubtful), "{statement}");
            let outcome = submit(&scene.desk, draft).await.expect("it is decided");
            assert!(matches!(outcome, SubmitOutcome::Closed(Closed::KeysDoubtful)));
            assert_eq!(scene.ask("SELECT id FROM concern_case").await, [""; 0]);
            // Nor do two people confirm them unknowingly, by agreeing to something else.
            let key = scene.proposes(IRIS, &x25519::Identity::generate()).await;
            let agreed = scene.agrees(&key, OLGA).await;
            assert_eq!(agreed, AgreeOutcome::KeysDoubtful, "{statement}");
            assert_eq!(scene.channel().await, Channel::Closed(Closed::KeysDoubtful));
        }
    }
}

#[tokio::test]
async fn an_erased_proposer_leaves_the_keys_confirmed() {
    for scene in scenes().await {
        scene.keys().await;
        by_hand(
            &scene,
            "DELETE FROM log_disclosure WHERE name IN ('proposed_by', 'agreed_by')",
        )
        .await;
        assert!(
            matches!(scene.channel().await, Channel::Open(_)),
            "{}",
            scene.trial.engine
        );
        by_hand(&scene, "DELETE FROM log_disclosure WHERE name = 'organisation'").await;
        assert_eq!(scene.channel().await, Channel::Closed(Closed::KeysDoubtful));
    }
}

#[tokio::test]
async fn who_is_no_handler_any_more_is_not_sealed_to() {
    for scene in scenes().await {
        scene.keys().await;
        let draft = scene.draft("mistake", "words").await;
        scene.gets(HARRY, &[2]).await;
        let outcome = submit(&scene.desk, draft).await.expect("it is decided");
        assert!(
            matches!(outcome, SubmitOutcome::KeysChanged),
            "the reporter was shown others"
        );
        let filed = scene.files("mistake", "words").await;
        let members: Vec<MemberId> = filed.readers.iter().map(|reader| reader.member).collect();
        assert_eq!(members, [HANNA, IRIS]);
    }
}

#[tokio::test]
async fn a_change_of_keys_is_announced() {
    for scene in scenes().await {
        let mut config = (*scene.desk.core.config).clone();
        config.organisations[0].channels.evidence = Some(crate::ids::ChannelId::from_i64(77));
        let mut desk = scene.desk.clone();
        desk.core.config = config.into();
        let identity = x25519::Identity::generate();
        let key = scene.proposes(HANNA, &identity).await;
        agree(&desk, scene.organisation(), key, OLGA)
            .await
            .expect("it is decided");
        let sent = scene
            .ask("SELECT message FROM outbound_message WHERE channel = 77")
            .await;
        let message: Message = serde_json::from_str(&sent[0]).expect("a message");
        let holders = vec![(HANNA, fingerprint(&identity.to_public().to_string()))];
        let (proposed_by, agreed_by) = (HANNA, OLGA);
        assert_eq!(
            message,
            Message::HandlerKeysChanged {
                holders,
                proposed_by,
                agreed_by
            }
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn keys_are_not_in_doubt_while_one_is_changed() {
    for scene in scenes().await {
        scene.keys().await;
        let (desk, organisation) = (scene.desk.clone(), scene.organisation().clone());
        let changing = std::sync::Arc::new(std::sync::atomic::AtomicBool::new(true));
        let goes_on = std::sync::Arc::clone(&changing);
        let looks = tokio::spawn(async move {
            let mut doubts = 0;
            while goes_on.load(std::sync::atomic::Ordering::Relaxed) {
                let found = crate::concerns::keys::confirmed(&desk, &organisation)
                    .await
                    .expect("the keys");
                doubts += usize::from(found == crate::concerns::keys::Confirmed::Doubtful);
            }
            doubts
        });
        for _ in 0..15 {
            let key = scene.proposes(HANNA, &x25519::Identity::generate()).await;
            assert_eq!(scene.agrees(&key, OLGA).await, AgreeOutcome::InForce);
        }
        changing.store(false, std::sync::atomic::Ordering::Relaxed);
        assert_eq!(looks.await.expect("it ends"), 0, "{}", scene.trial.engine);
    }
}
