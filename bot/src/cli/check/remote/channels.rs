//! What the bot may do in its channels, who sees the fallback, and who else writes where evidence is published.

use super::Bot;
use super::roles::{People, asked, head_count};
use crate::cli::check::line::Lines;
use crate::cli::check::permission;
use crate::config::Organisation;
use crate::discord::rest::{Channel, Guild, GuildMember, RestError};
use crate::ids::ChannelId;

impl Bot<'_> {
    pub(super) async fn channels(
        &self,
        organisation: &Organisation,
        (guild, member): (&Guild, &GuildMember),
        people: People<'_>,
        lines: &mut Lines,
    ) {
        let channels = &organisation.channels;
        for (key, id) in [
            ("fallback", channels.fallback),
            ("prompts", channels.prompts),
            ("evidence", channels.evidence),
        ] {
            let Some(id) = id else { continue };
            let what = format!("organisation {}, channels.{key}", guild.id);
            let Some(channel) = self.channel(&what, id, (guild, member), lines).await else {
                continue;
            };
            let Some(people) = people else { continue };
            match key {
                "evidence" => writers(&what, (guild, &channel), people, lines),
                _ => readers(&what, (guild, &channel), &asked(organisation, people), lines),
            }
        }
    }

    /// The channel, if it is of this server.
    async fn channel(
        &self,
        what: &str,
        id: ChannelId,
        (guild, member): (&Guild, &GuildMember),
        lines: &mut Lines,
    ) -> Option<Channel> {
        let rest = self.rest;
        let channel = match rest.patiently(|| rest.get_channel(id)).await {
            Ok(channel) => channel,
            Err(RestError::Refused { .. }) => {
                lines.fail(
                    what,
                    format!("there is no channel {id}, or the bot cannot see it"),
                    "correct the id, or give the bot's role View Channel there",
                );
                return None;
            }
            Err(error) => {
                super::unreachable(error, lines);
                return None;
            }
        };
        if channel.guild_id != Some(guild.id) {
            lines.fail(
                what,
                format!("channel {id} belongs to another server"),
                "name a channel of this server",
            );
            return None;
        }
        let lacking = permission::lacking(guild, member, &channel);
        if lacking.is_empty() {
            lines.ok(what, "the bot may post there");
        } else {
            lines.fail(
                what,
                format!("the bot lacks: {}", lacking.join(", ")),
                "give these to the bot's role in the channel's permissions",
            );
        }
        Some(channel)
    }
}

/// Questions are posted there for people who must see them.
fn readers(what: &str, (guild, channel): (&Guild, &Channel), asked: &[&GuildMember], lines: &mut Lines) {
    let blind = asked
        .iter()
        .filter(|person| !permission::sees(guild, person, channel))
        .count();
    if blind > 0 {
        lines.fail(
            what,
            format!("{blind} of {} managers cannot see it", asked.len()),
            "give the manager role View Channel and Read Message History there",
        );
    } else if !asked.is_empty() {
        lines.ok(what, format!("all {} managers can see it", asked.len()));
    }
}

/// Who reads checkpoints there must be sure that the bot wrote them. Whoever administers the server can always.
fn writers(what: &str, (guild, channel): (&Guild, &Channel), people: &[GuildMember], lines: &mut Lines) {
    let others = people
        .iter()
        .filter(|person| permission::writes(guild, person, channel) && !permission::administers(guild, person))
        .count();
    if others == 0 {
        lines.ok(what, "only the bot and the server's administrators can write there");
    } else {
        lines.warn(
            what,
            format!(
                "{} besides the bot can write there, and could post a false checkpoint",
                head_count(others)
            ),
            "deny Send Messages to everybody there, and allow it for the bot's role",
        );
    }
}
