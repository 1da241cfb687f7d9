//! The commands as Discord is told of them, with names and descriptions in every language.

use serenity::all::{CommandOptionType, CreateCommand, CreateCommandOption, InstallationContext, InteractionContext};
use sha2::{Digest, Sha256};

use crate::discord::permissions::Command;
use crate::words::{Language, Voice, Words};

/// All commands, in servers and in direct messages.
pub fn definitions(words: &Words) -> Vec<CreateCommand> {
    Command::ALL
        .into_iter()
        .map(|command| definition(words, command))
        .collect()
}

/// Changes exactly when the definitions change: hexadecimal digits.
pub fn fingerprint(definitions: &[CreateCommand]) -> String {
    hex::encode(Sha256::digest(canonical(definitions).to_string()))
}

/// With sorted keys: serenity keeps localisations in no order.
fn canonical(definitions: &[CreateCommand]) -> serde_json::Value {
    // Builders hold text and numbers only, which always serialise; objects of this type keep their keys sorted.
    serde_json::to_value(definitions).expect("definitions serialise")
}

fn definition(words: &Words, command: Command) -> CreateCommand {
    let (name, about) = said(command);
    let mut made = CreateCommand::new(command.name())
        .description(about(&words.voice(Language::English)))
        .contexts(vec![InteractionContext::Guild, InteractionContext::BotDm])
        .integration_types(vec![InstallationContext::Guild]);
    for language in Language::ALL {
        let voice = words.voice(language);
        for locale in language.locales() {
            made = made
                .name_localized(*locale, name(&voice))
                .description_localized(*locale, about(&voice));
        }
    }
    made.set_options(options(words, command))
}

type Phrase = fn(&Voice<'_>) -> String;

fn said(command: Command) -> (Phrase, Phrase) {
    match command {
        Command::Pending => (|voice| voice.command_pending(), |voice| voice.command_pending_about()),
        Command::Record => (|voice| voice.command_record(), |voice| voice.command_record_about()),
        Command::Streaks => (|voice| voice.command_streaks(), |voice| voice.command_streaks_about()),
        Command::Away => (|voice| voice.command_away(), |voice| voice.command_away_about()),
    }
}

#[expect(
    clippy::redundant_closure_for_method_calls,
    reason = "a method's path is not general enough in its lifetimes"
)]
fn options(words: &Words, command: Command) -> Vec<CreateCommandOption> {
    match command {
        Command::Pending | Command::Record => Vec::new(),
        Command::Streaks => vec![option(
            words,
            ("member", CommandOptionType::User),
            |voice| voice.command_streaks_member(),
            |voice| voice.command_streaks_member_about(),
        )],
        Command::Away => vec![
            date(
                words,
                "from",
                |voice| voice.command_away_from(),
                |voice| voice.command_away_from_about(),
            ),
            date(
                words,
                "to",
                |voice| voice.command_away_to(),
                |voice| voice.command_away_to_about(),
            ),
        ],
    }
}

fn date(words: &Words, name: &str, say: Phrase, about: Phrase) -> CreateCommandOption {
    option(words, (name, CommandOptionType::String), say, about)
        .required(true)
        .min_length(8)
        .max_length(10)
}

fn option(words: &Words, (name, kind): (&str, CommandOptionType), say: Phrase, about: Phrase) -> CreateCommandOption {
    let mut made = CreateCommandOption::new(kind, name, about(&words.voice(Language::English)));
    for language in Language::ALL {
        let voice = words.voice(language);
        for locale in language.locales() {
            made = made
                .name_localized(*locale, say(&voice))
                .description_localized(*locale, about(&voice));
        }
    }
    made
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::discord::render::text;

    #[test]
    fn the_definitions_are_these() {
        let definitions = definitions(&Words::load());
        insta::assert_snapshot!(serde_json::to_string_pretty(&canonical(&definitions)).expect("they serialise"));
    }

    #[test]
    fn the_fingerprint_is_the_same_each_time() {
        let words = Words::load();
        let prints = [(); 20].map(|()| fingerprint(&definitions(&words)));
        assert!(prints.iter().all(|print| *print == prints[0]));
    }

    #[test]
    fn english_names_are_the_names_the_router_knows() {
        let words = Words::load();
        for command in Command::ALL {
            assert_eq!(said(command).0(&words.voice(Language::English)), command.name());
        }
    }

    #[test]
    fn names_and_descriptions_keep_discords_limits_in_every_language() {
        fn check(value: &serde_json::Value) {
            let names = value["name_localizations"].as_object().expect("localised names");
            let about = value["description_localizations"]
                .as_object()
                .expect("localised descriptions");
            for locales in [names, about] {
                assert_eq!(locales.keys().collect::<Vec<_>>(), ["de", "en-GB", "en-US"]);
            }
            for name in names.values().filter_map(|name| name.as_str()) {
                let fits = (1..=32).contains(&text::length(name));
                assert!(
                    fits && name.chars().all(|letter| letter.is_lowercase() || letter == '-'),
                    "{name}"
                );
            }
            for text in about.values().filter_map(|text| text.as_str()) {
                assert!((1..=100).contains(&text::length(text)), "{text}");
            }
            for option in value["options"].as_array().into_iter().flatten() {
                check(option);
            }
        }
        for definition in definitions(&Words::load()) {
            check(&serde_json::to_value(definition).expect("it serialises"));
        }
    }
}
