//! `wabadeck account ID`: everything that the details screen says of one account.

use jiff::Timestamp;

use super::{
    App, Exit, Failure,
    account_json::{self, BlindSpot},
    accounts, finding_json,
    output::{self, Tone},
};
use crate::{
    domain::{
        Account, WabaId,
        account::OnboardingStatus,
        diagnosis::{Rung, Severity},
        number::NumberStatus,
        region::{Country, RegionEffect},
        restriction::Evidence,
        status::NumberClass,
    },
    graph::token::TokenInfo,
    ops::{
        Session,
        diagnosis::{self, Dossier},
        fleet,
    },
    text,
    wording::{self, finding as words},
};

/// Pieces of evidence that are printed for a finding; JSON has them all.
const MOST_EVIDENCE: usize = 4;

/// Arguments of `wabadeck account`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Which account: its id, or its name.
    #[arg(value_name = "ID")]
    pub account: String,
    /// JSON.
    #[arg(long)]
    pub json: bool,
}

/// Loads the account and prints it.
pub async fn run(app: &App, arguments: &Args) -> Result<Exit, Failure> {
    let session = app.session().await?;
    let loaded = load(app, &session, &arguments.account).await;
    app.say_sandbox(&session);
    let (account, blind_spots, token) = loaded?;
    let dossier = diagnosis::gather(&session, account, token.as_ref()).await;
    if let Some(problem) = &dossier.past.unread {
        output::complain(&problem.to_text(app.texts.language()));
    }
    if arguments.json {
        return Ok(output::print_json(&as_json(app, &dossier, &blind_spots)));
    }
    Ok(output::print(&page(app, &dossier, &blind_spots)))
}

fn as_json(app: &App, dossier: &Dossier, blind_spots: &[BlindSpot]) -> serde_json::Value {
    let findings = dossier.findings();
    let mut value = account_json::account(&dossier.account, blind_spots, dossier.at);
    if let Some(object) = value.as_object_mut() {
        let enforcement = Rung::of(&findings, dossier.at).map(finding_json::enforcement);
        object.insert("findings".to_owned(), finding_json::findings(&app.texts, &findings, &dossier.account));
        object.insert("enforcement".to_owned(), enforcement.into());
    }
    value
}

/// The account with this id or name, with its numbers' health, how it was found and what could not be seen of it.
pub async fn load(app: &App, session: &Session, wanted: &str) -> Result<(Account, Vec<BlindSpot>, Option<TokenInfo>), Failure> {
    // Only the list knows how an account was found and how far its portfolio's terms are.
    let (listed, blind_spots, token) = match fleet::load_all(session).await {
        Ok(fleet) => (find(app, fleet.accounts, wanted)?, fleet.failures, fleet.summary.token),
        // The account itself may be visible all the same.
        Err(_) if is_id(wanted) => (None, Vec::new(), None),
        Err(problem) => return Err(problem.into()),
    };
    let id = match &listed {
        Some(account) => account.id.clone(),
        None => id_or_not_found(app, wanted)?,
    };
    let mut account = fleet::load_account(session, &id).await?;
    if let Some(listed) = listed {
        account.found_by = listed.found_by;
        account.portfolio = listed.portfolio.or(account.portfolio);
    }
    let blind_spots = blind_spots.into_iter().filter(|spot| account_json::concerns(spot, &account)).collect();
    Ok((account, blind_spots, token))
}

/// The account with this id or name, asked for by itself where an id was given.
pub async fn one(app: &App, session: &Session, wanted: &str) -> Result<Account, Failure> {
    let listed = if is_id(wanted) { None } else { find(app, fleet::load_all(session).await?.accounts, wanted)? };
    let id = match listed {
        Some(account) => account.id,
        None => id_or_not_found(app, wanted)?,
    };
    Ok(fleet::load_account(session, &id).await?)
}

fn id_or_not_found(app: &App, wanted: &str) -> Result<WabaId, Failure> {
    if is_id(wanted) {
        return Ok(WabaId::new(wanted.trim()));
    }
    let sentence = app.texts.with("cli-account-not-found", &[("account", text::clean(wanted).into())]);
    Err(Failure::said(Exit::Failed, sentence))
}

