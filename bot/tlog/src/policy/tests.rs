use proptest::prelude::*;

use super::*;
use crate::key::Key;
use crate::random::tests::Chance;
use crate::samples::Witness as Signing;

const NAME: &str = "example.org/log";

fn key(seed: u64) -> Key {
    Key::draw(NAME, &Chance::seeded(seed))
}

fn note(key: &Key) -> String {
    key.sign(&Checkpoint {
        origin: NAME.to_owned(),
        size: 3,
        root: [7; 32],
    })
}

fn refused(text: &str) -> String {
    Policy::parse(text.as_bytes()).expect_err("a wrong policy").to_string()
}

/// Six witnesses in two groups of three, as in the standard's example.
fn two_groups() -> (Policy, Vec<Signing>, String) {
    let witnesses: Vec<_> = (1..=6).map(|seed| Signing::new(&format!("w{seed}"), seed)).collect();
    let mut text = format!(
        "# whom we trust\n\n  log\t{}  https://log.example.org/ \n",
        key(1).vkey()
    );
    for witness in &witnesses {
        let cosigner = &witness.cosigner;
        text += &format!("witness {} {cosigner}\n", cosigner.name());
    }
    text += "group X 2 w1 w2 w3\ngroup Y any w4 w5 w6\ngroup both all X Y\nquorum both\n";
    let policy = Policy::parse(text.as_bytes()).expect("a good policy");
    (policy, witnesses, text)
}

#[test]
fn a_quorum_is_counted_through_groups() {
    let (policy, witnesses, _) = two_groups();
    assert_eq!(policy.logs()[0].url.as_deref(), Some("https://log.example.org/"));
    assert_eq!(policy.witnesses().len(), 6);
    for (present, met) in [
        (&[][..], false),
        (&[0, 1], false),
        (&[0, 3], false),
        (&[0, 1, 3], true),
        (&[1, 2, 5], true),
        (&[3, 4, 5], false),
        (&[0, 1, 2, 3, 4, 5], true),
    ] {
        let cosigned = present.iter().fold(note(&key(1)), |note, number: &usize| {
            witnesses[*number].cosign(&note, 1_000 + *number as u64)
        });
        let quorum = policy.quorum_met(&cosigned).expect("good cosignatures");
        assert_eq!(quorum.met, met, "{present:?}");
        let names: Vec<_> = present
            .iter()
            .map(|number| (format!("w{}", number + 1), 1_000 + *number as u64))
            .collect();
        assert_eq!(quorum.cosigned, names);
    }
}

#[test]
fn unknown_signatures_are_passed_over_and_wrong_ones_refused() {
    let (policy, witnesses, _) = two_groups();
    let stranger = Signing::new("w1", 9).cosign(&note(&key(1)), 5);
    assert_eq!(policy.quorum_met(&stranger).expect("an unknown signature").cosigned, []);
    let changed = witnesses[0].cosign(&note(&key(1)), 5).replace("\n3\n", "\n4\n");
    assert_eq!(
        policy.quorum_met(&changed),
        Err(Refusal::WrongCosignature("w1".to_owned()))
    );
    assert_eq!(policy.quorum_met("no note"), Err(Refusal::NoNote));
}

#[test]
fn only_a_log_of_the_policy_is_believed() {
    let (policy, ..) = two_groups();
    let (checkpoint, vkey) = policy.open(&note(&key(1))).expect("signed by the log");
    assert_eq!((checkpoint.size, vkey), (3, &key(1).vkey()));
    assert_eq!(policy.open(&note(&key(2))), Err(Refusal::NoLog));
    let changed = note(&key(1)).replace("\n3\n", "\n4\n");
    assert_eq!(
        policy.open(&changed),
        Err(CheckpointError::Note(NoteError::WrongSignature).into())
    );
}

