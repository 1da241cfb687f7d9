//! Changes of rows past the program, and where each of them shows.

/// A change behind the program's back, and the table and column that it shows in.
pub type Change = (&'static [&'static str], &'static str, &'static str);

pub const CYCLES: &[Change] = &[
    (
        &["UPDATE cycle SET state = 'excused' WHERE state = 'missed'"],
        "cycle",
        "state",
    ),
    (
        &["UPDATE cycle SET state = 'answered' WHERE state = 'missed'"],
        "cycle",
        "state",
    ),
    (
        &["UPDATE cycle SET reason = 'absence' WHERE state = 'missed'"],
        "cycle",
        "reason",
    ),
    (
        &["UPDATE cycle SET choice = 'done' WHERE choice = 'not-yet'"],
        "cycle",
        "choice",
    ),
    (
        &["UPDATE cycle SET answered_at = answered_at - 1 WHERE state = 'answered'"],
        "cycle",
        "answered_at",
    ),
    (
        &["UPDATE cycle SET due_at = due_at + 172800000 WHERE state = 'answered'"],
        "cycle",
        "due_at",
    ),
    (&["UPDATE cycle SET closes_at = closes_at + 1"], "cycle", "closes_at"),
    (
        &["UPDATE cycle SET closed_at = closed_at + 1 WHERE state = 'missed'"],
        "cycle",
        "closed_at",
    ),
    (
        &["UPDATE cycle SET delivered_at = delivered_at + 1"],
        "cycle",
        "delivered_at",
    ),
    (
        &["UPDATE cycle SET delivered_at = NULL WHERE state = 'missed'"],
        "cycle",
        "delivered_at",
    ),
    (&["UPDATE cycle SET opens_at = opens_at + 1"], "cycle", "opens_at"),
    (&["UPDATE cycle SET created_at = created_at + 1"], "cycle", "created_at"),
    (
        &["UPDATE cycle SET member = member + 1 WHERE state = 'missed'"],
        "cycle",
        "member",
    ),
    (
        &["UPDATE cycle SET member = -5 WHERE state = 'missed'"],
        "cycle",
        "member",
    ),
    (
        &["UPDATE cycle SET organisation = organisation + 1 WHERE state = 'missed'"],
        "cycle",
        "organisation",
    ),
    (
        &["UPDATE cycle SET prompt = 'another' WHERE state = 'missed'"],
        "cycle",
        "prompt",
    ),
    (
        &["UPDATE cycle SET period = '2026-W09' WHERE state = 'missed'"],
        "cycle",
        "period",
    ),
    (
        &["UPDATE cycle SET ordinal = 9 WHERE state = 'missed'"],
        "cycle",
        "ordinal",
    ),
    (
        &["UPDATE cycle SET zone = 'Asia/Tokyo' WHERE state = 'missed'"],
        "cycle",
        "zone",
    ),
    (
        &["UPDATE cycle SET catalogue = 'another' WHERE state = 'missed'"],
        "cycle",
        "catalogue",
    ),
    (
        &["UPDATE cycle SET follow_up = NOT follow_up WHERE state = 'missed'"],
        "cycle",
        "follow_up",
    ),
    (
        &[
            "INSERT INTO assignment SELECT 'x', organisation, 5, prompt, tags, started_at, ended_at FROM assignment \
             WHERE id = (SELECT assignment FROM cycle WHERE state = 'missed')",
            "UPDATE cycle SET assignment = 'x' WHERE state = 'missed'",
        ],
        "cycle",
        "assignment",
    ),
    (
        &["UPDATE cycle SET rec = '00000000000000000000000000000000' WHERE state = 'missed'"],
        "cycle",
        "rec",
    ),
    (&["DELETE FROM cycle WHERE state = 'missed'"], "cycle", "rec"),
    (
        &[
            "INSERT INTO cycle SELECT 'x', assignment, organisation, member, prompt, '2026-W09', 90, zone, opens_at, due_at, \
           closes_at, wording, catalogue, follow_up, state, reason, 'ffffffffffffffffffffffffffffffff', delivered_at, \
           draft_choice, draft_at, answered_at, choice, closed_at, created_at FROM cycle WHERE state = 'missed'",
        ],
        "cycle",
        "rec",
    ),
    (
        &[
            "INSERT INTO cycle SELECT 'x', assignment, organisation, member, prompt, '2026-W09', 90, zone, opens_at, due_at, \
           closes_at, wording, catalogue, follow_up, state, reason, rec, delivered_at, draft_choice, draft_at, \
           answered_at, choice, closed_at, created_at FROM cycle WHERE state = 'missed'",
        ],
        "cycle",
        "rec",
    ),
];

