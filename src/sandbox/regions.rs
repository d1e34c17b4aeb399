//! Countries as far as delivery depends on them: which country a phone number belongs to, where nothing is delivered,
//! and where Meta offers less. Source: Meta's "get started" page of the Marketing Messages API, September 2026.
//! It must not know about messages.

/// Dial codes and their countries; `+1` is told apart by area code.
const DIAL: &[(&str, &str)] = &[
    ("7", "RU"),
    ("20", "EG"),
    ("27", "ZA"),
    ("30", "GR"),
    ("31", "NL"),
    ("32", "BE"),
    ("33", "FR"),
    ("34", "ES"),
    ("36", "HU"),
    ("39", "IT"),
    ("40", "RO"),
    ("41", "CH"),
    ("43", "AT"),
    ("44", "GB"),
    ("45", "DK"),
    ("46", "SE"),
    ("47", "NO"),
    ("48", "PL"),
    ("49", "DE"),
    ("51", "PE"),
    ("52", "MX"),
    ("53", "CU"),
    ("54", "AR"),
    ("55", "BR"),
    ("56", "CL"),
    ("57", "CO"),
    ("58", "VE"),
    ("60", "MY"),
    ("61", "AU"),
    ("62", "ID"),
    ("63", "PH"),
    ("64", "NZ"),
    ("65", "SG"),
    ("66", "TH"),
    ("81", "JP"),
    ("82", "KR"),
    ("84", "VN"),
    ("86", "CN"),
    ("90", "TR"),
    ("91", "IN"),
    ("92", "PK"),
    ("94", "LK"),
    ("98", "IR"),
    ("212", "MA"),
    ("213", "DZ"),
    ("216", "TN"),
    ("221", "SN"),
    ("233", "GH"),
    ("234", "NG"),
    ("254", "KE"),
    ("351", "PT"),
    ("352", "LU"),
    ("353", "IE"),
    ("354", "IS"),
    ("356", "MT"),
    ("357", "CY"),
    ("358", "FI"),
    ("359", "BG"),
    ("370", "LT"),
    ("371", "LV"),
    ("372", "EE"),
    ("375", "BY"),
    ("380", "UA"),
    ("385", "HR"),
    ("386", "SI"),
    ("420", "CZ"),
    ("421", "SK"),
    ("423", "LI"),
    ("850", "KP"),
    ("852", "HK"),
    ("855", "KH"),
    ("880", "BD"),
    ("886", "TW"),
    ("961", "LB"),
    ("962", "JO"),
    ("963", "SY"),
    ("965", "KW"),
    ("966", "SA"),
    ("968", "OM"),
    ("971", "AE"),
    ("972", "IL"),
    ("973", "BH"),
    ("974", "QA"),
    ("977", "NP"),
    ("998", "UZ"),
];

/// Area codes under `+1` that belong to Canada.
const CANADA: &[&str] = &[
    "204", "226", "236", "249", "250", "257", "263", "289", "306", "343", "354", "365", "367", "368", "382", "387", "403", "416",
    "418", "428", "431", "437", "438", "450", "460", "468", "474", "506", "514", "519", "548", "568", "579", "581", "584", "587",
    "600", "604", "613", "622", "639", "647", "672", "683", "705", "709", "742", "753", "778", "780", "782", "807", "819", "825",
    "867", "873", "879", "902", "905", "942",
];
/// Area codes under `+1` of the Caribbean and of territories with a numbering of their own.
const ISLANDS: &[&str] = &[
    "242", "246", "264", "268", "284", "340", "345", "441", "473", "649", "658", "664", "670", "671", "684", "721", "758", "767",
    "784", "787", "809", "829", "849", "868", "869", "876", "939",
];
const SANCTIONED: &[&str] = &["CU", "IR", "KP", "SY", "VE"];
const EEA: &[&str] = &[
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IS", "IT", "LI", "LT", "LU", "LV",
    "MT", "NL", "NO", "PL", "PT", "RO", "SE", "SI", "SK",
];

/// ISO code of the country that a number in digits belongs to; `ZZ` when the sandbox does not know the dial code.
pub fn of_number(digits: &str) -> &'static str {
    if let Some(rest) = digits.strip_prefix('1') {
        let area: String = rest.chars().take(3).collect();
        return if CANADA.contains(&area.as_str()) {
            "CA"
        } else if ISLANDS.contains(&area.as_str()) {
            "ZZ"
        } else {
            "US"
        };
    }
    if digits.starts_with("77") {
        return "KZ";
    }
    DIAL.iter()
        .filter(|(code, _)| digits.starts_with(code))
        .max_by_key(|(code, _)| code.len())
        .map_or("ZZ", |(_, country)| country)
}

/// Whether businesses there cannot onboard and people there cannot be messaged.
pub fn sanctioned(country: &str) -> bool {
    SANCTIONED.contains(&country)
}

/// Whether Meta offers no template analytics to accounts there: EU and Japan.
pub fn without_template_analytics(country: &str) -> bool {
    country == "JP" || EEA.contains(&country)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plus_one_is_told_apart_by_area_code() {
        assert_eq!(of_number("14155550123"), "US");
        assert_eq!(of_number("14165550123"), "CA");
        assert_eq!(of_number("18765550123"), "ZZ");
    }

    #[test]
    fn longest_dial_code_wins() {
        assert_eq!(of_number("33612345678"), "FR");
        assert_eq!(of_number("351912345678"), "PT");
        assert_eq!(of_number("77012345678"), "KZ");
        assert_eq!(of_number("79012345678"), "RU");
        assert_eq!(of_number(""), "ZZ");
    }
}
