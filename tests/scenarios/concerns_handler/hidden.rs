//! A handler who must know nothing of a case is shown exactly what they would be shown without it.

use anyhow::{Context, ensure};
use bellwether::config::Role;
use discord_stand_in::Message;
use rehearsal::{Hired, World};
use serde_json::{Value, json};

use super::{Office, Told, case, files, open, presses, seen_by};
use crate::stage::{play, says, thursday};

/// Custom ids of everything that can be done with a case.
pub(super) fn steps(case: &str) -> Vec<String> {
    let plain = [
        "show",
        "read",
        "take",
        "say",
        "note",
        "status",
        "hand",
        "conflict",
        "conflicted",
        "join",
        "identity",
        "unseal",
        "unlock",
    ];
    let mut steps: Vec<String> = plain.iter().map(|step| format!("v1:case:{step}:{case}")).collect();
    steps.push(format!("v1:case:say:{case}:free"));
    steps.push(format!("v1:case:move:{case}:resolved"));
    steps.push(format!("v1:case:agree:{case}"));
    steps
}

/// What a message shows, to the last byte of what the bot sent.
fn bytes(message: &Message) -> String {
    let raw = message.raw();
    let shown = json!([
        raw["content"],
        raw["embeds"],
        raw["components"],
        raw["attachments"],
        raw["flags"]
    ]);
    shown.to_string()
}

/// All that this handler is shown by commands, and by pressing everything about a case.
async fn everything(world: &World, who: &Hired, number: &str, id: &str) -> anyhow::Result<Vec<String>> {
    let mut shown = Vec::new();
    for sub in ["inbox", "key"] {
        shown.push(bytes(&case(world, who, sub).await?));
    }
    let on = open(world, who, number).await?;
    shown.push(bytes(&on));
    for step in steps(id) {
        let pressed = who.person.forged_press(&on, &step)?;
        let response = pressed.response().await?;
        world.settle().await;
        let callback = pressed.callback().unwrap_or(Value::Null);
        // A form would hold the id that was pressed.
        ensure!(!callback.to_string().contains(id), "{step}: {response:?}");
        shown.push(callback.to_string());
    }
    Ok(shown)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_barred_handler_sees_the_same_as_without_the_case() -> anyhow::Result<()> {
    play(thursday(), async |world| {
        let office = Office::open(world).await?;
        files(world, Told::new("idea", "a shorter form")).await?;
        let before = everything(world, &office.harry, "000-000", &"0".repeat(32)).await?;
        let told = Told {
            barred: &[&office.harry],
            ..Told::new("mistake", "about Harry")
        };
        let hidden = files(world, told).await?;
        let number = hidden.number.to_string();
        let case = seen_by(world, &office.hanna, &hidden, Role::Handler)
            .await?
            .context("hers to see")?;
        let after = everything(world, &office.harry, &number, case.id.as_str()).await?;
        for (one, other) in before.iter().zip(&after) {
            ensure!(one == other, "without it:\n{one}\nwith it:\n{other}");
        }
        ensure!(before.len() == after.len());
        ensure!(seen_by(world, &office.harry, &hidden, Role::Handler).await?.is_none());
        let unchanged = seen_by(world, &office.hanna, &hidden, Role::Handler).await?;
        ensure!(unchanged == Some(case), "nothing was changed by his presses");
        // Cases for the independent handler alone are hidden from handlers in the same way.
        let formal = files(world, Told::new("retaliation", "since I spoke up")).await?;
        let number = formal.number.to_string();
        let case = seen_by(world, &office.iris, &formal, Role::IndependentHandler)
            .await?
            .context("hers")?;
        ensure!(everything(world, &office.harry, &number, case.id.as_str()).await? == before);
        Ok(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_steps_back_loses_sight_of_the_case() -> anyhow::Result<()> {
    play(thursday(), async |world| {
        let office = Office::open(world).await?;
        let before = everything(world, &office.harry, "000-000", &"0".repeat(32)).await?;
        let filed = files(world, Told::new("mistake", "about a friend of Harry's")).await?;
        let number = filed.number.to_string();
        let shown = open(world, &office.harry, &number).await?;
        presses(&office.harry, &shown, "Take").await?;
        let sure = presses(&office.harry, &shown, "Conflict of interest").await?;
        says(&sure.text(), &["You can still open what you already have"])?;
        says(
            &presses(&office.harry, &sure, "Yes, I step back").await?.text(),
            &["will not see this case any more"],
        )?;
        let case = seen_by(world, &office.hanna, &filed, Role::Handler)
            .await?
            .context("hers to see")?;
        ensure!(case.handler.is_none());
        let after = everything(world, &office.harry, &number, case.id.as_str()).await?;
        ensure!(after == before, "{after:?}");
        Ok(())
    })
    .await
}
