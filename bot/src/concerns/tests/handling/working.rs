//! From the inbox to the closed case.

use super::*;

#[tokio::test]
async fn handlers_see_what_is_routed_to_them_the_most_urgent_first() {
    for scene in scenes().await {
        scene.keys().await;
        let idea = scene.files("idea", "a shorter form").await;
        let leader = scene.files("leader-not-following", "he skips the log").await;
        let mut urgent = scene.draft("suspicious", "an odd call").await;
        urgent.urgency = Urgency::Now;
        let urgent = filed(submit(&scene.desk, urgent).await.expect("it is decided"));
        let seen = async |member| {
            let inbox = inbox(&scene.desk, &scene.at_work(member)).await.expect("an inbox");
            let numbers = inbox.open.into_iter().map(|line| line.number);
            numbers.collect::<Vec<_>>()
        };
        let hanna = seen(HANNA).await;
        assert_eq!(hanna[0], urgent.number, "{}", scene.trial.engine);
        assert!(hanna.contains(&idea.number) && !hanna.contains(&leader.number));
        assert!(seen(IRIS).await.contains(&leader.number));
        assert_eq!(seen(OLGA).await, [], "owners see figures only");
        let listed = "SELECT CAST(count(*) AS text) FROM concern_event WHERE kind = 'listed'";
        assert_eq!(scene.ask(listed).await, ["3"]);
    }
}

#[tokio::test]
async fn a_role_without_a_key_in_force_shows_nothing() {
    for scene in scenes().await {
        scene.keys().await;
        let filed = scene.files("mistake", "wrong recipient").await;
        let case = scene.case_of(&filed).await;
        let newcomer = MemberId::from_i64(77);
        scene.gets(newcomer, &[3]).await;
        let handler = scene.at_work(newcomer);
        assert_eq!(inbox(&scene.desk, &handler).await.expect("an inbox"), Inbox::default());
        assert_eq!(
            open_case(&scene.desk, &handler, case.id.clone()).await.expect("a look"),
            None
        );
        // Nor does a key whose holder no longer has the role.
        let mut former = scene.at_work(HANNA);
        former.roles.clear();
        assert_eq!(inbox(&scene.desk, &former).await.expect("an inbox"), Inbox::default());
        // Keys that were changed by hand open nothing for anybody.
        by_hand(&scene, "UPDATE handler_key SET member = 77 WHERE member = 10").await;
        assert_eq!(inbox(&scene.desk, &handler).await.expect("an inbox"), Inbox::default());
        assert_eq!(
            inbox(&scene.desk, &scene.at_work(HARRY)).await.expect("an inbox"),
            Inbox::default()
        );
    }
}

#[tokio::test]
async fn the_first_word_acknowledges_and_nothing_else_does() {
    for scene in scenes().await {
        let [hanna, _, iris] = scene.keys().await;
        let filed = scene.files("mistake", "wrong recipient").await;
        let case = scene.case_of(&filed).await;
        let at_work = scene.at_work(HANNA);
        take(&scene.desk, &at_work, case.id.clone())
            .await
            .expect("it is decided");
        read(&scene.desk, &at_work, case.id.clone()).await.expect("it is read");
        let noted = note(&scene.desk, &at_work, case.id.clone(), words(1, "ask the team")).await;
        assert_eq!(noted.expect("it is decided"), NoteOutcome::Noted(filed.number.clone()));
        let before = scene.case_of(&filed).await;
        assert_eq!((before.state, before.acknowledged_at), (CaseState::New, None));
        assert_eq!(before.handler, Some(HANNA));

        scene.trial.clock.set(NOW + Millis::HOUR);
        let sent = scene.says(HANNA, &case, 2, " Thank you. ").await;
        assert!(matches!(sent, ReplyOutcome::Sent { first: true, .. }), "{sent:?}");
        let after = scene.case_of(&filed).await;
        assert_eq!(after.state, CaseState::Acknowledged);
        assert_eq!(after.acknowledged_at, Some(NOW + Millis::HOUR));
        scene.trial.clock.set(NOW + 2 * Millis::HOUR);
        // Discord may send the same form again.
        scene.says(HANNA, &case, 2, "Thank you.").await;
        let sent = scene.says(HARRY, &case, 3, "And from me.").await;
        assert!(matches!(sent, ReplyOutcome::Sent { first: false, .. }), "{sent:?}");
        assert_eq!(scene.case_of(&filed).await.acknowledged_at, after.acknowledged_at);

        let derived = scene.desk.deriver.derive(&filed.key).await.expect("it derives");
        let to_reporter = scene.opened_by(&case, &derived.identity).await;
        let texts: Vec<&str> = to_reporter.iter().map(|(_, text)| text.as_str()).collect();
        assert_eq!(texts, ["wrong recipient", "Thank you.", "And from me."]);
        for reader in [hanna, iris] {
            let seen = scene.opened_by(&case, &reader).await;
            assert_eq!(seen.len(), 4, "{}", scene.trial.engine);
            assert_eq!(seen[1], (EntryKind::Note, "ask the team".to_owned()));
        }
        let events = [
            "exported 10",
            "noted 10",
            "received ",
            "replied 10",
            "replied 11",
            "taken 10",
        ];
        assert_eq!(scene.events(&case).await, events);
    }
}

