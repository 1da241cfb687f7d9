//! Messages to one channel arrive in the order in which they were promised, whatever happens to them on the way.

use discord_stand_in::{Fault, Message};

use super::stage::{NOW, Plan, Stage, stages};
use crate::clock::Millis;
use crate::outbox::{self, NewOutbound};

impl Stage {
    /// Promises a message to the channel that says which it is.
    async fn announce(&self, number: usize) {
        let new = NewOutbound {
            organisation: self.organisation(),
            member: None,
            channel: Some(self.fallback()),
            message: outbox::Message::HandlerKeysChanged {
                holders: vec![(self.members[0], format!("number-{number}"))],
                proposed_by: self.members[0],
                agreed_by: self.members[0],
            },
            at: self.trial.clock.now(),
            expires: None,
        };
        let chance = self.trial.chance.clone();
        let promised = self
            .trial
            .ledger
            .write(move |tx| Box::pin(async move { outbox::promise(tx, &chance, new).await }));
        promised.await.expect("it is promised");
        self.wait(1);
    }

    /// The numbers of those that Discord took, in the order in which they are in the channel.
    fn announced(&self) -> Vec<usize> {
        let posted = self.discord.messages(self.fallback().get().unsigned_abs());
        let number = |message: &Message| {
            let (_, rest) = message.content().split_once("number-").expect("a number");
            rest.trim_end_matches('`').parse().expect("digits")
        };
        posted.iter().map(number).collect()
    }
}

#[tokio::test]
async fn messages_to_one_channel_keep_their_order() {
    let plan = || Plan {
        fallback: true,
        ..Plan::default()
    };
    for stage in stages(plan()).await {
        let path = format!("/channels/{}/messages", stage.fallback());
        for number in 0..4 {
            stage.announce(number).await;
        }
        // The first will be tried again; what is promised in the meantime comes after it.
        stage.discord.fail("POST", &path, 1, Fault::Status(503));
        stage.deliver().await;
        assert_eq!(stage.announced(), [0; 0], "{}", stage.trial.engine);
        for number in 4..9 {
            stage.announce(number).await;
        }
        stage.pump_until(NOW + Millis::HOUR).await;
        assert_eq!(stage.announced(), (0..9).collect::<Vec<_>>(), "{}", stage.trial.engine);
    }
}
