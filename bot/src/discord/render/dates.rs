//! Civil dates in words: "Mon 16 – Sun 22 Nov 2026".

use jiff::civil::Date;

use crate::words::Voice;

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
}
