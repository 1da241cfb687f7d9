//! `/applications/{id}[/guilds/{id}]/commands`: registering slash and context-menu commands.

use serde_json::{Value, json};

use super::Call;
use super::answer::Answer;
use super::error::ApiError;
use super::path_id;
use crate::ids::{self, Id};
use crate::state::State;
use crate::validate::{Form, command as rules};

/// Whose commands: global or of one guild.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Scope {
    pub(crate) app: Id,
    pub(crate) guild: Option<Id>,
}

/// Maximum number of commands of type slash, user and message per scope.
const MOST: [(u64, usize); 3] = [(1, 100), (2, 15), (3, 15)];
/// Maximum number of creates per scope and day.
const MOST_CREATES: u32 = 200;

pub(crate) fn answer(state: &mut State, call: &Call, scope: Scope, rest: &[&str], bot: Id) -> Result<Answer, ApiError> {
    allowed(state, scope, bot)?;
    match (call.method.as_str(), rest) {
        ("GET", []) => Ok(Answer::json(Value::Array(all(state, scope)))),
        ("PUT", []) => replace(state, call.json(), scope),
        ("POST", []) => upsert(state, call.json(), scope),
        ("GET", [id]) => find(state, scope, path_id(id, "command_id")?).map(Answer::json),
        ("PATCH", [id]) => patch(state, call.json(), scope, path_id(id, "command_id")?),
        ("DELETE", [id]) => {
            let id = path_id(id, "command_id")?;
            find(state, scope, id)?;
            commands(state, scope)?.remove(&(scope.guild, id));
            Ok(Answer::none())
        }
        _ => Err(ApiError::no_route()),
    }
}

fn allowed(state: &State, scope: Scope, bot: Id) -> Result<(), ApiError> {
    if !state.applications.contains_key(&scope.app) {
        return Err(ApiError::of(10002));
    }
    if scope.app != bot {
        return Err(ApiError::of(20012));
    }
    let in_guild = scope.guild.is_none_or(|guild| {
        state
            .guilds
            .get(&guild)
            .is_some_and(|guild| guild.members.contains_key(&bot))
    });
    if in_guild { Ok(()) } else { Err(ApiError::of(50001)) }
}

fn commands(
    state: &mut State,
    scope: Scope,
) -> Result<&mut std::collections::BTreeMap<(Option<Id>, Id), Value>, ApiError> {
    state
        .applications
        .get_mut(&scope.app)
        .map(|app| &mut app.commands)
        .ok_or_else(|| ApiError::of(10002))
}

/// The commands of a scope.
fn all(state: &State, scope: Scope) -> Vec<Value> {
    let range = (scope.guild, 0)..=(scope.guild, Id::MAX);
    state
        .applications
        .get(&scope.app)
        .into_iter()
        .flat_map(|app| app.commands.range(range.clone()))
        .map(|(_, command)| command.clone())
        .collect()
}

fn find(state: &State, scope: Scope, id: Id) -> Result<Value, ApiError> {
    let app = state.applications.get(&scope.app).ok_or_else(|| ApiError::of(10002))?;
    app.commands
        .get(&(scope.guild, id))
        .cloned()
        .ok_or_else(|| ApiError::of(10063))
}

/// PUT: what is not in the list is gone, of every type.
fn replace(state: &mut State, body: &Value, scope: Scope) -> Result<Answer, ApiError> {
    let Some(list) = body.as_array() else {
        return Err(ApiError::field(
            "_errors",
            "LIST_TYPE_CONVERT",
            "Only iterables may be used in a ListType",
        ));
    };
    rules::check_all(list).finish()?;
    count(list)?;
    let old = all(state, scope);
    let made: Vec<Value> = list
        .iter()
        .map(|command| complete(state, command, scope, &old))
        .collect();
    let new = list.iter().filter(|command| same(&old, command).is_none()).count();
    note_creates(state, scope, new)?;
    let store = commands(state, scope)?;
    store.retain(|(guild, _), _| *guild != scope.guild);
    for command in &made {
        store.insert(
            (scope.guild, ids::read(&command["id"]).unwrap_or_default()),
            command.clone(),
        );
    }
    Ok(Answer::json(Value::Array(made)))
}

