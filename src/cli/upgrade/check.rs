//! What `wabadeck upgrade --check` prints: portfolio by portfolio what one acceptance covers and every obstacle (R11).

use std::collections::HashMap;

use serde_json::{Value, json};

use super::owner_name;
use crate::{
    cli::{
        App, Exit,
        output::{self, Tone},
    },
    domain::{
        Account, WabaId,
        upgrade::{Obstacle, ObstacleKind, Owner, Stage, StartedBy, Stops, UnderWay, UpgradePlan},
    },
    ops::{fleet::Fleet, sign_in},
    wording,
};

/// Prints the plans, as a page or as JSON.
pub(super) fn print(app: &App, as_json: bool, fleet: &Fleet, plans: &[&UpgradePlan], under_way: &[UnderWay]) -> Exit {
    let lacks = fleet.summary.token.as_ref().map(sign_in::lacking).unwrap_or_default();
    let accounts: HashMap<&WabaId, &Account> = fleet.accounts.iter().map(|account| (&account.id, account)).collect();
    let left: usize = plans.iter().map(|plan| plan.covers.len()).sum();
    if as_json {
        let lacks: Vec<&str> = lacks.iter().map(|permission| permission.scope()).collect();
        let plans: Vec<Value> = plans.iter().map(|plan| plan_json(app, plan, begun(plan, under_way))).collect();
        return output::print_json(&json!({ "left": left, "token_lacks": lacks, "portfolios": plans }));
    }
    let mut page = String::new();
    for plan in plans {
        plan_page(app, &mut page, plan, &accounts, begun(plan, under_way));
        page.push('\n');
    }
    for permission in lacks {
        app.output.wrap(&mut page, 0, &format!("! {}", app.texts.get(permission.lack_id())), Tone::Action);
    }
    let ready = plans.iter().filter(|plan| plan.can_start()).count();
    let sum = app.texts.with("cli-upgrade-left", &[("count", left.into()), ("portfolios", ready.into())]);
    app.output.wrap(&mut page, 0, &sum, Tone::Title);
    output::print(&page)
}

/// What was begun of this portfolio and has not ended.
fn begun<'a>(plan: &UpgradePlan, under_way: &'a [UnderWay]) -> Option<&'a UnderWay> {
    under_way.iter().find(|upgrade| plan.owner.portfolio() == Some(&upgrade.portfolio))
}

fn plan_page(app: &App, page: &mut String, plan: &UpgradePlan, accounts: &HashMap<&WabaId, &Account>, begun: Option<&UnderWay>) {
    let texts = &app.texts;
    let name = |id: &WabaId| accounts.get(id).map_or_else(|| id.to_string(), |account| wording::account_name(account));
    let names = |ids: &[WabaId]| ids.iter().map(name).collect::<Vec<_>>().join(", ");
    let title = match &plan.owner {
        Owner::Portfolio { id, .. } => format!("{} · {id}", owner_name(&plan.owner)),
        Owner::Unknown(account) => name(account),
    };
    app.output.wrap(page, 0, &title, Tone::Title);
    if matches!(plan.owner, Owner::Unknown(_)) {
        app.output.wrap(page, 2, &texts.get("upgrade-portfolio-unknown"), Tone::Action);
    } else {
        let since = plan.terms_since.map(wording::day).unwrap_or_default();
        let terms = wording::terms(texts, &plan.terms, &since);
        app.output.wrap(page, 2, &texts.with("upgrade-terms", &[("state", terms.into())]), Tone::Dim);
    }
    if let Some(begun) = begun {
        app.output.wrap(page, 2, &format!("◔ {}", under_way_words(app, begun)), Tone::Action);
    }
    if !plan.covers.is_empty() {
        let id = if plan.blocked().is_some() { "upgrade-would-cover" } else { "upgrade-covers" };
        let arguments = [("count", plan.covers.len().into()), ("names", names(&plan.covers).into())];
        app.output.wrap(page, 2, &format!("○ {}", texts.with(id, &arguments)), Tone::Plain);
    }
    if !plan.already_on.is_empty() {
        let on = texts.with("upgrade-already-on", &[("names", names(&plan.already_on).into())]);
        app.output.wrap(page, 2, &format!("● {on}"), Tone::Good);
    }
    for obstacle in &plan.obstacles {
        let what = wording::obstacle(texts, &obstacle.kind, &app.zone);
        let whom = names(&obstacle.accounts);
        let words =
            if whom.is_empty() { format!("! {what}") } else { format!("! {}", wording::obstacle_of(&app.texts, &whom, &what)) };
        let tone = match obstacle.kind.stops() {
            Stops::Portfolio => Tone::Bad,
            Stops::TheseAccounts => Tone::Action,
            Stops::Nothing => Tone::Dim,
        };
        app.output.wrap(page, 2, &words, tone);
        app.output.wrap(page, 4, &format!("→ {}", wording::remedy(texts, obstacle.kind.remedy())), Tone::Step);
    }
}

