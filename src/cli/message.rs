//! What `preview` and `send` have in common: the options that make a message, and everything they are looked up in.
//!
//! It sends nothing.

use jiff::Timestamp;

use super::{App, Exit, Failure, account};
use crate::{
    domain::{
        Account, PhoneNumber, PhoneNumberId, Template, WabaId,
        delivery::{DeliveryChoice, Forecast, ProductPolicy, Recipient, Situation, Subject, forecast},
        message::{Address, Content, Draft, TemplateKey},
        template::TemplateStatus,
        value,
        variable::{Part, Values, Variable},
    },
    ops::{Session, fleet},
    text, wording,
};

/// Options that make a message.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// The account that sends.
    #[arg(long, value_name = "ID")]
    pub account: Option<String>,
    /// The number it is sent from.
    #[arg(long, value_name = "ID")]
    pub number: Option<String>,
    /// The template, perhaps with its language.
    #[arg(long, value_name = "NAME[/LANG]")]
    pub template: Option<String>,
    /// A value of a variable.
    #[arg(long = "var", value_name = "NAME=VALUE")]
    pub values: Vec<String>,
    /// Who gets it.
    #[arg(long, value_name = "PHONE")]
    pub to: Option<String>,
    /// Optimized delivery unchecked.
    #[arg(long)]
    pub cloud_api: bool,
    /// Optimized delivery checked.
    #[arg(long, conflicts_with = "cloud_api")]
    pub optimized: bool,
    /// Never fall back.
    #[arg(long)]
    pub strict: bool,
}

/// A message with all that it was looked up in.
pub struct Chosen {
    /// The account that sends.
    pub account: Account,
    /// The number it is sent from; `None` when the account has none.
    pub number: Option<PhoneNumber>,
    /// The template.
    pub template: Template,
    /// Its variables.
    pub variables: Vec<Variable>,
    /// The draft.
    pub draft: Draft,
    /// Who gets it, as the forecast wants it.
    pub recipient: Recipient,
}

impl Chosen {
    /// Which way it will go (R33).
    pub fn forecast(&self, now: Timestamp) -> Forecast {
        forecast(&Situation {
            account: &self.account,
            number: self.number.as_ref(),
            subject: Subject::Template(&self.template),
            recipient: self.recipient,
            choice: &self.draft.choice,
            now,
        })
    }
}

/// Connects and looks everything up; that a sandbox answered is said before anything else, also before a failure.
pub async fn look_up(app: &App, options: &Options) -> Result<(Session, Chosen), Failure> {
    let session = app.session().await?;
    let chosen = choose(app, &session, options).await;
    app.say_sandbox(&session);
    Ok((session, chosen?))
}

async fn choose(app: &App, session: &Session, options: &Options) -> Result<Chosen, Failure> {
    // What is wrong by itself is said before Meta is asked.
    let Some(template) = &options.template else {
        return Err(usage(app.texts.get("cli-message-no-template").into_owned()));
    };
    let (name, language) = name_and_language(template);
    let recipient = match options.to.as_deref() {
        None => Recipient::NotChosen,
        Some(typed) => match Address::parse(typed) {
            Ok(address) => address.recipient(),
            Err(problem) => {
                let problem = wording::message::phone_problem(&app.texts, problem);
                let arguments = [("to", text::clean(typed).into()), ("problem", problem.into())];
                return Err(usage(app.texts.with("cli-message-to", &arguments)));
            }
        },
    };
    let account = account_of(app, session, options).await?;
    let number = number_of(app, &account, options.number.as_deref())?;
    let templates = fleet::load_templates(session, &account.id).await?;
    let template = template_of(app, templates, name, language)?;
    let variables = template.variables();
    let draft = Draft {
        account: account.id.clone(),
        number: number.as_ref().map(|number| number.id.clone()).unwrap_or_default(),
        content: Content::Template(TemplateKey::of(&template)),
        recipients: options.to.iter().cloned().collect(),
        values: values_of(app, &template, &variables, &options.values)?,
        choice: DeliveryChoice {
            checked: if options.cloud_api { Some(false) } else { options.optimized.then_some(true) },
            policy: if options.strict { ProductPolicy::Strict } else { ProductPolicy::CloudApiFallback },
            activity_sharing: None,
        },
    };
    Ok(Chosen { account, number, template, variables, draft, recipient })
}

/// What stands before and after the `/` of `--template`.
pub fn name_and_language(template: &str) -> (&str, Option<&str>) {
    match template.split_once('/') {
        Some((name, language)) => (name, Some(language)),
        None => (template, None),
    }
}

fn usage(sentence: String) -> Failure {
    Failure::said(Exit::Usage, sentence)
}

