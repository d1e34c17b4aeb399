//! The banners at the top of the accounts screen (R20, R21), stacked.

use ratatui::{
    layout::Rect,
    style::Style,
    text::{Line, Span},
};

use crate::{
    domain::banner::{Banner, GeneralFailure, RestrictedAccount},
    text,
    tui::{
        command::CommandId,
        model::Model,
        view::{
            Canvas, Target,
            canvas::{below, row},
        },
    },
    wording,
};

/// More names than any terminal has room for in one line.
const MOST_NAMES: usize = 24;

/// Draws all banners at the top of the area. Returns how many rows they took; the list keeps at least half of the area.
pub fn draw_all(model: &Model, area: Rect, canvas: &mut Canvas<'_>) -> u16 {
    let mut taken = 0;
    for banner in &model.banners {
        let room = Rect { height: (area.height / 2).saturating_sub(taken), ..below(area, taken) };
        if room.height < 2 {
            break;
        }
        taken += match banner {
            Banner::Ineligible { accounts, .. } => draw_ineligible(model, accounts, room, canvas),
            Banner::General(failure) => draw_general(model, failure, room, canvas),
        };
    }
    taken
}

fn draw_ineligible(model: &Model, accounts: &[RestrictedAccount], area: Rect, canvas: &mut Canvas<'_>) -> u16 {
    let style = model.theme.banner_bad;
    let names: Vec<String> =
        accounts.iter().take(MOST_NAMES).map(|account| wording::name_or_id(&account.name, &account.id)).collect();
    let width = area.width.saturating_sub(4) as usize;
    let actions = [(CommandId::JumpToRestricted, model.text("banner-jump"))];
    let rows = draw_sentence(model, "⊘", &model.text("label-banner-ineligible"), style, area, canvas);
    let last = row(area, rows);
    canvas.fill(last, style);
    let actions_width = draw_actions(model, &actions, style, last, canvas);
    let words = named(model, &names, accounts.len(), width.saturating_sub(actions_width as usize + 1));
    canvas.line(Span::styled(format!("   {words}"), style), Rect { width: last.width.saturating_sub(actions_width + 1), ..last });
    rows + last.height
}

/// As many names as fit, and how many more there are.
fn named(model: &Model, names: &[String], count: usize, width: usize) -> String {
    for shown in (1..=names.len()).rev() {
        let list = names.iter().take(shown).map(String::as_str).collect::<Vec<_>>().join(", ");
        let words = if shown == count {
            model.texts.with("banner-restricted-accounts", &[("names", list.into())])
        } else {
            model.texts.with("banner-restricted-more", &[("names", list.into()), ("count", (count - shown).into())])
        };
        if shown == 1 || text::width(&words) <= width {
            return text::truncate(&words, width).into_owned();
        }
    }
    String::new()
}

fn draw_general(model: &Model, failure: &GeneralFailure, area: Rect, canvas: &mut Canvas<'_>) -> u16 {
    let style = model.theme.banner_warn;
    let rows = draw_sentence(model, "!", &model.text("label-banner-general"), style, area, canvas);
    let actions = [
        (CommandId::OpenSupport, model.text("banner-support")),
        (CommandId::CopyFailure, model.text("banner-copy")),
        (CommandId::DismissBanner, model.text("banner-dismiss")),
    ];
    let last = row(area, rows);
    canvas.fill(last, style);
    let actions_width = draw_actions(model, &actions, style, last, canvas);
    let place = Rect { width: last.width.saturating_sub(actions_width + 1), ..last };
    let words = failure_line(failure);
    canvas.line(Span::styled(format!("   {}", text::truncate(&words, place.width.saturating_sub(3) as usize)), style), place);
    rows + last.height
}

/// What Support needs, in one line.
fn failure_line(failure: &GeneralFailure) -> String {
    let mut parts = vec![text::clean(&failure.message).trim().to_owned()];
    if let Some(code) = failure.code {
        parts.push(match failure.subcode {
            Some(subcode) => format!("{code}/{subcode}"),
            None => code.to_string(),
        });
    }
    parts.retain(|part| !part.is_empty());
    parts.join(" · ")
}

fn draw_sentence(model: &Model, glyph: &str, sentence: &str, style: Style, area: Rect, canvas: &mut Canvas<'_>) -> u16 {
    let width = area.width.saturating_sub(4) as usize;
    let mut rows = 0;
    for line in text::wrap(sentence, width) {
        let place = row(area, rows);
        canvas.fill(place, style);
        let mark = if rows == 0 { glyph } else { " " };
        let bold = style.add_modifier(model.theme.title.add_modifier);
        canvas.line(Line::from(vec![Span::styled(format!(" {mark} "), bold), Span::styled(line.to_string(), bold)]), place);
        rows += 1;
    }
    rows.min(area.height)
}

fn draw_actions(model: &Model, actions: &[(CommandId, String)], style: Style, area: Rect, canvas: &mut Canvas<'_>) -> u16 {
    let mut right = area.right().saturating_sub(1);
    let start = right;
    for (command, title) in actions.iter().rev() {
        let key = model.keymap.hint(*command).unwrap_or_default();
        let words = format!("{key} {title}");
        let width = u16::try_from(text::width(&words)).unwrap_or(0);
        if right.saturating_sub(width) < area.x + 10 {
            break;
        }
        right -= width;
        let place = Rect { x: right, width, ..area };
        let line = Line::from(vec![
            Span::styled(key, style.add_modifier(ratatui::style::Modifier::BOLD | ratatui::style::Modifier::UNDERLINED)),
            Span::styled(format!(" {title}"), style),
        ]);
        canvas.line(line, place);
        canvas.target(place, Target::Command(*command));
        right = right.saturating_sub(2);
    }
    start - right
}
