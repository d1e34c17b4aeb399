//! Keys, scrolling and typing in the upgrade overlay.

use compact_str::CompactString;

use super::{chosen_line, enter, listed, overlay, overlay_mut};
use crate::tui::{
    command::Scope,
    effect::Effect,
    key::{Key, KeyCode},
    model::Model,
    overlay::upgrade::layout,
    update::commands,
};

/// Takes a key.
pub fn press(model: &mut Model, key: Key) -> Vec<Effect> {
    let Some(current) = overlay_mut(model) else { return Vec::new() };
    if current.filtering {
        return press_in_filter(model, key);
    }
    match key.code {
        KeyCode::Escape => back(model),
        KeyCode::Enter => return enter(model),
        KeyCode::Up => scroll(model, -1),
        KeyCode::Down => scroll(model, 1),
        KeyCode::PageUp => scroll_page(model, -1),
        KeyCode::PageDown => scroll_page(model, 1),
        KeyCode::Home => scroll(model, i64::MIN / 2),
        KeyCode::End => scroll(model, i64::MAX / 2),
        _ => match (model.keymap.resolve(Scope::Upgrade, key), key.code) {
            (Some(command), _) if crate::tui::command::command(command).scope == Scope::Upgrade => {
                return commands::run(model, command);
            }
            (_, KeyCode::Char('k')) => scroll(model, -1),
            (_, KeyCode::Char('j')) => scroll(model, 1),
            _ => {}
        },
    }
    Vec::new()
}

/// From the QR code to the page, from the page to the list, from a narrowed list to the whole one, from there out.
fn back(model: &mut Model) {
    let Some(overlay) = overlay_mut(model) else { return };
    if overlay.qr.take().is_some() {
        return;
    }
    if overlay.page.take().is_some() {
        overlay.ways.clear();
        (overlay.line, overlay.scroll) = (0, 0);
    } else if !overlay.filter.is_empty() || overlay.only.is_some() {
        overlay.filter.clear();
        overlay.only = None;
    } else {
        model.overlays.pop();
    }
}

fn press_in_filter(model: &mut Model, key: Key) -> Vec<Effect> {
    let Some(overlay) = overlay_mut(model) else { return Vec::new() };
    match key.code {
        KeyCode::Enter => overlay.filtering = false,
        KeyCode::Escape => {
            overlay.filtering = false;
            overlay.filter.clear();
        }
        KeyCode::Up => scroll(model, -1),
        KeyCode::Down => scroll(model, 1),
        _ => {
            if overlay.filter.press(key) {
                // What narrows the list begins again at its first line.
                overlay.chosen = CompactString::default();
            }
        }
    }
    Vec::new()
}

/// Takes pasted text, where it is typed in.
pub fn filter_pasted(model: &mut Model, text: &str) {
    if let Some(overlay) = overlay_mut(model).filter(|overlay| overlay.filtering) {
        overlay.filter.paste(text);
        overlay.chosen = CompactString::default();
    }
}

/// Moves the chosen line of the list, or of the page: there the page follows, and what cannot be chosen is scrolled through.
pub fn scroll(model: &mut Model, lines: i64) {
    let Some(current) = overlay(model) else { return };
    if current.page.is_none() {
        let plans = listed(model, current);
        let line = commands::moved(chosen_line(&plans, current), lines, plans.len().saturating_sub(1));
        let key = plans.get(line).map(|plan| CompactString::from(plan.owner.key()));
        if let Some((overlay, key)) = overlay_mut(model).zip(key) {
            overlay.chosen = key;
        }
        return;
    }
    if current.qr.is_some() {
        return;
    }
    let ways = layout::page(model, current).way_rows.len();
    let (line, scroll, last_scroll) = (current.line, current.scroll, last_scroll(model));
    let in_sight = out_of_sight(model).is_none();
    let next_line = commands::moved(line, lines, ways.saturating_sub(1));
    let Some(overlay) = overlay_mut(model) else { return };
    if in_sight && next_line != line {
        overlay.line = next_line;
        if let Some(place) = out_of_sight(model)
            && let Some(overlay) = overlay_mut(model)
        {
            overlay.scroll = place;
        }
    } else {
        overlay.scroll = commands::moved(scroll, lines, last_scroll);
    }
}

fn scroll_page(model: &mut Model, pages: i64) {
    let Some(current) = overlay(model) else { return };
    if current.page.is_none() {
        let rows = layout::list_rows(model, listed(model, current).len()).max(2) - 1;
        return scroll(model, pages.saturating_mul(i64::try_from(rows).unwrap_or(10)));
    }
    let height = i64::try_from(layout::page_height(model).max(2) - 1).unwrap_or(10);
    let (place, last) = (current.scroll, last_scroll(model));
    if let Some(overlay) = overlay_mut(model) {
        overlay.scroll = commands::moved(place, pages.saturating_mul(height), last);
    }
}

fn last_scroll(model: &Model) -> usize {
    let lines = overlay(model).map_or(0, |current| layout::page(model, current).lines.len());
    lines.saturating_sub(layout::page_height(model))
}

/// Where the page has to begin for the chosen way to be seen; `None` while it is.
pub fn out_of_sight(model: &Model) -> Option<usize> {
    let current = overlay(model)?;
    let row = *layout::page(model, current).way_rows.get(current.line)?;
    let height = layout::page_height(model);
    let last = last_scroll(model);
    let scroll = current.scroll.min(last);
    if row < scroll {
        Some(row)
    } else if row >= scroll + height {
        Some((row + 1).saturating_sub(height).min(last))
    } else {
        None
    }
}
