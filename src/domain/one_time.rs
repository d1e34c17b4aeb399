//! The text of an authentication template, which Meta writes: nobody but the code and two choices is the business's.
//!
//! Meta writes it in the template's language. Only the English text is known here; whoever shows it says so.

use super::template::{Category, Component, Template};

/// The body without the security line (Meta: authentication templates).
const BODY: &str = "*{{1}}* is your verification code.";
/// The body with it.
const BODY_WITH_SECURITY: &str = "*{{1}}* is your verification code. For your security, do not share this code.";

/// What a business chooses of an authentication template's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct OneTimeText {
    /// `add_security_recommendation`: whether the body warns against sharing the code.
    pub security_recommendation: bool,
    /// `code_expiration_minutes`: what the footer says; no footer without.
    pub expiration_minutes: Option<u16>,
}

impl OneTimeText {
    /// The body, with `{{1}}` where the code goes.
    pub fn body(self) -> &'static str {
        if self.security_recommendation { BODY_WITH_SECURITY } else { BODY }
    }

    /// The footer.
    pub fn footer(self) -> Option<String> {
        let minutes = self.expiration_minutes?;
        Some(format!("This code expires in {minutes} {}.", if minutes == 1 { "minute" } else { "minutes" }))
    }
}

impl Template {
    /// Whether the body shown is Meta's own, in English whatever the template's language: the template came without its text.
    pub fn is_written_by_meta(&self) -> bool {
        let has_none = |component: &Component| matches!(component, Component::Body(text) if text.text.is_empty());
        self.category == Category::Authentication && self.components.iter().any(has_none)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_security_line_and_the_expiry_are_the_choices() {
        let plain = OneTimeText::default();
        assert_eq!((plain.body(), plain.footer()), ("*{{1}}* is your verification code.", None));
        let whole = OneTimeText { security_recommendation: true, expiration_minutes: Some(10) };
        assert!(whole.body().ends_with("do not share this code."));
        assert_eq!(whole.footer().as_deref(), Some("This code expires in 10 minutes."));
    }
}
