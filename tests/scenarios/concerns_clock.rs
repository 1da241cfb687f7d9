//! What handlers and reporters of concerns hear by the clock, through Discord.

use anyhow::{Context, bail, ensure};
use bellwether::catalogue::Urgency;
use bellwether::concerns::keys::{AgreeOutcome, NewKey, ProposeOutcome, agree, propose};
use bellwether::concerns::{
    ActionOutcome, Channel, Desk, Filed, ReportDraft, Reporter, ReporterAction, Secret, SubmitOutcome, Tie,
    VisitOutcome, act, begin_visit, channel, submit_known,
};
use bellwether::erasure::{self, Basis, Journal, Outcome, Request, Scope, Whose};
use bellwether::ids::MemberId;
use discord_stand_in::{DmPolicy, Message};
use entity::concern_named;
use rehearsal::{Hired, World};
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};

use super::stage::{play, says, thursday};

pub(super) const DAY: i64 = 86_400_000;

pub(super) fn id(who: &Hired) -> MemberId {
    MemberId::from_i64(who.person.id() as i64)
}

pub(super) fn desk(world: &World) -> Desk {
    world.app().bot().desk.clone()
}

/// Everybody who plays a part. The bot runs, and the handlers' keys are in force.
pub(super) struct Cast {
    pub hana: Hired,
    pub ben: Hired,
    pub mia: Hired,
}

pub(super) async fn open_channel(world: &mut World) -> anyhow::Result<Cast> {
    let hana = world.hire("Hana", "en-GB", None, &["handler"]);
    let ben = world.hire("Ben", "de", None, &["handler"]);
    let olaf = world.hire("Olaf", "en-GB", None, &["owner"]);
    let mia = world.hire("Mia", "en-GB", None, &["sponsor"]);
    world.start_bot().await?;
    let desk = desk(world);
    let organisation = desk
        .core
        .organisation(world.organisation_id())
        .context("the organisation")?;
    for handler in [&hana, &ben] {
        let passphrase = Secret::new("a passphrase that is long".to_owned());
        let proposed = propose(&desk, organisation, id(handler), NewKey::Kept { passphrase }).await?;
        let ProposeOutcome::Proposed { key, .. } = proposed else {
            bail!("the key is proposed");
        };
        ensure!(agree(&desk, organisation, key, id(&olaf)).await? == AgreeOutcome::InForce);
    }
    Ok(Cast { hana, ben, mia })
}

/// Mia raises a concern under her name.
pub(super) async fn report(world: &World, mia: &Hired, urgency: Urgency) -> anyhow::Result<Filed> {
    let desk = desk(world);
    let organisation = desk
        .core
        .organisation(world.organisation_id())
        .context("the organisation")?;
    let Channel::Open(keys) = channel(&desk, organisation).await? else {
        bail!("the channel is open");
    };
    let draft = ReportDraft {
        organisation: organisation.id,
        on_day: desk.today(organisation),
        category: "mistake".to_owned(),
        urgency,
        barred: [].into(),
        keys: keys.fingerprint(),
        no_contact: false,
        text: Secret::new("I have sent the list to the wrong person.".to_owned()),
        about: None,
        drill: false,
    };
    let reporter = Reporter {
        member: id(mia),
        name: Secret::new("Mia".to_owned()),
        tie: Tie::Named,
        files: Vec::new(),
    };
    match submit_known(&desk, draft, reporter).await? {
        SubmitOutcome::Filed(filed) => Ok(filed),
        _ => bail!("it is filed"),
    }
}

/// What somebody has got last, by direct message.
pub(super) fn last(who: &Hired) -> anyhow::Result<Message> {
    let last = who.person.received().pop();
    last.with_context(|| format!("{} has got something", who.name))
}

