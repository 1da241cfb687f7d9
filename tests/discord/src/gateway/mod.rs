//! The gateway, v10: one task per connection, sessions that outlive it.
//! Invariant: an event goes into its session's memory before it goes out, so a resume can repeat it.

mod connection;
pub mod intents;
pub(crate) mod sessions;
mod tell;

use std::sync::Arc;

use axum::extract::ws::WebSocket;

use crate::server::Shared;

/// Serves one gateway connection until it ends. `query` is what followed the `?`.
pub(crate) async fn serve(socket: WebSocket, shared: Arc<Shared>, query: String) {
    connection::Connection::new(socket, shared, &query).run().await;
}
