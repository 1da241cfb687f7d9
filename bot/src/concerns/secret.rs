//! A text that must not be seen: it cannot be printed by accident, and is wiped from memory when it is dropped.

use zeroize::Zeroizing;

/// The words of a reporter or a handler, a name, a passphrase. Has no `Debug`, `Display` or `Clone`.
pub struct Secret(Zeroizing<String>);

impl Secret {
    pub fn new(text: String) -> Self {
        Self(Zeroizing::new(text))
    }

    /// The text itself; whoever makes a copy must wipe it.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// In characters.
    pub fn length(&self) -> usize {
        self.0.chars().count()
    }

    pub fn is_blank(&self) -> bool {
        self.0.trim().is_empty()
    }
}
