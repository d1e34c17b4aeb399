//! What can lie on top of a screen.

use compact_str::CompactString;

use crate::{
    domain::{PhoneNumberId, PortfolioId, TemplateId, WabaId, upgrade::Standing},
    ops::{report::Destination, send::RequestPreview, upgrade::Way},
    store::KeptDraft,
    tui::{
        command::CommandId,
        model::{activity::Narrowing, composer::Kind, results::NamedTemplate},
        widget::{input::TextField, secret::SecretField},
    },
    wording::explanation::Topic,
};

/// Something on top of the screen. The topmost takes the keys; what it does not know closes nothing.
#[derive(Debug, Clone)]
pub enum Overlay {
    /// Every key that works here.
    Help {
        /// First line shown.
        scroll: usize,
    },
    /// Commands by name.
    Palette {
        /// What was typed.
        filter: TextField,
        /// Which of the matching lines is chosen.
        line: usize,
    },
    /// What optimized delivery brings (R5).
    Benefits,
    /// Something to choose from a list.
    Picker(Picker),
    /// A question before something dangerous.
    Confirm(Confirm),
    /// The upgrade: chooser and progress.
    Upgrade(UpgradeOverlay),
    /// What a code or a status means.
    Explain(ExplainOverlay),
    /// The form for a token.
    SignIn(Box<SignIn>),
    /// The request that a send would make.
    Request(Box<RequestView>),
    /// Every check before sending.
    Checks {
        /// First line shown.
        scroll: usize,
    },
    /// The path of a draft.
    Path(PathPrompt),
}

/// The request that a send would make, as it is shown.
#[derive(Debug, Clone)]
pub struct RequestView {
    /// The request.
    pub request: RequestPreview,
    /// Whether it is shown as a curl command.
    pub as_curl: bool,
    /// First line shown.
    pub scroll: usize,
}

impl RequestView {
    /// What is shown, and what is copied.
    pub fn shown(&self) -> String {
        if self.as_curl { self.request.curl.clone() } else { self.request.to_text() }
    }
}

/// A question for the path of a draft.
#[derive(Debug, Clone)]
pub struct PathPrompt {
    /// What happens with the path.
    pub purpose: PathPurpose,
    /// What was typed.
    pub field: TextField,
    /// Why the last try failed.
    pub trouble: Option<String>,
}

/// What a path is asked for.
#[derive(Debug, Clone)]
pub enum PathPurpose {
    /// To read a draft.
    Import,
    /// To write one where nothing stands yet.
    Export {
        /// The draft.
        draft: Box<KeptDraft>,
        /// Whether the recipients' numbers go with it.
        with_recipients: bool,
    },
}

/// A list to choose one thing from.
#[derive(Debug, Clone)]
pub struct Picker {
    /// What is asked for.
    pub title: String,
    /// All choices.
    pub choices: Vec<Choice>,
    /// What was typed.
    pub filter: TextField,
    /// Which of the matching lines is chosen.
    pub line: usize,
}

/// One choice of a picker.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// What it stands for.
    pub value: ChoiceValue,
    /// What it is called, cleaned.
    pub label: String,
    /// A word on it, cleaned.
    pub note: String,
}

/// What a choice stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ChoiceValue {
    /// An account to send from.
    Account(WabaId),
    /// A number to send from.
    Number(PhoneNumberId),
    /// A template to send.
    Template(TemplateId),
    /// What the message is made of.
    Kind(Kind),
    /// Where a report goes.
    Report(Destination),
    /// A profile to change to.
    Profile(String),
    /// Which events are shown.
    Events(Narrowing),
    /// A template to see the results of.
    ResultsOf(NamedTemplate),
    /// A draft to take up, by its id.
    Draft(String),
    /// A draft from a file.
    DraftFile,
}

/// What the explanation is of.
#[derive(Debug, Clone, Default)]
pub struct ExplainOverlay {
    /// Everything that can be explained, at least one.
    pub topics: Vec<Topic>,
    /// The account that all of them are about, where it is one.
    pub about: Option<String>,
    /// Which one is explained.
    pub line: usize,
}

/// A question. Enter says yes, escape says no.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Confirm {
    /// What is asked.
    pub title: String,
    /// What will happen, line by line.
    pub lines: Vec<String>,
    /// What yes runs.
    pub yes: Confirmed,
}

/// What runs after a yes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Confirmed {
    /// A command that asked first.
    Command(CommandId),
    /// Invite the admins of this portfolio by e-mail.
    Invite(PortfolioId),
    /// Begin embedded signup for this portfolio, in the place of what is waited for.
    SignUp(PortfolioId),
    /// Stop waiting for this portfolio.
    Abandon(PortfolioId),
    /// Send again what may have arrived already, by the ticket of the first send (R37).
    SendAgain(u64),
    /// Switch template insights of this account on.
    EnableInsights(WabaId),
}

/// Where the upgrade overlay stands.
#[derive(Debug, Clone, Default)]
pub struct UpgradeOverlay {
    /// Whose line is chosen in the list, by [`crate::domain::upgrade::Owner::key`]: the list moves while upgrades end.
    pub chosen: CompactString,
    /// What the list is narrowed to.
    pub filter: TextField,
    /// Whether the keys go to that field.
    pub filtering: bool,
    /// The portfolios that are listed by where they stand; all that are not done unless one is named.
    pub only: Option<Standing>,
    /// Whose page is open, in the same way; `None` while the list is shown.
    pub page: Option<CompactString>,
    /// Which way is chosen on the page.
    pub line: usize,
    /// First row shown of the page.
    pub scroll: usize,
    /// The ways to start, once they are known.
    pub ways: Vec<Way>,
    /// The address that is shown as a QR code, if one is.
    pub qr: Option<String>,
}

/// A field of the form for a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignInField {
    /// The token.
    Token,
    /// The app's secret; without it calls are not signed.
    AppSecret,
    /// The name of the profile that the token is kept for.
    Profile,
}

impl SignInField {
    /// All fields, in their order on the form.
    pub const ALL: [Self; 3] = [Self::Token, Self::AppSecret, Self::Profile];

    /// The id of its name among the texts.
    pub fn text_id(self) -> &'static str {
        match self {
            Self::Token => "sign-in-token",
            Self::AppSecret => "sign-in-app-secret",
            Self::Profile => "sign-in-profile",
        }
    }

    /// The field after this one, round and round.
    #[must_use]
    pub fn next(self) -> Self {
        match self {
            Self::Token => Self::AppSecret,
            Self::AppSecret => Self::Profile,
            Self::Profile => Self::Token,
        }
    }

    /// The field before this one, round and round.
    #[must_use]
    pub fn previous(self) -> Self {
        self.next().next()
    }
}

/// The form for a token.
#[derive(Debug, Clone)]
pub struct SignIn {
    /// Which field has the keys.
    pub field: SignInField,
    /// The token.
    pub token: SecretField,
    /// The app's secret.
    pub app_secret: SecretField,
    /// The profile's name.
    pub profile: TextField,
    /// Whether Meta is being asked what the token is good for.
    pub checking: bool,
    /// Why the last try was refused.
    pub refused: Option<String>,
}

impl SignIn {
    /// An empty form for this profile.
    pub fn new(profile: &str) -> Self {
        Self {
            field: SignInField::Token,
            token: SecretField::default(),
            app_secret: SecretField::default(),
            profile: TextField::new(profile),
            checking: false,
            refused: None,
        }
    }
}
