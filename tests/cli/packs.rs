//! Checking packs through the real binary: what an auditor brings along, and the exit code.

use super::keys::{good, grow, program};
use super::program::Program;

/// A pack of four leaves, and the policy that the auditor was given when the log began.
fn handed() -> Program {
    let program = program();
    grow(&program, 3);
    good(&program.run(&["evidence", "pack", "--out", "pack"]));
    std::fs::copy(program.path("pack/policy"), program.path("policy")).expect("the policy");
    program
}

#[test]
fn the_exit_code_says_whether_all_holds() {
    let program = handed();
    let verify = ["evidence", "verify", "pack", "--policy", "policy"];
    assert!(good(&program.run(&verify)).ends_with("result       sound\n"));
    assert_eq!(program.run(&verify[..3]).code, 2, "nobody was told whose log it is");
    assert_eq!(program.run_unread(&verify), 0);
    assert_eq!(program.run_unread(&verify[..3]), 2);
    program.write("pack/README.txt", "Trust me.");
    let broken = program.run(&verify);
    assert_eq!(broken.code, 1, "{}", broken.out);
    assert!(broken.out.contains("BROKEN: README.txt"), "{}", broken.out);
    assert_eq!(program.run_unread(&verify), 1, "also where nobody reads it");
    assert_eq!(program.run_unread(&[&verify[..], &["--json"]].concat()), 1);
}

#[test]
fn what_the_auditor_brings_does_not_come_out_of_the_pack() {
    let program = handed();
    std::fs::create_dir(program.path("elsewhere")).expect("a folder");
    let verify = |more: &[&str]| program.run(&[&["evidence", "verify", "pack"], more].concat());
    for own in [
        &["--policy", "pack/policy"][..],
        &["--policy", "elsewhere/../pack/policy"],
        &["--policy", "policy", "--prior", "pack/checkpoint"],
    ] {
        let refused = verify(own);
        assert_eq!(refused.code, 2, "{own:?} {}", refused.out);
        assert!(
            refused.out.contains("lies in the pack that it is to judge"),
            "{}",
            refused.out
        );
    }
    std::fs::copy(program.path("pack/checkpoint"), program.path("kept")).expect("the head");
    good(&verify(&["--policy", "policy", "--prior", "kept"]));
    program.write("kept", "spoilt");
    let spoilt = verify(&["--policy", "policy", "--prior", "kept"]);
    assert_eq!(spoilt.code, 2, "{}", spoilt.out);
    let none = verify(&["--policy", "policy", "--tsa-ca", "policy"]);
    assert_eq!(none.code, 2, "{}", none.out);
    assert!(none.out.contains("holds no certificate"), "{}", none.out);
}
