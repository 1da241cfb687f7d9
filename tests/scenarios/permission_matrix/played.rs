//! Playing an act: as a person in a place, through the real bot.

use std::collections::BTreeMap;

use age::x25519::Identity;
use anyhow::{Context, ensure};
use discord_stand_in::{Handle, Message, ModalShown, Person, Place, Refusal, Response};
use futures_util::future::join_all;
use rehearsal::World;
use serde_json::{Value, json};

use super::cast::{COLUMNS, Cast};
use super::table::{Act, How, Meets, Met};

/// Milliseconds between two acts, so that no limit of Discord is in the way.
const BREATH: i64 = 1_000;

/// So often something is done again that met a busy machine.
const AGAIN: usize = 5;

/// Whether a press opened a form before anything could be looked up, or none in time.
fn is_hasty(act: &Act, outcome: &Result<Meets, String>, refused: bool) -> bool {
    let pressed = matches!(act.how, How::Press { .. });
    let hasty = match outcome {
        Ok(meets) => refused && *meets == Meets::Form,
        Err(error) => error.contains("Something went wrong on our side"),
    };
    pressed && hasty
}

/// Where something is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Where {
    Server,
    DirectMessages,
    /// The server of another organisation of the same bot.
    OtherOrganisation,
    /// A server that the configuration does not name.
    ForeignServer,
}

impl Where {
    pub const ALL: [Self; 4] = [
        Self::Server,
        Self::DirectMessages,
        Self::OtherOrganisation,
        Self::ForeignServer,
    ];

    pub fn title(self) -> &'static str {
        match self {
            Self::Server => "in the server",
            Self::DirectMessages => "in direct messages",
            Self::OtherOrganisation => "in another organisation",
            Self::ForeignServer => "in a foreign server",
        }
    }
}

/// What was seen.
#[derive(Clone, Debug)]
pub struct Seen {
    pub text: String,
    pub form: bool,
    /// All that the bot sent, but for files' contents: the first answer, and the message that was left in the end.
    pub sent: String,
}

/// A place with everybody in it.
pub struct Scene<'a> {
    world: &'a World,
    cast: &'a Cast,
    place: Place,
    /// For each column a message of the bot to press things on, and the interaction that it answers.
    on: BTreeMap<usize, (Message, Handle)>,
}

impl<'a> Scene<'a> {
    pub async fn set(world: &'a World, cast: &'a Cast, whereabouts: Where) -> anyhow::Result<Self> {
        let place = cast.place(world, whereabouts);
        let bot = world.organisation.bot.id;
        let mut on = BTreeMap::new();
        for (column, _) in COLUMNS.iter().enumerate() {
            match cast.person(column).slash(bot, place, "record", &[]) {
                Ok(asked) => {
                    on.insert(column, (asked.message().await?, asked));
                }
                Err(Refusal::NotVisible) => {}
                Err(refusal) => return Err(refusal.into()),
            }
        }
        world.settle().await;
        Ok(Self { world, cast, place, on })
    }

    /// Has these people do it at the same time, and notes what they met. Where the machine is so busy that a form opened
    /// unlooked, or too late, they do it again on their own: what a form brings is checked when it is sent.
    pub async fn play_side_by_side(
        &self,
        act: &Act,
        (columns, refused): (&[usize], bool),
        met: &mut Met,
    ) -> anyhow::Result<()> {
        let Some(first) = columns.first() else {
            return Ok(());
        };
        // Whoever steps back from a case cannot do so twice.
        let spare = if act.name == "press case:conflicted" && columns == [*first] {
            self.cast.another_case(self.world).await?
        } else if act.name == "press away:withdrawn" && columns == [*first] {
            // Nor can an absence be withdrawn twice.
            let day = jiff::civil::date(2027, 2, 1 + *first as i8);
            self.cast.absence(self.world, (day, day)).await?
        } else if act.name == "press away:withdrawn" {
            self.cast.fact("absence")
        } else {
            self.cast.fact("case")
        };
        let all = columns.iter().map(|column| self.meets(act, *column, &spare));
        for (column, mut outcome) in columns.iter().zip(join_all(all).await) {
            for _ in 0..AGAIN {
                if !is_hasty(act, &outcome, refused) {
                    break;
                }
                self.rest().await;
                outcome = self.meets(act, *column, &spare).await;
            }
            met.note(act, *column, outcome);
        }
        self.rest().await;
        Ok(())
    }

    async fn meets(&self, act: &Act, column: usize, spare: &str) -> Result<Meets, String> {
        let shown: Vec<String> = act.shown.iter().map(|part| self.fill(part, spare)).collect();
        let seen = self
            .play(act, column, spare)
            .await
            .map_err(|error| format!("{error:#}"))?;
        match seen {
            None => Ok(Meets::Impossible),
            Some(seen) if seen.form => Ok(Meets::Form),
            Some(seen) => Meets::of(&seen.text, &shown).map_err(|error| format!("{error:#}")),
        }
    }

