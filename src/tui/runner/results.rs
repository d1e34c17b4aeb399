//! Carries out what the results screen wants: Meta's counts, insights switched on, recipients written.

use std::{path::PathBuf, sync::Arc};

use jiff::Timestamp;

use super::Runner;
use crate::{
    domain::{Account, WabaId, results::Period, template::Category},
    ops::{Problem, Session, fleet, history::History, results},
    store::RetargetReason,
    tui::{
        model::{
            remote::Generation,
            results::{NamedTemplate, OfTemplate, Overview},
        },
        msg::Msg,
    },
};

impl Runner {
    pub(super) fn load_results(&mut self, account: Arc<Account>, days: u16, generation: Generation) {
        let Some(session) = self.session() else { return };
        let messages = self.messages.clone();
        self.spawn(async move {
            let period = results::period(Timestamp::now(), days);
            let (counted, templates) =
                tokio::join!(results::of_account(&session, &account, period), marketing_templates(&session, &account.id));
            let result = counted.map(|results| Box::new(Overview { results, templates }));
            let _ = messages.send(Msg::ResultsLoaded(generation, result));
        });
    }

    pub(super) fn load_template_results(&mut self, account: WabaId, template: NamedTemplate, days: u16, generation: Generation) {
        let Some(session) = self.session() else { return };
        let messages = self.messages.clone();
        self.spawn(async move {
            let period = results::period(Timestamp::now(), days);
            let result = of_template(&session, &account, &template, period).await;
            let _ = messages.send(Msg::TemplateResultsLoaded(generation, result));
        });
    }

    pub(super) fn enable_insights(&mut self, account: WabaId) {
        let Some(session) = self.session() else { return };
        let messages = self.messages.clone();
        self.spawn(async move {
            let result = results::enable_insights(&session, &account).await;
            let _ = messages.send(Msg::InsightsEnabled(result));
        });
    }

    pub(super) fn export_retarget(&mut self, account: Option<WabaId>, days: u16, at: Timestamp) {
        let Some(session) = self.session() else { return };
        let messages = self.messages.clone();
        self.spawn(async move {
            let written = export(&session, account, days, at).await;
            let _ = messages.send(Msg::RetargetExported(written));
        });
    }
}

/// The marketing templates by name. Without them the account as a whole still shows.
async fn marketing_templates(session: &Session, account: &WabaId) -> Vec<NamedTemplate> {
    let mut named: Vec<NamedTemplate> = Vec::new();
    for template in fleet::load_templates(session, account).await.unwrap_or_default() {
        if template.category != Category::Marketing {
            continue;
        }
        match named.iter_mut().find(|known| known.name == template.name.as_str()) {
            Some(known) => known.ids.push(template.id),
            None => named.push(NamedTemplate { name: template.name.to_string(), ids: vec![template.id] }),
        }
    }
    named
}

async fn of_template(
    session: &Session,
    account: &WabaId,
    template: &NamedTemplate,
    period: Period,
) -> Result<OfTemplate, Problem> {
    let results = results::of_template(session, account, &template.ids, period).await?;
    let failures = results::failures(session, account, Some(&template.name), period).await;
    Ok(OfTemplate { results, failures })
}

/// Writes a file for each reason for which there is somebody.
async fn export(session: &Session, account: Option<WabaId>, days: u16, at: Timestamp) -> Result<Vec<(PathBuf, usize)>, String> {
    let history = History::of(session).await.map_err(|problem| problem.sentence)?;
    let folder = session.settings().paths.data.join("exports");
    let since = results::period(at, days).start;
    let mut files = Vec::new();
    for reason in RetargetReason::ALL {
        let rows = history.retarget(account.clone(), reason, since).await.map_err(|problem| problem.sentence)?;
        if rows.is_empty() {
            continue;
        }
        let path = folder.join(format!("{}-{}.csv", at.strftime("%Y%m%d-%H%M%S"), reason.name()));
        let (file, csv) = (path.clone(), results::csv(reason, &rows));
        let written = tokio::task::spawn_blocking(move || results::write_private(&file, &csv)).await;
        written.map_err(|error| error.to_string())?.map_err(|error| error.to_string())?;
        files.push((path, rows.len()));
    }
    Ok(files)
}
