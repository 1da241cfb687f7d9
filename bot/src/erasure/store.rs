//! The SQL of erasing. The one place that reaches into every table that knows people, so that none is left out.

mod emptying;
mod log;
mod rows;

pub(super) use emptying::{delete_absences, delete_disclosures, empty_answer, unname};
pub(super) use log::{LeafRow, disclosing, disclosures, kept, last_index, leaves_after, leaves_of};
pub(super) use rows::{
    absences, absences_among, absences_with, answers, assignments, concerns, cycles, messages, named_by,
    nameless_absences, opened_with, readable, sent_messages, standings,
};

use crate::ids::{MemberId, OrganisationId};

/// Rows in one statement.
const CHUNK: usize = 500;

/// Whose rows: of one organisation, or of all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Whose {
    pub member: MemberId,
    pub organisation: Option<OrganisationId>,
}

/// The condition that a row belongs to somebody, in terms of its two columns.
macro_rules! of {
    ($whose:expr, $table:ident) => {{
        let own = sea_orm::Condition::all().add($table::Column::Member.eq($whose.member.get()));
        match $whose.organisation {
            Some(organisation) => own.add($table::Column::Organisation.eq(organisation.get())),
            None => own,
        }
    }};
}

use of;
