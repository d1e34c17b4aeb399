//! What became of an account's messages by the way they took: the account as a whole, then the chosen template.

use ratatui::{
    layout::Rect,
    style::Style,
    text::{Line, Span},
};

use crate::{
    domain::results::{Counts, Method, Split},
    i18n::Texts,
    ops::Problem,
    store::FailureCount,
    text,
    tui::{
        command::CommandId,
        model::{
            Model,
            remote::State,
            results::{OfTemplate, Overview},
        },
        view::{Canvas, canvas::row},
    },
    wording::{self, results as words},
};

/// Failures that are listed.
const MOST_FAILURES: usize = 6;

/// Draws the screen.
pub fn draw(model: &Model, area: Rect, canvas: &mut Canvas<'_>) {
    let inside = Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..area };
    let lines = lines(model, usize::from(inside.width));
    let height = usize::from(inside.height);
    let first = model.results.scroll.min(lines.len().saturating_sub(height));
    let (above, beyond) = (first > 0, lines.len() > first + height);
    for (index, line) in (0_u16..).zip(lines.into_iter().skip(first).take(height)) {
        canvas.line(line, row(inside, index));
    }
    let edge = Rect { x: area.right().saturating_sub(1), width: 1, ..area };
    if above {
        canvas.line(Span::styled("↑", model.theme.accent), row(edge, 0));
    }
    if beyond {
        canvas.line(Span::styled("↓", model.theme.accent), row(edge, edge.height.saturating_sub(1)));
    }
}

/// How many lines it takes at this width of the screen.
pub fn line_count(model: &Model, width: u16) -> usize {
    lines(model, usize::from(width.saturating_sub(2))).len()
}

fn lines(model: &Model, width: usize) -> Vec<Line<'static>> {
    let mut page = Page { model, width, lines: Vec::new() };
    page.head();
    match (&model.results.template, model.results.overview.value()) {
        (Some(template), _) => {
            page.title(&text::clean(&template.name));
            page.state(&model.results.of_template.state);
            if let Some(known) = model.results.of_template.value() {
                page.of_template(known);
            }
            if model.results.insights_are_off() {
                let key = model.keymap.hint(CommandId::EnableInsights).unwrap_or_default();
                page.wrapped(&model.texts.with("results-insights-off", &[("key", key.into())]), model.theme.action);
            }
        }
        (None, known) => {
            page.state(&model.results.overview.state);
            if let Some(known) = known {
                page.overview(known);
            }
        }
    }
    page.lines
}

/// Collects lines.
struct Page<'a> {
    model: &'a Model,
    width: usize,
    lines: Vec<Line<'static>>,
}

