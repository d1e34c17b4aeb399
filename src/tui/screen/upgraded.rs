//! What an account that is on has to know about it: since when, what shows it, what Meta receives by default, and how long
//! templates take. A section of the account's details; it draws nothing itself.

use ratatui::style::Style;

use crate::{
    domain::{Account, event::Source, status::StatusClass},
    tui::{command::CommandId, model::Model},
    wording,
};

/// Where an admin switches off what Meta receives (Meta: MM API onboarding).
const SHARING: &str = "business.facebook.com/latest/settings/whatsapp_account";

/// The lines, each with its indent; none for an account that is not on.
pub fn lines(model: &Model, account: &Account) -> Vec<(usize, String, Style)> {
    if account.onboarding.class() != StatusClass::On {
        return Vec::new();
    }
    let (texts, theme) = (&model.texts, &model.theme);
    let when = |at| wording::day_and_clock(at, &model.zone);
    let proof = model.proof.as_ref().filter(|(id, _)| *id == account.id).and_then(|(_, proof)| *proof).unwrap_or_default();
    let mut lines = Vec::new();
    if let Some((at, sources)) = proof.turned_on {
        let ways: Vec<String> = sources
            .iter()
            .map(|source| match source {
                Source::Refresh => model.text("proof-by-refresh"),
                Source::Webhook => model.text("proof-by-webhook"),
                Source::User => model.text("proof-by-user"),
            })
            .collect();
        let arguments = [("when", when(at).into()), ("ways", ways.join(", ").into())];
        lines.push((2, texts.with("proof-turned-on", &arguments), theme.good));
    } else if let Some(at) = proof.first_seen_on {
        lines.push((2, texts.with("proof-first-seen", &[("when", when(at).into())]), theme.good));
    }
    if let Some(at) = proof.told_by_webhook {
        lines.push((2, texts.with("proof-told", &[("when", when(at).into())]), theme.text));
    }
    match proof.went_optimized {
        Some(at) => lines.push((2, texts.with("proof-sent", &[("when", when(at).into())]), theme.good)),
        None => {
            let key = model.keymap.hint(CommandId::ShowComposer).unwrap_or_default();
            lines.push((2, texts.with("proof-not-sent", &[("key", key.into())]), theme.dim));
        }
    }
    lines.push((2, texts.with("proof-sharing", &[("where", SHARING.into())]), theme.text));
    lines.push((2, model.text("proof-templates"), theme.dim));
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        domain::{
            account::OnboardingStatus,
            event::{Source, Sources},
            upgrade::Proof,
        },
        i18n::{Language, Texts},
        tui::{
            effect::Effect,
            msg::Msg,
            testing::{account, model_with, now, press, screen},
            update::update,
        },
    };

    fn opened(proof: Proof) -> Model {
        let mut model = model_with(vec![account("101", "Bergblick Hotels", "10", OnboardingStatus::Onboarded)]);
        let effects = press(&mut model, "enter");
        assert!(
            matches!(effects.as_slice(), [Effect::StudyAccount { .. }, Effect::FindProof(id)] if id.as_str() == "101"),
            "{effects:?}"
        );
        assert!(press(&mut model, "down").is_empty(), "it is asked for once");
        update(&mut model, Msg::ProofFound("101".into(), proof));
        model
    }

    #[test]
    fn the_details_say_since_when_by_which_way_and_what_meta_receives() {
        for (sources, words) in
            [(Sources::from(Source::Refresh), "seen by a refresh"), (Sources::from(Source::Webhook), "told by a webhook")]
        {
            let mut model = opened(Proof { turned_on: Some((now(), sources)), ..Proof::default() });
            let shown = screen(&mut model, 110, 60);
            assert!(shown.contains("On since 2026-09-21 14:13") && shown.contains(words), "{shown}");
            assert!(shown.contains("delivery, read and click events") && shown.contains(SHARING), "{shown}");
            assert!(shown.contains("10 minutes"), "{shown}");
        }
    }

    #[test]
    fn what_was_never_seen_is_not_claimed() {
        let mut model = opened(Proof { first_seen_on: Some(now()), ..Proof::default() });
        let shown = screen(&mut model, 110, 60);
        assert!(shown.contains("On already when first seen") && !shown.contains("On since"), "{shown}");
        let mut model = opened(Proof { went_optimized: Some(now()), ..Proof::default() });
        let shown = screen(&mut model, 110, 60);
        assert!(shown.contains("went optimized on 2026-09-21") && !shown.contains("first seen"), "{shown}");
    }

    #[test]
    fn an_account_that_is_not_on_has_no_such_section_in_either_language() {
        for language in Language::ALL {
            for status in OnboardingStatus::KNOWN {
                let mut model = model_with(vec![account("1", "A", "10", status.clone())]);
                model.texts = std::sync::Arc::new(Texts::new(language));
                let shown = lines(&model, &account("1", "A", "10", status.clone()));
                assert_eq!(shown.is_empty(), *status != OnboardingStatus::Onboarded, "{status:?}");
                assert!(shown.iter().all(|(_, words, _)| !words.starts_with("proof-")), "{shown:?}");
            }
        }
    }
}
