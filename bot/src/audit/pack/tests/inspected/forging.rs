//! Packs by somebody who can compute everything that we can, and packs over a changed key.

use bellwether_tlog::bundle;
use bellwether_tlog::note::Vkey;
use bellwether_tlog::tile_path::{Content, TilePath};
use bellwether_tlog::tree::{Edge, leaf_hash};

use super::*;
use crate::evidence::{Log, Rotated, Rotation, rotate};

pub(super) fn leaves(folder: &Path, size: u64) -> Vec<Vec<u8>> {
    let mut found = Vec::new();
    for path in TilePath::all(Content::Entries, size) {
        let bytes = std::fs::read(folder.join(path.to_string())).expect("a bundle");
        found.extend(bundle::leaves(&bytes).map(|leaf| leaf.expect("a leaf").to_vec()));
    }
    found
}

/// Writes bundles, tiles and sums anew, as they should be over these leaves.
pub(super) fn rewrite(folder: &Path, leaves: &[Vec<u8>]) {
    let write = |path: TilePath, bytes: &[u8]| std::fs::write(folder.join(path.to_string()), bytes).expect("a tile");
    let (mut edge, mut bundle) = (Edge::default(), Vec::new());
    for leaf in leaves {
        bundle::push(&mut bundle, leaf).expect("a short leaf");
        for tile in edge.push(leaf_hash(leaf)) {
            if tile.level == 0 {
                write(TilePath::full(Content::Entries, tile.n), &std::mem::take(&mut bundle));
            }
            write(TilePath::full(Content::Hashes(tile.level), tile.n), &tile.bytes());
        }
    }
    for content in TilePath::contents(edge.size()) {
        let Some(path) = TilePath::partial(content, edge.size()) else {
            continue;
        };
        match content {
            Content::Entries => write(path, &bundle),
            Content::Hashes(level) => write(path, &edge.partial(level).concat()),
        }
    }
    sum_up(folder);
}

/// Writes the sums anew.
pub(super) fn sum_up(folder: &Path) {
    let sums = files(folder, "").into_iter().filter(|name| name != "SHA256SUMS");
    let line = |name: String| {
        let bytes = std::fs::read(folder.join(&name)).expect("a file");
        format!(
            "{}  {name}\n",
            hex::encode(<sha2::Sha256 as sha2::Digest>::digest(bytes))
        )
    };
    std::fs::write(folder.join("SHA256SUMS"), sums.map(line).collect::<String>()).expect("sums");
}

#[tokio::test]
async fn a_changed_leaf_with_all_its_tiles_has_another_root_than_was_signed() {
    let trial = sqlite().await;
    let (folder, terms) = rich(&trial).await;
    let whole = leaves(&folder, 301);
    rewrite(&folder, &whole);
    assert_eq!(said(&folder, &terms), "nothing");
    for index in [1, 100, 255, 256, 300] {
        let mut changed = whole.clone();
        let text = String::from_utf8(changed[index].clone()).expect("ASCII");
        changed[index] = text.replace("\"kind\":\"cycle.", "\"kind\":\"other.").into_bytes();
        assert_ne!(changed, whole);
        rewrite(&folder, &changed);
        assert_eq!(
            said(&folder, &terms),
            "checkpoint: has another root than the leaves that it covers",
            "leaf {index}"
        );
    }
}

/// A log with this kind of leaf as its second, published at two sizes, and its pack.
async fn variant(kind: Kind) -> (Trial, PathBuf, String) {
    let trial = sqlite().await;
    write(&trial.ledger, vec![leaf(&trial.chance, kind)])
        .await
        .expect("a leaf");
    grow(&trial.ledger, &trial.chance, 8).await.expect("leaves");
    let (_, kept) = publish(&trial).await;
    grow(&trial.ledger, &trial.chance, 5).await.expect("leaves");
    publish(&trial).await;
    let order = order(&trial, "pack");
    summary(&trial, &order).await;
    (trial, order.out, kept)
}

