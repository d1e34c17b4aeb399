//! What changed about an account lately, in a few lines.

use super::page::{Page, Section};
use crate::{domain::Account, text, wording};

/// Changes that are shown; the rest is on the activity screen and in `wabadeck timeline`.
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
        page.wrapped(0, &model.text("account-history-none"), theme.dim);
        return;
    }
    for (place, event) in past.events.iter().take(MOST).enumerate() {
        page.begin(&format!("event {place} {}", event.at));
        let values = match (&event.before, &event.after) {
            (Some(before), Some(after)) => format!("{before} → {after}"),
            (Some(only), None) | (None, Some(only)) => only.to_string(),
            (None, None) => String::new(),
        };
        let kind = event.kind.as_wire().replace('_', " ");
        let words = [kind.as_str(), event.subject.as_str(), values.as_str()];
        let words: Vec<_> = words.iter().filter(|word| !word.is_empty()).map(|word| text::clean(word)).collect();
        page.line(vec![
            (format!("{}  ", wording::day_and_clock(event.at, &model.zone)), theme.dim),
            (words.join("  "), theme.text),
        ]);
    }
    if past.events.len() > MOST {
        page.begin("more");
        let count = past.events.len().saturating_sub(MOST);
        let arguments = [("count", count.into()), ("id", text::clean(account.id.as_str()).into())];
        page.wrapped(0, &model.texts.with("account-history-more", &arguments), theme.dim);
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
