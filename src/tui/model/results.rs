//! What became of an account's messages, as the results screen shows it.

use super::{Screen, remote::Remote};
use crate::{
    domain::{TemplateId, WabaId, results::TemplateResults},
    ops::{
        Problem,
        results::{AccountResults, NOT_ENABLED},
    },
    store::FailureCount,
};

/// A template's name with the ids of all its languages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedTemplate {
    /// Its name.
    pub name: String,
    /// The ids of its languages.
    pub ids: Vec<TemplateId>,
}

/// What is known of the account as a whole.
#[derive(Debug, Clone, PartialEq)]
pub struct Overview {
    /// Volumes, failures and what the numbers do not say.
    pub results: AccountResults,
    /// Its marketing templates by name; empty where they could not be read.
    pub templates: Vec<NamedTemplate>,
}

/// What is known of one template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfTemplate {
    /// What became of its messages.
    pub results: TemplateResults,
    /// Failures of what was sent from here.
    pub failures: Vec<FailureCount>,
}

/// How many days back, in the order in which one key goes through them.
pub const DAYS: [u16; 3] = [7, 30, 90];

/// The results screen.
#[derive(Debug)]
pub struct ResultsState {
    /// Whose.
    pub account: Option<WabaId>,
    /// How many days back.
    pub days: u16,
    /// The account as a whole.
    pub overview: Remote<Overview, Problem>,
    /// The template that was chosen.
    pub template: Option<NamedTemplate>,
    /// What became of it.
    pub of_template: Remote<OfTemplate, Problem>,
    /// First line that is shown.
    pub scroll: usize,
    /// The screen that it was opened from.
    pub from: Option<Screen>,
}

impl Default for ResultsState {
    fn default() -> Self {
        Self {
            account: None,
            days: 7,
            overview: Remote::default(),
            template: None,
            of_template: Remote::default(),
            scroll: 0,
            from: None,
        }
    }
}

impl ResultsState {
    /// Whether the last answer said that template insights are off.
    pub fn insights_are_off(&self) -> bool {
        use super::remote::State;
        matches!(&self.of_template.state, State::Failed(problem, _) if problem.code == Some(NOT_ENABLED))
    }
}
