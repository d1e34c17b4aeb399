//! What the upgrade overlay consists of, line by line, and how much of it fits: scrolling asks the same as drawing. Draws nothing.

use ratatui::{
    layout::Rect,
    style::Style,
    text::{Line, Span},
};

use crate::{
    domain::{
        WabaId,
        banner::UpgradeOutcome,
        upgrade::{Obstacle, Owner, Stage, Standing, StartedBy, Stops, UpgradePlan},
    },
    text,
    tui::{
        model::{Model, UpgradeRun, overlay::UpgradeOverlay},
        update::{WayAction, not_offered_text, opened_plan, way_lines},
        view::body_of,
    },
    wording,
};

/// The widest that lines are still read with ease.
const WIDEST: u16 = 96;
/// The tallest that the box gets.
const TALLEST: u16 = 36;
/// More names than anybody reads in one go.
const MOST_NAMES: usize = 16;
/// Rows below which every one has to carry weight.
const TIGHT: usize = 14;

/// The box in the middle of the body: width and height with its borders.
pub fn size(area: Rect) -> (u16, u16) {
    (area.width.saturating_sub(2).min(WIDEST), area.height.min(TALLEST))
}

/// Columns inside of the box.
fn width(model: &Model) -> usize {
    usize::from(size(body_of(model)).0.saturating_sub(4))
}

/// Rows inside of the box, all of which a page has.
pub fn page_height(model: &Model) -> usize {
    usize::from(size(body_of(model)).1.saturating_sub(2))
}

/// Whether there is little room.
pub fn is_tight(model: &Model) -> bool {
    page_height(model) < TIGHT
}

/// Rows that the list itself gets, of so many lines: the chosen one's facts stand below it.
pub fn list_rows(model: &Model, lines: usize) -> usize {
    let rest = page_height(model).saturating_sub(list_head(model));
    let most = if is_tight(model) { rest / 2 } else { (rest / 2).max(6) };
    lines.min(most.max(1))
}

/// Rows above the list.
pub fn list_head(model: &Model) -> usize {
    if is_tight(model) { 2 } else { 3 }
}

/// The page of one portfolio.
#[derive(Debug, Default)]
pub struct Page {
    /// Its lines, none wider than the box.
    pub lines: Vec<Line<'static>>,
    /// On which of them each way stands, in the order of the ways.
    pub way_rows: Vec<usize>,
    width: usize,
}

impl Page {
    fn new(width: usize) -> Self {
        Self { width, ..Self::default() }
    }

    fn say(&mut self, words: &str, style: Style) {
        self.marked(0, "", words, style);
    }

    /// A paragraph with a mark before it, its further lines set under the first.
    fn marked(&mut self, indent: usize, mark: &str, words: &str, style: Style) {
        let lead = indent + text::width(mark);
        for (index, line) in text::wrap(words, self.width.saturating_sub(lead).max(8)).into_iter().enumerate() {
            let before = if index == 0 { format!("{}{mark}", " ".repeat(indent)) } else { " ".repeat(lead) };
            self.lines.push(Line::from(Span::styled(format!("{before}{line}"), style)));
        }
    }

    fn gap(&mut self) {
        self.lines.push(Line::default());
    }
}

/// What an owner is called.
pub fn owner_name(owner: &Owner) -> String {
    match owner {
        Owner::Portfolio { id, name } => wording::name_or_id(name, id),
        Owner::Unknown(account) => account.to_string(),
    }
}

fn names(model: &Model, ids: &[WabaId]) -> String {
    let name = |id: &WabaId| model.fleet.get(id).map_or_else(|| id.to_string(), |account| wording::account_name(account));
    let shown = ids.iter().take(MOST_NAMES).map(name).collect::<Vec<_>>().join(", ");
    match ids.len().saturating_sub(MOST_NAMES) {
        0 => shown,
        more => model.texts.with("upgrade-names-more", &[("names", shown.into()), ("count", more.into())]),
    }
}

