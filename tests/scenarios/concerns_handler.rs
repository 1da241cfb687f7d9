//! The handlers' side of concerns through Discord: keys, inbox, cases, and who is shown nothing.

mod at_once;
mod drills;
mod forged;
mod hidden;
mod kept;
mod sealed;

use std::collections::BTreeSet;

use age::x25519::Identity;
use anyhow::{Context, bail};
use bellwether::catalogue::Urgency;
use bellwether::concerns::keys::{self, AgreeOutcome};
use bellwether::concerns::{
    self, Case, Channel, Desk, FileDraft, Filed, Handler, Reporter, Secret, SubmitOutcome, Tie,
};
use bellwether::config::Role;
use bellwether::ids::MemberId;
use discord_stand_in::{Message, ModalShown, Place};
use rehearsal::{Hired, World};

/// Handlers with keys in force, an owner, and somebody who raises concerns.
struct Office {
    hanna: Hired,
    harry: Hired,
    iris: Hired,
    olga: Hired,
    sam: Hired,
    /// The keys of the handlers, in this order.
    keys: [Identity; 3],
}

impl Office {
    /// Hires everybody, starts the bot, and has two people agree to each key, all through Discord.
    async fn open(world: &mut World) -> anyhow::Result<Self> {
        let office = Self {
            hanna: world.hire("Hanna", "en-GB", None, &["handler"]),
            harry: world.hire("Harry", "en-GB", None, &["handler"]),
            iris: world.hire("Iris", "en-GB", None, &["independent_handler"]),
            olga: world.hire("Olga", "en-GB", None, &["owner"]),
            sam: world.hire("Sam", "en-GB", None, &[]),
            keys: [(); 3].map(|()| Identity::generate()),
        };
        world.start_bot().await?;
        for (who, key) in [&office.hanna, &office.harry, &office.iris]
            .into_iter()
            .zip(&office.keys)
        {
            let form = opens(who, &case(world, who, "key").await?, "Register my own key").await?;
            sends(who, &form, &[("text", &key.to_public().to_string())]).await?;
            agree(world, &office.olga).await?;
        }
        Ok(office)
    }
}

/// Agrees to the first key that waits.
async fn agree(world: &World, who: &Hired) -> anyhow::Result<Message> {
    let shown = case(world, who, "key").await?;
    let menu = shown.component("v1:case:key:agree").context("a key waits")?;
    let first = menu["options"][0]["value"].as_str().context("a key waits")?;
    Ok(who
        .person
        .choose(&shown, "v1:case:key:agree", &[first])?
        .message()
        .await?)
}

/// Ends somebody's key, as one proposes and another agrees.
async fn ends_key(world: &World, whose: &Hired, [one, other]: [&Hired; 2]) -> anyhow::Result<()> {
    let desk = desk(world);
    let organisation = desk
        .core
        .organisation(world.organisation_id())
        .context("the organisation")?;
    let known = keys::list(desk, organisation.id).await?;
    let key = known.into_iter().find(|key| key.member == member(whose));
    let key = key.context("a key in force")?.id;
    keys::end(desk, organisation, key.clone(), member(one)).await?;
    let ended = keys::agree(desk, organisation, key, member(other)).await?;
    anyhow::ensure!(ended == AgreeOutcome::Ended, "{ended:?}");
    Ok(())
}

/// Types a sub-command in direct messages; what is seen.
pub async fn case(world: &World, who: &Hired, sub: &str) -> anyhow::Result<Message> {
    let typed = who
        .person
        .slash(world.organisation.bot.id, Place::Dm, &format!("case {sub}"), &[])?;
    let shown = typed.message().await?;
    world.settle().await;
    Ok(shown)
}

/// Opens a case by its number.
async fn open(world: &World, who: &Hired, number: &str) -> anyhow::Result<Message> {
    let options = [("number", serde_json::json!(number))];
    let typed = who
        .person
        .slash(world.organisation.bot.id, Place::Dm, "case open", &options)?;
    Ok(typed.message().await?)
}

/// Presses the button with this label; the message that comes.
async fn presses(who: &Hired, on: &Message, label: &str) -> anyhow::Result<Message> {
    Ok(all(who, on, label).await?.swap_remove(0))
}

