//! Civil dates: in words, as "Mon 16 – Sun 22 Nov 2026", and read from what was typed.

use jiff::civil::Date;

use crate::words::Voice;

/// The form of a date, in every language.
pub const EXAMPLE: &str = "2026-12-04";

/// One day with month and year.
pub fn day(voice: Voice<'_>, date: Date) -> String {
    voice.date_with_year(with_month(voice, date), i64::from(date.year()))
}

/// First and last day; the first leaves out what it shares with the last.
pub fn span(voice: Voice<'_>, first: Date, last: Date) -> (String, String) {
    let from = if first.year() != last.year() {
        day(voice, first)
    } else if first.month() == last.month() {
        voice.date_day(
            i64::from(first.weekday().to_monday_one_offset()),
            i64::from(first.day()),
        )
    } else {
        with_month(voice, first)
    };
    (from, day(voice, last))
}

fn with_month(voice: Voice<'_>, date: Date) -> String {
    let weekday = voice.date_day(i64::from(date.weekday().to_monday_one_offset()), i64::from(date.day()));
    voice.date_with_month(weekday, voice.date_month(i64::from(date.month())))
}

/// `2026-12-04`, or as it is written in German `4.12.2026`.
pub fn read_date(text: &str) -> Option<Date> {
    let text = text.trim();
    let mut parts = text.split(['-', '.']);
    let (first, second, third) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some()
        || !text
            .bytes()
            .all(|byte| byte.is_ascii_digit() || matches!(byte, b'-' | b'.'))
    {
        return None;
    }
    let (year, month, day) = match (text.contains('-'), text.contains('.')) {
        (true, false) => (first, second, third),
        (false, true) => (third, second, first),
        _ => return None,
    };
    if year.len() != 4 {
        return None;
    }
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::words::{Language, Words};

    #[test]
    fn a_span_says_each_thing_once() {
        let words = Words::load();
        let spans = [
            (date(2026, 11, 16), date(2026, 11, 22)),
            (date(2026, 11, 30), date(2026, 12, 6)),
            (date(2026, 12, 28), date(2027, 1, 3)),
        ];
        let said = |language| {
            spans
                .map(|(first, last)| span(words.voice(language), first, last))
                .map(|(from, to)| format!("{from} – {to}"))
        };
        assert_eq!(
            said(Language::English),
            [
                "Mon 16 – Sun 22 Nov 2026",
                "Mon 30 Nov – Sun 6 Dec 2026",
                "Mon 28 Dec 2026 – Sun 3 Jan 2027"
            ]
        );
        assert_eq!(
            said(Language::German),
            [
                "Mo 16. – So 22. Nov. 2026",
                "Mo 30. Nov. – So 6. Dez. 2026",
                "Mo 28. Dez. 2026 – So 3. Jan. 2027"
            ]
        );
    }

    #[test]
    fn dates_are_read_strictly() {
        for wrong in [
            "",
            "2026",
            "04-12-2026",
            "2026-13-01",
            "2026-02-30",
            "1.2.26",
            "2026-1.2",
            "+2026-01-02",
            "a-b-c",
        ] {
            assert_eq!(read_date(wrong), None, "{wrong:?}");
        }
        assert_eq!(read_date(" 2026-2-3 "), Some(date(2026, 2, 3)));
    }
}