/// The account that was named, else the one that has the number, else the only one there is.
async fn account_of(app: &App, session: &Session, options: &Options) -> Result<Account, Failure> {
    if let Some(wanted) = &options.account {
        return account::one(app, session, wanted).await;
    }
    let fleet = fleet::load_all(session).await?;
    let mut accounts: Vec<Account> = fleet.accounts;
    if let Some(wanted) = &options.number {
        accounts.retain(|account| account.numbers.iter().any(|number| is_number(number, wanted)));
    }
    let id: WabaId = match accounts.as_slice() {
        [only] => only.id.clone(),
        _ => return Err(usage(app.texts.get("cli-message-account").into_owned())),
    };
    Ok(fleet::load_account(session, &id).await?)
}

/// Whether a number is meant by its id or by its digits.
fn is_number(number: &PhoneNumber, wanted: &str) -> bool {
    let wanted = wanted.trim();
    let digits = |text: &str| text::digits(text).ok();
    number.id.as_str() == wanted || digits(wanted).is_some_and(|wanted| digits(&number.display) == Some(wanted))
}

fn number_of(app: &App, account: &Account, wanted: Option<&str>) -> Result<Option<PhoneNumber>, Failure> {
    let Some(wanted) = wanted else {
        return Ok(account.usable_numbers().next().or(account.numbers.first()).cloned());
    };
    match account.numbers.iter().find(|number| is_number(number, wanted)) {
        Some(number) => Ok(Some(number.clone())),
        None => {
            let known = account.numbers.iter().map(|number| format!("{} ({})", number.id, number.display));
            let arguments = [("number", text::clean(wanted).into()), ("known", listed(known).into())];
            Err(usage(app.texts.with("cli-message-number", &arguments)))
        }
    }
}

/// At most so many names in a sentence.
const MOST_LISTED: usize = 40;

/// Names in a sentence, cleaned; `–` for none.
fn listed(names: impl Iterator<Item = String>) -> String {
    let mut names: Vec<String> = names.map(|name| text::clean(&name).into_owned()).collect();
    names.sort();
    names.dedup();
    let more = names.len() > MOST_LISTED;
    names.truncate(MOST_LISTED);
    if more {
        names.push(text::ELLIPSIS.to_owned());
    }
    if names.is_empty() { "–".to_owned() } else { names.join(", ") }
}

/// The template with this name, in the language that was named, or in the only one that can be sent.
fn template_of(app: &App, templates: Vec<Template>, name: &str, language: Option<&str>) -> Result<Template, Failure> {
    let (mut named, others): (Vec<_>, Vec<_>) = templates.into_iter().partition(|template| template.name == name);
    if named.is_empty() {
        let known = others.into_iter().map(|template| template.name.to_string());
        let arguments = [("template", text::clean(name).into()), ("known", listed(known).into())];
        return Err(Failure::said(Exit::Failed, app.texts.with("cli-message-template", &arguments)));
    }
    let languages = listed(named.iter().map(|template| template.language.to_string()));
    if let Some(language) = language {
        let exactly = |template: &Template| template.language.eq_ignore_ascii_case(language);
        let roughly = |template: &Template| {
            template.language.split('_').next().is_some_and(|primary| primary.eq_ignore_ascii_case(language))
        };
        if named.iter().any(exactly) {
            named.retain(exactly);
        } else {
            named.retain(roughly);
        }
    } else if named.len() > 1 && named.iter().any(|template| template.status == TemplateStatus::Approved) {
        named.retain(|template| template.status == TemplateStatus::Approved);
    }
    match (named.pop(), named.is_empty()) {
        (Some(template), true) => Ok(template),
        _ => {
            let arguments = [("template", text::clean(name).into()), ("languages", languages.into())];
            Err(usage(app.texts.with("cli-message-language", &arguments)))
        }
    }
}

/// The values that were given, by the variables of a template.
///
/// # Errors
/// What was given for no variable.
pub fn values_of(app: &App, template: &Template, variables: &[Variable], given: &[String]) -> Result<Values, Failure> {
    let mut values = Values::new();
    for pair in given {
        let Some((name, value)) = pair.split_once('=') else {
            return Err(usage(app.texts.with("cli-message-var-form", &[("given", text::clean(pair).into())])));
        };
        let Some(id) = template.find_variable(name.trim()) else {
            let known = listed(variables.iter().map(|variable| variable.id.to_string()));
            let arguments = [("name", text::clean(name).into()), ("known", known.into())];
            return Err(usage(app.texts.with("cli-message-var", &arguments)));
        };
        let moment = (id.part == Part::OfferExpiration).then(|| value::with_offset(value, &app.zone)).flatten();
        values.insert(id, moment.unwrap_or_else(|| value.to_owned()));
    }
    Ok(values)
}

/// The id that the account sends from, for people.
pub fn sender(number: Option<&PhoneNumber>) -> Option<(&PhoneNumberId, String)> {
    number.map(|number| (&number.id, wording::name_or_id(&number.display, &number.id)))
}
