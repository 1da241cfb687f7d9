//! Concerns over real databases: what is kept, what is not, and who can open it.

mod handling;
mod keys;
mod sealed;
mod submitting;
mod visiting;

use std::collections::BTreeSet;

use age::x25519;
use jiff::civil::Date;
use sea_orm::{ConnectionTrait, Statement};

use super::keys::{AgreeOutcome, NewKey, ProposeOutcome, agree, propose};
use super::*;
use crate::catalogue::Urgency;
use crate::clock::Millis;
use crate::config::{self, Organisation};
use crate::ids::{CaseId, HandlerKeyId, MemberId, OrganisationId, RoleId};
use crate::people::{self, Arrivals, Seen};
use crate::trial::{self, Trial};

const ORGANISATION: OrganisationId = OrganisationId::from_i64(1);
const HANNA: MemberId = MemberId::from_i64(10);
const HARRY: MemberId = MemberId::from_i64(11);
const IRIS: MemberId = MemberId::from_i64(12);
const OLGA: MemberId = MemberId::from_i64(13);
/// The person who raises concerns; an id that nothing else in a database looks like.
const RITA: MemberId = MemberId::from_i64(987_654_321_012_345_678);
/// An instant whose digits nothing else has: 2026-11-22, 20:02 UTC.
const NOW: Millis = Millis(1_795_377_777_321);

const CONFIG: &str = r#"
[[organisation]]
id = "1"
name = "Trial"
zone = "Europe/Berlin"
roles.manager = ["2"]
roles.handler = ["3"]
roles.independent_handler = ["4"]
roles.owner = ["5"]
"#;

/// An organisation with two handlers, an independent one and an owner; nobody has a key yet.
struct Scene {
    trial: Trial,
    desk: Desk,
    arrivals: Arrivals,
}

async fn scenes() -> Vec<Scene> {
    let mut scenes = Vec::new();
    for trial in trial::databases(NOW).await {
        let config = config::parse(CONFIG, trial.folder.path()).unwrap_or_else(|problems| panic!("{problems}"));
        let desk = Desk::new(trial.core(config), Pepper::of([7; 32]), Stretch::slight());
        let arrivals = Arrivals::new(trial.chance.clone());
        let scene = Scene { trial, desk, arrivals };
        for (member, role) in [(HANNA, 3), (HARRY, 3), (IRIS, 4), (OLGA, 5)] {
            scene.gets(member, &[role]).await;
        }
        scenes.push(scene);
    }
    scenes
}

impl Scene {
    fn organisation(&self) -> &Organisation {
        self.desk.core.organisation(ORGANISATION).expect("the organisation")
    }

    /// Gives somebody these Discord roles and no others.
    async fn gets(&self, member: MemberId, roles: &[i64]) {
        let seen = Seen {
            member,
            discord_roles: roles.iter().copied().map(RoleId::from_i64).collect(),
            locale: None,
        };
        let noted = people::see(&self.desk.core.ledger, self.organisation(), seen, self.arrivals.next()).await;
        noted.expect("the member is noted");
    }

    async fn proposes(&self, member: MemberId, identity: &x25519::Identity) -> HandlerKeyId {
        let recipient = identity.to_public().to_string();
        let new = NewKey::Own { recipient };
        match propose(&self.desk, self.organisation(), member, new).await {
            Ok(ProposeOutcome::Proposed { key, .. }) => key,
            other => panic!("{other:?}"),
        }
    }

    async fn agrees(&self, key: &HandlerKeyId, member: MemberId) -> AgreeOutcome {
        let agreed = agree(&self.desk, self.organisation(), key.clone(), member).await;
        agreed.expect("it is decided")
    }

    /// Active keys for both handlers and the independent one.
    async fn keys(&self) -> [x25519::Identity; 3] {
        let identities = [(); 3].map(|()| x25519::Identity::generate());
        for (member, identity) in [HANNA, HARRY, IRIS].into_iter().zip(&identities) {
            let key = self.proposes(member, identity).await;
            assert_eq!(self.agrees(&key, OLGA).await, AgreeOutcome::InForce);
        }
        identities
    }

    async fn channel(&self) -> Channel {
        channel(&self.desk, self.organisation()).await.expect("the channel")
    }

    async fn draft(&self, category: &str, text: &str) -> ReportDraft {
        let Channel::Open(keys) = self.channel().await else {
            panic!("the channel is closed");
        };
        ReportDraft {
            organisation: ORGANISATION,
            on_day: self.desk.today(self.organisation()),
            category: category.to_owned(),
            urgency: Urgency::Today,
            barred: BTreeSet::new(),
            keys: keys.fingerprint(),
            no_contact: false,
            text: Secret::new(text.to_owned()),
            about: None,
            drill: false,
        }
    }

    async fn files(&self, category: &str, text: &str) -> Filed {
        let draft = self.draft(category, text).await;
        filed(submit(&self.desk, draft).await.expect("it is decided"))
    }

    async fn case(&self) -> Case {
        let rows = self.ask("SELECT id FROM concern_case").await;
        let case = store::find(self.desk.core.db.reader(), &CaseId::new(rows[0].clone())).await;
        case.expect("a query").expect("a case")
    }

    /// The first column of the rows, as texts.
    async fn ask(&self, query: &str) -> Vec<String> {
        let reader = self.desk.core.db.reader();
        let rows = reader.query_all_raw(Statement::from_string(reader.get_database_backend(), query));
        let rows = rows.await.unwrap_or_else(|error| panic!("{query}: {error}"));
        let texts = rows.iter().map(|row| row.try_get_by_index(0).expect("a text"));
        texts.collect()
    }

    /// Every value of every row of every table, as text; bytes as hexadecimal digits.
    async fn everything(&self) -> String {
        let sqlite = self.desk.core.db.is_sqlite();
        let tables = if sqlite {
            "SELECT name FROM sqlite_master WHERE type = 'table'"
        } else {
            "SELECT table_name::text FROM information_schema.tables WHERE table_schema = current_schema()"
        };
        let mut found = String::new();
        for table in self.ask(tables).await {
            let query = if sqlite {
                let columns = self
                    .ask(&format!("SELECT name FROM pragma_table_info('{table}')"))
                    .await;
                let quoted: Vec<String> = columns.iter().map(|column| format!("quote(\"{column}\")")).collect();
                format!("SELECT {} FROM {table}", quoted.join(" || ' ' || "))
            } else {
                format!("SELECT row_to_json(t)::text FROM {table} t")
            };
            found += &format!("{table}\n{}\n", self.ask(&query).await.join("\n"));
        }
        found.to_lowercase()
    }
}

fn filed(outcome: SubmitOutcome) -> Filed {
    match outcome {
        SubmitOutcome::Filed(filed) => filed,
        _ => panic!("it was not filed"),
    }
}

/// All ways in which an id or a text could occur in a dump.
fn forms(member: MemberId, words: &[&str]) -> Vec<String> {
    let id = member.get();
    let mut forms = vec![
        id.to_string(),
        format!("{id:x}"),
        hex::encode(id.to_be_bytes()),
        hex::encode(id.to_le_bytes()),
        hex::encode(id.to_string()),
    ];
    for word in words {
        forms.push(word.to_lowercase());
        forms.push(hex::encode(word));
    }
    forms
}

/// Changes rows outside the program.
async fn by_hand(scene: &Scene, statement: &str) {
    let done = scene.desk.core.db.writer().execute_unprepared(statement).await;
    done.unwrap_or_else(|error| panic!("{statement}: {error}"));
}

fn day(text: &str) -> Date {
    text.parse().expect("a day")
}
