//! Opens the signup page, exchanges the code that comes back from it, and keeps the business's token (R20).
//!
//! The code lives for 30 seconds, so it is exchanged by a task of its own, whatever the one that follows the upgrade is doing.
//! Neither code nor token is shown or logged.

use secrecy::SecretString;
use tokio::sync::oneshot;
use url::Url;

use crate::{
    config::signup::Extras,
    domain::{
        PortfolioId,
        graph_error::ErrorClass,
        upgrade::{Owner, UpgradePlan},
    },
    graph::{GraphError, signup, token},
    ops::{
        Problem, Session,
        sign_in::{self, PortfolioToken},
    },
    text,
    web::{
        SignupAnswer,
        signup::{Answer, Expected, Order, Place, Sdk, Told},
    },
    wording,
};

/// How the page ended.
#[derive(Debug, Clone)]
pub enum PageEnd {
    /// It answered, and what could be exchanged was.
    Answered {
        /// What Meta's window reported.
        answer: SignupAnswer,
        /// The token that was kept, if one came.
        kept: Option<PortfolioToken>,
    },
    /// The terms were accepted, but there is no token, or not for the portfolio that was meant.
    NotExchanged {
        /// What Meta's window reported.
        answer: SignupAnswer,
        /// Why.
        problem: Box<Problem>,
    },
    /// No answer came, and the page is closed.
    TimedOut,
}

impl From<SignupAnswer> for PageEnd {
    fn from(answer: SignupAnswer) -> Self {
        Self::Answered { answer, kept: None }
    }
}

/// Opens the page for the plan's portfolio; gives its address, and how it ends.
pub(super) async fn open(session: &Session, plan: &UpgradePlan) -> Result<(Url, oneshot::Receiver<PageEnd>), Problem> {
    let order = order(session, plan).await?;
    let place = place(session);
    let app_id = order.app_id.clone();
    let expected = session.doorway().open(&place, order).await.map_err(|error| cannot_open(&place, &error))?;
    let url = expected.url.clone();
    let (sender, end) = oneshot::channel();
    let page = Page { session: session.clone(), app_id, portfolio: plan.owner.portfolio().cloned() };
    tokio::spawn(page.attend(expected, sender));
    Ok((url, end))
}

fn place(session: &Session) -> Place {
    let settings = &session.settings().signup;
    let port = settings.port.unwrap_or(0);
    match &settings.base_url {
        Some(base) => Place::Proxied { base: base.clone(), port },
        None => Place::Here { port },
    }
}

fn cannot_open(place: &Place, error: &std::io::Error) -> Problem {
    let (Place::Here { port } | Place::Proxied { port, .. }) = place;
    let opened =
        if *port == 0 { "No port of this machine could".to_owned() } else { format!("Port {port} of this machine could not") };
    let sentence = format!(
        "{opened} be opened for the signup page ({error}). Close what uses it, set signup.port to another, or use WhatsApp Manager."
    );
    Problem::new(sentence, ErrorClass::Configuration)
}

async fn order(session: &Session, plan: &UpgradePlan) -> Result<Order, Problem> {
    let settings = session.settings();
    let portfolio = match &plan.owner {
        Owner::Portfolio { id, name } => wording::name_or_id(name, id),
        Owner::Unknown(account) => account.to_string(),
    };
    let (app_id, config_id, sdk) = if session.is_sandbox_here() {
        let app_id = match &settings.app_id {
            Some(app_id) => app_id.clone(),
            None => token::inspect(session.client()).await?.app_id.unwrap_or_default().to_string(),
        };
        let config_id = settings.signup_config_id.clone().unwrap_or_else(|| "sandbox".to_owned());
        (app_id, config_id, Sdk::Sandbox { script: sandbox_script(session, plan.owner.portfolio())? })
    } else {
        let (Some(app_id), Some(config_id)) = (&settings.app_id, &settings.signup_config_id) else {
            return Err(Problem::new(
                "Embedded signup needs the id of your app and of its signup configuration. Set app_id and signup_config_id in config.toml, or use WhatsApp Manager.",
                ErrorClass::Configuration,
            ));
        };
        (app_id.clone(), config_id.clone(), Sdk::Meta)
    };
    Ok(Order {
        app_id,
        config_id,
        version: session.version().to_owned(),
        extras: settings.signup.extras.unwrap_or(Extras::V4).value(),
        sdk,
        portfolio: text::clean(&portfolio).into_owned(),
        accounts: plan.covers.len(),
    })
}

/// The stand-in for Meta's SDK. Meta's window knows who is logged in; the sandbox's is told which portfolio is meant.
fn sandbox_script(session: &Session, portfolio: Option<&PortfolioId>) -> Result<Url, Problem> {
    let mut url = session.client().base_url().clone();
    let impossible = |()| Problem::new("The sandbox's address cannot carry a path.", ErrorClass::Configuration);
    url.path_segments_mut().map_err(impossible)?.pop_if_empty().extend(["sandbox", "sdk.js"]);
    url.query_pairs_mut().extend_pairs(portfolio.map(|id| ("business_id", id.as_str())));
    Ok(url)
}

struct Page {
    session: Session,
    app_id: String,
    portfolio: Option<PortfolioId>,
}

impl Page {
    /// Waits for the answer and deals with its code at once, also when nobody follows any more: a person may press the last
    /// button long after the accounts have turned on.
    async fn attend(self, mut expected: Expected, sender: oneshot::Sender<PageEnd>) {
        let end = match expected.answer().await {
            Some(answer) => self.settle(answer).await,
            None => PageEnd::TimedOut,
        };
        let _ = sender.send(end);
    }

