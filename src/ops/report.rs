//! What Meta's support or a colleague needs to know of an account, in one piece: no token, recipients masked unless asked for.
//! It is in English, because Support reads it.

use std::{
    collections::HashSet,
    fmt::Write as _,
    io::Write as _,
    path::{Path, PathBuf},
};

use jiff::{Timestamp, tz::TimeZone};

use super::{
    Mode, Problem, Session,
    diagnosis::{Dossier, gather},
};
use crate::{
    domain::{
        Account,
        diagnosis::{Finding, Rung, drift},
        event::EventKind,
        graph_error::ErrorClass,
        template::TemplateStatus,
    },
    graph::token::TokenInfo,
    i18n::{Language, Texts},
    text,
    wording::{self, finding as words},
};

/// Templates, failures and changes that are listed, each at most.
const MOST: usize = 200;

/// Where a report goes from the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Destination {
    /// To the clipboard.
    Clipboard,
    /// Into a file of wabadeck's data directory.
    File,
}

/// A report that was made.
#[derive(Debug)]
pub enum Made {
    /// Its text.
    Text(String),
    /// The file that it was written to.
    File(PathBuf),
}

/// Everything that goes into a report.
#[derive(Debug)]
pub struct Report {
    /// What is known of the account.
    pub dossier: Dossier,
    /// What stands in the way, the first blocking cause on top.
    pub findings: Vec<Finding>,
    /// The version of the Graph API that was asked.
    pub api_version: String,
    /// Whether a sandbox answered: then nothing in it is real.
    pub sandbox: bool,
    /// Whether recipients are shown as they are.
    pub show_recipients: bool,
}

/// Reads what belongs to an account and makes its report.
pub async fn make(session: &Session, account: Account, token: Option<&TokenInfo>, show_recipients: bool) -> Report {
    let dossier = gather(session, account, token).await;
    let (version, sandbox) = (session.version().to_owned(), matches!(session.mode(), Mode::Sandbox { .. }));
    Report::of(dossier, version, sandbox, show_recipients)
}

impl Report {
    /// The report of what is known, without what must not leave: nothing that could be a key, no recipient unless asked for.
    fn of(mut dossier: Dossier, api_version: String, sandbox: bool, show_recipients: bool) -> Self {
        let mut findings = dossier.findings();
        let own = own_digits(&dossier);
        let people = |text: &str| match show_recipients {
            true => text.to_owned(),
            false => text::without_people(text, |digits| own.contains(digits)),
        };
        let hidden = |text: &str| text::without_keys(&people(text));
        for event in &mut dossier.past.events {
            event.note = event.note.as_deref().map(hidden);
            // Numbers, templates and restrictions are the business's own.
            if matches!(event.kind, EventKind::MessageFailed | EventKind::UserPreference) || !event.kind.is_known() {
                event.subject = people(&event.subject).into();
                event.before = event.before.as_deref().map(|value| people(value).into());
                event.after = event.after.as_deref().map(|value| people(value).into());
            }
        }
        for failure in &mut dossier.past.failures {
            failure.words = hidden(&failure.words);
        }
        for finding in &mut findings {
            finding.meta_words = finding.meta_words.as_deref().map(hidden);
            finding.meta_advice = finding.meta_advice.as_deref().map(hidden);
        }
        Self { dossier, findings, api_version, sandbox, show_recipients }
    }

    /// A recipient as it may be shown.
    pub fn recipient(&self, recipient: &str) -> String {
        if self.show_recipients { text::clean(recipient).into_owned() } else { text::mask_phone(recipient) }
    }

    /// The report as Markdown.
    pub fn markdown(&self) -> String {
        let texts = Texts::new(Language::English);
        let mut page = Markdown { page: String::new(), texts: &texts };
        self.head(&mut page);
        self.obstacles(&mut page);
        self.statuses(&mut page);
        self.health(&mut page);
        self.numbers(&mut page);
        self.templates(&mut page);
        self.failures(&mut page);
        self.timeline(&mut page);
        page.page
    }

    fn head(&self, page: &mut Markdown<'_>) {
        let account = &self.dossier.account;
        let _ = writeln!(page.page, "# WhatsApp Business Account {}", code(&account.id.to_string()));
        page.page.push('\n');
        page.item("Name", &wording::account_name(account));
        if let Some(portfolio) = &account.portfolio {
            page.item("Business portfolio", &format!("{} {}", portfolio.id, portfolio.name));
        }
        page.item("Country", account.country.as_deref().unwrap_or_default());
        page.item("Written", &self.dossier.at.to_string());
        page.item("Account read", &account.refreshed.map(|at| at.to_string()).unwrap_or_default());
        page.item("wabadeck", env!("CARGO_PKG_VERSION"));
        page.item("Graph API", &self.api_version);
        if self.sandbox {
            page.item("Sandbox", "yes: nothing here is real");
        }
    }

