//! What was erased, according to a log.
//!
//! Today's leaves `records.erased` name no earlier leaf: the records are named in fields that are kept like all others,
//! and nobody else sees them. Earlier versions left one `record.erased` for each record, with its index.

use std::collections::BTreeSet;

use crate::kind::{Kind, Statement, fields};
use crate::leaf::Leaf;
use crate::new_leaf::NewLeaf;
use crate::padding::MOST_RECORDS;
use crate::random::Random;

/// What stands between a record's id and the names of its fields.
const OF: char = ':';

/// What a leaf says of one record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    pub record: Named,
    /// The names of the fields that were erased; none if nobody knows any more.
    pub fields: Option<BTreeSet<String>>,
    /// The field of the leaf that says so.
    pub by: String,
}

/// How a leaf names a record.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Named {
    /// By its index in the same log.
    Index(u64),
    /// By its id, in this log or in a closed one.
    Record(String),
}

/// The leaves that say that these fields of these records were erased.
pub fn erasure_leaves<'a>(
    chance: &impl Random,
    basis: &str,
    records: impl IntoIterator<Item = (&'a str, &'a BTreeSet<String>)>,
) -> Vec<NewLeaf> {
    let records: Vec<String> = records.into_iter().map(|(record, names)| said(record, names)).collect();
    let leaf = |records: &[String]| {
        let mut statement = Statement::from(fields::RecordsErased {
            basis: basis.to_owned(),
        });
        statement.values.extend_from_slice(records);
        NewLeaf::fresh(chance, statement)
    };
    records.chunks(MOST_RECORDS).map(leaf).collect()
}

/// The value of a record's field.
fn said(record: &str, names: &BTreeSet<String>) -> String {
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    format!("{record}{OF}{}", names.join(","))
}

/// The record and the names in such a value.
fn read(said: &str) -> Option<(String, BTreeSet<String>)> {
    let (record, names) = said.split_once(OF)?;
    Some((record.to_owned(), names.split(',').map(str::to_owned).collect()))
}

/// What a leaf says about records, by those of its fields that are there: names and values. The one place that knows.
pub fn told(leaf: &Leaf, fields: &[(String, String)]) -> Vec<Told> {
    match Kind::named(&leaf.kind) {
        Some(Kind::RecordErased) => told_of_one(leaf.of, fields).into_iter().collect(),
        Some(Kind::RecordsErased) => fields.iter().filter_map(told_by_field).collect(),
        _ => Vec::new(),
    }
}

fn told_by_field((name, value): &(String, String)) -> Option<Told> {
    let (record, names) = read(value)?;
    Some(Told {
        record: Named::Record(record),
        fields: Some(names),
        by: name.clone(),
    })
}

/// A `record.erased` names the index. Only if the record is in a closed log, whose indexes mean nothing in the one that
/// follows it, the field names its id.
fn told_of_one(of: Option<u64>, fields: &[(String, String)]) -> Option<Told> {
    const FIELDS: &str = "fields";
    let value = fields.iter().find(|(name, _)| name == FIELDS).map(|(_, value)| value);
    let (record, fields) = match (of, value) {
        (Some(of), value) => {
            let names = value.map(|names| names.split(',').map(str::to_owned).collect());
            (Named::Index(of), names)
        }
        (None, value) => {
            let (record, names) = read(value?)?;
            (Named::Record(record), Some(names))
        }
    };
    let by = FIELDS.to_owned();
    Some(Told { record, fields, by })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::tests::Chance;
    use crate::time::Millis;

    fn fields(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        let own = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        pairs.iter().map(own).collect()
    }

    fn leaf(kind: Kind, of: Option<u64>) -> Leaf {
        Leaf {
            kind: kind.name().to_owned(),
            of,
            ..Leaf::genesis(Millis(0), String::new(), "o", "k")
        }
    }

    fn names(list: &[&str]) -> BTreeSet<String> {
        list.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn what_is_written_is_what_is_told() {
        let chance = Chance::seeded(1);
        let gone = names(&["choice", "text"]);
        let leaves = erasure_leaves(&chance, "art17", [("0123", &gone)]);
        let [leaf_] = &leaves[..] else { panic!("one leaf") };
        assert_eq!(
            (leaf_.of.clone(), &leaf_.statement.values[..]),
            (None, &["art17".to_owned(), "0123:choice,text".to_owned()][..])
        );
        let said = told(
            &leaf(Kind::RecordsErased, None),
            &fields(&[("basis", "art17"), ("record-0007", "0123:choice,text")]),
        );
        let [one] = &said[..] else { panic!("one record") };
        assert_eq!(one.record, Named::Record("0123".to_owned()));
        assert_eq!((&one.fields, one.by.as_str()), (&Some(gone), "record-0007"));
    }

    #[test]
    fn more_records_than_a_leaf_holds_take_several() {
        let gone = names(&["text"]);
        let records: Vec<String> = (0..2_000).map(|number| format!("{number:032x}")).collect();
        let leaves = erasure_leaves(
            &Chance::seeded(1),
            "art17",
            records.iter().map(|rec| (rec.as_str(), &gone)),
        );
        let lengths: Vec<usize> = leaves.iter().map(|leaf| leaf.statement.values.len()).collect();
        assert_eq!(lengths, [1_024, 978]);
        assert!(leaves.iter().all(|leaf| leaf.check().is_ok()));
    }

    #[test]
    fn leaves_of_earlier_versions_are_understood_for_ever() {
        let of = |of, pairs: &[(&str, &str)]| told(&leaf(Kind::RecordErased, of), &fields(pairs)).pop();
        let said = of(Some(7), &[("basis", "art17"), ("fields", "choice,text")]).expect("a record");
        assert_eq!(
            (said.record, said.fields),
            (Named::Index(7), Some(names(&["choice", "text"])))
        );
        let said = of(Some(7), &[]).expect("a record");
        assert_eq!((said.record, said.fields), (Named::Index(7), None));
        let said = of(None, &[("fields", "0123:text")]).expect("a record");
        assert_eq!(
            (said.record, said.fields),
            (Named::Record("0123".to_owned()), Some(names(&["text"])))
        );
        assert_eq!(of(None, &[]), None);
        assert_eq!(told(&leaf(Kind::AnswerNoted, Some(7)), &fields(&[("text", "1:2")])), []);
    }
}
