//! Receipts, corrections and taking back: what a person does with an answer of their own.

use anyhow::{Context, ensure};
use bellwether::catalogue::Choice;
use bellwether::evidence::policy::Policy;
use bellwether::evidence::receipt::{self, Checked};
use bellwether::evidence::verify;
use discord_stand_in::{Message, Place};
use rehearsal::{Hired, World};

use super::stage::{self, answer, next_question, play, press, says, thursday, types};

/// Chooses the newest answer in `/record`; what is seen.
async fn own(world: &World, who: &Hired) -> anyhow::Result<Message> {
    let handle = who.person.slash(world.organisation.bot.id, Place::Dm, "record", &[])?;
    let shown = handle.message().await?;
    let menu = shown.component("v1:own").context("a menu of own answers")?;
    let first = menu["options"][0]["value"].as_str().context("an answer")?;
    Ok(who.person.choose(&shown, "v1:own", &[first])?.message().await?)
}

/// Presses the button with this label; the message that comes.
async fn presses(who: &Hired, on: &Message, label: &str) -> anyhow::Result<Message> {
    let button = on.button(label).with_context(|| format!("a button {label}"))?;
    Ok(who.person.press(on, &button)?.message().await?)
}

/// Corrects the answer that this message shows.
pub async fn correct(who: &Hired, on: &Message, choice: Choice, words: &[&str]) -> anyhow::Result<Message> {
    let which = presses(who, on, "Correct").await?;
    let modal = press(&who.person, &which, choice).await?;
    let fields = modal.fields().into_iter().map(|field| field.custom_id);
    let words: Vec<_> = fields.zip(words.iter().map(|word| (*word).to_owned())).collect();
    stage::send(&who.person, &modal, &words).await
}

/// Downloads the receipts that this message brings and checks each on its own.
async fn checked(world: &World, who: &Hired, on: &Message) -> anyhow::Result<Vec<Checked>> {
    let message = presses(who, on, "Receipt").await?;
    ensure!(message.is_ephemeral());
    let files = who.person.download(&message)?;
    let file = |name: String| {
        files
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, content)| content.clone())
    };
    let policy = policy(world).await?;
    let mut all = Vec::new();
    for (name, proof) in files.iter().filter(|(name, _)| name.ends_with(".tlog-proof")) {
        let stem = name.trim_end_matches(".tlog-proof");
        let leaf = file(format!("{stem}.leaf")).context("a leaf")?;
        let disclosures = String::from_utf8(file(format!("{stem}.sd")).unwrap_or_default())?;
        all.push(receipt::check(
            &leaf,
            std::str::from_utf8(proof)?,
            &disclosures,
            &policy,
        )?);
    }
    Ok(all)
}

/// What an outsider who kept the log's key trusts.
async fn policy(world: &World) -> anyhow::Result<Policy> {
    let first = world.leaf(0).await?;
    let genesis: serde_json::Value = serde_json::from_slice(&first)?;
    let vkey = genesis["vkey"].as_str().context("the genesis names the key")?;
    Ok(Policy::parse(format!("log {vkey}\nquorum none\n").as_bytes())?)
}

