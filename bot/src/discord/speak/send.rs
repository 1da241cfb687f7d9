//! The form was sent: the throttle is asked, what is included is gathered, and the use case that fits the mode is
//! called. The one for people without a name has no place for who they are.

use super::custom_id::Chosen;
use super::pages::sent::{self, LeftOut, NotTaken, Receipt};
use super::scene::{Category, Scene, scene};
use crate::concerns::{
    self, Attachment, FILE_BYTES, FileDraft, LONGEST, MOST_FILES, Mode, ReportDraft, ReportThrottle, Reporter, Secret,
    SubmitOutcome, Tie,
};
use crate::core::Decided;
use crate::discord::edge::picked::Picked;
use crate::discord::edge::{Bot, Call, Reply};

/// What the form brings. Has no `Debug`.
pub(super) struct Typed {
    /// The sender's name, if the mode includes it.
    pub name: Option<Secret>,
    pub text: Secret,
}

/// Files that are included, and those that are not, by their numbers.
#[derive(Default)]
struct Gathered {
    files: Vec<FileDraft>,
    left: Vec<(usize, LeftOut)>,
}

/// Files a concern. Never an error: what was typed always comes back to the person.
pub(super) async fn send(bot: &Bot, call: &Call, chosen: Chosen, typed: Typed) -> Reply {
    let words = Secret::new(typed.text.expose().to_owned());
    let organisation = bot.core.organisation(chosen.organisation);
    let way = organisation.and_then(|organisation| bot.desk.other_way(organisation));
    let voice = bot.words.voice(call.language);
    let tried = try_send(bot, call, &chosen, typed).await;
    let page = match tried.unwrap_or_else(|error| Err(NotTaken::because_of(&error))) {
        Err(why) => sent::not_taken(voice, why, &words, way.as_deref()),
        Ok(done) => {
            if let Some(draft) = &chosen.draft {
                bot.picked.forget(draft);
            }
            let receipt = Receipt {
                filed: &done.filed,
                mode: chosen.mode,
                files: done.files,
                left: &done.left,
                way,
            };
            sent::receipt(voice, &bot.core.catalogue, &receipt)
        }
    };
    Reply::page(page)
}

/// A concern that was filed.
struct Sent {
    filed: concerns::Filed,
    /// How many files were included.
    files: usize,
    left: Vec<(usize, LeftOut)>,
}

async fn try_send(bot: &Bot, call: &Call, chosen: &Chosen, typed: Typed) -> Decided<Sent, NotTaken> {
    let scene = match scene(bot, call, chosen).await? {
        Ok(scene) => scene,
        Err(why) => return Ok(Err(why)),
    };
    let Some(category) = &scene.category else {
        return Ok(Err(NotTaken::Changed));
    };
    if let Some(why) = category.refuses(chosen).or_else(|| unfit(&typed.text)) {
        return Ok(Err(why));
    }
    if let Some(why) = throttled(bot, call, chosen.mode) {
        return Ok(Err(why));
    }
    let done = file(bot, call, &scene, category, typed).await;
    if !matches!(done, Ok(Ok(_))) {
        let (throttle, now) = (&bot.desk.throttle, bot.core.clock.now());
        throttle.not_filed(call.member, chosen.mode == Mode::Anonymous, now);
    }
    done
}

/// Calls the use case that fits the mode.
async fn file(
    bot: &Bot,
    call: &Call,
    scene: &Scene<'_>,
    category: &Category<'_>,
    typed: Typed,
) -> Decided<Sent, NotTaken> {
    let Gathered { files, left } = gather(bot, call, &scene.chosen).await;
    let count = files.len();
    let draft = draft(bot, call, scene, category, typed.text);
    let outcome = match tie(scene.chosen.mode, category) {
        None => concerns::submit(&bot.desk, draft).await?,
        Some(tie) => {
            let reporter = Reporter {
                member: call.member,
                name: typed.name.unwrap_or_else(|| Secret::new(String::new())),
                tie,
                files,
            };
            concerns::submit_known(&bot.desk, draft, reporter).await?
        }
    };
    Ok(filed(outcome).map(|filed| Sent {
        filed,
        files: count,
        left,
    }))
}

