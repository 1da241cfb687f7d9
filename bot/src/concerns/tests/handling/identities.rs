//! Opening an identity takes two people and a reason, and is told to its reporter.

use super::*;
use crate::ids::UnsealingId;

async fn confidential(scene: &Scene, confidant: MemberId) -> Filed {
    let draft = scene.draft("mistake", "please keep my name").await;
    let reporter = Reporter {
        member: RITA,
        name: Secret::new("Rita".to_owned()),
        tie: Tie::Confidential { confidant },
        files: Vec::new(),
    };
    filed(submit_known(&scene.desk, draft, reporter).await.expect("it is decided"))
}

async fn asks(scene: &Scene, member: MemberId, case: &Case, reason: &str) -> AskOutcome {
    let done = ask_identity(&scene.desk, &scene.at_work(member), case.id.clone(), words(1, reason)).await;
    done.expect("it is decided")
}

async fn agrees(scene: &Scene, member: MemberId, request: &UnsealingId) -> ConsentOutcome {
    let done = agree_to_identity(&scene.desk, &scene.at_work(member), request.clone()).await;
    done.expect("it is decided")
}

async fn gets(scene: &Scene, member: MemberId, case: &Case) -> IdentityOutcome {
    let got = identity(&scene.desk, &scene.at_work(member), case.id.clone()).await;
    got.expect("it is decided")
}

#[tokio::test]
async fn two_people_open_an_identity_to_the_confidant_alone() {
    for scene in scenes().await {
        let [_, harry, iris] = scene.keys().await;
        let filed = confidential(&scene, HARRY).await;
        let case = scene.case_of(&filed).await;
        assert!(matches!(
            gets(&scene, HARRY, &case).await,
            IdentityOutcome::Sealed { confidant: HARRY }
        ));
        assert_eq!(
            asks(&scene, HARRY, &case, " ").await,
            AskOutcome::Wrong(TextError::Empty)
        );
        assert_eq!(asks(&scene, HARRY, &case, "danger to life").await, AskOutcome::Asked);
        assert_eq!(
            asks(&scene, HANNA, &case, "other").await,
            AskOutcome::AlreadyAsked(HARRY)
        );
        let IdentityOutcome::Waits { request, by: HARRY } = gets(&scene, HARRY, &case).await else {
            panic!("it waits for a second person");
        };
        // The second person can read why.
        let ReadOutcome::Sealed(pieces) = read(&scene.desk, &scene.at_work(IRIS), case.id.clone())
            .await
            .expect("a reading")
        else {
            panic!("she has a key of her own");
        };
        let reason = pieces
            .iter()
            .find(|piece| piece.name.ends_with("-reason"))
            .expect("a reason");
        let opened = content::read(&sealing::open(&iris, &reason.sealed).expect("it opens")).expect("a form of ours");
        assert_eq!(opened.text.expose(), "danger to life");

        assert_eq!(agrees(&scene, HARRY, &request).await, ConsentOutcome::OwnRequest);
        assert_eq!(agrees(&scene, OLGA, &request).await, ConsentOutcome::NoSuchCase);
        let confidant = Some(HARRY);
        assert_eq!(
            agrees(&scene, IRIS, &request).await,
            ConsentOutcome::Agreed { confidant }
        );
        assert_eq!(
            agrees(&scene, HANNA, &request).await,
            ConsentOutcome::AlreadyAgreed(IRIS)
        );
        assert!(matches!(
            gets(&scene, IRIS, &case).await,
            IdentityOutcome::NotYours { confidant: HARRY }
        ));
        let IdentityOutcome::File(sealed) = gets(&scene, HARRY, &case).await else {
            panic!("the confidant gets it");
        };
        let opened = content::read(&sealing::open(&harry, &sealed).expect("it opens")).expect("a form of ours");
        assert_eq!(opened.reporter.expect("a reporter").0, RITA);

        let derived = scene.desk.deriver.derive(&filed.key).await.expect("it derives");
        let told = scene.opened_by(&case, &derived.identity).await;
        assert_eq!(told[1], (EntryKind::Notice, "danger to life".to_owned()));
        let events = [
            "exported 12",
            "identity-read 11",
            "received ",
            "unsealing-agreed 12",
            "unsealing-asked 11",
        ];
        assert_eq!(scene.events(&case).await, events, "{}", scene.trial.engine);
    }
}

