//! Doubles of those outside who take or confirm checkpoints, on loopback: a server that answers as told, a
//! time-stamping authority made with openssl, a witness.

mod server;
mod tsa;
mod witness;

pub use server::{Reply, Request, Server};
pub use tsa::Tsa;
pub use witness::{Manner, Witness};
