//! A time-stamping authority of one's own: `openssl ts` behind a server.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, ensure};

use super::server::{Reply, Server};

/// Where it is 1, tests fail without openssl instead of leaving time stamps out.
const REQUIRE: &str = "BELLWETHER_REQUIRE_OPENSSL";

/// The authority, with a certificate below an authority of its own.
pub struct Tsa {
    pub server: Server,
    folder: tempfile::TempDir,
}

impl Tsa {
    /// Makes keys and certificates and starts to answer; if there is no openssl, says so and returns none.
    ///
    /// # Errors
    /// When openssl is there and fails.
    ///
    /// # Panics
    /// When there is none and `BELLWETHER_REQUIRE_OPENSSL` is 1.
    pub async fn start() -> anyhow::Result<Option<Self>> {
        if Command::new("openssl").arg("version").output().is_err() {
            let required = std::env::var(REQUIRE).is_ok_and(|value| value == "1");
            assert!(!required, "{REQUIRE} is 1, and there is no openssl");
            say_left_out();
            return Ok(None);
        }
        let folder = tempfile::tempdir()?;
        certify(folder.path())?;
        let path = folder.path().to_owned();
        let server = Server::start(move |request| match stamp(&path, &request.body) {
            Ok(reply) => Reply::of("application/timestamp-reply", reply),
            Err(_) => Reply::status(500),
        });
        let server = server.await?;
        Ok(Some(Self { server, folder }))
    }

    /// The certificate to trust, PEM.
    pub fn root(&self) -> PathBuf {
        self.folder.path().join("ca.pem")
    }

    /// Has openssl check that a reply stamps exactly these bytes, with the certificate that it carries.
    ///
    /// # Errors
    /// When it does not.
    pub fn verify(&self, bytes: &[u8], reply: &[u8]) -> anyhow::Result<()> {
        let folder = self.folder.path();
        std::fs::write(folder.join("data"), bytes)?;
        std::fs::write(folder.join("reply.tsr"), reply)?;
        let arguments = [
            "ts",
            "-verify",
            "-data",
            "data",
            "-in",
            "reply.tsr",
            "-CAfile",
            "ca.pem",
        ];
        openssl(folder, &arguments).map(drop)
    }
}

#[expect(clippy::print_stderr, reason = "a test that is left out must say so")]
fn say_left_out() {
    eprintln!("time stamps are left out: there is no openssl");
}

fn certify(folder: &Path) -> anyhow::Result<()> {
    std::fs::write(folder.join("tsa.cnf"), CONFIGURATION)?;
    std::fs::write(folder.join("serial"), "01\n")?;
    std::fs::write(
        folder.join("extensions"),
        "extendedKeyUsage=critical,timeStamping\nbasicConstraints=CA:FALSE\n",
    )?;
    let key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"];
    let authority = [
        "-keyout",
        "ca.key",
        "-out",
        "ca.pem",
        "-subj",
        "/CN=Rehearsal CA",
        "-days",
        "30",
    ];
    openssl(folder, &[&["req", "-x509"][..], &key, &authority].concat())?;
    let request = ["-keyout", "tsa.key", "-out", "tsa.csr", "-subj", "/CN=Rehearsal TSA"];
    openssl(folder, &[&["req"][..], &key, &request].concat())?;
    let sign = [
        "x509",
        "-req",
        "-in",
        "tsa.csr",
        "-CA",
        "ca.pem",
        "-CAkey",
        "ca.key",
        "-CAcreateserial",
    ];
    let into = ["-days", "30", "-extfile", "extensions", "-out", "tsa.pem"];
    openssl(folder, &[&sign[..], &into].concat()).map(drop)
}

/// The reply to a request, with the signer's certificate and the one above, and with fractions of a second.
fn stamp(folder: &Path, query: &[u8]) -> anyhow::Result<Vec<u8>> {
    let own = tempfile::tempdir_in(folder)?;
    let (asked, answered) = (own.path().join("query"), own.path().join("reply"));
    std::fs::write(&asked, query)?;
    let (asked, answered) = (asked.display().to_string(), answered.display().to_string());
    openssl(
        folder,
        &[
            "ts",
            "-reply",
            "-config",
            "tsa.cnf",
            "-queryfile",
            &asked,
            "-out",
            &answered,
        ],
    )?;
    Ok(std::fs::read(answered)?)
}

fn openssl(folder: &Path, arguments: &[&str]) -> anyhow::Result<Vec<u8>> {
    let output = Command::new("openssl")
        .args(arguments)
        .current_dir(folder)
        .output()
        .context("running openssl")?;
    let said = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "openssl {}: {said}", arguments.join(" "));
    Ok(output.stdout)
}

const CONFIGURATION: &str = "\
[tsa]
default_tsa = own
[own]
serial = serial
signer_cert = tsa.pem
certs = ca.pem
signer_key = tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
accuracy = secs:1
clock_precision_digits = 3
ordering = no
tsa_name = yes
ess_cert_id_chain = no
";
