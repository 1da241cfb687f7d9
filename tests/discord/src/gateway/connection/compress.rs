//! Compression as the client asked: per payload (identify) or one stream (`compress=zlib-stream`).

use std::io::Write;

use flate2::write::ZlibEncoder;
use flate2::{Compress, FlushCompress};

/// Smaller payloads go out as text, so that clients meet both forms.
const WORTH_IT: usize = 1024;

pub(crate) enum Compression {
    None,
    Payload,
    Stream(Box<Compress>),
}

impl Compression {
    pub(crate) fn asked(query: Option<&str>) -> Self {
        match query {
            Some("zlib-stream") => Self::Stream(Box::new(Compress::new(flate2::Compression::fast(), true))),
            Some(_) | None => Self::None,
        }
    }

    /// `compress: true` in identify; a stream stays a stream.
    pub(crate) fn per_payload(&mut self) {
        if matches!(self, Self::None) {
            *self = Self::Payload;
        }
    }

    /// The compressed bytes, or `None` for plain text.
    pub(crate) fn apply(&mut self, text: &str) -> Option<Vec<u8>> {
        match self {
            Self::None => None,
            Self::Payload if text.len() < WORTH_IT => None,
            Self::Payload => {
                let mut encoder = ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
                encoder.write_all(text.as_bytes()).ok()?;
                encoder.finish().ok()
            }
            Self::Stream(stream) => Some(flushed(stream, text.as_bytes())),
        }
    }
}

/// One message of a stream: it ends with the sync marker 00 00 FF FF.
fn flushed(stream: &mut Compress, input: &[u8]) -> Vec<u8> {
    let mut output = Vec::with_capacity(input.len() + 64);
    let begin = stream.total_in();
    loop {
        let done = usize::try_from(stream.total_in() - begin).unwrap_or(input.len());
        let rest = input.get(done..).unwrap_or_default();
        if stream.compress_vec(rest, &mut output, FlushCompress::Sync).is_err() {
            return output;
        }
        let all = stream.total_in() - begin == input.len() as u64;
        if all && output.len() < output.capacity() {
            return output;
        }
        output.reserve(input.len() + 64);
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use flate2::read::ZlibDecoder;
    use flate2::{Decompress, FlushDecompress};

    use super::*;

    #[test]
    fn payloads_and_streams_can_be_read_again() {
        let text = "{\"op\":0}".repeat(1000);
        let packed = Compression::Payload.apply(&text).unwrap();
        let mut read = String::new();
        ZlibDecoder::new(packed.as_slice()).read_to_string(&mut read).unwrap();
        assert_eq!(read, text);

        let mut stream = Compression::asked(Some("zlib-stream"));
        let mut inflate = Decompress::new(true);
        for _ in 0..3 {
            let packed = stream.apply(&text).unwrap();
            assert_eq!(packed[packed.len() - 4..], [0, 0, 0xFF, 0xFF]);
            let mut read = Vec::with_capacity(text.len() + 1);
            inflate
                .decompress_vec(&packed, &mut read, FlushDecompress::Sync)
                .unwrap();
            assert_eq!(read, text.as_bytes());
        }
    }
}
