//! Rows that were changed outside the program: withheld from everybody, counted, and not lost.

use entity::{concern_barred, concern_case};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};

use super::*;

/// What decides who reads a case: its row, and the list of those who must not know about it.
struct Kept(concern_case::Model, Vec<concern_barred::Model>);

impl Kept {
    async fn of(scene: &Scene, id: &CaseId) -> Self {
        let reader = scene.desk.core.db.reader();
        let row = concern_case::Entity::find_by_id(id.as_str()).one(reader).await;
        let barred = concern_barred::Entity::find()
            .filter(concern_barred::Column::CaseId.eq(id.as_str()))
            .all(reader)
            .await;
        Self(row.expect("a query").expect("a row"), barred.expect("a query"))
    }

    async fn put_back(&self, scene: &Scene) {
        let writer = &scene.desk.core.db.writer();
        let row = self.0.clone().into_active_model().reset_all();
        row.update(writer).await.expect("the row is put back");
        by_hand(
            scene,
            &format!("DELETE FROM concern_barred WHERE case_id = '{}'", self.0.id),
        )
        .await;
        for barred in self.1.clone() {
            let row = concern_barred::ActiveModel::from(barred);
            let inserted = concern_barred::Entity::insert(row).exec_without_returning(writer).await;
            inserted.expect("the list is put back");
        }
    }
}

/// A confidential case that Harry must not know about.
async fn hidden(scene: &Scene) -> Filed {
    let mut draft = scene.draft("mistake", "about Harry").await;
    draft.barred = BTreeSet::from([HARRY]);
    let reporter = Reporter {
        member: RITA,
        name: Secret::new("Rita".to_owned()),
        tie: Tie::Confidential { confidant: HANNA },
        files: Vec::new(),
    };
    filed(submit_known(&scene.desk, draft, reporter).await.expect("it is decided"))
}

async fn comes_back(scene: &Scene, filed: &Filed) -> VisitOutcome {
    let came = begin_visit(&scene.desk, &filed.key.shown()).await;
    came.expect("it is decided")
}

async fn enters(scene: &Scene, filed: &Filed) -> VisitId {
    match comes_back(scene, filed).await {
        VisitOutcome::Begun(visit) => visit,
        other => panic!("{other:?}"),
    }
}

/// How many cases somebody finds in the inbox, and whether this one can be read and answered.
async fn finds(scene: &Scene, member: MemberId, case: &Case) -> (usize, bool) {
    let handler = scene.at_work(member);
    let listed = inbox(&scene.desk, &handler).await.expect("an inbox").open.len();
    let read = read(&scene.desk, &handler, case.id.clone()).await.expect("a reading");
    let reads = !matches!(read, ReadOutcome::NoSuchCase);
    let looked = open_case(&scene.desk, &handler, case.id.clone()).await;
    assert_eq!(looked.expect("a look").is_some(), reads);
    let number = super::number(&scene.desk, &handler, &case.id).await;
    assert_eq!(number.expect("a query").is_some(), reads);
    (listed, reads)
}

/// How many cases a handler is told are withheld.
async fn withheld(scene: &Scene, member: MemberId) -> usize {
    let listed = inbox(&scene.desk, &scene.at_work(member)).await;
    listed.expect("an inbox").withheld
}

/// What a visitor gets.
async fn visits(scene: &Scene, visit: &VisitId) -> (bool, SayOutcome, ActionOutcome, bool) {
    let desk = &scene.desk;
    let looked = look(desk, visit).await.expect("it is decided");
    let shown = match &looked {
        Look::Case(view) => view.readers.fingerprint(),
        Look::Over => "00000000".to_owned(),
    };
    let said = say(desk, visit, &shown, Secret::new("more words".to_owned())).await;
    let acted = act(desk, visit, ReporterAction::Reopen).await.expect("it is decided");
    let proven = prove(desk, visit).await.expect("it is decided");
    (
        matches!(looked, Look::Over),
        said.expect("it is decided"),
        acted,
        proven == ProofOutcome::Over,
    )
}

fn changes(case: &Case, other: &Case) -> Vec<String> {
    let stranger = x25519::Identity::generate().to_public();
    let (id, other) = (&case.id, &other.id);
    let set = |what: &str| format!("UPDATE concern_case SET {what} WHERE id = '{id}'");
    vec![
        set(&format!("reporter_recipient = '{stranger}'")),
        set("category = 'idea'"),
        set("category = 'leader-not-following'"),
        set("formal = NOT formal"),
        set("drill = NOT drill"),
        set("mode = 'named'"),
        set("confidant = 12"),
        set("confidant = NULL"),
        set("number = '000000'"),
        set("vouch = NULL"),
        set(&format!(
            "vouch = (SELECT vouch FROM concern_case WHERE id = '{other}')"
        )),
        format!("DELETE FROM concern_barred WHERE case_id = '{id}'"),
        format!("UPDATE concern_barred SET member = 12 WHERE case_id = '{id}'"),
        format!("INSERT INTO concern_barred (case_id, member) VALUES ('{id}', 12)"),
    ]
}