impl Page<'_> {
    fn wrapped(&mut self, words: &str, style: Style) {
        for line in text::wrap_hanging(words, self.width.max(1)) {
            self.lines.push(Line::from(Span::styled(line.into_owned(), style)));
        }
    }

    fn title(&mut self, words: &str) {
        let shown = text::truncate(words, self.width).into_owned();
        self.lines.push(Line::from(Span::styled(shown, self.model.theme.title)));
    }

    fn head(&mut self) {
        let (model, results) = (self.model, &self.model.results);
        let name = results.account.as_ref().map_or_else(String::new, |id| {
            model.fleet.get(id).map_or_else(|| id.to_string(), |account| wording::account_name(account))
        });
        let period = model.texts.with("results-period", &[("count", results.days.into())]);
        let title = format!("{} · {period} · ", model.text("results-title"));
        let room = self.width.saturating_sub(text::width(&title));
        self.lines.push(Line::from(vec![
            Span::styled(title, model.theme.dim),
            Span::styled(text::truncate_middle(&name, room).into_owned(), model.theme.title),
        ]));
        self.lines.push(Line::default());
    }

    /// That it is being asked, or why it failed.
    fn state(&mut self, state: &State<Problem>) {
        match state {
            State::Loading(_) => self.wrapped(&self.model.text("results-loading"), self.model.theme.waiting),
            State::Failed(problem, _) => self.wrapped(&problem.to_text(self.model.texts.language()), self.model.theme.bad),
            State::NotAsked | State::Ready => {}
        }
    }

    fn overview(&mut self, known: &Overview) {
        let (model, results) = (self.model, &known.results);
        let (split, days) = (results.split(), results.days());
        match split.share() {
            None => self.wrapped(&model.text("results-no-marketing"), model.theme.dim),
            Some(percent) => {
                let said = model.texts.with("results-share", &[("percent", percent.into())]);
                self.wrapped(&said, if percent > 0 { model.theme.good } else { model.theme.dim });
            }
        }
        for method in Method::ALL {
            let of = |split: Split| if method == Method::Optimized { split.optimized } else { split.cloud_api };
            let daily: Vec<u64> = days.iter().map(|(_, split)| of(*split)).collect();
            self.method(method, of(split), split.total(), &daily);
        }
        if split.total() > 0 {
            let moments: Vec<_> = days.iter().map(|(day, _)| *day).collect();
            let (_, width) = self.widths(split.total());
            self.wrapped(&words::columns(&model.texts, &moments, width), model.theme.dim);
        }
        if !known.templates.is_empty() {
            let key = model.keymap.hint(CommandId::PickResults).unwrap_or_default();
            let said =
                model.texts.with("results-templates-hint", &[("key", key.into()), ("count", known.templates.len().into())]);
            self.lines.push(Line::default());
            self.wrapped(&said, model.theme.dim);
        }
        self.failures(&results.failures);
        self.lines.push(Line::default());
        self.title(&model.text("results-caveats"));
        for caveat in &results.caveats {
            self.wrapped(&format!("· {}", words::caveat(&model.texts, *caveat)), model.theme.dim);
        }
    }

    /// Columns of an overview's bars and of its sparklines.
    fn widths(&self, whole: u64) -> (usize, usize) {
        let texts = &self.model.texts;
        let percent = words::part_of(texts, Some(whole), Some(whole), "results-of-marketing");
        let room = self.width.saturating_sub(label_width(self.model) + 9 + 1 + text::width(&percent) + 3);
        let bar = (room / 2).min(30);
        (bar, room.saturating_sub(bar).min(45))
    }

    /// A bar with its number, its part, and its days.
    fn method(&mut self, method: Method, count: u64, whole: u64, daily: &[u64]) {
        let (texts, theme) = (&self.model.texts, &self.model.theme);
        let name = words::method(texts, method);
        let part = words::part_of(texts, Some(count), Some(whole), "results-of-marketing");
        let widest = text::width(&words::part_of(texts, Some(whole), Some(whole), "results-of-marketing"));
        let number = format!("{:>9} {}", words::number(texts, count), right(&part, widest));
        let (bar, columns) = self.widths(whole);
        let style = if method == Method::Optimized { theme.good } else { theme.waiting };
        self.lines.push(Line::from(vec![
            Span::styled(padded(&name, label_width(self.model)), theme.text),
            Span::styled(format!(" {} ", text::bar(count, whole, bar)), style),
            Span::styled(number, theme.text),
            Span::styled(format!(" {}", text::sparkline(daily, columns)), style),
        ]));
    }

    fn of_template(&mut self, known: &OfTemplate) {
        let (model, texts) = (self.model, &self.model.texts);
        let totals = Method::ALL.map(|method| known.results.total(method));
        let most = totals.iter().filter_map(|total| total.sent).max().unwrap_or(0);
        for (id, value, whole) in ROWS {
            self.lines.push(Line::from(Span::styled(model.text(id), model.theme.accent)));
            for (method, total) in Method::ALL.into_iter().zip(&totals) {
                let label = label_width(model);
                let count = value(total);
                let base = whole.map(|(base, id)| (base(total), id));
                let widest = whole.map_or(0, |(_, id)| text::width(&words::part_of(texts, Some(1), Some(1), id)));
                let part = base.map(|(base, id)| words::part_of(texts, count, base, id)).unwrap_or_default();
                let number = format!("{:>9} {}", words::count(texts, count), right(&part, widest));
                // A bar says the same as the percentage beside it; what was sent is compared by method.
                let filled_by = base.map_or(most, |(base, _)| base.unwrap_or(0));
                let bar = self.width.saturating_sub(label + 9 + 1 + widest_part(texts) + 6).min(40);
                let style = if method == Method::Optimized { model.theme.good } else { model.theme.waiting };
                self.lines.push(Line::from(vec![
                    Span::styled(format!("  {}", padded(&words::method(texts, method), label)), model.theme.text),
                    Span::styled(format!(" {} ", text::bar(count.unwrap_or(0), filled_by, bar)), style),
                    Span::styled(number, model.theme.text),
                ]));
            }
        }
        self.lines.push(Line::from(Span::styled(model.text("results-by-day"), model.theme.accent)));
        let columns = self.width.saturating_sub(label_width(model) + 4);
        for method in Method::ALL {
            let daily: Vec<u64> = known.results.days(method).iter().map(|day| day.counts.sent.unwrap_or(0)).collect();
            let name = padded(&words::method(texts, method), label_width(model));
            let spark = text::sparkline(&daily, columns);
            self.lines.push(Line::from(vec![
                Span::styled(format!("  {name} "), model.theme.text),
                Span::styled(spark, if method == Method::Optimized { model.theme.good } else { model.theme.waiting }),
            ]));
        }
        let longest = Method::ALL.map(|method| known.results.days(method)).into_iter().max_by_key(|days| days.len());
        let days: Vec<_> = longest.into_iter().flatten().map(|day| day.day).collect();
        self.wrapped(&words::columns(texts, &days, columns), model.theme.dim);
        self.failures(&known.failures);
    }

    fn failures(&mut self, failures: &[FailureCount]) {
        if failures.is_empty() {
            return;
        }
        let model = self.model;
        self.lines.push(Line::default());
        self.title(&model.text("results-failures"));
        for failure in failures.iter().take(MOST_FAILURES) {
            let what = words::code(&model.texts, failure.code);
            let method = words::method(&model.texts, failure.method);
            self.wrapped(&format!("{} × {} ({method}) {what}", failure.count, failure.code), model.theme.text);
        }
    }
}