#[tokio::test]
async fn two_at_once_both_speak_and_one_takes() {
    for scene in scenes().await {
        scene.keys().await;
        let filed = scene.files("mistake", "wrong recipient").await;
        let case = scene.case_of(&filed).await;
        let (one, other) = tokio::join!(
            scene.says(HANNA, &case, 1, "first"),
            scene.says(HARRY, &case, 2, "second")
        );
        let first = |outcome: &ReplyOutcome| matches!(outcome, ReplyOutcome::Sent { first: true, .. });
        assert!(first(&one) != first(&other), "one acknowledgement: {one:?} {other:?}");
        assert_eq!(
            store::counts(scene.desk.core.db.reader(), &case.id)
                .await
                .expect("counts")
                .0,
            3
        );

        let (hanna, harry) = (scene.at_work(HANNA), scene.at_work(HARRY));
        let (one, other) = tokio::join!(
            take(&scene.desk, &hanna, case.id.clone()),
            take(&scene.desk, &harry, case.id.clone())
        );
        let outcomes = (one.expect("it is decided"), other.expect("it is decided"));
        let fair = [
            (TakeOutcome::Taken, TakeOutcome::TakenBy(HANNA)),
            (TakeOutcome::TakenBy(HARRY), TakeOutcome::Taken),
        ];
        assert!(fair.contains(&outcomes), "{outcomes:?}");
        let holder = scene.case_of(&filed).await.handler.expect("somebody has it");
        let again = take(&scene.desk, &scene.at_work(holder), case.id.clone()).await;
        assert_eq!(again.expect("it is decided"), TakeOutcome::AlreadyYours);
    }
}

#[tokio::test]
async fn a_case_is_handed_on_without_moving_a_clock() {
    for scene in scenes().await {
        scene.keys().await;
        let filed = scene.files("mistake", "wrong recipient").await;
        let case = scene.case_of(&filed).await;
        let hanna = scene.at_work(HANNA);
        take(&scene.desk, &hanna, case.id.clone()).await.expect("it is decided");
        let gives = async |to| {
            let given = hand_over(&scene.desk, &hanna, case.id.clone(), to).await;
            given.expect("it is decided")
        };
        assert_eq!(gives(HANNA).await, HandOverOutcome::Already);
        assert_eq!(gives(OLGA).await, HandOverOutcome::NotEligible);
        assert_eq!(gives(RITA).await, HandOverOutcome::NotEligible);
        assert_eq!(gives(IRIS).await, HandOverOutcome::HandedOver);
        let (_, readers) = candidates(&scene.desk, &hanna, &case.id)
            .await
            .expect("a query")
            .expect("the case");
        let members: Vec<MemberId> = readers.iter().map(|reader| reader.member).collect();
        assert_eq!(members, [HANNA, HARRY]);
        let given = scene.case_of(&filed).await;
        assert_eq!(
            given,
            Case {
                handler: Some(IRIS),
                ..case
            }
        );
    }
}

#[tokio::test]
async fn a_case_moves_with_reasons_that_its_reporter_reads() {
    for scene in scenes().await {
        scene.keys().await;
        let filed = scene.files("mistake", "wrong recipient").await;
        let case = scene.case_of(&filed).await;
        let hanna = scene.at_work(HANNA);
        let moves = async |number, to, reason: &str| {
            let done = settle(&scene.desk, &hanna, case.id.clone(), to, words(number, reason)).await;
            done.expect("it is decided")
        };
        let refused = moves(1, CaseState::InReview, "x").await;
        let (from, to) = (CaseState::New, CaseState::InReview);
        assert_eq!(refused, SettleOutcome::Illegal { from, to });
        scene.says(HANNA, &case, 2, "Thank you.").await;
        assert_eq!(
            moves(3, CaseState::InReview, "  ").await,
            SettleOutcome::Wrong(TextError::Empty)
        );
        let settled = |to| SettleOutcome::Settled(filed.number.clone(), to);
        assert_eq!(
            moves(4, CaseState::InReview, "we look").await,
            settled(CaseState::InReview)
        );
        let closed = NOW + Millis::DAY;
        scene.trial.clock.set(closed);
        assert_eq!(
            moves(5, CaseState::Resolved, "it is mended").await,
            settled(CaseState::Resolved)
        );
        // The same form again changes nothing.
        assert_eq!(
            moves(5, CaseState::Resolved, "it is mended").await,
            settled(CaseState::Resolved)
        );
        let now = scene.case_of(&filed).await;
        assert_eq!((now.closed_at, now.feedback_at), (Some(closed), Some(closed)));
        scene.trial.clock.set(closed + REOPENABLE + 1);
        let late = SettleOutcome::TooLate(filed.number.clone(), closed + REOPENABLE);
        assert_eq!(moves(6, CaseState::InReview, "again").await, late);
        scene.trial.clock.set(closed + REOPENABLE);
        assert_eq!(
            moves(7, CaseState::InReview, "again").await,
            settled(CaseState::InReview)
        );
        let now = scene.case_of(&filed).await;
        assert_eq!((now.closed_at, now.feedback_at), (None, None));
        assert_eq!(
            (now.first_feedback_at, now.reopened_on),
            (Some(closed), Some(day("2026-12-23")))
        );
        let derived = scene.desk.deriver.derive(&filed.key).await.expect("it derives");
        let reasons = scene.opened_by(&case, &derived.identity).await;
        let reasons: Vec<&str> = reasons
            .iter()
            .filter(|(kind, _)| *kind == EntryKind::Reason)
            .map(|(_, text)| text.as_str())
            .collect();
        assert_eq!(reasons, ["we look", "it is mended", "again"]);
    }
}
