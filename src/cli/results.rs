//! `wabadeck results`: what became of messages by the way they took, and the recipients that have to be reached otherwise.

use std::path::PathBuf;

use jiff::Timestamp;
use serde_json::{Value, json};

use super::{
    App, Exit, Failure, account,
    output::{self, Tone, complain},
};
use crate::{
    domain::{
        Account, TemplateId, WabaId,
        delivery::PricingCategory,
        results::{Counts, DayCounts, Method, PRICING_DAYS, Split, TEMPLATE_DAYS, TemplateResults},
    },
    ops::{
        Problem, Session, fleet,
        history::History,
        results::{self, AccountResults, NOT_ENABLED},
    },
    store::{FailureCount, RetargetReason},
    text, wording,
};

/// Width of a bar.
const BAR: usize = 24;

/// Most columns of a sparkline.
const SPARK: usize = 45;

/// Failures that a page lists.
const MOST_FAILURES: usize = 8;

/// Arguments of `wabadeck results`.
#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub struct Args {
    /// Which account: its id, or its name.
    #[arg(value_name = "ID", required = true)]
    pub account: Option<String>,
    /// One template, in all its languages.
    #[arg(long, value_name = "NAME")]
    pub template: Option<String>,
    /// So many days back.
    #[arg(long, value_name = "DAYS", default_value_t = 7, value_parser = clap::value_parser!(u16).range(1..=i64::from(PRICING_DAYS)))]
    pub days: u16,
    /// From this day on.
    #[arg(long, value_name = "DATE", conflicts_with = "days")]
    pub since: Option<jiff::civil::Date>,
    /// JSON.
    #[arg(long, conflicts_with = "csv")]
    pub json: bool,
    /// CSV, by day.
    #[arg(long)]
    pub csv: bool,
    /// Switch template insights on first.
    #[arg(long)]
    pub enable_insights: bool,
    /// Really switch them on.
    #[arg(long, requires = "enable_insights")]
    pub yes: bool,
    /// Something else than results.
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// What else there is.
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// Recipients to reach otherwise.
    Export(Export),
}

