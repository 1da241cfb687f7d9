//! From TOML to what staff are asked and told.

use super::model::Limits;
use super::read::{DISCORD_BUTTON, TITLE, id};
use super::staff::{
    AcknowledgedBy, BriefingItem, ConcernCategory, ConcernTemplate, Pulse, PulseRules, Scale, ScaleOption,
    TemplateKind, Urgency,
};
use crate::document::Fields;

/// Longest briefing item, and longest reply to a concern.
const BRIEFING: usize = 300;
const REPLY: usize = 1_500;
/// Longest description of a concern category: a select option's on Discord.
const DESCRIPTION: usize = 100;

pub(super) fn pulse_rules(fields: Fields<'_>) -> PulseRules {
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

pub(super) fn scale(fields: &Fields<'_>) -> Scale {
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

pub(super) fn pulse(fields: &Fields<'_>, limits: Limits) -> Pulse {
    Pulse {
        id: id(fields),
        mirrors: fields.texts("mirrors"),
        ask: fields.short_text("ask", TITLE),
        question: fields.short_text("question", limits.question_chars),
        scale: fields.text("scale"),
    }
}

pub(super) fn briefing_item(fields: &Fields<'_>) -> BriefingItem {
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

pub(super) fn concern_category(fields: &Fields<'_>, limits: Limits) -> ConcernCategory {
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

pub(super) fn concern_template(fields: &Fields<'_>) -> ConcernTemplate {
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
