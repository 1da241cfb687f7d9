//! Figures of concerns: by the quarter, small numbers suppressed, nothing split by team.

use super::streaks::figure;
use crate::catalogue::ConcernCategory;
use crate::clock::Millis;
use crate::concerns::figures::{Figures, Quarter, Received, Share};
use crate::discord::edge::{Page, text};
use crate::words::Voice;

/// All quarters in one message, newest first.
pub fn figures(voice: Voice<'_>, figures: &Figures, categories: &[ConcernCategory]) -> Page {
    let mut lines = vec![
        voice.figures_title(text::instant(figures.as_of)),
        format!("-# {}", voice.figures_note()),
    ];
    for of in &figures.quarters {
        lines.push(quarter(voice, of, categories));
    }
    Page::text(text::cut(&lines.join("\n"), text::MESSAGE))
}

fn quarter(voice: Voice<'_>, quarter: &Quarter, categories: &[ConcernCategory]) -> String {
    let share =
        |share: Option<Share>| share.map_or_else(|| voice.figures_few(), |share| figure(voice, share.n, share.of));
    let count = |count: Option<u32>| count.map_or_else(|| voice.figures_few(), |count| count.to_string());
    let mut lines = vec![
        format!("**{}**", quarter.key),
        received(voice, &quarter.received, categories),
    ];
    lines.push(voice.figures_first_word(share(quarter.first_reply)));
    lines.push(voice.figures_feedback(share(quarter.feedback)));
    lines.push(voice.figures_closed(count(quarter.closed)));
    lines.push(voice.figures_asked(share(quarter.asked)));
    lines.push(voice.figures_no_contact(count(quarter.no_contact)));
    let drills = i64::from(quarter.drills);
    lines.push(match quarter.drill_median {
        Some(median) => voice.figures_drills_median(drills, median.div_euclid(Millis::HOUR)),
        None => voice.figures_drills(drills),
    });
    lines.join("\n")
}

fn received(voice: Voice<'_>, received: &Received, categories: &[ConcernCategory]) -> String {
    let (total, parts) = match received {
        Received::Few => return voice.figures_received(voice.figures_few()),
        Received::Total(total) => (total, Vec::new()),
        Received::Split {
            total,
            categories: known,
            other,
        } => {
            let label = |id: &str| {
                let category = categories.iter().find(|category| category.id == id);
                text::escape_line(category.map_or(id, |category| &category.label))
            };
            let mut parts: Vec<String> = known
                .iter()
                .map(|(id, count)| format!("{}: {count}", label(id)))
                .collect();
            if *other > 0 {
                parts.push(format!("{}: {other}", voice.figures_other()));
            }
            (total, parts)
        }
    };
    let mut lines = vec![voice.figures_received(total.to_string())];
    lines.extend(parts.into_iter().map(|part| format!("- {part}")));
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::{Language, Words};

    fn shown(received: Received, few: bool) -> Quarter {
        Quarter {
            key: "2026-Q3".to_owned(),
            received,
            first_reply: (!few).then_some(Share { n: 6, of: 7 }),
            feedback: (!few).then_some(Share { n: 3, of: 4 }),
            asked: None,
            closed: (!few).then_some(3),
            no_contact: None,
            drills: 1,
            drill_median: (!few).then_some(5 * Millis::HOUR),
        }
    }

    #[test]
    fn a_quarter_says_what_may_be_said() {
        let words = Words::load();
        let split = Received::Split {
            total: 12,
            categories: vec![("gone".to_owned(), 7)],
            other: 5,
        };
        let figures = Figures {
            as_of: Millis(0),
            quarters: vec![shown(split, false), shown(Received::Few, true)],
        };
        let page = super::figures(words.voice(Language::English), &figures, &[]);
        insta::assert_snapshot!(page.text, @r"
        **Concerns by quarter**, as of <t:0:f>
        -# Only quarters that are over. Fewer than five of a kind are counted with others, fewer than three are not counted. Nothing is split by team.
        **2026-Q3**
        received: 12
        - gone: 7
        - others together: 5
        first reply within 7 days: 6 of 7 (86 %)
        feedback on the outcome within 3 months: 3 of 4
        closed: 3
        asked afterwards whether anything got worse: fewer than 3
        wanted no contact: fewer than 3
        drills: 1, median time to first reply: 5 hours
        **2026-Q3**
        received: fewer than 3
        first reply within 7 days: fewer than 3
        feedback on the outcome within 3 months: fewer than 3
        closed: fewer than 3
        asked afterwards whether anything got worse: fewer than 3
        wanted no contact: fewer than 3
        drills: 1
        ");
        let page = super::figures(words.voice(Language::German), &figures, &[]);
        assert!(
            page.text.contains("eingegangen: 12\n- gone: 7\n- andere zusammen: 5\n"),
            "{}",
            page.text
        );
    }
}