    fn obstacles(&self, page: &mut Markdown<'_>) {
        page.heading("What stands in the way");
        if self.findings.is_empty() {
            let none = page.texts.get("finding-none").into_owned();
            page.line(&none);
        }
        for (place, finding) in self.findings.iter().enumerate() {
            self.obstacle(page, place + 1, finding);
        }
        if let Some(rung) = Rung::of(&self.findings, self.dossier.at) {
            page.page.push('\n');
            page.item("Enforcement", &words::rung(page.texts, rung));
        }
    }

    fn obstacle(&self, page: &mut Markdown<'_>, place: usize, finding: &Finding) {
        let texts = page.texts;
        let severity = words::severity(texts, finding.severity);
        let _ = writeln!(page.page, "{place}. **{severity}** {}", plain(&words::sentence(texts, finding)));
        let mut about = vec![words::who(texts, finding.actor), words::affects(texts, finding.affects)];
        about.push(words::period(texts, finding, &TimeZone::UTC));
        about.retain(|part| !part.is_empty());
        page.below(&about.join("; "));
        page.below(&words::step(texts, finding));
        if let Some(link) = finding.link {
            page.below(&link.url(&self.dossier.account));
        }
        for said in words::meta(texts, finding) {
            page.below(&said);
        }
        for evidence in finding.evidence.iter().take(MOST) {
            page.below(&words::evidence(texts, evidence, &TimeZone::UTC));
        }
    }

    fn statuses(&self, page: &mut Markdown<'_>) {
        let account = &self.dossier.account;
        page.heading("Statuses");
        page.item("messages leave (all in all)", account.can_send(self.dossier.at).as_wire());
        page.item("marketing_messages_onboarding_status", account.onboarding.as_wire());
        page.item("account_review_status", account.review.as_ref().map_or("", |review| review.as_wire()));
        page.item("business_verification_status", account.business_verification.as_deref().unwrap_or_default());
        page.item("status", account.operational_status.as_deref().unwrap_or_default());
        page.item("ownership_type", account.ownership.as_ref().map_or("", |ownership| ownership.as_wire()));
        if let Some(portfolio) = &account.portfolio {
            page.item("portfolio terms", portfolio.terms.as_wire());
        }
        page.item("messaging limit", account.limit().as_ref().map_or("", |limit| limit.as_wire()));
        for restriction in &account.restrictions {
            let end = restriction.expires.map_or_else(|| "no end named".to_owned(), |end| end.to_string());
            page.item("restriction", &format!("{} until {end}", restriction.kind.as_wire()));
        }
    }

    fn health(&self, page: &mut Markdown<'_>) {
        let account = &self.dossier.account;
        let trees = account.health.iter().chain(account.numbers.iter().filter_map(|number| number.health.as_deref()));
        let mut seen = Vec::new();
        page.heading("Health");
        for entity in trees.flat_map(|health| &health.entities) {
            let name = (entity.kind.as_wire(), entity.id.as_str());
            if seen.contains(&name) {
                continue;
            }
            seen.push(name);
            page.item(&format!("{} {}", name.0, name.1), entity.can_send.as_wire());
            for error in entity.errors.iter() {
                page.below(&format!("{}: {} {}", error.code, error.description, error.solution));
            }
            for info in entity.additional_info.iter() {
                page.below(info);
            }
        }
    }

    fn numbers(&self, page: &mut Markdown<'_>) {
        page.heading("Phone numbers");
        for number in &self.dossier.account.numbers {
            let parts = [
                number.display.as_str(),
                number.verified_name.as_str(),
                number.status.as_wire(),
                number.quality.as_wire(),
                number.name_status.as_wire(),
                number.code_verification.as_wire(),
                number.platform.as_wire(),
            ];
            let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
            page.item(number.id.as_str(), &parts.join(", "));
        }
    }

