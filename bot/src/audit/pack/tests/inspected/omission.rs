//! Packs by somebody on the way who leaves out what was disclosed, or adds what was erased.

use super::forging::sum_up;
use super::*;
use crate::audit::samples::{erasure, erasure_by_index};
use crate::ids::RecordId;

/// A pack of three answers, of which the second one's choice is disclosed by an old copy, and erased.
async fn erased(by_index: bool) -> (Trial, PathBuf, String) {
    let trial = sqlite().await;
    let answers: Vec<_> = (0..3).map(|_| leaf(&trial.chance, Kind::CycleAnswered)).collect();
    let second: RecordId = answers[1].rec.clone();
    write(&trial.ledger, answers).await.expect("leaves");
    let everything = |fields: Vec<&'static str>, name| Order {
        scope: Some(Scope {
            kinds: BTreeSet::from([Kind::CycleAnswered]),
            ..Scope::default()
        }),
        disclosing: Some(Disclosing {
            fields,
            to_whom: "an auditor".to_owned(),
            ledger: trial.ledger.clone(),
        }),
        ..order(&trial, name)
    };
    let before = everything(Kind::CycleAnswered.fields().to_vec(), "before");
    packed(&trial, &before).await;
    let old = std::fs::read_to_string(before.out.join("disclosures/000000000002.sd")).expect("a disclosure");
    let gone = Kind::CycleAnswered.fields().join(",");
    let erasure = if by_index { erasure_by_index } else { erasure };
    let told = erasure(&trial.chance, &second, &gone);
    write(&trial.ledger, vec![told]).await.expect("an erasure");
    let sql = format!("DELETE FROM log_disclosure WHERE rec = '{}'", second.as_str());
    sea_orm::ConnectionTrait::execute_unprepared(&trial.db.writer(), &sql)
        .await
        .expect("it runs");
    let order = everything(vec!["choice", "author"], "pack");
    assert_eq!(summary(&trial, &order).await.erased, 2);
    (trial, order.out, old)
}

#[tokio::test]
async fn what_a_messenger_leaves_out_is_missing() {
    let trial = sqlite().await;
    let (folder, terms) = rich(&trial).await;
    std::fs::remove_file(folder.join("disclosures/000000000280.sd")).expect("it goes");
    sum_up(&folder);
    assert_eq!(
        said(&folder, &terms),
        "disclosures/000000000280.sd: does not give the field author, and nothing in the pack says that it was erased. \
         Fields missing like that: 2, records: 1"
    );
    // With the proofs gone, nobody can tell what was asked for.
    std::fs::remove_file(folder.join("proofs/000000000280@000000000301.tlog-proof")).expect("it goes");
    sum_up(&folder);
    assert_eq!(said(&folder, &terms), "nothing");
    // All at once: only the person who asked knows.
    std::fs::remove_dir_all(folder.join("disclosures")).expect("they go");
    sum_up(&folder);
    assert_eq!(said(&folder, &terms), "nothing");
    let asking = Terms {
        fields: vec!["choice".to_owned()],
        ..terms
    };
    let said = said(&folder, &asking);
    assert!(said.ends_with("Fields missing like that: 31, records: 31"), "{said}");
}

#[tokio::test]
async fn the_erasure_must_be_there() {
    let (trial, folder, _) = erased(false).await;
    let terms = terms(&trial);
    assert_eq!(said(&folder, &terms), "nothing");
    let told: Vec<String> = files(&folder, "disclosures/");
    assert_eq!(told.len(), 3, "{told:?}");
    std::fs::remove_file(folder.join(&told[2])).expect("it goes");
    sum_up(&folder);
    let said = said(&folder, &terms);
    assert!(said.starts_with("disclosures/000000000002.sd: does not give"), "{said}");
}

#[tokio::test]
async fn what_was_erased_is_not_disclosed_all_the_same() {
    for by_index in [false, true] {
        let (trial, folder, old) = erased(by_index).await;
        let terms = terms(&trial);
        assert_eq!(said(&folder, &terms), "nothing");
        let one = old.lines().next().expect("a line");
        std::fs::write(folder.join("disclosures/000000000002.sd"), format!("{one}\n")).expect("an edit");
        sum_up(&folder);
        assert_eq!(
            said(&folder, &terms),
            "disclosures/000000000002.sd: discloses the field answered, of which a leaf says that it was erased"
        );
        if by_index {
            // The leaf itself names the entry; that cannot be left out.
            let told = files(&folder, "disclosures/").pop().expect("the erasure");
            std::fs::remove_file(folder.join(told)).expect("it goes");
            std::fs::write(folder.join("disclosures/000000000002.sd"), &old).expect("an edit");
            sum_up(&folder);
            assert_eq!(
                said(&folder, &terms),
                "disclosures/000000000002.sd: discloses all fields, though a leaf says that some were erased"
            );
        }
    }
}
