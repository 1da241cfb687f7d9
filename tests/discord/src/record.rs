//! Every REST request as one JSON line, in the form `check_requests.py` reads.

use std::fs::File;
use std::io::Write;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};

use serde::Serialize;
use serde_json::Value;

/// One request with the status it was answered with.
#[derive(Debug, Clone, Serialize)]
pub struct Recorded {
    pub method: String,
    /// With `/api/v10`.
    pub path: String,
    pub query: Value,
    /// The decoded JSON; of a multipart request the decoded `payload_json`. Absent without a body.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body: Option<Value>,
    /// `{"name": "files[0]", "filename": "a.png"}` for each upload.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<Value>,
    /// The answer's status; 599 if the connection was cut before anything was done.
    pub status: u16,
    /// When it was answered, UTC ms by the stand-in's clock; not part of the recording.
    #[serde(skip)]
    pub at: i64,
}

/// Where requests are written besides memory, as JSON lines.
#[derive(Clone, Debug, Default)]
pub enum Record {
    /// To a fresh file in the folder `BELLWETHER_RECORD_DIR` if that is set.
    #[default]
    Folder,
    /// Behind what the file has.
    File(PathBuf),
    /// Nowhere: for tests that send what Discord refuses, on purpose.
    Nowhere,
}

/// Keeps the requests in memory and writes them to a file as they come.
#[derive(Debug, Default)]
pub(crate) struct Recorder {
    pub(crate) requests: Vec<Recorded>,
    file: Option<File>,
}

/// Distinguishes the recordings of several stand-ins of one process.
static RECORDINGS: AtomicU64 = AtomicU64::new(0);

impl Recorder {
    pub(crate) fn new(record: Record, port: u16) -> std::io::Result<Self> {
        let path = match (record, std::env::var_os("BELLWETHER_RECORD_DIR")) {
            (Record::File(path), _) => path,
            (Record::Folder, Some(folder)) => {
                let number = RECORDINGS.fetch_add(1, Ordering::Relaxed);
                PathBuf::from(folder).join(format!("requests-{}-{port}-{number}.jsonl", std::process::id()))
            }
            (Record::Folder, None) | (Record::Nowhere, _) => return Ok(Self::default()),
        };
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder)?;
        }
        let file = File::options().create(true).append(true).open(path)?;
        Ok(Self {
            requests: Vec::new(),
            file: Some(file),
        })
    }

    pub(crate) fn add(&mut self, request: Recorded) {
        if let Some(file) = &mut self.file
            && let Ok(mut line) = serde_json::to_vec(&request)
        {
            line.push(b'\n');
            // A full disk must not change what the bot is answered.
            drop(file.write_all(&line));
        }
        self.requests.push(request);
    }
}
