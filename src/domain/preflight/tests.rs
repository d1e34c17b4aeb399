//! Each check in the states it can be in, and that checks and forecast never contradict each other.

use std::sync::LazyLock;

use rstest::rstest;

use super::*;
use crate::domain::{
    account::{Account, OnboardingStatus},
    delivery::{DeliveryChoice, ProductPolicy},
    fixtures::{account, after, entity, now, owned, with_health},
    health::CanSend,
    number::MessagingLimit,
    template::{Category, Template},
    value::ValueProblem,
    variable::{Part, VariableId},
};

fn marketing() -> Template {
    Template {
        category: Category::Marketing,
        status: TemplateStatus::Approved,
        quality: Quality::Green,
        synced: Some(true),
        ..Template::default()
    }
}

fn onboarded() -> Account {
    Account { funding_id: Some("1".into()), ..owned(account("1", OnboardingStatus::Onboarded), "p", TermsStatus::Signed) }
}

static STRICT: DeliveryChoice = DeliveryChoice { checked: Some(true), policy: ProductPolicy::Strict, activity_sharing: None };
static BRAZIL: LazyLock<[Recipient; 1]> = LazyLock::new(|| [Recipient::of_phone("+55 11 98765-4321")]);

fn checks_of<'a>(account: &'a Account, template: &'a Template, change: impl Fn(&mut Facts<'a>)) -> Vec<Check> {
    let mut facts = Facts {
        situation: Situation {
            account,
            number: account.numbers.first(),
            subject: Subject::Template(template),
            recipient: Recipient::NotChosen,
            choice: &STRICT,
            now: now(),
        },
        recipients: &*BRAZIL,
        problems: &[],
        may_send: Some(true),
        pause: None,
        last_use: Some(after(-3_600)),
        reached: 0,
    };
    change(&mut facts);
    preflight(&facts)
}

fn of(checks: &[Check], item: Item) -> Vec<(State, Finding)> {
    checks.iter().filter(|check| check.item == item).map(|check| (check.state, check.finding.clone())).collect()
}

#[test]
fn everything_in_order_is_one_good_line_for_each_item() {
    let checks = checks_of(&onboarded(), &marketing(), |_| ());
    let items: Vec<Item> = checks.iter().map(|check| check.item).collect();
    assert_eq!(
        items,
        [
            Item::Template,
            Item::Sync,
            Item::Quality,
            Item::Standing,
            Item::Number,
            Item::Limit,
            Item::Payment,
            Item::Terms,
            Item::Permission,
            Item::Recipients,
            Item::Values,
            Item::Delivery
        ]
    );
    assert!(checks.iter().all(|check| check.state == State::Good), "{checks:?}");
    assert!(!stands_in_the_way(&checks));
}

#[rstest]
#[case(TemplateStatus::Paused)]
#[case(TemplateStatus::Rejected)]
#[case(TemplateStatus::Disabled)]
fn a_template_that_is_not_approved_stands_in_the_way(#[case] status: TemplateStatus) {
    let checks = checks_of(&onboarded(), &Template { status: status.clone(), ..marketing() }, |_| ());
    let first = of(&checks, Item::Template).into_iter().next();
    assert_eq!(first, Some((State::Bad, Finding::Refused(Reason::TemplateNotSendable(status)))));
    assert!(stands_in_the_way(&checks));
}

#[rstest]
#[case(Some(false), None, State::Care, Finding::Noted(Note::MayStillSync))]
#[case(Some(true), Some(-8 * 86_400), State::Care, Finding::Idle(8))]
#[case(Some(true), Some(-6 * 86_400), State::Good, Finding::Synced)]
#[case(None, None, State::Open, Finding::SyncNotReported)]
fn a_template_needs_its_sync_again_after_seven_idle_days(
    #[case] synced: Option<bool>,
    #[case] used: Option<i64>,
    #[case] state: State,
    #[case] finding: Finding,
) {
    let checks = checks_of(&onboarded(), &Template { synced, ..marketing() }, |facts| facts.last_use = used.map(after));
    assert_eq!(of(&checks, Item::Sync), [(state, finding)]);
}

