//! Numbers that look random and are the same every time: all that is invented in the sandbox comes from here.
//! It must not ask the operating system for anything.

/// One step of SplitMix64: spreads a number over 64 bits.
pub const fn mix(value: u64) -> u64 {
    let mut z = value.wrapping_add(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

/// A number for a place in the fleet: `what` tells two facts of the same object apart.
pub const fn draw(seed: u64, object: u64, what: u64) -> u64 {
    mix(mix(seed ^ mix(object)) ^ what.wrapping_mul(0xD6E8_FEB8_6659_FD93))
}

/// A number below `bound`; 0 when `bound` is 0.
pub const fn below(number: u64, bound: u64) -> u64 {
    if bound == 0 { 0 } else { number % bound }
}

/// One of the entries, chosen by the number; `None` only when there is nothing to choose from.
pub fn pick<T>(number: u64, entries: &[T]) -> Option<&T> {
    let length = u64::try_from(entries.len()).unwrap_or(u64::MAX);
    entries.get(usize::try_from(below(number, length)).unwrap_or(0))
}

/// A seed out of a text (FNV-1a), for facts that hang on a name.
pub fn of_text(text: &str) -> u64 {
    text.bytes().fold(0xCBF2_9CE4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01B3))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn same_seed_draws_the_same_number_and_another_seed_another() {
        assert_eq!(draw(7, 1, 2), draw(7, 1, 2));
        assert_ne!(draw(7, 1, 2), draw(8, 1, 2));
        assert_ne!(draw(7, 1, 2), draw(7, 1, 3));
    }

    #[test]
    fn nothing_is_picked_from_nothing() {
        assert_eq!(pick::<u8>(9, &[]), None);
        assert_eq!(pick(5, &[10, 20]), Some(&20));
    }
}