/// A count out of the counts.
type Count = fn(&Counts) -> Option<u64>;

/// A row: its name, its count, and of which whole it is a part, with the whole's name.
type Row = (&'static str, Count, Option<(Count, &'static str)>);

const ROWS: [Row; 4] = [
    ("results-sent", |counts| counts.sent, None),
    ("results-delivered", |counts| counts.delivered, Some((|counts| counts.sent, "results-of-sent"))),
    ("results-read", |counts| counts.read, Some((|counts| counts.delivered, "results-of-delivered"))),
    ("results-clicked", |counts| counts.clicked, Some((|counts| counts.delivered, "results-of-delivered"))),
];

/// Columns of the widest percentage with its base, so that all bars are equally long.
fn widest_part(texts: &Texts) -> usize {
    let named = ["results-of-sent", "results-of-delivered"].map(|id| words::part_of(texts, Some(1), Some(1), id));
    named.iter().map(|part| text::width(part)).max().unwrap_or(0)
}

fn right(words: &str, width: usize) -> String {
    format!("{}{words}", " ".repeat(width.saturating_sub(text::width(words))))
}

fn label_width(model: &Model) -> usize {
    Method::ALL.map(|method| text::width(&words::method(&model.texts, method))).into_iter().max().unwrap_or(0)
}

fn padded(words: &str, width: usize) -> String {
    format!("{words}{}", " ".repeat(width.saturating_sub(text::width(words))))
}

#[cfg(test)]
mod tests;
