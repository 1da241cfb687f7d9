//! Presses and forms that no client offered: by staff, by owners, by strangers to the case.

use anyhow::{Context, ensure};
use bellwether::config::Role;
use discord_stand_in::{ModalShown, Place};
use rehearsal::{Hired, World};
use serde_json::{Value, json};

use super::hidden::steps;
use super::{Office, Told, files, seen_by};
use crate::stage::{play, thursday};

const NOT_FOR_THEM: [&str; 4] = [
    "This command is for handlers of concerns.",
    "You have no such case.",
    "in its programme, and it finds none",
    "no longer here",
];

/// What is shown after each press of a forged id.
async fn presses(world: &World, who: &Hired, place: Place, ids: &[String]) -> anyhow::Result<Vec<String>> {
    let bot = world.organisation.bot.id;
    let on = who.person.slash(bot, place, "record", &[])?.message().await?;
    let mut shown = Vec::new();
    for id in ids {
        let pressed = who.person.forged_press(&on, id)?;
        shown.push(format!("{id}: {}", pressed.message().await?.text()));
        world.settle().await;
    }
    Ok(shown)
}

/// What is shown after each form with a forged id.
async fn submits(world: &World, who: &Hired, ids: &[String]) -> anyhow::Result<Vec<String>> {
    let bot = world.organisation.bot.id;
    let asked = who.person.slash(bot, Place::Dm, "record", &[])?;
    asked.message().await?;
    let mut shown = Vec::new();
    for id in ids {
        let modal = ModalShown {
            interaction: asked.id(),
            data: Value::Null,
        };
        let input = json!({"type": 4, "custom_id": "text", "id": 2, "value": "forged words"});
        let data = json!({"custom_id": id, "components": [{"type": 1, "id": 1, "components": [input]}]});
        let sent = who.person.forged_submit(&modal, data)?;
        shown.push(format!("{id}: {}", sent.message().await?.text()));
        world.settle().await;
    }
    Ok(shown)
}

#[tokio::test(flavor = "multi_thread")]
async fn forged_ids_open_nothing_to_those_who_handle_nothing() -> anyhow::Result<()> {
    play(thursday(), async |world| {
        let mia = world.manager("Mia");
        let office = Office::open(world).await?;
        let filed = files(world, Told::new("mistake", "wrong recipient")).await?;
        let case = seen_by(world, &office.hanna, &filed, Role::Handler)
            .await?
            .context("the case")?;
        let mut ids = steps(case.id.as_str());
        ids.extend(["own", "keep", "end", "agree"].map(|act| format!("v1:case:key:{act}")));
        ids.extend(["v1:case:drill", "v1:case:drill:mistake"].map(str::to_owned));
        let general = Place::Channel(world.organisation.guild.channels["general"]);
        for (who, place) in [
            (&mia, general),
            (&mia, Place::Dm),
            (&office.sam, general),
            (&office.sam, Place::Dm),
        ] {
            for shown in presses(world, who, place, &ids).await? {
                ensure!(
                    NOT_FOR_THEM.iter().any(|refusal| shown.contains(refusal)),
                    "{}: {shown}",
                    who.name
                );
            }
            for shown in submits(world, who, &ids).await? {
                ensure!(
                    NOT_FOR_THEM.iter().any(|refusal| shown.contains(refusal)),
                    "{}: {shown}",
                    who.name
                );
            }
        }
        // Owners agree to keys and see figures; a case is not there for them.
        for shown in presses(world, &office.olga, general, &steps(case.id.as_str())).await? {
            ensure!(shown.contains("You have no such case."), "{shown}");
        }
        // What is pressed is not sent: as a form it is nothing at all.
        for shown in submits(world, &office.olga, &steps(case.id.as_str())).await? {
            let refused = ["You have no such case.", "This question is no longer here."];
            ensure!(refused.iter().any(|refused| shown.contains(refused)), "{shown}");
        }
        let after = seen_by(world, &office.hanna, &filed, Role::Handler)
            .await?
            .context("the case")?;
        ensure!(after == case, "nothing was changed");
        Ok(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_handlers_own_forgeries_are_refused_plainly() -> anyhow::Result<()> {
    play(thursday(), async |world| {
        let office = Office::open(world).await?;
        let filed = files(world, Told::new("mistake", "wrong recipient")).await?;
        let case = seen_by(world, &office.hanna, &filed, Role::Handler)
            .await?
            .context("the case")?;
        let id = case.id.as_str();
        let shown = submits(world, &office.hanna, &[format!("v1:case:move:{id}:resolved")]).await?;
        ensure!(shown[0].contains("cannot change from “new” to “resolved”"), "{shown:?}");
        let shown = submits(world, &office.hanna, &[format!("v1:case:unseal:{id}")]).await?;
        ensure!(
            shown[0].contains("nothing was kept that leads to the reporter"),
            "{shown:?}"
        );
        for stale in [
            "v1:case",
            "v1:case:x",
            "v1:case:move:x",
            "v1:case:show",
            "v1:case:key:x",
        ] {
            let shown = presses(world, &office.hanna, Place::Dm, &[stale.to_owned()]).await?;
            ensure!(shown[0].contains("no longer here"), "{shown:?}");
        }
        let after = seen_by(world, &office.hanna, &filed, Role::Handler)
            .await?
            .context("the case")?;
        ensure!(after == case, "nothing was changed");
        Ok(())
    })
    .await
}
