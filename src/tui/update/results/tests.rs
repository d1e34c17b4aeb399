//! What the results screen asks, and what it asks first.

use super::*;
use crate::{
    domain::{
        delivery::PricingCategory,
        results::{Caveat, Volume},
    },
    ops::results::{AccountResults, NOT_ENABLED},
    store::{FailureCount, RetargetReason},
    tui::{
        msg::Msg,
        testing::{model_with_fleet, now, press, problem},
        update::update,
    },
};

/// An overview with one day of marketing and a template.
pub(crate) fn overview() -> Overview {
    let volume = |category, messages| Volume { day: now(), category, messages, cost: Some(1.0) };
    let results = AccountResults {
        period: crate::ops::results::period(now(), 7),
        volumes: vec![volume(PricingCategory::MarketingLite, 750), volume(PricingCategory::Marketing, 250)],
        failures: vec![FailureCount {
            code: RetargetReason::Wait.code(),
            method: crate::domain::results::Method::Optimized,
            count: 12,
        }],
        caveats: vec![Caveat::Approximate, Caveat::ReadReceipts],
    };
    let templates = vec![NamedTemplate { name: "summer_sale".to_owned(), ids: vec!["1".into(), "2".into()] }];
    Overview { results, templates }
}

/// A model with the screen open and answered.
pub(crate) fn opened() -> Model {
    let mut model = model_with_fleet();
    let effects = press(&mut model, "R");
    let generation = asked(&effects).expect("nothing was asked");
    update(&mut model, Msg::ResultsLoaded(generation, Ok(Box::new(overview()))));
    model
}

fn asked(effects: &[Effect]) -> Option<Generation> {
    effects.iter().find_map(|effect| match effect {
        Effect::LoadResults { generation, .. } | Effect::LoadTemplateResults { generation, .. } => Some(*generation),
        _ => None,
    })
}

#[test]
fn it_opens_for_the_selected_account_and_goes_back_to_where_it_came_from() {
    let mut model = model_with_fleet();
    let effects = press(&mut model, "enter R");
    let [Effect::StudyAccount { .. }, Effect::LoadResults { account, days: 7, .. }] = effects.as_slice() else {
        panic!("{effects:?}")
    };
    assert_eq!(account.id, "201".into());
    press(&mut model, "esc");
    assert_eq!(model.screen, Screen::Account("201".into()));
}

#[test]
fn a_late_answer_for_an_earlier_period_is_dropped() {
    let mut model = opened();
    let first = asked(&press(&mut model, "t")).unwrap();
    let effects = press(&mut model, "t");
    let [Effect::LoadResults { days: 90, .. }] = effects.as_slice() else { panic!("{effects:?}") };
    let mut late = overview();
    late.templates.clear();
    update(&mut model, Msg::ResultsLoaded(first, Ok(Box::new(late))));
    assert_eq!(model.results.overview.value().unwrap().templates.len(), 1);
}

#[test]
fn a_template_is_chosen_with_all_its_languages() {
    let mut model = opened();
    let effects = press(&mut model, "p enter");
    let [Effect::LoadTemplateResults { template, .. }] = effects.as_slice() else { panic!("{effects:?}") };
    assert_eq!(template.ids.len(), 2);
    press(&mut model, "esc");
    assert_eq!((model.screen.clone(), model.results.template.is_none()), (Screen::Results, true));
}

#[test]
fn insights_are_switched_on_only_after_a_yes_and_only_where_they_are_off() {
    let mut model = opened();
    assert!(press(&mut model, "I").is_empty() && model.overlays.is_empty(), "nothing says that they are off");
    let generation = asked(&press(&mut model, "p enter")).unwrap();
    let off = Problem { code: Some(NOT_ENABLED), ..problem("Template Insights is not enabled") };
    update(&mut model, Msg::TemplateResultsLoaded(generation, Err(off)));
    assert!(press(&mut model, "I").is_empty(), "it asks first");
    assert!(matches!(model.overlays.last(), Some(Overlay::Confirm(_))));
    assert!(press(&mut model, "esc").is_empty());
    let effects = press(&mut model, "I enter");
    assert!(matches!(effects.as_slice(), [Effect::EnableInsights(id)] if *id == "201".into()), "{effects:?}");
    let effects = update(&mut model, Msg::InsightsEnabled(Ok(())));
    assert_eq!(effects.len(), 2, "both the account and the template are read again");
}

#[test]
fn r38_the_export_says_where_the_files_are_or_that_there_is_nobody() {
    let mut model = opened();
    assert!(matches!(press(&mut model, "E").as_slice(), [Effect::ExportRetarget { .. }]));
    update(&mut model, Msg::RetargetExported(Ok(Vec::new())));
    assert!(model.toast.as_ref().is_some_and(|toast| toast.text.contains("131049")));
    let effects = update(&mut model, Msg::RetargetExported(Ok(vec![("/x/wait.csv".into(), 3)])));
    assert!(matches!(effects.as_slice(), [Effect::Copy(path)] if path == "/x/wait.csv"));
    assert!(model.toast.as_ref().is_some_and(|toast| toast.text.contains("/x/wait.csv (3)")));
    update(&mut model, Msg::RetargetExported(Err("no room".to_owned())));
    assert!(model.toast.as_ref().is_some_and(|toast| toast.bad && toast.text.contains("no room")));
}