#[test]
fn through_cloud_api_neither_sync_nor_terms_matter() {
    let utility = Template { category: Category::Utility, synced: Some(false), ..marketing() };
    let checks = checks_of(&account("1", OnboardingStatus::Eligible), &utility, |_| ());
    assert_eq!(of(&checks, Item::Sync), [(State::Open, Finding::SyncNotNeeded)]);
    assert_eq!(of(&checks, Item::Terms), [(State::Open, Finding::TermsNotNeeded)]);
    assert_eq!(of(&checks, Item::Delivery), [(State::Good, Finding::Goes(Route::CloudApi))]);
}

#[test]
fn strict_without_onboarding_stands_in_the_way_and_the_terms_are_named() {
    let checks = checks_of(&account("1", OnboardingStatus::Eligible), &marketing(), |_| ());
    assert_eq!(of(&checks, Item::Delivery), [(State::Bad, Finding::Refused(Reason::StrictWithoutOnboarding))]);
    assert_eq!(of(&checks, Item::Terms)[0].0, State::Care);
}

#[test]
fn a_restricted_account_and_a_payment_problem_have_lines_of_their_own() {
    let checks = checks_of(&account("1", OnboardingStatus::IneligibleInactiveOrRestricted), &marketing(), |_| ());
    assert_eq!(of(&checks, Item::Standing), [(State::Bad, Finding::Refused(Reason::AccountRestricted))]);
    let blocked = entity(EntityKind::Waba, CanSend::Blocked, &[141_006]);
    let unpaid = owned(account("1", OnboardingStatus::PendingValidPaymentMethod), "p", TermsStatus::Signed);
    let unpaid = with_health(unpaid, blocked);
    let checks = checks_of(&unpaid, &marketing(), |_| ());
    let reason = Reason::HealthBlocked { entity: EntityKind::Waba, code: Some(141_006) };
    assert_eq!(of(&checks, Item::Payment), [(State::Bad, Finding::Refused(reason))]);
    assert_eq!(of(&checks, Item::Terms), [(State::Good, Finding::TermsSigned)]);
}

#[test]
fn one_recipient_in_the_united_states_among_several_stands_in_the_way() {
    let recipients = ["+55 11 98765-4321", "+1 415 555 2671"].map(Recipient::of_phone);
    let (account, template) = (onboarded(), marketing());
    let choice = DeliveryChoice { checked: Some(true), ..DeliveryChoice::default() };
    let situation = Situation {
        account: &account,
        number: account.numbers.first(),
        subject: Subject::Template(&template),
        recipient: Recipient::NotChosen,
        choice: &choice,
        now: now(),
    };
    let facts =
        Facts { situation, recipients: &recipients, problems: &[], may_send: None, pause: None, last_use: None, reached: 0 };
    let checks = preflight(&facts);
    assert!(
        matches!(of(&checks, Item::Recipients)[..], [(State::Bad, Finding::Refused(Reason::RecipientNotDeliverable(_)))]),
        "{checks:?}"
    );
    let worst = worst(forecasts(&situation, &recipients)).unwrap();
    assert_eq!(worst.route, Route::Refused);
}

#[rstest]
#[case(MessagingLimit::Tier250, 249, State::Good)]
#[case(MessagingLimit::Tier250, 250, State::Care)]
#[case(MessagingLimit::Unlimited, 1_000_000, State::Good)]
#[case(MessagingLimit::NotSet, 0, State::Open)]
fn the_limit_leaves_room_or_not(#[case] limit: MessagingLimit, #[case] reached: u32, #[case] state: State) {
    let mut account = onboarded();
    account.numbers[0].limit = limit;
    let checks = checks_of(&account, &marketing(), |facts| facts.reached = reached);
    assert_eq!(of(&checks, Item::Limit)[0].0, state);
}

