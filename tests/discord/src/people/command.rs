//! Slash and context-menu commands, checked against their registered definition as a client does.

use serde_json::{Map, Value, json};

use super::event::Happening;
use super::message::Message;
use super::outcome::Handle;
use super::{Person, Place, Refusal};
use crate::ids::{self, Id};
use crate::state::State;
use crate::state::interaction::Kind;
use crate::state::permissions::{ADMINISTRATOR, VIEW_CHANNEL};

impl Person {
    /// Runs a slash command: `"streaks"`, or with its sub-command `"away enter"`. Options by name; a user, role or
    /// channel by its id as a string.
    pub fn slash(&self, bot: Id, place: Place, command: &str, options: &[(&str, Value)]) -> Result<Handle, Refusal> {
        self.run(bot, place, command, options, None)
    }

    /// Types into the option `focused`, which must have autocomplete.
    pub fn autocomplete(&self, bot: Id, place: Place, command: &str, focused: (&str, &str)) -> Result<Handle, Refusal> {
        self.run(bot, place, command, &[(focused.0, json!(focused.1))], Some(focused.0))
    }

    fn run(
        &self,
        bot: Id,
        place: Place,
        words: &str,
        given: &[(&str, Value)],
        focused: Option<&str>,
    ) -> Result<Handle, Refusal> {
        let mut state = self.shared.state();
        let channel = self.channel(&mut state, bot, place)?;
        let mut path = words.split_whitespace();
        let definition = find(&state, bot, channel, self.id, 1, path.next().unwrap_or(""))?;
        let path: Vec<&str> = path.collect();
        let options = nested(&definition, &path, given, focused).map_err(|why| match why {
            Refusal::UnknownCommand(_) => Refusal::UnknownCommand(words.to_owned()),
            other => other,
        })?;
        let mut data = base(&definition);
        data["options"] = options;
        let resolved = resolved(&state, channel, given, self.id);
        if !resolved.is_empty() {
            data["resolved"] = Value::Object(resolved);
        }
        let kind = if focused.is_some() {
            Kind::Autocomplete
        } else {
            Kind::Command
        };
        let happening = Happening {
            kind,
            application: bot,
            user: self.id,
            channel,
            source: None,
            data,
        };
        Ok(self.happen(&mut state, &happening))
    }

    /// Uses a command of a message's context menu.
    pub fn use_on_message(&self, bot: Id, message: &Message, command: &str) -> Result<Handle, Refusal> {
        let current = self.visible(message.id())?;
        let mut state = self.shared.state();
        let channel = self.channel(&mut state, bot, Place::Channel(message.channel()))?;
        let definition = find(&state, bot, channel, self.id, 3, command)?;
        let mut data = base(&definition);
        data["target_id"] = ids::text(message.id());
        data["resolved"] = json!({"messages": {message.id().to_string(): current.raw()}});
        let happening = Happening {
            kind: Kind::Command,
            application: bot,
            user: self.id,
            channel,
            source: None,
            data,
        };
        Ok(self.happen(&mut state, &happening))
    }

    /// Uses a command of a person's context menu.
    pub fn use_on_user(&self, bot: Id, place: Place, target: Id, command: &str) -> Result<Handle, Refusal> {
        let mut state = self.shared.state();
        let channel = self.channel(&mut state, bot, place)?;
        let definition = find(&state, bot, channel, self.id, 2, command)?;
        let mut data = base(&definition);
        data["target_id"] = ids::text(target);
        data["resolved"] = Value::Object(resolved(&state, channel, &[("", json!(target.to_string()))], self.id));
        let happening = Happening {
            kind: Kind::Command,
            application: bot,
            user: self.id,
            channel,
            source: None,
            data,
        };
        Ok(self.happen(&mut state, &happening))
    }
}

fn base(definition: &Value) -> Value {
    let mut data =
        json!({"id": definition["id"], "name": definition["name"], "type": definition["type"], "options": []});
    if !definition["guild_id"].is_null() {
        data["guild_id"] = definition["guild_id"].clone();
    }
    data
}

/// The definition a client would offer here: of the guild first, then the global one.
fn find(state: &State, bot: Id, channel: Id, user: Id, kind: u64, name: &str) -> Result<Value, Refusal> {
    let unknown = || Refusal::UnknownCommand(name.to_owned());
    let app = state.applications.get(&bot).ok_or_else(unknown)?;
    let place = state.channels.get(&channel).ok_or(Refusal::NotVisible)?;
    let matches = |command: &&Value| command["type"].as_u64() == Some(kind) && command["name"] == name;
    let of = |scope: Option<Id>| {
        app.commands
            .range((scope, 0)..=(scope, Id::MAX))
            .map(|(_, command)| command)
            .find(matches)
    };
    let Some(guild) = place.guild else {
        let global = of(None).filter(|command| allows_dm(command));
        return global.cloned().ok_or_else(unknown);
    };
    let in_guild = of(Some(guild)).or_else(|| of(None).filter(|command| in_context(command, 0)));
    let command = in_guild.ok_or_else(unknown)?;
    let held = state.permissions_in(place, user);
    let needed = command["default_member_permissions"]
        .as_str()
        .and_then(|bits| bits.parse::<u64>().ok());
    let may = match needed {
        None => true,
        Some(_) if held & ADMINISTRATOR != 0 => true,
        Some(0) => false,
        Some(bits) => held & bits == bits,
    };
    if may && held & VIEW_CHANNEL != 0 {
        Ok(command.clone())
    } else {
        Err(Refusal::NotPermitted)
    }
}

