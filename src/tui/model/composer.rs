//! The composer: which message, from where, to whom, and how it is meant to go.

use super::Model;
use crate::tui::command::Enabled;

/// A tab of the composer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tab {
    /// Account, number, template and variables.
    #[default]
    Compose,
    /// Delivery method.
    Settings,
    /// The message as WhatsApp shows it.
    Preview,
    /// A send to one number.
    Test,
}

impl Tab {
    /// All tabs, in order.
    pub const ALL: [Self; 4] = [Self::Compose, Self::Settings, Self::Preview, Self::Test];

    /// The id of its label among the texts.
    pub fn text_id(self) -> &'static str {
        match self {
            Self::Compose => "label-tab-compose",
            Self::Settings => "label-tab-settings",
            Self::Preview => "label-tab-preview",
            Self::Test => "label-tab-test",
        }
    }
}

/// The composer's state.
#[derive(Debug, Default)]
pub struct Composer {
    /// The tab that is shown.
    pub tab: Tab,
}

impl Composer {
    /// Whether a text field has the keys.
    pub fn is_typing(&self) -> bool {
        false
    }
}

/// Whether the message can be sent.
pub fn can_send(model: &Model) -> Enabled {
    Err(model.text("frame-no-selection"))
}

/// Whether the message makes a request that can be shown.
pub fn can_show_request(model: &Model) -> Enabled {
    Err(model.text("frame-no-selection"))
}
