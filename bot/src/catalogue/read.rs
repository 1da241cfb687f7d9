//! From TOML to the model: shapes, words and lengths. What leads where is checked afterwards, in `check.rs`.

use crate::document::{Fields, Notes};

use super::model::{
    AcknowledgedBy, Answer, AnswerOption, Asks, BriefingItem, CadenceKind, Catalogue, Choice, ConcernCategory,
    ConcernTemplate, CountsAs, Limits, OnNo, OnNoAction, Pack, Prompt, Pulse, PulseRules, Scale, ScaleOption, Source,
    TemplateKind, Theme, Titled, Urgency,
};

/// Discord cuts or refuses longer texts: a message, a button's label, a field's label, a select option.
const DISCORD_BUTTON: i64 = 80;
const DISCORD_FIELD_LABEL: i64 = 45;
const DISCORD_PLACEHOLDER: i64 = 100;
/// A question shares its message with period, dates and help.
const QUESTION: i64 = 1_000;
/// Longest text of a help, a briefing item, a reply to a concern, and of titles.
const HELP: usize = 220;
const BRIEFING: usize = 300;
const REPLY: usize = 1_500;
const TITLE: usize = 100;
const WHY: usize = 300;
/// Longest description of a concern category: a select option's on Discord.
const DESCRIPTION: usize = 100;

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
fn id(fields: &Fields<'_>) -> String {
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
            "choose such an id; once it was asked, never change it",
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
        fields.wrong("prefix", format!("{prefix:?}"), "a prefix without /", "take the / out");
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

fn pulse_rules(fields: Fields<'_>) -> PulseRules {
    let rules = PulseRules {
        min_answers: fields.whole("min_answers", 5..=1_000) as u32,
        min_group: fields.whole("min_group", 5..=1_000) as u32,
        max_questions_per_month: fields.whole("max_questions_per_month", 1..=10) as u32,
        max_days_open: fields.whole("max_days_open", 1..=31) as u32,
        show_as: fields.short_text("show_as", TITLE),
        no_drill_down_below: fields.short_text("no_drill_down_below", TITLE),
    };
    fields.finish();
    rules
}

fn scale(fields: &Fields<'_>) -> Scale {
    Scale {
        id: id(fields),
        options: fields
            .tables("options")
            .into_iter()
            .map(|fields| {
                let option = ScaleOption {
                    id: id(&fields),
                    label: fields.short_text("label", DISCORD_BUTTON as usize),
                    counted: fields.yes("counted"),
                    favourable: fields.yes("favourable"),
                };
                fields.finish();
                option
            })
            .collect(),
    }
}

fn pulse(fields: &Fields<'_>, limits: Limits) -> Pulse {
    Pulse {
        id: id(fields),
        mirrors: fields.texts("mirrors"),
        ask: fields.short_text("ask", TITLE),
        question: fields.short_text("question", limits.question_chars),
        scale: fields.text("scale"),
    }
}

fn briefing_item(fields: &Fields<'_>) -> BriefingItem {
    BriefingItem {
        id: id(fields),
        text: fields.short_text("text", BRIEFING),
        acknowledged_by: fields.word(
            "acknowledged_by",
            &[
                ("manager", AcknowledgedBy::Manager),
                ("joiner", AcknowledgedBy::Joiner),
                ("both", AcknowledgedBy::Both),
            ],
        ),
        gate: fields.yes("gate"),
        maps: fields.texts("maps"),
    }
}

fn concern_category(fields: &Fields<'_>, limits: Limits) -> ConcernCategory {
    ConcernCategory {
        id: id(fields),
        label: fields.short_text("label", limits.concern_label_chars),
        description: fields.short_text("description", DESCRIPTION),
        default_urgency: fields.word(
            "default_urgency",
            &[
                ("now", Urgency::Now),
                ("today", Urgency::Today),
                ("this-week", Urgency::ThisWeek),
                ("routine", Urgency::Routine),
            ],
        ),
        route: fields.text("route"),
        never_to: fields.texts("never_to"),
        formal: fields.yes("formal"),
        acknowledge_with: fields.text("acknowledge_with"),
    }
}

fn concern_template(fields: &Fields<'_>) -> ConcernTemplate {
    ConcernTemplate {
        id: id(fields),
        kind: fields.word(
            "kind",
            &[
                ("acknowledge", TemplateKind::Acknowledge),
                ("ask", TemplateKind::Ask),
                ("update", TemplateKind::Update),
                ("feedback", TemplateKind::Feedback),
                ("close", TemplateKind::Close),
                ("protect", TemplateKind::Protect),
                ("repair", TemplateKind::Repair),
            ],
        ),
        text: fields.short_text("text", REPLY),
    }
}
