//! For every column of every table what binds it to the log, or why nothing need. A test fails on a column that is
//! missing here.

/// What binds a column, or why nothing need.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Binding {
    /// A field of the leaf of this kind; `at` is when it was recorded, `kind` that it is of this kind.
    Leaf(&'static str, &'static str),
    /// What else says what it must be.
    Follows(&'static str),
    /// Nothing: no command shows it and no figure uses it, or something else vouches for it.
    Nothing(&'static str),
}

use Binding::{Follows, Leaf, Nothing};

const ID: Binding = Nothing("random; stands in no leaf and is shown as a name of the row alone");
const LOG: Binding = Follows("hashes and signatures of the log itself");
const VOUCHED: Binding = Nothing("codes made with the pepper vouch for it whenever it is read");
const CONDUCT: Binding =
    Nothing("not held yet: handlers see it, and figures of concerns count it; their acts are events");
const SEALED: Binding = Nothing("sealed to its readers, and vouched for with the pepper");
const OWN: Binding = Nothing("what the program remembers of its work; shown nowhere and in no figure");
const PEOPLE: Binding = Nothing("read anew from Discord and configuration; who was asked what stands in cycles");

/// Tables with their columns.
pub const BINDINGS: &[(&str, &[(&str, Binding)])] = &[
    (
        "absence",
        &[
            ("id", ID),
            ("organisation", Leaf("absence.recorded", "organisation")),
            ("member", Leaf("absence.recorded", "member")),
            ("from_at", Leaf("absence.recorded", "from")),
            ("to_at", Leaf("absence.shortened", "to")),
            ("entered_at", Leaf("absence.recorded", "at")),
            ("entered_by", Leaf("absence.recorded", "entered_by")),
            ("rec", Leaf("absence.recorded", "rec")),
            ("withdrawn_at", Leaf("absence.withdrawn", "at")),
        ],
    ),
    (
        "answer",
        &[
            ("id", ID),
            ("cycle", Follows("the leaf that the answer's leaf continues")),
            ("revision", Follows("the order of the leaves of a cycle's answers")),
            ("act", Leaf("answer.amended", "kind")),
            ("member", Leaf("cycle.answered", "author")),
            ("choice", Leaf("cycle.answered", "choice")),
            ("detail", Leaf("cycle.answered", "text")),
            ("reason", Leaf("answer.amended", "reason")),
            ("answered_at", Leaf("cycle.answered", "answered")),
            ("late", Leaf("cycle.answered-late", "kind")),
            ("interaction", Leaf("cycle.answered", "interaction")),
            ("rec", Leaf("cycle.answered", "rec")),
        ],
    ),
    (
        "assignment",
        &[
            ("id", ID),
            ("organisation", Follows("the openings of its cycles")),
            ("member", Follows("the openings of its cycles")),
            ("prompt", Follows("the openings of its cycles")),
            ("tags", OWN),
            ("started_at", OWN),
            ("ended_at", OWN),
        ],
    ),
    (
        "catalogue_version",
        &[
            ("sha256", Leaf("catalogue.changed", "sha256")),
            ("catalogue", Leaf("catalogue.changed", "catalogue")),
            ("version", Leaf("catalogue.changed", "version")),
            ("body", Follows("its hash")),
            ("first_seen_at", Leaf("catalogue.changed", "at")),
        ],
    ),
    ("concern_barred", &[("case_id", VOUCHED), ("member", VOUCHED)]),
    (
        "concern_case",
        &[
            ("id", ID),
            ("organisation", VOUCHED),
            ("number", VOUCHED),
            ("lookup", Nothing("leads from a case key to its case, or does not")),
            ("reporter_recipient", VOUCHED),
            ("mode", VOUCHED),
            ("category", VOUCHED),
            ("formal", VOUCHED),
            ("urgency", CONDUCT),
            ("state", CONDUCT),
            ("received_on", CONDUCT),
            ("no_contact", CONDUCT),
            ("wants_talk", CONDUCT),
            ("withdrawn", CONDUCT),
            ("handler", CONDUCT),
            ("confidant", VOUCHED),
            ("acknowledged_at", CONDUCT),
            ("feedback_at", CONDUCT),
            ("closed_at", CONDUCT),
            ("merged_into", CONDUCT),
            ("drill", VOUCHED),
            ("check_30", CONDUCT),
            ("check_90", CONDUCT),
            ("vouch", VOUCHED),
            ("reopened_on", CONDUCT),
            ("first_feedback_at", CONDUCT),
        ],
    ),
    (
        "concern_digest",
        &[
            ("organisation", Leaf("concerns.digest", "organisation")),
            ("on_day", Leaf("concerns.digest", "day")),
            ("rec", Leaf("concerns.digest", "rec")),
            ("hashes", Leaf("concerns.digest", "root")),
        ],
    ),
    (
        "concern_entry",
        &[
            ("id", ID),
            ("case_id", VOUCHED),
            ("seq", VOUCHED),
            ("kind", VOUCHED),
            ("sealed", SEALED),
            ("for_reporter", VOUCHED),
            ("handler", VOUCHED),
            ("at", VOUCHED),
            ("on_day", VOUCHED),
            ("vouch", VOUCHED),
        ],
    ),
    (
        "concern_event",
        &[
            ("id", ID),
            ("organisation", Follows("the digest of its day")),
            ("on_day", Follows("the digest of its day")),
            ("case_id", Follows("the digest of its day")),
            ("kind", Follows("the digest of its day")),
            ("actor", Follows("the digest of its day")),
            ("at", Follows("the digest of its day")),
            ("salt", Follows("the digest of its day")),
            ("sha256", Follows("the digest of its day")),
        ],
    ),
    (
        "concern_file",
        &[("id", ID), ("case_id", SEALED), ("seq", SEALED), ("sealed", SEALED)],
    ),
    ("concern_identity", &[("case_id", SEALED), ("sealed", SEALED)]),
    (
        "concern_named",
        &[
            ("case_id", Nothing("whom to write back to; shown to nobody")),
            ("member", Nothing("whom to write back to; shown to nobody")),
        ],
    ),
    (
        "concern_notice",
        &[
            ("organisation", OWN),
            ("case_id", OWN),
            ("clock", OWN),
            ("step", OWN),
            ("sent_at", OWN),
        ],
    ),
    (
        "concern_unsealing",
        &[
            ("id", ID),
            ("case_id", SEALED),
            (
                "asked_by",
                Nothing("both who asked and who agreed stand in the events of the day"),
            ),
            ("asked_at", Nothing("stands in the events of the day")),
            ("reason", SEALED),
            (
                "agreed_by",
                Nothing("both who asked and who agreed stand in the events of the day"),
            ),
            ("agreed_at", Nothing("stands in the events of the day")),
        ],
    ),
    (
        "cycle",
        &[
            ("id", ID),
            ("assignment", Follows("organisation, member and prompt of the opening")),
            ("organisation", Leaf("cycle.opened", "organisation")),
            ("member", Leaf("cycle.opened", "member")),
            ("prompt", Leaf("cycle.opened", "prompt")),
            ("period", Leaf("cycle.opened", "period")),
            ("ordinal", Leaf("cycle.opened", "ordinal")),
            ("zone", Leaf("cycle.opened", "zone")),
            ("opens_at", Leaf("cycle.opened", "opens")),
            ("due_at", Leaf("cycle.extended", "due")),
            ("closes_at", Leaf("cycle.extended", "closes")),
            (
                "wording",
                Nothing("the prompt's words, of which the catalogue is held; shown, and in no figure"),
            ),
            ("catalogue", Leaf("cycle.opened", "catalogue")),
            ("follow_up", Leaf("cycle.opened", "follow_up")),
            ("state", Leaf("cycle.missed", "kind")),
            ("reason", Leaf("cycle.missed", "reason")),
            ("rec", Leaf("cycle.opened", "rec")),
            ("delivered_at", Leaf("cycle.delivered", "at")),
            (
                "draft_choice",
                Nothing("a button without its second step; where it counts, the ending's reason says so"),
            ),
            ("draft_at", OWN),
            ("answered_at", Leaf("cycle.answered", "answered")),
            ("choice", Leaf("cycle.answered", "choice")),
            ("closed_at", Leaf("cycle.missed", "at")),
            ("created_at", Leaf("cycle.opened", "at")),
        ],
    ),
    (
        "handler_key",
        &[
            ("id", ID),
            ("organisation", Leaf("handler.keys", "organisation")),
            ("member", Leaf("handler.keys", "set")),
            ("recipient", Leaf("handler.keys", "set")),
            ("custody", Leaf("handler.keys", "set")),
            ("kept", Nothing("opens with the handler's passphrase, or does not")),
            ("state", Leaf("handler.keys", "set")),
            ("proposed_at", OWN),
            ("agreed_by", Leaf("handler.keys", "agreed_by")),
            ("agreed_at", Leaf("handler.keys", "at")),
            ("ended_by", OWN),
            ("ended_at", Leaf("handler.keys", "at")),
        ],
    ),
    (
        "log_anchor",
        &[
            ("size", Leaf("anchor.published", "size")),
            ("target", Leaf("anchor.published", "target")),
            ("state", Leaf("anchor.published", "kind")),
            ("attempts", OWN),
            ("next_at", OWN),
            ("settled_at", Leaf("anchor.published", "at")),
            ("last_error", OWN),
            ("reference", Leaf("anchor.published", "reference")),
            ("token", Leaf("anchor.published", "sha256")),
        ],
    ),
    ("log_checkpoint", &[("size", LOG), ("note", LOG)]),
    ("log_disclosure", &[("rec", LOG), ("name", LOG), ("disclosure", LOG)]),
    ("log_leaf", &[("idx", LOG), ("rec", LOG), ("kind", LOG), ("leaf", LOG)]),
    (
        "log_pack",
        &[
            ("rec", Leaf("pack.disclosed", "rec")),
            ("origin", Follows("the log that holds its leaf")),
            ("at", Leaf("pack.disclosed", "at")),
            ("to_whom", Leaf("pack.disclosed", "to_whom")),
            ("scope", Leaf("pack.disclosed", "scope")),
            ("fields", Leaf("pack.disclosed", "fields")),
            ("size", Leaf("pack.disclosed", "size")),
            ("records", Leaf("pack.disclosed", "records")),
            ("sha256", Leaf("pack.disclosed", "sha256")),
        ],
    ),
    (
        "log_pack_span",
        &[
            ("pack", Follows("the pack's record")),
            ("first", Follows("the number of records of the pack, and its size")),
            ("last", Follows("the number of records of the pack, and its size")),
        ],
    ),
    (
        "log_publication",
        &[
            ("size", Leaf("anchor.published", "size")),
            (
                "note",
                Follows("the committed checkpoint, and the witnesses that leaves name"),
            ),
            ("published_at", OWN),
        ],
    ),
    ("log_tile", &[("level", LOG), ("n", LOG), ("data", LOG)]),
    (
        "member",
        &[
            ("organisation", PEOPLE),
            ("member", PEOPLE),
            ("roles", PEOPLE),
            ("audiences", PEOPLE),
            ("zone", PEOPLE),
            ("locale", PEOPLE),
            ("manager_since", PEOPLE),
            ("left_at", PEOPLE),
            ("dm_channel", PEOPLE),
            ("dm_refused_at", PEOPLE),
            ("updated_at", PEOPLE),
            ("id", ID),
        ],
    ),
    (
        "outbound_message",
        &[
            ("id", ID),
            ("organisation", OWN),
            ("member", OWN),
            ("channel", OWN),
            ("message", OWN),
            ("nonce", OWN),
            ("state", OWN),
            ("attempts", OWN),
            ("next_at", OWN),
            ("expires_at", OWN),
            ("leased_until", OWN),
            ("lease", OWN),
            ("uncertain_since", OWN),
            ("last_error", OWN),
            ("sent_channel", OWN),
            ("sent_message", OWN),
            ("created_at", OWN),
            ("settled_at", OWN),
        ],
    ),
    ("setting", &[("name", OWN), ("value", OWN), ("updated_at", OWN)]),
];
