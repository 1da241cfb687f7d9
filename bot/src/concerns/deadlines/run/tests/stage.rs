//! An organisation with three handlers whose keys are active, on each engine.

use std::collections::BTreeSet;

use entity::{concern_case, log_leaf, outbound_message};
use sea_orm::{EntityTrait, QueryOrder};

use crate::catalogue::Urgency;
use crate::clock::Millis;
use crate::concerns::deadlines::run::Deadlines;
use crate::concerns::keys::{AgreeOutcome, NewKey, ProposeOutcome, agree, propose};
use crate::concerns::{
    Case, Channel, Desk, Filed, Pepper, ReportDraft, Reporter, Secret, Stretch, SubmitOutcome, Tie, channel, store,
    submit, submit_known,
};
use crate::config::{self, Organisation};
use crate::ids::{CaseId, MemberId, RoleId};
use crate::outbox::{CaseMessage, Message};
use crate::people::{self, Arrivals, Seen};
use crate::trial::{self, Trial};

pub(super) const ANNA: MemberId = MemberId::from_i64(101);
pub(super) const BEN: MemberId = MemberId::from_i64(102);
/// An independent handler.
pub(super) const IDA: MemberId = MemberId::from_i64(109);
/// Raises concerns, if a name is given.
pub(super) const MIA: MemberId = MemberId::from_i64(987_654_321);
/// Owns the programme, and does not work on concerns.
pub(super) const OLAF: MemberId = MemberId::from_i64(110);

/// Monday 2 November 2026, 08:00 in Berlin.
pub(super) const MONDAY: &str = "2026-11-02T07:00:00Z";

const CONFIG: &str = r#"
[concerns]
retention_months = 4

[[organisation]]
id = "1"
name = "Trial"
zone = "Europe/Berlin"
roles.manager = ["7"]
roles.handler = ["8"]
roles.independent_handler = ["9"]
roles.owner = ["10"]
"#;

pub(super) fn at(text: &str) -> Millis {
    text.parse::<jiff::Timestamp>().expect("an instant").into()
}

pub(super) struct Stage {
    pub deadlines: Deadlines,
    pub trial: Trial,
}

/// A stage for each engine, on Monday morning; no step was taken yet.
pub(super) async fn stages() -> Vec<Stage> {
    let mut stages = Vec::new();
    for trial in trial::databases(at(MONDAY)).await {
        stages.push(Stage::set(trial).await);
    }
    stages
}

impl Stage {
    async fn set(trial: Trial) -> Self {
        let mut config = config::parse(CONFIG, trial.folder.path()).expect("a configuration");
        config.evidence = trial.evidence.clone();
        let desk = Desk::new(trial.core(config), Pepper::random(&trial.chance), Stretch::slight());
        let stage = Self {
            deadlines: Deadlines::new(desk),
            trial,
        };
        stage.meet(&[(ANNA, 8), (BEN, 8), (IDA, 9), (OLAF, 10)]).await;
        for handler in [ANNA, BEN, IDA] {
            stage.give_key(handler).await;
        }
        stage
    }

    pub fn desk(&self) -> &Desk {
        self.deadlines.desk()
    }

    pub fn organisation(&self) -> &Organisation {
        &self.desk().core.config.organisations[0]
    }

    /// People come, each with one Discord role.
    pub async fn meet(&self, people: &[(MemberId, i64)]) {
        let arrivals = Arrivals::new(self.trial.chance.clone());
        for (member, role) in people {
            let seen = Seen {
                member: *member,
                discord_roles: vec![RoleId::from_i64(*role)],
                locale: None,
            };
            let met = people::see(&self.trial.ledger, self.organisation(), seen, arrivals.next()).await;
            met.expect("a person is noted");
        }
    }

    async fn give_key(&self, handler: MemberId) {
        let recipient = age::x25519::Identity::generate().to_public().to_string();
        let proposed = propose(self.desk(), self.organisation(), handler, NewKey::Own { recipient }).await;
        let ProposeOutcome::Proposed { key, .. } = proposed.expect("a proposal") else {
            panic!("the key is proposed");
        };
        let agreed = agree(self.desk(), self.organisation(), key, OLAF).await;
        assert!(matches!(agreed.expect("an answer"), AgreeOutcome::InForce));
        self.clear_outbox().await;
    }

