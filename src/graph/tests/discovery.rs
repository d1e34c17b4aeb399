//! Finding every account: all of them, once each, with few requests, whatever the server honours.

use std::{collections::HashSet, sync::atomic::Ordering, time::Duration};

use rstest::rstest;
use tokio::sync::mpsc;

use super::{
    client,
    fake::{Fake, Ranges, TooMuch},
};
use crate::{
    domain::{Account, account::DiscoveryPath},
    graph::{
        Client,
        discovery::{ByHand, Discovery, Found, discover},
    },
};

struct Result {
    accounts: Vec<Account>,
    failed: Vec<DiscoveryPath>,
    summary: Discovery,
    requests: Vec<String>,
    overlapping: usize,
}

async fn search(fake: Fake) -> Result {
    let [result] = search_again(fake).await;
    result
}

/// Searches as often as there is room, each time with the same client.
async fn search_again<const TIMES: usize>(fake: Fake) -> [Result; TIMES] {
    let (asked, overlapping) = (fake.asked.clone(), fake.overlapping.clone());
    let server = fake.start().await;
    let client = client(&server.uri());
    let mut results = Vec::new();
    for _ in 0..TIMES {
        let (summary, accounts, failed) = search_with(&client).await;
        let requests = std::mem::take(&mut *asked.lock().unwrap());
        results.push(Result { accounts, failed, summary, requests, overlapping: overlapping.load(Ordering::Relaxed) });
    }
    results.try_into().unwrap_or_else(|_| panic!("one result a time"))
}

async fn search_with(client: &Client) -> (Discovery, Vec<Account>, Vec<DiscoveryPath>) {
    let (sink, mut found) = mpsc::channel(16);
    let by_hand = ByHand::default();
    let collect = async {
        let (mut accounts, mut failed) = (Vec::new(), Vec::new());
        while let Some(found) = found.recv().await {
            match found {
                Found::Rows(rows) => accounts.extend(rows),
                Found::Failed { path, .. } => failed.push(path),
                Found::Also(_) => {}
            }
        }
        (accounts, failed)
    };
    let (summary, (accounts, failed)) = tokio::join!(discover(client, &by_hand, sink), collect);
    (summary.unwrap(), accounts, failed)
}

fn assert_all_once(result: &Result, count: usize) {
    let ids: HashSet<_> = result.accounts.iter().map(|account| &account.id).collect();
    assert_eq!(ids.len(), count, "every account: {:#?}", result.requests);
    assert_eq!(result.accounts.len(), count, "once each");
    assert_eq!(result.summary.accounts, count);
    assert!(result.accounts.iter().all(|account| account.numbers.len() == 2));
}

#[rstest]
#[case::everything_works(|_: &mut Fake| ())]
#[case::no_ids_named(|fake: &mut Fake| fake.names_ids = false)]
#[case::filtering_is_ignored(|fake: &mut Fake| fake.filters = false)]
#[case::sort_is_ignored(|fake: &mut Fake| fake.sorts = false)]
#[case::sort_and_filtering_are_ignored(|fake: &mut Fake| { fake.sorts = false; fake.filters = false; })]
#[case::nesting_is_too_much(|fake: &mut Fake| fake.nests = false)]
#[case::no_portfolios(|fake: &mut Fake| fake.has_businesses = false)]
#[case::no_portfolios_and_null_parts(|fake: &mut Fake| { fake.has_businesses = false; fake.forgetful = true; })]
#[case::the_list_leads_in_a_circle(|fake: &mut Fake| fake.circular = true)]
#[case::ids_as_good_as_oldest_first(|fake: &mut Fake| { fake.sorts = false; fake.accounts.sort_by_key(|account| account.1); })]
#[tokio::test]
async fn r1_every_account_is_found_once(#[case] change: fn(&mut Fake)) {
    let mut fake = Fake::even(730);
    change(&mut fake);
    assert_all_once(&search(fake).await, 730);
}

#[tokio::test]
async fn accounts_created_in_bursts_are_all_found() {
    let mut accounts = Vec::new();
    for burst in 0..6_i64 {
        for index in 0..110_u64 {
            // Each burst shares one second: no range can cut it.
            accounts.push((1_000_000 + u64::try_from(burst).unwrap() * 1_000 + index, 1_600_000_000 + burst * 10_000_000));
        }
    }
    assert_all_once(&search(Fake::new(accounts)).await, 660);
}

