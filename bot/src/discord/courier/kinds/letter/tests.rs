use super::*;
use crate::concerns::WarningStep;
use crate::discord::custom_id::{Press, of_speak};
use crate::words::{Language, Words};

fn number() -> CaseNumber {
    CaseNumber::read("K7Q-2MX").expect("a number")
}

fn overdue(deadline: Deadline, step: WarningStep, taken: bool, own: bool) -> Letter {
    Letter::Warning(Box::new(Overdue {
        number: number(),
        deadline,
        step,
        due: Millis(1_700_000_000_000),
        taken,
        own,
    }))
}

fn said(letter: &Letter, language: Language) -> String {
    let words = Words::load();
    let message = message(words.voice(language), letter);
    message["content"].as_str().expect("a text").to_owned()
}

#[test]
fn news_name_no_case() {
    for (language, command) in [
        (Language::English, "`/case inbox`"),
        (Language::German, "`/fall eingang`"),
    ] {
        for letter in [Letter::News, Letter::Now] {
            let said = said(&letter, language);
            assert!(
                said.contains(command) && !said.chars().any(|found| found.is_ascii_digit()),
                "{said}"
            );
        }
    }
}

#[test]
fn whoever_may_read_a_case_no_more_is_told_without_its_number() {
    for language in Language::ALL {
        let said = said(&Letter::Lapsed, language);
        assert!(
            !said.is_empty() && !said.chars().any(|found| found.is_ascii_digit()),
            "{said}"
        );
    }
}

#[test]
fn a_warning_names_case_date_and_reason() {
    let letters = [
        overdue(Deadline::FirstReply, WarningStep::Half, false, true),
        overdue(Deadline::FirstReply, WarningStep::Over, true, false),
        overdue(Deadline::Feedback, WarningStep::Day75, true, true),
    ];
    let english: Vec<String> = letters.iter().map(|letter| said(letter, Language::English)).collect();
    insta::assert_snapshot!(english.join("\n\n"), @r"
    **Case K7Q-2MX**: half of the time for the first reply to the reporter is over. It is due by <t:1700000000:f>. Nobody has taken this case yet.
    -# Opening the case moves no deadline: `/case open K7Q-2MX`

    **Case K7Q-2MX**: the first reply to the reporter was due by <t:1700000000:f>, and has not been sent. You are notified because the handler who has this case has not done so.
    -# Opening the case moves no deadline: `/case open K7Q-2MX`

    **Case K7Q-2MX**: the reporter must be told the outcome by <t:1700000000:f>. 75 days have passed. You have this case.
    -# Opening the case moves no deadline: `/case open K7Q-2MX`
    ");
    for letter in &letters {
        assert!(said(letter, Language::German).contains("**Fall K7Q-2MX**"));
    }
}

#[test]
fn the_question_has_three_buttons_of_one_colour() {
    let words = Words::load();
    let letter = Letter::Check {
        case: CaseId::new("0".repeat(32)),
        number: number(),
        after: After::Days30,
        audience: Audience::Readers,
    };
    let message = message(words.voice(Language::English), &letter);
    let buttons = message["components"][0]["components"].as_array().expect("buttons");
    let ids: Vec<&str> = buttons
        .iter()
        .filter_map(|button| button["custom_id"].as_str())
        .collect();
    assert_eq!(ids.len(), 3);
    for (id, answer) in ids.iter().zip(CheckAnswer::ALL) {
        let asked = Asked {
            case: CaseId::new("0".repeat(32)),
            after: After::Days30,
            answer: *answer,
        };
        assert_eq!(id.parse(), Ok(Press::Speak(of_speak::Press::Check(asked))));
    }
    assert!(buttons.iter().all(|button| button["style"] == NEUTRAL));
}
