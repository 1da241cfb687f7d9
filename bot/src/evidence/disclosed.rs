//! The disclosures of one leaf, as a pack or a receipt gives them: each a field that the leaf commits to, and each once.

use std::collections::BTreeSet;

use super::disclosure;
use super::kind::Kind;
use super::leaf::Leaf;

/// Why a line does not belong to the disclosures of a leaf.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum Stray {
    #[error("is no disclosure")]
    None,
    #[error("discloses what its leaf does not commit to")]
    NotCommitted,
    #[error("discloses a field that its kind does not have")]
    OtherKind,
    #[error("discloses a field for the second time")]
    Twice,
}

/// Names and values of the fields, in the order of the lines.
///
/// # Errors
/// The first line that does not belong to the leaf, by its number from 1.
pub(super) fn fields<'a>(
    leaf: &Leaf,
    lines: impl Iterator<Item = &'a str>,
) -> Result<Vec<(String, String)>, (usize, Stray)> {
    let kind = Kind::named(&leaf.kind);
    let (mut seen, mut fields) = (BTreeSet::new(), Vec::new());
    for (line, number) in lines.zip(1..) {
        let Some((name, value)) = disclosure::read(line) else {
            return Err((number, Stray::None));
        };
        if !leaf.commits_to(line) {
            return Err((number, Stray::NotCommitted));
        }
        if kind.is_some_and(|kind| !kind.has_field(&name)) {
            return Err((number, Stray::OtherKind));
        }
        if !seen.insert(name.clone()) {
            return Err((number, Stray::Twice));
        }
        fields.push((name, value));
    }
    Ok(fields)
}

#[cfg(test)]
mod tests {
    use super::super::disclosure::{Disclosure, digest};
    use super::*;
    use crate::chance::Chance;
    use crate::clock::Millis;

    #[test]
    fn each_line_is_a_field_of_the_leaf_and_none_comes_twice() {
        let chance = Chance::seeded(1);
        let text = |name, value| Disclosure::new(&chance, name, value).text;
        // Whoever writes a leaf can commit to two values of one field.
        let [author, other, strange] = [text("author", "1"), text("author", "2"), text("shoes", "red")];
        let mut leaf = Leaf::genesis(Millis(0), String::new(), "o", "k");
        leaf.kind = Kind::AnswerRetracted.name().to_owned();
        leaf.sd = [&author, &other, &strange].map(|text| digest(text)).to_vec();
        leaf.sd.sort_unstable();
        let said = |lines: &[&str]| fields(&leaf, lines.iter().copied());
        assert_eq!(said(&[&author]), Ok(vec![("author".to_owned(), "1".to_owned())]));
        assert_eq!(said(&[&author, &author]), Err((2, Stray::Twice)));
        assert_eq!(said(&[&author, &other]), Err((2, Stray::Twice)));
        assert_eq!(said(&[&strange]), Err((1, Stray::OtherKind)));
        assert_eq!(said(&[&text("author", "1")]), Err((1, Stray::NotCommitted)));
        assert_eq!(said(&[&other, ""]), Err((2, Stray::None)));
    }
}
