//! The concern channel: where its pepper is, when handlers hear of news, and what limits it has.

use std::path::{Path, PathBuf};

use jiff::civil::Time;

use super::GivenKey;
use crate::document::Fields;

/// When handlers are told that there is news, where the configuration says nothing else.
const NEWS_AT: [Time; 2] = [Time::constant(9, 0, 0, 0), Time::constant(15, 0, 0, 0)];
const ALLOWED_NEWS: &str = "two different times of day, such as [\"09:00\", \"15:00\"]";
/// Most characters of the other way, so that it fits into every message.
const LONGEST_WAY: usize = 300;

/// What an operator can set about concerns.
#[derive(Clone, Debug)]
pub struct Concerns {
    /// Whether people can raise concerns here.
    pub enabled: bool,
    /// File with 32 random bytes that every case key is derived with; mode 0600, created at first start.
    pub pepper_file: PathBuf,
    /// What takes the file's place; from the environment, never from the configuration file.
    pub given_pepper: Option<GivenKey>,
    /// The two times of day, in the organisation's zone, at which handlers hear that there is news.
    pub news_at: [Time; 2],
    /// Cases are deleted this many months after they were closed; 1 to 120.
    pub retention_months: u32,
    /// Where else somebody can turn to: an address, in words for people.
    pub other_way: Option<String>,
    /// The channel is closed until this many handlers have an active key; 1 to 10.
    pub handlers_needed: usize,
    /// Where fewer members could have written it, people are warned; 2 to 50.
    pub small_team: u64,
    /// Most reports an hour from everybody together; 1 to 1000.
    pub reports_per_hour: u32,
}

impl Concerns {
    /// The defaults, with the pepper in this file.
    pub fn with_pepper(pepper_file: PathBuf) -> Self {
        Self {
            enabled: true,
            pepper_file,
            given_pepper: None,
            news_at: NEWS_AT,
            retention_months: 36,
            other_way: None,
            handlers_needed: 2,
            small_team: 5,
            reports_per_hour: 20,
        }
    }
}

pub(super) fn read(fields: Fields<'_>, folder: &Path) -> Concerns {
    let concerns = Concerns {
        enabled: fields.yes("enabled"),
        pepper_file: folder.join(fields.text("pepper_file")),
        given_pepper: None,
        news_at: news_at(&fields),
        retention_months: fields.whole("retention_months", 1..=120) as u32,
        other_way: other_way(&fields),
        handlers_needed: fields.whole("handlers_needed", 1..=10) as usize,
        small_team: fields.whole("small_team", 2..=50) as u64,
        reports_per_hour: fields.whole("reports_per_hour", 1..=1_000) as u32,
    };
    fields.finish();
    concerns
}

/// The address of another way, for all or for one organisation.
pub(super) fn other_way(fields: &Fields<'_>) -> Option<String> {
    let way = fields.optional_text("other_way")?;
    fields.at_most("other_way", &way, LONGEST_WAY);
    Some(way)
}

fn news_at(fields: &Fields<'_>) -> [Time; 2] {
    let texts = fields.texts("news_at");
    let mut times: Vec<Time> = texts.iter().filter_map(|text| time(text)).collect();
    times.sort_unstable();
    match times[..] {
        [first, second] if texts.len() == 2 && first != second => [first, second],
        _ => {
            fields.wrong("news_at", format!("{texts:?}"), ALLOWED_NEWS, "write two such times");
            NEWS_AT
        }
    }
}

/// Hours and minutes, such as 09:00.
fn time(text: &str) -> Option<Time> {
    let (hour, minute) = text.split_once(':')?;
    let digits = |text: &str| text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(hour) || !digits(minute) {
        return None;
    }
    Time::new(hour.parse().ok()?, minute.parse().ok()?, 0, 0).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_of_day_has_four_digits() {
        assert_eq!(time("09:00"), Some(NEWS_AT[0]));
        for wrong in ["9:00", "24:00", "09:60", "0900", "09:00:00", "-1:00", "ab:cd"] {
            assert_eq!(time(wrong), None, "{wrong}");
        }
    }
}
