//! What the doctor found, as data: screens and subcommands put it in words.

use jiff::Timestamp;

use crate::ops::Problem;

/// How a check ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// All is well.
    Ok,
    /// It works, but somebody should know.
    Warning,
    /// It does not work.
    Failed,
}

/// A value in a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fact {
    /// Words that are the same in every language.
    Text(String),
    /// A number.
    Count(i64),
    /// A moment.
    Time(Timestamp),
}

impl From<&str> for Fact {
    fn from(text: &str) -> Self {
        Self::Text(crate::text::clean(text).into_owned())
    }
}

impl From<usize> for Fact {
    fn from(count: usize) -> Self {
        Self::Count(i64::try_from(count).unwrap_or(i64::MAX))
    }
}

/// One line of the report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// What was looked at.
    pub check: Check,
    /// How it is.
    pub state: State,
    /// What was found.
    pub finding: Finding,
    /// The values of the finding, by name.
    pub facts: Vec<(&'static str, Fact)>,
    /// What Meta or the network said, where that is the finding.
    pub problem: Option<Problem>,
}

/// What is the matter, in one word: the first thing to repair.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing.
    Well,
    /// The settings cannot be used.
    Settings,
    /// The Graph API cannot be reached.
    Network,
    /// There is a token that does not work; the accounts are not to blame.
    Token,
    /// The token works, but may not do what is needed.
    Permissions,
    /// The token works; it is accounts that Meta restricts.
    Accounts,
}

/// Everything that was found.
#[derive(Debug, Clone)]
pub struct Report {
    /// In the order in which one thing rests on the other.
    pub lines: Vec<Line>,
    /// Whether it was the embedded sandbox that was looked at.
    pub embedded: bool,
}

impl Report {
    /// The worst state of all lines.
    pub fn worst(&self) -> State {
        self.lines.iter().map(|line| line.state).max().unwrap_or(State::Ok)
    }

    /// What is the matter.
    pub fn verdict(&self) -> Verdict {
        let failed = |checks: &[Check]| self.lines.iter().any(|line| line.state == State::Failed && checks.contains(&line.check));
        let restricted = self.lines.iter().any(|line| line.finding == Finding::AccountsRestricted);
        if failed(&[Check::Settings, Check::Secrets]) {
            Verdict::Settings
        } else if failed(&[Check::Network, Check::Tls, Check::Clock]) {
            Verdict::Network
        } else if failed(&[Check::Token]) {
            Verdict::Token
        } else if failed(&[Check::Permissions, Check::Discovery]) {
            Verdict::Permissions
        } else if restricted {
            Verdict::Accounts
        } else {
            Verdict::Well
        }
    }
}

macro_rules! named {
    ($(#[$about:meta])* $type:ident { $($(#[$doc:meta])* $name:ident = $id:literal,)* }) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum $type { $($(#[$doc])* $name,)* }

        impl $type {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// Its name, in words joined by dashes; the same in every version.
            pub fn id(self) -> &'static str {
                match self { $(Self::$name => $id,)* }
            }
        }
    };
}

named! {
    /// What is looked at, in this order.
    Check {
        /// The settings file.
        Settings = "settings",
        /// Where the token comes from.
        Secrets = "secrets",
        /// Names and connections.
        Network = "network",
        /// Encryption.
        Tls = "tls",
        /// This machine's clock.
        Clock = "clock",
        /// Whether Meta accepts the token, and until when.
        Token = "token",
        /// What it may do.
        Permissions = "permissions",
        /// The app it belongs to.
        App = "app",
        /// The version of the API.
        Version = "version",
        /// The ways to find accounts.
        Discovery = "discovery",
        /// The accounts themselves.
        Accounts = "accounts",
        /// Meta's limits.
        Limits = "limits",
    }
}

