//! What earlier versions handed out holds for ever.

use super::*;
use crate::evidence::receipt;

fn kept(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../tests/fixtures/record-erased")
        .join(name)
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
    let verdict = checked(&kept("pack"), &terms);
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
