//! Reading a policy, line by line.

use super::{Log, Party, Policy, Rule, Witness};
use crate::cosignature::Cosigner;
use crate::note::Vkey;

/// Maximum size in bytes of a policy that is looked at.
const LONGEST: usize = 1 << 20;
/// The name for no quorum.
const NONE: &[u8] = b"none";

/// What is wrong with a policy (C2SP tlog-policy, "Policy file syntax and structure"), and in which line, from 1.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {reason}")]
pub struct PolicyError {
    pub line: usize,
    pub reason: String,
}

/// The policy as read so far.
struct Reading {
    policy: Policy,
    /// Whether the quorum line has come.
    quorum: bool,
}

pub(super) fn read(bytes: &[u8]) -> Result<Policy, PolicyError> {
    let at = |line: usize, reason: String| PolicyError { line, reason };
    if bytes.len() > LONGEST {
        return Err(at(1, format!("the policy has more than {LONGEST} bytes")));
    }
    let mut reading = Reading {
        policy: Policy {
            logs: Vec::new(),
            witnesses: Vec::new(),
            parties: Vec::new(),
            quorum: None,
        },
        quorum: false,
    };
    let mut lines = 0;
    for (number, line) in bytes.split(|byte| *byte == b'\n').enumerate() {
        lines = number + 1;
        reading.line(line).map_err(|reason| at(lines, reason))?;
    }
    if reading.quorum {
        Ok(reading.policy)
    } else {
        let reason = "the policy ends without a quorum; add `quorum none` if no witness is required";
        Err(at(lines, reason.to_owned()))
    }
}

impl Reading {
    fn line(&mut self, line: &[u8]) -> Result<(), String> {
        if let Some(byte) = line
            .iter()
            .find(|byte| (**byte < 0x20 && **byte != b'\t') || **byte == 0x7f)
        {
            return Err(format!(
                "the control character 0x{byte:02x} is not allowed; end lines with a newline alone"
            ));
        }
        let words = line.split(|byte| matches!(byte, b' ' | b'\t'));
        let words: Vec<&[u8]> = words.filter(|word| !word.is_empty()).collect();
        match words[..] {
            [] => Ok(()),
            [first, ..] if first.starts_with(b"#") => Ok(()),
            [b"log", vkey] => self.log(vkey, None),
            [b"log", vkey, url] => self.log(vkey, Some(url)),
            [b"witness", name, vkey] => self.witness(name, vkey, None),
            [b"witness", name, vkey, url] => self.witness(name, vkey, Some(url)),
            [b"group", name, least, ref members @ ..] if !members.is_empty() => self.group(name, least, members),
            [b"quorum", name] => self.quorum(name),
            [b"log", ..] => Err("a log is written `log VKEY [URL]`".to_owned()),
            [b"witness", ..] => Err("a witness is written `witness NAME VKEY [URL]`".to_owned()),
            [b"group", ..] => Err("a group is written `group NAME all|any|NUMBER NAME...`".to_owned()),
            [b"quorum", ..] => Err("a quorum is written `quorum NAME` or `quorum none`".to_owned()),
            [other, ..] => Err(format!(
                "{:?} is not known; a line begins with log, witness, group, quorum or #",
                shown(other)
            )),
        }
    }

    fn log(&mut self, vkey: &[u8], url: Option<&[u8]>) -> Result<(), String> {
        let found = shown(vkey);
        let vkey: Vkey = found.parse().map_err(|_| {
            format!("{found:?} is no verifier key of a log; it looks like name+id+base64, with Ed25519 (type 1)")
        })?;
        if self.policy.logs.iter().any(|log| log.vkey.key() == vkey.key()) {
            return Err(format!("the key of the log {} is listed twice", vkey.name()));
        }
        let url = url.map(shown);
        self.policy.logs.push(Log { vkey, url });
        Ok(())
    }

    fn witness(&mut self, name: &[u8], vkey: &[u8], url: Option<&[u8]>) -> Result<(), String> {
        let found = shown(vkey);
        let key: Cosigner = found.parse().map_err(|_| {
            format!(
                "{found:?} is no verifier key of a witness that this program can check; it looks like \
                 name+id+base64, with an Ed25519 cosignature key (type 4)"
            )
        })?;
        let same = |witness: &Witness| witness.key.key() == key.key();
        if self.policy.witnesses.iter().any(same) {
            return Err(format!("the key of the witness {} is listed twice", shown(name)));
        }
        self.define(name, Rule::Witness(self.policy.witnesses.len()))?;
        self.policy.witnesses.push(Witness {
            name: shown(name),
            key,
            url: url.map(shown),
        });
        Ok(())
    }

    fn group(&mut self, name: &[u8], least: &[u8], names: &[&[u8]]) -> Result<(), String> {
        let mut members = Vec::with_capacity(names.len());
        for member in names {
            let number = self.find(member)?;
            if std::mem::replace(&mut self.policy.parties[number].taken, true) {
                return Err(format!(
                    "{} is a member of a group already; once is all it may be",
                    shown(member)
                ));
            }
            members.push(number);
        }
        let least = match least {
            b"any" => 1,
            b"all" => members.len(),
            number => threshold(number, members.len())?,
        };
        self.define(name, Rule::AtLeast(least, members))
    }

    fn quorum(&mut self, name: &[u8]) -> Result<(), String> {
        if std::mem::replace(&mut self.quorum, true) {
            return Err("there is a second quorum; a policy has exactly one".to_owned());
        }
        if name != NONE {
            self.policy.quorum = Some(self.find(name)?);
        }
        Ok(())
    }

    fn define(&mut self, name: &[u8], rule: Rule) -> Result<(), String> {
        if name == NONE {
            return Err("the name none is taken: it stands for no quorum".to_owned());
        }
        if self.find(name).is_ok() {
            return Err(format!("the name {} is defined twice", shown(name)));
        }
        let (name, taken) = (name.to_owned(), false);
        self.policy.parties.push(Party { name, rule, taken });
        Ok(())
    }

    fn find(&self, name: &[u8]) -> Result<usize, String> {
        let found = self.policy.parties.iter().position(|party| party.name == name);
        found.ok_or_else(|| format!("no witness or group {:?} is defined above this line", shown(name)))
    }
}

fn threshold(text: &[u8], members: usize) -> Result<usize, String> {
    let shown = shown(text);
    let decimal = !text.starts_with(b"0") && text.iter().all(u8::is_ascii_digit);
    let number = shown
        .parse()
        .ok()
        .filter(|number| decimal && (1..=members).contains(number));
    number.ok_or_else(|| format!("{shown:?} is no threshold; write any, all, or a number from 1 to {members}"))
}

fn shown(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}
