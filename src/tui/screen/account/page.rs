//! The page of one account: entries that can be chosen and copied, section by section, wrapped to the width.

use ratatui::{
    style::Style,
    text::{Line, Span},
};

use crate::{text, tui::model::Model, wording::explanation::Topic};

/// A part of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Section {
    /// What stands in the way.
    Findings,
    /// Optimized delivery.
    Delivery,
    /// Restrictions that Meta announced, and how far its enforcement has come.
    Restrictions,
    /// The health tree.
    Health,
    /// The numbers and what they share.
    Numbers,
    /// The templates.
    Templates,
    /// What changed lately.
    History,
    /// Where it works.
    Region,
    /// Everything else.
    About,
}

impl Section {
    /// The id of its heading among the texts.
    pub fn heading_id(self) -> &'static str {
        match self {
            Self::Findings => "account-section-findings",
            Self::Delivery => "account-section-delivery",
            Self::Restrictions => "account-section-restrictions",
            Self::Health => "account-section-health",
            Self::Numbers => "account-section-numbers",
            Self::Templates => "account-section-templates",
            Self::History => "account-section-history",
            Self::Region => "account-section-region",
            Self::About => "account-section-about",
        }
    }

    /// The id of its short name among the texts.
    pub fn name_id(self) -> &'static str {
        match self {
            Self::Findings => "account-name-findings",
            Self::Delivery => "account-name-delivery",
            Self::Restrictions => "account-name-restrictions",
            Self::Health => "account-name-health",
            Self::Numbers => "account-name-numbers",
            Self::Templates => "account-name-templates",
            Self::History => "account-name-history",
            Self::Region => "account-name-region",
            Self::About => "account-name-about",
        }
    }
}

/// Something on the page that is chosen and copied as a whole.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Where it stands.
    pub section: Section,
    /// Its name on the page; empty for headings, which are not chosen.
    pub key: String,
    /// Its lines.
    pub lines: Vec<Line<'static>>,
    /// What is copied of it.
    pub copy: String,
    /// What can be explained about it.
    pub topics: Vec<Topic>,
    /// The page on which its step is taken.
    pub link: Option<String>,
}

impl Entry {
    /// Whether it can be chosen.
    pub fn is_choosable(&self) -> bool {
        !self.key.is_empty()
    }
}

/// Columns for a value beside its label; with fewer it stands below.
const LEAST_VALUE: usize = 16;

/// Collects entries, wrapping as it goes.
pub struct Page<'a> {
    /// What is drawn.
    pub model: &'a Model,
    /// Columns.
    pub width: usize,
    /// Whether it stands beside the table, where the room is for the most important.
    pub beside: bool,
    /// What is collected.
    pub entries: Vec<Entry>,
    section: Section,
}

impl<'a> Page<'a> {
    /// An empty page.
    pub fn new(model: &'a Model, width: usize, beside: bool) -> Self {
        Self { model, width, beside, entries: Vec::new(), section: Section::Findings }
    }

    /// Begins a section with its heading.
    pub fn section(&mut self, section: Section) {
        self.section = section;
        self.begin("");
        if self.entries.len() > 1 {
            self.push(Line::default());
        }
        let words = self.model.text(section.heading_id());
        let rule = "─".repeat(self.width.saturating_sub(text::width(&words) + 1));
        self.push(Line::from(vec![
            Span::styled(format!("{words} "), self.model.theme.title),
            Span::styled(rule, self.model.theme.border),
        ]));
        if let Some(entry) = self.entries.last_mut() {
            entry.copy = words;
        }
    }

    /// Begins an entry; `key` names it within its section.
    pub fn begin(&mut self, key: &str) {
        let key = if key.is_empty() { String::new() } else { format!("{:?} {key}", self.section) };
        self.entries.push(Entry {
            section: self.section,
            key,
            lines: Vec::new(),
            copy: String::new(),
            topics: Vec::new(),
            link: None,
        });
    }

    fn push(&mut self, line: Line<'static>) {
        if let Some(entry) = self.entries.last_mut() {
            entry.lines.push(line);
        }
    }

    fn copied(&mut self, words: &str) {
        if let Some(entry) = self.entries.last_mut() {
            if !entry.copy.is_empty() {
                entry.copy.push('\n');
            }
            entry.copy.push_str(words);
        }
    }

    /// A whole line, cut where it does not fit; what is copied is never cut.
    pub fn line(&mut self, parts: Vec<(String, Style)>) {
        self.copied(parts.iter().map(|(words, _)| words.as_str()).collect::<String>().trim());
        let (mut room, mut spans) = (self.width, Vec::new());
        for (words, style) in parts {
            let shown = text::truncate(&words, room).into_owned();
            room = room.saturating_sub(text::width(&shown));
            spans.push(Span::styled(shown, style));
        }
        self.push(Line::from(spans));
    }

    /// Words over as many lines as they need, hanging below a sign in front.
    pub fn wrapped(&mut self, indent: usize, words: &str, style: Style) {
        self.copied(words);
        for line in text::wrap_hanging(words, self.width.saturating_sub(indent).max(1)) {
            self.push(Line::from(Span::styled(format!("{}{line}", " ".repeat(indent)), style)));
        }
    }

    /// A label and its value.
    pub fn pair(&mut self, label_id: &str, value: &str, style: Style) {
        let label = self.model.text(label_id);
        self.copied(&crate::wording::explanation::labelled(&self.model.texts, &label, value));
        // A label that is wider than its column stays apart from its value; beside the table there is no room for that.
        let gap = if self.beside { 1 } else { 2 };
        let label_width = 23.min(self.width / 3).max(text::width(&label) + gap);
        if self.width.saturating_sub(label_width) < LEAST_VALUE {
            self.push(Line::from(Span::styled(text::truncate(&label, self.width).into_owned(), self.model.theme.dim)));
            for line in text::wrap(value, self.width.saturating_sub(2).max(1)) {
                self.push(Line::from(Span::styled(format!("  {line}"), style)));
            }
            return;
        }
        let mut first = true;
        for line in text::wrap(value, self.width.saturating_sub(label_width).max(8)) {
            let shown = if first { label.clone() } else { String::new() };
            let padding = " ".repeat(label_width.saturating_sub(text::width(&shown)));
            self.push(Line::from(vec![
                Span::styled(format!("{shown}{padding}"), self.model.theme.dim),
                Span::styled(line.to_string(), style),
            ]));
            first = false;
        }
    }

    /// Something that can be explained about the entry.
    pub fn topic(&mut self, topic: Topic) {
        if let Some(entry) = self.entries.last_mut()
            && !entry.topics.contains(&topic)
        {
            entry.topics.push(topic);
        }
    }

    /// The page on which the entry's step is taken.
    pub fn link(&mut self, link: Option<String>) {
        if let Some(entry) = self.entries.last_mut() {
            entry.link = link;
        }
    }
}