/// The bot is away for so long, and then does what is due.
pub(super) async fn later(world: &World, milliseconds: i64) -> anyhow::Result<()> {
    world.clock.set(world.clock.now() + milliseconds);
    world.app().deadlines().await?;
    world.app().deliver().await?;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn handlers_hear_of_news_and_deadlines_by_direct_message_and_nowhere_else() -> anyhow::Result<()> {
    play(thursday(), async |world| {
        let Cast { hana, ben, mia } = open_channel(world).await?;
        world.discord.set_dm_policy(ben.person.id(), DmPolicy::Refuses50007);
        world.until("2026-11-05T09:00:00Z").await?;
        let filed = report(world, &mia, Urgency::Today).await?;
        world.until("2026-11-05T13:59:00Z").await?;
        ensure!(hana.person.received().is_empty(), "it is not time yet");
        world.until("2026-11-05T14:01:00Z").await?;
        says(&last(&hana)?.text(), &["There is something new", "`/case inbox`"])?;
        later(world, 3 * DAY + 12 * 3_600_000).await?;
        let number = filed.number.to_string();
        says(&last(&hana)?.text(), &[&number, "half of the time", "Nobody has taken"])?;
        let channel = world.organisation.guild.channels["security-prompts"];
        let said: Vec<String> = world.discord.messages(channel).iter().map(Message::text).collect();
        ensure!(
            said.iter().all(|said| said.contains("age1")),
            "but for the handlers' keys nobody else reads of it: {said:?}"
        );
        ensure!(ben.person.received().is_empty() && mia.person.received().is_empty());
        Ok(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn who_asks_to_be_read_now_is_told_of_at_once() -> anyhow::Result<()> {
    play(thursday(), async |world| {
        let Cast { hana, ben, mia } = open_channel(world).await?;
        report(world, &mia, Urgency::Now).await?;
        world.pump().await?;
        for (who, words) in [(&hana, "cannot wait"), (&ben, "cannot wait")] {
            let heard: Vec<String> = who.person.received().iter().map(Message::text).collect();
            says(&heard.join("\n"), &[words])?;
        }
        Ok(())
    })
    .await
}

/// Presses the button with this label below a message; what is seen.
async fn press(who: &Hired, question: &Message, label: &str) -> anyhow::Result<String> {
    let button = question.buttons().into_iter().find(|button| button.label == label);
    let button = button.with_context(|| format!("a button {label:?}"))?;
    let seen = who.person.press(question, &button.custom_id)?.message().await?;
    ensure!(seen.is_ephemeral());
    Ok(seen.text())
}

#[tokio::test(flavor = "multi_thread")]
async fn who_gave_a_name_is_asked_back_and_heard_when_something_got_worse() -> anyhow::Result<()> {
    play(thursday(), async |world| {
        let Cast { hana, mia, .. } = open_channel(world).await?;
        let filed = report(world, &mia, Urgency::Today).await?;
        let desk = desk(world);
        let VisitOutcome::Begun(visit) = begin_visit(&desk, &filed.key.shown()).await? else {
            bail!("the case key opens the case");
        };
        ensure!(act(&desk, &visit, ReporterAction::Close).await? == ActionOutcome::Done);
        ensure!(mia.person.received().is_empty());
        // To a Monday, late in the morning.
        later(world, 32 * DAY + 2 * 3_600_000).await?;
        let question = last(&mia)?;
        let number = filed.number.to_string();
        says(&question.text(), &[&number, "30 days ago", "You need not answer"])?;
        says(
            &press(&mia, &question, "Something got worse").await?,
            &["Thank you for telling us"],
        )?;
        says(
            &press(&mia, &question, "Nothing got worse").await?,
            &["already been answered"],
        )?;
        later(world, 4 * 3_600_000).await?;
        let heard: Vec<String> = hana.person.received().iter().map(Message::text).collect();
        says(&heard.join("\n"), &[&number, "something has got worse"])?;
        world.settle().await;
        Ok(())
    })
    .await
}

/// Whom the bot could write to.
async fn named(world: &World) -> anyhow::Result<Vec<concern_named::Model>> {
    let reader = world.app().bot().core.db.reader();
    Ok(concern_named::Entity::find().all(reader).await?)
}

#[tokio::test(flavor = "multi_thread")]
async fn an_erased_reporter_is_forgotten_also_when_a_backup_comes_back() -> anyhow::Result<()> {
    play(thursday(), async |world| {
        open_channel(world).await?;
        // Without a role, so that nothing but the concern names her.
        let nora = world.hire("Nora", "en-GB", None, &[]);
        let filed = report(world, &nora, Urgency::Today).await?;
        let before = named(world).await?;
        ensure!(before.len() == 1);
        let core = &world.app().bot().core;
        let request = Request {
            scope: Scope::Member(Whose {
                member: id(&nora),
                organisation: None,
            }),
            fields: [].into(),
            basis: Basis::Art17,
        };
        let journal = Journal::beside(&core.config.evidence);
        let erased = erasure::erase((&core.db, &core.ledger, &core.chance), &journal, request, None).await?;
        let Outcome::Erased(plan) = erased else {
            bail!("{erased:?}");
        };
        ensure!(plan.rows.of("concern_named").len() == 1 && named(world).await?.is_empty());

        let back = before[0].clone().into_active_model().reset_all();
        concern_named::Entity::insert(back)
            .exec_without_returning(core.db.reader())
            .await?;
        world.crash_bot().await?;
        world.start_bot().await?;
        ensure!(named(world).await?.is_empty(), "she is named again");
        let desk = desk(world);
        let VisitOutcome::Begun(visit) = begin_visit(&desk, &filed.key.shown()).await? else {
            bail!("the case key opens the case");
        };
        ensure!(act(&desk, &visit, ReporterAction::Close).await? == ActionOutcome::Done);
        later(world, 32 * DAY + 2 * 3_600_000).await?;
        ensure!(nora.person.received().is_empty(), "she is written to");
        Ok(())
    })
    .await
}
