//! The lists of phrases, one for each file of `bot/locales`: `prompt_due(due, relative)` is the message `prompt-due` with
//! `{ $due }` and `{ $relative }`.

use super::Language;

/// A phrase by its name, and its arguments.
pub type Phrase = (&'static str, &'static [&'static str]);

/// A file in each language, and its phrases, for the tests.
pub struct File {
    english: &'static str,
    german: &'static str,
    pub phrases: &'static [Phrase],
}

impl File {
    pub const fn text(&self, language: Language) -> &'static str {
        match language {
            Language::English => self.english,
            Language::German => self.german,
        }
    }
}

macro_rules! phrases {
    ($file:literal: $($name:ident($($arg:ident),*);)*) => {
        impl crate::words::Voice<'_> {$(
            #[expect(clippy::allow_attributes, reason = "some phrases need neither")]
            #[allow(clippy::too_many_arguments, clippy::extra_unused_lifetimes, reason = "the phrase decides how many")]
            pub fn $name<'v>(&self $(, $arg: impl Into<fluent_bundle::FluentValue<'v>>)*) -> String {
                #[expect(clippy::allow_attributes, reason = "phrases without arguments need no `mut`")]
                #[allow(unused_mut, reason = "phrases without arguments need no `mut`")]
                let mut args = fluent_bundle::FluentArgs::new();
                $(args.set(stringify!($arg), $arg);)*
                self.say(stringify!($name), &args)
            }
        )*}

        pub(super) const FILE: super::File = super::File {
            english: include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/locales/en/", $file, ".ftl")),
            german: include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/locales/de/", $file, ".ftl")),
            phrases: &[$((stringify!($name), &[$(stringify!($arg)),*])),*],
        };
    };
}

macro_rules! files {
    ($($file:ident),*) => {
        $(mod $file;)*

        pub const FILES: &[File] = &[$($file::FILE),*];
    };
}

files!(case, checkpoint, commands, concern, lists, notice, own, prompt, reply);
