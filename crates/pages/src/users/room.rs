//! Rows that are made for what is in view alone.

/// So many rows are made above and below what is in view.
const SPARE: f64 = 8.0;

/// Where the rows of a list are, one of which may be opened.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Room {
    /// How many rows there are.
    pub rows: usize,
    /// Height of a row, in pixels.
    pub row: f64,
    /// The place of the row that is opened, and by how much it is higher.
    pub open: Option<(usize, f64)>,
}

/// A length as styles have it.
pub fn pixels(length: f64) -> String {
    #[expect(clippy::cast_possible_truncation, reason = "no list is so long")]
    let length = length as i64;
    [&length.to_string(), "px"].concat()
}

impl Room {
    /// The rows to be made where so much is in view below `top`: the first, and the one behind the last.
    pub fn window(self, top: f64, height: f64) -> (usize, usize) {
        let first = self.row_at(top - SPARE * self.row);
        let last = self.row_at(top + height + SPARE * self.row) + 1;
        (first.min(self.rows), last.min(self.rows))
    }

    /// How far down a row begins.
    pub fn top(self, place: usize) -> f64 {
        let above = self.open.filter(|(open, _)| *open < place).map_or(0.0, |(_, more)| more);
        #[expect(clippy::cast_precision_loss, reason = "no list is so long")]
        let rows = place as f64;
        rows * self.row + above
    }

    fn row_at(self, top: f64) -> usize {
        let top = match self.open {
            Some((open, more)) if top > self.top(open) + self.row => (top - more).max(self.top(open)),
            _ => top,
        };
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "no list is so long")]
        let row = (top.max(0.0) / self.row) as usize;
        row
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROW: f64 = 48.0;

    #[test]
    fn rows_are_made_for_what_is_in_view() {
        let room = Room { rows: 10_000, row: ROW, open: None };
        assert_eq!(room.window(0.0, 480.0), (0, 19));
        assert_eq!(room.window(4_800.0, 480.0), (92, 119));
        assert_eq!(room.window(10_000.0 * ROW - 480.0, 480.0), (9_982, 10_000));
        assert_eq!(Room { rows: 3, row: ROW, open: None }.window(0.0, 480.0), (0, 3));
        assert_eq!(Room { rows: 0, row: ROW, open: None }.window(0.0, 480.0), (0, 0));
    }

    #[test]
    fn below_an_opened_row_all_others_stand_lower() {
        let room = Room { rows: 1_000, row: ROW, open: Some((10, 480.0)) };
        assert_eq!((room.top(10), room.top(11)), (480.0, 1_008.0));
        // What is opened stays as long as a part of it is in view.
        assert_eq!(room.window(1_300.0, 480.0).0, 10);
        assert_eq!(room.window(1_400.0, 480.0).0, 11);
        assert_eq!(room.window(4_800.0 + 480.0, 480.0), (92, 119));
    }
}
