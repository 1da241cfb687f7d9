//! The running stand-in: one port, one state, and connections that can be cut.
//! Invariant: nothing outlives the last `Discord`: its drop closes the port and every gateway connection.

use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use axum::Router;
use axum::extract::connect_info::Connected;
use axum::serve::{IncomingStream, Listener};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

use crate::faults::Faults;
use crate::limits::{Limits, RateLimits};
use crate::record::{Record, Recorder};
use crate::state::{Settings, State};

/// A source of time: UTC milliseconds.
pub type Now = Arc<dyn Fn() -> i64 + Send + Sync>;

/// How a stand-in is started. `Options::default()` is Discord as documented, on a free port, by the system clock.
#[derive(Clone)]
pub struct Options {
    /// Port on 127.0.0.1; 0 takes a free one.
    pub port: u16,
    pub record: Record,
    /// Time of snowflakes, messages, tokens, nonces and rate limits. Heartbeats run in real time.
    pub now: Now,
    pub limits: RateLimits,
    /// What HELLO asks for. A client silent for one and a half of it is closed with 4009.
    pub heartbeat_interval_ms: u64,
    /// How long a nonce is remembered; Discord says "a few minutes".
    pub nonce_window_ms: i64,
    /// Real time every `await`ed look waits at most.
    pub patience: Duration,
    /// Identifies closer than this (ms, by `now`) get op 9; Discord's value is 5,000. 0 switches it off.
    pub identify_spacing_ms: i64,
    /// Identifies per day (by `now`); one more resets the token.
    pub session_starts: u32,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            port: 0,
            record: Record::default(),
            now: Arc::new(system_time),
            limits: RateLimits::default(),
            heartbeat_interval_ms: 41_250,
            nonce_window_ms: 300_000,
            patience: Duration::from_secs(20),
            identify_spacing_ms: 0,
            session_starts: 1000,
        }
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "the stand-in is another machine: it has a clock of its own"
)]
fn system_time() -> i64 {
    let since = std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}

/// What requests, connections and people share.
pub(crate) struct Shared {
    state: Mutex<State>,
    limits: Mutex<Limits>,
    pub(crate) faults: Mutex<Faults>,
    pub(crate) record: Mutex<Recorder>,
    /// Counts changes; whoever waits for something looks again at each.
    pub(crate) changes: watch::Sender<u64>,
    pub(crate) stopping: watch::Sender<bool>,
    pub(crate) patience: Duration,
    /// Accept no connection (the whole of Discord is down).
    refusing: AtomicBool,
}

impl Shared {
    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        lock(&self.state)
    }

    pub(crate) fn limits(&self) -> MutexGuard<'_, Limits> {
        lock(&self.limits)
    }

    /// Wakes whoever waits for a change.
    pub(crate) fn changed(&self) {
        self.changes.send_modify(|count| *count += 1);
    }

    /// Looks with `find` at every change until it finds something or patience ends.
    pub(crate) async fn wait_for<T>(&self, mut find: impl FnMut(&State) -> Option<T>) -> Option<T> {
        let mut changes = self.changes.subscribe();
        let search = async {
            loop {
                changes.mark_unchanged();
                if let Some(found) = find(&self.state()) {
                    return Some(found);
                }
                changes.changed().await.ok()?;
            }
        };
        tokio::time::timeout(self.patience, search).await.ok().flatten()
    }
}

pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A running stand-in. Clones are handles to the same one; it stops with the last of them, or at [`Discord::stop`].
#[derive(Clone)]
pub struct Discord {
    pub(crate) shared: Arc<Shared>,
    server: Arc<Server>,
}

/// Stops the server when dropped.
struct Server {
    port: u16,
    stopping: watch::Sender<bool>,
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stopping.send_replace(true);
    }
}

