//! Erasing and receipts through the real binary; what is erased is searched in the bytes of all files.

mod scene;

use scene::{ANSWERED, ASKED, INTERACTION, PERSON, WORDS, answered, disclosures, good, holding};

use crate::SOUND;
use crate::program::{Program, Told};

/// The token that a dry run shows.
fn token(told: &Told) -> String {
    let (_, token) = good(told).rsplit_once("--confirm ").expect("a token");
    token.trim().to_owned()
}

fn erase(program: &Program, what: &[&str]) -> Told {
    program.run(&[&["evidence", "erase", "--basis", "art17"], what].concat())
}

#[test]
fn an_answer_is_shown_first_and_erased_with_the_token_alone() {
    let program = answered();
    let one = ["--record", ANSWERED];
    let mut texts: Vec<String> = disclosures(&program).split_off(11);
    texts.extend([WORDS, INTERACTION].map(str::to_owned));
    assert_eq!(texts.len(), 7);
    let dry = erase(&program, &one);
    let token = token(&dry);
    assert!(dry.out.contains("    1 cycle.answered, 5 fields"), "{}", dry.out);
    let wrong = erase(&program, &["--record", ANSWERED, "--confirm", "000000000000"]);
    assert_eq!(wrong.code, 1, "{}{}", wrong.out, wrong.err);
    assert!(wrong.out.contains(&format!("--confirm {token}")), "{}", wrong.out);
    assert!(!holding(&program, &texts).is_empty(), "nothing is erased yet");

    let done = erase(&program, &["--record", ANSWERED, "--confirm", &token]);
    assert!(good(&done).starts_with("Erased, basis art17:"), "{}", done.out);
    assert_eq!(holding(&program, &texts), [""; 0], "it is in no file");
    assert_ne!(holding(&program, &[PERSON.to_owned()]), [""; 0], "who was asked stays");
    let verified = program.run(&["evidence", "verify"]);
    assert!(good(&verified).contains("5 erased"), "{}", verified.out);
    let again = erase(&program, &one);
    assert!(good(&again).contains("There is nothing left to erase"), "{}", again.out);
}

#[test]
fn what_cannot_be_erased_is_told() {
    let program = answered();
    let unknown = erase(&program, &["--record", &"f".repeat(32)]);
    assert_eq!(unknown.code, 1, "{}", unknown.out);
    assert!(unknown.out.contains("The log has no such record"), "{}", unknown.out);
    let asked = erase(&program, &["--record", ASKED]);
    assert_eq!(asked.code, 1, "{}", asked.out);
    assert!(asked.out.contains("is erased with the person"), "{}", asked.out);
    let word = program.run(&["evidence", "erase", "--basis", "whim", "--record", ASKED]);
    assert_eq!(word.code, 2, "{}", word.out);
    let both = erase(&program, &["--record", ASKED, "--member", PERSON]);
    assert_eq!(both.code, 2, "{}", both.out);
}

#[test]
fn an_erased_person_is_in_no_file_and_no_backup_brings_them_back() {
    let program = answered();
    let mut texts = disclosures(&program);
    texts.extend([WORDS, INTERACTION, PERSON].map(str::to_owned));
    good(&program.run(&["backup", "--out", "copy.db"]));
    let token = token(&erase(&program, &["--member", PERSON]));
    let done = erase(&program, &["--member", PERSON, "--confirm", &token]);
    assert!(good(&done).contains("    1 row of the member: deleted"), "{}", done.out);
    assert_eq!(holding(&program, &texts), ["copy.db"]);

    // The backup is older than the erasure: it is erased before it takes its place, rows and all.
    good(&program.run(&["restore", "copy.db", "--yes"]));
    assert_eq!(holding(&program, &texts), ["copy.db"]);
    std::fs::remove_file(program.path("copy.db")).expect("backups end");
    let before = format!("{}.before-restore-1", program.url());
    good(&program.run(&["evidence", "recover", "--from-replica", &before, "--yes"]));
    let verified = program.run(&["evidence", "verify"]);
    assert!(good(&verified).contains("16 erased"), "{}", verified.out);
    assert_eq!(holding(&program, &texts), [""; 0]);
}

