//! Whatever names a person, or holds a person's words, is declared erasable by its feature, or stands here with the
//! reason why it stays. Each column of each table is looked at: a new one fails until somebody says what it holds.

use std::collections::BTreeMap;

use bellwether::concerns::WITH_THE_CASE;
use bellwether::erasable::{Erasable, Goes};
use bellwether::erasure;

use crate::tables::{Tables, table, tables};

/// Tables, columns with blanks between, and words.
type Listed = &'static [(&'static str, &'static str, &'static str)];

const ACTS: &str = "a handler's acts stay: it must be known who could read what; those in a case are deleted with it";
const SEALED: &str = "sealed to its readers; deleted with the case";
const KEYS: &str = "it must be known whose key could open what was sealed to it, and who agreed";

/// Columns that name a person or hold a person's words, and why an erasure of the person leaves them.
const STAYS: Listed = &[
    (
        "concern_barred",
        "member",
        "who was kept out of a case must be known; deleted with it",
    ),
    ("concern_case", "handler confidant", ACTS),
    (
        "concern_case",
        "reporter_recipient",
        "a key that only the case key leads to; deleted with the case",
    ),
    ("concern_entry", "handler", ACTS),
    ("concern_entry", "sealed", SEALED),
    (
        "concern_entry",
        "for_reporter",
        "says only whether the reporter can open it",
    ),
    ("concern_event", "actor", ACTS),
    ("concern_file", "sealed", SEALED),
    ("concern_identity", "sealed", SEALED),
    ("concern_unsealing", "asked_by agreed_by", ACTS),
    ("concern_unsealing", "reason", SEALED),
    ("cycle", "reason", "a word from the program's own list"),
    ("handler_key", "member recipient kept agreed_by ended_by", KEYS),
    (
        "log_disclosure",
        "name disclosure",
        "the log's own; an erasure deletes its rows by record and field",
    ),
    (
        "log_pack",
        "to_whom",
        "whoever was given what is erased later must be told (GDPR Art. 19)",
    ),
    (
        "outbound_message",
        "message",
        "ids of rows; a notice about handlers' keys names their holders",
    ),
    ("setting", "name", "names that the program gives"),
];

/// Columns that hold nobody.
const NOBODY: &[(&str, &str)] = &[
    ("answer", "id cycle revision act answered_at late rec"),
    ("assignment", "id organisation prompt tags started_at ended_at"),
    ("catalogue_version", "sha256 catalogue version body first_seen_at"),
    ("concern_barred", "case_id"),
    (
        "concern_case",
        "id organisation number lookup mode category formal urgency state received_on no_contact wants_talk withdrawn \
         acknowledged_at feedback_at closed_at merged_into drill check_30 check_90 vouch reopened_on first_feedback_at",
    ),
    ("concern_digest", "organisation on_day rec hashes"),
    ("concern_entry", "id case_id seq kind at on_day vouch"),
    ("concern_event", "id organisation on_day case_id kind at salt sha256"),
    ("concern_file", "id case_id seq"),
    ("concern_identity", "case_id"),
    ("concern_notice", "organisation case_id clock step sent_at"),
    ("concern_unsealing", "id case_id asked_at agreed_at"),
    (
        "cycle",
        "id assignment organisation prompt period ordinal opens_at due_at closes_at wording catalogue follow_up state \
         rec delivered_at answered_at closed_at created_at",
    ),
    (
        "handler_key",
        "id organisation custody state proposed_at agreed_at ended_at",
    ),
    (
        "log_anchor",
        "size target state attempts next_at settled_at last_error reference token",
    ),
    ("log_checkpoint", "size note"),
    ("log_disclosure", "rec"),
    ("log_leaf", "idx rec kind leaf"),
    ("log_pack", "rec origin at scope fields size records sha256"),
    ("log_pack_span", "pack first last"),
    ("log_publication", "size note published_at"),
    ("log_tile", "level n data"),
    (
        "outbound_message",
        "id organisation channel nonce state attempts next_at expires_at leased_until lease uncertain_since \
         last_error created_at settled_at",
    ),
    ("setting", "value updated_at"),
];

/// Words in the name of a column that holds a person or a person's words.
const WORDS: &str = "member members user author person people who whom by handler confidant actor owner manager \
                     reporter recipient sponsor auditor subject assignee promiser helper name nick mail dm text detail \
                     reason words comment message sealed kept";
/// What the comment of such a column says.
const SAYINGS: [&str; 6] = [" Who ", " Whom ", " Handler ", " Another ", "user id", "'s words"];

fn looks_like_a_person(name: &str, about: &str) -> bool {
    let word = |part: &str| WORDS.split_whitespace().any(|word| word == part);
    name.split('_').any(word) || SAYINGS.iter().any(|saying| about.contains(saying))
}

