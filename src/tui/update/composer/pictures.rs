//! Has the files of the composed message looked at, each once; one whose address is still being typed not before it rests.

use jiff::SignedDuration;

use crate::{
    domain::{
        free_form::FreeFormPart,
        media::{MediaFacts, MediaProblem, MediaShelf},
        template::MediaKind,
        variable::Part,
    },
    tui::{
        effect::Effect,
        model::{Model, Screen, composer::Field},
        screen::composer::{compares_languages, rendered},
        update::say,
    },
};

/// How long an address rests before it is looked at.
const REST: SignedDuration = SignedDuration::from_millis(700);

/// Asks for what the preview shows and nobody has looked at yet.
pub fn want(model: &mut Model) -> Vec<Effect> {
    if model.screen != Screen::Composer || !model.pictures.shown {
        return Vec::new();
    }
    let typed = typed_source(model);
    let mut effects = Vec::new();
    let mut rests = None;
    for (source, kind) in wanted(model) {
        let known = model.pictures.shelf.get(&source).is_some();
        if !known && typed.as_ref() == Some(&source) {
            let due = match model.pictures.typed.take() {
                Some((own, due)) if own == source => due,
                _ => model.now.checked_add(REST).unwrap_or(model.now),
            };
            if due > model.now {
                rests = Some((source, due));
                continue;
            }
        }
        if model.pictures.shelf.want(&source) {
            effects.push(Effect::LookAtFile(source, kind));
        }
    }
    model.pictures.typed = rests;
    effects
}

/// Asks for an address that has rested long enough.
pub fn want_due(model: &mut Model) -> Vec<Effect> {
    let due = model.pictures.typed.as_ref().is_some_and(|(_, due)| *due <= model.now);
    if due { want(model) } else { Vec::new() }
}

/// Every file of the preview, no more than can be remembered.
fn wanted(model: &Model) -> Vec<(String, MediaKind)> {
    let messages = match (model.free_form(), model.composed_template()) {
        (Some(message), _) => vec![message.render()],
        (None, _) if compares_languages(model) => {
            model.composed_languages().into_iter().map(|template| rendered(model, template)).collect()
        }
        (None, Some(template)) => vec![rendered(model, template)],
        (None, None) => Vec::new(),
    };
    let files = messages.iter().flat_map(|message| message.files());
    files.map(|(source, kind)| (source.to_owned(), kind)).take(MediaShelf::MOST).collect()
}

/// What stands in the field that has the focus, where that is the address of a file.
fn typed_source(model: &Model) -> Option<String> {
    let field = match model.composer_focus()? {
        Field::Free(FreeFormPart::File) => model.composer.message.free.get(&FreeFormPart::File)?,
        Field::Value(place) => {
            let id = &model.composer.variables.get(place)?.id;
            if id.part != Part::HeaderMedia {
                return None;
            }
            model.composer.typed(id)?
        }
        _ => return None,
    };
    Some(field.text().trim().to_owned())
}

/// Takes what was found out about a file.
pub fn take(model: &mut Model, source: &str, result: Result<MediaFacts, MediaProblem>) {
    model.pictures.shelf.tell(source, result);
}

/// Shows pictures and sizes, or nothing but boxes without looking at any file.
pub fn toggle(model: &mut Model) {
    let shown = !model.pictures.shown;
    model.pictures.shown = shown;
    let words = model.text(if shown { "media-on" } else { "media-off" });
    say(model, words, false);
}
