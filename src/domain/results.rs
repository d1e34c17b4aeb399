//! What became of messages by the way they took: Meta's own counts, how large the optimized part is, and what the counts
//! do not say. Pure.

use jiff::Timestamp;

use super::{
    Account, PhoneNumber,
    delivery::PricingCategory,
    region::{Country, RegionEffect, region_of_phone},
};

/// The way that messages took.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Method {
    /// Optimized delivery.
    Optimized,
    /// The plain Cloud API.
    CloudApi,
}

impl Method {
    /// Both, the optimized one first.
    pub const ALL: [Self; 2] = [Self::Optimized, Self::CloudApi];

    /// Its name for programs.
    pub fn name(self) -> &'static str {
        match self {
            Self::Optimized => "optimized",
            Self::CloudApi => "cloud_api",
        }
    }
}

/// From when to when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    /// The first moment.
    pub start: Timestamp,
    /// The last one.
    pub end: Timestamp,
}

/// Days that Meta looks back in template analytics (Meta: analytics).
pub const TEMPLATE_DAYS: u16 = 90;

/// Days that Meta looks back in pricing analytics (Meta: analytics, since December 2025).
pub const PRICING_DAYS: u16 = 365;

/// How many messages came how far. What Meta left out is `None`, which is not zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Taken on.
    pub sent: Option<u64>,
    /// On the recipient's phone.
    pub delivered: Option<u64>,
    /// Read, as far as recipients let it be known.
    pub read: Option<u64>,
    /// Clicks on buttons.
    pub clicked: Option<u64>,
}

impl Counts {
    /// Both together.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        let sum = |left: Option<u64>, right: Option<u64>| match (left, right) {
            (None, None) => None,
            (left, right) => Some(left.unwrap_or(0).saturating_add(right.unwrap_or(0))),
        };
        Self {
            sent: sum(self.sent, other.sent),
            delivered: sum(self.delivered, other.delivered),
            read: sum(self.read, other.read),
            clicked: sum(self.clicked, other.clicked),
        }
    }

    /// Sent and not delivered: failed, held, or still on the way. Meta counts failures nowhere.
    pub fn not_delivered(&self) -> Option<u64> {
        Some(self.sent?.saturating_sub(self.delivered?))
    }
}

/// A part of a whole in percent, rounded; `None` of nothing.
pub fn percent(part: u64, whole: u64) -> Option<u8> {
    (whole > 0).then(|| {
        let rounded = (u128::from(part) * 200 + u128::from(whole)) / (u128::from(whole) * 2);
        u8::try_from(rounded).unwrap_or(u8::MAX)
    })
}

/// The counts of one day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DayCounts {
    /// Where the day begins.
    pub day: Timestamp,
    /// What was counted.
    pub counts: Counts,
}

/// What became of a template's messages, by day.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TemplateResults {
    /// By optimized delivery, each day once, in order.
    pub optimized: Vec<DayCounts>,
    /// By Cloud API.
    pub cloud_api: Vec<DayCounts>,
}

impl TemplateResults {
    /// The days of one way.
    pub fn days(&self, method: Method) -> &[DayCounts] {
        match method {
            Method::Optimized => &self.optimized,
            Method::CloudApi => &self.cloud_api,
        }
    }

    /// All days of one way together.
    pub fn total(&self, method: Method) -> Counts {
        self.days(method).iter().fold(Counts::default(), |sum, day| sum.plus(day.counts))
    }
}

/// Puts the counts of several templates together, each day once, in order.
pub fn by_day(counted: impl IntoIterator<Item = DayCounts>) -> Vec<DayCounts> {
    let mut days = std::collections::BTreeMap::new();
    for counted in counted {
        let day = days.entry(counted.day).or_insert_with(Counts::default);
        *day = day.plus(counted.counts);
    }
    days.into_iter().map(|(day, counts)| DayCounts { day, counts }).collect()
}

/// Messages that were charged for, or would have been, on one day in one category.
#[derive(Debug, Clone, PartialEq)]
pub struct Volume {
    /// Where the day begins.
    pub day: Timestamp,
    /// The category.
    pub category: PricingCategory,
    /// Messages delivered.
    pub messages: u64,
    /// What they cost in the account's currency; Meta withholds it from accounts that a partner pays for.
    pub cost: Option<f64>,
}

/// How much of an account's marketing went which way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Split {
    /// `MARKETING_LITE`: optimized.
    pub optimized: u64,
    /// `MARKETING`: Cloud API.
    pub cloud_api: u64,
}

impl Split {
    /// Of these volumes; other categories do not count.
    pub fn of<'a>(volumes: impl IntoIterator<Item = &'a Volume>) -> Self {
        volumes.into_iter().fold(Self::default(), |split, volume| match volume.category {
            PricingCategory::MarketingLite => Self { optimized: split.optimized + volume.messages, ..split },
            PricingCategory::Marketing => Self { cloud_api: split.cloud_api + volume.messages, ..split },
            _ => split,
        })
    }

    /// All marketing.
    pub fn total(self) -> u64 {
        self.optimized.saturating_add(self.cloud_api)
    }

    /// The optimized part in percent: `MARKETING_LITE` of `MARKETING` and `MARKETING_LITE`; `None` without marketing.
    pub fn share(self) -> Option<u8> {
        percent(self.optimized, self.total())
    }
}

