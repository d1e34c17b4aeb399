//! `wabadeck accounts`: every account the token sees, worst first, as a table or as JSON.

use clap::ValueEnum;
use jiff::Timestamp;

use super::{
    App, Exit, Failure,
    account_json::{self, BlindSpot},
    output::{self, Tone, complain},
};
use crate::{
    domain::{Account, health::CanSend, number::Quality, status::StatusClass},
    i18n::Texts,
    listing::{Column, Filter, SortBy, columns_that_fit},
    ops::fleet,
    text, wording,
};

/// Arguments of `wabadeck accounts`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// JSON instead of the table.
    #[arg(long)]
    pub json: bool,
    /// Only accounts with one of these statuses.
    #[arg(long, value_name = "STATUS", value_delimiter = ',')]
    pub status: Vec<String>,
    /// Only accounts that match.
    #[arg(long, value_name = "TEXT")]
    pub filter: Option<String>,
    /// The order.
    #[arg(long, value_name = "ORDER", default_value = "attention")]
    pub sort: Order,
    /// The order turned around.
    #[arg(long)]
    pub reverse: bool,
}

/// What the table can be sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Order {
    Attention,
    Name,
    Health,
    Quality,
    Portfolio,
    Country,
    Numbers,
}

impl From<Order> for SortBy {
    fn from(order: Order) -> Self {
        match order {
            Order::Attention => Self::Attention,
            Order::Name => Self::Name,
            Order::Health => Self::Health,
            Order::Quality => Self::Quality,
            Order::Portfolio => Self::Portfolio,
            Order::Country => Self::Country,
            Order::Numbers => Self::Numbers,
        }
    }
}

/// Loads the accounts and prints them.
pub async fn run(app: &App, arguments: &Args) -> Result<Exit, Failure> {
    let wanted = wanted_statuses(app, &arguments.status)?;
    let session = app.session().await?;
    let loaded = fleet::load_all(&session).await;
    app.say_sandbox(&session);
    let fleet = loaded?;
    for spot in &fleet.failures {
        complain(&blind_spot(app, spot));
    }
    let now = Timestamp::now();
    let found_any = !fleet.accounts.is_empty();
    let mut accounts: Vec<Account> = fleet.accounts;
    accounts.retain(|account| wanted.is_empty() || wanted.iter().any(|wanted| wanted.holds(account, now)));
    Filter::new(arguments.filter.as_deref().unwrap_or_default()).retain(&mut accounts, &app.texts, |account| account);
    SortBy::from(arguments.sort).sort(arguments.reverse, now, &mut accounts, |account| account);
    if arguments.json {
        let rows = accounts.iter().map(|account| account_json::account(account, &fleet.failures, now));
        return Ok(output::print_json(&rows.collect()));
    }
    if accounts.is_empty() {
        let id = if found_any { "cli-accounts-none-match" } else { "accounts-none" };
        complain(&app.texts.get(id));
        return Ok(Exit::Done);
    }
    Ok(output::print(&table(app, &accounts, now)))
}

/// What `--status` asks for.
enum Wanted {
    Class(StatusClass),
    Wire(String),
}

impl Wanted {
    fn holds(&self, account: &Account, now: Timestamp) -> bool {
        match self {
            // Whoever looks for restricted accounts looks for all of them, whatever shows it (R22).
            Self::Class(StatusClass::Restricted) => {
                account.onboarding.class() == StatusClass::Restricted || account.restriction(now).is_some()
            }
            Self::Class(class) => account.onboarding.class() == *class,
            Self::Wire(value) => account.onboarding.as_wire().eq_ignore_ascii_case(value),
        }
    }
}

const CLASSES: [StatusClass; 7] = [
    StatusClass::On,
    StatusClass::Actionable,
    StatusClass::NeedsPayment,
    StatusClass::Waiting,
    StatusClass::Restricted,
    StatusClass::Blocked,
    StatusClass::Unknown,
];

