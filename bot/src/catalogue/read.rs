//! From TOML to the model: shapes, words and lengths. What leads where is checked afterwards, in `check.rs`.

use crate::document::{Fields, Notes};

use super::choice::{Answer, Asks, Choice, CountsAs};
use super::model::{
    AnswerOption, CadenceKind, Catalogue, Limits, OnNo, OnNoAction, Pack, Prompt, Source, Theme, Titled,
};
use super::read_staff::{briefing_item, concern_category, concern_template, pulse, pulse_rules, scale};

/// Discord cuts or refuses longer texts: a message, a button's label, a field's label, a select option.
pub(super) const DISCORD_BUTTON: i64 = 80;
const DISCORD_FIELD_LABEL: i64 = 45;
const DISCORD_PLACEHOLDER: i64 = 100;
/// A question shares its message with period, dates and help.
const QUESTION: i64 = 1_000;
/// Longest help text, title, and reason of a theme.
const HELP: usize = 220;
pub(super) const TITLE: usize = 100;
const WHY: usize = 300;

const CHOICES: [(&str, Choice); 4] = [
    ("done", Choice::Done),
    ("not-yet", Choice::NotYet),
    ("not-applicable", Choice::NotApplicable),
    ("need-help", Choice::NeedHelp),
];

/// Reads all tables. `sha256` and `body` are left empty.
pub(super) fn catalogue(table: &toml::Table, notes: &Notes) -> Catalogue {
    let root = Fields::root(table, notes);
    let head = root.table("catalogue");
    let limits = limits(head.table("limits"));
    let catalogue = Catalogue {
        id: head.short_text("id", 64),
        version: head.short_text("version", 32),
        language: head.short_text("language", 16),
        title: head.short_text("title", TITLE),
        control: head.short_text("control", TITLE),
        limits,
        sha256: String::new(),
        body: String::new(),
        answers: each(&root, "answer", answer),
        audiences: each(&root, "audience", titled),
        roles: each(&root, "role", titled),
        sources: each(&root, "source", source),
        themes: each(&root, "theme", theme),
        prompts: each(&root, "prompt", |fields| prompt(fields, limits)),
        packs: each(&root, "pack", pack),
        pulse_rules: pulse_rules(root.table("pulse_rules")),
        scales: each(&root, "scale", scale),
        pulses: each(&root, "pulse", |fields| pulse(fields, limits)),
        briefing_items: each(&root, "briefing_item", briefing_item),
        concern_categories: each(&root, "concern_category", |fields| concern_category(fields, limits)),
        concern_templates: each(&root, "concern_template", concern_template),
    };
    head.finish();
    root.finish();
    catalogue
}