/// Glyph, words and style for where a portfolio stands.
pub fn state(model: &Model, plan: &UpgradePlan) -> (&'static str, String, Style) {
    let theme = &model.theme;
    let run = plan.owner.portfolio().and_then(|id| model.upgrades.get(id)).filter(|run| run.end.is_none());
    match model.standing(plan) {
        Standing::Ready => ("○", model.texts.with("upgrade-state-ready", &[("count", plan.covers.len().into())]), theme.action),
        Standing::Waiting => match run {
            Some(run) => {
                ("◔", model.texts.with("upgrade-state-under-way", &[("elapsed", elapsed(model, run).into())]), theme.waiting)
            }
            None => ("◔", model.text("upgrade-state-waiting"), theme.waiting),
        },
        Standing::Blocked if plan.blocked().is_some() => ("⊘", model.text("upgrade-state-blocked"), theme.bad),
        Standing::Blocked => ("!", obstructed(model, plan), theme.action),
        Standing::Done => ("●", model.text("upgrade-state-done"), theme.good),
    }
}

/// The most serious thing that has to be put right first, with how many more there are.
fn obstructed(model: &Model, plan: &UpgradePlan) -> String {
    let mut stopping = plan.obstacles.iter().filter(|obstacle| obstacle.kind.stops() != Stops::Nothing);
    let Some(first) = stopping.next() else { return model.text("upgrade-state-obstructed") };
    let words = wording::obstacle(&model.texts, &first.kind, &model.zone);
    match stopping.count() {
        0 => words,
        more => model.texts.with("upgrade-names-more", &[("names", words.into()), ("count", more.into())]),
    }
}

/// Since when it is waited for: in minutes and seconds, in hours and minutes, or in days.
fn elapsed(model: &Model, run: &UpgradeRun) -> String {
    let seconds = model.now.as_second().saturating_sub(run.under_way.begun_at.as_second()).max(0);
    match seconds {
        0..3_600 => format!("{}:{:02}", seconds / 60, seconds % 60),
        3_600..172_800 => format!("{} h {:02}", seconds / 3_600, seconds % 3_600 / 60),
        _ => model.texts.with("upgrade-days", &[("count", (seconds / 86_400).into())]),
    }
}

/// The page that is open.
pub fn page(model: &Model, overlay: &UpgradeOverlay) -> Page {
    let mut page = Page::new(width(model));
    let Some(plan) = opened_plan(model, overlay) else {
        page.say(&model.text("upgrade-gone"), model.theme.action);
        return page;
    };
    page.say(&title(model, plan), model.theme.title);
    let run = plan.owner.portfolio().and_then(|id| model.upgrades.get(id));
    if let Some(run) = run {
        progress(model, run, &mut page);
        page.gap();
    }
    facts(model, plan, &mut page);
    page.gap();
    if plan.blocked().is_some() {
        page.marked(0, "⊘ ", &model.text("upgrade-blocked"), model.theme.bad);
    } else if model.standing(plan) == Standing::Done {
        page.marked(0, "● ", &model.text("upgrade-nothing-left"), model.theme.good);
    } else {
        ways(model, overlay, plan, &mut page);
    }
    page
}

/// The facts of one portfolio, for below the list.
pub fn summary(model: &Model, plan: &UpgradePlan) -> Page {
    let mut page = Page::new(width(model));
    let run = plan.owner.portfolio().and_then(|id| model.upgrades.get(id));
    if !is_tight(model) {
        page.say(&title(model, plan), model.theme.title);
    }
    if let Some(run) = run.filter(|run| run.end.is_none()) {
        page.marked(0, "◔ ", &waits_for(model, run), model.theme.waiting);
    }
    facts(model, plan, &mut page);
    page
}

