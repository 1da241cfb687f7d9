//! What should be disclosed and is gone: erased, as a leaf says, or missing.

use super::*;
use crate::audit::samples::erasure_by_index;
use crate::evidence::Leaf;
use crate::evidence::disclosed;
use crate::ids::RecordId;

/// The record of a leaf.
async fn record(trial: &Trial, index: u64) -> RecordId {
    let rows = store::leaves(trial.db.reader(), index..index + 1)
        .await
        .expect("a leaf");
    RecordId::new(Leaf::parse(&rows[0].1).expect("a leaf").rec)
}

/// Deletes a field outside the program.
async fn delete(trial: &Trial, index: u64, name: &str) {
    let sql = format!(
        "DELETE FROM log_disclosure WHERE name = '{name}' AND rec = (SELECT rec FROM log_leaf WHERE idx = {index})"
    );
    trial.db.writer().execute_unprepared(&sql).await.expect("it runs");
}

/// An order for the choice in all answers.
fn choices(trial: &Trial, name: &str) -> Order {
    Order {
        scope: Some(Scope {
            kinds: BTreeSet::from([Kind::CycleAnswered]),
            ..Scope::default()
        }),
        disclosing: Some(disclosing(trial, &["choice"])),
        ..order(trial, name)
    }
}

#[tokio::test]
async fn what_is_erased_is_absent_and_a_leaf_says_so() {
    for trial in trial::databases(Millis(0)).await {
        weeks(&trial).await;
        // One erasure of an answer and of an asking, which nobody asks about.
        let (answer, asking) = (record(&trial, 6).await, record(&trial, 4).await);
        let names = |list: &[&str]| list.iter().map(|name| (*name).to_owned()).collect();
        let (gone, more): (BTreeSet<String>, BTreeSet<String>) = (names(&["choice", "text"]), names(&["member"]));
        let pairs = [(answer.as_str(), &gone), (asking.as_str(), &more)];
        let erased = crate::evidence::erasure_leaves(&trial.chance, "the basis", pairs);
        write(&trial.ledger, erased).await.expect("an erasure");
        delete(&trial, 6, "choice").await;
        let order = choices(&trial, "pack");
        let summary = summary(&trial, &order).await;
        assert_eq!(
            (summary.proofs, summary.records, summary.disclosed, summary.erased),
            (2, 1, 1, 1)
        );
        let verdict = checked(&order.out, &terms(&trial));
        assert_eq!(verdict.broken, None, "{}", trial.engine);
        assert_eq!((verdict.disclosed, verdict.erased, verdict.missing), (1, 1, 0));
        // The pack says what explains the gap about the erasure, and nothing else.
        let said = std::fs::read_to_string(order.out.join("disclosures/000000000007.sd")).expect("the erasure");
        let lines: Vec<_> = said.lines().filter_map(disclosed).collect();
        let [(_, value)] = &lines[..] else { panic!("{lines:?}") };
        assert_eq!(*value, format!("{}:choice,text", answer.as_str()));
    }
}

#[tokio::test]
async fn what_an_earlier_version_erased_is_explained_too() {
    for trial in trial::databases(Millis(0)).await {
        weeks(&trial).await;
        let erased = erasure_by_index(&trial.chance, &record(&trial, 3).await, "choice,text");
        write(&trial.ledger, vec![erased]).await.expect("an erasure");
        delete(&trial, 3, "choice").await;
        let order = choices(&trial, "pack");
        assert_eq!(summary(&trial, &order).await.erased, 1);
        let verdict = checked(&order.out, &terms(&trial));
        assert_eq!((verdict.broken, verdict.erased), (None, 1), "{}", trial.engine);
    }
}

#[tokio::test]
async fn what_is_missing_is_never_called_erased() {
    for trial in trial::databases(Millis(0)).await {
        weeks(&trial).await;
        // Another field of the same record was erased; that explains nothing.
        let erased = erasure(&trial.chance, &record(&trial, 6).await, "text");
        write(&trial.ledger, vec![erased]).await.expect("an erasure");
        delete(&trial, 6, "choice").await;
        let order = choices(&trial, "pack");
        let Packed::Missing(gaps) = packed(&trial, &order).await else {
            panic!("{}: a pack is made", trial.engine);
        };
        let gap = Gap {
            index: 6,
            fields: vec!["choice"],
        };
        assert_eq!((gaps.records, gaps.fields, &gaps.first[..]), (1, 1, &[gap][..]));
        assert!(!order.out.exists());
        assert_eq!(packs(trial.db.reader(), None).await.expect("the register"), []);

        let order = Order {
            incomplete: true,
            ..order
        };
        let summary = summary(&trial, &order).await;
        assert_eq!((summary.disclosed, summary.erased, &summary.missing), (1, 0, &gaps));
        let readme = std::fs::read_to_string(order.out.join("README.txt")).expect("the README");
        assert!(readme.starts_with("EVIDENCE PACK\n\nINCOMPLETE\n"), "{readme}");
        assert!(readme.contains("\n  entry 6: choice\n"), "{readme}");
        let verdict = checked(&order.out, &terms(&trial));
        assert_eq!((verdict.disclosed, verdict.erased, verdict.missing), (1, 0, 1));
        let broken = verdict.broken.expect("a finding").to_string();
        assert!(
            broken.starts_with("disclosures/000000000006.sd: does not give the field choice"),
            "{broken}"
        );
    }
}

#[tokio::test]
async fn a_row_that_no_leaf_commits_to_explains_nothing() {
    for trial in trial::databases(Millis(0)).await {
        weeks(&trial).await;
        // A true erasure of another record, and a field of it put there by hand that names the answer.
        let erased = erasure(&trial.chance, &record(&trial, 3).await, "text");
        let by = erased.rec.clone();
        write(&trial.ledger, vec![erased]).await.expect("an erasure");
        let answer = record(&trial, 6).await;
        let forged =
            crate::evidence::Disclosure::new(&trial.chance, "record-0001", &format!("{}:choice", answer.as_str()));
        let free = "DELETE FROM log_disclosure WHERE name = 'record-0001'";
        trial.db.writer().execute_unprepared(free).await.expect("it runs");
        let (rec, text) = (by.as_str(), forged.text);
        let sql =
            format!("INSERT INTO log_disclosure (rec, name, disclosure) VALUES ('{rec}', 'record-0001', '{text}')");
        trial.db.writer().execute_unprepared(&sql).await.expect("it runs");
        delete(&trial, 6, "choice").await;
        let said = packed(&trial, &choices(&trial, "pack")).await;
        assert!(matches!(said, Packed::Missing(_)), "{} {said:?}", trial.engine);
    }
}
