use proptest::prelude::*;

use super::invalid::{SLOW_FROM, STOP_FROM};
use super::*;

const POST: Route = Route {
    method: "POST",
    path: "/channels/{}/messages",
    resource: 7,
};

fn at(milliseconds: i64) -> Millis {
    Millis(milliseconds)
}

fn told(remaining: u32, reset_after: i64) -> Told {
    Told {
        status: 200,
        bucket: Some("abc".to_owned()),
        limit: Some(5),
        remaining: Some(remaining),
        reset_after: Some(reset_after),
        ..Told::default()
    }
}

fn refused(status: u16, scope: Scope, retry_after: Option<i64>) -> Told {
    Told {
        status,
        scope,
        retry_after,
        ..Told::default()
    }
}

fn go(limits: &mut Limits, route: Route, now: i64) -> Permit {
    match limits.acquire(route, at(now)) {
        Turn::Go(permit) => permit,
        Turn::Later(until) => panic!("held back at {now} until {}", until.0),
    }
}

fn later(limits: &mut Limits, route: Route, now: i64) -> i64 {
    match limits.acquire(route, at(now)) {
        Turn::Go(_) => panic!("let out at {now}"),
        Turn::Later(until) => until.0,
    }
}

#[test]
fn of_an_unknown_route_one_request_is_under_way() {
    let mut limits = Limits::new(50);
    let first = go(&mut limits, POST, 0);
    assert_eq!(later(&mut limits, POST, 0), 0, "as soon as the first is answered");
    let other = Route { resource: 8, ..POST };
    let second = go(&mut limits, other, 0);
    limits.answered(first, at(10), &told(4, 5_000));
    limits.answered(second, at(10), &told(4, 5_000));
    for _ in 0..4 {
        let _out = go(&mut limits, POST, 10);
    }
    assert_eq!(later(&mut limits, POST, 10), 10);
}

#[test]
fn an_empty_bucket_waits_for_its_reset() {
    let mut limits = Limits::new(50);
    let permit = go(&mut limits, POST, 0);
    limits.answered(permit, at(20), &told(0, 4_000));
    assert_eq!(later(&mut limits, POST, 30), 4_020);
    let _other_channel = go(&mut limits, Route { resource: 8, ..POST }, 30);
    let _again = go(&mut limits, POST, 4_020);
}

#[test]
fn a_route_refused_waits_alone_and_all_wait_after_a_global_refusal() {
    for (scope, others_wait_until) in [
        (Scope::User, None),
        (Scope::Shared, None),
        (Scope::Global, Some(2_000)),
        (Scope::Edge, Some(60_000)),
    ] {
        let mut limits = Limits::new(50);
        let permit = go(&mut limits, POST, 0);
        limits.answered(permit, at(0), &refused(429, scope, Some(2_000)));
        let expected = others_wait_until.unwrap_or(2_000);
        assert_eq!(later(&mut limits, POST, 1), expected, "{scope:?}");
        let other = Route { resource: 8, ..POST };
        match others_wait_until {
            None => drop(go(&mut limits, other, 1)),
            Some(until) => assert_eq!(later(&mut limits, other, 1), until, "{scope:?}"),
        }
    }
}

#[test]
fn a_burst_over_the_edge_of_a_second_waits() {
    let mut limits = Limits::new(3);
    for sent in [0, 900, 950] {
        let permit = go(&mut limits, Route { resource: sent, ..POST }, sent);
        limits.lost(permit, at(sent));
    }
    assert_eq!(later(&mut limits, POST, 1_000), 1_005);
    assert_eq!(limits.room(at(1_000)), 0);
    assert_eq!(limits.room_at(2, at(1_000)), at(1_905));
    assert_eq!(limits.room_at(3, at(1_000)), at(1_955));
    assert_eq!(limits.room_at(9, at(1_000)), at(1_955), "never more than fit");
    let slow = go(&mut limits, POST, 1_005);
    assert_eq!(
        limits.room_at(3, at(1_954)),
        at(1_954 + 1_005),
        "what is under way may only now have arrived"
    );
    limits.lost(slow, at(1_954));
    assert_eq!(limits.room(at(1_955)), 2);
}

#[test]
fn a_clock_set_back_does_not_stop_the_bot() {
    let mut limits = Limits::new(1);
    let permit = go(&mut limits, POST, 1_000_000);
    limits.answered(permit, at(1_000_000), &told(4, 5_000));
    assert_eq!(later(&mut limits, POST, 400_000), 401_005);
    let _out = go(&mut limits, POST, 401_005);
}

