//! Two worlds, one with cases that a handler must know nothing of and one without: that handler is shown the same in
//! both, to the last byte, but for random ids.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use anyhow::ensure;
use bellwether::clock::Millis;
use rehearsal::World;

use super::permission_matrix::{Cast, Scene, Where, acts, bare, column, more, setting};
use super::stage::play;

/// What was done, and what was shown then.
type Shown = Vec<(String, String)>;

#[tokio::test(flavor = "multi_thread")]
async fn a_handler_in_conflict_is_shown_the_same_with_the_cases_as_without() -> anyhow::Result<()> {
    let with = on_every_engine(true).await?;
    let without = on_every_engine(false).await?;
    ensure!(with.len() == without.len());
    for (with, without) in with.iter().zip(&without) {
        ensure!(
            with.len() == without.len(),
            "{} and {} things",
            with.len(),
            without.len()
        );
        let differ: Vec<String> = with
            .iter()
            .zip(without)
            .filter(|(one, other)| one != other)
            .map(|((what, one), (_, other))| format!("{what}\nwith:    {one}\nwithout: {other}"))
            .collect();
        ensure!(differ.is_empty(), "{}", differ.join("\n\n"));
    }
    Ok(())
}

async fn on_every_engine(hidden: bool) -> anyhow::Result<Vec<Shown>> {
    let all = Mutex::new(Vec::new());
    play(setting(), async |world| {
        let shown = Box::pin(everything(world, hidden)).await?;
        all.lock().unwrap_or_else(PoisonError::into_inner).push(shown);
        Ok(())
    })
    .await?;
    Ok(all.into_inner().unwrap_or_else(PoisonError::into_inner))
}

/// All that can be tried, here and in direct messages, and then what comes of itself while every deadline passes.
async fn everything(world: &mut World, hidden: bool) -> anyhow::Result<Shown> {
    let cast = Cast::gather(world, hidden).await?;
    let barred = column("barred");
    let mut names = Names::default();
    let mut shown = Vec::new();
    for place in [Where::Server, Where::DirectMessages] {
        let scene = Scene::set(world, &cast, place).await?;
        for act in acts()? {
            let seen = scene.play(&act, barred, &cast.fact("case")).await?;
            let seen = seen.map(|seen| seen.sent).unwrap_or_default();
            shown.push((format!("{} {}", act.name, place.title()), names.plain(&seen)));
            scene.rest().await;
        }
    }
    // So many that figures are shown, once the quarter is over.
    more(world, 8).await?;
    // A few looks are enough for every warning and every round of news.
    for days in [1, 3, 4, 55, 37] {
        world.clock.set(world.clock.now() + days * Millis::DAY);
        world.pass(Millis::MINUTE).await?;
    }
    shown.extend(afterwards(world, &cast).await?);
    Ok(shown)
}

/// What has come by itself, and what is shown when all of it is over. Of ids only the places are compared here, as the
/// order of what happens at the same instant is random.
async fn afterwards(world: &World, cast: &Cast) -> anyhow::Result<Shown> {
    let mut shown = Vec::new();
    let scene = Scene::set(world, cast, Where::DirectMessages).await?;
    for act in acts()?.iter().filter(|act| act.name.starts_with("/case")) {
        let seen = scene.play(act, column("barred"), "").await?;
        let seen = seen.map(|seen| seen.sent).unwrap_or_default();
        shown.push((format!("{} in the end", act.name), Names::default().blank(&seen)));
    }
    let mut came = Vec::new();
    for message in cast.named("barred").received() {
        came.push((
            "a direct message".to_owned(),
            Names::default().blank(&bare(&message).to_string()),
        ));
    }
    for (name, channel) in &world.organisation.guild.channels {
        for message in world.discord.messages(*channel) {
            let plain = Names::default().blank(&bare(&message).to_string());
            came.push((format!("a message in {name}"), plain));
        }
    }
    came.sort();
    shown.extend(came);
    Ok(shown)
}

/// Random ids, called by the order in which they were first seen.
#[derive(Default)]
struct Names(BTreeMap<String, String>);

impl Names {
    /// The text with names in place of ids: long hexadecimal and decimal numbers, case numbers, public keys.
    fn plain(&mut self, text: &str) -> String {
        // A line's end is written with a letter, which is none of the word behind it.
        let text = text.replace("\\n", "\n");
        let mut plain = String::new();
        let mut rest = text.as_str();
        while let Some(first) = rest.chars().next() {
            let word = if first.is_ascii_alphanumeric() {
                word(rest)
            } else {
                &rest[..first.len_utf8()]
            };
            plain.push_str(&self.name(word));
            rest = &rest[word.len()..];
        }
        plain
    }

    /// The same name for all.
    fn blank(&mut self, text: &str) -> String {
        let mut plain = self.plain(text);
        for name in self.0.values() {
            plain = plain.replace(name, "<id>");
        }
        plain
    }

    fn name(&mut self, word: &str) -> String {
        if let Some(known) = self.0.get(word) {
            return known.clone();
        }
        if !is_random(word) {
            return word.to_owned();
        }
        let name = format!("<id {}>", self.0.len());
        self.0.insert(word.to_owned(), name.clone());
        name
    }
}

/// The letters and digits at the beginning; a case number, a case key or the fingerprint of a key as a whole.
fn word(text: &str) -> &str {
    let end = |from: usize| {
        let rest = &text[from..];
        from + rest
            .find(|letter: char| !letter.is_ascii_alphanumeric())
            .unwrap_or(rest.len())
    };
    for (length, groups) in GROUPED {
        let whole = text.get(..length * groups + groups - 1).unwrap_or_default();
        if is_grouped(whole) && end(whole.len()) == whole.len() {
            return whole;
        }
    }
    let head = &text[..end(0)];
    if head.starts_with("age1") && text[head.len()..].starts_with('…') {
        return &text[..end(head.len() + '…'.len_utf8())];
    }
    head
}

/// Characters in a group and groups of a case number, and of a case key.
const GROUPED: [(usize, usize); 2] = [(3, 2), (4, 5)];

fn is_grouped(word: &str) -> bool {
    let capital = |text: &str| {
        text.bytes()
            .all(|byte| byte.is_ascii_digit() || byte.is_ascii_uppercase())
    };
    let groups: Vec<&str> = word.split('-').collect();
    GROUPED.iter().any(|(length, count)| {
        groups.len() == *count && groups.iter().all(|group| group.len() == *length && capital(group))
    })
}

/// Ids of Discord, of rows, of keys' sets, public keys, and what people type.
fn is_random(word: &str) -> bool {
    let hex = word.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    word.starts_with("age1") || (hex && (word.len() == 8 || word.len() >= 15)) || is_grouped(word)
}
