//! Meta's rate limits, counted for real: calls per account and app within a rolling hour, the two usage headers, and
//! the refusal once a limit is used up. It must not know what a call does.

use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, PoisonError};

use serde_json::{Value, json};

use super::errors::GraphError;

/// Calls an hour to an account with at least one registered number.
pub const REGISTERED: u64 = 5_000;
/// Calls an hour to an account without.
pub const UNREGISTERED: u64 = 200;
/// Calls an hour for each daily user of the app.
const PER_USER: u64 = 200;
const HOUR: i64 = 60;

#[derive(Debug, Default)]
struct Hour {
    /// Minute and number of calls.
    minutes: VecDeque<(i64, u64)>,
    total: u64,
}

impl Hour {
    fn count(&mut self, minute: i64) -> u64 {
        while let Some((oldest, calls)) = self.minutes.front().copied() {
            if minute - oldest < HOUR {
                break;
            }
            self.total -= calls;
            self.minutes.pop_front();
        }
        match self.minutes.back_mut() {
            Some((last, calls)) if *last == minute => *calls += 1,
            _ => self.minutes.push_back((minute, 1)),
        }
        self.total += 1;
        self.total
    }

    /// Minutes until the number of calls is back below the limit, if no more come.
    fn regain(&self, minute: i64, limit: u64) -> i64 {
        let mut left = self.total;
        for (at, calls) in &self.minutes {
            if left < limit {
                break;
            }
            left -= calls;
            if left < limit {
                return (at + HOUR - minute).max(1);
            }
        }
        0
    }
}

/// Counters of app and accounts.
#[derive(Debug)]
pub struct Usage {
    app_limit: u64,
    hours: Mutex<(Hour, HashMap<u64, Hour>)>,
}

/// What counting a call came to.
#[derive(Debug, Default)]
pub struct Counted {
    /// Usage headers.
    pub headers: Vec<(String, String)>,
    /// The refusal, once a limit is used up.
    pub refused: Option<GraphError>,
}

fn percent(used: u64, limit: u64) -> u64 {
    used * 100 / limit.max(1)
}

impl Usage {
    /// Counters for an app with so many daily users.
    pub fn new(daily_users: u64) -> Self {
        Self { app_limit: PER_USER * daily_users.max(1), hours: Mutex::default() }
    }

    /// Counts a call, at a unix time, to an account if it is one that counts there.
    pub fn count(&self, now: i64, account: Option<(u64, bool)>) -> Counted {
        let minute = now / 60;
        let mut hours = self.hours.lock().unwrap_or_else(PoisonError::into_inner);
        let (app, accounts) = &mut *hours;
        let used = app.count(minute);
        let share = percent(used, self.app_limit);
        let mut counted = Counted {
            headers: vec![(
                "x-app-usage".to_owned(),
                json!({"call_count": share, "total_time": share * 3 / 4, "total_cputime": share / 2}).to_string(),
            )],
            refused: (used > self.app_limit)
                .then(|| GraphError::new(400, 4, "(#4) Application request limit reached").transient()),
        };
        if let Some((id, registered)) = account {
            let limit = if registered { REGISTERED } else { UNREGISTERED };
            let hour = accounts.entry(id).or_default();
            let used = hour.count(minute);
            let regain = hour.regain(minute, limit);
            counted.headers.push(header(id, percent(used, limit), if used > limit { regain } else { 0 }));
            if used > limit {
                counted.refused = Some(too_many());
            }
        }
        counted
    }

    /// Forgets everything.
    pub fn reset(&self) {
        *self.hours.lock().unwrap_or_else(PoisonError::into_inner) = Default::default();
    }
}

/// The header about an account.
pub fn header(id: u64, share: u64, regain_minutes: i64) -> (String, String) {
    let entry: Value = json!([{
        "type": "whatsapp",
        "call_count": share,
        "total_cputime": share / 2,
        "total_time": share * 3 / 4,
        "estimated_time_to_regain_access": regain_minutes,
    }]);
    ("x-business-use-case-usage".to_owned(), format!("{{\"{id}\":{entry}}}"))
}

/// The refusal of an account that was asked too often.
pub fn too_many() -> GraphError {
    GraphError::new(
        400,
        80_008,
        "(#80008) There have been too many calls to this WhatsApp Business account. Wait a bit and try again. For more info, \
         please refer to https://developers.facebook.com/docs/graph-api/overview/rate-limiting.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unregistered_account_is_refused_after_200_calls_and_regains_after_an_hour() {
        let usage = Usage::new(1_000);
        for call in 0..200 {
            assert!(usage.count(call, Some((7, false))).refused.is_none(), "{call}");
        }
        let refused = usage.count(200, Some((7, false)));
        assert_eq!(refused.refused.unwrap().code, 80_008);
        let told = &refused.headers[1].1;
        let told: Value = serde_json::from_str(told).unwrap();
        assert_eq!(told["7"][0]["call_count"], 100);
        assert_eq!(told["7"][0]["estimated_time_to_regain_access"], 57);
        assert!(usage.count(200, Some((8, false))).refused.is_none(), "other accounts go on");
        assert!(usage.count(3_900, Some((7, false))).refused.is_none());
    }

    #[test]
    fn registered_account_has_5000_and_the_app_its_own_limit() {
        let usage = Usage::new(1);
        for call in 0..200 {
            let counted = usage.count(0, Some((call, true)));
            assert!(counted.refused.is_none());
        }
        assert_eq!(usage.count(0, None).refused.unwrap().code, 4);
        let usage = Usage::new(1_000);
        let last = (0..2_500).map(|_| usage.count(0, Some((1, true)))).last().unwrap();
        let told: Value = serde_json::from_str(&last.headers[1].1).unwrap();
        assert_eq!(told["1"][0]["call_count"], 50);
    }
}
