//! The word that was meant.

/// The name that differs least from `text`, when it is near enough to be a slip of the finger.
pub(crate) fn nearest<'n>(text: &str, names: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    names
        .map(|name| (distance(text, name), name))
        .min()
        .filter(|(distance, _)| *distance <= 1 + text.chars().count() / 4)
        .map(|(_, name)| name)
}

/// Levenshtein's distance over characters.
fn distance(left: &str, right: &str) -> usize {
    let right = right.chars().collect::<Vec<_>>();
    let mut row = (0..=right.len()).collect::<Vec<_>>();
    for (i, a) in left.chars().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], i + 1);
        for (j, b) in right.iter().enumerate() {
            let substituted = diagonal + usize::from(a != *b);
            diagonal = row[j + 1];
            row[j + 1] = substituted.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[right.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_finger_finds_the_key() {
        assert_eq!(
            nearest("qeustion", ["question", "variant"].into_iter()),
            Some("question")
        );
        assert_eq!(nearest("colour", ["question", "variant"].into_iter()), None);
        assert_eq!(distance("kitten", "sitting"), 3);
    }
}
