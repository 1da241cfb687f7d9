//! For every column of every table what binds it to the log, or why nothing needs to. A test fails on a column that is
//! missing here.

/// What binds a column, or why nothing needs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Binding {
    /// A field of the leaf of this kind; `at` is when it was recorded, `kind` that it is of this kind.
    Leaf(&'static str, &'static str),
    /// Something else that says what it must be.
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

macro_rules! bindings {
    ($($table:ident: $($column:ident)+ = $binding:expr;)+) => {
        /// Table, column, and what binds it.
        pub const BINDINGS: &[(&str, &str, Binding)] = &[
            $($((stringify!($table), stringify!($column), $binding),)+)+
        ];
    };
}

bindings! {
    absence: id = ID;
    absence: organisation = Leaf("absence.recorded", "organisation");
    absence: member = Leaf("absence.recorded", "member");
    absence: from_at = Leaf("absence.recorded", "from");
    absence: to_at = Leaf("absence.shortened", "to");
    absence: entered_at = Leaf("absence.recorded", "at");
    absence: entered_by = Leaf("absence.recorded", "entered_by");
    absence: rec = Leaf("absence.recorded", "rec");
    absence: withdrawn_at = Leaf("absence.withdrawn", "at");
    answer: id = ID;
    answer: cycle = Follows("the leaf that the answer's leaf continues");
    answer: revision = Follows("the order of the leaves of a cycle's answers");
    answer: act = Leaf("answer.amended", "kind");
    answer: member = Leaf("cycle.answered", "author");
    answer: choice = Leaf("cycle.answered", "choice");
    answer: detail = Leaf("cycle.answered", "text");
    answer: reason = Leaf("answer.amended", "reason");
    answer: answered_at = Leaf("cycle.answered", "answered");
    answer: late = Leaf("cycle.answered-late", "kind");
    answer: interaction = Leaf("cycle.answered", "interaction");
    answer: rec = Leaf("cycle.answered", "rec");
    assignment: id = ID;
    assignment: organisation member prompt = Follows("the openings of its cycles");
    assignment: tags started_at ended_at = OWN;
    catalogue_version: sha256 = Leaf("catalogue.changed", "sha256");
    catalogue_version: catalogue = Leaf("catalogue.changed", "catalogue");
    catalogue_version: version = Leaf("catalogue.changed", "version");
    catalogue_version: body = Follows("its hash");
    catalogue_version: first_seen_at = Leaf("catalogue.changed", "at");
    concern_barred: case_id member = VOUCHED;
    concern_case: id = ID;
    concern_case: organisation number reporter_recipient mode category formal confidant drill vouch = VOUCHED;
    concern_case: lookup = Nothing("leads from a case key to its case, or does not");
    concern_case: urgency state received_on no_contact wants_talk withdrawn handler acknowledged_at feedback_at
        closed_at merged_into check_30 check_90 reopened_on first_feedback_at = CONDUCT;
    concern_digest: organisation = Leaf("concerns.digest", "organisation");
    concern_digest: on_day = Leaf("concerns.digest", "day");
    concern_digest: rec = Leaf("concerns.digest", "rec");
    concern_digest: hashes = Leaf("concerns.digest", "root");
    concern_entry: id = ID;
    concern_entry: case_id seq kind for_reporter handler at on_day vouch = VOUCHED;
    concern_entry: sealed = SEALED;
    concern_event: id = ID;
    concern_event: organisation on_day case_id kind actor at salt sha256 = Follows("the digest of its day");
    concern_file: id = ID;
    concern_file: case_id seq sealed = SEALED;
    concern_identity: case_id sealed = SEALED;
    concern_named: case_id member = Nothing("whom to write back to; shown to nobody");
    concern_notice: organisation case_id clock step sent_at = OWN;
    concern_unsealing: id = ID;
    concern_unsealing: case_id reason = SEALED;
    concern_unsealing: asked_by agreed_by = Nothing("both who asked and who agreed stand in the events of the day");
    concern_unsealing: asked_at agreed_at = Nothing("stands in the events of the day");
    cycle: id = ID;
    cycle: assignment = Follows("organisation, member and prompt of the opening");
    cycle: organisation = Leaf("cycle.opened", "organisation");
    cycle: member = Leaf("cycle.opened", "member");
    cycle: prompt = Leaf("cycle.opened", "prompt");
    cycle: period = Leaf("cycle.opened", "period");
    cycle: ordinal = Leaf("cycle.opened", "ordinal");
    cycle: zone = Leaf("cycle.opened", "zone");
    cycle: opens_at = Leaf("cycle.opened", "opens");
    cycle: due_at = Leaf("cycle.extended", "due");
    cycle: closes_at = Leaf("cycle.extended", "closes");
    cycle: wording = Nothing("the prompt's words, of which the catalogue is held; shown, and in no figure");
    cycle: catalogue = Leaf("cycle.opened", "catalogue");
    cycle: follow_up = Leaf("cycle.opened", "follow_up");
    cycle: state = Leaf("cycle.missed", "kind");
    cycle: reason = Leaf("cycle.missed", "reason");
    cycle: rec = Leaf("cycle.opened", "rec");
    cycle: delivered_at = Leaf("cycle.delivered", "at");
    cycle: draft_choice = Nothing("a button without its second step; where it counts, the ending's reason says so");
    cycle: draft_at = OWN;
    cycle: answered_at = Leaf("cycle.answered", "answered");
    cycle: choice = Leaf("cycle.answered", "choice");
    cycle: closed_at = Leaf("cycle.missed", "at");
    cycle: created_at = Leaf("cycle.opened", "at");
    handler_key: id = ID;
    handler_key: organisation = Leaf("handler.keys", "organisation");
    handler_key: member recipient custody state = Leaf("handler.keys", "set");
    handler_key: kept = Nothing("opens with the handler's passphrase, or does not");
    handler_key: proposed_at ended_by = OWN;
    handler_key: agreed_by = Leaf("handler.keys", "agreed_by");
    handler_key: agreed_at ended_at = Leaf("handler.keys", "at");
    log_anchor: size = Leaf("anchor.published", "size");
    log_anchor: target = Leaf("anchor.published", "target");
    log_anchor: state = Leaf("anchor.published", "kind");
    log_anchor: attempts next_at last_error = OWN;
    log_anchor: settled_at = Leaf("anchor.published", "at");
    log_anchor: reference = Leaf("anchor.published", "reference");
    log_anchor: token = Leaf("anchor.published", "sha256");
    log_checkpoint: size note = LOG;
    log_disclosure: rec name disclosure = LOG;
    log_leaf: idx rec kind leaf = LOG;
    log_pack: rec = Leaf("pack.disclosed", "rec");
    log_pack: origin = Follows("the log that holds its leaf");
    log_pack: at = Leaf("pack.disclosed", "at");
    log_pack: to_whom = Leaf("pack.disclosed", "to_whom");
    log_pack: scope = Leaf("pack.disclosed", "scope");
    log_pack: fields = Leaf("pack.disclosed", "fields");
    log_pack: size = Leaf("pack.disclosed", "size");
    log_pack: records = Leaf("pack.disclosed", "records");
    log_pack: sha256 = Leaf("pack.disclosed", "sha256");
    log_pack_span: pack = Follows("the pack's record");
    log_pack_span: first last = Follows("the number of records of the pack, and its size");
    log_publication: size = Leaf("anchor.published", "size");
    log_publication: note = Follows("the committed checkpoint, and the witnesses that leaves name");
    log_publication: published_at = OWN;
    log_tile: level n data = LOG;
    member: organisation member roles audiences zone locale manager_since left_at dm_channel dm_refused_at updated_at
        = PEOPLE;
    member: id = ID;
    outbound_message: id = ID;
    outbound_message: organisation member channel message nonce state attempts next_at expires_at leased_until lease
        uncertain_since last_error sent_channel sent_message created_at settled_at = OWN;
    setting: name value updated_at = OWN;
}
