//! Whoever writes to the database past the program can change what commands show, and is found out.

use anyhow::{Context, ensure};
use bellwether::catalogue::Choice;
use bellwether::config;
use bellwether::db::Db;
use bellwether::evidence::verify;
use bellwether::reconcile::{self, Tables};
use discord_stand_in::{Message, Place};
use rehearsal::{Hired, World};
use sea_orm::{ConnectionTrait, DbBackend, TransactionTrait};
use secrecy::ExposeSecret;

use super::stage::{self, answer, play, press, thursday};

/// A change behind the program's back, and the table and column that it shows in.
type Change = (&'static [&'static str], &'static str, &'static str);

/// Some cycle or answer of a kind, whatever its id.
const CYCLES: &[Change] = &[
    (
        &["UPDATE cycle SET state = 'excused' WHERE state = 'missed'"],
        "cycle",
        "state",
    ),
    (
        &["UPDATE cycle SET state = 'answered' WHERE state = 'missed'"],
        "cycle",
        "state",
    ),
    (
        &["UPDATE cycle SET reason = 'absence' WHERE state = 'missed'"],
        "cycle",
        "reason",
    ),
    (
        &["UPDATE cycle SET choice = 'done' WHERE choice = 'not-yet'"],
        "cycle",
        "choice",
    ),
    (
        &["UPDATE cycle SET answered_at = answered_at - 1 WHERE state = 'answered'"],
        "cycle",
        "answered_at",
    ),
    (
        &["UPDATE cycle SET due_at = due_at + 172800000 WHERE state = 'answered'"],
        "cycle",
        "due_at",
    ),
    (&["UPDATE cycle SET closes_at = closes_at + 1"], "cycle", "closes_at"),
    (
        &["UPDATE cycle SET closed_at = closed_at + 1 WHERE state = 'missed'"],
        "cycle",
        "closed_at",
    ),
    (
        &["UPDATE cycle SET delivered_at = delivered_at + 1"],
        "cycle",
        "delivered_at",
    ),
    (
        &["UPDATE cycle SET delivered_at = NULL WHERE state = 'missed'"],
        "cycle",
        "delivered_at",
    ),
    (&["UPDATE cycle SET opens_at = opens_at + 1"], "cycle", "opens_at"),
    (&["UPDATE cycle SET created_at = created_at + 1"], "cycle", "created_at"),
    (
        &["UPDATE cycle SET member = member + 1 WHERE state = 'missed'"],
        "cycle",
        "member",
    ),
    (
        &["UPDATE cycle SET member = -5 WHERE state = 'missed'"],
        "cycle",
        "member",
    ),
    (
        &["UPDATE cycle SET organisation = organisation + 1 WHERE state = 'missed'"],
        "cycle",
        "organisation",
    ),
    (
        &["UPDATE cycle SET prompt = 'another' WHERE state = 'missed'"],
        "cycle",
        "prompt",
    ),
    (
        &["UPDATE cycle SET period = '2026-W09' WHERE state = 'missed'"],
        "cycle",
        "period",
    ),
    (
        &["UPDATE cycle SET ordinal = 9 WHERE state = 'missed'"],
        "cycle",
        "ordinal",
    ),
    (
        &["UPDATE cycle SET zone = 'Asia/Tokyo' WHERE state = 'missed'"],
        "cycle",
        "zone",
    ),
    (
        &["UPDATE cycle SET catalogue = 'another' WHERE state = 'missed'"],
        "cycle",
        "catalogue",
    ),
    (
        &["UPDATE cycle SET follow_up = NOT follow_up WHERE state = 'missed'"],
        "cycle",
        "follow_up",
    ),
    (
        &[
            "INSERT INTO assignment SELECT 'x', organisation, 5, prompt, tags, started_at, ended_at FROM assignment \
             WHERE id = (SELECT assignment FROM cycle WHERE state = 'missed')",
            "UPDATE cycle SET assignment = 'x' WHERE state = 'missed'",
        ],
        "cycle",
        "assignment",
    ),
    (
        &["UPDATE cycle SET rec = '00000000000000000000000000000000' WHERE state = 'missed'"],
        "cycle",
        "rec",
    ),
    (&["DELETE FROM cycle WHERE state = 'missed'"], "cycle", "rec"),
    (
        &[
            "INSERT INTO cycle SELECT 'x', assignment, organisation, member, prompt, '2026-W09', 90, zone, opens_at, due_at, \
           closes_at, wording, catalogue, follow_up, state, reason, 'ffffffffffffffffffffffffffffffff', delivered_at, \
           draft_choice, draft_at, answered_at, choice, closed_at, created_at FROM cycle WHERE state = 'missed'",
        ],
        "cycle",
        "rec",
    ),
    (
        &[
            "INSERT INTO cycle SELECT 'x', assignment, organisation, member, prompt, '2026-W09', 90, zone, opens_at, due_at, \
           closes_at, wording, catalogue, follow_up, state, reason, rec, delivered_at, draft_choice, draft_at, \
           answered_at, choice, closed_at, created_at FROM cycle WHERE state = 'missed'",
        ],
        "cycle",
        "rec",
    ),
];

