//! Erasing beside a running bot: what is gone, what stays, and what a backup cannot bring back.

use anyhow::{Context, ensure};
use bellwether::catalogue::Choice;
use bellwether::chance::Chance;
use bellwether::config;
use bellwether::db::{Db, Scrubbed};
use bellwether::erasure::{self, Basis, Journal, Outcome, Plan, Refusal, Request, Scope, Whose};
use bellwether::evidence::{Log, Report, policy::Policy, receipt, verify};
use bellwether::ids::{MemberId, RecordId};
use bellwether::ledger::Ledger;
use discord_stand_in::Place;
use rehearsal::{Hired, World};
use secrecy::ExposeSecret;

use super::stage::{self, next_question, play, press, says, thursday, types};

/// Words that stand nowhere else.
const WORDS: &str = "zanderquitte Größenwahn 4711 🐑";

/// Answers with unusual words; what was shown.
async fn answers(who: &Hired, question: &discord_stand_in::Message) -> anyhow::Result<discord_stand_in::Message> {
    let modal = press(&who.person, question, Choice::NeedHelp).await?;
    let field = modal.fields().remove(0).custom_id;
    stage::send(&who.person, &modal, &[(field, WORDS.to_owned())]).await
}

fn record(record: &str) -> Request {
    Request {
        scope: Scope::Record(RecordId::new(record)),
        fields: [].into(),
        basis: Basis::Art17,
    }
}

fn member(who: &Hired) -> Request {
    let member = MemberId::from_i64(who.person.id() as i64);
    Request {
        scope: Scope::Member(Whose {
            member,
            organisation: None,
        }),
        fields: [].into(),
        basis: Basis::Art17,
    }
}

/// Erases as the command does: in another process, while the bot runs.
async fn erase(world: &World, request: Request) -> anyhow::Result<Outcome> {
    let config = config::load(&world.config_path())?;
    let db = Db::open(config.database.url.expose_secret()).await?;
    let chance = Chance::system()?;
    let log = Log::open(&db, &config.evidence, chance.clone()).await?;
    let ledger = Ledger::start(db.clone(), log, world.clock.clone());
    let journal = Journal::beside(&config.evidence);
    let plan = erasure::plan(&db, &request).await?;
    let agreed = plan.ok().map(|plan| plan.token());
    let outcome = erasure::erase((&db, &ledger, &chance), &journal, request, agreed).await?;
    ledger.close().await;
    ensure!(
        db.scrub().await? == Scrubbed::Done,
        "the files are cleaned beside a running bot"
    );
    db.close().await?;
    Ok(outcome)
}

async fn erased(world: &World, request: Request) -> anyhow::Result<Plan> {
    match erase(world, request).await? {
        Outcome::Erased(plan) => Ok(plan),
        other => anyhow::bail!("{other:?}"),
    }
}

async fn gone(world: &World, texts: &[String]) -> anyhow::Result<()> {
    for text in texts {
        let traces = world.traces(text).await?;
        ensure!(traces.is_empty(), "{text:?} is still in {traces:?}");
    }
    Ok(())
}

async fn report(world: &World) -> anyhow::Result<Report> {
    let core = &world.app().bot().core;
    let report = verify::live(&core.db, &core.config.evidence).await?;
    ensure!(report.finding.is_none(), "{report}");
    Ok(report)
}

async fn policy(world: &World) -> anyhow::Result<Policy> {
    let genesis: serde_json::Value = serde_json::from_slice(&world.leaf(0).await?)?;
    let vkey = genesis["vkey"].as_str().context("the genesis names the key")?;
    Ok(Policy::parse(format!("log {vkey}\nquorum none\n").as_bytes())?)
}

