//! Files that go with a concern: pictures without what cameras and programs write into them, and plain text.
//!
//! What is kept is listed; everything else is removed, known or not. Names are not kept: they tell too much.

mod jpeg;

use img_parts::Bytes;
use img_parts::png::{Png, PngChunk};
use img_parts::riff::{RiffChunk, RiffContent};
use img_parts::webp::{self, WebP};
use zeroize::Zeroizing;

/// Maximum size in bytes of one file: what fits, with its name, into the longest step that files are padded to.
pub const FILE_BYTES: usize = (8 << 20) - 4_096;

/// Chunks of a PNG that make the picture and its colours.
const PNG: [&[u8; 4]; 10] = [
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"sBIT", b"bKGD",
];
/// Whether a WebP has transparent parts, among the flags of its head. All other flags announce what is removed.
const WEBP_ALPHA: u8 = 0b0001_0000;

/// A file as it is sealed. Has no `Debug`.
pub struct Attachment {
    pub form: Form,
    pub content: Zeroizing<Vec<u8>>,
}

/// What a file is, by its first bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    Png,
    Jpeg,
    WebP,
    Text,
}

impl Form {
    /// What its name ends in.
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Png => "png",
            Self::Jpeg => "jpg",
            Self::WebP => "webp",
            Self::Text => "txt",
        }
    }
}

/// Why a file is not accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unfit {
    /// More than [`FILE_BYTES`].
    TooLarge,
    /// Neither a picture of the three kinds nor plain text. Animated pictures are not accepted.
    OtherForm,
    /// It begins like a picture and does not continue like one.
    Damaged,
}

impl Attachment {
    /// Takes a file apart and keeps what it shows.
    ///
    /// # Errors
    /// Why it is not accepted.
    pub fn strip(content: Vec<u8>) -> Result<Self, Unfit> {
        let content = Zeroizing::new(content);
        if content.len() > FILE_BYTES {
            return Err(Unfit::TooLarge);
        }
        let form = form(&content).ok_or(Unfit::OtherForm)?;
        let stripped = match form {
            Form::Png => png(&content),
            Form::Jpeg => jpeg::strip(&content),
            Form::WebP => return webp(&content),
            Form::Text => text(&content).map(<[u8]>::to_vec),
        };
        let content = stripped.ok_or(Unfit::Damaged)?;
        Ok(Self {
            form,
            content: Zeroizing::new(content),
        })
    }
}

fn form(content: &[u8]) -> Option<Form> {
    if content.starts_with(b"\x89PNG\r\n\x1a\n") {
        Some(Form::Png)
    } else if content.starts_with(b"\xff\xd8\xff") {
        Some(Form::Jpeg)
    } else if content.starts_with(b"RIFF") && content.get(8..12) == Some(b"WEBP") {
        Some(Form::WebP)
    } else {
        text(content).map(|_| Form::Text)
    }
}

/// UTF-8 without control characters except tabs and line ends.
fn text(content: &[u8]) -> Option<&[u8]> {
    let text = std::str::from_utf8(content).ok()?;
    let plain = |character: char| !character.is_control() || matches!(character, '\t' | '\n' | '\r');
    (!text.is_empty() && text.chars().all(plain)).then_some(content)
}

fn png(content: &[u8]) -> Option<Vec<u8>> {
    let mut png = Png::from_bytes(Bytes::copy_from_slice(content)).ok()?;
    png.chunks_mut().retain(|chunk| PNG.contains(&&chunk.kind()));
    let has = |kind: &[u8; 4]| png.chunk_by_type(*kind).is_some();
    let begins = png.chunks().first().map(PngChunk::kind) == Some(*b"IHDR");
    (begins && has(b"IDAT") && has(b"IEND")).then(|| png.encoder().bytes().to_vec())
}

fn webp(content: &[u8]) -> Result<Attachment, Unfit> {
    let webp = WebP::from_bytes(Bytes::copy_from_slice(content)).map_err(|_| Unfit::Damaged)?;
    if webp.has_chunk(webp::CHUNK_ANIM) || webp.has_chunk(webp::CHUNK_ANMF) {
        return Err(Unfit::OtherForm);
    }
    let subchunks: Vec<_> = webp.chunks().iter().filter_map(webp_chunk).collect();
    let shows = |chunk: &RiffChunk| matches!(&chunk.id(), b"VP8 " | b"VP8L");
    if !subchunks.iter().any(shows) {
        return Err(Unfit::Damaged);
    }
    let kind = Some(*b"WEBP");
    let stripped = WebP::new(RiffChunk::new(*b"RIFF", RiffContent::List { kind, subchunks }));
    let content = stripped.map_err(|_| Unfit::Damaged)?.encoder().bytes().to_vec();
    Ok(Attachment {
        form: Form::WebP,
        content: Zeroizing::new(content),
    })
}

/// The parts of the picture; the head with all flags cleared except one.
fn webp_chunk(chunk: &RiffChunk) -> Option<RiffChunk> {
    match &chunk.id() {
        b"VP8 " | b"VP8L" | b"ALPH" => Some(chunk.clone()),
        b"VP8X" => {
            let head = chunk.content().data().filter(|head| head.len() == 10)?;
            let mut flags = [0; 10];
            flags[0] = head[0] & WEBP_ALPHA;
            // Width and height; the reserved bytes between are zero.
            flags[4..].copy_from_slice(&head[4..]);
            let content = RiffContent::Data(Bytes::copy_from_slice(&flags));
            Some(RiffChunk::new(chunk.id(), content))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests;