fn wanted_statuses(app: &App, names: &[String]) -> Result<Vec<Wanted>, Failure> {
    names
        .iter()
        .map(|name| {
            let spelled = name.trim().replace('-', "_");
            let class = CLASSES.into_iter().find(|class| account_json::status_class(*class).eq_ignore_ascii_case(&spelled));
            match class {
                Some(class) => Ok(Wanted::Class(class)),
                // Meta's own spelling, also of statuses that this version does not know.
                None if spelled.contains('_') || crate::domain::account::OnboardingStatus::from_wire(&spelled).is_known() => {
                    Ok(Wanted::Wire(spelled))
                }
                None => {
                    let known = CLASSES.map(|class| account_json::status_class(class).replace('_', "-")).join(", ");
                    let arguments = [("value", text::clean(name).into()), ("known", known.into())];
                    Err(Failure::said(Exit::Usage, app.texts.with("cli-status-unknown", &arguments)))
                }
            }
        })
        .collect()
}

/// A way to find accounts that failed, as a sentence.
pub fn blind_spot(app: &App, (path, portfolio, account, problem): &BlindSpot) -> String {
    let way = wording::discovery_path(&app.texts, *path);
    let of = account.as_ref().map(ToString::to_string).or_else(|| portfolio.as_ref().map(ToString::to_string));
    let problem = problem.to_text(app.texts.language());
    match of {
        Some(of) => {
            let arguments = [("path", way.into()), ("of", text::clean(&of).into()), ("problem", problem.into())];
            app.texts.with("cli-blind-spot-of", &arguments)
        }
        None => app.texts.with("cli-blind-spot", &[("path", way.into()), ("problem", problem.into())]),
    }
}

/// A column of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Cell {
    Status,
    Name,
    Id,
    Health,
    Quality,
    Portfolio,
    Country,
    Numbers,
}

/// Each column with the rank at which it is left out, as on the screen; 0 stays. The id stays, too: it is what other subcommands take.
const CELLS: [(Cell, u8); 8] = [
    (Cell::Status, 0),
    (Cell::Name, 0),
    (Cell::Id, 0),
    (Cell::Health, 1),
    (Cell::Quality, 2),
    (Cell::Portfolio, 4),
    (Cell::Country, 3),
    (Cell::Numbers, 5),
];

impl Cell {
    fn title_id(self) -> &'static str {
        match self {
            Self::Status => "accounts-column-status",
            Self::Name => "accounts-column-name",
            Self::Id => "account-id",
            Self::Health => "accounts-column-health",
            Self::Quality => "accounts-column-quality",
            Self::Portfolio => "accounts-column-portfolio",
            Self::Country => "accounts-column-country-short",
            Self::Numbers => "accounts-column-numbers-short",
        }
    }

    /// Narrower than its words only where words can be cut.
    fn least(self, wanted: u16) -> u16 {
        match self {
            Self::Name => wanted.min(20),
            Self::Portfolio => wanted.min(11),
            _ => wanted,
        }
    }

    fn words(self, texts: &Texts, account: &Account, now: Timestamp) -> (String, Tone) {
        let missing = || texts.get("health-not-reported").into_owned();
        match self {
            Self::Status => {
                let glyph = wording::status_glyph(&account.onboarding);
                (format!("{glyph} {}", wording::status_short(texts, &account.onboarding)), status_tone(account))
            }
            Self::Name => (wording::account_name(account), Tone::Plain),
            Self::Id => (text::clean(account.id.as_str()).into_owned(), Tone::Dim),
            Self::Health => {
                let value = account.can_send(now);
                (wording::can_send(texts, &value), can_send_tone(&value))
            }
            Self::Quality => match account.worst_quality() {
                Some(value) => (wording::quality(texts, &value), quality_tone(&value)),
                None => (missing(), Tone::Dim),
            },
            Self::Portfolio => {
                let name = account.portfolio.as_ref().map(|portfolio| wording::name_or_id(&portfolio.name, &portfolio.id));
                (name.unwrap_or_else(missing), Tone::Plain)
            }
            Self::Country => {
                (account.country.as_deref().map_or_else(missing, |country| text::clean(country).into_owned()), Tone::Plain)
            }
            Self::Numbers if account.numbers_unread => (missing(), Tone::Dim),
            Self::Numbers => (account.numbers.len().to_string(), Tone::Plain),
        }
    }
}