pub const ANSWERS: &[Change] = &[
    (
        &["UPDATE answer SET choice = 'done' WHERE choice = 'not-yet'"],
        "answer",
        "choice",
    ),
    (
        &["UPDATE answer SET choice = 'erased' WHERE choice = 'not-yet'"],
        "answer",
        "choice",
    ),
    (
        &["UPDATE answer SET detail = NULL WHERE choice = 'not-yet'"],
        "answer",
        "detail",
    ),
    (
        &["UPDATE answer SET detail = '{}' WHERE choice = 'not-yet'"],
        "answer",
        "detail",
    ),
    (
        &["UPDATE answer SET reason = 'a slip' WHERE act = 'amended'"],
        "answer",
        "reason",
    ),
    (
        &["UPDATE answer SET reason = 'a slip' WHERE act = 'answered'"],
        "answer",
        "reason",
    ),
    (
        &["UPDATE answer SET answered_at = answered_at - 86400000 WHERE late"],
        "answer",
        "answered_at",
    ),
    (
        &["UPDATE answer SET late = NOT late WHERE late AND act = 'answered'"],
        "answer",
        "late",
    ),
    (
        &["UPDATE answer SET late = NOT late WHERE act = 'amended'"],
        "answer",
        "late",
    ),
    (
        &["UPDATE answer SET member = member + 1 WHERE choice = 'not-yet'"],
        "answer",
        "member",
    ),
    (
        &["UPDATE answer SET interaction = interaction + 1 WHERE choice = 'not-yet'"],
        "answer",
        "interaction",
    ),
    (
        &["UPDATE answer SET act = 'answered' WHERE act = 'amended'"],
        "answer",
        "act",
    ),
    (
        &["UPDATE answer SET revision = 7 WHERE act = 'amended'"],
        "answer",
        "revision",
    ),
    (
        &[
            "UPDATE answer SET revision = 90 WHERE act = 'amended'",
            "UPDATE answer SET revision = 2 WHERE revision = 1 AND cycle = (SELECT cycle FROM answer WHERE revision = 90)",
            "UPDATE answer SET revision = 1 WHERE revision = 90",
        ],
        "answer",
        "revision",
    ),
    (
        &["UPDATE answer SET cycle = (SELECT id FROM cycle WHERE state = 'missed') WHERE choice = 'not-yet'"],
        "answer",
        "cycle",
    ),
    (
        &["UPDATE answer SET rec = '00000000000000000000000000000000' WHERE choice = 'not-yet'"],
        "answer",
        "rec",
    ),
    (&["DELETE FROM answer WHERE act = 'retracted'"], "answer", "rec"),
    (&["DELETE FROM answer WHERE choice = 'not-yet'"], "answer", "rec"),
    (
        &[
            "INSERT INTO answer (id, cycle, revision, act, member, choice, detail, reason, answered_at, late, interaction, \
           rec) SELECT 'x', id, 1, 'answered', member, 'done', NULL, NULL, due_at, late, 7, \
           'ffffffffffffffffffffffffffffffff' FROM cycle, (SELECT late FROM answer WHERE late LIMIT 1) l \
           WHERE state = 'missed'",
        ],
        "answer",
        "rec",
    ),
];

