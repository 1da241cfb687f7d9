//! Who must not see a concern: asked where the category needs it, and kept.

use anyhow::ensure;

use super::concerns_reporter::staff;
use super::concerns_stage::{
    WORDS, about, case_key, cases, choose, concern, entry, general, opened, opened_by, press, setting, step, the_case,
    write,
};
use super::stage::{play, says};

#[tokio::test(flavor = "multi_thread")]
async fn a_handler_who_is_left_out_cannot_open_it() -> anyhow::Result<()> {
    play(setting(), async |world| {
        let rita = staff(world);
        let handlers = opened(world).await?;
        let first = concern(world, &rita, general(world)).await?;
        let page = about(&rita.person, &first, "Anonymous", "bypass-pressure").await?;
        let harry = entry(&page, "barred", &handlers.harry)?;
        let page = choose(&rita.person, &page, "barred", &[&harry]).await?;
        says(&page.text(), &["Left out, and not told that it exists"])?;
        // "Now" is said with its price, and can be chosen differently again.
        let page = choose(&rita.person, &page, "urgency", &["now"]).await?;
        says(&page.text(), &["to the minute"])?;
        let page = choose(&rita.person, &page, "urgency", &["routine"]).await?;
        write(&rita.person, &page, WORDS).await?;
        ensure!(opened_by(world, &handlers.harry.1).await?.is_empty());
        ensure!(opened_by(world, &handlers.hanna.1).await?.len() == 1);
        ensure!(the_case(world).await?.urgency == "routine");
        Ok(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_about_a_leader_passes_by_the_ordinary_handlers() -> anyhow::Result<()> {
    play(setting(), async |world| {
        let rita = staff(world);
        let handlers = opened(world).await?;
        let first = concern(world, &rita, general(world)).await?;
        let page = about(&rita.person, &first, "Anonymous", "leader-not-following").await?;
        let iris = format!("<@{}>", handlers.iris.0.person.id());
        let harry = format!("<@{}>", handlers.harry.0.person.id());
        ensure!(
            page.text().contains(&iris) && !page.text().contains(&harry),
            "{}",
            page.text()
        );
        // Whoever leaves out everybody is told, and cannot write into the void.
        let all = entry(&page, "barred", &handlers.iris)?;
        let page = choose(&rita.person, &page, "barred", &[&all]).await?;
        says(&page.text(), &["Nobody is left."])?;
        let page = choose(&rita.person, &page, "barred", &["nobody"]).await?;
        let receipt = write(&rita.person, &page, WORDS).await?;
        case_key(&receipt)?;
        ensure!(opened_by(world, &handlers.hanna.1).await?.is_empty());
        ensure!(opened_by(world, &handlers.iris.1).await?.len() == 1);
        Ok(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn where_it_matters_the_form_opens_only_when_it_is_said_who_must_not_see_it() -> anyhow::Result<()> {
    play(setting(), async |world| {
        let rita = staff(world);
        opened(world).await?;
        let first = concern(world, &rita, general(world)).await?;
        let page = step(&rita.person, &first, "Anonymous").await?;
        let asks = choose(&rita.person, &page, "category", &["bypass-pressure"]).await?;
        says(
            &asks.text(),
            &["Before you can write, choose below who must not see it."],
        )?;
        let write_button = asks.buttons().into_iter().find(|button| button.label == "Write");
        let write_button = write_button.expect("the button is there");
        ensure!(write_button.disabled, "nobody has said who must not see it");
        let forged = rita
            .person
            .forged_press(&asks, &write_button.custom_id)?
            .message()
            .await?;
        says(&forged.text(), &["Before you can write"])?;
        let told = choose(&rita.person, &asks, "barred", &["nobody"]).await?;
        says(&told.text(), &["You left nobody out."])?;
        // The form of a page on which it was said does not pass for one on which it was not.
        let form = press(&rita.person, &told, "Write")?.modal().await?;
        let custom_id = write_button.custom_id.replace(":write:", ":sent:");
        let input = serde_json::json!({"type": 4, "custom_id": "text", "value": "words"});
        let data = serde_json::json!({"custom_id": custom_id, "components": [{"type": 1, "components": [input]}]});
        let refused = rita.person.forged_submit(&form, data)?.message().await?;
        says(&refused.text(), &["Nothing was saved"])?;
        ensure!(cases(world).await? == 0);
        // Where the category does not ask, it is for the reporter to say.
        let first = concern(world, &rita, general(world)).await?;
        let page = step(&rita.person, &first, "Anonymous").await?;
        let page = choose(&rita.person, &page, "category", &["mistake"]).await?;
        write(&rita.person, &page, "words").await?;
        ensure!(cases(world).await? == 1);
        Ok(())
    })
    .await
}