#[tokio::test]
async fn where_there_is_no_sealed_identity_nothing_is_asked_for() {
    for scene in scenes().await {
        scene.keys().await;
        let filed = scene.files("mistake", "no name").await;
        let case = scene.case_of(&filed).await;
        assert!(matches!(gets(&scene, HANNA, &case).await, IdentityOutcome::Anonymous));
        assert_eq!(
            asks(&scene, HANNA, &case, "why").await,
            AskOutcome::NotConfidential(Mode::Anonymous)
        );
        assert_eq!(
            agrees(&scene, HANNA, &UnsealingId::new("0".repeat(32))).await,
            ConsentOutcome::NoSuchCase
        );
    }
}

#[tokio::test]
async fn a_confidant_who_steps_back_takes_the_way_to_the_identity_along() {
    for scene in scenes().await {
        scene.keys().await;
        let filed = confidential(&scene, HARRY).await;
        let case = scene.case_of(&filed).await;
        asks(&scene, HANNA, &case, "why").await;
        let done = declare_conflict(&scene.desk, &scene.at_work(HARRY), case.id.clone()).await;
        assert_eq!(done.expect("it is decided"), ConflictOutcome::Declared);
        assert!(matches!(gets(&scene, HARRY, &case).await, IdentityOutcome::NoSuchCase));
        assert!(matches!(gets(&scene, HANNA, &case).await, IdentityOutcome::Gone));
    }
}

#[tokio::test]
async fn a_request_of_somebody_who_may_read_no_more_comes_to_nothing() {
    for scene in scenes().await {
        scene.keys().await;
        let filed = confidential(&scene, HARRY).await;
        let case = scene.case_of(&filed).await;
        let waits = async || match gets(&scene, HARRY, &case).await {
            IdentityOutcome::Waits { request, .. } => request,
            _ => panic!("it waits for a second person"),
        };
        let audience = async |to| {
            let case = case.id.clone();
            let message = crate::outbox::CaseMessage::Lapsed { case };
            let said = letter(&scene.desk, scene.organisation(), &message, to).await;
            said.expect("a query")
        };
        let told = "SELECT CAST(member AS text) FROM outbound_message WHERE message LIKE '%lapsed%' ORDER BY member";
        // She no longer works on concerns.
        assert_eq!(asks(&scene, HANNA, &case, "why").await, AskOutcome::Asked);
        let request = waits().await;
        scene.gets(HANNA, &[2]).await;
        let lapsed = ConsentOutcome::Lapsed { asked_by: HANNA };
        assert_eq!(agrees(&scene, IRIS, &request).await, lapsed, "{}", scene.trial.engine);
        assert_eq!(scene.ask(told).await, ["10"]);
        assert_eq!(audience(HANNA).await, Outgoing::Letter(Letter::Lapsed));
        assert_eq!(
            agrees(&scene, IRIS, &request).await,
            ConsentOutcome::NoSuchCase,
            "it is gone"
        );
        assert!(matches!(
            gets(&scene, HARRY, &case).await,
            IdentityOutcome::Sealed { .. }
        ));
        // She must not know about it by now, nor about a message about it.
        assert_eq!(asks(&scene, IRIS, &case, "another reason").await, AskOutcome::Asked);
        let request = waits().await;
        let done = declare_conflict(&scene.desk, &scene.at_work(IRIS), case.id.clone()).await;
        assert_eq!(done.expect("it is decided"), ConflictOutcome::Declared);
        let lapsed = ConsentOutcome::Lapsed { asked_by: IRIS };
        assert_eq!(agrees(&scene, HARRY, &request).await, lapsed);
        assert_eq!(audience(IRIS).await, Outgoing::Nothing);
        let said = store::entries(scene.desk.core.db.reader(), &case.id).await;
        assert_eq!(said.expect("entries").len(), 1, "the reporter was told of nothing");
    }
}
