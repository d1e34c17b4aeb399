//! Where optimized delivery works (R6): by country of the business and of the recipient, and which country a phone
//! number belongs to.
//!
//! The facts are in `assets/regions.toml`. A country is told from the calling code (and, under +1, the area code) by
//! prefix alone: that takes microseconds and no memory to speak of, where the metadata of a phone-number library
//! take a tenth of a second and 20 MB at the first number. A test holds the prefixes against such metadata.

use std::{collections::HashMap, sync::LazyLock};

use serde::Deserialize;

use crate::text;

#[cfg(test)]
mod tests;

/// What optimized delivery does in a country.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RegionEffect {
    /// All of it.
    #[default]
    Full,
    /// Optimized where neither address nor payment is there; no click metrics, no max-price optimisation.
    Limited,
    /// Delivered through the same API, but not optimized; no click metrics.
    NoOptimization,
    /// Marketing does not arrive (131049), whichever API it takes.
    NotDeliverable,
    /// Cannot be onboarded, cannot be written to.
    Sanctioned,
}

/// A country by its two letters (ISO 3166), in upper case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Country([u8; 2]);

impl Country {
    /// Reads two letters of any case.
    pub fn new(code: &str) -> Option<Self> {
        match code.trim().as_bytes() {
            [first, second] if first.is_ascii_alphabetic() && second.is_ascii_alphabetic() => {
                Some(Self([first.to_ascii_uppercase(), second.to_ascii_uppercase()]))
            }
            _ => None,
        }
    }

    /// The two letters.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// What optimized delivery does for businesses there.
    pub fn as_business(self) -> RegionEffect {
        REGIONS.effects.get(&self).map(|effect| effect.business).unwrap_or_default()
    }

    /// What optimized delivery does for recipients there.
    pub fn as_recipient(self) -> RegionEffect {
        REGIONS.effects.get(&self).map(|effect| effect.recipient).unwrap_or_default()
    }
}

impl std::fmt::Display for Country {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(self.as_str())
    }
}

/// A sanctioned area within a country.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Area {
    /// Crimea.
    Crimea,
    /// Donetsk.
    Donetsk,
    /// Luhansk.
    Luhansk,
}

/// What a number's prefix cannot decide.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Doubt {
    /// Under +1, but in a territory of the United States, without a country, or not assigned as far as is known.
    MayBeUnitedStates,
    /// The prefix is used in a sanctioned area, and outside it as well.
    MayBeSanctioned(Area),
}

/// Where a phone number belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct PhoneRegion {
    /// The country; `None` under +1 where the area code has none.
    pub country: Option<Country>,
    /// What the prefix cannot decide.
    pub doubt: Option<Doubt>,
}

impl PhoneRegion {
    /// What optimized delivery does for recipients there, as far as the number tells.
    pub fn as_recipient(&self) -> RegionEffect {
        self.country.map(Country::as_recipient).unwrap_or_default()
    }

    /// What optimized delivery does for a business number there, as far as the number tells.
    pub fn as_business(&self) -> RegionEffect {
        self.country.map(Country::as_business).unwrap_or_default()
    }
}

/// Where an international number belongs, `+` or not. `None` when it is no international number, or its calling code
/// is no country's.
///
/// Mobile numbers move with people, and +1 numbers with them: this is the number's country, not its owner's place.
pub fn region_of_phone(number: &str) -> Option<PhoneRegion> {
    REGIONS.of_digits(&text::digits(number).ok()?)
}

static REGIONS: LazyLock<Regions> = LazyLock::new(|| parse(SOURCE).unwrap_or_default());

const SOURCE: &str = include_str!("../../assets/regions.toml");

/// Length of the longest prefix in the file.
const LONGEST_PREFIX: usize = 10;

#[derive(Default)]
struct Regions {
    effects: HashMap<Country, Effect>,
    prefixes: HashMap<String, PhoneRegion>,
    areas: HashMap<String, Area>,
}

impl Regions {
    fn of_digits(&self, digits: &str) -> Option<PhoneRegion> {
        let mut region = longest(&self.prefixes, digits).copied().or_else(|| {
            digits.starts_with('1').then_some(PhoneRegion { country: None, doubt: Some(Doubt::MayBeUnitedStates) })
        })?;
        if let Some(area) = longest(&self.areas, digits) {
            region.doubt = Some(Doubt::MayBeSanctioned(*area));
        }
        Some(region)
    }
}

/// The entry with the longest key that the digits begin with.
fn longest<'a, T>(map: &'a HashMap<String, T>, digits: &str) -> Option<&'a T> {
    (1..=LONGEST_PREFIX).rev().filter_map(|length| digits.get(..length)).find_map(|prefix| map.get(prefix))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    effect: Vec<Effect>,
    area: Vec<AreaEntry>,
    nanp: Nanp,
    prefixes: HashMap<String, Vec<String>>,
}

#[derive(Deserialize, Clone)]
#[serde(deny_unknown_fields)]
struct Effect {
    countries: Vec<String>,
    #[serde(default)]
    business: RegionEffect,
    #[serde(default)]
    recipient: RegionEffect,
    #[expect(dead_code, reason = "required in the file, for those who read it")]
    source: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AreaEntry {
    name: Area,
    prefixes: Vec<String>,
    #[expect(dead_code, reason = "required in the file, for those who read it")]
    source: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Nanp {
    united_states: Vec<u16>,
    canada: Vec<u16>,
    no_country: Vec<u16>,
    united_states_territories: HashMap<String, Vec<u16>>,
    others: HashMap<String, Vec<u16>>,
}

/// Reads the file; refuses what is no country, and a prefix or country that stands twice.
fn parse(source: &str) -> Result<Regions, String> {
    let file: File = toml::from_str(source).map_err(|error| error.to_string())?;
    let country = |code: &str| Country::new(code).ok_or_else(|| format!("`{code}` is no country"));
    let mut regions = Regions::default();
    for effect in file.effect {
        for code in &effect.countries {
            if regions.effects.insert(country(code)?, effect.clone()).is_some() {
                return Err(format!("{code} has two effects"));
            }
        }
    }
    for area in file.area {
        for prefix in area.prefixes {
            regions.areas.insert(prefix, area.name);
        }
    }
    let mut entries: Vec<(String, PhoneRegion)> = Vec::new();
    let mut add = |prefix: String, country: Option<Country>, doubt: Option<Doubt>| {
        entries.push((prefix, PhoneRegion { country, doubt }));
    };
    for (code, prefixes) in file.prefixes {
        for prefix in prefixes {
            add(prefix, Some(country(&code)?), None);
        }
    }
    for (codes, owner) in [(file.nanp.united_states, "US"), (file.nanp.canada, "CA")] {
        for code in codes {
            add(format!("1{code}"), Some(country(owner)?), None);
        }
    }
    for code in file.nanp.no_country {
        add(format!("1{code}"), None, Some(Doubt::MayBeUnitedStates));
    }
    for (owner, codes) in file.nanp.united_states_territories {
        for code in codes {
            add(format!("1{code}"), Some(country(&owner)?), Some(Doubt::MayBeUnitedStates));
        }
    }
    for (owner, codes) in file.nanp.others {
        for code in codes {
            add(format!("1{code}"), Some(country(&owner)?), None);
        }
    }
    for (prefix, region) in entries {
        if prefix.len() > LONGEST_PREFIX {
            return Err(format!("prefix {prefix} is too long"));
        }
        if regions.prefixes.insert(prefix.clone(), region).is_some() {
            return Err(format!("prefix {prefix} stands twice"));
        }
    }
    Ok(regions)
}
