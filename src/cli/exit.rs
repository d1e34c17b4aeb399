//! The exit codes: one set for every subcommand, stable from version to version.

use std::process::ExitCode;

use crate::domain::graph_error::ErrorClass;

/// How a subcommand ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Exit {
    /// It did what was asked.
    Done,
    /// It failed: Meta refused, the network did not carry, something was not found.
    Failed,
    /// It was asked wrongly: arguments, variables or the configuration file. Nothing was done.
    Usage,
    /// There is no token, or Meta does not accept it.
    NotSignedIn,
    /// A message may or may not have been sent (R37).
    OutcomeUnknown,
    /// A message cannot be sent as it is; nothing was sent.
    RefusedByRules,
    /// The upgrade is not done yet; nothing went wrong (R13).
    StillWaiting,
}

impl Exit {
    /// All of them, in the order of their codes.
    pub const ALL: [Self; 7] = [
        Self::Done,
        Self::Failed,
        Self::Usage,
        Self::NotSignedIn,
        Self::OutcomeUnknown,
        Self::RefusedByRules,
        Self::StillWaiting,
    ];

    /// The code the shell sees.
    pub fn code(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::Failed => 1,
            Self::Usage => 2,
            Self::NotSignedIn => 3,
            Self::OutcomeUnknown => 4,
            Self::RefusedByRules => 5,
            Self::StillWaiting => 6,
        }
    }

    /// The id of its meaning among the texts.
    pub fn text_id(self) -> &'static str {
        match self {
            Self::Done => "cli-exit-done",
            Self::Failed => "cli-exit-failed",
            Self::Usage => "cli-exit-usage",
            Self::NotSignedIn => "cli-exit-not-signed-in",
            Self::OutcomeUnknown => "cli-exit-outcome-unknown",
            Self::RefusedByRules => "cli-exit-refused-by-rules",
            Self::StillWaiting => "cli-exit-still-waiting",
        }
    }

    /// How a failure of this class ends a subcommand.
    pub fn of_class(class: ErrorClass) -> Self {
        match class {
            ErrorClass::Auth => Self::NotSignedIn,
            _ => Self::Failed,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.code())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_codes_are_those_that_were_promised() {
        assert_eq!(Exit::ALL.map(Exit::code), [0, 1, 2, 3, 4, 5, 6]);
    }

    #[test]
    fn only_a_refused_token_means_not_signed_in() {
        assert_eq!(Exit::of_class(ErrorClass::Auth), Exit::NotSignedIn);
        assert_eq!(Exit::of_class(ErrorClass::Permission), Exit::Failed);
        assert_eq!(Exit::of_class(ErrorClass::Transient), Exit::Failed);
    }
}