fn is_id(wanted: &str) -> bool {
    let wanted = wanted.trim();
    !wanted.is_empty() && wanted.bytes().all(|byte| byte.is_ascii_digit())
}

/// The account by its id, else by its name without regard to case.
fn find(app: &App, accounts: Vec<Account>, wanted: &str) -> Result<Option<Account>, Failure> {
    let wanted = wanted.trim();
    let name = wanted.to_lowercase();
    let (by_id, others): (Vec<_>, Vec<_>) = accounts.into_iter().partition(|account| account.id.as_str() == wanted);
    if let Some(account) = by_id.into_iter().next() {
        return Ok(Some(account));
    }
    let mut named: Vec<Account> = others.into_iter().filter(|account| account.name.to_lowercase() == name).collect();
    if named.len() > 1 {
        let ids = named.iter().map(|account| account.id.as_str()).collect::<Vec<_>>().join(", ");
        let arguments = [("account", text::clean(wanted).into()), ("ids", text::clean(&ids).into())];
        return Err(Failure::said(Exit::Usage, app.texts.with("cli-account-ambiguous", &arguments)));
    }
    Ok(named.pop())
}

/// Collects the lines of the page.
struct Page<'a> {
    app: &'a App,
    text: String,
    label_width: usize,
}

impl Page<'_> {
    fn heading(&mut self, id: &str) {
        self.text.push('\n');
        let words = self.app.texts.get(id);
        self.text.push_str(&format!("{}\n", self.app.output.paint(&words, Tone::Title)));
    }

    fn wrapped(&mut self, indent: usize, words: &str, tone: Tone) {
        self.app.output.wrap(&mut self.text, indent, words, tone);
    }

    fn pair(&mut self, label_id: &str, value: &str) {
        let label = self.app.texts.get(label_id).into_owned();
        let room = self.app.output.prose_width().saturating_sub(self.label_width + 4).max(20);
        let mut shown = self.app.output.paint(&label, Tone::Dim);
        let mut padding = " ".repeat(self.label_width.saturating_sub(text::width(&label)) + 2);
        for line in text::wrap(value, room) {
            self.text.push_str(&format!("  {shown}{padding}{line}\n"));
            shown = String::new();
            padding = " ".repeat(self.label_width + 2);
        }
    }
}

/// Labels of pairs, so that all values begin at one column.
const LABELS: [&str; 13] = [
    "ladder-title",
    "account-portfolio-terms",
    "account-limit",
    "account-portfolio",
    "account-currency",
    "account-review",
    "account-verification",
    "account-ownership",
    "account-found-by",
    "account-created",
    "account-refreshed",
    "cli-account-may-be-missing",
    "account-country",
];

fn page(app: &App, dossier: &Dossier, blind_spots: &[BlindSpot]) -> String {
    let (account, now) = (&dossier.account, dossier.at);
    let label_width = LABELS.iter().map(|id| text::width(&app.texts.get(id))).max().unwrap_or(0);
    let mut page = Page { app, text: String::new(), label_width };
    page.wrapped(0, &wording::account_name(account), Tone::Title);
    let portfolio = account.portfolio.as_ref().map(|portfolio| wording::name_or_id(&portfolio.name, &portfolio.id));
    let place = [Some(account.id.to_string()), account.country.as_deref().map(str::to_owned), portfolio];
    let place: Vec<String> = place.into_iter().flatten().map(|part| text::clean(&part).into_owned()).collect();
    page.wrapped(0, &place.join(" · "), Tone::Dim);
    findings(&mut page, dossier);
    delivery(&mut page, account);
    restriction(&mut page, account, now);
    health(&mut page, account);
    numbers(&mut page, account);
    region(&mut page, account);
    about(&mut page, account, blind_spots);
    page.text
}

