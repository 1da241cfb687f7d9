use jiff::civil::date;
use proptest::prelude::*;

use super::*;

fn calendar() -> Calendar {
    Calendar {
        zone: civil::zone("Europe/Berlin").expect("a zone"),
        first_month: 1,
    }
}

fn at(text: &str) -> Millis {
    text.parse::<jiff::Timestamp>().expect("an instant").into()
}

fn case(category: &str, received_on: Date) -> Counted {
    Counted {
        category: category.to_owned(),
        progress: Progress {
            received_on,
            acknowledged: None,
            feedback: None,
            closed: None,
            reopened: None,
            untouched: true,
            withdrawn: false,
            no_contact: false,
        },
        asked: false,
        worse: false,
        drill: None,
    }
}

fn counts(list: &[(&str, u32)]) -> BTreeMap<String, u32> {
    list.iter()
        .map(|(category, count)| ((*category).to_owned(), *count))
        .collect()
}

#[test]
fn small_numbers_are_folded_and_hidden() {
    let split = |total, categories: &[(&str, u32)], other| Received::Split {
        total,
        categories: counts(categories).into_iter().collect(),
        other,
    };
    let table = [
        (vec![], Received::Few),
        (vec![("idea", 2)], Received::Few),
        (vec![("idea", 1), ("mistake", 1)], Received::Few),
        (vec![("idea", 3)], Received::Total(3)),
        (vec![("idea", 5)], split(5, &[("idea", 5)], 0)),
        // One small category alone could be told by the difference.
        (vec![("idea", 9), ("mistake", 4)], Received::Total(13)),
        (
            vec![("idea", 9), ("mistake", 4), ("suspicious", 1)],
            split(14, &[("idea", 9)], 5),
        ),
        (vec![("idea", 4), ("mistake", 4)], split(8, &[], 8)),
        // What is already called "other" is counted with the others.
        (
            vec![("idea", 9), ("other", 7), ("mistake", 1)],
            split(17, &[("idea", 9)], 8),
        ),
    ];
    for (received, shown) in table {
        assert_eq!(suppress(&counts(&received)), shown, "{received:?}");
    }
}

#[test]
fn each_figure_belongs_to_the_quarter_of_its_own_date() {
    let mut done = case("idea", date(2026, 9, 28));
    done.progress.acknowledged = Some(at("2026-10-01T08:00:00Z"));
    done.progress.feedback = Some(at("2026-12-30T08:00:00Z"));
    done.progress.closed = Some(at("2026-12-30T08:00:00Z"));
    done.asked = true;
    let as_of = at("2027-06-01T00:00:00Z");
    let tallies = tally(&[done, case("mistake", date(2026, 10, 1))], &calendar(), as_of);
    let of = |key: &str| tallies[key].clone();
    assert_eq!(of("2026-Q3").received, counts(&[("idea", 1)]));
    assert_eq!(of("2026-Q4").received, counts(&[("mistake", 1)]));
    assert_eq!(of("2026-Q4").first_reply, Share { n: 1, of: 2 });
    assert_eq!(of("2026-Q4").closed, 1);
    assert_eq!(of("2027-Q1").feedback, Share { n: 1, of: 2 });
    assert_eq!(of("2027-Q1").asked, Share { n: 1, of: 1 });
    let earlier = tally(
        &[case("mistake", date(2026, 10, 1))],
        &calendar(),
        at("2026-10-02T00:00:00Z"),
    );
    assert_eq!(earlier["2026-Q4"].first_reply, Share::default(), "it is not due yet");
}

#[test]
fn without_contact_and_withdrawn_leave_the_ratios_as_the_rules_say() {
    let mut alone = case("idea", date(2026, 1, 5));
    alone.progress.no_contact = true;
    let mut withdrawn = case("idea", date(2026, 1, 5));
    withdrawn.progress.withdrawn = true;
    let tallies = tally(&[alone, withdrawn], &calendar(), at("2027-01-01T00:00:00Z"));
    let first = &tallies["2026-Q1"];
    assert_eq!((first.no_contact, first.first_reply), (1, Share { n: 0, of: 1 }));
    assert!(!tallies.contains_key("2026-Q2"), "feedback is due to neither");
}