    fn templates(&self, page: &mut Markdown<'_>) {
        page.heading("Templates that need a look");
        let templates = match &self.dossier.templates {
            Ok(templates) => templates,
            Err(problem) => return page.line(&problem.to_text(Language::English)),
        };
        let odd = templates.iter().filter(|template| template.status != TemplateStatus::Approved || drift(template).is_some());
        for template in odd.take(MOST) {
            let mut words =
                format!("{}, {}, quality {}", template.status.as_wire(), template.category.as_wire(), template.quality.as_wire());
            if let Some(reason) = &template.rejected_reason {
                let _ = write!(words, ", rejected: {reason}");
            }
            if let Some((from, to)) = drift(template) {
                let _ = write!(words, ", category {} to {}", from.as_wire(), to.as_wire());
            }
            page.item(&format!("{} {}/{}", template.id, template.name, template.language), &words);
        }
    }

    fn failures(&self, page: &mut Markdown<'_>) {
        page.heading("Sends that failed");
        for failure in self.dossier.past.failures.iter().take(MOST) {
            let code = failure.code.map(|code| code.to_string()).unwrap_or_default();
            let recipient = self.recipient(&failure.recipient);
            page.item(&failure.at.to_string(), &format!("code {code}, {} to {recipient}", failure.template));
            if let Some(trace) = &failure.fbtrace_id {
                page.below(&format!("fbtrace_id {trace}"));
            }
            page.below(&failure.words);
        }
    }

    fn timeline(&self, page: &mut Markdown<'_>) {
        page.heading("Changes in the last 30 days");
        for event in self.dossier.past.events.iter().take(MOST) {
            let (before, after) = (event.before.as_deref().unwrap_or("?"), event.after.as_deref().unwrap_or("?"));
            let words = format!("{} {} {before} to {after}", event.kind.as_wire(), event.subject);
            page.item(&event.at.to_string(), &words);
        }
    }
}

/// Ids and numbers of the business itself, by which nobody else can be known.
fn own_digits(dossier: &Dossier) -> HashSet<String> {
    let account = &dossier.account;
    let mut own = vec![account.id.as_str()];
    own.extend(account.portfolio.as_ref().map(|portfolio| portfolio.id.as_str()));
    own.extend(account.numbers.iter().flat_map(|number| [number.id.as_str(), number.display.as_str()]));
    own.extend(dossier.templates.iter().flatten().map(|template| template.id.as_str()));
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    own.into_iter().map(digits).filter(|digits| !digits.is_empty()).collect()
}

/// Markdown in which nothing that was sent can be anything but text.
struct Markdown<'a> {
    page: String,
    texts: &'a Texts,
}

impl Markdown<'_> {
    fn heading(&mut self, words: &str) {
        let _ = write!(self.page, "\n## {words}\n\n");
    }

    fn line(&mut self, words: &str) {
        let _ = writeln!(self.page, "{}", plain(words));
    }

    /// A label and its value; nothing where there is no value.
    fn item(&mut self, label: &str, value: &str) {
        if !value.trim().is_empty() {
            let _ = writeln!(self.page, "- {}: {}", plain(label), code(value));
        }
    }

    /// A line that belongs to the item above.
    fn below(&mut self, words: &str) {
        if !words.trim().is_empty() {
            let _ = writeln!(self.page, "   - {}", plain(words));
        }
    }
}

/// Text in which Markdown has no meaning.
fn plain(words: &str) -> String {
    let mut shown = String::with_capacity(words.len());
    for character in text::clean(words).trim().chars() {
        if matches!(character, '\\' | '`' | '*' | '[' | ']' | '<' | '>' | '|' | '#') {
            shown.push('\\');
        }
        shown.push(character);
    }
    shown
}

/// A value as it was sent.
fn code(value: &str) -> String {
    format!("`{}`", text::clean(value).trim().replace('`', "'"))
}

/// Where the reports of the screen go, by account and time.
pub fn file_for(session: &Session, account: &Account, at: Timestamp) -> PathBuf {
    let id: String = account.id.as_str().chars().filter(char::is_ascii_alphanumeric).collect();
    let name = format!("wabadeck-report-{id}-{}.md", at.to_zoned(TimeZone::UTC).strftime("%Y%m%dT%H%M%SZ"));
    session.settings().paths.data.join("reports").join(name)
}

/// Writes a report for its owner alone, as a whole or not at all.
///
/// # Errors
/// What the operating system answers, in a sentence.
pub fn write(path: &Path, text: &str) -> Result<(), Problem> {
    write_whole(path, text).map_err(|error| {
        let shown = path.display().to_string();
        let sentence = format!(
            "The report could not be written to {} ({error}). Choose another place with --output, or copy it instead.",
            text::clean(&shown)
        );
        Problem::new(sentence, ErrorClass::Configuration)
    })
}

