//! What was said in a case: as sealed files, or as text if the reader's key is unlocked.

use super::{act, person, way_on};
use crate::clock::Millis;
use crate::concerns::content::Opened as Words;
use crate::concerns::{Opened, Piece, Shown};
use crate::discord::cases::custom_id::{CaseAct, KeyAct, Press};
use crate::discord::edge::component::button;
use crate::discord::edge::{Page, dates, text};
use crate::discord::wire::rest::File;
use crate::ids::CaseId;
use crate::words::Voice;

/// Maximum number of files of one message.
const FILES: usize = 10;
/// Maximum size in bytes of the files of one message, unless it is a single file; Discord takes 10 MiB.
const BYTES: usize = 8 * 1024 * 1024;
/// Room for an entry's own text beside its heading.
const OWN_TEXT: usize = 1_600;

/// Sealed files, on as many messages as they need.
pub fn sealed(voice: Voice<'_>, case: &CaseId, pieces: Vec<Piece>) -> Vec<Page> {
    if pieces.is_empty() {
        return vec![Page::text(voice.case_empty()).row(vec![way_on(voice, case)])];
    }
    let first = Page::text(voice.case_files(pieces.len() as i64));
    let files = pieces.into_iter().map(|piece| File {
        name: format!("{}.age", piece.name),
        content: piece.sealed,
    });
    with_row(bundled(first, files), vec![way_on(voice, case)])
}

/// Files on as few messages as possible, the first of which has a text already.
fn bundled(first: Page, files: impl Iterator<Item = File>) -> Vec<Page> {
    let mut pages = vec![first];
    for file in files {
        let fits = |page: &&mut Page| {
            let held: usize = page.files.iter().map(|file| file.content.len()).sum();
            page.files.len() < FILES && (held == 0 || held + file.content.len() <= BYTES)
        };
        match pages.last_mut().filter(fits) {
            Some(page) => page.files.push(file),
            None => pages.push(Page {
                files: vec![file],
                ..Page::default()
            }),
        }
    }
    pages
}

/// The row below the last message.
fn with_row(mut pages: Vec<Page>, row: Vec<serenity::all::CreateButton>) -> Vec<Page> {
    if let Some(last) = pages.pop() {
        pages.push(last.row(row));
    }
    pages
}

/// Entries opened with the reader's key: each a message, long ones with the whole text as a file.
pub fn opened(voice: Voice<'_>, case: &CaseId, opened: Opened, until: Millis) -> Vec<Page> {
    let count = opened.entries.iter().filter(|(_, words)| words.is_some()).count();
    let (said, lasts) = (
        voice.case_opened(count as i64),
        voice.case_unlocked(text::instant(until)),
    );
    let mut pages = vec![Page::text(format!("{said}\n{lasts}"))];
    pages.extend(
        opened
            .entries
            .iter()
            .map(|(shown, words)| page(voice, shown, words.as_ref())),
    );
    let mut files = opened.files.into_iter().map(|file| File {
        name: file.name,
        content: file.bytes.to_vec(),
    });
    if let Some(first) = files.next() {
        let first = Page {
            files: vec![first],
            ..Page::default()
        };
        pages.extend(bundled(first, files));
    }
    let row = vec![
        way_on(voice, case),
        act(case, CaseAct::Say, &voice.button_case_reply()),
        button(&Press::Key(KeyAct::Lock), &voice.button_case_lock()),
    ];
    with_row(pages, row)
}

fn page(voice: Voice<'_>, shown: &Shown, words: Option<&Words>) -> Page {
    let entry = &shown.entry;
    let day = match entry.at {
        Some(at) => text::instant(at),
        None => dates::day(voice, entry.on_day),
    };
    let mut lines = vec![voice.case_entry(entry.kind.word(), person(entry.handler), day)];
    if shown.altered {
        lines.push(voice.case_entry_altered());
        return Page::text(lines.join("\n"));
    }
    let Some(words) = words else {
        lines.push(voice.case_entry_closed());
        return Page::text(lines.join("\n"));
    };
    if let Some((member, name)) = &words.reporter {
        let name = text::escape_line(name.expose());
        lines.push(voice.case_entry_from(text::mention(*member), name));
    }
    if let Some(about) = &words.about {
        lines.push(voice.case_entry_about());
        lines.push(text::quote(about.expose(), OWN_TEXT / 4));
    }
    quoted(voice, lines, shown, words.text.expose())
}

/// The text below its headings; if it is long, its beginning, and the whole text as a file.
fn quoted(voice: Voice<'_>, mut lines: Vec<String>, shown: &Shown, words: &str) -> Page {
    let room = OWN_TEXT.saturating_sub(lines.iter().map(|line| text::length(line)).sum());
    let whole = text::quote(words, usize::MAX);
    if text::length(&whole) <= room {
        lines.push(whole);
        return Page::text(lines.join("\n"));
    }
    let name = format!("{}.txt", shown.name);
    lines.push(text::quote(words, room / 2));
    lines.push(voice.case_entry_long(name.as_str()));
    Page {
        files: vec![File {
            name,
            content: words.as_bytes().to_vec(),
        }],
        ..Page::text(lines.join("\n"))
    }
}
