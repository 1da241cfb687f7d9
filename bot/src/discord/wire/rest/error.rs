//! Why a request did not do what it should. Never holds a token, an address or a body.

use crate::clock::Millis;

/// Discord's error codes that this program knows.
pub mod code {
    pub const UNKNOWN_CHANNEL: u32 = 10_003;
    pub const UNKNOWN_INTERACTION: u32 = 10_062;
    /// Discord's filter for explicit content, which may be the recipient's choice.
    pub const EXPLICIT_CONTENT: u32 = 20_009;
    /// Quarantined for spam: no new direct messages until Discord's support lifts it.
    pub const QUARANTINED: u32 = 20_026;
    /// This channel, or this server, gets too many messages.
    pub const CHANNEL_WRITES: u32 = 20_028;
    pub const SERVER_WRITES: u32 = 20_029;
    pub const OPENING_DMS_TOO_FAST: u32 = 40_003;
    /// Sending is switched off for a while.
    pub const SENDING_DISABLED: u32 = 40_004;
    pub const ALREADY_ACKNOWLEDGED: u32 = 40_060;
    pub const MISSING_ACCESS: u32 = 50_001;
    pub const CANNOT_MESSAGE_USER: u32 = 50_007;
    pub const MISSING_PERMISSIONS: u32 = 50_013;
    pub const INVALID_RECIPIENT: u32 = 50_033;
    pub const NO_MUTUAL_GUILD: u32 = 50_278;
    /// Kept back by automatic moderation: a message, or a title.
    pub const MODERATED: u32 = 200_000;
    pub const TITLE_MODERATED: u32 = 200_001;
    /// Held back because of a link that is taken for harmful.
    pub const HARMFUL_LINK: u32 = 240_000;
}

/// Why a request failed, so that the caller can tell what may have happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RestError {
    /// Our own limits: nothing was sent. The present instant means: as soon as another request is answered.
    #[error("our own limits hold the request back")]
    Limited { until: Millis },
    /// Discord answered 429: nothing happened.
    #[error("Discord asks to slow down (429)")]
    Throttled { until: Millis },
    /// No connection: nothing was sent.
    #[error("Discord cannot be reached")]
    Unreachable,
    /// Cut or timed out on the way: it may have happened.
    #[error("the connection ended before the answer")]
    Cut,
    /// A 5xx answer: it may have happened.
    #[error("Discord failed with status {status}")]
    Server { status: u16 },
    /// An answer of success that cannot be read: it happened.
    #[error("Discord's answer with status {status} cannot be read")]
    Garbled { status: u16 },
    /// 401 on the bot's token: nothing will work until the token is replaced.
    #[error("Discord refuses the bot token (401): set a valid DISCORD_TOKEN and start again")]
    TokenRefused,
    /// Discord will not do it. `code` is 0 if the answer has none.
    #[error("Discord refuses the request with status {status}, code {code}")]
    Refused { status: u16, code: u32 },
    /// The body could not be written; a bug.
    #[error("the request's body cannot be written")]
    Body,
}

impl RestError {
    /// Discord's code of a refusal.
    pub fn code(&self) -> Option<u32> {
        match self {
            Self::Refused { code, .. } => Some(*code),
            _ => None,
        }
    }

    /// Whether what was asked may have happened all the same.
    pub fn may_have_happened(&self) -> bool {
        match self {
            Self::Cut | Self::Server { .. } | Self::Garbled { .. } => true,
            Self::Limited { .. }
            | Self::Throttled { .. }
            | Self::Unreachable
            | Self::TokenRefused
            | Self::Refused { .. }
            | Self::Body => false,
        }
    }

    pub(super) fn of_transport(error: &reqwest::Error) -> Self {
        if error.is_connect() {
            Self::Unreachable
        } else if error.is_builder() {
            Self::Body
        } else {
            Self::Cut
        }
    }
}
