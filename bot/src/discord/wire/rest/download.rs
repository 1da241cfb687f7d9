//! Files that people uploaded to Discord.

use std::time::Duration;

use url::Url;

use super::Rest;
use super::error::RestError;
use crate::config;

/// The hosts that keep uploads.
const HOSTS: [&str; 2] = ["cdn.discordapp.com", "media.discordapp.net"];
/// How long one download may take.
const WHOLE: Duration = Duration::from_secs(20);

impl Rest {
    /// An uploaded file, at an address of Discord's; none if it has more than `most` bytes. The bot does not say who it
    /// is.
    ///
    /// # Errors
    /// When the address is not Discord's, or the file does not come.
    pub async fn download(&self, address: &str, most: usize) -> Result<Option<Vec<u8>>, RestError> {
        let address = Url::parse(address).ok().filter(|address| self.keeps_uploads(address));
        let address = address.ok_or(RestError::Body)?;
        let of = |error: reqwest::Error| RestError::of_transport(&error.without_url());
        let mut response = self.http.get(address).timeout(WHOLE).send().await.map_err(of)?;
        let status = response.status();
        if !status.is_success() {
            let status = status.as_u16();
            return Err(RestError::Refused { status, code: 0 });
        }
        let mut content = Vec::new();
        while let Some(part) = response.chunk().await.map_err(of)? {
            if content.len() + part.len() > most {
                return Ok(None);
            }
            content.extend_from_slice(&part);
        }
        Ok(Some(content))
    }

    /// Discord's hosts; if a stand-in on this machine takes Discord's place, the stand-in's own.
    fn keeps_uploads(&self, address: &Url) -> bool {
        let discords = address.scheme() == "https"
            && address.port().is_none()
            && address.host_str().is_some_and(|host| HOSTS.contains(&host));
        let standing_in = Url::parse(&self.base)
            .ok()
            .filter(config::is_loopback)
            .is_some_and(|base| base.origin() == address.origin());
        discords || standing_in
    }
}
