//! A database in which somebody was asked and has answered, and what its files hold.

use bellwether::chance::Chance;
use bellwether::clock::{Clock, Millis};
use bellwether::config;
use bellwether::db::Db;
use bellwether::evidence::{Log, NewLeaf, fields};
use bellwether::ids::RecordId;
use bellwether::ledger::Ledger;
use entity::{answer, assignment, cycle, member};
use sea_orm::{ActiveModelTrait, Database, EntityTrait, IntoActiveModel};

use crate::SOUND;
use crate::program::{Program, Told};

/// Words and numbers that stand nowhere else.
pub(super) const WORDS: &str = "zanderquitte 4711";
pub(super) const PERSON: &str = "175928847299117063";
pub(super) const INTERACTION: &str = "175928847299117999";

/// Record ids of the question and of its answer.
pub(super) const ASKED: &str = "11111111111111111111111111111111";
pub(super) const ANSWERED: &str = "22222222222222222222222222222222";

/// A database in which somebody was asked and has answered, as the bot leaves it.
pub(super) fn answered() -> Program {
    let program = Program::new();
    program.write("bellwether.toml", SOUND);
    let config = config::load(&program.path("bellwether.toml")).expect("a configuration");
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(async {
        let db = Db::open(&program.url()).await.expect("a database");
        db.migrate().await.expect("its tables");
        let chance = Chance::system().expect("chance");
        let log = Log::open(&db, &config.evidence, chance).await.expect("a log");
        let now = Clock::system().now();
        let ledger = Ledger::start(db.clone(), log, Clock::by_hand(now));
        let leaves = [question(), reply()];
        let written = ledger.write(|tx| {
            Box::pin(async move {
                for leaf in leaves {
                    tx.evidence(leaf);
                }
                Ok(())
            })
        });
        written.await.expect("leaves");
        rows(&program.url(), now).await;
        ledger.close().await;
        db.close().await.expect("it closes");
    });
    program
}

fn question() -> NewLeaf {
    let [opens, due, closes] = [0, 1, 2].map(|at| Millis(at).rfc3339());
    let said = fields::CycleOpened {
        organisation: "1".to_owned(),
        member: PERSON.to_owned(),
        prompt: "lead".to_owned(),
        catalogue: "00".to_owned(),
        period: "2026-W45".to_owned(),
        ordinal: "1".to_owned(),
        zone: "UTC".to_owned(),
        opens,
        due,
        closes,
        follow_up: "true".to_owned(),
    };
    NewLeaf::new(RecordId::new(ASKED), said)
}

fn reply() -> NewLeaf {
    let said = fields::CycleAnswered(fields::Answered {
        author: PERSON.to_owned(),
        choice: "need-help".to_owned(),
        text: WORDS.to_owned(),
        answered: Millis(1).rfc3339(),
        interaction: INTERACTION.to_owned(),
    });
    NewLeaf::new(RecordId::new(ANSWERED), said).continuing(RecordId::new(ASKED))
}

async fn rows(url: &str, now: Millis) {
    let db = Database::connect(url).await.expect("the database opens");
    let who: i64 = PERSON.parse().expect("a number");
    macro_rules! insert {
        ($row:expr) => {
            $row.into_active_model()
                .reset_all()
                .insert(&db)
                .await
                .expect("a row")
        };
    }
    insert!(member::Model {
        organisation: 1,
        member: who,
        roles: "manager".to_owned(),
        audiences: String::new(),
        zone: None,
        locale: None,
        manager_since: Some(0),
        left_at: None,
        dm_channel: None,
        dm_refused_at: None,
        updated_at: 0,
        id: Some("m1".to_owned()),
    });
    insert!(assignment::Model {
        id: "a1".to_owned(),
        organisation: 1,
        member: who,
        prompt: "lead".to_owned(),
        tags: "manager".to_owned(),
        started_at: 0,
        ended_at: None,
    });
    insert!(cycle::Model {
        id: "c1".to_owned(),
        assignment: "a1".to_owned(),
        organisation: 1,
        member: who,
        prompt: "lead".to_owned(),
        period: "2026-W45".to_owned(),
        ordinal: 1,
        zone: "UTC".to_owned(),
        opens_at: 0,
        due_at: 1,
        closes_at: 2,
        wording: "{}".to_owned(),
        catalogue: "00".to_owned(),
        follow_up: true,
        state: "answered".to_owned(),
        reason: None,
        rec: ASKED.to_owned(),
        delivered_at: None,
        draft_choice: None,
        draft_at: None,
        answered_at: Some(1),
        choice: Some("need-help".to_owned()),
        closed_at: Some(now.0),
        created_at: 0,
    });
    insert!(answer::Model {
        id: "n1".to_owned(),
        cycle: "c1".to_owned(),
        revision: 1,
        act: "answered".to_owned(),
        member: who,
        choice: "need-help".to_owned(),
        detail: Some(WORDS.to_owned()),
        reason: None,
        answered_at: 1,
        late: false,
        interaction: INTERACTION.parse().expect("a number"),
        rec: ANSWERED.to_owned(),
    });
    db.close().await.expect("it closes");
}

/// The disclosures that are kept, as they stand in the file.
pub(super) fn disclosures(program: &Program) -> Vec<String> {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(async {
        let db = Database::connect(program.url()).await.expect("the database opens");
        let rows = entity::log_disclosure::Entity::find().all(&db).await.expect("rows");
        db.close().await.expect("it closes");
        rows.into_iter().map(|row| row.disclosure).collect()
    })
}

/// The files that hold one of these texts, or, of a number, the bytes that SQLite stores for it.
pub(super) fn holding(program: &Program, texts: &[String]) -> Vec<String> {
    let numbers = texts.iter().filter_map(|text| text.parse::<i64>().ok());
    let numbers = numbers.map(|number| number.to_be_bytes().to_vec());
    let sought: Vec<Vec<u8>> = texts
        .iter()
        .map(|text| text.clone().into_bytes())
        .chain(numbers)
        .collect();
    let holds = |name: &String| {
        let path = program.path(name);
        let bytes = if path.is_file() {
            std::fs::read(path).expect("the file")
        } else {
            Vec::new()
        };
        let within = |text: &Vec<u8>| bytes.windows(text.len()).any(|window| window == text.as_slice());
        sought.iter().any(within)
    };
    program.files().into_iter().filter(holds).collect()
}

pub(super) fn good(told: &Told) -> &str {
    assert_eq!(told.code, 0, "{}{}", told.out, told.err);
    &told.out
}
