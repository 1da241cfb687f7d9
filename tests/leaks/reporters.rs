//! People whom the bot meets nowhere else, and what they tell it.

use std::collections::HashSet;

use anyhow::{Context, ensure};
use bellwether::chance::Chance;
use discord_stand_in::{Handle, Message, ModalShown, Person, Place, Refusal};
use futures_util::{StreamExt, TryStreamExt};
use serde_json::Value as Json;

use crate::needles::{Needle, Value};
use crate::scene::Scene;

/// People who speak at the same time.
const SIDE_BY_SIDE: usize = 6;
/// How often somebody tries, and waits.
const TRIES: usize = 9;
const SYLLABLES: [&str; 16] = [
    "bro",
    "zwi",
    "quax",
    "schl",
    "wug",
    "\u{f6}del",
    "plim",
    "kno",
    "\u{fc}rf",
    "gnat",
    "yps",
    "drum",
    "fjor",
    "xan",
    "mub",
    "tsch",
];
/// What it is about: for handlers, for the independent one, and one that calls somebody at once.
const CATEGORIES: [&str; 4] = ["mistake", "bypass-pressure", "leader-not-following", "suspicious"];

pub(crate) struct Reporter {
    /// The button of the first page.
    pub mode: &'static str,
    person: Person,
    texts: Vec<(&'static str, String)>,
    place: Place,
    category: &'static str,
}

/// Members of the organisation without any role, half of whom speak in direct messages.
pub(crate) fn gather(scene: &Scene, chance: &Chance, mode: &'static str, count: usize) -> Vec<Reporter> {
    let (discord, guild) = (&scene.discord, &scene.organisation.guild);
    let one = |number: usize| {
        let texts: Vec<_> = ["user name", "global name", "nickname", "word"]
            .map(|what| (what, word(chance)))
            .into();
        let person = discord.add_user(&texts[0].1, "en-GB");
        discord.set_global_name(person.id(), &texts[1].1);
        discord.add_member(guild.id, person.id(), &[]);
        discord.set_nick(guild.id, person.id(), Some(&texts[2].1));
        Reporter {
            mode,
            person,
            texts,
            place: match number % 2 {
                0 => Place::Dm,
                _ => Place::Channel(guild.channels["general"]),
            },
            category: CATEGORIES[number % CATEGORIES.len()],
        }
    };
    (0..count).map(one).collect()
}

/// A word that no language has.
fn word(chance: &Chance) -> String {
    let syllable = |_| SYLLABLES[chance.below(SYLLABLES.len() as u64) as usize];
    (0..9).map(syllable).collect()
}

/// Lets everybody raise a concern, and gives what else must be found nowhere: their case keys.
pub(crate) async fn speak(scene: &Scene, people: &[Reporter]) -> anyhow::Result<Vec<Needle>> {
    let told = futures_util::stream::iter(people).map(|reporter| async move {
        let key = reporter.raise(scene).await;
        key.with_context(|| format!("{} about {}", reporter.mode, reporter.category))
    });
    let keys: Vec<[Needle; 2]> = told.buffer_unordered(SIDE_BY_SIDE).try_collect().await?;
    Ok(keys.into_iter().flatten().collect())
}

impl Reporter {
    async fn raise(&self, scene: &Scene) -> anyhow::Result<[Needle; 2]> {
        let who = &self.person;
        let mut opened = self.open_form(scene).await;
        for _ in 1..TRIES {
            if opened.is_ok() {
                break;
            }
            // On a busy machine a late answer can change the page below somebody's hands. Nothing is kept yet.
            opened = self.open_form(scene).await;
        }
        let form = opened?;
        let words = format!("It was a {} on the third floor.", self.texts[3].1);
        let receipt = insist(|| who.submit(&form, &[("text", &words)])).await?.text();
        let key = receipt.split("```").nth(1).map(str::trim);
        let key = key.with_context(|| format!("no case key in {receipt}"))?;
        let needle = |value: String| Needle {
            what: "case key",
            whose: self.mode,
            value: Value::Text(value),
        };
        Ok([needle(key.to_owned()), needle(key.replace('-', ""))])
    }

