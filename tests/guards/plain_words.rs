//! Plain words: what people read must not hold an expression that a native colleague would not use, and one thing has
//! one word (the glossary in docs/reference.md). Each expression stands here with what to say instead.

use std::path::{Path, PathBuf};

use crate::sources::{files, root};

/// What is not said, in lower case, and what is said instead.
type Instead = (&'static str, &'static str);

const ENGLISH: &[Instead] = &[
    ("so many", "this many, or the number itself"),
    ("none where", "none if"),
    ("of whom", "whose, or two sentences"),
    ("comes upon", "finds, reads"),
    ("what came of it", "the outcome"),
    ("first word", "first reply"),
    ("to mend", "to fix"),
    ("past the bot", "outside the bot"),
    ("past this program", "outside this program"),
    ("past the program", "outside the program"),
    ("whoever raised", "the reporter"),
    ("lines concerned", "independent handler"),
    ("way round", "workaround"),
    ("hears of", "is told, is notified"),
    ("hear of it", "be told, be notified"),
    ("a time to come", "a future time"),
    ("becomes of", "happens to"),
    ("finds no room", "is not shown"),
    ("is no date", "is not a date"),
    ("is no case", "is not a case"),
    ("was so already", "already"),
    ("no longer waits", "is decided already"),
    ("time away", "absence"),
    ("take back", "withdraw"),
    ("taken back", "withdrawn"),
    ("public key of the log", "verifier key"),
    ("log's public key", "verifier key"),
];

const GERMAN: &[Instead] = &[
    ("erstes wort", "erste Antwort"),
    ("erste wort", "erste Antwort"),
    ("ersten wort", "erste Antwort"),
    ("was daraus wurde", "Ergebnis, Rückmeldung zum Ergebnis"),
    ("behalten, bevor", "gespeichert, bevor"),
    ("wurde behalten", "wurde gespeichert"),
    (" gerufen", "benachrichtigt"),
    ("verständigt", "benachrichtigt"),
    ("am bot vorbei", "außerhalb des Bots"),
    ("an diesem bot vorbei", "außerhalb dieses Bots"),
    ("unterschr", "signieren"),
    ("kennzeichen", "Referenz, oder Fingerabdruck eines Schlüssels"),
    ("zuständige person", "Ansprechperson"),
    ("die ihn gemeldet hat", "die meldende Person"),
    ("betrieb ", "Betreiber"),
    ("zurücknehmen", "zurückziehen"),
    ("zurückgenommen", "zurückgezogen"),
    ("vorbringen", "melden"),
    ("»", "„“"),
    ("`/case", "`/fall"),
    ("`/pending", "`/offen"),
    ("`/record", "`/übersicht"),
    ("`/streaks", "`/serien"),
    ("`/away", "`/abwesend"),
    ("`/concern", "`/anliegen"),
];

/// Everything that people read, and the comments, each with its path from the root.
fn screens() -> Vec<(String, String)> {
    let root = root();
    let mut paths = vec![root.join("README.md"), root.join("config.example.toml")];
    paths.push(root.join("bot/src/catalogue/default.toml"));
    paths.extend(files(&root.join("docs"), &[".md"]));
    paths.extend(files(&root.join("bot/locales"), &[".ftl"]));
    let mut screens: Vec<(String, String)> = paths.into_iter().map(|path| (shown(&path), text(&path))).collect();
    // What the programs print and log, and what is said about it in comments. In `cli` they become the help.
    for folder in ["bot/src", "bot/tlog/src"] {
        for path in files(&root.join(folder), &[".rs"]) {
            let (name, source) = (shown(&path), text(&path));
            screens.push((name.clone(), comments(&source)));
            if !name.contains("/tests") {
                screens.push((name, literals(&source)));
            }
        }
    }
    screens
}

fn text(path: &PathBuf) -> String {
    std::fs::read_to_string(path).expect("the file can be read")
}

fn shown(path: &Path) -> String {
    path.strip_prefix(root()).expect("it is inside").display().to_string()
}

/// The comments of a source, each at its line.
fn comments(source: &str) -> String {
    let comment = |line: &str| {
        let said = line.trim_start().strip_prefix("//").unwrap_or_default();
        said.trim_start_matches(['/', '!']).to_owned()
    };
    source.lines().map(comment).collect::<Vec<_>>().join("\n")
}

/// The texts of a source, each at its line.
fn literals(source: &str) -> String {
    let (mut said, mut inside, mut escaped) = (String::new(), false, false);
    for line in source.lines() {
        // A comment may hold a quotation mark, and a text goes on in the next line.
        let line = if inside || !line.trim_start().starts_with("//") {
            line
        } else {
            ""
        };
        for character in line.replace("'\"'", "''").chars() {
            match character {
                '"' if !escaped => inside = !inside,
                _ if inside => said.push(character),
                _ => {}
            }
            escaped = inside && character == '\\' && !escaped;
        }
        escaped = false;
        said.push('\n');
    }
    said
}

/// Each line that holds what is not said, with what to say instead. An expression may go over the end of a line.
fn found(name: &str, text: &str, list: &[Instead]) -> Vec<String> {
    let lines: Vec<String> = text.lines().map(|line| line.trim().to_lowercase()).collect();
    let mut found = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let next = lines.get(at + 1).map_or("", |next| next.trim_start_matches(['#', ' ']));
        let both = format!("{} {next}", line.trim_end_matches('\\').trim_end());
        for (not, instead) in list {
            if both.contains(not) && !next.contains(not) {
                found.push(format!("{name}:{}: not \"{not}\" but: {instead}", at + 1));
            }
        }
    }
    found
}

#[test]
fn people_read_plain_words() {
    let mut wrong = Vec::new();
    for (name, text) in screens() {
        let german = name.starts_with("bot/locales/de/");
        wrong.extend(found(&name, &text, if german { GERMAN } else { ENGLISH }));
    }
    assert!(wrong.is_empty(), "say it plainly:\n{}", wrong.join("\n"));
}

#[test]
fn an_expression_is_found_wherever_it_stands() {
    let source =
        "// so many \" here\nlet a = '\"';\nsay(\"as so \\\n    many \\\" others\");\n/// So many\nfn so_many() {}";
    assert_eq!(
        found("a", &literals(source), ENGLISH),
        ["a:3: not \"so many\" but: this many, or the number itself"]
    );
    assert_eq!(found("a", &comments(source), ENGLISH).len(), 2);
    assert!(found("a", "a key\nfor you", GERMAN).is_empty());
}
