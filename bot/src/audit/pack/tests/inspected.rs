//! Real packs, checked as they are, and after somebody has changed them.

mod forging;
mod limits;
mod omission;

use bellwether_tlog::checkpoint::Checkpoint;
use bellwether_tlog::inspect::Remark;
use bellwether_tlog::note;
use bellwether_tlog::samples::Witness;
use bellwether_tlog::tree::root_of;
use proptest::prelude::*;

use super::*;
use crate::audit::pack::Disclosing;
use crate::chance::Chance;
use crate::evidence::{create_key, load_key};

/// A pack of 301 leaves with everything that a pack can hold, except time stamps.
async fn rich(trial: &Trial) -> (PathBuf, Terms) {
    for count in [10, 250, 8] {
        grow(&trial.ledger, &trial.chance, count).await.expect("leaves");
        publish(trial).await;
    }
    let answers = (0..32).map(|_| leaf(&trial.chance, Kind::CycleAnswered)).collect();
    write(&trial.ledger, answers).await.expect("leaves");
    let order = Order {
        scope: Some(Scope {
            kinds: BTreeSet::from([Kind::CycleAnswered]),
            ..Scope::default()
        }),
        disclosing: Some(Disclosing {
            fields: vec!["choice", "author"],
            to_whom: "an auditor".to_owned(),
            ledger: trial.ledger.clone(),
        }),
        ..order(trial, "rich")
    };
    assert_eq!(summary(trial, &order).await.size, 301);
    (order.out, terms(trial))
}

async fn sqlite() -> Trial {
    trial::databases(Millis(0)).await.remove(0)
}

fn files(folder: &Path, below: &str) -> Vec<String> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder.join(below)).expect("a folder") {
        let entry = entry.expect("an entry");
        let name = entry.file_name().into_string().expect("ASCII");
        if entry.path().is_dir() {
            found.extend(files(folder, &format!("{below}{name}/")));
        } else {
            found.push(format!("{below}{name}"));
        }
    }
    found.sort();
    found
}

/// What is broken, in words.
fn said(folder: &Path, terms: &Terms) -> String {
    let broken = checked(folder, terms).broken;
    broken.map_or_else(|| "nothing".to_owned(), |broken| broken.to_string())
}

/// Every way to change one file's bytes.
fn changes(bytes: &[u8]) -> Vec<(&'static str, Vec<u8>)> {
    let flipped = |at: usize| {
        let mut bytes = bytes.to_vec();
        bytes[at] ^= 1;
        bytes
    };
    vec![
        ("first byte flipped", flipped(0)),
        ("middle byte flipped", flipped(bytes.len() / 2)),
        ("last byte flipped", flipped(bytes.len() - 1)),
        ("cut", bytes[..bytes.len() - 1].to_vec()),
        ("halved", bytes[..bytes.len() / 2].to_vec()),
        ("emptied", Vec::new()),
        ("extended", [bytes, b"x"].concat()),
    ]
}

#[tokio::test]
async fn every_edit_of_every_file_is_found_by_name() {
    let trial = sqlite().await;
    let (folder, terms) = rich(&trial).await;
    let names = files(&folder, "");
    assert_eq!(said(&folder, &terms), "nothing");
    let mut edits = 0;
    for name in &names {
        let path = folder.join(name);
        let bytes = std::fs::read(&path).expect("a file");
        for (edit, changed) in changes(&bytes) {
            std::fs::write(&path, changed).expect("an edit");
            let said = said(&folder, &terms);
            assert!(said.contains(name), "{name} {edit}: {said}");
            edits += 1;
        }
        std::fs::remove_file(&path).expect("a removal");
        let said = said(&folder, &terms);
        assert!(said.contains(name), "{name} removed: {said}");
        std::fs::write(&path, bytes).expect("the old bytes");
    }
    assert_eq!(said(&folder, &terms), "nothing");
    assert_eq!(edits, names.len() * 7);
}

#[tokio::test]
async fn two_files_in_each_others_place_are_found() {
    let trial = sqlite().await;
    let (folder, terms) = rich(&trial).await;
    let names = files(&folder, "");
    for pair in names.windows(2) {
        let [one, other] = [&pair[0], &pair[1]].map(|name| folder.join(name));
        let between = folder.with_extension("swap");
        let swap = || {
            std::fs::rename(&one, &between).expect("a move");
            std::fs::rename(&other, &one).expect("a move");
            std::fs::rename(&between, &other).expect("a move");
        };
        swap();
        let said = said(&folder, &terms);
        assert!(said.contains(&pair[0]) || said.contains(&pair[1]), "{pair:?}: {said}");
        swap();
    }
    assert_eq!(said(&folder, &terms), "nothing");
}

