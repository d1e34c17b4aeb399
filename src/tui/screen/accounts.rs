//! Every account the token sees, worst first, with the banners and the upgrade section above them.

#[cfg(test)]
mod tests;

use std::sync::Arc;

use ratatui::{layout::Rect, style::Style, text::Span, widgets::Widget};

use super::{account, activity};
use crate::{
    domain::{Account, account::OnboardingStatus, number::Quality, upgrade::UpgradePlan},
    listing::{Column, columns_that_fit},
    text,
    tui::{
        command::CommandId,
        model::{Model, Session},
        view::{
            Canvas, Target,
            canvas::{below, row},
        },
        widget::banner,
    },
    wording,
};

/// From this width on the details stand beside the table.
const BESIDE: u16 = 120;

/// Whether the selected account's details stand beside the table.
pub fn shows_details(width: u16) -> bool {
    width >= BESIDE
}

/// Draws the screen.
pub fn draw(model: &Model, area: Rect, canvas: &mut Canvas<'_>) {
    let mut area = below(area, banner::draw_all(model, area, canvas));
    area = below(area, activity::draw_news(model, area, canvas));
    area = below(area, draw_upgrade_section(model, area, canvas));
    if shows_details(area.width) {
        let table_width = (area.width * 3 / 5).max(78);
        let table = Rect { width: table_width, ..area };
        let details = Rect { x: area.x + table_width, width: area.width - table_width, ..area };
        draw_list(model, table, canvas);
        draw_details(model, details, canvas);
    } else {
        draw_list(model, area, canvas);
    }
}

/// The upgrade section (R10), while any account can be upgraded. Returns how many rows it took.
fn draw_upgrade_section(model: &Model, area: Rect, canvas: &mut Canvas<'_>) -> u16 {
    let theme = &model.theme;
    let offered = model.plans.iter().any(UpgradePlan::is_offered);
    if (!offered && model.upgrades_under_way() == 0) || area.height < 5 {
        return 0;
    }
    let key = model.keymap.hint(CommandId::OpenUpgrade).unwrap_or_default();
    let button = format!(" {key}  {} ", model.text("label-upgrade-action"));
    let button_width = u16::try_from(text::width(&button)).unwrap_or(area.width);
    let title = format!(" ▲ {}", model.text("label-upgrade-section"));
    let beside = text::width(&title) + usize::from(button_width) + 2 <= usize::from(area.width);
    let (title_row, button_row) = (row(area, 0), row(area, u16::from(!beside)));
    let title = text::truncate(&title, usize::from(area.width)).into_owned();
    canvas.line(Span::styled(title, theme.action.add_modifier(theme.title.add_modifier)), title_row);
    let place = Rect { x: area.right().saturating_sub(button_width + 1), width: button_width, ..button_row };
    let words = upgrade_words(model);
    let room = usize::from(area.width).saturating_sub(if beside { 4 } else { usize::from(button_width) + 5 });
    canvas.line(Span::styled(format!("   {}", text::truncate(&words, room)), theme.dim), row(area, 1));
    canvas.line(Span::styled(button, theme.button), place);
    canvas.target(place, Target::Command(CommandId::OpenUpgrade));
    if area.height < 14 {
        return 2;
    }
    canvas.line(Span::styled("─".repeat(area.width as usize), theme.border), row(area, 2));
    3
}