/// Arguments of `wabadeck results export`.
#[derive(Debug, clap::Args)]
pub struct Export {
    /// Why they failed.
    #[arg(value_name = "REASON", value_parser = ["wait", "never"])]
    pub reason: String,
    /// Only of this account.
    #[arg(long, value_name = "ID")]
    pub account: Option<String>,
    /// So many days back.
    #[arg(long, value_name = "DAYS", default_value_t = 90, value_parser = clap::value_parser!(u16).range(1..))]
    pub days: u16,
    /// A new file for its owner alone; standard output without it.
    #[arg(long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// Reads and prints.
pub async fn run(app: &App, arguments: &Args) -> Result<Exit, Failure> {
    if let Some(Command::Export(arguments)) = &arguments.command {
        return export(app, arguments).await;
    }
    let session = app.session().await?;
    let found = account::one(app, &session, arguments.account.as_deref().unwrap_or_default()).await;
    app.say_sandbox(&session);
    let account = found?;
    if arguments.enable_insights {
        enable(app, arguments, &session, &account).await?;
    }
    let days = days(arguments)?;
    let now = Timestamp::now();
    let Some(template) = &arguments.template else {
        let results = results::of_account(&session, &account, results::period(now, days)).await?;
        return Ok(show_account(app, arguments, &account, &results));
    };
    if days > TEMPLATE_DAYS {
        let words = app.texts.with("cli-results-too-far", &[("days", TEMPLATE_DAYS.into())]);
        return Err(Failure::said(Exit::Usage, words));
    }
    let ids = template_ids(app, &session, &account.id, template).await?;
    let period = results::period(now, days);
    let results = results::of_template(&session, &account.id, &ids, period).await.map_err(|problem| explained(app, problem))?;
    let failures = results::failures(&session, &account.id, Some(template), period).await;
    Ok(show_template(app, arguments, &account, template, &results, &failures))
}

/// How many days back, by whichever option says it.
fn days(arguments: &Args) -> Result<u16, Failure> {
    let Some(since) = arguments.since else { return Ok(arguments.days) };
    let today = Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date();
    let days = (today - since).get_days();
    let out_of_range = || Failure::said(Exit::Usage, format!("--since must lie 1 to {PRICING_DAYS} days back."));
    u16::try_from(days).ok().filter(|days| (1..=PRICING_DAYS).contains(days)).ok_or_else(out_of_range)
}

async fn enable(app: &App, arguments: &Args, session: &Session, account: &Account) -> Result<(), Failure> {
    if account.insights_enabled == Some(true) {
        return Ok(());
    }
    let name = wording::account_name(account);
    if !arguments.yes {
        let words = app.texts.with("cli-results-ask", &[("account", name.into())]);
        return Err(Failure::said(Exit::Usage, words));
    }
    results::enable_insights(session, &account.id).await?;
    complain(&app.texts.with("cli-results-enabled", &[("account", name.into())]));
    Ok(())
}

/// What to do about insights that are not switched on stands beside Meta's refusal.
fn explained(app: &App, problem: Problem) -> Failure {
    if problem.code != Some(NOT_ENABLED) {
        return problem.into();
    }
    let words = format!("{} {}", problem.to_text(app.texts.language()), app.texts.get("cli-results-how-to-enable"));
    Failure::said(Exit::Failed, words)
}

async fn template_ids(app: &App, session: &Session, account: &WabaId, wanted: &str) -> Result<Vec<TemplateId>, Failure> {
    let templates = fleet::load_templates(session, account).await?;
    let ids: Vec<TemplateId> = templates
        .iter()
        .filter(|template| template.name == wanted || template.id.as_str() == wanted)
        .map(|template| template.id.clone())
        .collect();
    if ids.is_empty() {
        let words = app.texts.with("cli-results-no-template", &[("template", text::clean(wanted).into())]);
        return Err(Failure::said(Exit::Failed, words));
    }
    Ok(ids)
}

fn show_account(app: &App, arguments: &Args, account: &Account, results: &AccountResults) -> Exit {
    if arguments.json {
        return output::print_json(&account_json(account, results));
    }
    if arguments.csv {
        let mut csv = String::from("day,category,messages,cost\r\n");
        for volume in &results.volumes {
            let cost = volume.cost.map_or_else(String::new, |cost| cost.to_string());
            let category = text::clean(volume.category.as_wire()).replace([',', '"'], " ");
            csv.push_str(&format!("{},{category},{},{cost}\r\n", wording::day(volume.day), volume.messages));
        }
        return output::print(&csv);
    }
    let texts = &app.texts;
    let mut page = head(app, account, &wording::day(results.period.start), &wording::day(results.period.end));
    let (split, days) = (results.split(), results.days());
    if split.total() == 0 {
        page.push_str(&format!("{}\n", texts.get("results-no-marketing")));
    }
    for method in Method::ALL {
        let of = |split: Split| if method == Method::Optimized { split.optimized } else { split.cloud_api };
        let daily: Vec<u64> = days.iter().map(|(_, split)| of(*split)).collect();
        page.push_str(&format!(
            "  {}  {}  {:>12}  {:>5}  {}\n",
            padded(&wording::results::method(texts, method), method_width(app)),
            text::bar(of(split), split.total(), BAR),
            wording::results::number(texts, of(split)),
            wording::results::part(texts, Some(of(split)), Some(split.total())),
            text::sparkline(&daily, SPARK),
        ));
    }
    let mut others = std::collections::BTreeMap::<&PricingCategory, u64>::new();
    for volume in &results.volumes {
        if !matches!(volume.category, PricingCategory::Marketing | PricingCategory::MarketingLite) {
            *others.entry(&volume.category).or_default() += volume.messages;
        }
    }
    let others: Vec<String> = others
        .into_iter()
        .filter(|(_, count)| *count > 0)
        .map(|(category, count)| {
            format!("{} {}", wording::results::category(texts, category), wording::results::number(texts, count))
        })
        .collect();
    if !others.is_empty() {
        page.push_str(&format!("  {}\n", app.output.paint(&others.join(" · "), Tone::Dim)));
    }
    failures_page(app, &results.failures, &mut page);
    page.push_str(&format!("\n{}\n", app.output.paint(&texts.get("results-caveats"), Tone::Title)));
    for caveat in &results.caveats {
        app.output.wrap(&mut page, 2, &wording::results::caveat(texts, *caveat), Tone::Dim);
    }
    output::print(&page)
}

fn head(app: &App, account: &Account, from: &str, to: &str) -> String {
    let name = format!("{} ({})", wording::account_name(account), account.id);
    format!("{}  {}\n\n", app.output.paint(&name, Tone::Title), app.output.paint(&format!("{from} – {to}"), Tone::Dim))
}

fn method_width(app: &App) -> usize {
    Method::ALL.map(|method| text::width(&wording::results::method(&app.texts, method))).into_iter().max().unwrap_or(0)
}

fn padded(words: &str, width: usize) -> String {
    format!("{words}{}", " ".repeat(width.saturating_sub(text::width(words))))
}

fn failures_page(app: &App, failures: &[FailureCount], page: &mut String) {
    if failures.is_empty() {
        return;
    }
    page.push_str(&format!("\n{}\n", app.output.paint(&app.texts.get("results-failures"), Tone::Title)));
    for failure in failures.iter().take(MOST_FAILURES) {
        let method = wording::results::method(&app.texts, failure.method);
        page.push_str(&format!(
            "  {:>6} × {}  {method}\n",
            wording::results::number(&app.texts, failure.count.into()),
            failure.code
        ));
        app.output.wrap(page, 11, &wording::results::code(&app.texts, failure.code), Tone::Dim);
    }
}

/// A row of the table of a template: its name, and what it is of which whole.
type Row = (&'static str, fn(&Counts) -> Option<u64>, fn(&Counts) -> Option<u64>);

/// The rows of a template's table.
pub const ROWS: [Row; 5] = [
    ("results-sent", |counts| counts.sent, |_| None),
    ("results-delivered", |counts| counts.delivered, |counts| counts.sent),
    ("results-read", |counts| counts.read, |counts| counts.delivered),
    ("results-clicked", |counts| counts.clicked, |counts| counts.delivered),
    ("results-not-delivered", Counts::not_delivered, |counts| counts.sent),
];

fn show_template(
    app: &App,
    arguments: &Args,
    account: &Account,
    template: &str,
    results: &TemplateResults,
    failures: &[FailureCount],
) -> Exit {
    if arguments.json {
        return output::print_json(&template_json(account, template, results, failures));
    }
    if arguments.csv {
        let mut csv = String::from("day,method,sent,delivered,read,clicked\r\n");
        for method in Method::ALL {
            for DayCounts { day, counts } in results.days(method) {
                let cell = |count: Option<u64>| count.map_or_else(String::new, |count| count.to_string());
                let cells = [counts.sent, counts.delivered, counts.read, counts.clicked].map(cell).join(",");
                csv.push_str(&format!("{},{},{cells}\r\n", wording::day(*day), method.name()));
            }
        }
        return output::print(&csv);
    }
    let texts = &app.texts;
    let days = results.optimized.iter().chain(&results.cloud_api).map(|day| day.day);
    let (first, last) = (days.clone().min(), days.max());
    let shown = |day: Option<Timestamp>| day.map_or_else(|| "—".to_owned(), wording::day);
    let mut page = head(app, account, &shown(first), &shown(last));
    page.push_str(&format!("{}\n", app.output.paint(&text::clean(template), Tone::Title)));
    let label = ROWS.iter().map(|(id, ..)| text::width(&texts.get(id))).max().unwrap_or(0);
    page.push_str(&format!("  {}", " ".repeat(label)));
    for method in Method::ALL {
        page.push_str(&format!("  {:>20}", wording::results::method(texts, method)));
    }
    page.push('\n');
    for (id, value, whole) in ROWS {
        page.push_str(&format!("  {}", padded(&texts.get(id), label)));
        for method in Method::ALL {
            let total = results.total(method);
            let count = wording::results::count(texts, value(&total));
            page.push_str(&format!("  {count:>13} {:>6}", wording::results::part(texts, value(&total), whole(&total))));
        }
        page.push('\n');
    }
    for method in Method::ALL {
        let daily: Vec<u64> = results.days(method).iter().map(|day| day.counts.sent.unwrap_or(0)).collect();
        let name = padded(&wording::results::method(texts, method), method_width(app));
        page.push_str(&format!("  {name}  {}\n", text::sparkline(&daily, SPARK)));
    }
    failures_page(app, failures, &mut page);
    output::print(&page)
}

fn failures_json(failures: &[FailureCount]) -> Value {
    let row = |failure: &FailureCount| json!({"code": failure.code, "method": failure.method.name(), "count": failure.count});
    failures.iter().map(row).collect()
}

fn account_json(account: &Account, results: &AccountResults) -> Value {
    let split = results.split();
    json!({
        "account": account.id.as_str(),
        "start": results.period.start.to_string(),
        "end": results.period.end.to_string(),
        "marketing": {
            "optimized": split.optimized,
            "cloud_api": split.cloud_api,
            "optimized_percent": split.share(),
        },
        "volumes": results.volumes.iter().map(|volume| json!({
            "day": wording::day(volume.day),
            "category": volume.category.as_wire(),
            "messages": volume.messages,
            "cost": volume.cost,
        })).collect::<Vec<_>>(),
        "failures": failures_json(&results.failures),
        "caveats": results.caveats.iter().map(|caveat| caveat.name()).collect::<Vec<_>>(),
    })
}

fn template_json(account: &Account, template: &str, results: &TemplateResults, failures: &[FailureCount]) -> Value {
    // `day` is null for the sum of all days.
    let counts = |counts: &Counts, day: Option<Timestamp>| {
        json!({
            "day": day.map(wording::day), "sent": counts.sent, "delivered": counts.delivered, "read": counts.read,
            "clicked": counts.clicked, "not_delivered": counts.not_delivered(),
        })
    };
    let method = |method: Method| {
        let days = results.days(method).iter().map(|day| counts(&day.counts, Some(day.day)));
        json!({"total": counts(&results.total(method), None), "days": days.collect::<Vec<_>>()})
    };
    json!({
        "account": account.id.as_str(),
        "template": template,
        "optimized": method(Method::Optimized),
        "cloud_api": method(Method::CloudApi),
        "failures": failures_json(failures),
    })
}

/// Writes the recipients that failed for a reason (R38).
async fn export(app: &App, arguments: &Export) -> Result<Exit, Failure> {
    let session = app.session().await?;
    let reason = if arguments.reason == RetargetReason::Never.name() { RetargetReason::Never } else { RetargetReason::Wait };
    let since = results::period(Timestamp::now(), arguments.days).start;
    let account = arguments.account.as_deref().map(WabaId::from);
    let rows = History::of(&session).await?.retarget(account, reason, since).await?;
    let csv = results::csv(reason, &rows);
    let Some(path) = &arguments.output else { return Ok(output::print(&csv)) };
    results::write_private(path, &csv).map_err(|error| {
        let place = path.display().to_string();
        let words = app.texts.with("cli-results-not-written", &[("file", place.into()), ("reason", error.to_string().into())]);
        Failure::said(Exit::Failed, words)
    })?;
    let place = path.display().to_string();
    complain(&app.texts.with("cli-results-written", &[("count", rows.len().into()), ("file", place.into())]));
    Ok(Exit::Done)
}
