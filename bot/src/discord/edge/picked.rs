//! The message that somebody picked to raise a concern about. It waits in memory; what is included is decided when the
//! form is sent.

use serenity::all::{CommandInteraction, Message, ResolvedTarget};
use zeroize::Zeroizing;

use super::call::member_id;
use super::text;
use crate::concerns::{LONGEST_ABOUT, Mode, Secret};
use crate::ids::MemberId;

/// The message with what belongs to it. Has no `Debug`.
pub struct Picked {
    /// None in direct messages, whose channel leads to their reader.
    link: Option<String>,
    author: MemberId,
    author_name: Zeroizing<String>,
    text: Zeroizing<String>,
    /// Addresses of its files.
    files: Vec<String>,
}

impl Picked {
    /// The message that a command was used on; none if it was not used on a message.
    pub fn of(command: &CommandInteraction) -> Option<Self> {
        match command.data.target()? {
            ResolvedTarget::Message(message) => Some(Self::new(command, message)),
            _ => None,
        }
    }

    fn new(command: &CommandInteraction, message: &Message) -> Self {
        let link = |guild| {
            format!(
                "https://discord.com/channels/{guild}/{}/{}",
                message.channel_id, message.id
            )
        };
        let author = &message.author;
        Self {
            link: command.guild_id.map(link),
            author: member_id(author.id),
            author_name: Zeroizing::new(author.global_name.clone().unwrap_or_else(|| author.name.clone())),
            text: Zeroizing::new(message.content.clone()),
            files: message.attachments.iter().map(|file| file.url.clone()).collect(),
        }
    }

    /// Its link, if it is included when `reporter` speaks in this mode. Under a name everything from a server is
    /// included; otherwise only what somebody else wrote, because the reporter's own message would tell who it is.
    pub fn link(&self, mode: Mode, reporter: MemberId) -> Option<String> {
        let tells = match mode {
            Mode::Named => false,
            Mode::Confidential | Mode::Anonymous => self.author == reporter,
        };
        self.link.clone().filter(|_| !tells)
    }

    /// What goes into the sealed report: link, author and words, in no language, at most [`LONGEST_ABOUT`] characters.
    pub fn report(&self, mode: Mode, reporter: MemberId) -> Option<Secret> {
        let link = self.link(mode, reporter)?;
        let head = format!("{link}\n{} ({})\n\n", &*self.author_name, self.author);
        let room = LONGEST_ABOUT.saturating_sub(text::length(&head));
        let text = Zeroizing::new(text::cut(&self.text, room));
        Some(Secret::new(format!("{head}{}", &*text)))
    }

    /// The addresses of the files that may be included: none without a name.
    pub fn files(&self, mode: Mode, reporter: MemberId) -> &[String] {
        match mode {
            Mode::Anonymous => &[],
            Mode::Named | Mode::Confidential if self.link(mode, reporter).is_none() => &[],
            Mode::Named | Mode::Confidential => &self.files,
        }
    }

    /// How many files it has.
    pub fn count(&self) -> usize {
        self.files.len()
    }
}
