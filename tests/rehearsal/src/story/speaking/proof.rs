//! Checking the proof of a report as an outsider would.

use anyhow::{Context, ensure};
use bellwether::evidence::policy::Policy;
use bellwether::evidence::receipt;
use discord_stand_in::Message;
use sha2::{Digest, Sha256};

use crate::organisation::Hired;
use crate::world::World;

/// What the files of a message prove; a line for each.
///
/// # Errors
/// When they prove nothing.
pub(super) async fn checks(world: &World, who: &Hired, message: &Message) -> anyhow::Result<String> {
    let files = who.person.download(message)?;
    let file = |ending: &str| {
        let found = files.iter().find(|(name, _)| name.ends_with(ending));
        found.with_context(|| format!("no file {ending}"))
    };
    let genesis: serde_json::Value = serde_json::from_slice(&world.leaf(0).await?)?;
    let vkey = genesis["vkey"].as_str().context("the genesis names the key")?;
    let policy = Policy::parse(format!("log {vkey}\nquorum none\n").as_bytes())?;
    let text = |ending: &str| anyhow::Ok(std::str::from_utf8(&file(ending)?.1)?);
    let (name, leaf) = file(".leaf")?;
    let checked = receipt::check(leaf, text(".tlog-proof")?, text(".sd")?, &policy)?;
    let event = receipt::check_event(&checked, text(".event")?)?;
    let sealed = hex::encode(Sha256::digest(&file(".age")?.1));
    ensure!(event.event.contains(&sealed), "it is about another file");
    Ok(format!(
        "{name}: {}, entry {} of {}: holds\n{}: one of {} of that day, about {}: holds",
        checked.kind,
        checked.index,
        checked.checkpoint.size,
        file(".event")?.0,
        event.size,
        file(".age")?.0
    ))
}
