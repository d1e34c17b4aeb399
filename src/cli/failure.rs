//! Why a subcommand did not do what was asked: one sentence for standard error, and an exit code.

use super::exit::Exit;
use crate::{
    config::ConfigError,
    i18n::Language,
    ops::{ConnectError, Problem},
    secrets::SecretError,
};

/// A failure on its way to standard error.
#[derive(Debug)]
pub enum Failure {
    /// Something that Meta or the network did.
    Problem(Box<Problem>),
    /// No session came about.
    Connect(ConnectError),
    /// The settings cannot be used.
    Config(ConfigError),
    /// A sentence of the subcommand's own, in the reader's language.
    Said {
        /// How it ends.
        exit: Exit,
        /// The sentence.
        sentence: String,
    },
}

impl Failure {
    /// A failure with a sentence of its own.
    pub fn said(exit: Exit, sentence: impl Into<String>) -> Self {
        Self::Said { exit, sentence: sentence.into() }
    }

    /// How it ends the program.
    pub fn exit(&self) -> Exit {
        match self {
            Self::Problem(problem) => Exit::of_class(problem.class),
            Self::Connect(ConnectError::NoToken { .. } | ConnectError::TokenLost(_)) => Exit::NotSignedIn,
            Self::Connect(_) => Exit::Failed,
            Self::Config(_) => Exit::Usage,
            Self::Said { exit, .. } => *exit,
        }
    }

    /// What is said about it.
    pub fn sentence(&self, language: Language) -> String {
        match self {
            Self::Problem(problem) => problem.to_text(language),
            Self::Connect(error) => error.to_string(),
            Self::Config(error) => error.to_string(),
            Self::Said { sentence, .. } => sentence.clone(),
        }
    }
}

impl From<Problem> for Failure {
    fn from(problem: Problem) -> Self {
        Self::Problem(Box::new(problem))
    }
}

impl From<ConnectError> for Failure {
    fn from(error: ConnectError) -> Self {
        Self::Connect(error)
    }
}

impl From<SecretError> for Failure {
    fn from(error: SecretError) -> Self {
        Self::said(Exit::Failed, error.to_string())
    }
}

impl From<ConfigError> for Failure {
    fn from(error: ConfigError) -> Self {
        Self::Config(error)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::graph_error::ErrorClass;

    #[test]
    fn a_missing_and_a_refused_token_end_alike() {
        let missing = Failure::from(ConnectError::NoToken { host: "graph.example".into() });
        let refused = Failure::from(Problem::new("No.", ErrorClass::Auth));
        assert_eq!((missing.exit(), refused.exit()), (Exit::NotSignedIn, Exit::NotSignedIn));
    }
}
