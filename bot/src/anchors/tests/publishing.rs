use rehearsal::outside::Server;

use super::stage::{NOW, Stage, TEN_MINUTES, stages, stages_with_channel};
use crate::anchors::{Copy, Outcome, State, posting};
use crate::clock::Millis;
use crate::evidence::{self, Kind};
use crate::ids::ChannelId;
use crate::outbox::{self, Message};

fn webhook(server: &Server) -> String {
    format!(
        "[[evidence.webhook]]\nname = \"auditor\"\nurl = \"{}\"",
        server.url("/")
    )
}

#[tokio::test]
async fn a_log_is_published_at_once_and_then_at_most_every_ten_minutes() {
    for stage in stages_with_channel().await {
        assert_eq!(stage.publish().await, Outcome::NothingNew, "{}", stage.trial.engine);
        stage.grow(3).await;
        assert_eq!(stage.publish().await, Outcome::Published { size: 4 });
        assert_eq!(stage.publish().await, Outcome::NothingNew);
        stage.wait(Millis::MINUTE);
        stage.grow(1).await;
        let next = NOW + TEN_MINUTES;
        assert_eq!(stage.publish().await, Outcome::NotYet { next });
        stage.trial.clock.set(next);
        stage.grow(1).await;
        assert_eq!(stage.publish().await, Outcome::Published { size: 6 });
        stage.wait(Millis::DAY);
        assert_eq!(stage.publish().await, Outcome::NothingNew);
    }
}

#[tokio::test]
async fn what_is_published_is_the_committed_head_with_its_exact_bytes() {
    for stage in stages_with_channel().await {
        stage.grow(3).await;
        stage.publish().await;
        let head = evidence::signed_head(stage.trial.db.reader(), Some(&stage.trial.vkey)).await;
        let (head, _) = head.expect("a query").expect("a head");
        let last = stage.last().await;
        assert_eq!(
            (last.size, &last.note),
            (head.checkpoint.size, &head.note),
            "{}",
            stage.trial.engine
        );
        let promised = outbox::list(stage.trial.db.reader(), outbox::State::Pending, 10).await;
        let promised = promised.expect("a query");
        assert_eq!(promised.len(), 1);
        assert_eq!(
            (promised[0].kind, promised[0].channel.map(ChannelId::get)),
            ("checkpoint", Some(9))
        );
        assert_eq!(Message::Checkpoint { size: 4 }.kind(), "checkpoint");
    }
}

#[tokio::test]
async fn a_log_in_which_nothing_happens_is_published_once_a_day() {
    let server = Server::obliging().await.expect("a server");
    for stage in stages(&webhook(&server)).await {
        let before = server.requests().len();
        let mut published = 0;
        for _ in 0..=3 * 144 {
            stage.beat().await;
            let size = stage.anchors.publish().await.expect("a step");
            published += usize::from(matches!(size, Outcome::Published { .. }));
            stage.send().await;
            stage.wait(TEN_MINUTES);
        }
        // At the start and after each of three days; the leaves that copies leave behind do not count as new.
        assert_eq!(published, 4, "{}", stage.trial.engine);
        assert_eq!(server.requests().len() - before, 4);
        assert_eq!(stage.told().await, 4);
    }
}

#[tokio::test]
async fn two_processes_publish_once() {
    for stage in stages_with_channel().await {
        let other = stage.another().await;
        for round in 0..5 {
            stage.grow(2).await;
            let (one, two) = tokio::join!(stage.anchors.publish(), other.publish());
            let outcomes = [one.expect("a step"), two.expect("a step")];
            let published = outcomes
                .iter()
                .filter(|outcome| matches!(outcome, Outcome::Published { .. }));
            assert_eq!(published.count(), 1, "{}: {outcomes:?}", stage.trial.engine);
            assert_eq!(stage.count("discord:1", State::Waiting).await, 1, "round {round}");
            stage.wait(TEN_MINUTES);
        }
        let promised = outbox::list(stage.trial.db.reader(), outbox::State::Pending, 10).await;
        assert_eq!(promised.expect("a query").len(), 5, "{}", stage.trial.engine);
    }
}

#[tokio::test]
async fn a_clock_that_was_set_back_does_not_keep_the_log_in() {
    for stage in stages_with_channel().await {
        stage.grow(1).await;
        stage.publish().await;
        stage.wait(-30 * Millis::DAY);
        stage.grow(1).await;
        assert_eq!(
            stage.publish().await,
            Outcome::Published { size: 3 },
            "{}",
            stage.trial.engine
        );
    }
}

#[tokio::test]
async fn a_newer_checkpoint_takes_the_place_of_one_that_waits() {
    for stage in stages_with_channel().await {
        stage.grow(1).await;
        stage.publish().await;
        let old = Copy::on_discord(2, Stage::organisation());
        let connection = stage.trial.db.reader();
        assert!(
            posting(connection, &old)
                .await
                .expect("a query")
                .expect("it waits")
                .key
                .is_some()
        );
        stage.wait(TEN_MINUTES);
        stage.grow(1).await;
        stage.publish().await;
        assert_eq!(
            posting(connection, &old).await.expect("a query"),
            None,
            "{}",
            stage.trial.engine
        );
        assert_eq!(stage.count("discord:1", State::Superseded).await, 1);
        assert_eq!(stage.newest("discord:1").await.state, State::Waiting);
    }
}

#[tokio::test]
async fn with_nobody_outside_nothing_is_published() {
    for stage in stages("").await {
        stage.grow(1).await;
        assert_eq!(stage.publish().await, Outcome::Nobody, "{}", stage.trial.engine);
        assert_eq!(stage.anchors.step().await.expect("a step"), None);
        assert_eq!(stage.status().await.publication, None);
    }
}

#[tokio::test]
async fn a_head_that_another_key_signed_is_not_published() {
    for mut stage in stages_with_channel().await {
        stage.grow(1).await;
        stage.anchors.vkey = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
            .parse()
            .expect("a key");
        let error = stage.anchors.publish().await.expect_err("it is another program's");
        assert!(
            format!("{error:#}").contains("not signed by this program's key"),
            "{error:#}"
        );
        assert_eq!(Kind::AnchorPublished.fields().len(), 4);
    }
}
