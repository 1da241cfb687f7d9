use img_parts::riff::{RiffChunk, RiffContent};
use proptest::prelude::*;

use super::*;

const TOLD: &[u8] = b"Canon of Ms Brimborium, 52.5N 13.4E";

fn sample_png() -> Vec<u8> {
    let chunk = |kind: &[u8; 4], content: &'static [u8]| PngChunk::new(*kind, Bytes::from_static(content));
    let mut bytes = b"\x89PNG\r\n\x1a\n".to_vec();
    for chunk in [
        chunk(b"IHDR", b"\0\0\0\x01\0\0\0\x01\x08\0\0\0\0"),
        chunk(b"eXIf", TOLD),
        chunk(b"tEXt", TOLD),
        chunk(b"iCCP", TOLD),
        chunk(b"prVt", TOLD),
        chunk(b"gAMA", b"\0\0\xb1\x8f"),
        chunk(b"IDAT", b"picture"),
        chunk(b"tIME", TOLD),
        chunk(b"IEND", b""),
    ] {
        bytes.extend_from_slice(&chunk.encoder().bytes());
    }
    bytes.extend_from_slice(TOLD);
    bytes
}

fn segment(marker: u8, content: &[u8]) -> Vec<u8> {
    let length = u16::try_from(content.len() + 2).expect("it is short").to_be_bytes();
    [&[0xFF, marker], &length[..], content].concat()
}

fn sample_jpeg() -> Vec<u8> {
    let exif = [b"Exif\0\0", TOLD].concat();
    [
        &[0xFF, 0xD8][..],
        &segment(0xE0, b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0"),
        &segment(0xE1, &exif),
        &segment(0xEE, b"Adobe\0\x64\0\0\0\0\x01"),
        &segment(0xEE, TOLD),
        &segment(0xDB, b"table"),
        &segment(0xC2, b"frame"),
        &[0xFF],
        &segment(0xDA, b"scan"),
        b"co\xff\0ded\xff\xd3pic",
        &segment(0xFE, TOLD),
        &segment(0xC4, b"tree"),
        &segment(0xDA, b"scan"),
        b"ture",
        &[0xFF, 0xD9],
        TOLD,
    ]
    .concat()
}

fn sample_webp(chunks: &[(&[u8; 4], &'static [u8])]) -> Vec<u8> {
    let chunk = |(id, content): &(&[u8; 4], &'static [u8])| {
        RiffChunk::new(**id, RiffContent::Data(Bytes::from_static(content)))
    };
    let subchunks = chunks.iter().map(chunk).collect();
    let kind = Some(*b"WEBP");
    let riff = RiffChunk::new(*b"RIFF", RiffContent::List { kind, subchunks });
    riff.encoder().bytes().to_vec()
}

fn holds(content: &[u8], wanted: &[u8]) -> bool {
    content.windows(wanted.len()).any(|window| window == wanted)
}

/// The outcome for a file; fails if it still tells what it should not.
fn stripped(content: Vec<u8>) -> (Form, Vec<u8>) {
    assert!(holds(&content, TOLD), "the sample tells something");
    let attachment = Attachment::strip(content).unwrap_or_else(|unfit| panic!("{unfit:?}"));
    for part in [&b"Brimborium"[..], b"Canon", b"52.5N"] {
        assert!(!holds(&attachment.content, part));
    }
    (attachment.form, attachment.content.to_vec())
}

#[test]
fn a_png_keeps_the_picture_alone() {
    let (form, content) = stripped(sample_png());
    assert_eq!(form, Form::Png);
    let png = Png::from_bytes(content.into()).expect("a PNG");
    let kinds: Vec<_> = png.chunks().iter().map(PngChunk::kind).collect();
    assert_eq!(kinds, [*b"IHDR", *b"gAMA", *b"IDAT", *b"IEND"]);
}

#[test]
fn a_jpeg_keeps_every_scan_and_no_word() {
    let (form, content) = stripped(sample_jpeg());
    assert_eq!(form, Form::Jpeg);
    let expected = [
        &[0xFF, 0xD8][..],
        &segment(0xEE, b"Adobe\0\x64\0\0\0\0\x01"),
        &segment(0xDB, b"table"),
        &segment(0xC2, b"frame"),
        &segment(0xDA, b"scan"),
        b"co\xff\0ded\xff\xd3pic",
        &segment(0xC4, b"tree"),
        &segment(0xDA, b"scan"),
        b"ture",
        &[0xFF, 0xD9],
    ]
    .concat();
    assert_eq!(content, expected);
}

#[test]
fn a_webp_keeps_the_picture_and_no_flag_for_the_rest() {
    let sample = sample_webp(&[
        (b"VP8X", b"\x3c\0\0\0\x01\0\0\x02\0\0"),
        (b"ICCP", TOLD),
        (b"ALPH", b"clear"),
        (b"VP8 ", b"picture"),
        (b"EXIF", TOLD),
        (b"XMP ", TOLD),
        (b"what", TOLD),
    ]);
    let (form, content) = stripped(sample);
    assert_eq!(form, Form::WebP);
    let kept = sample_webp(&[
        (b"VP8X", b"\x10\0\0\0\x01\0\0\x02\0\0"),
        (b"ALPH", b"clear"),
        (b"VP8 ", b"picture"),
    ]);
    assert_eq!(content, kept);
}

#[test]
fn plain_text_stays_as_it_is() {
    let text = "Wer? Müller\tund\r\nSchmidt\n".as_bytes().to_vec();
    let attachment = Attachment::strip(text.clone()).unwrap_or_else(|unfit| panic!("{unfit:?}"));
    assert_eq!((attachment.form, attachment.content.to_vec()), (Form::Text, text));
}

#[test]
fn everything_else_is_refused() {
    let refused = |content: &[u8]| Attachment::strip(content.to_vec()).err();
    for other in [
        &b"%PDF-1.7\n\x01"[..],
        b"PK\x03\x04",
        b"GIF89a\x01\0",
        b"",
        b"a\0b",
        b"\xff\xfe",
        b"\x1b[31m",
    ] {
        assert_eq!(refused(other), Some(Unfit::OtherForm));
    }
    let moving = sample_webp(&[
        (b"VP8X", b"\x02\0\0\0\x01\0\0\x02\0\0"),
        (b"ANIM", b"loop"),
        (b"ANMF", TOLD),
    ]);
    assert_eq!(refused(&moving), Some(Unfit::OtherForm));
    for cut in [
        &sample_png()[..60],
        &sample_jpeg()[..40],
        b"\xff\xd8\xff\xd9",
        &sample_webp(&[(b"EXIF", TOLD)]),
    ] {
        assert_eq!(refused(cut), Some(Unfit::Damaged));
    }
    assert_eq!(refused(&vec![b'a'; FILE_BYTES + 1]), Some(Unfit::TooLarge));
}

proptest! {
    #[test]
    fn no_file_breaks_the_reading(which in 0..4, mut content in prop::collection::vec(any::<u8>(), 0..200), at in 0usize..200) {
        let begin: &[u8] = match which {
            0 => b"\x89PNG\r\n\x1a\n",
            1 => b"\xff\xd8\xff",
            2 => b"RIFF\x30\0\0\0WEBPVP8X",
            _ => b"",
        };
        content.splice(..0, begin.iter().copied());
        drop(Attachment::strip(content));
        for mut sample in [sample_png(), sample_jpeg()] {
            let at = at % sample.len();
            sample[at] ^= 0x5A;
            drop(Attachment::strip(sample));
        }
    }
}