/// What is said of each column, by table and column.
fn said(tables: &Tables, declared: &[&Erasable]) -> BTreeMap<(String, String), Vec<&'static str>> {
    let mut said: BTreeMap<_, Vec<_>> = BTreeMap::new();
    let mut say = |table: &str, columns: &str, what: &'static str| {
        for column in columns.split_whitespace() {
            said.entry((table.to_owned(), column.to_owned()))
                .or_default()
                .push(what);
        }
    };
    for erasable in declared {
        let all = || tables[erasable.table].iter().map(|column| column.name.as_str());
        let columns = erasable.columns().unwrap_or_else(|| all().collect());
        say(erasable.table, &columns.join(" "), "erased");
    }
    for (table, columns, _) in STAYS {
        say(table, columns, "stays");
    }
    for (table, columns) in NOBODY {
        say(table, columns, "nobody");
    }
    said
}

/// What of the tables nobody has declared, or somebody has declared wrongly.
fn complaints(tables: &Tables, declared: &[&Erasable]) -> Vec<String> {
    let (mut said, mut found) = (said(tables, declared), Vec::new());
    for (table, columns) in tables {
        for column in columns {
            let place = format!("{table}.{}", column.name);
            match said.remove(&(table.clone(), column.name.clone())).as_deref() {
                None => found.push(format!("{place} is declared by nobody")),
                Some(["nobody"]) if looks_like_a_person(&column.name, &column.about) => {
                    found.push(format!("{place} looks as if it held a person"));
                }
                Some([_]) => {}
                Some(more) => found.push(format!("{place} is declared as {more:?}")),
            }
        }
        let of_a_case = columns.iter().any(|column| column.name == "case_id");
        if of_a_case != WITH_THE_CASE.contains(&table.as_str()) {
            found.push(format!("{table} has a case and is not deleted with it, or the reverse"));
        }
    }
    let unknown = said.into_keys();
    found.extend(unknown.map(|(table, column)| format!("there is no {table}.{column}")));
    found
}

fn declared() -> Vec<&'static Erasable> {
    erasure::erasable().collect()
}

#[test]
fn every_column_that_holds_a_person_is_erasable_or_has_a_reason() {
    assert_eq!(complaints(&tables(), &declared()), [""; 0]);
}

/// What an erasure builds its statements from is there.
#[test]
fn declared_columns_lead_to_row_record_and_organisation() {
    let tables = tables();
    let has = |table: &str, column: &str| {
        let there = tables[table].iter().any(|known| known.name == column);
        assert!(there, "{table}.{column}");
    };
    for erasable in declared() {
        has(erasable.table, erasable.id);
        has(erasable.table, "member");
        let (column, above) = erasable.through.unwrap_or(("organisation", erasable.table));
        has(erasable.table, column);
        has(above, "organisation");
        for column in erasable.others {
            has(erasable.table, column);
        }
        if erasable.begins {
            has(erasable.table, "rec");
        }
        for field in erasable.fields {
            assert!(
                matches!(erasable.goes, Goes::Columns(_)),
                "{} is deleted",
                erasable.table
            );
            let (origin, id, _) = field.copied_from.unwrap_or((erasable.table, "id", ""));
            has(origin, "rec");
            has(origin, id);
        }
    }
}

/// Plants a table or a column, and returns what is said of it.
fn planted(entity: &str) -> Vec<String> {
    let mut tables = tables();
    let (name, columns) = table(entity).expect("an entity");
    tables.entry(name).or_default().extend(columns);
    complaints(&tables, &declared())
}

#[test]
fn a_new_table_or_column_fails_until_it_is_declared() {
    let entity = |table: &str, columns: &str| {
        format!("#[sea_orm(table_name = \"{table}\")]\npub struct Model {{\n{columns}\n}}\n")
    };
    assert_eq!(
        planted(&entity(
            "promise",
            "    pub id: String,\n    /// Who helps.\n    pub helper: i64,"
        )),
        [
            "promise.id is declared by nobody",
            "promise.helper is declared by nobody"
        ]
    );
    assert_eq!(
        planted(&entity("answer", "    pub seen_by: Option<i64>,")),
        ["answer.seen_by is declared by nobody"]
    );
    assert_eq!(
        planted(&entity("concern_note", "    pub case_id: String,")),
        [
            "concern_note.case_id is declared by nobody",
            "concern_note has a case and is not deleted with it, or the reverse"
        ]
    );
}

#[test]
fn whoever_stops_declaring_a_table_is_told() {
    let mut declared = declared();
    declared.retain(|erasable| erasable.table != "outbound_message");
    let found = complaints(&tables(), &declared);
    let columns = ["member", "sent_channel", "sent_message"];
    assert_eq!(
        found,
        columns.map(|column| format!("outbound_message.{column} is declared by nobody"))
    );
}

#[test]
fn a_person_is_seen_by_name_or_comment() {
    assert!(looks_like_a_person("seen_by", "") && looks_like_a_person("n", " Discord user id."));
    assert!(looks_like_a_person("n", " Who helps.") && !looks_like_a_person("sent_at", " When it was sent."));
}
