//! Writing 32 bytes in the form in which age reads a private key (BIP 173 Bech32, in capitals).

use zeroize::Zeroizing;

use crate::concerns::secret::Secret;

const ALPHABET: &[u8; 32] = b"QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L";
const PREFIX: &[u8] = b"AGE-SECRET-KEY-";
/// Characters of the check at the end.
const CHECK: usize = 6;

/// The private key `AGE-SECRET-KEY-1...` of these bytes.
pub(crate) fn age_secret_key(bytes: &[u8; 32]) -> Secret {
    let mut groups = Zeroizing::new(Vec::with_capacity(52 + CHECK));
    let (mut pending, mut bits) = (0u32, 0);
    for byte in bytes {
        pending = (pending << 8 | u32::from(*byte)) & 0xfff;
        bits += 8;
        while bits >= 5 {
            bits -= 5;
            groups.push((pending >> bits & 31) as u8);
        }
    }
    if bits > 0 {
        groups.push((pending << (5 - bits) & 31) as u8);
    }
    let check = checksum(&groups);
    groups.extend_from_slice(&check);
    let mut text = String::with_capacity(PREFIX.len() + 1 + groups.len());
    text.extend(PREFIX.iter().map(|byte| char::from(*byte)));
    text.push('1');
    text.extend(groups.iter().map(|group| char::from(ALPHABET[usize::from(*group)])));
    Secret::new(text)
}

/// The check is computed over the prefix in lower case.
fn checksum(groups: &[u8]) -> [u8; CHECK] {
    let lower = PREFIX.iter().map(u8::to_ascii_lowercase);
    let high = lower.clone().map(|byte| byte >> 5);
    let low = lower.map(|byte| byte & 31);
    let values = high
        .chain([0])
        .chain(low)
        .chain(groups.iter().copied())
        .chain([0; CHECK]);
    let sum = values.fold(1, step) ^ 1;
    std::array::from_fn(|index| (sum >> (5 * (CHECK - 1 - index)) & 31) as u8)
}

fn step(sum: u32, value: u8) -> u32 {
    const GENERATOR: [u32; 5] = [0x3b6a_57b2, 0x2650_8e6d, 0x1ea1_19fa, 0x3d42_33dd, 0x2a14_62b3];
    let top = sum >> 25;
    let next = (sum & 0x01ff_ffff) << 5 ^ u32::from(value);
    let terms = GENERATOR.iter().enumerate();
    terms.fold(
        next,
        |sum, (bit, term)| if top >> bit & 1 == 1 { sum ^ term } else { sum },
    )
}

#[cfg(test)]
mod tests {
    use age::secrecy::ExposeSecret;
    use age::x25519::Identity;
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn age_reads_what_is_written(bytes: [u8; 32]) {
            let written = age_secret_key(&bytes);
            let identity: Identity = written.expose().parse().expect("a private key");
            let shown = identity.to_string();
            prop_assert_eq!(shown.expose_secret(), written.expose());
        }
    }
}
