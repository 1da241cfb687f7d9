//! What stories share: playing on every engine, waiting for a question, answering it, typing commands.

use anyhow::{Context, ensure};
use bellwether::catalogue::Choice;
use discord_stand_in::{Message, ModalShown, Person, Place};
use rehearsal::{Hired, Setting, World, engines};
use serde_json::Value;

/// Thursday 5 November 2026, 09:00 in Berlin: the first question comes soon. The scheduler's step is repeated each
/// quarter of an hour, so that a story should not last many days.
pub const THURSDAY: &str = "2026-11-05T08:00:00Z";

/// Plays a story on every engine, and verifies the log at its end.
pub async fn play(setting: Setting, story: impl AsyncFn(&mut World) -> anyhow::Result<()>) -> anyhow::Result<()> {
    for postgres in engines::engines() {
        let engine = if postgres.is_some() { "PostgreSQL" } else { "SQLite" };
        let setting = Setting {
            postgres,
            ..setting.clone()
        };
        let mut world = Box::pin(World::with(setting)).await?;
        if let Err(error) = Box::pin(story(&mut world)).await {
            world.finished();
            return Err(error.context(format!("on {engine}")));
        }
        Box::pin(world.finish())
            .await
            .with_context(|| format!("finishing on {engine}"))?;
    }
    Ok(())
}

/// Plays a story where the database plays no part.
pub async fn play_on_sqlite(
    setting: Setting,
    story: impl AsyncFn(&mut World) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let mut world = Box::pin(World::with(setting)).await?;
    if let Err(error) = Box::pin(story(&mut world)).await {
        world.finished();
        return Err(error);
    }
    Box::pin(world.finish()).await
}

/// The usual world on that day.
pub fn thursday() -> Setting {
    Setting::at(THURSDAY)
}

/// Goes on until this person gets the next question by direct message.
pub async fn next_question(world: &World, who: &Hired) -> anyhow::Result<Message> {
    let before = who.person.received().len();
    let more = |_: &World| who.person.received().get(before).cloned();
    let asked = world.await_within(15, more).await;
    asked.with_context(|| format!("{} is asked", who.name))
}

/// Presses the button of this choice.
pub async fn press(person: &Person, question: &Message, choice: Choice) -> anyhow::Result<ModalShown> {
    let button = button(question, choice)?;
    Ok(person.press(question, &button).context("pressing")?.modal().await?)
}

/// The custom id of the button of this choice.
pub fn button(question: &Message, choice: Choice) -> anyhow::Result<String> {
    let place = Choice::ALL.iter().position(|known| *known == choice);
    let button = place.and_then(|place| question.buttons().get(place).cloned());
    Ok(button.context("a question has four buttons")?.custom_id)
}

/// What is typed into the form of this choice; what is proposed stays.
pub fn words(choice: Choice, modal: &ModalShown) -> Vec<(String, String)> {
    let texts: &[&str] = match choice {
        Choice::Done => &["Notes of Tuesday's stand-up"],
        Choice::NotYet => &["After Tuesday's stand-up", "put access reviews on the agenda"],
        Choice::NotApplicable => &["Nobody joined the team"],
        Choice::NeedHelp => &["Two hours of the network team"],
    };
    let fields = modal.fields().into_iter().map(|field| field.custom_id);
    fields.zip(texts.iter().map(|text| (*text).to_owned())).collect()
}

/// Fills in a form and sends it; the message that comes back.
pub async fn send(person: &Person, modal: &ModalShown, words: &[(String, String)]) -> anyhow::Result<Message> {
    let words: Vec<_> = words.iter().map(|(id, text)| (id.as_str(), text.as_str())).collect();
    Ok(person.submit(modal, &words).context("submitting")?.message().await?)
}

/// Answers a question by button and form; the receipt.
pub async fn answer(who: &Hired, question: &Message, choice: Choice) -> anyhow::Result<Message> {
    let modal = press(&who.person, question, choice).await?;
    let words = words(choice, &modal);
    send(&who.person, &modal, &words).await
}

/// Types a command in direct messages; what is seen.
pub async fn types(world: &World, who: &Hired, command: &str) -> anyhow::Result<String> {
    types_in(world, who, Place::Dm, command, &[]).await
}

/// Types a command somewhere, with options; what is seen, which must be for that person's eyes only.
pub async fn types_in(
    world: &World,
    who: &Hired,
    place: Place,
    command: &str,
    options: &[(&str, Value)],
) -> anyhow::Result<String> {
    let handle = who.person.slash(world.organisation.bot.id, place, command, options)?;
    let message = handle.message().await?;
    ensure!(message.is_ephemeral(), "/{command} answers to everybody");
    world.settle().await;
    Ok(message.text())
}

/// Fails unless the text holds each of these.
pub fn says(text: &str, parts: &[&str]) -> anyhow::Result<()> {
    for part in parts {
        ensure!(text.contains(part), "{part:?} is missing in:\n{text}");
    }
    Ok(())
}
