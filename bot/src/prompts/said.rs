//! What was said about a cycle: the answer that counts, its corrections, and whether it was withdrawn.
//!
//! Rows are only added. The first valid answer decides about punctuality, the newest correction about the content.

use super::store::AnswerRow;
use crate::catalogue::Choice;
use crate::clock::Millis;
use crate::ids::RecordId;

/// What a row of answers is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    Answered,
    Amended,
    Retracted,
}

impl Act {
    pub const ALL: [Self; 3] = [Self::Answered, Self::Amended, Self::Retracted];

    /// The word in the database.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Answered => "answered",
            Self::Amended => "amended",
            Self::Retracted => "retracted",
        }
    }
}

/// The choice of a row that withdraws an answer.
pub const RETRACTED: &str = "retracted";
/// The choice of a row whose content was erased.
pub const ERASED: &str = "erased";

/// An answer as it stands. Built from rows in the order of their revisions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    first: AnswerRow,
    newest: AnswerRow,
    /// The records of the answer and of all that continues it, oldest first.
    records: Vec<RecordId>,
    corrections: usize,
    retracted_at: Option<Millis>,
}

impl Said {
    /// The last answer that counts, also when it was withdrawn; `None` if there is none. Notes are passed over.
    pub(crate) fn of(rows: &[AnswerRow]) -> Option<Self> {
        let mut said: Option<Self> = None;
        for row in rows.iter().filter(|row| row.revision > 0) {
            let record = RecordId::new(row.rec.clone());
            match (&mut said, Act::ALL.into_iter().find(|act| act.word() == row.act)) {
                (Some(said), Some(Act::Amended)) => {
                    said.newest = row.clone();
                    said.corrections += 1;
                    said.records.push(record);
                }
                (Some(said), Some(Act::Retracted)) => {
                    said.retracted_at = Some(Millis(row.answered_at));
                    said.records.push(record);
                }
                _ => {
                    said = Some(Self {
                        first: row.clone(),
                        newest: row.clone(),
                        records: vec![record],
                        corrections: 0,
                        retracted_at: None,
                    });
                }
            }
        }
        said
    }

    /// Like [`Said::of`], unless it was withdrawn.
    pub(crate) fn standing(rows: &[AnswerRow]) -> Option<Self> {
        Self::of(rows).filter(|said| said.retracted_at.is_none())
    }

    pub(crate) fn first(&self) -> &AnswerRow {
        &self.first
    }

    /// The evidence record of the answer itself.
    pub fn record(&self) -> RecordId {
        RecordId::new(self.first.rec.clone())
    }

    /// The records of the answer and of all that continues it, oldest first.
    pub fn records(&self) -> &[RecordId] {
        &self.records
    }

    /// Server receipt of the answer itself.
    pub fn answered_at(&self) -> Millis {
        Millis(self.first.answered_at)
    }

    /// When the content that holds now was given.
    pub fn worded_at(&self) -> Millis {
        Millis(self.newest.answered_at)
    }

    /// The choice that holds now; none once erased.
    pub fn choice(&self) -> Option<Choice> {
        self.newest.choice.parse().ok()
    }

    /// What the second step says now; none when there was none, or once erased.
    pub fn detail(&self) -> Option<super::Detail> {
        self.newest
            .detail
            .as_deref()
            .and_then(|json| serde_json::from_str(json).ok())
    }

    /// How often it was corrected.
    pub fn corrections(&self) -> usize {
        self.corrections
    }

    pub fn retracted_at(&self) -> Option<Millis> {
        self.retracted_at
    }

    /// Whether the content that holds now was erased.
    pub fn is_erased(&self) -> bool {
        self.newest.choice == ERASED
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(revision: i32, act: Act, choice: &str) -> AnswerRow {
        AnswerRow {
            id: format!("a{revision}"),
            cycle: "c".to_owned(),
            revision,
            act: act.word().to_owned(),
            member: 1,
            choice: choice.to_owned(),
            detail: None,
            reason: None,
            answered_at: i64::from(revision) * 10,
            late: false,
            interaction: i64::from(revision) + 100,
            rec: format!("r{revision}"),
        }
    }

    #[test]
    fn the_first_answer_keeps_its_time_and_the_newest_words_hold() {
        assert_eq!(Said::of(&[row(0, Act::Answered, "done")]), None, "a note is no answer");
        let rows = [
            row(0, Act::Answered, "done"),
            row(1, Act::Answered, "done"),
            row(2, Act::Amended, "not-yet"),
            row(3, Act::Amended, "not-applicable"),
        ];
        let said = Said::standing(&rows).expect("it stands");
        assert_eq!((said.answered_at(), said.worded_at()), (Millis(10), Millis(30)));
        assert_eq!((said.choice(), said.corrections()), (Some(Choice::NotApplicable), 2));
        assert_eq!(said.record(), RecordId::new("r1"));
        assert_eq!(said.records().len(), 3);
    }

    #[test]
    fn what_was_taken_back_stands_no_more_until_it_is_answered_anew() {
        let mut rows = vec![row(1, Act::Answered, "done"), row(2, Act::Retracted, RETRACTED)];
        assert_eq!(Said::standing(&rows), None);
        assert_eq!(Said::of(&rows).and_then(|said| said.retracted_at()), Some(Millis(20)));
        rows.push(row(3, Act::Answered, "not-yet"));
        let said = Said::standing(&rows).expect("it stands");
        assert_eq!((said.record(), said.corrections()), (RecordId::new("r3"), 0));
    }

    #[test]
    fn erased_content_is_known_as_such() {
        let rows = [row(1, Act::Answered, "done"), row(2, Act::Amended, ERASED)];
        let said = Said::standing(&rows).expect("it stands");
        assert!(said.is_erased() && said.choice().is_none());
    }
}
