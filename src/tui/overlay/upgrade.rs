//! Draws the upgrade: what is left over all portfolios, the page of one of them, and the QR code (R11, R12, R13).

pub mod layout;
#[cfg(test)]
mod tests;

use ratatui::{
    layout::Rect,
    style::{Color, Modifier, Style},
    text::{Line, Span},
    widgets::Clear,
};

use super::frame;
use crate::{
    domain::upgrade::{Standing, UpgradePlan},
    text,
    tui::{
        model::{Model, overlay::UpgradeOverlay},
        update::{chosen_line, listed_plans},
        view::{
            Canvas, Target,
            canvas::{below, row},
        },
    },
};

/// Draws the overlay.
pub fn draw(model: &Model, overlay: &UpgradeOverlay, area: Rect, canvas: &mut Canvas<'_>) {
    let (width, height) = layout::size(area);
    let inside = frame(model, &model.text("label-upgrade-section"), width, height, area, canvas);
    match (&overlay.page, &overlay.qr) {
        (Some(owner), Some(url)) => draw_qr(model, owner, url, inside, area, canvas),
        (Some(_), None) => draw_page(model, overlay, inside, canvas),
        (None, _) => draw_list(model, overlay, inside, canvas),
    }
}

fn draw_page(model: &Model, overlay: &UpgradeOverlay, area: Rect, canvas: &mut Canvas<'_>) {
    let page = layout::page(model, overlay);
    let height = usize::from(area.height);
    let first = overlay.scroll.min(page.lines.len().saturating_sub(height));
    let count = page.lines.len();
    for (index, line) in (0_u16..).zip(page.lines.into_iter().skip(first).take(height)) {
        canvas.line(line, row(area, index));
    }
    for (way, place) in page.way_rows.iter().enumerate() {
        if let Some(index) = place.checked_sub(first).and_then(|index| u16::try_from(index).ok()) {
            canvas.target(row(area, index), Target::OverlayLine(way));
        }
    }
    draw_edges(model, first > 0, count > first + height, area, canvas);
}

/// What does not fit is marked at the edge, never cut in silence.
fn draw_edges(model: &Model, above: bool, below: bool, area: Rect, canvas: &mut Canvas<'_>) {
    let edge = Rect { x: area.right(), width: 1, ..area };
    if above {
        canvas.line(Span::styled("↑", model.theme.accent), row(edge, 0));
    }
    if below {
        canvas.line(Span::styled("↓", model.theme.accent), row(edge, area.height.saturating_sub(1)));
    }
}

fn draw_list(model: &Model, overlay: &UpgradeOverlay, area: Rect, canvas: &mut Canvas<'_>) {
    let plans = listed_plans(model, overlay);
    let head = u16::try_from(layout::list_head(model)).unwrap_or(2);
    draw_head(model, overlay, plans.len(), area, canvas);
    let area = below(area, head);
    if plans.is_empty() {
        canvas.wrapped(&model.text(nothing(model, overlay)), model.theme.dim, area);
        return;
    }
    let chosen = chosen_line(&plans, overlay);
    let height = layout::list_rows(model, plans.len());
    // The chosen line stands in the middle where there is more on both sides.
    let first = chosen.saturating_sub(height / 2).min(plans.len().saturating_sub(height));
    for (index, (place, plan)) in (0_u16..).zip(plans.iter().enumerate().skip(first).take(height)) {
        let line = row(area, index);
        draw_plan(model, plan, place == chosen, line, canvas);
        canvas.target(line, Target::OverlayLine(place));
    }
    let rows = u16::try_from(height).unwrap_or(u16::MAX);
    let list = Rect { height: rows.min(area.height), ..area };
    draw_edges(model, first > 0, plans.len() > first + height, list, canvas);
    if let Some(plan) = plans.get(chosen) {
        let rule = row(area, rows);
        canvas.line(Span::styled("─".repeat(usize::from(rule.width)), model.theme.border), rule);
        draw_summary(model, plan, below(area, rows + 1), canvas);
    }
}