    /// From the command to the form.
    async fn open_form(&self, scene: &Scene) -> anyhow::Result<ModalShown> {
        let (bot, who) = (scene.organisation.bot.id, &self.person);
        let page = insist(|| who.slash(bot, self.place, "concern", &[])).await?;
        let mode = button(&page, self.mode)?;
        let page = insist(|| who.press(&page, &mode)).await?;
        let mut page = self.choose(&page, "category", self.category).await?;
        let (_, barred) = menu(&page, "barred")?;
        if barred["min_values"] == 1 {
            page = self.choose(&page, "barred", "nobody").await?;
        }
        if self.mode == "Confidential" {
            let (_, menu) = menu(&page, "confidant")?;
            let first = menu["options"][0]["value"].as_str().context("somebody to choose")?;
            page = self.choose(&page, "confidant", first).await?;
        }
        self.form(&page).await
    }

    async fn choose(&self, page: &Message, step: &str, value: &str) -> anyhow::Result<Message> {
        let (id, _) = menu(page, step)?;
        let chosen = insist(|| self.person.choose(page, &id, &[value])).await;
        chosen.with_context(|| step.to_owned())
    }

    async fn form(&self, page: &Message) -> anyhow::Result<ModalShown> {
        let button = button(page, "Write")?;
        for _ in 0..TRIES {
            if let Ok(form) = self.person.press(page, &button)?.modal().await {
                return Ok(form);
            }
        }
        anyhow::bail!("the form does not open")
    }

    /// What tells who it is, and what was written.
    pub(crate) fn needles(&self, scene: &Scene) -> Vec<Needle> {
        let needle = |what, value| Needle {
            what,
            whose: self.mode,
            value,
        };
        let texts = self.texts.iter();
        let mut needles: Vec<_> = texts
            .map(|(what, text)| needle(what, Value::Text(text.clone())))
            .collect();
        needles.push(needle("member id", Value::Number(self.person.id())));
        let dm = scene.discord.dm_channel(scene.organisation.bot.id, self.person.id());
        needles.extend(dm.map(|id| needle("DM channel id", Value::Number(id))));
        needles
    }
}

/// Ids, tokens and messages of everything that these people did.
pub(crate) fn interactions(scene: &Scene, people: &[Reporter]) -> Vec<Needle> {
    let whose: HashSet<String> = people.iter().map(|reporter| reporter.person.id().to_string()).collect();
    let mode = people.first().map_or("", |reporter| reporter.mode);
    let mut needles = Vec::new();
    for happened in scene.discord.interactions() {
        let event = happened.event();
        let user = event["user"]["id"].as_str().or(event["member"]["user"]["id"].as_str());
        if !user.is_some_and(|user| whose.contains(user)) {
            continue;
        }
        let number = |id: &Json| id.as_str().and_then(|id| id.parse().ok()).map(Value::Number);
        let token = event["token"].as_str().map(|token| Value::Text(token.to_owned()));
        let found = [
            ("interaction id", number(&event["id"])),
            ("interaction token", token),
            ("message id", number(&event["message"]["id"])),
        ];
        needles.extend(found.into_iter().filter_map(|(what, value)| {
            let whose = mode;
            value.map(|value| Needle { what, whose, value })
        }));
    }
    needles
}

/// Does it again, as people do, where nothing comes back: Discord forgets what is not answered within three seconds, and
/// this machine may have other work.
async fn insist(act: impl Fn() -> Result<Handle, Refusal>) -> anyhow::Result<Message> {
    let mut handle = act()?;
    for _ in 0..TRIES {
        match handle.message().await {
            Ok(message) => {
                ensure!(message.is_ephemeral(), "everybody sees it");
                return Ok(message);
            }
            Err(_) if handle.response_now().is_some() => {}
            Err(_) => handle = act()?,
        }
    }
    anyhow::bail!("the bot does not answer")
}

fn button(page: &Message, label: &str) -> anyhow::Result<String> {
    page.button(label)
        .with_context(|| format!("no button {label:?} in:\n{}", page.text()))
}

/// The menu of this step, and its custom id.
fn menu(page: &Message, step: &str) -> anyhow::Result<(String, Json)> {
    let begins = format!("v1:concern:{step}:");
    let rows = page.raw()["components"].as_array().into_iter().flatten();
    let mut cells = rows.flat_map(|row| row["components"].as_array().into_iter().flatten());
    let menu = cells.find(|cell| cell["custom_id"].as_str().is_some_and(|id| id.starts_with(&begins)));
    let menu = menu.with_context(|| format!("no menu {step:?} in:\n{}", page.text()))?;
    let id = menu["custom_id"].as_str().unwrap_or_default();
    Ok((id.to_owned(), menu.clone()))
}
