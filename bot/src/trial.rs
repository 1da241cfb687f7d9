//! Fresh, migrated databases for tests: SQLite always, PostgreSQL if `BELLWETHER_TEST_POSTGRES` names a server (and a
//! failure if `BELLWETHER_REQUIRE_POSTGRES` is 1 and none is named).

use std::sync::Arc;

use rehearsal::postgres::Fresh;

use crate::catalogue::{self, CatalogueSource};
use crate::chance::Chance;
use crate::clock::{Clock, Millis};
use crate::config::{self, Config};
use crate::core::Core;
use crate::db::Db;
use crate::evidence::note::Vkey;
use crate::evidence::{Halt, Log};
use crate::ledger::Ledger;

/// A database of its own for one test.
pub(crate) struct Trial {
    pub engine: &'static str,
    pub db: Db,
    pub ledger: Ledger,
    pub clock: Clock,
    pub chance: Chance,
    /// The key that checks the log's signatures.
    pub vkey: Vkey,
    /// Stops the log's signing.
    pub halt: Halt,
    /// Where the log's key and guard are.
    pub evidence: config::Evidence,
    pub url: String,
    pub folder: tempfile::TempDir,
    _postgres: Option<Fresh>,
}

impl Trial {
    /// All of it with this configuration and the built-in catalogue.
    pub(crate) fn core(&self, config: Config) -> Core {
        let catalogue = catalogue::load(&CatalogueSource::BuiltIn).unwrap_or_else(|problems| panic!("{problems}"));
        Core {
            config: Arc::new(config),
            catalogue: Arc::new(catalogue),
            db: self.db.clone(),
            ledger: self.ledger.clone(),
            clock: self.clock.clone(),
            chance: self.chance.clone(),
        }
    }
}

/// One trial for each engine that is there. Says so when PostgreSQL is not.
pub(crate) async fn databases(now: Millis) -> Vec<Trial> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let url = format!("sqlite://{}", folder.path().join("trial.db").display());
    let mut trials = vec![trial("sqlite", &url, folder, now, None).await];
    if let Some(server) = rehearsal::engines::postgres() {
        let fresh = Fresh::on(&server)
            .await
            .expect("a fresh database on the server of BELLWETHER_TEST_POSTGRES");
        let folder = tempfile::tempdir().expect("a temporary folder");
        let url = fresh.url.clone();
        trials.push(trial("postgres", &url, folder, now, Some(fresh)).await);
    }
    trials
}

async fn trial(
    engine: &'static str,
    url: &str,
    folder: tempfile::TempDir,
    now: Millis,
    postgres: Option<Fresh>,
) -> Trial {
    let db = Db::open(url).await.expect("the database opens");
    db.migrate().await.expect("the migrations run");
    let clock = Clock::by_hand(now);
    let chance = Chance::seeded(42);
    let evidence = config::Evidence::unpublished(
        "trial.example.org/log",
        folder.path().join("log.key"),
        folder.path().join("last_signed.checkpoint"),
    );
    let log = Log::open(&db, &evidence, chance.clone()).await.expect("the log opens");
    let (vkey, halt) = (log.vkey(), log.halt());
    let ledger = Ledger::start(db.clone(), log, clock.clone());
    Trial {
        engine,
        db,
        ledger,
        clock,
        chance,
        vkey,
        halt,
        evidence,
        url: url.to_owned(),
        folder,
        _postgres: postgres,
    }
}
