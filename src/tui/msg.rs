//! Everything that can happen to the dashboard. Names are in the past tense.

use std::path::PathBuf;

use compact_str::CompactString;
use jiff::Timestamp;
use ratatui::layout::Size;

use super::{
    key::Key,
    model::{
        Preferences,
        remote::Generation,
        results::{OfTemplate, Overview},
    },
    view::Target,
};
use crate::{
    domain::{
        Account, PortfolioId, Template, WabaId,
        creative::CreativeFeature,
        event::Event,
        media::{MediaFacts, MediaProblem},
        upgrade::{Proof, Stage, UnderWay},
    },
    ops::{
        Problem, ProfileView,
        connect::Mode,
        diagnosis::Past,
        fleet::{FleetSummary, FleetUpdate},
        history::News,
        listen::News as WebhookNews,
        report::Made,
        send::{DeliveryReport, RequestPreview, SendOutcome},
        sign_in::Permission,
        upgrade::{Invitation, UpgradeUpdate, Way},
    },
    secrets::Place,
    store::{KeptDraft, KeptEvent, KeptSend},
};

/// What a session turned out to be.
#[derive(Debug, Clone)]
pub struct Connection {
    /// Sandbox or a live Graph API.
    pub mode: Mode,
    /// Whether it is the sandbox inside this program, which begins anew with every start.
    pub embedded: bool,
    /// The profile's name.
    pub profile: String,
    /// The Graph API version.
    pub version: String,
}

/// A session that stands ready to take the place of the one in use.
#[derive(Debug)]
pub struct NewSession {
    /// What it talks to.
    pub connection: Connection,
    /// What the user set for its profile.
    pub preferences: Preferences,
    /// What was learned by signing in, if that made it.
    pub signed_in: Option<SignedIn>,
}

/// What signing in brought.
#[derive(Debug)]
pub struct SignedIn {
    /// Where the token is kept.
    pub place: Place,
    /// The permissions that it lacks.
    pub lacks: Vec<Permission>,
}

/// Something that happened.
#[derive(Debug)]
pub enum Msg {
    /// Time went on; comes before everything that happened since.
    ClockAdvanced(Timestamp),
    /// A key was pressed.
    KeyPressed(Key),
    /// Text was pasted.
    TextPasted(String),
    /// Something on the screen was clicked.
    TargetClicked(Target),
    /// The wheel was turned by so many lines, down if positive.
    WheelTurned(i32),
    /// The terminal has another size.
    Resized(Size),
    /// The process was told to end.
    Terminated,
    /// A session stands.
    Connected(Connection),
    /// What the session talks to was recognised by its answers.
    SessionDescribed(Connection),
    /// No session could be made.
    ConnectionFailed(Problem),
    /// Something of the fleet arrived.
    FleetUpdated(Generation, FleetUpdate),
    /// The fleet is whole, or could not be read.
    FleetLoaded(Generation, Result<FleetSummary, Problem>),
    /// Accounts were read again, one by one.
    AccountsReloaded(Vec<Account>),
    /// The accounts were compared with what was known, or what changed could not be kept.
    HistoryKept(Result<(), Problem>),
    /// What happened since the last visit; `None` on the first one.
    NewsRead(Option<News>),
    /// Something was kept in the history, by whichever program.
    HistoryChanged,
    /// A page of the history arrived, or could not be read.
    ActivityLoaded(Generation, Result<Vec<KeptEvent>, Problem>),
    /// What became of an account's messages, or why that is not known.
    ResultsLoaded(Generation, Result<Box<Overview>, Problem>),
    /// What became of a template's messages, or why that is not known.
    TemplateResultsLoaded(Generation, Result<OfTemplate, Problem>),
    /// Template insights were switched on, or not.
    InsightsEnabled(Result<(), Problem>),
    /// Recipients were written: the files with how many stand in each, or why not.
    RetargetExported(Result<Vec<(PathBuf, usize)>, String>),
    /// What was kept of an account, or why it could not be read.
    PastLoaded(WabaId, Generation, Result<Past, Problem>),
    /// A report was made, or could not be.
    ReportMade(Result<Made, Problem>),
    /// An account's templates arrived, or could not be read.
    TemplatesLoaded(WabaId, Generation, Result<Vec<Template>, Problem>),
    /// An invitation was answered, or was not; how far the upgrade is by that.
    AdminsInvited(PortfolioId, Invitation, Stage),
    /// What shows that an account is on.
    ProofFound(WabaId, Proof),
    /// The upgrades that were begun before and have not ended.
    UpgradesFound(Vec<UnderWay>),
    /// The ways to upgrade are known; of whom is told by `Owner::key`.
    UpgradeWaysFound(CompactString, Vec<Way>),
    /// An upgrade moved on.
    UpgradeMoved(PortfolioId, UpgradeUpdate),
    /// The request that a send would make.
    RequestPrepared(Result<Box<RequestPreview>, Problem>),
    /// A send was answered, or was not.
    MessageSent(u64, SendOutcome),
    /// A message's status became known.
    DeliveryReported(DeliveryReport),
    /// Webhooks told something.
    WebhooksArrived(Box<WebhookNews>),
    /// The last sends, as the journal knows them.
    SendsLoaded(Vec<KeptSend>),
    /// How creative optimisation is set on an account.
    CreativeLoaded(WabaId, Vec<CreativeFeature>),
    /// What was kept of the templates of an account.
    PausesLoaded(WabaId, Vec<Event>),
    /// What was found out about a file of a message, by its address or id.
    FileLookedAt(String, Result<MediaFacts, MediaProblem>),
    /// The draft that was kept last, if there is one.
    LastDraftFound(Option<Box<KeptDraft>>),
    /// The drafts that there are.
    DraftsFound(Vec<KeptDraft>),
    /// A draft was read from a file, or could not be.
    DraftImported(Result<Box<KeptDraft>, Problem>),
    /// A draft was written to a file, or could not be.
    DraftExported(Result<PathBuf, Problem>),
    /// The profiles that there are.
    ProfilesFound(Vec<ProfileView>),
    /// Another session was made.
    SessionReplaced(Box<NewSession>),
    /// Another session could not be made.
    SessionNotReplaced(Problem),
    /// The browser was asked to open an address.
    BrowserOpened(String, Result<(), String>),
    /// A task in the background broke; nothing fails in silence.
    TaskBroke(String),
    /// Webhooks cannot be received; everything else goes on.
    WebhooksRefused(Box<Problem>),
}
