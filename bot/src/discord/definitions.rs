//! The commands as Discord is told about them, with names and descriptions in every language.

use serenity::all::{
    CommandOptionType, CommandType, CreateCommand, CreateCommandOption, InstallationContext, InteractionContext,
};
use sha2::{Digest, Sha256};

use crate::discord::cases::command as case;
use crate::discord::edge::Command;
use crate::discord::speak::begin as concern;
use crate::words::{Language, Voice, Words};

/// All commands, in servers and in direct messages.
pub fn definitions(words: &Words) -> Vec<CreateCommand> {
    Command::ALL
        .into_iter()
        .map(|command| definition(words, command))
        .chain(concerns(words))
        .collect()
}

/// The ways to raise a concern, open to everybody: a command without options, so that nobody sees what is typed, and an
/// entry in the menu of a message.
fn concerns(words: &Words) -> [CreateCommand; 2] {
    let mut command = everywhere(concern::NAME).description(words.voice(Language::English).command_concern_about());
    let mut entry = everywhere(concern::ENTRY).kind(CommandType::Message);
    for language in Language::ALL {
        let voice = words.voice(language);
        for locale in language.locales() {
            command = command
                .name_localized(*locale, voice.command_concern())
                .description_localized(*locale, voice.command_concern_about());
            entry = entry.name_localized(*locale, voice.command_concern_message());
        }
    }
    [command, entry]
}

/// In servers and in direct messages.
fn everywhere(name: &str) -> CreateCommand {
    CreateCommand::new(name)
        .contexts(vec![InteractionContext::Guild, InteractionContext::BotDm])
        .integration_types(vec![InstallationContext::Guild])
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
    let mut made = everywhere(command.name()).description(about(&words.voice(Language::English)));
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
        Command::Case => (|voice| voice.command_case(), |voice| voice.command_case_about()),
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
            "member",
            CommandOptionType::User,
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
            option(
                words,
                "member",
                CommandOptionType::User,
                |voice| voice.command_away_member(),
                |voice| voice.command_away_member_about(),
            ),
        ],
        Command::Case => case(words),
    }
}

#[expect(
    clippy::redundant_closure_for_method_calls,
    reason = "a method's path is not general enough in its lifetimes"
)]
fn case(words: &Words) -> Vec<CreateCommandOption> {
    let sub = |name, say, about| option(words, name, CommandOptionType::SubCommand, say, about);
    let number = option(
        words,
        case::NUMBER,
        CommandOptionType::String,
        |voice| voice.command_case_open_number(),
        |voice| voice.command_case_open_number_about(),
    );
    vec![
        sub(
            case::INBOX,
            |voice| voice.command_case_inbox(),
            |voice| voice.command_case_inbox_about(),
        ),
        sub(
            case::OPEN,
            |voice| voice.command_case_open(),
            |voice| voice.command_case_open_about(),
        )
        .add_sub_option(number.required(true).max_length(20)),
        sub(
            case::KEY,
            |voice| voice.command_case_key(),
            |voice| voice.command_case_key_about(),
        ),
        sub(
            case::FIGURES,
            |voice| voice.command_case_figures(),
            |voice| voice.command_case_figures_about(),
        ),
        sub(
            case::DRILL,
            |voice| voice.command_case_drill(),
            |voice| voice.command_case_drill_about(),
        ),
    ]
}

fn date(words: &Words, name: &str, say: Phrase, about: Phrase) -> CreateCommandOption {
    option(words, name, CommandOptionType::String, say, about)
        .min_length(8)
        .max_length(10)
}

fn option(words: &Words, name: &str, kind: CommandOptionType, say: Phrase, about: Phrase) -> CreateCommandOption {
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
    use crate::discord::edge::text;

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
        let voice = words.voice(Language::English);
        assert_eq!(
            [voice.command_concern(), voice.command_concern_message()],
            [concern::NAME, concern::ENTRY]
        );
    }

    #[test]
    fn names_and_descriptions_keep_discords_limits_in_every_language() {
        fn check(value: &serde_json::Value) {
            let names = value["name_localizations"].as_object().expect("localised names");
            // Entries in the menu of a message have a title and no description.
            let is_entry = value["type"] == 3;
            let about = value["description_localizations"].as_object().filter(|_| !is_entry);
            for locales in [Some(names), about].into_iter().flatten() {
                assert_eq!(locales.keys().collect::<Vec<_>>(), ["de", "en-GB", "en-US"]);
            }
            assert_eq!(about.is_none(), is_entry, "{value}");
            let about = about.cloned().unwrap_or_default();
            for name in names.values().filter_map(|name| name.as_str()) {
                let fits = (1..=32).contains(&text::length(name));
                assert!(
                    fits && (is_entry || name.chars().all(|letter| letter.is_lowercase() || letter == '-')),
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
