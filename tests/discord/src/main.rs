//! A stand-in for Discord to try a bot by hand: a small guild, and people who do what is typed.
//! `discord-stand-in [PORT]` prints a whole configuration for the bot, then reads commands until EOF or `quit`.

mod desk;

use std::collections::BTreeMap;
use std::io::Write;
use std::sync::Arc;

use discord_stand_in::{Bot, Discord, GuildSetup, Options, Person, intents};
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};
use tokio::task::JoinHandle;

use desk::Desk;

const TOKEN: &str = "stand-in-token";
const HELP: &str = "commands (NAME is manager, owner or staff; CHANNEL is general or bellwether):
  show NAME                      what only this person sees, newest last
  read NAME CHANNEL              what everybody sees in a channel
  press NAME LABEL               press a button of the newest message that has it
  choose NAME OPTION; ...        choose from the newest menu that offers it (labels, or names of people)
  submit NAME FIELD=TEXT; ...    fill in the modal on the screen (a lone TEXT fills the first field)
  slash NAME COMMAND [OPT=VALUE] run a command in the channel; dm NAME COMMAND ... runs it in the DM
  menu NAME CHANNEL COMMAND      run a command of the menu of the newest message in a channel, or in dm
  say NAME TEXT                  write to the bot; post NAME CHANNEL TEXT writes in a channel
  quit";

/// What the people sit around.
struct Table {
    discord: Discord,
    bot: Bot,
    setup: GuildSetup,
    people: BTreeMap<&'static str, Person>,
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let port = std::env::args().nth(1).map_or(Ok(0), |text| text.parse())?;
    let table = Arc::new(Table::set(port).await?);
    say(&table.introduction())?;
    let people: Vec<&str> = table.people.keys().copied().collect();
    let seats: BTreeMap<&str, _> = people.into_iter().map(|name| (name, seat(&table, name))).collect();
    let mut lines = BufReader::new(tokio::io::stdin()).lines();
    while let Some(line) = lines.next_line().await? {
        let line = line.trim();
        if line == "quit" {
            break;
        }
        let name = line.split_whitespace().nth(1).unwrap_or_default();
        match seats.get(name) {
            Some((sender, _)) => sender.send(line.to_owned())?,
            None if line.is_empty() => {}
            None => say(HELP)?,
        }
    }
    for (_, (sender, done)) in seats {
        drop(sender);
        done.await??;
    }
    table.discord.stop();
    Ok(())
}

/// A person obeys one line after the other. Somebody who waits for the bot delays nobody else.
fn seat(table: &Arc<Table>, name: &'static str) -> (UnboundedSender<String>, JoinHandle<anyhow::Result<()>>) {
    let (sender, mut lines) = unbounded_channel::<String>();
    let mut desk = Desk::new(Arc::clone(table), name);
    let obeys = async move {
        while let Some(line) = lines.recv().await {
            let answer = desk.obey(&line).await.unwrap_or_else(|error| format!("! {error}"));
            say(&answer)?;
        }
        Ok(())
    };
    (sender, tokio::spawn(obeys))
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
}
