//! The forecast against a table written by hand: every onboarding status × kind × box × policy × flag × terms ×
//! recipient region × template status.

use crate::domain::{
    account::{Account, OnboardingStatus, TermsStatus},
    delivery::{DeliveryChoice, MessageKind, ProductPolicy, Reason, Recipient, Route, Situation, Subject, forecast},
    fixtures::{account, now, owned},
    message::Address,
    template::{Category, Template, TemplateStatus},
};

/// The first row that fits holds. `*` is anything, `a|b` is a or b.
///
/// template, region, kind, box, flag `disable_marketing_messages_on_cloud_api`, portfolio's terms, onboarding, policy
/// -> route, first reason
const TABLE: &[(&str, &str)] = &[
    // What keeps any message back, whichever way it would go.
    ("bad  *          marketing|utility|authentication * * * * *", "refused template"),
    ("*    *          * * * * INELIGIBLE_INACTIVE_OR_RESTRICTED *", "refused restricted"),
    ("*    sanctioned * * * * * *", "refused sanctioned"),
    ("*    us         marketing * * * * *", "refused undeliverable"),
    ("*    user       authentication * * * * *", "refused phone"),
    // Everything but marketing goes through Cloud API, and nothing about optimized delivery matters to it.
    ("*    *          utility|authentication|service * * * * *", "cloud not-marketing"),
    // Marketing, box unchecked.
    ("*    *          marketing off closed none ELIGIBLE|INELIGIBLE_COUNTRY_NOT_SUPPORTED *", "cloud not-selected"),
    (
        "*    *          marketing off closed none INELIGIBLE_ON_BEHALF_OF_WABA|INELIGIBLE_USING_WHATSAPP_BUSINESS_APP *",
        "cloud not-selected",
    ),
    ("*    *          marketing off closed * * *", "refused flag"),
    ("*    *          marketing off open   * * *", "cloud not-selected"),
    // Marketing, box checked.
    ("*    *          marketing on * * ONBOARDED *", "optimized onboarded"),
    ("*    *          marketing on * * * STRICT", "refused strict"),
    ("*    *          marketing on closed unsigned ELIGIBLE|INELIGIBLE_COUNTRY_NOT_SUPPORTED *", "refused flag"),
    (
        "*    *          marketing on closed unsigned INELIGIBLE_ON_BEHALF_OF_WABA|INELIGIBLE_USING_WHATSAPP_BUSINESS_APP|NEW *",
        "refused flag",
    ),
    ("*    *          marketing on closed none NEW *", "refused flag"),
    ("*    *          marketing on closed signed|none ELIGIBLE|INELIGIBLE_COUNTRY_NOT_SUPPORTED *", "fallback not-onboarded"),
    (
        "*    *          marketing on closed signed|none INELIGIBLE_ON_BEHALF_OF_WABA|INELIGIBLE_USING_WHATSAPP_BUSINESS_APP *",
        "fallback not-onboarded",
    ),
    ("*    *          marketing on * * PENDING_VALID_PAYMENT_METHOD|PENDING_INTERNAL_SETUP *", "fallback not-onboarded"),
    ("*    *          marketing on * * NEW *", "fallback unknown"),
    ("*    *          marketing on open * * *", "fallback not-onboarded"),
];

/// A business-scoped user id stands for itself.
const REGIONS: [(&str, &str); 8] = [
    ("none", ""),
    ("full", "+55 11 98765-4321"),
    ("unoptimized", "+49 170 1234567"),
    ("limited", "+7 495 123-45-67"),
    ("us", "+1 415-555-2671"),
    ("sanctioned", "+53 5 1234567"),
    ("canada", "+1 416-555-2671"),
    ("user", "BR.13491208655302741918"),
];

fn expected(case: &[&str]) -> &'static str {
    TABLE
        .iter()
        .find(|(pattern, _)| {
            let columns: Vec<&str> = pattern.split_whitespace().collect();
            assert_eq!(columns.len(), case.len(), "{pattern}");
            columns.iter().zip(case).all(|(column, value)| *column == "*" || column.split('|').any(|one| one == *value))
        })
        .unwrap_or_else(|| panic!("no row for {case:?}"))
        .1
}

fn name(reason: &Reason) -> &'static str {
    match reason {
        Reason::TemplateNotSendable(_) => "template",
        Reason::AccountRestricted => "restricted",
        Reason::RecipientSanctioned(_) => "sanctioned",
        Reason::RecipientNotDeliverable(_) => "undeliverable",
        Reason::CloudApiMarketingDisabled => "flag",
        Reason::NeedsPhoneNumber => "phone",
        Reason::StrictWithoutOnboarding => "strict",
        Reason::Onboarded => "onboarded",
        Reason::NotOnboarded(_) => "not-onboarded",
        Reason::OnboardingUnknown(_) => "unknown",
        Reason::NotMarketing(_) => "not-marketing",
        Reason::NotSelected => "not-selected",
        _ => "other",
    }
}

