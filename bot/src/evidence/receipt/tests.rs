//! Receipts from real logs on both engines, and what a check finds in forged ones.

use bellwether_tlog::policy::Policy;
use proptest::prelude::*;

use super::*;
use crate::audit::samples::{grow, leaf, write};
use crate::clock::Millis;
use crate::evidence::{Kind, NewLeaf};
use crate::trial::{self, Trial};

fn policy(trial: &Trial) -> Policy {
    let key = crate::evidence::key::load(&trial.evidence.key_file, &trial.evidence.origin);
    let vkey = key.expect("a readable key").expect("a key").vkey();
    Policy::parse(Policy::text_of(&vkey).as_bytes()).expect("a policy")
}

/// An answer with this many leaves before and after it; returns its record.
async fn answered(trial: &Trial, before: usize, after: usize) -> NewLeaf {
    grow(&trial.ledger, &trial.chance, before).await.expect("leaves");
    let answer = leaf(&trial.chance, Kind::CycleAnswered);
    write(&trial.ledger, vec![answer.clone()]).await.expect("the answer");
    grow(&trial.ledger, &trial.chance, after).await.expect("leaves");
    answer
}

fn parts(receipt: &Receipt) -> (Vec<u8>, String, String) {
    let mut files = receipt.files().into_iter().map(|(_, content)| content);
    let proof = String::from_utf8(files.next().expect("a proof")).expect("text");
    let leaf = files.next().expect("a leaf");
    let disclosures = files.next().unwrap_or_default();
    (leaf, proof, String::from_utf8(disclosures).expect("text"))
}

#[tokio::test]
async fn a_receipt_holds_on_its_own_at_every_size() {
    for trial in trial::databases(Millis(0)).await {
        // One that remembers; the other receipts are made by one that knows nothing yet.
        let prover = Prover::new(trial.db.clone());
        for (before, after) in [(0, 0), (1, 3), (250, 0), (5, 300)] {
            let answer = answered(&trial, before, after).await;
            let mut found = prover
                .records(std::slice::from_ref(&answer.rec))
                .await
                .expect("it is read");
            let receipt = found.pop().expect("a receipt");
            let (bytes, proof, disclosures) = parts(&receipt);
            let checked = check(&bytes, &proof, &disclosures, &policy(&trial)).expect("it holds");
            assert_eq!(checked.record, answer.rec.as_str());
            assert_eq!(
                (checked.kind.as_str(), checked.hidden, checked.witnessed),
                ("cycle.answered", 0, true)
            );
            assert!(checked.fields.contains(&("text".to_owned(), "the text".to_owned())));
            let by_index = receipt_at(&trial, receipt.index).await;
            assert_eq!(by_index, Some(receipt), "{}", trial.engine);
        }
        assert_eq!(receipt_at(&trial, 100_000).await, None);
        let unknown = prover.entry(Entry::Record(RecordId::new("x"))).await;
        assert_eq!(unknown.expect("it is read"), None);
    }
}

async fn receipt_at(trial: &Trial, index: u64) -> Option<Receipt> {
    Prover::new(trial.db.clone())
        .entry(Entry::Index(index))
        .await
        .expect("it is read")
}

#[tokio::test]
async fn what_was_changed_is_found() {
    let trial = trial::databases(Millis(0)).await.remove(0);
    let answer = answered(&trial, 3, 5).await;
    let receipt = Prover::new(trial.db.clone())
        .entry(Entry::Record(answer.rec))
        .await
        .expect("it is read")
        .expect("a receipt");
    let (bytes, proof, disclosures) = parts(&receipt);
    let policy = policy(&trial);
    let refused = |leaf: &[u8], proof: &str, disclosures: &str| {
        check(leaf, proof, disclosures, &policy)
            .expect_err("it does not hold")
            .to_string()
    };
    let mut other = bytes.clone();
    other[8] ^= 1;
    assert!(refused(&other, &proof, &disclosures).contains("does not lead from the leaf"));
    let moved = proof.replace("index 4", "index 3");
    assert!(refused(&bytes, &moved, &disclosures).contains("does not lead from the leaf"));
    let (first, rest) = disclosures.split_once('\n').expect("five lines");
    let twice = format!("{first}\n{disclosures}");
    assert!(refused(&bytes, &proof, &twice).starts_with("line 2 of the disclosures"));
    assert!(refused(&bytes, &proof, &format!("{rest}AAAA\n")).starts_with("line 5 of the disclosures"));
    let hidden = check(&bytes, &proof, rest, &policy).expect("keeping a field back is allowed");
    assert_eq!(hidden.hidden, 1);
    let stranger = crate::evidence::key::create(
        &trial.folder.path().join("other"),
        "trial.example.org/log",
        &trial.chance,
    );
    let stranger = stranger.expect("a key").vkey();
    let other = Policy::parse(Policy::text_of(&stranger).as_bytes()).expect("a policy");
    let error = check(&bytes, &proof, &disclosures, &other).expect_err("another log's");
    assert_eq!(
        error.to_string(),
        "the proof's checkpoint is signed by no log of the policy"
    );
}

proptest! {
    #[test]
    fn no_bytes_break_the_check(leaf: Vec<u8>, proof in "\\PC{0,200}", disclosures in "\\PC{0,200}") {
        let policy = Policy::parse(b"log PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW\nquorum none\n");
        let policy = policy.expect("a policy");
        prop_assert!(check(&leaf, &proof, &disclosures, &policy).is_err());
    }
}