#[test]
fn a_policy_may_be_two_lines() {
    let text = Policy::text_of(&key(1).vkey());
    let policy = Policy::parse(text.as_bytes()).expect("the written form");
    assert!(policy.quorum_met(&note(&key(1))).expect("a note").met);
    assert!(!policy.needs_witnesses());
    let (witnessed, _, text) = two_groups();
    assert!(witnessed.needs_witnesses());
    let cut = text.trim_end().as_bytes();
    assert_eq!(Policy::parse(cut), Ok(witnessed), "the last newline may be missing");
}

#[test]
fn wrong_lines_are_named_with_what_would_be_right() {
    let log = key(1).vkey().to_string();
    let witness = Signing::new("w", 1).cosigner.to_string();
    for (text, expected) in [
        (
            "",
            "line 1: the policy ends without a quorum; add `quorum none` if no witness is required",
        ),
        (
            "quorum none\r\n",
            "line 1: the control character 0x0d is not allowed; end lines with a newline alone",
        ),
        (
            "quorum none\nquorum none",
            "line 2: there is a second quorum; a policy has exactly one",
        ),
        (
            "\nquorum w",
            "line 2: no witness or group \"w\" is defined above this line",
        ),
        ("quorum", "line 1: a quorum is written `quorum NAME` or `quorum none`"),
        (
            "logs x",
            "line 1: \"logs\" is not known; a line begins with log, witness, group, quorum or #",
        ),
        ("log", "line 1: a log is written `log VKEY [URL]`"),
        ("witness w", "line 1: a witness is written `witness NAME VKEY [URL]`"),
        (
            "group g any",
            "line 1: a group is written `group NAME all|any|NUMBER NAME...`",
        ),
        (
            "log x",
            "line 1: \"x\" is no verifier key of a log; it looks like name+id+base64, with Ed25519 (type 1)",
        ),
        (
            &format!("log {log}\nlog {log}"),
            "line 2: the key of the log example.org/log is listed twice",
        ),
        (
            &format!("witness a {witness}\nwitness b {witness}"),
            "line 2: the key of the witness b is listed twice",
        ),
        (
            &format!("witness none {witness}"),
            "line 1: the name none is taken: it stands for no quorum",
        ),
        (
            &format!("witness a {witness}\ngroup a any a"),
            "line 2: the name a is defined twice",
        ),
        (
            &format!("witness a {witness}\ngroup g any a a"),
            "line 2: a is a member of a group already; once is all it may be",
        ),
        (
            &format!("witness a {witness}\ngroup g 2 a"),
            "line 2: \"2\" is no threshold; write any, all, or a number from 1 to 1",
        ),
        (
            &format!("witness a {witness}\ngroup g 01 a"),
            "line 2: \"01\" is no threshold; write any, all, or a number from 1 to 1",
        ),
    ] {
        assert_eq!(refused(text), expected, "{text:?}");
    }
    let foreign = refused(&format!("witness a {log}"));
    assert!(
        foreign.contains("is no verifier key of a witness that this program can check"),
        "{foreign}"
    );
    assert!(refused(&" ".repeat(2 << 20)).starts_with("line 1: the policy has more than"));
}

#[test]
fn names_are_bytes() {
    let witness = Signing::new("w", 1).cosigner.to_string();
    let mut text = b"witness \xff ".to_vec();
    text.extend(witness.bytes());
    text.extend(b"\nquorum \xfe\n");
    let error = Policy::parse(&text).expect_err("another name");
    assert_eq!(error.line, 2);
    let last = text.len() - 2;
    text[last] = 0xff;
    assert!(Policy::parse(&text).is_ok());
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(lines in proptest::collection::vec("(log|witness|group|quorum|#)?([ \t](all|any|1|2|none|[a-c])){0,4}", 0..9)) {
        let text = lines.join("\n");
        if let Err(error) = Policy::parse(text.as_bytes()) {
            prop_assert!((1..=lines.len().max(1)).contains(&error.line), "{}", error);
        }
    }
}
