use rehearsal::outside::{Reply, Server, Tsa};

use super::stage::{Stage, TEN_MINUTES, stages};
use crate::anchors::State;
use crate::audit::pack::tests::{checked, order, summary, terms};
use crate::audit::pack::{Order, chains};
use crate::clock::Clock;
use crate::evidence::inspect::Terms;
use crate::trial;

const STAMPS: &str = "tsa:example";

fn authority(server: &Server) -> String {
    format!("[[evidence.tsa]]\nname = \"example\"\nurl = \"{}\"", server.url("/tsr"))
}

#[tokio::test]
async fn a_time_stamp_is_over_exactly_the_frozen_bytes() {
    let Some(tsa) = Tsa::start().await.expect("openssl works") else {
        return;
    };
    for stage in stages(&authority(&tsa.server)).await {
        stage.grow(1).await;
        stage.publish().await;
        assert_eq!(stage.send().await, None, "{}", stage.trial.engine);
        let anchor = stage.newest(STAMPS).await;
        assert_eq!((anchor.state, anchor.last_error), (State::Done, None));
        let token = anchor.token.expect("a token");
        let note = stage.last().await.note;
        tsa.verify(note.as_bytes(), &token).expect("openssl agrees");
        let error = tsa.verify(format!("{note} ").as_bytes(), &token);
        assert!(error.is_err(), "openssl would agree to anything");
        let reference = anchor.reference.expect("a reference");
        assert!(reference.contains("Z, serial number "), "{reference}");
        assert_eq!(stage.told().await, 1);
    }
}

#[tokio::test]
async fn a_reply_that_does_not_fit_is_a_failure_with_its_reason() {
    let Some(tsa) = Tsa::start().await.expect("openssl works") else {
        return;
    };
    for stage in stages(&authority(&tsa.server)).await {
        stage.grow(1).await;
        stage.publish().await;
        stage.send().await;
        let old = stage.newest(STAMPS).await.token.expect("a token");
        stage.wait(TEN_MINUTES);
        stage.grow(1).await;
        stage.publish().await;
        let reply = |body: Vec<u8>| Reply::of("application/timestamp-reply", body);
        for (reply, reason) in [
            (reply(old.clone()), "the time stamp is over other bytes"),
            (reply(b"no DER".to_vec()), "the reply is not of the form of RFC 3161"),
            (reply(vec![0x30; 70_000]), "answered with more than 65536 bytes"),
            (
                reply(old[..old.len() - 9].to_vec()),
                "the reply is not of the form of RFC 3161",
            ),
            (
                Reply::of("text/html", old.clone()),
                "answered with another content type than a time-stamp reply",
            ),
            (Reply::status(503), "answered with status 503"),
            // PKIStatusInfo with status 2 (rejection), free text "no", and badAlg.
            (
                reply(vec![0x30, 13, 0x30, 11, 2, 1, 2, 0x30, 4, 0x0c, 2, b'n', b'o', 3, 0]),
                "the authority refuses: status 2, no",
            ),
            (
                reply(vec![0x30, 5, 0x30, 3, 2, 1, 0]),
                "the reply was granted and holds no token",
            ),
        ] {
            tsa.server.next(reply);
            let next = stage.send().await.expect("it is tried again");
            let anchor = stage.newest(STAMPS).await;
            assert_eq!(anchor.last_error.as_deref(), Some(reason), "{}", stage.trial.engine);
            stage.trial.clock.set(next);
        }
        assert_eq!(stage.send().await, None);
        let token = stage.newest(STAMPS).await.token.expect("a token");
        tsa.verify(stage.last().await.note.as_bytes(), &token)
            .expect("openssl agrees");
    }
}

#[tokio::test]
async fn two_authorities_and_their_certificates_go_into_a_pack() {
    let one = Tsa::start().await.expect("openssl works");
    let other = Tsa::start().await.expect("openssl works");
    let (Some(one), Some(other)) = (one, other) else {
        return;
    };
    let settings = format!(
        "[[evidence.tsa]]\nname = \"one\"\nurl = \"{}\"\n[[evidence.tsa]]\nname = \"other\"\nurl = \"{}\"\nchain_file = {:?}",
        one.server.url("/tsr"),
        other.server.url("/tsr"),
        other.root(),
    );
    let [first, second] = [&one, &other].map(|tsa| std::fs::read_to_string(tsa.root()).expect("a certificate"));
    // The stamps are of the real time.
    for trial in trial::databases(Clock::system().now()).await {
        let stage = Stage::set(trial, &settings, "");
        stage.grow(1).await;
        stage.publish().await;
        stage.send().await;
        let order = Order {
            chains: chains(&stage.anchors.core.config.evidence).expect("certificates"),
            ..order(&stage.trial, "pack")
        };
        assert_eq!(summary(&stage.trial, &order).await.replies, 2);
        let read = |name: &str| std::fs::read_to_string(order.out.join(name)).expect("a file");
        assert_eq!(read("tsa/other.pem"), second);
        let anchors = read("history/000000000002.anchors.jsonl");
        for (target, file) in [("tsa:one", "2.tsr"), ("tsa:other", "2.other.tsr")] {
            let line = anchors.lines().find(|line| line.contains(&format!("\"{target}\"")));
            let line = line.expect("a line for each");
            assert!(line.contains(&format!("history/00000000000{file}\"")), "{line}");
        }
        let roots = stage.trial.folder.path().join("roots.pem");
        std::fs::write(&roots, format!("{first}{second}")).expect("both");
        let trusting = Terms {
            authorities: Some(roots),
            ..terms(&stage.trial)
        };
        let verdict = checked(&order.out, &trusting);
        assert_eq!(verdict.broken, None, "{}", stage.trial.engine);
        assert!(verdict.holds() && verdict.replies_signed == 2, "{verdict:?}");
        // The certificates in the pack help, and make nobody trusted.
        let trusting = Terms {
            authorities: Some(one.root()),
            ..terms(&stage.trial)
        };
        let broken = checked(&order.out, &trusting).broken.expect("the other is a stranger");
        assert_eq!(broken.file, "history/000000000002.other.tsr");
    }
}
