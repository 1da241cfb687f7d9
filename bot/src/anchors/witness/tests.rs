use url::Url;

use super::*;
use crate::evidence::checkpoint::Checkpoint;

const KEY: &str = "witness.example/w1";

fn witness() -> Witness {
    // The key is that of C2SP's example with another type; no signature of it is checked here.
    let key = ed25519_dalek::SigningKey::from_bytes(&[7; 32]).verifying_key();
    let bytes = [&[4][..], key.as_bytes()].concat();
    let digest = <sha2::Sha256 as sha2::Digest>::digest([KEY.as_bytes(), b"\n", &bytes].concat());
    let encoded = base64::Engine::encode(&base64::engine::general_purpose::STANDARD, bytes);
    let text = format!("{KEY}+{}+{encoded}", hex::encode(&digest[..4]));
    Witness {
        key: text.parse().expect("a key"),
        url: Url::parse("http://127.0.0.1:1/add-checkpoint").expect("a URL"),
    }
}

fn head() -> Signed {
    let checkpoint = Checkpoint {
        origin: "o".to_owned(),
        size: 10,
        root: [0; 32],
    };
    let note = format!("{checkpoint}\n\u{2014} o AAAAAAAA\n");
    Signed { checkpoint, note }
}

fn answer(status: u16, content_type: &str, body: &str) -> Answer {
    Answer {
        status,
        content_type: content_type.to_owned(),
        retry_after: None,
        body: body.as_bytes().to_vec(),
    }
}

#[test]
fn a_conflict_is_a_new_start_a_cut_log_or_another_log() {
    let (witness, head) = (witness(), head());
    let next = |old, body: &str| next(&witness, &head, old, &answer(409, SIZE, body));
    assert_eq!(next(0, "7\n"), Next::From(7));
    assert_eq!(next(7, "0\n"), Next::From(0));
    assert_eq!(next(7, "10\n"), Next::From(10));
    assert_eq!(next(7, "11\n"), Next::Knows(11));
    assert!(matches!(next(10, "10\n"), Next::Settled(Word::Forked(_))));
    assert!(matches!(next(10, ""), Next::Settled(Word::Forked(_))));
    for nonsense in ["", "7", "x\n", "-7\n", "7\n7\n", "99999999999999999999\n"] {
        assert!(matches!(next(3, nonsense), Next::Settled(Word::Not(_))), "{nonsense:?}");
    }
    let untyped = answer(409, "text/plain", "7\n");
    assert_eq!(conflict(&untyped), None);
}

#[test]
fn a_proof_that_does_not_hold_is_another_log() {
    let told = next(&witness(), &head(), 3, &answer(422, "text/plain", ""));
    assert!(matches!(told, Next::Settled(Word::Forked(_))));
}
