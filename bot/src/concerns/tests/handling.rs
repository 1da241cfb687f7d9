//! What handlers do with cases, and what those who must not know about one can find out.

mod again;
mod forged;
mod hiding;
mod identities;
mod kept;
mod withheld;
mod wording;
mod working;

use age::x25519::Identity;

use super::*;
use crate::config::Role;
use crate::ids::InteractionId;

impl Scene {
    /// Somebody at work with cases, in the role that the scene gave them.
    fn at_work(&self, member: MemberId) -> Handler {
        let role = match member {
            IRIS => Role::IndependentHandler,
            OLGA => Role::Owner,
            _ => Role::Handler,
        };
        Handler {
            organisation: self.organisation().clone(),
            member,
            roles: BTreeSet::from([role]),
        }
    }

    /// The case with that number, whoever may see it.
    async fn case_of(&self, filed: &Filed) -> Case {
        let reader = self.desk.core.db.reader();
        let id = store::id_of(reader, ORGANISATION, &filed.number)
            .await
            .expect("a query");
        let case = store::find(reader, &id.expect("the case is there")).await;
        case.expect("a query").expect("the case is there")
    }

    /// What was said in a case, as far as this key opens it: kind and text.
    async fn opened_by(&self, case: &Case, key: &Identity) -> Vec<(EntryKind, String)> {
        let entries = store::entries(self.desk.core.db.reader(), &case.id)
            .await
            .expect("entries");
        let opened = entries.into_iter().filter_map(|entry| {
            let plain = sealing::open(key, &entry.sealed).ok()?;
            let said = content::read(&plain).expect("a form of ours");
            Some((entry.kind, said.text.expose().to_owned()))
        });
        opened.collect()
    }

    /// The kinds of all events about a case with who acted, sorted: their rows are in no order.
    async fn events(&self, case: &Case) -> Vec<String> {
        let id = &case.id;
        let mut events = self
            .ask(&format!(
                "SELECT kind || ' ' || COALESCE(CAST(actor AS text), '') FROM concern_event WHERE case_id = '{id}'"
            ))
            .await;
        events.sort();
        events
    }

    async fn says(&self, member: MemberId, case: &Case, number: i64, text: &str) -> ReplyOutcome {
        let draft = ReplyDraft {
            case: case.id.clone(),
            words: words(number, text),
            feedback: false,
        };
        let done = reply(&self.desk, &self.at_work(member), draft).await;
        done.expect("it is decided")
    }
}

fn words(number: i64, text: &str) -> HandlerText {
    HandlerText {
        text: Secret::new(text.to_owned()),
        interaction: InteractionId::from_i64(number),
    }
}
