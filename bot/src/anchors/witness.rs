//! Asking witnesses to cosign a checkpoint before it is published: C2SP tlog-witness, `add-checkpoint`.
//!
//! A witness cosigns only what continues the tree that it cosigned last. So its refusals are news, too: it may know
//! more of our log than we do, or another log under our name.

use std::time::Duration;

use futures_util::future::try_join_all;

use super::anchor::State;
use super::http::{Answer, Post};
use super::outside::Witness;
use super::target::Target;
use super::{Anchors, store};
use crate::evidence::{self, Signed};

/// How long a witness may take to answer.
const PATIENCE: Duration = Duration::from_secs(2);
/// Maximum number of requests to one witness: what we remember of it may be old, or another process may be quicker.
const ROUNDS: usize = 3;
/// Maximum size in bytes of an answer.
const LONGEST: usize = 16 * 1024;
/// Content type of the size in a conflict.
const SIZE: &str = "text/x.tlog.size";

/// What a witness said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Word {
    /// Its signature line, and when it signed, in seconds since 1970.
    Cosigned { line: String, time: u64 },
    /// It did not sign this time.
    Not(String),
    /// It knows a tree that ours does not continue.
    Forked(String),
    /// It has cosigned this number of leaves of this log, which is more than the database holds.
    Ahead { known: u64 },
}

/// What follows from an answer.
#[derive(Debug, PartialEq, Eq)]
enum Next {
    Settled(Word),
    /// Ask again with a proof from this number of leaves on.
    From(u64),
    /// It knows this number of leaves, which is more than were submitted.
    Knows(u64),
}

impl Anchors {
    /// Asks all witnesses at the same time. A witness that does not answer delays this by some seconds, and stops
    /// nothing else.
    ///
    /// # Errors
    /// When the database cannot be read, or its tree is not the one that was signed.
    pub(super) async fn cosign(&self, head: &Signed) -> anyhow::Result<Vec<(Target, Word)>> {
        let asked = self.outside.witnesses.iter().map(|witness| async move {
            let target = Target::Witness(witness.key.name().to_owned());
            let word = self.ask(witness, &target, head).await?;
            anyhow::Ok((target, word))
        });
        try_join_all(asked).await
    }

    async fn ask(&self, witness: &Witness, target: &Target, head: &Signed) -> anyhow::Result<Word> {
        let connection = self.core.db.reader();
        let last = store::newest(connection, target, Some(State::Done)).await?;
        let size = head.checkpoint.size;
        let mut old = last.map_or(0, |anchor| anchor.size).min(size);
        for _ in 0..ROUNDS {
            let proof = evidence::continuation(connection, old, head).await?;
            let post = Post {
                most: LONGEST,
                within: PATIENCE,
                ..Post::new(&witness.url, "text/plain; charset=utf-8", proof.text().into_bytes())
            };
            let answer = match self.http.post(post, self.core.clock.now()).await {
                Ok(answer) => answer,
                Err(trouble) => return Ok(Word::Not(trouble.to_string())),
            };
            match next(witness, head, old, &answer) {
                Next::Settled(word) => return Ok(word),
                Next::From(known) => old = known,
                Next::Knows(known) => return self.compare(known).await,
            }
        }
        Ok(Word::Not("names another size each time".to_owned()))
    }

    /// Another process on this database may have been quicker. The log was cut off only if nobody here knows as much.
    async fn compare(&self, known: u64) -> anyhow::Result<Word> {
        let stored = evidence::signed_head(self.core.db.reader(), Some(&self.vkey)).await?;
        let stored = stored.map_or(0, |(head, _)| head.checkpoint.size);
        Ok(if known > stored {
            Word::Ahead { known }
        } else {
            Word::Not(format!("has cosigned {known} leaves meanwhile"))
        })
    }
}

fn next(witness: &Witness, head: &Signed, old: u64, answer: &Answer) -> Next {
    let size = head.checkpoint.size;
    let not = |why: &str| Next::Settled(Word::Not(why.to_owned()));
    let forked = |why: &str| Next::Settled(Word::Forked(why.to_owned()));
    match (answer.status, conflict(answer)) {
        (200, _) => Next::Settled(cosigned(witness, head, &answer.body)),
        (409, Some(known)) if known > size => Next::Knows(known),
        (409, Some(known)) if known != old => Next::From(known),
        // It cosigned exactly this number of leaves, and they are not ours.
        (409, _) if old == size => forked("knows another tree of the same size"),
        (409, _) => not("conflicts without naming another size (409)"),
        (422, _) => forked("says that ours does not continue its tree (422)"),
        (404, _) => not("does not know this log (404)"),
        (403, _) => not("does not know this log's key (403)"),
        (status, _) => not(&format!("answered with status {status}")),
    }
}

/// The size that a conflict names.
fn conflict(answer: &Answer) -> Option<u64> {
    let text = std::str::from_utf8(&answer.body).ok()?.strip_suffix('\n')?;
    let plain = !text.is_empty() && text.len() <= 19 && text.bytes().all(|byte| byte.is_ascii_digit());
    (answer.content_type == SIZE && plain).then(|| text.parse().ok())?
}

/// The witness's own line among the lines of an answer, if its signature is valid for exactly this checkpoint.
fn cosigned(witness: &Witness, head: &Signed, body: &[u8]) -> Word {
    let Ok(text) = std::str::from_utf8(body) else {
        return Word::Not("answered with something that is no text".to_owned());
    };
    for line in text.lines() {
        let note = format!("{}{line}\n", head.note);
        if let Ok(Some(time)) = witness.key.cosigned(&note) {
            let line = format!("{line}\n");
            return Word::Cosigned { line, time };
        }
    }
    Word::Not("answered without a cosignature that holds".to_owned())
}

#[cfg(test)]
mod tests;
