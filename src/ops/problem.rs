//! A failure as screens and subcommands show it: one sentence, what to do, and what Meta's support asks for.

use jiff::Timestamp;

use crate::{
    domain::graph_error::{Certainty, ErrorClass, Explanation, explain},
    graph::GraphError,
    i18n::{Argument, Language, Texts},
};

/// What went wrong.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{sentence}")]
pub struct Problem {
    /// One sentence in English, clean: what failed, why, what to do.
    pub sentence: String,
    /// The same sentence in French, where it is one of our own.
    pub french: Option<String>,
    /// What the code means and what to do about it, in English; `None` where the sentence says all there is.
    pub hint: Option<String>,
    /// Meta's code.
    pub code: Option<i64>,
    /// Meta's subcode.
    pub subcode: Option<i64>,
    /// Meta's trace id.
    pub fbtrace_id: Option<String>,
    /// Embedded signup's session id.
    pub session_id: Option<String>,
    /// When it happened.
    pub at: Timestamp,
    /// What kind of trouble it is; [`ErrorClass::Transient`] for networks.
    pub class: ErrorClass,
}

impl Problem {
    /// A problem of our own, without a code.
    pub fn new(sentence: impl Into<String>, class: ErrorClass) -> Self {
        Self {
            sentence: sentence.into(),
            french: None,
            hint: None,
            code: None,
            subcode: None,
            fbtrace_id: None,
            session_id: None,
            at: Timestamp::now(),
            class,
        }
    }

    /// A problem of our own that is said in every language, by the id of its text.
    pub fn told(id: &str, arguments: &[Argument<'_>], class: ErrorClass) -> Self {
        let [english, french] = [Language::English, Language::French].map(|language| Texts::new(language).with(id, arguments));
        Self { french: Some(french), ..Self::new(english, class) }
    }

    /// What the code means, in every language, where the catalogue knows it.
    pub fn explanation(&self) -> Option<Explanation> {
        let explanation = explain(self.code?, self.subcode);
        (explanation.certainty != Certainty::Unknown).then_some(explanation)
    }
}

impl Problem {
    /// The sentence and what to do about it, in the reader's language where the catalogue has it.
    pub fn to_text(&self, language: Language) -> String {
        let explained = self.explanation().map(|explanation| match language {
            Language::English => explanation.english,
            Language::French => explanation.french,
        });
        let sentence = match (language, &self.french) {
            (Language::French, Some(french)) => french,
            _ => &self.sentence,
        };
        match explained.or(self.hint.as_deref()) {
            Some(hint) if !hint.is_empty() => format!("{sentence} {hint}"),
            _ => sentence.clone(),
        }
    }
}

impl From<GraphError> for Problem {
    fn from(error: GraphError) -> Self {
        let sentence = error.to_string();
        let Some(api) = error.api() else {
            let class = match &error {
                GraphError::Resting { .. } => ErrorClass::RateLimit,
                GraphError::Redirected { .. } | GraphError::Setup { .. } | GraphError::Certificate { .. } => {
                    ErrorClass::Configuration
                }
                _ => ErrorClass::Transient,
            };
            return Self::new(sentence, class);
        };
        let explanation = api.explanation();
        let explained = explanation.certainty != Certainty::Unknown;
        Self {
            hint: explained.then(|| explanation.english.to_owned()),
            code: Some(api.code),
            subcode: api.subcode,
            fbtrace_id: api.fbtrace_id.as_deref().map(|id| crate::text::clean(id).into_owned()),
            class: explanation.class,
            ..Self::new(sentence, explanation.class)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::graph_error::ApiError;

    #[test]
    fn r20_a_problem_carries_what_support_needs() {
        let problem = Problem::from(GraphError::Api(Box::new(ApiError {
            code: 190,
            subcode: Some(463),
            message: "Session has expired".into(),
            fbtrace_id: Some("Atrace".into()),
            http_status: Some(401),
            ..ApiError::default()
        })));
        assert_eq!((problem.code, problem.subcode), (Some(190), Some(463)));
        assert_eq!(problem.fbtrace_id.as_deref(), Some("Atrace"));
        assert_eq!(problem.class, ErrorClass::Auth);
        assert!(problem.hint.is_some() && problem.explanation().is_some());
        assert!(problem.to_string().contains("Session has expired"));
    }
}
