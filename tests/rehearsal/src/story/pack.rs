//! The end of the story: an auditor gets a pack, and somebody else a pack that was tampered with.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::{Context, bail, ensure};
use bellwether::audit::pack::{Disclosing, Order, Packed, Scope, export};
use bellwether::chance::Chance;
use bellwether::clock::Clock;
use bellwether::config::{self, Config};
use bellwether::db::Db;
use bellwether::evidence::inspect::{Terms, Verdict, inspect};
use bellwether::evidence::policy::Policy;
use bellwether::evidence::{Kind, Log};
use bellwether::ledger::Ledger;
use secrecy::ExposeSecret;

use super::transcript::Transcript;

const PACK: &str = "pack";
const TAMPERED: &str = "pack-tampered";
/// What the auditor was given when the log began.
const POLICY: &str = "auditors-policy";

/// Makes `pack/`, checks it, changes one leaf in a copy of it, and shows that this is found.
///
/// # Errors
/// When the pack does not verify, or the tampered one does.
pub(super) async fn hand_over(folder: &Path, config: &Path, clock: &Clock, to: &mut Transcript) -> anyhow::Result<()> {
    let config = config::load(config)?;
    make(folder, &config, clock, to).await?;
    let text = std::fs::read_to_string(folder.join(POLICY))?;
    let terms = Terms {
        policy: Some(Policy::parse(text.as_bytes())?),
        prior: None,
        min_size: None,
        fields: Vec::new(),
        authorities: None,
        max_wait: None,
        now: clock.now(),
    };
    to.chapter(&format!("bellwether evidence verify {PACK} --policy {POLICY}"))?;
    let verdict = check(folder.join(PACK), &terms).await?;
    to.full(&verdict.to_string())?;
    ensure!(verdict.holds(), "the pack does not verify");

    copy(&folder.join(PACK), &folder.join(TAMPERED))?;
    tamper(&folder.join(TAMPERED).join("tile/entries/000"))?;
    to.chapter(&format!("bellwether evidence verify {TAMPERED} --policy {POLICY}"))?;
    to.line("Somebody made a copy of the pack, and moved the time of one answer in it by a second.")?;
    let verdict = check(folder.join(TAMPERED), &terms).await?;
    to.full(&verdict.to_string())?;
    ensure!(verdict.broken.is_some(), "the tampered pack verifies");
    Ok(())
}

async fn check(pack: std::path::PathBuf, terms: &Terms) -> anyhow::Result<Verdict> {
    let terms = terms.clone();
    tokio::task::spawn_blocking(move || inspect(&pack, &terms, &|_, _| {})).await?
}

async fn make(folder: &Path, config: &Config, clock: &Clock, to: &mut Transcript) -> anyhow::Result<()> {
    let db = Db::open(config.database.url.expose_secret()).await?;
    let chance = Chance::seeded(77);
    let log = Log::open(&db, &config.evidence, chance.clone()).await?;
    std::fs::write(folder.join(POLICY), Policy::text_of(&log.vkey()))?;
    let ledger = Ledger::start(db.clone(), log, clock.clone());
    let order = Order {
        out: folder.join(PACK),
        tar: false,
        policy: None,
        chains: Vec::new(),
        scope: Some(Scope {
            kinds: BTreeSet::from([Kind::CycleAnswered, Kind::CycleAnsweredLate]),
            ..Scope::default()
        }),
        disclosing: Some(Disclosing {
            fields: vec!["choice"],
            to_whom: "Ms Example, Audit Ltd".to_owned(),
            ledger: ledger.clone(),
        }),
        incomplete: false,
    };
    to.chapter("bellwether evidence pack")?;
    let summary = match export(&db, &order, &chance, &|_, _| {}).await? {
        Packed::Done(summary) => summary,
        other => bail!("no pack was made: {other:?}"),
    };
    let what = format!(
        "{} leaves, {} published checkpoints, {} proofs. Disclosed to Ms Example, Audit Ltd: what was chosen in {} \
         answers, and nothing else.",
        summary.size, summary.history, summary.proofs, summary.records
    );
    to.line(&what)?;
    ledger.close().await;
    db.close().await
}

fn copy(from: &Path, to: &Path) -> anyhow::Result<()> {
    std::fs::create_dir(to)?;
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        let (one, other) = (entry.path(), to.join(entry.file_name()));
        if entry.file_type()?.is_dir() {
            copy(&one, &other)?;
        } else {
            std::fs::copy(&one, &other)?;
        }
    }
    Ok(())
}

/// Moves the time of an answer by a second or two, and changes nothing else.
fn tamper(bundle: &Path) -> anyhow::Result<()> {
    const KIND: &[u8] = b"Z\",\"kind\":\"cycle.answered\"";
    let mut bytes = std::fs::read(bundle).with_context(|| format!("reading {}", bundle.display()))?;
    let found = bytes.windows(KIND.len()).position(|part| part == KIND);
    // Behind the last digit of the seconds stand a point and three digits.
    let second = found.context("an answer among the first leaves")? - 5;
    bytes[second] ^= 1;
    Ok(std::fs::write(bundle, bytes)?)
}
