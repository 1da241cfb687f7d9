//! All wording, in Fluent files under `bot/locales`. Logic never formats prose.
//!
//! Each phrase is a method of [`Voice`] with its arguments as parameters, so that a missing argument does not
//! compile. Tests hold each file to its list of [phrases](phrases): same keys, same arguments, in every language.

mod phrases;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
pub use phrases::FILES;
use unic_langid::LanguageIdentifier;

/// A language that the product speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Language {
    #[default]
    English,
    German,
}

impl Language {
    pub const ALL: [Self; 2] = [Self::English, Self::German];

    /// The language for a Discord locale or a word of the configuration: `de`, `de-AT` are German, all else English.
    pub fn of(locale: &str) -> Self {
        match locale.split('-').next() {
            Some("de") => Self::German,
            _ => Self::English,
        }
    }

    /// Discord's own locale keys for it. The default's are named too, else Discord falls back to another language.
    pub const fn locales(self) -> &'static [&'static str] {
        match self {
            Self::English => &["en-GB", "en-US"],
            Self::German => &["de"],
        }
    }

    const fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::German => "de",
        }
    }
}

/// All phrases in all languages.
pub struct Words {
    english: FluentBundle<FluentResource>,
    german: FluentBundle<FluentResource>,
}

impl Words {
    /// Reads the embedded files. They are part of the program and tested, so this cannot fail.
    pub fn load() -> Self {
        Self {
            english: bundle(Language::English),
            german: bundle(Language::German),
        }
    }

    /// Speaks in `language`.
    pub fn voice(&self, language: Language) -> Voice<'_> {
        Voice { words: self, language }
    }
}

impl std::fmt::Debug for Words {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Words")
    }
}

/// The phrases in one language; the methods are in [phrases].
#[derive(Clone, Copy, Debug)]
pub struct Voice<'a> {
    words: &'a Words,
    language: Language,
}

impl Voice<'_> {
    pub fn language(&self) -> Language {
        self.language
    }

    /// A phrase by its name; the name itself where it is missing, which a test rules out.
    fn say(&self, name: &'static str, args: &FluentArgs<'_>) -> String {
        let bundle = match self.language {
            Language::English => &self.words.english,
            Language::German => &self.words.german,
        };
        // Fluent takes hyphens where Rust has underscores.
        let key = name.replace('_', "-");
        let Some(pattern) = bundle.get_message(&key).and_then(|message| message.value()) else {
            return key;
        };
        let mut errors = Vec::new();
        bundle.format_pattern(pattern, Some(args), &mut errors).into_owned()
    }
}

fn bundle(language: Language) -> FluentBundle<FluentResource> {
    let locale: LanguageIdentifier = language.tag().parse().expect("our own language tags are well-formed");
    let mut bundle = FluentBundle::new_concurrent(vec![locale]);
    // The marks around arguments would be shown as boxes by some clients, and both languages run left to right.
    bundle.set_use_isolating(false);
    for file in FILES {
        let resource = FluentResource::try_new(file.text(language).to_owned()).unwrap_or_else(|(readable, _)| readable);
        bundle.add_resource_overriding(resource);
    }
    bundle
}

#[cfg(test)]
mod tests;
