//! What leaves are about, and which fields each kind has.
//!
//! Names and fields are for ever: a log that was written must stay readable. New kinds may be added.

use super::padding;

/// What a leaf is about. The fields of each kind are fixed, so that their number says nothing.
///
/// `absence.entered` is of earlier versions: it does not say in which organisation, and is written no more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    LogGenesis,
    LogHeartbeat,
    LogRecovered,
    LogAudited,
    AnchorPublished,
    KeyRotated,
    RecordErased,
    RecordsErased,
    CatalogueChanged,
    ScheduleChanged,
    ProgramStarted,
    ProgramStopped,
    OutageEnded,
    CycleOpened,
    CycleDelivered,
    CycleUndelivered,
    CycleAnswered,
    CycleAnsweredLate,
    CycleMissed,
    CycleExcused,
    CycleCancelled,
    CycleExtended,
    AnswerNoted,
    AnswerAmended,
    AnswerRetracted,
    AbsenceEntered,
    PackDisclosed,
    HandlerKeys,
    ConcernsDigest,
    AbsenceRecorded,
    CycleVaried,
    CycleUnreached,
    MemberChanged,
    LogPublished,
    PackHeld,
    TablesBound,
    TablesChecked,
    AbsenceShortened,
    AbsenceWithdrawn,
}

impl Kind {
    pub const ALL: [Self; 39] = [
        Self::LogGenesis,
        Self::LogHeartbeat,
        Self::LogRecovered,
        Self::LogAudited,
        Self::AnchorPublished,
        Self::KeyRotated,
        Self::RecordErased,
        Self::RecordsErased,
        Self::CatalogueChanged,
        Self::ScheduleChanged,
        Self::ProgramStarted,
        Self::ProgramStopped,
        Self::OutageEnded,
        Self::CycleOpened,
        Self::CycleDelivered,
        Self::CycleUndelivered,
        Self::CycleAnswered,
        Self::CycleAnsweredLate,
        Self::CycleMissed,
        Self::CycleExcused,
        Self::CycleCancelled,
        Self::CycleExtended,
        Self::AnswerNoted,
        Self::AnswerAmended,
        Self::AnswerRetracted,
        Self::AbsenceEntered,
        Self::PackDisclosed,
        Self::HandlerKeys,
        Self::ConcernsDigest,
        Self::AbsenceRecorded,
        Self::CycleVaried,
        Self::CycleUnreached,
        Self::MemberChanged,
        Self::LogPublished,
        Self::PackHeld,
        Self::TablesBound,
        Self::TablesChecked,
        Self::AbsenceShortened,
        Self::AbsenceWithdrawn,
    ];