#[tokio::test]
async fn a_rewrite_with_the_real_key_is_caught_by_what_was_kept() {
    let (trial, real, kept) = variant(Kind::CycleMissed).await;
    // The same key signs the log with another leaf, from its second entry on.
    let (twin, forged, _) = variant(Kind::CycleCancelled).await;
    let terms = terms(&trial);
    assert_eq!(said(&real, &terms), "nothing");
    assert_eq!(said(&forged, &terms), "nothing", "where nobody kept anything");

    let auditor = Terms {
        prior: Some(kept.clone()),
        ..terms.clone()
    };
    assert_eq!(said(&real, &auditor), "nothing");
    assert!(said(&forged, &auditor).ends_with("The log was rewritten"));

    // What was published cannot be changed in the channel: put beside the pack it reveals the forgery.
    std::fs::write(forged.join("history/000000000010.checkpoint"), kept).expect("a file");
    assert_eq!(
        said(&forged, &terms),
        "history/000000000010.checkpoint: has another root than the first 10 leaves"
    );

    // And the bot itself does not go on from such a database.
    trial.ledger.close().await;
    let refused = Log::open(&twin.db, &trial.evidence, trial.chance.clone()).await;
    let refused = format!("{:#}", refused.expect_err("the guard remembers"));
    assert!(
        refused.contains("does not continue the checkpoint of 15 leaves"),
        "{refused}"
    );
}

fn trusting(vkeys: &[&Vkey]) -> Policy {
    let mut lines: Vec<String> = vkeys.iter().map(|vkey| format!("log {vkey}")).collect();
    lines.push("quorum none\n".to_owned());
    Policy::parse(lines.join("\n").as_bytes()).expect("a policy")
}

#[tokio::test]
async fn a_pack_over_a_changed_key_holds_for_who_knows_either_key() {
    for trial in trial::databases(Millis(0)).await {
        grow(&trial.ledger, &trial.chance, 5).await.expect("leaves");
        publish(&trial).await;
        let rotation = rotate(&trial.db, &trial.evidence, Millis(0), &trial.chance).await;
        let Rotation::Done(rotated) = rotation.expect("a change of keys") else {
            panic!("the key is not changed");
        };
        let Rotated { vkey, retired, .. } = *rotated;
        grow(&trial.ledger, &trial.chance, 3).await.expect("the new key signs");
        publish(&trial).await;
        let order = order(&trial, "pack");
        summary(&trial, &order).await;
        let stranger = create_key(
            &trial.folder.path().join("other"),
            "trial.example.org/log",
            &trial.chance,
        );
        let stranger = stranger.expect("a key").vkey();
        let handover = order.out.join("history/000000000007.checkpoint");
        let signed = std::fs::read_to_string(&handover).expect("the checkpoint that hands over");
        for (trusted, holds) in [
            (vec![&retired], true),
            (vec![&vkey], true),
            (vec![&retired, &vkey], true),
            (vec![&stranger], false),
        ] {
            let terms = Terms {
                policy: Some(trusting(&trusted)),
                ..terms(&trial)
            };
            let said = said(&order.out, &terms);
            assert_eq!(said == "nothing", holds, "{} {trusted:?}: {said}", trial.engine);
        }
        // An auditor who trusts only the old key is shown where it hands over, signed by both.
        let terms = Terms {
            policy: Some(trusting(&[&retired])),
            ..terms(&trial)
        };
        let checkpoint = note::text(&signed).expect("a note").parse().expect("a checkpoint");
        let new = load_key(&trial.evidence.key_file, &trial.evidence.origin);
        let alone = new.expect("the key reads").expect("the new key").sign(&checkpoint);
        std::fs::write(&handover, alone).expect("the old signature is gone");
        assert!(said(&order.out, &terms).starts_with("history/000000000007.checkpoint: "));
        std::fs::remove_file(&handover).expect("it goes");
        assert!(said(&order.out, &terms).starts_with("history/000000000007.checkpoint: is missing"));
    }
}
