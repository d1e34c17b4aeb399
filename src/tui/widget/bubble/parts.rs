//! The parts of a message, stacked line by line.

use ratatui::{
    style::{Modifier, Style},
    text::{Line, Span},
};

use super::{
    Preview, fitted,
    words::{block_lines, cells, is_right_to_left, shift},
};
use crate::{
    domain::{
        placeholder::{Fill, Filled},
        rendering::{ButtonSign, OwnPart, PHONE_LETTERS, Rendered, RenderedButton, RenderedHeader, RenderedOffer},
    },
    text,
    tui::widget::spans::{Run, wrap_runs},
    wording,
};

/// Lines of a bubble or of a card, from top to bottom.
pub struct Stack<'a> {
    pub preview: &'a Preview<'a>,
    pub width: usize,
    pub lines: Vec<Line<'static>>,
}

impl Stack<'_> {
    pub fn message(&mut self, message: &Rendered, with_time: bool) {
        let theme = self.preview.theme;
        match &message.header {
            Some(RenderedHeader::Text(filled)) => self.filled(filled, theme.bubble.add_modifier(Modifier::BOLD)),
            Some(header @ RenderedHeader::Media { .. }) => self.file(header),
            Some(header) => self.header_box(header),
            None => {}
        }
        if let Some(offer) = &message.offer {
            self.offer(offer);
        }
        if !message.body.text.is_empty() {
            self.body(message);
        }
        for part in &message.own_parts {
            let words = match part {
                OwnPart::CallPermission => format!("✆ {}", self.preview.texts.get("composer-part-call-permission")),
                OwnPart::Order => format!("▦ {}", self.preview.texts.get("composer-part-order")),
            };
            self.boxed(vec![(words, theme.bubble_dim)]);
        }
        for name in &message.unknown {
            let words = self.preview.texts.with("composer-unknown-part", &[("name", name.as_str().into())]);
            self.boxed(vec![(words, theme.bubble_dim)]);
        }
        if let Some(footer) = &message.footer {
            self.filled(&Filled::plain(footer.clone()), theme.bubble_dim);
        }
        if with_time {
            self.time();
        }
        self.buttons(message);
    }

    /// The body. Where optimized delivery folds it, the lines behind "Read more" stay in sight, as small print.
    fn body(&mut self, message: &Rendered) {
        let theme = self.preview.theme;
        let mut lines = block_lines(&message.blocks, theme, theme.bubble, self.width);
        if !self.preview.folds || !message.folds() {
            self.lines.append(&mut lines);
            return;
        }
        // Lines are counted as wide as on a phone, however narrow this bubble is.
        let on_phone = block_lines(&message.blocks, theme, theme.bubble, PHONE_LETTERS);
        let seen = lines_up_to(&lines, on_phone.iter().take(message.lines_before_fold()).map(letters).sum());
        let folded = lines.split_off(seen.min(lines.len()));
        self.lines.append(&mut lines);
        let more = format!("{} {}", text::ELLIPSIS, self.preview.texts.get("composer-read-more"));
        self.lines.push(Line::from(Span::styled(fitted(&more, self.width), theme.bubble_link)));
        for mut line in folded {
            for span in &mut line.spans {
                // What is missing keeps its mark, wherever it stands.
                if span.style != theme.missing {
                    span.style.fg = theme.bubble_dim.fg.or(span.style.fg);
                    span.style = span.style.add_modifier(Modifier::DIM);
                }
            }
            self.lines.push(line);
        }
    }

    /// Plain text with values, missing ones marked.
    fn filled(&mut self, filled: &Filled, style: Style) {
        let runs = self.runs(filled, style);
        let right = is_right_to_left(&runs);
        for mut line in wrap_runs(&runs, self.width) {
            if right {
                let by = self.width.saturating_sub(cells(&line));
                shift(&mut line, by);
            }
            self.lines.push(line);
        }
    }

    fn runs(&self, filled: &Filled, style: Style) -> Vec<Run> {
        let missing = self.preview.theme.missing;
        let mut runs = Vec::new();
        let mut at = 0;
        for (range, fill) in &filled.fills {
            runs.push((filled.text.get(at..range.start).unwrap_or_default().to_owned(), style));
            let own = if *fill == Fill::Value { style } else { missing };
            runs.push((filled.text.get(range.clone()).unwrap_or_default().to_owned(), own));
            at = range.end;
        }
        runs.push((filled.text.get(at..).unwrap_or_default().to_owned(), style));
        runs
    }

    /// What cannot be drawn, as what it is: a box with its kind and name.
    fn header_box(&mut self, header: &RenderedHeader) {
        let (texts, theme) = (self.preview.texts, self.preview.theme);
        let missing = |what: String| (texts.with("composer-box-missing", &[("what", what.into())]), theme.missing);
        let said = |words: String| (words, theme.bubble_dim);
        let rows = match header {
            RenderedHeader::Text(_) | RenderedHeader::Media { .. } => return,
            RenderedHeader::Location { name, address, coordinates, fill } => {
                let place = name.clone().unwrap_or_else(|| texts.get("composer-place").into_owned());
                if *fill == Fill::Missing {
                    vec![missing(format!("⌖ {place}"))]
                } else {
                    let coordinates = coordinates.as_ref().map(|(north, east)| format!("{north}, {east}"));
                    let below = address.clone().into_iter().chain(coordinates);
                    std::iter::once(said(format!("⌖ {place}"))).chain(below.map(said)).collect()
                }
            }
            RenderedHeader::Product { product, fill } => {
                let what = format!("▦ {}", texts.get("composer-product"));
                match product {
                    Some(product) if *fill != Fill::Missing => vec![said(what), said(product.clone())],
                    _ => vec![missing(what)],
                }
            }
            RenderedHeader::Unknown(name) => vec![said(texts.with("composer-unknown-part", &[("name", name.as_str().into())]))],
        };
        self.boxed(rows);
    }

    fn offer(&mut self, offer: &RenderedOffer) {
        let (texts, theme) = (self.preview.texts, self.preview.theme);
        let mut rows = vec![(format!("◷ {}", offer.text), theme.bubble.add_modifier(Modifier::BOLD))];
        match offer.expires {
            Some(end) => {
                let when = wording::day_and_clock(end, self.preview.zone);
                let left = end.as_second() - self.preview.now.as_second();
                let id = if left > 0 { "composer-offer-ends" } else { "composer-offer-ended" };
                let left = wording::delivery::duration(texts, coarse(left.max(0)));
                rows.push((texts.with(id, &[("when", when.into()), ("left", left.into())]), theme.bubble_dim));
            }
            None if offer.has_expiration => {
                let what = texts.get("composer-variable-offer-ends").into_owned();
                rows.push((texts.with("composer-box-missing", &[("what", what.into())]), theme.missing));
            }
            None => {}
        }
        self.boxed(rows);
    }

    /// A box with words in its middle; without the frame where rows are few.
    pub(super) fn boxed(&mut self, rows: Vec<(String, Style)>) {
        if self.preview.files.compact {
            rows.into_iter().for_each(|row| self.caption(row));
            return;
        }
        let border = self.preview.theme.bubble_dim;
        let inside = self.width.saturating_sub(2);
        let rule = "─".repeat(inside);
        self.lines.push(Line::from(Span::styled(format!("┌{rule}┐"), border)));
        for (words, style) in rows {
            for part in text::wrap(&words, inside.max(1)) {
                let used = text::width(&part);
                let left = inside.saturating_sub(used) / 2;
                self.lines.push(Line::from(vec![
                    Span::styled(format!("│{}", " ".repeat(left)), border),
                    Span::styled(part.into_owned(), style),
                    Span::styled(format!("{}│", " ".repeat(inside.saturating_sub(used + left))), border),
                ]));
            }
        }
        self.lines.push(Line::from(Span::styled(format!("└{rule}┘"), border)));
    }

    /// Time and ticks in the corner, on the last line where it leaves room.
    fn time(&mut self) {
        let style = self.preview.theme.bubble_dim;
        let corner = format!("{} ✓✓", self.preview.time);
        let needed = text::width(&corner);
        let width = self.width;
        if let Some(last) = self.lines.last_mut()
            && cells(last) + needed + 2 <= width
        {
            let gap = " ".repeat(width - cells(last) - needed);
            last.spans.push(Span::styled(gap, style));
            last.spans.push(Span::styled(corner, style));
        } else {
            let gap = " ".repeat(width.saturating_sub(needed));
            self.lines.push(Line::from(Span::styled(format!("{gap}{corner}"), style)));
        }
    }

    fn buttons(&mut self, message: &Rendered) {
        let theme = self.preview.theme;
        if message.buttons.all.is_empty() {
            return;
        }
        self.lines.push(Line::from(Span::styled("─".repeat(self.width), theme.bubble_dim)));
        for button in message.buttons.shown() {
            self.button(button);
        }
        self.list(message);
        if message.buttons.see_all() {
            self.centered(&format!("≡ {}", self.preview.texts.get("composer-see-all")), theme.bubble_link);
            // The preview is to show all that was written, folded away or not.
            for button in message.buttons.all.iter().skip(message.buttons.shown().len()) {
                self.centered(&format!("· {} {}", sign(button.sign), self.label(button)), theme.bubble_dim);
            }
        }
    }

    /// What the list behind a button offers: unseen until it is tapped, but written all the same.
    fn list(&mut self, message: &Rendered) {
        let style = self.preview.theme.bubble_dim;
        for (title, description) in &message.rows {
            let words = if description.is_empty() { format!("○ {title}") } else { format!("○ {title} · {description}") };
            self.lines.extend(wrap_runs(&[(words, style)], self.width));
        }
    }

    fn button(&mut self, button: &RenderedButton) {
        let theme = self.preview.theme;
        self.centered(&format!("{} {}", sign(button.sign), self.label(button)), theme.bubble_link);
        // An address without a variable was approved as it is; one with a value in it is worth checking.
        if let Some(target) = button.target.as_ref().filter(|target| !target.fills.is_empty()) {
            for mut line in wrap_runs(&self.runs(target, theme.bubble_dim), self.width) {
                let by = self.width.saturating_sub(cells(&line)) / 2;
                shift(&mut line, by);
                self.lines.push(line);
            }
        }
    }

    fn label(&self, button: &RenderedButton) -> String {
        if button.label.is_empty() {
            wording::message::button_sign(self.preview.texts, button.sign)
        } else {
            button.label.clone()
        }
    }

    fn centered(&mut self, words: &str, style: Style) {
        let words = fitted(words, self.width);
        let gap = " ".repeat(self.width.saturating_sub(text::width(&words)) / 2);
        self.lines.push(Line::from(Span::styled(format!("{gap}{words}"), style)));
    }
}

