//! What views draw on: the frame's cells, and the places on it that can be clicked.

use ratatui::{
    buffer::Buffer,
    layout::{Position, Rect},
    style::{Color, Style},
    text::{Line, Span},
    widgets::{Block, BorderType, Clear, Widget},
};

use crate::{
    domain::WabaId,
    store::Place,
    text,
    tui::{command::CommandId, model::composer::Tab, screen::account::page::Section},
};

/// What a place on the screen stands for when it is clicked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// Runs a command.
    Command(CommandId),
    /// Selects an account; opens it when it is selected already.
    Account(WabaId),
    /// Selects an event; opens its account when it is selected already.
    Event(Place),
    /// Goes to a tab of the composer.
    Tab(Tab),
    /// Puts the focus on a field of the composer.
    Field(usize),
    /// Chooses an entry of the account's page, by its place.
    Entry(usize),
    /// Goes to a section of the account's page.
    Section(Section),
    /// Chooses a line of what is on top.
    OverlayLine(usize),
    /// Takes the click, so that what lies below does not.
    Nothing,
}

/// The frame that is being drawn.
#[derive(Debug)]
pub struct Canvas<'a> {
    /// The cells.
    pub buffer: &'a mut Buffer,
    targets: &'a mut Vec<(Rect, Target)>,
}

impl<'a> Canvas<'a> {
    /// A canvas over cells, which notes places that can be clicked.
    pub fn new(buffer: &'a mut Buffer, targets: &'a mut Vec<(Rect, Target)>) -> Self {
        targets.clear();
        Self { buffer, targets }
    }

    /// Draws a widget.
    pub fn widget(&mut self, widget: impl Widget, area: Rect) {
        let area = area.intersection(self.buffer.area);
        if !area.is_empty() {
            widget.render(area, self.buffer);
        }
    }

    /// Draws one line. Where the area's width cuts it, its last cell says so.
    pub fn line<'l>(&mut self, line: impl Into<Line<'l>>, area: Rect) {
        let line = line.into();
        let area = Rect { height: area.height.min(1), ..area }.intersection(self.buffer.area);
        let cut = line.width() > usize::from(area.width) && text::width(line.to_string().trim_end()) > usize::from(area.width);
        self.widget(line, area);
        if let Some(last) = area.right().checked_sub(1).filter(|_| cut && !area.is_empty()) {
            self.mark_cut(Position { x: last, y: area.y }, area.x);
        }
    }

    /// Puts the mark of a cut into a cell; the wide character that reaches into it goes whole.
    fn mark_cut(&mut self, at: Position, first: u16) {
        if let Some(before) = at.x.checked_sub(1).filter(|x| *x >= first)
            && let Some(cell) = self.buffer.cell_mut((before, at.y))
            && text::width(cell.symbol()) > 1
        {
            cell.set_symbol(" ");
        }
        if let Some(cell) = self.buffer.cell_mut(at) {
            cell.set_symbol("…");
        }
    }

    /// Draws text over as many rows as it needs and the area has; says how many rows it took.
    pub fn wrapped(&mut self, content: &str, style: Style, area: Rect) -> u16 {
        let mut rows = 0;
        let lines = text::wrap(content, area.width as usize);
        let last_row = usize::from(area.height.saturating_sub(1));
        let count = lines.len();
        for (index, line) in lines.into_iter().enumerate().take(area.height as usize) {
            // What does not fit is marked, never cut in silence.
            let cut = index == last_row && count > index + 1;
            let shown =
                if cut { text::truncate(&format!("{line} …"), area.width as usize).into_owned() } else { line.to_string() };
            self.line(Span::styled(shown, style), row(area, rows));
            rows += 1;
        }
        rows
    }

    /// Empties an area. A wide character that reaches into it from the left goes whole: no terminal can show its half, and
    /// what is drawn over that half would not be shown either.
    pub fn clear(&mut self, area: Rect) {
        let area = area.intersection(self.buffer.area);
        if area.is_empty() {
            return;
        }
        if area.x > self.buffer.area.x {
            for y in area.top()..area.bottom() {
                if let Some(cell) = self.buffer.cell_mut((area.x - 1, y))
                    && text::width(cell.symbol()) > 1
                {
                    cell.set_symbol(" ");
                }
            }
        }
        self.widget(Clear, area);
    }

    /// Fills an area with a style.
    pub fn fill(&mut self, area: Rect, style: Style) {
        self.buffer.set_style(area.intersection(self.buffer.area), style);
    }

    /// Gives a ground and a colour to every cell that has none of its own.
    pub fn ground(&mut self, style: Style) {
        let unset = |color: Option<Color>| color.unwrap_or(Color::Reset) == Color::Reset;
        for cell in &mut self.buffer.content {
            let own = cell.style();
            let mut missing = Style::new();
            missing.fg = style.fg.filter(|_| unset(own.fg));
            missing.bg = style.bg.filter(|_| unset(own.bg));
            cell.set_style(missing);
        }
    }

    /// Empties an area and draws a titled box around it; returns its inside.
    pub fn boxed(&mut self, title: &str, border: Style, title_style: Style, area: Rect) -> Rect {
        let area = area.intersection(self.buffer.area);
        self.clear(area);
        let title = text::truncate(title, usize::from(area.width.saturating_sub(4)));
        let title = Line::from(Span::styled(format!(" {title} "), title_style));
        let block = Block::bordered().border_type(BorderType::Rounded).border_style(border);
        let block = if title.width() > 2 { block.title(title) } else { block };
        let inside = block.inner(area);
        self.widget(block, area);
        inside
    }

    /// Notes that an area can be clicked. What is noted later lies on top.
    pub fn target(&mut self, area: Rect, target: Target) {
        self.targets.push((area, target));
    }
}

