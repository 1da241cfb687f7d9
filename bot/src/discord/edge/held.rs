//! When what is shown was last compared with the evidence log, and whether it agreed.

use super::{Page, text};
use crate::reconcile::Held;
use crate::words::Voice;

/// Says it at the end of a reply; if it did not agree, in the first line.
pub fn tell(voice: Voice<'_>, mut pages: Vec<Page>, held: Option<Held>) -> Vec<Page> {
    match held {
        Some(held) if held.differences > 0 => {
            let warning = voice.tables_differ(text::instant(held.at));
            match pages.first_mut() {
                Some(first) if fits(first, &warning) => first.text = format!("{warning}\n{}", first.text),
                _ => pages.insert(0, Page::text(warning)),
            }
        }
        Some(held) => end(&mut pages, &format!("-# {}", voice.tables_held(text::instant(held.at)))),
        None => end(&mut pages, &format!("-# {}", voice.tables_not_held())),
    }
    pages
}

fn end(pages: &mut Vec<Page>, line: &str) {
    match pages.last_mut() {
        Some(last) if fits(last, line) => {
            last.text.push('\n');
            last.text.push_str(line);
        }
        _ => pages.push(Page::text(line)),
    }
}

fn fits(page: &Page, line: &str) -> bool {
    text::length(&page.text) + 1 + text::length(line) <= text::MESSAGE
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Millis;
    use crate::words::{Language, Words};

    fn told(pages: Vec<Page>, held: Option<Held>) -> Vec<String> {
        let words = Words::load();
        let pages = tell(words.voice(Language::English), pages, held);
        pages.into_iter().map(|page| page.text).collect()
    }

    fn held(differences: u64) -> Held {
        Held {
            at: Millis(1_000),
            differences,
        }
    }

    #[test]
    fn the_last_line_tells_when_and_the_first_one_warns() {
        let page = || vec![Page::text("figures")];
        assert_eq!(
            told(page(), None),
            ["figures\n-# Not yet compared with the evidence log."]
        );
        assert_eq!(
            told(page(), Some(held(0))),
            ["figures\n-# Last compared with the evidence log on <t:1:f>: they agreed."]
        );
        let warned = told(page(), Some(held(3)));
        assert!(warned[0].starts_with("**Do not rely on this:**") && warned[0].ends_with("\nfigures"));
    }

    #[test]
    fn a_full_page_is_not_cut() {
        let full = || vec![Page::text("x".repeat(text::MESSAGE))];
        assert_eq!(
            (told(full(), Some(held(0))).len(), told(full(), Some(held(1))).len()),
            (2, 2)
        );
    }
}