/// The tally of the work, and what the list is narrowed to.
fn draw_head(model: &Model, overlay: &UpgradeOverlay, shown: usize, area: Rect, canvas: &mut Canvas<'_>) {
    let theme = &model.theme;
    canvas.line(tally_line(model, usize::from(area.width)), row(area, 0));
    let line = row(area, 1);
    let which = match overlay.only {
        None => "upgrade-show-left",
        Some(Standing::Ready) => "upgrade-show-ready",
        Some(Standing::Waiting) => "upgrade-show-waiting",
        Some(Standing::Blocked) => "upgrade-show-blocked",
        Some(Standing::Done) => "upgrade-show-done",
    };
    let which = model.texts.with(which, &[("count", shown.into())]);
    if !overlay.filtering && overlay.filter.is_empty() {
        canvas.line(Span::styled(text::truncate(&which, usize::from(line.width)).into_owned(), theme.title), line);
        if !layout::is_tight(model) {
            let why = model.text("upgrade-once-per-portfolio");
            canvas.line(Span::styled(text::truncate(&why, usize::from(line.width)).into_owned(), theme.dim), row(area, 2));
        }
        return;
    }
    let prompt = format!("{} ", model.text("accounts-filter-prompt"));
    let width = u16::try_from(text::width(&prompt)).unwrap_or(0);
    canvas.line(Span::styled(prompt, theme.accent), line);
    let field = Rect { x: line.x + width, width: line.width.saturating_sub(width) / 2, ..line };
    let hint = model.text("upgrade-filter-hint");
    overlay.filter.draw(field, canvas.buffer, theme.field, theme.dim, &hint, overlay.filtering);
    let rest = Rect { x: field.right() + 1, width: line.right().saturating_sub(field.right() + 1), ..line };
    canvas.line(Span::styled(text::truncate(&which, usize::from(rest.width)).into_owned(), theme.dim), rest);
}

/// "12 of 240 portfolios done · 3 waiting · 5 blocked"; in little room without the last parts.
fn tally_line(model: &Model, width: usize) -> Line<'static> {
    let (theme, tally) = (&model.theme, model.tally());
    let done = model.texts.with("upgrade-tally-done", &[("done", tally.done.into()), ("all", tally.all().into())]);
    let mut spans = vec![Span::styled(done, theme.good)];
    for (standing, id, glyph, style) in [
        (Standing::Waiting, "upgrade-tally-waiting", "◔", theme.waiting),
        (Standing::Blocked, "upgrade-tally-blocked", "!", theme.action),
        (Standing::Ready, "upgrade-tally-ready", "○", theme.text),
    ] {
        let count = tally.count(standing);
        if count == 0 {
            continue;
        }
        let words = format!("{glyph} {}", model.texts.with(id, &[("count", count.into())]));
        let used: usize = spans.iter().map(Span::width).sum();
        if used + 3 + text::width(&words) <= width {
            spans.push(Span::styled(" · ", theme.dim));
            spans.push(Span::styled(words, style));
        }
    }
    Line::from(spans)
}

/// The id of the sentence for a list without lines.
fn nothing(model: &Model, overlay: &UpgradeOverlay) -> &'static str {
    if !overlay.filter.is_empty() {
        "picker-none"
    } else if overlay.only.is_some() {
        "upgrade-none-there"
    } else if model.fleet.onboarded() == model.fleet.all().len() {
        "upgrade-all-on"
    } else {
        "upgrade-none-can"
    }
}

fn draw_plan(model: &Model, plan: &UpgradePlan, selected: bool, line: Rect, canvas: &mut Canvas<'_>) {
    let theme = &model.theme;
    let (glyph, state, style) = layout::state(model, plan);
    if selected {
        canvas.fill(line, theme.selection);
    }
    let with = |style: Style| {
        if selected { Style { bg: theme.selection.bg, ..style }.add_modifier(theme.selection.add_modifier) } else { style }
    };
    let width = usize::from(line.width);
    let state = text::truncate(&state, width / 2).into_owned();
    let state_width = text::width(&state) + 1;
    let name = text::truncate_middle(&layout::owner_name(&plan.owner), width.saturating_sub(state_width + 5)).into_owned();
    let gap = width.saturating_sub(text::width(&name) + state_width + 4);
    canvas.line(
        Line::from(vec![
            Span::styled(if selected { "▸" } else { " " }, with(theme.accent)),
            Span::styled(format!("{glyph} "), with(style)),
            Span::styled(name, with(theme.text)),
            Span::styled(" ".repeat(gap + 1), with(theme.text)),
            Span::styled(state, with(style)),
        ]),
        line,
    );
}

