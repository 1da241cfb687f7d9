//! What goes into the log for ever, and what stays erasable beside it.

use crate::ids::RecordId;

/// What a leaf is about. The fields of each kind are fixed, so that their number says nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    LogGenesis,
    LogHeartbeat,
    KeyRotated,
    RecordErased,
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
    AbsenceEntered,
}

impl Kind {
    /// The name in the log, such as `cycle.opened`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::LogGenesis => "log.genesis",
            Self::LogHeartbeat => "log.heartbeat",
            Self::KeyRotated => "key.rotated",
            Self::RecordErased => "record.erased",
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
            Self::AbsenceEntered => "absence.entered",
        }
    }

    /// The names of the fields, in the order in which they are disclosed. All values are text; one that does not
    /// apply is the empty text.
    pub const fn fields(self) -> &'static [&'static str] {
        match self {
            Self::LogGenesis | Self::LogHeartbeat | Self::KeyRotated | Self::RecordErased => &[],
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
            Self::CycleUndelivered | Self::CycleMissed | Self::CycleExcused | Self::CycleCancelled => &["reason"],
            Self::CycleAnswered | Self::CycleAnsweredLate => &["author", "choice", "text", "answered", "interaction"],
            Self::CycleExtended => &["due", "closes"],
            Self::AnswerNoted => &["author", "choice", "text", "answered", "interaction"],
            Self::AbsenceEntered => &["member", "entered_by", "from", "to"],
        }
    }
}

/// A leaf that a use case leaves behind.
#[derive(Clone, Debug)]
pub struct NewLeaf {
    pub kind: Kind,
    pub rec: RecordId,
    /// The record of an earlier leaf that this one continues.
    pub of: Option<RecordId>,
    /// One value for each of the kind's [fields](Kind::fields), in their order.
    pub values: Vec<String>,
}
