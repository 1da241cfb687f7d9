//! Makes evidence packs of given sizes, for programs of others to check. See `.ci/check-packs`.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, anyhow, bail, ensure};
use bellwether::audit::pack::{self, Chain, Order, Packed, Scope, export};
use bellwether::chance::Chance;
use bellwether::clock::Clock;
use bellwether::config::{Authority, Evidence};
use bellwether::db::Db;
use bellwether::evidence::{Log, NewLeaf, fields};
use bellwether::ledger::Ledger;
use clap::Parser;
use entity::{log_anchor, log_checkpoint, log_publication};
use sea_orm::{ActiveValue::Set, Database, EntityTrait, QueryOrder};

/// Leaves in one transaction.
const BATCH: u64 = 5_000;

/// Grows one log, and makes a pack `OUT/SIZE` at each size.
#[derive(Parser)]
struct Arguments {
    /// A folder that is not there yet.
    #[arg(long)]
    out: PathBuf,
    /// A folder with tsa.cnf, for `openssl ts`, of an authority that stamps every published checkpoint, and with
    /// chain.pem, its certificates.
    #[arg(long)]
    tsa: Option<PathBuf>,
    /// Numbers of leaves, from 1 on, rising.
    sizes: Vec<u64>,
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    std::fs::create_dir(&arguments.out)?;
    let out = arguments.out.canonicalize()?;
    let settings = settings(&out);
    let url = format!("sqlite://{}", out.join("log.db").display());
    let db = Db::open(&url).await?;
    db.migrate().await?;
    let chance = Chance::system()?;
    let log = Log::open(&db, &settings, chance.clone()).await?;
    std::fs::write(out.join("vkey"), format!("{}\n", log.vkey()))?;
    let policy = bellwether::evidence::policy::Policy::text_of(&log.vkey());
    std::fs::write(out.join("policy"), policy)?;
    let ledger = Ledger::start(db.clone(), log, Clock::system());
    let mut maker = Maker {
        out,
        url,
        chains: chains(arguments.tsa.as_deref())?,
        tsa: arguments.tsa,
        chance,
        size: 0,
    };
    for size in arguments.sizes {
        maker.grow(&ledger, size).await?;
        maker.publish(size).await?;
        maker.pack(&db, size).await?;
    }
    ledger.close().await;
    db.close().await
}

/// Files of the log's own, in the folder.
fn settings(out: &Path) -> Evidence {
    Evidence::unpublished("packs.example.org/log", out.join("key"), out.join("guard"))
}

/// The certificates in chain.pem.
fn chains(tsa: Option<&Path>) -> anyhow::Result<Vec<Chain>> {
    let Some(tsa) = tsa else { return Ok(Vec::new()) };
    let mut settings = settings(tsa);
    settings.authorities.push(Authority {
        name: "example".to_owned(),
        url: "https://tsa.example.org".parse()?,
        chain_file: Some(tsa.join("chain.pem")),
    });
    pack::chains(&settings).map_err(|problems| anyhow!("{problems:?}"))
}

struct Maker {
    out: PathBuf,
    url: String,
    tsa: Option<PathBuf>,
    chains: Vec<Chain>,
    chance: Chance,
    size: u64,
}

impl Maker {
    async fn grow(&mut self, ledger: &Ledger, to: u64) -> anyhow::Result<()> {
        ensure!(to > self.size, "sizes must rise, from 1 on");
        // Entry 0 is the log's own.
        ledger.begin().await?;
        self.size = self.size.max(1);
        while self.size < to {
            let count = (to - self.size).min(BATCH);
            let chance = self.chance.clone();
            ledger
                .write(move |tx| {
                    Box::pin(async move {
                        for _ in 0..count {
                            let said = fields::CycleMissed(fields::Reason {
                                reason: "no answer".to_owned(),
                            });
                            tx.evidence(NewLeaf::fresh(&chance, said));
                        }
                        Ok(())
                    })
                })
                .await?;
            self.size += count;
        }
        Ok(())
    }

    /// Publishes the newest checkpoint, with a time stamp where there is an authority.
    async fn publish(&self, size: u64) -> anyhow::Result<()> {
        let db = Database::connect(&self.url).await?;
        let newest = log_checkpoint::Entity::find()
            .order_by_desc(log_checkpoint::Column::Size)
            .one(&db)
            .await?;
        let newest = newest.context("a checkpoint")?;
        ensure!(newest.size as u64 == size, "the log has {} leaves", newest.size);
        let at = Clock::system().now().0;
        let row = log_publication::ActiveModel {
            size: Set(newest.size),
            note: Set(newest.note.clone()),
            published_at: Set(at),
        };
        log_publication::Entity::insert(row).exec_without_returning(&db).await?;
        if let Some(tsa) = &self.tsa {
            let row = log_anchor::ActiveModel {
                size: Set(newest.size),
                target: Set("tsa:example".to_owned()),
                state: Set("done".to_owned()),
                attempts: Set(1),
                next_at: Set(at),
                settled_at: Set(Some(at)),
                last_error: Set(None),
                reference: Set(None),
                token: Set(Some(stamp(tsa, &newest.note)?)),
            };
            log_anchor::Entity::insert(row).exec_without_returning(&db).await?;
        }
        Ok(db.close().await?)
    }

    async fn pack(&self, db: &Db, size: u64) -> anyhow::Result<()> {
        let order = Order {
            out: self.out.join(size.to_string()),
            tar: false,
            policy: None,
            chains: self.chains.clone(),
            scope: (size <= 300).then(Scope::default),
            disclosing: None,
            incomplete: false,
        };
        match export(db, &order, &self.chance, &|_, _| {}).await? {
            Packed::Done(summary) => {
                ensure!(summary.size == size, "the pack has {} leaves", summary.size);
                Ok(())
            }
            other => bail!("no pack was made: {other:?}"),
        }
    }
}

/// A time-stamp reply over the note.
fn stamp(tsa: &Path, note: &str) -> anyhow::Result<Vec<u8>> {
    let file = |name: &str| tsa.join(name);
    std::fs::write(file("data"), note)?;
    let run = |arguments: &[&str]| -> anyhow::Result<()> {
        let mut command = Command::new("openssl");
        command.current_dir(tsa).args(arguments).stdin(Stdio::null());
        let done = command.output().context("starting openssl")?;
        ensure!(
            done.status.success(),
            "openssl {arguments:?}: {}",
            String::from_utf8_lossy(&done.stderr)
        );
        Ok(())
    };
    run(&["ts", "-query", "-data", "data", "-sha256", "-cert", "-out", "query"])?;
    run(&[
        "ts",
        "-reply",
        "-config",
        "tsa.cnf",
        "-queryfile",
        "query",
        "-out",
        "reply",
    ])?;
    Ok(std::fs::read(file("reply"))?)
}
