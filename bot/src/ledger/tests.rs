use super::*;
use crate::evidence::Kind;
use crate::ids::RecordId;
use crate::trial;

fn started(rec: &str) -> NewLeaf {
    NewLeaf {
        kind: Kind::ProgramStarted,
        rec: RecordId::new(rec),
        of: None,
        values: vec!["0".to_owned()],
    }
}

#[tokio::test]
async fn work_that_fails_takes_back_only_itself() {
    for trial in trial::databases(Millis(0)).await {
        let good = trial.ledger.write(|tx| {
            Box::pin(async move {
                tx.evidence(started(&"a".repeat(32)));
                Ok(7)
            })
        });
        let bad = trial.ledger.write::<(), _>(|tx| {
            Box::pin(async move {
                tx.evidence(started(&"b".repeat(32)));
                anyhow::bail!("no")
            })
        });
        let (good, bad) = tokio::join!(good, bad);
        assert_eq!(good.expect("the good work is written"), 7, "{}", trial.engine);
        assert_eq!(bad.expect_err("the bad work is not").to_string(), "no");
    }
}
