use rehearsal::page::Page;

use crate::audit::samples::grow;
use crate::clock::Millis;
use crate::db::Connection;
use crate::trial;

fn count(page: &Page, words: &str) -> usize {
    page.text().matches(words).count()
}

#[tokio::test]
async fn the_operator_reads_once_that_nothing_is_taken_and_once_that_it_is_over() {
    for trial in trial::databases(Millis(7)).await {
        let page = Page::default();
        let writer = page.clone();
        let lines = tracing_subscriber::fmt()
            .with_ansi(false)
            .with_writer(move || writer.clone());
        let _reading = tracing::subscriber::set_default(lines.finish());
        let (full, free) = if trial.engine == "sqlite" {
            (
                "PRAGMA max_page_count = 1; CREATE TABLE more (id INTEGER)",
                "PRAGMA max_page_count = 1000000",
            )
        } else {
            (
                "DO $$ BEGIN RAISE EXCEPTION 'no space left' USING ERRCODE = '53100'; END $$",
                "SELECT 1",
            )
        };
        for round in 1..=2 {
            for _ in 0..3 {
                let refused = trial.ledger.write(move |tx| {
                    Box::pin(async move {
                        tx.connection().execute_unprepared(full).await?;
                        Ok(())
                    })
                });
                refused.await.expect_err("there is no room");
            }
            let done = trial.db.writer().execute_unprepared(free).await;
            done.expect("there is room again");
            assert_eq!(count(&page, "the database takes no writes"), round, "{}", trial.engine);
            assert_eq!(count(&page, "ERROR"), round, "{}", trial.engine);
            assert_eq!(count(&page, "takes writes again"), round - 1, "{}", trial.engine);
            for _ in 0..2 {
                grow(&trial.ledger, &trial.chance, 1).await.expect("a leaf");
            }
            assert_eq!(count(&page, "takes writes again"), round, "{}", trial.engine);
        }
        let place = if trial.engine == "sqlite" {
            "trial.db"
        } else {
            "the PostgreSQL server on"
        };
        assert!(count(&page, place) >= 2, "{}", trial.engine);
    }
}
