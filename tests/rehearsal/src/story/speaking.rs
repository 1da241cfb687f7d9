//! Three concerns from the first message to the question whether anything got worse: one that leads to nobody, one that
//! a single handler can put a name to, and one under a name. All of it through Discord, as people see it.

mod acts;
mod handlers;
mod proof;
mod reporters;

use std::collections::BTreeMap;
use std::path::Path;

use age::x25519::Identity;
use anyhow::{Context, ensure};
use bellwether::clock::Millis;
use discord_stand_in::{Message, ModalShown, Place};

use super::screen::Screen;
use super::transcript::Transcript;
use crate::organisation::Hired;
use crate::world::World;

pub use acts::Act;

/// The places of everybody who plays a part in this.
const ZONE: &str = "Europe/Berlin";
/// The passphrase of the key that the bot keeps for Jun.
const PASSPHRASE: &str = "seven green bicycles";

/// Somebody who speaks up.
pub struct Voice {
    pub who: Hired,
    /// The label of the mode's button.
    mode: &'static str,
    category: &'static str,
    words: &'static str,
    /// Known once it was sent.
    key: String,
    number: String,
}

/// Everybody who plays a part.
pub struct Cast {
    owner: Hired,
    /// Lets the bot keep a key.
    jun: Hired,
    /// Has a key of her own.
    kim: Hired,
    kims_key: Identity,
    /// An independent handler, with a key of her own.
    lotte: Hired,
    lottes_key: Identity,
    anonymous: Voice,
    confidential: Voice,
    named: Voice,
}

impl Cast {
    /// The owner, the two handlers, the independent handler, and three of the staff.
    pub fn new(owner: Hired, [jun, kim, lotte]: [Hired; 3], [first, second, third]: [Hired; 3]) -> Self {
        let voice = |who, (mode, category, words)| Voice {
            who,
            mode,
            category,
            words,
            key: String::new(),
            number: String::new(),
        };
        Self {
            owner,
            jun,
            kim,
            kims_key: Identity::generate(),
            lotte,
            lottes_key: Identity::generate(),
            anonymous: voice(
                first,
                (
                    "Anonymous",
                    "bypass-pressure",
                    "On Friday I was told to let the marmalade release go out without the second approval.",
                ),
            ),
            confidential: voice(
                second,
                (
                    "Confidential",
                    "mistake",
                    "I left a list of suppliers and their quince prices on the train.",
                ),
            ),
            named: voice(
                third,
                (
                    "Named",
                    "rule-in-the-way",
                    "The rhubarb line cannot be patched on Tuesdays, so nobody does it at all.",
                ),
            ),
        }
    }

    fn voices(&self) -> [&Voice; 3] {
        [&self.anonymous, &self.confidential, &self.named]
    }

    /// Looks for what was said, and for case keys, in all that the bot has written; the number of files looked at.
    ///
    /// # Errors
    /// When some of it lies there unsealed.
    pub fn stays_sealed(&self, folder: &Path) -> anyhow::Result<usize> {
        let mut looked_at = 0;
        for entry in folder.read_dir()? {
            let path = entry?.path();
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            // What people saw, and what went to and from Discord, is not the bot's.
            if ["transcript.txt", "requests.jsonl"].contains(&name.as_str()) {
                continue;
            }
            if path.is_dir() {
                looked_at += self.stays_sealed(&path)?;
                continue;
            }
            let bytes = std::fs::read(&path)?;
            for secret in self.voices().iter().flat_map(|voice| [voice.words, voice.key.as_str()]) {
                let found = bytes.windows(secret.len()).any(|part| part == secret.as_bytes());
                ensure!(!found, "{secret:?} lies unsealed in {name}");
            }
            looked_at += 1;
        }
        Ok(looked_at)
    }
}

/// What people do and see, written down.
pub struct Stage<'a> {
    pub world: &'a World,
    pub transcript: &'a mut Transcript,
    pub names: &'a BTreeMap<String, String>,
}

impl Stage<'_> {
    fn now(&self) -> Millis {
        self.world.clock.now()
    }

    fn tells(&mut self, who: &Hired, does: &str) -> anyhow::Result<()> {
        let now = self.now().0;
        let time = Screen::new(ZONE, now).time(now);
        self.transcript.line(&format!("{time} (Berlin) {} {does}", who.name))
    }

    /// What somebody does, and what they see in full.
    fn sees(&mut self, who: &Hired, does: &str, message: &Message) -> anyhow::Result<()> {
        self.tells(who, does)?;
        let shown = Screen::new(ZONE, self.now().0).show(&message.text(), self.names);
        self.transcript.full(&shown)
    }

    /// The same, if only the lines that hold one of these words matter.
    fn glances(&mut self, who: &Hired, does: &str, message: &Message, words: &[&str]) -> anyhow::Result<()> {
        let shown = Screen::new(ZONE, self.now().0).show(&message.text(), self.names);
        for word in words {
            ensure!(shown.contains(word), "{word:?} is missing in:\n{shown}");
        }
        self.tells(who, does)?;
        let said = shown
            .lines()
            .filter(|line| words.iter().any(|word| line.contains(word)));
        self.transcript.full(&said.collect::<Vec<_>>().join("\n"))
    }

    /// Types a command in direct messages.
    async fn types(&self, who: &Hired, command: &str, options: &[(&str, &str)]) -> anyhow::Result<Message> {
        let options: Vec<_> = options
            .iter()
            .map(|(name, value)| (*name, serde_json::json!(value)))
            .collect();
        let bot = self.world.organisation.bot.id;
        let shown = who.person.slash(bot, Place::Dm, command, &options)?.message().await?;
        self.world.settle().await;
        ensure!(shown.is_ephemeral(), "everybody sees what {command} shows");
        Ok(shown)
    }
}

/// What the bot wrote last to somebody with these words in it.
fn heard(who: &Hired, words: &str) -> anyhow::Result<Message> {
    let got = who.person.received();
    let last = got.into_iter().rfind(|message| message.text().contains(words));
    last.with_context(|| format!("{} has heard nothing of {words}", who.name))
}

/// Presses the button with this label; the page that comes.
async fn presses(who: &Hired, on: &Message, label: &str) -> anyhow::Result<Message> {
    Ok(who.person.press(on, &button(on, label)?)?.message().await?)
}

/// Presses the button with this label; the form that opens.
async fn opens(who: &Hired, on: &Message, label: &str) -> anyhow::Result<ModalShown> {
    Ok(who.person.press(on, &button(on, label)?)?.modal().await?)
}

async fn sends(who: &Hired, form: &ModalShown, fields: &[(&str, &str)]) -> anyhow::Result<Message> {
    Ok(who.person.submit(form, fields)?.message().await?)
}

fn button(on: &Message, label: &str) -> anyhow::Result<String> {
    on.button(label)
        .with_context(|| format!("no button {label:?} in:\n{}", on.text()))
}

/// The custom id of the first component whose id begins like this.
fn component(on: &Message, begins: &str) -> anyhow::Result<String> {
    let rows = on.raw()["components"].as_array().cloned().unwrap_or_default();
    let cells = rows
        .iter()
        .flat_map(|row| row["components"].as_array().cloned().unwrap_or_default());
    let mut ids = cells.filter_map(|cell| cell["custom_id"].as_str().map(str::to_owned));
    ids.find(|id| id.starts_with(begins))
        .with_context(|| format!("no component {begins:?} below:\n{}", on.text()))
}