fn under_way_words(app: &App, begun: &UnderWay) -> String {
    let by = match begun.by {
        StartedBy::Signup => "cli-upgrade-by-signup",
        StartedBy::Invitation => "cli-upgrade-by-invitation",
        StartedBy::Manager | StartedBy::Unknown(_) => "cli-upgrade-by-manager",
    };
    let stage = match begun.stage {
        Stage::Sending | Stage::Unanswered => "cli-upgrade-stage-unanswered",
        Stage::Accepted => "cli-upgrade-stage-accepted",
        Stage::Waiting | Stage::Unknown(_) => "cli-upgrade-stage-waiting",
    };
    let when = wording::day_and_clock(begun.begun_at, &app.zone);
    let arguments = [
        ("when", when.into()),
        ("by", app.texts.get(by).into_owned().into()),
        ("stage", app.texts.get(stage).into_owned().into()),
    ];
    app.texts.with("cli-upgrade-under-way", &arguments)
}

/// The portfolio in JSON; without an id where nobody knows whose account it is.
pub(super) fn owner(owner: &Owner) -> Value {
    match owner {
        Owner::Portfolio { id, name } => json!({ "id": id.as_str(), "name": name.as_str() }),
        Owner::Unknown(_) => Value::Null,
    }
}

fn plan_json(app: &App, plan: &UpgradePlan, begun: Option<&UnderWay>) -> Value {
    let ids = |ids: &[WabaId]| ids.iter().map(|id| id.as_str().to_owned()).collect::<Vec<_>>();
    json!({
        "portfolio": owner(&plan.owner),
        "account": match &plan.owner { Owner::Unknown(account) => json!(account.as_str()), Owner::Portfolio { .. } => Value::Null },
        "terms": plan.terms.as_wire(),
        "terms_since": plan.terms_since.map(|at| at.to_string()),
        "under_way": begun.map(|begun| json!({
            "by": begun.by.as_wire(), "stage": begun.stage.as_wire(), "since": begun.begun_at.to_string(),
        })),
        "covers": ids(&plan.covers),
        "already_on": ids(&plan.already_on),
        "can_start": plan.can_start(),
        "may_invite": plan.may_invite(),
        "obstacles": plan.obstacles.iter().map(|obstacle| obstacle_json(app, obstacle)).collect::<Vec<_>>(),
    })
}

fn obstacle_json(app: &App, obstacle: &Obstacle) -> Value {
    json!({
        "kind": kind(&obstacle.kind),
        "stops": match obstacle.kind.stops() {
            Stops::Portfolio => "portfolio",
            Stops::TheseAccounts => "these_accounts",
            Stops::Nothing => "nothing",
        },
        "accounts": obstacle.accounts.iter().map(WabaId::as_str).collect::<Vec<_>>(),
        "sentence": wording::obstacle(&app.texts, &obstacle.kind, &app.zone),
        "remedy": wording::remedy(&app.texts, obstacle.kind.remedy()),
    })
}

fn kind(kind: &ObstacleKind) -> &'static str {
    match kind {
        ObstacleKind::Restricted(_) => "restricted",
        ObstacleKind::OnBehalfOf => "on_behalf_of",
        ObstacleKind::BusinessApp => "business_app",
        ObstacleKind::CountryNotSupported => "country_not_supported",
        ObstacleKind::Ineligible(_) => "ineligible",
        ObstacleKind::NeedsPayment => "needs_payment",
        ObstacleKind::SetupPending => "setup_pending",
        ObstacleKind::InvitationSent { .. } => "invitation_sent",
        ObstacleKind::AcceptedNotOn { .. } => "accepted_not_on",
        ObstacleKind::NoUsableNumber => "no_usable_number",
        ObstacleKind::StatusUnknown(_) => "status_unknown",
    }
}
