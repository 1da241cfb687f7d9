//! What an erasure shows to those who have the leaves and nothing else.

use super::*;
use crate::audit::samples;

/// The members of a leaf that are not random.
fn shape(leaf: &[u8]) -> (String, String, usize, Vec<String>) {
    let read: serde_json::Value = serde_json::from_slice(leaf).expect("JSON");
    let object = read.as_object().expect("an object");
    let text = |name: &str| object[name].as_str().expect("a text").to_owned();
    let digests = object["sd"].as_array().expect("digests").len();
    (text("kind"), text("at"), digests, object.keys().cloned().collect())
}

#[tokio::test]
async fn nobody_sees_whose_records_an_erasure_took_nor_how_many() {
    for trial in trial::databases(Millis(0)).await {
        let mine = [Kind::AbsenceEntered, Kind::AnswerNoted, Kind::AnswerNoted];
        let mine = mine.map(|kind| {
            naming(
                &trial,
                kind,
                if kind == Kind::AnswerNoted { "author" } else { "member" },
            )
        });
        let other = samples::leaf(&trial.chance, Kind::AnswerNoted);
        write(&trial.ledger, [mine.to_vec(), vec![other.clone()]].concat())
            .await
            .expect("leaves");
        let before = verify::rows(&trial.db).await.len();
        assert!(matches!(erase_now(&trial, person(), None).await, Outcome::Erased(_)));
        let one = erase_now(&trial, request(Scope::Record(other.rec.clone())), None).await;
        assert!(matches!(one, Outcome::Erased(_)));

        let after = verify::rows(&trial.db).await.split_off(before);
        let members = ["at", "kind", "rec", "sd", "v"].map(str::to_owned).to_vec();
        let expected = ("records.erased".to_owned(), Millis(0).rfc3339(), 16, members);
        let shapes: Vec<_> = after.iter().map(|leaf| shape(leaf)).collect();
        assert_eq!(shapes, [expected.clone(), expected], "{}", trial.engine);
        let text = String::from_utf8(after.concat()).expect("ASCII");
        assert!(
            mine.iter()
                .chain([&other])
                .all(|leaf| !text.contains(leaf.rec.as_str()))
        );
        let report = verify::live(&trial.db, &trial.evidence).await.expect("it is read");
        assert_eq!(
            (report.finding, report.erased),
            (None, 4 + 5 + 5 + 5),
            "{}",
            trial.engine
        );
    }
}

#[tokio::test]
async fn an_erasure_of_more_records_than_a_leaf_holds_is_explained_by_several() {
    let trial = trial::databases(Millis(0)).await.remove(0);
    let all: Vec<NewLeaf> = (0..1_100)
        .map(|_| naming(&trial, Kind::AnswerNoted, "author"))
        .collect();
    write(&trial.ledger, all).await.expect("leaves");
    assert!(matches!(erase_now(&trial, person(), None).await, Outcome::Erased(_)));
    let after = store::leaves_after(trial.db.reader(), Which::Living, 1_100)
        .await
        .expect("leaves");
    let digests: Vec<usize> = after.iter().map(|row| shape(&row.leaf).2).collect();
    assert_eq!(digests, [1_024, 128]);
    let report = verify::live(&trial.db, &trial.evidence).await.expect("it is read");
    assert_eq!((report.finding, report.erased), (None, 5 * 1_100));
}
