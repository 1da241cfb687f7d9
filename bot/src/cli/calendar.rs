//! `bellwether calendar`: a dry run. Who would be asked what and when, each in their own zone.

use std::io::Write;

use super::{Exit, migrated};
use crate::config::Config;
use crate::ids::MemberId;

pub(super) async fn calendar(
    config: Config,
    _weeks: u32,
    _member: Option<MemberId>,
    _out: &mut impl Write,
) -> anyhow::Result<Exit> {
    migrated(&config).await?;
    anyhow::bail!("the calendar is not there yet")
}
