mod inspected;
mod missing;
mod published;
mod times;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use entity::log_publication;
use sea_orm::{ActiveValue::Set, ConnectionTrait, EntityTrait};

use super::register::{Register, Registered};
use super::*;
use crate::audit::samples::{continuing, erasure, grow, leaf, say, write};
use crate::clock::Millis;
use crate::evidence::Kind;
use crate::evidence::inspect::{Terms, Unchecked, Verdict, inspect};
use crate::evidence::policy::Policy;
use crate::evidence::store as log;
use crate::trial::{self, Trial};

/// An order for everything, into a folder of that name beside the trial's database.
pub(crate) fn order(trial: &Trial, name: &str) -> Order {
    Order {
        out: trial.folder.path().join(name),
        tar: false,
        policy: None,
        chains: Vec::new(),
        scope: None,
        disclosing: None,
        incomplete: false,
    }
}

/// The trial's log in a pack.
pub(crate) async fn packed(trial: &Trial, order: &Order) -> Packed {
    let exported = export(&trial.db, order, &trial.chance, &|_, _| {}).await;
    exported.expect("an export")
}

pub(crate) async fn summary(trial: &Trial, order: &Order) -> Summary {
    match packed(trial, order).await {
        Packed::Done(summary) => summary,
        other => panic!("{other:?}"),
    }
}

/// Publishes the newest checkpoint.
pub(crate) async fn publish(trial: &Trial) -> (u64, String) {
    let newest = log::last_checkpoint(trial.db.reader()).await.expect("the database");
    let newest = newest.expect("a checkpoint");
    let row = log_publication::ActiveModel {
        size: Set(newest.size),
        note: Set(newest.note.clone()),
        published_at: Set(trial.clock.now().0),
    };
    let inserted = log_publication::Entity::insert(row)
        .exec_without_returning(&trial.db.writer())
        .await;
    inserted.expect("a publication");
    (newest.size as u64, newest.note)
}

/// What an auditor has who pinned the log's key when it began.
pub(crate) fn terms(trial: &Trial) -> Terms {
    let key = crate::evidence::load_key(&trial.evidence.key_file, &trial.evidence.origin);
    let vkey = key.expect("the key reads").expect("the key is there").vkey();
    Terms {
        policy: Some(Policy::parse(Policy::text_of(&vkey).as_bytes()).expect("a policy")),
        prior: None,
        min_size: None,
        fields: Vec::new(),
        authorities: None,
        max_wait: None,
        now: trial.clock.now(),
    }
}

pub(crate) fn checked(folder: &Path, terms: &Terms) -> Verdict {
    inspect(folder, terms, &|_, _| {}).expect("the pack is checked")
}

fn names(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    let mut open = vec![PathBuf::new()];
    while let Some(below) = open.pop() {
        for entry in std::fs::read_dir(folder.join(&below)).expect("a folder") {
            let entry = entry.expect("an entry");
            let path = below.join(entry.file_name());
            if entry.path().is_dir() {
                open.push(path);
            } else {
                found.push(path.display().to_string());
            }
        }
    }
    found.sort();
    found
}

#[tokio::test]
async fn a_pack_of_every_small_size_is_sound() {
    for trial in trial::databases(Millis(0)).await {
        assert_eq!(packed(&trial, &order(&trial, "none")).await, Packed::NoLog);
        trial.ledger.begin().await.expect("entry 0");
        let mut size = 1;
        for wanted in [1, 2, 3, 7, 8, 255, 256, 257, 511, 512, 513] {
            if wanted > size {
                grow(&trial.ledger, &trial.chance, wanted - size).await.expect("leaves");
            }
            size = wanted;
            if wanted != 256 {
                publish(&trial).await;
            }
            let order = order(&trial, &format!("pack-{wanted}"));
            let summary = summary(&trial, &order).await;
            let verdict = checked(&order.out, &terms(&trial));
            assert_eq!(verdict.broken, None, "{} {wanted}", trial.engine);
            assert!(verdict.holds());
            assert_eq!((verdict.leaves, verdict.root), (wanted as u64, summary.root));
            assert_eq!(verdict.history, summary.history);
            assert_eq!(verdict.files, summary.files);
        }
    }
}

/// Two members' weeks, the second one's answer given and published.
async fn weeks(trial: &Trial) {
    for member in ["7", "8"] {
        let mut opened = leaf(&trial.chance, Kind::CycleOpened);
        say(&mut opened, "organisation", "1");
        say(&mut opened, "member", member);
        let mut answered = continuing(&trial.chance, Kind::CycleAnswered, &opened);
        say(&mut answered, "author", member);
        let delivered = continuing(&trial.chance, Kind::CycleDelivered, &opened);
        write(&trial.ledger, vec![opened, delivered, answered])
            .await
            .expect("leaves");
        trial.clock.set(trial.clock.now() + Millis::DAY);
    }
}

