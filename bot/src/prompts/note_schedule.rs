//! Which schedule was in force when: for each organisation the hash of each change goes into the evidence log, and
//! its text is kept beside it.
//!
//! The schedule is all of the configuration that decides who is asked, when, how much, where and in which language;
//! what is asked is the catalogue. The hash is SHA-256, in hexadecimal digits, over the text's bytes in UTF-8.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Display;

use sha2::{Digest, Sha256};

use crate::chance::Chance;
use crate::config::{Cadence, Config, Delivery, Due, Organisation, Person, Schedule};
use crate::evidence::{NewLeaf, fields};
use crate::ids::{OrganisationId, RoleId};
use crate::ledger::{Ledger, Tx};
use crate::settings;

/// Leaves a leaf for each organisation whose schedule is not the one that was in force, and returns these
/// organisations. Repeating is harmless.
pub async fn note_schedules(ledger: &Ledger, chance: &Chance, config: &Config) -> anyhow::Result<Vec<OrganisationId>> {
    let schedules = config
        .organisations
        .iter()
        .map(|organisation| (organisation.id, text(config, organisation)))
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
                    let said = fields::ScheduleChanged {
                        organisation: organisation.to_string(),
                        sha256,
                    };
                    tx.evidence(NewLeaf::fresh(&chance, said));
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

/// What decides whom an organisation asks when, where and in which language, one `key = value` a line, each line ended;
/// the hash is over these bytes. Roles and audiences are in the order of their names, ids in the order of numbers. Of
/// the people file stands a hash, so that the text names nobody.
fn text(config: &Config, organisation: &Organisation) -> String {
    let mut text = slots(&config.schedule);
    let mut line = |key: &str, value: &dyn Display| text.push_str(&format!("{key} = {value}\n"));
    line("zone", &organisation.zone);
    line("language", &organisation.language);
    line("packs", &organisation.packs.join(","));
    line(
        "delivery",
        &match organisation.delivery {
            Delivery::DirectMessage => "direct-message",
            Delivery::Channel => "channel",
        },
    );
    let channels = &organisation.channels;
    for (name, channel) in [
        ("fallback", channels.fallback),
        ("prompts", channels.prompts),
        ("evidence", channels.evidence),
    ] {
        let channel = channel.map_or_else(|| "none".to_owned(), |channel| channel.to_string());
        line(&format!("channels.{name}"), &channel);
    }
    let roles: BTreeMap<&str, &BTreeSet<RoleId>> = organisation
        .roles
        .iter()
        .map(|(role, ids)| (role.word(), ids))
        .collect();
    for (role, ids) in roles {
        line(&format!("roles.{role}"), &list(ids));
    }
    for (audience, ids) in &organisation.audiences {
        line(&format!("audiences.{audience}"), &list(ids));
    }
    line("members_intent", &config.discord.members_intent);
    line("people_sha256", &people_hash(&organisation.people));
    text
}

/// Who the people file names: a line for each person in the order of ids, with id, zone and language, separated by
/// blanks, `-` where one is not said; SHA-256 over these lines.
fn people_hash(people: &[Person]) -> String {
    let mut people: Vec<&Person> = people.iter().collect();
    people.sort_by_key(|person| person.id);
    let line = |person: &Person| {
        let said = |word: &Option<String>| word.clone().unwrap_or_else(|| "-".to_owned());
        format!("{} {} {}\n", person.id, said(&person.zone), said(&person.language))
    };
    hex::encode(Sha256::digest(people.into_iter().map(line).collect::<String>()))
}

fn list(ids: &BTreeSet<RoleId>) -> String {
    let ids: Vec<String> = ids.iter().map(ToString::to_string).collect();
    ids.join(",")
}

/// When anything may be asked, and how much.
fn slots(schedule: &Schedule) -> String {
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
    format!(
        "{}{}{}max_prompts_per_person_7d = {max_prompts_per_person_7d}\nmin_gap_ms = {min_gap_between_prompts}\n\
         max_open_prompts = {max_open_prompts}\njitter_ms = {jitter}\nfirst_month_of_year = {first_month_of_year}\n",
        cadence("weekly", weekly),
        cadence("monthly", monthly),
        cadence("quarterly", quarterly),
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
mod tests;
