//! The concerns that everybody tries to get at, raised past Discord.

use std::collections::{BTreeMap, BTreeSet};

use age::x25519::Identity;
use anyhow::{Context, bail, ensure};
use bellwether::catalogue::Urgency;
use bellwether::concerns::keys::{AgreeOutcome, NewKey, ProposeOutcome, agree, propose};
use bellwether::concerns::{
    self, CaseNumber, Channel, Desk, Filed, Handler, HandlerText, KeySet, Look, ReportDraft, Reporter, Secret,
    SubmitOutcome, Tie, VisitOutcome,
};
use bellwether::config::Role;
use bellwether::discord::custom_id::of_speak::mark;
use bellwether::ids::{CaseId, HandlerKeyId, InteractionId, MemberId, OrganisationId};
use discord_stand_in::Person;
use rehearsal::World;

use super::cast::{Cast, member};

/// What came of it, by its names in the tables.
pub type Raised = BTreeMap<&'static str, String>;

/// What everybody tries to get at is of this kind, and this one is for independent handlers alone.
const CATEGORY: &str = "mistake";
const FORMAL: &str = "retaliation";

fn desk(world: &World) -> &Desk {
    &world.app().bot().desk
}

async fn give_key(world: &World, id: OrganisationId, (holder, by): (&Person, &Person)) -> anyhow::Result<()> {
    let key = propose_key(world, id, holder).await?;
    let desk = desk(world);
    let organisation = desk.core.organisation(id).context("the organisation")?;
    let agreed = agree(desk, organisation, key, member(by)).await?;
    ensure!(agreed == AgreeOutcome::InForce, "{agreed:?}");
    Ok(())
}

async fn propose_key(world: &World, id: OrganisationId, holder: &Person) -> anyhow::Result<HandlerKeyId> {
    let desk = desk(world);
    let organisation = desk.core.organisation(id).context("the organisation")?;
    let recipient = Identity::generate().to_public().to_string();
    match propose(desk, organisation, member(holder), NewKey::Own { recipient }).await? {
        ProposeOutcome::Proposed { key, .. } => Ok(key),
        other => bail!("{other:?}"),
    }
}

/// Brings keys in force and raises concerns, those that the barred handler must know nothing of only where `hidden`.
pub async fn raise(world: &World, cast: &Cast, sister: OrganisationId, hidden: bool) -> anyhow::Result<Raised> {
    let home = world.organisation_id();
    for column in ["barred", "handler", "indep"] {
        give_key(world, home, (cast.named(column), cast.named("owner"))).await?;
    }
    for name in ["sister", "second"] {
        give_key(world, sister, (cast.named(name), cast.named("sister-owner"))).await?;
    }
    let pending = propose_key(world, home, cast.named("novice")).await?;
    let keys = keys(world, home).await?;
    let indep = keys
        .holders
        .iter()
        .position(|holder| holder.member == member(cast.named("indep")));
    let mut raised = Raised::from([
        ("pending", pending.as_str().to_owned()),
        ("keys", keys.fingerprint()),
        ("place", indep.context("a holder")?.to_string()),
        ("mark", format!("{:06x}", mark(CATEGORY))),
        ("draft", draft(world, cast).await?),
        ("unknown", "0".repeat(32)),
    ]);
    let seen = file(world, (home, "idea"), Urgency::Routine, Told::default()).await?;
    raised.insert("seen-number", seen.number.to_string());
    let id = id_of(world, cast, &seen).await?;
    raised.insert("seen", id.as_str().to_owned());
    let key = seen.key.shown();
    let VisitOutcome::Begun(visit) = concerns::begin_visit(desk(world), &key).await? else {
        bail!("the case key opens nothing");
    };
    let Look::Case(view) = concerns::look(desk(world), &visit).await? else {
        bail!("the visit shows nothing");
    };
    raised.insert("readers", view.readers.fingerprint());
    raised.insert("visit", visit.as_str().to_owned());
    raised.insert("key", key.expose().to_owned());
    let elsewhere = file(world, (sister, CATEGORY), Urgency::Today, Told::default()).await?;
    raised.insert("sister-number", elsewhere.number.to_string());
    raised.insert("sister-case", sisters(world, cast, sister, &elsewhere).await?);
    raised.extend(if hidden {
        hide(world, cast, (&id, &seen.number)).await?
    } else {
        nothing()
    });
    Ok(raised)
}

/// Names that lead nowhere.
fn nothing() -> Raised {
    let id = |digit: &str| digit.repeat(32);
    Raised::from([
        ("case", id("1")),
        ("number", "111-111".to_owned()),
        ("formal", id("2")),
        ("formal-number", "222-222".to_owned()),
        ("conf", id("3")),
        ("conf-number", "333-333".to_owned()),
        ("request", id("4")),
    ])
}

