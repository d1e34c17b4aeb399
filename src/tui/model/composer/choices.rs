//! What the composer's pickers offer, and what is chosen before anybody chooses.

use std::sync::Arc;

use crate::{
    domain::{
        Account, Template,
        delivery::MessageKind,
        template::{Category, TemplateStatus},
    },
    text,
    tui::model::{
        Model,
        composer::Kind,
        overlay::{Choice, ChoiceValue},
    },
    wording,
};

/// The template that is composed with until another is chosen: the first approved marketing one, else the first that can
/// be sent, else the first.
pub fn first_template(templates: &[Arc<Template>]) -> Option<&Arc<Template>> {
    let approved = |template: &&Arc<Template>| template.status == TemplateStatus::Approved;
    let marketing = |template: &&Arc<Template>| MessageKind::of(template) == MessageKind::Marketing;
    let ordered = sorted(templates);
    let first = |wanted: &dyn Fn(&&Arc<Template>) -> bool| ordered.iter().copied().find(wanted);
    first(&|template| approved(template) && marketing(template)).or_else(|| first(&approved)).or_else(|| ordered.first().copied())
}

/// Templates by name, all languages of one side by side; names of which none is approved come last.
fn sorted(templates: &[Arc<Template>]) -> Vec<&Arc<Template>> {
    let usable: std::collections::BTreeSet<&str> = templates
        .iter()
        .filter(|template| template.status == TemplateStatus::Approved)
        .map(|template| template.name.as_str())
        .collect();
    let mut ordered: Vec<&Arc<Template>> = templates.iter().collect();
    ordered.sort_by_key(|template| {
        let other = template.category != Category::Marketing;
        (!usable.contains(template.name.as_str()), other, template.name.as_str(), template.language.as_str())
    });
    ordered
}

/// What a message can be made of.
pub fn kind_choices(model: &Model) -> Vec<Choice> {
    let note = |kind: Kind| if kind.is_free() { "composer-made-of-free" } else { "composer-made-of-template-note" };
    let choice =
        |kind: Kind| Choice { value: ChoiceValue::Kind(kind), label: model.text(kind.text_id()), note: model.text(note(kind)) };
    Kind::ALL.into_iter().map(choice).collect()
}

/// The accounts that can be composed for, worst last: a message is written from what works.
pub fn account_choices(model: &Model) -> Vec<Choice> {
    let mut accounts: Vec<&Arc<Account>> = model.fleet.all().iter().collect();
    accounts.sort_by_cached_key(|account| {
        (std::cmp::Reverse(account.attention(model.now)), wording::account_name(account).to_lowercase())
    });
    accounts
        .into_iter()
        .map(|account| {
            let status = wording::status_short(&model.texts, &account.onboarding);
            let glyph = wording::status_glyph(&account.onboarding);
            let portfolio = account.portfolio.as_ref().map(|portfolio| text::clean(&portfolio.name).into_owned());
            Choice {
                value: ChoiceValue::Account(account.id.clone()),
                label: wording::account_name(account),
                note: joined([
                    Some(format!("{glyph} {status}")),
                    portfolio,
                    account.country.as_deref().map(|code| text::clean(code).into_owned()),
                ]),
            }
        })
        .collect()
}

/// The numbers of the composer's account.
pub fn number_choices(model: &Model) -> Vec<Choice> {
    let Some(account) = model.composed_account() else { return Vec::new() };
    account
        .numbers
        .iter()
        .map(|number| Choice {
            value: ChoiceValue::Number(number.id.clone()),
            label: text::phone(&number.display),
            note: joined([
                Some(wording::number_status(&model.texts, &number.status)),
                Some(format!("◆ {}", wording::quality(&model.texts, &number.quality))),
                Some(text::clean(&number.verified_name).into_owned()),
            ]),
        })
        .collect()
}

/// The templates of the composer's account.
pub fn template_choices(model: &Model) -> Vec<Choice> {
    let templates = model.composed_templates().and_then(|remote| remote.value());
    sorted(templates.map(Vec::as_slice).unwrap_or_default())
        .into_iter()
        .map(|template| Choice {
            value: ChoiceValue::Template(template.id.clone()),
            label: format!("{} {}", wording::message::template_glyph(&template.status), template_name(template)),
            note: joined([wording::message::made_with(&model.texts, template), Some(template_note(model, template))]),
        })
        .collect()
}

/// A template's name and language.
pub fn template_name(template: &Template) -> String {
    format!("{} · {}", wording::name_or_id(&template.name, &template.id), text::clean(&template.language))
}

/// A template's status, category and quality.
pub fn template_note(model: &Model, template: &Template) -> String {
    let texts = &model.texts;
    let status = wording::message::template_status(texts, &template.status);
    let quality = wording::quality(texts, &template.quality);
    joined([Some(wording::message::category(texts, &template.category)), Some(status), Some(format!("◆ {quality}"))])
}

fn joined<const N: usize>(parts: [Option<String>; N]) -> String {
    parts.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}
