//! What becomes of concerns with time: somebody is silent, nothing happens, a case is opened again, its time is over.

use anyhow::{Context, bail, ensure};
use bellwether::catalogue::Urgency;
use bellwether::concerns::{
    ActionOutcome, CaseState, Filed, Handler, HandlerText, ReplyDraft, ReporterAction, Secret, SettleOutcome,
    TakeOutcome, VisitOutcome, act, begin_visit, find_case, inbox, reply, settle, take,
};
use bellwether::config::Role;
use bellwether::ids::{CaseId, InteractionId};
use discord_stand_in::Message;
use entity::log_leaf;
use rehearsal::{Hired, World};
use sea_orm::{EntityTrait, QueryOrder};

use super::concerns_clock::{Cast, DAY, desk, id, later, open_channel, report};
use super::stage::{play, says, thursday};

const HOUR: i64 = 3_600_000;

/// A handler at work, and the case of that number.
async fn at_work(world: &World, who: &Hired, filed: &Filed) -> anyhow::Result<(Handler, CaseId)> {
    let desk = desk(world);
    let organisation = desk
        .core
        .organisation(world.organisation_id())
        .context("the organisation")?;
    let handler = Handler {
        organisation: organisation.clone(),
        member: id(who),
        roles: [Role::Handler].into(),
    };
    let seen = find_case(&desk, &handler, filed.number.clone()).await?;
    let case = seen.context("the handler may see it")?.case.id;
    Ok((handler, case))
}

fn words(number: i64, text: &str) -> HandlerText {
    HandlerText {
        text: Secret::new(text.to_owned()),
        interaction: InteractionId::from_i64(number),
    }
}

/// All that somebody has heard of the case.
fn heard(who: &Hired, filed: &Filed) -> Vec<String> {
    let number = filed.number.to_string();
    let all = who.person.received().into_iter().map(|message: Message| message.text());
    all.filter(|text| text.contains(&number)).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_warning_climbs_past_who_has_the_case_and_is_silent() -> anyhow::Result<()> {
    play(thursday(), async |world| {
        let Cast { hana, ben, mia } = open_channel(world).await?;
        let filed = report(world, &mia, Urgency::Today).await?;
        let (handler, case) = at_work(world, &hana, &filed).await?;
        ensure!(take(&desk(world), &handler, case).await? == TakeOutcome::Taken);
        later(world, 4 * DAY).await?;
        ensure!(heard(&hana, &filed).len() == 1 && heard(&ben, &filed).is_empty());
        later(world, 2 * DAY + 12 * HOUR).await?;
        let last = heard(&ben, &filed).pop().context("Ben hears of it")?;
        says(
            &last,
            &["This is the last day", "the handler who has this case has not done so"],
        )?;
        later(world, DAY).await?;
        let late = heard(&ben, &filed).pop().context("Ben hears of it")?;
        says(&late, &["was due by", "has not been sent"])?;
        ensure!(heard(&hana, &filed).len() == 3);
        Ok(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_case_that_is_opened_again_is_warned_of_again() -> anyhow::Result<()> {
    play(thursday(), async |world| {
        let Cast { hana, mia, .. } = open_channel(world).await?;
        let filed = report(world, &mia, Urgency::Today).await?;
        let (handler, case) = at_work(world, &hana, &filed).await?;
        let desk = desk(world);
        let first = ReplyDraft {
            case: case.clone(),
            words: words(1, "Thank you. We look into it."),
            feedback: false,
        };
        reply(&desk, &handler, first).await?;
        for (number, to) in [(2, CaseState::InReview), (3, CaseState::Resolved)] {
            let moved = settle(&desk, &handler, case.clone(), to, words(number, "It is mended.")).await?;
            ensure!(matches!(moved, SettleOutcome::Settled(..)), "{moved:?}");
        }
        let VisitOutcome::Begun(visit) = begin_visit(&desk, &filed.key.shown()).await? else {
            bail!("the case key opens the case");
        };
        ensure!(act(&desk, &visit, ReporterAction::Reopen).await? == ActionOutcome::Done);
        let before = heard(&hana, &filed).len();
        later(world, 61 * DAY).await?;
        let warned = heard(&hana, &filed);
        ensure!(warned.len() == before + 1, "{warned:?}");
        says(&warned[before], &["must be told the outcome by", "60 days have passed"])?;
        Ok(())
    })
    .await
}

/// The instants of the leaves that commit to days.
async fn digests(world: &World) -> anyhow::Result<usize> {
    let rows = log_leaf::Entity::find().order_by_asc(log_leaf::Column::Idx);
    let rows = rows.all(world.app().bot().core.db.reader()).await?;
    let digest = |row: &&log_leaf::Model| String::from_utf8_lossy(&row.leaf).contains("\"concerns.digest\"");
    Ok(rows.iter().filter(digest).count())
}

#[tokio::test(flavor = "multi_thread")]
async fn each_day_is_committed_to_also_when_nothing_happened() -> anyhow::Result<()> {
    play(thursday(), async |world| {
        open_channel(world).await?;
        later(world, DAY).await?;
        let before = digests(world).await?;
        for day in 1..=3 {
            later(world, DAY).await?;
            ensure!(
                digests(world).await? == before + day,
                "a day without a concern has its leaf"
            );
        }
        Ok(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_closed_too_long_ago_is_gone_for_everybody() -> anyhow::Result<()> {
    play(thursday(), async |world| {
        let Cast { hana, mia, .. } = open_channel(world).await?;
        let filed = report(world, &mia, Urgency::Today).await?;
        let (handler, _) = at_work(world, &hana, &filed).await?;
        let desk = desk(world);
        let VisitOutcome::Begun(visit) = begin_visit(&desk, &filed.key.shown()).await? else {
            bail!("the case key opens the case");
        };
        ensure!(act(&desk, &visit, ReporterAction::Close).await? == ActionOutcome::Done);
        // 36 months; each step makes up for a year of days at most.
        for _ in 0..3 {
            later(world, 364 * DAY).await?;
            ensure!(
                find_case(&desk, &handler, filed.number.clone()).await?.is_some(),
                "too early"
            );
        }
        later(world, 10 * DAY).await?;
        ensure!(find_case(&desk, &handler, filed.number.clone()).await?.is_none());
        ensure!(inbox(&desk, &handler).await?.open.is_empty());
        ensure!(
            begin_visit(&desk, &filed.key.shown()).await? == VisitOutcome::NoSuchCase,
            "the case key opens nothing"
        );
        Ok(())
    })
    .await
}
