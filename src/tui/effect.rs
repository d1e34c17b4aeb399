//! Work that leaves the model: named here in the imperative, carried out by the one place that spawns.

use std::{path::PathBuf, sync::Arc};

use jiff::Timestamp;
use secrecy::SecretString;
use url::Url;

use crate::{
    domain::{
        Account, PortfolioId, WabaId,
        message::Outgoing,
        template::MediaKind,
        upgrade::{UnderWay, UpgradePlan},
    },
    graph::token::TokenInfo,
    ops::report::Destination,
    store::{KeptDraft, Query, Window},
    tui::model::{remote::Generation, results::NamedTemplate},
};

/// A report that is wanted.
#[derive(Debug)]
pub struct ReportOrder {
    /// Of which account.
    pub account: Account,
    /// What the token is, where Meta told.
    pub token: Option<TokenInfo>,
    /// Where it goes.
    pub destination: Destination,
}

/// Something to be done outside of the model.
#[derive(Debug)]
pub enum Effect {
    /// Make a session.
    Connect,
    /// Ask for every account.
    LoadFleet(Generation),
    /// Ask for some accounts again.
    ReloadAccounts(Vec<WabaId>),
    /// Keep what changed since the load before. The accounts are those on the screen, not copies of them: there may be thousands.
    KeepHistory {
        /// Every account that is known.
        accounts: Vec<Arc<Account>>,
        /// Whether every way to find accounts worked, so that those that are missing are gone.
        complete: bool,
        /// When they were read.
        at: Timestamp,
    },
    /// Note that somebody looked, and find what happened since the last visit.
    Visit(Timestamp),
    /// Note that somebody still looks.
    NoteVisit(Timestamp),
    /// Read a page of the history.
    LoadActivity {
        /// Which request it is.
        generation: Generation,
        /// Which events are wanted.
        query: Box<Query>,
        /// Which page of them.
        window: Window,
    },
    /// Ask what became of an account's messages.
    LoadResults {
        /// Which account.
        account: Arc<Account>,
        /// How many days back.
        days: u16,
        /// Which request it is.
        generation: Generation,
    },
    /// Ask what became of a template's messages.
    LoadTemplateResults {
        /// Whose.
        account: WabaId,
        /// Which template.
        template: NamedTemplate,
        /// How many days back.
        days: u16,
        /// Which request it is.
        generation: Generation,
    },
    /// Switch template insights on; cannot be undone.
    EnableInsights(WabaId),
    /// Write the recipients that have to be reached otherwise into private files (R38).
    ExportRetarget {
        /// Of which account; of all without one.
        account: Option<WabaId>,
        /// How many days back.
        days: u16,
        /// When, for the files' names.
        at: Timestamp,
    },
    /// Ask for what was kept of an account, and for its templates where a generation for them is given.
    StudyAccount {
        /// Which.
        account: WabaId,
        /// What the answer about its past has to carry.
        past: Generation,
        /// What the answer about its templates has to carry.
        templates: Option<Generation>,
    },
    /// Make the report of an account.
    MakeReport(Box<ReportOrder>),
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
    /// Read the last sends from the journal.
    LoadSends,
    /// Ask how creative optimisation is set on an account.
    LoadCreative(WabaId),
    /// Find what was kept of an account's templates, to tell since when one is paused.
    LoadPauses(WabaId),
    /// Look at a file of a message: how large it is, and what it looks like.
    LookAtFile(String, MediaKind),
    /// Keep a draft in the place of its older self.
    KeepDraft(Box<KeptDraft>),
    /// Find the draft that was kept last.
    LookForDraft,
    /// Find which drafts there are.
    FindDrafts,
    /// Read a draft from a file.
    ImportDraft(PathBuf),
    /// Write a draft to a file that does not exist yet.
    ExportDraft {
        /// Where.
        path: PathBuf,
        /// The draft.
        draft: Box<KeptDraft>,
        /// Whether the recipients' numbers go with it.
        with_recipients: bool,
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
