//! Everything known about one account: beside the table where there is room, on its own where there is not. What stands in
//! the way comes first: why it cannot send and what to do is read without a key being pressed.

mod about;
mod findings;
mod glance;
mod numbers;
pub mod page;
mod past;
mod templates;
#[cfg(test)]
mod tests;

use ratatui::{
    layout::Rect,
    style::{Modifier, Style},
    text::{Line, Span},
    widgets::Widget,
};

use self::page::{Entry, Page, Section};
use crate::{
    domain::{Account, WabaId, health::CanSend, number::Quality},
    text,
    tui::{
        model::{Model, Screen},
        view::{
            Canvas, Target,
            canvas::{below, row},
        },
    },
    wording,
};

pub use about::region_text;

/// Lines longer than this are hard to read.
const WIDEST: u16 = 120;

/// Draws the screen of one account.
pub fn draw(model: &Model, id: &WabaId, area: Rect, canvas: &mut Canvas<'_>) {
    let whole = area;
    let area = Rect { width: area.width.min(WIDEST), ..area };
    let inside = Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..area };
    let Some(account) = model.fleet.get(id) else {
        canvas.wrapped(&model.text("account-not-known"), model.theme.action, inside);
        return;
    };
    let name = wording::account_name(account);
    let place = place_words(account);
    let room = usize::from(inside.width).saturating_sub(text::width(&name) + 2);
    canvas.line(
        Line::from(vec![
            Span::styled(format!("{name}  "), model.theme.title),
            Span::styled(text::truncate(&place, room).into_owned(), model.theme.dim),
        ]),
        row(inside, 0),
    );
    let entries = entries(model, account, width_of(area.width), false);
    let chosen = chosen_place(model, &entries);
    draw_sections(model, &entries, chosen, row(inside, 1), canvas);
    let body = below(inside, HEAD);
    draw_entries(model, &entries, chosen, body, canvas);
    glance::draw(model, account, whole, canvas);
}

/// Rows above the page: the name and the sections.
pub const HEAD: u16 = 2;

/// The width of the page in an area this wide: the mark of what is chosen stands before it.
pub fn width_of(area: u16) -> usize {
    usize::from(area.min(WIDEST).saturating_sub(4)).max(1)
}

fn place_words(account: &Account) -> String {
    let country = account.country.as_deref().map_or_else(String::new, |country| text::clean(country).into_owned());
    let portfolio = account.portfolio.as_ref().map_or_else(String::new, |portfolio| text::clean(&portfolio.name).into_owned());
    let place = [account.id.to_string(), country, portfolio];
    place.iter().filter(|part| !part.is_empty()).map(String::as_str).collect::<Vec<_>>().join(" · ")
}

/// The names of the sections, the one of the chosen entry marked, as many as fit.
fn draw_sections(model: &Model, entries: &[Entry], chosen: usize, area: Rect, canvas: &mut Canvas<'_>) {
    let current = entries.get(chosen).map(|entry| entry.section);
    let sections = sections(entries);
    let names: Vec<String> = sections.iter().map(|section| model.text(section.name_id())).collect();
    let at = sections.iter().position(|section| Some(*section) == current).unwrap_or(0);
    let room = usize::from(area.width).saturating_sub(4);
    // The first name that is shown is as far left as lets the current one be seen.
    let mut first = at;
    let width = |from: usize| names.iter().take(at + 1).skip(from).map(|name| text::width(name) + 2).sum::<usize>();
    while first > 0 && width(first - 1) <= room {
        first -= 1;
    }
    let mut x = area.x;
    if first > 0 {
        canvas.line(Span::styled("‹ ", model.theme.dim), Rect { x, width: 2_u16.min(area.width), ..area });
        x += 2;
    }
    for (place, name) in names.iter().enumerate().skip(first) {
        let wide = u16::try_from(text::width(name)).unwrap_or(u16::MAX);
        if x.saturating_add(wide) > area.right() {
            canvas.line(Span::styled("›", model.theme.dim), Rect { x: area.right().saturating_sub(1), width: 1, ..area });
            break;
        }
        let style = if place == at { model.theme.accent.add_modifier(Modifier::UNDERLINED) } else { model.theme.dim };
        let spot = Rect { x, width: wide, ..area };
        canvas.line(Span::styled(name.clone(), style), spot);
        if let Some(section) = sections.get(place) {
            canvas.target(spot, Target::Section(*section));
        }
        x = x.saturating_add(wide + 2);
    }
}

/// The sections that the page has, in order.
pub fn sections(entries: &[Entry]) -> Vec<Section> {
    let mut sections: Vec<Section> = entries.iter().map(|entry| entry.section).collect();
    sections.dedup();
    sections
}

