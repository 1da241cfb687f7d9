use super::*;

#[test]
fn a_case_that_is_opened_again_has_its_clocks_anew() {
    let open = Progress {
        acknowledged: Some(at("2026-11-04T09:00:00Z")),
        ..received(date(2026, 11, 2))
    };
    let again = |on: Date, told: bool| Progress {
        reopened: Some(Reopened { on, told }),
        ..open
    };
    let told = again(date(2026, 12, 10), true);
    assert_eq!(feedback_due(&told, &berlin()), at("2027-03-09T23:00:00Z"));
    let of = |progress: &Progress| -> Vec<(WarningStep, Millis)> {
        let warnings = warnings(progress, &berlin());
        warnings.iter().map(|warning| (warning.step, warning.at)).collect()
    };
    assert_eq!(of(&told)[0], (WarningStep::Day60, at("2027-02-07T23:00:00Z")));
    assert_eq!(of(&told).len(), 4);
    // There was no outcome: its deadline was never met.
    let untold = again(date(2027, 1, 20), false);
    assert_eq!(feedback_due(&untold, &berlin()), feedback_due(&open, &berlin()));
    let next_morning = at("2027-01-21T08:00:00Z");
    assert_eq!(
        of(&untold),
        [
            (WarningStep::Day60, next_morning),
            (WarningStep::Day75, next_morning),
            (WarningStep::Day85, at("2027-01-28T09:00:00Z")),
            (WarningStep::Over, at("2027-02-04T09:00:00Z")),
        ]
    );
    let silent = Progress {
        acknowledged: None,
        ..untold
    };
    let first_words = warnings(&silent, &berlin())
        .into_iter()
        .filter(|warning| warning.deadline == Deadline::FirstReply);
    assert!(first_words.map(|warning| warning.at).eq([next_morning; 3]));
}

#[test]
fn the_days_that_people_are_told_are_those_of_the_promise() {
    let day = |progress: &Progress| feedback_day(feedback_from(progress, &berlin()));
    assert_eq!(first_reply_day(date(2026, 11, 22)), date(2026, 11, 29));
    let silent = received(date(2026, 11, 22));
    assert_eq!(day(&silent), date(2027, 2, 28));
    let spoken = Progress {
        acknowledged: Some(at("2026-11-23T10:00:00Z")),
        ..silent
    };
    assert_eq!(day(&spoken), date(2027, 2, 23));
    let late = Progress {
        acknowledged: Some(at("2026-12-23T10:00:00Z")),
        ..silent
    };
    assert_eq!(day(&late), date(2027, 2, 28), "a late word moves nothing");
    let again = Progress {
        reopened: Some(Reopened {
            on: date(2026, 12, 24),
            told: true,
        }),
        ..spoken
    };
    assert_eq!(day(&again), date(2027, 3, 24));
}