fn in_context(command: &Value, context: u64) -> bool {
    command["contexts"]
        .as_array()
        .is_none_or(|list| list.iter().any(|entry| entry.as_u64() == Some(context)))
}

fn allows_dm(command: &Value) -> bool {
    in_context(command, 1) && (command["contexts"].is_array() || command["dm_permission"].as_bool() != Some(false))
}

/// The `options` of the event, checked against the definition, sub-commands around them.
fn nested(definition: &Value, path: &[&str], given: &[(&str, Value)], focused: Option<&str>) -> Result<Value, Refusal> {
    let known = definition["options"].as_array().map(Vec::as_slice).unwrap_or_default();
    let is_group = known
        .iter()
        .any(|option| matches!(option["type"].as_u64(), Some(1 | 2)));
    let Some((word, rest)) = path.split_first() else {
        if is_group {
            return Err(Refusal::UnknownCommand(String::new()));
        }
        return values(known, given, focused);
    };
    let sub = known
        .iter()
        .find(|option| matches!(option["type"].as_u64(), Some(1 | 2)) && option["name"] == **word)
        .ok_or_else(|| Refusal::UnknownCommand((*word).to_owned()))?;
    let inner = nested(sub, rest, given, focused)?;
    Ok(json!([{"type": sub["type"], "name": sub["name"], "options": inner}]))
}

fn values(known: &[Value], given: &[(&str, Value)], focused: Option<&str>) -> Result<Value, Refusal> {
    for (name, _) in given {
        if !known.iter().any(|option| option["name"] == *name) {
            return Err(Refusal::BadInput(format!("no option {name:?}")));
        }
    }
    let mut list = Vec::new();
    for option in known {
        let name = option["name"].as_str().unwrap_or("");
        match given.iter().find(|(given, _)| *given == name) {
            Some((_, value)) if focused == Some(name) => {
                list.push(json!({"type": option["type"], "name": name, "value": value, "focused": true}));
            }
            Some((_, value)) => {
                fits(option, value).map_err(|why| Refusal::BadInput(format!("option {name:?}: {why}")))?;
                list.push(json!({"type": option["type"], "name": name, "value": value}));
            }
            None if option["required"].as_bool() == Some(true) && focused.is_none() => {
                return Err(Refusal::BadInput(format!("option {name:?} is required")));
            }
            None => {}
        }
    }
    Ok(Value::Array(list))
}

/// What the client checks of a value.
fn fits(option: &Value, value: &Value) -> Result<(), String> {
    let right_type = match option["type"].as_u64() {
        Some(3) => value.is_string(),
        Some(4) => value.is_i64() || value.is_u64(),
        Some(5) => value.is_boolean(),
        Some(6..=9 | 11) => ids::read(value).is_some() && value.is_string(),
        Some(10) => value.is_number(),
        Some(_) | None => false,
    };
    if !right_type {
        return Err("wrong type".to_owned());
    }
    if let Some(choices) = option["choices"].as_array().filter(|choices| !choices.is_empty())
        && !choices.iter().any(|choice| choice["value"] == *value)
    {
        return Err("not one of the choices".to_owned());
    }
    let number = value.as_f64();
    let length = value
        .as_str()
        .map(|text| text.chars().count() as f64)
        .filter(|_| option["type"] == 3);
    let limits = [
        ("min_value", number, -1.0),
        ("max_value", number, 1.0),
        ("min_length", length, -1.0),
        ("max_length", length, 1.0),
    ];
    for (key, measured, sign) in limits {
        if let (Some(limit), Some(measured)) = (option[key].as_f64(), measured)
            && (measured - limit) * sign > 0.0
        {
            return Err(format!("outside {key} {limit}"));
        }
    }
    Ok(())
}

/// Users, members, roles and channels that options name.
fn resolved(state: &State, channel: Id, given: &[(&str, Value)], _user: Id) -> Map<String, Value> {
    let mut resolved = Map::new();
    let guild = state
        .channels
        .get(&channel)
        .and_then(|channel| channel.guild)
        .and_then(|guild| state.guilds.get(&guild));
    let mut put = |kind: &str, id: Id, json: Value| {
        let group = resolved.entry(kind).or_insert_with(|| json!({}));
        group[id.to_string()] = json;
    };
    for id in given
        .iter()
        .filter_map(|(_, value)| value.as_str())
        .filter_map(|text| text.parse::<Id>().ok())
    {
        if let Some(user) = state.users.get(&id) {
            put("users", id, user.json());
        }
        let Some(guild) = guild else { continue };
        if let Some(member) = guild.members.get(&id) {
            let mut json = member.partial_json();
            json["permissions"] = json!(crate::state::permissions::in_guild(guild, id).to_string());
            put("members", id, json);
        }
        if let Some(role) = guild.roles.get(&id) {
            put("roles", id, role.json());
        }
        if let Some(channel) = state.channels.get(&id) {
            put(
                "channels",
                id,
                json!({
                    "id": ids::text(id), "name": channel.name, "type": 0, "guild_id": ids::text(guild.id), "parent_id": null,
                    "permissions": "0", "app_permissions": "0",
                }),
            );
        }
    }
    resolved
}