    /// The kind of that name; none when this version does not know it.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// The name in the log, such as `cycle.opened`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::LogGenesis => "log.genesis",
            Self::LogHeartbeat => "log.heartbeat",
            Self::LogRecovered => "log.recovered",
            Self::LogAudited => "log.audited",
            Self::AnchorPublished => "anchor.published",
            Self::KeyRotated => "key.rotated",
            Self::RecordErased => "record.erased",
            Self::RecordsErased => "records.erased",
            Self::CatalogueChanged => "catalogue.changed",
            Self::ScheduleChanged => "schedule.changed",
            Self::ProgramStarted => "program.started",
            Self::ProgramStopped => "program.stopped",
            Self::OutageEnded => "outage.ended",
            Self::CycleOpened => "cycle.opened",
            Self::CycleDelivered => "cycle.delivered",
            Self::CycleUndelivered => "cycle.undelivered",
            Self::CycleAnswered => "cycle.answered",
            Self::CycleAnsweredLate => "cycle.answered-late",
            Self::CycleMissed => "cycle.missed",
            Self::CycleExcused => "cycle.excused",
            Self::CycleCancelled => "cycle.cancelled",
            Self::CycleExtended => "cycle.extended",
            Self::AnswerNoted => "answer.noted",
            Self::AnswerAmended => "answer.amended",
            Self::AnswerRetracted => "answer.retracted",
            Self::AbsenceEntered => "absence.entered",
            Self::PackDisclosed => "pack.disclosed",
            Self::HandlerKeys => "handler.keys",
            Self::ConcernsDigest => "concerns.digest",
            Self::AbsenceRecorded => "absence.recorded",
            Self::CycleVaried => "cycle.varied",
            Self::CycleUnreached => "cycle.unreached",
            Self::MemberChanged => "member.changed",
            Self::LogPublished => "log.published",
            Self::PackHeld => "pack.held",
            Self::TablesBound => "tables.bound",
            Self::TablesChecked => "tables.checked",
            Self::AbsenceShortened => "absence.shortened",
            Self::AbsenceWithdrawn => "absence.withdrawn",
        }
    }

    /// The names of the fields, in the order in which they are disclosed. All values are text; one that does not
    /// apply is the empty text. Leaves `records.erased` have more, one for each record: see [`has_field`](Self::has_field).
    pub const fn fields(self) -> &'static [&'static str] {
        match self {
            Self::LogGenesis | Self::LogHeartbeat | Self::KeyRotated | Self::CycleVaried => &[],
            Self::RecordErased => &["basis", "fields"],
            Self::RecordsErased => &["basis"],
            Self::LogRecovered => &["from", "to", "source"],
            Self::LogAudited => &["leaves", "root", "kept", "erased"],
            Self::AnchorPublished => &["size", "target", "reference", "sha256"],
            Self::CatalogueChanged => &["catalogue", "version", "sha256"],
            Self::ScheduleChanged => &["organisation", "sha256"],
            Self::ProgramStarted | Self::ProgramStopped => &["version"],
            Self::OutageEnded => &["from", "to"],
            Self::CycleOpened => &[
                "organisation",
                "member",
                "prompt",
                "catalogue",
                "period",
                "ordinal",
                "zone",
                "opens",
                "due",
                "closes",
                "follow_up",
            ],
            Self::CycleDelivered => &["route", "channel_id", "message_id"],
            Self::CycleUndelivered
            | Self::CycleMissed
            | Self::CycleExcused
            | Self::CycleCancelled
            | Self::CycleUnreached => &["reason"],
            Self::CycleAnswered | Self::CycleAnsweredLate | Self::AnswerNoted => {
                &["author", "choice", "text", "answered", "interaction"]
            }
            Self::AnswerAmended => &["author", "choice", "text", "reason", "amended", "interaction"],
            Self::AnswerRetracted => &["author", "reopened", "retracted", "interaction"],
            Self::CycleExtended => &["due", "closes"],
            Self::AbsenceEntered => &["member", "entered_by", "from", "to"],
            Self::PackDisclosed => &["to_whom", "scope", "fields", "records", "size", "sha256"],
            Self::HandlerKeys => &["organisation", "set", "proposed_by", "agreed_by"],
            Self::ConcernsDigest => &["organisation", "day", "root"],
            Self::AbsenceRecorded => &["organisation", "member", "entered_by", "from", "to"],
            Self::MemberChanged => &["organisation", "member", "roles", "audiences", "zone", "since", "left"],
            Self::LogPublished => &["size", "sha256"],
            Self::PackHeld => &["sha256"],
            Self::TablesBound => &["rules"],
            Self::TablesChecked => &["leaves", "rows", "differences"],
            Self::AbsenceShortened => &["organisation", "member", "changed_by", "to"],
            Self::AbsenceWithdrawn => &["organisation", "member", "changed_by"],
        }
    }
}

impl Kind {
    /// Whether a leaf of this kind can disclose a field of that name.
    pub(super) fn has_field(self, name: &str) -> bool {
        self.fields().contains(&name) || (self == Self::RecordsErased && padding::is_slot(name))
    }

    /// Whether a leaf of this kind can have so many digests.
    pub(super) fn can_have(self, digests: usize) -> bool {
        match self {
            Self::RecordsErased => padding::is_width(digests),
            _ => digests == self.fields().len(),
        }
    }

    /// Whether leaves of this kind say that something was erased.
    pub(crate) fn is_erasure(self) -> bool {
        matches!(self, Self::RecordErased | Self::RecordsErased)
    }

    /// Whether a record of this kind is about a person, so that it can be erased. What is about the log and the
    /// program themselves cannot.
    pub const fn is_about_a_person(self) -> bool {
        match self {
            Self::LogGenesis
            | Self::LogHeartbeat
            | Self::LogRecovered
            | Self::LogAudited
            | Self::AnchorPublished
            | Self::KeyRotated
            | Self::RecordErased
            | Self::RecordsErased
            | Self::CatalogueChanged
            | Self::ScheduleChanged
            | Self::ProgramStarted
            | Self::ProgramStopped
            | Self::OutageEnded
            | Self::ConcernsDigest
            | Self::LogPublished
            | Self::PackHeld
            | Self::TablesBound
            | Self::TablesChecked => false,
            Self::CycleOpened
            | Self::CycleDelivered
            | Self::CycleUndelivered
            | Self::CycleAnswered
            | Self::CycleAnsweredLate
            | Self::CycleMissed
            | Self::CycleExcused
            | Self::CycleCancelled
            | Self::CycleExtended
            | Self::AnswerNoted
            | Self::AnswerAmended
            | Self::AnswerRetracted
            | Self::AbsenceEntered
            | Self::PackDisclosed
            | Self::HandlerKeys
            | Self::AbsenceRecorded
            | Self::CycleVaried
            | Self::CycleUnreached
            | Self::MemberChanged
            | Self::AbsenceShortened
            | Self::AbsenceWithdrawn => true,
        }
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
        cycle.varied:
        cycle.unreached: reason
        member.changed: organisation, member, roles, audiences, zone, since, left
        log.published: size, sha256
        pack.held: sha256
        tables.bound: rules
        tables.checked: leaves, rows, differences
        absence.shortened: organisation, member, changed_by, to
        absence.withdrawn: organisation, member, changed_by
        ");
    }
}
