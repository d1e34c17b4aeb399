//! Everything that changed, the newest first and grouped by day, with the chosen event in full below.

use ratatui::{
    layout::Rect,
    style::Style,
    text::{Line, Span},
};

use crate::{
    domain::event::Tone,
    store::KeptEvent,
    text,
    tui::{
        command::CommandId,
        model::{Model, activity::ActivityState},
        update::activity::{account_name, day_of},
        view::{
            Canvas, Target,
            canvas::{below, row},
        },
    },
    wording,
};

/// From this height on the chosen event stands in full below the list.
const ROOM_FOR_DETAILS: u16 = 11;

/// From this width on each event says how long ago it was.
const ROOM_FOR_AGE: u16 = 76;

/// Draws the screen.
pub fn draw(model: &Model, area: Rect, canvas: &mut Canvas<'_>) {
    draw_title(model, row(area, 0), canvas);
    draw_filters(model, row(area, 1), canvas);
    let mut list = below(area, 2);
    if let Some(problem) = &model.activity.failure {
        let words = problem.to_text(model.texts.language());
        let inside = Rect { x: list.x + 1, width: list.width.saturating_sub(2), height: list.height.min(4), ..list };
        let height = canvas.wrapped(&words, model.theme.bad, inside);
        list = below(list, height);
    }
    if model.activity.events.is_empty() {
        draw_empty(model, below(list, 1), canvas);
        return;
    }
    if area.height >= ROOM_FOR_DETAILS {
        let details = Rect { y: list.bottom() - 4, height: 4, ..list };
        list.height -= 4;
        draw_details(model, details, canvas);
    }
    draw_list(model, list, canvas);
}

fn draw_title(model: &Model, area: Rect, canvas: &mut Canvas<'_>) {
    let (theme, activity) = (&model.theme, &model.activity);
    if activity.filtering || !activity.filter.is_empty() {
        let prompt = format!(" {} ", model.text("accounts-filter-prompt"));
        let width = u16::try_from(text::width(&prompt)).unwrap_or(0);
        canvas.line(Span::styled(prompt, theme.accent), area);
        let field = Rect { x: area.x + width, width: area.width.saturating_sub(width + 1).min(60), ..area };
        let hint = model.text("activity-filter-hint");
        activity.filter.draw(field, canvas.buffer, theme.field, theme.dim, &hint, activity.filtering);
        canvas.target(field, Target::Command(CommandId::FilterActivity));
        return;
    }
    canvas.line(Span::styled(format!(" {}", model.text("activity-title")), theme.title), area);
}

/// What the list is narrowed to; each part can be clicked.
fn draw_filters(model: &Model, area: Rect, canvas: &mut Canvas<'_>) {
    let (theme, activity) = (&model.theme, &model.activity);
    let room = usize::from(area.width / 3);
    let account = match &activity.account {
        Some(id) => (text::truncate_middle(&account_name(model, Some(id)), room).into_owned(), theme.accent),
        None => (model.text("activity-all-accounts"), theme.dim),
    };
    let kind = match &activity.kind {
        Some(kind) => (wording::event::kind(&model.texts, kind), theme.accent),
        None => (model.text("activity-all-kinds"), theme.dim),
    };
    let is_long = activity.period == Default::default();
    let period = (model.text(activity.period.text_id()), if is_long { theme.dim } else { theme.accent });
    let parts =
        [(account, CommandId::PickActivityAccount), (kind, CommandId::PickActivityKind), (period, CommandId::PickActivityPeriod)];
    let mut x = area.x + 1;
    for ((words, style), command) in parts {
        let key = model.keymap.hint(command).unwrap_or_default();
        let line = Line::from(vec![Span::styled(key, theme.key), Span::raw(" "), Span::styled(words, style)]);
        let width = u16::try_from(line.width()).unwrap_or(u16::MAX).min(area.right().saturating_sub(x));
        let place = Rect { x, width, ..area };
        canvas.line(line, place);
        canvas.target(place, Target::Command(command));
        x = x.saturating_add(width + 3);
    }
}

fn draw_empty(model: &Model, area: Rect, canvas: &mut Canvas<'_>) {
    let activity = &model.activity;
    let inside = Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..area };
    let (id, style) = match activity {
        ActivityState { failure: Some(_), .. } => return,
        ActivityState { answered: false, .. } => ("activity-loading", model.theme.waiting),
        _ if activity.is_narrowed() => ("activity-none-match", model.theme.dim),
        _ => ("activity-none", model.theme.dim),
    };
    canvas.wrapped(&model.text(id), style, inside);
}

/// Rows that the events from `first` to the one at `last` take, the headings of days among them.
fn rows_between(model: &Model, first: usize, last: usize) -> usize {
    let shown = model.activity.events.iter().skip(first).take((last + 1).saturating_sub(first));
    let mut day = None;
    shown.fold(0, |rows, kept| {
        let of = Some(day_of(model, kept.event.at));
        let heading = usize::from(std::mem::replace(&mut day, of) != of);
        rows + 1 + heading
    })
}