/// How the upgrades stand, by the same counts as the list behind the key: each account is counted once.
fn upgrade_words(model: &Model) -> String {
    let tally = model.tally();
    let ready = [("accounts", tally.accounts.into()), ("portfolios", tally.ready.into())];
    let waiting = (tally.waiting > 0).then(|| model.texts.with("upgrade-waiting-count", &[("count", tally.waiting.into())]));
    let ready = (tally.accounts > 0).then(|| model.texts.with("upgrade-can", &ready));
    let held = (tally.held > 0).then(|| model.texts.with("upgrade-held", &[("count", tally.held.into())]));
    [waiting, ready, held].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

fn draw_list(model: &Model, area: Rect, canvas: &mut Canvas<'_>) {
    draw_title(model, row(area, 0), canvas);
    let mut area = below(area, 1);
    if let Some(note) = note(model) {
        let inside = Rect { x: area.x + 1, width: area.width.saturating_sub(2), height: area.height.min(3), ..area };
        let height = canvas.wrapped(&note.0, note.1, inside);
        area = below(area, height);
    }
    if model.accounts.order.is_empty() {
        draw_empty(model, below(area, 1), canvas);
    } else {
        draw_table(model, area, canvas);
    }
}

fn draw_title(model: &Model, area: Rect, canvas: &mut Canvas<'_>) {
    let theme = &model.theme;
    let accounts = &model.accounts;
    if accounts.filtering || !accounts.filter.is_empty() {
        let prompt = format!(" {} ", model.text("accounts-filter-prompt"));
        let width = u16::try_from(text::width(&prompt)).unwrap_or(0);
        canvas.line(Span::styled(prompt, theme.accent), area);
        let field = Rect { x: area.x + width, width: area.width.saturating_sub(width + 12).min(48), ..area };
        accounts.filter.draw(
            field,
            canvas.buffer,
            theme.field,
            theme.dim,
            &model.text("accounts-filter-hint"),
            accounts.filtering,
        );
        canvas.target(field, Target::Command(CommandId::Filter));
        let tally = format!("{}/{}", accounts.order.len(), model.fleet.all().len());
        let place = Rect { x: field.right() + 1, width: area.right().saturating_sub(field.right() + 1), ..area };
        canvas.line(Span::styled(tally, theme.dim), place);
        return;
    }
    let title = model.text("label-accounts-section");
    let sorted = model.text(accounts.sort.text_id()).to_lowercase();
    let arrow = if accounts.reversed { " ↑" } else { " ↓" };
    let right = format!("{sorted}{arrow} ");
    let right_width = u16::try_from(text::width(&right)).unwrap_or(0);
    canvas
        .line(Span::styled(format!(" {title}"), theme.title), Rect { width: area.width.saturating_sub(right_width + 1), ..area });
    let place = Rect { x: area.right().saturating_sub(right_width), width: right_width, ..area };
    canvas.line(Span::styled(right, theme.dim), place);
    canvas.target(place, Target::Command(CommandId::Sort));
}

/// What has to be said about the list as a whole.
fn note(model: &Model) -> Option<(String, Style)> {
    let theme = &model.theme;
    if let Session::Failed(problem) = &model.session {
        return Some((problem.to_text(model.texts.language()), theme.bad));
    }
    if let Some(problem) = &model.fleet.failure {
        let id = if model.fleet.all().is_empty() { "accounts-failed" } else { "accounts-failed-stale" };
        return Some((model.texts.with(id, &[("reason", problem.to_text(model.texts.language()).into())]), theme.bad));
    }
    let first = model.fleet.blind_spots.first()?;
    // Ways that lie beside each other fail all the time for some tokens; only a list without any account needs it said here.
    (model.fleet.all().is_empty()).then(|| {
        let reason = text::clean(&first.problem.sentence).into_owned();
        let count = model.fleet.blind_spots.len();
        (model.texts.with("accounts-blind-spots", &[("count", count.into()), ("reason", reason.into())]), theme.action)
    })
}

fn draw_empty(model: &Model, area: Rect, canvas: &mut Canvas<'_>) {
    let theme = &model.theme;
    let inside = Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..area };
    let filter = model.accounts.filter.text();
    if !model.fleet.all().is_empty() {
        canvas.wrapped(&model.texts.with("accounts-none-match", &[("filter", filter.into())]), theme.dim, inside);
    } else if model.fleet.loading_since.is_some() || matches!(model.session, Session::Connecting) {
        canvas.wrapped(&model.text("accounts-loading"), theme.waiting, inside);
    } else if model.fleet.failure.is_none() && model.fleet.refreshed.is_some() {
        let rows = canvas.wrapped(&model.text("accounts-none"), theme.action, inside);
        canvas.wrapped(&model.text("accounts-none-hint"), theme.dim, below(inside, rows));
    }
}

/// Columns of the table, the ones that may be left out last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Cell {
    Status,
    Name,
    Health,
    Quality,
    Portfolio,
    Country,
    Numbers,
    Refreshed,
}

