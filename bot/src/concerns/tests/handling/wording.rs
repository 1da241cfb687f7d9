//! The handler is told what is wrong with words, and nothing of them is kept.

use super::*;

#[tokio::test]
async fn open_places_and_wrong_lengths_are_handed_back() {
    for scene in scenes().await {
        scene.keys().await;
        let filed = scene.files("mistake", "wrong recipient").await;
        let case = scene.case_of(&filed).await;
        let said = scene.says(HANNA, &case, 1, "because {reason}, {change}").await;
        assert_eq!(
            said,
            ReplyOutcome::OpenPlaces(vec!["reason".to_owned(), "change".to_owned()])
        );
        assert_eq!(
            scene.says(HANNA, &case, 2, " \n").await,
            ReplyOutcome::Wrong(TextError::Empty)
        );
        let (found, allowed) = (MOST_CHARS + 1, MOST_CHARS);
        let long = scene.says(HANNA, &case, 3, &"ä".repeat(found)).await;
        assert_eq!(long, ReplyOutcome::Wrong(TextError::TooLong { found, allowed }));
        assert_eq!(scene.case_of(&filed).await, case);
        let fits = scene.says(HANNA, &case, 4, &"\u{1}".repeat(allowed)).await;
        assert!(matches!(fits, ReplyOutcome::Sent { .. }), "what fits can be sealed");
    }
}