#[tokio::test]
async fn a_way_that_is_denied_is_told_and_the_others_go_on() {
    let result = search(Fake::even(20)).await;
    assert_all_once(&result, 20);
    assert_eq!(result.failed, [DiscoveryPath::Client]);
    let named = |path| result.accounts.iter().all(|account| account.found_by.contains(path));
    assert!(named(DiscoveryPath::Owned));
}

#[rstest]
#[case::ids_named(true)]
#[case::ids_not_named(false)]
#[tokio::test]
async fn a_thousand_accounts_take_at_most_twice_the_fewest_requests(#[case] names_ids: bool) {
    let mut fake = Fake::even(1_000);
    fake.names_ids = names_ids;
    let result = search(fake).await;
    assert_all_once(&result, 1_000);
    assert!(result.requests.len() <= 20, "{}: {:#?}", result.requests.len(), result.requests);
}

#[rstest]
#[case::ids_named(true)]
#[case::ids_not_named(false)]
#[tokio::test]
async fn a_server_with_smaller_pages_of_its_own_takes_at_most_twice_the_fewest_requests_too(#[case] names_ids: bool) {
    let mut fake = Fake::even(1_000);
    (fake.names_ids, fake.page) = (names_ids, 25);
    let result = search(fake).await;
    assert_all_once(&result, 1_000);
    assert!(result.requests.len() <= 80, "{}: {:#?}", result.requests.len(), result.requests);
}

#[tokio::test]
async fn a_server_that_ignores_ranges_is_not_asked_for_them_again() {
    let mut fake = Fake::even(1_000);
    fake.filters = false;
    let [first, second] = search_again(fake).await;
    assert_all_once(&first, 1_000);
    assert_all_once(&second, 1_000);
    assert!(first.requests.iter().any(|line| line.contains("filtering")));
    assert!(!second.requests.iter().any(|line| line.contains("filtering")), "{:#?}", second.requests);
    assert!(second.requests.len() <= 15, "{}: {:#?}", second.requests.len(), second.requests);
}

#[tokio::test]
async fn round_trips_overlap() {
    let mut fake = Fake::even(1_000);
    fake.latency = Duration::from_millis(100);
    let result = search(fake).await;
    assert_all_once(&result, 1_000);
    assert!(2 * result.overlapping > result.requests.len(), "{} of {} overlap", result.overlapping, result.requests.len());
}

#[tokio::test]
async fn multi_get_by_ids_is_never_used() {
    let mut fake = Fake::even(300);
    fake.has_businesses = false;
    let result = search(fake).await;
    assert!(result.requests.iter().all(|line| !line.contains("?ids=") && !line.contains("&ids=")));
    assert!(result.requests.iter().any(|line| line.starts_with("POST ")), "read by batch");
}

#[tokio::test]
async fn without_portfolios_the_owners_of_what_was_granted_are_asked_what_else_they_own() {
    let mut fake = Fake::even(150);
    fake.has_businesses = false;
    fake.granted = Some(3);
    let result = search(fake).await;
    assert_all_once(&result, 150);
    assert!(result.requests.iter().any(|line| line.contains("/900/owned_whatsapp_business_accounts")));
    let granted = |account: &&Account| account.found_by.contains(DiscoveryPath::Granted);
    assert_eq!(result.accounts.iter().filter(granted).count(), 3);
}

#[tokio::test]
async fn a_token_with_fewer_rights_still_lists_what_it_may_read() {
    let mut fake = Fake::even(150);
    (fake.nests, fake.core_only, fake.names_ids) = (false, true, false);
    let result = search(fake).await;
    assert_all_once(&result, 150);
    let lists = || result.requests.iter().filter(|line| line.contains("/900/owned_whatsapp_business_accounts"));
    assert!(lists().any(|line| !line.contains("health_status") && line.contains("marketing_messages_onboarding_status")));
    assert_eq!(lists().filter(|line| line.contains("health_status")).count(), 1, "what is not allowed is asked once");
    assert!(!result.failed.contains(&DiscoveryPath::Owned));
}

