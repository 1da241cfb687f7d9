//! Which request goes where, and into which rate-limit bucket.

use super::answer::Answer;
use super::error::ApiError;
use super::{Call, applications, channels, commands, guilds, interactions, messages, path_id, webhooks};
use crate::ids::Id;
use crate::state::State;

/// A route for counting and authorising.
#[derive(Debug)]
pub(crate) struct Route {
    /// `POST /channels/{id}/messages`
    pub(crate) pattern: String,
    /// The top-level resource that splits the bucket.
    pub(crate) major: String,
    /// Bound to an interaction's token: no bot token, no global limit.
    pub(crate) interaction: bool,
    pub(crate) needs_token: bool,
}

/// Names the route of a request.
pub(crate) fn name(method: &str, segments: &[&str]) -> Route {
    let interaction = matches!(segments, ["interactions" | "webhooks", ..]);
    let token_at = if interaction { 2 } else { usize::MAX };
    let mut pattern = method.to_owned();
    pattern.push(' ');
    for (index, segment) in segments.iter().enumerate() {
        pattern.push('/');
        let id = segment.bytes().all(|byte| byte.is_ascii_digit()) || *segment == "@original";
        pattern.push_str(match (index == token_at, id) {
            (true, _) => "{token}",
            (false, true) => "{id}",
            (false, false) => segment,
        });
    }
    let major = match segments {
        [kind @ ("channels" | "guilds"), id, ..] => format!("{kind}/{id}"),
        ["webhooks" | "interactions", id, token, ..] => format!("{id}/{token}"),
        _ => String::new(),
    };
    let needs_token = !interaction && segments != ["gateway"];
    Route {
        pattern,
        major,
        interaction,
        needs_token,
    }
}

/// Answers a request; `bot` is the application the token belongs to.
pub(crate) fn dispatch(state: &mut State, call: &Call, segments: &[&str], bot: Id) -> Result<Answer, ApiError> {
    match (call.method.as_str(), segments) {
        ("GET", ["gateway"]) => Ok(applications::gateway(state)),
        ("GET", ["gateway", "bot"]) => Ok(applications::gateway_bot(state, bot)),
        ("GET", ["users", "@me"]) => Ok(applications::me(state, bot)),
        ("GET", ["users", "@me", "guilds"]) => Ok(guilds::mine(state, bot)),
        ("GET", ["users", user]) => applications::user(state, path_id(user, "user_id")?),
        ("GET", ["applications", "@me"] | ["oauth2", "applications", "@me"]) => {
            Ok(applications::application(state, bot))
        }
        ("POST", ["users", "@me", "channels"]) => channels::open_dm(state, call, bot),
        (_, ["channels", id, rest @ ..]) => in_channel(state, call, path_id(id, "channel_id")?, rest, bot),
        ("GET", ["guilds", id, rest @ ..]) => in_guild(state, call, path_id(id, "guild_id")?, rest, bot),
        (_, ["applications", app, "commands", rest @ ..]) => commands::answer(
            state,
            call,
            commands::Scope {
                app: path_id(app, "application_id")?,
                guild: None,
            },
            rest,
            bot,
        ),
        (_, ["applications", app, "guilds", guild, "commands", rest @ ..]) => {
            let guild = Some(path_id(guild, "guild_id")?);
            commands::answer(
                state,
                call,
                commands::Scope {
                    app: path_id(app, "application_id")?,
                    guild,
                },
                rest,
                bot,
            )
        }
        ("POST", ["interactions", id, token, "callback"]) => {
            interactions::callback(state, call, path_id(id, "interaction_id")?, token)
        }
        (_, ["webhooks", app, token, rest @ ..]) => {
            webhooks::answer(state, call, path_id(app, "webhook_id")?, token, rest)
        }
        _ => Err(ApiError::no_route()),
    }
}

fn in_channel(state: &mut State, call: &Call, channel: Id, rest: &[&str], bot: Id) -> Result<Answer, ApiError> {
    match (call.method.as_str(), rest) {
        ("GET", []) => channels::get(state, channel, bot),
        ("POST", ["typing"]) => channels::typing(state, channel, bot),
        ("GET", ["messages"]) => messages::list(state, call, channel, bot),
        ("POST", ["messages"]) => messages::create(state, call, channel, bot),
        ("GET", ["messages", id]) => messages::get(state, channel, path_id(id, "message_id")?, bot),
        ("PATCH", ["messages", id]) => messages::edit(state, call, channel, path_id(id, "message_id")?, bot),
        ("DELETE", ["messages", id]) => messages::delete(state, channel, path_id(id, "message_id")?, bot),
        (_, [] | ["messages" | "typing"] | ["messages", _]) => Err(ApiError::plain(405, "405: Method Not Allowed")),
        _ => Err(ApiError::no_route()),
    }
}

fn in_guild(state: &State, call: &Call, guild: Id, rest: &[&str], bot: Id) -> Result<Answer, ApiError> {
    match rest {
        [] => guilds::get(state, call, guild, bot),
        ["channels"] => guilds::channels(state, guild, bot),
        ["roles"] => guilds::roles(state, guild, bot),
        ["members"] => guilds::members(state, call, guild, bot),
        ["members", "search"] => guilds::search(state, call, guild, bot),
        ["members", user] => guilds::member(state, guild, path_id(user, "user_id")?, bot),
        _ => Err(ApiError::no_route()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_and_tokens_do_not_split_the_pattern() {
        let route = name("PATCH", &["webhooks", "1", "aW50", "messages", "@original"]);
        assert_eq!(route.pattern, "PATCH /webhooks/{id}/{token}/messages/{id}");
        assert!(route.interaction && !route.needs_token);
        let route = name("POST", &["channels", "12", "messages"]);
        assert_eq!(
            (route.pattern.as_str(), route.major.as_str()),
            ("POST /channels/{id}/messages", "channels/12")
        );
    }
}
