//! The servers that use the bot.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use toml::{Table, Value};

use super::{Channels, Delivery, Organisation, Role, concerns, people};
use crate::document::{self, Fields, Notes};
use crate::ids::{ChannelId, OrganisationId, RoleId};

pub(super) const LANGUAGES: [(&str, &str); 2] = [("en", "en"), ("de", "de")];
const DELIVERIES: [(&str, Delivery); 2] = [
    ("direct-message", Delivery::DirectMessage),
    ("channel", Delivery::Channel),
];
const ID: &str = "a Discord id in quotes, such as \"175928847299117063\"";
const MEND_ID: &str =
    "in Discord: Settings, Advanced, Developer Mode; then right-click and copy the id; put it in quotes";

/// Gives every organisation what `every_organisation` says and it does not say itself.
pub(super) fn spread_defaults(table: &mut Table) {
    let Some(Value::Table(defaults)) = table.get("every_organisation").cloned() else {
        return;
    };
    if let Some(Value::Array(organisations)) = table.get_mut("organisation") {
        for organisation in organisations.iter_mut().filter_map(Value::as_table_mut) {
            for (key, value) in &defaults {
                organisation.entry(key).or_insert_with(|| value.clone());
            }
        }
    }
}

pub(super) fn read(root: &Fields<'_>, members_intent: bool, folder: &Path, notes: &Notes) -> Vec<Organisation> {
    let every = root.table("every_organisation");
    every.word("language", &LANGUAGES);
    every.texts("packs");
    every.word("delivery", &DELIVERIES);
    every.finish();
    let mut seen = BTreeSet::new();
    root.tables("organisation")
        .into_iter()
        .map(|fields| {
            let organisation = organisation(&fields, members_intent, folder, notes);
            if !seen.insert(organisation.id) && organisation.id.get() != 0 {
                fields.wrong(
                    "id",
                    "an organisation that is already listed",
                    "each organisation once",
                    "merge the two blocks",
                );
            }
            fields.finish();
            organisation
        })
        .collect()
}

fn organisation(fields: &Fields<'_>, members_intent: bool, folder: &Path, notes: &Notes) -> Organisation {
    let organisation = Organisation {
        id: fields
            .value("id")
            .map_or_else(|| missing(fields, "id"), |value| id(fields, "id", value))
            .unwrap_or(OrganisationId::from_i64(0)),
        name: fields.short_text("name", 100),
        zone: zone(fields, "zone", fields.text("zone")),
        language: fields.word("language", &LANGUAGES).to_owned(),
        roles: roles(fields.table("roles")),
        audiences: audiences(&fields.table("audiences")),
        packs: fields.texts("packs"),
        channels: channels(fields.table("channels")),
        delivery: fields.word("delivery", &DELIVERIES),
        people: fields
            .optional_text("people_file")
            .map_or_else(Vec::new, |file| people::read(fields, &folder.join(file), notes)),
        other_way: concerns::other_way(fields),
    };
    refuse_everybody(fields, &organisation);
    if organisation.packs.is_empty() {
        fields.wrong("packs", "no pack", "at least one pack", "add one, such as \"starter\"");
    }
    if organisation.delivery == Delivery::Channel && organisation.channels.prompts.is_none() {
        fields.wrong(
            "channels.prompts",
            "nothing",
            "a channel, because delivery is \"channel\"",
            "name the channel, or set delivery to \"direct-message\"",
        );
    }
    if !members_intent && organisation.people.is_empty() {
        fields.wrong(
            "people_file",
            "nobody",
            "people, because discord.members_intent is false",
            "name who is asked in a people file, or switch the Server Members Intent on and set members_intent to true",
        );
    }
    organisation
}