#[tokio::test]
async fn an_account_that_a_batch_says_is_limited_rests_and_the_others_are_there() {
    let mut fake = Fake::even(5);
    (fake.has_businesses, fake.limited) = (false, Some(1_000_002));
    fake.has_owners = false;
    let asked = fake.asked.clone();
    let server = fake.start().await;
    let client = client(&server.uri());
    for _ in 0..2 {
        let (sink, mut found) = mpsc::channel(64);
        let summary = discover(&client, &ByHand::default(), sink).await.unwrap();
        assert_eq!(summary.accounts, 4);
        let mut told = Vec::new();
        while let Some(found) = found.recv().await {
            if let Found::Failed { account: Some(account), error, .. } = found {
                told.push((account.to_string(), error.code()));
            }
        }
        assert!(told.iter().any(|(account, _)| account == "1000002"), "{told:?}");
    }
    assert!(client.usage().iter().any(|usage| usage.resting_until.is_some()));
    let batches: Vec<_> = asked.lock().unwrap().iter().filter(|line| line.starts_with("POST ")).cloned().collect();
    assert_eq!(batches.iter().filter(|line| line.contains("1000002")).count(), 1, "asked while it rests: {batches:?}");
}

/// A change of the server, and the most requests that a thousand accounts may take there.
#[rstest]
#[case::a_third_has_no_time(|fake: &mut Fake| fake.timeless = 3, 24)]
#[case::ranges_find_nothing(|fake: &mut Fake| fake.ranges = Ranges::FindNothing, 30)]
#[case::ranges_are_refused(|fake: &mut Fake| fake.ranges = Ranges::Refuse(200), 26)]
#[case::ranges_are_refused_as_unknown(|fake: &mut Fake| fake.ranges = Ranges::Refuse(100), 24)]
#[case::one_order_only(|fake: &mut Fake| fake.ascends = false, 21)]
#[case::half_of_them_on_one_day(|fake: &mut Fake| fake.accounts.iter_mut().take(500).for_each(|(id, at)| *at = 1_790_000_000 + i64::try_from(*id % 80_000).unwrap()), 36)]
#[case::ten_busy_hours_in_three_years(|fake: &mut Fake| for (id, at) in &mut fake.accounts {
    let place = i64::try_from(*id % 1_000).unwrap();
    *at = 1_700_000_000 + place / 100 * 8_640_000 + place % 100 * 36;
}, 30)]
#[case::the_ends_of_three_lists_meet(|fake: &mut Fake| (fake.portfolios, fake.has_owners) = (3, false), 30)]
#[case::pages_are_too_much_now_and_then(|fake: &mut Fake| fake.too_much = TooMuch::EveryThird, 60)]
#[case::pages_over_forty_are_too_much(|fake: &mut Fake| fake.too_much = TooMuch::Over(40), 100)]
#[tokio::test]
async fn whatever_a_server_does_with_ranges_and_sizes_nothing_is_lost_and_little_wasted(
    #[case] change: fn(&mut Fake),
    #[case] most: usize,
) {
    let mut fake = Fake::even(1_000);
    fake.names_ids = false;
    change(&mut fake);
    let result = search(fake).await;
    assert_all_once(&result, 1_000);
    assert!(result.requests.len() <= most, "{}: {:#?}", result.requests.len(), result.requests);
}

#[tokio::test]
async fn a_list_of_ever_new_cursors_that_leads_in_a_circle_ends_and_is_told() {
    let mut fake = Fake::even(730);
    (fake.filters, fake.endless) = (false, true);
    let result = search(fake).await;
    assert_all_once(&result, 730);
    assert!(result.failed.contains(&DiscoveryPath::Owned), "{:?}", result.failed);
    assert!(result.requests.len() < 40, "{:#?}", result.requests);
}

#[rstest]
#[case::nested(true, 13)]
#[case::one_by_one(false, 18)]
#[tokio::test]
async fn many_portfolios_with_few_accounts_each_take_few_requests(#[case] nests: bool, #[case] most: usize) {
    let mut fake = Fake::even(1_000);
    (fake.names_ids, fake.nests, fake.portfolios, fake.has_owners) = (false, nests, 200, false);
    let result = search(fake).await;
    assert_all_once(&result, 1_000);
    assert_eq!(result.summary.portfolios, 200);
    assert!(result.requests.len() <= most, "{}: {:#?}", result.requests.len(), result.requests);
    let told = result.failed.iter().filter(|path| **path == DiscoveryPath::Client).count();
    assert_eq!(told, 1, "two hundred refusals are not two hundred lines");
}