fn columns(model: &Model, width: u16) -> Vec<(Cell, u16)> {
    // The words of another language may be longer, so widths come from the words themselves.
    let widest = |ids: &[&str]| ids.iter().map(|id| text::width(&model.texts.get(id))).max().unwrap_or(0);
    let health = widest(&["accounts-column-health", "health-available", "health-limited", "health-blocked"]);
    let quality = widest(&["accounts-column-quality", "quality-green", "quality-yellow", "quality-red", "quality-na"]);
    let country = widest(&["accounts-column-country-short"]).max(2);
    let numbers = widest(&["accounts-column-numbers-short"]);
    let status = OnboardingStatus::KNOWN
        .iter()
        .map(|status| text::width(&wording::status_short(&model.texts, status)) + 2)
        .max()
        .unwrap_or(0);
    let fixed = |wide: usize| u16::try_from(wide).unwrap_or(u16::MAX);
    columns_that_fit(
        &[
            Column { cell: Cell::Status, least: fixed(status), most: fixed(status), rank: 0 },
            Column { cell: Cell::Name, least: 22, most: 40, rank: 0 },
            Column { cell: Cell::Health, least: fixed(health), most: fixed(health), rank: 1 },
            Column { cell: Cell::Quality, least: fixed(quality), most: fixed(quality), rank: 2 },
            Column { cell: Cell::Portfolio, least: 11, most: 30, rank: 4 },
            Column { cell: Cell::Country, least: fixed(country), most: fixed(country), rank: 3 },
            Column { cell: Cell::Numbers, least: fixed(numbers), most: fixed(numbers), rank: 5 },
            Column { cell: Cell::Refreshed, least: 5, most: 5, rank: 6 },
        ],
        width,
    )
}

fn draw_table(model: &Model, area: Rect, canvas: &mut Canvas<'_>) {
    let theme = &model.theme;
    let inside = Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..area };
    let columns = columns(model, inside.width);
    let mut x = inside.x;
    for (cell, width) in &columns {
        let id = match cell {
            Cell::Status => "accounts-column-status",
            Cell::Name => "accounts-column-name",
            Cell::Health => "accounts-column-health",
            Cell::Quality => "accounts-column-quality",
            Cell::Portfolio => "accounts-column-portfolio",
            Cell::Country => "accounts-column-country-short",
            Cell::Numbers => "accounts-column-numbers-short",
            Cell::Refreshed => "accounts-column-refreshed",
        };
        let place = Rect { x, width: *width, ..row(area, 0) };
        canvas.line(Span::styled(text::truncate(&model.texts.get(id), *width as usize).into_owned(), theme.dim), place);
        x += width + 1;
    }
    let rows = below(area, 1);
    let first = first_row(model, rows.height as usize);
    let visible = model.accounts.order.iter().skip(first).take(rows.height as usize);
    for (index, place) in (0_u16..).zip(visible) {
        if let Some(account) = model.fleet.at(*place) {
            draw_row(model, account, &columns, row(rows, index), canvas);
        }
    }
    draw_scroll_mark(model, rows, first, canvas);
}

/// The first row to show, so that the selected one is in sight and as little moves as can be.
pub fn first_row(model: &Model, height: usize) -> usize {
    let selected = model.accounts.selected.as_ref().and_then(|id| model.accounts.row_of(id, &model.fleet)).unwrap_or(0);
    let last_start = model.accounts.order.len().saturating_sub(height);
    let offset = model.accounts.offset.min(last_start);
    if selected < offset {
        selected
    } else if height > 0 && selected >= offset + height {
        selected + 1 - height
    } else {
        offset
    }
}

fn draw_scroll_mark(model: &Model, rows: Rect, first: usize, canvas: &mut Canvas<'_>) {
    let count = model.accounts.order.len();
    let height = rows.height as usize;
    if count <= height || height == 0 {
        return;
    }
    // Only the very first and the very last row put the mark at an end.
    let last = height - 1;
    let at = match first * last / (count - height).max(1) {
        0 if first > 0 => 1.min(last),
        at if at == last && first < count - height => last.saturating_sub(1),
        at => at,
    };
    let mark = Rect { x: rows.right().saturating_sub(1), width: 1, ..row(rows, u16::try_from(at).unwrap_or(0)) };
    canvas.line(Span::styled("▐", model.theme.accent), mark);
}