/// The chosen portfolio's facts; the whole of them is a key away.
fn draw_summary(model: &Model, plan: &UpgradePlan, area: Rect, canvas: &mut Canvas<'_>) {
    let lines = layout::summary(model, plan).lines;
    let (count, height) = (lines.len(), usize::from(area.height));
    for (index, line) in (0_u16..).zip(lines.into_iter().take(height)) {
        canvas.line(line, row(area, index));
    }
    if count > height && height > 0 {
        let more = model.texts.with("upgrade-summary-more", &[("count", (count + 1 - height).into())]);
        let last = row(area, area.height - 1);
        canvas.widget(Clear, last);
        canvas.fill(last, model.theme.text);
        canvas.line(Span::styled(text::truncate(&more, usize::from(last.width)).into_owned(), model.theme.accent), last);
    }
}

/// Columns of white that a reader needs beside a code.
const QUIET: u16 = 4;
/// Columns that are enough for words beside a code.
const LEAST_BESIDE: u16 = 16;

/// Whose code it is, what is waited for, and the address: dark on white, as the code.
fn draw_beside_code(model: &Model, owner: &str, url: &str, area: Rect, canvas: &mut Canvas<'_>) {
    let ink = Style::new().fg(Color::Black).bg(Color::White);
    let plan = model.plans.iter().find(|plan| plan.owner.key() == owner);
    let name = plan.map_or_else(|| text::clean(owner).into_owned(), |plan| layout::owner_name(&plan.owner));
    let mut rest = below(area, canvas.wrapped(&model.text("label-upgrade-section"), ink.add_modifier(Modifier::BOLD), area) + 1);
    rest = below(rest, canvas.wrapped(&name, ink, rest) + 1);
    if let Some(run) = model.upgrades.iter().find(|(id, run)| id.as_str() == owner && run.end.is_none()).map(|(_, run)| run) {
        rest = below(rest, canvas.wrapped(&format!("◔ {}", layout::waits_for(model, run)), ink, rest) + 1);
    }
    canvas.wrapped(&text::clean(url), ink, rest);
}

/// The code in the box; where that is too small for it, over the whole body.
fn draw_qr(model: &Model, owner: &str, url: &str, inside: Rect, body: Rect, canvas: &mut Canvas<'_>) {
    // The lowest error correction makes the smallest code; a screen is read without dirt on it.
    let Ok(code) = qrcode::QrCode::with_error_correction_level(url.as_bytes(), qrcode::EcLevel::L) else { return };
    let run = model.upgrades.iter().find(|(id, run)| id.as_str() == owner && run.end.is_none()).map(|(_, run)| run);
    let waits = run.map_or(0, |run| canvas.wrapped(&format!("◔ {}", layout::waits_for(model, run)), model.theme.waiting, inside));
    let used = waits + canvas.wrapped(&text::clean(url), model.theme.accent, below(inside, waits));
    let below_address = below(inside, used + 1);
    let widget = |code: qrcode::QrCode, quiet| {
        tui_qrcode::QrCodeWidget::new(code).quiet_zone(quiet).scaling(tui_qrcode::Scaling::Exact(1, 1))
    };
    let boxed = widget(code.clone(), tui_qrcode::QuietZone::Enabled);
    let bare = widget(code, tui_qrcode::QuietZone::Disabled);
    let fits = |size: ratatui::layout::Size, area: Rect| size.width <= area.width && size.height <= area.height;
    let centered = |size: ratatui::layout::Size, area: Rect| Rect {
        x: area.x + (area.width - size.width) / 2,
        y: area.y + (area.height - size.height) / 2,
        width: size.width,
        height: size.height,
    };
    let ink = Style::new().fg(Color::Black).bg(Color::White);
    let (with_margin, without) = (boxed.size(below_address), bare.size(body));
    if fits(with_margin, below_address) {
        canvas.widget(boxed.style(ink), centered(with_margin, below_address));
    } else if fits(without, body) {
        // All around it the ground is as light as its own, which is the margin that readers need.
        canvas.widget(Clear, body);
        canvas.fill(body, ink);
        // The code stands at the right edge of the white; what it is, to the left of it.
        let beside = body.width.saturating_sub(without.width + 2 * QUIET);
        let place = centered(without, body);
        let place = if beside >= LEAST_BESIDE { Rect { x: body.right() - without.width - QUIET, ..place } } else { place };
        canvas.widget(bare.style(ink), place);
        if beside >= LEAST_BESIDE {
            draw_beside_code(
                model,
                owner,
                url,
                Rect { x: body.x + 1, y: body.y + 1, width: beside - 1, height: body.height.saturating_sub(1) },
                canvas,
            );
        }
    } else {
        canvas.wrapped(&model.text("upgrade-qr-too-small"), model.theme.dim, below_address);
    }
}
