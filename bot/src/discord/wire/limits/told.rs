//! What an answer says about limits.

/// What an answer says about limits.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    pub status: u16,
    /// `X-RateLimit-Bucket`.
    pub bucket: Option<String>,
    pub limit: Option<u32>,
    pub remaining: Option<u32>,
    /// Milliseconds until the bucket is full again.
    pub reset_after: Option<i64>,
    /// On a 429: milliseconds to wait.
    pub retry_after: Option<i64>,
    pub scope: Scope,
}

/// Whose limit a 429 is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scope {
    /// This bot on this route.
    #[default]
    User,
    /// This bot as a whole.
    Global,
    /// Everybody who uses the resource; not this bot's fault.
    Shared,
    /// Not Discord's API but the network in front of it: it answers without JSON.
    Edge,
}
