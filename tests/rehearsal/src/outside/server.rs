//! An HTTP server of a few lines: one request a connection, any answer, also none.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// Maximum size in bytes of a request.
const LONGEST: usize = 1 << 20;

/// What was asked.
#[derive(Clone, Debug)]
pub struct Request {
    pub path: String,
    /// Names in lower case.
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Request {
    /// The value of a header; its name in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }
}

/// What is answered.
#[derive(Clone, Debug)]
pub enum Reply {
    Answer {
        status: u16,
        headers: Vec<(&'static str, String)>,
        body: Vec<u8>,
    },
    /// The connection ends without an answer.
    Cut,
    /// The answer comes this much later, in real time.
    Slow(Duration, Box<Reply>),
}

impl Reply {
    /// A status without more.
    pub fn status(status: u16) -> Self {
        Self::Answer {
            status,
            headers: Vec::new(),
            body: Vec::new(),
        }
    }

    /// Success with a body of this type.
    pub fn of(content_type: &str, body: impl Into<Vec<u8>>) -> Self {
        Self::status(200).with("content-type", content_type).saying(body)
    }

    /// With one header more.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        if let Self::Answer { headers, .. } = &mut self {
            headers.push((name, value.into()));
        }
        self
    }

    /// With this body.
    #[must_use]
    pub fn saying(mut self, text: impl Into<Vec<u8>>) -> Self {
        if let Self::Answer { body, .. } = &mut self {
            *body = text.into();
        }
        self
    }
}

/// The server; it ends when it is dropped.
pub struct Server {
    port: u16,
    requests: Arc<Mutex<Vec<Request>>>,
    planned: Arc<Mutex<VecDeque<Reply>>>,
    task: tokio::task::JoinHandle<()>,
}

impl Server {
    /// Answers with what is [planned](Self::next), and otherwise as `answer` says, which may block.
    ///
    /// # Errors
    /// When there is no port.
    pub async fn start(answer: impl Fn(&Request) -> Reply + Send + Sync + 'static) -> anyhow::Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let port = listener.local_addr()?.port();
        let requests: Arc<Mutex<Vec<Request>>> = Arc::default();
        let planned: Arc<Mutex<VecDeque<Reply>>> = Arc::default();
        let (seen, replies) = (Arc::clone(&requests), Arc::clone(&planned));
        let answer = Arc::new(answer);
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (answer, seen, replies) = (Arc::clone(&answer), Arc::clone(&seen), Arc::clone(&replies));
                tokio::spawn(async move {
                    let mut stream = stream;
                    let Some(request) = read(&mut stream).await else { return };
                    lock(&seen).push(request.clone());
                    let planned = lock(&replies).pop_front();
                    let reply = match planned {
                        Some(reply) => reply,
                        None => tokio::task::spawn_blocking(move || answer(&request))
                            .await
                            .unwrap_or(Reply::Cut),
                    };
                    say(&mut stream, reply).await;
                });
            }
        });
        Ok(Self {
            port,
            requests,
            planned,
            task,
        })
    }

    /// A server that takes everything.
    ///
    /// # Errors
    /// When there is no port.
    pub async fn obliging() -> anyhow::Result<Self> {
        Self::start(|_| Reply::status(204)).await
    }

    /// Its address with this path.
    pub fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    /// Plans the answer to the next request; several in their order.
    pub fn next(&self, reply: Reply) {
        lock(&self.planned).push_back(reply);
    }

    /// What was asked so far.
    pub fn requests(&self) -> Vec<Request> {
        lock(&self.requests).clone()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

async fn read(stream: &mut TcpStream) -> Option<Request> {
    let mut bytes = Vec::new();
    let end = loop {
        if let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
            break end;
        }
        more(stream, &mut bytes).await?;
    };
    let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
    let mut lines = head.split("\r\n");
    let path = lines.next()?.split(' ').nth(1)?.to_owned();
    let headers: Vec<_> = lines
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned()))
        .collect();
    let length = headers.iter().find(|(name, _)| name == "content-length");
    let length = length.map_or(Some(0), |(_, value)| value.parse().ok())?;
    while bytes.len() < end + 4 + length {
        more(stream, &mut bytes).await?;
    }
    let body = bytes[end + 4..end + 4 + length].to_vec();
    Some(Request { path, headers, body })
}

async fn more(stream: &mut TcpStream, bytes: &mut Vec<u8>) -> Option<()> {
    let mut chunk = [0; 4_096];
    let read = stream.read(&mut chunk).await.ok()?;
    bytes.extend_from_slice(&chunk[..read]);
    (read > 0 && bytes.len() <= LONGEST).then_some(())
}

async fn say(stream: &mut TcpStream, mut reply: Reply) {
    loop {
        match reply {
            Reply::Cut => return,
            Reply::Slow(wait, later) => {
                tokio::time::sleep(wait).await;
                reply = *later;
            }
            Reply::Answer { status, headers, body } => {
                let mut bytes = format!("HTTP/1.1 {status} \r\nconnection: close\r\n").into_bytes();
                for (name, value) in headers {
                    bytes.extend(format!("{name}: {value}\r\n").into_bytes());
                }
                if status != 204 {
                    bytes.extend(format!("content-length: {}\r\n", body.len()).into_bytes());
                }
                bytes.extend(b"\r\n");
                bytes.extend(body);
                // A client that has hung up does not want it.
                drop(stream.write_all(&bytes).await);
                drop(stream.shutdown().await);
                return;
            }
        }
    }
}