impl Discord {
    /// Starts a stand-in; needs a tokio runtime. Fails if the port is taken or the recording cannot be written.
    pub async fn start(options: Options) -> anyhow::Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", options.port)).await?;
        let port = listener.local_addr()?.port();
        let settings = Settings {
            port,
            heartbeat_interval_ms: options.heartbeat_interval_ms,
            nonce_window_ms: options.nonce_window_ms,
            identify_spacing_ms: options.identify_spacing_ms,
            session_starts: options.session_starts,
            member_page: 1_000,
            date_shift_ms: 0,
        };
        let stopping = watch::Sender::new(false);
        let shared = Arc::new(Shared {
            state: Mutex::new(State::new(options.now, settings)),
            limits: Mutex::new(Limits::new(options.limits)),
            faults: Mutex::new(Faults::default()),
            record: Mutex::new(Recorder::new(options.record, port)?),
            changes: watch::Sender::new(0),
            stopping: stopping.clone(),
            patience: options.patience,
            refusing: AtomicBool::new(false),
        });
        let gate = Gate {
            listener,
            shared: Arc::clone(&shared),
        };
        let router = Router::new()
            .fallback(crate::rest::handle)
            .with_state(Arc::clone(&shared));
        let service = router.into_make_service_with_connect_info::<Line>();
        let mut stopped = stopping.subscribe();
        tokio::spawn(async move {
            let end = async move { drop(stopped.wait_for(|stop| *stop).await) };
            drop(axum::serve(gate, service).with_graceful_shutdown(end).await);
        });
        Ok(Self {
            shared,
            server: Arc::new(Server { port, stopping }),
        })
    }

    /// What `discord.api_url` must say: `http://127.0.0.1:PORT/api`.
    pub fn api_url(&self) -> String {
        format!("http://127.0.0.1:{}/api", self.server.port)
    }

    /// The port on 127.0.0.1, for REST and gateway.
    pub fn port(&self) -> u16 {
        self.server.port
    }

    /// Closes the port and every gateway connection; what was recorded can still be looked at.
    pub fn stop(&self) {
        self.server.stopping.send_replace(true);
    }

    /// The current instant by the stand-in's clock, UTC ms.
    pub fn now(&self) -> i64 {
        self.shared.state().now()
    }

    /// While `true`, every new connection is dropped at once, for REST and gateway: Discord is down.
    pub fn refuse_connections(&self, refuse: bool) {
        self.shared.refusing.store(refuse, Ordering::Relaxed);
    }
}

/// The listener; hands out connections that can be cut.
struct Gate {
    listener: TcpListener,
    shared: Arc<Shared>,
}

impl Listener for Gate {
    type Io = Wire;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Wire, SocketAddr) {
        loop {
            match self.listener.accept().await {
                Ok((stream, address)) if !self.shared.refusing.load(Ordering::Relaxed) => {
                    drop(stream.set_nodelay(true));
                    return (
                        Wire {
                            stream,
                            line: Line::default(),
                        },
                        address,
                    );
                }
                Ok(refused) => drop(refused),
                Err(_) => tokio::time::sleep(Duration::from_millis(10)).await,
            }
        }
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }
}

/// Lets a request handler cut the connection it came over.
#[derive(Debug, Clone, Default)]
pub(crate) struct Line {
    cut: Arc<AtomicBool>,
}

impl Line {
    /// From now on nothing passes: the client sees a reset or an early end.
    pub(crate) fn cut(&self) {
        self.cut.store(true, Ordering::Relaxed);
    }

    fn check(&self) -> io::Result<()> {
        if self.cut.load(Ordering::Relaxed) {
            Err(io::ErrorKind::ConnectionReset.into())
        } else {
            Ok(())
        }
    }
}

impl Connected<IncomingStream<'_, Gate>> for Line {
    fn connect_info(stream: IncomingStream<'_, Gate>) -> Self {
        stream.io().line.clone()
    }
}

/// A TCP connection with a cut.
struct Wire {
    stream: TcpStream,
    line: Line,
}

impl AsyncRead for Wire {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        self.line.check()?;
        Pin::new(&mut self.stream).poll_read(cx, buf)
    }
}

impl AsyncWrite for Wire {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        self.line.check()?;
        Pin::new(&mut self.stream).poll_write(cx, buf)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bufs: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        self.line.check()?;
        Pin::new(&mut self.stream).poll_write_vectored(cx, bufs)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}
