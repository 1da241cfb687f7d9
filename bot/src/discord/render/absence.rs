//! What became of a leave.

use super::refusal::EXAMPLE_DATE;
use super::{dates, text};
use crate::clock::Millis;
use crate::people::AbsenceOutcome;
use crate::prompts::schedule;
use crate::words::Voice;

/// A text that is no date.
pub fn no_date(voice: Voice<'_>, found: &str) -> String {
    voice.away_no_date(text::escape_line(&text::cut(found, 40)), EXAMPLE_DATE)
}

pub fn outcome(voice: Voice<'_>, outcome: &AbsenceOutcome, asked: (jiff::civil::Date, jiff::civil::Date)) -> String {
    let day = |date| dates::day(voice, date);
    match outcome {
        AbsenceOutcome::Entered { from, to, zone } => {
            let (from, to) = days(*from, *to, zone);
            voice.away_recorded(day(from), day(to))
        }
        AbsenceOutcome::InThePast { today } => voice.away_past(day(*today)),
        AbsenceOutcome::EndsBeforeItBegins => voice.away_order(day(asked.1), day(asked.0)),
        AbsenceOutcome::TooLong { days, most } => voice.away_too_long(i64::from(*days), i64::from(*most)),
        AbsenceOutcome::Overlaps { from, to } => voice.away_overlaps(text::instant(*from), text::instant(*to)),
        AbsenceOutcome::UnknownMember => voice.refused_organisation(),
    }
}

/// First and last day of a half-open span.
fn days(from: Millis, to: Millis, zone: &str) -> (jiff::civil::Date, jiff::civil::Date) {
    let zone = schedule::zone(zone).unwrap_or(jiff::tz::TimeZone::UTC);
    (
        schedule::civil(from, &zone).date(),
        schedule::civil(to - 1, &zone).date(),
    )
}
