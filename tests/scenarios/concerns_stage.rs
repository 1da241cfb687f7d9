//! What stories about concerns share: handlers with keys, the steps of a reporter, and looking into what was kept.

use age::x25519::Identity;
use anyhow::{Context, ensure};
use bellwether::concerns::keys::{AgreeOutcome, NewKey, ProposeOutcome, agree, propose};
use bellwether::concerns::{fingerprint, sealing};
use bellwether::ids::MemberId;
use discord_stand_in::{Handle, Id, Message, Person, Place};
use rehearsal::{Hired, Setting, World};
use sea_orm::EntityTrait;
use serde_json::Value;

use super::stage::thursday;

/// Words that stand nowhere by accident.
pub const WORDS: &str = "Zwetschgenknödel were asked for in place of a second approval";

/// The handlers of the organisation, with the private halves of their keys.
pub struct Handlers {
    pub hanna: (Hired, Identity),
    pub harry: (Hired, Identity),
    pub iris: (Hired, Identity),
    pub olga: Hired,
}

/// The usual organisation with another way to turn to.
pub fn setting() -> Setting {
    Setting {
        settings: "[concerns]\nother_way = \"the ombudsperson, 030 1234567\"".to_owned(),
        ..thursday()
    }
}

pub fn member(hired: &Hired) -> MemberId {
    MemberId::from_i64(hired.person.id() as i64)
}

/// Hires the handlers, starts the bot and brings their keys in force.
pub async fn opened(world: &mut World) -> anyhow::Result<Handlers> {
    let people = hire(world);
    world.start_bot().await?;
    keyed(world, people).await
}

/// Two handlers, an independent one, and an owner.
pub fn hire(world: &mut World) -> [Hired; 4] {
    let roles = [
        ("Hanna", "handler"),
        ("Harry", "handler"),
        ("Iris", "independent_handler"),
        ("Olga", "owner"),
    ];
    roles.map(|(name, role)| world.hire(name, "en-GB", None, &[role]))
}

/// Brings the handlers' keys in force, once the running bot knows them.
pub async fn keyed(world: &World, people: [Hired; 4]) -> anyhow::Result<Handlers> {
    for hired in &people {
        let known = async || Ok(!world.standings(hired.person.id()).await?.is_empty());
        world.eventually("the handler is known", known).await?;
    }
    let [hanna, harry, iris, olga] = people;
    let mut keys = Vec::new();
    for holder in [&hanna, &harry, &iris] {
        keys.push(give_key(world, holder, &olga).await?);
    }
    let mut next = || keys.remove(0);
    Ok(Handlers {
        hanna: (hanna, next()),
        harry: (harry, next()),
        iris: (iris, next()),
        olga,
    })
}

/// A key of this handler's own, in force.
pub async fn give_key(world: &World, holder: &Hired, by: &Hired) -> anyhow::Result<Identity> {
    let identity = Identity::generate();
    let desk = &world.app().bot().desk;
    let organisation = desk
        .core
        .organisation(world.organisation_id())
        .context("the organisation")?;
    let recipient = identity.to_public().to_string();
    let proposed = propose(desk, organisation, member(holder), NewKey::Own { recipient }).await?;
    let ProposeOutcome::Proposed { key, .. } = proposed else {
        anyhow::bail!("{} may hold no key", holder.name);
    };
    let agreed = agree(desk, organisation, key, member(by)).await?;
    ensure!(agreed == AgreeOutcome::InForce, "{agreed:?}");
    Ok(identity)
}

/// Types `/concern`; the first page, which only that person sees.
pub async fn concern(world: &World, who: &Hired, place: Place) -> anyhow::Result<Message> {
    let page = who
        .person
        .slash(world.organisation.bot.id, place, "concern", &[])?
        .message()
        .await?;
    ensure!(page.is_ephemeral(), "everybody sees it");
    Ok(page)
}

/// Presses the button with this label.
pub fn press(person: &Person, page: &Message, label: &str) -> anyhow::Result<Handle> {
    let button = page
        .button(label)
        .with_context(|| format!("no button {label:?} in:\n{}", page.text()))?;
    Ok(person.press(page, &button)?)
}

/// Presses a button that leads to another page.
pub async fn step(person: &Person, page: &Message, label: &str) -> anyhow::Result<Message> {
    let page = press(person, page, label)?.message().await?;
    ensure!(page.is_ephemeral(), "everybody sees it");
    Ok(page)
}

/// The custom id of the menu of this step.
pub fn menu(page: &Message, step: &str) -> anyhow::Result<String> {
    let begins = format!("v1:concern:{step}:");
    let rows = page.raw()["components"].as_array().cloned().unwrap_or_default();
    let cells = rows
        .iter()
        .flat_map(|row| row["components"].as_array().cloned().unwrap_or_default());
    let ids: Vec<String> = cells
        .filter_map(|cell| cell["custom_id"].as_str().map(str::to_owned))
        .collect();
    let found = ids.iter().find(|id| id.starts_with(&begins)).cloned();
    found.with_context(|| format!("no menu {step:?} among {ids:?}"))
}

