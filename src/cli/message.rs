//! What `preview` and `send` have in common: the options that make a message, and everything they are looked up in.
//!
//! It sends nothing.

use std::{collections::HashSet, path::PathBuf};

use jiff::Timestamp;

use super::{App, Exit, Failure, account};
use crate::{
    domain::{
        Account, PhoneNumber, PhoneNumberId, Template, WabaId,
        delivery::{DeliveryChoice, Forecast, ProductPolicy, Recipient, Situation, Subject, forecast},
        diagnosis::{PauseForecast, pause_forecast},
        free_form::FreeForm,
        message::{Address, Content, Draft, DraftProblem, TemplateKey},
        preflight::{self, Check, Facts},
        template::TemplateStatus,
        value,
        variable::{Part, Values, Variable},
    },
    ops::{
        Session, diagnosis, fleet,
        journal::{self, Usage},
        send,
    },
    store::KeptDraft,
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
    /// A draft that was exported.
    #[arg(long, value_name = "FILE")]
    pub draft: Option<PathBuf>,
    /// A value of a variable.
    #[arg(long = "var", value_name = "NAME=VALUE")]
    pub values: Vec<String>,
    /// Who gets it.
    #[arg(long, value_name = "PHONE")]
    pub to: Vec<String>,
    /// Who gets it, from a file.
    #[arg(long, value_name = "FILE")]
    pub recipients: Option<PathBuf>,
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
    /// Who gets it, as typed and as the forecast wants it.
    pub recipients: Vec<(String, Recipient)>,
    /// Whether the token may send; `None` when Meta did not say.
    pub may_send: Option<bool>,
    /// What the journal knows of the template.
    pub usage: Usage,
    /// What the history knows of its pause.
    pub pause: Option<PauseForecast>,
}

impl Chosen {
    fn situation(&self, now: Timestamp) -> Situation<'_> {
        Situation {
            account: &self.account,
            number: self.number.as_ref(),
            subject: Subject::Template(&self.template),
            recipient: Recipient::NotChosen,
            choice: &self.draft.choice,
            now,
        }
    }

    /// Which way it will go for each recipient (R33); one forecast where nobody is chosen.
    pub fn forecasts(&self, now: Timestamp) -> Vec<Forecast> {
        let recipients: Vec<Recipient> = self.recipients.iter().map(|(_, recipient)| *recipient).collect();
        preflight::forecasts(&self.situation(now), &recipients)
    }

    /// Which way it will go for the recipient whom it goes worst for (R33).
    pub fn forecast(&self, now: Timestamp) -> Forecast {
        let nobody = || forecast(&self.situation(now));
        preflight::worst(self.forecasts(now)).unwrap_or_else(nobody)
    }

    /// Every check before it is sent.
    pub fn preflight(&self, problems: &[DraftProblem], now: Timestamp) -> Vec<Check> {
        let recipients: Vec<Recipient> = self.recipients.iter().map(|(_, recipient)| *recipient).collect();
        preflight::preflight(&Facts {
            situation: self.situation(now),
            recipients: &recipients,
            problems,
            may_send: self.may_send,
            pause: self.pause,
            last_use: self.usage.last_use,
            reached: self.usage.reached,
        })
    }
}