fn filed(outcome: SubmitOutcome) -> Result<concerns::Filed, NotTaken> {
    Err(match outcome {
        SubmitOutcome::Filed(filed) => return Ok(filed),
        SubmitOutcome::Closed(why) => NotTaken::Closed(why),
        SubmitOutcome::KeysChanged | SubmitOutcome::UnknownCategory => NotTaken::Changed,
        SubmitOutcome::NobodyMayRead => NotTaken::Nobody,
        SubmitOutcome::ConfidantMayNotRead => NotTaken::NoConfidant,
        SubmitOutcome::Empty => NotTaken::Empty,
        SubmitOutcome::TooLong { longest } => NotTaken::TooLong {
            found: longest + 1,
            allowed: longest,
        },
        // They were gathered within the limits.
        SubmitOutcome::TooManyFiles => NotTaken::Broken,
    })
}

fn unfit(text: &Secret) -> Option<NotTaken> {
    let (found, allowed) = (text.length(), LONGEST);
    if text.is_blank() {
        Some(NotTaken::Empty)
    } else {
        (found > allowed).then_some(NotTaken::TooLong { found, allowed })
    }
}

fn throttled(bot: &Bot, call: &Call, mode: Mode) -> Option<NotTaken> {
    let anonymous = mode == Mode::Anonymous;
    match bot.desk.throttle.report(call.member, anonymous, bot.core.clock.now()) {
        ReportThrottle::Go => None,
        ReportThrottle::TooManyToday { most } => Some(NotTaken::TooManyToday { mode, most }),
        ReportThrottle::Later { milliseconds } => Some(NotTaken::Busy(milliseconds)),
    }
}

/// Who learns the name; none in the mode in which nobody does.
fn tie(mode: Mode, category: &Category<'_>) -> Option<Tie> {
    match mode {
        Mode::Anonymous => None,
        Mode::Named => Some(Tie::Named),
        Mode::Confidential => category.confidant.map(|confidant| Tie::Confidential { confidant }),
    }
}

fn draft(bot: &Bot, call: &Call, scene: &Scene<'_>, category: &Category<'_>, text: Secret) -> ReportDraft {
    let chosen = &scene.chosen;
    let picked = chosen.draft.as_deref();
    let about = picked.and_then(|draft| bot.picked.look(draft, |picked| picked.report(chosen.mode, call.member)));
    ReportDraft {
        organisation: chosen.organisation,
        on_day: bot.desk.today(scene.organisation),
        category: category.of.id.clone(),
        urgency: category.urgency,
        barred: category.barred.clone(),
        keys: chosen.keys.clone(),
        no_contact: chosen.no_contact,
        text,
        about: about.flatten(),
        drill: false,
    }
}

/// Fetches the files of the message and removes what should not be included.
async fn gather(bot: &Bot, call: &Call, chosen: &Chosen) -> Gathered {
    let addresses = chosen.draft.as_deref().and_then(|draft| {
        let files = |picked: &Picked| picked.files(chosen.mode, call.member).to_vec();
        bot.picked.look(draft, files)
    });
    let mut gathered = Gathered::default();
    for (number, address) in (1..).zip(addresses.unwrap_or_default()) {
        if gathered.files.len() == MOST_FILES {
            gathered.left.push((number, LeftOut::TooMany));
            continue;
        }
        let fetched = bot.rest.download(&address, FILE_BYTES).await;
        let stripped = match fetched {
            Ok(Some(content)) => Attachment::strip(content).map_err(LeftOut::Unfit),
            Ok(None) => Err(LeftOut::Unfit(concerns::Unfit::TooLarge)),
            Err(_) => Err(LeftOut::Gone),
        };
        match stripped {
            Ok(Attachment { form, content }) => gathered.files.push(FileDraft {
                name: format!("file-{number}.{}", form.ending()),
                bytes: content,
            }),
            Err(why) => gathered.left.push((number, why)),
        }
    }
    gathered
}
