//! One person at the table: does what a line says, and prints what came back.

use std::sync::Arc;

use anyhow::Context;
use discord_stand_in::{Handle, Id, Menu, Message, ModalShown, Person, Place, Response};
use serde_json::{Value, json};

use crate::{HELP, Table};

pub(crate) struct Desk {
    table: Arc<Table>,
    person: Person,
    modal: Option<ModalShown>,
}

impl Desk {
    pub(crate) fn new(table: Arc<Table>, name: &'static str) -> Self {
        let person = table.people[name].clone();
        Self {
            table,
            person,
            modal: None,
        }
    }

    pub(crate) async fn obey(&mut self, line: &str) -> anyhow::Result<String> {
        let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
        let rest = rest.split_once(' ').map_or("", |(_, rest)| rest).trim();
        let bot = self.table.bot.id;
        let handle = match word {
            "show" => return Ok(self.shown(&self.person.sees())),
            "read" => return Ok(self.shown(&self.table.discord.messages(self.channel(rest)?))),
            "say" => return Ok(format!("wrote {:?}", self.person.dm(bot, rest)?.content())),
            "post" => {
                let (channel, text) = rest.split_once(' ').context("post NAME CHANNEL TEXT")?;
                let posted = self.person.say(self.channel(channel)?, text)?;
                return Ok(format!("wrote {:?}", posted.content()));
            }
            "press" => {
                let (message, id) = self.newest(|message| message.button(rest)).context("no such button")?;
                self.person.press(&message, &id)?
            }
            "choose" => self.choose(rest)?,
            "submit" => {
                let modal = self.modal.take().context("no modal on the screen")?;
                let values = values(&modal, rest);
                let values: Vec<(&str, &str)> = values.iter().map(|(key, value)| (&**key, &**value)).collect();
                self.person.submit(&modal, &values)?
            }
            "slash" => self.run(Place::Channel(self.channel("general")?), rest)?,
            "dm" => self.run(Place::Dm, rest)?,
            "menu" => {
                let (place, command) = rest.split_once(' ').context("menu NAME CHANNEL COMMAND")?;
                let messages = match place {
                    "dm" => self.person.sees(),
                    channel => self.table.discord.messages(self.channel(channel)?),
                };
                let newest = messages.last().context("no message there")?;
                self.person.use_on_message(bot, newest, command)?
            }
            _ => return Ok(HELP.to_owned()),
        };
        self.answer(&handle).await
    }

    fn channel(&self, name: &str) -> anyhow::Result<Id> {
        let channels = &self.table.setup.channels;
        let names = || channels.keys().cloned().collect::<Vec<_>>().join(" and ");
        channels
            .get(name)
            .copied()
            .with_context(|| format!("no channel {name:?}; there are {}", names()))
    }

    /// The newest message, shown to this person or in a channel, in which something is found.
    fn newest<T>(&self, find: impl Fn(&Message) -> Option<T>) -> Option<(Message, T)> {
        let channels = self.table.setup.channels.values();
        let open = channels.flat_map(|channel| self.table.discord.messages(*channel));
        let mut seen: Vec<Message> = self.person.sees().into_iter().chain(open).collect();
        seen.sort_by_key(Message::id);
        let mut newest = seen.into_iter().rev();
        newest.find_map(|message| find(&message).map(|found| (message, found)))
    }

    fn choose(&self, wanted: &str) -> anyhow::Result<Handle> {
        let wanted: Vec<&str> = wanted.split(';').map(str::trim).collect();
        let (message, (menu, values)) = self
            .newest(|message| {
                let mut menus = message.menus().into_iter();
                menus.find_map(|menu| self.offered(&menu, &wanted).map(|values| (menu.custom_id, values)))
            })
            .context("no menu offers that")?;
        let values: Vec<&str> = values.iter().map(String::as_str).collect();
        Ok(self.person.choose(&message, &menu, &values)?)
    }

    /// The values of what is wanted, where this menu has all of it.
    fn offered(&self, menu: &Menu, wanted: &[&str]) -> Option<Vec<String>> {
        let value = |label: &&str| {
            let mut options = menu.options.iter();
            match options.find(|(shown, _)| shown == label) {
                Some((_, value)) => Some(value.clone()),
                None if menu.options.is_empty() => self.table.people.get(label).map(|one| one.id().to_string()),
                None => None,
            }
        };
        wanted.iter().map(value).collect()
    }

    fn run(&self, place: Place, rest: &str) -> anyhow::Result<Handle> {
        let (words, options): (Vec<&str>, Vec<&str>) = rest.split_whitespace().partition(|word| !word.contains('='));
        let options: Vec<(&str, Value)> = options
            .iter()
            .filter_map(|pair| pair.split_once('='))
            .map(|(key, value)| (key, self.value(value)))
            .collect();
        let command = words.join(" ").replace('/', "");
        Ok(self.person.slash(self.table.bot.id, place, &command, &options)?)
    }

    /// A name stands for the person's id; numbers and booleans for themselves.
    fn value(&self, text: &str) -> Value {
        match self.table.people.get(text) {
            Some(person) => json!(person.id().to_string()),
            None if text.len() > 15 => json!(text),
            None => serde_json::from_str(text)
                .ok()
                .filter(|value: &Value| !value.is_object())
                .unwrap_or_else(|| json!(text)),
        }
    }

    async fn answer(&mut self, handle: &Handle) -> anyhow::Result<String> {
        Ok(match handle.response().await? {
            Response::Modal(modal) => {
                let fields: Vec<String> = modal
                    .fields()
                    .iter()
                    .map(|field| format!("  {}: {}", field.custom_id, field.label))
                    .collect();
                let text = format!("modal {:?}\n{}", modal.title(), fields.join("\n"));
                self.modal = Some(modal);
                text
            }
            Response::Message(message) | Response::Updated(message) => read(&message),
            Response::Deferred { .. } | Response::DeferredUpdate => read(&handle.message().await?),
            Response::Choices(choices) => Value::Array(choices).to_string(),
        })
    }

    fn shown(&self, messages: &[Message]) -> String {
        let shown = messages.iter().map(|message| {
            let people = &self.table.people;
            let author = people.iter().find(|(_, person)| person.id() == message.author());
            let who = match author {
                Some(_) if message.author() == self.person.id() => "you",
                Some((name, _)) => name,
                None => "bot",
            };
            let only = if message.is_ephemeral() {
                " (only you see this)"
            } else {
                ""
            };
            format!("--- {who}{only}\n{}", read(message))
        });
        shown.collect::<Vec<_>>().join("\n")
    }
}

/// A message with its menus.
fn read(message: &Message) -> String {
    let menus = message.menus().into_iter().map(|menu| {
        let labels: Vec<String> = menu.options.into_iter().map(|(label, _)| label).collect();
        format!("\n<{}: {}>", menu.placeholder, labels.join("; "))
    });
    std::iter::once(message.text()).chain(menus).collect()
}

fn values(modal: &ModalShown, text: &str) -> Vec<(String, String)> {
    let fields = modal.fields();
    let named = |pair: &str| {
        let (key, value) = pair.split_once('=')?;
        fields
            .iter()
            .any(|field| field.custom_id == key.trim())
            .then(|| (key.trim().to_owned(), value.trim().to_owned()))
    };
    let pairs: Vec<(String, String)> = text.split(';').filter_map(named).collect();
    match fields.first() {
        Some(first) if pairs.is_empty() => vec![(first.custom_id.clone(), text.trim().to_owned())],
        Some(_) | None => pairs,
    }
}
