//! What comes over the gateway, handed to its handler.
//!
//! Events come zero, one or several times and in any order; handlers are harmless when repeated, and interactions that
//! were seen before are dropped here.

use std::sync::Arc;

use serenity::all::{Context, Event, Interaction, RawEventHandler};

use super::handle::{run, spawn};
use super::state::{Shared, patient};
use super::told::{Told, Unread};
use super::{hint, members, outlook, read, servers};
use crate::discord::edge::Lane;
use crate::discord::edge::reply::Ended;
use crate::discord::{definitions, router};
use crate::settings;

/// The setting that holds the fingerprint of the commands that Discord was last told.
const COMMANDS: &str = "discord.commands";

/// Where serenity hands its events over.
pub(super) struct Listener(pub(super) Arc<Shared>);

#[serenity::async_trait]
impl RawEventHandler for Listener {
    async fn raw_event(&self, _: Context, event: Event) {
        let shared = &self.0;
        if shared.bot.stopping.is_cancelled() {
            return;
        }
        shared.counters.event();
        match read::read(event) {
            Ok((told, pared)) => {
                if pared {
                    shared.counters.pared();
                }
                take(shared, told);
            }
            Err(Unread { kind, path, lane }) => {
                shared.counters.unknown(kind);
                // Nothing about a concern is logged, not even that there was one.
                if lane == Lane::Noted {
                    tracing::warn!(
                        event.name = kind,
                        field = path,
                        "an event cannot be read and is lost: this field is missing or of another form"
                    );
                }
            }
        }
    }
}

fn take(shared: &Arc<Shared>, told: Told) {
    match told {
        Told::Ready { application, servers } => {
            shared.attempts.answered();
            if let Some(servers) = servers {
                servers::missed(shared, &servers);
            }
            if let Err(fatal) = shared.attempts.session_began(shared.bot.core.clock.now()) {
                shared.overrun.send_replace(Some(fatal));
            }
            spawn(shared, &shared.events, start_up(Arc::clone(shared), application));
        }
        Told::Resumed => {
            shared.attempts.answered();
            tracing::info!("the gateway session was resumed");
        }
        Told::Interaction(come) => interaction(shared, *come),
        Told::Written(message) if hint::is_plain_text(&message) => {
            spawn(shared, &shared.events, hint::answer(Arc::clone(shared), *message));
        }
        Told::Server { server, count, members } => members::arrived(shared, server, count, members),
        Told::Member { server, person } => members::changed(shared, server, person),
        Told::Left { server, member } => members::left(shared, server, member),
        Told::Removed { server } => servers::removed(shared, server),
        Told::RoleGone { server, role } => members::lost_role(shared, server, role),
        Told::Written(_) | Told::Nothing => {}
    }
}

fn interaction(shared: &Arc<Shared>, interaction: Interaction) {
    shared.counters.interaction();
    if !shared.recent.is_new(interaction.id().get()) {
        shared.counters.duplicate();
        return;
    }
    let (received, came) = (shared.bot.core.clock.now(), shared.bot.arrivals.next());
    let bot = shared.bot.clone();
    // Nothing delays its first answer; the router limits what may take long.
    run(shared, async move {
        Box::pin(router::route(&bot, interaction, received, came)).await
    });
}

/// After each READY: registers the commands if they changed, and learns who is there.
async fn start_up(shared: Arc<Shared>, application: i64) -> Ended {
    tracing::info!("connected to the gateway");
    let commands = tell_commands(&shared, application).await;
    if let Err(error) = &commands {
        tracing::error!("the slash commands could not be told to Discord: {error:#}");
    }
    let members = members::learn_all(&shared).await;
    shared.ready.send_replace(true);
    outlook::tell(&shared.bot).await;
    if commands.is_ok() && members {
        Ended::Well
    } else {
        Ended::WithError
    }
}

async fn tell_commands(shared: &Shared, application: i64) -> anyhow::Result<()> {
    let bot = &shared.bot;
    let definitions = definitions::definitions(&bot.words);
    let fingerprint = format!("{application}:{}", definitions::fingerprint(&definitions));
    let told = settings::read(bot.core.db.reader(), COMMANDS).await?;
    if told.as_ref() == Some(&fingerprint) {
        return Ok(());
    }
    patient(bot, || bot.rest.put_global_commands(application, &definitions)).await?;
    bot.core
        .ledger
        .write(move |tx| {
            Box::pin(async move { settings::remember(tx.connection(), COMMANDS, &fingerprint, tx.now()).await })
        })
        .await?;
    tracing::info!("Discord was told the slash commands");
    Ok(())
}
