//! `bellwether check`: looks at everything the bot needs, says what to mend, and changes nothing.

mod anchors;
mod line;
mod local;
mod permission;
mod remote;
mod time;

use std::io::Write;
use std::path::Path;

use line::Lines;

use super::Exit;
use crate::config;

pub(super) async fn check(path: &Path, offline: bool, out: &mut impl Write) -> anyhow::Result<Exit> {
    let mut lines = Lines::default();
    match config::load(path) {
        Err(problems) => lines.problems("configuration", &problems),
        Ok(config) => {
            lines.ok("configuration", path.display().to_string());
            local::configuration(&config, &mut lines);
            local::catalogue(&config, &mut lines);
            local::database(&config, &mut lines).await;
            local::log(&config, &mut lines);
            local::pepper(&config, &mut lines).await;
            anchors::anchors(&config, &mut lines, |name| std::env::var(name).ok()).await;
            let token = local::token(&mut lines, |name| std::env::var(name).ok());
            match token {
                Some(_) if offline => lines.skip("Discord", "not asked, as --offline says"),
                Some(token) => remote::discord(&config, &token, &mut lines).await,
                None => lines.skip("Discord", "not asked, as there is no token"),
            }
        }
    }
    write!(out, "{lines}")?;
    Ok(if lines.failed() { Exit::Found } else { Exit::Done })
}
