//! Counts what is being handled, so that a stop and the stories can wait until nothing is.

use tokio::sync::watch;

#[derive(Clone, Debug)]
pub struct Busy(watch::Sender<usize>);

impl Default for Busy {
    fn default() -> Self {
        Self(watch::Sender::new(0))
    }
}

impl Busy {
    /// Something begins; it ends when the guard is dropped.
    pub fn enter(&self) -> Guard {
        self.0.send_modify(|count| *count += 1);
        Guard(self.0.clone())
    }

    /// Returns once nothing is being handled.
    pub async fn idle(&self) {
        // The sender is ours, so the channel stays open.
        let _ = self.0.subscribe().wait_for(|count| *count == 0).await;
    }
}

/// Something is being handled.
#[derive(Debug)]
pub struct Guard(watch::Sender<usize>);

impl Drop for Guard {
    fn drop(&mut self) {
        self.0.send_modify(|count| *count -= 1);
    }
}