/// The role of everybody has the server's id. Discord names it with nobody, so that whoever is meant would be nobody.
fn refuse_everybody(fields: &Fields<'_>, organisation: &Organisation) {
    let everybody = RoleId::from_i64(organisation.id.get());
    let roles = organisation
        .roles
        .iter()
        .map(|(role, ids)| (format!("roles.{}", role.word()), ids));
    let audiences = organisation.audiences.iter();
    let audiences = audiences.map(|(audience, ids)| (format!("audiences.{audience}"), ids));
    for (key, _) in roles.chain(audiences).filter(|(_, ids)| ids.contains(&everybody)) {
        fields.wrong(
            &key,
            "the server's own id, which stands for @everyone and is not a role that people are given",
            "ids of roles that people are given",
            "create a role for the right people, and name it (Server Settings, Roles, right-click, Copy Role ID)",
        );
    }
}

pub(super) fn missing<T>(fields: &Fields<'_>, key: &'static str) -> Option<T> {
    fields.wrong(key, "nothing", ID, format!("add the key `{key}`"));
    None
}

/// A Discord id, which must stand in quotes.
pub(super) fn id<T: std::str::FromStr>(fields: &Fields<'_>, key: &str, value: &Value) -> Option<T> {
    let (found, mend) = match value {
        Value::String(text) => match text.parse() {
            Ok(id) => return Some(id),
            Err(_) => (format!("{:?}", text.chars().take(40).collect::<String>()), MEND_ID),
        },
        Value::Integer(number) => (
            format!("the number {number}"),
            "put it in quotes: many tools cut numbers that long",
        ),
        _ => ("something else".to_owned(), MEND_ID),
    };
    fields.wrong(key, found, ID, mend);
    None
}

/// A list of role ids; the key may be left out.
fn role_ids(fields: &Fields<'_>, key: &str, value: &Value) -> BTreeSet<RoleId> {
    let Value::Array(values) = value else {
        fields.wrong(
            key,
            "no list",
            "a list of role ids in quotes, such as [\"175928847299117064\"]",
            "write a list",
        );
        return BTreeSet::new();
    };
    values.iter().filter_map(|value| id(fields, key, value)).collect()
}

fn roles(fields: Fields<'_>) -> BTreeMap<Role, BTreeSet<RoleId>> {
    let mut roles = BTreeMap::new();
    for role in Role::ALL {
        if let Some(value) = fields.value(role.word()) {
            roles.insert(role, role_ids(&fields, role.word(), value));
        }
    }
    let named = fields.value(Role::Manager.word()).and_then(Value::as_array);
    if named.is_none_or(Vec::is_empty) {
        fields.wrong(
            "manager",
            "no role",
            "at least one role id",
            "name the Discord role of the people who are asked",
        );
    }
    fields.finish();
    roles
}

fn audiences(fields: &Fields<'_>) -> BTreeMap<String, BTreeSet<RoleId>> {
    fields
        .entries()
        .map(|(audience, value)| (audience.to_owned(), role_ids(fields, audience, value)))
        .collect()
}

fn channels(fields: Fields<'_>) -> Channels {
    let channel = |key| fields.value(key).and_then(|value| id::<ChannelId>(&fields, key, value));
    let channels = Channels {
        fallback: channel("fallback"),
        prompts: channel("prompts"),
        evidence: channel("evidence"),
    };
    fields.finish();
    channels
}

/// An IANA name that the bundled database knows.
pub(super) fn zone(fields: &Fields<'_>, key: &'static str, name: String) -> String {
    if name.is_empty() || jiff::tz::TimeZone::get(&name).is_ok() {
        return name;
    }
    let names = jiff::tz::db()
        .available()
        .map(|name| name.to_string())
        .collect::<Vec<_>>();
    let mend = document::nearest(&name, names.iter().map(String::as_str)).map_or_else(
        || "look the name up in the IANA database".to_owned(),
        |near| format!("did you mean {near:?}?"),
    );
    fields.wrong(
        key,
        format!("{name:?}"),
        "an IANA time zone, such as \"Europe/Berlin\"",
        mend,
    );
    name
}
