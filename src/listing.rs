//! Which accounts are listed, and in which order: the same for the screen's table and the subcommand's.
//!
//! Nothing here draws or prints.

mod columns;

use std::{cmp::Ordering, sync::Arc};

use jiff::Timestamp;
use nucleo_matcher::{
    Config, Matcher, Utf32Str,
    pattern::{AtomKind, CaseMatching, Normalization, Pattern},
};

use crate::{
    domain::{Account, account::OnboardingStatus},
    i18n::Texts,
    wording,
};

pub use columns::{Column, columns_that_fit};

/// What the table is sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SortBy {
    /// Worst first (R1).
    #[default]
    Attention,
    /// Name.
    Name,
    /// Whether messages leave, blocked first.
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

    /// Puts accounts in order; no two ids are ever equal. What is dear is worked out once for each account, and no name is
    /// copied for it: thousands are sorted with every page that comes in.
    pub fn sort<T>(self, reversed: bool, now: Timestamp, rows: &mut [T], account_of: impl Fn(&T) -> &Account) {
        let mut keyed: Vec<(Key, usize)> =
            rows.iter().enumerate().map(|(place, row)| (self.key(account_of(row), now), place)).collect();
        let account_at = |place: usize| rows.get(place).map(&account_of);
        keyed.sort_unstable_by(|(left, left_place), (right, right_place)| {
            let order = left.cmp(right).then_with(|| match (account_at(*left_place), account_at(*right_place)) {
                (Some(left), Some(right)) => self.compare(left, right),
                _ => Ordering::Equal,
            });
            if reversed { order.reverse() } else { order }
        });
        // Each row goes where it belongs; what stood there may have been moved before, and is followed there.
        for place in 0..rows.len() {
            let mut from = keyed.get(place).map_or(place, |(_, from)| *from);
            while from < place {
                from = keyed.get(from).map_or(place, |(_, from)| *from);
            }
            rows.swap(place, from);
        }
    }

    fn key(self, account: &Account, now: Timestamp) -> Key {
        let rank = match self {
            Self::Attention => account.attention(now) as u64,
            Self::Health => wording::health_rank(account, now).into(),
            Self::Quality => wording::quality_rank(account).into(),
            Self::Numbers => u64::MAX - account.numbers.len() as u64,
            Self::Country => country(account).map_or(0, beginning::<8>) as u64,
            Self::Portfolio => portfolio(account).map_or(0, beginning::<8>) as u64,
            Self::Name => 0,
        };
        // Where the rank is no more than the beginning of a text, the rest of that text comes before the name.
        let is_text = matches!(self, Self::Country | Self::Portfolio);
        Key { rank, name: if is_text { 0 } else { beginning::<16>(&account.name) } }
    }

    /// Accounts whose keys are the same.
    fn compare(self, left: &Account, right: &Account) -> Ordering {
        let texts = |left: Option<&str>, right: Option<&str>| match (left, right) {
            (Some(left), Some(right)) => without_case(left, right),
            (left, right) => left.is_some().cmp(&right.is_some()),
        };
        let first = match self {
            Self::Country => texts(country(left), country(right)),
            Self::Portfolio if left.portfolio != right.portfolio => texts(portfolio(left), portfolio(right)),
            _ => Ordering::Equal,
        };
        first.then_with(|| texts(Some(&left.name), Some(&right.name))).then_with(|| left.id.cmp(&right.id))
    }
}

/// What an order looks at first.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    rank: u64,
    /// The beginning of the name.
    name: u128,
}

fn portfolio(account: &Account) -> Option<&str> {
    account.portfolio.as_ref().map(|portfolio| portfolio.name.as_str())
}

fn country(account: &Account) -> Option<&str> {
    account.country.as_deref()
}

/// Two texts without regard to case. Names of a chain's branches begin alike, so the common case has to be quick.
fn without_case(left: &str, right: &str) -> Ordering {
    if left.is_ascii() && right.is_ascii() {
        let differing = left.bytes().zip(right.bytes()).find(|(left, right)| !left.eq_ignore_ascii_case(right));
        return match differing {
            Some((left, right)) => left.to_ascii_lowercase().cmp(&right.to_ascii_lowercase()),
            None => left.len().cmp(&right.len()),
        };
    }
    in_lower_case(left).cmp(in_lower_case(right))
}

/// The text without regard to case, as the bytes of UTF-8, which stand in the order of the characters.
fn in_lower_case(text: &str) -> impl Iterator<Item = u8> {
    text.chars().flat_map(|character| {
        let mut bytes = [0; 12];
        let mut length = 0;
        for lower in character.to_lowercase() {
            if let Some(rest) = bytes.get_mut(length..).filter(|rest| rest.len() >= lower.len_utf8()) {
                length += lower.encode_utf8(rest).len();
            }
        }
        bytes.into_iter().take(length)
    })
}

/// The first bytes of a text as a number that sorts as they do.
fn beginning<const BYTES: usize>(text: &str) -> u128 {
    let mut bytes = in_lower_case(text);
    (0..BYTES).fold(0, |number, _| number << 8 | u128::from(bytes.next().unwrap_or(0)))
}

/// A filter over all that a person might type to find an account: each word has to occur; only when nothing has them all
/// as they stand, accounts count in which their letters follow one another.
pub struct Filter {
    patterns: Option<[Pattern; 2]>,
    matcher: Matcher,
    characters: Vec<char>,
    haystack: String,
}

