//! What Discord says: token, intents, the bot's place in each server, roles, channels and permissions.

mod channels;
mod roles;

use secrecy::SecretString;

use super::line::Lines;
use super::{permission, time};
use crate::clock::Clock;
use crate::config::{Config, Organisation};
use crate::discord::rest::{Application, GuildMember, Me, Rest, RestError};

/// Flags of an application whose Server Members Intent is on: for verified ones, and for those in few servers.
const MEMBERS: u64 = 1 << 14 | 1 << 15;
/// The same for the Message Content Intent.
const MESSAGE_CONTENT: u64 = 1 << 18 | 1 << 19;
const PORTAL: &str = "https://discord.com/developers/applications, Bot, Privileged Gateway Intents";

/// What the bot is on Discord.
struct Bot<'a> {
    rest: &'a Rest,
    me: Me,
    application: Application,
}

pub(super) async fn discord(config: &Config, token: &SecretString, lines: &mut Lines) {
    let clock = Clock::system();
    let rest = match Rest::new(&config.discord, token, clock.clone()) {
        Ok(rest) => rest,
        Err(error) => return lines.fail("token", format!("{error:#}"), "put nothing but the token there"),
    };
    let me = rest.patiently(|| rest.current_user()).await;
    if let Some((agreement, _)) = clock.agreement() {
        time::agreement(agreement, lines);
    }
    let me = match me {
        Ok(me) => me,
        Err(error) => return unreachable(error, lines),
    };
    lines.ok("token", format!("accepted by Discord; the bot is user {}", me.id));
    let application = match rest.patiently(|| rest.current_application()).await {
        Ok(application) => application,
        Err(error) => return unreachable(error, lines),
    };
    intents(config.discord.members_intent, application.flags, lines);
    let bot = Bot {
        rest: &rest,
        me,
        application,
    };
    for organisation in &config.organisations {
        bot.organisation(organisation, config.discord.members_intent, lines)
            .await;
    }
}

fn unreachable(error: RestError, lines: &mut Lines) {
    match error {
        RestError::TokenRefused => lines.fail(
            "token",
            "Discord refuses it",
            "reset the token in Discord's developer portal (Bot, Reset Token) and store the new one",
        ),
        other => lines.fail(
            "Discord",
            format!("{other}: nothing on Discord was checked"),
            "check the network and discord.api_url, then run `bellwether check` again; `--offline` skips Discord",
        ),
    }
}

fn intents(wanted: bool, flags: u64, lines: &mut Lines) {
    match (wanted, flags & MEMBERS != 0) {
        (true, true) => lines.ok("Server Members Intent", "on: the bot sees who has the manager role"),
        (true, false) => lines.fail(
            "Server Members Intent",
            "off, but discord.members_intent is true: Discord would refuse the bot (4014)",
            format!("switch it on ({PORTAL}), or set members_intent to false and name people in people_file"),
        ),
        (false, true) => lines.warn(
            "Server Members Intent",
            "on, but discord.members_intent is false",
            format!("switch it off ({PORTAL}): the bot does not need it"),
        ),
        (false, false) => lines.ok("Server Members Intent", "off: people are named in people files"),
    }
    if flags & MESSAGE_CONTENT == 0 {
        lines.ok("Message Content Intent", "off: the bot reads no other messages");
    } else {
        lines.warn(
            "Message Content Intent",
            "on, but the bot never needs it",
            format!("switch it off ({PORTAL}): people should not have to trust that nobody reads along"),
        );
    }
}

impl Bot<'_> {
    async fn organisation(&self, organisation: &Organisation, members_intent: bool, lines: &mut Lines) {
        let what = format!("organisation {}", organisation.id);
        let rest = self.rest;
        let guild = match rest.patiently(|| rest.get_guild(organisation.id)).await {
            Ok(guild) => guild,
            Err(RestError::Refused { .. }) => {
                return lines.fail(
                    what,
                    "the bot is not in this server, or the id is wrong",
                    format!("invite it: {}", self.invitation()),
                );
            }
            Err(error) => return unreachable(error, lines),
        };
        let member = match rest.patiently(|| rest.get_member(organisation.id, self.me.id)).await {
            Ok(member) => member,
            Err(error) => return unreachable(error, lines),
        };
        lines.ok(what, "the bot is in the server");
        let people = self.people(organisation, members_intent, lines).await;
        let listed = people.as_deref().filter(|_| members_intent);
        roles::roles(organisation, &guild, listed, lines);
        self.channels(organisation, (&guild, &member), people.as_deref(), lines)
            .await;
    }

    /// The link that brings the bot into a server with what it needs and no more.
    fn invitation(&self) -> String {
        format!(
            "https://discord.com/oauth2/authorize?client_id={}&scope=bot+applications.commands&permissions={}",
            self.application.id,
            permission::all_needed()
        )
    }

    /// The people of the server, or those of the people file where they cannot be listed. A failure becomes a line of its
    /// own.
    async fn people(
        &self,
        organisation: &Organisation,
        members_intent: bool,
        lines: &mut Lines,
    ) -> Option<Vec<GuildMember>> {
        let found = if members_intent {
            self.list(organisation).await
        } else {
            self.named(organisation, lines).await
        };
        match found {
            Ok(mut people) => {
                people.retain(|person| !person.user.bot);
                Some(people)
            }
            // That the switch is off has been said.
            Err(RestError::Refused { .. }) => None,
            Err(error) => {
                unreachable(error, lines);
                None
            }
        }
    }

    async fn list(&self, organisation: &Organisation) -> Result<Vec<GuildMember>, RestError> {
        let rest = self.rest;
        let mut people: Vec<GuildMember> = Vec::new();
        loop {
            let after = people.iter().map(|person| person.user.id).max();
            let page = rest
                .patiently(|| rest.list_guild_members(organisation.id, after))
                .await?;
            let last = page.iter().map(|person| person.user.id).max();
            if page.is_empty() || last <= after {
                return Ok(people);
            }
            people.extend(page);
        }
    }

    async fn named(&self, organisation: &Organisation, lines: &mut Lines) -> Result<Vec<GuildMember>, RestError> {
        let what = format!("organisation {}, people_file", organisation.id);
        let rest = self.rest;
        let mut people = Vec::new();
        for person in &organisation.people {
            match rest.patiently(|| rest.get_member(organisation.id, person.id)).await {
                Ok(member) => people.push(member),
                Err(RestError::Refused { .. }) => lines.warn(
                    &what,
                    format!("{} is not in the server", person.id),
                    "correct the id, or remove the person",
                ),
                Err(error) => return Err(error),
            }
        }
        match roles::asked(organisation, &people).len() {
            0 => lines.fail(
                what,
                "none of these people has the manager role: nobody would be asked",
                "give the role to those who should be asked",
            ),
            managers => lines.ok(what, format!("{managers} people with the manager role")),
        }
        Ok(people)
    }
}

#[cfg(test)]
mod tests;
