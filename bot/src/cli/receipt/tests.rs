use bellwether_tlog::command::{self, Exit};

use super::{DISCLOSURES, Entry, PathBuf, Prover, RecordId};
use crate::clock::Millis;
use crate::evidence::receipt::{EVENT, EventProof, LEAF, PROOF};
use crate::evidence::tree::leaf_hash;
use crate::evidence::{NewLeaf, fields};
use crate::trial::{self, Trial};

const SAID: &str = r#"{"day":"2026-11-22","kind":"received"}"#;

/// The index of a leaf that commits to one event, in the log.
async fn committed(trial: &Trial) -> u64 {
    let rec = RecordId::new(trial.chance.id());
    let said = fields::ConcernsDigest {
        organisation: "1".to_owned(),
        day: "2026-11-22".to_owned(),
        root: hex::encode(leaf_hash(SAID.as_bytes())),
    };
    let leaf = NewLeaf::new(rec.clone(), said);
    let written = trial.ledger.write(move |tx| {
        Box::pin(async move {
            tx.evidence(leaf);
            Ok(())
        })
    });
    written.await.expect("the leaf is written");
    let found = Prover::new(trial.db.clone())
        .entry(Entry::Record(rec))
        .await
        .expect("a receipt");
    let found = found.expect("the leaf is in the log");
    for (name, content) in found.files() {
        std::fs::write(trial.folder.path().join(name), content).expect("a file");
    }
    found.index
}

fn checked(trial: &Trial, index: u64, event: &str) -> (Exit, String) {
    let proof = EventProof {
        event: event.to_owned(),
        index: 0,
        size: 1,
        hashes: Vec::new(),
    };
    let folder = trial.folder.path();
    std::fs::write(folder.join(format!("{index}.{EVENT}")), proof.text()).expect("a file");
    let own = command::receipt::Arguments {
        paths: vec![folder.to_owned()],
        vkey: Some(trial.vkey.to_string()),
        policy: None,
    };
    let mut out = Vec::new();
    let exit = command::receipt::verify(&own, &mut out).expect("it is checked");
    (exit, String::from_utf8(out).expect("text"))
}

#[tokio::test]
async fn an_event_beside_a_receipt_is_checked_with_it() {
    for trial in trial::databases(Millis(0)).await {
        let index = committed(&trial).await;
        let (exit, out) = checked(&trial, index, SAID);
        assert_eq!(exit, Exit::Done, "{out}");
        assert!(out.contains(&format!("event       {SAID}")), "{out}");
        let (exit, out) = checked(&trial, index, &SAID.replace("22", "21"));
        assert_eq!(exit, Exit::Found);
        assert!(out.contains("DOES NOT HOLD: the event is not one of those"), "{out}");
    }
}

/// What the command says of these paths.
fn said(trial: &Trial, paths: &[PathBuf]) -> (Exit, String) {
    let own = command::receipt::Arguments {
        paths: paths.to_vec(),
        vkey: Some(trial.vkey.to_string()),
        policy: None,
    };
    let mut out = Vec::new();
    let exit = command::receipt::verify(&own, &mut out).expect("it is checked");
    (exit, String::from_utf8(out).expect("text"))
}

#[tokio::test]
async fn a_folder_or_any_file_of_a_receipt_will_do() {
    let trial = trial::databases(Millis(0)).await.remove(0);
    let index = committed(&trial).await;
    let folder = trial.folder.path();
    let (_, whole) = said(&trial, &[folder.to_owned()]);
    assert!(
        whole.contains("result      holds") && whole.contains("day         2026-11-22"),
        "{whole}"
    );
    for ending in [PROOF, LEAF, DISCLOSURES] {
        let (exit, one) = said(&trial, &[folder.join(format!("{index}.{ending}"))]);
        assert_eq!((exit, one), (Exit::Done, whole.clone()), "{ending}");
    }
}

#[tokio::test]
async fn a_receipt_under_another_entrys_number_does_not_hold() {
    let trial = trial::databases(Millis(0)).await.remove(0);
    let index = committed(&trial).await;
    let folder = trial.folder.path();
    let renamed = |name: &str| {
        for ending in [PROOF, LEAF, DISCLOSURES] {
            let from = folder.join(format!("{index}.{ending}"));
            std::fs::copy(from, folder.join(format!("{name}.{ending}"))).expect("a copy");
        }
        said(&trial, &[folder.join(format!("{name}.{PROOF}"))])
    };
    let (exit, other) = renamed("28");
    assert_eq!(exit, Exit::Found);
    assert!(
        other.contains(&format!(
            "DOES NOT HOLD: its files are named for leaf 28, but it is the receipt of leaf {index}"
        )),
        "{other}"
    );
    assert_eq!(renamed("mine").0, Exit::Done, "a name of one's own is no number");
}