fn write_whole(path: &Path, text: &str) -> std::io::Result<()> {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.part", std::process::id()));
    let part = path.with_file_name(name);
    // What an earlier run left behind would be written on, not over.
    if let Err(error) = std::fs::remove_file(&part)
        && error.kind() != std::io::ErrorKind::NotFound
    {
        return Err(error);
    }
    let written = crate::paths::open_private(&part).and_then(|mut file| {
        file.write_all(text.as_bytes())?;
        file.sync_all()
    });
    written.and_then(|()| std::fs::rename(&part, path)).inspect_err(|_| {
        let _ = std::fs::remove_file(&part);
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        domain::{
            account::OnboardingStatus,
            diagnosis::FailureFacts,
            fixtures::{account, now},
        },
        ops::diagnosis::Past,
    };

    /// What hostile and unknown webhooks left in the timeline.
    fn told() -> Vec<crate::domain::event::Event> {
        let body = serde_json::json!({"object": "whatsapp_business_account", "entry": [{"id": "102290129340398", "changes": [
            {"field": "a_field_of_tomorrow", "value": {"contacts": [{"wa_id": "4915123456789", "user_id": "DE.13491208655302741918"}],
                "access_token": "EAAGm0PX4ZCpsBAKZC7zzz9"}},
            {"field": "user_preferences", "value": {"user_preferences": [{"wa_id": "4915123456789", "value": "stop"}]}},
            {"field": "messages", "value": {"statuses": [{"id": "wamid.HBgNNDkxNTEyMzQ1Njc4ORUCABEYEg", "status": "failed",
                "errors": [{"code": 131_026, "message": "Not delivered to +49 1512 3456789"}]}]}},
        ]}]});
        let notices = crate::web::decode(body.to_string().as_bytes(), now()).unwrap();
        notices.into_iter().flat_map(|notice| notice.changes).collect()
    }

    fn report(show_recipients: bool) -> Report {
        let mut account = account("102290129340398", OnboardingStatus::IneligibleInactiveOrRestricted);
        account.name = "Casa `rm -rf` \u{1b}[31mVerde".into();
        let failure = FailureFacts {
            at: now(),
            code: Some(131_042),
            words: "Payment issue".into(),
            fbtrace_id: Some("AbC123".into()),
            template: "spring".into(),
            recipient: "+4915123456789".into(),
        };
        let dossier = Dossier {
            account,
            templates: Ok(Vec::new()),
            token: None,
            usage: Vec::new(),
            past: Past { events: told(), failures: vec![failure], ..Past::default() },
            at: now(),
        };
        Report::of(dossier, "v26.0".into(), false, show_recipients)
    }

    #[test]
    fn a_report_names_the_account_the_cause_and_the_trace() {
        let shown = report(false).markdown();
        for part in ["102290129340398", "restricted or deactivated", "fbtrace\\_id AbC123", "131042", "v26.0"] {
            let part = part.replace("\\_", "_");
            assert!(shown.contains(&part), "{part} is missing:\n{shown}");
        }
    }

    #[test]
    fn recipients_are_masked_unless_they_are_asked_for() {
        for secret in ["15123456789", "1349120865", "HBgNNDkx", "1512 3456789"] {
            assert!(!report(false).markdown().contains(secret), "{secret}");
            let events = format!("{:?}", report(false).dossier.past.events);
            assert!(!events.contains(secret), "{secret} in {events}");
        }
        assert!(report(true).markdown().contains("15123456789"));
    }

    #[test]
    fn a_key_in_what_was_sent_is_never_shown() {
        for asked in [false, true] {
            let events = format!("{:?}", report(asked).dossier.past.events);
            assert!(!events.contains("EAAG") && events.contains("access_token"), "{events}");
        }
    }

    #[test]
    fn nothing_that_was_sent_is_markdown_or_moves_a_terminal() {
        let shown = report(false).markdown();
        assert!(shown.contains("`Casa 'rm -rf' Verde`"), "{shown}");
        assert!(!shown.contains('\u{1b}'));
    }

    #[cfg(unix)]
    #[test]
    fn a_report_is_written_whole_and_for_its_owner_alone() {
        use std::os::unix::fs::PermissionsExt;
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("reports").join("one.md");
        write(&path, "first").unwrap();
        write(&path, "second").unwrap();
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "second");
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(std::fs::read_dir(path.parent().unwrap()).unwrap().count(), 1);
        let refused = write(Path::new("/proc/no/report.md"), "x").unwrap_err();
        assert!(refused.sentence.contains("/proc/no/report.md"));
    }
}
