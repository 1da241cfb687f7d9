//! Everybody outside that the configuration names, with what it takes to reach them.

use std::path::Path;

use reqwest::header::{HeaderName, HeaderValue};
use secrecy::ExposeSecret;
use url::Url;

use crate::audit::pack;
use crate::config::{self, Authority, Evidence, Webhook};
use crate::document::{Problem, Problems};
use crate::evidence::cosignature::Cosigner;
use crate::evidence::policy::Policy;

/// Maximum size in bytes of a policy.
const LONGEST: u64 = 1 << 20;

/// Everybody outside except Discord.
#[derive(Clone, Debug, Default)]
pub struct Outside {
    pub(super) hooks: Vec<Hook>,
    pub(super) authorities: Vec<Authority>,
    pub(super) witnesses: Vec<Witness>,
}

/// A webhook, ready to be used. Neither address nor header is shown.
#[derive(Clone)]
pub(super) struct Hook {
    pub name: String,
    pub url: Url,
    pub secret: Option<(HeaderName, HeaderValue)>,
}

impl std::fmt::Debug for Hook {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Hook({})", self.name)
    }
}

/// A witness that can be reached.
#[derive(Clone, Debug)]
pub(super) struct Witness {
    pub key: Cosigner,
    /// Where it takes checkpoints: its submission prefix and `add-checkpoint`.
    pub url: Url,
}

impl Outside {
    /// Reads secrets, policy and certificates. `env` looks an environment variable up.
    ///
    /// # Errors
    /// Every secret and certificate that is missing, and the first line of the policy that is wrong.
    pub fn read(settings: &Evidence, env: impl Fn(&str) -> Option<String>) -> Result<Self, Problems> {
        let mut list = Vec::new();
        let mut hooks = Vec::new();
        for webhook in &settings.webhooks {
            match hook(webhook, &env) {
                Ok(hook) => hooks.push(hook),
                Err(problem) => list.push(problem),
            }
        }
        let witnesses = match settings.policy_file.as_deref().map(witnesses) {
            Some(Ok(witnesses)) => witnesses,
            Some(Err(problem)) => {
                list.push(problem);
                Vec::new()
            }
            None => Vec::new(),
        };
        // They go into packs. It is better to report now than later that they are missing.
        list.extend(pack::chains(settings).err().unwrap_or_default());
        if list.is_empty() {
            let authorities = settings.authorities.clone();
            return Ok(Self {
                hooks,
                authorities,
                witnesses,
            });
        }
        let source = "the configuration".to_owned();
        Err(Problems { source, list })
    }
}

fn hook(webhook: &Webhook, env: impl Fn(&str) -> Option<String>) -> Result<Hook, Problem> {
    let problem = |found: String| Problem {
        at: format!("evidence.webhook {:?}", webhook.name),
        found,
        allowed: "a secret for secret_header, in the environment or in secret_file".to_owned(),
        mend: format!("set {} or secret_file, or remove secret_header", webhook.variable()),
    };
    let secret = webhook
        .secret(env)
        .map_err(|error| problem(format!("no usable secret: {error}")))?;
    let secret = secret.map(|(header, value)| {
        let header = HeaderName::from_bytes(header.as_bytes()).ok()?;
        let mut value = HeaderValue::from_str(value.expose_secret()).ok()?;
        value.set_sensitive(true);
        Some((header, value))
    });
    Ok(Hook {
        name: webhook.name.clone(),
        url: Url::parse(webhook.url.expose_secret())
            .map_err(|_| problem("something that is not an address".to_owned()))?,
        secret: match secret {
            Some(None) => return Err(problem("a header that cannot be sent".to_owned())),
            Some(secret) => secret,
            None => None,
        },
    })
}

/// The witnesses of a policy that say where they can be reached; the others cosign in other ways or not at all.
fn witnesses(path: &Path) -> Result<Vec<Witness>, Problem> {
    let problem = |found: String| Problem {
        at: "evidence.policy_file".to_owned(),
        found,
        allowed: "a file in the form of C2SP tlog-policy, whose witnesses have https addresses".to_owned(),
        mend: format!("correct {}, or remove policy_file", path.display()),
    };
    let bytes = read(path).map_err(|error| problem(format!("a file that cannot be read: {error}")))?;
    let policy = Policy::parse(&bytes).map_err(|error| problem(error.to_string()))?;
    let mut found = Vec::new();
    for witness in policy.witnesses() {
        let Some(url) = &witness.url else { continue };
        let prefix = url.trim_end_matches('/');
        let parsed = Url::parse(&format!("{prefix}/add-checkpoint")).ok();
        let sound =
            parsed.filter(|url| url.scheme() == "https" || (url.scheme() == "http" && config::is_loopback(url)));
        let url = sound.ok_or_else(|| problem(format!("the witness {} without an https address", witness.name)))?;
        found.push(Witness {
            key: witness.key.clone(),
            url,
        });
    }
    Ok(found)
}

fn read(path: &Path) -> std::io::Result<Vec<u8>> {
    use std::io::Read;
    let mut bytes = Vec::new();
    std::fs::File::open(path)?.take(LONGEST).read_to_end(&mut bytes)?;
    Ok(bytes)
}
