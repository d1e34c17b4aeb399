//! How long ago and how long still, as numbers with a unit; the words are made by the screens.

use jiff::Timestamp;

/// A unit of time as people say it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unit {
    /// Seconds.
    Seconds,
    /// Minutes.
    Minutes,
    /// Hours.
    Hours,
    /// Days of 24 hours.
    Days,
    /// Months of 30 days.
    Months,
    /// Years of 365 days.
    Years,
}

/// So many of a unit, rounded down: 119 seconds are one minute.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Amount {
    /// How many.
    pub count: i64,
    /// Of what.
    pub unit: Unit,
}

impl Amount {
    /// The largest unit that fits at least once; negative spans count as none.
    pub fn of_seconds(seconds: i64) -> Self {
        let seconds = seconds.max(0);
        const UNITS: [(i64, Unit); 5] = [
            (365 * 86_400, Unit::Years),
            (30 * 86_400, Unit::Months),
            (86_400, Unit::Days),
            (3_600, Unit::Hours),
            (60, Unit::Minutes),
        ];
        UNITS
            .into_iter()
            .find(|(length, _)| seconds >= *length)
            .map_or(Self { count: seconds, unit: Unit::Seconds }, |(length, unit)| Self { count: seconds / length, unit })
    }
}

/// How long ago; a moment ahead of `now` (clocks differ) is zero seconds ago.
pub fn age(now: Timestamp, then: Timestamp) -> Amount {
    Amount::of_seconds(now.as_second().saturating_sub(then.as_second()))
}

/// How long still, down to the second; `None` when the moment has come.
pub fn remaining(now: Timestamp, end: Timestamp) -> Option<Countdown> {
    let seconds = end.as_second().saturating_sub(now.as_second());
    (seconds > 0).then_some(Countdown {
        days: seconds / 86_400,
        hours: seconds / 3_600 % 24,
        minutes: seconds / 60 % 60,
        seconds: seconds % 60,
    })
}

/// Time left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Countdown {
    /// Whole days.
    pub days: i64,
    /// Hours of the last day, 0 to 23.
    pub hours: i64,
    /// Minutes, 0 to 59.
    pub minutes: i64,
    /// Seconds, 0 to 59.
    pub seconds: i64,
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    #[rstest]
    #[case(0, 0, Unit::Seconds)]
    #[case(59, 59, Unit::Seconds)]
    #[case(119, 1, Unit::Minutes)]
    #[case(3_600, 1, Unit::Hours)]
    #[case(86_399, 23, Unit::Hours)]
    #[case(86_400 * 29, 29, Unit::Days)]
    #[case(86_400 * 90, 3, Unit::Months)]
    #[case(86_400 * 800, 2, Unit::Years)]
    fn age_is_said_in_the_largest_unit(#[case] seconds: i64, #[case] count: i64, #[case] unit: Unit) {
        assert_eq!(age(at(1_000_000_000 + seconds), at(1_000_000_000)), Amount { count, unit });
    }

    #[test]
    fn a_moment_ahead_of_the_clock_is_now() {
        assert_eq!(age(at(10), at(20)).count, 0);
    }

    #[test]
    fn the_countdown_ends_at_the_moment_itself() {
        assert_eq!(remaining(at(20), at(20)), None);
        let left = remaining(at(0), at(2 * 86_400 + 3 * 3_600 + 4 * 60 + 5)).unwrap();
        assert_eq!((left.days, left.hours, left.minutes, left.seconds), (2, 3, 4, 5));
    }
}
