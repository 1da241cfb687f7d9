use rehearsal::outside::{Reply, Server, Tsa};

use super::stage::{TEN_MINUTES, stages};
use crate::anchors::State;

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
