//! Cron expressions on civil time, and the way from civil time to instants.
//!
//! Cron never sees a zone: slots are computed as civil times and mapped one by one, so that daylight saving can
//! neither skip a slot nor fire it twice. A gap moves a slot by the missing offset; in a fold the first one counts.

use std::str::FromStr;

use chrono::{Datelike, NaiveDate, NaiveDateTime, Timelike};
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;

use crate::clock::Millis;

/// Why a cron expression cannot be used. The three parts are for the person who wrote it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("found {found}; allowed is {allowed}; {mend}")]
pub struct ScheduleError {
    pub found: String,
    pub allowed: String,
    pub mend: String,
}

const ALLOWED: &str = "six fields: second (always 0), minute, hour, day of month, month, day of week by name";
/// Most characters of a wrong expression that are shown again.
const SHOWN: usize = 80;

/// A checked cron expression.
#[derive(Clone, Debug)]
pub struct Cron(cron::Schedule);

impl Cron {
    /// Reads six fields; seconds are 0 and weekdays have names. Day of month and day of week must **both** match.
    ///
    /// # Errors
    /// With what was found, what is allowed, and how to fix it.
    pub fn parse(text: &str) -> Result<Self, ScheduleError> {
        let fields: Vec<&str> = text.split_whitespace().collect();
        let wrong = |mend: String| ScheduleError {
            found: format!("{:?}", text.chars().take(SHOWN).collect::<String>()),
            allowed: ALLOWED.to_owned(),
            mend,
        };
        let [second, _, _, _, _, weekday] = fields[..] else {
            return Err(wrong(miscounted(&fields)));
        };
        if second.parse() != Ok(0) {
            return Err(wrong(
                "write 0 as the first field: questions are not timed to the second".to_owned(),
            ));
        }
        if weekday.bytes().any(|byte| byte.is_ascii_digit()) {
            return Err(wrong(
                "write weekdays by name, such as Thu, Tue-Thu or Mon,Wed: their numbers differ between cron programs"
                    .to_owned(),
            ));
        }
        let schedule = cron::Schedule::from_str(&fields.join(" "))
            .map_err(|error| wrong(format!("the expression cannot be read: {error}")))?;
        if schedule
            .after(&chrono_of(DateTime::constant(2000, 1, 1, 0, 0, 0, 0)).and_utc())
            .next()
            .is_none()
        {
            return Err(wrong(
                "no day ever matches: day of month, month and day of week must all match".to_owned(),
            ));
        }
        Ok(Self(schedule))
    }

    /// The slots from `first` on, both ends of each day included, in order, without end.
    pub fn from(&self, first: Date) -> impl Iterator<Item = DateTime> + '_ {
        let start = chrono_of(first.to_datetime(jiff::civil::Time::midnight())) - chrono::Duration::seconds(1);
        self.0
            .after(&start.and_utc())
            .take_while(|slot| slot.year() < 9_999)
            .map(|slot| civil_of(slot.naive_utc()))
    }

    /// The slots from `first` to `last`, both included.
    pub fn between(&self, first: Date, last: Date) -> impl Iterator<Item = DateTime> + '_ {
        self.from(first).take_while(move |slot| slot.date() <= last)
    }
}

fn miscounted(fields: &[&str]) -> String {
    match fields {
        [_, _, _, _, _] => format!("write it with the seconds in front: \"0 {}\"", fields.join(" ")),
        _ => format!(
            "there are {} fields; for example \"0 30 9 * * Thu\" is Thursday 09:30",
            fields.len()
        ),
    }
}

fn chrono_of(civil: DateTime) -> NaiveDateTime {
    NaiveDate::from_ymd_opt(i32::from(civil.year()), civil.month() as u32, civil.day() as u32)
        .and_then(|date| date.and_hms_opt(civil.hour() as u32, civil.minute() as u32, civil.second() as u32))
        .expect("jiff's years are within chrono's")
}

fn civil_of(time: NaiveDateTime) -> DateTime {
    DateTime::new(
        time.year() as i16,
        time.month() as i8,
        time.day() as i8,
        time.hour() as i8,
        time.minute() as i8,
        0,
        0,
    )
    .expect("years up to 9998 are within jiff's")
}

/// The zone of that IANA name, from the database built into the program.
///
/// # Errors
/// With what was found, what is allowed, and how to fix it.
pub fn zone(name: &str) -> Result<TimeZone, ScheduleError> {
    TimeZone::get(name).map_err(|_| ScheduleError {
        found: format!("{:?}", name.chars().take(SHOWN).collect::<String>()),
        allowed: "an IANA time zone name".to_owned(),
        mend: "write a name such as \"Europe/Berlin\" or \"UTC\"".to_owned(),
    })
}

/// The instant of a civil time: after a gap the first one plus the missing offset, in a fold the first.
pub fn instant(civil: DateTime, zone: &TimeZone) -> Millis {
    zone.to_ambiguous_timestamp(civil)
        .compatible()
        .map_or(Millis(i64::MAX), Millis::from)
}

