//! After the form: the receipt with the case key, or why nothing was accepted, with the text that must not be lost.

use serenity::all::CreateEmbed;

use super::{DESCRIPTION, FIELD, Page, closed, key_button, list, mode_word, start_button, text};
use crate::catalogue::{Catalogue, ConcernTemplate};
use crate::clock::Millis;
use crate::concerns::due::{feedback_day, first_reply_day};
use crate::concerns::{Closed, FILE_BYTES, Filed, MOST_FILES, Mode, Secret, Unfit};
use crate::discord::edge::dates;
use crate::discord::wire::rest::File;
use crate::words::Voice;

/// The template for those who give no name; the category's own follows it.
const ANONYMOUS: &str = "ack-anonymous";
/// Room that both acknowledgements together may take.
const ROOM: usize = 3_000;

/// The outcome for a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LeftOut {
    Unfit(Unfit),
    /// More than are allowed.
    TooMany,
    /// It could not be fetched.
    Gone,
}

/// What the receipt says.
pub struct Receipt<'a> {
    pub filed: &'a Filed,
    pub mode: Mode,
    /// Files that were included.
    pub files: usize,
    /// Files that were not, by their numbers from 1.
    pub left: &'a [(usize, LeftOut)],
    pub way: Option<String>,
}

/// The case number, the case key, which is shown only this once, and the catalogue's words.
pub fn receipt(voice: Voice<'_>, catalogue: &Catalogue, receipt: &Receipt<'_>) -> Page {
    let Receipt { filed, .. } = receipt;
    let shown = filed.key.shown();
    let key = format!(
        "{}\n```\n{}\n```\n{}",
        voice.concern_key(),
        shown.expose(),
        voice.concern_key_keep()
    );
    let number = filed.number.to_string();
    let first = CreateEmbed::new().title(voice.concern_sent(number)).description(key);
    let mut words = acknowledgements(voice, catalogue, receipt);
    words.push(voice.concern_sent_read(list(voice, &filed.readers).replace('\n', "; ")));
    if filed.calls_now {
        words.push(voice.concern_sent_now());
    }
    if receipt.files > 0 {
        words.push(voice.concern_sent_files(receipt.files as i64));
    }
    words.extend(receipt.left.iter().map(|(number, why)| left_out(voice, *number, *why)));
    let second = CreateEmbed::new().description(text::cut(&words.join("\n\n"), DESCRIPTION));
    Page {
        embeds: vec![first, second],
        ..Page::default()
    }
}

fn left_out(voice: Voice<'_>, number: usize, why: LeftOut) -> String {
    let (why, most) = match why {
        LeftOut::Unfit(Unfit::TooLarge) => ("large", FILE_BYTES.div_ceil(1 << 20)),
        LeftOut::Unfit(Unfit::OtherForm) => ("form", 0),
        LeftOut::Unfit(Unfit::Damaged) => ("damaged", 0),
        LeftOut::TooMany => ("many", MOST_FILES),
        LeftOut::Gone => ("gone", 0),
    };
    voice.concern_file_left(why, number as i64, most as i64)
}

/// The catalogue's words for this category, after those for people without a name.
fn acknowledgements(voice: Voice<'_>, catalogue: &Catalogue, receipt: &Receipt<'_>) -> Vec<String> {
    let Receipt { filed, mode, .. } = receipt;
    let anonymous = match mode {
        Mode::Anonymous => Some(ANONYMOUS),
        Mode::Named | Mode::Confidential => None,
    };
    let wanted = anonymous.into_iter().chain([filed.acknowledge_with.as_str()]);
    let found = wanted.filter_map(|id| catalogue.concern_templates.iter().find(|known| known.id == id));
    found
        .map(|template| text::cut(&filled(voice, template, receipt), ROOM / 2))
        .collect()
}

