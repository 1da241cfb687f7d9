//! The two tables, read from their files, and what was met compared with them.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, bail, ensure};

use super::Where;
use super::cast::COLUMNS;

/// How something is done; `{names}` stand for what the cast knows.
#[derive(Clone, Debug)]
pub enum How {
    /// A command is typed.
    Type {
        path: String,
        options: Vec<(String, String)>,
    },
    /// The entry in the menu of a message is used.
    Pick,
    /// A button is pressed, or something chosen.
    Press { id: String, values: Vec<String> },
    /// A form is sent.
    Send { id: String, fields: Vec<(String, String)> },
}

/// One thing that somebody can try.
#[derive(Clone, Debug)]
pub struct Act {
    pub name: String,
    pub how: How,
    /// What those see who may: one of these.
    pub shown: Vec<String>,
}

/// What somebody meets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Meets {
    /// What the act is for.
    Shown,
    /// A form opens.
    Form,
    /// It takes another role.
    Denied,
    /// There is no such case, or it is not for them.
    NoCase,
    /// Not in this place.
    NotHere,
    /// A question that was put to somebody else.
    Theirs,
    /// The id means nothing here.
    Stale,
    /// A step of a concern that does not fit.
    Changed,
    /// A visit that is none, or a question that waits for no answer of theirs.
    Over,
    /// Discord itself does not let them.
    Impossible,
}

impl Meets {
    const WORDS: [(Self, &'static str); 10] = [
        (Self::Shown, "shown"),
        (Self::Form, "form"),
        (Self::Denied, "denied"),
        (Self::NoCase, "nocase"),
        (Self::NotHere, "nothere"),
        (Self::Theirs, "theirs"),
        (Self::Stale, "stale"),
        (Self::Changed, "changed"),
        (Self::Over, "over"),
        (Self::Impossible, "-"),
    ];

    /// What refusals say.
    const SAY: [(Self, &'static str); 13] = [
        (Self::Denied, "This command is for"),
        (
            Self::Denied,
            "Only the programme owner and independent handlers can start a drill",
        ),
        (Self::NoCase, "You have no such case."),
        (Self::NotHere, "in its programme, and it finds none"),
        (Self::NotHere, "This server is not set up to use this bot."),
        (Self::Theirs, "This question is for somebody else."),
        (Self::Stale, "This question is no longer here."),
        (Self::Stale, "This absence is no longer entered here."),
        (Self::Stale, "This button comes from another version of the bot."),
        (Self::Changed, "Something has changed since you began"),
        (Self::Over, "Your session has ended"),
        (
            Self::Over,
            "This question has already been answered, or it is no longer kept.",
        ),
        (Self::Impossible, "the client does not offer it"),
    ];

    fn word(self) -> &'static str {
        let found = Self::WORDS.iter().find(|(known, _)| *known == self);
        found.map_or("?", |(_, word)| *word)
    }

    fn read(word: &str) -> anyhow::Result<Self> {
        let found = Self::WORDS.iter().find(|(_, known)| *known == word);
        found
            .map(|(meets, _)| *meets)
            .with_context(|| format!("{word:?} is no outcome"))
    }

    /// Whether nothing may change by it.
    pub fn is_refusal(self) -> bool {
        match self {
            Self::Denied
            | Self::NoCase
            | Self::NotHere
            | Self::Theirs
            | Self::Stale
            | Self::Changed
            | Self::Over
            | Self::Impossible => true,
            Self::Shown | Self::Form => false,
        }
    }

    /// What a text says.
    ///
    /// # Errors
    /// When it is neither a refusal nor what the act is for.
    pub fn of(text: &str, shown: &[String]) -> anyhow::Result<Self> {
        if let Some((meets, _)) = Self::SAY.iter().find(|(_, said)| text.contains(said)) {
            return Ok(*meets);
        }
        ensure!(
            shown.iter().any(|part| text.contains(part)),
            "none of {shown:?} in:\n{text}"
        );
        Ok(Self::Shown)
    }
}

fn file(name: &str) -> anyhow::Result<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/scenarios/permission_matrix");
    std::fs::read_to_string(folder.join(name)).with_context(|| format!("reading {name}"))
}

/// The lines that say something.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    let lines = text.lines().map(str::trim);
    lines.filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// All acts, in the order in which they are done.
pub fn acts() -> anyhow::Result<Vec<Act>> {
    lines(&file("acts.txt")?).map(act).collect()
}