/// The tone of a status.
pub fn status_tone(account: &Account) -> Tone {
    match account.onboarding.class() {
        StatusClass::On => Tone::Good,
        StatusClass::Actionable | StatusClass::NeedsPayment => Tone::Action,
        StatusClass::Restricted => Tone::Bad,
        StatusClass::Waiting | StatusClass::Blocked | StatusClass::Unknown => Tone::Dim,
    }
}

/// The tone of whether an entity lets messages out.
pub fn can_send_tone(value: &CanSend) -> Tone {
    match value {
        CanSend::Available => Tone::Good,
        CanSend::Limited => Tone::Action,
        CanSend::Blocked => Tone::Bad,
        CanSend::Unknown(_) => Tone::Dim,
    }
}

/// The tone of a quality rating.
pub fn quality_tone(value: &Quality) -> Tone {
    match value {
        Quality::Green => Tone::Good,
        Quality::Yellow => Tone::Action,
        Quality::Red => Tone::Bad,
        Quality::NotRated | Quality::Unknown(_) => Tone::Dim,
    }
}

/// Blanks between columns.
const GAP: &str = "  ";

fn table(app: &App, accounts: &[Account], now: Timestamp) -> String {
    let texts = &app.texts;
    let titles = CELLS.map(|(cell, _)| texts.get(cell.title_id()).into_owned());
    let rows: Vec<_> = accounts.iter().map(|account| CELLS.map(|(cell, _)| cell.words(texts, account, now))).collect();
    let columns: Vec<Column<usize>> = (0..)
        .zip(CELLS)
        .zip(&titles)
        .map(|((place, (cell, rank)), title)| {
            let cells = rows.iter().filter_map(|row| row.get(place)).map(|(words, _)| text::width(words));
            let widest = u16::try_from(cells.chain([text::width(title)]).max().unwrap_or(0)).unwrap_or(u16::MAX / 16);
            // The gap's second blank is counted with the column, the first one by the layout.
            Column { cell: place, least: cell.least(widest) + 1, most: widest + 1, rank }
        })
        .collect();
    let width = app.output.width.map_or(u16::MAX, |width| u16::try_from(width + 1).unwrap_or(u16::MAX));
    let columns = columns_that_fit(&columns, width);
    let mut page = String::new();
    let title_of = |place: usize| titles.get(place).map_or(("", Tone::Dim), |title| (title.as_str(), Tone::Dim));
    add_line(app, &mut page, columns.iter().map(|(place, width)| (title_of(*place), *width)));
    for row in &rows {
        let cell_of = |place: usize| row.get(place).map_or(("", Tone::Plain), |(words, tone)| (words.as_str(), *tone));
        add_line(app, &mut page, columns.iter().map(|(place, width)| (cell_of(*place), *width)));
    }
    page
}

fn add_line<'a>(app: &App, page: &mut String, cells: impl Iterator<Item = ((&'a str, Tone), u16)>) {
    let mut owed = String::new();
    for ((words, tone), width) in cells {
        let width = usize::from(width).saturating_sub(1);
        let shown = text::truncate_middle(words, width);
        page.push_str(&owed);
        page.push_str(&app.output.paint(&shown, tone));
        // No blanks at the end of a line.
        owed = format!("{}{GAP}", " ".repeat(width.saturating_sub(text::width(&shown))));
    }
    page.push('\n');
}