#[tokio::test]
async fn a_case_whose_row_was_changed_by_hand_is_withheld_until_it_is_put_back() {
    for scene in scenes().await {
        scene.keys().await;
        let other = scene.files("mistake", "for everybody").await;
        let filed = hidden(&scene).await;
        let (case, other) = (scene.case_of(&filed).await, scene.case_of(&other).await);
        let visit = enters(&scene, &filed).await;
        let kept = Kept::of(&scene, &case.id).await;
        for change in changes(&case, &other) {
            by_hand(&scene, &change).await;
            for member in [HANNA, HARRY, IRIS] {
                assert_eq!(finds(&scene, member, &case).await, (1, false), "{member}: {change}");
                assert_eq!(withheld(&scene, member).await, 1, "{member}: {change}");
                let told = scene.says(member, &case, 1, "Thank you.").await;
                assert_eq!(told, ReplyOutcome::NoSuchCase, "{change}");
            }
            let over = (true, SayOutcome::Over, ActionOutcome::Over, true);
            assert_eq!(visits(&scene, &visit).await, over, "{change}");
            assert_eq!(comes_back(&scene, &filed).await, VisitOutcome::Withheld, "{change}");
            kept.put_back(&scene).await;
        }
        let said = store::entries(scene.desk.core.db.reader(), &case.id).await;
        assert_eq!(said.expect("entries").len(), 1, "nothing was added");
        for (member, found) in [(HANNA, (2, true)), (HARRY, (1, false)), (IRIS, (2, true))] {
            assert_eq!(finds(&scene, member, &case).await, found, "{}", scene.trial.engine);
        }
        let (_, said, ..) = visits(&scene, &visit).await;
        assert_eq!(said, SayOutcome::Said);
    }
}

#[tokio::test]
async fn a_key_that_leads_to_anothers_case_is_refused() {
    for scene in scenes().await {
        scene.keys().await;
        let (filed, other) = (scene.files("mistake", "one").await, scene.files("mistake", "two").await);
        let (case, other) = (scene.case_of(&filed).await, scene.case_of(&other).await);
        // Both rows are vouched for, but each is now found with the other's key.
        for (id, lookup) in [(&case.id, "x"), (&other.id, &case.lookup), (&case.id, &other.lookup)] {
            let swap = format!("UPDATE concern_case SET lookup = '{lookup}' WHERE id = '{id}'");
            by_hand(&scene, &swap).await;
        }
        let came = comes_back(&scene, &filed).await;
        assert_eq!(came, VisitOutcome::Withheld, "{}", scene.trial.engine);
    }
}

#[tokio::test]
async fn whoever_steps_back_cannot_be_let_in_again_by_deleting_that() {
    for scene in scenes().await {
        scene.keys().await;
        let filed = scene.files("mistake", "about a friend").await;
        let case = scene.case_of(&filed).await;
        let visit = enters(&scene, &filed).await;
        let done = declare_conflict(&scene.desk, &scene.at_work(IRIS), case.id.clone()).await;
        assert_eq!(done.expect("it is decided"), ConflictOutcome::Declared);
        assert!(finds(&scene, HANNA, &case).await.1, "it is vouched for anew");
        let (_, said, ..) = visits(&scene, &visit).await;
        assert_eq!(said, SayOutcome::Said);
        by_hand(&scene, "DELETE FROM concern_barred WHERE member = 12").await;
        for member in [HANNA, IRIS] {
            assert_eq!(finds(&scene, member, &case).await, (0, false), "{}", scene.trial.engine);
        }
    }
}

#[tokio::test]
async fn with_another_pepper_no_row_is_vouched_for() {
    for scene in scenes().await {
        scene.keys().await;
        let filed = scene.files("mistake", "words").await;
        let case = scene.case_of(&filed).await;
        let other = Scene {
            desk: Desk {
                vouch: Vouch::with(&Pepper::of([8; 32])),
                ..scene.desk.clone()
            },
            ..scene
        };
        assert_eq!(finds(&other, HANNA, &case).await, (0, false));
    }
}
