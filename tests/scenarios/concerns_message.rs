//! A concern about a message, from the menu of the message, with its files.

use anyhow::ensure;
use discord_stand_in::Message;
use img_parts::png::PngChunk;
use rehearsal::{Hired, World};

use super::concerns_stage::{
    WORDS, about, files_opened_by, general_id, opened, opened_by, setting, step, the_case, write,
};
use super::stage::{play, says};

const ENTRY: &str = "Raise a concern about this";
const SAID: &str = "Brimborium: just switch the check off, nobody looks";
/// What a camera wrote into a picture.
const CAMERA: &str = "52.5N 13.4E";

/// A picture with what a camera wrote into it.
fn picture() -> Vec<u8> {
    let chunk = |kind: &[u8; 4], content: &'static [u8]| PngChunk::new(*kind, content.into()).encoder().bytes();
    let chunks = [
        chunk(b"IHDR", b"\0\0\0\x01\0\0\0\x01\x08\0\0\0\0"),
        chunk(b"tEXt", CAMERA.as_bytes()),
        chunk(b"IDAT", b"Quetzalcoatl in the picture"),
        chunk(b"IEND", b""),
    ];
    let signature = b"\x89PNG\r\n\x1a\n".as_slice();
    std::iter::once(signature)
        .chain(chunks.iter().map(|chunk| &chunk[..]))
        .flatten()
        .copied()
        .collect()
}

/// The boss writes in the channel, with a picture, a text, and a file that is neither.
fn posted(world: &World, boss: &Hired) -> anyhow::Result<Message> {
    let files: [(&str, &[u8]); 3] = [
        ("IMG of Max Mustermann.png", &picture()),
        ("Protokollbuch.txt", b"Xylophon was agreed"),
        ("Lageplanung.pdf", b"%PDF-1.7\n\x01"),
    ];
    Ok(boss.person.say_with_files(general_id(world), SAID, &files)?)
}

async fn picked(world: &World, who: &Hired, message: &Message) -> anyhow::Result<Message> {
    let page = who
        .person
        .use_on_message(world.organisation.bot.id, message, ENTRY)?
        .message()
        .await?;
    ensure!(page.is_ephemeral());
    says(&page.text(), &["It begins with the message that you picked."])?;
    Ok(page)
}