#[tokio::test(flavor = "multi_thread")]
async fn an_erased_answer_is_nowhere_and_every_proof_still_holds() -> anyhow::Result<()> {
    play(thursday(), async |world| {
        let (mia, olga) = (world.manager("Mia"), world.hire("Olga", "en-GB", None, &["owner"]));
        world.start_bot().await?;
        let question = next_question(world, &mia).await?;
        let shown = answers(&mia, &question).await?;
        let row = world.answers().await?.remove(0);
        let secret: Vec<String> = world
            .disclosures()
            .await?
            .into_iter()
            .filter(|kept| kept.rec == row.rec)
            .map(|kept| kept.disclosure)
            .collect();
        ensure!(secret.len() == 5 && !world.traces("zanderquitte").await?.is_empty());
        let entry = receipt::Entry::Record(RecordId::new(&row.rec));
        let before = world.app().bot().prover.entry(entry).await?;
        let before = before.context("a receipt")?;

        let plan = erased(world, record(&row.rec)).await?;
        ensure!(plan.records.len() == 1 && plan.records[0].whole);
        let mut texts = vec![
            "zanderquitte".to_owned(),
            "Größenwahn".to_owned(),
            "need-help".to_owned(),
        ];
        texts.push(row.interaction.to_string());
        texts.extend(secret);
        // What is asked may name the word of a choice; the answer does not any more.
        texts.retain(|text| text != "need-help");
        gone(world, &texts).await?;
        ensure!(world.answers().await?[0].choice == "erased");

        // Proofs from before hold, new ones too, and only the count of what is kept has changed.
        let policy = policy(world).await?;
        let files = before.files();
        let text = |at: usize| String::from_utf8(files[at].1.clone()).expect("text");
        let old = receipt::check(&before.leaf, &text(0), &text(2), &policy)?;
        ensure!(old.hidden == 0);
        ensure!(report(world).await?.erased == 5);
        let button = shown.button("Receipt").context("a button")?;
        let receipt = mia.person.press(&shown, &button)?.message().await?;
        says(&receipt.text(), &["What you said was erased"])?;
        let now = mia.person.download(&receipt)?;
        ensure!(now.len() == 2 && now.iter().all(|(name, _)| name.rsplit('.').next() != Some("sd")));
        says(&types(world, &mia, "record").await?, &["what you said was erased"])?;
        let correct = mia
            .person
            .press(&shown, &shown.button("Correct").context("a button")?)?
            .message()
            .await?;
        says(&correct.text(), &["was erased, so there is nothing to change"])?;
        world.until("2026-11-12T00:00:00Z").await?;
        says(&types(world, &olga, "streaks").await?, &["1 of 1, 1 on time"])?;
        ensure!(erase(world, record(&row.rec)).await? == Outcome::Refused(Refusal::NothingLeft));
        Ok(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn an_erased_person_is_nowhere_and_still_counted() -> anyhow::Result<()> {
    play(thursday(), async |world| {
        let (mia, ned) = (
            world.hire("Mia", "de", Some("Asia/Tokyo"), &["manager"]),
            world.manager("Ned"),
        );
        world.start_bot().await?;
        let options = [("from", "2026-12-01".into()), ("to", "2026-12-04".into())];
        let entered = mia
            .person
            .slash(world.organisation.bot.id, Place::Dm, "away", &options)?
            .message()
            .await?;
        let shorten = entered.button("Verkürzen").context("a button")?;
        let modal = mia.person.press(&entered, &shorten)?.modal().await?;
        mia.person.submit(&modal, &[("by", "2026-12-02")])?.message().await?;
        let question = next_question(world, &mia).await?;
        answers(&mia, &question).await?;
        world.until("2026-11-05T10:00:00Z").await?;
        let dm = question.channel().to_string();
        let (id, message) = (mia.person.id().to_string(), question.id().to_string());
        for trace in [&id, &dm, &message] {
            ensure!(!world.traces(trace).await?.is_empty(), "{trace} was there");
        }
        let before = world.cycles().await?.len();
        let secret = world.disclosures().await?;
        world
            .discord
            .remove_member(world.organisation.guild.id, mia.person.id());
        world.settle().await;

        let plan = erased(world, member(&mia)).await?;
        let one = |table| plan.rows.of(table).len() == 1;
        ensure!(one("cycle") && one("absence") && one("member") && one("answer"));
        let kept: std::collections::BTreeSet<String> = world
            .disclosures()
            .await?
            .into_iter()
            .map(|kept| kept.disclosure)
            .collect();
        let mut texts: Vec<String> = secret
            .into_iter()
            .map(|kept| kept.disclosure)
            .filter(|text| !kept.contains(text))
            .collect();
        ensure!(texts.len() > 20, "{}", texts.len());
        texts.extend([id.clone(), dm, message, "zanderquitte".to_owned()]);
        gone(world, &texts).await?;

        // The denominator stays, without identity; the bot goes on and brings nothing back.
        world.until("2026-11-13T12:00:00Z").await?;
        gone(world, &texts).await?;
        let cycles = world.cycles().await?;
        ensure!(cycles.iter().filter(|cycle| cycle.member < 0).count() == 1 && cycles.len() > before);
        ensure!(world.standings(mia.person.id()).await?.is_empty());
        ensure!(!world.states(ned.person.id()).await?.is_empty(), "Ned is as he was");
        ensure!(report(world).await?.erased > 20);
        Ok(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_question_on_its_way_to_an_erased_person_is_not_sent() -> anyhow::Result<()> {
    play(thursday(), async |world| {
        let mia = world.manager("Mia");
        world.start_bot().await?;
        world.until("2026-11-05T08:15:00Z").await?;
        world.clock.set(world.clock.now() + 3_600_000);
        world.app().tick().await?;
        ensure!(world.states(mia.person.id()).await? == ["open"]);
        world
            .discord
            .remove_member(world.organisation.guild.id, mia.person.id());
        world.settle().await;
        erased(world, member(&mia)).await?;
        world.pass(3 * 86_400_000).await?;
        ensure!(mia.person.received().is_empty());
        gone(world, &[mia.person.id().to_string()]).await
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn one_field_can_go_alone() -> anyhow::Result<()> {
    play(thursday(), async |world| {
        let mia = world.manager("Mia");
        world.start_bot().await?;
        let question = next_question(world, &mia).await?;
        answers(&mia, &question).await?;
        let row = world.answers().await?.remove(0);
        let unknown = Request {
            fields: ["words".to_owned()].into(),
            ..record(&row.rec)
        };
        ensure!(matches!(
            erase(world, unknown).await?,
            Outcome::Refused(Refusal::UnknownField { .. })
        ));
        let text = Request {
            fields: ["text".to_owned()].into(),
            basis: Basis::Mistake,
            ..record(&row.rec)
        };
        erased(world, text).await?;
        gone(world, &["zanderquitte".to_owned()]).await?;
        let after = world.answers().await?.remove(0);
        ensure!(after.choice == "need-help" && after.detail.is_none() && after.member == row.member);
        ensure!(report(world).await?.erased == 1);
        Ok(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_about_nobody_cannot_be_erased() -> anyhow::Result<()> {
    play(thursday(), async |world| {
        let mia = world.manager("Mia");
        world.start_bot().await?;
        next_question(world, &mia).await?;
        let rec = async |index| -> anyhow::Result<String> {
            let leaf: serde_json::Value = serde_json::from_slice(&world.leaf(index).await?)?;
            Ok(leaf["rec"].as_str().context("a record")?.to_owned())
        };
        let genesis = erase(world, record(&rec(0).await?)).await?;
        ensure!(
            matches!(genesis, Outcome::Refused(Refusal::AboutNobody { .. })),
            "{genesis:?}"
        );
        let opened = world
            .leaves()
            .await?
            .iter()
            .position(|kind| kind == "cycle.opened")
            .context("an opening")?;
        let opened = erase(world, record(&rec(opened as i64).await?)).await?;
        ensure!(
            matches!(opened, Outcome::Refused(Refusal::WithTheMember { .. })),
            "{opened:?}"
        );
        ensure!(erase(world, record("0")).await? == Outcome::Refused(Refusal::UnknownRecord));
        Ok(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_backup_brings_back_is_erased_before_anything_is_served() -> anyhow::Result<()> {
    play(thursday(), async |world| {
        let (mia, ned) = (world.manager("Mia"), world.manager("Ned"));
        world.start_bot().await?;
        world.until("2026-11-05T10:00:00Z").await?;
        let question = mia.person.latest().context("Mia is asked")?;
        answers(&mia, &question).await?;
        let question = ned.person.latest().context("Ned is asked")?;
        answers(&ned, &question).await?;
        world
            .discord
            .remove_member(world.organisation.guild.id, mia.person.id());
        world.settle().await;
        let rows = world.answers().await?;
        let his = rows
            .iter()
            .find(|row| row.member == ned.person.id() as i64)
            .context("his")?
            .rec
            .clone();
        let backup = world.backup().await?;
        erased(world, member(&mia)).await?;
        erased(world, record(&his)).await?;
        gone(world, &["zanderquitte".to_owned(), mia.person.id().to_string()]).await?;

        world.stop_bot().await?;
        // The log is refilled from elsewhere, all else is as it was in the backup.
        world.restore_all_but_the_log(&backup).await?;
        world.start_bot().await?;
        gone(world, &["zanderquitte".to_owned(), mia.person.id().to_string()]).await?;
        ensure!(world.standings(ned.person.id()).await?.len() == 1);
        report(world).await?;
        // Once more nothing is left to do.
        let erasures = world
            .leaves()
            .await?
            .iter()
            .filter(|kind| *kind == "records.erased")
            .count();
        world.stop_bot().await?;
        world.start_bot().await?;
        ensure!(
            world
                .leaves()
                .await?
                .iter()
                .filter(|kind| *kind == "records.erased")
                .count()
                == erasures
        );
        Ok(())
    })
    .await
}
