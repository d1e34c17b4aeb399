//! What a test of the composed message is: how it goes out, to whom, what is known of it before, and whether it may go.
//! Nothing here sends.

use std::sync::Arc;

use super::{MOST_IN_A_TEST, Tab};
use crate::{
    domain::{
        delivery::{DeliveryChoice, Endpoint, Forecast, MessageKind, ProductPolicy, Recipient, Situation, Subject},
        diagnosis::{PauseForecast, pause_forecast},
        message::{Address, Content, Draft, DraftProblem, TemplateKey},
        preflight::{self, Check, Facts},
    },
    tui::{command::Enabled, model::Model},
    wording,
};

impl Model {
    /// How a test goes out: as `STRICT` where that proves something, unless the person wants the message's own policy.
    pub fn test_choice(&self) -> DeliveryChoice {
        let choice = self.composer.message.choice;
        let proves = self.optimized_checked() == Some(true) && !self.composer.message.test_as_composed;
        if proves { DeliveryChoice { policy: ProductPolicy::Strict, ..choice } } else { choice }
    }

    /// Where the message would be posted; `None` before there is a template.
    pub fn requested(&self) -> Option<Endpoint> {
        Some(self.composer.message.choice.endpoint(self.composed_kind()?, self.composed_account()?))
    }

    fn situation<'a>(&'a self, choice: &'a DeliveryChoice) -> Option<Situation<'a>> {
        Some(Situation {
            account: self.composed_account()?,
            number: self.composed_number(),
            subject: match self.composed_template() {
                Some(template) => Subject::Template(template),
                // Whether the window is open, only the customer's last message could tell.
                None if self.composer.message.kind.is_free() => {
                    Subject::FreeForm { kind: MessageKind::Service, window_open: None }
                }
                None => return None,
            },
            recipient: Recipient::NotChosen,
            choice,
            now: self.now,
        })
    }

    /// What will happen when the message is sent now (R33), for the recipient whom it goes worst for; on the Test tab with
    /// the test's own policy. `None` while account or template are missing.
    pub fn forecast(&self) -> Option<Forecast> {
        let on_test = self.composer.tab == Tab::Test;
        let choice = if on_test { self.test_choice() } else { self.composer.message.choice };
        let situation = self.situation(&choice)?;
        let recipients: Vec<Recipient> = self.recipients().into_iter().map(|(_, recipient)| recipient).collect();
        preflight::worst(preflight::forecasts(&situation, &recipients))
    }

    /// The checks before a test is sent; none while account or template are missing.
    pub fn preflight(&self) -> Vec<Check> {
        let choice = self.test_choice();
        let (Some(situation), Some(draft)) = (self.situation(&choice), self.message_draft()) else { return Vec::new() };
        let recipients: Vec<Recipient> = self.recipients().into_iter().map(|(_, recipient)| recipient).collect();
        let problems = draft.problems(situation.account, self.composed_template().map(Arc::as_ref), self.now);
        let (account, sends) = (&situation.account.id, &self.composer.sends);
        preflight::preflight(&Facts {
            situation,
            recipients: &recipients,
            problems: &problems,
            may_send: self.composer.may_send,
            pause: self.composed_pause(),
            last_use: self.composed_template().and_then(|template| sends.last_use(account, &TemplateKey::of(template))),
            reached: sends.reached(account, self.now),
        })
    }

    /// What the history tells of the template's pause.
    fn composed_pause(&self) -> Option<PauseForecast> {
        let events = self.composer.pauses.get(self.composer.account.as_ref()?)?;
        pause_forecast(self.composed_template()?, events)
    }

    /// The message as a test sends it; `None` while account, number or template are missing.
    pub fn draft(&self) -> Option<Draft> {
        let composer = &self.composer;
        Some(Draft {
            account: self.composed_account()?.id.clone(),
            number: self.composed_number()?.id.clone(),
            content: match self.free_form() {
                Some(message) => Content::FreeForm(message),
                None => Content::Template(TemplateKey::of(self.composed_template()?)),
            },
            recipients: composer.recipients(),
            values: composer.values(),
            choice: self.test_choice(),
        })
    }

    /// Everything that keeps the message from being sent, apart from the forecast.
    pub fn draft_problems(&self) -> Vec<DraftProblem> {
        let (Some(draft), Some(account)) = (self.draft(), self.composed_account()) else { return vec![DraftProblem::NoContent] };
        draft.problems(account, self.composed_template().map(Arc::as_ref), self.now)
    }

    /// How many values of the message are missing or will not do; recipients are not among them.
    pub fn values_not_ready(&self) -> usize {
        let of_value = |problem: &DraftProblem| {
            matches!(problem, DraftProblem::Value { .. } | DraftProblem::TooLong(_) | DraftProblem::FreeForm(..))
        };
        self.draft_problems().iter().filter(|problem| of_value(problem)).count()
    }

    /// The recipients, as far as what was typed tells: half a number is nobody yet.
    pub fn recipients(&self) -> Vec<(String, Recipient)> {
        let typed = self.composer.recipients().into_iter();
        typed.filter_map(|one| Address::parse(&one).ok().map(|address| (one, address.recipient()))).collect()
    }
}

/// Whether the message can be sent, once there is a recipient.
pub fn can_send(model: &Model) -> Enabled {
    if model.draft().is_none() {
        return Err(model.text("composer-nothing-to-send"));
    }
    let of_recipient = |problem: &&DraftProblem| matches!(problem, DraftProblem::NoRecipient | DraftProblem::Recipient { .. });
    let problems = model.draft_problems();
    // Elsewhere the command leads to the recipient; on the Test tab the recipient counts.
    let on_test = model.composer.tab == Tab::Test;
    if let Some(problem) = problems.iter().find(|problem| on_test || !of_recipient(problem)) {
        return Err(wording::message::draft_problem(&model.texts, problem, &model.composer.variables));
    }
    if model.composer.recipients().len() > MOST_IN_A_TEST {
        return Err(model.texts.with("composer-too-many", &[("most", MOST_IN_A_TEST.into())]));
    }
    if on_test && let Some(check) = model.preflight().iter().find(|check| check.state == preflight::State::Bad) {
        let item = wording::preflight::item(&model.texts, check.item);
        let found = wording::preflight::finding(&model.texts, check, &model.composer.variables, &model.zone);
        return Err(wording::explanation::labelled(&model.texts, &item, &found));
    }
    match model.forecast() {
        Some(forecast) if forecast.stops_sending() => Err(wording::delivery::forecast(&model.texts, &forecast, &model.zone)),
        _ => Ok(()),
    }
}

/// Whether the message makes a request that can be shown.
pub fn can_show_request(model: &Model) -> Enabled {
    if model.draft().is_none() {
        return Err(model.text("composer-nothing-to-send"));
    }
    match model.draft_problems().first() {
        Some(problem) => Err(wording::message::draft_problem(&model.texts, problem, &model.composer.variables)),
        None => Ok(()),
    }
}
