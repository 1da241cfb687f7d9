//! A case that somebody must not know about looks like one that is not there.

use super::*;

/// Everything that somebody can find out about a case by its id, in words.
async fn all_that_is_told(scene: &Scene, member: MemberId, case: &CaseId, number: &CaseNumber) -> String {
    let (desk, handler) = (&scene.desk, scene.at_work(member));
    let id = || case.clone();
    let own = inbox(desk, &handler).await.expect("an inbox").open;
    let draft = ReplyDraft {
        case: id(),
        words: words(900, "hello"),
        feedback: true,
    };
    let read = match read(desk, &handler, id()).await.expect("a reading") {
        ReadOutcome::NoSuchCase => "nothing",
        ReadOutcome::Sealed(_) | ReadOutcome::Opened(..) | ReadOutcome::Locked => "something",
    };
    let known = match identity(desk, &handler, id()).await.expect("an identity") {
        IdentityOutcome::NoSuchCase => "nothing",
        _ => "something",
    };
    let mut told = vec![
        format!("{own:?} {read} {known}"),
        format!("{:?}", open_case(desk, &handler, id()).await.expect("a look")),
        format!("{:?}", find_case(desk, &handler, number.clone()).await.expect("a look")),
        format!("{:?}", super::number(desk, &handler, case).await.expect("a look")),
        format!("{:?}", candidates(desk, &handler, case).await.expect("a look")),
        format!("{:?}", take(desk, &handler, id()).await.expect("an outcome")),
        format!(
            "{:?}",
            hand_over(desk, &handler, id(), HANNA).await.expect("an outcome")
        ),
        format!("{:?}", reply(desk, &handler, draft).await.expect("an outcome")),
        format!(
            "{:?}",
            note(desk, &handler, id(), words(901, "")).await.expect("an outcome")
        ),
        format!(
            "{:?}",
            ask_identity(desk, &handler, id(), words(902, ""))
                .await
                .expect("an outcome")
        ),
        format!(
            "{:?}",
            declare_conflict(desk, &handler, id()).await.expect("an outcome")
        ),
        format!(
            "{:?}",
            merge(desk, &handler, id(), number.clone()).await.expect("an outcome")
        ),
    ];
    for to in CaseState::ALL {
        let done = settle(desk, &handler, id(), *to, words(903, ""))
            .await
            .expect("an outcome");
        told.push(format!("{done:?}"));
    }
    for line in &own {
        let joined = merge(desk, &handler, line.id.clone(), number.clone())
            .await
            .expect("an outcome");
        let seen = open_case(desk, &handler, line.id.clone()).await.expect("a look");
        told.push(format!("{joined:?} {seen:?}"));
    }
    told.join("\n")
}

#[tokio::test]
async fn whom_the_reporter_bars_learns_nothing() {
    for scene in scenes().await {
        scene.keys().await;
        scene.files("mistake", "for everybody").await;
        let mut draft = scene.draft("mistake", "about Harry").await;
        draft.barred = BTreeSet::from([HARRY]);
        let hidden = filed(submit(&scene.desk, draft).await.expect("it is decided"));
        let case = scene.case_of(&hidden).await;
        // The number that nobody has, so that both ask for the same.
        let nowhere = CaseId::new("0".repeat(32));
        let nothing = CaseNumber::read("000-000").expect("a number");
        assert_eq!(
            all_that_is_told(&scene, HARRY, &case.id, &hidden.number).await,
            all_that_is_told(&scene, HARRY, &nowhere, &nothing).await,
            "{}",
            scene.trial.engine
        );
        assert_eq!(scene.case_of(&hidden).await, case, "nothing was changed");
        let hanna = open_case(&scene.desk, &scene.at_work(HANNA), case.id.clone()).await;
        assert!(hanna.expect("a look").is_some());
    }
}

#[tokio::test]
async fn whoever_steps_back_is_gone_from_the_case() {
    for scene in scenes().await {
        let [hanna, harry, _] = scene.keys().await;
        let filed = scene.files("mistake", "about a friend").await;
        let case = scene.case_of(&filed).await;
        let at_work = scene.at_work(HARRY);
        take(&scene.desk, &at_work, case.id.clone())
            .await
            .expect("it is decided");
        let done = declare_conflict(&scene.desk, &at_work, case.id.clone()).await;
        assert_eq!(done.expect("it is decided"), ConflictOutcome::Declared);
        assert_eq!(scene.case_of(&filed).await.handler, None);
        scene.says(HANNA, &case, 1, "Thank you.").await;
        assert_eq!(
            scene.opened_by(&case, &harry).await.len(),
            1,
            "only what he held before"
        );
        assert_eq!(scene.opened_by(&case, &hanna).await.len(), 2);
        assert_eq!(inbox(&scene.desk, &at_work).await.expect("an inbox"), Inbox::default());
        let again = declare_conflict(&scene.desk, &at_work, case.id.clone()).await;
        assert_eq!(again.expect("it is decided"), ConflictOutcome::NoSuchCase);
        let given = hand_over(&scene.desk, &scene.at_work(HANNA), case.id.clone(), HARRY).await;
        assert_eq!(given.expect("it is decided"), HandOverOutcome::NotEligible);
    }
}

#[tokio::test]
async fn the_last_reader_cannot_leave_a_case_to_nobody() {
    for scene in scenes().await {
        scene.keys().await;
        let filed = scene.files("leader-not-following", "he skips the log").await;
        let case = scene.case_of(&filed).await;
        let done = declare_conflict(&scene.desk, &scene.at_work(IRIS), case.id.clone()).await;
        assert_eq!(done.expect("it is decided"), ConflictOutcome::LastReader);
        assert_eq!(scene.case_of(&filed).await, case);
    }
}

#[tokio::test]
async fn joined_cases_keep_their_own_course_and_hide_each_other() {
    for scene in scenes().await {
        scene.keys().await;
        let one = scene.files("mistake", "one").await;
        let mut draft = scene.draft("mistake", "two").await;
        draft.barred = BTreeSet::from([HARRY]);
        let other = filed(submit(&scene.desk, draft).await.expect("it is decided"));
        let (first, second) = (scene.case_of(&one).await, scene.case_of(&other).await);
        let hanna = scene.at_work(HANNA);
        let joins = async |case: &Case, number: &CaseNumber| {
            let joined = merge(&scene.desk, &hanna, case.id.clone(), number.clone()).await;
            joined.expect("it is decided")
        };
        assert_eq!(joins(&first, &one.number).await, MergeOutcome::Same);
        let merged = joins(&first, &other.number).await;
        assert!(matches!(merged, MergeOutcome::Merged { .. }), "{merged:?}");
        assert_eq!(joins(&second, &one.number).await, MergeOutcome::Crossed);
        let after = scene.case_of(&one).await;
        let expected = Case {
            merged_into: Some(second.id.clone()),
            ..first.clone()
        };
        assert_eq!(after, expected);
        let seen = async |member| {
            let seen = open_case(&scene.desk, &scene.at_work(member), first.id.clone()).await;
            seen.expect("a look").expect("the case").joined_to
        };
        assert_eq!(seen(HANNA).await, Some(other.number.clone()));
        assert_eq!(seen(HARRY).await, None, "he must not know of the other");
        let from = open_case(&scene.desk, &hanna, second.id.clone()).await;
        assert_eq!(from.expect("a look").expect("the case").joined_from, [one.number]);
    }
}