/// The topmost target at a position.
pub fn target_at(targets: &[(Rect, Target)], position: Position) -> Option<&Target> {
    targets.iter().rev().find(|(area, _)| area.contains(position)).map(|(_, target)| target)
}

/// One row of an area, empty when the area does not have it.
pub fn row(area: Rect, index: u16) -> Rect {
    let height = u16::from(index < area.height);
    Rect { y: area.y.saturating_add(index), height, ..area }
}

/// What is left of an area below its first rows.
pub fn below(area: Rect, rows: u16) -> Rect {
    let rows = rows.min(area.height);
    Rect { y: area.y + rows, height: area.height - rows, ..area }
}

/// An area of this size in the middle of another, no larger than it.
pub fn centered(area: Rect, width: u16, height: u16) -> Rect {
    let (width, height) = (width.min(area.width), height.min(area.height));
    Rect { x: area.x + (area.width - width) / 2, y: area.y + (area.height - height) / 2, width, height }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(line: &str, width: u16) -> String {
        let mut buffer = Buffer::empty(Rect::new(0, 0, width, 1));
        Canvas::new(&mut buffer, &mut Vec::new()).line(line, Rect::new(0, 0, width, 1));
        buffer.content.iter().map(|cell| cell.symbol()).collect()
    }

    #[test]
    fn a_line_that_is_cut_says_so() {
        assert_eq!(drawn("whole", 5), "whole");
        assert_eq!(drawn("cut here", 5), "cut …");
        assert_eq!(drawn("padded    ", 7), "padded ");
        // A wide character fills its second cell with a space.
        assert_eq!(drawn("日本", 3), "日 …");
        assert_eq!(drawn("日本語", 4), "日  …");
        assert_eq!(drawn("x", 0), "");
    }

    #[test]
    fn the_ground_leaves_what_has_a_colour_of_its_own() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 2, 1));
        let mut targets = Vec::new();
        let mut canvas = Canvas::new(&mut buffer, &mut targets);
        canvas.fill(Rect::new(0, 0, 1, 1), Style::new().fg(Color::Red).bg(Color::Blue));
        canvas.ground(Style::new().fg(Color::Black).bg(Color::White));
        let colours = |x: u16| buffer.cell((x, 0)).map(|cell| (cell.fg, cell.bg));
        assert_eq!((colours(0), colours(1)), (Some((Color::Red, Color::Blue)), Some((Color::Black, Color::White))));
    }

    #[test]
    fn the_topmost_target_takes_the_click() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 10, 5));
        let mut targets = Vec::new();
        let mut canvas = Canvas::new(&mut buffer, &mut targets);
        canvas.target(Rect::new(0, 0, 10, 5), Target::Command(CommandId::Quit));
        canvas.target(Rect::new(2, 2, 2, 2), Target::Nothing);
        assert_eq!(target_at(&targets, Position::new(3, 3)), Some(&Target::Nothing));
        assert_eq!(target_at(&targets, Position::new(0, 0)), Some(&Target::Command(CommandId::Quit)));
        assert_eq!(target_at(&targets, Position::new(9, 9)), None);
    }

    #[test]
    fn no_half_of_a_wide_character_is_left_beside_what_is_emptied() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 12, 3));
        let mut targets = Vec::new();
        let mut canvas = Canvas::new(&mut buffer, &mut targets);
        for y in 0..3 {
            canvas.line("日本語日本語", Rect::new(0, y, 12, 1));
        }
        canvas.boxed("", Style::new(), Style::new(), Rect::new(3, 0, 6, 3));
        let row: String = (0..12).map(|x| buffer[(x, 1)].symbol().to_owned()).collect();
        assert!(row.starts_with("日 ") && !row.contains('本'), "{row:?}");
        assert_eq!(buffer[(2, 1)].symbol(), " ");
        assert_eq!(buffer[(3, 1)].symbol(), "│");
    }

    #[test]
    fn text_that_does_not_fit_is_marked() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 10, 2));
        let mut targets = Vec::new();
        let rows =
            Canvas::new(&mut buffer, &mut targets).wrapped("one two three four five six", Style::new(), Rect::new(0, 0, 10, 2));
        assert_eq!(rows, 2);
        let second: String = (0..10).map(|x| buffer[(x, 1)].symbol().to_owned()).collect();
        assert!(second.contains('…'), "{second:?}");
    }
}