/// The first event to show, so that the chosen one is in sight and as little moves as can be.
pub fn first_row(model: &Model, height: usize) -> usize {
    let selected = model.activity.selected_row();
    let mut first = model.activity.offset.min(selected);
    // Never more rows than fit can stand between them: one look at each is enough.
    first = first.max((selected + 1).saturating_sub(height));
    while first < selected && rows_between(model, first, selected) > height {
        first += 1;
    }
    first
}

fn draw_list(model: &Model, area: Rect, canvas: &mut Canvas<'_>) {
    let first = first_row(model, usize::from(area.height));
    let widths = Widths::of(model, area.width);
    let (mut day, mut y) = (None, 0);
    for kept in model.activity.events.iter().skip(first) {
        let of = Some(day_of(model, kept.event.at));
        if day != of {
            day = of;
            let place = row(area, y);
            canvas.line(Span::styled(format!(" {}", day_words(model, kept)), model.theme.accent), place);
            y += 1;
        }
        if y >= area.height {
            break;
        }
        draw_event(model, kept, &widths, row(area, y), canvas);
        y += 1;
    }
    let edge = Rect { x: area.right().saturating_sub(1), width: 1, ..area };
    if first > 0 || model.activity.has_newer {
        canvas.line(Span::styled("↑", model.theme.accent), row(edge, 0));
    }
    if y >= area.height || model.activity.has_older {
        let shown = canvas_rows(model, first, area.height);
        if first + shown < model.activity.events.len() || model.activity.has_older {
            canvas.line(Span::styled("↓", model.theme.accent), row(edge, area.height.saturating_sub(1)));
        }
    }
}

/// How many events fit from `first` on.
fn canvas_rows(model: &Model, first: usize, height: u16) -> usize {
    let most = model.activity.events.len().saturating_sub(first).min(usize::from(height));
    (1..=most).take_while(|count| rows_between(model, first, first + count - 1) <= usize::from(height)).last().unwrap_or(0)
}

/// “Today · 2026-11-25”.
fn day_words(model: &Model, kept: &KeptEvent) -> String {
    let day = day_of(model, kept.event.at);
    let ago = (day_of(model, model.now) - day).get_days();
    let name = match ago {
        0 => model.text("activity-today"),
        1 => model.text("activity-yesterday"),
        _ if ago > 1 => model.texts.with("activity-days-ago", &[("count", ago.into())]),
        _ => return day.to_string(),
    };
    format!("{name} · {day}")
}

/// The widths of the columns.
struct Widths {
    headline: usize,
    account: usize,
    change: usize,
    age: usize,
}

impl Widths {
    fn of(model: &Model, width: u16) -> Self {
        let age = if width >= ROOM_FOR_AGE { 8 } else { 0 };
        // A clock, a glyph, and blanks between.
        let room = usize::from(width).saturating_sub(5 + 2 + 6 + age);
        let held: std::collections::BTreeSet<_> = model.activity.events.iter().map(|kept| kept.event.headline()).collect();
        let widest = held.iter().map(|held| text::width(&wording::event::headline(&model.texts, *held))).max().unwrap_or(0);
        let headline = widest.min(room * 2 / 5);
        let account = if model.activity.account.is_some() { 0 } else { ((room - headline) * 2 / 5).min(34) };
        Self { headline, account, change: room.saturating_sub(headline + account), age }
    }
}

fn tone_style(model: &Model, tone: Tone) -> Style {
    match tone {
        Tone::Bad => model.theme.bad,
        Tone::Good => model.theme.good,
        Tone::Neutral => model.theme.dim,
    }
}

fn draw_event(model: &Model, kept: &KeptEvent, widths: &Widths, area: Rect, canvas: &mut Canvas<'_>) {
    let (theme, texts, event) = (&model.theme, &model.texts, &kept.event);
    let selected = model.activity.selected_event().is_some_and(|chosen| chosen.place == kept.place);
    let on = |style: Style| {
        if selected { Style { bg: theme.selection.bg, ..style }.add_modifier(theme.selection.add_modifier) } else { style }
    };
    if selected {
        canvas.fill(area, theme.selection);
        canvas.line(Span::styled("▌", theme.selection.patch(Style { bg: None, ..theme.accent })), Rect { width: 1, ..area });
    }
    let headline = event.headline();
    let style = on(tone_style(model, headline.tone()));
    let fill = |words: &str, width: usize| {
        let shown = text::truncate(words, width);
        format!("{shown}{}", " ".repeat(width.saturating_sub(text::width(&shown))))
    };
    let mut spans = vec![
        Span::styled(format!("{} ", wording::clock(event.at, &model.zone)), on(theme.dim)),
        Span::styled(format!("{} ", wording::event::tone_glyph(headline.tone())), style),
        Span::styled(fill(&wording::event::headline(texts, headline), widths.headline), style),
        Span::styled(" ", on(theme.text)),
    ];
    if widths.account > 0 {
        let name = account_name(model, event.account.as_ref());
        let name = text::truncate_middle(&name, widths.account).into_owned();
        spans.push(Span::styled(fill(&name, widths.account), on(theme.text)));
        spans.push(Span::styled(" ", on(theme.text)));
    }
    // Where room is short, what it is about comes after what it became; the details below have both.
    let what = [wording::event::change(texts, event, &model.zone), wording::event::subject(texts, event)];
    let what = what.into_iter().filter(|words| !words.is_empty()).collect::<Vec<_>>().join("  ");
    spans.push(Span::styled(fill(&what, widths.change), on(theme.dim)));
    if widths.age > 0 {
        let age = wording::event::ago(texts, model.now, event.at);
        let age = text::truncate(&age, widths.age).into_owned();
        let padding = " ".repeat(widths.age.saturating_sub(text::width(&age)));
        spans.push(Span::styled(format!(" {padding}{age}"), on(theme.dim)));
    }
    canvas.line(Line::from(spans), Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..area });
    canvas.target(area, Target::Event(kept.place));
}

