//! Whoever writes to the database past the program can change what commands show, and is found out.

mod changes;

use anyhow::{Context, ensure};
use bellwether::catalogue::Choice;
use bellwether::config;
use bellwether::db::Db;
use bellwether::evidence::verify;
use bellwether::reconcile::{self, Tables};
use discord_stand_in::{Message, Place};
use rehearsal::{Hired, Setting, World};
use sea_orm::{ConnectionTrait, DbBackend, Statement, TransactionTrait};
use secrecy::ExposeSecret;
use serde_json::json;

use self::changes::{ANSWERS, CYCLES, Change, OTHERS};
use super::concerns_stage;
use super::stage::{self, answer, next_question, play, press, says, thursday, types, types_in};

/// Chooses the newest answer in `/record`, and presses a button there.
async fn presses_on_own(world: &World, who: &Hired, label: &str) -> anyhow::Result<Message> {
    let handle = who.person.slash(world.organisation.bot.id, Place::Dm, "record", &[])?;
    let shown = handle.message().await?;
    let menu = shown.component("v1:own").context("a menu of own answers")?;
    let first = menu["options"][0]["value"].as_str().context("an answer")?;
    let own = who.person.choose(&shown, "v1:own", &[first])?.message().await?;
    let button = own.button(label).with_context(|| format!("a button {label}"))?;
    Ok(who.person.press(&own, &button)?.message().await?)
}

/// A week in which everything happens that can become of a question, and in the end a question is open. Returns how many
/// rows of questions and answers that makes.
async fn lively(world: &mut World) -> anyhow::Result<usize> {
    let [mia, ben, nora] = ["Mia", "Ben", "Nora"].map(|name| world.manager(name));
    world.start_bot().await?;
    world.until("2026-11-05T12:00:00Z").await?;
    let question = mia.person.received().pop().context("Mia was asked")?;
    answer(&mia, &question, Choice::Done).await?;
    let which = presses_on_own(world, &mia, "Correct").await?;
    let modal = press(&mia.person, &which, Choice::NotApplicable).await?;
    let fields = modal.fields().into_iter().map(|field| field.custom_id);
    let words: Vec<_> = fields.zip(["Nobody joined", "wrong week"].map(str::to_owned)).collect();
    stage::send(&mia.person, &modal, &words).await?;
    let own = nora.person.received().pop().context("Nora was asked")?;
    answer(&nora, &own, Choice::NeedHelp).await?;
    let sure = presses_on_own(world, &nora, "Withdraw").await?;
    let yes = sure.button("Yes, withdraw it").context("a button")?;
    nora.person.press(&sure, &yes)?.message().await?;
    world.until("2026-11-09T17:00:00Z").await?;
    answer(&nora, &own, Choice::NotYet).await?;
    world.until("2026-11-12T12:00:00Z").await?;
    ensure!(world.states(ben.person.id()).await? == ["missed", "open"]);
    let rows = world.cycles().await?.len() + world.answers().await?.len();
    world.stop_bot().await?;
    Ok(rows)
}

/// Takes the triggers away that keep rows from being changed.
async fn free(connection: &impl ConnectionTrait) -> anyhow::Result<()> {
    if connection.get_database_backend() != DbBackend::Sqlite {
        let off = "SET LOCAL session_replication_role = replica";
        connection.execute_unprepared(off).await?;
        return Ok(());
    }
    let named = "SELECT name FROM sqlite_master WHERE type = 'trigger'";
    let triggers = connection.query_all_raw(Statement::from_string(DbBackend::Sqlite, named));
    for trigger in triggers.await? {
        let name: String = trigger.try_get_by_index(0)?;
        connection.execute_unprepared(&format!("DROP TRIGGER {name}")).await?;
    }
    Ok(())
}