pub const OTHERS: &[Change] = &[
    (
        &["UPDATE catalogue_version SET body = body || ' '"],
        "catalogue_version",
        "body",
    ),
    (
        &["UPDATE catalogue_version SET catalogue = 'x'"],
        "catalogue_version",
        "catalogue",
    ),
    (
        &["UPDATE catalogue_version SET version = 'x'"],
        "catalogue_version",
        "version",
    ),
    (
        &["UPDATE catalogue_version SET first_seen_at = first_seen_at + 1"],
        "catalogue_version",
        "first_seen_at",
    ),
    (
        &["UPDATE catalogue_version SET sha256 = 'x'"],
        "catalogue_version",
        "sha256",
    ),
    (&["DELETE FROM catalogue_version"], "catalogue_version", "sha256"),
    (&["UPDATE absence SET from_at = from_at - 1"], "absence", "from_at"),
    (&["UPDATE absence SET to_at = to_at + 1"], "absence", "to_at"),
    (
        &["UPDATE absence SET withdrawn_at = entered_at"],
        "absence",
        "withdrawn_at",
    ),
    (&["UPDATE absence SET member = member + 1"], "absence", "member"),
    (&["UPDATE absence SET organisation = 5"], "absence", "organisation"),
    (&["UPDATE absence SET entered_by = 5"], "absence", "entered_by"),
    (
        &["UPDATE absence SET entered_at = entered_at + 1"],
        "absence",
        "entered_at",
    ),
    (&["UPDATE absence SET rec = 'x'"], "absence", "rec"),
    (&["DELETE FROM absence"], "absence", "rec"),
    (
        &["INSERT INTO absence SELECT 'x', organisation, member, 0, 1, 0, 1, NULL, NULL FROM absence"],
        "absence",
        "rec",
    ),
    (&["UPDATE log_publication SET note = 'x'"], "log_publication", "note"),
    (
        &["UPDATE log_publication SET note = note || '— x AAAA'"],
        "log_publication",
        "note",
    ),
    (&["DELETE FROM log_publication"], "log_publication", "size"),
    (
        &["UPDATE log_anchor SET reference = 'x' WHERE state = 'done'"],
        "log_anchor",
        "reference",
    ),
    (
        &["UPDATE log_anchor SET settled_at = settled_at + 1 WHERE state = 'done'"],
        "log_anchor",
        "settled_at",
    ),
    (
        &["UPDATE log_anchor SET state = 'given-up' WHERE state = 'done'"],
        "log_anchor",
        "state",
    ),
    (
        &["UPDATE log_anchor SET target = 'tsa:x' WHERE state = 'done'"],
        "log_anchor",
        "size",
    ),
    (&["DELETE FROM log_anchor WHERE state = 'done'"], "log_anchor", "size"),
    (
        &["INSERT INTO log_anchor (size, target, state, attempts, next_at) VALUES (1, 'tsa:x', 'done', 1, 0)"],
        "log_anchor",
        "state",
    ),
    (
        &["INSERT INTO log_pack VALUES ('x', 'o', 0, 'nobody', 's', 'choice', 5, 1, 'x')"],
        "log_pack",
        "rec",
    ),
    (
        &["UPDATE handler_key SET recipient = recipient || 'x'"],
        "handler_key",
        "state",
    ),
    (&["UPDATE handler_key SET custody = 'kept'"], "handler_key", "state"),
    (&["UPDATE handler_key SET state = 'ended'"], "handler_key", "state"),
    (&["UPDATE handler_key SET agreed_by = 5"], "handler_key", "agreed_by"),
    (
        &["UPDATE handler_key SET agreed_at = agreed_at + 1"],
        "handler_key",
        "agreed_at",
    ),
    (&["DELETE FROM handler_key"], "handler_key", "state"),
    (
        &["UPDATE concern_digest SET organisation = 5"],
        "concern_digest",
        "organisation",
    ),
    (
        &["UPDATE concern_digest SET on_day = '2025' || on_day"],
        "concern_digest",
        "on_day",
    ),
    (
        &["UPDATE concern_digest SET hashes = (SELECT d.hashes FROM concern_digest d ORDER BY on_day LIMIT 1)"],
        "concern_digest",
        "hashes",
    ),
    (&["DELETE FROM concern_digest"], "concern_digest", "rec"),
    (
        &[
            "INSERT INTO concern_event (id, organisation, on_day, kind, salt, sha256) \
           SELECT 'x', organisation, min(on_day), 'received', '', '' FROM concern_digest GROUP BY organisation",
        ],
        "concern_event",
        "salt",
    ),
];
