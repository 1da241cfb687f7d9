//! What the log has handed out, checked as an auditor does: by the library, and by the program `bellwether-verify`.
//! What earlier versions handed out stays valid forever.

use std::path::{Path, PathBuf};
use std::process::Command;

use bellwether_tlog::inspect::{Terms, Unchecked, inspect};
use bellwether_tlog::policy::Policy;
use bellwether_tlog::receipt;
use bellwether_tlog::time::Millis;

/// A file that was handed out by a version that named an erased record by its index.
fn kept(name: &str) -> PathBuf {
    fixtures().join("record-erased").join(name)
}

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures")
}

fn policy() -> Policy {
    let text = std::fs::read(kept("policy")).expect("the policy");
    Policy::parse(&text).expect("a policy")
}

#[test]
fn a_pack_whose_erasures_name_indexes_still_holds() {
    let terms = Terms {
        policy: Some(policy()),
        prior: None,
        min_size: Some(27),
        fields: vec!["choice".to_owned()],
        authorities: None,
        max_wait: None,
        now: Millis(1_800_000_000_000),
    };
    let verdict = inspect(&kept("pack"), &terms, &|_, _| {}).expect("it is checked");
    assert_eq!(verdict.broken, None);
    assert_eq!(verdict.unchecked, [Unchecked::NoAuthority { count: 3 }]);
    assert_eq!((verdict.disclosed, verdict.erased, verdict.missing), (12, 8, 0));
}

#[test]
fn receipts_of_that_time_still_hold() {
    for (folder, index, fields) in [("kept", 6, 5), ("erased-later", 3, 5)] {
        let read = |ending: &str| std::fs::read(kept(&format!("receipts/{folder}/{index}.{ending}"))).expect("a file");
        let text = |ending: &str| String::from_utf8(read(ending)).expect("text");
        let checked = receipt::check(
            &read(receipt::LEAF),
            &text(receipt::PROOF),
            &text(receipt::DISCLOSURES),
            &policy(),
        );
        let checked = checked.expect("it holds");
        assert_eq!((checked.index, checked.fields.len()), (index, fields));
    }
}

fn program(folder: &Path, arguments: &[&str]) -> (Option<i32>, String) {
    let mut program = Command::new(env!("CARGO_BIN_EXE_bellwether-verify"));
    let output = program.args(arguments).current_dir(folder).output().expect("it runs");
    let words = [output.stdout, output.stderr].concat();
    (output.status.code(), String::from_utf8(words).expect("text"))
}

/// Exit code and words of the program for a pack, a receipt and what an auditor brings along.
fn told(arguments: &[&str]) -> (Option<i32>, String) {
    program(&fixtures().join("time-stamped"), arguments)
}

#[test]
fn the_exit_code_says_whether_a_pack_holds() {
    let pack = |more: &[&str]| told(&[&["pack", "pack", "--policy", "policy"], more].concat());
    let (code, said) = pack(&["--prior", "kept", "--field", "reason"]);
    assert_eq!(code, Some(2), "{said}");
    assert!(
        said.contains("leaves       12\n") && said.ends_with("result       sound as far as it was checked\n"),
        "{said}"
    );
    let (code, said) = pack(&["--min-size", "13"]);
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("BROKEN: checkpoint: covers 12 leaves"), "{said}");
    let (code, said) = pack(&["--json"]);
    let object: serde_json::Value = serde_json::from_str(&said).expect("JSON");
    assert_eq!((code, &object["leaves"]), (Some(2), &12.into()));
    let (code, said) = told(&["pack", "pack", "--policy", "pack/policy"]);
    assert_eq!(code, Some(2), "{said}");
    assert!(said.contains("NOT CHECKED: pack/policy is in the pack"), "{said}");
    for wrong in [
        &["pack"][..],
        &["pack", "nowhere", "--policy", "policy"],
        &["pack", "pack", "--field", "x"],
    ] {
        assert_eq!(told(wrong).0, Some(2), "{wrong:?}");
    }
}

#[test]
fn a_pack_is_sound_whose_time_stamps_were_checked_too() {
    if Command::new("openssl").arg("version").output().is_err() {
        let required = std::env::var("BELLWETHER_REQUIRE_OPENSSL").is_ok_and(|value| value == "1");
        assert!(!required, "there is no openssl");
        return;
    }
    let given = ["--policy", "policy", "--tsa-ca", "root.pem", "--max-wait", "1h"];
    let (code, said) = told(&[&["pack", "pack"], &given[..]].concat());
    assert_eq!(code, Some(0), "{said}");
    assert!(
        said.contains("time stamps  3, 3 signed by a trusted authority\n") && said.ends_with("result       sound\n"),
        "{said}"
    );
}

#[test]
fn the_exit_code_says_whether_a_receipt_holds() {
    for path in ["receipt", "receipt/5.leaf"] {
        let (code, said) = told(&["receipt", path, "--policy", "policy"]);
        assert_eq!(code, Some(0), "{said}");
        assert!(
            said.starts_with("receipt/5\n  leaf        5 of the log ") && said.ends_with("  result      holds\n"),
            "{said}"
        );
    }
    let (code, said) = told(&["receipt", "pack", "--policy", "policy"]);
    assert_eq!(code, Some(2), "{said}");
    assert!(
        said.starts_with("evidence verify-receipt: 1 problem\n  pack\n    found    no receipt\n    allowed  "),
        "{said}"
    );
    assert_eq!(told(&["receipt", "receipt", "--vkey", "x"]).0, Some(2));
    assert_eq!(told(&["receipt", "receipt"]).0, Some(2), "no key");
}

#[test]
fn a_receipt_under_another_number_does_not_hold() {
    let folder = tempfile::tempdir().expect("a folder");
    for ending in [receipt::LEAF, receipt::PROOF, receipt::DISCLOSURES] {
        let from = fixtures().join(format!("time-stamped/receipt/5.{ending}"));
        std::fs::copy(from, folder.path().join(format!("6.{ending}"))).expect("a file");
    }
    let policy = fixtures().join("time-stamped/policy");
    std::fs::copy(policy, folder.path().join("policy")).expect("the policy");
    let (code, said) = program(folder.path(), &["receipt", ".", "--policy", "policy"]);
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("but it is the receipt of leaf 5"), "{said}");
}
