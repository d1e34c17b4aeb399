//! What the results look like.

use crate::{
    domain::results::{Counts, DayCounts, TemplateResults},
    ops::results::NOT_ENABLED,
    tui::{
        effect::Effect,
        model::{Model, results::OfTemplate},
        msg::Msg,
        testing::{frame, now, press, problem, screen},
        update::{results::tests::opened, update},
    },
};

fn with_template(result: Result<OfTemplate, crate::ops::Problem>) -> Model {
    let mut model = opened();
    let effects = press(&mut model, "p enter");
    let [Effect::LoadTemplateResults { generation, .. }] = effects.as_slice() else { panic!("{effects:?}") };
    update(&mut model, Msg::TemplateResultsLoaded(*generation, result));
    model
}

#[test]
fn the_optimized_part_stands_first_with_its_numbers_beside_the_bars() {
    let mut model = opened();
    for (width, height) in [(60, 15), (80, 24), (160, 48)] {
        let shown = screen(&mut model, width, height);
        assert!(shown.contains("75 % of marketing") && shown.contains("750") && shown.contains('█'), "{shown}");
    }
    let shown = screen(&mut model, 80, 24);
    assert!(shown.contains("12 × 131049 (optimized)") && shown.contains("approximate"), "{shown}");
}

#[test]
fn a_template_has_both_methods_side_by_side_and_what_is_not_known_is_a_dash() {
    let day = |sent, read| DayCounts {
        day: now(),
        counts: Counts { sent: Some(sent), delivered: Some(sent - 20), read, clicked: None },
    };
    let results = TemplateResults { optimized: vec![day(1_000, Some(700))], cloud_api: vec![day(200, None)] };
    let mut model = with_template(Ok(OfTemplate { results, failures: Vec::new() }));
    let shown = screen(&mut model, 80, 24);
    for words in ["summer_sale", "1,000", "980  98 %", "700  71 %", "180  90 %", "—"] {
        assert!(shown.contains(words), "no “{words}” in\n{shown}");
    }
}

#[test]
fn insights_that_are_off_are_explained_with_the_key_that_switches_them_on() {
    let off = crate::ops::Problem { code: Some(NOT_ENABLED), ..problem("Template Insights is not enabled") };
    let mut model = with_template(Err(off));
    let shown = screen(&mut model, 80, 24);
    assert!(shown.contains("I switches them on") && shown.contains("cannot be undone"), "{shown}");
}

#[test]
fn no_size_breaks_the_frame() {
    let mut model = opened();
    for width in [0, 1, 2, 10, 59, 60, 61, 80, 120, 200] {
        for height in [0, 1, 2, 5, 14, 15, 16, 60] {
            frame(&mut model, width, height);
            press(&mut model, "down end");
        }
    }
}
