//! The disclosures of one leaf, as a pack or a receipt gives them: each a field that the leaf commits to, and each
//! once.

use std::collections::BTreeSet;

use crate::disclosure;
use crate::kind::Kind;
use crate::leaf::Leaf;
use crate::time::{APART, FAR_AHEAD, Millis};

/// Fields with an id of Discord, which holds the instant when it was made; what the id names existed before the leaf.
const ON_DISCORD: [&str; 2] = ["message_id", "interaction"];

/// When an id of Discord was made; none if it is not one.
fn created(id: &str) -> Option<Millis> {
    const EPOCH: i64 = 1_420_070_400_000;
    let id: u64 = id.parse().ok()?;
    Some(Millis((id >> 22) as i64 + EPOCH))
}

/// Why a line does not belong to the disclosures of a leaf.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Stray {
    #[error("is no disclosure")]
    None,
    #[error("discloses what its leaf does not commit to")]
    NotCommitted,
    #[error("discloses a field that its kind does not have")]
    OtherKind,
    #[error("discloses a field for the second time")]
    Twice,
    #[error("has the salt of another field, so that whoever is shown one can guess the other")]
    Salt,
    #[error("names something on Discord that is younger than its leaf")]
    Younger,
}

/// Names and values of the fields, in the order of the lines.
///
/// # Errors
/// The first line that does not belong to the leaf, by its number from 1.
pub fn fields<'a>(leaf: &Leaf, lines: impl Iterator<Item = &'a str>) -> Result<Vec<(String, String)>, (usize, Stray)> {
    let kind = Kind::named(&leaf.kind);
    let (mut seen, mut salts, mut fields) = (BTreeSet::new(), BTreeSet::new(), Vec::new());
    let recorded = leaf.recorded_at();
    for (line, number) in lines.zip(1..) {
        let Some((salt, name, value)) = disclosure::salted(line) else {
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
        if !salts.insert(salt) {
            return Err((number, Stray::Salt));
        }
        let made = ON_DISCORD.contains(&name.as_str()).then(|| created(&value)).flatten();
        if made
            .zip(recorded)
            .is_some_and(|(made, recorded)| made.since(recorded) > FAR_AHEAD + APART)
        {
            return Err((number, Stray::Younger));
        }
        fields.push((name, value));
    }
    Ok(fields)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::disclosure::{Disclosure, digest};
    use crate::random::tests::Chance;

    #[test]
    fn each_line_is_a_field_of_the_leaf_and_none_comes_twice() {
        let chance = Chance::seeded(1);
        let text = |name, value| Disclosure::new(&chance, name, value).text;
        // The author of a leaf can commit to two values of one field.
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

    #[test]
    fn no_two_fields_have_one_salt() {
        let chance = || Chance::seeded(1);
        let text = |name, value| Disclosure::new(&chance(), name, value).text;
        let (author, reopened) = (text("author", "1"), text("reopened", "yes"));
        let mut leaf = Leaf::genesis(Millis(0), String::new(), "o", "k");
        leaf.kind = Kind::AnswerRetracted.name().to_owned();
        leaf.sd = [&author, &reopened].map(|text| digest(text)).to_vec();
        leaf.sd.sort_unstable();
        let said = fields(&leaf, [author.as_str(), &reopened].into_iter());
        assert_eq!(said, Err((2, Stray::Salt)));
    }

    #[test]
    fn what_a_leaf_names_on_discord_was_there_before() {
        let chance = Chance::seeded(1);
        let at = Millis(1_700_000_000_000);
        let said = |made: Millis| {
            let id = ((made.0 - 1_420_070_400_000) as u64) << 22;
            let text = Disclosure::new(&chance, "message_id", &id.to_string()).text;
            let mut leaf = Leaf::genesis(at, String::new(), "o", "k");
            leaf.kind = Kind::CycleDelivered.name().to_owned();
            leaf.sd = vec![digest(&text)];
            fields(&leaf, [text.as_str()].into_iter()).map(|fields| fields.len())
        };
        assert_eq!(said(at - Millis::DAY), Ok(1));
        assert_eq!(said(at + Millis::HOUR), Ok(1), "the bot's clock may be behind");
        assert_eq!(said(at + 2 * Millis::HOUR), Err((1, Stray::Younger)));
    }
}