/// The style of a status: by class, beside the glyph and the words that tell it too.
pub fn status_style(model: &Model, account: &Account) -> Style {
    use crate::domain::status::StatusClass;
    let theme = &model.theme;
    match account.onboarding.class() {
        StatusClass::On => theme.good,
        StatusClass::Actionable | StatusClass::NeedsPayment => theme.action,
        StatusClass::Waiting => theme.waiting,
        StatusClass::Restricted => theme.bad,
        StatusClass::Blocked => theme.muted,
        StatusClass::Unknown => theme.dim,
    }
}

fn draw_row(model: &Model, account: &Arc<Account>, columns: &[(Cell, u16)], area: Rect, canvas: &mut Canvas<'_>) {
    let theme = &model.theme;
    let selected = model.accounts.selected.as_ref() == Some(&account.id);
    if selected {
        canvas.fill(area, theme.selection);
        canvas.line(Span::styled("▌", theme.selection.patch(Style { bg: None, ..theme.accent })), Rect { width: 1, ..area });
    }
    let mut x = area.x + 1;
    for (cell, width) in columns {
        let (words, style) = cell_words(model, account, *cell);
        let style =
            if selected { Style { bg: theme.selection.bg, ..style }.add_modifier(theme.selection.add_modifier) } else { style };
        let place = Rect { x, width: *width, ..area };
        // Names of a fleet begin alike and end apart, so both ends of them are kept.
        let shown = match cell {
            Cell::Name | Cell::Portfolio => text::truncate_middle(&words, *width as usize),
            _ => text::truncate(&words, *width as usize),
        };
        canvas.line(Span::styled(shown.into_owned(), style), place);
        x += width + 1;
    }
    canvas.target(area, Target::Account(account.id.clone()));
}

fn cell_words(model: &Model, account: &Account, cell: Cell) -> (String, Style) {
    let (texts, theme) = (&model.texts, &model.theme);
    match cell {
        Cell::Status => {
            let words =
                format!("{} {}", wording::status_glyph(&account.onboarding), wording::status_short(texts, &account.onboarding));
            (words, status_style(model, account))
        }
        Cell::Name => (wording::account_name(account), theme.text),
        Cell::Health => {
            let value = account.can_send(model.now);
            (wording::can_send(texts, &value), account::can_send_style(model, &value))
        }
        Cell::Quality => match account.worst_quality() {
            Some(value) => (wording::quality(texts, &value), account::quality_style(model, &value)),
            None => (model.text("health-not-reported"), account::quality_style(model, &Quality::NotRated)),
        },
        Cell::Portfolio => {
            let name = account.portfolio.as_ref().map(|portfolio| text::clean(&portfolio.name).into_owned());
            (name.unwrap_or_else(|| model.text("health-not-reported")), theme.dim)
        }
        Cell::Country => {
            (account.country.as_deref().map_or_else(String::new, |country| text::clean(country).into_owned()), theme.dim)
        }
        Cell::Numbers => {
            let style = if account.numbers.is_empty() { theme.action } else { theme.dim };
            let count =
                if account.numbers_unread { model.text("health-not-reported") } else { account.numbers.len().to_string() };
            (count, style)
        }
        Cell::Refreshed => (account.refreshed.map_or_else(String::new, |at| wording::clock(at, &model.zone)), theme.dim),
    }
}

fn draw_details(model: &Model, area: Rect, canvas: &mut Canvas<'_>) {
    for y in area.y..area.bottom() {
        canvas.line(Span::styled("│", model.theme.border), Rect { y, height: 1, width: 1, ..area });
    }
    let inside = Rect { x: area.x + 2, width: area.width.saturating_sub(3), ..area };
    if let Some(account) = model.selected_account() {
        let lines = account::lines(model, account, inside.width as usize);
        for (index, line) in (0_u16..).zip(lines.into_iter().take(inside.height as usize)) {
            line.render(row(inside, index), canvas.buffer);
        }
    }
}