#[test]
fn refusals_slow_down_and_then_stop() {
    let mut limits = Limits::new(50);
    let refusal = refused(403, Scope::User, None);
    for _ in 0..SLOW_FROM {
        limits.count_unpermitted(&refusal, at(0));
    }
    let permit = go(&mut limits, POST, 0);
    limits.answered(permit, at(0), &refused(429, Scope::Shared, Some(0)));
    assert_eq!(later(&mut limits, POST, 1), 1_000, "one a second");
    for _ in SLOW_FROM..STOP_FROM {
        limits.count_unpermitted(&refusal, at(2_000));
    }
    let open = later(&mut limits, POST, 3_000);
    assert_eq!(open, 610_000, "until they are ten minutes old");
    let _out = go(&mut limits, POST, open);
}

#[test]
fn shared_refusals_and_successes_do_not_count() {
    let mut limits = Limits::new(50);
    for _ in 0..STOP_FROM {
        limits.count_unpermitted(&refused(429, Scope::Shared, None), at(0));
        limits.count_unpermitted(&refused(404, Scope::User, None), at(0));
    }
    let _out = go(&mut limits, POST, 0);
}

#[test]
fn buckets_of_old_channels_are_dropped() {
    let mut limits = Limits::new(50);
    for channel in 1..=10_000 {
        let now = channel * 25;
        let permit = go(
            &mut limits,
            Route {
                resource: channel,
                ..POST
            },
            now,
        );
        limits.answered(permit, at(now), &told(4, 1_000));
    }
    assert!(limits.buckets.len() < 8_000, "{} buckets", limits.buckets.len());
}

#[test]
fn a_lost_request_is_taken_as_counted() {
    let mut limits = Limits::new(50);
    let permit = go(&mut limits, POST, 0);
    limits.answered(permit, at(0), &told(1, 4_000));
    let lost = go(&mut limits, POST, 0);
    limits.lost(lost, at(100));
    assert_eq!(later(&mut limits, POST, 200), 4_000);
}

/// A server with one bucket of five in two seconds for each channel, counting when a request arrives.
#[derive(Default)]
struct Server {
    windows: HashMap<i64, (i64, u32)>,
}

impl Server {
    fn ask(&mut self, channel: i64, now: i64) -> Told {
        let window = self.windows.entry(channel).or_insert((now, 0));
        if window.0 + 2_000 <= now {
            *window = (now, 0);
        }
        window.1 += 1;
        assert!(window.1 <= 5, "channel {channel} was asked {} times", window.1);
        told(5 - window.1, window.0 + 2_000 - now)
    }
}

proptest! {
    #[test]
    fn no_second_and_no_bucket_is_ever_overrun(
        per_second in 1u32..20,
        steps in prop::collection::vec((0i64..400, 0i64..4, any::<bool>()), 1..400),
    ) {
        let mut limits = Limits::new(per_second);
        let mut server = Server::default();
        let mut under_way: Vec<(Permit, Told, i64, bool)> = Vec::new();
        // When Discord counted the requests: as they were sent, or just before they were answered.
        let mut arrivals = Vec::new();
        let mut now = 0;
        for (wait, channel, answer_first) in steps {
            now += wait;
            if answer_first && let Some((permit, told, sent, slow)) = under_way.pop() {
                // The answer took up to 400 ms: its reset is known too late, never too early.
                limits.answered(permit, at(now), &told);
                arrivals.push(if slow { now } else { sent });
            }
            if let Turn::Go(permit) = limits.acquire(Route { resource: channel, ..POST }, at(now)) {
                let told = server.ask(channel, now);
                under_way.push((permit, told, now, channel % 2 == 0));
            }
        }
        arrivals.extend(under_way.iter().map(|(_, _, sent, slow)| if *slow { now } else { *sent }));
        arrivals.sort_unstable();
        for pair in arrivals.windows(per_second as usize + 1) {
            prop_assert!(pair[per_second as usize] - pair[0] > 1_000);
        }
    }

    #[test]
    fn waiting_as_told_always_lets_the_request_out(
        per_second in 1u32..20,
        channels in prop::collection::vec(0i64..3, 1..200),
    ) {
        let mut limits = Limits::new(per_second);
        let mut server = Server::default();
        let mut now = 0;
        for channel in channels {
            let route = Route { resource: channel, ..POST };
            let permit = loop {
                match limits.acquire(route, at(now)) {
                    Turn::Go(permit) => break permit,
                    Turn::Later(until) => {
                        prop_assert!(until.0 > now, "nothing is under way, so waiting must help");
                        now = until.0;
                    }
                }
            };
            let told = server.ask(channel, now);
            limits.answered(permit, at(now), &told);
        }
    }
}
