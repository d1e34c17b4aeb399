//! Carries out what the screen of one account wants: its past, its templates, its report.

use jiff::Timestamp;

use super::{Runner, in_background};
use crate::{
    domain::{WabaId, graph_error::ErrorClass},
    ops::{
        Problem, diagnosis, fleet,
        report::{self, Destination, Made},
    },
    tui::{effect::ReportOrder, model::remote::Generation, msg::Msg},
};

impl Runner {
    /// What belongs to the screen of an account; a late answer is dropped by its generation.
    pub(super) fn study_account(&mut self, account: WabaId, past: Generation, templates: Option<Generation>) {
        let Some(session) = self.session() else { return };
        let messages = self.messages.clone();
        self.spawn(async move {
            let kept = diagnosis::past(&session, &account).await;
            let _ = messages.send(Msg::PastLoaded(account.clone(), past, kept));
            if let Some(generation) = templates {
                let result = fleet::load_templates(&session, &account).await;
                let _ = messages.send(Msg::TemplatesLoaded(account, generation, result));
            }
        });
    }

    pub(super) fn make_report(&mut self, order: ReportOrder) {
        let Some(session) = self.session() else { return };
        let messages = self.messages.clone();
        self.spawn(async move {
            let path = report::file_for(&session, &order.account, Timestamp::now());
            let made = report::make(&session, order.account, order.token.as_ref(), false).await;
            let done = match order.destination {
                Destination::Clipboard => Ok(Made::Text(made.markdown())),
                Destination::File => {
                    let written = in_background(move || report::write(&path, &made.markdown()).map(|()| Made::File(path)));
                    written.await.unwrap_or_else(|| {
                        let sentence = "Writing the report broke inside wabadeck; the log has the details.";
                        Err(Problem::new(sentence, ErrorClass::Unknown))
                    })
                }
            };
            let _ = messages.send(Msg::ReportMade(done));
        });
    }
}
