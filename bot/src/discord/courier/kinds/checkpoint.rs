//! A published checkpoint: what it is, the note in a code block, once the key that checks it, and a file with its exact
//! bytes.

use serde_json::json;
use serenity::async_trait;

use crate::anchors::{self, Copy, Posting};
use crate::chance::Chance;
use crate::discord::courier::Courier;
use crate::discord::courier::kind::{Kind, Parcel, Settled, Unsent};
use crate::discord::edge::text;
use crate::discord::wire::rest::{File, Recent};
use crate::ledger::Tx;
use crate::outbox::{Fate, Outbound};
use crate::words::Voice;

/// Flag of a message that makes no sound: checkpoints come all day long.
const SUPPRESS_NOTIFICATIONS: u64 = 1 << 12;

pub(super) struct Checkpoint {
    pub size: u64,
}

#[async_trait]
impl Kind for Checkpoint {
    async fn prepare(&self, courier: &Courier, outbound: &Outbound) -> Result<Parcel, Unsent> {
        let copy = Copy::on_discord(self.size, outbound.organisation);
        let posting = anchors::posting(courier.core.db.reader(), &copy).await?;
        let posting = posting.ok_or(Fate::Cancelled)?;
        courier.in_time(outbound.expires)?;
        let voice = courier.voice_of(courier.served(outbound)?);
        let file = File {
            name: file_name(self.size),
            content: posting.publication.note.clone().into_bytes(),
        };
        Ok(Parcel {
            files: vec![file],
            ..Parcel::for_channel(json!({
                "content": text(voice, &posting),
                "flags": SUPPRESS_NOTIFICATIONS,
            }))
        })
    }

    fn is_ours(&self, message: &Recent) -> bool {
        let name = file_name(self.size);
        message.attachments.iter().any(|file| file.filename == name)
    }

    async fn settled(&self, tx: &Tx, chance: &Chance, settled: &Settled) -> anyhow::Result<()> {
        let copy = Copy::on_discord(self.size, settled.outbound.organisation);
        match settled.attempt.fate {
            Fate::Delivered { channel, message } => anchors::note_posted(tx, chance, &copy, (channel, message)).await,
            Fate::GivenUp { reason } => anchors::note_not_posted(tx, &copy, &reason.to_string()).await,
            Fate::Postponed { until, reason, .. } => {
                anchors::note_postponed(tx, &copy, until, &reason.to_string()).await
            }
            Fate::Held { .. } | Fate::Rerouted { .. } | Fate::Cancelled => Ok(()),
        }
    }
}

/// The name of the attached file: as in a pack's folder `history/`.
fn file_name(size: u64) -> String {
    format!("{size:012}.checkpoint")
}

/// The text beside the file; the key is added if it is new there. If the note is too long for a message, as with many
/// witnesses, it is in the file alone.
fn text(voice: Voice<'_>, posting: &Posting) -> String {
    let Posting {
        publication,
        origin,
        key,
    } = posting;
    let title = voice.checkpoint_title(
        text::escape_line(origin),
        publication.size.to_string(),
        text::instant(publication.published_at),
    );
    let mut tail = format!("\n-# {}", voice.checkpoint_keep());
    if let Some(key) = key {
        tail = format!("\n{}{tail}", voice.checkpoint_key(code(&key.to_string())));
    }
    let block = format!("\n```\n{}```", publication.note);
    // Nothing can be escaped in a code block.
    let whole = !publication.note.contains('`');
    if whole && text::length(&title) + text::length(&block) + text::length(&tail) <= text::MESSAGE {
        format!("{title}{block}{tail}")
    } else {
        text::cut(&format!("{title}\n{}{tail}", voice.checkpoint_in_file()), text::MESSAGE)
    }
}

/// A text without blanks as inline code.
fn code(foreign: &str) -> String {
    if foreign.contains('`') {
        text::escape_line(foreign)
    } else {
        format!("`{foreign}`")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::anchors::Publication;
    use crate::clock::Millis;
    use crate::words::{Language, Words};

    const VKEY: &str = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";

    fn posting(note: &str, origin: &str, key: bool) -> Posting {
        Posting {
            publication: Publication {
                size: 1_234,
                note: note.to_owned(),
                published_at: Millis(1_795_424_400_000),
            },
            origin: origin.to_owned(),
            key: key.then(|| VKEY.parse().expect("a key")),
        }
    }

    #[test]
    fn the_first_checkpoint_tells_the_key() {
        let words = Words::load();
        let note = "example.org/log\n1234\nAAAA\n\n\u{2014} example.org/log BBBB\n";
        insta::assert_snapshot!(
            text(words.voice(Language::English), &posting(note, "example.org/log", true)),
            @r"
        **Evidence log example.org/log**: 1234 entries, <t:1795424400:f>
        ```
        example.org/log
        1234
        AAAA

        — example.org/log BBBB
        ```
        The key that checks it, the verifier key, is posted only once. Keep it where nobody here can change it: `PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW`
        -# The attached file is this checkpoint, byte for byte. Keep a copy: it can show later that no entry before it was changed or removed.
        "
        );
        insta::assert_snapshot!(
            text(words.voice(Language::German), &posting(note, "example.org/log", false)),
            @r"
        **Nachweisprotokoll example.org/log**: 1234 Einträge, <t:1795424400:f>
        ```
        example.org/log
        1234
        AAAA

        — example.org/log BBBB
        ```
        -# Die angehängte Datei ist dieser Prüfpunkt, Byte für Byte. Heben Sie eine Kopie auf: Damit lässt sich später zeigen, dass kein Eintrag davor geändert oder entfernt wurde.
        "
        );
        assert_eq!(file_name(1_234), "000000001234.checkpoint");
    }

    #[test]
    fn what_does_not_fit_or_would_break_out_is_in_the_file_alone() {
        let words = Words::load();
        let many = "\u{2014} example.org/witness AAAA\n".repeat(80);
        for language in Language::ALL {
            for note in [many.as_str(), "a```b\n1\nAAAA\n\n\u{2014} a```b BBBB\n"] {
                let origin = "b`".repeat(100);
                let said = text(words.voice(language), &posting(note, &origin, true));
                assert!(text::length(&said) <= text::MESSAGE, "{language:?}");
                assert!(!said.contains("```"), "{said}");
                assert!(said.contains(VKEY), "{said}");
            }
        }
    }

    #[test]
    fn the_longest_note_with_one_signature_and_a_witness_fits() {
        let words = Words::load();
        let name = "n".repeat(100);
        let note = format!(
            "{name}\n9223372036854775807\n{}\n\n\u{2014} {name} {}\n\u{2014} {name} {}\n",
            "A".repeat(44),
            "B".repeat(92),
            "C".repeat(104)
        );
        for language in Language::ALL {
            let said = text(words.voice(language), &posting(&note, &name, true));
            assert!(said.contains(&note), "{said}");
        }
    }
}
