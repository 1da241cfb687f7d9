//! Sending an answer in place of "thinking", and what comes after it, however often Discord has to be asked.

use std::time::Duration;

use super::{Manner, untold};
use crate::discord::edge::{Bot, Call, Page};
use crate::discord::wire::rest::RestError;

/// Pauses between attempts to replace "thinking", in seconds.
pub(super) const AGAIN: [u64; 3] = [1, 5, 20];
/// The same for an answer that was promised; after that the last pause again, until Discord refuses the token after 15
/// minutes.
const PROMISED: [u64; 6] = [1, 2, 2, 5, 5, 10];
const STEADY: (u64, usize) = (20, 45);
/// How long an interaction's token is valid.
const TOKEN: Duration = Duration::from_secs(15 * 60);
/// The longest pause while the program is stopping.
const HURRIED: Duration = Duration::from_secs(1);

pub(super) async fn replace(bot: &Bot, call: &Call, manner: Manner, pages: &[Page]) {
    let Some((first, rest)) = pages.split_first() else {
        return;
    };
    let promised = manner == Manner::Promised;
    let (mut pauses, mut gone) = (pauses(manner), false);
    let (edit, anew) = (first.edit(), first.followup());
    loop {
        let files = first.files.clone();
        let shown = if gone {
            bot.rest.followup(call.application, &call.token, &anew, files).await
        } else {
            bot.rest
                .edit_original(call.application, &call.token, &edit, files)
                .await
        };
        match (shown, pauses.next()) {
            // An answer of success that cannot be read still means success.
            (Ok(_) | Err(RestError::Garbled { .. }), _) => return further(bot, call, rest).await,
            // "Thinking" was dismissed, or is otherwise gone; what was promised must be seen all the same.
            (Err(RestError::Refused { .. }), Some(_)) if promised && !gone => gone = true,
            (Err(error), Some(pause)) if is_passing(&error) && (promised || !bot.stopping.is_cancelled()) => {
                wait(bot, pause.max(asked_for(bot, &error))).await;
            }
            (Err(error), _) => return untold(call, "an answer could not be shown", &error),
        }
    }
}

fn pauses(manner: Manner) -> impl Iterator<Item = Duration> + Send {
    let (first, steady) = match manner {
        Manner::Anew | Manner::InPlace => (&AGAIN[..], 0),
        Manner::Promised => (&PROMISED[..], STEADY.1),
    };
    let all = first.iter().copied().chain(std::iter::repeat_n(STEADY.0, steady));
    all.map(Duration::from_secs)
}

/// How long Discord or our own limits want us to wait.
fn asked_for(bot: &Bot, error: &RestError) -> Duration {
    let left = match error {
        RestError::Limited { until } | RestError::Throttled { until } => until.since(bot.core.clock.now()),
        _ => 0,
    };
    Duration::from_millis(u64::try_from(left).unwrap_or(0)).min(TOKEN)
}

/// Waits; shorter once the program is stopping, which bounds how long all of this may take.
pub(super) async fn wait(bot: &Bot, pause: Duration) {
    if bot.stopping.is_cancelled() {
        return tokio::time::sleep(pause.min(HURRIED)).await;
    }
    tokio::select! {
        () = tokio::time::sleep(pause) => {}
        () = bot.stopping.cancelled() => {}
    }
}

pub(super) async fn further(bot: &Bot, call: &Call, pages: &[Page]) {
    for page in pages {
        let body = page.followup();
        let files = page.files.clone();
        let sent = bot.rest.followup(call.application, &call.token, &body, files);
        if let Err(error) = sent.await {
            return untold(call, "a further answer could not be shown", &error);
        }
    }
}

pub(super) fn is_passing(error: &RestError) -> bool {
    match error {
        RestError::Limited { .. }
        | RestError::Throttled { .. }
        | RestError::Unreachable
        | RestError::Cut
        | RestError::Server { .. } => true,
        RestError::Garbled { .. } | RestError::TokenRefused | RestError::Refused { .. } | RestError::Body => false,
    }
}
