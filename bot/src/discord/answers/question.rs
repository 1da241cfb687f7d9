//! The question as a message: period with dates, question, due instant, four neutral buttons.

use jiff::civil::Date;
use serenity::all::{CreateAllowedMentions, CreateButton, CreateMessage, UserId};

use super::custom_id::{Ask, Press};
use crate::catalogue::{CadenceKind, Choice};
use crate::civil;
use crate::clock::Millis;
use crate::discord::edge::component::button;
use crate::discord::edge::{Page, dates, text};
use crate::ids::{CycleId, MemberId};
use crate::prompts::Cycle;
use crate::words::Voice;

/// What the message says.
#[derive(Clone, Debug)]
pub struct Question {
    pub cycle: CycleId,
    pub prompt: String,
    pub cadence: CadenceKind,
    /// First and last day of the period asked about.
    pub period: (Date, Date),
    /// Whether the period is not over yet where the member is.
    pub current: bool,
    pub asked: String,
    /// In the order of [`Choice::ALL`].
    pub labels: [String; 4],
    /// Whether the follow-up was drawn.
    pub follow_up: bool,
    pub due_at: Millis,
    /// If it comes after it was due: until when an answer is on time all the same.
    pub on_time_until: Option<Millis>,
}

impl Question {
    /// The question as it was frozen; `now` decides whether its period is over.
    pub fn of(cycle: &Cycle, now: Millis) -> Self {
        let zone = civil::zone(&cycle.zone).unwrap_or(jiff::tz::TimeZone::UTC);
        Self {
            cycle: cycle.id.clone(),
            prompt: cycle.prompt.clone(),
            cadence: cadence(&cycle.period),
            period: (cycle.period_start, cycle.period_end),
            current: civil::local(now, &zone).date() <= cycle.period_end,
            asked: cycle.wording.question.clone(),
            labels: cycle.wording.labels.clone(),
            follow_up: cycle.follow_up_drawn,
            due_at: cycle.due_at,
            on_time_until: cycle.came_late(now).then_some(cycle.closes_at),
        }
    }

    /// The question with its buttons.
    pub fn page(&self, voice: Voice<'_>) -> Page {
        Page::text(format!("{}\n-# {}", self.text(voice), voice.prompt_use())).row(self.buttons())
    }

    /// Period, question and due instant.
    pub fn text(&self, voice: Voice<'_>) -> String {
        let due = match self.on_time_until {
            Some(until) => voice.prompt_came_late(text::long_instant(until)),
            None => voice.prompt_due(text::long_instant(self.due_at), text::relative(self.due_at)),
        };
        format!("**{}**\n{}\n{due}", self.period(voice), self.asked)
    }

    pub fn period(&self, voice: Voice<'_>) -> String {
        let (from, to) = dates::span(voice, self.period.0, self.period.1);
        let current = if self.current { "yes" } else { "no" };
        voice.prompt_period(current, self.cadence.word(), from, to)
    }

    /// The four answers, none of which looks better than another.
    pub fn buttons(&self) -> Vec<CreateButton> {
        let buttons = Choice::ALL.into_iter().zip(&self.labels);
        buttons
            .map(|(choice, label)| {
                let id = Press::Answer(Ask {
                    cycle: self.cycle.clone(),
                    choice,
                    follow_up: self.follow_up,
                    prompt: Some(self.prompt.clone()),
                });
                button(&id, label)
            })
            .collect()
    }

    /// As a direct message; or, with `mention`, in a channel, where only that member is notified.
    pub fn message(&self, voice: Voice<'_>, mention: Option<MemberId>) -> CreateMessage {
        let mut page = self.page(voice);
        let Some(member) = mention else {
            return page.message();
        };
        page.text = format!(
            "{}\n{}\n-# {}",
            text::mention(member),
            page.text,
            voice.prompt_channel()
        );
        let only = CreateAllowedMentions::new().users([UserId::new(member.get().unsigned_abs())]);
        page.message().allowed_mentions(only)
    }
}

/// A period's key tells its kind: `2026-W53`, `2026-Q4`, `2026-11`.
fn cadence(period: &str) -> CadenceKind {
    if period.contains('W') {
        CadenceKind::Weekly
    } else if period.contains('Q') {
        CadenceKind::Quarterly
    } else {
        CadenceKind::Monthly
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::words::{Language, Words};

    pub(crate) fn question() -> Question {
        Question {
            cycle: CycleId::new("c".repeat(32)),
            prompt: "und-duty-talk".to_owned(),
            cadence: CadenceKind::Weekly,
            period: (date(2026, 11, 16), date(2026, 11, 22)),
            current: true,
            asked: "This week, did you ask for a second approval?".to_owned(),
            labels: ["Yes", "Not yet", "No change this week", "I need help"].map(str::to_owned),
            follow_up: true,
            due_at: Millis(1_795_449_600_000),
            on_time_until: None,
        }
    }

    #[test]
    fn a_question_shows_period_due_and_four_neutral_buttons() {
        let words = Words::load();
        let body = question().message(words.voice(Language::English), None);
        insta::assert_snapshot!(serde_json::to_string_pretty(&body).expect("it serialises"));
        let german = question().page(words.voice(Language::German)).text;
        insta::assert_snapshot!(german);
    }

    #[test]
    fn in_a_channel_only_the_member_is_called() {
        let words = Words::load();
        let member = MemberId::from_i64(7);
        let body = serde_json::to_value(question().message(words.voice(Language::English), Some(member)));
        let body = body.expect("it serialises");
        assert_eq!(body["allowed_mentions"]["users"], serde_json::json!(["7"]));
        assert_eq!(body["allowed_mentions"]["parse"], serde_json::json!([]));
        let text = body["content"].as_str().expect("text");
        assert!(text.starts_with("<@7>\n"));
        assert!(text.contains("Everybody in this channel can see the question."));
    }
}