fn count(list: &[Value]) -> Result<(), ApiError> {
    for (kind, most) in MOST {
        if list.iter().filter(|command| rules::kind(command) == kind).count() > most {
            return Err(ApiError {
                message: format!("Maximum number of application commands reached ({most})."),
                ..ApiError::of(30032)
            });
        }
    }
    Ok(())
}

/// POST: a command of the same name and type is replaced.
fn upsert(state: &mut State, body: &Value, scope: Scope) -> Result<Answer, ApiError> {
    let mut form = Form::default();
    rules::check(&mut form, body, "");
    form.finish()?;
    let old = all(state, scope);
    let is_new = same(&old, body).is_none();
    if is_new {
        let mut list = old.clone();
        list.push(body.clone());
        count(&list)?;
        note_creates(state, scope, 1)?;
    }
    let command = complete(state, body, scope, &old);
    let id = ids::read(&command["id"]).unwrap_or_default();
    commands(state, scope)?.insert((scope.guild, id), command.clone());
    Ok(if is_new {
        Answer::created(command)
    } else {
        Answer::json(command)
    })
}

fn patch(state: &mut State, body: &Value, scope: Scope, id: Id) -> Result<Answer, ApiError> {
    let mut command = find(state, scope, id)?;
    for (key, value) in body.as_object().into_iter().flatten() {
        command[key] = value.clone();
    }
    let mut form = Form::default();
    rules::check(&mut form, &command, "");
    form.finish()?;
    command["version"] = ids::text(state.new_id());
    commands(state, scope)?.insert((scope.guild, id), command.clone());
    Ok(Answer::json(command))
}

/// The command of the same type and name.
fn same<'a>(old: &'a [Value], command: &Value) -> Option<&'a Value> {
    old.iter()
        .find(|known| rules::kind(known) == rules::kind(command) && known["name"] == command["name"])
}

/// 200 creates a day and scope (30034).
fn note_creates(state: &mut State, scope: Scope, new: usize) -> Result<(), ApiError> {
    let day = state.now().div_euclid(86_400_000);
    let app = state
        .applications
        .get_mut(&scope.app)
        .ok_or_else(|| ApiError::of(10002))?;
    let counted = app.command_creates.entry(scope.guild).or_default();
    let before = if counted.0 == day { counted.1 } else { 0 };
    let after = before + u32::try_from(new).unwrap_or(u32::MAX);
    if after > MOST_CREATES {
        return Err(ApiError::of(30034));
    }
    *counted = (day, after);
    Ok(())
}

/// The command as Discord returns it.
fn complete(state: &mut State, command: &Value, scope: Scope, old: &[Value]) -> Value {
    let version = state.new_id();
    let id = same(old, command)
        .and_then(|known| ids::read(&known["id"]))
        .unwrap_or(version);
    let mut json = json!({
        "id": ids::text(id), "application_id": ids::text(scope.app), "version": ids::text(version), "type": 1,
        "name": "", "name_localizations": null, "description": "", "description_localizations": null,
        "default_member_permissions": null, "nsfw": false, "dm_permission": true,
        "contexts": null, "integration_types": [0],
    });
    if let Some(guild) = scope.guild {
        json["guild_id"] = ids::text(guild);
    }
    for (key, value) in command
        .as_object()
        .into_iter()
        .flatten()
        .filter(|(_, value)| !value.is_null())
    {
        json[key] = value.clone();
    }
    if let Some(bits) = json["default_member_permissions"].as_u64() {
        json["default_member_permissions"] = json!(bits.to_string());
    }
    json
}
