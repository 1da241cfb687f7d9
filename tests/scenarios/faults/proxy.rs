//! A line to PostgreSQL that is cut just when something is committed.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::Context;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// Where the line is cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cut {
    /// COMMIT does not reach the server.
    Before,
    /// The server has committed, and its answer does not come back.
    After,
}

/// A server's door on loopback, which passes on what comes.
pub struct Proxy {
    /// The server's URL through this door.
    pub url: String,
    next: Arc<Mutex<Option<Cut>>>,
    task: JoinHandle<()>,
}

impl Proxy {
    /// Opens the door before the server with this URL.
    pub async fn before(server: &str) -> anyhow::Result<Self> {
        let mut url: url::Url = server.parse()?;
        let host = url.host_str().context("a server with a host")?.to_owned();
        let target = (host, url.port().unwrap_or(5_432));
        let listener = TcpListener::bind(SocketAddr::from(([127, 0, 0, 1], 0))).await?;
        let port = listener.local_addr()?.port();
        url.set_host(Some("127.0.0.1"))?;
        url.set_port(Some(port)).ok().context("a URL with a port")?;
        let next = Arc::default();
        let task = tokio::spawn(serve(listener, target, Arc::clone(&next)));
        let url = url.to_string();
        Ok(Self { url, next, task })
    }

    /// Cuts the line at the next COMMIT.
    pub fn cut(&self, at: Cut) {
        *self.next.lock().unwrap_or_else(PoisonError::into_inner) = Some(at);
    }

    /// Leaves the line whole again; whether it was cut meanwhile.
    pub fn leave(&self) -> bool {
        self.next
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take()
            .is_none()
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn serve(listener: TcpListener, target: (String, u16), next: Arc<Mutex<Option<Cut>>>) {
    while let Ok((client, _)) = listener.accept().await {
        let (target, next) = (target.clone(), Arc::clone(&next));
        tokio::spawn(async move {
            if let Ok(server) = TcpStream::connect(target).await {
                drop(pass_on(client, server, &next).await);
            }
        });
    }
}

/// Passes on both ways until one side ends, or the line is to be cut.
async fn pass_on(mut client: TcpStream, mut server: TcpStream, next: &Mutex<Option<Cut>>) -> std::io::Result<()> {
    let (mut up, mut down) = (vec![0; 65_536], vec![0; 65_536]);
    loop {
        tokio::select! {
            read = client.read(&mut up) => {
                let bytes = &up[..read?];
                let cut = commits(bytes).then(|| next.lock().unwrap_or_else(PoisonError::into_inner).take()).flatten();
                if bytes.is_empty() || cut == Some(Cut::Before) {
                    return Ok(());
                }
                server.write_all(bytes).await?;
                if cut == Some(Cut::After) {
                    // It answers when it is done.
                    server.readable().await?;
                    return Ok(());
                }
            }
            read = server.read(&mut down) => {
                let bytes = &down[..read?];
                if bytes.is_empty() {
                    return Ok(());
                }
                client.write_all(bytes).await?;
            }
        }
    }
}

fn commits(bytes: &[u8]) -> bool {
    bytes.windows(7).any(|window| window == b"COMMIT\0")
}
