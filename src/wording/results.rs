//! Results in people's words: ways, categories, caveats, numbers.

use jiff::Timestamp;

use crate::{
    domain::{
        delivery::PricingCategory,
        graph_error::{Certainty, explain},
        results::{Caveat, Method, percent},
    },
    i18n::{Language, Texts},
    text,
};

/// A number with its groups, as the language writes them.
pub fn number(texts: &Texts, number: u64) -> String {
    let separator = match texts.language() {
        Language::English => ",",
        Language::French => "\u{202f}",
    };
    text::grouped(number, separator)
}

/// A number that may be missing.
pub fn count(texts: &Texts, count: Option<u64>) -> String {
    count.map_or_else(|| "—".to_owned(), |known| number(texts, known))
}

/// A part in percent, with its sign; empty where there is nothing to be a part of.
pub fn part(texts: &Texts, part: Option<u64>, whole: Option<u64>) -> String {
    match part.zip(whole).and_then(|(part, whole)| percent(part, whole)) {
        Some(percent) => texts.with("results-percent", &[("percent", percent.into())]),
        None => String::new(),
    }
}

/// A part in percent of a whole that is named beside it; empty where there is nothing to be a part of.
pub fn part_of(texts: &Texts, part: Option<u64>, whole: Option<u64>, whole_id: &str) -> String {
    let Some(percent) = part.zip(whole).and_then(|(part, whole)| percent(part, whole)) else { return String::new() };
    texts.with("results-percent-of", &[("percent", percent.into()), ("whole", texts.get(whole_id).into_owned().into())])
}

/// What a column of a sparkline stands for, and from which day to which they go; empty without days.
pub fn columns(texts: &Texts, days: &[Timestamp], width: usize) -> String {
    let (Some(first), Some(last)) = (days.first(), days.last()) else { return String::new() };
    let each = text::each_column(days.len(), width);
    let arguments =
        [("days", each.into()), ("from", super::day_in(texts, *first).into()), ("to", super::day_in(texts, *last).into())];
    texts.with("results-columns", &arguments)
}

/// A way.
pub fn method(texts: &Texts, method: Method) -> String {
    let id = match method {
        Method::Optimized => "results-optimized",
        Method::CloudApi => "results-cloud-api",
    };
    texts.get(id).into_owned()
}

/// A category other than the two of marketing; one that this version does not know as Meta sent it.
pub fn category(texts: &Texts, category: &PricingCategory) -> String {
    let id = match category {
        PricingCategory::Utility => "results-utility",
        PricingCategory::Authentication => "results-authentication",
        PricingCategory::AuthenticationInternational => "results-authentication-international",
        PricingCategory::Service => "results-service",
        PricingCategory::ReferralConversion => "results-referral",
        PricingCategory::MarketingLite => "results-optimized",
        PricingCategory::Marketing => "results-cloud-api",
        PricingCategory::Unknown(sent) => return text::clean(sent).into_owned(),
    };
    texts.get(id).into_owned()
}

/// What the numbers do not say.
pub fn caveat(texts: &Texts, caveat: Caveat) -> String {
    let id = match caveat {
        Caveat::Approximate => "results-caveat-approximate",
        Caveat::ReadReceipts => "results-caveat-receipts",
        Caveat::SevenDays => "results-caveat-seven-days",
        Caveat::NoClicks => "results-caveat-no-clicks",
        Caveat::CostWithheld => "results-caveat-cost",
        Caveat::FailuresFromHere => "results-caveat-failures",
    };
    texts.get(id).into_owned()
}

/// What a code is called, in one sentence of the catalogue.
pub fn code(texts: &Texts, code: i64) -> String {
    let explanation = explain(code, None);
    if explanation.certainty == Certainty::Unknown {
        return texts.get("results-code-unknown").into_owned();
    }
    match texts.language() {
        Language::English => explanation.english.to_owned(),
        Language::French => explanation.french.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_caveat_and_category_has_words_in_both_languages() {
        for language in Language::ALL {
            let texts = Texts::new(language);
            let caveats = [
                Caveat::Approximate,
                Caveat::ReadReceipts,
                Caveat::SevenDays,
                Caveat::NoClicks,
                Caveat::CostWithheld,
                Caveat::FailuresFromHere,
            ];
            let mut words: Vec<String> = caveats.iter().map(|known| caveat(&texts, *known)).collect();
            words.extend(PricingCategory::KNOWN.iter().map(|known| category(&texts, known)));
            words.extend(Method::ALL.map(|known| method(&texts, known)));
            assert!(words.iter().all(|word| !word.starts_with("results-")), "{language:?} {words:?}");
        }
    }

    #[test]
    fn numbers_are_written_as_the_language_writes_them() {
        assert_eq!(number(&Texts::new(Language::English), 12_345), "12,345");
        assert_eq!(number(&Texts::new(Language::French), 12_345), "12\u{202f}345");
        assert_eq!(part(&Texts::new(Language::English), Some(1), Some(0)), "");
    }
}
