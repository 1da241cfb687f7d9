//! Sealing with age, so that any age program opens what was sealed. Lengths are padded to a few steps.

use std::io::{Read, Write};

use age::secrecy::{ExposeSecret, SecretString};
use age::x25519::{Identity, Recipient};
use age::{Decryptor, Encryptor, scrypt};
use anyhow::{Context, anyhow, ensure};
use zeroize::Zeroizing;

/// Lengths of sealed texts, in bytes.
pub const STEPS: [usize; 4] = [1 << 10, 4 << 10, 16 << 10, 64 << 10];
/// Lengths of sealed files, in bytes.
pub const FILE_STEPS: [usize; 4] = [64 << 10, 256 << 10, 1 << 20, 8 << 20];
/// Passes of scrypt over a passphrase, as a power of two: about half a second.
const WORK: u8 = 16;

/// The public keys in these texts.
///
/// # Errors
/// When one of them is not a key.
pub(crate) fn recipients<'a>(texts: impl IntoIterator<Item = &'a str>) -> anyhow::Result<Vec<Recipient>> {
    let read = texts.into_iter().map(str::parse::<Recipient>);
    let read: Result<Vec<Recipient>, _> = read.collect();
    read.map_err(|error| anyhow!("reading a public key: {error}"))
}

/// Seals to all of these, and to nobody else.
///
/// # Errors
/// When there is nobody to seal to.
pub(crate) fn seal(recipients: &[Recipient], plain: &[u8]) -> anyhow::Result<Vec<u8>> {
    ensure!(!recipients.is_empty(), "there is nobody to seal to");
    let each = recipients.iter().map(|recipient| recipient as &dyn age::Recipient);
    write(Encryptor::with_recipients(each).context("preparing to seal")?, plain)
}

/// Opens what was sealed to this identity among others.
///
/// # Errors
/// When it was not, or the file is damaged. The text reveals nothing of the content.
pub fn open(identity: &Identity, sealed: &[u8]) -> anyhow::Result<Zeroizing<Vec<u8>>> {
    read(identity, sealed)
}

/// The private half of a key under a passphrase, as an age file.
pub(crate) fn seal_under(passphrase: SecretString, identity: &Identity) -> anyhow::Result<Vec<u8>> {
    let mut recipient = scrypt::Recipient::new(passphrase);
    recipient.set_work_factor(WORK);
    let each = std::iter::once(&recipient as &dyn age::Recipient);
    let encryptor = Encryptor::with_recipients(each).context("preparing to seal")?;
    write(encryptor, identity.to_string().expose_secret().as_bytes())
}

/// The key whose private half was sealed under a passphrase; `None` if the passphrase is wrong. Takes about half a
/// second.
///
/// # Errors
/// When what was sealed is not a key.
pub fn open_under(passphrase: SecretString, sealed: &[u8]) -> anyhow::Result<Option<Identity>> {
    let mut identity = scrypt::Identity::new(passphrase);
    identity.set_max_work_factor(WORK);
    let Ok(plain) = read(&identity, sealed) else {
        return Ok(None);
    };
    let text = std::str::from_utf8(&plain).context("reading a handler's key")?;
    let identity = text.parse::<Identity>();
    identity
        .map(Some)
        .map_err(|error| anyhow!("reading a handler's key: {error}"))
}

/// JSON, padded with blanks up to the next step.
///
/// # Errors
/// When it is longer than the last step.
pub(crate) fn pad(mut json: Zeroizing<Vec<u8>>) -> anyhow::Result<Zeroizing<Vec<u8>>> {
    let step = STEPS.into_iter().find(|step| json.len() <= *step);
    let step = step.context("what is to be sealed is longer than the longest step")?;
    // Growing a vector would leave a copy behind that nobody wipes.
    let mut padded = Zeroizing::new(Vec::with_capacity(step));
    padded.append(&mut json);
    padded.resize(step, b' ');
    Ok(padded)
}

fn write(encryptor: Encryptor, plain: &[u8]) -> anyhow::Result<Vec<u8>> {
    let mut sealed = Vec::with_capacity(plain.len() + 1_024);
    let mut writer = encryptor.wrap_output(&mut sealed).context("sealing")?;
    writer.write_all(plain).context("sealing")?;
    writer.finish().context("sealing")?;
    Ok(sealed)
}

fn read(identity: &dyn age::Identity, sealed: &[u8]) -> anyhow::Result<Zeroizing<Vec<u8>>> {
    let decryptor = Decryptor::new_buffered(sealed).map_err(|_| anyhow!("this is no age file"))?;
    let reader = decryptor.decrypt(std::iter::once(identity));
    let mut reader = reader.map_err(|_| anyhow!("this was not sealed to that key"))?;
    let mut plain = Zeroizing::new(Vec::with_capacity(sealed.len()));
    reader.read_to_end(&mut plain).context("opening what was sealed")?;
    Ok(plain)
}