/// Presses the button with this label; all messages that come, as far as they are there with the first.
async fn all(who: &Hired, on: &Message, label: &str) -> anyhow::Result<Vec<Message>> {
    let button = on
        .button(label)
        .with_context(|| format!("a button {label} on {}", on.text()))?;
    let pressed = who.person.press(on, &button)?;
    let mut messages = vec![pressed.message().await?];
    messages.extend(pressed.followups());
    Ok(messages)
}

/// Presses the button with this label; the form that opens.
pub async fn opens(who: &Hired, on: &Message, label: &str) -> anyhow::Result<ModalShown> {
    let button = on.button(label).with_context(|| format!("a button {label}"))?;
    Ok(who.person.press(on, &button)?.modal().await?)
}

/// Chooses from the menu of a message; the form that opens.
async fn chooses(who: &Hired, on: &Message, menu: &str, value: &str) -> anyhow::Result<ModalShown> {
    Ok(who.person.choose(on, menu, &[value])?.modal().await?)
}

/// Opens the form for words of one's own to the reporter.
pub async fn reply_form(world: &World, who: &Hired, number: &str) -> anyhow::Result<ModalShown> {
    let shown = open(world, who, number).await?;
    let words = presses(who, &shown, "Reply").await?;
    let id = words.raw()["components"][0]["components"][0]["custom_id"].as_str();
    chooses(who, &words, id.context("a menu of templates")?, "free").await
}

/// Fills in a form; the message that comes.
pub async fn sends(who: &Hired, form: &ModalShown, fields: &[(&str, &str)]) -> anyhow::Result<Message> {
    Ok(who.person.submit(form, fields)?.message().await?)
}

fn desk(world: &World) -> &Desk {
    &world.app().bot().desk
}

fn member(who: &Hired) -> MemberId {
    MemberId::from_i64(who.person.id() as i64)
}

/// How a concern is raised.
struct Told<'a> {
    category: &'a str,
    text: &'a str,
    barred: &'a [&'a Hired],
    /// By somebody who is known.
    by: Option<(&'a Hired, Tie)>,
    files: Vec<FileDraft>,
}

impl<'a> Told<'a> {
    fn new(category: &'a str, text: &'a str) -> Self {
        Self {
            category,
            text,
            barred: &[],
            by: None,
            files: Vec::new(),
        }
    }
}

/// Files a concern past Discord.
async fn files(world: &World, told: Told<'_>) -> anyhow::Result<Filed> {
    let desk = desk(world);
    let organisation = desk
        .core
        .organisation(world.organisation_id())
        .context("the organisation")?;
    let Channel::Open(keys) = concerns::channel(desk, organisation).await? else {
        bail!("the channel is closed");
    };
    let draft = concerns::ReportDraft {
        organisation: organisation.id,
        on_day: desk.today(organisation),
        category: told.category.to_owned(),
        urgency: Urgency::Today,
        barred: told.barred.iter().map(|who| member(who)).collect(),
        keys: keys.fingerprint(),
        no_contact: false,
        text: Secret::new(told.text.to_owned()),
        about: None,
        drill: false,
    };
    let outcome = match told.by {
        None => concerns::submit(desk, draft).await?,
        Some((who, tie)) => {
            let reporter = Reporter {
                member: member(who),
                name: Secret::new(who.name.clone()),
                tie,
                files: told.files,
            };
            concerns::submit_known(desk, draft, reporter).await?
        }
    };
    match outcome {
        SubmitOutcome::Filed(filed) => Ok(filed),
        _ => bail!("it was not filed"),
    }
}

/// The case as this handler may see it; none where they may not.
async fn seen_by(world: &World, who: &Hired, filed: &Filed, role: Role) -> anyhow::Result<Option<Case>> {
    let desk = desk(world);
    let handler = Handler {
        organisation: desk
            .core
            .organisation(world.organisation_id())
            .context("the organisation")?
            .clone(),
        member: member(who),
        roles: BTreeSet::from([role]),
    };
    let seen = concerns::find_case(desk, &handler, filed.number.clone()).await?;
    Ok(seen.map(|seen| seen.case))
}