fn route(route: Route) -> &'static str {
    match route {
        Route::Optimized => "optimized",
        Route::CloudApi => "cloud",
        Route::Fallback => "fallback",
        Route::Refused => "refused",
    }
}

fn accounts() -> Vec<([&'static str; 3], Account)> {
    let mut accounts = Vec::new();
    let statuses = OnboardingStatus::KNOWN.iter().map(OnboardingStatus::as_wire).chain(["NEW"]);
    for status in statuses {
        for (flag, closed) in [("open", None), ("open", Some(false)), ("closed", Some(true))] {
            for (terms, state) in [
                ("none", TermsStatus::NotStarted),
                ("unsigned", TermsStatus::RequestSent),
                ("unsigned", TermsStatus::default()),
                ("signed", TermsStatus::Signed),
            ] {
                let mut account = owned(account("1", OnboardingStatus::from_wire(status)), "p", state);
                account.cloud_api_marketing_disabled = closed;
                accounts.push(([flag, terms, status], account));
            }
        }
    }
    accounts
}

fn templates() -> Vec<(&'static str, &'static str, Template)> {
    let mut templates = Vec::new();
    for (kind, category) in
        [("marketing", Category::Marketing), ("utility", Category::Utility), ("authentication", Category::Authentication)]
    {
        for status in TemplateStatus::KNOWN.iter().chain(&[TemplateStatus::default()]) {
            let state = match status {
                TemplateStatus::Approved | TemplateStatus::Unknown(_) => "good",
                _ => "bad",
            };
            let template = Template { category: category.clone(), status: status.clone(), ..Template::default() };
            templates.push((state, kind, template));
        }
    }
    templates
}

#[test]
fn r33_the_forecast_is_that_of_the_table_for_every_combination() {
    let templates = templates();
    let mut subjects: Vec<(&str, &str, Subject<'_>)> =
        templates.iter().map(|(state, kind, template)| (*state, *kind, Subject::Template(template))).collect();
    for kind in [MessageKind::Service, MessageKind::Response] {
        let window_open = Some(true);
        subjects.push(("good", "service", Subject::FreeForm { kind, window_open }));
    }
    let mut cases = 0;
    for ([flag, terms, status], account) in &accounts() {
        for (state, kind, subject) in &subjects {
            for (region, number) in REGIONS {
                for (checked, box_state) in [(true, "on"), (false, "off")] {
                    for policy in [ProductPolicy::CloudApiFallback, ProductPolicy::Strict] {
                        let choice = DeliveryChoice { checked: Some(checked), policy, activity_sharing: None };
                        let forecast = forecast(&Situation {
                            account,
                            number: account.numbers.first(),
                            subject: *subject,
                            recipient: match number {
                                "" => Recipient::NotChosen,
                                typed => Address::parse(typed).unwrap().recipient(),
                            },
                            choice: &choice,
                            now: now(),
                        });
                        let case = [*state, region, *kind, box_state, *flag, *terms, *status, policy.as_wire()];
                        let found = format!("{} {}", route(forecast.route), name(&forecast.reasons[0]));
                        assert_eq!(found, expected(&case), "{case:?}: {forecast:?}");
                        cases += 1;
                    }
                }
            }
        }
    }
    assert_eq!(cases, 9 * 3 * 4 * (3 * 11 + 2) * 8 * 2 * 2);
}

#[test]
fn every_row_of_the_table_is_reached() {
    let mut reached = vec![false; TABLE.len()];
    for (pattern, _) in TABLE {
        // The plainest case of each row: its own first alternatives, and harmless values elsewhere.
        let harmless = ["good", "full", "marketing", "on", "open", "unsigned", "ELIGIBLE", "CLOUD_API_FALLBACK"];
        let case: Vec<&str> = pattern
            .split_whitespace()
            .zip(harmless)
            .map(|(column, plain)| match column {
                "*" => plain,
                column => column.split('|').next().unwrap(),
            })
            .collect();
        let row = TABLE.iter().position(|(pattern, _)| {
            pattern
                .split_whitespace()
                .zip(&case)
                .all(|(column, value)| column == "*" || column.split('|').any(|one| one == *value))
        });
        reached[row.unwrap()] = true;
    }
    assert_eq!(reached, vec![true; TABLE.len()]);
}