/// The draft from a file, where it is a message without a template and none is named beside it.
///
/// # Errors
/// A file that holds no draft.
pub fn free_draft(options: &Options) -> Result<Option<(Draft, FreeForm)>, Failure> {
    let Some(path) = options.draft.as_ref().filter(|_| options.template.is_none()) else { return Ok(None) };
    let draft = KeptDraft::read(path).map_err(|error| usage(error.to_string()))?.draft;
    Ok(match &draft.content {
        Content::FreeForm(written) => {
            let written = written.clone();
            Some((draft, written))
        }
        _ => None,
    })
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
    if options.template.is_none() && options.draft.is_none() {
        return Err(usage(app.texts.get("cli-message-no-template").into_owned()));
    }
    let kept = match &options.draft {
        Some(path) => Some(KeptDraft::read(path).map_err(|error| usage(error.to_string()))?.draft),
        None => None,
    };
    let (name, language) = template_name(options, kept.as_ref());
    let recipients = recipients_of(app, options, kept.as_ref())?;
    let account = match (&options.account, &options.number, &kept) {
        (None, None, Some(draft)) => account::one(app, session, draft.account.as_str()).await?,
        _ => account_of(app, session, options).await?,
    };
    let of_draft = kept.as_ref().map(|draft| draft.number.as_str());
    let of_draft = of_draft.filter(|id| account.numbers.iter().any(|number| number.id.as_str() == *id));
    let number = number_of(app, &account, options.number.as_deref().or(of_draft))?;
    let (templates, may_send) = tokio::join!(fleet::load_templates(session, &account.id), send::may_send(session));
    let template = template_of(app, templates?, &name, language.as_deref())?;
    let variables = template.variables();
    let mut values = kept.as_ref().map(|draft| draft.values.clone()).unwrap_or_default();
    values.extend(values_of(app, &template, &variables, &options.values)?);
    let drafted = kept.map(|draft| draft.choice).unwrap_or_default();
    let draft = Draft {
        account: account.id.clone(),
        number: number.as_ref().map(|number| number.id.clone()).unwrap_or_default(),
        content: Content::Template(TemplateKey::of(&template)),
        recipients: recipients.iter().map(|(typed, _)| typed.clone()).collect(),
        values,
        choice: DeliveryChoice {
            checked: if options.cloud_api { Some(false) } else { options.optimized.then_some(true).or(drafted.checked) },
            policy: if options.strict { ProductPolicy::Strict } else { drafted.policy },
            activity_sharing: drafted.activity_sharing,
        },
    };
    let usage = journal::usage(session, &account.id, &TemplateKey::of(&template), Timestamp::now()).await;
    let pause = match template.status {
        TemplateStatus::Paused => {
            let past = diagnosis::past(session, &account.id).await.unwrap_or_default();
            pause_forecast(&template, &past.events)
        }
        _ => None,
    };
    Ok(Chosen { account, number, template, variables, draft, recipients, may_send, usage, pause })
}

/// Name and language of the template: as named, else the draft's.
fn template_name(options: &Options, draft: Option<&Draft>) -> (String, Option<String>) {
    match (&options.template, draft.map(|draft| &draft.content)) {
        (Some(named), _) => {
            let (name, language) = name_and_language(named);
            (name.to_owned(), language.map(str::to_owned))
        }
        (None, Some(Content::Template(key))) => (key.name.to_string(), Some(key.language.to_string())),
        (None, _) => (String::new(), None),
    }
}

/// Most people that one command writes to.
const MOST_RECIPIENTS: usize = 50;

/// Everyone who was named, each once; those of the draft where nobody was.
pub fn recipients_of(app: &App, options: &Options, draft: Option<&Draft>) -> Result<Vec<(String, Recipient)>, Failure> {
    let mut typed = options.to.clone();
    if let Some(path) = &options.recipients {
        let read = std::fs::read_to_string(path).map_err(|error| {
            let path = text::clean(&path.to_string_lossy()).into_owned();
            usage(app.texts.with("cli-message-recipients", &[("path", path.into()), ("reason", error.to_string().into())]))
        })?;
        let lines = read.lines().map(|line| line.split('#').next().unwrap_or_default().trim());
        typed.extend(lines.filter(|line| !line.is_empty()).map(str::to_owned));
    }
    if typed.is_empty() {
        typed = draft.map(|draft| draft.recipients.clone()).unwrap_or_default();
    }
    let mut seen = HashSet::new();
    let mut found = Vec::new();
    for one in typed {
        let address = Address::parse(&one).map_err(|problem| {
            let problem = wording::message::phone_problem(&app.texts, problem);
            let arguments = [("to", text::clean(&one).into_owned().into()), ("problem", problem.into())];
            usage(app.texts.with("cli-message-to", &arguments))
        })?;
        if seen.insert(address.clone()) {
            found.push((one, address.recipient()));
        }
    }
    if found.len() > MOST_RECIPIENTS {
        return Err(usage(app.texts.with("cli-message-too-many", &[("most", MOST_RECIPIENTS.into())])));
    }
    Ok(found)
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

/// The number that was named, by its id or its digits; else the first that can send.
pub fn number_of(app: &App, account: &Account, wanted: Option<&str>) -> Result<Option<PhoneNumber>, Failure> {
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