#[rstest]
#[case(Some(false), State::Bad)]
#[case(None, State::Open)]
fn a_token_that_may_not_send_stands_in_the_way(#[case] may_send: Option<bool>, #[case] state: State) {
    let checks = checks_of(&onboarded(), &marketing(), |facts| facts.may_send = may_send);
    assert_eq!(of(&checks, Item::Permission)[0].0, state);
    assert_eq!(super::may_send(&["whatsapp_business_management".into()]), Some(false));
    assert_eq!(super::may_send(&[]), None);
}

#[test]
fn what_is_missing_in_the_draft_is_counted_in_one_line() {
    let missing = |name: &str| DraftProblem::Value {
        variable: VariableId { card: None, part: Part::Body(name.into()) },
        problem: ValueProblem::Missing,
    };
    let problems = [missing("1"), missing("2"), DraftProblem::NoRecipient];
    let (account, template) = (onboarded(), marketing());
    let checks = checks_of(&account, &template, |facts| {
        facts.problems = &problems;
        facts.recipients = &[];
    });
    assert_eq!(of(&checks, Item::Values), [(State::Bad, Finding::Problem(missing("1"), 2))]);
    assert_eq!(of(&checks, Item::Recipients), [(State::Bad, Finding::NoRecipient)]);
}

#[test]
fn an_account_without_a_number_cannot_send() {
    let checks = checks_of(&onboarded(), &marketing(), |facts| facts.situation.number = None);
    assert_eq!(of(&checks, Item::Number), [(State::Bad, Finding::NoNumber)]);
}

#[test]
fn r33_what_the_forecast_refuses_for_certain_always_stands_in_the_way() {
    let statuses = OnboardingStatus::KNOWN.iter().cloned().chain([OnboardingStatus::default()]);
    let mut refused = 0;
    for status in statuses {
        for template_status in TemplateStatus::KNOWN {
            for number in ["+55 11 98765-4321", "+1 415 555 2671", "+53 5 1234567", ""] {
                for closed in [None, Some(true)] {
                    for max_price in [false, true] {
                        let mut account = owned(account("1", status.clone()), "p", TermsStatus::RequestSent);
                        account.cloud_api_marketing_disabled = closed;
                        let template = Template { status: template_status.clone(), max_price, ..marketing() };
                        let recipients = [Recipient::of_phone(number)];
                        let checks = checks_of(&account, &template, |facts| facts.recipients = &recipients);
                        let told = forecast(&Situation {
                            account: &account,
                            number: account.numbers.first(),
                            subject: Subject::Template(&template),
                            recipient: recipients[0],
                            choice: &STRICT,
                            now: now(),
                        });
                        refused += u32::from(told.stops_sending());
                        assert_eq!(stands_in_the_way(&checks), told.stops_sending(), "{told:?} {checks:?}");
                    }
                }
            }
        }
    }
    assert!(refused > 500, "{refused}");
}

#[test]
fn a_paused_template_says_until_when_and_that_it_is_not_known_where_nobody_saw_it_begin() {
    let paused = Template { status: TemplateStatus::Paused, ..marketing() };
    let account = onboarded();
    let known = PauseForecast { since: Some(now()), ends: Some(after(3 * 3_600)), exact: true, next: NextPause::Second };
    for pause in [None, Some(known)] {
        let lines = of(&checks_of(&account, &paused, |facts| facts.pause = pause), Item::Template);
        let [(State::Bad, Finding::Refused(_)), (State::Care, Finding::Paused(told))] = lines.as_slice() else {
            panic!("{lines:?}")
        };
        assert_eq!(told.ends, pause.and_then(|pause| pause.ends));
    }
    let approved = of(&checks_of(&account, &marketing(), |facts| facts.pause = Some(known)), Item::Template);
    assert_eq!(approved, [(State::Good, Finding::Approved)], "what is over is not told");
}
