//! The upgrade: which portfolio, which way, and how the waiting goes (R11, R12, R13).

use ratatui::{
    layout::Rect,
    style::Style,
    text::{Line, Span},
};

use super::frame;
use crate::{
    domain::{
        WabaId,
        banner::UpgradeOutcome,
        upgrade::{Owner, Stops, UpgradePlan},
    },
    text,
    tui::{
        model::{Model, UpgradeRun, overlay::UpgradeOverlay},
        update::{WayAction, listed_plans, not_offered_text, way_lines},
        view::{
            Canvas, Target,
            canvas::{below, row},
        },
    },
    wording,
};

/// Rows below which the chooser leaves out what explains it.
const TIGHT: u16 = 14;

/// Draws the overlay.
pub fn draw(model: &Model, overlay: &UpgradeOverlay, area: Rect, canvas: &mut Canvas<'_>) {
    let width = area.width.saturating_sub(2).min(96);
    let running = overlay.portfolio.as_ref().and_then(|id| model.upgrades.get(id)).is_some_and(|run| run.end.is_none());
    let qr = overlay.qr.as_ref().filter(|_| running);
    let height = if qr.is_some() { area.height } else { area.height.min(30) };
    let inside = frame(model, &model.text("label-upgrade-section"), width, height, area, canvas);
    let Some(portfolio) = &overlay.portfolio else {
        draw_plans(model, overlay.line, inside, canvas);
        return;
    };
    let run = model.upgrades.get(portfolio);
    if let (Some(url), Some(run)) = (qr, run) {
        let used = draw_run(model, run, inside, canvas);
        draw_qr(model, url, below(inside, used), canvas);
        return;
    }
    let plan = model.plans.iter().find(|plan| plan.owner.portfolio() == Some(portfolio));
    let used = plan.map_or(0, |plan| draw_plan_head(model, plan, inside, canvas));
    let rest = below(inside, used + 1);
    match run {
        Some(run) => {
            draw_run(model, run, rest, canvas);
        }
        None => draw_ways(model, overlay, rest, canvas),
    }
}

fn owner_name(owner: &Owner) -> String {
    match owner {
        Owner::Portfolio { id, name } => wording::name_or_id(name, id),
        Owner::Unknown(account) => account.to_string(),
    }
}

fn names(model: &Model, ids: &[WabaId]) -> String {
    let name = |id: &WabaId| model.fleet.get(id).map_or_else(|| id.to_string(), |account| wording::account_name(account));
    ids.iter().map(name).collect::<Vec<_>>().join(", ")
}

fn draw_plans(model: &Model, chosen: usize, area: Rect, canvas: &mut Canvas<'_>) {
    let theme = &model.theme;
    // Where there is little room, what stands in the way is worth more than how this works.
    let tight = area.height < TIGHT;
    let used = if tight { 0 } else { canvas.wrapped(&model.text("upgrade-choose"), theme.dim, area) + 1 };
    let area = below(area, used);
    let plans = listed_plans(model);
    if plans.is_empty() {
        canvas.wrapped(&model.text("upgrade-none-can"), theme.dim, area);
        return;
    }
    let list_height = u16::try_from(plans.len()).unwrap_or(u16::MAX).min((area.height / 2).max(1));
    let height = usize::from(list_height);
    let first = if chosen >= height { chosen + 1 - height } else { 0 };
    for (index, (place, plan)) in (0_u16..).zip(plans.iter().enumerate().skip(first).take(height)) {
        let line = row(area, index);
        let selected = place == chosen;
        let (glyph, state, style) = plan_state(model, plan);
        if selected {
            canvas.fill(line, theme.selection);
        }
        let with = |style: Style| {
            if selected { Style { bg: theme.selection.bg, ..style }.add_modifier(theme.selection.add_modifier) } else { style }
        };
        let state_width = text::width(&state) + 1;
        let name = text::truncate(&owner_name(&plan.owner), usize::from(line.width).saturating_sub(state_width + 5)).into_owned();
        let gap = usize::from(line.width).saturating_sub(text::width(&name) + state_width + 4);
        canvas.line(
            Line::from(vec![
                Span::styled(format!(" {glyph} "), with(style)),
                Span::styled(name, with(theme.text)),
                Span::styled(" ".repeat(gap), with(theme.text)),
                Span::styled(state, with(style)),
            ]),
            line,
        );
        canvas.target(line, Target::OverlayLine(place));
    }
    if let Some(plan) = plans.get(chosen) {
        draw_plan(model, plan, tight, below(area, list_height + u16::from(!tight)), canvas);
    }
}

