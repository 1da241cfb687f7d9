//! Faults on demand: what can go wrong between a bot and Discord, for the next few requests or events.

use std::time::Duration;

use crate::server::{Discord, lock};

/// What happens to a REST request.
#[derive(Debug, Clone, PartialEq)]
pub enum Fault {
    /// 429 of the route, with headers and body.
    RouteLimit { retry_after_ms: i64 },
    /// 429 of the resource (scope `shared`), which does not count as an invalid request.
    SharedLimit { retry_after_ms: i64 },
    /// 429 of the whole bot.
    GlobalLimit { retry_after_ms: i64 },
    /// Cloudflare's 429: HTML, `Retry-After`, no rate-limit headers.
    CloudflareLimit { retry_after_s: u32 },
    /// A 5xx (or any other) status with a short plain body; nothing is done.
    Status(u16),
    /// A refusal with Discord's JSON error code and the status that belongs to it; nothing is done.
    Refusal { code: u64 },
    /// The answer comes this much later (real time); then all is as usual.
    Slow(Duration),
    /// What was asked is done and worded at once, and the answer comes this much later (real time): it is old by then.
    Late(Duration),
    /// The connection is cut before anything is done.
    CutBefore,
    /// What was asked is done, then the connection is cut without an answer.
    CutAfter,
    /// What was asked is done, then a body that is not JSON comes with 200.
    Garbage,
}

/// What happens to a bot's gateway.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EventFault {
    /// Op 7: please reconnect and resume.
    Reconnect,
    /// Op 9; `true`: the session may be resumed, `false`: it is gone.
    InvalidSession(bool),
    /// A close frame with this code. 1000, 1001, 4007 and 4009 end the session as well.
    Close(u16),
    /// A close frame without a code.
    CloseWithoutCode,
    /// The TCP connection ends without a close frame.
    Drop,
    /// `true`: heartbeats are no longer acknowledged; `false`: they are again.
    MuteAcks(bool),
    /// `n` connections to the gateway are refused.
    RefuseConnections(u32),
    /// The next `n` identifies and resumes get no answer, while heartbeats are acknowledged.
    Unanswered(u32),
    /// An INTERACTION_CREATE no library can parse.
    Unparseable,
    /// The next `n` events come twice.
    Duplicate(u32),
    /// The next two events come in the wrong order.
    Reorder,
    /// The next `n` events never come, not on a resume either.
    Lose(u32),
}

/// Rules for requests to come.
#[derive(Debug, Default)]
pub(crate) struct Faults {
    rules: Vec<Rule>,
}

#[derive(Debug)]
struct Rule {
    method: String,
    pattern: Vec<String>,
    left: u32,
    fault: Fault,
}

impl Faults {
    /// The fault for a request, if one is due; uses it up. `segments` without `/api/v10`.
    pub(crate) fn take(&mut self, method: &str, segments: &[&str]) -> Option<Fault> {
        let index = self
            .rules
            .iter()
            .position(|rule| (rule.method == "*" || rule.method == method) && matches(&rule.pattern, segments))?;
        let rule = self.rules.get_mut(index)?;
        rule.left -= 1;
        let fault = rule.fault.clone();
        if rule.left == 0 {
            self.rules.remove(index);
        }
        Some(fault)
    }
}

/// `*` stands for one segment, a final `**` for any number.
fn matches(pattern: &[String], segments: &[&str]) -> bool {
    match (pattern.first().map(String::as_str), segments.first()) {
        (Some("**"), _) | (None, None) => true,
        (Some(part), Some(segment)) => (part == "*" || part == *segment) && matches(&pattern[1..], &segments[1..]),
        (Some(_), None) | (None, Some(_)) => false,
    }
}

impl Discord {
    /// Lets `fault` happen to the next `times` requests matching method (`*`: any) and path. In the path, after
    /// `/api/v10`, `*` stands for one segment and a final `**` for any number: `/channels/*/messages`.
    pub fn fail(&self, method: &str, path: &str, times: u32, fault: Fault) {
        let pattern = path
            .split('/')
            .filter(|part| !part.is_empty())
            .map(str::to_owned)
            .collect();
        let rule = Rule {
            method: method.to_owned(),
            pattern,
            left: times.max(1),
            fault,
        };
        if times > 0 {
            lock(&self.shared.faults).rules.push(rule);
        }
    }

    /// A page of a guild's members holds at most this many, whatever limit is asked for.
    pub fn cap_member_pages(&self, most: usize) {
        self.shared.state().settings.member_page = most.max(1);
    }

    /// The `Date` header of answers is off by this many milliseconds, so the bot's clock seems wrong by as many.
    pub fn shift_date(&self, milliseconds: i64) {
        self.shared.state().settings.date_shift_ms = milliseconds;
    }

    /// Forgets the faults of REST requests that are not used up yet; returns their number.
    pub fn heal(&self) -> usize {
        std::mem::take(&mut lock(&self.shared.faults).rules).len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_is_used_up() {
        let pattern = vec!["channels".to_owned(), "*".to_owned(), "messages".to_owned()];
        let mut faults = Faults {
            rules: vec![Rule {
                method: "POST".to_owned(),
                pattern,
                left: 1,
                fault: Fault::CutAfter,
            }],
        };
        assert_eq!(faults.take("GET", &["channels", "1", "messages"]), None);
        assert_eq!(faults.take("POST", &["channels", "1"]), None);
        assert_eq!(
            faults.take("POST", &["channels", "1", "messages"]),
            Some(Fault::CutAfter)
        );
        assert_eq!(faults.take("POST", &["channels", "1", "messages"]), None);
    }
}
