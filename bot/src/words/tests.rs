use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};

use super::*;

/// Key to arguments, as a file has them.
fn in_file(text: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut keys = BTreeMap::new();
    let resource = fluent_syntax::parser::parse(text).expect("the file is well-formed Fluent");
    for entry in resource.body {
        match entry {
            Entry::Message(message) => {
                let mut args = BTreeSet::new();
                pattern(&message.value.expect("each message has a text"), &mut args);
                let before = keys.insert(message.id.name.to_owned(), args);
                assert!(before.is_none(), "{} stands twice", message.id.name);
            }
            Entry::Comment(_) | Entry::GroupComment(_) | Entry::ResourceComment(_) => {}
            Entry::Term(_) | Entry::Junk { .. } => panic!("neither terms nor junk belong here"),
        }
    }
    keys
}

fn pattern(found: &Pattern<&str>, args: &mut BTreeSet<String>) {
    for element in &found.elements {
        if let PatternElement::Placeable { expression } = element {
            match expression {
                Expression::Inline(inline_) => inline(inline_, args),
                Expression::Select { selector, variants } => {
                    inline(selector, args);
                    for variant in variants {
                        pattern(&variant.value, args);
                    }
                }
            }
        }
    }
}

fn inline(found: &InlineExpression<&str>, args: &mut BTreeSet<String>) {
    match found {
        InlineExpression::VariableReference { id } => drop(args.insert(id.name.to_owned())),
        InlineExpression::StringLiteral { .. } | InlineExpression::NumberLiteral { .. } => {}
        InlineExpression::Placeable { expression } => match expression.as_ref() {
            Expression::Inline(inner) => inline(inner, args),
            Expression::Select { .. } => panic!("no select inside a placeable"),
        },
        other => panic!("phrases use arguments and literals only: {other:?}"),
    }
}

#[test]
fn every_file_has_the_listed_phrases_with_their_arguments_and_no_others() {
    for file in FILES {
        let listed = file.phrases.iter().map(|(name, args)| {
            let args: BTreeSet<String> = args.iter().map(|arg| (*arg).to_owned()).collect();
            (name.replace('_', "-"), args)
        });
        let listed: BTreeMap<_, _> = listed.collect();
        for language in Language::ALL {
            assert_eq!(in_file(file.text(language)), listed, "{language:?}");
        }
    }
}

#[test]
fn every_phrase_is_said_somewhere() {
    let mut code = String::new();
    read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut code);
    let unused: Vec<_> = FILES
        .iter()
        .flat_map(|file| file.phrases)
        .map(|(name, _)| *name)
        .filter(|name| !code.contains(&format!(".{name}(")) && !code.contains(&format!("Voice::{name}")))
        .collect();
    assert!(unused.is_empty(), "nobody says {unused:?}");
}

fn read(folder: &Path, code: &mut String) {
    for entry in std::fs::read_dir(folder).expect("the folder is there") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            read(&path, code);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            code.push_str(&std::fs::read_to_string(&path).expect("a source file"));
        }
    }
}

#[test]
fn no_phrase_shouts_or_blames() {
    for language in Language::ALL {
        for file in FILES {
            let text: String = file
                .text(language)
                .lines()
                .filter(|line| !line.starts_with('#'))
                .collect();
            for word in [
                "!",
                "overdue",
                "failed",
                "violation",
                "überfällig",
                "versäumt",
                "versagt",
                "Verstoß",
            ] {
                assert!(!text.contains(word), "{language:?}: {word:?}");
            }
        }
    }
}

#[test]
fn plurals_and_choices_are_picked() {
    let words = Words::load();
    let english = words.voice(Language::English);
    assert_eq!(english.pending_title(1), "One question is open.");
    assert_eq!(english.pending_title(3), "3 questions are open.");
    assert_eq!(english.receipt_thanks("not-yet"), "Thank you for the straight answer.");
    let german = words.voice(Language::of("de-AT"));
    assert_eq!(german.pending_title(1), "Eine Frage ist offen.");
    assert_eq!(Language::of("fr"), Language::English);
}
