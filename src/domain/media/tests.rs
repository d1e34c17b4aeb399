//! Small pictures cropped and scaled, and a shelf that forgets.

use proptest::prelude::*;

use super::*;

fn picture(width: u16, height: u16, pixel: impl Fn(u16, u16) -> [u8; 3]) -> Picture {
    let rows = (0..height).flat_map(|y| (0..width).map(move |x| (x, y)));
    Picture::new(width, rows.map(|(x, y)| pixel(x, y)).collect()).unwrap()
}

#[test]
fn scaling_averages_what_a_pixel_covers() {
    let board = picture(4, 4, |x, y| if (x + y) % 2 == 0 { [255; 3] } else { [0; 3] });
    assert_eq!(board.scaled(1.0, 2, 2), [[128; 3]; 4]);
    let halves = picture(4, 2, |x, _| if x < 2 { [200, 0, 0] } else { [0, 0, 200] });
    assert_eq!(halves.scaled(2.0, 2, 1), [[200, 0, 0], [0, 0, 200]]);
}

#[test]
fn cropping_keeps_the_middle() {
    let stripes = picture(6, 2, |x, _| [u8::try_from(x * 10).unwrap(); 3]);
    assert_eq!(stripes.scaled(1.0, 2, 1), [[20; 3], [30; 3]]);
    let rows = picture(2, 6, |_, y| [u8::try_from(y * 10).unwrap(); 3]);
    assert_eq!(rows.scaled(1.0, 1, 2), [[20; 3], [30; 3]]);
}

#[test]
fn one_pixel_fills_any_size() {
    let dot = picture(1, 1, |_, _| [7, 8, 9]);
    assert!(dot.scaled(TEMPLATE_RATIO, 40, 21).iter().all(|pixel| *pixel == [7, 8, 9]));
}

#[test]
fn nothing_makes_no_picture() {
    assert_eq!(Picture::new(0, vec![[0; 3]]), None);
    assert_eq!(Picture::new(2, vec![[0; 3]]), None);
}

#[test]
fn the_shelf_forgets_what_was_wanted_longest_ago() {
    let mut shelf = MediaShelf::default();
    let name = |place: usize| format!("https://x.test/{place}");
    for place in 0..MediaShelf::MOST {
        assert!(shelf.want(&name(place)));
    }
    assert!(!shelf.want(&name(0)), "it is there already, and now the newest");
    assert!(shelf.want("https://x.test/more"));
    assert_eq!(shelf.get(&name(1)), None);
    assert_eq!(shelf.get(&name(0)), Some(&MediaState::Loading));
    shelf.tell(&name(0), Err(MediaProblem::Damaged));
    shelf.tell(&name(1), Err(MediaProblem::Damaged));
    assert_eq!(shelf.get(&name(0)), Some(&MediaState::Failed(MediaProblem::Damaged)));
    assert_eq!(shelf.get(&name(1)), None, "what was forgotten does not come back");
}

proptest! {
    #[test]
    fn a_scaled_picture_has_the_wanted_size_and_no_colour_of_its_own(
        width in 1_u16..40, height in 1_u16..40, columns in 1_u16..60, rows in 1_u16..60, ratio in 0.2_f32..5.0,
    ) {
        let ramp = picture(width, height, |x, y| [u8::try_from(x + y).unwrap() + 50; 3]);
        let scaled = ramp.scaled(ratio, columns, rows);
        prop_assert_eq!(scaled.len(), usize::from(columns) * usize::from(rows));
        let most = u8::try_from(width + height).unwrap() + 48;
        prop_assert!(scaled.iter().flatten().all(|value| (50..=most).contains(value)));
    }
}