#[tokio::test]
async fn strays_are_named() {
    let trial = sqlite().await;
    let (folder, terms) = rich(&trial).await;
    for stray in [
        "notes.txt",
        ".hidden",
        "tile/0/000.p/45",
        "tile/1/000",
        "tile/entries/000.p/1",
        "tile/entries/000~",
        "history/000000000012.checkpoint",
        "history/000000000012.anchors.jsonl",
        "history/000000000011.tsr",
        "proofs/000000000001@000000000011.tlog-proof",
        "proofs/000000000011-000000000301.consistency",
        "disclosures/000000000001.sd",
        "disclosures/000000000301.sd",
        "tsa/example.pem",
        "other/file",
    ] {
        let path = folder.join(stray);
        let parent = path.parent().expect("a parent");
        let fresh = !parent.exists();
        std::fs::create_dir_all(parent).expect("a folder");
        std::fs::write(&path, "x").expect("a stray");
        let said = said(&folder, &terms);
        assert!(said.contains(stray), "{stray}: {said}");
        std::fs::remove_file(&path).expect("a removal");
        if fresh {
            std::fs::remove_dir(parent).expect("a removal");
        }
    }
    // Leaves beyond the head: the head may be an old one.
    std::fs::write(folder.join("tile/entries/001"), "x").expect("a stray");
    let said = said(&folder, &terms);
    assert!(
        said.starts_with("checkpoint: covers 301 leaves, but tile/entries/001 goes beyond"),
        "{said}"
    );
}

#[cfg(unix)]
#[tokio::test]
async fn links_lead_nowhere() {
    use std::os::unix::fs::symlink;
    let trial = sqlite().await;
    let (folder, terms) = rich(&trial).await;
    for name in ["checkpoint", "policy", "tile/0/000", "tile/entries", "history", "tsa"] {
        let (path, aside) = (folder.join(name), folder.with_extension("aside"));
        let there = path.exists();
        if there {
            std::fs::rename(&path, &aside).expect("a move");
        }
        symlink(&aside, &path).expect("a link");
        let said = said(&folder, &terms);
        assert!(said.starts_with(name), "{name}: {said}");
        std::fs::remove_file(&path).expect("a removal");
        if there {
            std::fs::rename(&aside, &path).expect("a move");
        }
    }
    assert_eq!(said(&folder, &terms), "nothing");
}

#[tokio::test]
async fn another_key_and_an_old_head_are_found() {
    let trial = sqlite().await;
    let (folder, terms) = rich(&trial).await;
    let path = folder.join("checkpoint");
    let head = std::fs::read_to_string(&path).expect("the head");
    let key = create_key(
        &trial.folder.path().join("other"),
        &trial.evidence.origin,
        &Chance::seeded(9),
    );
    let key = key.expect("another key");
    let resigned = key.sign(&note::text(&head).expect("a note").parse().expect("a checkpoint"));
    std::fs::write(&path, resigned).expect("an edit");
    assert_eq!(
        said(&folder, &terms),
        "checkpoint: carries no signature by the log's key"
    );

    let old = std::fs::read(folder.join("history/000000000261.checkpoint")).expect("an old checkpoint");
    std::fs::write(&path, old).expect("an edit");
    let refused = said(&folder, &terms);
    assert!(refused.starts_with("checkpoint: covers 261 leaves, but"), "{refused}");
    std::fs::write(&path, head).expect("the head");

    let other = Terms {
        policy: Some(Policy::parse(Policy::text_of(&key.vkey()).as_bytes()).expect("a policy")),
        ..terms
    };
    let refused = said(&folder, &other);
    assert!(refused.starts_with("checkpoint: is signed for the log"), "{refused}");
    assert!(refused.ends_with("which the policy does not trust"), "{refused}");
}

#[tokio::test]
async fn what_was_kept_from_before_must_be_continued() {
    let trial = sqlite().await;
    let (folder, terms) = rich(&trial).await;
    let kept = std::fs::read_to_string(folder.join("history/000000000261.checkpoint")).expect("a checkpoint");
    let with = |prior: &str, min_size| Terms {
        prior: Some(prior.to_owned()),
        min_size,
        ..terms.clone()
    };
    assert_eq!(said(&folder, &with(&kept, Some(301))), "nothing");
    let refused = said(&folder, &with(&kept, Some(302)));
    assert_eq!(
        refused,
        "checkpoint: covers 301 leaves, fewer than the 302 that are known of"
    );

    // The same log, cut, and grown again with other leaves: signed by the real key.
    let twin = sqlite().await;
    grow(&twin.ledger, &twin.chance, 260).await.expect("leaves");
    let (_, rewritten) = publish(&twin).await;
    let refused = said(&folder, &with(&rewritten, None));
    assert!(refused.ends_with("The log was rewritten"), "{refused}");
    grow(&twin.ledger, &twin.chance, 260).await.expect("leaves");
    let (_, longer) = publish(&twin).await;
    let refused = said(&folder, &with(&longer, None));
    assert!(refused.ends_with("leaves were cut off"), "{refused}");
}