    async fn settle(&self, mut answer: Answer) -> PageEnd {
        let said = answer.said.clone();
        let SignupAnswer::Finished { business_id, .. } = &said else {
            answer.tell(if matches!(said, SignupAnswer::Cancelled { .. }) { Told::Cancelled } else { Told::Failed });
            return said.into();
        };
        let exchanged = match answer.code.take() {
            Some(code) => self.exchange(&code).await,
            None => Err(Problem::new(
                "The terms were accepted, but Meta's window gave no code for the token of this business. The accounts turn on all the same.",
                ErrorClass::Unknown,
            )),
        };
        answer.tell(if exchanged.is_ok() { Told::Finished } else { Told::NotExchanged });
        let kept = match exchanged {
            Ok(token) => self.keep(business_id.as_deref(), token).await,
            Err(problem) => Err(problem),
        };
        match kept.and_then(|kept| self.is_meant(business_id.as_deref()).map(|()| kept)) {
            Ok(kept) => PageEnd::Answered { answer: said, kept },
            Err(problem) => PageEnd::NotExchanged { answer: said, problem: Box::new(problem) },
        }
    }

    async fn exchange(&self, code: &SecretString) -> Result<SecretString, Problem> {
        let Some(secret) = &self.session.settings().app_secret else {
            return Err(Problem::new(
                "The terms were accepted, but without the app's secret the signup's code cannot be exchanged for the token of this business. Set WABADECK_APP_SECRET, or keep the secret with wabadeck login.",
                ErrorClass::Configuration,
            ));
        };
        signup::exchange(self.session.client(), &self.app_id, secret, code).await.map_err(not_exchanged)
    }

    /// Nothing of an embedded sandbox outlives the program, so its tokens are not kept either.
    async fn keep(&self, business_id: Option<&str>, token: SecretString) -> Result<Option<PortfolioToken>, Problem> {
        if self.session.is_embedded() {
            return Ok(None);
        }
        let settings = self.session.settings().clone();
        let portfolio = business_id.or(self.portfolio.as_ref().map(PortfolioId::as_str)).unwrap_or_default().to_owned();
        let kept = tokio::task::spawn_blocking(move || sign_in::keep_for_portfolio(&settings, &portfolio, &token)).await;
        let failed = |why: String| {
            let sentence = format!("The terms were accepted, but the token of this business could not be kept: {why}");
            Problem::new(sentence, ErrorClass::Setup)
        };
        match kept {
            Ok(kept) => kept.map(Some).map_err(|error| failed(error.to_string())),
            Err(error) => Err(failed(error.to_string())),
        }
    }

    /// Meta's window lets the person choose the portfolio; it need not be the one that was chosen here.
    fn is_meant(&self, business_id: Option<&str>) -> Result<(), Problem> {
        match (business_id, &self.portfolio) {
            (Some(accepted), Some(meant)) if accepted != meant.as_str() => Err(Problem::new(
                format!(
                    "The terms were accepted for the portfolio {}, not for {meant}, which was chosen here. Start again and choose that one in Meta's window.",
                    text::clean(accepted)
                ),
                ErrorClass::Configuration,
            )),
            _ => Ok(()),
        }
    }
}

/// Why a code was not exchanged, in words. The terms are accepted all the same: that is said, too.
fn not_exchanged(error: GraphError) -> Problem {
    let told = error.api().map(|api| (api.code, api.subcode, api.message.to_ascii_lowercase()));
    let problem = Problem::from(error);
    let reason = match told.as_ref().map(|(code, subcode, message)| (*code, *subcode, message.as_str())) {
        Some((_, Some(36_007), _)) => {
            "the signup's code had expired before it could be exchanged (it lives for 30 seconds). Start again to get the token of this business".to_owned()
        }
        Some((_, Some(36_009), _)) => {
            "the signup's code had been exchanged before. Start again to get the token of this business".to_owned()
        }
        Some((_, _, message)) if message.contains("client secret") => {
            "Meta does not accept the app's secret. Set the right one with wabadeck login or WABADECK_APP_SECRET, then start again".to_owned()
        }
        Some((101, _, _)) => "Meta does not know this app_id. Correct it in config.toml, then start again".to_owned(),
        _ => {
            let said = problem.sentence.trim_end_matches('.').to_owned();
            format!("the signup's code could not be exchanged for the token of this business: {said}")
        }
    };
    Problem { sentence: format!("The terms were accepted, but {reason}."), hint: None, ..problem }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::graph_error::ApiError;

    fn said(code: i64, subcode: Option<i64>, message: &str) -> Problem {
        let error = ApiError { code, subcode, message: message.into(), fbtrace_id: Some("T1".into()), ..ApiError::default() };
        not_exchanged(GraphError::Api(Box::new(error)))
    }

    #[test]
    fn r20_each_reason_for_no_token_is_a_clear_sentence_with_what_support_needs() {
        for (problem, words) in [
            (said(100, Some(36_007), "This authorization code has expired."), "expired"),
            (said(100, Some(36_009), "This authorization code has been used."), "exchanged before"),
            (said(1, None, "Error validating client secret."), "does not accept the app's secret"),
            (said(101, None, "Error validating application."), "app_id"),
            (said(2, None, "Service unavailable"), "Service unavailable"),
        ] {
            assert!(
                problem.sentence.starts_with("The terms were accepted, but ") && problem.sentence.contains(words),
                "{problem}"
            );
            assert!(problem.sentence.ends_with('.') && !problem.sentence.ends_with(".."), "{problem}");
            assert_eq!(problem.fbtrace_id.as_deref(), Some("T1"));
            assert!(problem.code.is_some());
        }
    }
}