fn plan_state(model: &Model, plan: &UpgradePlan) -> (&'static str, String, Style) {
    let theme = &model.theme;
    let run = plan.owner.portfolio().and_then(|id| model.upgrades.get(id));
    if run.is_some_and(|run| run.end.is_none()) {
        return ("◔", model.text("upgrade-state-waiting"), theme.waiting);
    }
    if plan.blocked().is_some() {
        return ("⊘", model.text("upgrade-state-blocked"), theme.bad);
    }
    if plan.is_offered() {
        return ("○", model.texts.with("upgrade-state-ready", &[("count", plan.covers.len().into())]), theme.action);
    }
    ("·", model.text("upgrade-state-nothing"), theme.dim)
}

/// R11: whose acceptance it takes, what it covers, what is on already, and what stands in the way.
fn draw_plan_head(model: &Model, plan: &UpgradePlan, area: Rect, canvas: &mut Canvas<'_>) -> u16 {
    draw_plan(model, plan, false, area, canvas)
}

/// The same; in little room without what the list above says already.
fn draw_plan(model: &Model, plan: &UpgradePlan, tight: bool, area: Rect, canvas: &mut Canvas<'_>) -> u16 {
    let theme = &model.theme;
    let mut used = 0;
    let mut say = |words: String, style: Style, canvas: &mut Canvas<'_>| used += canvas.wrapped(&words, style, below(area, used));
    if !tight {
        say(owner_name(&plan.owner), theme.title, canvas);
    }
    if plan.owner.portfolio().is_some() {
        let since = plan.terms_since.map(wording::day).unwrap_or_default();
        let terms = wording::terms(&model.texts, &plan.terms, &since);
        say(model.texts.with("upgrade-terms", &[("state", terms.into())]), theme.dim, canvas);
    }
    if !plan.covers.is_empty() {
        let covered = names(model, &plan.covers);
        say(
            model.texts.with("upgrade-covers", &[("count", plan.covers.len().into()), ("names", covered.into())]),
            theme.text,
            canvas,
        );
        if !tight {
            say(model.text("upgrade-who"), theme.dim, canvas);
        }
    }
    if !plan.already_on.is_empty() {
        let on = names(model, &plan.already_on);
        say(model.texts.with("upgrade-already-on", &[("names", on.into())]), theme.good, canvas);
    }
    let mut hidden = 0;
    for obstacle in &plan.obstacles {
        if used >= area.height {
            hidden += 1;
            continue;
        }
        let what = wording::obstacle(&model.texts, &obstacle.kind, &model.zone);
        let whom = names(model, &obstacle.accounts);
        let style = match obstacle.kind.stops() {
            Stops::Portfolio => theme.bad,
            Stops::TheseAccounts => theme.action,
            Stops::Nothing => theme.dim,
        };
        let words = if whom.is_empty() { what } else { wording::obstacle_of(&model.texts, &whom, &what) };
        used += marked(&words, "! ", 0, style, below(area, used), canvas);
        used += marked(&wording::remedy(&model.texts, obstacle.kind.remedy()), "→ ", 2, theme.accent, below(area, used), canvas);
    }
    if hidden > 0 && area.height > 0 {
        // What does not fit is counted, never cut in silence.
        let more = format!(" … +{hidden}");
        let width = u16::try_from(text::width(&more)).unwrap_or(0).min(area.width);
        let last = row(area, area.height - 1);
        canvas.line(Span::styled(more, theme.action), Rect { x: last.right() - width, width, ..last });
    }
    used
}

/// A paragraph with a mark before it, its further lines set under the first.
fn marked(words: &str, mark: &str, indent: u16, style: Style, area: Rect, canvas: &mut Canvas<'_>) -> u16 {
    let mark_width = u16::try_from(text::width(mark)).unwrap_or(2);
    let at = |x: u16| Rect { x: area.x + x.min(area.width), width: area.width.saturating_sub(x), ..area };
    canvas.line(Span::styled(mark.to_owned(), style), row(at(indent), 0));
    canvas.wrapped(words, style, at(indent + mark_width))
}

