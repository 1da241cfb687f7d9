use std::time::Duration;

use rehearsal::outside::{Reply, Server};

use super::stage::{NOW, stages};
use crate::anchors::State;
use crate::clock::Millis;

const AUDITOR: &str = "webhook:auditor";

fn webhook(server: &Server) -> String {
    format!(
        "[[evidence.webhook]]\nname = \"auditor\"\nurl = \"{}\"",
        server.url("/in?x=1")
    )
}

#[tokio::test]
async fn a_webhook_gets_the_exact_bytes_once() {
    let server = Server::obliging().await.expect("a server");
    for stage in stages(&webhook(&server)).await {
        let before = server.requests().len();
        stage.grow(1).await;
        stage.publish().await;
        assert_eq!(stage.send().await, None, "{}", stage.trial.engine);
        assert_eq!(stage.send().await, None);
        let requests = server.requests();
        assert_eq!(requests.len() - before, 1);
        let request = &requests[before];
        let note = stage.last().await.note;
        assert_eq!((request.path.as_str(), &request.body[..]), ("/in?x=1", note.as_bytes()));
        assert_eq!(request.header("content-type"), Some("text/plain; charset=utf-8"));
        assert_eq!(request.header("x-bellwether-origin"), Some("trial.example.org/log"));
        assert_eq!(request.header("x-bellwether-size"), Some("2"));
        let anchor = stage.newest(AUDITOR).await;
        assert_eq!(
            (anchor.state, anchor.reference.as_deref()),
            (State::Done, Some("status 204"))
        );
        assert_eq!((anchor.attempts, anchor.settled_at), (1, Some(NOW)));
        assert_eq!(stage.told().await, 1);
    }
}

#[tokio::test]
async fn the_secret_header_comes_from_a_file_and_is_not_shown() {
    let server = Server::obliging().await.expect("a server");
    for trial in crate::trial::databases(NOW).await {
        std::fs::write(trial.folder.path().join("auditor.secret"), "Bearer hidden\n").expect("it is written");
        let evidence = format!(
            "{}\nsecret_header = \"Authorization\"\nsecret_file = \"auditor.secret\"",
            webhook(&server)
        );
        let stage = super::stage::Stage::set(trial, &evidence, "");
        stage.grow(1).await;
        stage.publish().await;
        stage.send().await;
        let requests = server.requests();
        let request = requests.last().expect("a request");
        assert_eq!(request.header("authorization"), Some("Bearer hidden"));
        let shown = format!("{:?} {:?}", stage.anchors, stage.anchors.core.config);
        assert!(!shown.contains("hidden") && !shown.contains("/in?x=1"), "{shown}");
    }
}

#[tokio::test]
async fn what_fails_is_tried_again_when_the_other_side_wants() {
    let server = Server::obliging().await.expect("a server");
    for stage in stages(&webhook(&server)).await {
        let seen = server.requests().len();
        stage.grow(1).await;
        stage.publish().await;
        let wait = 2 * Millis::HOUR;
        for (number, (reply, reason, least)) in [
            (Reply::status(500), "answered with status 500", 0),
            (Reply::Cut, "cut the connection", 0),
            (
                Reply::status(302).with("location", server.url("/elsewhere")),
                "answered with status 302",
                0,
            ),
            (
                Reply::status(429).with("retry-after", "7200"),
                "answered with status 429",
                wait,
            ),
        ]
        .into_iter()
        .enumerate()
        {
            server.next(reply);
            let now = stage.trial.clock.now();
            let next = stage.send().await.expect("it is tried again");
            assert!(next > now && next >= now + least, "{}: {reason}", stage.trial.engine);
            let anchor = stage.newest(AUDITOR).await;
            assert_eq!(
                (anchor.state, anchor.last_error.as_deref()),
                (State::Waiting, Some(reason))
            );
            assert_eq!(anchor.attempts as usize, number + 1);
            assert_eq!(stage.send().await, Some(next), "not before");
            stage.trial.clock.set(next);
        }
        assert_eq!(stage.send().await, None);
        assert_eq!(stage.newest(AUDITOR).await.state, State::Done);
        assert!(
            server.requests()[seen..]
                .iter()
                .all(|request| request.path == "/in?x=1")
        );
        assert_eq!(stage.told().await, 1);
    }
}

