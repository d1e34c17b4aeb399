//! How the preview is looked at: on a phone or a desktop, in which colours, in how many languages. It changes no message.

use std::sync::Arc;

use super::super::Model;
use crate::{
    domain::{Template, template::TemplateStatus},
    tui::{command::Enabled, theme::Theme, widget::bubble::Device},
};

/// How the preview is looked at.
#[derive(Debug, Default)]
pub struct Look {
    /// On what.
    pub device: Device,
    /// The colours of the other theme, where they were asked for.
    pub theme: Option<Box<Theme>>,
    /// Whether all languages of the template stand side by side on the Preview tab.
    pub languages: bool,
    /// The first language that is shown.
    pub first_language: usize,
}

impl Model {
    /// The colours of the preview.
    pub fn preview_theme(&self) -> &Theme {
        self.composer.look.theme.as_deref().unwrap_or(&self.theme)
    }

    /// The template in all its languages, those that can be sent first; one where there is only one.
    pub fn composed_languages(&self) -> Vec<&Arc<Template>> {
        let (Some(own), Some(all)) = (self.composed_template(), self.composed_templates().and_then(|remote| remote.value()))
        else {
            return Vec::new();
        };
        let mut languages: Vec<&Arc<Template>> = all.iter().filter(|template| template.name == own.name).collect();
        languages.sort_by_key(|template| (template.status != TemplateStatus::Approved, template.language.as_str()));
        languages
    }
}

/// Whether there are colours to choose between.
pub fn can_change_colours(model: &Model) -> Enabled {
    if model.theme.other().is_some() { Ok(()) } else { Err(model.text("composer-no-colours")) }
}

/// Whether the template is there in more than one language.
pub fn has_languages(model: &Model) -> Enabled {
    if model.composed_languages().len() > 1 { Ok(()) } else { Err(model.text("composer-one-language")) }
}
