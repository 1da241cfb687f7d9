use jiff::civil::{Date, date};
use jiff::tz::TimeZone;
use proptest::prelude::*;

use super::*;

mod again;

fn berlin() -> TimeZone {
    civil::zone("Europe/Berlin").expect("a zone")
}

fn at(text: &str) -> Millis {
    text.parse::<jiff::Timestamp>().expect("an instant").into()
}

fn received(on: Date) -> Progress {
    Progress {
        received_on: on,
        acknowledged: None,
        feedback: None,
        closed: None,
        reopened: None,
        untouched: true,
        withdrawn: false,
        no_contact: false,
    }
}

fn acknowledged(text: &str) -> Progress {
    let acknowledged = at(text);
    let day = civil::local(acknowledged, &berlin()).date();
    Progress {
        acknowledged: Some(acknowledged),
        untouched: false,
        ..received(day)
    }
}

#[test]
fn the_first_word_is_due_seven_times_24_hours_after_the_day_of_receipt_began() {
    let table = [
        // A Saturday before a weekend changes nothing.
        (date(2026, 11, 7), "2026-11-13T23:00:00.000Z"),
        // When summer time ends a day has 25 hours, so the time is over an hour before local midnight.
        (date(2026, 10, 22), "2026-10-28T22:00:00.000Z"),
        // When it begins a day has 23 hours.
        (date(2026, 3, 26), "2026-04-01T23:00:00.000Z"),
        // A leap day counts as a day.
        (date(2028, 2, 25), "2028-03-02T23:00:00.000Z"),
        // Christmas and New Year count as days.
        (date(2026, 12, 25), "2026-12-31T23:00:00.000Z"),
    ];
    for (day, due) in table {
        assert_eq!(first_reply_due(day, &berlin()).rfc3339(), due, "{day}");
    }
}

#[test]
fn feedback_is_due_three_calendar_months_after_the_acknowledgement() {
    let table = [
        // To the shorter month's last day.
        ("2026-11-30T09:00:00Z", "2027-02-28T09:00:00.000Z"),
        ("2027-11-30T09:00:00Z", "2028-02-29T09:00:00.000Z"),
        ("2028-02-29T09:00:00Z", "2028-05-29T08:00:00.000Z"),
        // At the same time of day, whatever happens to summer time: 10:00 in Berlin before and after.
        ("2026-01-15T09:00:00Z", "2026-04-15T08:00:00.000Z"),
        ("2026-08-31T08:00:00Z", "2026-11-30T09:00:00.000Z"),
        // 02:30 on the night that has no 02:30.
        ("2025-12-29T01:30:00Z", "2026-03-29T01:30:00.000Z"),
    ];
    for (acknowledgement, due) in table {
        let progress = acknowledged(acknowledgement);
        assert_eq!(feedback_due(&progress, &berlin()).rfc3339(), due, "{acknowledgement}");
    }
}

#[test]
fn without_an_acknowledgement_and_with_a_late_one_feedback_counts_from_the_seventh_day() {
    let silent = received(date(2026, 11, 2));
    let due = feedback_due(&silent, &berlin());
    assert_eq!(due.rfc3339(), "2027-02-08T23:00:00.000Z");
    let late = Progress {
        acknowledged: Some(at("2026-11-20T09:00:00Z")),
        ..silent
    };
    assert_eq!(feedback_due(&late, &berlin()), due);
    let early = Progress {
        acknowledged: Some(at("2026-11-03T09:00:00Z")),
        ..silent
    };
    assert_eq!(feedback_due(&early, &berlin()).rfc3339(), "2027-02-03T09:00:00.000Z");
}

fn told(progress: &Progress) -> Vec<String> {
    let line = |warning: &Warning| {
        let local = civil::local(warning.at, &berlin());
        format!("{local} {} {}", warning.deadline.word(), warning.step.word())
    };
    warnings(progress, &berlin()).iter().map(line).collect()
}

#[test]
fn a_silent_case_warns_at_half_time_on_the_last_day_and_when_it_is_late() {
    assert_eq!(
        told(&received(date(2026, 11, 2))),
        [
            "2026-11-05T12:00:00 first-word half",
            "2026-11-08T09:00:00 first-word last-day",
            "2026-11-09T00:00:00 first-word over",
            "2027-01-08T00:00:00 feedback day-60",
            "2027-01-23T00:00:00 feedback day-75",
            "2027-02-02T00:00:00 feedback day-85",
            "2027-02-09T00:00:00 feedback over",
        ]
    );
}

