//! What people may do with their own record: correct it, have it proved, have it erased.

use anyhow::{Context, ensure};
use bellwether::erasure::{self, Basis, Journal, Outcome, Request, Scope, Whose};
use bellwether::evidence::policy::Policy;
use bellwether::evidence::receipt;
use bellwether::ids::MemberId;
use discord_stand_in::{Message, Place};

use crate::organisation::Hired;
use crate::world::World;

/// Chooses the newest answer in `/record`.
async fn own(world: &World, who: &Hired) -> anyhow::Result<Message> {
    let asked = who.person.slash(world.organisation.bot.id, Place::Dm, "record", &[])?;
    asked.message().await?;
    world.settle().await;
    let shown = asked
        .followups()
        .pop()
        .or_else(|| asked.original())
        .context("the record")?;
    let menu = shown.component("v1:own").context("a menu of own answers")?;
    let newest = menu["options"][0]["value"].as_str().context("an answer")?;
    Ok(who.person.choose(&shown, "v1:own", &[newest])?.message().await?)
}

/// Corrects the newest answer to "not this time", with these two lines; what is seen then.
///
/// # Errors
/// When the bot does not do its part.
pub async fn corrects(world: &World, who: &Hired, words: [&str; 2]) -> anyhow::Result<Message> {
    let shown = own(world, who).await?;
    // Receipt, correct, withdraw, in every language.
    let correct = shown.buttons().into_iter().nth(1).context("a button to correct")?;
    let which = who.person.press(&shown, &correct.custom_id)?.message().await?;
    let choice = which.buttons().into_iter().nth(2).context("four answers")?;
    let modal = who.person.press(&which, &choice.custom_id)?.modal().await?;
    let fields: Vec<String> = modal.fields().into_iter().map(|field| field.custom_id).collect();
    let words: Vec<_> = fields.iter().map(String::as_str).zip(words).collect();
    Ok(who.person.submit(&modal, &words)?.message().await?)
}

/// Downloads the receipts of the newest answer and checks them as an outsider would; a line for each.
///
/// # Errors
/// When one does not hold.
pub async fn proves(world: &World, who: &Hired) -> anyhow::Result<Vec<String>> {
    let shown = own(world, who).await?;
    let button = shown.buttons().into_iter().next().context("a button for the receipt")?;
    let message = who.person.press(&shown, &button.custom_id)?.message().await?;
    let files = who.person.download(&message)?;
    let genesis: serde_json::Value = serde_json::from_slice(&world.leaf(0).await?)?;
    let vkey = genesis["vkey"].as_str().context("the genesis names the key")?;
    let policy = Policy::parse(format!("log {vkey}\nquorum none\n").as_bytes())?;
    let file = |name: &str| {
        files
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, content)| content.as_slice())
    };
    let mut lines = Vec::new();
    for (name, proof) in files.iter().filter(|(name, _)| name.ends_with(".tlog-proof")) {
        let stem = name.trim_end_matches(".tlog-proof");
        let leaf = file(&format!("{stem}.leaf")).context("a leaf")?;
        let disclosures = file(&format!("{stem}.sd")).unwrap_or_default();
        let checked = receipt::check(
            leaf,
            std::str::from_utf8(proof)?,
            std::str::from_utf8(disclosures)?,
            &policy,
        )?;
        lines.push(format!(
            "{name}: {}, entry {} of {}, {} fields: holds",
            checked.kind,
            checked.index,
            checked.checkpoint.size,
            checked.fields.len()
        ));
    }
    ensure!(!lines.is_empty(), "there is no receipt");
    Ok(lines)
}

/// Erases a person who has left and asked for it; what was erased, in a line.
///
/// # Errors
/// When something of them is still found.
pub async fn erases(world: &World, who: &Hired) -> anyhow::Result<String> {
    world
        .discord
        .remove_member(world.organisation.guild.id, who.person.id());
    world.settle().await;
    let core = &world.app().bot().core;
    let request = Request {
        scope: Scope::Member(Whose {
            member: MemberId::from_i64(who.person.id() as i64),
            organisation: None,
        }),
        fields: [].into(),
        basis: Basis::Art17,
    };
    let journal = Journal::beside(&core.config.evidence);
    let outcome = erasure::erase((&core.db, &core.ledger, &core.chance), &journal, request, None).await?;
    let Outcome::Erased(plan) = outcome else {
        anyhow::bail!("{outcome:?}");
    };
    core.db.scrub().await?;
    world.pump().await?;
    ensure!(
        world.standings(who.person.id()).await?.is_empty(),
        "the member is still there"
    );
    let fields: usize = plan.records.iter().map(|planned| planned.fields.len()).sum();
    Ok(format!(
        "{} fields of {} leaves erased; {} cycles are still counted, under a number that leads to nobody.",
        fields,
        plan.records.len(),
        plan.rows.of("cycle").len()
    ))
}
