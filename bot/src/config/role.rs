//! Who somebody is for the programme. An organisation names the Discord roles that stand for each.

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    Auditor,
    Handler,
    Manager,
    Owner,
    Sponsor,
    /// Works on concerns that must pass by the line and by the other handlers.
    IndependentHandler,
    /// Is called at once when something is lost or under attack.
    IncidentTeam,
}

impl Role {
    pub const ALL: [Self; 7] = [
        Self::Auditor,
        Self::Handler,
        Self::Manager,
        Self::Owner,
        Self::Sponsor,
        Self::IndependentHandler,
        Self::IncidentTeam,
    ];

    /// The word in configuration and database.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Auditor => "auditor",
            Self::Handler => "handler",
            Self::Manager => "manager",
            Self::Owner => "owner",
            Self::Sponsor => "sponsor",
            Self::IndependentHandler => "independent_handler",
            Self::IncidentTeam => "incident_team",
        }
    }
}
