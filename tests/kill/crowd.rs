//! People who answer as soon as they are asked, and try again until they have a receipt.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use bellwether::chance::Chance;
use discord_stand_in::{Handle, Message, ModalShown, Person, Response};
use tokio::task::JoinSet;

/// How long a client waits for an answer to a press or a form.
const WAIT: Duration = Duration::from_secs(2);
/// How long everybody has for an answer after the last kill: what the last process had leased comes after a minute,
/// and new direct messages are opened one a second.
const PATIENCE: Duration = Duration::from_secs(240);
/// What the bot says when another answer was first.
const STANDS: &str = "That answer counts.";

#[derive(Default)]
pub(crate) struct Crowd {
    people: JoinSet<Diary>,
    finished: Arc<AtomicUsize>,
}

/// What a person has sent and was told.
pub(crate) struct Diary {
    pub person: Person,
    /// Every text that was sent, in order.
    pub texts: Vec<String>,
    pub receipt: Receipt,
}

/// What the bot acknowledged.
pub(crate) enum Receipt {
    /// The last text sent is recorded under this id.
    Recorded(String),
    /// One of the earlier texts is.
    Stands,
}

impl Crowd {
    pub(crate) fn join(&mut self, people: Vec<Person>, chance: &Chance) {
        for person in people {
            let (chance, finished) = (chance.clone(), Arc::clone(&self.finished));
            self.people.spawn(async move {
                let diary = live(person, &chance).await;
                finished.fetch_add(1, Ordering::Relaxed);
                diary
            });
        }
    }

    /// How many have their receipt.
    pub(crate) fn finished(&self) -> usize {
        self.finished.load(Ordering::Relaxed)
    }

    /// Waits until everybody has a receipt.
    pub(crate) async fn finish(self) -> Vec<Diary> {
        let (count, finished) = (self.people.len(), Arc::clone(&self.finished));
        let all = tokio::time::timeout(PATIENCE, self.people.join_all()).await;
        all.unwrap_or_else(|_| {
            panic!(
                "only {} of {count} people have a receipt",
                finished.load(Ordering::Relaxed)
            )
        })
    }
}

async fn live(person: Person, chance: &Chance) -> Diary {
    let question = loop {
        pause(100, chance).await;
        if let Some(message) = person.latest().filter(|message| !message.buttons().is_empty()) {
            break message;
        }
    };
    let mut texts = Vec::new();
    pause(chance.below(15_000), chance).await;
    loop {
        if let Some(receipt) = answer(&person, &question, &mut texts, chance).await {
            return Diary { person, texts, receipt };
        }
        pause(200, chance).await;
    }
}

async fn pause(milliseconds: u64, chance: &Chance) {
    tokio::time::sleep(Duration::from_millis(milliseconds + chance.below(200))).await;
}

/// One try; none when the bot did not answer.
async fn answer(person: &Person, question: &Message, texts: &mut Vec<String>, chance: &Chance) -> Option<Receipt> {
    let button = &question.buttons()[chance.below(4) as usize];
    let pressed = person
        .press(question, &button.custom_id)
        .expect("the button can be pressed");
    match within(pressed.response()).await? {
        Response::Modal(modal) => {
            texts.push(format!("told by {} at try {}", person.id(), texts.len() + 1));
            let sent = send(person, &modal, &texts[texts.len() - 1]);
            if chance.below(4) == 0 {
                sent.repeat();
            }
            Some(read(&within(sent.message()).await?))
        }
        Response::Message(message) => Some(read(&message)),
        other => panic!("the bot answered a press with {other:?}"),
    }
}

fn send(person: &Person, modal: &ModalShown, text: &str) -> Handle {
    let fields = modal.fields();
    let takes = |name: &&str| fields.iter().any(|field| field.custom_id == *name);
    let field = ["text", "because"]
        .into_iter()
        .find(takes)
        .expect("a field to write in");
    person.submit(modal, &[(field, text)]).expect("the form can be sent")
}

fn read(message: &Message) -> Receipt {
    let text = message.text();
    if text.contains(STANDS) {
        return Receipt::Stands;
    }
    let record = text.split("Record `").nth(1).and_then(|rest| rest.split('`').next());
    let record = record.unwrap_or_else(|| panic!("no receipt: {text}"));
    Receipt::Recorded(record.to_owned())
}

async fn within<T, E>(answer: impl Future<Output = Result<T, E>>) -> Option<T> {
    tokio::time::timeout(WAIT, answer).await.ok()?.ok()
}
