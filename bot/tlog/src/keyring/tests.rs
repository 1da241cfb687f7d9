use super::*;
use crate::key::Key;
use crate::random::tests::Chance;

const NAME: &str = "example.org/log";

fn keys(count: u64) -> Vec<Key> {
    (0..count).map(|seed| Key::draw(NAME, &Chance::seeded(seed))).collect()
}

fn note(size: u64, keys: &[&Key]) -> String {
    let checkpoint = Checkpoint {
        origin: NAME.to_owned(),
        size,
        root: [7; 32],
    };
    Key::sign_all(keys, &checkpoint)
}

/// The first key signs up to 11, the second from 11 to 12, the third from 12 on.
fn ring(keys: &[Key]) -> Keyring {
    let text = |place: usize| keys[place].vkey().to_string();
    let mut ring = Keyring::start(keys[0].vkey());
    ring.rotated(10, &text(1), &text(0)).expect("a rotation");
    ring.rotated(11, &text(2), &text(1)).expect("a rotation at once");
    ring
}

#[test]
fn each_checkpoint_is_signed_by_the_keys_of_its_time() {
    let keys = keys(3);
    let ring = ring(&keys);
    let [a, b, c] = &keys[..] else { panic!("three keys") };
    for (size, signers) in [
        (0, &[a][..]),
        (10, &[a]),
        (11, &[a, b]),
        (12, &[b, c]),
        (13, &[c]),
        (9_000, &[c]),
    ] {
        let opened = ring.open(&note(size, signers)).expect("signed in time");
        assert_eq!(opened.size, size);
    }
    assert_eq!(ring.handovers().collect::<Vec<_>>(), [11, 12]);
    assert_eq!((ring.first(), ring.current()), (&a.vkey(), &c.vkey()));
}

#[test]
fn a_missing_signature_is_refused_also_where_two_are_due() {
    let keys = keys(3);
    let ring = ring(&keys);
    let [a, b, c] = &keys[..] else { panic!("three keys") };
    for (size, signers) in [(10, &[b][..]), (11, &[a]), (11, &[b]), (12, &[c]), (13, &[])] {
        let unsigned = Err(CheckpointError::Note(NoteError::NotSigned));
        let found = match signers {
            [] => ring.open(&note(size, &[&self::keys(4)[3]])),
            signers => ring.open(&note(size, signers)),
        };
        assert_eq!(found, unsigned, "{size}");
    }
}

#[test]
fn a_retired_key_that_signs_is_named() {
    let keys = keys(3);
    let ring = ring(&keys);
    let [a, b, c] = &keys[..] else { panic!("three keys") };
    let id = |key: &Key| hex::encode(key.vkey().id());
    for (size, signers, retired) in [(13, &[a, c][..], (a, 10)), (13, &[b, c], (b, 11)), (40, &[a], (a, 10))] {
        let error = ring.open(&note(size, signers)).expect_err("a retired key signed");
        let (key, leaf) = (id(retired.0), retired.1);
        assert_eq!(error, CheckpointError::Retired { key, leaf }, "{size}");
    }
}

#[test]
fn a_wrong_signature_or_another_log_is_refused() {
    let keys = keys(3);
    let ring = ring(&keys);
    let good = note(11, &[&keys[0], &keys[1]]);
    let moved = good.replacen("\n11\n", "\n10\n", 1);
    assert_eq!(ring.open(&moved), Err(CheckpointError::Note(NoteError::WrongSignature)));
    let mut witnessed = good;
    witnessed.push_str("\u{2014} witness.example af4A1wAAAAA=\n");
    assert!(ring.open(&witnessed).is_ok(), "a stranger's signature is passed over");
    let stray = Key::sign_all(
        &[&keys[2]],
        &Checkpoint {
            origin: "other.org/log".to_owned(),
            size: 20,
            root: [7; 32],
        },
    );
    let other = Err(CheckpointError::OtherOrigin("other.org/log".to_owned()));
    assert_eq!(ring.open(&stray), other);
    assert!(ring.open("").is_err());
}

#[test]
fn a_leaf_that_does_not_fit_hands_nothing_over() {
    let keys = keys(4);
    let text: Vec<String> = keys.iter().map(|key| key.vkey().to_string()).collect();
    let mut ring = ring(&keys);
    let before = ring.clone();
    let stranger = Key::draw("other.org/log", &Chance::seeded(9)).vkey().to_string();
    for (index, vkey, retires, error) in [
        (20, "", text[2].as_str(), RotationError::Form),
        (20, &stranger, &text[2], RotationError::Form),
        (20, &text[3], &text[1], RotationError::NotInForce),
        (20, &text[0], &text[2], RotationError::Reused),
        (11, &text[3], &text[2], RotationError::Order),
    ] {
        assert_eq!(ring.rotated(index, vkey, retires), Err(error));
    }
    assert_eq!(ring, before);
    assert_eq!(ring.retired_by(&keys[0].vkey()), Some(10));
    assert_eq!(ring.retired_by(&keys[2].vkey()), None);
    assert!(ring.knows(&keys[1].vkey()) && !ring.knows(&keys[3].vkey()));
}

#[test]
fn a_log_has_no_more_keys_than_can_be_checked() {
    let keys = keys(MOST as u64 + 1);
    let text = |place: usize| keys[place].vkey().to_string();
    let mut ring = Keyring::start(keys[0].vkey());
    for place in 1..MOST {
        ring.rotated(place as u64, &text(place), &text(place - 1))
            .expect("a rotation");
    }
    let one_more = ring.rotated(MOST as u64, &text(MOST), &text(MOST - 1));
    assert_eq!(one_more, Err(RotationError::TooMany));
}
