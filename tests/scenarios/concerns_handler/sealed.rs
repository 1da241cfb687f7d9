//! Handlers with keys of their own: from the first message to the closed case.

use age::x25519::Identity;
use anyhow::{Context, ensure};
use bellwether::concerns::{CaseState, Tie, content, sealing};
use bellwether::config::Role;
use discord_stand_in::Place;
use rehearsal::Setting;

use super::{Office, Told, agree, case, chooses, files, member, open, opens, presses, seen_by, sends};
use crate::stage::{play, says, thursday};

#[tokio::test(flavor = "multi_thread")]
async fn keys_come_into_force_with_two_people() -> anyhow::Result<()> {
    play(thursday(), async |world| {
        let office = Office::open(world).await?;
        let shown = case(world, &office.olga, "key").await?.text();
        for key in &office.keys {
            says(&shown, &[&key.to_public().to_string()])?;
        }
        ensure!(!shown.contains("Register my own key"), "owners hold no keys: {shown}");
        let form = opens(
            &office.hanna,
            &case(world, &office.hanna, "key").await?,
            "Register my own key",
        )
        .await?;
        let secret = "AGE-SECRET-KEY-1QQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQ";
        let warned = sends(&office.hanna, &form, &[("text", secret)]).await?;
        says(&warned.text(), &["the secret half of a key"])?;
        let refused = sends(&office.hanna, &form, &[("text", "age1no")]).await?;
        says(&refused.text(), &["This is not an age recipient"])?;
        let known = office.keys[1].to_public().to_string();
        let refused = sends(&office.hanna, &form, &[("text", &known)]).await?;
        says(&refused.text(), &["already registered"])?;
        // An end, too, takes two.
        let shown = case(world, &office.hanna, "key").await?;
        let menu = shown.component("v1:case:key:end").context("keys can end")?;
        let first = menu["options"][0]["value"].as_str().context("a key")?;
        let ended = office.hanna.person.choose(&shown, "v1:case:key:end", &[first])?;
        says(
            &ended.message().await?.text(),
            &["A second person has to agree before the key ends"],
        )?;
        let own = case(world, &office.hanna, "key").await?;
        ensure!(
            own.component("v1:case:key:agree").is_none(),
            "nobody agrees to their own"
        );
        says(
            &agree(world, &office.olga).await?.text(),
            &["The key has ended: nothing more is sealed"],
        )?;
        let leaves = world.leaves().await?;
        ensure!(leaves.iter().filter(|kind| *kind == "handler.keys").count() == 4);
        Ok(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn without_the_members_intent_a_first_command_makes_a_handler_known() -> anyhow::Result<()> {
    let without_events = Setting {
        members_intent: false,
        ..thursday()
    };
    play(without_events, async |world| {
        let hanna = world.hire("Hanna", "en-GB", None, &["handler"]);
        let olga = world.hire("Olga", "en-GB", None, &["owner"]);
        world.start_bot().await?;
        let bot = world.organisation.bot.id;
        let general = Place::Channel(world.organisation.guild.channels["general"]);
        let shown = hanna.person.slash(bot, general, "case key", &[])?.message().await?;
        let key = Identity::generate().to_public().to_string();
        let form = opens(&hanna, &shown, "Register my own key").await?;
        let proposed = sends(&hanna, &form, &[("text", &key)]).await?;
        says(&proposed.text(), &["A second person"])?;
        let shown = olga.person.slash(bot, general, "case key", &[])?.message().await?;
        let menu = shown.component("v1:case:key:agree").context("a key waits")?;
        let waits = menu["options"][0]["value"].as_str().context("a key waits")?;
        let agreed = olga.person.choose(&shown, "v1:case:key:agree", &[waits])?;
        says(&agreed.message().await?.text(), &["the key is active"])
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_case_is_read_answered_and_closed() -> anyhow::Result<()> {
    play(thursday(), async |world| {
        let office = Office::open(world).await?;
        let filed = files(world, Told::new("mistake", "I sent the list to the wrong person")).await?;
        let number = filed.number.to_string();
        let inbox = case(world, &office.hanna, "inbox").await?;
        says(
            &inbox.text(),
            &["You have one open case", &number, "I made a mistake", "not taken yet"],
        )?;
        let menu = inbox.component("v1:case:inbox").context("a menu")?;
        let value = menu["options"][0]["value"].as_str().context("the case")?;
        let shown = office
            .hanna
            .person
            .choose(&inbox, "v1:case:inbox", &[value])?
            .message()
            .await?;
        says(&shown.text(), &["Raised anonymously", "First reply due", "1 entry"])?;

        let sealed = presses(&office.hanna, &shown, "Read").await?;
        let got = office.hanna.person.download(&sealed)?;
        ensure!(got[0].0 == format!("{number}-01-report.age"), "{:?}", got[0].0);
        let report = content::read(&sealing::open(&office.keys[0], &got[0].1)?)?;
        ensure!(report.text.expose() == "I sent the list to the wrong person");
        says(&presses(&office.hanna, &shown, "Take").await?.text(), &["is yours now"])?;
        let taken = presses(&office.harry, &open(world, &office.harry, &number).await?, "Take").await?;
        says(&taken.text(), &["has taken case"])?;
        let status = presses(&office.hanna, &shown, "Status").await?;
        says(
            &status.text(),
            &["Its status changes with the first reply to the reporter"],
        )?;

        let words = presses(&office.hanna, &shown, "Reply").await?;
        let id = words.raw()["components"][0]["components"][0]["custom_id"]
            .as_str()
            .context("a menu of templates")?
            .to_owned();
        let form = chooses(&office.hanna, &words, &id, "ask-more").await?;
        let fields = form.fields();
        ensure!(fields[0].custom_id == "fill.question", "{fields:?}");
        ensure!(
            fields[1].value.as_ref().is_some_and(|text| text.contains(&number)),
            "{fields:?}"
        );
        let refused = sends(&office.hanna, &form, &[("fill.question", "{change}")]).await?;
        says(&refused.text(), &["fill in the blanks: {change}", "Write again"])?;
        let sent = sends(&office.hanna, &form, &[("fill.question", "To whom did it go?")]).await?;
        says(&sent.text(), &["It counts as the first reply"])?;

        let status = presses(&office.hanna, &shown, "Status").await?;
        let form = opens(&office.hanna, &status, "in review").await?;
        sends(&office.hanna, &form, &[("text", "we look into it")]).await?;
        let status = presses(&office.hanna, &shown, "Status").await?;
        let form = opens(&office.hanna, &status, "resolved").await?;
        let moved = sends(&office.hanna, &form, &[("text", "the list was deleted there")]).await?;
        says(&moved.text(), &["is now resolved", "will read the reason"])?;
        let closed = seen_by(world, &office.hanna, &filed, Role::Handler)
            .await?
            .context("the case")?;
        ensure!(closed.state == CaseState::Resolved && closed.handler == Some(member(&office.hanna)));
        says(
            &case(world, &office.hanna, "inbox").await?.text(),
            &["You have no open cases", "can be reopened"],
        )
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn an_identity_opens_with_two_people() -> anyhow::Result<()> {
    play(thursday(), async |world| {
        let office = Office::open(world).await?;
        let confidant = member(&office.harry);
        let told = Told {
            by: Some((&office.sam, Tie::Confidential { confidant })),
            ..Told::new("mistake", "please keep my name")
        };
        let number = files(world, told).await?.number.to_string();
        let shown = open(world, &office.hanna, &number).await?;
        let asked = presses(&office.hanna, &shown, "Identity").await?;
        says(&asked.text(), &["is sealed to", "two people agree"])?;
        let form = opens(&office.hanna, &asked, "Ask to open it").await?;
        says(
            &sends(&office.hanna, &form, &[("text", "somebody is in danger")])
                .await?
                .text(),
            &["A second person who may read the case has to agree"],
        )?;
        let shown = open(world, &office.hanna, &number).await?;
        says(
            &presses(&office.hanna, &shown, "Agree to open it").await?.text(),
            &["A second person has to agree"],
        )?;
        let his = open(world, &office.harry, &number).await?;
        says(
            &presses(&office.harry, &his, "Agree to open it").await?.text(),
            &["can now fetch the identity"],
        )?;
        let none = presses(&office.hanna, &shown, "Identity").await?;
        says(&none.text(), &["Only <@", "can fetch"])?;
        ensure!(office.hanna.person.download(&none)?.is_empty());
        let file = presses(&office.harry, &his, "Identity").await?;
        let got = office.harry.person.download(&file)?;
        let identity = content::read(&sealing::open(&office.keys[1], &got[0].1)?)?;
        let (who, name) = identity.reporter.context("a reporter")?;
        ensure!(who == member(&office.sam) && name.expose() == "Sam");
        Ok(())
    })
    .await
}
