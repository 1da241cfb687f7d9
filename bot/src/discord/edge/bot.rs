//! What the handlers need. Built once; cheap to clone.

use std::future::Future;
use std::sync::Arc;

use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;

use super::busy::Busy;
use super::crowd::Crowd;
use super::fleeting::Fleeting;
use super::names::Names;
use super::picked::Picked;
use crate::clock::Millis;
use crate::concerns::Desk;
use crate::core::Core;
use crate::discord::wire::rest::Rest;
use crate::evidence::receipt::Prover;
use crate::people::Arrivals;
use crate::prompts::Tick;
use crate::words::Words;

/// Commands and forms that are worked on at the same time; more wait. Far above what the database lets through.
const SLOTS: usize = 256;

/// How long a picked message waits for the form, in milliseconds.
const PICKED: i64 = 15 * Millis::MINUTE;

#[derive(Clone, Debug)]
pub struct Bot {
    pub core: Core,
    /// Asks what is due.
    pub tick: Tick,
    /// What concerns are worked on with.
    pub desk: Desk,
    pub rest: Rest,
    pub prover: Prover,
    pub words: Arc<Words>,
    /// The order in which news about people came.
    pub arrivals: Arrivals,
    /// Cancelled when the program stops: nobody begins another long wait.
    pub stopping: CancellationToken,
    /// What is being handled right now.
    pub busy: Busy,
    /// A place for each command and form that is worked on.
    pub slots: Arc<Semaphore>,
    /// Messages that somebody is about to raise a concern about.
    pub picked: Fleeting<Picked>,
    pub crowd: Crowd,
    pub names: Names,
}

impl Bot {
    pub fn new(core: Core, rest: Rest, desk: Desk) -> Self {
        Self {
            tick: Tick::new(core.clone()),
            prover: Prover::new(core.db.clone()),
            picked: Fleeting::new(core.clock.clone(), core.chance.clone(), PICKED),
            crowd: Crowd::default(),
            names: Names::default(),
            arrivals: Arrivals::new(core.chance.clone()),
            core,
            desk,
            rest,
            words: Arc::new(Words::load()),
            stopping: CancellationToken::new(),
            busy: Busy::default(),
            slots: Arc::new(Semaphore::new(SLOTS)),
        }
    }

    /// Work that may wait long for the database. "Thinking" goes out in time even while the work waits for its place; a
    /// button must not wait for a place, because its form can only be the first answer.
    pub fn in_place<F>(&self, work: F) -> impl Future<Output = F::Output> + Send + use<F>
    where
        F: Future + Send,
    {
        // What a command works on is large; boxed, it is moved about cheaply.
        let work = Box::pin(work);
        let slots = Arc::clone(&self.slots);
        async move {
            let _slot = slots.acquire_owned().await;
            work.await
        }
    }

    /// A short reference that ties what a person sees to a line of the log: 8 hexadecimal digits.
    pub fn reference(&self) -> String {
        hex::encode(self.core.chance.bytes::<4>())
    }
}
