//! The request that a send would make: shown, and copied. Nothing here sends.

use super::send::resolved;
use crate::{
    ops::{Problem, send::RequestPreview},
    tui::{
        effect::Effect,
        model::{
            Model,
            composer::RequestUse,
            overlay::{Overlay, RequestView},
        },
        update::{say, say_problem},
    },
    wording,
};

/// Works out the request, to be shown or copied when it comes.
pub fn prepare(model: &mut Model, wanted: RequestUse) -> Vec<Effect> {
    let Some(draft) = model.draft() else { return Vec::new() };
    let template = model.composed_template().cloned();
    if let Some(outgoing) = resolved(model, &draft, template.as_deref()).into_iter().next() {
        model.composer.request_use = Some(wanted);
        return vec![Effect::PrepareRequest(Box::new(outgoing))];
    }
    let problems = model.draft_problems();
    let words = problems.first().map(|problem| wording::message::draft_problem(&model.texts, problem, &model.composer.variables));
    say(model, words.unwrap_or_default(), true);
    Vec::new()
}

/// Takes the request that a send would make.
pub fn take(model: &mut Model, request: Result<Box<RequestPreview>, Problem>) -> Vec<Effect> {
    let Some(wanted) = model.composer.request_use.take() else { return Vec::new() };
    match (request, wanted) {
        (Ok(request), RequestUse::Copy) => {
            let words = model.text("composer-request-copied");
            say(model, words, false);
            vec![Effect::Copy(request.curl)]
        }
        (Ok(request), RequestUse::Show) => {
            model.overlays.push(Overlay::Request(Box::new(RequestView { request: *request, as_curl: false, scroll: 0 })));
            Vec::new()
        }
        (Err(problem), _) => {
            say_problem(model, &problem);
            Vec::new()
        }
    }
}