fn value<'a>(checked: &'a Checked, name: &str) -> Option<&'a str> {
    let mut fields = checked.fields.iter();
    fields.find(|(known, _)| known == name).map(|(_, value)| value.as_str())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_is_corrected_and_both_are_proved() -> anyhow::Result<()> {
    play(thursday(), async |world| {
        let mia = world.manager("Mia");
        world.start_bot().await?;
        let question = next_question(world, &mia).await?;
        let receipt = answer(&mia, &question, Choice::Done).await?;
        world.pass(3_600_000).await?;
        let refused = correct(&mia, &receipt, Choice::NotApplicable, &["Nobody joined", " "]).await?;
        says(
            &refused.text(),
            &["say in one line why you correct it", "Nobody joined"],
        )?;
        let done = correct(
            &mia,
            &receipt,
            Choice::NotApplicable,
            &["Nobody joined", "wrong *week*"],
        )
        .await?;
        says(&done.text(), &["Corrected: **", "Nobody joined", "[Receipt] [Correct]"])?;
        let again = correct(
            &mia,
            &own(world, &mia).await?,
            Choice::NotApplicable,
            &["Nobody joined", "x"],
        )
        .await?;
        says(&again.text(), &["Your answer is already"])?;

        says(
            &own(world, &mia).await?.text(),
            &["Corrected once", "Nobody joined", "[Withdraw]"],
        )?;
        let proved = checked(world, &mia, &own(world, &mia).await?).await?;
        ensure!(proved.len() == 2);
        ensure!(proved[0].kind == "cycle.answered" && value(&proved[0], "choice") == Some("done"));
        ensure!(proved[1].kind == "answer.amended" && proved[1].of == Some(proved[0].index));
        ensure!(value(&proved[1], "reason") == Some("wrong *week*"));
        let rows = world.answers().await?;
        ensure!(rows.len() == 2 && rows[0].choice == "done" && rows[1].revision == 2);
        ensure!(
            world.cycles().await?[0].choice.as_deref() == Some("done"),
            "the first answer marks the week"
        );
        Ok(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_correction_never_makes_a_late_answer_punctual() -> anyhow::Result<()> {
    play(thursday(), async |world| {
        let (mia, olga) = (world.manager("Mia"), world.hire("Olga", "en-GB", None, &["owner"]));
        world.start_bot().await?;
        let question = next_question(world, &mia).await?;
        world.until("2026-11-09T17:00:00Z").await?;
        answer(&mia, &question, Choice::NotYet).await?;
        correct(
            &mia,
            &own(world, &mia).await?,
            Choice::Done,
            &["minutes of Friday", "it was done"],
        )
        .await?;
        world.until("2026-11-12T00:00:00Z").await?;
        says(&types(world, &mia, "record").await?, &["late <t:"])?;
        says(&types(world, &olga, "streaks").await?, &["1 of 1, 0 on time"])?;
        // After 90 days there is an end to it.
        world.clock.set(world.clock.now() + 91 * 86_400_000);
        let late = own(world, &mia).await?;
        ensure!(late.button("Correct").is_none() && late.button("Receipt").is_some());
        let cycle = world.cycles().await?[0].id.clone();
        for wish in ["correct", "retract", "retracted"] {
            let forged = mia.person.forged_press(&late, &format!("v1:{wish}:{cycle}"))?;
            says(&forged.message().await?.text(), &["for 90 days after they are due"])?;
        }
        Ok(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn taken_back_in_time_the_question_is_open_again() -> anyhow::Result<()> {
    play(thursday(), async |world| {
        let mia = world.manager("Mia");
        world.start_bot().await?;
        let question = next_question(world, &mia).await?;
        answer(&mia, &question, Choice::Done).await?;
        let sure = presses(&mia, &own(world, &mia).await?, "Withdraw").await?;
        says(&sure.text(), &["The question is then open again"])?;
        let done = presses(&mia, &sure, "Yes, withdraw it").await?;
        says(&done.text(), &["Withdrawn. The question is open again"])?;
        says(&types(world, &mia, "pending").await?, &["One question is open."])?;
        // The same wish once more finds nothing that stands.
        let cycle = world.cycles().await?[0].id.clone();
        let twice = mia
            .person
            .forged_press(&done, &format!("v1:retracted:{cycle}"))?
            .message()
            .await?;
        says(&twice.text(), &["no answer here that counts"])?;
        says(&answer(&mia, &question, Choice::NotYet).await?.text(), &["on time"])?;
        ensure!(world.states(mia.person.id()).await? == ["answered"]);
        let leaves = world.cycle_leaves().await?;
        let expected = [
            "cycle.opened",
            "cycle.delivered",
            "cycle.answered",
            "answer.retracted",
            "cycle.answered",
        ];
        ensure!(leaves == expected, "{leaves:?}");
        let proved = checked(world, &mia, &own(world, &mia).await?).await?;
        ensure!(proved.len() == 3, "all three entries are proved");
        Ok(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn taken_back_after_closing_it_stays_answered() -> anyhow::Result<()> {
    play(thursday(), async |world| {
        let (mia, olga) = (world.manager("Mia"), world.hire("Olga", "en-GB", None, &["owner"]));
        world.start_bot().await?;
        let question = next_question(world, &mia).await?;
        answer(&mia, &question, Choice::Done).await?;
        world.until("2026-11-12T08:00:00Z").await?;
        let sure = presses(&mia, &own(world, &mia).await?, "Withdraw").await?;
        says(&sure.text(), &["The question has closed"])?;
        says(
            &presses(&mia, &sure, "Yes, withdraw it").await?.text(),
            &["stays answered"],
        )?;
        says(&types(world, &mia, "record").await?, &["answered, then withdrawn"])?;
        says(&own(world, &mia).await?.text(), &["You withdrew this answer"])?;
        says(&types(world, &olga, "streaks").await?, &["1 of 1, 1 on time"])?;
        ensure!(world.states(mia.person.id()).await? == ["answered (withdrawn)"]);
        Ok(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_else_gets_at_an_answer() -> anyhow::Result<()> {
    play(thursday(), async |world| {
        let (mia, ned) = (world.manager("Mia"), world.manager("Ned"));
        world.start_bot().await?;
        world.until("2026-11-05T10:00:00Z").await?;
        let question = mia.person.latest().context("Mia is asked")?;
        answer(&mia, &question, Choice::Done).await?;
        let cycles = world.cycles().await?;
        let cycle = cycles
            .iter()
            .find(|cycle| cycle.member == mia.person.id() as i64)
            .context("hers")?;
        let his = ned.person.latest().context("Ned is asked")?;
        for wish in ["receipt", "correct", "retract", "retracted"] {
            let forged = ned.person.forged_press(&his, &format!("v1:{wish}:{}", cycle.id))?;
            let refused = forged.message().await?;
            says(&refused.text(), &["is for somebody else"])?;
            ensure!(ned.person.download(&refused)?.is_empty());
        }
        let amend = ned.person.forged_press(&his, &format!("v1:amend:{}:d:0:", cycle.id))?;
        says(&amend.message().await?.text(), &["is for somebody else"])?;
        for stale in ["v1:receipt:x", "v1:own", "v1:receipt", "v1:reason:x"] {
            let refused = ned.person.forged_press(&his, stale)?.message().await?;
            says(&refused.text(), &["no longer here"])?;
        }
        let other = ned.person.forged_press(&his, "v2:receipt:x")?.message().await?;
        says(&other.text(), &["another version of the bot"])?;
        let unknown = format!("v1:receipt:{}", "0".repeat(32));
        says(
            &ned.person.forged_press(&his, &unknown)?.message().await?.text(),
            &["no longer here"],
        )?;
        ensure!(world.answers().await?.len() == 1);
        Ok(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn corrections_at_once_are_kept_in_order_and_survive_a_restart() -> anyhow::Result<()> {
    play(thursday(), async |world| {
        let mia = world.manager("Mia");
        world.start_bot().await?;
        let question = next_question(world, &mia).await?;
        let receipt = answer(&mia, &question, Choice::Done).await?;
        let which = presses(&mia, &receipt, "Correct").await?;
        let mut sent = Vec::new();
        for (choice, words) in [
            (Choice::NotApplicable, ["one reason", "first"]),
            (Choice::NeedHelp, ["one blocker", "second"]),
        ] {
            let modal = press(&mia.person, &which, choice).await?;
            let ids: Vec<String> = modal.fields().into_iter().map(|field| field.custom_id).collect();
            let words: Vec<_> = ids.iter().map(String::as_str).zip(words).collect();
            sent.push(mia.person.submit(&modal, &words)?);
        }
        for handle in &sent {
            says(&handle.message().await?.text(), &["Corrected: **"])?;
        }
        world.settle().await;
        world.stop_bot().await?;
        world.start_bot().await?;
        // Discord may send the same event again.
        sent[0].repeat();
        world.settle().await;
        let rows = world.answers().await?;
        let mut revisions: Vec<_> = rows.iter().map(|row| (row.revision, row.act.as_str())).collect();
        revisions.sort_unstable();
        ensure!(
            revisions == [(1, "answered"), (2, "amended"), (3, "amended")],
            "{revisions:?}"
        );
        says(&own(world, &mia).await?.text(), &["Corrected 2 times"])?;
        ensure!(
            world
                .cycle_leaves()
                .await?
                .iter()
                .filter(|kind| *kind == "answer.amended")
                .count()
                == 2
        );
        Ok(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn an_old_receipt_holds_however_long_the_log_grows() -> anyhow::Result<()> {
    play(thursday(), async |world| {
        let mia = world.manager("Mia");
        world.start_bot().await?;
        let question = next_question(world, &mia).await?;
        let receipt = answer(&mia, &question, Choice::Done).await?;
        let first = checked(world, &mia, &receipt).await?;
        world.until("2026-11-10T12:00:00Z").await?;
        let later = checked(world, &mia, &own(world, &mia).await?).await?;
        ensure!(first[0].index == later[0].index && first[0].checkpoint.size < later[0].checkpoint.size);
        ensure!(first[0].fields == later[0].fields);
        let report = verify::live(&world.app().bot().core.db, &world.app().bot().core.config.evidence).await?;
        ensure!(report.finding.is_none() && report.erased == 0);
        Ok(())
    })
    .await
}
