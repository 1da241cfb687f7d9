//! The steps between the mode and the form: what it is about, who reads it, who must not, how urgent it is.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Time;
use serenity::all::{CreateButton, CreateEmbed, CreateSelectMenuOption};

use super::{DESCRIPTION, FIELD, OPTION, OPTIONS, Page, button, list, menu, menus, mode_word, text};
use crate::catalogue::{ConcernCategory, Urgency};
use crate::concerns::{KeyHolder, MOST_FILES, Mode, Route, urgency_word};
use crate::config::Role;
use crate::discord::speak::custom_id::{Chosen, Press, Step};
use crate::ids::MemberId;
use crate::words::Voice;

/// The value of the entry that says that nobody has to be left out.
pub const NOBODY: &str = "nobody";

/// What it is about.
pub fn categories(voice: Voice<'_>, chosen: &Chosen, categories: &[ConcernCategory]) -> Page {
    let word = mode_word(chosen.mode);
    let promise = format!("{}\n\n{}", voice.concern_promise(word), voice.concern_what());
    let embed = CreateEmbed::new().title(voice.concern_mode(word)).description(promise);
    let option = |category: &ConcernCategory| {
        CreateSelectMenuOption::new(text::cut(&category.label, OPTION), category.id.as_str())
            .description(text::cut(&category.description, OPTION))
    };
    let options = categories.iter().take(OPTIONS).map(option).collect();
    let id = Press::Step(Step::Category, chosen.clone());
    let page = Page {
        embeds: vec![embed],
        menus: vec![menu(&id, options, &voice.concern_choose_category())],
        ..Page::default()
    };
    let back = Press::Start(chosen.draft.clone());
    page.row(vec![button(&back, &voice.concern_button_back())])
}

/// What the last page before the form says.
pub struct Details<'a> {
    pub chosen: &'a Chosen,
    pub category: &'a ConcernCategory,
    pub urgency: Urgency,
    /// All handlers whose keys are active, in order.
    pub holders: &'a [KeyHolder],
    /// Who could read it if nobody were left out.
    pub open_to: &'a BTreeSet<MemberId>,
    pub route: &'a Route,
    pub names: &'a BTreeMap<MemberId, String>,
    /// When handlers are told news.
    pub news_at: [Time; 2],
    pub message: Option<Picked>,
}

/// The message that it begins with.
pub enum Picked {
    /// It is included: its link, and how many files it has.
    Goes { link: String, files: usize },
    /// It would tell who the reporter is, so it is not included.
    Private,
    /// It waited too long.
    Gone,
}

impl Details<'_> {
    /// The handler who alone learns the name, if that handler may read it.
    pub(super) fn confidant(&self) -> Option<&KeyHolder> {
        let place = usize::from(self.chosen.confidant?);
        let holder = self.holders.get(place)?;
        self.route.reads(holder.member).then_some(holder)
    }

    pub(super) fn is_barred(&self, place: usize) -> bool {
        self.chosen.barred & 1u32.checked_shl(place as u32).unwrap_or(0) != 0
    }

    /// Whether the form can be opened.
    pub fn is_whole(&self) -> bool {
        let confided = self.chosen.mode != Mode::Confidential || self.confidant().is_some();
        confided && !self.route.readers.is_empty() && !self.must_ask()
    }

    /// Whether the reporter still has to say who must not see it.
    fn must_ask(&self) -> bool {
        self.route.asks_whom_to_bar && !self.chosen.asked && !self.open_to.is_empty()
    }
}

/// Who reads it, how fast, and the way to the form.
pub fn details(voice: Voice<'_>, details: &Details<'_>) -> Page {
    let page = Page {
        embeds: vec![summary(voice, details)],
        menus: menus::menus(voice, details),
        ..Page::default()
    };
    page.row(buttons(voice, details))
}