#[tokio::test(flavor = "multi_thread")]
async fn with_a_name_its_link_words_and_cleaned_files_go_along_sealed() -> anyhow::Result<()> {
    play(setting(), async |world| {
        let (rita, boss) = (
            world.hire("Rita", "en-GB", None, &[]),
            world.hire("Boss", "en-GB", None, &["manager"]),
        );
        let handlers = opened(world).await?;
        for mode in ["Named", "Confidential"] {
            let message = posted(world, &boss)?;
            let first = picked(world, &rita, &message).await?;
            let page = about(&rita.person, &first, mode, "bypass-pressure").await?;
            let link = format!(
                "https://discord.com/channels/{}/{}/{}",
                world.organisation.guild.id,
                message.channel(),
                message.id()
            );
            says(&page.text(), &[&link, "Its 3 files go with it"])?;
            let receipt = write(&rita.person, &page, WORDS).await?;
            says(&receipt.text(), &["2 files went with it.", "File 3 was left out"])?;
            let read = opened_by(world, &handlers.harry.1).await?;
            let report = read.last().map(ToString::to_string).unwrap_or_default();
            ensure!(
                read.iter().all(|report| report.to_string().contains("Brimborium")),
                "{report}"
            );
        }
        let files = files_opened_by(world, &handlers.harry.1).await?;
        ensure!(files.len() == 4, "{} files", files.len());
        let holds = |wanted: &str| {
            files
                .iter()
                .any(|file| file.windows(wanted.len()).any(|part| part == wanted.as_bytes()))
        };
        ensure!(holds("Quetzalcoatl") && holds("Xylophon"), "the files are there");
        for told in [CAMERA, "Mustermann", "Protokollbuch", "Lageplanung"] {
            ensure!(!holds(told), "{told} went along");
            ensure!(world.traces(told).await?.is_empty(), "{told} is stored");
        }
        for sealed in ["Quetzalcoatl", "Xylophon", "Brimborium"] {
            ensure!(world.traces(sealed).await?.is_empty(), "{sealed} is stored unsealed");
        }
        Ok(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_name_no_file_goes_along_and_it_is_said_before() -> anyhow::Result<()> {
    play(setting(), async |world| {
        let (rita, boss) = (
            world.hire("Rita", "en-GB", None, &[]),
            world.hire("Boss", "en-GB", None, &["manager"]),
        );
        let handlers = opened(world).await?;
        let first = picked(world, &rita, &posted(world, &boss)?).await?;
        let page = about(&rita.person, &first, "Anonymous", "bypass-pressure").await?;
        says(
            &page.text(),
            &["this can show who you are", "Its files do not go with it"],
        )?;
        write(&rita.person, &page, WORDS).await?;
        ensure!(files_opened_by(world, &handlers.hanna.1).await?.is_empty());
        let read = opened_by(world, &handlers.hanna.1).await?;
        ensure!(
            read[0].to_string().contains("Brimborium"),
            "its words go along: {read:?}"
        );
        ensure!(world.traces(&rita.person.id().to_string()).await?.is_empty());
        Ok(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_message_can_be_left_out_and_ones_own_is() -> anyhow::Result<()> {
    play(setting(), async |world| {
        let (rita, boss) = (
            world.hire("Rita", "en-GB", None, &[]),
            world.hire("Boss", "en-GB", None, &["manager"]),
        );
        let handlers = opened(world).await?;
        let first = picked(world, &rita, &posted(world, &boss)?).await?;
        let page = about(&rita.person, &first, "Anonymous", "bypass-pressure").await?;
        let page = step(&rita.person, &page, "Leave the message out").await?;
        ensure!(!page.text().contains("discord.com/channels"), "{}", page.text());
        write(&rita.person, &page, WORDS).await?;
        // One's own message would tell who it is, and so would one in direct messages.
        let own = rita.person.say(general_id(world), SAID)?;
        let dm = rita.person.dm(world.organisation.bot.id, SAID)?;
        for (message, mode) in [
            (&own, "Anonymous"),
            (&own, "Confidential"),
            (&dm, "Anonymous"),
            (&dm, "Named"),
        ] {
            let first = picked(world, &rita, message).await?;
            let page = about(&rita.person, &first, mode, "bypass-pressure").await?;
            says(&page.text(), &["The message does not go with your report"])?;
            write(&rita.person, &page, WORDS).await?;
        }
        let read = opened_by(world, &handlers.hanna.1).await?;
        ensure!(read.len() == 5, "{read:?}");
        ensure!(
            read.iter().all(|report| !report.to_string().contains("Brimborium")),
            "{read:?}"
        );
        Ok(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_longest_message_goes_along_whole() -> anyhow::Result<()> {
    play(setting(), async |world| {
        let (rita, boss) = (
            world.hire("Rita", "en-GB", None, &[]),
            world.hire("Boss", "en-GB", None, &["manager"]),
        );
        let handlers = opened(world).await?;
        let long = format!("{}Brimborium", "x".repeat(3_990));
        let message = boss.person.say(general_id(world), &long)?;
        let first = picked(world, &rita, &message).await?;
        let page = about(&rita.person, &first, "Named", "bypass-pressure").await?;
        says(&write(&rita.person, &page, WORDS).await?.text(), &["Received: case"])?;
        let read = opened_by(world, &handlers.hanna.1).await?;
        ensure!(read[0].to_string().contains("xBrimborium"), "{read:?}");
        Ok(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_is_forgotten_after_a_quarter_of_an_hour() -> anyhow::Result<()> {
    play(setting(), async |world| {
        let (rita, boss) = (
            world.hire("Rita", "en-GB", None, &[]),
            world.hire("Boss", "en-GB", None, &["manager"]),
        );
        let handlers = opened(world).await?;
        let first = picked(world, &rita, &posted(world, &boss)?).await?;
        let page = about(&rita.person, &first, "Named", "bypass-pressure").await?;
        world.pass(16 * bellwether::clock::Millis::MINUTE).await?;
        // The reporter is told before writing, not after.
        let page = step(&rita.person, &page, "I don't need an answer").await?;
        says(&page.text(), &["has been forgotten"])?;
        write(&rita.person, &page, WORDS).await?;
        let read = opened_by(world, &handlers.hanna.1).await?;
        ensure!(!read[0].to_string().contains("Brimborium"), "{read:?}");
        ensure!(the_case(world).await?.no_contact);
        Ok(())
    })
    .await
}
