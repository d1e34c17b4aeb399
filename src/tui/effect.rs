//! Work that leaves the model: named here in the imperative, carried out by the one place that spawns.

use std::sync::Arc;

use jiff::Timestamp;
use secrecy::SecretString;
use url::Url;

use crate::{
    domain::{
        Account, PortfolioId, WabaId,
        message::Outgoing,
        upgrade::{UnderWay, UpgradePlan},
    },
    tui::model::remote::Generation,
};

/// Something to be done outside of the model.
#[derive(Debug)]
pub enum Effect {
    /// Make a session.
    Connect,
    /// Ask for every account.
    LoadFleet(Generation),
    /// Keep what changed since the load before. The accounts are those on the screen, not copies of them: there may be thousands.
    KeepHistory {
        /// Every account that is known.
        accounts: Vec<Arc<Account>>,
        /// Whether every way to find accounts worked, so that those that are missing are gone.
        complete: bool,
        /// When they were read.
        at: Timestamp,
    },
    /// Ask for an account's templates.
    LoadTemplates(WabaId, Generation),
    /// Find the ways to upgrade a portfolio.
    FindUpgradeWays(Box<UpgradePlan>),
    /// Begin embedded signup for a portfolio, and follow it.
    BeginUpgrade(Box<UpgradePlan>),
    /// Follow an upgrade that is done on another page.
    FollowUpgrade(Box<UpgradePlan>, Url),
    /// Find the upgrades that were begun before and have not ended.
    FindUpgradesUnderWay,
    /// Follow upgrades that were begun before.
    ResumeUpgrades(Vec<UnderWay>),
    /// Stop following an upgrade, and forget it.
    EndUpgrade(PortfolioId),
    /// Find what shows that an account is on, and since when.
    FindProof(WabaId),
    /// Read accounts again, together.
    ReadAccounts(Vec<WabaId>),
    /// Invite the admins of a portfolio by e-mail, once, and follow it.
    InviteAdmins(Box<UpgradePlan>),
    /// Open an address in the browser.
    OpenBrowser(String),
    /// Put text on the clipboard.
    Copy(String),
    /// Work out the request that a send would make.
    PrepareRequest(Box<Outgoing>),
    /// Send a message; the ticket comes back with the outcome.
    Send {
        /// Tells this send from others.
        ticket: u64,
        /// The message. It is good for one send (R37).
        outgoing: Box<Outgoing>,
    },
    /// Find which profiles there are.
    FindProfiles,
    /// Make a session of another profile, beside the one in use.
    SwitchProfile(String),
    /// Check a token, keep it, and make a session with it.
    SignIn {
        /// The profile that it is kept for; the current one if none is named.
        profile: Option<String>,
        /// The token.
        token: SecretString,
        /// The app's secret, if one was typed.
        app_secret: Option<SecretString>,
    },
    /// Go on with the session that was made last, and drop the one in use with all that it still does.
    AdoptSession,
    /// Put the program in the background.
    Suspend,
}
