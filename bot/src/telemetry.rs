//! Logging. No library logs below WARN, whatever a filter says: they handle message texts and tokens.

use std::io::IsTerminal;

use anyhow::Context;
use tracing::{Level, Metadata, Subscriber};
use tracing_subscriber::filter::{EnvFilter, FilterExt, filter_fn};
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::registry::LookupSpan;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{Layer, Registry};

use crate::config::{LogFormat, Telemetry};

/// Who may log below WARN: this program alone. serenity logs whole requests and events at INFO, interaction tokens and
/// texts of forms included; others show headers, statements or bytes, and nobody knows what the next version shows.
const OURS: &str = "bellwether";

/// serenity shows the whole text of a frame that it cannot read, which may hold an answer or an interaction's token.
/// What became of such a frame is told by the shard, too.
const MUTE: &str = "serenity::gateway::ws";

/// Starts logging to standard error. `override_level` takes the place of the configured level, as `RUST_LOG` does.
///
/// # Errors
/// When the filter cannot be read, or logging was started before.
pub fn start(telemetry: &Telemetry, override_level: Option<&str>) -> anyhow::Result<()> {
    let level = override_level.unwrap_or(&telemetry.level);
    let ansi = std::io::stderr().is_terminal();
    Registry::default()
        .with(layer(telemetry.format, level, ansi, std::io::stderr)?)
        .try_init()
        .context("starting the log")?;
    std::panic::set_hook(Box::new(note_panic));
    Ok(())
}

/// Says where it panicked, and why where that is a fixed text: any other, such as of a slice out of bounds, may show
/// what somebody wrote.
fn note_panic(panic: &std::panic::PanicHookInfo<'_>) {
    let place = panic.location().map(ToString::to_string).unwrap_or_default();
    let why = panic.payload().downcast_ref::<&'static str>().copied();
    tracing::error!(place, "a panic: {}", why.unwrap_or("its text is not shown"));
}

/// Starts logging to `writer` as JSON lines at this level or filter, under the same guard.
///
/// # Errors
/// When the filter cannot be read, or logging was started before.
pub fn start_into<W>(level: &str, writer: W) -> anyhow::Result<()>
where
    W: for<'w> MakeWriter<'w> + Send + Sync + 'static,
{
    Registry::default()
        .with(layer(LogFormat::Json, level, false, writer)?)
        .try_init()
        .context("starting the log")
}

fn layer<S, W>(format: LogFormat, level: &str, ansi: bool, writer: W) -> anyhow::Result<Box<dyn Layer<S> + Send + Sync>>
where
    S: Subscriber + for<'a> LookupSpan<'a>,
    W: for<'w> MakeWriter<'w> + Send + Sync + 'static,
{
    let filter = level
        .parse::<EnvFilter>()
        .with_context(|| format!("reading the log filter {level:?}"))?
        .and(filter_fn(is_harmless));
    let lines = tracing_subscriber::fmt::layer().with_writer(writer);
    Ok(match format {
        LogFormat::Human => lines.with_ansi(ansi).with_filter(filter).boxed(),
        LogFormat::Json => lines.json().flatten_event(true).with_filter(filter).boxed(),
    })
}

/// A guard beside the filter instead of directives in it: a filter's more special directive would win.
fn is_harmless(metadata: &Metadata<'_>) -> bool {
    let target = metadata.target();
    let library = target.split_once("::").map_or(target, |(library, _)| library);
    let least = if target == MUTE { Level::ERROR } else { Level::WARN };
    library == OURS || (metadata.is_event() && *metadata.level() <= least)
}

#[cfg(test)]
mod tests {
    use rehearsal::page::Page;

    use super::*;

    fn logged(format: LogFormat, level: &str, log: impl FnOnce()) -> String {
        let page = Page::default();
        let writer = page.clone();
        let layer = layer(format, level, false, move || writer.clone()).expect("the filter is sound");
        tracing::subscriber::with_default(Registry::default().with(layer), log);
        page.text()
    }

    #[test]
    fn no_filter_makes_the_libraries_talk() {
        for level in [
            "trace",
            "serenity=trace",
            "serenity::http::request=trace,trace",
            "[{token}]=trace",
            "[request]=trace",
        ] {
            let text = logged(LogFormat::Human, level, || {
                let span = tracing::error_span!(target: "serenity", "request", token = "secret-in-span");
                let _entered = span.enter();
                tracing::info!(target: "serenity::http::request", token = 1, "secret");
                tracing::debug!(target: "hyper::proto", token = 1, "secret");
                tracing::trace!(target: "rustls", token = 1, "secret");
                tracing::info!(target: "tungstenite::protocol", token = 1, "secret");
                tracing::debug!(target: "reqwest::connect", token = 1, "secret");
                tracing::debug!(target: "sqlx::query", token = 1, "secret parameter");
                tracing::debug!(target: "sea_orm::driver", token = 1, "secret parameter");
                tracing::trace!(target: "h2::codec", token = 1, "secret frame");
                tracing::trace!(target: "age::keys", token = 1, "secret");
                tracing::trace!(target: "a_library_to_come", token = 1, "secret");
                tracing::trace!(target: "bellwetherish", token = 1, "secret");
                tracing::warn!(target: "serenity::gateway", token = 1, "a warning");
                tracing::warn!(target: "serenity::gateway::ws", token = 1, "the secret text of a frame");
            });
            assert!(!text.contains("secret"), "{level}: {text}");
        }
    }

    #[test]
    fn our_own_modules_talk_as_much_as_they_are_asked() {
        let talk = || {
            tracing::debug!(target: "bellwether::outbox", "quiet words");
            tracing::warn!(target: "serenity::gateway", "a warning");
        };
        let text = logged(LogFormat::Human, "debug", talk);
        assert!(text.contains("quiet words") && text.contains("a warning"), "{text}");
        let text = logged(LogFormat::Human, "info", talk);
        assert!(!text.contains("quiet words") && text.contains("a warning"), "{text}");
    }

    #[test]
    fn json_is_one_object_a_line() {
        let text = logged(LogFormat::Json, "info", || {
            tracing::info!(target: "bellwether", number = 7, "a cycle opened");
        });
        let line: serde_json::Value = serde_json::from_str(text.trim_end()).expect("a JSON object");
        assert_eq!(line["message"], "a cycle opened");
        assert_eq!(line["number"], 7);
    }

    #[test]
    fn a_filter_that_cannot_be_read_is_an_error() {
        assert!(layer::<Registry, _>(LogFormat::Human, "loud=very", false, std::io::stderr).is_err());
    }
}
