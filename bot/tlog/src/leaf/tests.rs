use proptest::prelude::*;

use super::*;
use crate::kind::Statement;
use crate::new_leaf::{LeafError, NewLeaf, RecordId};
use crate::random::tests::Chance;

fn leaf(kind: Kind, values: Vec<String>) -> NewLeaf {
    NewLeaf::new(
        RecordId::new("0123456789abcdef0123456789abcdef"),
        Statement { kind, values },
    )
}

#[test]
fn the_bytes_are_these() {
    let new = leaf(Kind::CycleMissed, vec!["no answer".to_owned()]);
    let (sealed, fields) = new.seal(Millis(1_795_335_330_123), Some(7), &Chance::seeded(1));
    let bytes = String::from_utf8(sealed.bytes().expect("a short leaf")).expect("ASCII");
    let digest = disclosure::digest(&fields[0].text);
    assert_eq!(
        bytes,
        format!(
            r#"{{"at":"2026-11-22T08:15:30.123Z","kind":"cycle.missed","of":7,"rec":"0123456789abcdef0123456789abcdef","sd":["{digest}"],"v":1}}"#
        )
    );
    let genesis = Leaf::genesis(Millis(0), "0".repeat(32), "example.org/log", "example.org/log+00+A");
    assert_eq!(
        String::from_utf8(genesis.bytes().expect("a short leaf")).expect("ASCII"),
        r#"{"at":"1970-01-01T00:00:00.000Z","kind":"log.genesis","origin":"example.org/log","rec":"00000000000000000000000000000000","sd":[],"v":1,"vkey":"example.org/log+00+A"}"#
    );
    let second = Leaf {
        prior: Some(Prior {
            origin: "example.org/log".to_owned(),
            root: "A=".to_owned(),
            size: 7,
        }),
        reason: Some("key-lost".to_owned()),
        ..genesis
    };
    assert_eq!(
        String::from_utf8(second.bytes().expect("a short leaf")).expect("ASCII"),
        r#"{"at":"1970-01-01T00:00:00.000Z","kind":"log.genesis","origin":"example.org/log","prior":{"origin":"example.org/log","root":"A=","size":7},"reason":"key-lost","rec":"00000000000000000000000000000000","sd":[],"v":1,"vkey":"example.org/log+00+A"}"#
    );
    let rotation = Leaf::rotation(
        Millis(0),
        "0".repeat(32),
        "example.org/log+11+B",
        "example.org/log+00+A",
    );
    assert_eq!(
        String::from_utf8(rotation.bytes().expect("a short leaf")).expect("ASCII"),
        r#"{"at":"1970-01-01T00:00:00.000Z","kind":"key.rotated","rec":"00000000000000000000000000000000","retires":"example.org/log+00+A","sd":[],"v":1,"vkey":"example.org/log+11+B"}"#
    );
}

#[test]
fn only_the_written_form_reads_back() {
    let new = leaf(Kind::OutageEnded, vec!["1".to_owned(), "2".to_owned()]);
    let (sealed, _) = new.seal(Millis(5), None, &Chance::seeded(1));
    let bytes = sealed.bytes().expect("a short leaf");
    assert_eq!(Leaf::parse(&bytes), Some(sealed.clone()));
    let text = String::from_utf8(bytes).expect("ASCII");
    for wrong in [
        text.replace(",\"v\":1", ",\"v\":2"),
        text.replace(",\"v\"", ", \"v\""),
        text.replace("{\"at\"", "{\"a\":1,\"at\""),
        text.replace(".005Z", "Z"),
        text.replace(".005Z", ".005+00:00"),
        text.replace("0123456789abcdef0", "0123456789ABCDEF0"),
        text.replace(&sealed.sd[0], &sealed.sd[1]),
    ] {
        assert_eq!(Leaf::parse(wrong.as_bytes()), None, "{wrong}");
    }
}

#[test]
fn what_is_no_record_or_the_logs_own_is_refused() {
    let mut wrong = leaf(Kind::LogHeartbeat, Vec::new());
    wrong.rec = RecordId::new("0123456789ABCDEF0123456789ABCDEF");
    assert_eq!(wrong.check(), Err(LeafError::Record));
    assert_eq!(
        leaf(Kind::LogGenesis, Vec::new()).check(),
        Err(LeafError::Reserved("log.genesis"))
    );
    assert_eq!(
        leaf(Kind::KeyRotated, Vec::new()).check(),
        Err(LeafError::Reserved("key.rotated"))
    );
}

