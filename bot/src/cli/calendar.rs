//! `bellwether calendar`: a dry run. Who would be asked what and when, each in their own zone.

use std::io::Write;

use jiff::tz::TimeZone;

use super::database::migrated;
use super::exit::Exit;
use crate::catalogue::{self, Catalogue};
use crate::clock::{Clock, Millis};
use crate::config::{self, Config};
use crate::ids::MemberId;
use crate::prompts::plan::Fate;
use crate::prompts::{self, PlannedAsking};

const WHEN: &str = "%a %Y-%m-%d %H:%M";

pub(super) async fn calendar(
    config: Config,
    weeks: u32,
    member: Option<MemberId>,
    out: &mut impl Write,
) -> anyhow::Result<Exit> {
    let catalogue = catalogue::load(&config.catalogue)?;
    config::fits(&config, &catalogue)?;
    let db = migrated(&config).await?;
    let now = Clock::system().now();
    writeln!(
        out,
        "The next {weeks} week{}, if every prompt is answered at once and nobody joins, goes or is away.",
        if weeks == 1 { "" } else { "s" }
    )?;
    for organisation in &config.organisations {
        let mut askings = prompts::forecast(db.reader(), (&config, &catalogue), organisation, now, weeks).await?;
        askings.retain(|asking| member.is_none_or(|member| asking.member == member));
        writeln!(out, "\n{} ({})", organisation.name, organisation.id)?;
        if askings.is_empty() {
            writeln!(
                out,
                "  Nobody. Members are known once the bot has run and seen who has the manager role."
            )?;
        }
        table(&askings, &catalogue, out)?;
    }
    db.close().await?;
    Ok(Exit::Done)
}

fn table(askings: &[PlannedAsking], catalogue: &Catalogue, out: &mut impl Write) -> std::io::Result<()> {
    for asking in askings {
        let (when, due) = match asking.fate {
            Fate::Open => (
                local(asking.opens_at, &asking.zone),
                format!("  due {}", local(asking.due_at, &asking.zone)),
            ),
            Fate::Load => ("not asked: too many".to_owned(), String::new()),
            Fate::Outage => ("not asked: outage".to_owned(), String::new()),
        };
        let question = catalogue
            .prompt(&asking.prompt)
            .map_or("", |prompt| prompt.question.as_str());
        writeln!(
            out,
            "  {when:<20}  {:<16}  {:<19}  {:<8}  {}{due}",
            asking.zone, asking.member, asking.period.key, asking.prompt
        )?;
        writeln!(out, "  {:<20}  {question}", "")?;
    }
    Ok(())
}

/// An instant on the wall clock of a zone; in UTC, marked Z, where the zone is not known.
fn local(at: Millis, zone: &str) -> String {
    match TimeZone::get(zone) {
        Ok(zone) => at.timestamp().to_zoned(zone).strftime(WHEN).to_string(),
        Err(_) => format!("{}Z", at.timestamp().strftime(WHEN)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instants_are_shown_on_the_persons_clock() {
        let at = Millis(1_795_335_330_123);
        assert_eq!(local(at, "Europe/Berlin"), "Sun 2026-11-22 09:15");
        assert_eq!(local(at, "America/New_York"), "Sun 2026-11-22 03:15");
        assert_eq!(local(at, "Nowhere"), "Sun 2026-11-22 08:15Z");
    }
}