fn act(line: &str) -> anyhow::Result<Act> {
    let parts: Vec<&str> = line.split(" | ").map(str::trim).collect();
    let [name, how, shown] = parts[..] else {
        bail!("an act has a name, a way and what is shown: {line}");
    };
    let mut words = how.split_whitespace();
    let (verb, rest): (_, Vec<&str>) = (words.next(), words.collect());
    let (named, plain): (Vec<&str>, Vec<&str>) = rest.iter().partition(|word| word.contains('='));
    let named = named.iter().filter_map(|word| word.split_once('='));
    let named = named
        .map(|(name, value)| (name.to_owned(), value.replace('~', " ")))
        .collect();
    let id = || {
        plain
            .first()
            .map(|id| (*id).to_owned())
            .with_context(|| format!("no id: {line}"))
    };
    Ok(Act {
        name: name.to_owned(),
        how: match verb {
            Some("type") => How::Type {
                path: plain.join(" "),
                options: named,
            },
            Some("pick") => How::Pick,
            Some("press") => How::Press {
                id: id()?,
                values: plain.iter().skip(1).map(|value| (*value).to_owned()).collect(),
            },
            Some("send") => How::Send {
                id: id()?,
                fields: named,
            },
            _ => bail!("neither typed, picked, pressed nor sent: {line}"),
        },
        shown: shown.split('/').map(|part| part.trim().to_owned()).collect(),
    })
}

/// What everybody is to meet in one place.
pub struct Expected(BTreeMap<String, Vec<Meets>>);

/// What everybody met, or why it could not be told.
#[derive(Default)]
pub struct Met(BTreeMap<(String, usize), Result<Meets, String>>);

impl Met {
    pub fn note(&mut self, act: &Act, column: usize, met: Result<Meets, String>) {
        self.0.insert((act.name.clone(), column), met);
    }
}

/// The rows of a place.
///
/// # Errors
/// When an act has no row or two, or a row not a word for everybody.
pub fn expected(place: Where, acts: &[Act]) -> anyhow::Result<Expected> {
    let text = file("expected.txt")?;
    let head = format!("[{}]", place.title());
    let mut rows = lines(&text)
        .skip_while(|line| *line != head)
        .skip(1)
        .take_while(|line| !line.starts_with('['));
    let columns: Vec<&str> = rows.next().unwrap_or_default().split_whitespace().collect();
    ensure!(columns == COLUMNS, "{head}: the columns are {COLUMNS:?}");
    let mut all = BTreeMap::new();
    for row in rows {
        let (words, names) = row
            .split_once('|')
            .with_context(|| format!("{head}: no names in {row}"))?;
        let meets: Vec<Meets> = words.split_whitespace().map(Meets::read).collect::<Result<_, _>>()?;
        ensure!(
            meets.len() == COLUMNS.len(),
            "{head}: a word for each person is needed in {row}"
        );
        for name in names.split(',').map(str::trim) {
            ensure!(
                all.insert(name.to_owned(), meets.clone()).is_none(),
                "{head}: {name} has two rows"
            );
        }
    }
    for act in acts {
        ensure!(all.contains_key(&act.name), "{head}: {} has no row", act.name);
    }
    ensure!(all.len() == acts.len(), "{head}: a row is about no act");
    Ok(Expected(all))
}

impl Expected {
    /// The columns where the expectation is so.
    pub fn columns(&self, act: &Act, wanted: impl Fn(Meets) -> bool) -> Vec<usize> {
        let row = self.0.get(&act.name).map(Vec::as_slice).unwrap_or_default();
        let all = row.iter().enumerate().filter(|(_, meets)| wanted(**meets));
        all.map(|(column, _)| column).collect()
    }

    /// # Errors
    /// Every cell that was met otherwise, and then the rows as they were met.
    pub fn compare(&self, acts: &[Act], met: &Met) -> anyhow::Result<()> {
        let mut wrong = Vec::new();
        for act in acts {
            for (column, expected) in self.0[&act.name].iter().enumerate() {
                match met.0.get(&(act.name.clone(), column)) {
                    Some(Ok(met)) if met == expected => {}
                    met => wrong.push(format!(
                        "{} by {}: {expected:?}, but {met:?}",
                        act.name, COLUMNS[column]
                    )),
                }
            }
        }
        ensure!(
            wrong.is_empty(),
            "{}\n\nAs it was met:\n{}",
            wrong.join("\n"),
            met.rows(acts)
        );
        Ok(())
    }
}

impl Met {
    fn rows(&self, acts: &[Act]) -> String {
        let mut rows: Vec<(String, Vec<&str>)> = Vec::new();
        for act in acts {
            let cells = (0..COLUMNS.len()).map(|column| match self.0.get(&(act.name.clone(), column)) {
                Some(Ok(met)) => met.word(),
                Some(Err(_)) | None => "?",
            });
            let row: Vec<String> = cells.map(|word| format!("{word:<8}")).collect();
            let row = row.concat();
            match rows.iter_mut().find(|(known, _)| *known == row) {
                Some((_, names)) => names.push(&act.name),
                None => rows.push((row, vec![&act.name])),
            }
        }
        let lines = rows.iter().map(|(row, names)| format!("{row}| {}", names.join(", ")));
        lines.collect::<Vec<_>>().join("\n")
    }
}
