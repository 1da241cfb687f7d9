//! When is asked: the `schedule` section, with the ranges of the product's behavioural parameters.

use super::{Cadence, Due, Schedule};
use crate::civil::Cron;
use crate::clock::Millis;
use crate::document::Fields;

const WEEKDAYS: [(&str, u8); 7] = [
    ("monday", 1),
    ("tuesday", 2),
    ("wednesday", 3),
    ("thursday", 4),
    ("friday", 5),
    ("saturday", 6),
    ("sunday", 7),
];

pub(super) fn read(fields: Fields<'_>) -> Schedule {
    let schedule = Schedule {
        weekly: cadence(fields.table("weekly")),
        monthly: cadence(fields.table("monthly")),
        quarterly: cadence(fields.table("quarterly")),
        max_prompts_per_person_7d: fields.whole("max_prompts_per_person_7d", 1..=3) as u32,
        min_gap_between_prompts: fields.whole("min_gap_hours", 24..=96) * Millis::HOUR,
        max_open_prompts: fields.whole("max_open_prompts", 1..=3) as u32,
        jitter: fields.whole("jitter_minutes", 0..=20) * Millis::MINUTE,
        first_month_of_year: fields.whole("first_month_of_year", 1..=12) as u8,
    };
    fields.finish();
    schedule
}

fn cadence(fields: Fields<'_>) -> Cadence {
    let cron = fields.text("cron");
    if !cron.is_empty()
        && let Err(refused) = Cron::parse(&cron)
    {
        fields.wrong("cron", refused.found, refused.allowed, refused.mend);
    }
    let cadence = Cadence {
        cron,
        due: due(&fields),
        late_days: fields.whole("late_days", 0..=31) as u32,
    };
    fields.finish();
    cadence
}

fn due(fields: &Fields<'_>) -> Due {
    match (
        fields.value("due_weekday").is_some(),
        fields.value("due_days").is_some(),
    ) {
        (true, false) => Due::Weekday(fields.word("due_weekday", &WEEKDAYS)),
        (false, true) => Due::Days(fields.whole("due_days", 1..=60) as u32),
        (true, true) => {
            fields.wrong(
                "due_days",
                "due_days beside due_weekday",
                "one of the two",
                "remove one of the two",
            );
            Due::Days(1)
        }
        (false, false) if fields.broken() => Due::Days(1),
        (false, false) => {
            fields.wrong(
                "due_days",
                "neither due_days nor due_weekday",
                "one of the two",
                "add one of the two",
            );
            Due::Days(1)
        }
    }
}