impl Filter {
    /// Reads what was typed; blank text lets every account through.
    pub fn new(typed: &str) -> Self {
        let wanted = typed.trim();
        let patterns = (!wanted.is_empty()).then(|| {
            [
                Pattern::new(wanted, CaseMatching::Ignore, Normalization::Smart, AtomKind::Substring),
                Pattern::new(wanted, CaseMatching::Ignore, Normalization::Smart, AtomKind::Fuzzy),
            ]
        });
        Self { patterns, matcher: Matcher::new(Config::DEFAULT), characters: Vec::new(), haystack: String::new() }
    }

    /// Keeps the accounts that are let through, in their order.
    pub fn retain<T>(&mut self, rows: &mut Vec<T>, texts: &Texts, account_of: impl Fn(&T) -> &Account) {
        let Some(patterns) = self.patterns.take() else { return };
        let mut statuses = Vec::new();
        for pattern in &patterns {
            let mut kept =
                rows.iter().map(|row| self.matches(pattern, account_of(row), texts, &mut statuses)).collect::<Vec<_>>();
            if kept.contains(&true) {
                let mut kept = kept.drain(..);
                rows.retain(|_| kept.next().unwrap_or(false));
                self.patterns = Some(patterns);
                return;
            }
        }
        self.patterns = Some(patterns);
        rows.clear();
    }

    fn matches(&mut self, pattern: &Pattern, account: &Account, texts: &Texts, statuses: &mut StatusWords) -> bool {
        let status = match statuses.iter().find(|(known, _)| *known == account.onboarding) {
            Some((_, words)) => words.clone(),
            None => {
                let words: Arc<str> = wording::status_short(texts, &account.onboarding).into();
                statuses.push((account.onboarding.clone(), Arc::clone(&words)));
                words
            }
        };
        write_haystack(&mut self.haystack, account, &status);
        pattern.score(Utf32Str::new(&self.haystack, &mut self.characters), &mut self.matcher).is_some()
    }
}

/// The words of the statuses that were met.
type StatusWords = Vec<(OnboardingStatus, Arc<str>)>;

/// What the filter looks at: name, id, status in words, portfolio, country, numbers.
fn write_haystack(into: &mut String, account: &Account, status: &str) {
    into.clear();
    let portfolio = account.portfolio.as_ref().map(|portfolio| portfolio.name.as_str());
    let parts = [Some(account.name.as_str()), Some(account.id.as_str()), Some(status), portfolio, account.country.as_deref()];
    let numbers = account.numbers.iter().map(|number| number.display.as_str());
    for part in parts.into_iter().flatten().chain(numbers) {
        into.push_str(part);
        into.push(' ');
    }
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
    fn names_stand_in_the_order_of_their_letters_whatever_their_case_and_script() {
        let named = |name: &str| Account { name: name.into(), ..fixtures::account(name, OnboardingStatus::Eligible) };
        let sorted = [
            "",
            "A branch of a chain",
            "a branch of a chain 1",
            "A BRANCH of a chain 2",
            "Zoo",
            "zoo 2",
            "Éclair",
            "éclair 2",
            "支店",
        ];
        let sort = |reversed: bool| {
            let mut rows: Vec<Account> = sorted.iter().rev().map(|name| named(name)).collect();
            rows.rotate_left(4);
            SortBy::Name.sort(reversed, fixtures::now(), &mut rows, |row| row);
            rows.iter().map(|row| row.name.to_string()).collect::<Vec<_>>()
        };
        assert_eq!(sort(false), sorted);
        assert_eq!(sort(true).iter().rev().map(String::as_str).collect::<Vec<_>>(), sorted);
    }

    #[test]
    fn the_filter_finds_an_account_by_number_country_and_words_of_its_status() {
        let texts = Texts::new(Language::English);
        let mut account = fixtures::account("123", OnboardingStatus::Eligible);
        account.country = Some("DE".into());
        let kept = |typed: &str| {
            let mut rows = vec![account.clone()];
            Filter::new(typed).retain(&mut rows, &texts, |row| row);
            rows.len()
        };
        for typed in ["", "  ", "accnt 123", "901820", "DE", "upgraded"] {
            assert_eq!(kept(typed), 1, "{typed}");
        }
        assert_eq!(kept("zzz"), 0);
    }

    #[test]
    fn words_that_stand_somewhere_hide_what_only_has_their_letters() {
        let texts = Texts::new(Language::English);
        let named = |name: &str| Account { name: name.into(), ..fixtures::account("1", OnboardingStatus::Eligible) };
        let all = [named("Cedar & Tide India"), named("Tea, Ice, Diners and Mint Avenue"), named("Cedar & Tide México")];
        let kept = |typed: &str| {
            let mut rows = all.to_vec();
            Filter::new(typed).retain(&mut rows, &texts, |row| row);
            rows.iter().map(|row| row.name.to_string()).collect::<Vec<_>>()
        };
        assert_eq!(kept("tide india"), ["Cedar & Tide India"]);
        assert_eq!(kept("mexico"), ["Cedar & Tide México"]);
        assert_eq!(kept("tdavn"), ["Tea, Ice, Diners and Mint Avenue"]);
    }
}
