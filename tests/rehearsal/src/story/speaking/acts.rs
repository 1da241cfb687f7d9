//! When what happens.

use super::{Cast, Stage};

/// A part of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// The handlers' keys become active.
    Keys,
    Anonymous,
    Confidential,
    Named,
    /// Jun answers.
    Jun,
    /// Kim is reminded, and answers.
    Kim,
    /// A reporter without a name comes back.
    Back,
    /// The reporters are told the outcome, and the cases are closed.
    Closed,
    /// A month later everybody is asked whether anything got worse.
    Asked,
    /// An independent handler is told that something did.
    Worse,
}

impl Act {
    /// Week of the story, day of that week from Monday, and hour in UTC.
    pub const ALL: [(Self, (i32, i64, i64)); 10] = [
        (Self::Keys, (1, 0, 8)),
        (Self::Anonymous, (1, 1, 9)),
        (Self::Confidential, (1, 2, 11)),
        (Self::Named, (1, 3, 14)),
        (Self::Jun, (1, 4, 8)),
        (Self::Kim, (2, 0, 7)),
        (Self::Back, (2, 1, 16)),
        (Self::Closed, (2, 3, 8)),
        // Thirty days later is a Saturday, so they are asked on the Monday.
        (Self::Asked, (7, 0, 14)),
        (Self::Worse, (7, 1, 10)),
    ];

    const fn title(self) -> &'static str {
        match self {
            Self::Keys => "The channel for concerns opens",
            Self::Anonymous => "Somebody speaks up without a name",
            Self::Confidential => "Somebody speaks up, and one handler may know who",
            Self::Named => "Somebody speaks up under their name",
            Self::Jun => "Jun reads and answers",
            Self::Kim => "Kim was reminded, and answers",
            Self::Back => "Back with the case key",
            Self::Closed => "The outcome",
            Self::Asked => "A month later: has anything got worse?",
            Self::Worse => "An independent handler is told",
        }
    }
}

impl Cast {
    /// Plays a part.
    ///
    /// # Errors
    /// When the bot does not do its part.
    pub async fn play(&mut self, act: Act, stage: &mut Stage<'_>) -> anyhow::Result<()> {
        stage.transcript.chapter(act.title())?;
        match act {
            Act::Keys => self.keys(stage).await,
            Act::Anonymous => self.speaks_up_anonymously(stage).await,
            Act::Confidential => self.speaks_up_confidentially(stage).await,
            Act::Named => self.speaks_up_by_name(stage).await,
            Act::Jun => self.jun_answers(stage).await,
            Act::Kim => self.kim_answers(stage).await,
            Act::Back => self.comes_back(stage).await,
            Act::Closed => self.are_closed(stage).await,
            Act::Asked => self.are_asked(stage).await,
            Act::Worse => self.lotte_hears(stage).await,
        }
    }
}
