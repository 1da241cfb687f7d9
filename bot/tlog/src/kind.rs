//! What leaves are about, and which fields each kind has.
//!
//! Names and fields never change: a log that was written must stay readable. New kinds may be added.

use crate::padding;

/// A struct whose fields are those of a kind, or a kind that has the same fields as others.
macro_rules! fields {
    ($(#[$doc:meta])* $name:ident { $($field:ident),* }) => {
        $(#[$doc])*
        #[derive(Clone, Debug)]
        pub struct $name { $(pub $field: String),* }

        impl $name {
            pub const NAMES: &'static [&'static str] = &[$(stringify!($field)),*];

            fn values(self) -> Vec<String> {
                vec![$(self.$field),*]
            }
        }
    };
    ($(#[$doc:meta])* $name:ident ($same:ident)) => {
        $(#[$doc])*
        #[derive(Clone, Debug)]
        pub struct $name(pub $same);

        impl $name {
            pub const NAMES: &'static [&'static str] = $same::NAMES;

            fn values(self) -> Vec<String> {
                self.0.values()
            }
        }
    };
}

macro_rules! about {
    (the_log) => {
        false
    };
    (a_person) => {
        true
    };
}

/// Declares every kind once: its name in the log, whether it is about a person, and its fields.
macro_rules! leaves {
    ($($(#[$doc:meta])* $kind:ident = $name:literal, about $about:ident: $fields:tt;)*) => {
        /// What a leaf is about. The fields of each kind are fixed, so that their number reveals nothing.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Kind {
            $($(#[$doc])* $kind),*
        }

        impl Kind {
            pub const ALL: [Self; [$($name),*].len()] = [$(Self::$kind),*];

            /// The name in the log, such as `cycle.opened`.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$kind => $name),*
                }
            }

            /// The names of the fields, in the order in which they are disclosed. All values are text; one that does
            /// not apply is the empty text. Leaves `records.erased` have more, one for each record: see
            /// [`has_field`](Self::has_field).
            pub const fn fields(self) -> &'static [&'static str] {
                match self {
                    $(Self::$kind => fields::$kind::NAMES),*
                }
            }

            /// Whether a record of this kind is about a person, so that it can be erased. What is about the log and
            /// the program themselves cannot.
            pub const fn is_about_a_person(self) -> bool {
                match self {
                    $(Self::$kind => about!($about)),*
                }
            }
        }

        /// What a leaf of each kind states.
        pub mod fields {
            use super::{Kind, Statement};

            fields!(
                /// An answer, whenever it was given.
                Answered { author, choice, text, answered, interaction }
            );
            fields!(
                /// Why, in a short word without content; may be empty.
                Reason { reason }
            );
            fields!(
                /// Of this program.
                Version { version }
            );
            $(
                fields!($(#[$doc])* $kind $fields);

                impl From<$kind> for Statement {
                    fn from(fields: $kind) -> Self {
                        Self {
                            kind: Kind::$kind,
                            values: fields.values(),
                        }
                    }
                }
            )*
        }
    };
}

leaves! {
    LogGenesis = "log.genesis", about the_log: {};
    LogHeartbeat = "log.heartbeat", about the_log: {};
    LogRecovered = "log.recovered", about the_log: { from, to, source };
    LogAudited = "log.audited", about the_log: { leaves, root, kept, erased };
    AnchorPublished = "anchor.published", about the_log: { size, target, reference, sha256 };
    KeyRotated = "key.rotated", about the_log: {};
    /// Of earlier versions: it shows which record it is about, and is no longer written.
    RecordErased = "record.erased", about the_log: { basis, fields };
    RecordsErased = "records.erased", about the_log: { basis };
    CatalogueChanged = "catalogue.changed", about the_log: { catalogue, version, sha256 };
    ScheduleChanged = "schedule.changed", about the_log: { organisation, sha256 };
    ProgramStarted = "program.started", about the_log: (Version);
    ProgramStopped = "program.stopped", about the_log: (Version);
    OutageEnded = "outage.ended", about the_log: { from, to };
    CycleOpened = "cycle.opened", about a_person: {
        organisation, member, prompt, catalogue, period, ordinal, zone, opens, due, closes, follow_up
    };
    CycleDelivered = "cycle.delivered", about a_person: { route, channel_id, message_id };
    CycleUndelivered = "cycle.undelivered", about a_person: (Reason);
    CycleAnswered = "cycle.answered", about a_person: (Answered);
    CycleAnsweredLate = "cycle.answered-late", about a_person: (Answered);
    CycleMissed = "cycle.missed", about a_person: (Reason);
    CycleExcused = "cycle.excused", about a_person: (Reason);
    CycleCancelled = "cycle.cancelled", about a_person: (Reason);
    CycleExtended = "cycle.extended", about a_person: { due, closes };
    AnswerNoted = "answer.noted", about a_person: (Answered);
    AnswerAmended = "answer.amended", about a_person: { author, choice, text, reason, amended, interaction };
    AnswerRetracted = "answer.retracted", about a_person: { author, reopened, retracted, interaction };
    /// Of earlier versions: it does not say in which organisation, and is no longer written.
    AbsenceEntered = "absence.entered", about a_person: { member, entered_by, from, to };
    PackDisclosed = "pack.disclosed", about a_person: { to_whom, scope, fields, records, size, sha256 };
    HandlerKeys = "handler.keys", about a_person: { organisation, set, proposed_by, agreed_by };
    ConcernsDigest = "concerns.digest", about the_log: { organisation, day, root };
    AbsenceRecorded = "absence.recorded", about a_person: { organisation, member, entered_by, from, to };
    TablesChecked = "tables.checked", about the_log: { leaves, rows, differences };
    AbsenceShortened = "absence.shortened", about a_person: { organisation, member, changed_by, to };
    AbsenceWithdrawn = "absence.withdrawn", about a_person: { organisation, member, changed_by };
}

/// What a leaf states before it is salted: a kind, and a value for each of its fields in their order; in
/// `records.erased` then one for each record.
#[derive(Clone, Debug)]
pub struct Statement {
    pub kind: Kind,
    pub values: Vec<String>,
}

impl Kind {
    /// The kind with that name; none if this version does not know it.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// Whether a leaf of this kind can disclose a field of that name.
    pub fn has_field(self, name: &str) -> bool {
        self.fields().contains(&name) || (self == Self::RecordsErased && padding::is_slot(name))
    }

    /// Whether a leaf of this kind can have this number of digests.
    pub fn can_have(self, digests: usize) -> bool {
        match self {
            Self::RecordsErased => padding::is_width(digests),
            _ => digests == self.fields().len(),
        }
    }

    /// Whether leaves of this kind say that something was erased.
    pub fn is_erasure(self) -> bool {
        matches!(self, Self::RecordErased | Self::RecordsErased)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_its_own_name() {
        for kind in Kind::ALL {
            assert_eq!(Kind::named(kind.name()), Some(kind));
        }
        assert_eq!(Kind::named("cycle.opened "), None);
    }

    #[test]
    fn kinds_and_fields() {
        let table: Vec<String> = Kind::ALL
            .iter()
            .map(|kind| {
                format!("{}: {}", kind.name(), kind.fields().join(", "))
                    .trim_end()
                    .to_owned()
            })
            .collect();
        insta::assert_snapshot!(table.join("\n"), @r"
        log.genesis:
        log.heartbeat:
        log.recovered: from, to, source
        log.audited: leaves, root, kept, erased
        anchor.published: size, target, reference, sha256
        key.rotated:
        record.erased: basis, fields
        records.erased: basis
        catalogue.changed: catalogue, version, sha256
        schedule.changed: organisation, sha256
        program.started: version
        program.stopped: version
        outage.ended: from, to
        cycle.opened: organisation, member, prompt, catalogue, period, ordinal, zone, opens, due, closes, follow_up
        cycle.delivered: route, channel_id, message_id
        cycle.undelivered: reason
        cycle.answered: author, choice, text, answered, interaction
        cycle.answered-late: author, choice, text, answered, interaction
        cycle.missed: reason
        cycle.excused: reason
        cycle.cancelled: reason
        cycle.extended: due, closes
        answer.noted: author, choice, text, answered, interaction
        answer.amended: author, choice, text, reason, amended, interaction
        answer.retracted: author, reopened, retracted, interaction
        absence.entered: member, entered_by, from, to
        pack.disclosed: to_whom, scope, fields, records, size, sha256
        handler.keys: organisation, set, proposed_by, agreed_by
        concerns.digest: organisation, day, root
        absence.recorded: organisation, member, entered_by, from, to
        tables.checked: leaves, rows, differences
        absence.shortened: organisation, member, changed_by, to
        absence.withdrawn: organisation, member, changed_by
        ");
    }
}
