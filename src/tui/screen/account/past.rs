//! What changed about an account lately, in a few lines; the activity screen, one key away, has all of it.

use super::page::{Page, Section};
use crate::{domain::Account, ops::diagnosis::DAYS, text, tui::command::CommandId, wording};

/// Changes that are shown; the rest is on the activity screen.
const MOST: usize = 8;

/// Draws the section.
pub fn draw(page: &mut Page<'_>, account: &Account) {
    let (model, theme) = (page.model, &page.model.theme);
    page.section(Section::History);
    if let Some(problem) = model.account.past.failure().filter(|_| model.account.id.as_ref() == Some(&account.id)) {
        page.begin("failed");
        page.wrapped(0, &problem.to_text(model.texts.language()), theme.action);
    }
    let Some(past) = model.past_of(&account.id) else { return };
    if past.events.is_empty() && past.failures.is_empty() {
        page.begin("none");
        // Changes of the last days alone were asked for.
        let lately = past.first_seen.filter(|at| model.now.duration_since(*at).as_hours() < DAYS * 24);
        let words = match lately {
            Some(at) => {
                let when = wording::moment_in(&model.texts, at, &model.zone);
                model.texts.with("account-history-none-since", &[("when", when.into())])
            }
            None => model.text("account-history-none"),
        };
        page.wrapped(0, &words, theme.dim);
        return;
    }
    for (place, event) in past.events.iter().take(MOST).enumerate() {
        page.begin(&format!("event {place} {}", event.at));
        let texts = &model.texts;
        let kind = wording::event::kind(texts, &event.kind);
        let words = [kind, wording::event::subject(texts, event), wording::event::change(texts, event, &model.zone)];
        let words: Vec<_> = words.into_iter().filter(|word| !word.is_empty()).collect();
        page.line(vec![
            (format!("{}  ", wording::day_and_clock(event.at, &model.zone)), theme.dim),
            (words.join("  "), theme.text),
        ]);
    }
    if !past.events.is_empty() {
        page.begin("more");
        let key = model.keymap.hint(CommandId::ShowActivity).unwrap_or_default();
        let words = match past.events.len().saturating_sub(MOST) {
            0 => model.texts.with("account-history-all", &[("key", key.into())]),
            count => model.texts.with("account-history-more", &[("count", count.into()), ("key", key.into())]),
        };
        page.wrapped(0, &words, theme.dim);
    }
    for failure in past.failures.iter().take(MOST) {
        page.begin(&format!("failure {}", failure.at));
        let code = failure.code.map(|code| code.to_string()).unwrap_or_default();
        page.line(vec![
            (format!("{}  ", wording::day_and_clock(failure.at, &model.zone)), theme.dim),
            (format!("{}  ", model.text("account-send-failed")), theme.bad),
            (format!("{code}  "), theme.bad),
            (format!("{} {}", text::clean(&failure.template), text::clean(&failure.words)), theme.text),
        ]);
        if let Some(code) = failure.code {
            page.topic(crate::wording::explanation::Topic::code(code, None));
        }
    }
}