/// The chosen event in full: where the list has to cut, this has the rest.
fn draw_details(model: &Model, area: Rect, canvas: &mut Canvas<'_>) {
    let (theme, texts) = (&model.theme, &model.texts);
    canvas.line(Span::styled("─".repeat(area.width as usize), theme.border), row(area, 0));
    let Some(KeptEvent { event, .. }) = model.activity.selected_event() else { return };
    let inside = Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..below(area, 1) };
    let at = event.at.to_zoned(model.zone.clone()).strftime("%Y-%m-%d %H:%M:%S").to_string();
    let headline = event.headline();
    let sources: Vec<String> =
        event.sources.iter().map(|source| model.text(&format!("event-source-{}", source.name()))).collect();
    let first = Line::from(vec![
        Span::styled(format!("{at} · {}  ", wording::event::ago(texts, model.now, event.at)), theme.dim),
        Span::styled(wording::event::headline(texts, headline), tone_style(model, headline.tone())),
    ]);
    canvas.line(first, row(inside, 0));
    let id = event.account.as_ref().map_or_else(String::new, |id| text::clean(id.as_str()).into_owned());
    let name = account_name(model, event.account.as_ref());
    let who = if name == id { id } else { format!("{name} ({id})") };
    let what = [
        who,
        wording::event::kind(texts, &event.kind),
        wording::event::subject(texts, event),
        wording::event::change(texts, event, &model.zone),
        event.note.as_deref().map_or_else(String::new, |note| text::clean(note).into_owned()),
        sources.join(", "),
    ];
    let what = what.into_iter().filter(|words| !words.is_empty()).collect::<Vec<_>>().join(" · ");
    canvas.wrapped(&what, theme.text, below(inside, 1));
}

/// One line on the accounts screen: what happened since the dashboard was last looked at. Gives the rows that it took.
pub fn draw_news(model: &Model, area: Rect, canvas: &mut Canvas<'_>) -> u16 {
    let Some(news) = &model.activity.news else { return 0 };
    if area.height < 6 {
        return 0;
    }
    let theme = &model.theme;
    let key = model.keymap.hint(CommandId::ShowActivity).unwrap_or_default();
    let button = format!("{key} {}", model.text("news-open"));
    let button_width = u16::try_from(text::width(&button)).unwrap_or(0);
    let when = wording::event::ago(&model.texts, model.now, news.since);
    let since = if area.width >= ROOM_FOR_AGE { "news-since" } else { "news-since-short" };
    let since = format!(" {} ", model.texts.with(since, &[("when", when.into())]));
    let mut room = usize::from(area.width.saturating_sub(button_width + 2)).saturating_sub(text::width(&since));
    let mut spans = vec![Span::styled(since, theme.title)];
    for (index, (headline, count)) in news.counts.iter().enumerate() {
        let tone = headline.tone();
        let words = format!("{} {count} {}", wording::event::tone_glyph(tone), wording::event::headline(&model.texts, *headline));
        let separator = if index == 0 { "" } else { "  " };
        let needed = text::width(&words) + separator.len();
        // What does not fit is counted, never left out in silence.
        let left = news.counts.len() - index;
        let reserve = if left > 1 { 6 } else { 0 };
        if needed + reserve > room {
            spans.push(Span::styled(format!("{separator}+{left}"), theme.dim));
            break;
        }
        room -= needed;
        spans.push(Span::styled(format!("{separator}{words}"), tone_style(model, tone)));
    }
    let line = row(area, 0);
    canvas.line(Line::from(spans), Rect { width: area.width.saturating_sub(button_width + 2), ..line });
    let place = Rect { x: area.right().saturating_sub(button_width + 1), width: button_width, ..line };
    canvas.line(
        Line::from(vec![Span::styled(key, theme.key), Span::styled(format!(" {}", model.text("news-open")), theme.dim)]),
        place,
    );
    canvas.target(line, Target::Command(CommandId::ShowActivity));
    1
}

#[cfg(test)]
mod tests;