fn draw_entries(model: &Model, entries: &[Entry], chosen: usize, area: Rect, canvas: &mut Canvas<'_>) {
    let height = usize::from(area.height);
    let total: usize = entries.iter().map(|entry| entry.lines.len()).sum();
    let offset = kept_in_sight(entries, chosen, model.account.offset, height);
    let mark = model.theme.accent;
    let lines = entries.iter().enumerate().flat_map(|(place, entry)| entry.lines.iter().map(move |line| (place, line)));
    for (index, (place, line)) in (0_u16..).zip(lines.skip(offset).take(height)) {
        let spot = row(area, index);
        if place == chosen {
            canvas.line(Span::styled("▌", mark), Rect { width: 1, ..spot });
        }
        let rest = Rect { x: spot.x + 2, width: spot.width.saturating_sub(2), ..spot };
        line.render(rest.intersection(canvas.buffer.area), canvas.buffer);
        canvas.target(spot, Target::Entry(place));
    }
    let edge = Rect { x: area.right(), width: 1, ..area };
    if offset > 0 {
        canvas.line(Span::styled("↑", model.theme.accent), row(edge, 0));
    }
    if total > offset + height {
        canvas.line(Span::styled("↓", model.theme.accent), row(edge, edge.height.saturating_sub(1)));
    }
}

/// Everything on the page. Beside the table the most important comes in fewer lines.
pub fn entries(model: &Model, account: &Account, width: usize, beside: bool) -> Vec<Entry> {
    let mut page = Page::new(model, width, beside);
    let found = model.findings_of(account);
    if beside {
        page.begin("name");
        page.wrapped(0, &wording::account_name(account), model.theme.title);
        page.wrapped(0, &place_words(account), model.theme.dim);
    }
    findings::draw(&mut page, account, &found);
    if !beside {
        findings::draw_restrictions(&mut page, account, &found);
    }
    about::delivery(&mut page, account);
    numbers::health(&mut page, account);
    numbers::draw(&mut page, account);
    if !beside {
        templates::draw(&mut page, account);
        past::draw(&mut page, account);
    }
    about::region(&mut page, account);
    about::draw(&mut page, account);
    page.entries
}

/// The page beside the table, line by line.
pub fn lines(model: &Model, account: &Account, width: usize) -> Vec<Line<'static>> {
    entries(model, account, width, true).into_iter().flat_map(|entry| entry.lines).collect()
}

/// The place of the chosen entry: by its name, else the first that can be chosen.
pub fn chosen_place(model: &Model, entries: &[Entry]) -> usize {
    let named = model.account.chosen.as_ref().and_then(|key| entries.iter().position(|entry| entry.key == *key));
    named.or_else(|| entries.iter().position(Entry::is_choosable)).unwrap_or(0)
}

/// The chosen entry of the screen that is shown.
pub fn chosen(model: &Model) -> Option<Entry> {
    let Screen::Account(id) = &model.screen else { return None };
    let account = model.fleet.get(id)?;
    let mut entries = entries(model, account, width_of(model.size.width), false);
    let place = chosen_place(model, &entries);
    (place < entries.len()).then(|| entries.swap_remove(place))
}

/// The first line to show so that the chosen entry is in sight, its beginning before its end, and as little moves as can be.
pub fn kept_in_sight(entries: &[Entry], chosen: usize, offset: usize, height: usize) -> usize {
    let before: usize = entries.iter().take(chosen).map(|entry| entry.lines.len()).sum();
    let own = entries.get(chosen).map_or(0, |entry| entry.lines.len());
    let total: usize = entries.iter().map(|entry| entry.lines.len()).sum();
    // The heading above the first entry of a section is seen with it.
    let heading = chosen.checked_sub(1).and_then(|place| entries.get(place)).filter(|entry| !entry.is_choosable());
    let top = before.saturating_sub(heading.map_or(0, |entry| entry.lines.len()));
    let end = before + own;
    let mut offset = offset;
    if own > height {
        // Longer than the screen: any part of it may be in sight.
        offset = offset.clamp(top, end.saturating_sub(height));
    } else if end > offset + height {
        offset = end.saturating_sub(height);
    }
    if top < offset && own <= height {
        offset = top.max(end.saturating_sub(height));
    }
    offset.min(total.saturating_sub(height.min(total)))
}

/// The style of an entity's readiness.
pub fn can_send_style(model: &Model, value: &CanSend) -> Style {
    match value {
        CanSend::Available => model.theme.good,
        CanSend::Limited => model.theme.action,
        CanSend::Blocked => model.theme.bad,
        CanSend::Unknown(_) => model.theme.dim,
    }
}

/// The style of a quality rating.
pub fn quality_style(model: &Model, value: &Quality) -> Style {
    match value {
        Quality::Green => model.theme.good,
        Quality::Yellow => model.theme.action,
        Quality::Red => model.theme.bad,
        Quality::NotRated | Quality::Unknown(_) => model.theme.dim,
    }
}
