//! What the transcript says about what people do and see.

use std::ops::Range;

use anyhow::Context;
use discord_stand_in::{Message, Place};
use serde_json::json;

use super::super::cast::Manner;
use super::super::screen::Screen;
use super::super::tally::Tally;
use super::{LEAVE_WEEK, Play, WEEKS, day};

impl Play<'_> {
    pub(super) fn week(&mut self, week: i32) -> anyhow::Result<()> {
        let first = day(week)?;
        let last = first.checked_add(jiff::Span::new().days(6))?;
        let title = format!(
            "Week {} of {WEEKS}: {} to {}",
            week + 1,
            first.strftime("%-d %b"),
            last.strftime("%-d %b %Y")
        );
        self.transcript.chapter(&title)
    }

    pub(super) async fn leave(&mut self) -> anyhow::Result<()> {
        let index = self.index_of(Manner::Away)?;
        let (from, to) = (
            day(LEAVE_WEEK)?,
            day(LEAVE_WEEK)?.checked_add(jiff::Span::new().days(6))?,
        );
        let options = [("from", json!(from.to_string())), ("to", json!(to.to_string()))];
        let person = self.managers[index].hired.person.clone();
        let handle = person.slash(self.world.organisation.bot.id, Place::Dm, "away", &options)?;
        let answer = handle.message().await?;
        self.says(
            index,
            self.world.clock.now().0,
            &format!("types /away from:{from} to:{to} and sees"),
        )?;
        self.screen(index, "away", &answer.text(), 0..1)
    }

    /// Reports what happened to the questions since the last time; while the bot is away that waits.
    pub(super) async fn sum_up(&mut self) -> anyhow::Result<()> {
        let (from, now) = (self.summed_up, self.world.clock.now());
        if !self.running || now <= from {
            return Ok(());
        }
        self.summed_up = now;
        let tally = Tally::between(&self.world.cycles().await?, from, now);
        let since = Screen::new("UTC", now.0).time(from.0);
        self.transcript.line(&format!("= Since {since} UTC: {}.", tally.line()))
    }

    /// Somebody types a command without options; of an answer in several messages the first is shown.
    pub(super) async fn looks(&mut self, index: usize, command: &str) -> anyhow::Result<()> {
        let person = self.managers[index].hired.person.clone();
        let asked = person.slash(self.world.organisation.bot.id, Place::Dm, command, &[])?;
        let seen = asked.message().await?;
        self.world.settle().await;
        self.says(index, self.world.clock.now().0, &format!("types /{command} and sees"))?;
        self.full(index, &seen)?;
        let further = asked.followups();
        if further.is_empty() {
            return Ok(());
        }
        let lines: usize = further.iter().map(|message| message.text().lines().count()).sum();
        self.transcript
            .full(&format!("(and {lines} lines in further messages)"))
    }

    pub(super) fn index_of(&self, manner: Manner) -> anyhow::Result<usize> {
        let found = self.managers.iter().position(|manager| manager.part.manner == manner);
        found.with_context(|| format!("nobody is {manner:?}"))
    }

    pub(super) fn says(&mut self, index: usize, at: i64, does: &str) -> anyhow::Result<()> {
        let part = self.managers[index].part;
        let city = part.zone.rsplit('/').next().unwrap_or(part.zone).replace('_', " ");
        let time = Screen::new(part.zone, at).time(at);
        self.transcript.line(&format!("{time} ({city}) {} {does}", part.name))
    }

    /// In full at first, later only the lines that `brief` names; who is notified is not among them.
    pub(super) fn screen(&mut self, index: usize, kind: &str, text: &str, brief: Range<usize>) -> anyhow::Result<()> {
        let screen = Screen::new(self.managers[index].part.zone, self.world.clock.now().0);
        let shown = screen.show(text, &self.names);
        let said = shown.lines().filter(|line| !line.starts_with('@'));
        let brief: Vec<&str> = said.skip(brief.start).take(brief.len()).collect();
        self.transcript.screen(kind, &shown, &cut(&brief.join(" · ")))
    }

    pub(super) fn full(&mut self, index: usize, message: &Message) -> anyhow::Result<()> {
        let screen = Screen::new(self.managers[index].part.zone, self.world.clock.now().0);
        self.transcript.full(&screen.show(&message.text(), &self.names))
    }
}

/// At most one line of a wide terminal.
fn cut(line: &str) -> String {
    const WIDTH: usize = 112;
    if line.chars().count() <= WIDTH {
        return line.to_owned();
    }
    line.chars().take(WIDTH - 1).chain(['…']).collect()
}