fn each<T>(root: &Fields<'_>, key: &'static str, mut read: impl FnMut(&Fields<'_>) -> T) -> Vec<T> {
    root.tables(key)
        .into_iter()
        .map(|fields| {
            let entry = read(&fields);
            fields.finish();
            entry
        })
        .collect()
}

fn limits(fields: Fields<'_>) -> Limits {
    let limits = Limits {
        question_chars: fields.whole("question_chars", 1..=QUESTION) as usize,
        answer_label_chars: fields.whole("answer_label_chars", 1..=DISCORD_BUTTON) as usize,
        follow_up_chars: fields.whole("follow_up_chars", 1..=DISCORD_PLACEHOLDER) as usize,
        follow_up_label_chars: fields.whole("follow_up_label_chars", 1..=DISCORD_FIELD_LABEL) as usize,
        concern_label_chars: fields.whole("concern_label_chars", 1..=DISCORD_PLACEHOLDER) as usize,
    };
    fields.finish();
    limits
}

fn answer(fields: &Fields<'_>) -> Answer {
    Answer {
        choice: fields.word("id", &CHOICES),
        counts_as: fields.word(
            "counts_as",
            &[
                ("affirm", CountsAs::Affirm),
                ("shortfall", CountsAs::Shortfall),
                ("excused", CountsAs::Excused),
                ("help", CountsAs::Help),
            ],
        ),
        asks: fields.word(
            "asks",
            &[
                ("follow_up", Asks::FollowUp),
                ("commitment", Asks::Commitment),
                ("reason", Asks::Reason),
                ("blocker", Asks::Blocker),
            ],
        ),
    }
}

/// Ids appear in custom ids, in database keys and in evidence: 1 to 32 of a-z, 0-9 and hyphen.
pub(super) fn id(fields: &Fields<'_>) -> String {
    let id = fields.text("id");
    let fits = id.len() <= 32
        && id
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
    if !fits {
        fields.wrong(
            "id",
            format!("{id:?}"),
            "1 to 32 characters of a-z, 0-9 and hyphen",
            "choose such an id; never change it once the question was asked",
        );
    }
    id
}

fn titled(fields: &Fields<'_>) -> Titled {
    Titled {
        id: id(fields),
        title: fields.short_text("title", TITLE),
    }
}

fn source(fields: &Fields<'_>) -> Source {
    let prefix = fields.short_text("prefix", 32);
    if prefix.contains('/') {
        fields.wrong("prefix", format!("{prefix:?}"), "a prefix without /", "remove the /");
    }
    Source {
        prefix,
        title: fields.short_text("title", TITLE),
        form: fields.short_text("form", TITLE),
    }
}

fn theme(fields: &Fields<'_>) -> Theme {
    Theme {
        id: id(fields),
        title: fields.short_text("title", TITLE),
        why: fields.short_text("why", WHY),
    }
}

fn prompt(fields: &Fields<'_>, limits: Limits) -> Prompt {
    Prompt {
        id: id(fields),
        theme: fields.text("theme"),
        audience: fields.text("audience"),
        cadence: fields.word(
            "cadence",
            &[
                ("weekly", CadenceKind::Weekly),
                ("monthly", CadenceKind::Monthly),
                ("quarterly", CadenceKind::Quarterly),
            ],
        ),
        question: fields.short_text("question", limits.question_chars),
        answers: answer_options(fields, limits),
        follow_up: fields.short_text("follow_up", limits.follow_up_chars),
        follow_up_label: fields.short_text("follow_up_label", limits.follow_up_label_chars),
        evidence_examples: fields.texts("evidence_examples"),
        variant: fields.short_text("variant", limits.question_chars),
        on_no: on_no(fields.table("on_no")),
        maps: fields.texts("maps"),
    }
}

/// The four answers in their order; anything else is a problem.
fn answer_options(prompt: &Fields<'_>, limits: Limits) -> [AnswerOption; 4] {
    let tables = prompt.tables("answers");
    let ids = tables
        .iter()
        .map(|fields| fields.word("id", &CHOICES))
        .collect::<Vec<_>>();
    if ids != Choice::ALL {
        prompt.wrong(
            "answers",
            match ids.len() {
                4 => "the answers in another order, or one twice".to_owned(),
                number => format!("{number} answers"),
            },
            "done, not-yet, not-applicable, need-help, in this order",
            "list the four answers in this order",
        );
    }
    let mut labels = tables.into_iter().map(|fields| {
        let label = fields.short_text("label", limits.answer_label_chars);
        fields.finish();
        label
    });
    Choice::ALL.map(|choice| AnswerOption {
        choice,
        label: labels.next().unwrap_or_default(),
    })
}

fn on_no(fields: Fields<'_>) -> OnNo {
    let on_no = OnNo {
        action: fields.word(
            "action",
            &[
                ("help", OnNoAction::Help),
                ("commitment", OnNoAction::Commitment),
                ("blocker", OnNoAction::Blocker),
            ],
        ),
        help: fields.short_text("help", HELP),
        due_days: fields.whole("due_days", 1..=365) as u32,
        need_help_to: fields.text("need_help_to"),
    };
    fields.finish();
    on_no
}

fn pack(fields: &Fields<'_>) -> Pack {
    Pack {
        id: id(fields),
        title: fields.short_text("title", TITLE),
        meant_for: fields.short_text("for", TITLE),
        on_by_default: fields.yes("on_by_default"),
        prompts: fields.texts("prompts"),
    }
}
