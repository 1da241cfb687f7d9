//! Questions reach the managers, who answer in their own manner.

use anyhow::{Context, bail};
use bellwether::clock::Millis;
use discord_stand_in::{Message, ModalShown};

use super::super::reaction::{Answer, reaction};
use super::super::screen::Screen;
use super::{Event, Play};

impl Play<'_> {
    /// Notices new questions, in direct messages and in the fallback channel, and plans the reactions.
    pub(super) fn look_around(&mut self) -> anyhow::Result<()> {
        let count = self.world.discord.message_count();
        if count == self.looked {
            return Ok(());
        }
        self.looked = count;
        self.publications()?;
        let channel = self
            .world
            .discord
            .messages(self.world.organisation.guild.channels["security-prompts"]);
        for index in 0..self.managers.len() {
            let person = self.managers[index].hired.person.clone();
            let mention = format!("<@{}>", person.id());
            let here = channel.iter().filter(|message| message.content().contains(&mention));
            let found = person
                .received()
                .iter()
                .chain(here)
                .filter(|message| !message.buttons().is_empty())
                .cloned()
                .collect::<Vec<_>>();
            for message in found {
                if self.seen.insert(message.id()) {
                    self.asked(index, &message)?;
                }
            }
        }
        Ok(())
    }

    /// Shows the first checkpoint in the evidence channel in full; the others are counted at the end.
    pub(super) fn publications(&mut self) -> anyhow::Result<()> {
        let mut posted = self
            .world
            .discord
            .messages(self.world.organisation.guild.channels["evidence-log"]);
        // Changes of handlers' keys are posted there, too.
        posted.retain(|message| {
            message.raw()["attachments"]
                .as_array()
                .is_some_and(|files| !files.is_empty())
        });
        let before = std::mem::replace(&mut self.published, posted.len());
        let (Some(first), 0) = (posted.first(), before) else {
            return Ok(());
        };
        let screen = Screen::new("Europe/Berlin", first.made_at());
        let time = screen.time(first.made_at());
        let files = self.world.discord.files(first);
        let (name, bytes) = files.first().context("the checkpoint as a file")?;
        self.transcript.line(&format!(
            "{time} (Berlin) in #evidence-log everybody sees, with the file {name} ({} bytes)",
            bytes.len()
        ))?;
        self.transcript.full(&screen.show(&first.text(), &self.names))
    }

    pub(super) fn asked(&mut self, index: usize, message: &Message) -> anyhow::Result<()> {
        let manager = &mut self.managers[index];
        let (part, count) = (manager.part, manager.asked);
        manager.asked += 1;
        let open = if message.channel() == self.world.organisation.guild.channels["security-prompts"] {
            "takes no direct messages; in #security-prompts there is"
        } else {
            "is asked"
        };
        let kind = format!("question {} {open}", part.locale);
        self.says(index, message.made_at(), open)?;
        self.screen(index, &kind, &message.text(), 0..2)?;
        if let Some(reaction) = reaction(part.manner, count) {
            let event = Event::React {
                manager: index,
                message: message.id(),
                answer: reaction.answer,
            };
            self.plan(Millis(message.made_at()) + reaction.after, event);
        }
        Ok(())
    }

    pub(super) async fn react(&mut self, index: usize, message: u64, answer: &Answer) -> anyhow::Result<()> {
        let message = self
            .world
            .discord
            .message(message)
            .context("the question is still there")?;
        let button = message
            .buttons()
            .get(answer.button())
            .cloned()
            .context("a question has four buttons")?;
        let person = self.managers[index].hired.person.clone();
        let modal = person.press(&message, &button.custom_id)?.modal().await?;
        let now = self.world.clock.now().0;
        if *answer == Answer::Draft {
            let does = format!(
                "presses [{}], sees the form “{}”, and is called away",
                button.label,
                modal.title()
            );
            return self.says(index, now, &does);
        }
        let values = values(answer, &modal)?;
        let pairs: Vec<(&str, &str)> = values.iter().map(|(id, text)| (id.as_str(), text.as_str())).collect();
        let receipt = person.submit(&modal, &pairs)?.message().await?;
        let wrote = values
            .iter()
            .map(|(_, text)| text.as_str())
            .collect::<Vec<_>>()
            .join(" / ");
        let does = format!("presses [{}], fills in “{}”: {wrote}", button.label, modal.title());
        self.says(index, now, &does)?;
        let kind = format!("receipt {} {}", self.managers[index].part.locale, answer.button());
        self.screen(index, &kind, &receipt.text(), 1..3)
    }
}

/// What is written into which field.
fn values(answer: &Answer, modal: &ModalShown) -> anyhow::Result<Vec<(String, String)>> {
    let fields = modal.fields();
    let field = |index: usize| {
        fields
            .get(index)
            .map(|field| field.custom_id.clone())
            .context("the form has this field")
    };
    Ok(match answer {
        Answer::Yes(text) | Answer::NotApplicable(text) | Answer::Help(text) => vec![(field(0)?, (*text).to_owned())],
        Answer::NotYet { when, act } => {
            let by = fields
                .get(2)
                .and_then(|field| field.value.clone())
                .context("the form proposes a date")?;
            vec![
                (field(0)?, (*when).to_owned()),
                (field(1)?, (*act).to_owned()),
                (field(2)?, by),
            ]
        }
        Answer::Draft => bail!("a draft fills in nothing"),
    })
}
