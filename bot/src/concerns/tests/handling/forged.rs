//! Words that were put into the database, or changed there, outside the program: nobody is shown them as somebody's.

use super::*;
use crate::concerns::entry::{Entry, EntryKind};

/// A reply in Hanna's name, sealed as every reply is; nothing vouches for it.
async fn forges(scene: &Scene, case: &Case) {
    let keys = sealing::recipients([case.reporter.as_str()]).expect("a key");
    let said = content::Said::new("reply", &case.number, "Tell me your name.");
    let forged = Entry {
        id: "f".repeat(32),
        case: case.id.clone(),
        seq: 2,
        kind: EntryKind::Reply,
        sealed: sealing::seal(&keys, &content::padded(&said).expect("a text")).expect("it is sealed"),
        for_reporter: true,
        handler: Some(HANNA),
        at: Some(NOW),
        on_day: day("2026-11-22"),
        vouch: None,
    };
    let written = store::insert_entry(&scene.desk.core.db.writer(), forged).await;
    written.expect("whoever has the database can write to it");
}

fn text(said: Option<&Secret>) -> String {
    said.map_or_else(|| "cannot be shown".to_owned(), |text| text.expose().to_owned())
}

/// What the reporter is shown.
async fn shown(scene: &Scene, filed: &Filed) -> Vec<String> {
    let begun = begin_visit(&scene.desk, &filed.key.shown())
        .await
        .expect("it is decided");
    let VisitOutcome::Begun(visit) = begun else {
        panic!("the case key opens the case");
    };
    match look(&scene.desk, &visit).await.expect("it is read") {
        Look::Case(view) => view.said.iter().map(|heard| text(heard.text.as_ref())).collect(),
        Look::Over => panic!("nothing is shown"),
    }
}

/// The names of the files that Hanna gets.
async fn files(scene: &Scene, case: &Case) -> Vec<String> {
    let read = read(&scene.desk, &scene.at_work(HANNA), case.id.clone()).await;
    match read.expect("a reading") {
        ReadOutcome::Sealed(pieces) => pieces.into_iter().map(|piece| piece.name).collect(),
        _ => panic!("she has a key of her own"),
    }
}

#[tokio::test]
async fn a_reply_that_no_handler_wrote_is_not_shown_as_one() {
    for scene in scenes().await {
        scene.keys().await;
        let filed = scene.files("mistake", "first words").await;
        let case = scene.case_of(&filed).await;
        assert_eq!(shown(&scene, &filed).await, ["first words"]);
        forges(&scene, &case).await;
        let seen = shown(&scene, &filed).await;
        assert_eq!(seen, ["first words", "cannot be shown"], "{}", scene.trial.engine);
        let number = &case.number;
        let expected = [format!("{number}-01-report"), format!("{number}-02-reply-altered")];
        assert_eq!(files(&scene, &case).await, expected);
        // Nor is a report under another day, or one that says it is a handler's.
        for change in ["on_day = '2026-11-21'", "kind = 'reply'", "handler = 10"] {
            by_hand(&scene, &format!("UPDATE concern_entry SET {change} WHERE seq = 1")).await;
            assert_eq!(shown(&scene, &filed).await, ["cannot be shown"; 2], "{change}");
        }
    }
}
