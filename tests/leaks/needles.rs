//! What must be found nowhere, in every form that a program could write it in.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};

/// Something that tells who somebody is, or what they wrote.
pub(crate) struct Needle {
    /// Such as "member id".
    pub what: &'static str,
    /// The mode in which that person spoke.
    pub whose: &'static str,
    pub value: Value,
}

pub(crate) enum Value {
    Text(String),
    /// An id of Discord.
    Number(u64),
}

/// Bytes to look for.
pub(crate) struct Form {
    pub name: &'static str,
    pub bytes: Vec<u8>,
}

impl Needle {
    /// Every form, none shorter than 8 bytes.
    pub(crate) fn forms(&self) -> Vec<Form> {
        let mut forms = Vec::new();
        match &self.value {
            Value::Text(text) => of_text(text, &mut forms),
            Value::Number(number) => of_number(*number, &mut forms),
        }
        assert!(
            forms.iter().all(|form| form.bytes.len() >= 8),
            "a {} is too short to be told from chance",
            self.what
        );
        forms
    }
}

fn of_text(text: &str, forms: &mut Vec<Form>) {
    of_bytes(text.as_bytes(), &PLAIN, forms);
    let wide: Vec<u16> = text.encode_utf16().collect();
    let little: Vec<u8> = wide.iter().flat_map(|unit| unit.to_le_bytes()).collect();
    let big: Vec<u8> = wide.iter().flat_map(|unit| unit.to_be_bytes()).collect();
    of_bytes(&little, &UTF16, forms);
    of_bytes(&big, &UTF16, forms);
    if !text.is_ascii() {
        put(forms, "JSON escapes", escaped(text, |unit| format!("\\u{unit:04x}")));
        put(forms, "JSON escapes", escaped(text, |unit| format!("\\u{unit:04X}")));
        let percent = |letter: char| {
            let mut bytes = [0; 4];
            let of_byte = |byte: &u8| format!("%{byte:02X}");
            letter
                .encode_utf8(&mut bytes)
                .as_bytes()
                .iter()
                .map(of_byte)
                .collect::<String>()
        };
        let letters = text.chars().map(|letter| {
            if letter.is_ascii() {
                letter.to_string()
            } else {
                percent(letter)
            }
        });
        put(forms, "percent signs", letters.collect());
    }
}

fn of_number(number: u64, forms: &mut Vec<Form>) {
    of_text(&number.to_string(), forms);
    of_bytes(&number.to_be_bytes(), &BIG, forms);
    of_bytes(&number.to_le_bytes(), &LITTLE, forms);
}

/// What the forms of some bytes are called: as they are, hexadecimal, base64.
type Names = [&'static str; 3];
const PLAIN: Names = ["text", "text in hexadecimal", "text in base64"];
const UTF16: Names = ["UTF-16", "UTF-16 in hexadecimal", "UTF-16 in base64"];
const BIG: Names = ["big-endian", "hexadecimal", "big-endian in base64"];
const LITTLE: Names = [
    "little-endian",
    "little-endian in hexadecimal",
    "little-endian in base64",
];

fn of_bytes(bytes: &[u8], names: &Names, forms: &mut Vec<Form>) {
    forms.push(Form {
        name: names[0],
        bytes: bytes.to_vec(),
    });
    put(forms, names[1], hex::encode(bytes));
    put(forms, names[1], hex::encode_upper(bytes));
    for offset in 0..3 {
        let standard = inside(&STANDARD_NO_PAD, bytes, offset);
        let safe = inside(&URL_SAFE_NO_PAD, bytes, offset);
        if safe != standard {
            put(forms, names[2], safe);
        }
        put(forms, names[2], standard);
    }
}

/// The characters that stand for these bytes alone, where so many others come before them.
fn inside(alphabet: &impl Engine, bytes: &[u8], offset: usize) -> String {
    let padded = [&[0; 2][..offset], bytes].concat();
    let whole = alphabet.encode(&padded);
    whole[(offset * 8).div_ceil(6)..padded.len() * 8 / 6].to_owned()
}

fn escaped(text: &str, escape: impl Fn(u16) -> String) -> String {
    let one = |letter: char| -> String {
        if letter.is_ascii() {
            return letter.to_string();
        }
        let mut units = [0; 2];
        letter
            .encode_utf16(&mut units)
            .iter()
            .map(|unit| escape(*unit))
            .collect()
    };
    text.chars().map(one).collect()
}

fn put(forms: &mut Vec<Form>, name: &'static str, text: String) {
    forms.push(Form {
        name,
        bytes: text.into_bytes(),
    });
}
