//! Plain text in direct messages: not read, but not left without a reply either.

use std::sync::Arc;

use serenity::all::{Message, MessageFlags, MessageType, Nonce};

use super::state::Shared;
use crate::discord::edge::Page;
use crate::discord::edge::call;
use crate::discord::edge::reply::Ended;
use crate::ids::{ChannelId, MemberId};
use crate::people;
use crate::words::Language;

/// Written by a person in direct messages. Replies that only one person sees also come without a server.
pub(super) fn is_plain_text(message: &Message) -> bool {
    message.guild_id.is_none()
        && !message.author.bot
        && message.webhook_id.is_none()
        && !message.flags.unwrap_or_default().contains(MessageFlags::EPHEMERAL)
        && matches!(message.kind, MessageType::Regular | MessageType::InlineReply)
}

/// One line to people that an organisation knows.
pub(super) async fn answer(shared: Arc<Shared>, message: Message) -> Ended {
    let member = call::member_id(message.author.id);
    let language = match language(&shared, member).await {
        Ok(Some(language)) => language,
        Ok(None) => return Ended::Well,
        Err(error) => {
            tracing::warn!("a direct message could not be answered: {error:#}");
            return Ended::WithError;
        }
    };
    if !shared.hints.may(member, shared.bot.core.clock.now()) {
        return Ended::Well;
    }
    let body = Page::text(shared.bot.words.voice(language).hint_plain_text())
        .message()
        .nonce(Nonce::String(format!("hint-{}", message.id)))
        .enforce_nonce(true);
    let channel = ChannelId::from_i64(message.channel_id.get().cast_signed());
    match shared.bot.rest.create_message(channel, &body, Vec::new()).await {
        Ok(_) => Ended::Well,
        Err(error) => {
            tracing::warn!("a direct message could not be answered: {error}");
            Ended::WithError
        }
    }
}

async fn language(shared: &Shared, member: MemberId) -> anyhow::Result<Option<Language>> {
    let core = &shared.bot.core;
    for organisation in &core.config.organisations {
        let standing = people::find(core.db.reader(), organisation, member).await?;
        if let Some(standing) = standing.filter(|standing| !standing.left) {
            let word = standing.language.unwrap_or_else(|| organisation.language.clone());
            return Ok(Some(Language::of(&word)));
        }
    }
    Ok(None)
}
