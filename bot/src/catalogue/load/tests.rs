use super::*;
use crate::catalogue::{CadenceKind, Choice};

fn replaced(from: &str, to: &str) -> Problems {
    assert!(BUILT_IN.contains(from), "{from:?} is in the catalogue");
    parse("a catalogue", &BUILT_IN.replacen(from, to, 1)).expect_err("this has problems")
}

#[test]
fn the_built_in_catalogue_is_whole() {
    let catalogue = load(&CatalogueSource::BuiltIn).unwrap_or_else(|problems| panic!("{problems}"));
    assert_eq!(catalogue.prompts.len(), 27);
    assert_eq!(catalogue.packs.len(), 6);
    assert_eq!(catalogue.pulses.len(), 8);
    assert_eq!(catalogue.briefing_items.len(), 14);
    assert_eq!(catalogue.concern_categories.len(), 14);
    assert_eq!(catalogue.concern_templates.len(), 18);
    assert_eq!(catalogue.body, BUILT_IN);
    assert_eq!(catalogue.sha256, hex::encode(Sha256::digest(BUILT_IN)));
    let prompt = catalogue.prompt("und-own-risks").expect("this prompt is there");
    assert_eq!(prompt.cadence, CadenceKind::Quarterly);
    assert_eq!(prompt.label(Choice::NeedHelp), "I can't find my list");
}

#[test]
#[expect(clippy::too_many_lines, reason = "a table of mistakes and their sentences")]
fn every_way_to_be_wrong_is_told() {
    let long = format!("question = \"{}", "x".repeat(200));
    for (from, to, at, found) in [
        (
            "id = \"und-own-risks\"",
            "id = \"Und_Own\"",
            "prompt \"Und_Own\".id",
            "\"Und_Own\"",
        ),
        (
            "id = \"und-duty-talk\"",
            "id = \"und-own-risks\"",
            "prompt \"und-own-risks\".id",
            "already used in prompt",
        ),
        (
            "id = \"starter\"",
            "id = \"und-own-risks\"",
            "pack \"und-own-risks\".id",
            "already used in prompt",
        ),
        (
            "theme = \"understanding\"",
            "theme = \"understandin\"",
            "prompt \"und-own-risks\".theme",
            "understandin",
        ),
        (
            "cadence = \"quarterly\"",
            "cadence = \"yearly\"",
            "prompt \"und-own-risks\".cadence",
            "yearly",
        ),
        (
            "question = \"",
            &long,
            "prompt \"und-own-risks\".question",
            "characters",
        ),
        (
            "variant = \"Name",
            "variant = \"\\u0007Name",
            "prompt \"und-own-risks\".variant",
            "U+0007",
        ),
        (
            "  { id = \"done\", label = \"Yes, we went through them\" },\n",
            "",
            "prompt \"und-own-risks\".answers",
            "3 answers",
        ),
        (
            "Yes, we went through them",
            "Yes, all of us went through all of them",
            "prompt \"und-own-risks\".answers \"done\".label",
            "39 characters",
        ),
        (
            "label = \"Not this quarter\"",
            "label = \"No risk is in my name\"",
            "prompt \"und-own-risks\".answers",
            "same label",
        ),
        (
            "follow_up = \"Which risk took longest, and what did you decide to do about it?\"",
            "follow_up = \" \"",
            "prompt \"und-own-risks\".follow_up",
            "empty",
        ),
        (
            "action = \"commitment\"",
            "action = \"commit\"",
            "prompt \"und-own-risks\".on_no.action",
            "\"commit\"",
        ),
        (
            "due_days = 21",
            "due_days = 0",
            "prompt \"und-own-risks\".on_no.due_days",
            "number 0",
        ),
        (
            "need_help_to = \"security-lead\"",
            "need_help_to = \"nobody\"",
            "prompt \"und-own-risks\".on_no.need_help_to",
            "nobody",
        ),
        (
            "audience = \"risk-owners\"",
            "audience = \"risk-owner\"",
            "prompt \"und-own-risks\".audience",
            "risk-owner",
        ),
        (
            "maps = [\"iso27001:2022/A.5.4\", ",
            "maps = [",
            "prompt \"und-own-risks\".maps",
            "points at",
        ),
        (
            "\"iso27001:2022/6.1.2\"",
            "\"iso27001:2013/6.1.2\"",
            "prompt \"und-own-risks\".maps",
            "2013",
        ),
        (
            "\"iso27001:2022/6.1.2\"",
            "\"iso27001:2022/A.5.4\"",
            "prompt \"und-own-risks\".maps",
            "twice",
        ),
        (
            "\"iso27001:2022/6.1.2\"",
            "\"iso27001:2022/6/1\"",
            "prompt \"und-own-risks\".maps",
            "6/1",
        ),
        (
            "prompts = [\"lead-visible-step\"",
            "prompts = [\"time-overdue-fixes\", \"speak-asked\", \"lead-visible-step\"",
            "pack \"starter\".prompts",
            "prompts a week",
        ),
        (
            "prompts = [\"lead-visible-step\"",
            "prompts = [\"lead-invisible-step\"",
            "pack \"starter\".prompts",
            "invisible",
        ),
        (
            "scale = \"happened\"",
            "scale = \"happend\"",
            "pulse \"pulse-briefed-first\".scale",
            "happend",
        ),
        (
            "mirrors = [\"exp-briefed-first\"",
            "mirrors = [\"exp-briefed-last\"",
            "pulse \"pulse-briefed-first\".mirrors",
            "last",
        ),
        (
            "acknowledged_by = \"joiner\"",
            "acknowledged_by = \"hr\"",
            "briefing_item",
            "\"hr\"",
        ),
        (
            "default_urgency = \"today\"",
            "default_urgency = \"soon\"",
            "concern_category \"mistake\".default_urgency",
            "soon",
        ),
        (
            "acknowledge_with = \"ack-mistake\"",
            "acknowledge_with = \"close\"",
            "concern_category \"mistake\".acknowledge_with",
            "close",
        ),
        (
            "route = \"concern-handler\"\nnever_to = []",
            "route = \"concern-handler\"\nnever_to = [\"concern-handler\"]",
            "concern_category \"mistake\".route",
            "never_to",
        ),
        (
            "never_to = [\"own-manager\"]",
            "never_to = [\"my-manager\"]",
            "concern_category \"bypass-pressure\".never_to",
            "my-manager",
        ),
        (
            "received {received}",
            "received {receipt}",
            "concern_template \"ack-standard\".text",
            "receipt",
        ),
        (
            "received {received}",
            "received {received",
            "concern_template \"ack-standard\".text",
            "brace",
        ),
        (
            "id = \"done\"\ncounts_as",
            "id = \"need-help\"\ncounts_as",
            "answer",
            "not the four answers",
        ),
        ("gate = true\nmaps", "gate = 1\nmaps", "briefing_item", "number 1"),
        ("why = ", "wy = ", "theme \"understanding\".why", "nothing"),
        (
            "min_answers = 5",
            "min_answers = 2",
            "pulse_rules.min_answers",
            "number 2",
        ),
    ] {
        let problems = replaced(from, to);
        assert!(
            problems
                .list
                .iter()
                .any(|problem| problem.at.starts_with(at) && problem.found.contains(found)),
            "{at} with {found:?} is missing in:\n{problems}"
        );
        assert!(
            problems
                .list
                .iter()
                .all(|problem| !problem.allowed.is_empty() && !problem.mend.is_empty())
        );
    }
}

