//! When to ask again: as often as the user wishes, never more often than Meta's limits allow, and sooner after a failure, so that
//! what was wrong for a moment is soon right again. Pure.

use std::time::Duration;

use crate::{
    domain::{Account, graph_error::ErrorClass, number::NumberStatus},
    graph::Usage,
};

/// Calls an hour that Meta allows for an account without a registered number (Meta: WhatsApp Business Platform, rate limits).
const CALLS_UNREGISTERED: u64 = 200;

/// Calls an hour that Meta allows for an account with a registered number.
const CALLS_REGISTERED: u64 = 5_000;

/// Refreshing may take this part of what is allowed; the rest is for the person and for other programs of the same app.
const SHARE: u64 = 2;

/// Requests of one refresh that count for one and the same account: a page or batch in which it stands, and a reading of its own.
const PER_ACCOUNT: u64 = 2;

/// The wait after a first failure; each further one doubles it.
const FIRST_RETRY: Duration = Duration::from_secs(5);

/// The longest wait after a failure, unless refreshes are further apart anyway.
const LONGEST_RETRY: Duration = Duration::from_secs(60);

/// The wait after a failure that somebody has to mend: a refused token, a missing permission.
const PERSON_RETRY: Duration = Duration::from_secs(20);

/// The time from one refresh to the next: as wished, stretched until `requests` (those of the last refresh) fit what Meta allows
/// the whole app and each account, and further as limits fill up: twice from 75 percent, four times from 90.
pub fn interval<'a>(
    wished: Duration,
    requests: u64,
    accounts: impl IntoIterator<Item = &'a Account>,
    usage: &[Usage],
) -> Duration {
    let mut count = 0;
    let mut unregistered = false;
    for account in accounts {
        count += 1;
        unregistered |= !account.numbers.iter().any(|number| number.status == NumberStatus::Connected);
    }
    // What an hour allows is counted for each account; a fleet's lists are shared by all that stand in them.
    let allowed = if unregistered { CALLS_UNREGISTERED } else { CALLS_REGISTERED };
    let each = if count == 0 { requests } else { requests.div_ceil(count).max(PER_ACCOUNT.min(requests)) };
    let fitting = Duration::from_secs(each * 3_600 * SHARE / allowed);
    let stretch = match usage.iter().map(|usage| usage.percent).max().unwrap_or(0) {
        90.. => 4,
        75..90 => 2,
        _ => 1,
    };
    wished.max(fitting) * stretch
}

/// The time from a failed refresh to the next try: short at first, doubled with each failure in a row, never longer than what
/// separates refreshes that succeed. What only a person can mend is tried more calmly.
pub fn retry(wished: Duration, failures: u32, class: ErrorClass) -> Duration {
    let calm = wished.max(LONGEST_RETRY);
    match class {
        ErrorClass::Auth | ErrorClass::Permission => PERSON_RETRY.min(calm),
        _ => (FIRST_RETRY * 2_u32.saturating_pow(failures.saturating_sub(1).min(8))).min(LONGEST_RETRY).min(calm),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        domain::{PhoneNumber, number::Standing},
        graph::Subject,
    };

    const MINUTE: Duration = Duration::from_secs(60);

    fn account(status: NumberStatus) -> Account {
        Account {
            numbers: vec![PhoneNumber { standing: Standing { status, ..Standing::default() }.into(), ..PhoneNumber::default() }],
            ..Account::default()
        }
    }

    fn used(percent: u32) -> Usage {
        Usage { subject: Subject::App, percent, resting_until: None }
    }

    #[test]
    fn what_fits_the_limits_happens_as_often_as_wished() {
        let accounts = vec![account(NumberStatus::Connected); 1_000];
        assert_eq!(interval(MINUTE, 20, &accounts, &[]), MINUTE);
    }

    #[test]
    fn an_account_without_a_registered_number_is_asked_about_at_most_a_hundred_times_an_hour() {
        let accounts = [account(NumberStatus::Connected), account(NumberStatus::Pending)];
        let every = interval(Duration::from_secs(1), 2, &accounts, &[]);
        assert!(
            Duration::from_secs(3_600) / u32::try_from(every.as_secs()).unwrap() * 2 <= Duration::from_secs(100),
            "{every:?}"
        );
    }

    #[test]
    fn many_requests_for_few_accounts_stretch_the_plan() {
        let registered = [account(NumberStatus::Connected)];
        let every = interval(Duration::from_secs(1), 50, &registered, &[]);
        assert_eq!(every, Duration::from_secs(72));
        let unregistered = [account(NumberStatus::Pending)];
        assert_eq!(interval(Duration::from_secs(1), 50, &unregistered, &[]), Duration::from_secs(1_800));
    }

    #[test]
    fn limits_that_fill_up_slow_it_down() {
        let accounts = [account(NumberStatus::Connected)];
        let of = |percent| interval(MINUTE, 2, &accounts, &[used(percent)]);
        assert_eq!([of(74), of(75), of(90), of(100)], [MINUTE, MINUTE * 2, MINUTE * 4, MINUTE * 4]);
    }

    #[test]
    fn tries_after_failures_come_soon_then_slower() {
        let seconds = |failures| retry(MINUTE * 5, failures, ErrorClass::Transient).as_secs();
        assert_eq!([1, 2, 3, 4, 5, 40].map(seconds), [5, 10, 20, 40, 60, 60]);
        assert_eq!(retry(MINUTE * 5, 1, ErrorClass::Auth), PERSON_RETRY);
    }
}
