//! Who may do what, and where: every command, button, menu and form, by everybody, in every place, played through the bot.
//!
//! `acts.txt` says how each thing is done and what is seen by those who may; `expected.txt` what each person meets. Both
//! are complete: a new command, or a new variant of a custom id, without a row fails here.

mod cast;
mod kinds;
mod played;
mod raised;
mod table;

use anyhow::ensure;
use rehearsal::{Setting, World};

use super::stage::{play, thursday};
pub(super) use cast::{Cast, column};
pub(super) use played::{Scene, Where, bare};
pub(super) use raised::more;
use table::Meets;
pub(super) use table::acts;

#[test]
fn every_command_and_every_custom_id_has_its_row() -> anyhow::Result<()> {
    let acts = acts()?;
    kinds::commands_are_covered(&acts)?;
    kinds::custom_ids_are_covered(&acts)?;
    for place in Where::ALL {
        table::expected(place, &acts)?;
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn everybody_meets_what_the_table_says_in_the_server() -> anyhow::Result<()> {
    in_place(Where::Server).await
}

#[tokio::test(flavor = "multi_thread")]
async fn everybody_meets_what_the_table_says_in_direct_messages() -> anyhow::Result<()> {
    in_place(Where::DirectMessages).await
}

#[tokio::test(flavor = "multi_thread")]
async fn everybody_meets_what_the_table_says_in_another_organisation() -> anyhow::Result<()> {
    in_place(Where::OtherOrganisation).await
}

#[tokio::test(flavor = "multi_thread")]
async fn everybody_meets_what_the_table_says_in_a_foreign_server() -> anyhow::Result<()> {
    in_place(Where::ForeignServer).await
}

/// The usual day, with room for as many concerns as there are people.
pub(super) fn setting() -> Setting {
    Setting {
        settings: "[concerns]\nreports_per_hour = 1000".to_owned(),
        ..thursday()
    }
}

async fn in_place(place: Where) -> anyhow::Result<()> {
    play(setting(), async |world| Box::pin(compare(world, place)).await).await
}

async fn compare(world: &mut World, place: Where) -> anyhow::Result<()> {
    let acts = acts()?;
    let expected = table::expected(place, &acts)?;
    let cast = Cast::gather(world, true).await?;
    let scene = Scene::set(world, &cast, place).await?;
    let mut met = table::Met::default();
    // First all that must change nothing, then the rest.
    let before = cast.protected(world).await?;
    for act in &acts {
        let refused = expected.columns(act, Meets::is_refusal);
        scene.play_side_by_side(act, (&refused, true), &mut met).await?;
    }
    let after = cast.protected(world).await?;
    ensure!(before == after, "a refusal changed something:\n{before}\n{after}");
    for act in &acts {
        for column in expected.columns(act, |meets| !meets.is_refusal()) {
            scene.play_side_by_side(act, (&[column], false), &mut met).await?;
        }
    }
    expected.compare(&acts, &met)
}
