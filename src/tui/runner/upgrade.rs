//! The effects of upgrades: one task for each portfolio that is followed, so that a new one takes the place of the last and
//! giving up ends it.

use std::{collections::HashMap, future::Future, time::Duration};

use tokio::{sync::mpsc, task::AbortHandle};
use url::Url;

use super::Runner;
use crate::{
    domain::{
        PortfolioId, WabaId,
        banner::{UpgradeOutcome, UpgradeStep},
        upgrade::{StartedBy, UnderWay, UpgradePlan},
    },
    ops::{
        self, Problem, Session,
        upgrade::{Signup, UpgradeUpdate},
    },
    tui::msg::Msg,
};

/// Between the first looks of upgrades that are taken up together, so that hundreds of them do not ask at once.
const APART: Duration = Duration::from_millis(200);

type Messages = mpsc::UnboundedSender<Msg>;

/// The task that follows each portfolio.
#[derive(Debug, Default)]
pub(super) struct Followed(HashMap<PortfolioId, AbortHandle>);

impl Followed {
    fn replace(&mut self, portfolio: PortfolioId, task: AbortHandle) {
        self.0.retain(|_, task| !task.is_finished());
        if let Some(last) = self.0.insert(portfolio, task) {
            last.abort();
        }
    }

    fn end(&mut self, portfolio: &PortfolioId) {
        if let Some(task) = self.0.remove(portfolio) {
            task.abort();
        }
    }
}

impl Runner {
    fn follow_portfolio(&mut self, portfolio: &PortfolioId, work: impl Future<Output = ()> + Send + 'static) {
        let task = self.spawn(work);
        self.upgrades.replace(portfolio.clone(), task);
    }

    pub(super) fn find_upgrade_ways(&mut self, plan: &UpgradePlan) {
        let Some(session) = self.session() else { return };
        let ways = ops::upgrade::ways(&session, plan);
        let _ = self.messages.send(Msg::UpgradeWaysFound(plan.owner.key().into(), ways));
    }

    pub(super) fn begin_upgrade(&mut self, plan: UpgradePlan) {
        let (Some(session), Some(portfolio)) = (self.session(), plan.owner.portfolio().cloned()) else { return };
        let messages = self.messages.clone();
        self.follow_portfolio(&portfolio.clone(), async move {
            match ops::upgrade::begin(&session, &plan).await {
                Ok(signup) => follow(&session, signup.remembered(StartedBy::Signup), portfolio, messages).await,
                Err(problem) => fail(&problem, portfolio, UpgradeStep::Prepare, &messages),
            }
        });
    }

    pub(super) fn follow_upgrade(&mut self, plan: &UpgradePlan, url: Url) {
        let (Some(session), Some(portfolio)) = (self.session(), plan.owner.portfolio().cloned()) else { return };
        let (messages, signup) = (self.messages.clone(), ops::upgrade::elsewhere(plan, url).remembered(StartedBy::Manager));
        self.follow_portfolio(&portfolio.clone(), async move { follow(&session, signup, portfolio, messages).await });
    }

    pub(super) fn invite_admins(&mut self, plan: UpgradePlan) {
        let (Some(session), Some(portfolio)) = (self.session(), plan.owner.portfolio().cloned()) else { return };
        let messages = self.messages.clone();
        self.follow_portfolio(&portfolio.clone(), async move {
            match ops::upgrade::invite(&session, &plan).await {
                Ok(invited) => {
                    let told = Msg::AdminsInvited(portfolio.clone(), invited.invitation.clone(), invited.stage().clone());
                    let _ = messages.send(told);
                    if let Some(url) = ops::upgrade::manager_page(&session, Some(&portfolio), plan.covers.first()) {
                        follow(&session, invited.followed(url), portfolio, messages).await;
                    }
                }
                Err(problem) => fail(&problem, portfolio, UpgradeStep::Invite, &messages),
            }
        });
    }

    pub(super) fn find_upgrades_under_way(&mut self) {
        let Some(session) = self.session() else { return };
        let messages = self.messages.clone();
        self.spawn(async move {
            match ops::upgrade::under_way(&session).await {
                Ok(upgrades) if upgrades.is_empty() => {}
                Ok(upgrades) => {
                    let _ = messages.send(Msg::UpgradesFound(upgrades));
                }
                // The screen hears of it when changes cannot be kept.
                Err(problem) => tracing::warn!(%problem, "What was begun before is not known"),
            }
        });
    }

    pub(super) fn resume_upgrades(&mut self, upgrades: Vec<UnderWay>) {
        let Some(session) = self.session() else { return };
        for (place, under_way) in (0_u32..).zip(upgrades) {
            let portfolio = under_way.portfolio.clone();
            let page = ops::upgrade::manager_page(&session, Some(&portfolio), under_way.covers.first());
            let Some(url) = page else { continue };
            let (session, messages) = (session.clone(), self.messages.clone());
            self.follow_portfolio(&portfolio.clone(), async move {
                tokio::time::sleep(APART * place).await;
                // Before the first answer nobody knows whether a sandbox is talked to, so this address is not shown.
                follow_shown(&session, Signup::resumed(url, under_way), portfolio, messages, false).await;
            });
        }
    }

    pub(super) fn end_upgrade(&mut self, portfolio: PortfolioId) {
        self.upgrades.end(&portfolio);
        let Some(session) = self.session() else { return };
        let messages = self.messages.clone();
        self.spawn(async move {
            if let Err(problem) = ops::upgrade::forget(&session, &portfolio).await {
                let _ = messages.send(Msg::TaskBroke(problem.sentence));
            }
        });
    }

    pub(super) fn find_proof(&mut self, account: WabaId) {
        let Some(session) = self.session() else { return };
        let messages = self.messages.clone();
        self.spawn(async move {
            match ops::upgrade::proof(&session, &account).await {
                Ok(proof) => {
                    let _ = messages.send(Msg::ProofFound(account, proof));
                }
                // The details say what they know without it.
                Err(problem) => tracing::warn!(%problem, "Since when an account is on is not known"),
            }
        });
    }

    pub(super) fn read_accounts(&mut self, accounts: Vec<WabaId>) {
        let Some(session) = self.session() else { return };
        let messages = self.messages.clone();
        self.spawn(async move {
            match ops::upgrade::read_again(&session, &accounts).await {
                Ok(accounts) => {
                    let _ = messages.send(Msg::AccountsReloaded(accounts));
                }
                // The next refresh reads them anyway.
                Err(problem) => tracing::warn!(%problem, "Accounts could not be read again"),
            }
        });
    }
}

async fn follow(session: &Session, signup: Signup, portfolio: PortfolioId, messages: Messages) {
    follow_shown(session, signup, portfolio, messages, true).await;
}

async fn follow_shown(session: &Session, signup: Signup, portfolio: PortfolioId, messages: Messages, shows_address: bool) {
    let (sender, mut updates) = mpsc::channel(1);
    let forward = async {
        while let Some(update) = updates.recv().await {
            if shows_address || !matches!(update, UpgradeUpdate::Opened { .. }) {
                let _ = messages.send(Msg::UpgradeMoved(portfolio.clone(), update));
            }
        }
    };
    // The outcome also comes as the last update.
    let (_, ()) = tokio::join!(ops::upgrade::follow(session, signup, sender), forward);
}

fn fail(problem: &Problem, portfolio: PortfolioId, step: UpgradeStep, messages: &Messages) {
    let failure = ops::upgrade::failure(problem, Some(&portfolio), step);
    let _ = messages.send(Msg::UpgradeMoved(portfolio, UpgradeUpdate::Ended(UpgradeOutcome::Failed(failure))));
}
