//! What was published is looked at before it is packed.

use sea_orm::ActiveModelTrait;

use super::*;
use crate::audit::samples::anchor;
use crate::evidence::fields;

/// A log that was published three times, and copied to somebody twice, as its leaves say.
async fn published() -> Vec<Trial> {
    let trials = trial::databases(Millis(0)).await;
    for trial in &trials {
        for _ in 0..3 {
            grow(&trial.ledger, &trial.chance, 4).await.expect("leaves");
            let (size, _) = publish(trial).await;
            anchor(trial, size, ("mail:auditor", "<1@example.org>"), None).await;
            let mut told = leaf(&trial.chance, Kind::AnchorPublished);
            let values = [&size.to_string(), "mail:auditor", "<1@example.org>", ""];
            for (field, value) in fields::AnchorPublished::NAMES.iter().zip(values) {
                say(&mut told, field, value);
            }
            write(&trial.ledger, vec![told]).await.expect("a leaf");
        }
    }
    trials
}

/// As somebody can who is able to write to the database.
async fn unprotected(trial: &Trial) {
    let on = if trial.engine == "sqlite" {
        ""
    } else {
        " ON log_publication"
    };
    for what in ["update", "delete"] {
        let sql = format!("DROP TRIGGER log_publication_no_{what}{on}");
        trial.db.writer().execute_unprepared(&sql).await.expect("it runs");
    }
}

/// Why no pack is made after this was done outside the program.
async fn refused(trial: &Trial, sql: &str) -> String {
    let name = trial.chance.id();
    trial.db.writer().execute_unprepared(sql).await.expect("it runs");
    let order = order(trial, &name);
    let Packed::Spoilt(spoilt) = packed(trial, &order).await else {
        panic!("{}: a pack is made after {sql}", trial.engine);
    };
    assert!(!order.out.exists());
    spoilt.to_string()
}

#[tokio::test]
async fn a_spoilt_publication_is_found_before_it_is_packed() {
    for trial in published().await {
        let order = order(&trial, "sound");
        summary(&trial, &order).await;
        assert_eq!(checked(&order.out, &terms(&trial)).broken, None);
        unprotected(&trial).await;
        let kept = log_publication::Entity::find_by_id(10).one(trial.db.reader()).await;
        let kept = kept.expect("the database").expect("a publication");
        for (sql, reason) in [
            (
                "UPDATE log_anchor SET reference = '<2@example.org>' WHERE size = 10",
                "another entry of the place",
            ),
            (
                "UPDATE log_anchor SET token = NULL, reference = NULL WHERE size = 10",
                "another entry of the place",
            ),
        ] {
            let said = refused(&trial, sql).await;
            assert!(said.contains(reason), "{} {sql}: {said}", trial.engine);
        }
        let mend = "UPDATE log_anchor SET reference = '<1@example.org>' WHERE size = 10";
        trial.db.writer().execute_unprepared(mend).await.expect("it runs");

        let said = refused(&trial, "UPDATE log_publication SET note = 'x' WHERE size = 10").await;
        assert!(said.starts_with("the published checkpoint of 10 leaves "), "{said}");
        // One of the log's own, but of another size.
        let other =
            "UPDATE log_publication SET note = (SELECT note FROM log_checkpoint WHERE size = 5) WHERE size = 10";
        let said = refused(&trial, other).await;
        assert_eq!(said, "the published checkpoint of 10 leaves covers 5 leaves");
        let said = refused(&trial, "DELETE FROM log_publication WHERE size = 10").await;
        assert_eq!(
            said,
            "the published checkpoint of 10 leaves is gone, though leaf 10 says that it was published"
        );
        let row = log_publication::ActiveModel {
            size: Set(kept.size),
            note: Set(kept.note),
            published_at: Set(kept.published_at),
        };
        row.insert(&trial.db.writer()).await.expect("it is back");
        let order = self::order(&trial, "again");
        summary(&trial, &order).await;
    }
}
