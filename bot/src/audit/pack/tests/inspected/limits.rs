//! The largest that a file of a pack can be, and what a leaf can say.

use bellwether_tlog::tree::{Edge, leaf_hash};

use super::forging::{leaves, rewrite, sum_up};
use super::*;

#[tokio::test]
async fn no_file_is_longer_than_such_a_file_can_be() {
    let trial = sqlite().await;
    let (folder, terms) = rich(&trial).await;
    std::fs::create_dir(folder.join("tsa")).expect("a folder");
    std::fs::write(folder.join("tsa/example.pem"), "x").expect("a file");
    std::fs::write(folder.join("history/000000000011.anchors.jsonl"), "x").expect("a file");
    sum_up(&folder);
    assert_eq!(said(&folder, &terms), "nothing");
    for name in files(&folder, "") {
        let path = folder.join(&name);
        let bytes = std::fs::read(&path).expect("a file");
        // Sparse: it takes no space, and reading it would take forever.
        let file = std::fs::File::options().write(true).open(&path).expect("a file");
        if file.set_len(15 << 40).is_err() {
            file.set_len(1 << 40).expect("room for a sparse file");
        }
        let refused = said(&folder, &terms);
        assert!(refused.starts_with(&format!("{name}: ")), "{name}: {refused}");
        assert!(
            name == "SHA256SUMS" || refused.contains("bytes, which no such file needs"),
            "{refused}"
        );
        std::fs::write(&path, bytes).expect("the old bytes");
    }
    for number in 0..40 {
        std::fs::write(folder.join(format!("tsa/authority{number}.pem")), "x").expect("a file");
    }
    sum_up(&folder);
    let refused = said(&folder, &terms);
    assert!(refused.ends_with("is one file more than can be checked"), "{refused}");
}

/// Puts these leaves in the place of a pack's, under the log's own signature.
fn sign(trial: &Trial, folder: &Path, leaves: &[Vec<u8>]) {
    let mut edge = Edge::default();
    for leaf in leaves {
        edge.push(leaf_hash(leaf));
    }
    let key = load_key(&trial.evidence.key_file, &trial.evidence.origin).expect("the key reads");
    let head = key
        .expect("the key")
        .sign(&Checkpoint::of(&trial.evidence.origin, &edge));
    std::fs::write(folder.join("checkpoint"), head).expect("a file");
    rewrite(folder, leaves);
}

/// A pack of two leaves behind entry 0, the last of them changed by somebody who has the log's key.
async fn signed(edit: impl Fn(&str) -> String) -> Verdict {
    let trial = sqlite().await;
    let opened = leaf(&trial.chance, Kind::CycleOpened);
    let missed = crate::audit::samples::continuing(&trial.chance, Kind::CycleMissed, &opened);
    write(&trial.ledger, vec![opened, missed]).await.expect("leaves");
    let order = order(&trial, "pack");
    assert_eq!(summary(&trial, &order).await.size, 3);
    let mut whole = leaves(&order.out, 3);
    let text = String::from_utf8(whole[2].clone()).expect("ASCII");
    let edited = edit(&text);
    assert_ne!(edited, text);
    whole[2] = edited.into_bytes();
    sign(&trial, &order.out, &whole);
    checked(&order.out, &terms(&trial))
}

fn refused(verdict: &Verdict) -> String {
    verdict.broken.as_ref().map(ToString::to_string).unwrap_or_default()
}

#[tokio::test]
async fn a_kind_of_a_later_version_has_the_form_of_a_kind_and_is_remarked() {
    let as_kind = |kind: &'static str| signed(move |leaf| leaf.replace("cycle.missed", kind));
    let later = as_kind("cycle.praised").await;
    assert_eq!(later.broken, None);
    let remark = Remark::UnknownKind {
        kind: "cycle.praised".to_owned(),
        leaves: 1,
    };
    assert_eq!(later.remarks, [remark]);
    assert!(
        later.holds()
            && later
                .to_string()
                .contains("remark       leaves of the kind cycle.praised, which")
    );
    for kind in ["123456789012345678", "anna.example-passed.her-talk", "missed"] {
        let said = refused(&as_kind(kind).await);
        assert!(
            said.ends_with("leaf 2 is not in the form in which leaves are written"),
            "{kind}: {said}"
        );
    }
}

#[tokio::test]
async fn entry_0_is_no_record_that_another_continues() {
    let said = refused(&signed(|leaf| leaf.replace("\"of\":1", "\"of\":0")).await);
    assert!(said.ends_with("leaf 2 continues leaf 0, which is no record"), "{said}");
}

#[tokio::test]
async fn another_policy_in_the_pack_is_remarked() {
    let trial = sqlite().await;
    let (folder, terms) = rich(&trial).await;
    assert_eq!(checked(&folder, &terms).remarks, []);
    let path = folder.join("policy");
    let text = std::fs::read_to_string(&path).expect("the policy");
    let witness = Witness::new("witness.example.net", 3);
    std::fs::write(
        &path,
        text.replace(
            "quorum none\n",
            &format!("witness w {}\nquorum none\n", witness.cosigner),
        ),
    )
    .expect("an edit");
    sum_up(&folder);
    let verdict = checked(&folder, &terms);
    assert_eq!(
        (verdict.broken, &verdict.remarks[..]),
        (None, &[Remark::OtherPolicy][..])
    );
}

#[tokio::test]
async fn no_two_leaves_have_one_salt() {
    use base64::Engine;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64URL;
    let trial = sqlite().await;
    let answers = (0..2).map(|_| leaf(&trial.chance, Kind::CycleAnswered)).collect();
    write(&trial.ledger, answers).await.expect("leaves");
    let order = order(&trial, "pack");
    summary(&trial, &order).await;
    // By somebody who has the log's key: each leaf commits to a choice, with one salt in both.
    let salt = BASE64URL.encode([7; 32]);
    let line = |value: &str| BASE64URL.encode(format!(r#"["{salt}","choice","{value}"]"#));
    let mut whole = leaves(&order.out, 3);
    for (index, value) in [(1, "done"), (2, "not-yet")] {
        let mut changed = bellwether_tlog::leaf::Leaf::parse(&whole[index]).expect("a leaf");
        changed.sd[0] = bellwether_tlog::disclosure::digest(&line(value));
        changed.sd.sort_unstable();
        whole[index] = changed.bytes().expect("a short leaf");
        std::fs::create_dir_all(order.out.join("disclosures")).expect("a folder");
        let file = order.out.join(format!("disclosures/{index:012}.sd"));
        std::fs::write(file, line(value) + "\n").expect("a file");
    }
    sign(&trial, &order.out, &whole);
    assert_eq!(
        said(&order.out, &terms(&trial)),
        "disclosures/000000000002.sd: has the salt of a field of leaf 1, so that whoever is shown one can guess the other"
    );
}