    /// Lets the bot come to rest, and a little time go by.
    pub async fn rest(&self) {
        self.world.settle().await;
        self.world.clock.set(self.world.clock.now() + BREATH);
    }

    fn fill(&self, text: &str, spare: &str) -> String {
        let text = text.replace("{spare}", spare);
        let text = text.replace("{recipient}", &Identity::generate().to_public().to_string());
        self.cast.fill(&text)
    }

    /// What this person sees when they do it; none if Discord's client does not let them.
    pub async fn play(&self, act: &Act, column: usize, spare: &str) -> anyhow::Result<Option<Seen>> {
        let Some((on, asked)) = self.on.get(&column) else {
            return Ok(None);
        };
        let person = self.cast.person(column);
        let fill = |text: &String| self.fill(text, spare);
        let pairs = |all: &[(String, String)]| -> Vec<(String, String)> {
            all.iter().map(|(name, value)| (name.clone(), fill(value))).collect()
        };
        let handle = match &act.how {
            How::Type { path, options } => self.types(person, path, &pairs(options))?,
            How::Pick => self.picks(person)?,
            How::Press { id, values } if values.is_empty() => person.forged_press(on, &fill(id))?,
            How::Press { id, values } => {
                let values: Vec<String> = values.iter().map(fill).collect();
                let values: Vec<&str> = values.iter().map(String::as_str).collect();
                person.forged_choose(on, &fill(id), &values)?
            }
            How::Send { id, fields } => sends(person, asked, &fill(id), &pairs(fields))?,
        };
        seen(self.world, &handle)
            .await
            .map(Some)
            .with_context(|| format!("{} by {}", act.name, COLUMNS[column]))
    }

    fn types(&self, person: &Person, path: &str, options: &[(String, String)]) -> anyhow::Result<Handle> {
        let options: Vec<(&str, Value)> = options
            .iter()
            .map(|(name, value)| (name.as_str(), json!(value)))
            .collect();
        Ok(person.slash(self.world.organisation.bot.id, self.place, path, &options)?)
    }

    fn picks(&self, person: &Person) -> anyhow::Result<Handle> {
        let bot = self.world.organisation.bot.id;
        let message = match self.place {
            Place::Channel(channel) => person.say(channel, "look at this")?,
            Place::Dm => person.dm(bot, "look at this")?,
        };
        Ok(person.use_on_message(bot, &message, "Raise a concern about this")?)
    }
}

fn sends(person: &Person, asked: &Handle, id: &str, fields: &[(String, String)]) -> anyhow::Result<Handle> {
    let modal = ModalShown {
        interaction: asked.id(),
        data: Value::Null,
    };
    let rows: Vec<Value> = fields
        .iter()
        .map(|(name, value)| json!({"type": 4, "custom_id": name, "id": 2, "value": value}))
        .map(|input| json!({"type": 1, "id": 1, "components": [input]}))
        .collect();
    Ok(person.forged_submit(&modal, json!({"custom_id": id, "components": rows}))?)
}

/// Waits for what is left in the end. Everything is for one pair of eyes.
async fn seen(world: &World, handle: &Handle) -> anyhow::Result<Seen> {
    let first = handle.response().await?;
    let callback = handle.callback().unwrap_or_default();
    if let Response::Modal(modal) = first {
        return Ok(Seen {
            text: modal.title().to_owned(),
            form: true,
            sent: callback.to_string(),
        });
    }
    let message = handle.message().await?;
    ensure!(message.is_ephemeral(), "everybody sees it: {}", message.text());
    world.settle().await;
    let further = handle.followups();
    ensure!(further.iter().all(Message::is_ephemeral), "everybody sees it");
    let sent: Vec<Value> = std::iter::once(&message).chain(&further).map(bare).collect();
    Ok(Seen {
        text: message.text(),
        form: false,
        sent: format!("{} {}", at_once(&callback["type"]), json!(sent)),
    })
}

/// The kind of the first answer. A busy bot says first that it is thinking, and comes to the same in the end.
fn at_once(kind: &Value) -> Value {
    match kind.as_i64() {
        Some(5) => json!(4),
        Some(6) => json!(7),
        _ => kind.clone(),
    }
}

/// A message without what Discord adds to it. The size of a sealed file is left out: age files carry something of a
/// random length, so that programs that read them stay tolerant.
pub fn bare(message: &Message) -> Value {
    let raw = message.raw();
    let files = raw["attachments"].as_array().into_iter().flatten();
    let files: Vec<Value> = files
        .map(|file| {
            let sealed = file["filename"]
                .as_str()
                .is_some_and(|name| name.rsplit_once('.').is_some_and(|(_, ending)| ending == "age"));
            let size = if sealed { &Value::Null } else { &file["size"] };
            json!([file["filename"], size])
        })
        .collect();
    json!([raw["content"], raw["embeds"], raw["components"], raw["flags"], files])
}