    /// A report of this category.
    pub async fn draft(&self, category: &str) -> ReportDraft {
        let keys = match channel(self.desk(), self.organisation()).await.expect("the channel") {
            Channel::Open(keys) => keys.fingerprint(),
            Channel::Closed(closed) => panic!("the channel is closed: {closed:?}"),
        };
        ReportDraft {
            organisation: self.organisation().id,
            on_day: self.desk().today(self.organisation()),
            category: category.to_owned(),
            urgency: Urgency::Today,
            barred: BTreeSet::new(),
            keys,
            no_contact: false,
            text: Secret::new("The door to the server room stands open.".to_owned()),
            about: None,
            drill: false,
        }
    }

    /// Somebody raises a concern without a name; its case.
    pub async fn report(&self, draft: ReportDraft) -> Case {
        let outcome = submit(self.desk(), draft).await.expect("it is sent");
        self.filed(outcome).await
    }

    /// Somebody raises a concern, and says who they are.
    pub async fn report_as(&self, tie: Tie) -> Case {
        let reporter = Reporter {
            member: MIA,
            name: Secret::new("Mia".to_owned()),
            tie,
            files: Vec::new(),
        };
        let draft = self.draft("mistake").await;
        let outcome = submit_known(self.desk(), draft, reporter).await.expect("it is sent");
        self.filed(outcome).await
    }

    async fn filed(&self, outcome: SubmitOutcome) -> Case {
        let SubmitOutcome::Filed(Filed { number, .. }) = outcome else {
            panic!("it is filed");
        };
        let found = store::find_by_number(self.trial.db.reader(), self.organisation().id, &number).await;
        found.expect("a query").expect("a case")
    }

    pub async fn case(&self, id: &CaseId) -> Case {
        let found = store::find(self.trial.db.reader(), id).await;
        found.expect("a query").expect("a case")
    }

    /// What a handler's act leaves in the row.
    pub async fn change(&self, id: &CaseId, change: impl FnOnce(&mut Case)) {
        let mut case = self.case(id).await;
        change(&mut case);
        let written = self
            .trial
            .ledger
            .write(move |tx| Box::pin(async move { store::update_case(tx.connection(), &case).await }));
        written.await.expect("the case is changed");
    }

    /// The clock shows an instant, and the step is taken.
    pub async fn step_at(&self, instant: &str) {
        self.trial.clock.set(at(instant));
        self.deadlines.step().await.expect("a step");
    }

    /// Another process takes the step again.
    pub async fn step_again(&self) {
        let another = Deadlines::new(self.desk().clone());
        another.step().await.expect("a step");
    }

    /// What was promised since the last look, with its recipients, sorted.
    pub async fn told(&self) -> Vec<(i64, CaseMessage)> {
        let rows = outbound_message::Entity::find()
            .order_by_asc(outbound_message::Column::Member)
            .all(self.trial.db.reader())
            .await
            .expect("a query");
        self.clear_outbox().await;
        let read = |row: outbound_message::Model| {
            let Message::Case(message) = serde_json::from_str(&row.message).expect("a message") else {
                panic!("only concerns have something to say");
            };
            (row.member.unwrap_or_default(), message)
        };
        rows.into_iter().map(read).collect()
    }

    async fn clear_outbox(&self) {
        let gone = outbound_message::Entity::delete_many()
            .exec(self.trial.db.reader())
            .await;
        gone.expect("the outbox is emptied");
    }

    /// Kind, instant and length of each leaf.
    pub async fn log(&self) -> Vec<(String, String, usize)> {
        let rows = log_leaf::Entity::find()
            .order_by_asc(log_leaf::Column::Idx)
            .all(self.trial.db.reader())
            .await
            .expect("a query");
        rows.into_iter()
            .map(|row| {
                let leaf: serde_json::Value = serde_json::from_slice(&row.leaf).expect("JSON");
                let text = |name: &str| leaf[name].as_str().unwrap_or_default().to_owned();
                (text("kind"), text("at"), row.leaf.len())
            })
            .collect()
    }

    pub async fn case_count(&self) -> usize {
        let rows = concern_case::Entity::find().all(self.trial.db.reader());
        rows.await.expect("a query").len()
    }
}