#[test]
fn a_copy_that_brought_back_what_was_erased_is_not_handed_out() {
    let program = answered();
    good(&program.run(&["backup", "--out", "copy.db"]));
    let token = token(&erase(&program, &["--record", ANSWERED]));
    good(&erase(&program, &["--record", ANSWERED, "--confirm", &token]));
    // By hand, past `restore`.
    std::fs::rename(program.path("copy.db"), program.path("bellwether.db")).expect("the copy is there");
    for command in [
        ["evidence", "receipt", "--record", ANSWERED, "--out", "out"].as_slice(),
        &["evidence", "pack", "--out", "out"],
    ] {
        let told = program.run(command);
        assert_eq!(told.code, 3, "{}{}", told.out, told.err);
        assert!(told.err.contains("brought back what was erased"), "{}", told.err);
    }
}

#[test]
fn a_receipt_holds_on_its_own_and_nothing_in_it_can_be_changed() {
    let program = answered();
    let shown = program.run(&["keys", "show"]);
    let vkey = good(&shown)
        .lines()
        .next()
        .and_then(|line| line.split_whitespace().last());
    let vkey = vkey.expect("a verifier key").to_owned();
    let write = ["evidence", "receipt", "--record", ANSWERED, "--out", "mine"];
    assert_eq!(good(&program.run(&write)).lines().count(), 3);
    let check = |vkey: &str| program.run(&["evidence", "verify-receipt", "mine", "--vkey", vkey]);
    let held = check(&vkey);
    for part in [WORDS, "need-help", "kind        cycle.answered", "result      holds"] {
        assert!(good(&held).contains(part), "{part} is missing in {}", held.out);
    }

    let other = Program::new();
    other.write("bellwether.toml", SOUND);
    let made = other.run(&["keys", "new"]);
    let foreign = good(&made)
        .lines()
        .next()
        .and_then(|line| line.split_whitespace().last());
    let refused = check(foreign.expect("a verifier key"));
    assert_eq!(refused.code, 1, "{}{}", refused.out, refused.err);
    assert!(refused.out.contains("DOES NOT HOLD"), "{}", refused.out);
    assert_eq!(check("no key").code, 2);

    for ending in ["sd", "leaf", "tlog-proof"] {
        let path = program.path(&format!("mine/2.{ending}"));
        let whole = std::fs::read(&path).expect("the file");
        let mut changed = whole.clone();
        let middle = changed.len() / 2;
        changed[middle] = if changed[middle] == b'A' { b'B' } else { b'A' };
        std::fs::write(&path, changed).expect("it is changed");
        let refused = check(&vkey);
        assert_eq!(refused.code, 1, "{ending}: {}{}", refused.out, refused.err);
        assert!(refused.out.contains("DOES NOT HOLD"), "{ending}: {}", refused.out);
        std::fs::write(&path, whole).expect("it is as before");
    }
    good(&check(&vkey));
    std::fs::remove_file(program.path("mine/2.leaf")).expect("it goes");
    assert_eq!(check(&vkey).code, 2);

    let nobody = "f".repeat(32);
    let unknown = ["evidence", "receipt", "--record", &nobody, "--out", "none"];
    assert_eq!(program.run(&unknown).code, 1);
    let token = token(&erase(&program, &["--record", ANSWERED]));
    good(&erase(&program, &["--record", ANSWERED, "--confirm", &token]));
    let after = program.run(&["evidence", "receipt", "--record", ANSWERED, "--out", "after"]);
    assert!(
        good(&after).contains("what the leaf stood for was erased"),
        "{}",
        after.out
    );
}