fn title(model: &Model, plan: &UpgradePlan) -> String {
    match &plan.owner {
        Owner::Portfolio { id, name } if !name.is_empty() => format!("{} · {id}", owner_name(&plan.owner)),
        Owner::Portfolio { id, .. } => id.to_string(),
        Owner::Unknown(account) => names(model, std::slice::from_ref(account)),
    }
}

/// R11: whose acceptance it takes, what it covers, what is on already, and everything that stands in the way.
fn facts(model: &Model, plan: &UpgradePlan, page: &mut Page) {
    let theme = &model.theme;
    if plan.owner.portfolio().is_some() {
        let since = plan.terms_since.map(wording::day).unwrap_or_default();
        let terms = wording::terms(&model.texts, &plan.terms, &since);
        page.say(&model.texts.with("upgrade-terms", &[("state", terms.into())]), theme.dim);
    } else {
        page.marked(0, "! ", &model.text("upgrade-portfolio-unknown"), theme.action);
    }
    // What stops everything comes before what it would bring.
    plan.obstacles
        .iter()
        .filter(|obstacle| obstacle.kind.stops() == Stops::Portfolio)
        .for_each(|one| stands_in_the_way(model, one, page));
    if !plan.covers.is_empty() {
        let covered = names(model, &plan.covers);
        let id = if plan.blocked().is_some() { "upgrade-would-cover" } else { "upgrade-covers" };
        let words = model.texts.with(id, &[("count", plan.covers.len().into()), ("names", covered.into())]);
        page.marked(0, "○ ", &words, theme.text);
        page.marked(2, "", &model.text("upgrade-who"), theme.dim);
    }
    if !plan.already_on.is_empty() {
        let on = names(model, &plan.already_on);
        page.marked(0, "● ", &model.texts.with("upgrade-already-on", &[("names", on.into())]), theme.good);
    }
    plan.obstacles
        .iter()
        .filter(|obstacle| obstacle.kind.stops() != Stops::Portfolio)
        .for_each(|one| stands_in_the_way(model, one, page));
    for permission in &model.fleet.lacks {
        let words = model.texts.with(permission.lack_id(), &[("scope", permission.scope().into())]);
        page.marked(0, "! ", &words, theme.action);
    }
}

/// An obstacle with the accounts that it holds for, and its remedy.
fn stands_in_the_way(model: &Model, obstacle: &Obstacle, page: &mut Page) {
    let theme = &model.theme;
    let what = wording::obstacle(&model.texts, &obstacle.kind, &model.zone);
    let whom = names(model, &obstacle.accounts);
    let (mark, style) = match obstacle.kind.stops() {
        Stops::Portfolio => ("⊘ ", theme.bad),
        Stops::TheseAccounts => ("! ", theme.action),
        Stops::Nothing => ("· ", theme.dim),
    };
    let words = if whom.is_empty() { what } else { wording::obstacle_of(&model.texts, &whom, &what) };
    page.marked(0, mark, &words, style);
    page.marked(2, "→ ", &wording::remedy(&model.texts, obstacle.kind.remedy()), theme.accent);
}

/// What a running upgrade waits for, and for how long.
pub fn waits_for(model: &Model, run: &UpgradeRun) -> String {
    let id = match &run.under_way.stage {
        Stage::Sending => "upgrade-waits-for-sending",
        Stage::Unanswered => "upgrade-waits-unanswered",
        Stage::Accepted => "upgrade-waits-for-meta",
        Stage::Waiting | Stage::Unknown(_) if run.under_way.may_be_invited() => "upgrade-waits-for-admin",
        Stage::Waiting | Stage::Unknown(_) => "upgrade-waits-for-answer",
    };
    model.texts.with(id, &[("elapsed", elapsed(model, run).into())])
}

