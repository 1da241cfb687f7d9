//! A stand-in for Discord to try a bot by hand: a small guild, and people who do what is typed.
//! `discord-stand-in [PORT]` prints a whole configuration for the bot, then reads commands until EOF or `quit`.

use std::collections::BTreeMap;
use std::io::Write;

use discord_stand_in::{Bot, Discord, GuildSetup, Handle, Message, ModalShown, Options, Person, Place, intents};
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, BufReader};

const TOKEN: &str = "stand-in-token";
const HELP: &str = "commands (NAME is manager, owner or staff):
  show NAME                      what the person sees, newest last
  press NAME LABEL               press a button of the newest message that has it
  submit NAME FIELD=TEXT; ...    fill in the modal on the screen (a lone TEXT fills the first field)
  slash NAME COMMAND [OPT=VALUE] run a command in the channel; dm NAME COMMAND ... runs it in the DM
  say NAME TEXT                  write to the bot
  quit";

struct Table {
    discord: Discord,
    bot: Bot,
    setup: GuildSetup,
    people: BTreeMap<&'static str, Person>,
    modals: BTreeMap<String, ModalShown>,
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let port = std::env::args().nth(1).map_or(Ok(0), |text| text.parse())?;
    let mut table = Table::set(port).await?;
    say(&table.introduction())?;
    let mut lines = BufReader::new(tokio::io::stdin()).lines();
    while let Some(line) = lines.next_line().await? {
        let line = line.trim();
        if line == "quit" {
            break;
        }
        if !line.is_empty() {
            let answer = table.obey(line).await.unwrap_or_else(|error| format!("! {error}"));
            say(&answer)?;
        }
    }
    table.discord.stop();
    Ok(())
}

fn say(text: &str) -> anyhow::Result<()> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{text}")?;
    out.flush()?;
    Ok(())
}

impl Table {
    async fn set(port: u16) -> anyhow::Result<Self> {
        let discord = Discord::start(Options {
            port,
            ..Options::default()
        })
        .await?;
        let bot = discord.add_application("Bellwether", TOKEN, intents::GUILD_MEMBERS);
        let owner = discord.add_user("owner", "en-GB");
        let roles = ["manager", "owner", "sponsor", "handler", "auditor"];
        let setup = discord.add_guild_with("Harbour", owner.id(), &roles, &["general", "bellwether"], &[&bot]);
        let (manager, staff) = (discord.add_user("manager", "en-GB"), discord.add_user("staff", "de"));
        discord.add_member(setup.id, manager.id(), &[setup.roles["manager"]]);
        discord.add_member(setup.id, staff.id(), &[]);
        discord.set_member_roles(setup.id, owner.id(), &[setup.roles["owner"]]);
        let people = BTreeMap::from([("manager", manager), ("owner", owner), ("staff", staff)]);
        Ok(Self {
            discord,
            bot,
            setup,
            people,
            modals: BTreeMap::new(),
        })
    }

    /// A configuration that `bellwether run` takes as it is, with slots all day, so that nobody waits for Thursday.
    fn introduction(&self) -> String {
        let (roles, channels) = (&self.setup.roles, &self.setup.channels);
        let mut text = format!(
            "# bellwether.toml; start the bot with DISCORD_TOKEN={TOKEN}\n\
             [discord]\napi_url = \"{}\"\n\n\
             [evidence]\norigin = \"harbour.example/log\"\n\n\
             [schedule]\njitter_minutes = 0\n\n\
             [schedule.weekly]\ncron = \"0 * * * * *\"\n\n\
             [[organisation]]\nid = \"{}\"\nname = \"Harbour\"\nzone = \"Europe/Berlin\"\n\n\
             [organisation.roles]\n",
            self.discord.api_url(),
            self.setup.id
        );
        for (name, id) in roles {
            text += &format!("{name} = [\"{id}\"]\n");
        }
        text += &format!(
            "\n[organisation.channels]\nfallback = \"{}\"\n\n",
            channels["bellwether"]
        );
        for (name, person) in &self.people {
            text += &format!("# user {name} = \"{}\"\n", person.id());
        }
        text + &HELP
            .lines()
            .map(|line| format!("\n# {line}"))
            .collect::<Vec<_>>()
            .concat()
    }