/// The civil time of an instant.
pub fn local(at: Millis, zone: &TimeZone) -> DateTime {
    zone.to_datetime(at.timestamp())
}

/// `at`, or when that lies in quiet hours (18:00 to 08:00 and weekends), the first instant after them.
pub fn out_of_quiet_hours(at: Millis, zone: &TimeZone) -> Millis {
    let local = local(at, zone);
    let weekend = local.date().weekday().to_monday_one_offset() > 5;
    if !weekend && (8..18).contains(&local.hour()) {
        return at;
    }
    let mut day = local.date();
    if weekend || local.hour() >= 18 {
        day = day.tomorrow().unwrap_or(day);
    }
    while day.weekday().to_monday_one_offset() > 5 {
        day = day.tomorrow().unwrap_or(day);
    }
    instant(day.at(8, 0, 0, 0), zone)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use jiff::civil::{date, datetime};

    #[test]
    fn a_wrong_expression_is_explained() {
        let mends = [
            ("30 9 * * Thu", "\"0 30 9 * * Thu\""),
            ("5 30 9 * * Thu", "write 0 as the first field"),
            ("0 30 9 * * 4", "weekdays by name"),
            ("0 30 9 * * Mon-5", "weekdays by name"),
            ("0 30 9 * *  Thu 2026 7", "there are 8 fields"),
            ("0 30 25 * * Thu", "cannot be read"),
            ("0 30 9 31 2 *", "no day ever matches"),
            ("", "there are 0 fields"),
        ];
        for (text, mend) in mends {
            let error = Cron::parse(text).expect_err(text);
            assert!(error.mend.contains(mend), "{text}: {error}");
        }
        assert!(Cron::parse("0 0,30 9-11 * * Tue-Thu").is_ok());
    }

    #[test]
    fn day_of_month_and_day_of_week_must_both_match() {
        let cron = Cron::parse("0 30 9 20-31 * Tue-Thu").expect("an expression");
        let slots: Vec<DateTime> = cron.between(date(2026, 11, 1), date(2026, 11, 30)).collect();
        assert_eq!(slots.first(), Some(&datetime(2026, 11, 24, 9, 30, 0, 0)));
        assert_eq!(slots.len(), 3);
    }

    #[test]
    fn a_gap_moves_a_slot_on_and_a_fold_takes_the_first() {
        let berlin = zone("Europe/Berlin").expect("a zone");
        let spring = instant(datetime(2026, 3, 29, 2, 30, 0, 0), &berlin);
        assert_eq!(spring.rfc3339(), "2026-03-29T01:30:00.000Z");
        assert_eq!(local(spring, &berlin), datetime(2026, 3, 29, 3, 30, 0, 0));
        let autumn = instant(datetime(2026, 10, 25, 2, 30, 0, 0), &berlin);
        assert_eq!(autumn.rfc3339(), "2026-10-25T00:30:00.000Z");
    }

    #[test]
    fn quiet_hours_end_on_the_next_working_morning() {
        let berlin = zone("Europe/Berlin").expect("a zone");
        let moved = |civil: DateTime| super::local(out_of_quiet_hours(instant(civil, &berlin), &berlin), &berlin);
        let monday = datetime(2026, 11, 23, 8, 0, 0, 0);
        assert_eq!(moved(datetime(2026, 11, 20, 18, 0, 0, 0)), monday);
        assert_eq!(moved(datetime(2026, 11, 22, 12, 0, 0, 0)), monday);
        assert_eq!(moved(datetime(2026, 11, 23, 7, 59, 0, 0)), monday);
        assert_eq!(
            moved(datetime(2026, 11, 23, 17, 59, 0, 0)),
            datetime(2026, 11, 23, 17, 59, 0, 0)
        );
    }

    #[test]
    fn a_zone_that_is_none_is_explained() {
        assert!(zone("Europe/Berlyn").expect_err("no zone").found.contains("Berlyn"));
    }

    proptest! {
        #[test]
        fn every_civil_day_has_exactly_one_slot_in_every_zone(
            name in proptest::sample::select(jiff::tz::db().available().map(|name| name.to_string()).collect::<Vec<_>>()),
            days in 0i64..2_000,
            time in proptest::sample::select(vec!["0 30 2 * * *", "0 0 0 * * *", "0 30 9 * * *"]),
        ) {
            use jiff::ToSpan;
            let zone = zone(&name).expect("a zone");
            let first = date(2024, 1, 1).saturating_add(days.days());
            let cron = Cron::parse(time).expect("an expression");
            let slots: Vec<DateTime> = cron.between(first, first.saturating_add(9.days())).collect();
            prop_assert_eq!(slots.len(), 10);
            let instants: Vec<Millis> = slots.iter().map(|slot| instant(*slot, &zone)).collect();
            for pair in instants.windows(2) {
                prop_assert!(pair[0] < pair[1]);
            }
            for (slot, at) in slots.iter().zip(&instants) {
                let late = local(*at, &zone).duration_since(*slot).as_millis();
                // A gap moves on by at most a day (Samoa skipped a whole one).
                prop_assert!((0..=24 * 3_600_000).contains(&late));
            }
        }
    }
}
