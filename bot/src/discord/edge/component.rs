//! Buttons, menus and forms, cut to Discord's limits. What each carries is its area's.

use std::fmt::Display;

use serenity::all::{
    ButtonStyle, CreateActionRow, CreateButton, CreateInputText, CreateModal, CreateSelectMenu, CreateSelectMenuKind,
    CreateSelectMenuOption, InputTextStyle,
};

use super::text;

/// Maximum number of entries of a menu.
pub const OPTIONS: usize = 25;
/// Maximum length in characters of an entry.
pub const OPTION: usize = 100;

/// A neutral button: none looks better than another.
pub fn button(id: &impl Display, label: &str) -> CreateButton {
    CreateButton::new(id.to_string())
        .label(text::cut(label, text::BUTTON))
        .style(ButtonStyle::Secondary)
}

/// A menu of the first [`OPTIONS`] entries.
pub fn menu(id: &impl Display, mut options: Vec<CreateSelectMenuOption>, hint: &str) -> CreateSelectMenu {
    options.truncate(OPTIONS);
    let kind = CreateSelectMenuKind::String { options };
    CreateSelectMenu::new(id.to_string(), kind).placeholder(text::cut(hint, text::PLACEHOLDER))
}

/// An entry of a menu.
pub fn option(label: &str, value: impl Into<String>) -> CreateSelectMenuOption {
    CreateSelectMenuOption::new(text::cut(label, OPTION), value)
}

/// A form: rows with one text input each. Newer form components would lose what is typed into them.
pub fn modal(id: &impl Display, title: &str, inputs: Vec<CreateInputText>) -> CreateModal {
    CreateModal::new(id.to_string(), text::cut(title, text::LABEL))
        .components(inputs.into_iter().map(CreateActionRow::InputText).collect())
}

/// An input of one line of at most `most` characters.
pub fn line(name: impl Into<String>, label: &str, hint: &str, most: u16) -> CreateInputText {
    input(InputTextStyle::Short, name, label, hint).max_length(most)
}

/// An input of several lines of at most `most` characters.
pub fn paragraph(name: impl Into<String>, label: &str, hint: &str, most: u16) -> CreateInputText {
    input(InputTextStyle::Paragraph, name, label, hint).max_length(most)
}

fn input(style: InputTextStyle, name: impl Into<String>, label: &str, hint: &str) -> CreateInputText {
    CreateInputText::new(style, text::cut(label, text::LABEL), name).placeholder(text::cut(hint, text::PLACEHOLDER))
}
