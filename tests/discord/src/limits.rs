//! Rate limits as topics/rate-limits.mdx describes them: per bucket and 50 a second per bot, by the stand-in's clock.
//! Invariant: a refused request consumes nothing.

use std::collections::HashMap;

use crate::ids::{self, Id};

/// This many requests in this many milliseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    pub limit: u32,
    pub per_ms: i64,
}

/// Which limits hold. The default is like Discord: 50/s for a bot, and buckets per route.
#[derive(Debug, Clone)]
pub struct RateLimits {
    /// Per bot, interaction endpoints excepted; `None` switches it off.
    pub global: Option<Window>,
    /// Route as in the table below to its window; add entries to change them.
    pub routes: HashMap<String, Window>,
    /// For every route that is not named.
    pub others: Window,
    /// `false` switches all per-route limits off (the headers are still sent, never exhausted).
    pub per_route: bool,
}

/// Values seen at Discord; it publishes none of them.
const SEEN: &[(&str, u32, i64)] = &[
    ("POST /channels/{id}/messages", 5, 5_000),
    ("PATCH /channels/{id}/messages/{id}", 5, 5_000),
    ("DELETE /channels/{id}/messages/{id}", 5, 1_000),
    ("GET /channels/{id}/messages", 5, 1_000),
    ("GET /guilds/{id}/members", 10, 10_000),
    ("GET /guilds/{id}/members/{id}", 5, 1_000),
    ("POST /webhooks/{id}/{token}", 5, 2_000),
    ("PATCH /webhooks/{id}/{token}/messages/{id}", 5, 2_000),
];

impl Default for RateLimits {
    fn default() -> Self {
        let routes = SEEN.iter().map(|(route, limit, per_ms)| {
            (
                (*route).to_owned(),
                Window {
                    limit: *limit,
                    per_ms: *per_ms,
                },
            )
        });
        Self {
            global: Some(Window {
                limit: 50,
                per_ms: 1_000,
            }),
            routes: routes.collect(),
            others: Window {
                limit: 50,
                per_ms: 1_000,
            },
            per_route: true,
        }
    }
}

impl RateLimits {
    /// No limit ever refuses.
    pub fn off() -> Self {
        Self {
            global: None,
            per_route: false,
            ..Self::default()
        }
    }

    /// Discord's defaults with another window for one route.
    #[must_use]
    pub fn with_route(mut self, route: &str, window: Window) -> Self {
        self.routes.insert(route.to_owned(), window);
        self
    }
}

/// A window in use: it begins with its first request.
#[derive(Debug, Clone, Copy)]
struct Used {
    ends_at: i64,
    count: u32,
}

/// What the headers of an answer say.
#[derive(Debug, Clone)]
pub(crate) struct Standing {
    pub(crate) limit: u32,
    pub(crate) remaining: u32,
    /// UTC ms.
    pub(crate) reset_at: i64,
    pub(crate) reset_after_ms: i64,
    pub(crate) bucket: String,
}

/// The verdict on one request.
#[derive(Debug, Clone)]
pub(crate) enum Verdict {
    Pass(Standing),
    /// The bucket is exhausted.
    Route(Standing),
    /// The bot's 50/s are exhausted; ms until they are not.
    Global(i64),
}

/// Counts requests.
#[derive(Debug)]
pub(crate) struct Limits {
    rules: RateLimits,
    global: HashMap<Id, Used>,
    buckets: HashMap<(String, String), Used>,
    /// 401, 403 and 429 (not shared) ever answered.
    pub(crate) invalid: u64,
}

impl Limits {
    pub(crate) fn new(rules: RateLimits) -> Self {
        Self {
            rules,
            global: HashMap::new(),
            buckets: HashMap::new(),
            invalid: 0,
        }
    }

    pub(crate) fn set(&mut self, rules: RateLimits) {
        self.rules = rules;
    }

    /// Judges and counts a request at `now`. `bot` is `None` where the global limit does not hold.
    pub(crate) fn judge(&mut self, bot: Option<Id>, route: &str, major: &str, now: i64) -> Verdict {
        let global = bot.zip(self.rules.global);
        if let Some((bot, window)) = global
            && let Some(used) = self.global.get(&bot)
            && now < used.ends_at
            && used.count >= window.limit
        {
            return Verdict::Global(used.ends_at - now);
        }
        let window = self.rules.routes.get(route).copied().unwrap_or(self.rules.others);
        let enforced = self.rules.per_route;
        let used = fresh(self.buckets.entry((route.to_owned(), major.to_owned())), window, now);
        let full = enforced && used.count >= window.limit;
        if !full {
            used.count += 1;
        }
        let standing = Standing {
            limit: window.limit,
            remaining: if enforced {
                window.limit.saturating_sub(used.count)
            } else {
                window.limit
            },
            reset_at: used.ends_at,
            reset_after_ms: used.ends_at - now,
            bucket: bucket_name(route),
        };
        if full {
            return Verdict::Route(standing);
        }
        if let Some((bot, window)) = global {
            fresh(self.global.entry(bot), window, now).count += 1;
        }
        self.forget(now);
        Verdict::Pass(standing)
    }

    /// Drops windows that are over once there are many.
    fn forget(&mut self, now: i64) {
        if self.buckets.len() > 20_000 {
            self.buckets.retain(|_, used| now < used.ends_at);
        }
    }
}

/// The window in use, begun anew if it is over (or the clock went back).
fn fresh<K>(entry: std::collections::hash_map::Entry<'_, K, Used>, window: Window, now: i64) -> &mut Used {
    let new = Used {
        ends_at: now + window.per_ms,
        count: 0,
    };
    let used = entry.or_insert(new);
    if now >= used.ends_at || now + window.per_ms < used.ends_at {
        *used = new;
    }
    used
}

/// The opaque name of a bucket: the same for the same route, whatever its ids.
fn bucket_name(route: &str) -> String {
    let hash = route.bytes().fold(0_u64, |hash, byte| ids::mix(hash ^ u64::from(byte)));
    format!("{hash:016x}{:016x}", ids::mix(hash))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fifty_a_second_pass_and_the_next_waits() {
        let mut limits = Limits::new(RateLimits {
            per_route: false,
            ..RateLimits::default()
        });
        for _ in 0..50 {
            assert!(matches!(limits.judge(Some(1), "GET /x", "", 1_000), Verdict::Pass(_)));
        }
        assert!(matches!(
            limits.judge(Some(1), "GET /x", "", 1_400),
            Verdict::Global(600)
        ));
        assert!(matches!(limits.judge(Some(2), "GET /x", "", 1_400), Verdict::Pass(_)));
        assert!(matches!(limits.judge(None, "GET /x", "", 1_400), Verdict::Pass(_)));
        assert!(matches!(limits.judge(Some(1), "GET /x", "", 2_000), Verdict::Pass(_)));
    }

    #[test]
    fn channels_have_buckets_of_their_own() {
        let mut limits = Limits::new(RateLimits::default());
        let route = "POST /channels/{id}/messages";
        for _ in 0..5 {
            assert!(matches!(limits.judge(Some(1), route, "1", 0), Verdict::Pass(_)));
        }
        let Verdict::Route(standing) = limits.judge(Some(1), route, "1", 2_000) else {
            panic!("the sixth must wait")
        };
        assert_eq!((standing.remaining, standing.reset_after_ms), (0, 3_000));
        assert!(matches!(limits.judge(Some(1), route, "2", 2_000), Verdict::Pass(_)));
    }
}