/// Chooses from the menu of this step.
pub async fn choose(person: &Person, page: &Message, step: &str, values: &[&str]) -> anyhow::Result<Message> {
    let menu = menu(page, step)?;
    Ok(person.choose(page, &menu, values)?.message().await?)
}

/// The values of a menu's entries, with what they are called.
fn entries(page: &Message, step: &str) -> anyhow::Result<Vec<(String, String)>> {
    let component = page.component(&menu(page, step)?).context("the menu")?;
    let options = component["options"].as_array().cloned().unwrap_or_default();
    let of = |option: &Value, name: &str| option[name].as_str().unwrap_or_default().to_owned();
    Ok(options
        .iter()
        .map(|option| (of(option, "value"), of(option, "label")))
        .collect())
}

/// The value of the entry that shows the fingerprint of this handler's key.
pub fn entry(page: &Message, step: &str, handler: &(Hired, Identity)) -> anyhow::Result<String> {
    let mark = fingerprint(&handler.1.to_public().to_string());
    let all = entries(page, step)?;
    let found = all.iter().find(|(_, label)| label.ends_with(&mark));
    let (value, _) = found.with_context(|| format!("{} is not among {all:?}", handler.0.name))?;
    Ok(value.clone())
}

/// Goes from the first page to the one before the form.
pub async fn about(person: &Person, first: &Message, mode: &str, category: &str) -> anyhow::Result<Message> {
    let page = step(person, first, mode).await?;
    let mut page = choose(person, &page, "category", &[category]).await?;
    if entries(&page, "barred")?.iter().any(|(value, _)| value == "nobody") {
        page = choose(person, &page, "barred", &["nobody"]).await?;
    }
    if mode == "Confidential" {
        let (first, _) = entries(&page, "confidant")?.into_iter().next().context("an entry")?;
        page = choose(person, &page, "confidant", &[&first]).await?;
    }
    Ok(page)
}

/// Writes and sends; the receipt or the refusal.
pub async fn write(person: &Person, page: &Message, words: &str) -> anyhow::Result<Message> {
    let form = press(person, page, "Write")?.modal().await?;
    let sent = person.submit(&form, &[("text", words)])?.message().await?;
    ensure!(sent.is_ephemeral(), "everybody sees it");
    Ok(sent)
}

/// The case key of a receipt.
pub fn case_key(receipt: &Message) -> anyhow::Result<String> {
    let text = receipt.text();
    let key = text.split("```").nth(1).map(|key| key.trim().to_owned());
    key.with_context(|| format!("no case key in:\n{text}"))
}

/// Comes back with a case key; what is shown then.
pub async fn come_back(world: &World, who: &Hired, place: Place, key: &str) -> anyhow::Result<Message> {
    let first = concern(world, who, place).await?;
    let form = press(&who.person, &first, "I have a case key")?.modal().await?;
    Ok(who.person.submit(&form, &[("text", key)])?.message().await?)
}

/// The only case.
pub async fn the_case(world: &World) -> anyhow::Result<entity::concern_case::Model> {
    let reader = world.app().bot().core.db.reader();
    let mut cases = entity::concern_case::Entity::find().all(reader).await?;
    ensure!(cases.len() == 1, "{} cases", cases.len());
    Ok(cases.remove(0))
}

pub async fn cases(world: &World) -> anyhow::Result<usize> {
    let reader = world.app().bot().core.db.reader();
    Ok(entity::concern_case::Entity::find().all(reader).await?.len())
}

/// What this key opens of all entries of all cases, as JSON.
pub async fn opened_by(world: &World, identity: &Identity) -> anyhow::Result<Vec<Value>> {
    let reader = world.app().bot().core.db.reader();
    let entries = entity::concern_entry::Entity::find().all(reader).await?;
    let open = entries
        .iter()
        .filter_map(|entry| sealing::open(identity, &entry.sealed).ok())
        .map(|plain| Ok(serde_json::from_slice(&plain)?));
    open.collect()
}

/// The files that this key opens, each a tar archive.
pub async fn files_opened_by(world: &World, identity: &Identity) -> anyhow::Result<Vec<Vec<u8>>> {
    let reader = world.app().bot().core.db.reader();
    let files = entity::concern_file::Entity::find().all(reader).await?;
    let open = files
        .iter()
        .filter_map(|file| sealing::open(identity, &file.sealed).ok())
        .map(|plain| plain.to_vec());
    Ok(open.collect())
}

/// All rows of the tables that tell who uses the bot.
pub async fn people_tables(world: &World) -> anyhow::Result<String> {
    let reader = world.app().bot().core.db.reader();
    let members = entity::member::Entity::find().all(reader).await?;
    let settings = entity::setting::Entity::find().all(reader).await?;
    let outbox = entity::outbound_message::Entity::find().all(reader).await?;
    Ok(format!("{members:?}\n{settings:?}\n{outbox:?}"))
}

/// The general channel of the organisation.
pub fn general(world: &World) -> Place {
    Place::Channel(world.organisation.guild.channels["general"])
}

/// The id of the channel.
pub fn general_id(world: &World) -> Id {
    world.organisation.guild.channels["general"]
}
