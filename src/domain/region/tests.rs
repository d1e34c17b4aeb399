//! Countries, effects, and the numbers that lead to them.

use proptest::prelude::*;
use rstest::rstest;

use super::*;

fn country(code: &str) -> Country {
    Country::new(code).unwrap()
}

fn of(number: &str) -> PhoneRegion {
    region_of_phone(number).unwrap_or_else(|| panic!("{number} belongs nowhere"))
}

#[test]
fn the_file_reads_and_names_nothing_twice() {
    assert!(parse(SOURCE).is_ok());
    assert!(parse(&SOURCE.replace("[\"NG\"", "[\"Nigeria\"").replace("\"GB\", \"JP\"", "\"GB\", \"GB\"")).is_err());
}

#[test]
fn r6_the_european_economic_area_is_whole() {
    let members = [
        "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IS", "IT", "LI", "LT", "LU",
        "LV", "MT", "NL", "NO", "PL", "PT", "RO", "SE", "SI", "SK",
    ];
    assert_eq!(members.len(), 30);
    for code in members {
        assert_eq!(country(code).as_business(), RegionEffect::NoOptimization, "{code}");
        assert_eq!(country(code).as_recipient(), RegionEffect::NoOptimization, "{code}");
    }
    assert_eq!(country("CH").as_recipient(), RegionEffect::Full);
}

#[rstest]
#[case("GB", RegionEffect::NoOptimization, RegionEffect::NoOptimization)]
#[case("JP", RegionEffect::NoOptimization, RegionEffect::NoOptimization)]
#[case("KR", RegionEffect::NoOptimization, RegionEffect::NoOptimization)]
#[case("NG", RegionEffect::NoOptimization, RegionEffect::NoOptimization)]
#[case("ZA", RegionEffect::NoOptimization, RegionEffect::NoOptimization)]
#[case("US", RegionEffect::Full, RegionEffect::NotDeliverable)]
#[case("CU", RegionEffect::Sanctioned, RegionEffect::Sanctioned)]
#[case("IR", RegionEffect::Sanctioned, RegionEffect::Sanctioned)]
#[case("KP", RegionEffect::Sanctioned, RegionEffect::Sanctioned)]
#[case("SY", RegionEffect::Sanctioned, RegionEffect::Sanctioned)]
#[case("VE", RegionEffect::Sanctioned, RegionEffect::Sanctioned)]
#[case("RU", RegionEffect::Limited, RegionEffect::Limited)]
#[case("BY", RegionEffect::Limited, RegionEffect::Limited)]
#[case("IN", RegionEffect::Full, RegionEffect::Full)]
#[case("BR", RegionEffect::Full, RegionEffect::Full)]
#[case("ca", RegionEffect::Full, RegionEffect::Full)]
fn r6_both_the_business_and_the_recipient_count(
    #[case] code: &str,
    #[case] business: RegionEffect,
    #[case] recipient: RegionEffect,
) {
    assert_eq!(country(code).as_business(), business);
    assert_eq!(country(code).as_recipient(), recipient);
}

#[rstest]
#[case("+14155552671", "US")]
#[case("+1 (212) 555-0123", "US")]
#[case("+19345550123", "US")]
#[case("+14165550123", "CA")]
#[case("+19425550123", "CA")]
#[case("+18765550123", "JM")]
#[case("+18095550123", "DO")]
#[case("+12425550123", "BS")]
fn r6_the_area_code_tells_the_countries_under_plus_one_apart(#[case] number: &str, #[case] code: &str) {
    assert_eq!(of(number), PhoneRegion { country: Some(country(code)), doubt: None });
}

#[rstest]
#[case("+18005550123", None)]
#[case("+12995550123", None)]
#[case("+17875550123", Some("PR"))]
#[case("+16715550123", Some("GU"))]
fn r6_where_the_area_code_does_not_decide_the_doubt_is_said(#[case] number: &str, #[case] code: Option<&str>) {
    let region = of(number);
    assert_eq!(region.country, code.map(country));
    assert_eq!(region.doubt, Some(Doubt::MayBeUnitedStates));
    assert_ne!(region.as_recipient(), RegionEffect::NotDeliverable);
}

#[rstest]
#[case("+79787654321", "RU", Area::Crimea)]
#[case("+380652123456", "UA", Area::Crimea)]
#[case("+380692123456", "UA", Area::Crimea)]
#[case("+380622123456", "UA", Area::Donetsk)]
#[case("+79491234567", "RU", Area::Donetsk)]
#[case("+380642123456", "UA", Area::Luhansk)]
fn sanctioned_areas_are_hinted_at_by_the_prefix(#[case] number: &str, #[case] code: &str, #[case] area: Area) {
    let region = of(number);
    assert_eq!(region.country, Some(country(code)));
    assert_eq!(region.doubt, Some(Doubt::MayBeSanctioned(area)));
}

#[rstest]
#[case("+77011234567", "KZ")]
#[case("+74951234567", "RU")]
#[case("+380501234567", "UA")]
#[case("+447781123456", "GG")]
#[case("+447700900123", "GB")]
#[case("4930901820", "DE")]
fn shared_calling_codes_are_told_apart(#[case] number: &str, #[case] code: &str) {
    assert_eq!(of(number).country, Some(country(code)));
    assert_eq!(of(number).doubt, None);
}

#[rstest]
#[case("")]
#[case("030 901820")]
#[case("+999123456789")]
#[case("+80012345678")]
#[case("hello")]
fn what_is_no_countrys_number_belongs_nowhere(#[case] number: &str) {
    assert_eq!(region_of_phone(number), None);
}

/// Every example number of the library's metadata leads to the library's country, but for a few islands that share
/// their neighbour's numbers down to the last digits.
#[test]
fn r6_the_prefixes_agree_with_the_metadata_of_a_phone_number_library() {
    const INDISTINGUISHABLE: [(&str, &str); 10] = [
        ("AX", "FI"),
        ("BL", "GP"),
        ("CC", "AU"),
        ("CX", "AU"),
        ("EH", "MA"),
        ("IM", "GB"),
        ("MF", "GP"),
        ("SJ", "NO"),
        ("VA", "IT"),
        ("YT", "RE"),
    ];
    let mut compared = 0;
    let mut wrong = Vec::new();
    for metadata in phonenumber::metadata::DATABASE.iter() {
        let expected = metadata.id();
        if expected == "001" {
            continue;
        }
        let kinds = metadata.descriptors();
        let descriptors = [Some(kinds.general()), kinds.fixed_line(), kinds.mobile()];
        for example in descriptors.into_iter().flatten().filter_map(|kind| kind.example()) {
            let digits = format!("{}{example}", metadata.country_code());
            let Some(region) = REGIONS.of_digits(&digits) else {
                panic!("{digits} of {expected} belongs nowhere");
            };
            let found = region.country.map(|country| country.to_string()).unwrap_or_default();
            let excused = INDISTINGUISHABLE.contains(&(expected, found.as_str()));
            if found != expected && !excused {
                wrong.push(format!("{digits} of {expected} leads to {found}"));
            }
            compared += 1;
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
    assert!(compared > 400, "only {compared} examples");
}

proptest! {
    #[test]
    fn a_region_is_told_of_numbers_only_and_a_country_is_two_letters(number in "\\PC{0,24}") {
        prop_assert!(region_of_phone(&number).is_none() || number.chars().any(|letter| letter.is_ascii_digit()));
        if let Some(country) = Country::new(&number) {
            prop_assert_eq!(country.as_str(), number.trim().to_ascii_uppercase());
        }
    }
}