#[tokio::test]
async fn after_days_a_copy_is_given_up() {
    let server = Server::start(|_| Reply::status(503)).await.expect("a server");
    for stage in stages(&webhook(&server)).await {
        stage.grow(1).await;
        stage.publish().await;
        let mut attempts = 0;
        while let Some(next) = stage.send().await {
            attempts += 1;
            assert!(attempts < 1_000);
            stage.trial.clock.set(next);
        }
        let anchor = stage.newest(AUDITOR).await;
        assert_eq!(anchor.state, State::GivenUp, "{}", stage.trial.engine);
        let days = anchor.settled_at.expect("it is settled").since(NOW);
        assert!((3 * Millis::DAY..3 * Millis::DAY + Millis::HOUR).contains(&days));
        assert_eq!(stage.told().await, 0);
        let status = stage.status().await;
        assert_eq!((status.targets[0].given_up, status.targets[0].last.clone()), (1, None));
    }
}

#[tokio::test]
async fn a_copy_whose_process_died_is_sent_again() {
    let server = Server::obliging().await.expect("a server");
    for stage in stages(&webhook(&server)).await {
        let before = server.requests().len();
        stage.grow(1).await;
        stage.publish().await;
        // It dies after it took the copy, and perhaps after it sent it.
        let taken = stage
            .trial
            .ledger
            .write(|tx| Box::pin(crate::anchors::store::claim(tx, Millis::MINUTE, 16)));
        assert_eq!(taken.await.expect("it is taken").len(), 1);
        let other = stage.another().await;
        let next = other.send_due().await.expect("a step");
        assert_eq!(
            next,
            Some(NOW + Millis::MINUTE),
            "{}: somebody has it",
            stage.trial.engine
        );
        stage.wait(Millis::MINUTE);
        assert_eq!(other.send_due().await.expect("a step"), None);
        assert_eq!(server.requests().len() - before, 1);
        assert_eq!(stage.told().await, 1);
    }
}

#[tokio::test]
async fn one_who_does_not_answer_holds_nobody_else_up() {
    let (server, dead) = (Server::obliging().await.expect("a server"), {
        let gone = Server::obliging().await.expect("a server");
        gone.url("/")
    });
    let text = format!(
        "{}\n[[evidence.webhook]]\nname = \"dead\"\nurl = \"{dead}\"",
        webhook(&server)
    );
    for stage in stages(&text).await {
        stage.grow(1).await;
        stage.publish().await;
        stage.send().await;
        assert_eq!(stage.newest(AUDITOR).await.state, State::Done, "{}", stage.trial.engine);
        let dead = stage.newest("webhook:dead").await;
        assert_eq!(dead.last_error.as_deref(), Some("cannot be reached"));
        // Days later the copy of the working one is recent, and the dead one is named.
        for _ in 0..3 {
            stage.wait(Millis::DAY);
            stage.grow(1).await;
            stage.publish().await;
            stage.send().await;
        }
        let nags = stage.status().await.nags(stage.trial.clock.now(), 36 * Millis::HOUR);
        let told: Vec<_> = nags.iter().map(ToString::to_string).collect();
        assert_eq!(
            told,
            ["webhook:dead has got no checkpoint for too long: cannot be reached"]
        );
    }
}

#[tokio::test]
async fn a_slow_webhook_is_waited_for() {
    let server = Server::obliging().await.expect("a server");
    for stage in stages(&webhook(&server)).await {
        stage.grow(1).await;
        stage.publish().await;
        server.next(Reply::Slow(Duration::from_millis(300), Box::new(Reply::status(200))));
        assert_eq!(stage.send().await, None, "{}", stage.trial.engine);
        assert_eq!(stage.newest(AUDITOR).await.reference.as_deref(), Some("status 200"));
    }
}