/// Why the account cannot send, or soon may not, and what to do: before everything else.
fn findings(page: &mut Page<'_>, dossier: &Dossier) {
    let (texts, zone) = (&page.app.texts, &page.app.zone);
    let findings = dossier.findings();
    page.heading("account-section-findings");
    if findings.is_empty() {
        page.wrapped(2, &format!("● {}", texts.get("finding-none-marketing")), Tone::Good);
    }
    for finding in &findings {
        let tone = match finding.severity {
            Severity::Blocking => Tone::Bad,
            Severity::Limiting | Severity::Warning => Tone::Action,
            Severity::Notice => Tone::Plain,
        };
        let (glyph, severity) = (words::severity_glyph(finding.severity), words::severity(texts, finding.severity));
        page.wrapped(2, &format!("{glyph} {severity}  {}", words::sentence(texts, finding)), tone);
        let mut about = vec![words::affects(texts, finding.affects), words::who(texts, finding.actor)];
        about.extend(Some(words::period(texts, finding, zone)).filter(|period| !period.is_empty()));
        page.wrapped(4, &about.join(" · "), Tone::Plain);
        page.wrapped(4, &format!("→ {}", words::step(texts, finding)), Tone::Step);
        if let Some(link) = finding.link {
            page.wrapped(4, &link.url(&dossier.account), Tone::Dim);
        }
        for said in words::meta(texts, finding) {
            page.wrapped(4, &said, Tone::Dim);
        }
        for evidence in finding.evidence.iter().take(MOST_EVIDENCE) {
            page.wrapped(4, &words::evidence(texts, evidence, zone), Tone::Dim);
        }
    }
    if let Some(rung) = Rung::of(&findings, dossier.at) {
        page.pair("ladder-title", &words::rung(texts, rung));
    }
}

fn delivery(page: &mut Page<'_>, account: &Account) {
    let texts = &page.app.texts;
    page.heading("account-section-delivery");
    let glyph = wording::status_glyph(&account.onboarding);
    let title = wording::status_title(texts, &account.onboarding);
    page.wrapped(2, &format!("{glyph} {title}"), accounts::status_tone(account));
    page.wrapped(2, &wording::status_meaning(texts, &account.onboarding), Tone::Plain);
    // The screens name a key here; there are none on the command line.
    let next = match &account.onboarding {
        OnboardingStatus::Eligible => texts.get("cli-next-eligible").into_owned(),
        OnboardingStatus::Onboarded => texts.with("cli-next-onboarded", &[("id", text::clean(account.id.as_str()).into())]),
        other => wording::status_next(texts, other, ""),
    };
    page.wrapped(2, &format!("→ {next}"), Tone::Step);
    if account.cloud_api_marketing_disabled == Some(true) {
        page.wrapped(2, &texts.get("account-cloud-api-off"), Tone::Action);
    }
    if let Some(portfolio) = &account.portfolio {
        let since = portfolio.terms_since.map(wording::day).unwrap_or_default();
        page.pair("account-portfolio-terms", &wording::terms(texts, &portfolio.terms, &since));
    }
}

fn restriction(page: &mut Page<'_>, account: &Account, now: Timestamp) {
    let (texts, zone) = (&page.app.texts, &page.app.zone);
    let Some(cause) = account.restriction(now) else { return };
    page.heading("cli-section-restriction");
    for evidence in &cause.evidence {
        let words = match evidence {
            Evidence::Announced(restriction) => {
                let kind = wording::restriction_kind(texts, &restriction.kind);
                match restriction.expires {
                    Some(end) => {
                        let when = wording::day_and_clock(end, zone);
                        texts.with("account-restriction-until", &[("kind", kind.into()), ("when", when.into())])
                    }
                    None => texts.with("account-restriction-open", &[("kind", kind.into())]),
                }
            }
            Evidence::Health { entity, code, description, .. } => {
                let said = format!("{code} {}", text::clean(description));
                wording::explanation::labelled(texts, &wording::entity_kind(texts, entity), &said)
            }
            Evidence::Status => texts.with("cli-evidence-status", &[("value", text::clean(account.onboarding.as_wire()).into())]),
        };
        page.wrapped(2, &format!("⊘ {words}"), Tone::Bad);
    }
}

fn health(page: &mut Page<'_>, account: &Account) {
    let Some(health) = &account.health else { return };
    let texts = &page.app.texts;
    page.heading("account-section-health");
    for entity in &health.entities {
        let kind = wording::entity_kind(texts, &entity.kind);
        let state = page.app.output.paint(&wording::can_send(texts, &entity.can_send), accounts::can_send_tone(&entity.can_send));
        let id = page.app.output.paint(&text::clean(&entity.id), Tone::Dim);
        page.text.push_str(&format!("  {kind:<10} {state}  {id}\n"));
        for error in entity.errors.iter() {
            page.wrapped(4, &format!("{} {}", error.code, text::clean(&error.description)), Tone::Plain);
            if !error.solution.is_empty() {
                page.wrapped(4, &format!("→ {}", text::clean(&error.solution)), Tone::Step);
            }
        }
        for info in entity.additional_info.iter() {
            page.wrapped(4, &text::clean(info), Tone::Plain);
        }
    }
}