named! {
    /// What can be found.
    Finding {
        /// The file was read.
        SettingsRead = "settings-read",
        /// There is no file.
        SettingsAbsent = "settings-absent",
        /// Something in it was left out: `words`.
        SettingsWarning = "settings-warning",
        /// It cannot be used: `words`.
        SettingsBroken = "settings-broken",
        /// They do not lead to a session, which the token is not to blame for: `words`.
        SettingsUnfit = "settings-unfit",
        /// A folder that cannot be written to: `folder`, `reason`.
        FolderClosed = "folder-closed",
        /// Where the token comes from: `place`.
        TokenFrom = "token-from",
        /// No token: the embedded sandbox is looked at.
        TokenNone = "token-none",
        /// A token was kept and is not there: `words`.
        TokenLost = "token-lost",
        /// An address is set, but no token for it: `words`.
        NoSession = "no-session",
        /// The name was resolved and a connection came about: `host`, `addresses`, `milliseconds`.
        Connected = "connected",
        /// A proxy of the environment is used: `host`, `proxy`.
        Proxied = "proxied",
        /// The name is not known: `host`, `reason`.
        NameUnknown = "name-unknown",
        /// No connection: `host`, `reason`.
        NotConnected = "not-connected",
        /// The certificate was accepted and an answer came: `milliseconds`.
        TlsWorks = "tls-works",
        /// Plain HTTP on this machine.
        PlainHere = "plain-here",
        /// Plain HTTP to another machine, as allowed.
        PlainElsewhere = "plain-elsewhere",
        /// The request failed: the problem.
        RequestFailed = "request-failed",
        /// The certificate was not accepted: the problem.
        CertificateRefused = "certificate-refused",
        /// The clock is right: `seconds` apart.
        ClockRight = "clock-right",
        /// The clock is wrong: `seconds` apart.
        ClockWrong = "clock-wrong",
        /// The server told no time.
        ClockUnknown = "clock-unknown",
        /// Meta accepts the token: `kind`.
        TokenWorks = "token-works",
        /// Meta refuses it: the problem.
        TokenRefused = "token-refused",
        /// The app's secret does not belong to the token's app: the problem.
        AppSecretWrong = "app-secret-wrong",
        /// It could not be looked up: the problem.
        TokenUnknown = "token-unknown",
        /// It never expires.
        TokenNeverExpires = "token-never-expires",
        /// It expires: `date`.
        TokenExpires = "token-expires",
        /// Its access to data ends: `date`.
        DataAccessEnds = "data-access-ends",
        /// Every permission is there.
        PermissionsComplete = "permissions-complete",
        /// Accounts cannot be seen: `scope`.
        LacksManagement = "lacks-management",
        /// Nothing can be sent: `scope`.
        LacksMessaging = "lacks-messaging",
        /// Portfolios cannot be listed: `scope`.
        LacksBusiness = "lacks-business",
        /// The app, whose mode Meta does not tell: `app`.
        AppNamed = "app-named",
        /// The version is served: `version`.
        VersionCurrent = "version-current",
        /// It is served until `date`: `version`.
        VersionUntil = "version-until",
        /// It ends soon: `version`, `date`.
        VersionEndsSoon = "version-ends-soon",
        /// It has ended: `version`, `date`.
        VersionEnded = "version-ended",
        /// The table does not have it: `version`.
        VersionUnknown = "version-unknown",
        /// Fields that this version does not have: `fields`.
        FieldsDropped = "fields-dropped",
        /// A way found accounts: `way`, `count`.
        WayFound = "way-found",
        /// The token names no accounts, because it was granted for all: `way`.
        WayGrantedForAll = "way-granted-for-all",
        /// No portfolio is known that could be asked: `way`.
        WayNoPortfolio = "way-no-portfolio",
        /// A way failed: `way`, `whose`, the problem.
        WayFailed = "way-failed",
        /// Nothing could be loaded: the problem.
        NothingLoaded = "nothing-loaded",
        /// No account was found.
        NoAccounts = "no-accounts",
        /// Accounts, none restricted: `count`.
        AccountsFine = "accounts-fine",
        /// Some are restricted by Meta: `count`, `restricted`, `names`.
        AccountsRestricted = "accounts-restricted",
        /// Meta told nothing of its limits.
        LimitsUntold = "limits-untold",
        /// The most that is used: `percent`, `whose`.
        LimitsUsed = "limits-used",
        /// Somebody rests: `whose`, `date`.
        LimitsResting = "limits-resting",
    }
}
