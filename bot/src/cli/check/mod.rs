//! `bellwether check`: checks everything that the bot needs, says how to fix what is wrong, and changes nothing.

mod anchors;
mod concerns;
mod line;
mod local;
mod log;
mod permission;
mod remote;
mod time;

use std::io::Write;
use std::path::Path;

use line::Lines;

use super::exit::Exit;
use crate::config;

pub(super) async fn check(path: &Path, (offline, json): (bool, bool), out: &mut impl Write) -> anyhow::Result<Exit> {
    let mut lines = Lines::default();
    match config::load(path) {
        Err(problems) => lines.problems("configuration", &problems),
        Ok(config) => {
            lines.ok("configuration", path.display().to_string());
            local::configuration(&config, &mut lines);
            let catalogue = local::catalogue(&config, &mut lines);
            local::database(&config, &mut lines).await;
            log::log(&config, &mut lines).await;
            local::pepper(&config, &mut lines).await;
            if let Some(catalogue) = &catalogue {
                concerns::concerns(&config, catalogue, &mut lines).await;
            }
            anchors::anchors(&config, &mut lines, |name| std::env::var(name).ok()).await;
            let token = local::token(&mut lines, |name| std::env::var(name).ok());
            match token {
                Some(_) if offline => lines.skip("Discord", "not asked, because of --offline"),
                Some(token) => remote::discord(&config, &token, &mut lines).await,
                None => lines.skip("Discord", "not asked, because there is no token"),
            }
        }
    }
    if json {
        writeln!(out, "{:#}", lines.json())?;
    } else {
        write!(out, "{lines}")?;
    }
    Ok(if lines.failed() { Exit::Found } else { Exit::Done })
}
