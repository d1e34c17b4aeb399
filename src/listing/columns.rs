//! How a table's columns share its width.

/// A column: how narrow and how wide it may be, and how soon it is left out (the greatest rank first; rank 0 never).
#[derive(Debug, Clone, Copy)]
pub struct Column<C> {
    /// What it shows.
    pub cell: C,
    /// Columns of the terminal that it needs.
    pub least: u16,
    /// Columns of the terminal beyond which it gains nothing.
    pub most: u16,
    /// How soon it is left out.
    pub rank: u8,
}

/// The columns that fit, one blank between them, each with its width; what is left over goes to those that can grow.
pub fn columns_that_fit<C: Copy>(columns: &[Column<C>], width: u16) -> Vec<(C, u16)> {
    let mut kept: Vec<&Column<C>> = columns.iter().collect();
    let needed = |kept: &[&Column<C>]| kept.iter().map(|column| column.least + 1).sum::<u16>().saturating_sub(1);
    while needed(&kept) > width {
        let Some(worst) = kept.iter().map(|column| column.rank).max().filter(|rank| *rank > 0) else { break };
        kept.retain(|column| column.rank != worst);
    }
    let mut room = width.saturating_sub(needed(&kept));
    let mut shares: Vec<(C, u16, u16)> = kept.iter().map(|column| (column.cell, column.least, column.most)).collect();
    while room > 0 {
        let mut grown = false;
        for (_, share, most) in &mut shares {
            if *share < *most && room > 0 {
                *share += 1;
                room -= 1;
                grown = true;
            }
        }
        if !grown {
            break;
        }
    }
    shares.into_iter().map(|(cell, share, _)| (cell, share)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const COLUMNS: [Column<char>; 3] = [
        Column { cell: 'a', least: 5, most: 20, rank: 0 },
        Column { cell: 'b', least: 5, most: 5, rank: 2 },
        Column { cell: 'c', least: 5, most: 10, rank: 1 },
    ];

    #[test]
    fn the_least_important_column_goes_first() {
        assert_eq!(columns_that_fit(&COLUMNS, 17), [('a', 5), ('b', 5), ('c', 5)]);
        assert_eq!(columns_that_fit(&COLUMNS, 16), [('a', 8), ('c', 7)]);
        assert_eq!(columns_that_fit(&COLUMNS, 10), [('a', 10)]);
    }

    #[test]
    fn what_is_left_over_goes_to_those_that_can_grow() {
        let shares = columns_that_fit(&COLUMNS, 100);
        assert_eq!(shares, [('a', 20), ('b', 5), ('c', 10)]);
    }
}