fn summary(voice: Voice<'_>, details: &Details<'_>) -> CreateEmbed {
    let Details { category, chosen, .. } = details;
    let mode = voice.concern_mode(mode_word(chosen.mode));
    let about = format!("{}\n\n**{mode}**\n{}", category.description, promise(voice, details));
    let mut embed = CreateEmbed::new()
        .title(text::cut(&category.label, OPTION))
        .description(text::cut(&about, DESCRIPTION / 2))
        .field(
            voice.concern_read_by_title(),
            text::cut(&read_by(voice, details), FIELD),
            false,
        )
        .field(
            voice.concern_urgency_title(),
            text::cut(&how_fast(voice, details), FIELD),
            false,
        );
    if let Some(picked) = &details.message {
        let goes = message(voice, chosen.mode, picked);
        embed = embed.field(voice.concern_message_title(), text::cut(&goes, FIELD), false);
    }
    let mut before = voice.concern_before();
    if chosen.no_contact {
        before = format!("{}\n{before}", voice.concern_no_contact());
    }
    embed.field(voice.concern_before_title(), before, false)
}

fn promise(voice: Voice<'_>, details: &Details<'_>) -> String {
    let promise = voice.concern_promise(mode_word(details.chosen.mode));
    match (details.chosen.mode, details.confidant()) {
        (Mode::Confidential, Some(confidant)) => {
            format!(
                "{promise}\n{}",
                voice.concern_confidant(text::mention(confidant.member))
            )
        }
        (Mode::Confidential, None) => format!("{promise}\n**{}**", voice.concern_confidant_missing()),
        (Mode::Named | Mode::Anonymous, _) => promise,
    }
}

fn read_by(voice: Voice<'_>, details: &Details<'_>) -> String {
    let mut lines = vec![if details.route.readers.is_empty() {
        voice.concern_read_by_nobody()
    } else {
        list(voice, &details.route.readers)
    }];
    let places = details.holders.iter().enumerate();
    let barred: Vec<String> = places
        .filter(|(place, holder)| details.is_barred(*place) && details.open_to.contains(&holder.member))
        .map(|(_, holder)| text::mention(holder.member))
        .collect();
    if !barred.is_empty() {
        lines.push(voice.concern_barred(barred.join(", ")));
    } else if details.must_ask() {
        lines.push(format!("**{}**", voice.concern_bar_them()));
    } else if details.route.asks_whom_to_bar {
        lines.push(voice.concern_barred_none());
    }
    lines.join("\n")
}

fn how_fast(voice: Voice<'_>, details: &Details<'_>) -> String {
    let times = details
        .news_at
        .map(|time| format!("{:02}:{:02}", time.hour(), time.minute()));
    let means = voice.concern_urgency_means(urgency_word(details.urgency), times.join(", "));
    match details.route.called.filter(|_| Route::calls(details.urgency)) {
        Some(role) => format!("{means} {}", voice.concern_calls(called(role))),
        None => means,
    }
}

const fn called(role: Role) -> &'static str {
    match role {
        Role::IncidentTeam => "incident-team",
        Role::Auditor | Role::Handler | Role::Manager | Role::Owner | Role::Sponsor | Role::IndependentHandler => {
            "other"
        }
    }
}

fn message(voice: Voice<'_>, mode: Mode, picked: &Picked) -> String {
    let (link, files) = match picked {
        Picked::Goes { link, files } => (link.as_str(), *files),
        Picked::Private => return voice.concern_message_private(),
        Picked::Gone => return voice.concern_message_gone(),
    };
    let files = match mode {
        Mode::Anonymous if files > 0 => voice.concern_files_not(),
        Mode::Anonymous => voice.concern_files(0, 0),
        Mode::Named | Mode::Confidential => voice.concern_files(files as i64, MOST_FILES as i64),
    };
    format!("{} {files}", voice.concern_message_goes(link))
}

fn buttons(voice: Voice<'_>, details: &Details<'_>) -> Vec<CreateButton> {
    let step = |step| Press::Step(step, details.chosen.clone());
    let write = Press::Write(details.chosen.clone());
    let write = button(&write, &voice.concern_button_write()).disabled(!details.is_whole());
    let no = if details.chosen.no_contact { "yes" } else { "no" };
    let mut buttons = vec![
        write,
        button(&step(Step::Contact), &voice.concern_button_no_contact(no)),
    ];
    if details.chosen.draft.is_some() {
        buttons.push(button(&step(Step::Unlink), &voice.concern_button_unlink()));
    }
    buttons.push(button(&step(Step::Mode), &voice.concern_button_back()));
    buttons
}
