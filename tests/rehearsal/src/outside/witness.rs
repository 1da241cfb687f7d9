//! A witness of one's own: it cosigns what continues what it cosigned last, as C2SP tlog-witness says, or behaves
//! otherwise when told to.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::Context;
use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use bellwether::evidence::checkpoint::Checkpoint;
use bellwether::evidence::consistency::Consistency;
use ed25519_dalek::{Signer, SigningKey};
use sha2::{Digest, Sha256};

use super::server::{Reply, Request, Server};

/// Signature type of an Ed25519 cosignature.
const COSIGNATURE: u8 = 0x04;
/// When the witness signs, seconds since 1970.
const TIME: u64 = 1_795_424_400;

/// How it behaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Manner {
    Honest,
    /// It signs with another key than it should.
    Forger,
}

/// The witness and what it has cosigned.
pub struct Witness {
    pub server: Server,
    name: String,
    key: SigningKey,
    latest: Arc<Mutex<Option<Checkpoint>>>,
    mute: Arc<AtomicBool>,
}

impl Witness {
    /// # Errors
    /// When there is no port.
    pub async fn start(name: &str, manner: Manner) -> anyhow::Result<Self> {
        let key = SigningKey::from_bytes(&[7; 32]);
        let latest: Arc<Mutex<Option<Checkpoint>>> = Arc::default();
        let mute: Arc<AtomicBool> = Arc::default();
        let signer = Signing {
            name: name.to_owned(),
            key: match manner {
                Manner::Honest => key.clone(),
                Manner::Forger => SigningKey::from_bytes(&[8; 32]),
            },
            id: id(name, &key),
            latest: Arc::clone(&latest),
            mute: Arc::clone(&mute),
        };
        Ok(Self {
            server: Server::start(move |request| signer.answer(request)).await?,
            name: name.to_owned(),
            key,
            latest,
            mute,
        })
    }

    /// A policy with this witness and no log.
    pub fn policy(&self) -> String {
        let (name, url) = (&self.name, self.server.url("/prefix/"));
        let key = [&[COSIGNATURE][..], self.key.verifying_key().as_bytes()].concat();
        let id = hex::encode(id(name, &self.key));
        format!("witness w1 {name}+{id}+{} {url}\nquorum none\n", BASE64.encode(key))
    }

    /// The size that it cosigned last.
    pub fn size(&self) -> u64 {
        latest(&self.latest).as_ref().map_or(0, |checkpoint| checkpoint.size)
    }

    /// `true`: it cosigns, and its answers are lost; `false`: they arrive again.
    pub fn mute(&self, mute: bool) {
        self.mute.store(mute, Ordering::SeqCst);
    }

    /// Makes it know another checkpoint than it does.
    pub fn know(&self, change: impl FnOnce(&mut Checkpoint)) {
        if let Some(checkpoint) = latest(&self.latest).as_mut() {
            change(checkpoint);
        }
    }
}

struct Signing {
    name: String,
    key: SigningKey,
    id: [u8; 4],
    latest: Arc<Mutex<Option<Checkpoint>>>,
    mute: Arc<AtomicBool>,
}

impl Signing {
    fn answer(&self, request: &Request) -> Reply {
        match self.cosign(request) {
            Ok(_) if self.mute.load(Ordering::SeqCst) => Reply::Cut,
            Ok(reply) => reply,
            Err(_) => Reply::status(400),
        }
    }

    fn cosign(&self, request: &Request) -> anyhow::Result<Reply> {
        if request.path != "/prefix/add-checkpoint" {
            return Ok(Reply::status(404));
        }
        let proof = Consistency::parse(std::str::from_utf8(&request.body)?)?;
        let (body, _) = proof.checkpoint.split_once("\n\n").context("a signed note")?;
        let body = format!("{body}\n");
        let new: Checkpoint = body.parse()?;
        let mut latest = latest(&self.latest);
        let known = latest.as_ref().map_or(0, |known| known.size);
        if known != proof.old {
            return Ok(Reply::status(409)
                .with("content-type", "text/x.tlog.size")
                .saying(format!("{known}\n")));
        }
        if let Some(known) = latest.as_ref()
            && !proof.proves(known, &new)
        {
            return Ok(Reply::status(422));
        }
        *latest = Some(new);
        let message = format!("cosignature/v1\ntime {TIME}\n{body}");
        let signature = self.key.sign(message.as_bytes()).to_bytes();
        let line = BASE64.encode([&self.id[..], &TIME.to_be_bytes(), &signature].concat());
        // Lines of others are allowed, and do not concern the client.
        let other = format!("\u{2014} other.example {}\n", BASE64.encode([1; 76]));
        Ok(Reply::of(
            "text/plain",
            format!("{other}\u{2014} {} {line}\n", self.name),
        ))
    }
}

fn latest(mutex: &Mutex<Option<Checkpoint>>) -> std::sync::MutexGuard<'_, Option<Checkpoint>> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn id(name: &str, key: &SigningKey) -> [u8; 4] {
    let digest = Sha256::new()
        .chain_update(name)
        .chain_update([b'\n', COSIGNATURE])
        .chain_update(key.verifying_key().as_bytes())
        .finalize();
    [digest[0], digest[1], digest[2], digest[3]]
}
