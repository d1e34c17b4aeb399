//! `wabadeck preview --template-file`: templates of a file as WhatsApp would show them. No account is asked, so nothing is
//! said about the way they would take.

use std::path::Path;

use jiff::Timestamp;
use serde_json::{Value, json};

use super::{
    App, Exit, Failure, delivery_json, message,
    output::{self, Tone},
    preview::{self, Args},
};
use crate::{
    domain::{Template, rendering::Blanks},
    ops::template_file::{self, TemplateFileError},
    text,
    wording::{self, preview::Looked},
};

/// Draws every template of the file, or the one that was named.
pub fn run(app: &App, arguments: &Args, path: &Path) -> Result<Exit, Failure> {
    let mut templates = template_file::read(path).map_err(|error| failure(app, path, &error))?;
    if let Some(wanted) = &arguments.message.template {
        let (name, language) = message::name_and_language(wanted);
        templates
            .retain(|template| template.name == name && language.is_none_or(|own| template.language.eq_ignore_ascii_case(own)));
        if templates.is_empty() {
            let words = app.texts.with("cli-template-file-other", &[("template", text::clean(wanted).into())]);
            return Err(Failure::said(Exit::Failed, words));
        }
    }
    let now = Timestamp::now();
    let mut page = String::new();
    let mut rows = Vec::new();
    for template in &templates {
        rows.push(one(app, arguments, template, now, &mut page)?);
    }
    if arguments.json {
        return Ok(output::print_json(&json!({ "templates": rows })));
    }
    Ok(output::print(&page))
}

/// One template, drawn below what is on the page, and as JSON.
fn one(app: &App, arguments: &Args, template: &Template, now: Timestamp, page: &mut String) -> Result<Value, Failure> {
    let variables = template.variables();
    let values = message::values_of(app, template, &variables, &arguments.message.values)?;
    let blanks = if arguments.examples { Blanks::Examples } else { Blanks::Marked };
    let rendered = template.render(&values, blanks);
    let looked = Looked {
        template,
        variables: &variables,
        values: &values,
        message: &rendered,
        optimized: arguments.message.optimized,
        for_nobody: true,
        filler: if arguments.examples { "" } else { "--examples" },
    };
    let facts = wording::preview::facts(&app.texts, &looked);
    let problems = preview::problem_sentences(app, &variables, &template.problems(&values, now));
    app.output.wrap(page, 0, &preview::template_line(app, template), Tone::Title);
    page.push('\n');
    preview::picture(app, page, arguments, &looked, None, now)?;
    preview::said_of_picture(app, page, &facts);
    for sentence in &problems {
        app.output.wrap(page, 0, &format!("✕ {sentence}"), Tone::Bad);
    }
    page.push('\n');
    Ok(json!({
        "template": preview::template_json(template),
        "variables": preview::variables_json(app, &variables, &values, now),
        "message": delivery_json::message(&rendered),
        "facts": facts.iter().map(|(words, _)| words.as_str()).collect::<Vec<_>>(),
        "problems": problems,
    }))
}

fn failure(app: &App, path: &Path, error: &TemplateFileError) -> Failure {
    let id = match error {
        TemplateFileError::Unreadable(_) => "cli-template-file-unreadable",
        TemplateFileError::TooLarge => "cli-template-file-large",
        TemplateFileError::NotJson(_) => "cli-template-file-json",
        TemplateFileError::NoTemplate => "cli-template-file-none",
    };
    let reason = match error {
        TemplateFileError::Unreadable(reason) => reason.to_string(),
        TemplateFileError::NotJson(reason) => reason.to_string(),
        TemplateFileError::TooLarge | TemplateFileError::NoTemplate => String::new(),
    };
    let path = text::clean(&path.to_string_lossy()).into_owned();
    let reason = text::clean(&reason).into_owned();
    Failure::said(Exit::Usage, app.texts.with(id, &[("path", path.into()), ("reason", reason.into())]))
}