/// Fails unless each change is found where it was made, and nothing is found without one.
async fn each_is_named<'a>(world: &World, changes: impl Iterator<Item = &'a Change>) -> anyhow::Result<u64> {
    let config = config::load(&world.config_path())?;
    let db = Db::open(config.database.url.expose_secret()).await?;
    let honest = found_after(&db, &config.evidence, &[]).await?;
    ensure!(honest.agree(), "{honest}");
    for (statements, table, column) in changes {
        let tables = found_after(&db, &config.evidence, statements).await?;
        let mut named = tables.named.iter();
        let found = named.any(|difference| (difference.table, difference.column) == (*table, *column));
        ensure!(found, "{statements:?}: {table} {column} is not in\n{tables}");
    }
    db.close().await?;
    Ok(honest.rows)
}

/// What is found after these statements, of which nothing is kept.
async fn found_after(db: &Db, settings: &config::Evidence, statements: &[&str]) -> anyhow::Result<Tables> {
    let transaction = db.reader().begin().await?;
    free(&transaction).await?;
    for statement in statements {
        let done = transaction
            .execute_unprepared(statement)
            .await
            .with_context(|| (*statement).to_owned())?;
        ensure!(done.rows_affected() > 0, "it changes nothing: {statement}");
    }
    let (report, tables) = reconcile::seen_by(&transaction, settings, verify::guard(settings)?).await?;
    transaction.rollback().await?;
    ensure!(report.finding.is_none(), "the log holds: {report}");
    tables.context("the whole log was read")
}

#[tokio::test(flavor = "multi_thread")]
async fn every_change_of_cycles_and_answers_past_the_program_is_named() -> anyhow::Result<()> {
    play(thursday(), async |world| {
        let there = lively(world).await?;
        let rows = each_is_named(world, CYCLES.iter().chain(ANSWERS)).await?;
        ensure!(rows > there as u64, "they are among the rows that were looked at");
        Ok(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn every_change_of_other_tables_past_the_program_is_named() -> anyhow::Result<()> {
    let setting = Setting {
        anchored: true,
        ..concerns_stage::setting()
    };
    play(setting, async |world| {
        let mia = world.manager("Mia");
        concerns_stage::opened(world).await?;
        let away = [("from", json!("2026-11-09")), ("to", json!("2026-11-10"))];
        types_in(world, &mia, Place::Dm, "away", &away).await?;
        world.until("2026-11-07T12:00:00Z").await?;
        world.stop_bot().await?;
        each_is_named(world, OTHERS.iter()).await.map(drop)
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn owners_hear_of_falsified_tables_and_figures_warn_until_it_is_mended() -> anyhow::Result<()> {
    let setting = Setting {
        evidence: "audit_days = 1".to_owned(),
        ..thursday()
    };
    play(setting, async |world| {
        let (mia, olga) = (world.manager("Mia"), world.hire("Olga", "en-GB", None, &["owner"]));
        world.start_bot().await?;
        let question = next_question(world, &mia).await?;
        answer(&mia, &question, Choice::Done).await?;
        says(
            &types(world, &olga, "streaks").await?,
            &["Not yet compared with the evidence log."],
        )?;
        let database = world.app().bot().core.db.reader().clone();
        let set = async |state: &str| {
            let change = format!("UPDATE cycle SET state = '{state}'");
            database.execute_unprepared(&change).await
        };
        let audited = async || {
            world.clock.set(world.clock.now() + 86_400_000);
            world.app().audit().await?;
            world.app().deliver().await
        };
        set("excused").await?;
        audited().await?;
        let channel = world.organisation.guild.channels["security-prompts"];
        let alarms = world.discord.messages(channel);
        ensure!(alarms.len() == 1, "the owners are told");
        says(
            &alarms[0].text(),
            &["does not match the evidence log", "`bellwether evidence verify`"],
        )?;
        for (who, command) in [(&olga, "streaks"), (&mia, "record")] {
            let shown = types(world, who, command).await?;
            ensure!(shown.starts_with("**Do not rely on this:**"), "{shown}");
        }
        set("answered").await?;
        audited().await?;
        for (who, command) in [(&olga, "streaks"), (&mia, "record")] {
            says(
                &types(world, who, command).await?,
                &["Last compared with the evidence log on <t:", "they agreed."],
            )?;
        }
        ensure!(world.discord.messages(channel).len() == 1, "no further alarm");
        Ok(())
    })
    .await
}