fn numbers(page: &mut Page<'_>, account: &Account) {
    let (texts, output) = (&page.app.texts, page.app.output);
    page.heading("account-section-numbers");
    if account.numbers.is_empty() {
        let missing = if account.numbers_unread { "account-numbers-unread" } else { "account-no-numbers" };
        page.wrapped(2, &texts.get(missing), Tone::Action);
    }
    let displays: Vec<String> = account.numbers.iter().map(|number| wording::name_or_id(&number.display, &number.id)).collect();
    let widest = displays.iter().map(|display| text::width(display)).max().unwrap_or(0);
    for (number, display) in account.numbers.iter().zip(&displays) {
        let padding = " ".repeat(widest.saturating_sub(text::width(display)));
        let status = output.paint(&format!("● {}", wording::number_status(texts, &number.status)), number_tone(&number.status));
        let quality =
            output.paint(&format!("◆ {}", wording::quality(texts, &number.quality)), accounts::quality_tone(&number.quality));
        let name = text::clean(&number.verified_name);
        let id = output.paint(&text::clean(number.id.as_str()), Tone::Dim);
        page.text.push_str(&format!("  {display}{padding}  {status}  {quality}  {id}  {name}\n"));
    }
    let limit = wording::messaging_limit(texts, account.limit());
    page.pair("account-limit", &format!("{limit} — {}", texts.get("account-limit-shared")));
}

fn number_tone(status: &NumberStatus) -> Tone {
    match status.class() {
        NumberClass::Active => Tone::Good,
        NumberClass::Attention => Tone::Action,
        NumberClass::Down => Tone::Bad,
        NumberClass::Unknown => Tone::Dim,
    }
}

fn region(page: &mut Page<'_>, account: &Account) {
    let texts = &page.app.texts;
    page.heading("account-section-region");
    let sent = account.country.as_deref().filter(|country| !country.is_empty());
    let country = sent.and_then(Country::new);
    let name = country.map_or_else(
        || text::clean(sent.unwrap_or("?")).into_owned(),
        |country| crate::wording::delivery::country(texts, country),
    );
    let effect = match country.map(Country::as_business) {
        Some(RegionEffect::Full) => "region-full",
        Some(RegionEffect::NoOptimization) => "region-no-optimization",
        Some(RegionEffect::Limited) => "region-limited",
        Some(RegionEffect::NotDeliverable) => "region-not-deliverable",
        Some(RegionEffect::Sanctioned) => "region-sanctioned",
        None => "region-unknown",
    };
    let arguments = [("country", name.into()), ("effect", texts.get(effect).into_owned().into())];
    page.wrapped(2, &texts.with("region-business", &arguments), Tone::Plain);
    page.wrapped(2, &texts.get("region-recipients"), Tone::Dim);
}

fn about(page: &mut Page<'_>, account: &Account, blind_spots: &[BlindSpot]) {
    let (texts, zone) = (&page.app.texts, &page.app.zone);
    page.heading("account-section-about");
    let sent = |value: &str| text::clean(value).into_owned();
    if let Some(portfolio) = &account.portfolio {
        page.pair("account-portfolio", &format!("{} ({})", sent(&portfolio.name), sent(portfolio.id.as_str())));
    }
    for (label, value) in wording::account_facts(texts, account) {
        page.pair(label, &value);
    }
    let found = account.found_by.iter().map(|path| wording::discovery_path(texts, path)).collect::<Vec<_>>().join(", ");
    if !found.is_empty() {
        page.pair("account-found-by", &found);
    }
    for spot in blind_spots {
        page.pair("cli-account-may-be-missing", &accounts::blind_spot(page.app, spot));
    }
    for (label, moment) in [("account-created", account.created), ("account-refreshed", account.refreshed)] {
        if let Some(moment) = moment {
            page.pair(label, &wording::day_and_clock(moment, zone));
        }
    }
}
