//! Bars and sparklines out of block characters. Numbers stand beside them; they only lead the eye.

/// Eight heights of a column.
const HEIGHTS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/// Eight widths of a cell, from one eighth to the whole.
const WIDTHS: [char; 8] = ['▏', '▎', '▍', '▌', '▋', '▊', '▉', '█'];

/// A bar of exactly `width` cells: `part` of `whole` is filled, to the eighth of a cell. Anything at all shows.
pub fn bar(part: u64, whole: u64, width: usize) -> String {
    let cells = width as u128 * 8;
    let eighths = if whole == 0 { 0 } else { (u128::from(part.min(whole)) * cells).div_ceil(u128::from(whole)) };
    let eighths = usize::try_from(eighths).unwrap_or(usize::MAX).min(width * 8);
    let mut bar: String = std::iter::repeat_n('█', eighths / 8).collect();
    if !eighths.is_multiple_of(8) {
        bar.extend(WIDTHS.get(eighths % 8 - 1));
    }
    let filled = eighths.div_ceil(8);
    bar.extend(std::iter::repeat_n('░', width - filled));
    bar
}

/// A column for each value, the highest at its full height; neighbours are added up where there are more than `width`.
/// Zero is told apart from little.
pub fn sparkline(values: &[u64], width: usize) -> String {
    if values.is_empty() || width == 0 {
        return String::new();
    }
    let each = each_column(values.len(), width);
    let sums: Vec<u64> =
        values.chunks(each).map(|some| some.iter().fold(0_u64, |sum, value| sum.saturating_add(*value))).collect();
    let highest = sums.iter().copied().max().unwrap_or(0);
    sums.iter()
        .map(|sum| {
            if *sum == 0 {
                return '·';
            }
            let step = (u128::from(*sum) * HEIGHTS.len() as u128).div_ceil(u128::from(highest.max(1)));
            HEIGHTS.get(usize::try_from(step).unwrap_or(1).saturating_sub(1)).copied().unwrap_or('█')
        })
        .collect()
}

/// How many values a column of [`sparkline`] stands for.
pub fn each_column(values: usize, width: usize) -> usize {
    values.div_ceil(width.max(1)).max(1)
}

/// A number in groups of three, for people.
pub fn grouped(number: u64, separator: &str) -> String {
    let digits = number.to_string();
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3 * separator.len());
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push_str(separator);
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_is_as_wide_as_asked_and_shows_the_least_part() {
        assert_eq!(bar(1, 2, 4), "██░░");
        assert_eq!(bar(1, 1_000_000, 4), "▏░░░");
        assert_eq!(bar(9, 3, 4), "████");
        assert_eq!((bar(0, 0, 3).as_str(), bar(0, 9, 3).as_str(), bar(5, 9, 0).as_str()), ("░░░", "░░░", ""));
        for part in 0..=100 {
            assert_eq!(bar(part, 100, 7).chars().count(), 7, "{part}");
        }
    }

    #[test]
    fn a_sparkline_tells_nothing_from_little_and_fits() {
        assert_eq!(sparkline(&[0, 1, 50, 100], 9), "·▁▄█");
        assert_eq!(sparkline(&[1; 90], 30).chars().count(), 30);
        assert_eq!(sparkline(&[u64::MAX, u64::MAX], 1), "█");
        assert_eq!(sparkline(&[], 9), "");
    }

    #[test]
    fn numbers_are_grouped_by_three() {
        assert_eq!(
            ["0", "999", "1,000", "1,234,567"],
            [0, 999, 1_000, 1_234_567].map(|number| grouped(number, ",")).each_ref().map(String::as_str)
        );
    }
}