/// What the counts do not say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Caveat {
    /// Meta calls all of them approximate.
    Approximate,
    /// Recipients can switch read receipts off.
    ReadReceipts,
    /// Reads and clicks count for seven days after sending only.
    SevenDays,
    /// Where the business is, there are no click metrics, and delivery is not optimized.
    NoClicks,
    /// The cost is withheld, because a partner pays.
    CostWithheld,
    /// Failures are known only of what was sent from here, or told by webhooks to here.
    FailuresFromHere,
}

impl Caveat {
    /// Its name for programs.
    pub fn name(self) -> &'static str {
        match self {
            Self::Approximate => "approximate",
            Self::ReadReceipts => "read_receipts",
            Self::SevenDays => "seven_days",
            Self::NoClicks => "no_clicks",
            Self::CostWithheld => "cost_withheld",
            Self::FailuresFromHere => "failures_from_here",
        }
    }
}

/// What has to be said with an account's numbers.
pub fn caveats(account: &Account, volumes: &[Volume]) -> Vec<Caveat> {
    let mut caveats = vec![Caveat::Approximate, Caveat::ReadReceipts, Caveat::SevenDays];
    let country = account.country.as_deref().and_then(Country::new).map(Country::as_business);
    let of_number = |number: &PhoneNumber| region_of_phone(&number.display).map(|region| region.as_business());
    let mut effects = account.numbers.iter().filter_map(of_number).chain(country);
    if effects.any(|effect| matches!(effect, RegionEffect::NoOptimization | RegionEffect::Limited)) {
        caveats.push(Caveat::NoClicks);
    }
    let any = volumes.iter().any(|volume| volume.messages > 0);
    if any && volumes.iter().all(|volume| volume.cost.is_none()) {
        caveats.push(Caveat::CostWithheld);
    }
    caveats.push(Caveat::FailuresFromHere);
    caveats
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        account::OnboardingStatus,
        fixtures::{account, after},
    };

    fn volume(category: PricingCategory, messages: u64) -> Volume {
        Volume { day: after(0), category, messages, cost: None }
    }

    #[test]
    fn the_share_is_of_marketing_alone() {
        let volumes = [
            volume(PricingCategory::MarketingLite, 75),
            volume(PricingCategory::Marketing, 25),
            volume(PricingCategory::Utility, 900),
            volume(PricingCategory::from_wire("NEW_ONE"), 900),
        ];
        let split = Split::of(&volumes);
        assert_eq!((split.optimized, split.cloud_api, split.share()), (75, 25, Some(75)));
        assert_eq!(Split::of(&volumes[2..]).share(), None);
    }

    #[test]
    fn percents_are_rounded_and_nothing_has_none() {
        assert_eq!([percent(1, 3), percent(2, 3), percent(1, 200), percent(0, 5)], [Some(33), Some(67), Some(1), Some(0)]);
        assert_eq!(percent(u64::MAX, u64::MAX), Some(100));
        assert_eq!(percent(1, 0), None);
    }

    #[test]
    fn what_meta_leaves_out_is_not_zero() {
        let known = Counts { sent: Some(3), delivered: Some(2), ..Counts::default() };
        let sum = known.plus(Counts { sent: Some(1), clicked: Some(1), ..Counts::default() });
        assert_eq!(sum, Counts { sent: Some(4), delivered: Some(2), read: None, clicked: Some(1) });
        assert_eq!(sum.not_delivered(), Some(2));
        assert_eq!(Counts::default().not_delivered(), None);
    }

    #[test]
    fn the_same_day_of_several_templates_is_one_day() {
        let day = |day: i64, sent: u64| DayCounts { day: after(day), counts: Counts { sent: Some(sent), ..Counts::default() } };
        let days = by_day([day(86_400, 1), day(0, 2), day(86_400, 3)]);
        assert_eq!(days, [day(0, 2), day(86_400, 4)]);
    }

    #[test]
    fn caveats_name_the_region_and_the_cost_where_they_hold() {
        let mut somewhere = account("1", OnboardingStatus::Onboarded);
        somewhere.country = Some("BR".into());
        somewhere.numbers[0].display = "+55 11 4002 8922".into();
        let priced = [Volume { cost: Some(1.0), ..volume(PricingCategory::Marketing, 1) }];
        let bare = caveats(&somewhere, &priced);
        assert!(!bare.contains(&Caveat::NoClicks) && !bare.contains(&Caveat::CostWithheld), "{bare:?}");
        somewhere.numbers[0].display = "+49 30 901820".into();
        let german = caveats(&somewhere, &[volume(PricingCategory::Marketing, 1)]);
        assert!(german.contains(&Caveat::NoClicks) && german.contains(&Caveat::CostWithheld), "{german:?}");
    }
}