/// Characters of a line, blanks aside: they tell how far a text got, wherever its lines break.
fn letters(line: &Line<'_>) -> usize {
    line.spans.iter().flat_map(|span| span.content.chars()).filter(|character| !character.is_whitespace()).count()
}

/// How many lines it takes until so many letters are shown.
fn lines_up_to(lines: &[Line<'_>], wanted: usize) -> usize {
    let mut shown = 0;
    let enough = |line: &Line<'_>| {
        let before = shown;
        shown += letters(line);
        before >= wanted
    };
    lines.iter().position(enough).unwrap_or(lines.len())
}

/// Seconds in the largest unit that leaves at least two of it: a countdown for people.
fn coarse(seconds: i64) -> i64 {
    [86_400, 3_600, 60].into_iter().find(|unit| seconds >= unit * 2).map_or(seconds, |unit| seconds / unit * unit)
}

/// The glyph of what a button does.
fn sign(sign: ButtonSign) -> &'static str {
    match sign {
        ButtonSign::Reply => "↩",
        ButtonSign::Link => "↗",
        ButtonSign::Phone | ButtonSign::Call => "✆",
        ButtonSign::Copy => "⧉",
        ButtonSign::Flow => "▤",
        ButtonSign::Products => "▦",
        ButtonSign::List => "≡",
        ButtonSign::Order => "▦",
        ButtonSign::Other => "▢",
    }
}