/// Cases that must not be there for the barred handler, each as far along as it can be.
async fn hide(world: &World, cast: &Cast, seen: (&CaseId, &CaseNumber)) -> anyhow::Result<Raised> {
    let home = world.organisation_id();
    let barred = Told {
        barred: BTreeSet::from([member(cast.named("barred"))]),
        ..Told::default()
    };
    let case = file(world, (home, CATEGORY), Urgency::Now, barred.clone()).await?;
    let formal = file(world, (home, FORMAL), Urgency::Today, Told::default()).await?;
    let indep = member(cast.named("indep"));
    let confidential = Told {
        by: Some((cast.named("staff").clone(), Tie::Confidential { confidant: indep })),
        ..barred
    };
    let conf = file(world, (home, CATEGORY), Urgency::ThisWeek, confidential).await?;
    let mut raised = Raised::new();
    for (name, number, filed) in [
        ("case", "number", &case),
        ("formal", "formal-number", &formal),
        ("conf", "conf-number", &conf),
    ] {
        raised.insert(name, id_of(world, cast, filed).await?.as_str().to_owned());
        raised.insert(number, filed.number.to_string());
    }
    let (desk, handler) = (desk(world), handler(world, cast, "handler", Role::Handler)?);
    let asked = CaseId::new(raised["conf"].clone());
    concerns::ask_identity(desk, &handler, asked.clone(), words("nobody else can say")).await?;
    let opened = concerns::open_case(desk, &handler, asked).await?.context("the case")?;
    raised.insert("request", opened.asked.context("a request")?.id.as_str().to_owned());
    // A case that everybody may see leads to a hidden one, and a hidden one to it.
    concerns::merge(desk, &handler, seen.0.clone(), case.number.clone()).await?;
    concerns::merge(desk, &handler, CaseId::new(raised["conf"].clone()), seen.1.clone()).await?;
    Ok(raised)
}

/// Another case that the barred handler must know nothing of; its id.
pub async fn another(world: &World, cast: &Cast) -> anyhow::Result<String> {
    let told = Told {
        barred: BTreeSet::from([member(cast.named("barred"))]),
        ..Told::default()
    };
    let filed = file(world, (world.organisation_id(), CATEGORY), Urgency::Today, told).await?;
    Ok(id_of(world, cast, &filed).await?.as_str().to_owned())
}

/// So many more cases that every handler sees.
pub async fn more(world: &World, count: usize) -> anyhow::Result<()> {
    for _ in 0..count {
        file(
            world,
            (world.organisation_id(), "idea"),
            Urgency::Routine,
            Told::default(),
        )
        .await?;
    }
    Ok(())
}

/// How a concern is raised.
#[derive(Clone, Default)]
struct Told {
    barred: BTreeSet<MemberId>,
    by: Option<(Person, Tie)>,
}

async fn keys(world: &World, id: OrganisationId) -> anyhow::Result<KeySet> {
    let organisation = desk(world).core.organisation(id).context("the organisation")?;
    match concerns::channel(desk(world), organisation).await? {
        Channel::Open(keys) => Ok(keys),
        Channel::Closed(why) => bail!("the channel is closed: {why:?}"),
    }
}

async fn file(
    world: &World,
    (id, category): (OrganisationId, &str),
    urgency: Urgency,
    told: Told,
) -> anyhow::Result<Filed> {
    let desk = desk(world);
    let organisation = desk.core.organisation(id).context("the organisation")?;
    let draft = ReportDraft {
        organisation: id,
        on_day: desk.today(organisation),
        category: category.to_owned(),
        urgency,
        barred: told.barred,
        keys: keys(world, id).await?.fingerprint(),
        no_contact: false,
        text: Secret::new("the list went to the wrong person".to_owned()),
        about: None,
        drill: false,
    };
    let outcome = match told.by {
        None => concerns::submit(desk, draft).await?,
        Some((who, tie)) => {
            let reporter = Reporter {
                member: member(&who),
                name: Secret::new("staff".to_owned()),
                tie,
                files: Vec::new(),
            };
            concerns::submit_known(desk, draft, reporter).await?
        }
    };
    match outcome {
        SubmitOutcome::Filed(filed) => Ok(filed),
        _ => bail!("it was not filed"),
    }
}

fn words(text: &str) -> HandlerText {
    HandlerText {
        text: Secret::new(text.to_owned()),
        interaction: InteractionId::from_i64(1),
    }
}

fn handler(world: &World, cast: &Cast, name: &str, role: Role) -> anyhow::Result<Handler> {
    let organisation = desk(world)
        .core
        .organisation(world.organisation_id())
        .context("the organisation")?;
    Ok(Handler {
        organisation: organisation.clone(),
        member: member(cast.named(name)),
        roles: BTreeSet::from([role]),
    })
}

/// The id of a case, as the independent handler finds it, who may see all of them.
async fn id_of(world: &World, cast: &Cast, filed: &Filed) -> anyhow::Result<CaseId> {
    let indep = handler(world, cast, "indep", Role::IndependentHandler)?;
    let found = concerns::find_case(desk(world), &indep, filed.number.clone()).await?;
    Ok(found.context("the case")?.case.id)
}

async fn sisters(world: &World, cast: &Cast, sister: OrganisationId, filed: &Filed) -> anyhow::Result<String> {
    let desk = desk(world);
    let handler = Handler {
        organisation: desk.core.organisation(sister).context("the organisation")?.clone(),
        member: member(cast.named("sister")),
        roles: BTreeSet::from([Role::Handler]),
    };
    let found = concerns::find_case(desk, &handler, filed.number.clone()).await?;
    Ok(found.context("the case")?.case.id.as_str().to_owned())
}

/// The name of a message that the manager picked, which waits in memory.
async fn draft(world: &World, cast: &Cast) -> anyhow::Result<String> {
    let (person, bot) = (cast.named("manager"), world.organisation.bot.id);
    let general = world.organisation.guild.channels["general"];
    let message = person.say(general, "look at this")?;
    let picked = person.use_on_message(bot, &message, "Raise a concern about this")?;
    let page = picked.message().await?;
    let named = page.button("Named").context("a button")?;
    let draft = named.rsplit(':').next().unwrap_or_default().to_owned();
    ensure!(draft.len() == 16, "{named}");
    Ok(draft)
}