fn draw_ways(model: &Model, overlay: &UpgradeOverlay, area: Rect, canvas: &mut Canvas<'_>) {
    let theme = &model.theme;
    let lines = way_lines(&overlay.ways);
    if lines.is_empty() {
        canvas.wrapped(&model.text("upgrade-ways-loading"), theme.waiting, area);
        return;
    }
    canvas.line(Span::styled(model.text("upgrade-ways-title"), theme.title), row(area, 0));
    let area = below(area, 1);
    for (index, (place, way)) in (0_u16..).zip(lines.iter().enumerate()) {
        let id = match way.action {
            WayAction::Signup => "upgrade-way-signup",
            WayAction::OpenManager(_) => "upgrade-way-manager-open",
            WayAction::CopyManager(_) => "upgrade-way-manager-copy",
            WayAction::QrManager(_) => "upgrade-way-manager-qr",
            WayAction::Invite => "upgrade-way-invite",
        };
        let line = row(area, index);
        let selected = place == overlay.line;
        let style = match (selected, way.not_offered) {
            (true, _) => theme.selection,
            (false, None) => theme.text,
            (false, Some(_)) => theme.dim,
        };
        if selected {
            canvas.fill(line, theme.selection);
        }
        let why = way.not_offered.map(|reason| format!(" — {}", model.text(not_offered_text(reason)))).unwrap_or_default();
        let words = format!(" {} {}{why}", if selected { "▸" } else { " " }, model.text(id));
        canvas.line(Span::styled(text::truncate(&words, usize::from(line.width)).into_owned(), style), line);
        canvas.target(line, Target::OverlayLine(place));
    }
}

/// R13: what it waits for and for how long; then how it ended.
fn draw_run(model: &Model, run: &UpgradeRun, area: Rect, canvas: &mut Canvas<'_>) -> u16 {
    let theme = &model.theme;
    let mut used = 0;
    let mut say = |words: String, style: Style, canvas: &mut Canvas<'_>| used += canvas.wrapped(&words, style, below(area, used));
    match &run.end {
        Some(UpgradeOutcome::Onboarded) => say(format!("● {}", model.text("upgrade-ended-onboarded")), theme.good, canvas),
        Some(UpgradeOutcome::StillWaiting) => say(format!("◔ {}", model.text("upgrade-ended-waiting")), theme.waiting, canvas),
        Some(UpgradeOutcome::Failed(failure)) => {
            say(format!("! {}", model.text("label-banner-general")), theme.bad, canvas);
            say(text::clean(&failure.message).into_owned(), theme.text, canvas);
        }
        None => {
            let seconds = model.now.as_second().saturating_sub(run.started.as_second()).max(0);
            let elapsed = format!("{}:{:02}", seconds / 60, seconds % 60);
            let id = if run.accepted { "upgrade-waits-for-meta" } else { "upgrade-waits-for-answer" };
            say(format!("◔ {}", model.texts.with(id, &[("elapsed", elapsed.into())])), theme.waiting, canvas);
            let last = run.last_check.map_or_else(|| "–".to_owned(), |at| wording::clock(at, &model.zone));
            say(model.texts.with("upgrade-checks", &[("count", run.checks.into()), ("time", last.into())]), theme.dim, canvas);
            if let Some(trouble) = &run.trouble {
                say(trouble.to_text(model.texts.language()), theme.bad, canvas);
            }
            say(model.text("upgrade-can-leave"), theme.dim, canvas);
        }
    }
    if let Some(url) = run.url.as_ref().filter(|_| run.end.is_none()) {
        used += canvas.wrapped(&text::clean(url), theme.accent, below(area, used));
        used += canvas.wrapped(&model.text("upgrade-copy-address"), theme.dim, below(area, used));
    }
    used
}

fn draw_qr(model: &Model, url: &str, area: Rect, canvas: &mut Canvas<'_>) {
    // The lowest error correction makes the smallest code; a screen is read without dirt on it.
    let Ok(code) = qrcode::QrCode::with_error_correction_level(url.as_bytes(), qrcode::EcLevel::L) else { return };
    let code =
        tui_qrcode::QrCodeWidget::new(code).quiet_zone(tui_qrcode::QuietZone::Enabled).scaling(tui_qrcode::Scaling::Exact(1, 1));
    let size = code.size(area);
    if size.width > area.width || size.height > area.height {
        canvas.wrapped(&model.text("upgrade-qr-too-small"), model.theme.dim, area);
        return;
    }
    canvas.widget(code, Rect { x: area.x + (area.width - size.width) / 2, width: size.width, height: size.height, ..area });
}
