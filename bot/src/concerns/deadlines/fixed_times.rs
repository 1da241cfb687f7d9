//! The fixed times of a day at which the channel does something. Pure.
//!
//! They are the same on every day, whether anything happened or not: what is done at them tells nobody when something
//! happened.

use jiff::ToSpan;
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;

use crate::civil;
use crate::clock::Millis;

/// When the digest of the day before is written, and what is old is deleted.
pub const DIGEST_AT: Time = Time::constant(4, 0, 0, 0);

/// The last time at or before `now`.
pub fn last(times: &[Time], zone: &TimeZone, now: Millis) -> Option<Millis> {
    around(times, zone, now).filter(|at| *at <= now).max()
}

/// The first time after `now`.
pub fn next(times: &[Time], zone: &TimeZone, now: Millis) -> Option<Millis> {
    around(times, zone, now).filter(|at| *at > now).min()
}

/// The times of the days around `now`.
fn around(times: &[Time], zone: &TimeZone, now: Millis) -> impl Iterator<Item = Millis> {
    let today = civil::local(now, zone).date();
    (-2..=2).flat_map(move |days: i64| {
        let day = today.saturating_add(days.days());
        times
            .iter()
            .map(move |time| civil::instant(day.to_datetime(*time), zone))
    })
}

/// The earliest of the instants that several steps return, each of which was taken whatever happened to the others; or
/// the first of their errors, after the others were logged.
///
/// # Errors
/// When one of the steps failed.
pub fn earliest(outcomes: Vec<anyhow::Result<Option<Millis>>>) -> anyhow::Result<Option<Millis>> {
    let (mut next, mut failed): (Option<Millis>, Option<anyhow::Error>) = (None, None);
    for outcome in outcomes {
        match (outcome, &failed) {
            (Ok(own), _) => next = next.into_iter().chain(own).min(),
            (Err(error), None) => failed = Some(error),
            (Err(error), Some(_)) => tracing::error!("another step failed, too: {error:#}"),
        }
    }
    failed.map_or(Ok(next), Err)
}

/// The last day whose digest is due at `now`.
pub fn last_digest_day(zone: &TimeZone, now: Millis) -> Date {
    let local = civil::local(now, zone);
    let due = civil::instant(local.date().to_datetime(DIGEST_AT), zone);
    let days = if now >= due { 1 } else { 2 };
    local.date().saturating_sub(days.days())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    const NEWS: [Time; 2] = [Time::constant(9, 0, 0, 0), Time::constant(15, 0, 0, 0)];

    fn at(text: &str) -> Millis {
        text.parse::<jiff::Timestamp>().expect("an instant").into()
    }

    #[test]
    fn rounds_follow_the_clock_on_the_wall() {
        let berlin = civil::zone("Europe/Berlin").expect("a zone");
        let table = [
            (
                "2026-11-22T07:59:59Z",
                "2026-11-21T14:00:00.000Z",
                "2026-11-22T08:00:00.000Z",
            ),
            (
                "2026-11-22T08:00:00Z",
                "2026-11-22T08:00:00.000Z",
                "2026-11-22T14:00:00.000Z",
            ),
            // Summer time begins and ends.
            (
                "2026-03-28T20:00:00Z",
                "2026-03-28T14:00:00.000Z",
                "2026-03-29T07:00:00.000Z",
            ),
            (
                "2026-10-24T20:00:00Z",
                "2026-10-24T13:00:00.000Z",
                "2026-10-25T08:00:00.000Z",
            ),
        ];
        for (now, before, after) in table {
            let rfc3339 = |at: Option<Millis>| at.map(Millis::rfc3339).unwrap_or_default();
            assert_eq!(rfc3339(last(&NEWS, &berlin, at(now))), before, "{now}");
            assert_eq!(rfc3339(next(&NEWS, &berlin, at(now))), after, "{now}");
        }
    }

    #[test]
    fn a_step_that_fails_hides_no_other() {
        let fails = || Err(anyhow::anyhow!("no"));
        let earliest_of = |outcomes| earliest(outcomes).ok().flatten();
        assert_eq!(
            earliest_of(vec![Ok(Some(Millis(5))), Ok(None), Ok(Some(Millis(3)))]),
            Some(Millis(3))
        );
        assert!(earliest(vec![Ok(Some(Millis(5))), fails(), fails()]).is_err());
    }

    #[test]
    fn a_time_that_a_day_lacks_comes_an_hour_later() {
        let berlin = civil::zone("Europe/Berlin").expect("a zone");
        let times = [Time::constant(2, 30, 0, 0)];
        let next = next(&times, &berlin, at("2026-03-28T20:00:00Z"));
        assert_eq!(next.map(Millis::rfc3339).as_deref(), Some("2026-03-29T01:30:00.000Z"));
    }

    #[test]
    fn a_day_is_digested_at_four_of_the_next() {
        let berlin = civil::zone("Europe/Berlin").expect("a zone");
        assert_eq!(last_digest_day(&berlin, at("2026-11-22T02:59:59Z")), date(2026, 11, 20));
        assert_eq!(last_digest_day(&berlin, at("2026-11-22T03:00:00Z")), date(2026, 11, 21));
    }
}