const ANSWERS: &[Change] = &[
    (
        &["UPDATE answer SET choice = 'done' WHERE choice = 'not-yet'"],
        "answer",
        "choice",
    ),
    (
        &["UPDATE answer SET choice = 'erased' WHERE choice = 'not-yet'"],
        "answer",
        "choice",
    ),
    (
        &["UPDATE answer SET detail = NULL WHERE choice = 'not-yet'"],
        "answer",
        "detail",
    ),
    (
        &["UPDATE answer SET detail = '{}' WHERE choice = 'not-yet'"],
        "answer",
        "detail",
    ),
    (
        &["UPDATE answer SET reason = 'a slip' WHERE act = 'amended'"],
        "answer",
        "reason",
    ),
    (
        &["UPDATE answer SET reason = 'a slip' WHERE act = 'answered'"],
        "answer",
        "reason",
    ),
    (
        &["UPDATE answer SET answered_at = answered_at - 86400000 WHERE late"],
        "answer",
        "answered_at",
    ),
    (
        &["UPDATE answer SET late = NOT late WHERE late AND act = 'answered'"],
        "answer",
        "late",
    ),
    (
        &["UPDATE answer SET late = NOT late WHERE act = 'amended'"],
        "answer",
        "late",
    ),
    (
        &["UPDATE answer SET member = member + 1 WHERE choice = 'not-yet'"],
        "answer",
        "member",
    ),
    (
        &["UPDATE answer SET interaction = interaction + 1 WHERE choice = 'not-yet'"],
        "answer",
        "interaction",
    ),
    (
        &["UPDATE answer SET act = 'answered' WHERE act = 'amended'"],
        "answer",
        "act",
    ),
    (
        &["UPDATE answer SET revision = 7 WHERE act = 'amended'"],
        "answer",
        "revision",
    ),
    (
        &[
            "UPDATE answer SET revision = 90 WHERE act = 'amended'",
            "UPDATE answer SET revision = 2 WHERE revision = 1 AND cycle = (SELECT cycle FROM answer WHERE revision = 90)",
            "UPDATE answer SET revision = 1 WHERE revision = 90",
        ],
        "answer",
        "revision",
    ),
    (
        &["UPDATE answer SET cycle = (SELECT id FROM cycle WHERE state = 'missed') WHERE choice = 'not-yet'"],
        "answer",
        "cycle",
    ),
    (
        &["UPDATE answer SET rec = '00000000000000000000000000000000' WHERE choice = 'not-yet'"],
        "answer",
        "rec",
    ),
    (&["DELETE FROM answer WHERE act = 'retracted'"], "answer", "rec"),
    (&["DELETE FROM answer WHERE choice = 'not-yet'"], "answer", "rec"),
    (
        &[
            "INSERT INTO answer (id, cycle, revision, act, member, choice, detail, reason, answered_at, late, interaction, \
           rec) SELECT 'x', id, 1, 'answered', member, 'done', NULL, NULL, due_at, late, 7, \
           'ffffffffffffffffffffffffffffffff' FROM cycle, (SELECT late FROM answer WHERE late LIMIT 1) l \
           WHERE state = 'missed'",
        ],
        "answer",
        "rec",
    ),
];

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
    let sure = presses_on_own(world, &nora, "Take back").await?;
    let yes = sure.button("Yes, take it back").context("a button")?;
    nora.person.press(&sure, &yes)?.message().await?;
    world.until("2026-11-09T17:00:00Z").await?;
    answer(&nora, &own, Choice::NotYet).await?;
    world.until("2026-11-12T12:00:00Z").await?;
    ensure!(world.states(ben.person.id()).await? == ["missed", "open"]);
    let rows = world.cycles().await?.len() + world.answers().await?.len();
    world.stop_bot().await?;
    Ok(rows)
}

/// What is found after these statements, of which nothing is kept.
async fn found_after(db: &Db, settings: &config::Evidence, statements: &[&str]) -> anyhow::Result<Tables> {
    let transaction = db.reader().begin().await?;
    let free: &[&str] = match transaction.get_database_backend() {
        DbBackend::Sqlite => &["DROP TRIGGER answer_no_update", "DROP TRIGGER answer_no_delete"],
        _ => &["ALTER TABLE answer DISABLE TRIGGER USER"],
    };
    for statement in free {
        transaction.execute_unprepared(statement).await?;
    }
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
    Ok(tables)
}

#[tokio::test(flavor = "multi_thread")]
async fn every_change_of_cycles_and_answers_past_the_program_is_named() -> anyhow::Result<()> {
    play(thursday(), async |world| {
        let rows = lively(world).await?;
        let config = config::load(&world.config_path())?;
        let db = Db::open(config.database.url.expose_secret()).await?;
        let honest = found_after(&db, &config.evidence, &[]).await?;
        ensure!(honest.agree() && honest.rows == rows as u64, "{honest}");
        for (statements, table, column) in CYCLES.iter().chain(ANSWERS) {
            let tables = found_after(&db, &config.evidence, statements).await?;
            let named = |(table, column)| {
                let mut named = tables.named.iter();
                named.any(|difference| (difference.table, difference.column) == (table, column))
            };
            ensure!(
                named((*table, *column)),
                "{statements:?}: {table} {column} is not in\n{tables}"
            );
        }
        db.close().await
    })
    .await
}