fn disclosing(trial: &Trial, fields: &[&'static str]) -> Disclosing {
    Disclosing {
        fields: fields.to_vec(),
        to_whom: "Ms Example, Audit Ltd".to_owned(),
        ledger: trial.ledger.clone(),
    }
}

fn member(id: &str) -> Scope {
    Scope {
        members: BTreeSet::from([id.to_owned()]),
        ..Scope::default()
    }
}

#[tokio::test]
async fn a_scope_discloses_what_was_named_and_the_register_knows() {
    for trial in trial::databases(Millis(0)).await {
        weeks(&trial).await;
        publish(&trial).await;
        let order = Order {
            scope: Some(member("8")),
            disclosing: Some(disclosing(&trial, &["choice", "member", "message_id"])),
            ..order(&trial, "pack")
        };
        let summary = summary(&trial, &order).await;
        assert_eq!(
            (summary.proofs, summary.records, summary.disclosed, summary.erased),
            (3, 3, 3, 0)
        );
        let verdict = checked(&order.out, &terms(&trial));
        assert_eq!(verdict.broken, None);
        assert_eq!((verdict.proofs, verdict.disclosed, verdict.leaves), (3, 3, 7));
        let text = std::fs::read_to_string(order.out.join("disclosures/000000000006.sd")).expect("a disclosure");
        let read = crate::evidence::disclosed(text.trim_end()).expect("one line");
        assert_eq!(read, ("choice".to_owned(), "the choice".to_owned()));

        // The leaf of the register came behind the pack's head.
        let handed = packs(trial.db.reader(), None).await.expect("the register");
        assert_eq!(handed.len(), 1);
        assert_eq!((handed[0].size, handed[0].records), (7, 3));
        assert_eq!(handed[0].fields, "choice, member, message_id");
        assert_eq!(handed[0].sha256, hex::encode(summary.sums));
        let found = index_of(trial.db.reader(), &handed[0].rec).await.expect("the log");
        assert_eq!(found, Some(7));
        for (index, holding) in [(3, 0), (4, 1), (5, 1), (6, 1), (7, 0)] {
            let handed = packs(trial.db.reader(), Some((&trial.evidence.origin, index)))
                .await
                .expect("the register");
            assert_eq!(handed.len(), holding, "leaf {index}");
        }
    }
}

#[tokio::test]
async fn nothing_is_disclosed_unless_it_is_named() {
    for trial in trial::databases(Millis(0)).await {
        weeks(&trial).await;
        let order = Order {
            scope: Some(member("7")),
            ..order(&trial, "pack")
        };
        let summary = summary(&trial, &order).await;
        assert_eq!((summary.proofs, summary.records, summary.disclosed), (3, 0, 0));
        let files = names(&order.out);
        assert!(!files.iter().any(|name| name.starts_with("disclosures/")), "{files:?}");
        assert_eq!(
            files,
            [
                "README.txt",
                "SHA256SUMS",
                "checkpoint",
                "policy",
                "proofs/000000000001@000000000007.tlog-proof",
                "proofs/000000000002@000000000007.tlog-proof",
                "proofs/000000000003@000000000007.tlog-proof",
                "tile/0/000.p/7",
                "tile/entries/000.p/7",
            ]
        );
        assert_eq!(packs(trial.db.reader(), None).await.expect("the register"), []);
        let readme = std::fs::read_to_string(order.out.join("README.txt")).expect("the README");
        assert!(
            readme.contains("Nothing is disclosed") && !readme.contains(" {"),
            "{readme}"
        );
    }
}

#[tokio::test]
async fn an_erasure_on_the_way_undoes_the_pack() {
    for trial in trial::databases(Millis(0)).await {
        weeks(&trial).await;
        let mut register = Register::new(trial.ledger.clone(), trial.chance.id());
        for index in [1, 2, 6] {
            register.hold(index).await.expect("a record");
        }
        let handed = Handed {
            rec: register.rec.clone(),
            origin: trial.evidence.origin.clone(),
            at: Millis(0),
            to_whom: "x".to_owned(),
            scope: "x".to_owned(),
            fields: "x".to_owned(),
            size: 7,
            records: 3,
            sha256: "x".to_owned(),
        };
        let rows = store::leaves(trial.db.reader(), 6..7).await.expect("a leaf");
        let of = crate::evidence::Leaf::parse(&rows[0].1).expect("a leaf").rec;
        let erased = erasure(&trial.chance, &crate::ids::RecordId::new(of), "reason");
        write(&trial.ledger, vec![erased]).await.expect("an erasure");
        let entered = register.enter(handed).await.expect("the register");
        assert_eq!(entered, Registered::ErasedMeanwhile);
        assert_eq!(packs(trial.db.reader(), None).await.expect("the register"), []);
    }
}

/// Changes a leaf without the triggers noticing.
async fn tamper(trial: &Trial) {
    let on = if trial.engine == "sqlite" { "" } else { " ON log_leaf" };
    let (bytes, digits) = (
        store::leaves(trial.db.reader(), 2..3).await.expect("a leaf"),
        |bytes: &[u8]| hex::encode(bytes),
    );
    let changed = String::from_utf8(bytes[0].1.clone())
        .expect("ASCII")
        .replace("cycle.missed", "cycle.opened");
    let blob = match trial.engine {
        "sqlite" => format!("X'{}'", digits(changed.as_bytes())),
        _ => format!("'\\x{}'::bytea", digits(changed.as_bytes())),
    };
    for sql in [
        format!("DROP TRIGGER log_leaf_no_update{on}"),
        format!("UPDATE log_leaf SET leaf = {blob} WHERE idx = 2"),
    ] {
        trial.db.writer().execute_unprepared(&sql).await.expect("it runs");
    }
}

#[tokio::test]
async fn nothing_is_overwritten_and_nothing_half_is_left() {
    for trial in trial::databases(Millis(0)).await {
        grow(&trial.ledger, &trial.chance, 5).await.expect("leaves");
        let order = order(&trial, "pack");
        std::fs::create_dir(&order.out).expect("a folder");
        std::fs::write(order.out.join("mine"), "x").expect("a file");
        assert_eq!(packed(&trial, &order).await, Packed::Occupied);
        assert_eq!(names(&order.out), ["mine"]);
        std::fs::remove_file(order.out.join("mine")).expect("an empty folder");
        summary(&trial, &order).await;
        assert_eq!(packed(&trial, &order).await, Packed::Occupied);

        let nowhere = self::order(&trial, "missing/folder/pack");
        let refused = export(&trial.db, &nowhere, &trial.chance, &|_, _| {}).await;
        assert!(refused.is_err());
        // A log that does not have the root that was signed gives no pack.
        tamper(&trial).await;
        let refused = export(&trial.db, &self::order(&trial, "broken"), &trial.chance, &|_, _| {}).await;
        let refused = format!("{:#}", refused.expect_err("a changed leaf"));
        assert!(refused.contains("does not have the root that was signed"), "{refused}");
        let left: Vec<String> = names(trial.folder.path())
            .into_iter()
            .filter(|name| name.contains("unfinished"))
            .collect();
        assert_eq!(left, [""; 0]);
    }
}

#[tokio::test]
async fn an_archive_holds_the_same_files() {
    for trial in trial::databases(Millis(0)).await {
        weeks(&trial).await;
        let folder = order(&trial, "evidence");
        summary(&trial, &folder).await;
        let archive = Order {
            tar: true,
            ..order(&trial, "evidence.tar")
        };
        summary(&trial, &archive).await;
        assert_eq!(packed(&trial, &archive).await, Packed::Occupied);
        let out = trial.folder.path().join("unpacked");
        let file = std::fs::File::open(&archive.out).expect("the archive");
        tar::Archive::new(file).unpack(&out).expect("it unpacks");
        let unpacked = out.join("evidence");
        assert_eq!(names(&unpacked), names(&folder.out));
        for name in names(&unpacked) {
            let [one, other] = [&unpacked, &folder.out].map(|root| std::fs::read(root.join(&name)).expect("a file"));
            assert_eq!(one, other, "{name}");
        }
        assert_eq!(checked(&unpacked, &terms(&trial)).broken, None);
    }
}

#[tokio::test]
async fn without_a_policy_it_says_what_was_not_shown() {
    for trial in trial::databases(Millis(0)).await {
        weeks(&trial).await;
        let order = order(&trial, "pack");
        summary(&trial, &order).await;
        let terms = Terms {
            policy: None,
            ..terms(&trial)
        };
        let verdict = checked(&order.out, &terms);
        assert_eq!(verdict.broken, None);
        assert!(!verdict.holds());
        let [Unchecked::NoPolicy { vkey }] = &verdict.unchecked[..] else {
            panic!("{:?}", verdict.unchecked);
        };
        assert_eq!(*vkey, verdict.keys[0]);
    }
}