#[test]
fn a_late_word_is_no_word_in_time() {
    let mut late = case("idea", date(2026, 1, 5));
    late.progress.acknowledged = Some(at("2026-01-11T23:00:00.001Z"));
    let mut just = case("idea", date(2026, 1, 5));
    just.progress.acknowledged = Some(at("2026-01-11T23:00:00Z"));
    let tallies = tally(&[late, just], &calendar(), at("2026-02-01T00:00:00Z"));
    assert_eq!(tallies["2026-Q1"].first_reply, Share { n: 1, of: 2 });
}

#[test]
fn drills_spoil_no_figure() {
    let drill = |acknowledged: Option<&str>| Counted {
        progress: Progress {
            acknowledged: acknowledged.map(at),
            ..case("idea", date(2026, 1, 5)).progress
        },
        drill: Some(Drill {
            started: at("2026-01-05T08:00:00Z"),
        }),
        ..case("idea", date(2026, 1, 5))
    };
    let cases = [
        drill(Some("2026-01-05T09:00:00Z")),
        drill(Some("2026-01-06T08:00:00Z")),
        drill(None),
    ];
    let as_of = at("2026-05-01T00:00:00Z");
    let tallies = tally(&cases, &calendar(), as_of);
    let expected = Tally {
        drills: vec![Millis::HOUR, Millis::DAY],
        drills_started: 3,
        ..Tally::default()
    };
    assert_eq!(tallies["2026-Q1"], expected);
    let shown = figures(&tallies, &calendar(), as_of);
    assert_eq!(shown.quarters[0].received, Received::Few);
    assert_eq!(
        (shown.quarters[0].drills, shown.quarters[0].drill_median),
        (3, Some(Millis::DAY))
    );
}

#[test]
fn only_quarters_that_are_over_are_shown() {
    let keys = |as_of: &str, first_month| {
        let calendar = Calendar {
            first_month,
            ..calendar()
        };
        let shown = figures(&Tallies::new(), &calendar, at(as_of));
        shown
            .quarters
            .into_iter()
            .map(|quarter| quarter.key)
            .collect::<Vec<_>>()
    };
    assert_eq!(
        keys("2026-11-22T08:00:00Z", 1),
        ["2026-Q3", "2026-Q2", "2026-Q1", "2025-Q4"]
    );
    // 00:30 in Berlin.
    assert_eq!(keys("2026-12-31T23:30:00Z", 1)[0], "2026-Q4");
    assert_eq!(keys("2026-11-22T08:00:00Z", 4)[0], "FY2026-Q2");
}

#[test]
fn kept_tallies_add_up_to_what_the_cases_came_to() {
    let mut cases: Vec<Counted> = (1..=9)
        .map(|day| case(if day % 2 == 0 { "idea" } else { "mistake" }, date(2026, 3, day)))
        .collect();
    cases[3].progress.closed = Some(at("2026-04-02T08:00:00Z"));
    let as_of = at("2027-01-01T00:00:00Z");
    let whole = tally(&cases, &calendar(), as_of);
    let mut summed = Tallies::new();
    for part in cases.chunks(4) {
        for (key, tally) in tally(part, &calendar(), as_of) {
            *summed.entry(key).or_default() += tally;
        }
    }
    assert_eq!(summed, whole);
    let kept: Tallies = serde_json::from_str(&serde_json::to_string(&whole).expect("JSON")).expect("tallies");
    assert_eq!(kept, whole);
}

proptest! {
    /// From all that is shown, no category with one to four concerns can be computed.
    #[test]
    fn no_small_category_can_be_computed(
        received in proptest::collection::btree_map("[a-f]|other", 1_u32..12, 0..7)
    ) {
        let total: u32 = received.values().sum();
        match suppress(&received) {
            Received::Few => prop_assert!(total < 3),
            Received::Total(shown) => prop_assert_eq!(shown, total),
            Received::Split { total: shown, categories, other } => {
                prop_assert_eq!(shown, total);
                prop_assert!(categories.iter().all(|(_, count)| *count >= 5));
                prop_assert_eq!(categories.iter().map(|(_, count)| count).sum::<u32>() + other, total);
                prop_assert!(other == 0 || other >= 5);
            }
        }
    }
}
