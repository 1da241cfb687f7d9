//! The tables, read from the entities: their columns with types and comments.

use std::collections::BTreeMap;

use bellwether::evidence::Kind;
use bellwether::reconcile::bindings::{BINDINGS, Binding};

use crate::sources::{files, root};

/// A column of an entity.
#[derive(Clone, Debug)]
pub(crate) struct Column {
    pub name: String,
    /// What its comment says.
    pub about: String,
}

/// The columns of each table.
pub(crate) type Tables = BTreeMap<String, Vec<Column>>;

pub(crate) fn tables() -> Tables {
    let files = files(&root().join("entity/src"), &[".rs"]);
    let texts = files
        .iter()
        .map(|path| std::fs::read_to_string(path).expect("the file can be read"));
    let tables: Tables = texts.filter_map(|text| table(&text)).collect();
    assert!(tables.len() > 20);
    tables
}

/// The table that an entity's source describes.
pub(crate) fn table(text: &str) -> Option<(String, Vec<Column>)> {
    let (_, rest) = text.split_once("table_name = \"")?;
    let (table, rest) = rest.split_once('"').expect("the name ends");
    let (_, rest) = rest.split_once("pub struct Model {").expect("a model");
    let (fields, _) = rest.split_once("\n}").expect("the model ends");
    let (mut columns, mut about) = (Vec::new(), String::new());
    for line in fields.lines().map(str::trim) {
        if let Some(comment) = line.strip_prefix("///") {
            about.push_str(comment);
        } else if let Some((name, _)) = line.strip_prefix("pub ").and_then(|line| line.split_once(':')) {
            let name = name.to_owned();
            columns.push(Column {
                name,
                about: std::mem::take(&mut about),
            });
        }
    }
    Some((table.to_owned(), columns))
}

/// Every column of every table is in the list of what binds it to the log, and what binds it is there.
#[test]
fn every_column_has_what_binds_it_or_why_nothing_need() {
    let columns = |(table, columns): (String, Vec<Column>)| {
        let mut names: Vec<String> = columns.into_iter().map(|column| column.name).collect();
        names.sort();
        (table, names)
    };
    let tables: BTreeMap<String, Vec<String>> = tables().into_iter().map(columns).collect();
    let mut listed: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (table, column, binding) in BINDINGS {
        let own = listed.entry((*table).to_owned()).or_default();
        own.push((*column).to_owned());
        own.sort();
        if let Binding::Leaf(kind, field) = binding {
            let known = Kind::named(kind).expect("a kind of leaf");
            let of_all = ["at", "kind", "rec"].contains(field);
            assert!(of_all || known.fields().contains(field), "{column}: {kind} {field}");
        }
    }
    assert_eq!(tables, listed);
}
