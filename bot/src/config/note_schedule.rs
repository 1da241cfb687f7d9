//! Which schedule was in force when: for each organisation the hash of each change goes into the evidence log, and
//! its text is kept beside it.

use sha2::{Digest, Sha256};

use super::{Cadence, Config, Delivery, Due, Organisation, Schedule};
use crate::chance::Chance;
use crate::evidence::{Kind, NewLeaf};
use crate::ids::{OrganisationId, RecordId};
use crate::ledger::{Ledger, Tx};
use crate::settings;

/// Leaves a leaf for each organisation whose schedule is not the one that was in force, and returns these
/// organisations. Repeating is harmless.
pub async fn note_schedules(ledger: &Ledger, chance: &Chance, config: &Config) -> anyhow::Result<Vec<OrganisationId>> {
    let schedules = config
        .organisations
        .iter()
        .map(|organisation| (organisation.id, text(&config.schedule, organisation)))
        .collect::<Vec<_>>();
    let chance = chance.clone();
    ledger
        .write(|tx| {
            Box::pin(async move {
                let mut changed = Vec::new();
                for (organisation, text) in schedules {
                    let sha256 = hex::encode(Sha256::digest(&text));
                    if !put_in_force(tx, organisation, &sha256, &text).await? {
                        continue;
                    }
                    tx.evidence(NewLeaf {
                        kind: Kind::ScheduleChanged,
                        rec: RecordId::new(chance.id()),
                        of: None,
                        values: vec![organisation.to_string(), sha256],
                    });
                    changed.push(organisation);
                }
                Ok(changed)
            })
        })
        .await
}

/// Notes a schedule as in force, and keeps its text under its hash. False when it was in force already.
async fn put_in_force(tx: &Tx, organisation: OrganisationId, sha256: &str, text: &str) -> anyhow::Result<bool> {
    let name = format!("schedule.{organisation}");
    if settings::read(tx.connection(), &name).await?.as_deref() == Some(sha256) {
        return Ok(false);
    }
    settings::remember(tx.connection(), &format!("schedule.text.{sha256}"), text, tx.now()).await?;
    settings::remember(tx.connection(), &name, sha256, tx.now()).await?;
    Ok(true)
}

/// What decides when an organisation asks what, one `key = value` a line; the hash is over these bytes.
fn text(schedule: &Schedule, organisation: &Organisation) -> String {
    let Schedule {
        weekly,
        monthly,
        quarterly,
        max_prompts_per_person_7d,
        min_gap_between_prompts,
        max_open_prompts,
        jitter,
        first_month_of_year,
    } = schedule;
    let delivery = match organisation.delivery {
        Delivery::DirectMessage => "direct-message",
        Delivery::Channel => "channel",
    };
    format!(
        "{}{}{}max_prompts_per_person_7d = {max_prompts_per_person_7d}\nmin_gap_ms = {min_gap_between_prompts}\n\
         max_open_prompts = {max_open_prompts}\njitter_ms = {jitter}\nfirst_month_of_year = {first_month_of_year}\n\
         zone = {}\npacks = {}\ndelivery = {delivery}\n",
        cadence("weekly", weekly),
        cadence("monthly", monthly),
        cadence("quarterly", quarterly),
        organisation.zone,
        organisation.packs.join(","),
    )
}

fn cadence(name: &str, cadence: &Cadence) -> String {
    let due = match cadence.due {
        Due::Weekday(day) => format!("weekday {day}"),
        Due::Days(days) => format!("days {days}"),
    };
    format!(
        "{name}.cron = {}\n{name}.due = {due}\n{name}.late_days = {}\n",
        cadence.cron, cadence.late_days
    )
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::clock::Millis;
    use crate::trial;

    const TEXT: &str = r#"
        [[organisation]]
        id = "1"
        name = "One"
        zone = "Europe/Berlin"
        roles.manager = ["2"]
        [[organisation]]
        id = "3"
        name = "Three"
        zone = "UTC"
        roles.manager = ["4"]
    "#;

    #[tokio::test]
    async fn only_a_changed_schedule_is_noted() {
        let first = crate::config::parse(TEXT, Path::new("/srv")).expect("this is sound");
        let mut second = first.clone();
        second.organisations[1].zone = "Europe/Paris".to_owned();
        let (one, three) = (OrganisationId::from_i64(1), OrganisationId::from_i64(3));
        for trial in trial::databases(Millis(0)).await {
            let note = async |config: &Config| {
                note_schedules(&trial.ledger, &trial.chance, config)
                    .await
                    .expect("it is noted")
            };
            assert_eq!(note(&first).await, [one, three], "{}", trial.engine);
            assert_eq!(note(&first).await, []);
            assert_eq!(note(&second).await, [three]);
            assert_eq!(note(&first).await, [three]);
        }
    }

    #[test]
    fn the_text_names_everything_that_decides() {
        let config = crate::config::parse(TEXT, Path::new("/srv")).expect("this is sound");
        insta::assert_snapshot!(text(&config.schedule, &config.organisations[0]), @r#"
        weekly.cron = 0 30 9 * * Thu
        weekly.due = weekday 1
        weekly.late_days = 2
        monthly.cron = 0 30 9 20-31 * Tue,Wed,Thu
        monthly.due = days 10
        monthly.late_days = 7
        quarterly.cron = 0 30 9 8-31 Mar,Jun,Sep,Dec Tue,Wed,Thu
        quarterly.due = days 21
        quarterly.late_days = 14
        max_prompts_per_person_7d = 2
        min_gap_ms = 172800000
        max_open_prompts = 2
        jitter_ms = 1200000
        first_month_of_year = 1
        zone = Europe/Berlin
        packs = starter
        delivery = direct-message
        "#);
    }
}