#[tokio::test]
async fn a_spoilt_copy_of_what_was_kept_is_not_blamed_on_the_pack() {
    let trial = sqlite().await;
    let (folder, terms) = rich(&trial).await;
    let kept = std::fs::read_to_string(folder.join("history/000000000261.checkpoint")).expect("a checkpoint");
    for spoilt in ["nothing of the kind", &kept.replace("261", "26"), kept.trim_end()] {
        let terms = Terms {
            prior: Some(spoilt.to_owned()),
            ..terms.clone()
        };
        let refused = inspect(&folder, &terms, &|_, _| {}).expect_err("it cannot be compared");
        let refused = format!("{refused:#}");
        assert!(
            refused.starts_with("the checkpoint that was kept from before"),
            "{refused}"
        );
    }
    // Before the first leaf there is a checkpoint, too; every log continues it.
    let key = load_key(&trial.evidence.key_file, &trial.evidence.origin).expect("the key");
    let none = Checkpoint {
        origin: trial.evidence.origin.clone(),
        size: 0,
        root: root_of(&[]),
    };
    let terms = Terms {
        prior: Some(key.expect("the key").sign(&none)),
        ..terms
    };
    assert_eq!(said(&folder, &terms), "nothing");
}

#[tokio::test]
async fn a_file_that_is_listed_again_is_not_hashed_again_and_again() {
    let trial = sqlite().await;
    let (folder, terms) = rich(&trial).await;
    let path = folder.join("SHA256SUMS");
    let sums = std::fs::read_to_string(&path).expect("the sums");
    let line = sums.lines().find(|line| line.ends_with("README.txt")).expect("a line");
    std::fs::write(&path, format!("{sums}{}", format!("{line}\n").repeat(10_000))).expect("an edit");
    assert_eq!(said(&folder, &terms), "SHA256SUMS: lists a file twice");
}

#[tokio::test]
async fn a_quorum_is_asked_of_the_head() {
    let trial = sqlite().await;
    let (folder, terms) = rich(&trial).await;
    let witness = Witness::new("witness.example.net", 3);
    let log = Policy::text_of(
        terms
            .policy
            .as_ref()
            .expect("a policy")
            .logs()
            .first()
            .map(|log| &log.vkey)
            .expect("a log"),
    );
    let text = log.replace("quorum none\n", &format!("witness w {}\nquorum w\n", witness.cosigner));
    let terms = Terms {
        policy: Some(Policy::parse(text.as_bytes()).expect("a policy")),
        ..terms
    };
    assert_eq!(
        said(&folder, &terms),
        "checkpoint: is cosigned by nobody, which is not the quorum that the policy asks for"
    );
    let path = folder.join("checkpoint");
    let head = std::fs::read_to_string(&path).expect("the head");
    std::fs::write(&path, witness.cosign(&head, 5)).expect("a cosignature");
    let verdict = checked(&folder, &terms);
    assert_eq!(verdict.cosigned, [("w".to_owned(), 5)]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_bytes_in_any_file_are_refused_or_read(
        files in proptest::collection::btree_map(
            proptest::sample::select(vec![
                "policy", "README.txt", "SHA256SUMS", "tile/0/000.p/1", "tile/0/000", "tile/1/000.p/1", "tile/entries/000.p/1",
                "tile/entries/000", "history/000000000001.checkpoint", "history/000000000001.tsr",
                "history/000000000001.anchors.jsonl", "proofs/000000000000@000000000001.tlog-proof",
                "proofs/000000000001-000000000256.consistency", "disclosures/000000000000.sd", "tsa/a.pem", "x",
            ]),
            proptest::collection::vec(any::<u8>(), 0..99),
            0..9,
        ),
        head in "o\n(1|256|9223372036854775807)\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n\n\u{2014} o AAAAAAA=\n|\\PC{0,40}",
    ) {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::write(folder.path().join("checkpoint"), head).expect("a file");
        for (name, bytes) in files {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
            // A name may be a file here and a folder there.
            drop(std::fs::write(path, bytes));
        }
        let terms = Terms { policy: None, prior: None, min_size: None, fields: Vec::new(), authorities: None, max_wait: None, now: Millis(0) };
        let verdict = inspect(folder.path(), &terms, &|_, _| {}).expect("it is checked");
        prop_assert!(verdict.broken.is_some());
    }
}
