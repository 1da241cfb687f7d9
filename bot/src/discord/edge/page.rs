//! What a member sees privately: one or more messages, each within Discord's limits, none of which pings.

use std::fmt;

use serenity::all::{
    CreateActionRow, CreateAllowedMentions, CreateButton, CreateEmbed, CreateInteractionResponseFollowup,
    CreateInteractionResponseMessage, CreateMessage, CreateSelectMenu, EditInteractionResponse,
};

use super::text;
use crate::discord::wire::rest::File;

/// Maximum number of rows of a message; a menu takes one.
const ROWS: usize = 5;

/// One message: text, embeds, menus, rows of buttons, and files.
#[derive(Clone, Default)]
pub struct Page {
    pub text: String,
    /// At most 6,000 characters in all.
    pub embeds: Vec<CreateEmbed>,
    /// They are shown above the buttons.
    pub menus: Vec<CreateSelectMenu>,
    pub rows: Vec<Vec<CreateButton>>,
    /// At most ten.
    pub files: Vec<File>,
}

/// Shows nothing: a page may hold a case key, or what somebody wrote.
impl fmt::Debug for Page {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Page")
    }
}

impl Page {
    pub fn text(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            ..Self::default()
        }
    }

    /// Adds a row of at most five buttons.
    #[must_use]
    pub fn row(mut self, buttons: Vec<CreateButton>) -> Self {
        self.rows.push(buttons);
        self
    }

    /// Adds a row, if there are buttons for it.
    #[must_use]
    pub fn row_of(self, buttons: Vec<CreateButton>) -> Self {
        if buttons.is_empty() { self } else { self.row(buttons) }
    }

    fn content(&self) -> String {
        text::cut(&self.text, text::MESSAGE)
    }

    fn components(&self) -> Vec<CreateActionRow> {
        let menus = self.menus.iter().cloned().map(CreateActionRow::SelectMenu);
        let rows = self.rows.iter().cloned().map(CreateActionRow::Buttons);
        menus.chain(rows).take(ROWS).collect()
    }

    /// As the first answer to an interaction, seen by its sender only.
    pub fn response(&self) -> CreateInteractionResponseMessage {
        self.update().ephemeral(true)
    }

    /// As the first answer to a button or menu, in place of the message that it belongs to.
    pub fn update(&self) -> CreateInteractionResponseMessage {
        CreateInteractionResponseMessage::new()
            .content(self.content())
            .embeds(self.embeds.clone())
            .components(self.components())
            .allowed_mentions(CreateAllowedMentions::new())
    }

    /// In place of "thinking", or of the message that was acted on.
    pub fn edit(&self) -> EditInteractionResponse {
        EditInteractionResponse::new()
            .content(self.content())
            .embeds(self.embeds.clone())
            .components(self.components())
            .allowed_mentions(CreateAllowedMentions::new())
    }

    /// As a further answer, seen by the sender only.
    pub fn followup(&self) -> CreateInteractionResponseFollowup {
        CreateInteractionResponseFollowup::new()
            .content(self.content())
            .embeds(self.embeds.clone())
            .components(self.components())
            .allowed_mentions(CreateAllowedMentions::new())
            .ephemeral(true)
    }

    /// As a message of its own.
    pub fn message(&self) -> CreateMessage {
        CreateMessage::new()
            .content(self.content())
            .embeds(self.embeds.clone())
            .components(self.components())
            .allowed_mentions(CreateAllowedMentions::new())
    }
}

impl From<String> for Page {
    fn from(text: String) -> Self {
        Self::text(text)
    }
}

/// Lines on as few pages as possible, at most `most`; returns how many lines are not shown.
pub fn pages(head: &str, lines: &[String], most: usize) -> (Vec<Page>, usize) {
    // Room for the sentence that says how many are not shown.
    const RESERVE: usize = 200;
    let mut pages = vec![Page::text(text::cut(head, text::MESSAGE - RESERVE))];
    for (index, line) in lines.iter().enumerate() {
        let line = text::cut(line, text::MESSAGE / 4);
        let fits = |page: &&mut Page| text::length(&page.text) + 1 + text::length(&line) <= text::MESSAGE - RESERVE;
        if let Some(page) = pages.last_mut().filter(fits) {
            page.text.push('\n');
            page.text.push_str(&line);
        } else if pages.len() < most {
            pages.push(Page::text(line));
        } else {
            return (pages, lines.len() - index);
        }
    }
    (pages, 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_list_is_cut_and_the_rest_is_counted() {
        let lines: Vec<_> = (0..1_000)
            .map(|number| format!("{number} {}", "x".repeat(90)))
            .collect();
        let (pages, left) = pages("head", &lines, 3);
        assert_eq!(pages.len(), 3);
        let shown: usize = pages.iter().map(|page| page.text.lines().count()).sum();
        assert_eq!(shown - 1 + left, 1_000);
        assert!(pages.iter().all(|page| text::length(&page.text) <= text::MESSAGE));
    }

    #[test]
    fn nothing_pings_unless_named() {
        for body in [
            serde_json::to_value(Page::text("@everyone").response()),
            serde_json::to_value(Page::text("@everyone").edit()),
            serde_json::to_value(Page::text("@everyone").followup()),
            serde_json::to_value(Page::text("@everyone").message()),
        ] {
            let body = body.expect("a builder serialises");
            assert_eq!(body["allowed_mentions"]["parse"], serde_json::json!([]), "{body}");
        }
    }
}
