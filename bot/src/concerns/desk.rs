//! What the use cases of concerns work with. Built once; cheap to clone.

use std::fmt;
use std::sync::Arc;

use jiff::civil::Date;

use crate::catalogue::ConcernCategory;
use crate::clock::Millis;
use crate::concerns::keys::derive::{Deriver, Stretch};
use crate::concerns::keys::pepper::Pepper;
use crate::concerns::keys::vault::Vault;
use crate::concerns::raising::throttle::Throttle;
use crate::concerns::raising::visits::Visits;
use crate::concerns::store::Vouch;
use crate::config::Organisation;
use crate::core::Core;
use crate::evidence::Newest;

/// Everything except who is at the desk.
#[derive(Clone)]
pub struct Desk {
    pub core: Core,
    /// Asked by `discord/` before a use case, so that no use case is told who somebody is.
    pub throttle: Arc<Throttle>,
    /// Keys that handlers have unlocked.
    pub vault: Vault,
    /// Tells which rows of cases are as this program wrote them.
    pub vouch: Vouch,
    /// What the log says about handlers' keys.
    pub(super) newest: Newest,
    pub(super) deriver: Deriver,
    pub(super) pepper: Arc<Pepper>,
    pub(super) visits: Arc<Visits>,
}

impl Desk {
    /// A desk for a running bot, with the pepper that [`Pepper::open`] found.
    pub fn new(core: Core, pepper: Pepper, stretch: Stretch) -> Self {
        let an_hour = core.config.concerns.reports_per_hour;
        let pepper = Arc::new(pepper);
        Self {
            throttle: Arc::new(Throttle::new(core.chance.clone(), an_hour)),
            vault: Vault::default(),
            vouch: Vouch::with(&pepper),
            newest: Newest::new(core.db.clone()),
            deriver: Deriver::new(Arc::clone(&pepper), stretch),
            pepper,
            visits: Arc::default(),
            core,
        }
    }

    /// A category of the catalogue.
    pub fn category(&self, id: &str) -> Option<&ConcernCategory> {
        self.core
            .catalogue
            .concern_categories
            .iter()
            .find(|known| known.id == id)
    }

    /// The civil date in the organisation's zone: all that is kept of when a reporter came.
    pub fn today(&self, organisation: &Organisation) -> Date {
        day_of(self.core.clock.now(), &organisation.zone)
    }

    /// Where else people can go, in words for them.
    pub fn other_way(&self, organisation: &Organisation) -> Option<String> {
        let own = organisation.other_way.clone();
        own.or_else(|| self.core.config.concerns.other_way.clone())
    }

    /// Wipes visits whose time has passed, and yesterday's counts. Called every minute, so that nothing stays longer.
    pub fn sweep(&self) {
        let now = self.core.clock.now();
        self.visits.sweep(now);
        self.throttle.sweep(now);
    }
}

impl fmt::Debug for Desk {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Desk")
    }
}

/// The civil date of an instant in a zone that the configuration names; in UTC if the zone is not known.
pub fn day_of(at: Millis, zone: &str) -> Date {
    let zone = jiff::tz::TimeZone::get(zone).unwrap_or(jiff::tz::TimeZone::UTC);
    at.timestamp().to_zoned(zone).date()
}

/// The instant at which a civil date begins in a zone; in UTC if the zone is not known.
pub fn start_of(day: Date, zone: &str) -> Millis {
    let zone = jiff::tz::TimeZone::get(zone).unwrap_or(jiff::tz::TimeZone::UTC);
    let midnight = day.to_datetime(jiff::civil::Time::midnight());
    match zone.to_ambiguous_zoned(midnight).compatible() {
        Ok(zoned) => Millis(zoned.timestamp().as_millisecond()),
        Err(_) => Millis(0),
    }
}