#[test]
fn a_missing_and_an_unknown_key_are_two_problems_with_one_remedy() {
    insta::assert_snapshot!(replaced("why = ", "wy = "), @r#"
    a catalogue: 2 problems
      theme "understanding".why
        found    nothing
        allowed  a text
        fix      add the key `why`
      theme "understanding".wy
        found    an unknown key
        allowed  id, title, why
        fix      did you mean `why`? If not, remove it
    "#);
}

#[test]
fn an_empty_catalogue_is_refused() {
    let problems = parse("nothing", "").expect_err("nothing can be asked");
    assert!(problems.list.iter().any(|problem| problem.at == "prompt"), "{problems}");
}

#[test]
fn an_extension_adds_and_replaces() {
    let extension = r#"
        [catalogue]
        version = "0.1.0+example"
        [[pack]]
        id = "ours"
        title = "Ours"
        for = "everyone"
        on_by_default = false
        prompts = ["speak-asked"]
        [[theme]]
        id = "understanding"
        title = "Knowing"
        why = "Because."
    "#;
    let catalogue = extend("ours.toml", extension).unwrap_or_else(|problems| panic!("{problems}"));
    assert_eq!(catalogue.packs.len(), 7);
    assert_eq!(catalogue.themes.len(), 6);
    assert_eq!(catalogue.theme("understanding").expect("it is there").title, "Knowing");
    assert_eq!(
        (catalogue.id.as_str(), catalogue.version.as_str()),
        ("bellwether-default", "0.1.0+example")
    );
    assert!(catalogue.body.ends_with(extension) && catalogue.body.starts_with(BUILT_IN));
    assert_eq!(catalogue.sha256, hex::encode(Sha256::digest(&catalogue.body)));
}

#[test]
fn an_extension_that_has_an_id_twice_is_refused() {
    let entry = "[[audience]]\nid = \"ours\"\ntitle = \"Ours\"\n";
    let problems = extend("ours.toml", &entry.repeat(2)).expect_err("one of them would be hidden");
    assert_eq!(problems.list.len(), 1, "{problems}");
}

#[test]
fn a_file_that_is_not_there_is_told() {
    let missing = CatalogueSource::Replace("/nowhere/catalogue.toml".into());
    let problems = load(&missing).expect_err("there is no such file");
    assert_eq!(problems.list[0].at, "catalogue.file");
}
