//! What a person's client shows for Discord's markup: instants in their own time, names instead of ids.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::tz::TimeZone;

/// A person's screen.
#[derive(Clone, Debug)]
pub struct Screen {
    zone: TimeZone,
    now: i64,
}

impl Screen {
    /// A screen in an IANA zone at an instant in UTC milliseconds; UTC when there is no such zone.
    pub fn new(zone: &str, now: i64) -> Self {
        Self {
            zone: TimeZone::get(zone).unwrap_or(TimeZone::UTC),
            now,
        }
    }

    /// Day and time of day, such as `Thu 3 Sep 09:41`.
    pub fn time(&self, milliseconds: i64) -> String {
        self.format(milliseconds.div_euclid(1_000), "%a %-d %b %H:%M")
    }

    /// The text as the client shows it.
    pub fn show(&self, text: &str, names: &BTreeMap<String, String>) -> String {
        let mut shown = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(start) = rest.find('<') {
            let (before, mark) = rest.split_at(start);
            shown.push_str(before);
            let Some(end) = mark.find('>') else {
                rest = mark;
                break;
            };
            let inner = &mark[1..end];
            if inner.contains('<') {
                shown.push('<');
                rest = &mark[1..];
                continue;
            }
            match self.mark(inner, names) {
                Some(replaced) => shown.push_str(&replaced),
                None => shown.push_str(&mark[..=end]),
            }
            rest = &mark[end + 1..];
        }
        shown.push_str(rest);
        shown.replace("**", "").replace("\n-# ", "\n")
    }

    fn mark(&self, inner: &str, names: &BTreeMap<String, String>) -> Option<String> {
        if let Some(id) = inner.strip_prefix('@') {
            return names.get(id).map(|name| format!("@{name}"));
        }
        let (seconds, style) = inner.strip_prefix("t:")?.split_once(':')?;
        let seconds = seconds.parse().ok()?;
        Some(match style {
            "R" => self.relative(seconds),
            "d" | "D" => self.format(seconds, "%-d %b %Y"),
            _ => self.format(seconds, "%a %-d %b %Y %H:%M"),
        })
    }

    /// The distance in the largest whole unit, as clients show it.
    fn relative(&self, seconds: i64) -> String {
        let distance = seconds - self.now.div_euclid(1_000);
        let units = [(86_400, "day"), (3_600, "hour"), (60, "minute"), (1, "second")];
        let (length, unit) = units
            .into_iter()
            .find(|(length, _)| distance.abs() >= *length)
            .unwrap_or((1, "second"));
        let count = distance.abs() / length;
        let plural = if count == 1 { "" } else { "s" };
        if distance < 0 {
            format!("{count} {unit}{plural} ago")
        } else {
            format!("in {count} {unit}{plural}")
        }
    }

    fn format(&self, seconds: i64, form: &str) -> String {
        Timestamp::from_second(seconds)
            .map(|instant| instant.to_zoned(self.zone.clone()).strftime(form).to_string())
            .unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instants_and_names_are_shown_as_a_client_shows_them() {
        let names = BTreeMap::from([("7".to_owned(), "Ada".to_owned())]);
        let screen = Screen::new("Europe/Berlin", 1_795_449_600_000 - 2 * 86_400_000);
        assert_eq!(
            screen.show("<@7> < 5 is **due** <t:1795449600:F> (<t:1795449600:R>).", &names),
            "@Ada < 5 is due Mon 23 Nov 2026 17:00 (in 2 days)."
        );
        assert_eq!(screen.show("a < b", &names), "a < b");
    }
}
