use der::Decode;
use proptest::prelude::*;

use super::*;
use crate::evidence::time_stamp::{SIGNED_DATA, TST_INFO, WORDS};

fn query() -> Query {
    Query::over(b"abc", &Chance::seeded(1))
}

#[test]
fn a_request_is_written_as_the_standard_says() {
    let bytes = query().der().expect("it is written");
    let request = TimeStampReq::from_der(&bytes).expect("it reads back");
    assert!(request.cert_req && request.req_policy.is_none());
    assert_eq!(
        request.message_imprint.hashed_message.as_bytes(),
        Sha256::digest(b"abc").as_slice()
    );
    let nonce = request.nonce.expect("a nonce");
    assert_eq!(nonce.as_bytes(), query().nonce);
    assert_ne!(Query::over(b"abc", &Chance::seeded(2)).nonce, query().nonce);
}

/// A reply by hand, so that each part can be wrong.
fn reply(info: &[u8]) -> Vec<u8> {
    let octets = tlv(0x04, info);
    let encapsulated = tlv(0x30, &[TST_INFO.to_der().expect("an OID"), tlv(0xa0, &octets)].concat());
    // Two signers' digests in no order, and certificates that are none.
    let digests = tlv(0x31, &[tlv(0x30, &[0x05, 0]), tlv(0x30, &[])].concat());
    let rest = tlv(0xa0, b"\x30\x01\x00");
    let signed = tlv(0x30, &[vec![2, 1, 3], digests, encapsulated, rest].concat());
    let token = tlv(
        0x30,
        &[SIGNED_DATA.to_der().expect("an OID"), tlv(0xa0, &signed)].concat(),
    );
    tlv(0x30, &[vec![0x30, 3, 2, 1, 1], token].concat())
}

fn tlv(tag: u8, value: &[u8]) -> Vec<u8> {
    let length = u8::try_from(value.len()).ok().filter(|length| *length < 0x80);
    let mut bytes = match length {
        Some(length) => vec![tag, length],
        None => vec![tag, 0x82, (value.len() >> 8) as u8, value.len() as u8],
    };
    // DER wants the shortest form.
    if length.is_none() && value.len() < 0x100 {
        bytes = vec![tag, 0x81, value.len() as u8];
    }
    bytes.extend_from_slice(value);
    bytes
}

fn info(time: &[u8], nonce: &[u8]) -> Vec<u8> {
    let imprint = [
        tlv(0x30, &[SHA_256.to_der().expect("an OID"), vec![5, 0]].concat()),
        tlv(0x04, &Sha256::digest(b"abc")),
    ];
    let parts = [
        vec![2, 1, 1],
        tlv(0x06, &[0x2a, 3, 4, 1]),
        tlv(0x30, &imprint.concat()),
        vec![2, 2, 1, 0],
        tlv(0x18, time),
        // Accuracy holds INTEGERs, too, but inside a SEQUENCE.
        tlv(0x30, &[2, 1, 1]),
        vec![1, 1, 0xff],
        tlv(0x02, nonce),
        tlv(0xa0, b"somebody"),
    ];
    tlv(0x30, &parts.concat())
}

#[test]
fn a_fitting_reply_tells_time_and_number() {
    let nonce = query().nonce;
    for (time, told) in [
        (&b"20261123090000Z"[..], "2026-11-23T09:00:00Z"),
        (b"20261123090000.358Z", "2026-11-23T09:00:00.358Z"),
    ] {
        let stamp = query().check(&reply(&info(time, &nonce))).expect("it fits");
        assert_eq!((stamp.time.as_str(), stamp.serial.as_str()), (told, "0100"));
    }
    for wrong in [
        "20261123090000",
        "2026112309000Z",
        "20261123090000.Z",
        "20261123090000+01",
        "",
    ] {
        let checked = query().check(&reply(&info(wrong.as_bytes(), &nonce)));
        assert_eq!(checked, Err(Unfit::Malformed), "{wrong}");
    }
}

#[test]
fn a_reply_for_somebody_else_does_not_fit() {
    let other = Query::over(b"abc", &Chance::seeded(2)).nonce;
    let foreign = reply(&info(b"20261123090000Z", &other));
    assert_eq!(query().check(&foreign), Err(Unfit::OtherNonce));
    let fitting = reply(&info(b"20261123090000Z", &query().nonce));
    assert_eq!(
        Query {
            imprint: [0; 32],
            ..query()
        }
        .check(&fitting),
        Err(Unfit::OtherImprint)
    );
    let place = fitting
        .windows(4)
        .position(|four| four == [0x01, 0x09, 0x10, 0x01])
        .expect("the type");
    let mut other_type = fitting;
    other_type[place + 4] = 5;
    assert_eq!(query().check(&other_type), Err(Unfit::OtherContent));
}

#[test]
fn what_an_authority_says_is_cut_and_cleaned() {
    let words = format!("a\u{1b}[31m{}", "x".repeat(300));
    let text = tlv(0x30, &tlv(0x0c, words.as_bytes()));
    let status = tlv(0x30, &[vec![2, 1, 2], text].concat());
    let Err(Unfit::Refused { status, words }) = query().check(&tlv(0x30, &status)) else {
        panic!("it is refused");
    };
    assert_eq!(status, 2);
    assert!(words.len() <= WORDS + 2 && !words.contains('\u{1b}'), "{words:?}");
}

proptest! {
    #[test]
    fn no_reply_makes_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        prop_assert!(query().check(&bytes).is_err());
    }

    #[test]
    fn no_changed_reply_makes_it_panic(at in 0..300usize, byte: u8) {
        let mut bytes = reply(&info(b"20261123090000Z", &query().nonce));
        let at = at % bytes.len();
        bytes[at] = byte;
        drop(query().check(&bytes));
    }
}