#[test]
fn an_acknowledged_case_warns_at_60_75_and_85_days() {
    assert_eq!(
        told(&acknowledged("2026-02-01T13:00:00Z")),
        [
            "2026-04-02T14:00:00 feedback day-60",
            "2026-04-17T14:00:00 feedback day-75",
            "2026-04-27T14:00:00 feedback day-85",
            "2026-05-01T14:00:00 feedback over",
        ]
    );
}

#[test]
fn what_ends_a_clock_and_what_does_not() {
    let open = received(date(2026, 11, 2));
    let count = |progress: Progress| {
        let of = |deadline| {
            warnings(&progress, &berlin())
                .iter()
                .filter(|warning| warning.deadline == deadline)
                .count()
        };
        (of(Deadline::FirstReply), of(Deadline::Feedback))
    };
    let later = Some(at("2026-11-04T09:00:00Z"));
    assert_eq!(count(open), (3, 4));
    // Taken, read or handed over: nobody has replied yet.
    let touched = Progress {
        untouched: false,
        ..open
    };
    assert_eq!(count(touched), (3, 4));
    let withdrawn = Progress {
        withdrawn: true,
        ..open
    };
    assert_eq!(count(withdrawn), (3, 0), "the first reply stays due");
    let alone = Progress {
        no_contact: true,
        ..open
    };
    assert_eq!(count(alone), (3, 0), "somebody must look at it");
    let seen = Progress {
        untouched: false,
        ..alone
    };
    assert_eq!(count(seen), (0, 0));
    let answered = Progress {
        acknowledged: later,
        feedback: later,
        ..touched
    };
    assert_eq!(count(answered), (0, 0));
    let closed = Progress {
        closed: later,
        ..touched
    };
    assert_eq!(count(closed), (0, 0));
}

#[test]
fn warnings_climb() {
    let escalations = WarningStep::ALL.map(|step| (step.word(), step.escalation()));
    assert_eq!(
        escalations,
        [
            ("half", Escalation::Own),
            ("last-day", Escalation::Next),
            ("day-60", Escalation::Own),
            ("day-75", Escalation::Next),
            ("day-85", Escalation::Independent),
            ("over", Escalation::Independent),
        ]
    );
}

#[test]
fn words_read_back() {
    for deadline in Deadline::ALL {
        assert_eq!(Deadline::named(deadline.word()), Some(deadline));
    }
    for step in WarningStep::ALL {
        assert_eq!(WarningStep::named(step.word()), Some(step));
    }
    for after in After::ALL {
        assert_eq!(After::of(after.days()), Some(after));
    }
    assert_eq!(
        (Deadline::named("x"), WarningStep::named("x"), After::of(60)),
        (None, None, None)
    );
}

#[test]
fn the_reporter_is_asked_in_working_hours() {
    let due = |after: After, closed: &str| civil::local(after.due(at(closed), &berlin()), &berlin()).to_string();
    assert_eq!(due(After::Days30, "2026-11-02T10:00:00Z"), "2026-12-02T11:00:00");
    // A Saturday becomes Monday, and an evening the next morning.
    assert_eq!(due(After::Days30, "2026-11-05T10:00:00Z"), "2026-12-07T08:00:00");
    assert_eq!(due(After::Days90, "2026-11-02T19:00:00Z"), "2027-02-01T08:00:00");
}

proptest! {
    #[test]
    fn the_day_alone_never_makes_a_case_due_later_than_the_instant_would(
        name in proptest::sample::select(vec!["Europe/Berlin", "America/Santiago", "Asia/Beirut", "Pacific/Apia", "UTC"]),
        received_at in 1_600_000_000_000_i64..2_000_000_000_000,
    ) {
        let zone = civil::zone(name).expect("a zone");
        let received_at = Millis(received_at);
        let exact = received_at + 7 * Millis::DAY;
        let due = first_reply_due(civil::local(received_at, &zone).date(), &zone);
        prop_assert!(due <= exact && exact.since(due) <= 25 * Millis::HOUR);
    }
}