/// What was written must stay what it is, whatever happens to the declarations of the kinds.
#[test]
fn every_kind_keeps_its_bytes() {
    let lines = Kind::ALL.map(|kind| {
        let values = kind.fields().iter().map(|name| format!("the {name}")).collect();
        let (sealed, disclosures) = leaf(kind, values).seal(Millis(1_795_335_330_123), Some(7), &Chance::seeded(9));
        let mut bytes = sealed.bytes().expect("a short leaf");
        bytes.extend(disclosures.iter().flat_map(|disclosure| disclosure.text.bytes()));
        let digest = <sha2::Sha256 as sha2::Digest>::digest(&bytes);
        format!("{} {}", kind.name(), &hex::encode(digest)[..16])
    });
    insta::assert_snapshot!(lines.join("\n"), @r"
    log.genesis d22fac262fcf2062
    log.heartbeat d85f60c53bd49221
    log.recovered 961681e8f95a38b8
    log.audited 284dbcbe6e11a0a9
    anchor.published b1c06ab6101643d0
    key.rotated 46daccfbbca5959b
    record.erased 17d28d6771491fab
    records.erased 38c1d536a2a69cb0
    catalogue.changed d94eb01c67c13aa7
    schedule.changed ee1493165d2dfbcd
    program.started 1b5418b9c79940a4
    program.stopped 72d14ff8e85768aa
    outage.ended 4409d58d02ba2bc8
    cycle.opened ee53fcab5649a7b4
    cycle.delivered 960905673dee3d78
    cycle.undelivered 13417bcc220f2f37
    cycle.answered 6dbaef181df58bed
    cycle.answered-late 84b8729179fd7725
    cycle.missed 854158438a2ff052
    cycle.excused 4f03dc62e00432d9
    cycle.cancelled 00c0fb0303d3624f
    cycle.extended d9f0b2ab91878a71
    answer.noted 789d2afd289c0685
    answer.amended 35ba57ac772a7c9f
    answer.retracted 5972f08d9cfdad4a
    absence.entered f52e5fa29dfa207e
    pack.disclosed d00ddff8b6904c94
    handler.keys ddcc17d7310d0f63
    concerns.digest cfe06857ca3ec7f8
    absence.recorded e01f9bcf2bdaf806
    tables.checked 19f68e4f05004e6c
    absence.shortened cb62ac9a461360bc
    absence.withdrawn 8ea4f5b07eb9047d
    ");
}

proptest! {
    #[test]
    fn no_leaf_carries_a_value(
        kind in proptest::sample::select(&Kind::ALL[1..]).prop_filter("the log's own", |kind| *kind != Kind::KeyRotated),
        values in proptest::collection::vec("[0-9]{12,19}|[A-Za-zäß ]{9,30}", 11),
        at in 0_i64..4_102_444_800_000,
        seed: u64,
    ) {
        let values = values[..kind.fields().len()].to_vec();
        let new = leaf(kind, values.clone());
        prop_assert_eq!(new.check(), Ok(()));
        let (sealed, disclosures) = new.seal(Millis(at), Some(3), &Chance::seeded(seed));
        let bytes = sealed.bytes().expect("a short leaf");
        let text = String::from_utf8(bytes.clone()).expect("ASCII");
        for (value, disclosure) in values.iter().zip(&disclosures) {
            prop_assert!(!text.contains(value.as_str()));
            prop_assert!(!text.contains(&disclosure.text));
            prop_assert!(sealed.sd.contains(&disclosure::digest(&disclosure.text)));
        }
        prop_assert!(sealed.has_its_fields());

        // Another program's RFC 8785 form is the same.
        let read: serde_json::Value = serde_json::from_slice(&bytes).expect("JSON");
        prop_assert_eq!(serde_json_canonicalizer::to_vec(&read).expect("JSON"), bytes);
        prop_assert!(text.is_ascii());
    }
}

#[test]
fn there_is_no_place_for_a_text() {
    let later = Leaf {
        kind: "some.later-kind".to_owned(),
        sd: vec![disclosure::digest("x")],
        ..Leaf::bare(Kind::LogHeartbeat, Millis(0))
    };
    let later = Leaf {
        rec: "0123456789abcdef0123456789abcdef".to_owned(),
        ..later
    };
    let reads = |leaf: &Leaf| Leaf::parse(&leaf.bytes().expect("a short leaf")).is_some();
    assert!(reads(&later), "a later version may bring a kind");
    for kind in [
        "",
        "Herbert said: I quit",
        "herbert_said",
        "müller.x",
        "123456789012345678",
        "id.123456789012345678",
        "anna.example-passed.her-talk",
        "later",
        ".later",
        "some.",
        "some.-kind",
        "some.later--kind",
        "some.kind2",
        &format!("x.{}", "x".repeat(63)),
    ] {
        let kind = kind.to_owned();
        assert!(!reads(&Leaf { kind, ..later.clone() }));
    }
    for digest in ["", "x", "Herbert said I quit and nobody will know", &"B".repeat(43)] {
        let sd = vec![digest.to_owned()];
        assert!(!reads(&Leaf { sd, ..later.clone() }));
    }
    let reason = Some("because Herbert quit".to_owned());
    assert!(!reads(&Leaf { reason, ..later }));
}

#[test]
fn the_log_before_is_named_with_its_checkpoint_and_the_reason() {
    let root = "M++0x1KfsnfR3quVPIfDcqMSgt3hiRO5/KimHKl1Iyo=".to_owned();
    let prior = Prior {
        origin: "example.org/log".to_owned(),
        root,
        size: 7,
    };
    let genesis = Leaf::genesis(Millis(0), String::new(), "example.org/log/2", "a key");
    let names = |prior: Option<Prior>, reason: Option<&str>| {
        let reason = reason.map(str::to_owned);
        let leaf = Leaf {
            prior,
            reason,
            ..genesis.clone()
        };
        leaf.names_prior_whole()
    };
    assert!(names(None, None) && names(Some(prior.clone()), Some("key-lost")));
    assert!(!names(Some(prior.clone()), None) && !names(None, Some("key-lost")));
    let spoilt = Prior {
        root: "zz".to_owned(),
        ..prior
    };
    assert!(!names(Some(spoilt), Some("key-lost")));
}

#[test]
fn every_kind_has_the_form_of_a_kind() {
    for kind in Kind::ALL {
        assert!(is_kind(kind.name()), "{}", kind.name());
    }
}
