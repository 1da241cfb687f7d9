//! Checking packs through the real binary: what an auditor brings along, and the exit code.

use bellwether::evidence::fields;
use sea_orm::{ConnectionTrait, Database};

use super::keys::{good, grow, program, written};
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
            refused.out.contains("is in the pack that it is to judge"),
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

/// Runs this past the program, as somebody does who can write to the database.
fn past_the_program(program: &Program, sql: &str) {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(async {
        let db = Database::connect(program.url()).await.expect("the database");
        db.execute_unprepared(sql).await.expect("it runs");
        db.close().await.expect("it closes");
    });
}

#[test]
fn what_was_deleted_is_not_handed_over_as_erased() {
    let program = program();
    let answered = fields::Answered {
        author: "7".to_owned(),
        choice: "not-yet".to_owned(),
        text: String::new(),
        answered: "2026-11-02T10:00:00.000Z".to_owned(),
        interaction: "1".to_owned(),
    };
    written(&program, 3, fields::CycleAnswered(answered));
    past_the_program(
        &program,
        "DELETE FROM log_disclosure WHERE name = 'choice' AND rec = (SELECT rec FROM log_leaf WHERE idx = 2)",
    );
    let pack = [
        "evidence",
        "pack",
        "--kind",
        "cycle.answered",
        "--disclose",
        "choice",
        "--to-whom",
        "Ms Example",
        "--out",
        "pack",
    ];
    let refused = program.run(&pack);
    assert_eq!(refused.code, 1, "{}{}", refused.out, refused.err);
    assert!(
        refused
            .out
            .starts_with("no pack      fields that were to be disclosed are missing")
            && refused.out.contains("\n  entry 2: choice\n")
            && refused.out.contains("\nfix          restore a backup"),
        "{}",
        refused.out
    );
    assert!(!program.path("pack").exists());
    let made = program.run(&[&pack[..], &["--incomplete"]].concat());
    assert!(
        good(&made).contains("INCOMPLETE   1 fields are missing"),
        "{}",
        made.out
    );
    std::fs::copy(program.path("pack/policy"), program.path("policy")).expect("the policy");
    let found = program.run(&["evidence", "verify", "pack", "--policy", "policy"]);
    assert_eq!(found.code, 1, "{}", found.out);
    assert!(
        found.out.contains("disclosed    2 fields; 1 more are MISSING")
            && found
                .out
                .contains("BROKEN: disclosures/000000000002.sd: does not give the field choice"),
        "{}",
        found.out
    );
}
