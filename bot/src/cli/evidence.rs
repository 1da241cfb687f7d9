//! `bellwether evidence verify`: the whole log, read again and hashed anew.

use std::io::Write;

use super::{Exit, migrated};
use crate::config::Config;

pub(super) async fn verify(config: &Config, _json: bool, _out: &mut impl Write) -> anyhow::Result<Exit> {
    migrated(config).await?;
    anyhow::bail!("checking is not there yet")
}