/// A template with its placeholders filled in.
fn filled(voice: Voice<'_>, template: &ConcernTemplate, receipt: &Receipt<'_>) -> String {
    let Receipt { filed, way, .. } = receipt;
    let handlers: Vec<String> = filed
        .readers
        .iter()
        .map(|reader| text::mention(reader.member))
        .collect();
    // Nobody has taken it yet. The placeholder may begin a sentence.
    let handler = |begins: &str| match handlers.as_slice() {
        [one] => one.clone(),
        all => voice.concern_sent_handlers(all.join(", "), begins),
    };
    let way = way.clone().unwrap_or_else(|| voice.concern_way_word());
    let first = first_reply_day(filed.received_on);
    let values = [
        ("{case}", filed.number.to_string()),
        ("{received}", dates::day(voice, filed.received_on)),
        ("{first_word_by}", dates::day(voice, first)),
        ("{feedback_by}", dates::day(voice, feedback_day(first))),
        (". {handler}", format!(". {}", handler("yes"))),
        ("{handler}", handler("no")),
        ("{other_way}", way),
    ];
    values
        .into_iter()
        .fold(template.text.clone(), |text, (name, value)| text.replace(name, &value))
}

/// Why what was sent was not accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotTaken {
    Closed(Closed),
    Changed,
    Nobody,
    NoConfidant,
    /// The reporter has not said who must not see it, and has to.
    NotAsked,
    /// As many as are allowed in a day, without a name or in the other modes.
    TooManyToday {
        mode: Mode,
        most: u32,
    },
    /// Again after this time, in milliseconds.
    Busy(i64),
    Empty,
    TooLong {
        found: usize,
        allowed: usize,
    },
    /// An error of ours; nothing was stored.
    Unkept,
    /// An error of ours, after which it is not known whether it was stored.
    Broken,
}

impl NotTaken {
    /// Because of an error of ours.
    pub fn because_of(error: &anyhow::Error) -> Self {
        if error.is::<crate::ledger::Unknown>() {
            Self::Broken
        } else {
            Self::Unkept
        }
    }
}

/// The sentence, the text again, and the way on.
pub fn not_taken(voice: Voice<'_>, why: NotTaken, words: &Secret, other: Option<&str>) -> Page {
    let mut page = match why {
        NotTaken::Closed(why) => closed(voice, why, other),
        NotTaken::Changed => plain(voice, voice.concern_changed()),
        NotTaken::Nobody => plain(voice, voice.concern_nobody()),
        NotTaken::NoConfidant => plain(voice, voice.concern_confidant_missing()),
        NotTaken::NotAsked => plain(voice, voice.concern_changed()),
        NotTaken::TooManyToday { mode, most } => plain(voice, voice.concern_today(mode_word(mode), i64::from(most))),
        NotTaken::Busy(left) => plain(voice, voice.concern_busy(minutes(left))),
        NotTaken::Empty => plain(voice, voice.concern_empty()),
        NotTaken::TooLong { found, allowed } => plain(voice, voice.concern_too_long(found as i64, allowed as i64)),
        NotTaken::Unkept => plain(voice, voice.concern_unkept()),
        NotTaken::Broken => plain(voice, voice.concern_apology()),
    };
    text_back(voice, words, &mut page);
    page
}

fn plain(voice: Voice<'_>, sentence: String) -> Page {
    Page::text(sentence).row(vec![start_button(voice, None), key_button(voice)])
}

/// Whole minutes, rounded up.
pub fn minutes(milliseconds: i64) -> i64 {
    (milliseconds + Millis::MINUTE - 1).div_euclid(Millis::MINUTE).max(1)
}

/// What was typed, so that nothing is lost: quoted, or as a file if it does not fit.
pub fn text_back(voice: Voice<'_>, words: &Secret, page: &mut Page) {
    if words.is_blank() {
        return;
    }
    let quoted = text::escape(words.expose());
    if text::length(&quoted) <= DESCRIPTION - FIELD {
        page.embeds
            .push(CreateEmbed::new().title(voice.concern_text_back()).description(quoted));
    } else {
        page.text = format!("{}\n**{}**", page.text, voice.concern_text_back());
        page.files.push(File {
            name: "text.txt".to_owned(),
            content: words.expose().as_bytes().to_vec(),
        });
    }
}
