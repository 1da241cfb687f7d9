//! A log with somebody outside.

use std::path::Path;

use crate::anchors::{Anchor, Anchors, Outcome, Outside, Publication, State, Status, Target, status, store};
use crate::audit::heartbeat;
use crate::audit::samples::grow;
use crate::clock::Millis;
use crate::config;
use crate::core::Core;
use crate::db::Db;
use crate::evidence::{Log, verify};
use crate::ids::OrganisationId;
use crate::ledger::Ledger;
use crate::trial::{self, Trial};

/// 2026-11-23T09:00Z.
pub(super) const NOW: Millis = Millis(1_795_424_400_000);
pub(super) const TEN_MINUTES: i64 = 10 * Millis::MINUTE;

pub(super) struct Stage {
    pub trial: Trial,
    pub anchors: Anchors,
    pub outside: Outside,
}

/// A stage for each engine, with this in its evidence section.
pub(super) async fn stages(evidence: &str) -> Vec<Stage> {
    let mut stages = Vec::new();
    for trial in trial::databases(NOW).await {
        stages.push(Stage::set(trial, evidence, ""));
    }
    stages
}

/// As [stages], and an organisation with an evidence channel.
pub(super) async fn stages_with_channel() -> Vec<Stage> {
    let organisation = "[[organisation]]\nid = \"1\"\nname = \"One\"\nzone = \"UTC\"\nroles.manager = [\"2\"]\n\
                        channels.evidence = \"9\"\n";
    let mut stages = Vec::new();
    for trial in trial::databases(NOW).await {
        stages.push(Stage::set(trial, "", organisation));
    }
    stages
}

impl Stage {
    pub(super) fn set(trial: Trial, evidence: &str, organisation: &str) -> Self {
        let text = format!("[evidence]\npublish_every_minutes = 10\n{evidence}\n{organisation}");
        let config =
            config::parse(&text, Path::new(trial.folder.path())).unwrap_or_else(|problems| panic!("{problems}"));
        let outside = Outside::read(&config.evidence, |_| None).unwrap_or_else(|problems| panic!("{problems}"));
        let anchors = anchors(&trial, trial.core(config), &outside);
        Self {
            trial,
            anchors,
            outside,
        }
    }

    /// As after a restart, or in another process with its own connections.
    pub(super) async fn another(&self) -> Anchors {
        let db = Db::open(&self.trial.url).await.expect("the database opens");
        let log = Log::open(&db, &self.trial.evidence, self.trial.chance.clone()).await;
        let ledger = Ledger::start(db.clone(), log.expect("the log opens"), self.trial.clock.clone());
        let core = Core {
            db,
            ledger,
            ..self.anchors.core.clone()
        };
        anchors(&self.trial, core, &self.outside)
    }

    pub(super) async fn grow(&self, leaves: usize) {
        grow(&self.trial.ledger, &self.trial.chance, leaves)
            .await
            .expect("they are written");
    }

    pub(super) async fn beat(&self) {
        heartbeat(&self.trial.ledger, &self.trial.chance)
            .await
            .expect("it is written");
    }

    pub(super) fn wait(&self, milliseconds: i64) {
        self.trial.clock.set(self.trial.clock.now() + milliseconds);
    }

    pub(super) async fn publish(&self) -> Outcome {
        self.anchors.publish().await.expect("it is published or not")
    }

    pub(super) async fn send(&self) -> Option<Millis> {
        self.anchors.send_due().await.expect("it is sent or not")
    }

    pub(super) async fn last(&self) -> Publication {
        let last = store::last_publication(self.trial.db.reader()).await;
        last.expect("a query").expect("something is published")
    }

    pub(super) async fn newest(&self, target: &str) -> Anchor {
        let target = Target::read(target).expect("a target");
        let newest = store::newest(self.trial.db.reader(), &target, None).await;
        newest.expect("a query").expect("there is a copy")
    }

    pub(super) async fn count(&self, target: &str, state: State) -> u64 {
        let target = Target::read(target).expect("a target");
        store::count(self.trial.db.reader(), &target, state)
            .await
            .expect("a query")
    }

    pub(super) async fn status(&self) -> Status {
        let now = self.trial.clock.now();
        status(self.trial.db.reader(), &self.anchors.core.config, &self.outside, now)
            .await
            .expect("a query")
    }

    /// How many leaves tell that a copy has arrived.
    pub(super) async fn told(&self) -> usize {
        let mut evidence = self.trial.evidence.clone();
        evidence.origin = self.trial.vkey.name().to_owned();
        let report = verify::live(&self.trial.db, &evidence).await.expect("the log is read");
        assert_eq!(report.finding, None, "{}", self.trial.engine);
        let rows = verify::rows(&self.trial.db).await;
        let told = rows
            .iter()
            .filter(|row| String::from_utf8_lossy(row).contains("anchor.published"));
        told.count()
    }

    pub(super) fn organisation() -> OrganisationId {
        OrganisationId::from_i64(1)
    }
}

fn anchors(trial: &Trial, core: Core, outside: &Outside) -> Anchors {
    Anchors::new(core, trial.vkey.clone(), trial.halt.clone(), outside.clone()).expect("the client is built")
}
