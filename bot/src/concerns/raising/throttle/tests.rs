use super::*;

const ANNA: MemberId = MemberId::from_i64(1);
const BEN: MemberId = MemberId::from_i64(2);
const NOON: Millis = Millis(Millis::DAY / 2);

#[test]
fn a_person_sends_three_anonymous_reports_a_day() {
    let throttle = Throttle::new(Chance::seeded(1), 100);
    for _ in 0..REPORTS_A_DAY {
        assert_eq!(throttle.report(ANNA, true, NOON), ReportThrottle::Go);
    }
    let most = REPORTS_A_DAY;
    assert_eq!(throttle.report(ANNA, true, NOON), ReportThrottle::TooManyToday { most });
    assert_eq!(throttle.report(ANNA, false, NOON), ReportThrottle::Go);
    assert_eq!(throttle.report(BEN, true, NOON), ReportThrottle::Go);
    assert_eq!(throttle.report(ANNA, true, NOON + Millis::DAY), ReportThrottle::Go);
}

#[test]
fn nobody_fills_the_hour_of_all_under_a_name() {
    let throttle = Throttle::new(Chance::seeded(1), 100);
    for _ in 0..OTHERS_A_DAY {
        assert_eq!(throttle.report(ANNA, false, NOON), ReportThrottle::Go);
    }
    let most = OTHERS_A_DAY;
    assert_eq!(
        throttle.report(ANNA, false, NOON),
        ReportThrottle::TooManyToday { most }
    );
    assert_eq!(throttle.report(ANNA, true, NOON), ReportThrottle::Go);
    assert_eq!(throttle.report(BEN, false, NOON), ReportThrottle::Go);
}

#[test]
fn what_was_not_filed_uses_nothing_up() {
    let throttle = Throttle::new(Chance::seeded(1), 1);
    for _ in 0..=REPORTS_A_DAY {
        assert_eq!(throttle.report(ANNA, true, NOON), ReportThrottle::Go);
        throttle.not_filed(ANNA, true, NOON);
    }
    assert_eq!(throttle.report(BEN, true, NOON), ReportThrottle::Go);
    let milliseconds = Millis::HOUR;
    let full = ReportThrottle::Later { milliseconds };
    // Nor does a report that exceeded the hour's limit.
    for _ in 0..=REPORTS_A_DAY {
        assert_eq!(throttle.report(ANNA, true, NOON), full);
    }
    assert_eq!(throttle.report(ANNA, true, NOON + Millis::HOUR), ReportThrottle::Go);
}

#[test]
fn everybody_together_has_a_ceiling_over_midnight_too() {
    let throttle = Throttle::new(Chance::seeded(1), 2);
    let late = Millis(Millis::DAY - Millis::MINUTE);
    for _ in 0..2 {
        assert_eq!(throttle.report(ANNA, false, late), ReportThrottle::Go);
    }
    let milliseconds = Millis::HOUR - 2 * Millis::MINUTE;
    let refused = throttle.report(BEN, true, late + 2 * Millis::MINUTE);
    assert_eq!(refused, ReportThrottle::Later { milliseconds });
    assert_eq!(throttle.report(BEN, true, late + Millis::HOUR), ReportThrottle::Go);
}

#[test]
fn wrong_case_keys_make_a_person_wait() {
    let throttle = Throttle::new(Chance::seeded(1), 2);
    for _ in 0..WRONG_KEYS_AN_HOUR {
        assert_eq!(throttle.may_try_key(ANNA, NOON), KeyThrottle::Go);
        throttle.wrong_key(ANNA, NOON);
    }
    let milliseconds = Millis::HOUR;
    assert_eq!(throttle.may_try_key(ANNA, NOON), KeyThrottle::Later { milliseconds });
    assert_eq!(throttle.may_try_key(BEN, NOON), KeyThrottle::Go);
    assert_eq!(throttle.may_try_key(ANNA, NOON + Millis::HOUR), KeyThrottle::Go);
}

#[test]
fn yesterday_is_forgotten_though_nobody_comes() {
    let throttle = Throttle::new(Chance::seeded(1), 2);
    throttle.report(ANNA, true, NOON);
    throttle.wrong_key(ANNA, NOON);
    let key = throttle.today(NOON).key.clone();
    throttle.sweep(NOON + Millis::DAY);
    let counts = throttle.counts.lock();
    assert!(counts.reports.is_empty() && counts.wrong_keys.is_empty() && counts.key != key);
}

#[test]
fn a_person_is_another_hash_each_day() {
    let throttle = Throttle::new(Chance::seeded(1), 2);
    let today = throttle.today(NOON).person(ANNA);
    assert_eq!(throttle.today(NOON + 1).person(ANNA), today);
    assert_ne!(throttle.today(NOON + Millis::DAY).person(ANNA), today);
}
