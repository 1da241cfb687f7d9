//! Slots as the operator writes them. Only what cannot be misread is taken: six fields, seconds 0, weekdays by name.

use std::str::FromStr;

/// Why an expression is refused.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Refused {
    pub found: String,
    pub mend: &'static str,
}

pub(super) const ALLOWED: &str =
    "six fields: second (0), minute, hour, day of month, month, weekday by name; such as \"0 30 9 * * Thu\"";

/// Checks an expression.
pub(super) fn check(text: &str) -> Result<(), Refused> {
    let refuse = |why: &str, mend| {
        Err(Refused {
            found: format!("{text:?}{why}"),
            mend,
        })
    };
    let fields = text.split_whitespace().collect::<Vec<_>>();
    match fields.len() {
        6 => {}
        5 => {
            return refuse(
                ", which has five fields",
                "put a 0 for the seconds in front of the five fields",
            );
        }
        _ => return refuse("", "write six fields"),
    }
    if fields[0] != "0" {
        return refuse(", whose seconds are not 0", "write 0 as the first field");
    }
    if fields[5].bytes().any(|byte| byte.is_ascii_digit()) {
        return refuse(
            ", whose weekday is a number",
            "write weekdays by name (Mon, Tue, Wed, Thu, Fri, Sat, Sun): numbers mean different days in different tools",
        );
    }
    let Ok(schedule) = cron::Schedule::from_str(text) else {
        return refuse(
            ", which is no cron expression",
            "look at each field: minute 0-59, hour 0-23, day 1-31, month 1-12 or its name, weekday by name",
        );
    };
    let start = chrono::DateTime::UNIX_EPOCH;
    if schedule.after(&start).next().is_none() {
        return refuse(", which never comes", "choose a day that exists");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_cannot_be_misread_is_taken() {
        for good in [
            "0 30 9 * * Thu",
            "0 30 9 20-31 * Tue,Wed,Thu",
            "0 0 9,14 8-31 Mar,Jun Mon-Fri",
            "0 */15 9 * * *",
        ] {
            assert_eq!(check(good), Ok(()));
        }
        let mend = |text| check(text).expect_err(text).mend;
        assert!(mend("30 9 * * Thu").contains("in front"));
        assert!(mend("5 30 9 * * Thu").contains("first field"));
        assert!(mend("0 30 9 * * 4").contains("by name"));
        assert!(mend("0 61 9 * * Thu").contains("0-59"));
        assert!(mend("0 30 9 31 Feb *").contains("exists"));
        assert!(mend("").contains("six"));
        assert!(mend("0 30 9 * * Thu 2027").contains("six"));
    }
}
