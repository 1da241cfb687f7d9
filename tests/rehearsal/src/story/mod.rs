//! Thirteen weeks at Fernhill Foods, played through the real bot in virtual time.

mod cast;
mod pack;
mod play;
mod reaction;
mod rights;
mod screen;
mod speaking;
mod tally;
mod transcript;

pub use play::play;
pub use transcript::Transcript;