    async fn obey(&mut self, line: &str) -> anyhow::Result<String> {
        let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
        let (name, rest) = rest.split_once(' ').unwrap_or((rest, ""));
        let Some(person) = self.people.get(name).cloned() else {
            return Ok(HELP.to_owned());
        };
        match word {
            "show" => Ok(person
                .sees()
                .iter()
                .map(|message| shown(message, person.id()))
                .collect::<Vec<_>>()
                .join("\n")),
            "say" => Ok(format!("wrote {:?}", person.dm(self.bot.id, rest)?.content())),
            "press" => {
                let (message, id) = find_button(&person, rest).ok_or_else(|| anyhow::anyhow!("no button {rest:?}"))?;
                let handle = person.press(&message, &id)?;
                self.answer(name, &handle).await
            }
            "submit" => {
                let modal = self
                    .modals
                    .remove(name)
                    .ok_or_else(|| anyhow::anyhow!("no modal on the screen"))?;
                let values = values(&modal, rest);
                let pairs: Vec<(&str, &str)> = values
                    .iter()
                    .map(|(key, value)| (key.as_str(), value.as_str()))
                    .collect();
                let handle = person.submit(&modal, &pairs)?;
                self.answer(name, &handle).await
            }
            "slash" => {
                self.run(name, &person, Place::Channel(self.setup.channels["general"]), rest)
                    .await
            }
            "dm" => self.run(name, &person, Place::Dm, rest).await,
            _ => Ok(HELP.to_owned()),
        }
    }

    async fn run(&mut self, name: &str, person: &Person, place: Place, rest: &str) -> anyhow::Result<String> {
        let (words, options): (Vec<&str>, Vec<&str>) = rest.split_whitespace().partition(|word| !word.contains('='));
        let options: Vec<(&str, Value)> = options
            .iter()
            .filter_map(|pair| pair.split_once('='))
            .map(|(key, value)| (key, self.value(value)))
            .collect();
        let handle = person.slash(self.bot.id, place, &words.join(" ").replace('/', ""), &options)?;
        self.answer(name, &handle).await
    }

    /// A name stands for the person's id; numbers and booleans for themselves.
    fn value(&self, text: &str) -> Value {
        match self.people.get(text) {
            Some(person) => json!(person.id().to_string()),
            None if text.len() > 15 => json!(text),
            None => serde_json::from_str(text)
                .ok()
                .filter(|value: &Value| !value.is_object())
                .unwrap_or_else(|| json!(text)),
        }
    }

    async fn answer(&mut self, name: &str, handle: &Handle) -> anyhow::Result<String> {
        use discord_stand_in::Response;
        Ok(match handle.response().await? {
            Response::Modal(modal) => {
                let fields: Vec<String> = modal
                    .fields()
                    .iter()
                    .map(|field| format!("  {}: {}", field.custom_id, field.label))
                    .collect();
                let text = format!("modal {:?}\n{}", modal.title(), fields.join("\n"));
                self.modals.insert(name.to_owned(), modal);
                text
            }
            Response::Message(message) | Response::Updated(message) => message.text(),
            Response::Deferred { .. } | Response::DeferredUpdate => handle.message().await?.text(),
            Response::Choices(choices) => Value::Array(choices).to_string(),
        })
    }
}

fn shown(message: &Message, me: u64) -> String {
    let who = if message.author() == me { "you" } else { "bot" };
    format!(
        "--- {who}{}\n{}",
        if message.is_ephemeral() {
            " (only you see this)"
        } else {
            ""
        },
        message.text()
    )
}

fn find_button(person: &Person, label: &str) -> Option<(Message, String)> {
    let seen = person.sees();
    seen.into_iter()
        .rev()
        .find_map(|message| message.button(label).map(|id| (message, id)))
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
