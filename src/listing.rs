//! Which accounts are listed, and in which order: the same for the screen's table and the subcommand's.
//!
//! Nothing here draws or prints.

mod columns;

use std::cmp::Ordering;

use jiff::Timestamp;
use nucleo_matcher::{
    Config, Matcher, Utf32Str,
    pattern::{CaseMatching, Normalization, Pattern},
};

use crate::{domain::Account, i18n::Texts, wording};

pub use columns::{Column, columns_that_fit};

/// What the table is sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SortBy {
    /// Worst first (R1).
    #[default]
    Attention,
    /// Name.
    Name,
    /// Health, blocked first.
    Health,
    /// Quality, red first.
    Quality,
    /// Portfolio.
    Portfolio,
    /// Country.
    Country,
    /// Count of numbers, most first.
    Numbers,
}

impl SortBy {
    /// All orders, the default one first.
    pub const ALL: [Self; 7] =
        [Self::Attention, Self::Name, Self::Health, Self::Quality, Self::Portfolio, Self::Country, Self::Numbers];

    /// The next one, round and round.
    #[must_use]
    pub fn next(self) -> Self {
        let place = Self::ALL.iter().position(|known| *known == self).unwrap_or(0);
        Self::ALL.get(place + 1).copied().unwrap_or_default()
    }

    /// The id of its name among the texts.
    pub fn text_id(self) -> &'static str {
        match self {
            Self::Attention => "accounts-sort-attention",
            Self::Name => "accounts-column-name",
            Self::Health => "accounts-column-health",
            Self::Quality => "accounts-column-quality",
            Self::Portfolio => "accounts-column-portfolio",
            Self::Country => "accounts-column-country",
            Self::Numbers => "accounts-column-numbers",
        }
    }

    /// How two accounts stand to each other; never equal for two ids.
    pub fn compare(self, a: &Account, b: &Account, now: Timestamp) -> Ordering {
        let portfolio = |account: &Account| account.portfolio.as_ref().map(|portfolio| portfolio.name.to_lowercase());
        let order = match self {
            Self::Attention => a.attention(now).cmp(&b.attention(now)),
            Self::Name => Ordering::Equal,
            Self::Health => wording::health_rank(a).cmp(&wording::health_rank(b)),
            Self::Quality => wording::quality_rank(a).cmp(&wording::quality_rank(b)),
            Self::Portfolio => portfolio(a).cmp(&portfolio(b)),
            Self::Country => a.country.cmp(&b.country),
            Self::Numbers => b.numbers.len().cmp(&a.numbers.len()),
        };
        order.then_with(|| a.name.to_lowercase().cmp(&b.name.to_lowercase())).then_with(|| a.id.cmp(&b.id))
    }
}

/// A fuzzy filter over all that a person might type to find an account.
pub struct Filter {
    pattern: Option<Pattern>,
    matcher: Matcher,
    buffer: Vec<char>,
}

impl Filter {
    /// Reads what was typed; blank text lets every account through.
    pub fn new(typed: &str) -> Self {
        let wanted = typed.trim();
        let pattern = (!wanted.is_empty()).then(|| Pattern::parse(wanted, CaseMatching::Ignore, Normalization::Smart));
        Self { pattern, matcher: Matcher::new(Config::DEFAULT), buffer: Vec::new() }
    }

    /// Whether the account is let through.
    pub fn lets_through(&mut self, account: &Account, texts: &Texts) -> bool {
        let Some(pattern) = &self.pattern else {
            return true;
        };
        pattern.score(Utf32Str::new(&haystack(account, texts), &mut self.buffer), &mut self.matcher).is_some()
    }
}

/// What the filter looks at: name, id, status in words, portfolio, country, numbers.
fn haystack(account: &Account, texts: &Texts) -> String {
    let mut text = format!("{} {} {}", account.name, account.id, wording::status_short(texts, &account.onboarding));
    if let Some(portfolio) = &account.portfolio {
        text.push(' ');
        text.push_str(&portfolio.name);
    }
    if let Some(country) = &account.country {
        text.push(' ');
        text.push_str(country);
    }
    for number in &account.numbers {
        text.push(' ');
        text.push_str(&number.display);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        domain::{account::OnboardingStatus, fixtures},
        i18n::Language,
    };

    #[test]
    fn every_order_leads_back_to_worst_first() {
        let mut sort = SortBy::default();
        for _ in SortBy::ALL {
            sort = sort.next();
        }
        assert_eq!(sort, SortBy::Attention);
    }

    #[test]
    fn the_filter_finds_an_account_by_number_country_and_words_of_its_status() {
        let texts = Texts::new(Language::English);
        let mut account = fixtures::account("123", OnboardingStatus::Eligible);
        account.country = Some("DE".into());
        for typed in ["", "  ", "accnt 123", "901820", "DE", "upgraded"] {
            assert!(Filter::new(typed).lets_through(&account, &texts), "{typed}");
        }
        assert!(!Filter::new("zzz").lets_through(&account, &texts));
    }
}