/// R13: what it waits for and for how long; then how it ended.
fn progress(model: &Model, run: &UpgradeRun, page: &mut Page) {
    let theme = &model.theme;
    match &run.end {
        Some(UpgradeOutcome::Onboarded) => page.marked(0, "● ", &model.text("upgrade-ended-onboarded"), theme.good),
        Some(UpgradeOutcome::StillWaiting) => page.marked(0, "◔ ", &model.text("upgrade-ended-waiting"), theme.waiting),
        Some(UpgradeOutcome::Failed(failure)) => {
            page.marked(0, "! ", &model.text("label-banner-general"), theme.bad);
            page.marked(2, "", text::clean(&failure.message).trim(), theme.text);
        }
        None => {
            page.marked(0, "◔ ", &waits_for(model, run), theme.waiting);
            let last = run.last_check.map_or_else(|| "–".to_owned(), |at| wording::clock(at, &model.zone));
            let checks = model.texts.with("upgrade-checks", &[("count", run.checks.into()), ("time", last.into())]);
            page.marked(2, "", &checks, theme.dim);
            if let Some(trouble) = &run.trouble {
                page.marked(0, "! ", &trouble.to_text(model.texts.language()), theme.bad);
            }
            let leave = if model.in_embedded_sandbox() { "upgrade-can-leave-embedded" } else { "upgrade-can-leave" };
            page.marked(2, "", &model.text(leave), theme.dim);
            let shown = run.unopened.as_ref().or(run.url.as_ref());
            if run.unopened.is_some() {
                page.marked(0, "! ", &model.text("upgrade-no-browser"), theme.action);
            }
            if let Some(url) = shown {
                page.marked(2, "", &text::clean(url), theme.accent);
                if url.starts_with("https://localhost:") {
                    page.marked(2, "", &model.text("upgrade-copy-local"), theme.dim);
                }
                if run.under_way.by == StartedBy::Signup && run.under_way.stage == Stage::Waiting {
                    page.marked(2, "", &model.text("upgrade-page-ends"), theme.dim);
                }
            }
        }
    }
}

fn ways(model: &Model, overlay: &UpgradeOverlay, plan: &UpgradePlan, page: &mut Page) {
    let theme = &model.theme;
    let lines = way_lines(plan, &overlay.ways);
    if lines.is_empty() {
        page.say(&model.text("upgrade-ways-loading"), theme.waiting);
        return;
    }
    let title = if model.is_under_way(&plan.owner) {
        "upgrade-ways-again"
    } else if plan.is_offered() {
        "upgrade-ways-title"
    } else {
        "upgrade-ways-elsewhere"
    };
    page.say(&model.text(title), theme.title);
    let run = plan.owner.portfolio().and_then(|id| model.upgrades.get(id)).filter(|run| run.end.is_none());
    let by = run.map(|run| run.under_way.by.clone());
    for (place, way) in lines.iter().enumerate() {
        let id = match way.action {
            WayAction::Signup if by == Some(StartedBy::Signup) => "upgrade-way-signup-again",
            WayAction::Signup => "upgrade-way-signup",
            WayAction::OpenManager(_) if by == Some(StartedBy::Manager) => "upgrade-way-manager-again",
            WayAction::OpenManager(_) => "upgrade-way-manager-open",
            WayAction::CopyManager(_) => "upgrade-way-manager-copy",
            WayAction::QrManager(_) => "upgrade-way-manager-qr",
            WayAction::Invite => "upgrade-way-invite",
        };
        let selected = place == overlay.line;
        let style = match (selected, way.not_offered) {
            (true, _) => theme.selection,
            (false, None) => theme.text,
            (false, Some(_)) => theme.dim,
        };
        let why = way.not_offered.map(|reason| format!(" — {}", model.text(not_offered_text(reason)))).unwrap_or_default();
        let (first, words) = (page.lines.len(), format!("{}{why}", model.text(id)));
        page.way_rows.push(first);
        page.marked(1, if selected { "▸ " } else { "  " }, &words, style);
        for line in page.lines.iter_mut().skip(first).filter(|_| selected) {
            line.push_span(Span::styled(" ".repeat(page.width.saturating_sub(line.width())), style));
        }
    }
}
