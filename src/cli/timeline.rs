//! `wabadeck timeline`: the changes that were kept, the newest first. It asks nothing of Meta.

use jiff::{Timestamp, ToSpan};

use super::{
    App, Exit, Failure, event_line,
    output::{self, complain},
};
use crate::{
    domain::{WabaId, event::EventKind},
    ops::{self, history::History},
    store::{Query, Window},
};

/// Events that are read at once.
const PAGE: u32 = 1_000;

/// Arguments of `wabadeck timeline`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// One JSON object per line.
    #[arg(long)]
    pub json: bool,
    /// Only this account.
    #[arg(long, value_name = "ID")]
    pub account: Option<String>,
    /// Only this kind.
    #[arg(long, value_name = "KIND")]
    pub kind: Option<String>,
    /// Only what holds this text.
    #[arg(long, value_name = "TEXT")]
    pub text: Option<String>,
    /// So many days back.
    #[arg(long, value_name = "DAYS", default_value_t = 30, value_parser = clap::value_parser!(u16).range(1..))]
    pub days: u16,
}

/// Prints them, a page at a time, however many there are.
pub async fn run(app: &App, arguments: &Args) -> Result<Exit, Failure> {
    let settings = app.settings()?;
    settings.warnings.iter().for_each(|warning| complain(warning));
    // Where `wabadeck listen` keeps what it hears, with a token and without one. A sandbox of its own has no past.
    let history = if settings.force_sandbox {
        History::of(&ops::connect(settings).await?).await?
    } else {
        History::without_session(settings).await?
    };
    let query = Query {
        account: arguments.account.as_deref().map(WabaId::from),
        kind: arguments.kind.as_deref().map(|kind| EventKind::from_wire(&kind.replace('-', "_"))),
        since: Timestamp::now().checked_sub((i64::from(arguments.days) * 24).hours()).ok(),
        text: arguments.text.clone().unwrap_or_default(),
        ..Query::default()
    };
    let mut window = Window::Newest;
    loop {
        let page = history.page(query.clone(), window, PAGE).await?;
        let lines = page.iter().map(|kept| match arguments.json {
            true => event_line::json_line(&kept.event, ""),
            false => event_line::line(&app.texts, &kept.event, "", &app.zone),
        });
        let printed = output::print(&lines.collect::<String>());
        match page.last() {
            Some(last) if page.len() == PAGE as usize && printed == Exit::Done => window = Window::OlderThan(last.place),
            None if window == Window::Newest && !arguments.json => {
                complain(&app.texts.get("cli-timeline-empty"));
                return Ok(printed);
            }
            _ => return Ok(printed),
        }
    }
}
